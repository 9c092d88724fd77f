"""The program reads the examples as they are coded, to the figures pinned in examples/floors.toml."""

from __future__ import annotations

from typing import Any

import pytest

from summitry.evaluate.gate import breaches, read_floors
from summitry.evaluate.score import Score, score
from summitry.ingest.inputs import Raw, inputs
from summitry.pipeline import Reader

from .coding import EXAMPLES, REPORTS, examples


def codings(reader: Reader) -> dict[str, dict[str, Any]]:
    """What the program makes of each example, by its name."""
    found = {}
    for path in sorted(p for p in EXAMPLES.iterdir() if p.suffix in REPORTS):
        for raw in inputs([str(path)]):
            assert isinstance(raw, Raw), raw
            reading = reader.read(raw)
            assert reading.problems == ()
            found[raw.given_id or path.stem] = {
                "published": str(reading.published) or None,
                "visits": [v.as_dict() for v in reading.visits],
                "encounters": [e.as_dict() for e in reading.encounters],
            }
    return found


@pytest.fixture(scope="module")
def read(reader: Reader) -> dict[str, dict[str, Any]]:
    return codings(reader)


@pytest.fixture(scope="module")
def figures(read: dict[str, dict[str, Any]]) -> Score:
    return score([{"id": e.name, "gold": e.gold} for e in examples()], read, misses=True)


def test_no_figure_is_under_its_floor(figures: Score) -> None:
    floors = read_floors(EXAMPLES / "floors.toml", "examples")
    assert {"visits", "dated", "record", "encounters", "published"} <= set(floors)
    assert breaches(figures, floors) == []


def test_where_nothing_tells_the_date_none_is_given(read: dict[str, dict[str, Any]]) -> None:
    undated = [e.name for e in examples() if e.gold["published"] is None]
    assert undated
    assert [name for name in undated if read[name]["published"] is not None] == []


def test_where_no_visit_is_told_none_is_given(read: dict[str, dict[str, Any]]) -> None:
    assert read["2014-no-visit-president-in-iquique"]["visits"] == []
