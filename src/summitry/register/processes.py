"""Work of a writer that other processes can do: rows of reports prepared, visits of host countries worked out.

Only the writer writes. What comes back is in the order of what was asked for, so the number of processes changes nothing.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.engine import Engine

from summitry.link.voices import Voices
from summitry.model.reading import Reading
from summitry.register import rows
from summitry.register.engine import open_engine
from summitry.register.linking import Plan, notes_of, plan_host

P = TypeVar("P")
T = TypeVar("T")

AHEAD = 6
"""Pieces of work in hand for each process: enough that none waits while the writer writes, few enough for the memory."""

FEW = 8
"""Host countries below which starting other processes does not pay."""


def prepared(
    parts: Iterable[P], load: Callable[[P], Iterable[Reading]], voices: Voices, jobs: int
) -> Iterator[rows.Stored]:
    """The reports of the parts as rows, part by part."""
    if jobs <= 1:
        for part in parts:
            yield from (rows.stored(reading, voices) for reading in load(part))
        return
    for found in _mapped(partial(_prepare, load), parts, jobs, _start_preparing, ()):
        yield from found


def planned(place: str, hosts: Sequence[str], jobs: int) -> Iterator[tuple[str, Plan | None]]:
    """The host countries, each with the plan of its linking; without one where the writer may as well make it."""
    if jobs <= 1 or len(hosts) < FEW:
        yield from ((host, None) for host in hosts)
        return
    yield from zip(hosts, _mapped(_plan, hosts, jobs, _start_planning, (place,)), strict=True)


def _mapped(
    work: Callable[[P], T], items: Iterable[P], jobs: int, start: Callable[..., None], arguments: tuple[Any, ...]
) -> Iterator[T]:
    # Fresh processes: no threads, locks or connections are carried over.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=start, initargs=arguments) as pool:
        waiting: deque[Future[T]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_voices: Voices | None = None
_engine: Engine | None = None


def _start_preparing() -> None:
    global _voices
    _voices = Voices.load()


def _prepare(load: Callable[[P], Iterable[Reading]], part: P) -> list[rows.Stored]:
    if _voices is None:
        raise RuntimeError("the process was not started")
    return [rows.stored(reading, _voices) for reading in load(part)]


def _start_planning(place: str) -> None:
    global _engine
    _engine = open_engine(place, write=False)


def _plan(host: str) -> Plan:
    if _engine is None:
        raise RuntimeError("the process was not started")
    with _engine.connect() as connection, connection.begin():
        return plan_host(connection, host, notes_of(connection, host))
