"""``summitry serve`` listens on this machine only and tells what is wrong in one sentence."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import typer
from typer.testing import CliRunner

from summitry.cli.serve import serve
from summitry.web import SETTINGS
from summitry.web.app import from_settings

from .conftest import browser

START_SECONDS = 30


def test_a_register_that_is_not_there(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(serve)
    result = CliRunner().invoke(app, ["--register", str(tmp_path / "none.db")])
    assert result.exit_code == 1
    assert "there is no register" in result.stderr
    assert result.stdout == ""


def test_the_site_answers_on_the_loopback_address(place: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = "import typer; from summitry.cli.serve import serve; typer.run(serve)"
    command = [sys.executable, "-c", code, "--register", str(place), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            answer = _first_answer(f"http://127.0.0.1:{port}/api/about")
        finally:
            server.terminate()
        out, err = server.communicate(timeout=START_SECONDS)
    assert answer.json()["counts"]["visits"] == 5
    assert out == ""
    assert f"http://127.0.0.1:{port}/" in err


def test_the_words_of_reports_can_be_left_out(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    names: list[str] = []

    def run(site: object, **_: object) -> None:
        get = browser(place, app=site)  # type: ignore[arg-type]
        names.extend(v["id"] for v in get("/api/visits").json()["visits"])
        seen.extend(get(f"/visits/{name}").text for name in names)

    monkeypatch.setattr("uvicorn.run", run)
    app = typer.Typer()
    app.command()(serve)
    result = CliRunner().invoke(app, ["--register", str(place), "--quotes", "none"])
    assert result.exit_code == 0, result.stderr
    whole = browser(place)
    words = "lasted"
    assert any(words in whole(f"/visits/{name}").text for name in names)
    assert seen and not any(words in page for page in seen)


def test_quotes_and_review_do_not_go_together(place: Path) -> None:
    app = typer.Typer()
    app.command()(serve)
    assert CliRunner().invoke(app, ["--register", str(place), "--quotes", "none", "--review"]).exit_code == 2


def _first_answer(address: str) -> httpx.Response:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            return httpx.get(address, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the site did not start")


def test_a_process_that_shares_the_work_learns_what_it_serves(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTINGS, json.dumps({"register": str(place), "hosts": ["visits.example"]}))
    app = from_settings()
    assert browser(place, app=app, base="http://visits.example")("/api/about").json()["counts"]["visits"] == 5
    assert browser(place, app=app, base="http://127.0.0.1")("/").status_code == 400
