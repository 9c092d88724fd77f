"""``summitry times``: lines in, lines out, with a tagger by hand in place of the model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from summitry.annotate.syntax import Syntax
from summitry.annotate.times import find_times
from summitry.cli import times
from summitry.lexicon.times import Grammar
from summitry.model.annotated import Annotated
from summitry.model.article import Article, Published
from summitry.model.dates import DateRange
from summitry.model.spans import Span
from tests.annotate.times_words import tagged


class ByHand:
    def annotate(self, text: str, spans: Sequence[Span], parse: bool = True) -> Any:
        assert spans
        return tagged(text)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    monkeypatch.setattr(Syntax, "load", classmethod(lambda cls: ByHand()))
    app = typer.Typer()
    app.command()(times.times)
    return app


def test_lines_in_lines_out(app: typer.Typer, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    lines = [
        {"id": "a", "dct": "2024-05-16T09:30", "text": "He will arrive on Tuesday."},
        {"id": "b", "dct": "2024-05-16", "text": "Nothing."},
        {"id": "c", "text": "He came yesterday."},
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    result = CliRunner().invoke(app, [str(path)])
    assert result.exit_code == 0
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert [o["id"] for o in out] == ["a", "b", "c"]
    (found,) = out[0]["timexes"]
    assert {k: found[k] for k in ("start", "end", "type", "value", "range", "rule")} == {
        "start": 18, "end": 25, "type": "DATE", "value": "2024-05-21", "range": "2024-05-21", "rule": "weekday",
    }  # fmt: skip
    assert out[1]["timexes"] == []
    assert (out[2]["timexes"][0]["value"], out[2]["timexes"][0]["range"]) == ("XXXX-XX-XX", None)


def test_a_table_and_lines_that_fail(app: typer.Typer) -> None:
    text = '{"id": "a", "dct": "2024-05-16", "text": "He came yesterday."}\nno json\n{"id": "b", "dct": "soon", "text": ""}\n'
    result = CliRunner().invoke(app, ["--format", "table", "-"], input=text)
    assert result.exit_code == 3
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert rows[0] == list(times.COLUMNS)
    assert rows[1] == ["a", "yesterday", "DATE", "2024-05-15", "2024-05-15", "", "past", "publication", "today"]
    assert "-:2:" in result.stderr
    assert "-:3:" in result.stderr


def test_a_folder_of_ones_own(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "times").mkdir()
    (tmp_path / "times" / "words.toml").write_text("[weekday.words]\nlundi = 1\n", encoding="utf-8")
    text = '{"id": "a", "dct": "2024-05-16", "text": "He came on Lundi."}\n'
    result = CliRunner().invoke(app, ["--knowledge", str(tmp_path), "-"], input=text)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["timexes"][0]["value"] == "2024-05-13"
    result = CliRunner().invoke(app, ["--knowledge", str(tmp_path / "nowhere"), "-"], input=text)
    assert result.exit_code == 2
    assert "is no folder" in result.stderr


def test_the_zone_of_an_hour_is_written(app: typer.Typer) -> None:
    text = '{"id": "a", "dct": "2024-05-16", "text": "At 8 p.m. Moscow time he will speak, or at 1700 GMT."}\n'
    result = CliRunner().invoke(app, ["-"], input=text)
    found = json.loads(result.stdout)["timexes"]
    assert [(t["value"], t["zone"]) for t in found] == [("2024-05-16T20:00", "+03"), ("2024-05-16T17:00Z", "Z")]


def test_no_such_file(app: typer.Typer) -> None:
    assert CliRunner().invoke(app, ["nowhere.jsonl"]).exit_code == 1


def test_explained_sentence_by_sentence() -> None:
    text = "He came early on May 7. Nothing else. He stays for three days."
    tokens, sentences = tagged(text)
    published = Published(DateRange.parse("2024-05-16"))
    found = find_times(text, tokens, sentences, published, Grammar.load())
    read = Annotated(Article("x", "x", text), tokens, sentences, published, found, (), (), {})
    assert list(times.explain_times(read)) == [
        "",
        "He came early on May 7.",
        "    'early on May 7': DATE 2024-05-07, days 2024-05-07, anchor publication, rule early-on (START, past)",
        "",
        "He stays for three days.",
        "    'three days': DURATION P3D, days open, anchor none, rule duration",
    ]
