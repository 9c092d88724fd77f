"""The process that finds mentions is started when asked, ended when idle or stuck, and shared; no page waits for it long."""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import Any

import pytest

from summitry.web.finder import KEPT, WAITING, Finder, Mentions, State, distant, shared

ECHO = """
import sys, time
sys.stdout.buffer.write(b"\\n"); sys.stdout.buffer.flush()
for line in sys.stdin.buffer:
    if b"sleep" in line: time.sleep(60)
    if b"die" in line: sys.exit(1)
    if b"nothing" in line: line = b"\\n"
    sys.stdout.buffer.write(line); sys.stdout.buffer.flush()
"""
COMMAND = (sys.executable, "-c", ECHO)


def row(text: str) -> dict[str, Any]:
    return {"text": text, "title": None, "url": None, "published": None, "published_how": "unknown", "blocks": []}


def test_answers_in_turn_and_starts_anew_after_trouble() -> None:
    finder = Finder(COMMAND, seconds=1.0)
    try:
        assert finder(b"one") == b"one" and finder(b"two") == b"two"
        assert finder(b"nothing") == b""
        assert finder(b"die") == b""
        assert finder(b"three") == b"three"
        assert finder(b"sleep") == b""
        assert finder(b"four") == b"four"
    finally:
        finder.close()
    assert finder(b"five") == b"five"
    finder.close()


def test_a_process_that_does_not_start() -> None:
    finder = Finder((sys.executable, "-c", "raise SystemExit(3)"))
    assert finder(b"one") == b"" and finder(b"two") == b""
    finder.close()


def test_it_ends_when_nobody_asks() -> None:
    finder = Finder(COMMAND, idle=0.05)
    assert finder(b"one") == b"one"
    end = time.monotonic() + 20
    while finder.running and time.monotonic() < end:
        time.sleep(0.02)
    assert not finder.running
    assert finder(b"two") == b"two"
    finder.close()


def test_others_ask_by_an_address_and_a_key() -> None:
    with shared(lambda asked: asked.upper() if asked != b"none" else b"") as how:
        ask = distant(**how)
        assert ask(b"a") == b"A" and ask(b"none") == b""
        answers: list[bytes] = []
        threads = [threading.Thread(target=lambda n=n: answers.append(ask(b"x%d" % n))) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(answers) == [b"X%d" % n for n in range(6)]
        assert distant(how["address"], "00" * 32)(b"a") == b""
        assert ask(b"b") == b"B"
    assert distant(**how)(b"a") == b""


def test_a_page_does_not_wait_and_the_next_look_has_them() -> None:
    go, asked = threading.Event(), []

    def slow(question: bytes) -> bytes:
        asked.append(json.loads(question)["text"])
        assert go.wait(20)
        return b'[[0,2,"told_time",[["2024",null]],"year"]]'

    mentions = Mentions(slow, patience=0.01)
    try:
        assert mentions.of(row("A")).state is State.LATE
        assert mentions.of(row("A")).state is State.LATE
        go.set()
        end = time.monotonic() + 20
        while (found := mentions.of(row("A"))).state is State.LATE and time.monotonic() < end:
            time.sleep(0.01)
        assert found.state is State.FOUND and found.mentions[0].values == (("2024", None),)
        assert asked == ["A"]
    finally:
        mentions.close()


def test_many_may_wait_but_not_all_and_few_are_kept() -> None:
    go, asked = threading.Event(), []

    def slow(question: bytes) -> bytes:
        asked.append(question)
        assert go.wait(20)
        return b"[]"

    mentions = Mentions(slow, patience=0.0)
    assert all(mentions.of(row(f"text {n}")).state is State.LATE for n in range(WAITING + 5))
    go.set()
    mentions.close()
    patient = Mentions(lambda question: b"[]" if b"good" in question else b"", patience=20)
    try:
        assert patient.of(row("good")).state is State.FOUND
        assert patient.of(row("bad")).state is State.FAILED
        for n in range(KEPT + 10):
            patient.of(row(f"good {n}"))
        assert patient.held == KEPT
    finally:
        patient.close()
    assert len(asked) <= WAITING


@pytest.mark.parametrize("said", [b"", b"no json"])
def test_what_waits_is_let_go(said: bytes) -> None:
    mentions = Mentions(lambda question: said, patience=20)
    mentions.close()
    assert mentions.of(row("A")).state is State.FAILED
