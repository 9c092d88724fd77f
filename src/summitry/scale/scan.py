"""Scan a crawl: each unit through the cascade into a part, in this process, in several, or on Ray; the parts are the same.

A part that is there is not made again, so a scan that was killed goes on. A worker that dies takes only its unit with it, which
is tried once more and then told as a problem.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from summitry.lexicon.files import DATA, knowledge_hash
from summitry.lexicon.outlets import Outlets
from summitry.link.voices import Voices
from summitry.model.errors import Problem, ScanError
from summitry.model.register import Coverage
from summitry.scale import parts
from summitry.scale.cascade import Cascade, Record, Step
from summitry.scale.crawl import STOPS, Unit
from summitry.scale.workers import failure

TRIES = 2
"""How often a unit is begun before it is told as a problem."""

TICK = 50
"""Records after which a worker tells how far it is."""

LOOKED_AT = frozenset({Step.SIEVE, Step.WEIGHT, Step.GLANCE, Step.NONE})
"""Where a report of a language that is read falls: it was looked at, and tells of no visit."""


@dataclass(frozen=True, slots=True)
class Done:
    """A unit that was scanned: its name, its size in bytes, and how many records fell at which step."""

    name: str
    size: int
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to know of a scan beside the unit."""

    out: str
    cascade: bool = True


Told = Callable[[int], None]


def scan(units: Sequence[Unit], job: Job, *, jobs: int = 1, told: Told = lambda n: None) -> Iterator[Done]:
    """Scan the units whose parts are not there yet; each is given when its part is written. ``told`` counts records on the way.

    Raises ScanError where a part cannot be written (a full disk): nothing half-written is left, and what is done stays.
    """
    open_units = [unit for unit in units if not is_done(unit, job)]
    if jobs <= 1:
        for unit in open_units:
            yield scan_unit(unit, job, told)
        return
    yield from _processes(open_units, job, jobs, told)


def is_done(unit: Unit, job: Job) -> bool:
    """Whether the part of a unit is there."""
    return parts.is_done(*_out(job), unit.name)


def scan_unit(unit: Unit, job: Job, told: Told = lambda n: None, records: Iterator[Record] | None = None) -> Done:
    """One unit into its part. Raises ScanError where the part cannot be written."""
    cascade, places = _cascade(job.cascade), _Places()
    counts: Counter[str] = Counter()
    looked_at: Counter[Coverage] = Counter()
    fs, out = _out(job)
    try:
        with parts.PartWriter(fs, out, unit.name, _knowledge()) as part:
            for number, record in enumerate(records if records is not None else unit.records(), 1):
                step, problem = _one(cascade, record, part)
                counts[step] += 1
                if problem is not None:
                    part.problem(problem)
                if step in LOOKED_AT:
                    looked_at[places.of(cascade, record)] += 1
                if number % TICK == 0:
                    told(TICK)
            told(sum(counts.values()) % TICK)
            rows = [Coverage(c.when, c.country, c.outlet, n) for c, n in looked_at.items()]
            rows.sort(key=lambda c: (c.when, c.outlet or "", c.country or ""))
            part.done(counts, rows)
    except OSError as error:
        raise ScanError(
            f"{job.out} cannot be written ({error.strerror or error}): the parts that are done stay"
        ) from error
    return Done(unit.name, unit.size, dict(counts))


def _one(cascade: Cascade, record: Record, part: parts.PartWriter) -> tuple[Step, Problem | None]:
    try:
        step, reading = cascade.read(record)
    except STOPS:
        raise
    except BaseException as error:  # whatever a record does to the program or to a library in Rust, the scan goes on
        return Step.FAILED, failure(error, record.source)
    if reading is not None:
        part.add(reading)
    return step, None


class _Places:
    """Of which outlet and day a report is that was not kept, by its address."""

    def of(self, cascade: Cascade, record: Record) -> Coverage:
        url = record.url or (record.raw.url if record.raw else None)
        given = record.raw.published if record.raw else None
        found = cascade.reader.ingest.dates.in_url(url) if url and not given else None
        when = given or (str(found.unit) if found else "")
        outlet = _outlets().by_domain(url) if url else None
        name = outlet.name if outlet else None
        return Coverage(when, _voices().press(name, None).country if name else None, name, 0)


