"""Every line of the tables of visits in tests/cases, read by the whole program; every trigger has a line of its own."""

import tomllib
from pathlib import Path

import pytest

from summitry.ingest.inputs import Raw
from summitry.lexicon.visits import VisitWords

FOLDER = Path(__file__).parents[1] / "cases"
CASES = tomllib.loads((FOLDER / "visits.toml").read_text(encoding="utf-8"))["case"]
OPEN = tomllib.loads((FOLDER / "visits_open.toml").read_text(encoding="utf-8"))["case"]
DISCOURSE = tomllib.loads((FOLDER / "visits_discourse.toml").read_text(encoding="utf-8"))["case"]
PRESS = tomllib.loads((FOLDER / "visits_press.toml").read_text(encoding="utf-8"))["case"]


def line(visit):
    told = f"{visit.visitor} > {visit.host_country} {visit.dates or 'null'} {visit.status}"
    return told if visit.kind == "unspecified" else f"{told} {visit.kind}"


@pytest.mark.parametrize(
    "case", CASES + OPEN + PRESS + DISCOURSE, ids=lambda case: f"{case.get('rule', 'press')}: {case['text'][:40]}"
)
def test_case(case, reader, request):
    if "fails" in case:
        request.node.add_marker(pytest.mark.xfail(reason=case["fails"], strict=True))
    raw = Raw(source="case", kind="text", text=case["text"], given_id=None, url=None, title=None, published=case["on"])
    assert sorted(line(v) for v in reader.read(raw).visits) == sorted(case["visits"])


def test_every_trigger_has_a_case():
    assert {t.id for t in VisitWords.load().triggers} <= {case["rule"] for case in CASES}
