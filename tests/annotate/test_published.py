"""The publication date: kept where known, inferred where arithmetic settles it, else unknown."""

from __future__ import annotations

import datetime as dt
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.annotate.published import settle
from summitry.lexicon.people import People
from summitry.lexicon.times import Grammar
from summitry.model.article import Article, Block, Dateline, Known, Published, Role
from summitry.model.dates import DateRange
from summitry.model.spans import Span
from tests.annotate.times_words import tagged

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "published.toml").read_text(encoding="utf-8"))["case"]
GRAMMAR = Grammar.load()
PEOPLE = People.load()
CORPUS = Path(os.environ.get("SUMMITRY_CORPUS", "../shared")) / "corpus"


def article(case: dict[str, str]) -> Article:
    text, blocks, dateline = "", [], None
    for key, role in (("caption", Role.CAPTION), ("dateline", Role.DATELINE), ("body", Role.BODY)):
        if key in case:
            span = Span(len(text), len(text) + len(case[key]))
            text += case[key] + "\n\n"
            blocks.append(Block(span, role))
            if role is Role.DATELINE:
                dateline = Dateline(span)
    return Article("x", "x", text, tuple(blocks), dateline=dateline)


def settled(case: dict[str, str]) -> Published:
    one = article(case)
    return settle(one, *tagged(one.text), GRAMMAR, PEOPLE)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_case(case: dict[str, str]) -> None:
    got = settled(case)
    assert (str(got), got.how) == (case["day"], Known.INFERRED if case["day"] else Known.UNKNOWN)
    assert bool(got.reasons) == bool(case["day"])


def test_what_is_known_is_kept() -> None:
    known = Published(DateRange.parse("2011-02"), Known.METADATA, ("given",))
    one = Article("x", "x", "It was Monday.", published=known)
    assert settle(one, *tagged(one.text), GRAMMAR) is known


def test_reasons_name_what_was_weighed() -> None:
    reasons = " | ".join(settled(CASES[0]).reasons)
    assert "the dateline says 11-08" in reasons
    assert "Thursday" in reasons
    assert "Gordon Brown in office" in reasons


@given(st.dates(dt.date(2007, 7, 1), dt.date(2010, 5, 1)))
def test_an_inferred_day_fits_everything_told(day: dt.date) -> None:
    body = f"The chancellor met British Prime Minister Gordon Brown on {day:%A}. They spoke of trade."
    got = settled({"dateline": f"OSLO, {day:%B} {day.day}", "body": body})
    assert got.day is None or got.day == day


@pytest.mark.skipif(not CORPUS.exists(), reason="the coded corpora are not here")
def test_no_coded_report_is_dated_wrongly() -> None:
    """The texts alone, with what came with them withheld: read by ingest, then settled with no tags."""
    from summitry.ingest.articles import IngestKnowledge, to_article
    from summitry.ingest.inputs import Raw

    knowledge = IngestKnowledge.load()
    wrong: list[Any] = []
    for name in ("seeds", "dev"):
        for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            one = to_article(Raw("x", "text", item["text"]), knowledge)
            got = str(settle(one, (), (), GRAMMAR))
            if got and got != item["gold"]["published"]:
                wrong.append((item["id"], got))
    assert wrong == []
