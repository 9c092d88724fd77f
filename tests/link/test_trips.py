"""Tours across reports."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitry.link.trips import Stop, in_order, trips
from summitry.model.dates import DateRange


def stop(name: str, host: str, dates: str | None, *legs: tuple[str, int], visitor: str = "Xi Jinping") -> Stop:
    return Stop(name, visitor, host, DateRange.parse(dates) if dates else None, frozenset(legs))


TOUR = [
    stop("k", "KAZ", "2015-05-07", ("a", 1)),
    stop("r", "RUS", "2015-05-08/2015-05-10", ("a", 1), ("b", 2)),
    stop("b", "BLR", "2015-05-10/2015-05-12", ("b", 2)),
    stop("z", "ZAF", "2013-03-25", ("c", 1)),
]


@given(st.permutations(TOUR))
def test_two_reports_make_one_tour(stops: list[Stop]) -> None:
    assert trips(stops) == {"k": "k", "r": "k", "b": "k", "z": "z"}


def test_stops_in_the_order_of_travel() -> None:
    assert [s.host for s in in_order(TOUR[::-1])] == ["ZAF", "KAZ", "RUS", "BLR"]


def test_other_people_and_other_years_are_no_tour() -> None:
    assert trips(
        [stop("a", "KAZ", "2015-05-07", ("x", 1)), stop("b", "RUS", "2015-05-08", ("x", 1), visitor="Li Keqiang")]
    ) == {
        "a": "a",
        "b": "b",
    }
    assert trips([stop("a", "KAZ", "2015", ("x", 1)), stop("b", "RUS", "2018-05-08", ("x", 1))]) == {"a": "a", "b": "b"}


def test_a_stop_without_days_goes_last_and_belongs() -> None:
    assert trips([stop("a", "KAZ", None, ("x", 1)), stop("b", "RUS", "2018-05-08", ("x", 1))]) == {"a": "b", "b": "b"}
