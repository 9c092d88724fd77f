"""The gate: no figure on the coded corpora falls under its pinned floor. Skipped where the corpora are not."""

import json
from pathlib import Path

import pytest

from summitry.evaluate.gate import breaches, read_floors
from summitry.evaluate.score import Score, score
from summitry.ingest.inputs import Raw

FLOORS = Path(__file__).with_name("floors.toml")


@pytest.mark.parametrize("name", ["seeds", "dev", "train-modern", "dev-modern"])
def test_floors(name, corpus, reader):
    reports = [json.loads(line) for line in (corpus / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    given = {}
    for report in reports:
        raw = Raw(
            source=report["id"],
            kind="text",
            text=report["text"],
            given_id=report["id"],
            url=report.get("url"),
            title=None,
            published=report.get("published"),
        )
        reading = reader.read(raw)
        given[report["id"]] = {
            "published": str(reading.published) or None,
            "visits": [v.as_dict() for v in reading.visits],
            "encounters": [e.as_dict() for e in reading.encounters],
        }
        for visit in reading.visits:
            assert visit.sentence in report["text"]
            for e in visit.evidence:
                assert 0 <= e.span.start < e.span.end <= len(report["text"])
    assert breaches(score(reports, given), read_floors(FLOORS, name)) == []


def test_a_figure_under_its_floor_is_told():
    result = Score()
    result.rate("visits").add(8, 10, 10)
    assert breaches(result, {"visits": 0.8}) == []
    assert breaches(result, {"visits": 0.81}) == ["visits: F1 0.800 is under its floor 0.810"]
