"""Forgetting a report, reading stored reports again, decisions between registers, copies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summitry.model.errors import InputError, RegisterError
from summitry.model.reading import Reading
from summitry.model.register import Verb
from summitry.register.engine import copy_register
from summitry.register.exchange import (
    compare_codings,
    compare_decisions,
    decision_of,
    line_of,
    lines_of,
    read_lines,
)
from summitry.register.reader import Reader
from summitry.register.writer import Writer
from tests.register.making import reading
from tests.register.test_writer import LIFE, NOW, decide, export, write, xi


def forget(place: str, *names: str) -> None:
    with Writer(place, started=NOW, version="test") as writer:
        for name in names:
            writer.forget(name)


EARLY = reading("He will come. SECRETWORD", "2020-05-01", xi("FRA", "2020-05-10"), given_id="early")
LATE = reading("He came.", "2020-05-12", xi("FRA", "2020-05-10", "completed"), given_id="late")


def test_what_rests_on_other_reports_stays(place: str) -> None:
    write(place, [EARLY, LATE, *LIFE])
    with Reader(place) as reader:
        (was,) = (v["id"] for v in reader.visits() if v["host_country"] == "FRA")
    forget(place, "early")
    with Reader(place) as reader:
        (now,) = [v for v in reader.visits() if v["host_country"] == "FRA"]
        assert (now["reports"], now["status"], now["first_told"]) == (1, "completed", "2020-05-12")
        assert reader.resolve(was) == reader.resolve(was[:8]) == now["id"] != was
    if "://" not in place:
        write(place + ".fresh", [LATE, *LIFE])
        assert export(place) == export(place + ".fresh")
        assert b"SECRETWORD" not in Path(place).read_bytes()


def test_the_last_report_of_a_visit_takes_it_along(place: str) -> None:
    write(place, [EARLY, *LIFE])
    forget(place, "early")
    with Reader(place) as reader:
        assert "FRA" not in {v["host_country"] for v in reader.visits()}
        assert reader.counts()["articles"] == len(LIFE)


def test_an_id_is_handed_on_as_long_as_an_account_is_left(place: str) -> None:
    last = reading("Later.", "2020-06-12", xi("FRA", "2020-05", "completed"), given_id="last")
    write(place, [EARLY, LATE, last])
    with Reader(place) as reader:
        was = reader.visits()[0]["id"]
    forget(place, "early", "late")
    with Reader(place) as reader:
        assert reader.resolve(was) == reader.visits()[0]["id"]
    forget(place, "last")
    with Reader(place) as reader, pytest.raises(RegisterError):
        reader.resolve(was)


def test_a_tour_without_its_first_stop(place: str) -> None:
    write(place, LIFE)
    forget(place, "r3")
    write(place, [])
    if "://" not in place:
        write(place + ".fresh", [r for r in LIFE if r.article.given_id != "r3"])
        assert export(place) == export(place + ".fresh")


def test_the_older_version_counts_again_when_the_newer_is_forgotten_by_its_hash(place: str) -> None:
    one, two = (reading(f"Version {n}", f"2020-05-0{n}", xi("FRA", f"2020-05-1{n}"), given_id="v") for n in (1, 2))
    write(place, [one, two])
    forget(place, two.article.id)
    with Reader(place) as reader:
        assert [v["dates"] for v in reader.visits()] == ["2020-05-11"]
    forget(place, "v")
    with Reader(place) as reader:
        assert reader.counts()["articles"] == 0


def test_which_report(place: str) -> None:
    write(place, LIFE)
    with Reader(place) as reader:
        assert len(reader.reports_named("r1")) == len(reader.reports_named(LIFE[0].article.id[:8])) == 1
        for wrong in ("nothing", "", LIFE[0].article.id[:3]):
            with pytest.raises(RegisterError, match="no report"):
                reader.reports_named(wrong)


def test_a_decision_on_a_forgotten_report_is_listed_as_lost(place: str) -> None:
    write(place, [EARLY, LATE])
    with Writer(place, started=NOW, version="test") as writer:
        writer.decide(decide(EARLY, Verb.CORRECT, field="kind", value="state"))
    forget(place, "early")
    with Reader(place) as reader:
        assert [d.verb for d in reader.lost_decisions()] == [Verb.CORRECT]
        assert reader.visits()[0]["kind"] == "unspecified"


def test_decisions_go_out_and_in_once(place: str, tmp_path: Path) -> None:
    write(place, [EARLY, LATE])
    taken = [
        decide(EARLY, Verb.CORRECT, field="dates", value="2020-05-11"),
        decide(EARLY, Verb.MERGE, other=(LATE.article.id, "Xi Jinping", "FRA", LATE.visits[0].sentence), note="one"),
    ]
    with Writer(place, started=NOW, version="test") as writer:
        assert writer.decide_all(taken) == 2
        assert writer.decide_all(taken) == 0
    with Reader(place) as reader:
        assert reader.decisions() == taken
        lines = lines_of(reader)
        assert lines[0]["program"]["dates"] == "2020-05-10", "what the program alone holds"
        assert reader.visits()[0]["dates"] == "2020-05-11"
    other = str(tmp_path / "other.db")
    write(other, [EARLY, LATE])
    with Writer(other, started=NOW, version="test") as writer:
        assert writer.decide_all(decision_of(line) for line in lines) == 2
    with Reader(other) as reader:
        assert reader.visits()[0]["dates"] == "2020-05-11"
        assert [line_of(d) for d in reader.decisions()] == [line_of(d) for d in taken]


@pytest.mark.parametrize(
    "wrong",
    [
        {"verb": "burn"},
        {"on": "May"},
        {"article": None},
        {"field": "nothing"},
        {"value": "May"},
        {"other": {"article": "x"}},
        {"verb": "merge"},
    ],
)
def test_lines_that_are_no_decisions(wrong: dict[str, Any]) -> None:
    good = line_of(decide(EARLY, Verb.CORRECT, field="dates", value="2020"))
    with pytest.raises(InputError):
        decision_of(good | wrong)
    with pytest.raises(InputError, match=r"b.jsonl:2: not JSON"):
        read_lines('{"a": 1}\n{', "b.jsonl")


def judged(of: Reading, verb: Verb, by: str, program: dict[str, Any], **more: Any) -> dict[str, Any]:
    return line_of(replace(decide(of, verb, **more), by=by)) | {"program": program}


def test_two_coders_decisions() -> None:
    held = {"dates": "2020-05-10", "status": "planned"}
    one = [judged(EARLY, Verb.CONFIRM, "a", held), judged(LATE, Verb.REJECT, "a", held)]
    two = [
        judged(EARLY, Verb.CORRECT, "b", held, field="dates", value="2020-05-11"),
        judged(LATE, Verb.CONFIRM, "b", held),
    ]
    found = compare_decisions(one, two)
    assert (found.fields["visit"].units, found.fields["visit"].same) == (2, 1)
    assert (found.fields["dates"].units, found.fields["dates"].same) == (1, 0)
    assert found.fields["status"].percent == 1
    assert {(d.field, d.one, d.two) for d in found.differences} == {
        ("visit", "no", "yes"),
        ("dates", "2020-05-10", "2020-05-11"),
    }


def test_two_coders_codings() -> None:
    def line(*visits: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": "r",
            "visits": [{"visitor": "Xi Jinping", "host_country": "FRA", "meets": []} | v for v in visits],
        }

    one = [line({"dates": "2020-05-10", "meets": ["B", "A"]}, {"host_country": "DEU"})]
    two = [line({"visitor": "Xi", "dates": "2020-05-11", "meets": ["A", "B"]}, {"host_country": "ITA"})]
    found = compare_codings(one, two)
    assert (found.fields["visit"].units, found.fields["visit"].same, found.fields["visit"].kappa) == (3, 1, None)
    assert (found.fields["meets"].percent, found.fields["dates"].percent) == (1, 0)
    assert sorted((d.field, d.one, d.two) for d in found.differences) == [
        ("dates", "2020-05-10", "2020-05-11"), ("visit", "no", "yes"), ("visit", "yes", "no"),
        ("visitor", "Xi Jinping", "Xi"),
    ]  # fmt: skip


def test_a_copy_of_any_register_opens_and_holds_the_same(place: str, tmp_path: Path) -> None:
    write(place, [EARLY, *LIFE])
    with Writer(place, started=NOW, version="test") as writer:
        writer.decide(decide(EARLY, Verb.CORRECT, field="dates", value="2020-05-11"))
        writer.link()
        copy_register(place, tmp_path / "copy.db")
    assert export(str(tmp_path / "copy.db")) == export(place)
    assert [p.name for p in tmp_path.glob("copy*")] == ["copy.db"]
    write(str(tmp_path / "copy.db"), [LATE])
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(RegisterError):
        copy_register(str(tmp_path / "none.db"), tmp_path / "other.db")
    assert not (tmp_path / "other.db").exists()


def test_decisions_know_their_time_zone(place: str) -> None:
    write(place, [EARLY])
    with Writer(place, started=NOW, version="test") as writer:
        writer.decide(decide(EARLY, Verb.NOTE))
    with Reader(place) as reader:
        assert reader.decisions()[0].on == NOW
        assert reader.decisions()[0].on.tzinfo is not None
