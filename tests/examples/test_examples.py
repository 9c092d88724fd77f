"""The examples are codings of valid form, of the breadth that their README promises."""

from __future__ import annotations

import copy

import pytest

from .coding import EXAMPLES, REPORTS, Example, examples, faults

ALL = examples()
WIDE = {e.name: e for e in ALL}


@pytest.mark.parametrize("example", ALL, ids=lambda e: e.name)
def test_coding_has_the_form_of_the_rules(example: Example) -> None:
    assert faults(example.gold, example.text) == []


def test_every_report_has_a_coding_and_every_coding_a_report() -> None:
    reports = {p.with_suffix("").name for p in EXAMPLES.iterdir() if p.suffix in REPORTS}
    codings = {p.name.removesuffix(".gold.json") for p in EXAMPLES.glob("*.gold.json")}
    assert reports == codings
    assert len(ALL) >= 20


def test_readme_names_every_report() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf8")
    names = [p.name for p in EXAMPLES.iterdir() if p.suffix in REPORTS]
    assert [n for n in names if f"`{n}`" not in readme] == []


def test_breadth() -> None:
    visits = [v for e in ALL for v in e.gold["visits"]]
    assert {v["status"] for v in visits} == {
        "proposed", "planned", "ongoing", "completed", "postponed", "cancelled", "ruled_out"
    }  # fmt: skip
    assert len({v["host_country"] for v in visits}) >= 25
    assert any(not e.gold["visits"] for e in ALL)
    assert any(e.gold["published"] is None for e in ALL)
    assert {"call", "meeting"} <= {c["kind"] for e in ALL for c in e.gold["encounters"]}


GOOD = WIDE["2017-abdullah-in-ramallah"]


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("dates", "2017-08-32", "dates"),
        ("dates", "7 August", "dates"),
        ("status", "done", "status"),
        ("kind", "holiday", "kind"),
        ("host_country", "JOR", "at home"),
        ("host_country", "Palestine", "host_country"),
        ("evidence", "The king went to Ramallah.", "not in the text"),
        ("evidence", "", "not in the text"),
        ("places", "Ramallah", "places"),
        ("announced_by", "", "announced_by"),
        ("trip", "1", "trip"),
        ("event", "abdullah-jor-2017-08", "event"),
    ],
)
def test_checker_finds(field: str, value: str, fault: str) -> None:
    gold = copy.deepcopy(GOOD.gold)
    gold["visits"][0][field] = value
    assert any(fault in found for found in faults(gold, GOOD.text))


def test_checker_finds_a_missing_field() -> None:
    gold = copy.deepcopy(GOOD.gold)
    del gold["visits"][0]["kind"]
    del gold["encounters"][0]["place"]
    assert len(faults(gold, GOOD.text)) == 2
