"""Labelled pairs of accounts: what must be joined, and what must stay apart."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from summitry.link.cluster import link
from summitry.model.register import Told
from tests.register.making import told

CASES = Path(__file__).parent.parent / "cases" / "links.toml"
PAIRS: list[dict[str, Any]] = tomllib.loads(CASES.read_text(encoding="utf-8"))["pair"]


def account(line: str, article: str) -> Told:
    visitor, country, host, dates, status, published = line.split("|")
    return told(published or None, dates or None, status, article, visitor=visitor, country=country, host=host)


def joined(pair: dict[str, Any]) -> bool:
    one = pair.get("one_article", False)
    a, b = account(pair["a"], "a"), account(pair["b"], "a" if one else "b")
    forwards, backwards = link([a, b]), link([b, a])
    assert forwards == backwards
    return len(forwards) == 1


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p["why"])
def test_pair(pair: dict[str, Any]) -> None:
    if pair["join"] == "may":
        joined(pair)
    else:
        assert joined(pair) == (pair["join"] == "must")


def test_the_cases_are_many_and_named_once() -> None:
    assert len(PAIRS) >= 150
    assert len({p["why"] for p in PAIRS}) == len(PAIRS)
    assert {p["join"] for p in PAIRS} == {"must", "may", "not"}
