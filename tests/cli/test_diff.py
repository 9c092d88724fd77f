"""``diff`` and ``backup``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

from summitry.register.reader import Reader
from summitry.register.writer import Writer

Run = Callable[..., Result]


def read(run: Run, register: str, *texts: str) -> None:
    Path("a.jsonl").write_text("".join(json.dumps({"text": t, "published": "2023-03-01"}) + "\n" for t in texts))
    assert run("read", "a.jsonl", "--register", register).exit_code == 0


def test_lost_gained_and_altered(run: Run) -> None:
    same = "Xi Jinping visits SRB on 2023-09-01"
    read(run, "old.db", same, "Xi Jinping visits RUS on 2023-03", "Xi Jinping visits FRA on 2023-05-02")
    read(
        run,
        "new.db",
        same,
        "Xi Jinping visits RUS on 2023-03",
        "Xi Jinping visits RUS on 2023-03-20",
        "Li Peng visits DEU",
    )
    result = run("diff", "old.db", "new.db")
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout), delimiter="\t"))
    assert [(r["what"], r["host"], r["field"], r["old"], r["new"]) for r in rows] == [
        ("lost", "FRA", "", "", ""),
        ("altered", "RUS", "dates", "2023-03", "2023-03-20"),
        ("altered", "RUS", "reports", "1", "2"),
        ("gained", "DEU", "", "", ""),
    ]
    assert "1 lost, 1 gained, 1 altered" in result.stderr
    assert run("diff", "new.db", "new.db").stdout.count("\n") == 1


def test_backup_while_somebody_writes(run: Run, tmp_path: Path) -> None:
    import datetime as dt

    read(run, "register.db", "Xi Jinping visits RUS on 2023-03")
    with Writer("register.db", started=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), version="test"):
        assert run("backup", "copy.db").exit_code == 0
    with Reader("copy.db") as one, Reader("register.db") as two:
        assert one.visits() == two.visits() != []


def test_what_cannot_be_copied(run: Run) -> None:
    read(run, "register.db", "Xi Jinping visits RUS on 2023-03")
    again = run("backup", "register.db")
    assert again.exit_code == 2
    assert "exists" in again.stderr
    assert "does not exist" in run("backup", "none/copy.db").stderr
    assert "no register" in run("backup", "copy.db", "--register", "none.db").stderr
    assert not Path("copy.db").exists()
