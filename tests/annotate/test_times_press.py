"""Days in the words of the press, read with the shipped tagger: reports on visits, and weekdays by the tense of their verb."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from summitry.annotate.syntax import Syntax
from summitry.annotate.times import find_times
from summitry.lexicon.times import Grammar
from summitry.model.spans import Span

CASES = Path(__file__).parent.parent / "cases"
PRESS = tomllib.loads((CASES / "times_press.toml").read_text(encoding="utf-8"))
LINES = [(group["day"], *case) for group in PRESS["group"] for case in group["cases"]]
NOTHING = [(group["day"], text) for group in PRESS["nothing"] for text in group["cases"]]
TENSE = tomllib.loads((CASES / "times_tense.toml").read_text(encoding="utf-8"))
THURSDAY = dt.date(2013, 3, 21)
MONDAY = {"behind": "2013-03-18", "ahead": "2013-03-25"}
OCTOBER = {"months_behind": "2012-10", "months_ahead": "2013-10"}
GRAMMAR = Grammar.load()


@pytest.fixture(scope="module")
def syntax() -> Syntax:
    return Syntax.load()


def read(text: str, day: dt.date, syntax: Syntax) -> list[tuple[str, str, str]]:
    """What is found: words, value, range."""
    found = find_times(text, *syntax.annotate(text, [Span(0, len(text))], parse=False), day, GRAMMAR)
    return [(t.span.of(text), t.value, str(t.range or "")) for t in found]


@pytest.mark.parametrize(("on", "text", "words", "value", "days"), LINES, ids=lambda x: str(x)[:50])
def test_case(on: str, text: str, words: str, value: str, days: str, syntax: Syntax) -> None:
    assert (words, value, days) in read(text, dt.date.fromisoformat(on), syntax)


@pytest.mark.parametrize(("on", "text"), NOTHING, ids=lambda x: str(x)[:50])
def test_nothing_is_read(on: str, text: str, syntax: Syntax) -> None:
    assert read(text, dt.date.fromisoformat(on), syntax) == []


def monday(text: str, syntax: Syntax) -> list[str]:
    return [value[:10] for words, value, _ in read(text, THURSDAY, syntax) if "Monday" in words]


@pytest.mark.parametrize("side", MONDAY)
def test_side(side: str, syntax: Syntax) -> None:
    wrong = {text: found for text in TENSE[side] if (found := monday(text, syntax)) != [MONDAY[side]]}
    assert wrong == {}


@pytest.mark.parametrize("side", OCTOBER)
def test_side_of_a_month(side: str, syntax: Syntax) -> None:
    found = {text: [v for w, v, _ in read(text, THURSDAY, syntax) if "October" in w] for text in TENSE[side]}
    assert {text: values for text, values in found.items() if values != [OCTOBER[side]]} == {}


@pytest.mark.parametrize(("text", "side", "why"), TENSE["open"], ids=lambda x: str(x)[:40])
def test_open(text: str, side: str, why: str, syntax: Syntax, request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.xfail(reason=why, strict=True))
    assert monday(text, syntax) == [MONDAY[side]]
