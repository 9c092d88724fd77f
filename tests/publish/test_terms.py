"""Numbers of states on days, how much is quoted, who is head of state or government."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.lexicon.countries import Countries
from summitry.model.errors import UsageError
from summitry.model.visits import Status
from summitry.publish.columns import record_of
from summitry.publish.terms import Quotes, Terms, codes, seats
from tests.publish.making import entry

# Country, day, place, Correlates of War, Gleditsch-Ward: around births, ends and renamings of states. Sources: State System
# Membership List, version 2016 (Correlates of War); List of Independent States (Gleditsch and Ward 1999, with its updates).
STATES = [
    ("DEU", "1989-11-09", "", 260, 260),
    ("DEU", "1990-10-02", "Bonn", 260, 260),
    ("DEU", "1990-10-02", "East Berlin", 265, 265),
    ("DEU", "1990-10-03", "Bonn", 255, 260),
    ("YEM", "1990-05-21", "Sanaa", 678, 678),
    ("YEM", "1990-05-21", "Aden", 680, 680),
    ("YEM", "1990-05-22", "Aden", 679, 678),
    ("SRB", "1991-06-24", "Belgrade", 345, 345),
    ("SRB", "2003-02-04", "", 345, 345),
    ("SRB", "2006-06-04", "", 345, 345),
    ("SRB", "2006-06-05", "", 345, 340),
    ("MNE", "2006-06-02", "", None, None),
    ("MNE", "2006-06-03", "", None, 341),
    ("MNE", "2006-06-12", "", 341, 341),
    ("XKX", "2008-02-16", "", None, None),
    ("XKX", "2008-02-20", "", 347, 347),
    ("HRV", "1992-01-14", "", None, None),
    ("HRV", "1992-01-15", "", 344, None),
    ("HRV", "1992-04-27", "", 344, 344),
    ("CZE", "1992-12-31", "Prague", 315, 315),
    ("CZE", "1993-01-01", "Prague", 316, 316),
    ("SVK", "1992-12-31", "", None, None),
    ("SVK", "1993-01-01", "", 317, 317),
    ("RUS", "1991-12-25", "Moscow", 365, 365),
    ("RUS", "1992-01-01", "Moscow", 365, 365),
    ("UKR", "1991-11-30", "", None, None),
    ("UKR", "1991-12-26", "", 369, 369),
    ("LTU", "1991-09-05", "", None, None),
    ("LTU", "1991-09-06", "", 368, 368),
    ("SDN", "2011-07-08", "", 625, 625),
    ("SSD", "2011-07-08", "", None, None),
    ("SSD", "2011-07-09", "Juba", 626, 626),
    ("TLS", "2002-05-19", "", None, None),
    ("TLS", "2002-05-20", "", None, 860),
    ("TLS", "2002-09-27", "", 860, 860),
    ("VNM", "1975-04-30", "Saigon", 817, 817),
    ("VNM", "1975-04-30", "Hanoi", 816, 816),
    ("VNM", "1975-05-01", "Saigon", 816, 816),
    ("ERI", "1993-05-23", "", None, None),
    ("ERI", "1993-05-24", "", 531, 531),
    ("NAM", "1990-03-20", "", None, None),
    ("NAM", "1990-03-21", "", 565, 565),
]


@pytest.mark.parametrize(("host", "day", "place", "cow", "gw"), STATES)
def test_numbers_of_states_around_births_ends_and_renamings(
    host: str, day: str, place: str, cow: int | None, gw: int | None
) -> None:
    made = record_of(entry(host_country=host, dates=day, places=[place] if place else []), Terms.load())
    assert (made["host_cow"], made["host_gw"]) == (cow, gw)


def test_days_that_are_not_settled_have_no_number_that_changes_within_them() -> None:
    def numbers(dates: str | None) -> tuple:
        made = record_of(entry(host_country="DEU", dates=dates), Terms.load())
        return (made["host_cow"], made["host_gw"])

    assert numbers("1990") == (None, 260)
    assert numbers("1990-09-30/1990-10-05") == (None, 260)
    assert numbers("1991") == (255, 260)
    assert numbers(None) == (None, None)


def test_bodies_have_no_number() -> None:
    made = record_of(entry(visitor_country="EU", dates="2020-05-01"), Terms.load())
    assert (made["visitor_cow"], made["visitor_gw"]) == (None, None)


def test_seats_are_of_states_that_shared_a_successor() -> None:
    countries = Countries.load()
    for (code, _), number in seats().items():
        country = countries.get(code)
        assert country is not None
        assert number in {m.number for m in country.memberships}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, "Ten words of a report that somebody else wrote down."),
        ("none", None),
        ("0", None),
        ("9", "Ten words…"),
        ("11", "Ten words…"),
        ("12", "Ten words of…"),
        ("2", "Te…"),
        ("500", "Ten words of a report that somebody else wrote down."),
    ],
)
def test_quotes(given: str | None, shown: str | None) -> None:
    words = "Ten words of a report that somebody else wrote down."
    assert Quotes.parse(given).of(words) == shown
    assert Quotes.parse(given).of(None) is None


def test_quotes_that_are_none() -> None:
    for wrong in ("some", "-3", "1.5"):
        with pytest.raises(UsageError, match="neither a number"):
            Quotes.parse(wrong)


def test_heads_of_state_and_government() -> None:
    terms = Terms.load()
    assert terms.is_head("Emmanuel Macron", "FRA", "2020-05-01")
    assert not terms.is_head("Emmanuel Macron", "DEU", "2020-05-01"), "of another country"
    assert not terms.is_head("Emmanuel Macron", "FRA", "2015-05-01"), "not yet"
    assert terms.is_head("Emmanuel Macron", "FRA", None), "at some time"
    assert not terms.is_head("Nobody Whatever", "FRA", None)


def test_every_status_is_in_every_table() -> None:
    for name in ("calendar", "schema_org"):
        assert set(codes()[name]) == set(map(str, Status))
    assert {*codes()["took_place"], *codes()["called_off"]} <= set(map(str, Status))


def test_the_day_of_unconfirmed() -> None:
    planned = entry(dates="2020-05-01")
    assert record_of(planned, Terms.load(dt.date(2020, 6, 1)))["unconfirmed"] is True
    assert record_of(planned, Terms.load())["unconfirmed"] is False
