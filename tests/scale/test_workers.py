"""One process and several: the same results in the same order, and none lost."""

from __future__ import annotations

import pytest

from summitry.ingest.inputs import Raw
from summitry.model.dates import DateRange
from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.scale.workers import Item, Result, read_all
from tests.scale.fakes import load


def items(count: int, **odd: str) -> list[Item]:
    found: list[Item] = [Raw(f"r{n}", "text", odd.get(f"r{n}", f"Report {n}")) for n in range(count)]
    found.insert(1, Problem("x", "ingest", "the file is empty"))
    return found


def names(results: list[Result]) -> list[str]:
    return [r.article.source if isinstance(r, Reading) else f"! {r.source}" for r in results]


def test_one_process() -> None:
    found = list(read_all(items(3, r1="fail"), load))
    assert names(found) == ["r0", "! x", "! r1", "r2"]
    failed = found[2]
    assert isinstance(failed, Problem)
    assert (failed.stage, failed.error) == ("read", "ValueError: no good")


def test_a_failure_names_the_stage_and_the_place() -> None:
    class Breaks:
        def read(self, raw: Raw) -> Reading:
            DateRange.parse("no date")
            raise AssertionError

    (failed,) = read_all([Raw("r", "text", "a report", "7")], Breaks)
    assert isinstance(failed, Problem)
    assert failed.stage == "model"
    assert failed.error.startswith("ValueError: no EDTF date: 'no date' (model/dates.py, line ")
    assert failed.report == "7"


def test_nothing_is_loaded_where_there_is_nothing_to_read() -> None:
    def never() -> None:
        pytest.fail("loaded")

    assert names(list(read_all([Problem("x", "ingest", "empty")], never))) == ["! x"]  # type: ignore[arg-type]


def test_several_processes_give_the_same() -> None:
    given = items(40, r7="fail")
    assert list(read_all(given, load, jobs=2)) == list(read_all(given, load))


def test_a_worker_that_dies_costs_one_report() -> None:
    found = list(read_all(items(20, r10="die"), load, jobs=2))
    assert names(found) == ["r0", "! x", *(f"r{n}" for n in range(1, 10)), "! r10", *(f"r{n}" for n in range(11, 20))]
    died = found[11]
    assert isinstance(died, Problem)
    assert "died" in died.error


def test_inputs_are_taken_as_they_are_needed() -> None:
    taken = []

    def source():
        for item in items(2000):
            taken.append(item)
            yield item

    results = read_all(source(), load, jobs=2)
    next(results)
    assert len(taken) < 100
    results.close()  # type: ignore[attr-defined]
