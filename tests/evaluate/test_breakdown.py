"""Figures apart by group, and intervals over reports."""

import pytest

from summitry.evaluate.breakdown import breakdown, distance, length
from summitry.evaluate.intervals import bootstrap
from summitry.evaluate.score import score


def visit(host="NOR", dates=None, status="planned", kind="unspecified"):
    lists = {name: [] for name in ("places", "meets", "delegation", "agenda", "documents")}
    none = dict.fromkeys(("invited_by", "announced_by", "occasion"))
    return {
        "visitor": "Ana Ruiz", "visitor_country": "PER", "host_country": host, "dates": dates, "status": status,
        "kind": kind, "trip": 1, **lists, **none,
    }  # fmt: skip


def report(name, *visits, text="A short report."):
    return {
        "id": name,
        "text": text,
        "gold": {"published": "2020-01-10", "visits": list(visits), "encounters": []},
    }


def given(*visits):
    return {"published": "2020-01-10", "visits": list(visits), "encounters": []}


@pytest.mark.parametrize(
    ("dates", "name"),
    [
        (None, "no day told"),
        ("2018", "more than a year before"),
        ("2019-10-01", "a year to a month before"),
        ("2020-01-09/..", "the month before"),
        ("2020-01-10", "the day of the report"),
        ("../2020-01-12", "the week after"),
        ("2020-02", "the month after"),
        ("2021", "later"),
    ],
)
def test_distance_of_the_first_day(dates, name):
    assert distance({"dates": dates}, "2020-01-10") == name


def test_distance_needs_the_day_of_the_report():
    assert distance({"dates": "2020"}, "2020-01") == "report without a day"


def test_length_in_words():
    assert [length("word " * n) for n in (1, 150, 151, 800, 801)] == [
        "up to 150 words", "up to 150 words", "up to 400", "up to 800", "over 800",
    ]  # fmt: skip


def test_recall_is_over_what_was_coded_so_and_precision_over_what_was_given_so():
    gold = [report("a", visit(status="planned"), visit("SWE", status="completed"))]
    found = breakdown(gold, {"a": given(visit(status="completed"), visit("DNK", status="completed"))})["status"]
    planned, completed = found["planned"]["visits"], found["completed"]["visits"]
    assert (planned.recall, planned.given) == (1, 0)
    assert (completed.precision, completed.recall) == (0.5, 0)
    assert found["completed"]["record"].precision == 0


def test_a_group_where_all_is_right():
    gold = [report("a", visit(dates="2020-01-12", kind="state"))]
    found = breakdown(gold, {"a": given(visit(dates="2020-01-12", kind="state"))})
    for grouping, group in (("kind", "state"), ("distance", "the week after"), ("length", "up to 150 words")):
        assert found[grouping][group]["record"].f1 == 1


def test_intervals_hold_the_figure_and_are_the_same_for_the_same_seed():
    gold = [report(str(n), visit()) for n in range(30)]
    result = score(gold, {str(n): given(visit()) for n in range(20)})
    low, high = bootstrap(result, resamples=300, seed=1)["visits"]
    assert low < result.rate("visits").f1 < high
    assert bootstrap(result, resamples=300, seed=1)["visits"] == (low, high)
    assert 0.6 < low < 0.75
    assert 0.85 < high < 0.95


def test_macro_counts_each_value_alike():
    gold = [report("a", visit("NOR", status="planned"), visit("SWE", status="planned"), visit("DNK", status="ongoing"))]
    read = {"a": given(visit("NOR"), visit("SWE"), visit("DNK"))}
    result = score(gold, read)
    assert result.macro("status") == pytest.approx((0.8 + 0) / 2)
    assert result.macro("kind") == 1
