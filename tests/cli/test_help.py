"""Help, the reference and the start of the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summitry import __version__
from summitry.cli import app
from summitry.cli.reference import reference

DOCS = Path(__file__).resolve().parents[2] / "docs"
COMMANDS = [c.callback.__name__ for c in app.registered_commands if c.callback]


def test_the_reference_is_as_the_program_is() -> None:
    written = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert written == reference(), "stale: python -m summitry.cli.reference > docs/cli.md"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "Examples" in result.stdout
    assert f"summitry {command}" in result.stdout.split("Examples")[1]
    section = reference().split(f"## summitry {command}\n")[1].split("\n## ")[0]
    assert "None" not in section, "an option without help"


def test_version() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout == f"summitry {__version__}\n"


def test_no_command_shows_help() -> None:
    result = CliRunner().invoke(app, [])
    assert "read" in result.output


def test_help_loads_nothing_heavy() -> None:
    heavy = {"spacy", "sqlalchemy", "alembic", "lxml"}
    code = f"import sys, summitry.cli; print([m for m in sys.modules if m.split('.')[0] in {heavy}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_data_is_utf8_in_any_locale_and_any_file_name_is_bearable(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("not JSON \u2014 \u017d\n", encoding="utf-8")
    odd = os.fsencode(tmp_path) + b"/odd\xff.txt"
    Path(os.fsdecode(odd)).write_bytes(b"")
    env = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "summitry.cli", "read", "--format", "jsonl", "--register", str(tmp_path / "r.db")]
    done = subprocess.run([*command, os.fsencode(tmp_path)], capture_output=True, env=env)
    assert done.returncode == 1, done.stderr
    assert [json.loads(line)["problems"][0]["stage"] for line in done.stdout.decode("utf-8").splitlines()] == [
        "ingest"
    ] * 2
    assert b"odd?.txt" in done.stderr
