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
