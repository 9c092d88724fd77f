"""Places in sentences: the cases, what tags, datelines and dates change, and what must hold for any text."""

from __future__ import annotations

import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.annotate.places import find_places
from summitry.lexicon.files import read_toml
from summitry.lexicon.places import Gazetteer
from summitry.model.article import Article, Block, Dateline, Known, Published, Role
from summitry.model.dates import DateRange
from summitry.model.entities import PlaceKind, PlaceMention
from summitry.model.spans import Span
from summitry.model.syntax import Token

CASES = read_toml(Path(__file__).parent.parent / "cases" / "places.toml")["case"]
CORPUS = Path(os.environ.get("SUMMITRY_CORPUS", "../shared")) / "corpus"
GAZETTEER = Gazetteer.load()


def article(text: str, **more: object) -> Article:
    return Article("a", "test", text, **more)  # type: ignore[arg-type]


def read(text: str, tokens: tuple[Token, ...] = (), **more: object) -> tuple[PlaceMention, ...]:
    return find_places(article(text, **more), tokens, (), GAZETTEER)


def told(mention: PlaceMention) -> str:
    flags = ["adjective"] * mention.adjective + ["metonym"] * mention.metonym
    return " | ".join([mention.name, mention.country or "-", mention.kind, *flags])


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, object]) -> None:
    assert [told(m) for m in read(str(case["text"]))] == case["expect"]


def test_case_ids_are_unique() -> None:
    assert len({c["id"] for c in CASES}) == len(CASES)


def tokens(*tagged: tuple[str, str]) -> tuple[Token, ...]:
    out, at = [], 0
    for i, (word, tag) in enumerate(tagged):
        out.append(Token(i, at, at + len(word), word, word.lower(), "", tag))
        at += len(word) + 1
    return tuple(out)


def test_tags_tell_a_noun_after_initials() -> None:
    tagged = (("The", "DT"), ("US", "NNP"), ("economy", "NN"), ("grew", "VBD"))
    (mention,) = read("The US economy grew", tokens(*tagged))
    assert mention.adjective
    tagged = (("The", "DT"), ("US", "NNP"), ("rejected", "VBD"), ("it", "PRP"))
    (mention,) = read("The US rejected it", tokens(*tagged))
    assert not mention.adjective
    assert mention.metonym


def test_spans_are_words_of_the_text() -> None:
    text = "From the U.S., he flew to Xi 'an."
    assert [m.span.of(text) for m in read(text)] == ["U.S.", "Xi 'an"]


def test_a_dateline_needs_no_other_sign() -> None:
    text = "KASHIWAZAKI, May 4 (Example) -- Officials met."
    blocks = (Block(Span(0, 27), Role.DATELINE), Block(Span(31, len(text)), Role.BODY))
    (mention,) = read(text, blocks=blocks, dateline=Dateline(Span(0, 27), Span(0, 11)))
    assert (mention.name, mention.country, mention.rule) == ("Kashiwazaki", "JPN", "dateline")
    assert read(text) == ()


def test_debris_is_not_read() -> None:
    text = "Share on Paris\nHe flew to Rome."
    blocks = (Block(Span(0, 14), Role.DEBRIS), Block(Span(15, len(text)), Role.BODY))
    assert [m.name for m in read(text, blocks=blocks)] == ["Rome"]


def test_before_independence_a_town_is_in_the_old_state() -> None:
    text = "He will fly to Juba on Monday."
    then = Published(DateRange.parse("2006-12-10"), Known.METADATA)
    now = Published(DateRange.parse("2012-12-10"), Known.METADATA)
    assert [m.country for m in read(text, published=then)] == ["SDN"]
    assert [m.country for m in read(text, published=now)] == ["SSD"]
    assert [m.country for m in read(text)] == ["SSD"]


def test_other_countries_weighed_are_kept() -> None:
    (mention,) = read("He went to Korea.")
    assert mention.candidates == ("PRK",)


def test_names_of_cities_are_spelt_as_in_the_text() -> None:
    assert [m.name for m in read("From KIEV to Bogota, from Bogotá to Kyiv.")] == ["Kiev", "Bogota", "Bogotá", "Kyiv"]


PIECES = [
    "Paris",
    "Jordan",
    "U.S.",
    "the",
    "in",
    ",",
    ".",
    "Li",
    "'s",
    "New",
    "York",
    "Palace",
    "of",
    "China-Africa",
    "平",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_mentions_are_in_order_and_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = read(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for mention in found:
        assert mention.span.of(text).strip() == mention.span.of(text) != ""
        assert mention.name
        assert mention.kind is PlaceKind.REGION or mention.kind is PlaceKind.SITE or mention.country


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    read(text)


@pytest.mark.skipif(not (CORPUS / "dev.jsonl").exists(), reason="the coded corpus is not here (SUMMITRY_CORPUS)")
def test_host_countries_of_the_coded_corpus() -> None:
    hit = total = 0
    with (CORPUS / "dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            codes = {m.country for m in read(report["text"]) if not m.adjective}
            for visit in report["gold"]["visits"]:
                total += 1
                hit += visit["host_country"] in codes
    assert total > 150
    assert hit / total >= 0.98


def test_rules_are_named() -> None:
    text = "He flew from Paris, Texas to Paris and met Korea's envoy at Linden Palace in Prague."
    assert {m.rule for m in read(text)} == {"apposition", "only", "context", "size", "site-nearest"}
    assert not re.search("[A-Z]", "".join(m.rule for m in read(text)))
