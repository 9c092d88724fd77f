"""The commands with the program's own reader, on a few of the examples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import summitry.cli.read
from summitry.cli import app
from summitry.scale.workers import Reads

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(*args: str) -> str:
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_one_worker_and_two_in_any_order_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Reads
) -> None:
    monkeypatch.chdir(tmp_path)
    files = [str(p) for p in sorted(EXAMPLES.glob("*.txt"))[:5]]
    with monkeypatch.context() as here:
        here.setattr(summitry.cli.read, "load_reader", lambda: reader)
        one = run("read", *files, "--format", "jsonl", "--register", "one.db")
    two = run("read", *files[::-1], "--format", "jsonl", "--register", "two.db", "--jobs", "2")
    assert one.splitlines() == two.splitlines()[::-1]
    assert run("export", "--register", "one.db") == run("export", "--register", "two.db")
    told = [json.loads(line) for line in one.splitlines()]
    visits = [v for line in told for v in line["visits"]]
    assert visits
    for line, path in zip(told, files, strict=True):
        text = Path(path).read_text(encoding="utf-8")
        for v in line["visits"]:
            assert v["register_id"]
            assert v["evidence"] in text
            assert all(0 <= start < end <= len(text) for spans in v["spans"].values() for start, end in spans)
    assert v["register_id"] in run("show", "--register", "one.db")
