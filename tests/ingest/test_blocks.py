"""Blocks: cases in a table, and what must hold for any text."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.ingest.articles import IngestKnowledge, to_article
from summitry.ingest.inputs import Raw
from summitry.ingest.paragraphs import paragraphs

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "ingest_blocks.toml").read_text("utf-8"))["case"]
KNOWLEDGE = IngestKnowledge.load()

# Pieces that rules look for, so that random texts meet them often.
PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "King in Apia", "APIA (AP) -- ", "By Jane Doe", "14 May 2014", "Updated: ", "icon bell", "Email ",
     "Related stories", "No comments yet", "(Pool via Reuters)", "DoeSamoan ", "URGENT", "| CNN", "Photo: ", "More:Storm is near",
     "The king of Tonga is in Apia for talks.", "and ", "\u00a0", "\u2028", "\r\n", "\t", "“", "•"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))


def check(article):
    last = 0
    for block in article.blocks:
        start, end = block.span.start, block.span.end
        assert last <= start < end <= len(article.text)
        assert not article.text[last:start].strip()
        assert block.span.of(article.text).strip() == block.span.of(article.text)
        assert block.rule
        last = end
    assert not article.text[last:].strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case, read):
    article = read(case["text"])
    told = [[block.role, block.rule, block.span.of(article.text)] for block in article.blocks]
    assert [one[:2] for one in told] == [expected[:2] for expected in case["blocks"]]
    for one, expected in zip(told, case["blocks"], strict=True):
        assert one[2].startswith(expected[2])
    check(article)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_blocks_hold_all_words_in_order(text):
    article = to_article(Raw("here", "text", text), KNOWLEDGE)
    assert article.text == text
    check(article)
    for line in (article.dateline,):
        if line:
            assert line.span.end <= len(text)
            assert line.place is None or line.span.covers(line.place)
    if article.published.span:
        assert article.published.span.of(text).strip()


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_paragraphs_hold_all_words_in_order(text):
    last = 0
    for span in paragraphs(text):
        assert span.start >= last
        assert not text[last : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        last = span.end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    "piece",
    [
        "lorem ipsum dolor\n",
        "Aaa Bbb Ccc Ddd\n",
        "a",
        "May 4, 2015 ",
        "(",
        "icon a",
        "Abc def: ",
        '"\n',
        "APIA (AP) -- ",
        "by John ",
    ],
)
def test_junk_is_read_in_linear_time(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        start = time.perf_counter()
        check(to_article(Raw("here", "text", text), KNOWLEDGE))
        return time.perf_counter() - start

    seconds(20_000)
    assert seconds(400_000) < 10


def test_a_given_title_is_the_headline(read):
    text = (
        "Isles in the news\n\nThe king is in Apia\n\nHe is there for talks with the premier, the palace said on Monday."
    )
    assert read(text).blocks[0].role == "headline"
    titled = read(text, title="The king is in Apia")
    assert [block.role for block in titled.blocks[:2]] == ["caption", "headline"]
