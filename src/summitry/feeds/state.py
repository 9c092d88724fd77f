"""What is known of each feed and each item, in an SQLite file of its own: every step is one transaction.

An item is written down in the same transaction as the mark (ETag, date) by which its feed will not send it again; it is
struck off only after the register has it. Killed at any moment, nothing is lost; and the register takes nothing twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from summitry.model.errors import RegisterError

SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
  url TEXT PRIMARY KEY, etag TEXT, modified TEXT, digest TEXT, fails INTEGER NOT NULL DEFAULT 0,
  next_at REAL NOT NULL DEFAULT 0, error TEXT);
CREATE TABLE IF NOT EXISTS items (
  key TEXT PRIMARY KEY, link TEXT UNIQUE, feed TEXT NOT NULL, title TEXT, published TEXT, text TEXT, kind TEXT NOT NULL,
  own TEXT, status TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0, error TEXT);
CREATE INDEX IF NOT EXISTS ix_items_status ON items (status, next_at);
CREATE TABLE IF NOT EXISTS robots (site TEXT PRIMARY KEY, fetched REAL NOT NULL, rules TEXT);
PRAGMA user_version = 1;
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One report that a feed names. ``link`` is its page (None where there is none); ``own`` the text the feed itself holds.

    ``status``: "waiting" for its page, "ready" to be read (``text``, which is ``kind`` "html" or "text"), "done", "failed".
    """

    key: str
    link: str | None
    feed: str
    title: str | None
    published: str | None
    text: str | None
    kind: str
    own: str | None
    status: str
    tries: int = 0


_NAMES = tuple(Item.__slots__)
_ITEM = ", ".join(_NAMES)


class State:
    """The file. Use as a context manager. Raises RegisterError where it cannot be opened, or holds something else."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            if self._db.execute("PRAGMA user_version").fetchone()[0] not in (0, 1):
                raise RegisterError(f"{path} was written by a newer version; update the program")
            # As in the register: whoever is killed loses nothing; a power cut may cost the last steps, which are done again.
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise RegisterError(
                f"{path} cannot be used to keep what was fetched ({error}); name another --state"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    @contextmanager
    def _at_once(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def watch(self, urls: Iterable[str]) -> None:
        """Know of these feeds."""
        with self._at_once() as db:
            db.executemany("INSERT OR IGNORE INTO feeds (url) VALUES (?)", [(url,) for url in urls])

    def feed(self, url: str) -> dict[str, Any]:
        """What is known of a feed: etag, modified, digest, fails, next_at, error."""
        return dict(self._db.execute("SELECT * FROM feeds WHERE url = ?", (url,)).fetchone())

    def fetched(
        self,
        url: str,
        items: Iterable[Item],
        next_at: float,
        marks: Mapping[str, str | None],
        fails: int = 0,
        error: str | None = None,
    ) -> int:
        """A feed came: keep its new items and its marks at once; how many items are new.

        Of a feed that came broken (``error``, the ``fails``-th time in a row) what could be made out is kept, and no mark.
        """
        sql = f"INSERT OR IGNORE INTO items ({_ITEM}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608
        with self._at_once() as db:
            new = sum(db.execute(sql, [getattr(item, name) for name in _NAMES]).rowcount for item in items)
            db.execute(
                "UPDATE feeds SET etag = ?, modified = ?, digest = coalesce(?, digest), fails = ?, next_at = ?, error = ? "
                "WHERE url = ?",
                (marks.get("etag"), marks.get("modified"), marks.get("digest"), fails, next_at, error, url),
            )
        return new

    def unchanged(self, url: str, next_at: float) -> None:
        """A feed has nothing new."""
        self._db.execute("UPDATE feeds SET fails = 0, next_at = ?, error = NULL WHERE url = ?", (next_at, url))

    def waiting(self, now: float, limit: int) -> list[Item]:
        """Items whose page is to be fetched now, in the order they came."""
        return self._items("status = 'waiting' AND next_at <= ?", (now,), limit)

    def ready(self, limit: int) -> list[Item]:
        """Items that can be read, in the order they came."""
        return self._items("status = 'ready'", (), limit)

    def _items(self, where: str, values: tuple[Any, ...], limit: int) -> list[Item]:
        sql = f"SELECT {_ITEM} FROM items WHERE {where} ORDER BY rowid LIMIT {limit}"  # noqa: S608
        return [Item(**dict(row)) for row in self._db.execute(sql, values)]

    def got(self, key: str, text: str, kind: str) -> None:
        """The page of an item is here."""
        sql = "UPDATE items SET status = 'ready', text = ?, kind = ?, error = NULL WHERE key = ?"
        self._db.execute(sql, (text, kind, key))

    def again(self, key: str, error: str, next_at: float) -> None:
        """The page of an item did not come; it is tried again later."""
        sql = "UPDATE items SET tries = tries + 1, error = ?, next_at = ? WHERE key = ?"
        self._db.execute(sql, (error, next_at, key))

    def done(self, key: str) -> None:
        """The register has an item (or has its problem); its text is no longer kept."""
        self._db.execute("UPDATE items SET status = 'done', text = NULL, own = NULL WHERE key = ?", (key,))

    def given_up(self, key: str, error: str) -> None:
        """The page of an item does not come."""
        sql = "UPDATE items SET status = 'failed', text = NULL, own = NULL, error = ? WHERE key = ?"
        self._db.execute(sql, (error, key))

    def next_time(self) -> float | None:
        """When the next feed or item is due; None where there is none."""
        sql = "SELECT min(next_at) FROM (SELECT next_at FROM feeds UNION ALL SELECT next_at FROM items WHERE status = 'waiting')"
        found: float | None = self._db.execute(sql).fetchone()[0]
        return found

    def counts(self) -> dict[str, int]:
        """How many items are in each status."""
        return dict(self._db.execute("SELECT status, count(*) FROM items GROUP BY status ORDER BY status").fetchall())

    def robots(self, site: str, since: float) -> tuple[bool, list[str] | None]:
        """Whether the rules of a site were fetched after ``since``, and their lines (None: nothing may be fetched)."""
        row = self._db.execute("SELECT rules FROM robots WHERE site = ? AND fetched > ?", (site, since)).fetchone()
        return (row is not None, json.loads(row[0]) if row else None)

    def keep_robots(self, site: str, now: float, rules: list[str] | None) -> None:
        """Keep the rules of a site."""
        self._db.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (site, now, json.dumps(rules)))
