"""Every rule of the grammar on its own examples and counter-examples, read in a report of Thursday 2024-05-16."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.annotate.times import find_times
from summitry.lexicon.times import Grammar
from tests.annotate.times_words import tagged

DAY = dt.date(2024, 5, 16)
GRAMMAR = Grammar.load()
EXAMPLES = [(r.id, *e) for r in GRAMMAR.rules for e in r.examples]
COUNTER = [(r.id, c) for r in GRAMMAR.rules for c in r.counter]


@pytest.mark.parametrize(("rule", "text", "words", "value"), EXAMPLES, ids=lambda x: str(x)[:40])
def test_example(rule: str, text: str, words: str, value: str) -> None:
    found = find_times(text, *tagged(text), DAY, GRAMMAR)
    assert (words, value) in [(text[t.span.start : t.span.end], t.value) for t in found if t.rule == rule]


@pytest.mark.parametrize(("rule", "text"), COUNTER, ids=lambda x: str(x)[:40])
def test_counter_example(rule: str, text: str) -> None:
    assert not [t for t in find_times(text, *tagged(text), DAY, GRAMMAR) if t.rule == rule]


def test_every_rule_that_gives_something_has_an_example() -> None:
    assert [r.id for r in GRAMMAR.rules if r.make != "none" and "part" not in r.flags and not r.examples] == []
