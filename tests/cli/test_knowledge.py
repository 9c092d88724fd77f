"""``summitry knowledge`` and ``--knowledge``: tables of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from summitry.cli import app
from summitry.cli.knowledge import FOUND, GAPS, STARTED
from summitry.pipeline import Reader

ROW = "Anna Prill,Prill,,minister,Rail Minister,CHL,2001-05,2004,high,own\n"


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert call("init", "mine").exit_code == 0
    with (tmp_path / "mine" / "people" / "tenures.csv").open("a", encoding="utf-8") as table:
        table.write(ROW)
    return tmp_path / "mine"


def call(*words: str) -> Result:
    return CliRunner().invoke(app, ["knowledge", *words])


def test_init_writes_tables_and_leaves_what_is_there(mine: Path) -> None:
    assert {p.relative_to(mine).as_posix() for p in mine.rglob("*.*")} == {*STARTED, "README.md"}
    again = call("init", "mine")
    assert again.exit_code == 0
    assert "is there already" in again.stderr
    assert ROW in (mine / "people" / "tenures.csv").read_text(encoding="utf-8")


def test_check_of_a_right_folder(mine: Path) -> None:
    done = call("check", "mine")
    assert (done.exit_code, done.stdout.splitlines()) == (0, ["\t".join(FOUND)])
    assert "people/tenures.csv: 1 line" in done.stderr


def test_check_of_a_wrong_folder(mine: Path) -> None:
    with (mine / "people" / "tenures.csv").open("a", encoding="utf-8") as table:
        table.write(ROW.replace("CHL", "CHI"))
    done = call("check", "mine")
    assert done.exit_code == 3
    file, line, kind, told = done.stdout.splitlines()[1].split("\t")
    assert (file, line, kind) == (str(Path("mine", "people", "tenures.csv")), "3", "error")
    assert "'CHI' is no code" in told


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("check", "nowhere"), 2, "summitry knowledge init nowhere makes one"),
        (("check", "one", "two"), 2, "takes one folder"),
        (("check", "."), 1, "holds no table"),
        (("gaps", "nowhere.txt"), 1, "nowhere.txt"),
        (("gaps", "mine", "--knowledge", "nowhere"), 2, "--knowledge nowhere is no folder"),
    ],
)
def test_what_cannot_be_done_is_told(
    words: tuple[str, ...], status: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Reader, "load", lambda *_: reader)
    done = call(*words)
    assert done.exit_code == status, done.output
    assert told in done.stderr


def test_gaps_of_reports_and_of_a_register(mine: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    monkeypatch.setattr(Reader, "load", lambda *_: reader)
    (mine.parent / "a.txt").write_text(
        "Chilean Foreign Minister Anna Prill arrived in Oslo on Monday.\n", encoding="utf-8"
    )
    done = CliRunner().invoke(app, ["read", "a.txt", "--published", "2015-06-02", "--register", "r.db"])
    assert done.exit_code == 0, done.output
    for place in ("a.txt", "r.db"):
        done = call("gaps", place)
        assert done.exit_code == 0, done.output
        head, row = done.stdout.splitlines()
        assert tuple(head.split("\t")) == GAPS
        assert row.split("\t")[:4] == ["name", "Anna Prill", "foreign_minister", "CHL"]
    assert row.split("\t")[4:8] == ["Heraldo Munoz", "1", "2015-06-02", "2015-06-02"]
    assert len(call("gaps", "a.txt", "--least", "2").stdout.splitlines()) == 1


def test_own_tables_answer_questions(mine: Path) -> None:
    with (mine / "places" / "country_forms.csv").open("a", encoding="utf-8") as table:
        table.write("Elbonia,CHL,name,,,own\n")
    asked = ["who", "Anna Prill", "--knowledge", str(mine)]
    assert "Rail Minister" in CliRunner().invoke(app, asked).stdout
    assert CliRunner().invoke(app, asked[:2]).exit_code == 1
    done = CliRunner().invoke(app, ["where", "Elbonia"], env={"SUMMITRY_KNOWLEDGE": str(mine)})
    assert done.stdout.splitlines()[1].split("\t")[2] == "CHL"


def test_own_tables_are_read_with(mine: Path) -> None:
    """Reading knows a minister of the own table by the family name alone, and the run keeps another hash."""
    text = "OSLO, June 2, 2002 -- Elbonian rail minister Prill arrived in Oslo on a visit on Sunday.\n"
    (mine.parent / "a.txt").write_text(text, encoding="utf-8")
    with (mine / "places" / "country_forms.csv").open("a", encoding="utf-8") as table:
        table.write("Elbonian,CHL,adjective,,,own\n")
    command = ["read", "a.txt", "--register", "r.db", "-k", str(mine)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[1].split("\t")[2:4] == ["Anna Prill", "NOR"]
