"""Time expressions: one-line cases, and properties that hold for any text."""

from __future__ import annotations

import calendar
import datetime as dt
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.annotate.times import find_times
from summitry.lexicon.times import Grammar, easter, nth_weekday, orthodox_easter
from summitry.model.article import Known, Published
from summitry.model.dates import DateRange
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token
from tests.annotate.times_words import tagged

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "times.toml").read_text(encoding="utf-8"))
LINES = [(group["day"], *case) for group in CASES["group"] for case in group["cases"]]
GRAMMAR = Grammar.load()
MONTHS = list(calendar.month_name)[1:]
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("on", "text", "words", "value", "days"), LINES, ids=lambda x: str(x)[:50])
def test_case(on: str, text: str, words: str, value: str, days: str) -> None:
    found = find_times(text, *tagged(text), day(on), GRAMMAR)
    got = [(text[t.span.start : t.span.end], t.value, str(t.range or "")) for t in found]
    assert (words, value, days) in got


@pytest.mark.parametrize("text", CASES["none"]["cases"])
def test_no_time(text: str) -> None:
    assert find_times(text, *tagged(text), day(CASES["none"]["day"]), GRAMMAR) == ()


def test_there_are_at_least_300_cases() -> None:
    assert len(LINES) + len(CASES["none"]["cases"]) >= 300


@pytest.mark.parametrize(
    ("text", "direction", "mod", "length", "anchor"),
    [
        ("He will arrive on Monday.", "future", "", None, "publication"),
        ("He arrived on Monday.", "past", "", None, "publication"),
        ("He arrived on Thursday.", "same", "", None, "publication"),
        ("He will come early next year.", "future", "START", None, "publication"),
        ("He will come in mid-June.", "future", "MID", None, "publication"),
        ("He came on May 2, 2024.", "past", "", None, "itself"),
        ("He stays for three days.", "", "", 3, "none"),
        ("He is on a two-week tour.", "", "", 14, "none"),
        ("He is on a 48-hour tour.", "", "", 2, "none"),
        ("He is on a nine-hour tour.", "", "", None, "none"),
        ("He stays for three months.", "", "", None, "none"),
        ("By the end of the year he will come.", "", "END", None, "publication"),
    ],
)
def test_what_else_is_told(text: str, direction: str, mod: str, length: int | None, anchor: str) -> None:
    (found,) = find_times(text, *tagged(text), dt.date(2024, 5, 16), GRAMMAR)
    assert (found.direction, found.mod, found.days, found.anchor) == (direction, mod, length, anchor)


def test_a_published_year_settles_years_but_no_days() -> None:
    text = "He was there last year and will come on Monday."
    year = Published(DateRange.parse("2015"), Known.INFERRED)
    found = find_times(text, *tagged(text), year, GRAMMAR)
    assert [(t.value, t.range is None) for t in found] == [("2014", False), ("XXXX-WXX-1", True)]


@given(DAYS, DAYS)
def test_a_rendered_date_is_read_back(date: dt.date, on: dt.date) -> None:
    forms = [
        f"{MONTHS[date.month - 1]} {date.day}, {date.year}",
        f"{date.day} {MONTHS[date.month - 1]} {date.year}",
        f"{date:%b} {date.day} , {date.year}",
        f"{date:%A}, {date:%d} {date:%B} {date.year}",
        date.isoformat(),
    ]
    for form in forms:
        (found,) = find_times(form, (), (), on, GRAMMAR)
        assert (found.value, str(found.range), found.anchor) == (date.isoformat(), date.isoformat(), "itself")


@given(DAYS, st.integers(1, 7), st.sampled_from(["arrived", "will arrive"]))
def test_a_weekday_is_that_weekday_within_a_week(on: dt.date, number: int, verb: str) -> None:
    name = f"{dt.date(2024, 1, number):%A}"
    text = f"He {verb} on {name}."
    (found,) = find_times(text, *tagged(text), on, GRAMMAR)
    assert found.range is not None
    meant = found.range.as_day
    assert meant is not None
    assert meant.isoweekday() == number
    away = (meant - on).days
    # What happened on the day that is tomorrow for the report happened in the east.
    assert 0 <= away < 7 if "will" in verb else -6 < away <= 1


