"""Reading reports on one process or several: the same function over the same inputs, results in the order of the inputs.

A report that fails, or that takes its worker down with it, becomes a ``Problem`` in its place; the others are not lost.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from summitry.ingest.inputs import Raw
from summitry.model.errors import Problem, SummitryError
from summitry.model.reading import Reading

BATCH = 8
"""Reports handed to a worker at once."""

AHEAD = 3
"""Batches in flight for each worker: bounds the memory of a long run."""

STAGE = "read"
"""The stage of a failure that no part of the program can be named for."""

PROGRAM = Path(__file__).resolve().parent.parent

Item = Raw | Problem
Result = Reading | Problem


class Reads(Protocol):
    """What reads one report."""

    def read(self, raw: Raw) -> Reading:
        """One report, read."""


Load = Callable[[], Reads]


def read_all(items: Iterable[Item], load: Load, jobs: int = 1) -> Iterator[Result]:
    """Read every raw report; problems pass through. ``load`` makes the reader (in each worker: it must be picklable)."""
    if jobs <= 1:
        return _here(items, load)
    return _there(items, load, jobs)


def read_one(reader: Reads, item: Item) -> Result:
    """One report, or the problem that kept it from being read."""
    if isinstance(item, Problem):
        return item
    try:
        reading = reader.read(item)
    except Exception as error:
        # Whatever a report does to the program, the run goes on and the report is named.
        return failure(error, item.source, item.given_id)
    if item.notes:
        odd = tuple(Problem(item.source, "ingest", note, item.given_id) for note in item.notes)
        reading = replace(reading, problems=odd + reading.problems)
    return reading


def failure(error: BaseException, source: str, report: str | None = None) -> Problem:
    """An error as a record. One that is meant says itself what to do; another is told with its place in the program."""
    stage, where = _place(error)
    if isinstance(error, SummitryError):
        return Problem(source, stage, str(error), report)
    return Problem(source, stage, f"{type(error).__name__}: {error}{where}", report)


def _place(error: BaseException) -> tuple[str, str]:
    """The stage in which an error arose ("annotate.times") and its place in the program, for whoever mends it."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(PROGRAM) and path.name != Path(__file__).name:
            inside = path.relative_to(PROGRAM)
            return ".".join(inside.parts[:-1]) or STAGE, f" ({inside.as_posix()}, line {frame.lineno})"
    return STAGE, ""


def _here(items: Iterable[Item], load: Load) -> Iterator[Result]:
    reader: Reads | None = None
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        reader = reader or load()
        yield read_one(reader, item)


_reader: Reads | None = None
"""The reader of a worker process: set once, when the process starts."""


def _start(load: Load) -> None:
    global _reader
    _reader = load()


def _batch(items: list[Item]) -> list[Result]:
    reader = _reader
    if reader is None:
        raise RuntimeError("the worker was not started")
    return [read_one(reader, item) for item in items]


def _there(items: Iterable[Item], load: Load, jobs: int) -> Iterator[Result]:
    source = iter(items)
    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()

    def pool() -> ProcessPoolExecutor:
        # Fresh processes: the same on every platform, and no threads or connections are carried over.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(load,))

    workers = pool()
    try:
        while True:
            while len(waiting) < jobs * AHEAD and (batch := list(islice(source, BATCH))):
                waiting.append((batch, workers.submit(_batch, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                workers.shutdown(wait=False, cancel_futures=True)
                yield from _one_by_one(batch, pool)
                workers = pool()
                waiting = deque((b, workers.submit(_batch, b)) for b, _ in waiting)
    finally:
        workers.shutdown(wait=False, cancel_futures=True)


def _one_by_one(batch: list[Item], pool: Callable[[], ProcessPoolExecutor]) -> Iterator[Result]:
    """Read a batch in which a worker died, each report in a worker of its own, to find the one that did it."""
    for item in batch:
        if isinstance(item, Problem):
            yield item
            continue
        with pool() as alone:
            try:
                yield from alone.submit(_batch, [item]).result()
            except BrokenProcessPool:
                told = "the process that read this report died (out of memory?); the others were read"
                yield Problem(item.source, STAGE, told, item.given_id)
