"""Accounts of people who use the site when it is served to others: names, hashed passwords, sessions that expire.

They live in an SQLite file of their own, apart from the register, so that a register can be copied and published without
them. Passwords are kept as Argon2id hashes, sessions as hashes of their secrets.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from summitry.model.errors import UsageError

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""

HOURS = 12
"""How long a session lasts at most."""

IDLE_HOURS = 2
"""How long a session lasts without a request."""

TRIES, MINUTES = 5, 15
"""Failed log-ins of one name, in minutes, after which it has to wait; an address has four times as many."""

REMEMBERED = 10_000
"""Names and addresses whose failures are remembered."""

_NAME = re.compile(r"[\w][\w .@-]{0,59}")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS people (name TEXT PRIMARY KEY, hash TEXT NOT NULL, made TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
    secret TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES people (name) ON DELETE CASCADE,
    made REAL NOT NULL, used REAL NOT NULL);
"""


class Accounts:
    """The accounts of one file, which is made where there is none. Times are given by the caller, in UTC.

    Raises UsageError where the file is something else or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._hasher = PasswordHasher()
        # Hashing is made to take memory and time: two at once are enough for any attacker.
        self._hashing = threading.Semaphore(2)
        try:
            path.touch(mode=0o600)
            self._base = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            self._base.execute("PRAGMA foreign_keys=ON")
            self._base.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise UsageError(
                f"the file of accounts cannot be used ({error}); choose another --accounts FILE"
            ) from error
        self._nobody = self._hasher.hash(secrets.token_hex())

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._base.close()

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._base

    def names(self) -> list[str]:
        """The names of all who have an account."""
        with self._using() as base:
            return [row[0] for row in base.execute("SELECT name FROM people ORDER BY name")]

    def add(self, name: str, password: str, now: dt.datetime) -> None:
        """Make an account, or give it another password, which ends its sessions. Raises UsageError."""
        if not _NAME.fullmatch(name):
            raise UsageError("a name is 1 to 60 letters, digits, blanks and . @ - _")
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsageError(f"a password has {SHORTEST} to {LONGEST} characters")
        hashed = self._hasher.hash(password)
        with self._using() as base:
            base.execute("DELETE FROM sessions WHERE name = ?", (name,))
            base.execute(
                "INSERT INTO people VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash",
                (name, hashed, now.isoformat()),
            )

    def remove(self, name: str) -> bool:
        """Remove an account and end its sessions; False where there is none."""
        with self._using() as base:
            return base.execute("DELETE FROM people WHERE name = ?", (name,)).rowcount > 0

    def knows(self, name: str, password: str) -> bool:
        """Whether this is the password of that name; takes as long for a name that nobody has."""
        with self._using() as base:
            row = base.execute("SELECT hash FROM people WHERE name = ?", (name,)).fetchone()
        with self._hashing:
            try:
                return self._hasher.verify(row[0] if row else self._nobody, password[: LONGEST + 1]) and row is not None
            except (VerificationError, InvalidHashError):
                return False

    def enter(self, name: str, now: dt.datetime) -> str:
        """Begin a session; its secret, which is the cookie."""
        secret = secrets.token_urlsafe(32)
        with self._using() as base:
            base.execute("DELETE FROM sessions WHERE made < ?", (now.timestamp() - HOURS * 3600,))
            base.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?)", (_hash(secret), name, now.timestamp(), now.timestamp())
            )
        return secret

    def person(self, secret: str, now: dt.datetime) -> str | None:
        """Whose session this is; None where it is nobody's or has expired."""
        with self._using() as base:
            row = base.execute("SELECT name, made, used FROM sessions WHERE secret = ?", (_hash(secret),)).fetchone()
            if row is None:
                return None
            at = now.timestamp()
            if at - row[1] > HOURS * 3600 or at - row[2] > IDLE_HOURS * 3600:
                base.execute("DELETE FROM sessions WHERE secret = ?", (_hash(secret),))
                return None
            if at - row[2] > 60:
                base.execute("UPDATE sessions SET used = ? WHERE secret = ?", (at, _hash(secret)))
            return str(row[0])

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._using() as base:
            base.execute("DELETE FROM sessions WHERE secret = ?", (_hash(secret),))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Limits:
    """Counts failures by key and says how long a key has to wait. Safe to use from several threads; forgets the oldest keys."""

    def __init__(self, tries: int = TRIES, minutes: int = MINUTES) -> None:
        self._tries, self._seconds = tries, minutes * 60
        self._lock = threading.Lock()
        self._failed: OrderedDict[str, list[float]] = OrderedDict()

    def wait(self, key: str, now: float, weight: int = 1) -> int:
        """Seconds until the key may try again; 0 if it may now. A key of more ``weight`` has that many times the tries."""
        with self._lock:
            recent = [t for t in self._failed.get(key, ()) if t > now - self._seconds]
            if len(recent) < self._tries * weight:
                return 0
            return max(1, int(recent[-self._tries * weight] + self._seconds - now) + 1)

    def fail(self, key: str, now: float) -> None:
        """Count a failure."""
        with self._lock:
            recent = [t for t in self._failed.pop(key, ()) if t > now - self._seconds]
            self._failed[key] = [*recent, now]
            while len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    def clear(self, key: str) -> None:
        """Forget a key's failures."""
        with self._lock:
            self._failed.pop(key, None)
