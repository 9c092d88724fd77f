"""``summitry watch`` against two hundred feeds that misbehave."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import summitry.cli.read
import summitry.cli.watch
from summitry.cli import app
from tests.cli.conftest import LineReader
from tests.feeds.server import ITEMS, WAYS, Misbehaving

FEEDS, FEW = 200, 40
ROOT = Path(__file__).parents[2]
DAYS = 2 * 86_400
ROUNDS = 10
"""Runs, each two days after the one before, at most: no backing off takes over a day, and what fails may fail again here."""


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Misbehaving]:
    with Misbehaving(request.param) as running:
        yield running


def config(path: Path, feeds: list[str], more: str = "") -> None:
    entries = "".join(f'[[feed]]\nurl = "{url}"\n' for url in feeds)
    head = 'every = "30m"\npause = "0s"\ntimeout = "1s"\nmost_bytes = 300000\n'
    path.write_text(head + more + entries)


def told(register: Path) -> Counter[str]:
    """How often each visitor stands in the register, by articles and not by visits."""
    with sqlite3.connect(register) as db:
        texts = [row[0] for row in db.execute("SELECT text FROM articles WHERE superseded_by IS NULL")]
        total = db.execute("SELECT count(*) FROM articles").fetchone()[0]
    assert total == len(texts), "no version superseded another"
    return Counter(name for text in texts for name in re.findall(r"(Ann\w+ Bea\w+) visits", text))


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(summitry.cli.read, "load_reader", LineReader)
    clock = [time.time()]
    monkeypatch.setattr(summitry.cli.watch.time, "time", lambda: clock[0])

    def run(*args: str, ahead: float = 0) -> Result:
        clock[0] += ahead
        result = CliRunner().invoke(app, ["watch", "feeds.toml", *args])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.mark.parametrize("server", [FEW], indirect=True)
def test_feeds_that_misbehave(server: Misbehaving, watch: Callable[..., Result], tmp_path: Path) -> None:
    config(tmp_path / "feeds.toml", server.feeds)
    first = watch("--once", "--allow-private")
    assert f"{FEW} feeds polled" in first.stderr
    assert first.exit_code == 3, "some failed, and are named"
    wanted = Counter(dict.fromkeys(server.expected(), 1))
    for _ in range(ROUNDS):
        last = watch("--once", "--allow-private", ahead=DAYS)
        if told(tmp_path / "register.db") == wanted:
            break
    assert told(tmp_path / "register.db") == wanted
    assert len(server.expected()) == FEW * (len(WAYS) - 2) // len(WAYS) * ITEMS
    assert f"{len(server.expected())} done" in last.stderr
    assert server.conditional, "unchanged feeds are asked for by their marks"
    assert all(agent.startswith("summitry/") for agent in server.agents)
    asked = server.asked["/robots.txt"]
    assert asked <= 2 * ROUNDS * len(server.hosts), "the rules of a site are kept"


@pytest.mark.parametrize("server", [FEEDS], indirect=True)
def test_killed_in_the_middle_nothing_is_lost_and_nothing_repeated(server: Misbehaving, tmp_path: Path) -> None:
    config(tmp_path / "feeds.toml", server.feeds)
    register, state = tmp_path / "register.db", tmp_path / "feeds.db"
    command = [sys.executable, "-m", "tests.feeds.watching"]
    files = ["watch", str(tmp_path / "feeds.toml"), "--once", "--allow-private", "--register", str(register)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}

    def done() -> int:
        if not state.exists():
            return 0
        with sqlite3.connect(state) as db:
            return int(db.execute("SELECT count(*) FROM items WHERE status = 'done'").fetchone()[0])

    # Killed while feeds are polled, while pages are fetched, and while reports are read.
    kills = [lambda: server.total > 60, lambda: server.total > 260, lambda: done() > 120]
    ahead, wanted = 0, Counter(dict.fromkeys(server.expected(), 1))
    for due in kills:
        running = subprocess.Popen(
            [*command, str(ahead), *files], env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 30
        while not due() and running.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        running.send_signal(signal.SIGKILL)
        running.wait()
        ahead += 60
    for _ in range(ROUNDS):
        ahead += DAYS
        finished = subprocess.run([*command, str(ahead), *files], env=env, cwd=ROOT, capture_output=True, text=True)
        assert finished.returncode in (0, 3), finished.stderr
        if told(register) == wanted:
            break
    assert told(register) == wanted
