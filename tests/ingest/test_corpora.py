"""Figures on the coded corpora, where they are at hand: publication dates and what is set aside."""

import json
from dataclasses import replace

import pytest

from summitry.ingest.articles import to_article
from summitry.ingest.inputs import inputs
from summitry.model.article import Role


@pytest.fixture(scope="module")
def days(corpus, knowledge):
    """For a file: right, wrong and unknown publication dates. A month that holds the day is not wrong."""

    def count(name, withheld=False):
        path = corpus / name
        gold = [json.loads(line)["gold"]["published"] for line in path.read_text("utf-8").splitlines()]
        right = wrong = unknown = 0
        for raw, day in zip(inputs([str(path)]), gold, strict=True):
            raw = replace(raw, published=None, url=None) if withheld else raw
            found = str(to_article(raw, knowledge).published) or None
            if found is None:
                unknown += day is not None
            else:
                right += found == day
                wrong += day is None or not day.startswith(found)
        return right, wrong, unknown

    return count


@pytest.mark.parametrize(
    ("name", "withheld", "least"),
    [
        ("seeds.jsonl", False, 3),
        ("dev.jsonl", False, 170),
        ("train-modern.jsonl", False, 150),
        ("train-modern.jsonl", True, 3),
    ],
)
def test_publication_dates(days, name, withheld, least):
    right, wrong, _ = days(name, withheld)
    assert right >= least
    assert wrong == 0


def test_little_is_set_aside(corpus, knowledge):
    for name, most in (("dev.jsonl", 0.01), ("train-modern.jsonl", 0.03)):
        total = aside = 0
        for raw in inputs([str(corpus / name)]):
            for block in to_article(raw, knowledge).blocks:
                size = block.span.end - block.span.start
                total += size
                aside += size * (block.role is Role.DEBRIS)
        assert aside <= most * total