@lru_cache(maxsize=1)
def _outlets() -> Outlets:
    return Outlets.load(DATA)


@lru_cache(maxsize=1)
def _voices() -> Voices:
    return Voices.load()


@lru_cache(maxsize=1)
def _knowledge() -> str:
    return knowledge_hash(DATA)


@lru_cache(maxsize=2)
def _cascade(on: bool) -> Cascade:
    """The cascade of this process, loaded with its first unit."""
    return Cascade.load(on)


def _out(job: Job) -> tuple[Any, str]:
    import fsspec

    fs, out = fsspec.core.url_to_fs(job.out)
    return fs, str(out)


# -- processes ---------------------------------------------------------------------------------------------------------

_counter: Any = None
"""The count of records that all workers share: set when a worker starts."""


def _start(counter: Any) -> None:
    global _counter
    _counter = counter


def _told(number: int) -> None:
    if _counter is not None:
        with _counter.get_lock():
            _counter.value += number


def _work(unit: Unit, job: Job) -> Done:
    return scan_unit(unit, job, _told)


def largest_first(units: Sequence[Unit]) -> list[Unit]:
    """The order in which several workers take them, so that no large one is begun when the others have run out of work."""
    return sorted(units, key=lambda unit: -unit.size)


def _processes(units: Sequence[Unit], job: Job, jobs: int, told: Told) -> Iterator[Done]:
    context = multiprocessing.get_context("spawn")
    counter = context.Value("Q", 0)
    tries: Counter[str] = Counter()
    left = largest_first(units)
    last = 0
    while left:
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(counter,))
        try:
            waiting: dict[Future[Done], Unit] = {pool.submit(_work, unit, job): unit for unit in left}
            while waiting:
                finished, _ = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
                told(counter.value - last)
                last = counter.value
                for future in finished:
                    unit = waiting[future]
                    result = future.result()
                    del waiting[future]
                    left.remove(unit)
                    yield result
        except BrokenProcessPool:
            # Which of the units in work did it is not known: those of them that are not done are all begun again.
            left = [unit for unit in left if not is_done(unit, job)]
            for unit in left[:jobs]:
                tries[unit.name] += 1
            hopeless = [unit for unit in left if tries[unit.name] >= TRIES]
            for unit in hopeless:
                yield scan_unit(unit, job, told, iter([Record(unit.paths[0], error=_DIED)]))
            left = [unit for unit in left if unit not in hopeless]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_DIED = "the process that read this file died twice (out of memory?): the rest of the crawl was read"


# -- Ray ---------------------------------------------------------------------------------------------------------------


def scan_on_ray(units: Sequence[Unit], job: Job, address: str) -> Iterator[Done]:
    """The same on a Ray cluster ("auto": the one that runs here, else one on this machine). Parts are the same, byte for byte.

    Every node needs this program and sees the crawl and the folder of the parts. Ray begins a unit anew whose worker died.
    """
    import ray

    open_units = [unit for unit in units if not is_done(unit, job)]
    if not open_units:
        return
    if not ray.is_initialized():
        try:
            ray.init(address="auto" if address == "auto" else address, log_to_driver=False, logging_level="ERROR")
        except ConnectionError:
            if address != "auto":
                raise ScanError(f"no Ray cluster answers at {address}: check the address") from None
            ray.init(log_to_driver=False, include_dashboard=False, logging_level="ERROR")
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    by_name = {unit.name: unit for unit in open_units}
    data = ray.data.from_items([{"name": name} for name in by_name], override_num_blocks=len(by_name))

    def work(row: dict[str, Any]) -> dict[str, Any]:
        done = scan_unit(by_name[row["name"]], job)
        return {"name": done.name, "size": done.size, "steps": list(done.counts), "counts": list(done.counts.values())}

    for row in data.map(work).iter_rows():
        yield Done(row["name"], row["size"], dict(zip(row["steps"], row["counts"], strict=True)))
