"""Reading a register: lists of visits, one visit with all its accounts, problems, decisions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.link.cluster import Linked
from summitry.link.merge import FIELDS, to_visit
from summitry.link.names import parts, same_name
from summitry.link.trips import in_order
from summitry.model.errors import Problem, RegisterError
from summitry.model.register import Coverage, Decision, Ref, SideCoverage, Told, Visit
from summitry.register import rows, tables
from summitry.register.coverage import Covered, around, coverage_of, sides_of
from summitry.register.decisions import ref_of, rejected_of
from summitry.register.engine import open_engine, trouble
from summitry.register.forget import find_report
from summitry.register.queries import chunks, decisions_of, numbered, stops_of, told_query


@dataclass(frozen=True, slots=True)
class Filter:
    """Which visits: all that is given must hold. Countries are codes; ``visitor`` is a name (or part) or a code.

    ``person`` matches visitor, hosts met, delegation and host of an invitation. ``first`` and ``last`` are days; a
    visit whose days are not known is left out where either is given. ``confidence`` is the least that the surest account
    of a visit must have.
    """

    visitor: str | None = None
    visitor_country: str | None = None
    host: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    status: str | None = None
    kind: str | None = None
    person: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One report's account of a visit: what it told, and the report it stands in.

    ``why`` is the step of linking that joined it; ``words`` are pairs of field and the words that gave its value.
    """

    told: Told
    name: str
    source: str
    title: str | None
    url: str | None
    agency: str | None
    why: str
    words: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The report's name for people: the id it was given, else the file it stands in."""
        return self.name if self.name != self.told.visit.article else PurePath(self.source).name


@dataclass(frozen=True, slots=True)
class Full:
    """One visit with every account and the stops of its tour in order (empty where it stands alone)."""

    visit: Visit
    accounts: tuple[Account, ...]
    tour: tuple[tuple[str, str, str], ...]

    def account(self, key: str) -> Account:
        """The account of one report, by its key."""
        return next(a for a in self.accounts if a.told.key == key)


