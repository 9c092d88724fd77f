"""The day of an encounter stands in the report's words, with those words as evidence, or the encounter has none."""

import tomllib
from pathlib import Path

import pytest

from summitry.ingest.inputs import Raw

LEAD = "TALLINN, June 5 (Wire) -- Finnish President Alexander Stubb arrived in Estonia{day}."
TALK = "Stubb met Estonian President Alar Karis at the palace{day}."
TALKS = tomllib.loads((Path(__file__).parents[1] / "cases" / "talks.toml").read_text(encoding="utf-8"))["case"]


def read(reader, text, published="2024-06-06"):
    return reader.read(Raw("case", "text", text, given_id=None, url=None, title=None, published=published))


def days(reader, lead, talk):
    report = read(reader, f"{LEAD.format(day=lead)}\n\n{TALK.format(day=talk)}")
    return [(e.participants, str(e.date)) for e in report.encounters]


@pytest.mark.parametrize(("lead", "talk"), [(" on Thursday", ""), ("", " on Thursday")])
def test_day_told_in_the_lead_or_beside_the_talk(reader, lead, talk):
    assert days(reader, lead, talk) == [(("Alexander Stubb", "Alar Karis"), "2024-06-06")]


def test_no_day_in_words_is_no_encounter_of_the_day(reader):
    assert days(reader, "", "") == []


def test_another_day_in_the_lead_is_not_borrowed(reader):
    assert days(reader, " on Tuesday", "") == []


def test_borrowed_day_has_its_words_as_evidence(reader):
    text = f"{LEAD.format(day=' on Thursday')}\n\n{TALK.format(day='')}"
    (encounter,) = read(reader, text).encounters
    spans = [e.span for e in encounter.evidence if e.field == "date"]
    assert [text[s.start : s.end] for s in spans] == ["Thursday"]


def test_a_host_taken_from_the_words_around_has_them_as_evidence(reader):
    text = "Estonia expects a guest. Finnish President Alexander Stubb's visit starts on Friday."
    (visit,) = read(reader, text).visits
    spans = [e.span for e in visit.evidence if e.field == "host_country"]
    assert (visit.host_country, [text[s.start : s.end] for s in spans]) == ("EST", ["Estonia"])


def test_no_words_for_a_host_are_no_host(reader):
    assert read(reader, "Finnish President Alexander Stubb's visit starts on Friday.").visits == ()


def test_a_host_taken_from_the_dateline_has_it_as_evidence(reader):
    text = (
        "TALLINN, June 6 (Wire) -- The weather is fine.\n\nFinnish President Alexander Stubb's visit starts on Friday."
    )
    (visit,) = read(reader, text).visits
    spans = [e.span for e in visit.evidence if e.field == "host_country"]
    assert (visit.host_country, [text[s.start : s.end] for s in spans]) == ("EST", ["TALLINN"])


def line(e):
    return f"{e.kind} {' + '.join(sorted(e.participants))} {e.date or 'null'} {e.status}"


@pytest.mark.parametrize("case", TALKS, ids=lambda case: case["text"][-60:])
def test_case(case, reader, request):
    if "fails" in case:
        request.node.add_marker(pytest.mark.xfail(reason=case["fails"], strict=True))
    raw = Raw(source="case", kind="text", text=case["text"], given_id=None, url=None, title=None, published=case["on"])
    assert sorted(line(e) for e in reader.read(raw).encounters) == sorted(case["encounters"])
