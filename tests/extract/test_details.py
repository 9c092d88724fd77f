"""The further fields of a visit, on one-line reports read by the whole program."""

import tomllib
from pathlib import Path

import pytest

from summitry.evaluate.alike import same_person, same_phrase
from summitry.extract.voices import likeliest
from summitry.ingest.inputs import Raw

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "details.toml").read_text(encoding="utf-8"))["case"]
LISTS = ("agenda", "documents", "delegation", "meets")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["rule"][:60])
def test_case(reader, case):
    visitor, host = case["visit"].split(" > ")
    raw = Raw("case", "text", case["text"], given_id=None, url=None, title=None, published=case["on"])
    found = [v for v in reader.read(raw).visits if v.visitor == visitor and v.host_country == host]
    assert len(found) == 1, found
    visit = found[0]
    for name in LISTS:
        same = same_person if name in {"delegation", "meets"} else same_phrase
        given = getattr(visit, name)
        for wanted in case.get(name, ()):
            assert any(same(wanted, value) for value in given), (name, wanted, given)
        for unwanted in case.get(f"not_{name}", ()):
            assert not any(same(unwanted, value) for value in given), (name, unwanted, given)
    for name in ("announced_by", "occasion", "kind"):
        if name in case:
            assert (str(getattr(visit, name) or "")).removeprefix("the ") == case[name]


def test_every_value_has_words_as_evidence(reader):
    for case in CASES:
        raw = Raw("case", "text", case["text"], given_id=None, url=None, title=None, published=case["on"])
        for visit in reader.read(raw).visits:
            fields = {e.field for e in visit.evidence}
            given = {n for n in (*LISTS, "announced_by", "occasion") if getattr(visit, n)}
            assert given <= fields
            assert 0 < visit.confidence < 1


def test_the_likeliest_voice_is_weighed_over_all_its_tellings():
    weighed = [(0.3, "Anna Prill", 1), (0.4, "the ministry", 2), (0.2, "anna prill", 3)]
    assert likeliest(weighed) == (0.5, 1)
    assert likeliest([(0.2, "a", 1), (0.2, "b", 2)]) == (0.2, 1)
