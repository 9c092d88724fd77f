"""Panels: what is counted where, and zeros that are claimed only on request."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest

from summitry.model.errors import UsageError
from summitry.publish.panels import Zeros, write_country_year, write_dyad_day, write_dyad_year, year_of
from summitry.publish.terms import Terms
from tests.publish.making import entry

VISITS = [
    entry(dates="2020-04-20/2020-04-22", status="completed"),
    entry(dates="2020-05-03/..", status="ongoing"),
    entry(dates="2020-07", status="completed"),
    entry(dates="2020-08-01", status="cancelled"),
    entry(dates="2020-09-01", status="planned"),
    entry(dates="2020-10-01", status="postponed"),
    entry(dates="2019-12-30/2020-01-02", status="completed", visitor="Somebody Else"),
    entry(dates="2019-07/2020-07", status="completed"),
    entry(dates=None, status="completed"),
]


def rows(write: Any, visits: list, **zeros: Any) -> list[dict[str, str]]:
    out, terms = io.BytesIO(), Terms.load()
    asked = Zeros.of(zeros["first"], zeros["last"], zeros["states"], terms) if zeros else None
    count = write(visits, out, terms, zeros=asked)
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert len(found) == count
    return found


def test_dyad_years_by_the_year_of_their_start() -> None:
    old, new = rows(write_dyad_year, VISITS)
    assert (old["year"], old["visits"], old["by_heads"], old["days"]) == ("2019", "2", "1", "4")
    assert new == {
        "year": "2020", "visitor_country": "SRB", "host_country": "GRC", "visitor_cow": "345", "visitor_gw": "340",
        "host_cow": "350", "host_gw": "350", "visits": "3", "by_heads": "3", "days": "3", "planned": "1", "postponed": "1",
        "called_off": "1",
    }  # fmt: skip


def test_where_no_visit_is_told_of_there_is_no_zero() -> None:
    (row,) = rows(write_dyad_year, [entry(dates="2020-08-01", status="cancelled")])
    assert (row["visits"], row["called_off"]) == ("", "1")


@pytest.mark.parametrize(
    ("dates", "year"),
    [("2020", 2020), ("2020-05/..", 2020), ("../2020-05", 2020), ("2019-12-30/2020-01-02", 2019), ("2019-24", None),
     (None, None)],
)  # fmt: skip
def test_years(dates: str | None, year: int | None) -> None:
    assert year_of(dates) == year


def test_dyad_days_of_days_that_are_known() -> None:
    days = {r["date"]: r["visits"] for r in rows(write_dyad_day, VISITS)}
    assert days == {
        **{f"2019-12-{d}": "1" for d in (30, 31)}, "2020-01-01": "1", "2020-01-02": "1", "2020-04-20": "1",
        "2020-04-21": "1", "2020-04-22": "1", "2020-05-03": "1",
    }  # fmt: skip


def test_countries_pay_and_receive() -> None:
    found = {(r["year"], r["country"]): r for r in rows(write_country_year, VISITS)}
    assert (found["2020", "SRB"]["paid"], found["2020", "SRB"]["received"]) == ("3", "")
    assert (found["2020", "GRC"]["received"], found["2020", "GRC"]["countries_received"]) == ("3", "1")


SPAN = {"first": dt.date(2020, 1, 1), "last": dt.date(2020, 12, 31)}


def test_zeros_for_a_named_span_and_states() -> None:
    found = rows(write_dyad_year, VISITS, **SPAN, states="SRB,GRC,CHN")
    assert len(found) == 6
    told = {(r["visitor_country"], r["host_country"]): r["visits"] for r in found}
    assert told == dict.fromkeys(told, "0") | {("SRB", "GRC"): "3"}
    assert all(r["year"] == "2020" and r["planned"] for r in found)


def test_zeros_by_day() -> None:
    found = rows(write_dyad_day, VISITS, first=dt.date(2020, 4, 19), last=dt.date(2020, 4, 20), states="GRC,SRB")
    assert [(r["date"], r["visitor_country"], r["visits"]) for r in found] == [
        ("2020-04-19", "GRC", "0"), ("2020-04-19", "SRB", "0"), ("2020-04-20", "GRC", "0"), ("2020-04-20", "SRB", "1"),
    ]  # fmt: skip


def test_zeros_by_country() -> None:
    found = {r["country"]: r for r in rows(write_country_year, VISITS, **SPAN, states="SRB,GRC,CHN")}
    assert (found["CHN"]["paid"], found["CHN"]["received"], found["SRB"]["received"]) == ("0", "0", "0")


def test_zeros_of_a_system_are_of_its_members_alone() -> None:
    span = {"first": dt.date(2011, 1, 1), "last": dt.date(2011, 12, 31)}
    found = rows(write_country_year, [], **span, states="cow")
    assert len(found) == 195, "members in 2011, South Sudan among them"
    assert ("SSD", "626") in {(r["country"], r["cow"]) for r in found}
    assert "PSE" not in {r["country"] for r in found}


def test_a_state_that_changes_its_number_has_a_row_for_each() -> None:
    span = {"first": dt.date(1990, 1, 1), "last": dt.date(1990, 12, 31)}
    found = rows(write_country_year, [], **span, states="DEU")
    assert {r["cow"] for r in found} == {"255", "260"}
    found = rows(write_dyad_year, [], **span, states="DEU,FRA")
    assert {(r["visitor_cow"], r["host_cow"]) for r in found} == {
        ("255", "220"), ("260", "220"), ("220", "255"), ("220", "260"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "states", "told"),
    [
        (None, dt.date(2020, 1, 1), "SRB", "needs a span"),
        (dt.date(2020, 1, 1), dt.date(2020, 1, 1), None, "needs a span"),
        (dt.date(2020, 1, 2), dt.date(2020, 1, 1), "SRB", "ends before it begins"),
        (dt.date(2020, 1, 1), dt.date(2020, 1, 2), "SRB,Narnia", "Narnia is no country"),
    ],
)
def test_zeros_that_are_not_asked_for_rightly(first: Any, last: Any, states: str | None, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Zeros.of(first, last, states, Terms.load())
