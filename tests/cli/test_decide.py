"""``decide`` and ``decisions``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]

REPORTS = [
    {"id": "1", "published": "2023-03-01", "text": "Xi Jinping visits RUS on 2023-03-20"},
    {"id": "2", "published": "2023-03-20", "text": "Xi Jinping visits RUS on 2023-03-21"},
    {
        "id": "3",
        "published": "2023-03-21",
        "text": "Party Chief visits RUS on 2023-06-01 and Li Keqiang visits FRA on 2023-09-01",
    },
]


@pytest.fixture
def filled(run: Run) -> Run:
    Path("a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in REPORTS))
    assert run("read", "a.jsonl").exit_code == 0
    return run


def visits(run: Run) -> dict[str, str]:
    """Dates of each visit and its id."""
    rows = csv.DictReader(io.StringIO(run("show").stdout), delimiter="\t")
    return {row["dates"]: row["id"] for row in rows}


def well(result: Result) -> None:
    assert result.exit_code == 0, result.stderr


def test_correct_and_correct_again(filled: Run) -> None:
    first = next(iter(visits(filled).values()))
    well(filled("decide", "correct", first, "--field", "dates", "--value", "2023-03-20/2023-03-22", "--by", "anna"))
    assert visits(filled)["2023-03-20/2023-03-22"] == first
    well(filled("read", "a.jsonl"))
    well(filled("decide", "correct", first, "--field", "dates", "--value", "2023-03-19", "--by", "bo"))
    assert visits(filled)["2023-03-19"] == first
    lines = filled("decisions").stdout.splitlines()
    assert [line.split("\t")[1] for line in lines[1:]] == ["anna", "bo"]
    assert filled("decisions", "--lost").stdout.splitlines() == lines[:1]


def test_reject_and_confirm_again(filled: Run) -> None:
    before = visits(filled)
    first = next(iter(before.values()))
    well(filled("decide", "reject", first[:8]))
    assert list(visits(filled)) == ["2023-06-01", "2023-09-01"]
    well(filled("read", "a.jsonl"))
    assert list(visits(filled)) == ["2023-06-01", "2023-09-01"]
    well(filled("decide", "confirm", first[:8]))
    assert visits(filled) == before


def test_merge_and_apart_again(filled: Run) -> None:
    one, two, _ = visits(filled).values()
    well(filled("decide", "merge", one, two, "--note", "one man"))
    assert len(visits(filled)) == 2
    well(filled("decide", "apart", one, "--report", "3"))
    assert {one, two} <= set(visits(filled).values())


def test_a_report_is_taken_out_of_a_visit(filled: Run) -> None:
    first = next(iter(visits(filled).values()))
    well(filled("decide", "apart", first, "--report", "2"))
    assert set(visits(filled)) == {"2023-03-20", "2023-03-21", "2023-06-01", "2023-09-01"}


def test_two_visits_stay_apart_whatever_comes(filled: Run) -> None:
    one, two, _ = visits(filled).values()
    well(filled("decide", "merge", one, two))
    assert len(visits(filled)) == 2
    well(filled("decide", "apart", one, "--report", "3"))
    Path("b.jsonl").write_text(
        json.dumps({"id": "4", "published": "2023-07-01", "text": "Party Chief visits RUS on 2023-06-01"})
    )
    well(filled("read", "b.jsonl"))
    assert len(visits(filled)) == 3


@pytest.mark.parametrize(
    ("args", "status", "told"),
    [
        (("merge", "ID"), 2, "two visits"),
        (("apart", "ID"), 2, "second visit, or --report"),
        (("reject", "ID", "ID"), 2, "takes one visit"),
        (("correct", "ID"), 2, "--field and --value"),
        (("note", "ID", "--field", "dates"), 2, "--field and --value"),
        (("correct", "ID", "--field", "dates", "--value", "May"), 2, "no EDTF date"),
        (("correct", "ID", "--field", "colour", "--value", "red"), 2, "no field 'colour'"),
        (("merge", "ID", "FRA"), 2, "two visits already"),
        (("apart", "ID", "--report", "9"), 1, "no account of visit"),
        (("confirm", "ffffffffffff"), 1, "no visit"),
        (("praise", "ID"), 2, "praise"),
    ],
)
def test_errors(filled: Run, args: tuple[str, ...], status: int, told: str) -> None:
    ids = visits(filled)
    named = {"ID": ids["2023-06-01"], "FRA": ids["2023-09-01"]}
    result = filled("decide", *(named.get(a, a) for a in args))
    assert result.exit_code == status
    assert told in result.stderr
    assert len(filled("decisions").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("verb", "more"),
    [
        ("correct", ("--field", "dates", "--value", "2023-03-19")),
        ("reject", ()),
        ("confirm", ()),
        ("apart", ("--report", "2")),
    ],
)
def test_undo_takes_the_last_decision_back(filled: Run, verb: str, more: tuple[str, ...]) -> None:
    before = filled("show").stdout
    first = next(iter(visits(filled).values()))
    well(filled("decide", verb, first, *more))
    undone = filled("decide", "undo", first)
    well(undone)
    assert f"taken back: {verb} Xi Jinping in RUS" in undone.stderr
    assert filled("show").stdout == before
    verbs = [line.split("\t")[2] for line in filled("decisions").stdout.splitlines()[1:]]
    assert verbs == [verb] * (len(verbs) // 2) + ["undo"] * (len(verbs) // 2)
    again = filled("decide", "undo", first)
    assert again.exit_code == 1 and "nothing that was decided" in again.stderr


def test_undo_goes_back_step_by_step(filled: Run) -> None:
    first = next(iter(visits(filled).values()))
    for day in ("2023-03-19", "2023-03-18"):
        well(filled("decide", "correct", first, "--field", "dates", "--value", day))
    well(filled("decide", "undo", first))
    assert "2023-03-19" in visits(filled)
    well(filled("decide", "undo", first))
    assert "2023-03-19" not in visits(filled)
