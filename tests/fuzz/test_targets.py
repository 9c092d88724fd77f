"""The targets of fuzz/: each takes its seeds, and what was found by fuzzing stays mended."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "fuzz"
CHEAP = ("html", "article", "inputs", "warc", "lines", "dates", "edtf", "values", "feeds")


@pytest.fixture(scope="module")
def targets():
    sys.path.insert(0, str(FOLDER))
    try:
        import targets

        yield targets
    finally:
        sys.path.remove(str(FOLDER))
        sys.modules.pop("targets", None)


@pytest.mark.parametrize("name", CHEAP)
def test_seeds_and_their_pieces_are_taken(targets, name):
    for seed in targets.SEEDS[name]:
        for data in (seed, seed[: len(seed) // 2], seed[1:], seed * 2, b"", b"\x00", b"\xff"):
            targets.TARGETS[name](data)


def test_every_target_has_seeds(targets):
    assert targets.SEEDS.keys() == targets.TARGETS.keys()


FOUND = [
    ("edtf", b"9999-24/"),  # the winter that would end in the year 10000
    ("edtf", b"9999-24"),
    (
        "feeds",  # a content without a value
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="https://a.examp'
        b'version="2.0"><channel><title>A</title><item><guid>1</guid><title>Ol">&lt;b&gt;Oslo</conte'
        b"nt></entry></feed>",
    ),
]


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_found_stays_mended(targets, name, data):
    targets.TARGETS[name](data)


def test_a_stretch_without_blanks_is_cut_in_linear_time(reader):
    """30,000 marks took two minutes; the test hangs where that is so again."""
    assert len(reader.syntax.tokenize("&#" * 15_000)) == 30_000


def test_a_feed_that_breaks_its_parser_is_told_as_broken(targets):
    data = b'<d xmlns="w\xff2\xffm">a\x8bc"enree'
    targets.feeds(data)
    items, told = targets.entries(data, {}, targets.Watched("https://a.example/feed", "A", "feed", "page", 1800.0))
    assert items == [] and told.startswith("broken: ")
