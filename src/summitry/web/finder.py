"""The process that finds mentions, as the site sees it: started when it is needed, shared, never waited for long."""

from __future__ import annotations

import hashlib
import logging
import secrets
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from typing import Any

from summitry.web.mentions import REACH, Mention, question, read

COMMAND = (sys.executable, "-m", "summitry.web.mentions")

START, SECONDS = 60.0, 15.0
"""How long the process may take to load, and to answer; then it is ended, and the text stays without mentions."""

IDLE = 600.0
"""Seconds after the last question until the process is ended and its memory given back."""

PATIENCE = 4.0
"""Seconds that a page waits for its mentions; a later look at it has them."""

KEPT = 64
"""Reports whose mentions are kept, as bytes."""

WAITING = 32
"""Reports that may wait for their mentions; beyond, a page comes without."""

Ask = Callable[[bytes], bytes]
"""A question to its answer; an empty answer where there is none."""

_log = logging.getLogger(__name__)


class Finder:
    """The process, which answers one question at a time. Safe to use from several threads."""

    def __init__(self, command: tuple[str, ...] = COMMAND, *, start: float = START, seconds: float = SECONDS,
                 idle: float = IDLE) -> None:  # fmt: skip
        self._command, self._start, self._seconds, self._idle = command, start, seconds, idle
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None

    def __call__(self, asked: bytes) -> bytes:
        """The answer; empty where the process takes too long or breaks, and then another is started for the next one."""
        with self._lock:
            if self._rest is not None:
                self._rest.cancel()
            if self._process is None:
                self._process = subprocess.Popen(  # noqa: S603 (our own module)
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )
                if not self._exchange(b"", self._start):
                    return b""
            told = self._exchange(asked + b"\n", self._seconds)
            if self._process is not None:
                self._rest = threading.Timer(self._idle, self.close)
                self._rest.daemon = True
                self._rest.start()
            return told.strip()

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None

    def close(self) -> None:
        """End the process; a later question starts another."""
        with self._lock:
            if self._rest is not None:
                self._rest.cancel()
            self._end()

    def _exchange(self, said: bytes, seconds: float) -> bytes:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise AssertionError
        limit = threading.Timer(seconds, process.kill)
        limit.daemon = True
        limit.start()
        try:
            process.stdin.write(said)
            process.stdin.flush()
            told = process.stdout.readline()
        except OSError:
            told = b""
        finally:
            limit.cancel()
        if not told:
            _log.error("mentions could not be found: the process ended or took longer than %g seconds", seconds)
            self._end()
        return told

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    _log.debug("a pipe was closed already")
        process.wait()


@contextmanager
def shared(ask: Ask) -> Iterator[dict[str, str]]:
    """Let other processes ask too: what they need for ``distant``, as long as the context lasts."""
    key = secrets.token_bytes(32)
    with Listener(backlog=WAITING, authkey=key) as listener:
        closed = threading.Event()

        def accept() -> None:
            while not closed.is_set():
                try:
                    connection = listener.accept()
                except (OSError, EOFError, AuthenticationError):
                    continue
                threading.Thread(target=_serve, args=(connection, ask), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield {"address": str(listener.address), "key": key.hex()}
        finally:
            closed.set()


def _serve(connection: Connection[Any, Any], ask: Ask) -> None:
    with connection:
        try:
            connection.send_bytes(ask(connection.recv_bytes()) or b"\n")
        except (OSError, EOFError):
            _log.debug("who asked for mentions went away")


def distant(address: str, key: str) -> Ask:
    """Asks the process that another one started and shares."""

    def ask(asked: bytes) -> bytes:
        try:
            with Client(address, authkey=bytes.fromhex(key)) as connection:
                connection.send_bytes(asked)
                return connection.recv_bytes().strip()
        except (OSError, EOFError, AuthenticationError):
            return b""

    return ask


class State(StrEnum):
    """Whether a page has its mentions: found, not yet, or not to be found."""

    FOUND = "found"
    LATE = "late"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Found:
    """The mentions of a report, in the order of the text, up to ``reach`` (code points)."""

    state: State
    mentions: tuple[Mention, ...] = ()
    reach: int = REACH


class Mentions:
    """Mentions of reports, the last KEPT of them kept. Safe to use from several threads; ``close`` when done."""

    def __init__(self, ask: Ask, patience: float = PATIENCE) -> None:
        self._ask, self._patience = ask, patience
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Future[bytes]] = OrderedDict()
        self._pool = ThreadPoolExecutor(1, "mentions")

    def of(self, article: dict[str, Any]) -> Found:
        """Those of a row of ``articles``; LATE where they are not there in time, and then they are kept for the next look."""
        asked = question(article)
        key = hashlib.sha256(asked).hexdigest()
        with self._lock:
            future = self._kept.get(key)
            if future is None:
                if sum(not f.done() for f in self._kept.values()) >= WAITING:
                    return Found(State.LATE)
                try:
                    future = self._kept[key] = self._pool.submit(self._ask, asked)
                except RuntimeError:  # the site is being closed
                    return Found(State.FAILED)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        try:
            found = read(future.result(self._patience))
        except Late:
            return Found(State.LATE)
        except (CancelledError, ValueError):
            found = None
        return Found(State.FAILED) if found is None else Found(State.FOUND, found)

    @property
    def held(self) -> int:
        """Of how many reports the mentions are kept, or on their way."""
        return len(self._kept)

    def close(self) -> None:
        """Let those go that wait."""
        self._pool.shutdown(wait=False, cancel_futures=True)
