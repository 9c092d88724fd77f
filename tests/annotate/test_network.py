"""The network by numpy gives what spaCy gives with the same model."""

from __future__ import annotations

import pytest

from summitry.annotate import network as module
from summitry.annotate.syntax import Syntax
from summitry.model.spans import Span

TEXTS = [
    "OSLO, May 3 (Agency) -- President Anna Prill of Elbonia arrived here Monday for talks with her counterpart.",
    "He said: “It’s raining, isn't it?” The 5th visit — his last — cost $3.5 million; U.S. aides stayed on.",
    "x",
    "... !! 12:30 p.m. http://example.org/a?b=c e-mail@example.org",
    "Der Präsident reist morgen nach Oslo. Президент прибыл в Осло. 主席访问奥斯陆",
]


@pytest.fixture(scope="module")
def syntax() -> Syntax:
    return Syntax.load()


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_tags_as_the_library(syntax, text):
    fast = syntax.annotate(text, [Span(0, len(text))], parse=False)
    slow = syntax.annotate(text, [Span(0, len(text))], parse=True)
    assert [(t.text, t.tag, t.pos, t.lemma) for t in fast[0]] == [(t.text, t.tag, t.pos, t.lemma) for t in slow[0]]
    assert fast[1] == slow[1]


def test_neither_company_nor_memory_changes_a_word(syntax, monkeypatch):
    together = syntax.annotate("\n".join(TEXTS), [Span(0, len("\n".join(TEXTS)))], parse=False)
    monkeypatch.setattr(module, "WORDS", 8)
    monkeypatch.setattr(module, "ROWS", 16)
    assert syntax.annotate("\n".join(TEXTS), [Span(0, len("\n".join(TEXTS)))], parse=False) == together
    words = ["Oslo", "visit", "the"]
    with syntax._vocab.memory_zone():
        network = syntax._network
        alone = [network._embed([word])[0].tobytes() for word in words]
        assert [row.tobytes() for row in network._embed(words)] == alone


def test_another_build_is_left_to_the_library(syntax, monkeypatch):
    text = TEXTS[0]
    fast = syntax.annotate(text, [Span(0, len(text))], parse=False)
    monkeypatch.setattr(syntax, "_network", None)
    assert syntax.annotate(text, [Span(0, len(text))], parse=False) == fast
