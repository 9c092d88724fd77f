"""Dates: EDTF in and out, bounds, and agreement with the edtf library."""

import datetime as dt

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.model.dates import GROUPS, DateRange, Unit

days = st.dates(dt.date(1600, 1, 1), dt.date(2200, 12, 31))
months = st.sampled_from([None, *range(1, 13), 21, 22, 23, 24])


@st.composite
def units(draw):
    if draw(st.booleans()):
        return Unit.of(draw(days))
    return Unit(draw(st.integers(1600, 2200)), draw(months), None, draw(st.booleans()))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2024-05-16", "2024-05-16", "2024-05-16", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-21", "2023-03-01", "2023-05-31", "season"),
        ("2023-24", "2023-12-01", "2024-02-29", "season"),
        ("2015", "2015-01-01", "2015-12-31", "year"),
        ("2015-05-10/2015-05-12", "2015-05-10", "2015-05-12", "day"),
        ("2015-05-10/..", "2015-05-10", None, "day"),
        ("../2015-05-12", None, "2015-05-12", "day"),
        ("2006-11-25~/..", "2006-11-25", None, "day"),
        ("1980/1984", "1980-01-01", "1984-12-31", "year"),
    ],
)
def test_bounds(text, earliest, latest, precision):
    value = DateRange.parse(text)
    assert (value.earliest, value.latest) == tuple(dt.date.fromisoformat(d) if d else None for d in (earliest, latest))
    assert value.precision == precision
    assert str(value) == text


@pytest.mark.parametrize(
    "text", ["", "..", "../..", "2015-13", "2015-02-30", "2015-5-1", "May 2015", "2016/2015", "0000"]
)
def test_what_is_no_date(text):
    with pytest.raises(ValueError):
        DateRange.parse(text)


@given(units(), units())
def test_ranges_read_back(a, b):
    first, last = sorted((a, b), key=lambda u: (u.first, u.last))
    for value in (DateRange.unit(a), DateRange(first, last), DateRange(a, None), DateRange(None, b)):
        assert DateRange.parse(str(value)) == value


@given(units())
def test_a_unit_holds_its_first_and_last_day(unit):
    assert unit.first <= unit.last
    assert (unit.first == unit.last) == (unit.precision == "day")


@given(units())
def test_the_edtf_library_gives_the_same_bounds(unit):
    parsed = edtf.parse_edtf(str(Unit(unit.year, unit.month, unit.day)))
    lower, upper = parsed.lower_strict(), parsed.upper_strict()
    assert dt.date(*lower[:3]) == unit.first
    if unit.month != 24:  # the library ends a winter in the year it began
        assert dt.date(*upper[:3]) == unit.last


def test_every_group_of_months_is_a_span():
    for code in GROUPS:
        assert Unit(2020, code).precision == "season"
        assert Unit(2020, code).first < Unit(2020, code).last
