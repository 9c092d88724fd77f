"""``summitry read``: good input, bad input, and what is written where."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import tests.cli.conftest
from summitry.model.errors import InputError
from summitry.model.reading import Reading
from summitry.register.reader import Reader
from summitry.register.writer import Writer

Run = Callable[..., Result]


def lines(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def jsonl(path: str, *items: dict | str) -> str:
    Path(path).write_text("".join((i if isinstance(i, str) else json.dumps(i)) + "\n" for i in items), encoding="utf-8")
    return path


GOOD = {"id": "g", "text": "Xi Jinping visits RUS on 2023-03", "published": "2023-02-01"}


def test_one_line_an_input_in_input_order_with_the_record_of_each_visit(run: Run) -> None:
    path = jsonl(
        "a.jsonl",
        GOOD,
        {"id": 7, "text": "Nothing."},
        {"text": "Xi Jinping visits RUS on 2023-03-20", "gold": {"x": 1}},
    )
    result = run("read", path, "--format", "jsonl", "--published", "2023-03-21")
    assert result.exit_code == 0
    first, second, third = lines(result)
    assert (first["id"], second["id"]) == ("g", "7")
    assert len(third["id"]) == 16, "the hash where no id was given"
    assert (first["published"], second["published"]) == ("2023-02-01", "2023-03-21")
    assert first["visits"][0]["register_id"] == third["visits"][0]["register_id"], "linked with what comes later"
    assert first["visits"][0]["spans"] == {"visitor": [[0, 10]]}
    assert second["visits"] == second["encounters"] == second["problems"] == []
    assert "3 reports read: 2 with visits (2 in all), 1 without; 0 failed" in result.stderr
    assert "register.db holds 1 visit (" in result.stderr


def test_a_table_of_what_was_told(run: Run) -> None:
    result = run("read", jsonl("a.jsonl", GOOD))
    header, row = result.stdout.splitlines()
    assert header.split("\t") == ["report", "published", "visitor", "host", "dates", "status", "visit"]
    assert row.split("\t")[:6] == ["g", "2023-02-01", "Xi Jinping", "RUS", "2023-03", "planned"]


def test_a_file_is_named_by_its_name(run: Run) -> None:
    Path("march.txt").write_text("Xi Jinping visits RUS on 2023-03")
    row = run("read", "march.txt").stdout.splitlines()[1]
    assert row.startswith("march.txt\t")
    assert "march.txt" in run("show", row.split("\t")[-1]).stdout


def test_what_was_odd_about_an_input_is_told_though_it_was_read(run: Run) -> None:
    path = jsonl("a.jsonl", {**GOOD, "published": "soon", "title": 5})
    for _ in range(2):
        result = run("read", path, "--format", "jsonl")
        assert result.exit_code == 0
        (line,) = lines(result)
        assert len(line["problems"]) == 2
        assert all(p["stage"] == "ingest" for p in line["problems"])
        assert len(run("problems").stdout.splitlines()) == 3


def test_standard_input(run: Run) -> None:
    result = run("read", "-", "--format", "jsonl", "--register", "other.db", stdin="Xi Jinping visits FRA")
    assert result.exit_code == 0
    assert lines(result)[0]["visits"][0]["host_country"] == "FRA"
    assert Path("other.db").exists()
    assert not Path("register.db").exists()


def test_the_same_again_changes_nothing(run: Run) -> None:
    path = jsonl("a.jsonl", GOOD)
    one, before = run("read", path, "--format", "jsonl"), Path("register.db").read_bytes()
    two = run("read", path, "--format", "jsonl")
    assert one.stdout == two.stdout
    assert "in the register already: 1" in two.stderr
    assert Path("register.db").read_bytes() == before


def test_an_old_version_in_the_same_input_points_at_the_visit_of_the_new(run: Run) -> None:
    path = jsonl(
        "a.jsonl", GOOD, {**GOOD, "text": "UPDATE 1. Xi Jinping visits RUS on 2023-03-20", "published": "2023-02-02"}
    )
    old, new = lines(run("read", path, "--format", "jsonl"))
    assert old["visits"][0]["register_id"] == new["visits"][0]["register_id"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "not text"),
        ("crawl.warc", b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n", "summitry scan FILE"),
        ("crawl.warc.gz", b"\x1f\x8b\x08" + bytes(200), "summitry scan FILE"),
        ("latin.txt", "Le président à Bogotá".encode("latin-1") + b"\x81\xff", "UTF-8"),
        ("null.jsonl", b'{"id": "n", "text": null}\n', "text"),
        ("long.txt", b"Xi Jinping visits FRA. " * 60_000, "too long"),
    ],
)
def test_bad_files(run: Run, name: str, content: bytes, told: str) -> None:
    Path(name).write_bytes(content)
    alone = run("read", name, "--format", "jsonl")
    assert alone.exit_code == 1, "nothing was read"
    assert f"failed: {name}" in alone.stderr
    assert told in alone.stderr
    (line,) = lines(alone)
    assert told in line["problems"][0]["error"]
    mixed = run("read", name, jsonl("good.jsonl", GOOD))
    assert mixed.exit_code == 3, "some inputs failed"
    assert "1 report read" in mixed.stderr
    listed = run("problems")
    assert name in listed.stdout
    assert len(listed.stdout.splitlines()) == 2, "the same failure is recorded once"


def test_a_missing_file_among_others(run: Run) -> None:
    result = run("read", "none.txt", jsonl("good.jsonl", GOOD))
    assert result.exit_code == 3
    assert "failed: none.txt: no such file or folder: check the path" in result.stderr
    assert run("read", "none.txt").exit_code == 1


def test_fifty_megabytes_are_told_as_too_long(run: Run) -> None:
    with Path("huge.txt").open("wb") as out:
        for _ in range(50):
            out.write(b"The minister said nothing new today. " * 28_000)
    result = run("read", "huge.txt", jsonl("good.jsonl", GOOD))
    assert result.exit_code == 3
    assert "huge.txt: too long" in result.stderr


def test_a_broken_line_in_the_middle_loses_no_other(run: Run) -> None:
    path = jsonl("a.jsonl", {**GOOD, "id": "1"}, '{"id": "2", "text": "broken', {**GOOD, "id": "3"})
    result = run("read", path, "--format", "jsonl")
    assert result.exit_code == 3
    assert [line["id"] for line in lines(result)] == ["1", "a.jsonl:2", "3"]
    assert "failed: a.jsonl:2: not JSON" in result.stderr


def test_a_folder_without_reports(run: Run) -> None:
    Path("folder").mkdir()
    Path("folder/notes.md").write_text("Xi Jinping visits FRA")
    result = run("read", "folder")
    assert result.exit_code == 1
    assert "no reports in this folder" in result.stderr


def test_a_report_that_breaks_the_reader_is_named_and_the_others_are_read(run: Run) -> None:
    path = jsonl("a.jsonl", {"id": "b", "text": "BREAK"}, GOOD)
    result = run("read", path, "--format", "jsonl")
    assert result.exit_code == 3
    assert "failed: a.jsonl:1: RuntimeError: broken on purpose" in result.stderr
    assert [line["id"] for line in lines(result)] == ["b", "g"]
    with Reader("register.db") as reader:
        assert [p.stage for p in reader.problems()] == ["read"]


def test_a_report_that_cannot_be_stored_is_named_and_the_others_are_read(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Writer.add

    def picky(self: Writer, reading: Reading) -> bool:
        if "FRA" in reading.article.text:
            raise InputError("cannot be stored: too odd")
        return add(self, reading)

    monkeypatch.setattr(Writer, "add", picky)
    path = jsonl("a.jsonl", {"id": "f", "text": "Xi Jinping visits FRA"}, GOOD)
    result = run("read", path, "--format", "jsonl")
    assert result.exit_code == 3
    assert "failed: a.jsonl:1: cannot be stored: too odd" in result.stderr
    assert [len(line["visits"]) for line in lines(result)] == [0, 1]


def test_a_register_of_a_newer_version_is_left_alone(run: Run) -> None:
    path = jsonl("a.jsonl", GOOD)
    run("read", path)
    raw = sqlite3.connect("register.db")
    with raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = Path("register.db").read_bytes()
    result = run("read", path)
    assert result.exit_code == 1
    assert "newer version of Summitry" in result.stderr
    assert Path("register.db").read_bytes() == before


def test_a_register_that_can_only_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = jsonl("a.jsonl", GOOD)
    run("read", path)
    may = os.access
    monkeypatch.setattr(os, "access", lambda p, mode, **kw: not (mode & os.W_OK) and may(p, mode, **kw))
    result = run("read", path)
    assert result.exit_code == 1
    assert "can only be read; write to another file" in result.stderr
    assert run("show").exit_code == 0


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("a.jsonl", "--published", "yesterday"),
        ("a.jsonl", "--format", "xml"),
        ("a.jsonl", "--jobs", "0"),
    ],
)
def test_wrong_usage(run: Run, args: tuple[str, ...]) -> None:
    jsonl("a.jsonl", GOOD)
    result = run("read", *args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert not Path("register.db").exists()


def test_stopped_by_hand_keeps_what_was_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = jsonl("a.jsonl", GOOD, {"id": "s", "text": "STOP"})
    original = tests.cli.conftest.LineReader.read

    def stop(self, raw):
        if raw.text == "STOP":
            raise KeyboardInterrupt
        return original(self, raw)

    monkeypatch.setattr(tests.cli.conftest.LineReader, "read", stop)
    result = run("read", path)
    assert result.exit_code == 130
    assert "the same command again goes on" in result.stderr
    with Reader("register.db") as reader:
        assert reader.counts()["articles"] == 1


def test_visits_told_less_surely_can_be_left_out():
    from summitry.cli.read import sure
    from tests.register.making import reading

    told = reading("A report.", "2020-05-01", {"confidence": 0.3}, {"host": "NOR", "confidence": 0.8})
    assert [v.host_country for v in sure(told, 0.5).visits] == ["NOR"]
    assert sure(told, 0.0) is told
