"""Streams for exports: visits with their accounts, claims and history, in a fixed order, in the memory of a few hundred.

All that one export reads, however often, is one state of the register: a writer that goes on meanwhile does not show.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.register import tables
from summitry.register.engine import open_engine, trouble
from summitry.register.queries import CHUNK
from summitry.register.reader import Filter, _matches, _query
from summitry.register.rows import Row


@dataclass(frozen=True, slots=True)
class Source:
    """One report's account of a visit, with what an export shows of the report.

    ``credited`` is the country of the voice that the report credits with the news, where that is known.
    """

    key: str
    report: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    told_on: dt.date | None
    visitor: str
    status: str
    dates: str | None
    announced_by: str | None
    sentence: str
    confidence: float
    credited: str | None = None

    @property
    def link(self) -> str:
        """The address, else the name the report was read under."""
        return self.url or self.report


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a visit's history, as the register holds it."""

    position: int
    told: str | None
    status: str
    dates: str | None
    change: str
    report: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit for export: its row, its accounts in the order of telling, and its history (empty where not asked for)."""

    row: Row
    sources: tuple[Source, ...] = ()
    history: tuple[Event, ...] = ()

    @property
    def best(self) -> Source | None:
        """The account that was told most surely; the earliest of equals."""
        return max(self.sources, key=lambda s: s.confidence, default=None)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One value that one report gives one field of a visit; ``voices`` are all that give it, reprints counted once."""

    visit: str
    visitor: str
    host_country: str
    field: str
    value: str
    chosen: bool
    voices: int
    source: Source


class Visits:
    """The visits of one state of the register that a filter lets through; may be gone through any number of times.

    ``about`` says what is fetched beside the rows: "sources", "history". Made by ``opened``.
    """

    def __init__(
        self, connection: Connection, wanted: Filter, about: frozenset[str], ids: Sequence[str] | None = None
    ) -> None:
        self._connection = connection
        self._wanted = wanted
        self._about = about
        self._ids = ids

    def __iter__(self) -> Iterator[Entry]:
        for rows in self._parts():
            ids = [row["id"] for row in rows]
            sources = _sources(self._connection, ids) if "sources" in self._about else {}
            history = _history(self._connection, ids) if "history" in self._about else {}
            for row in rows:
                yield Entry(row, tuple(sources.get(row["id"], ())), tuple(history.get(row["id"], ())))

    def claims(self) -> Iterator[ClaimRow]:
        """Every claim, visit by visit, then by field and value, then as the register lists the reports."""
        for rows in self._parts():
            ids = [row["id"] for row in rows]
            found = _claims(self._connection, ids)
            known = {s.key: s for told in _sources(self._connection, ids).values() for s in told}
            for row in rows:
                for name, value, chosen, voices, reports in found.get(row["id"], ()):
                    for report in reports:
                        yield ClaimRow(
                            row["id"], row["visitor"], row["host_country"], name, value, chosen, voices, known[report]
                        )

    def changes(self) -> Iterator[tuple[Entry, Event]]:
        """What changed, newest first: each new visit, new status and new days, with its visit; undated news last."""
        h, v = tables.history, tables.visits
        told = sa.case((h.c.told.is_(None), 1), else_=0)
        query = (
            sa.select(h.c.visit, h.c.position, h.c.told, h.c.status, h.c.dates, h.c.change, h.c.report)
            .join(v, v.c.id == h.c.visit)
            .where(h.c.change != "same")
            .order_by(told, h.c.told.desc(), h.c.visit, h.c.position.desc())
        )
        result = self._connection.execution_options(yield_per=CHUNK).execute(query)
        for part in result.mappings().partitions():
            ids = sorted({row["visit"] for row in part})
            rows = {
                row["id"]: dict(row)
                for row in self._connection.execute(_query(self._wanted).where(v.c.id.in_(ids))).mappings()
            }
            rows = {name: row for name, row in rows.items() if _matches(row, self._wanted)}
            sources = _sources(self._connection, list(rows))
            for row in part:
                if row["visit"] in rows:
                    yield Entry(rows[row["visit"]], tuple(sources.get(row["visit"], ()))), _event(row)

    def newest(self) -> dt.date | None:
        """The newest publication date in the register."""
        query = sa.select(sa.func.max(tables.articles.c.published_first))
        found: dt.date | None = self._connection.execute(query).scalar()
        return found

    def knowledge(self) -> tuple[str, str]:
        """The version of the program and the hash of the knowledge of the newest run ("" where there was none)."""
        r = tables.runs.c
        found = self._connection.execute(sa.select(r.version, r.knowledge).order_by(r.id.desc()).limit(1)).first()
        return (found[0], found[1]) if found else ("", "")

    def _parts(self) -> Iterator[list[Row]]:
        query = _query(self._wanted)
        some = [None] if self._ids is None else [self._ids[n : n + CHUNK] for n in range(0, len(self._ids), CHUNK)]
        for ids in some:
            chosen = query if ids is None else query.where(tables.visits.c.id.in_(ids))
            result = self._connection.execution_options(yield_per=CHUNK).execute(chosen)
            for part in result.mappings().partitions():
                rows = [dict(row) for row in part]
                yield [row for row in rows if _matches(row, self._wanted)]