class Reader:
    """Reads a register that exists. Use as a context manager. Raises RegisterError as ``open_engine`` does."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.engine = open_engine(place, write=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.engine.dispose()

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        with trouble(self.place), self.engine.connect() as connection, connection.begin():
            yield connection

    def visits(self, wanted: Filter | None = None, limit: int | None = None) -> list[rows.Row]:
        """Rows of visits (columns of the table ``visits``) by first day, unknown last, then host, visitor and id."""
        wanted = wanted or Filter()
        with self._open() as connection:
            found: list[rows.Row] = []
            for row in connection.execute(_query(wanted)).mappings():
                if _matches(dict(row), wanted):
                    found.append(dict(row))
                    if limit is not None and len(found) == limit:
                        break
        return found

    def newest(self) -> dt.date | None:
        """The newest publication date in the register: the day as of which visits are unconfirmed by default."""
        a = tables.articles.c
        with self._open() as connection:
            return connection.execute(sa.select(sa.func.max(a.published_first))).scalar()

    def code(self, text: str) -> str | None:
        """The code of a country or body that the register holds under this very code ("EU"); None where it holds none."""
        v, code = tables.visits.c, text.strip().upper()
        with self._open() as connection:
            held = sa.select(v.id).where((v.visitor_country == code) | (v.host_country == code)).limit(1)
            return code if connection.execute(held).first() else None

    def resolve(self, given: str) -> str:
        """The visit that an id, an alias or the beginning of an id means. Raises RegisterError for none or several."""
        with self._open() as connection:
            return _resolve(connection, given.strip().lower(), self.place)

    def full(self, given: str) -> Full:
        """One visit with its accounts, by id, alias or beginning of an id."""
        with self._open() as connection:
            return _full(connection, _resolve(connection, given.strip().lower(), self.place))

    def accounts_of(self, given: str) -> list[tuple[str, Ref]]:
        """The accounts of a visit, each with its report's name and what a decision holds on to; the earliest first.

        A visit that was rejected is found by its id too. Raises RegisterError where there is none.
        """
        given = given.strip().lower()
        with self._open() as connection:
            taken = decisions_of(connection)
            rejected = rejected_of(taken)
            key = tables.visit_reports.c.visit_key
            gone = _named(connection, key.startswith(given, autoescape=True)) if given else []
            found = {ref for _, ref in gone if ref in rejected}
            if found:
                # All accounts that were rejected with it, by the same person at the same time.
                when = {(d.by, d.on) for d in taken if d.about in found}
                with_it = dict.fromkeys(d.about for d in taken if (d.by, d.on) in when and d.about in rejected)
                return [(ref[0], ref) for ref in with_it]
            full = _full(connection, _resolve(connection, given, self.place))
            return [(a.shown, ref_of(a.told)) for a in full.accounts]

    def visit_ids(self, keys: Iterable[str]) -> dict[str, str]:
        """For each key of a visit report, the visit it is linked to (for a superseded one: its newer version's)."""
        r = tables.visit_reports.c
        found: dict[str, str] = {}
        with self._open() as connection:
            for part in chunks(sorted(set(keys))):
                for row in connection.execute(sa.select(r.key, r.visit, r.visit_key).where(r.key.in_(part))).mappings():
                    visit = row["visit"] or _successor(connection, row["visit_key"])
                    if visit:
                        found[row["key"]] = visit
        return found

    def told(self) -> list[Told]:
        """All visit reports that count, for linking anew outside the register."""
        with self._open() as connection:
            query = told_query().where(tables.visit_reports.c.live)
            return [rows.told_of(dict(row)) for row in connection.execute(query).mappings()]

    def coverage(self, wanted: Covered | None = None) -> list[Coverage]:
        """How many reports of which outlet were read for which days, by day (unknown first), country and outlet."""
        with self._open() as connection:
            return coverage_of(connection, wanted or Covered())

    def sides(self, given: str) -> list[SideCoverage]:
        """For each side of a visit, how much of its press was read around the visit's days, and whether it told of it.

        The visitor's side, the host's, and all third countries together. Raises RegisterError as ``resolve`` does.
        """
        full = self.full(given)
        first, last = around(full.visit)
        with self._open() as connection:
            return sides_of(full.visit, coverage_of(connection, Covered(first, last)), first, last)

    def reports_named(self, given: str) -> list[str]:
        """The reports that an id, URL or hash means, each as one line for people. Raises RegisterError for none."""
        a = tables.articles.c
        with self._open() as connection:
            found = find_report(connection, given)
            query = sa.select(a.id, a.name, a.published, a.outlet, a.title).where(a.id.in_(found)).order_by(a.id)
            return [" · ".join(dict.fromkeys(str(x) for x in row if x)) for row in connection.execute(query)]

    def problems(self) -> list[Problem]:
        """What failed and was not read since, by source."""
        p = tables.problems.c
        with self._open() as connection:
            query = sa.select(p.source, p.stage, p.error, p.report).where(p.solved.is_(None))
            query = query.order_by(p.source, p.stage, p.error)
            return [Problem(**row) for row in connection.execute(query).mappings()]

    def decisions(self) -> list[Decision]:
        """All decisions in the order they were taken, those that were taken back too."""
        return [d for _, d in self.numbered()]

    def numbered(self) -> list[tuple[int, Decision]]:
        """All decisions with their numbers, in the order they were taken."""
        with self._open() as connection:
            return numbered(connection)

    def program_values(self) -> dict[Ref, dict[str, Any]]:
        """For each account that a decision is about, the record it belongs to as the program alone would hold it."""
        with self._open() as connection:
            wanted = {d.about for d in decisions_of(connection)}
            r = tables.visit_reports.c
            found: dict[Ref, dict[str, Any]] = {}
            for part in chunks(sorted({ref[0] for ref in wanted})):
                told = [rows.told_of(dict(row)) for row in connection.execute(
                    told_query().where(r.article.in_(part) & r.live)).mappings()]  # fmt: skip
                visits = dict(connection.execute(sa.select(r.key, r.visit).where(r.article.in_(part))).all())
                for t in told:
                    if ref_of(t) in wanted:
                        mine = _accounts(connection, visits[t.key]) if visits[t.key] else [t]
                        visit = to_visit(Linked(tuple(mine), ("",) * len(mine)))
                        found[ref_of(t)] = {
                            name: value for name, value in rows.visit_row(visit).items() if name in FIELDS
                        }
        return found

    def marks_by_visit(self) -> dict[str, set[str]]:
        """What tells a visit again in another reading of the same reports: its accounts, by key and by visitor and host."""
        r = tables.visit_reports.c
        found: dict[str, set[str]] = defaultdict(set)
        query = sa.select(r.visit, r.key, r.article, r.host_country, r.visitor).where(r.visit.is_not(None) & r.live)
        with self._open() as connection:
            for visit, key, article, host, visitor in connection.execute(query):
                found[visit or ""] |= {key, f"{article} {host} {' '.join(parts(visitor)[-1:])}"}
        return found

    def stored_reports(self) -> Iterator[rows.Row]:
        """All reports that count, as rows of ``articles`` in the order of their hashes."""
        a = tables.articles
        with self._open() as connection:
            names = list(
                connection.execute(sa.select(a.c.id).where(a.c.superseded_by.is_(None)).order_by(a.c.id)).scalars()
            )
        for part in chunks(names):
            with self._open() as connection:
                yield from (dict(x) for x in connection.execute(
                    sa.select(a).where(a.c.id.in_(part)).order_by(a.c.id)).mappings())  # fmt: skip

    def lost_decisions(self) -> list[Decision]:
        """Decisions that no longer find the report they are about."""
        r = tables.visit_reports.c
        with self._open() as connection:
            held = set(connection.execute(sa.select(r.article, r.visitor, r.host_country, r.sentence)))
            return [
                d for d in decisions_of(connection) if (d.article, d.visitor, d.host_country, d.sentence) not in held
            ]

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        names = ("articles", "visit_reports", "visits", "encounters", "problems", "decisions", "runs")
        with self._open() as connection:
            return {
                n: connection.execute(sa.select(sa.func.count()).select_from(sa.table(n))).scalar() or 0 for n in names
            }


def _named(connection: Connection, where: sa.ColumnElement[bool]) -> list[tuple[str, Ref]]:
    r, a = tables.visit_reports, tables.articles
    columns = (a.c.name, r.c.article, r.c.visitor, r.c.host_country, r.c.sentence)
    found = connection.execute(
        sa.select(*columns).join(a, a.c.id == r.c.article).where(where & r.c.live).order_by(r.c.key)
    )
    return [(row[0], (row[1], row[2], row[3], row[4])) for row in found]


def _query(wanted: Filter) -> sa.Select[Any]:
    v = tables.visits
    undated = sa.case((v.c.first_day.is_(None), 1), else_=0)
    query = sa.select(v).order_by(undated, v.c.first_day, v.c.last_day, v.c.host_country, v.c.visitor, v.c.id)
    for column, value in (
        (v.c.visitor_country, wanted.visitor_country),
        (v.c.host_country, wanted.host),
        (v.c.status, wanted.status),
        (v.c.kind, wanted.kind),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.first is not None:
        query = query.where(v.c.last_day >= wanted.first)
    if wanted.last is not None:
        query = query.where(v.c.first_day <= wanted.last)
    if wanted.confidence is not None:
        r = tables.visit_reports.c
        query = query.where(sa.exists().where((r.visit == v.c.id) & r.live & (r.confidence >= wanted.confidence)))
    return query


def _matches(row: rows.Row, wanted: Filter) -> bool:
    if wanted.visitor is not None and not _means(wanted.visitor, row["visitor"]):
        return False
    if wanted.person is None:
        return True
    people = [row["visitor"], *row["meets"], *row["delegation"], row["invited_by"] or ""]
    return any(_means(wanted.person, name) for name in people)


def _means(asked: str, name: str) -> bool:
    """Whether the name asked for is this one or a part of it."""
    return len(parts(asked)) <= len(parts(name)) and same_name(asked, name)


def _resolve(connection: Connection, given: str, place: str) -> str:
    v, r = tables.visits.c, tables.visit_reports.c
    if not given:
        raise RegisterError("no visit is named; summitry show lists them with their ids")
    found: set[str] = set(connection.execute(sa.select(v.id).where(v.id == given)).scalars())
    if not found:
        held = sa.select(r.visit, r.visit_key).where(r.visit_key == given)
        found = {row.visit or _successor(connection, row.visit_key) or "" for row in connection.execute(held)} - {""}
    if not found:
        found = _former(connection, tables.former.c.id == given)
    if not found:
        starts = sa.select(v.id).where(v.id.startswith(given, autoescape=True)).order_by(v.id).limit(6)
        found = set(connection.execute(starts).scalars())
    if not found:
        starts = sa.select(r.visit, r.visit_key).where(r.visit_key.startswith(given, autoescape=True)).limit(100)
        found = {row.visit or _successor(connection, row.visit_key) or "" for row in connection.execute(starts)} - {""}
    if not found:
        found = _former(connection, tables.former.c.id.startswith(given, autoescape=True))
    if len(found) == 1:
        return found.pop()
    if found:
        raise RegisterError(f"several visits begin with {given!r}: {', '.join(sorted(found))}; give more of the id")
    raise RegisterError(f"no visit {given!r} in {place}; summitry show lists them with their ids")


def _former(connection: Connection, where: sa.ColumnElement[bool]) -> set[str]:
    """The visits to which ids belonged whose earliest report was forgotten."""
    r, f = tables.visit_reports.c, tables.former.c
    query = sa.select(r.visit, r.visit_key).join(tables.former, f.account == r.key).where(where).limit(100)
    return {row.visit or _successor(connection, row.visit_key) or "" for row in connection.execute(query)} - {""}


def _successor(connection: Connection, visit_key: str) -> str | None:
    """The visit that took over from an account that counts no more.

    It is that of the same visitor and host in the report as it is read now, or in the version that superseded it.
    """
    r, a = tables.visit_reports.c, tables.articles.c
    query = sa.select(r.article, r.visitor, r.host_country, r.dates).where(r.visit_key == visit_key)
    old = connection.execute(query).mappings().first()
    article = old["article"] if old else None
    seen: set[str] = set()
    while old and article and article not in seen:
        seen.add(article)
        here = (r.article == article) & (r.host_country == old["host_country"]) & r.visit.is_not(None)
        options = connection.execute(sa.select(r.visit, r.visitor, r.dates).where(here).order_by(r.position)).mappings()
        same = [x for x in options if same_name(x["visitor"], old["visitor"])]
        if same:
            best = min(same, key=lambda x: bool(x["dates"] != old["dates"]))
            return str(best["visit"])
        article = connection.execute(sa.select(a.superseded_by).where(a.id == article)).scalar()
    return None


def _full(connection: Connection, visit: str) -> Full:
    r, a = tables.visit_reports, tables.articles
    query = told_query().add_columns(a.c.name, a.c.source, a.c.title, a.c.url, a.c.agency)
    found = [dict(row) for row in connection.execute(query.where(r.c.visit == visit)).mappings()]
    words = _words(connection, found)
    accounts = sorted((_account(row, words) for row in found), key=lambda x: x.told.order)
    linked = Linked(tuple(x.told for x in accounts), tuple(x.why for x in accounts))
    whole = to_visit(linked, decisions_of(connection, found[0]["host_country"]))
    v = tables.visits.c
    trip = connection.execute(sa.select(v.trip).where(v.id == visit)).scalar_one()
    mates = connection.execute(sa.select(v.id).where(v.trip == trip)).scalars().all()
    stops = in_order(stops_of(connection, mates))
    tour = tuple((s.visit, s.host, str(s.dates) if s.dates else "") for s in stops) if len(stops) > 1 else ()
    return Full(replace(whole, trip=trip), tuple(accounts), tour)


def _accounts(connection: Connection, visit: str) -> list[Told]:
    """The accounts of a visit in the order of telling."""
    query = told_query().where(tables.visit_reports.c.visit == visit)
    return sorted((rows.told_of(dict(row)) for row in connection.execute(query).mappings()), key=lambda t: t.order)


def _words(connection: Connection, found: list[rows.Row]) -> dict[str, list[tuple[str, str]]]:
    """For each visit report the words behind its values, cut from the stored text."""
    e, a = tables.evidence.c, tables.articles.c
    quotes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in chunks(sorted({row["article"] for row in found})):
        texts = dict(connection.execute(sa.select(a.id, a.text).where(a.id.in_(part))).all())
        query = sa.select(e.owner, e.field, e.start, e.end, e.article).where(e.article.in_(part))
        for owner, name, start, end, article in connection.execute(query.order_by(e.owner, e.position)):
            quotes[owner].append((name, " ".join(texts[article][start:end].split())))
    return quotes


def _account(row: rows.Row, words: dict[str, list[tuple[str, str]]]) -> Account:
    return Account(
        told=rows.told_of(row),
        name=row["name"],
        source=row["source"],
        title=row["title"],
        url=row["url"],
        agency=row["agency"],
        why=row["why"] or "",
        words=tuple(words.get(row["key"], ())),
    )
