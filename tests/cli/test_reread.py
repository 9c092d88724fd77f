"""``reread``, ``forget``, ``coverage``, ``agree``, and decisions as JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import summitry.cli.reread
from summitry.ingest.inputs import Raw
from summitry.model.reading import Reading
from summitry.register.reader import Reader
from summitry.register.reread import Kept
from tests.cli.conftest import LineReader

Run = Callable[..., Result]


def read(run: Run, *lines: dict[str, Any]) -> None:
    Path("a.jsonl").write_text("".join(json.dumps({"published": "2023-03-01", **line}) + "\n" for line in lines))
    assert run("read", "a.jsonl").exit_code == 0


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout), delimiter="\t"))


class BetterReader(LineReader):
    """Knows that the visit to RUS is one to FRA."""

    def read(self, raw: Raw) -> Reading:
        assert isinstance(raw, Kept)
        if "BREAK" in raw.text:
            raise RuntimeError("broken on purpose")
        text = raw.text.replace("RUS", "FRA")
        better = super().read(Raw(raw.source, "text", text, raw.given_id, raw.url, raw.title, raw.published))
        import dataclasses as d

        article = d.replace(better.article, id=raw.article, text=raw.text)
        visits = tuple(
            d.replace(v, article=raw.article, evidence=tuple(d.replace(e, article=raw.article) for e in v.evidence))
            for v in better.visits
        )
        return d.replace(better, article=article, visits=visits)


def test_reread_shows_what_changed_and_a_dry_run_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read(run, {"id": "a", "text": "Xi Jinping visits RUS on 2023-03-20"}, {"id": "b", "text": "Li Peng visits DEU"})
    monkeypatch.setattr(summitry.cli.reread, "load_rereader", lambda folders: BetterReader)
    before = Path("register.db").read_bytes()
    dry = run("reread", "--dry-run")
    assert Path("register.db").read_bytes() == before
    real = run("reread")
    assert rows(dry) == rows(real)
    assert [(r["what"], r["host"]) for r in rows(real)] == [("lost", "RUS"), ("gained", "FRA")]
    assert "2 reports read again: 1 otherwise than before, 0 failed" in real.stderr
    assert "nothing was changed" in dry.stderr
    assert rows(run("reread")) == []
    with Reader("register.db") as reader:
        assert {v["host_country"] for v in reader.visits()} == {"FRA", "DEU"}


def test_a_report_that_cannot_be_read_again_is_told_and_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read(run, {"id": "a", "text": "Xi Jinping visits RUS on 2023-03-20"})
    monkeypatch.setattr(summitry.cli.reread, "load_rereader", lambda folders: _Broken)
    result = run("reread")
    assert result.exit_code == 3
    assert "broken on purpose" in result.stderr
    assert len(rows(run("show"))) == 1


class _Broken:
    def read(self, raw: Raw) -> Reading:
        raise RuntimeError("broken on purpose")


def test_reread_needs_reports_and_folders(run: Run) -> None:
    assert "no register" in run("reread").stderr
    read(run, {"id": "a", "text": "nothing"})
    assert run("reread", "--knowledge", "none").exit_code == 2


def test_forget(run: Run) -> None:
    read(run, {"id": "a", "text": "Xi Jinping visits RUS on 2023-03-20"}, {"id": "b", "text": "Li Peng visits DEU"})
    assert "nothing was removed" in run("forget", "a", stdin="n\n").stderr
    assert len(rows(run("show"))) == 2
    result = run("forget", "a", "--yes")
    assert "1 report and 1 account of visits removed" in result.stderr
    assert [r["host"] for r in rows(run("show"))] == ["DEU"]
    assert run("forget", "a", "--yes").exit_code == 1


def test_coverage(run: Run) -> None:
    read(
        run,
        {"id": "a", "text": "Xi Jinping visits RUS on 2023-03-20"},
        {"id": "b", "text": "nothing"},
        {"id": "c", "text": "old", "published": "2022-03-01"},
    )
    assert [(r["when"], r["reports"], r["telling"]) for r in rows(run("coverage"))] == [
        ("2022-03-01", "1", "0"),
        ("2023-03-01", "2", "1"),
    ]
    assert [r["when"] for r in rows(run("coverage", "--from", "2023", "--by", "year"))] == ["2023"]
    assert rows(run("coverage", "--country", "China")) == []
    visit = rows(run("show"))[0]["id"]
    assert [(r["side"], r["heard"]) for r in rows(run("coverage", visit))] == [
        ("visitor", "not read"),
        ("host", "not read"),
        ("third", "not read"),
    ]
    assert run("coverage", visit, "--by", "year").exit_code == 2
    assert run("coverage", "--from", "soon").exit_code == 2


def test_decisions_of_two_coders_side_by_side(run: Run) -> None:
    read(run, {"id": "a", "text": "Xi Jinping visits RUS on 2023-03-20"}, {"id": "b", "text": "Li Peng visits DEU"})
    one, two = (r["id"] for r in rows(run("show")))
    for name, calls in (
        ("anna", [("confirm", one), ("reject", two)]),
        ("ben", [("correct", one, "--field", "dates", "--value", "2023-03-21"), ("confirm", two)]),
    ):
        Path(f"{name}.db").write_bytes(Path("register.db").read_bytes())
        for call in calls:
            assert run("decide", *call, "--by", name, "--register", f"{name}.db").exit_code == 0
        Path(f"{name}.jsonl").write_text(run("decisions", "--format", "jsonl", "--register", f"{name}.db").stdout)
    found = {r["field"]: (r["units"], r["percent"]) for r in rows(run("agree", "anna.jsonl", "ben.jsonl"))}
    assert (found["visit"], found["dates"], found["status"]) == (("2", "0.500"), ("1", "0.000"), ("1", "1.000"))
    differences = run("agree", "anna.jsonl", "ben.jsonl", "--differences")
    assert [(r["field"], r["one"], r["two"]) for r in rows(differences)] == [
        ("visit", "no", "yes"),
        ("dates", "2023-03-20", "2023-03-21"),
    ]
    assert "2 of 2 decisions taken over" in run("decisions", "--load", "ben.jsonl").stderr
    assert "0 of 2 decisions taken over" in run("decisions", "--load", "ben.jsonl").stderr
    assert [r["dates"] for r in rows(run("show"))] == ["2023-03-21", ""]


def test_codings_of_two_coders(run: Run) -> None:
    for name, dates in (("a", "2023-03-20"), ("b", "2023-03")):
        coding = {"visits": [{"visitor": "Xi Jinping", "host_country": "RUS", "dates": dates}]}
        Path(f"{name}.jsonl").write_text(json.dumps({"id": "r", "gold": coding}) + "\n")
    found = {r["field"]: (r["percent"], r["kappa"]) for r in rows(run("agree", "a.jsonl", "b.jsonl"))}
    assert (found["visit"], found["dates"], found["host_country"]) == (("1.000", ""), ("0.000", "0.000"), ("1.000", ""))


def test_what_agree_cannot_compare(run: Run) -> None:
    Path("a.jsonl").write_text('{"id": 1, "visits": []}\n')
    Path("b.jsonl").write_text('{"verb": "note"}\n')
    Path("c.jsonl").write_text('{"id": 1, "text": "x"}\n')
    assert run("agree", "a.jsonl", "b.jsonl").exit_code == 2
    assert run("agree", "a.jsonl", "none.jsonl").exit_code == 1
    assert "neither a decision nor a coded report" in run("agree", "a.jsonl", "c.jsonl").stderr
    assert "no unit in common" in run("agree", "a.jsonl", "a.jsonl").stderr
    assert "no decision" in run("decisions", "--load", "b.jsonl", "--register", "new.db").stderr


def test_link_explains(run: Run) -> None:
    visit = {"visitor": "Xi Jinping", "host_country": "RUS", "dates": "2023-03-20", "status": "planned"}
    lines = [
        {"id": n, "published": "2023-03-01", "visits": [visit | more]}
        for n, more in enumerate(({}, {"dates": "2023-03"}))
    ]
    Path("coded.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = rows(run("link", "coded.jsonl", "--explain"))
    assert [(r["report"], r["other"], r["step"], r["score"]) for r in found] == [
        ("0", "1", "first", "0.80"),
        ("1", "0", "holds", "0.80"),
    ]
