"""Datelines, by the examples of their own table."""

import pytest

from summitry.ingest.datelines import Datelines
from summitry.ingest.dates import DateWords
from summitry.lexicon.outlets import Outlets

DATELINES = Datelines.load(DateWords.load(), Outlets.load())


@pytest.mark.parametrize("example", DATELINES.examples, ids=lambda example: example["text"][:30])
def test_examples(example):
    text = example["text"]
    found = DATELINES.at(text, 0, len(text))
    assert found is not None
    line = found.dateline
    told = {
        "place": line.place and line.place.of(text),
        "agency": line.agency,
        "date": line.date and str(line.date),
        "rule": found.rule,
    }
    assert told == {key: example.get(key) for key in told}
    assert text[line.span.end :] in ("", "Two ministers met.", "Two ministers met in the hills.")


@pytest.mark.parametrize("text", DATELINES.counter)
def test_counter_examples(text):
    assert DATELINES.at(text, 0, len(text)) is None


def test_every_rule_has_an_example():
    assert {example["rule"] for example in DATELINES.examples} == {"agency", "agency-alone", "capitals", "city", "date"}


def test_spans_count_from_the_start_of_the_text():
    text = "A headline\n\nOSLO (AP) - Two ministers met."
    found = DATELINES.at(text, 12, len(text))
    assert found.dateline.place.of(text) == "OSLO"
    assert text[found.dateline.span.end :] == "Two ministers met."