@given(DAYS, st.sampled_from(["week", "month", "year"]), st.sampled_from([("last", -1), ("this", 0), ("next", 1)]))
def test_a_unit_holds_its_days_and_the_weekend_its_week(on: dt.date, unit: str, shift: tuple[str, int]) -> None:
    (found,) = find_times(f"{shift[0]} {unit}", (), (), on, GRAMMAR)
    assert found.range is not None
    first, last = found.range.earliest, found.range.latest
    assert first is not None
    assert last is not None
    assert (first <= on <= last) or (shift[1] < 0 and last < on) or (shift[1] > 0 and first > on)
    (weekend,) = find_times("this weekend", (), (), on, GRAMMAR)
    (week,) = find_times("this week", (), (), on, GRAMMAR)
    assert weekend.range is not None
    assert week.range is not None
    assert week.range.earliest is not None
    assert weekend.range.earliest is not None
    assert week.range.earliest <= weekend.range.earliest
    assert weekend.range.latest == week.range.latest


TEXT = (
    "May 16 16th 2024 - – / : . , the last next first half of year's ' years two three a an and to 1,500 Monday morning "
    "p.m. spring quarter ago early mid end week weeks from now day before Easter 9 00 31 said will"
)
WORDS = st.sampled_from([*TEXT.split(), "\n\n"])


@settings(max_examples=150)
@given(
    st.one_of(
        st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join)
    )
)
def test_no_text_makes_it_fail(text: str) -> None:
    last = 0
    for found in find_times(text, *tagged(text), dt.date(2024, 5, 16), GRAMMAR):
        assert found.span.start >= last
        assert found.span.end > found.span.start
        assert text[found.span.start : found.span.end].strip() == text[found.span.start : found.span.end]
        last = found.span.end


PLAIN = "Monday on to until 's that , and will has is the trip said planned visiting shows not May 16 he"
TAGS = "VB VBD VBG VBN VBP VBZ MD TO NN NNS NNP IN DT PRP RB POS , CC WDT"
TAGGED = st.tuples(st.sampled_from(PLAIN.split()), st.sampled_from(TAGS.split()))


@settings(max_examples=300)
@given(st.lists(TAGGED, min_size=1, max_size=25))
def test_no_tags_make_it_fail(pairs: list[tuple[str, str]]) -> None:
    tokens, at = [], 0
    for i, (word, tag) in enumerate(pairs):
        tokens.append(Token(i, at, at + len(word), word, word.lower().removesuffix("s"), "", tag))
        at += len(word) + 1
    text = " ".join(word for word, _ in pairs)
    sentence = Sentence(Span(0, len(text)), 0, len(tokens), 0)
    for found in find_times(text, tokens, [sentence], dt.date(2024, 5, 16), GRAMMAR):
        assert found.direction in ("past", "future", "same", "")


@pytest.mark.parametrize("on", [dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_the_ends_of_the_calendar(on: dt.date) -> None:
    for _, text, *_ in LINES:
        find_times(text, *tagged(text), on, GRAMMAR)


@pytest.mark.parametrize(
    "unit", ["1", "12-", "May ", "May16-", "the end of ", "1/", "2024-05-", "early ", "a ", "Monday, ", "5 May to "]
)
def test_time_is_linear(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        find_times(text, (), (), dt.date(2024, 5, 16), GRAMMAR)
        return time.process_time() - start

    small = min(cost(4_000), cost(4_000))
    assert min(cost(32_000), cost(32_000)) < 30 * small + 0.2  # eight times the text: quadratic would be 64 times


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He set Friday as the deadline.", "2024-05-17"),
        ("He set a vote for Friday.", "2024-05-17"),
        ("He set a record on Friday.", "2024-05-10"),
    ],
)
def test_what_is_set_lies_ahead_if_it_is_the_day(text: str, value: str) -> None:
    tokens, sentences = tagged(text)
    tokens = tuple(t._replace(tag="VBD", lemma="set") if t.text == "set" else t for t in tokens)
    assert [t.value for t in find_times(text, tokens, sentences, dt.date(2024, 5, 13), GRAMMAR)] == [value]


def test_movable_feasts() -> None:
    assert easter(2024) == dt.date(2024, 3, 31)
    assert easter(2019) == dt.date(2019, 4, 21)
    assert orthodox_easter(2024) == dt.date(2024, 5, 5)
    assert orthodox_easter(2010) == easter(2010) == dt.date(2010, 4, 4)
    assert nth_weekday(2023, 11, 4, 4) == dt.date(2023, 11, 23)
    assert nth_weekday(2015, 5, -1, 1) == dt.date(2015, 5, 25)
    assert nth_weekday(2023, 12, -1, 7) == dt.date(2023, 12, 31)
