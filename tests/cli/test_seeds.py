"""The five reports that the project was born from, read into a register: what must come together does."""

import csv
import io
import subprocess
import sys


def run(*words: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "summitry.cli", *words], check=True, capture_output=True, text=True
    ).stdout


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_seeds_in_a_register(corpus, tmp_path):
    register = str(tmp_path / "register.db")
    run("read", str(corpus / "seeds.jsonl"), "--register", register)
    xi = rows(run("show", "--register", register, "--visitor", "Xi Jinping"))
    (moscow,) = [v for v in xi if v["host"] == "RUS" and v["dates"].startswith("2023")]
    history = [r for r in rows(run("show", moscow["id"], "--register", register)) if r["part"] == "history"]
    assert [(r["value"], r["told"]) for r in history] == [
        ("proposed 2023-21", "2022-12-30"),
        ("completed 2023-03", "2024-05-14"),
    ]
    assert all(r["words"] for r in history)
    stop = next(v for v in xi if v["host"] == "BLR")
    tour = [r for r in rows(run("show", stop["id"], "--register", register)) if r["part"] == "tour"]
    assert [(r["field"], r["value"]) for r in tour] == [
        ("KAZ", "2015-05-07"),
        ("RUS", "2015-05-08/2015-05-10"),
        ("BLR", "2015-05-10/2015-05-12"),
    ]
    cancelled = rows(run("show", "--register", register, "--host", "USA", "--status", "cancelled"))
    assert [v["visitor"] for v in cancelled] == ["Vladimir Putin"]