@contextmanager
def opened(
    place: str,
    wanted: Filter | None = None,
    about: frozenset[str] = frozenset(),
    ids: Sequence[str] | None = None,
) -> Iterator[Visits]:
    """The visits of a register as they are now, or of those ``ids`` alone. Raises RegisterError as ``open_engine`` does."""
    engine = open_engine(place, write=False)
    try:
        with trouble(place), engine.connect() as connection:
            if engine.dialect.name != "sqlite":
                # SQLite sees one state in any transaction; elsewhere that is to be asked for.
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield Visits(connection, wanted or Filter(), about, ids)
    finally:
        engine.dispose()


def _sources(connection: Connection, ids: Sequence[str]) -> dict[str, list[Source]]:
    r, a = tables.visit_reports.c, tables.articles.c
    query = (
        sa.select(
            r.visit, a.id, a.source, r.key, a.name, a.title, a.url, a.outlet, a.published, a.published_first, r.visitor, r.status,
            r.dates, r.announced_by, r.sentence, r.confidence, r.credited,
        )
        .join(tables.articles, a.id == r.article)
        .where(r.visit.in_(ids))
    )  # fmt: skip
    found: dict[str, list[Source]] = defaultdict(list)
    for visit, article, file, key, name, *values in connection.execute(query):
        # A report that was given no id is known to people by its file.
        found[visit].append(Source(key, name if name != article else PurePath(file).name, *values))
    for told in found.values():
        told.sort(key=lambda s: (s.told_on or dt.date.max, s.report, s.key))
    return found


def _history(connection: Connection, ids: Sequence[str]) -> dict[str, list[Event]]:
    h = tables.history
    found: dict[str, list[Event]] = defaultdict(list)
    query = sa.select(h).where(h.c.visit.in_(ids)).order_by(h.c.visit, h.c.position)
    for row in connection.execute(query).mappings():
        found[row["visit"]].append(_event(row))
    return found


def _event(row: sa.RowMapping) -> Event:
    return Event(row["position"], row["told"], row["status"], row["dates"], row["change"], row["report"])


def _claims(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[str, str, bool, int, list[str]]]]:
    c = tables.claims.c
    found: dict[str, list[tuple[str, str, bool, int, list[str]]]] = defaultdict(list)
    query = sa.select(c.visit, c.field, c.value, c.chosen, c.voices, c.reports).where(c.visit.in_(ids))
    for visit, field, value, chosen, voices, reports in connection.execute(query.order_by(c.visit, c.field, c.value)):
        found[visit].append((field, value, chosen, voices, reports))
    return found
