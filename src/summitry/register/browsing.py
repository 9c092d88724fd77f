"""Browsing a register page by page: what a list shows is asked of the database, and nothing more is read.

Reading in the order of an index and from a key on ("keyset paging") takes the same time on the first page and on the last.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.model.errors import UsageError
from summitry.model.register import Ref, SideCoverage, Visit
from summitry.register import tables
from summitry.register.coverage import around, covered_between, sides_between
from summitry.register.queries import chunks
from summitry.register.reader import Reader
from summitry.register.rows import Row

MANY = 10_000
"""How far the visits that a filter finds are counted; beyond, "more than" is told."""

BROAD = 2_000
"""Matches of a search from which on the list is gone through in its order; below, the matches are sorted."""

DOUBTFUL = 0.7
"""Confidence below which a person should look. An account that trusts its own words in all fields has 1.0."""

MOST = 2**31
"""No count of reports is as large; databases refuse larger numbers."""

_TOKEN = re.compile(r"\w+")


class Order(StrEnum):
    """The orders of a list of visits; those whose value is unknown come last, whichever way."""

    DAYS = "days"
    TOLD = "told"
    VISITOR = "visitor"
    HOST = "host"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which visits: all that is given must hold. Countries are codes, words are looked for in every column.

    ``words`` has one entry for each word asked for (of at least one letter): its form, and the codes of the countries that
    it names. ``visitor``
    and ``person`` are names or parts of names; ``name`` a visitor's whole name; ``between`` two countries, either way.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    visitor: str | None = None
    name: str | None = None
    visitor_country: str | None = None
    host: str | None = None
    between: tuple[str, str] | None = None
    country: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    status: str | None = None
    kind: str | None = None
    person: str | None = None
    conflicts: bool = False
    review: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a list: rows of ``visits``, and the keys from which the pages before and after go on (None at an end)."""

    rows: tuple[Row, ...]
    before: str | None
    after: str | None


class Browser(Reader):
    """A reader that gives lists in pages, and counts. Raises RegisterError as ``Reader`` does."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self._days: int | None = None

    @property
    def _sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def cut(
        self,
        wanted: Wanted,
        order: Order = Order.DAYS,
        *,
        falling: bool = True,
        limit: int = 50,
        after: str | None = None,
        before: str | None = None,
    ) -> Cut:
        """A page of visits, from the key ``after`` on or up to the key ``before``. Raises UsageError for a key that is none."""
        if after and before:
            raise UsageError("a page begins after one visit or ends before one, not both")
        given = after or before
        key = _key(given, order) if given else None
        if wanted.first is not None:
            self._longest()  # asked for before a connection is held, so that nobody waits for two
        with self._open() as connection:
            broad = self._sqlite and _named(wanted) and self._is_broad(connection, wanted)
            rows = self._stretch(
                connection, wanted, order, falling != bool(before), key, limit + 1, bool(before), broad
            )
        more, rows = len(rows) > limit, rows[:limit]
        if before:
            rows.reverse()
        first = _name(rows[0], order) if rows and (more if before else after) else None
        last = _name(rows[-1], order) if rows and (before or more) else None
        return Cut(tuple(rows), first, last)

    def _stretch(
        self,
        connection: Connection,
        wanted: Wanted,
        order: Order,
        falling: bool,
        key: Any,
        limit: int,
        back: bool,
        broad: bool,
    ) -> list[Row]:
        """Rows from a key on; the undated come last, so going back they come first."""
        v, column = tables.visits.c, _column(order)
        parts: list[bool] = [True, False] if column.nullable else [True]
        if back:
            parts.reverse()
        if key is not None:
            # The key stands in one of the two parts; those before it are done.
            parts = parts[parts.index(key[0] is not None) :]
        rows: list[Row] = []
        for known in parts:
            query = self._filtered(sa.select(tables.visits), wanted, broad)
            if column.nullable:
                query = query.where(column.is_not(None) if known else column.is_(None))
            here = key if key is not None and known == (key[0] is not None) else None
            if known:
                query = query.order_by(*((x.desc() if falling else x.asc()) for x in (column, v.id)))
                if here is not None:
                    mark = sa.tuple_(column, v.id)
                    at = sa.tuple_(sa.literal(here[0], column.type), sa.literal(here[1]))
                    query = query.where(mark < at if falling else mark > at)
            else:
                query = query.order_by(v.id.desc() if falling else v.id.asc())
                if here is not None:
                    query = query.where(v.id < here[1] if falling else v.id > here[1])
            rows += [dict(row) for row in connection.execute(query.limit(limit - len(rows))).mappings()]
            if len(rows) >= limit:
                break
        return rows

    def _is_broad(self, connection: Connection, wanted: Wanted) -> bool:
        """Whether the words match so many visits that it is faster to go through the list and ask of each."""
        inner = _matches(wanted).limit(BROAD).subquery()
        return connection.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one() == BROAD

    def count(self, wanted: Wanted, most: int = MANY) -> int:
        """How many visits there are of this kind, at most ``most`` + 1."""
        v = tables.visits.c
        found = self._filtered(sa.select(v.id), wanted)
        if (
            self._sqlite
            and _named(wanted)
            and wanted == Wanted(words=wanted.words, visitor=wanted.visitor, person=wanted.person)
        ):
            found = _matches(wanted)  # each match is a visit, and nothing more is asked of it
        with self._open() as connection:
            inner = found.limit(most + 1).subquery()
            return connection.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one()

    def total(self) -> int:
        """How many visits the register holds."""
        with self._open() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(tables.visits)).scalar_one()

    def every(self, wanted: Wanted, order: Order = Order.DAYS, falling: bool = True) -> Iterator[Row]:
        """All visits asked for, a stretch at a time, however many there are."""
        after: str | None = None
        while True:
            cut = self.cut(wanted, order, falling=falling, limit=1000, after=after)
            yield from cut.rows
            after = cut.after
            if after is None:
                return

    def years(self, wanted: Wanted) -> dict[int, dict[str, int]]:
        """Visits by the year of their first day and status; those without days are left out."""
        v = tables.visits.c
        year = sa.extract("year", v.first_day)
        query = self._filtered(sa.select(year, v.status, sa.func.count()), wanted).where(v.first_day.is_not(None))
        found: dict[int, dict[str, int]] = {}
        with self._open() as connection:
            for number, status, count in connection.execute(query.group_by(year, v.status)):
                found.setdefault(int(number), {})[status] = count
        return dict(sorted(found.items()))

    def most(self, wanted: Wanted, by: Sequence[str], limit: int) -> list[tuple[Any, ...]]:
        """The commonest values of these columns, each with its number of visits, the most first."""
        columns = [tables.visits.c[name] for name in by]
        count = sa.func.count()
        query = self._filtered(sa.select(*columns, count), wanted).group_by(*columns)
        with self._open() as connection:
            return [tuple(r) for r in connection.execute(query.order_by(count.desc(), *columns).limit(limit))]

    def span(self, wanted: Wanted) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last of the first days of these visits."""
        v = tables.visits.c
        low = self._filtered(sa.select(sa.func.min(v.first_day)), wanted)
        high = self._filtered(sa.select(sa.func.max(v.first_day)), wanted)
        with self._open() as connection:
            return connection.execute(low).scalar(), connection.execute(high).scalar()

    def doubtful(self, limit: int) -> list[str]:
        """The ids of the visits that nobody decided on, those that most need a look first: in conflict, then by confidence."""
        v, r = tables.visits.c, tables.visit_reports.c
        sure = sa.func.max(r.confidence)
        query = sa.select(r.visit, sure).where(r.visit.is_not(None)).group_by(r.visit)
        with self._open() as connection:
            scores = {row[0]: row[1] for row in connection.execute(query)}
            differ = set(connection.execute(sa.select(v.id).where(_has_conflicts())).scalars())
            done = set(connection.execute(sa.select(v.id).where(_decided())).scalars())
        left = [(score - (name in differ), name) for name, score in scores.items() if name not in done]
        return [name for _, name in sorted(left)[:limit]]

    def decided(self, visits: Sequence[str]) -> set[str]:
        """Those of these visits on which somebody decided."""
        v = tables.visits.c
        with self._open() as connection:
            return set(connection.execute(sa.select(v.id).where(v.id.in_(visits) & _decided())).scalars())

    def undecided(self, visits: Sequence[str]) -> list[str]:
        """Those of these visits that are still there and on which nobody decided, in the order given."""
        v = tables.visits.c
        there: set[str] = set()
        with self._open() as connection:
            for part in chunks(visits):
                there.update(connection.execute(sa.select(v.id).where(v.id.in_(part))).scalars())
            done = set(connection.execute(sa.select(v.id).where(_decided())).scalars())
        return [name for name in visits if name in there and name not in done]

    def neighbours(self, row: Row, days: int = 45, limit: int = 8) -> list[Row]:
        """Visits to the same country near in time, which might be the same one: by the visitor's country, then by day."""
        v = tables.visits.c
        query = sa.select(tables.visits).where((v.host_country == row["host_country"]) & (v.id != row["id"]))
        if row["first_day"] is None:
            query = query.where(v.visitor_country == row["visitor_country"]).order_by(v.first_day.desc())
        else:
            near = dt.timedelta(days=days)
            query = query.where(v.first_day.between(row["first_day"] - near, row["first_day"] + near))
            query = query.order_by((v.visitor_country == row["visitor_country"]).desc(), v.first_day)
        with self._open() as connection:
            return [dict(r) for r in connection.execute(query.limit(limit)).mappings()]

    def visit_at(self, ref: Ref) -> str | None:
        """The visit to which an account belongs; None where it belongs to none, or is gone."""
        r = tables.visit_reports.c
        same = (r.article == ref[0]) & (r.visitor == ref[1]) & (r.host_country == ref[2]) & (r.sentence == ref[3])
        with self._open() as connection:
            return connection.execute(sa.select(r.visit).where(same & r.visit.is_not(None)).limit(1)).scalar()

    def around(self, wanted: Wanted, day: dt.date, apart: str, limit: int, *, later: bool) -> tuple[Row, ...]:
        """The visits nearest to a day, later or earlier, the nearest first; the visit ``apart`` is left out."""
        v = tables.visits.c
        query = self._filtered(sa.select(tables.visits), wanted).where(v.id != apart)
        if later:
            query = query.where(v.first_day >= day).order_by(v.first_day, v.id)
        else:
            query = query.where(v.first_day < day).order_by(v.first_day.desc(), v.id)
        with self._open() as connection:
            return tuple(dict(r) for r in connection.execute(query.limit(limit)).mappings())

    def rows_of(self, visits: Sequence[str]) -> dict[str, Row]:
        """Rows of visits by id; those that are gone are left out."""
        v = tables.visits
        with self._open() as connection:
            found = connection.execute(sa.select(v).where(v.c.id.in_(visits))).mappings()
            return {row["id"]: dict(row) for row in found}

    def covered(
        self, first: dt.date, last: dt.date, by: str = "day"
    ) -> list[tuple[str, str | None, str | None, int, int]]:
        """Which outlets were read between two days, as ``coverage.covered_between`` gives it."""
        with self._open() as connection:
            return covered_between(connection, first, last, by)

    def heard(self, visit: Visit) -> tuple[SideCoverage, ...]:
        """What was read of each side of a visit around its days; empty where neither days nor reports have a date."""
        first, last = around(visit)
        if first is None or last is None:
            return ()
        with self._open() as connection:
            return tuple(sides_between(connection, visit, first, last))

    def published_span(self) -> tuple[dt.date | None, dt.date | None, int]:
        """The first and the last day of publication, and how many reports have none."""
        a = tables.articles.c
        with self._open() as connection:
            low = connection.execute(sa.select(sa.func.min(a.published_first))).scalar()
            high = connection.execute(sa.select(sa.func.max(a.published_first))).scalar()
            none = connection.execute(sa.select(sa.func.count(a.id)).where(a.published_first.is_(None))).scalar_one()
        return low, high, none

    def _longest(self) -> int:
        """Days from the first to the last possible day of the longest visit; found once for one opening."""
        if self._days is None:
            v = tables.visits.c
            if self._sqlite:
                length: sa.ColumnElement[Any] = sa.func.julianday(v.last_day) - sa.func.julianday(v.first_day)
            else:
                length = v.last_day - v.first_day
            with self._open() as connection:
                self._days = int(connection.execute(sa.select(sa.func.max(length))).scalar() or 0)
        return self._days

    def _filtered(self, query: sa.Select[Any], wanted: Wanted, broad: bool = False) -> sa.Select[Any]:
        v = tables.visits.c
        status: sa.ColumnElement[Any] = v.status
        if self._sqlite and any((wanted.visitor_country, wanted.name, wanted.host)):
            # A country or a person has fewer visits than a status has; the plus sign keeps SQLite from that index.
            status = sa.literal_column("+visits.status")
        for column, value in (
            (v.visitor_country, wanted.visitor_country),
            (v.visitor, wanted.name),
            (v.host_country, wanted.host),
            (status, wanted.status),
            (v.kind, wanted.kind),
        ):
            if value is not None:
                query = query.where(column == value)
        if wanted.between is not None:
            one, two = wanted.between
            there = (v.visitor_country == one) & (v.host_country == two)
            query = query.where(there | ((v.visitor_country == two) & (v.host_country == one)))
        if wanted.country is not None:
            query = query.where((v.visitor_country == wanted.country) | (v.host_country == wanted.country))
        if wanted.first is not None:
            query = query.where(v.last_day >= wanted.first)
            # The index is by first day: no visit that began longer before than the longest lasts can reach the day.
            query = query.where(v.first_day >= _before(wanted.first, self._longest()))
        if wanted.last is not None:
            query = query.where(v.first_day <= wanted.last)
        if wanted.dated:
            query = query.where(v.first_day.is_not(None))
        if wanted.conflicts:
            query = query.where(_has_conflicts())
        if wanted.review:
            r = tables.visit_reports.c
            sure = sa.exists().where((r.visit == v.id) & (r.confidence >= DOUBTFUL))
            query = query.where(~_decided() & (_has_conflicts() | ~sure))
        if not all(tokens(x) for x in (wanted.visitor, wanted.person) if x is not None):
            return query.where(sa.false())
        if _named(wanted):
            query = query.where(_matching(wanted, broad) if self._sqlite else _containing(wanted))
        return query


def _has_conflicts() -> sa.ColumnElement[bool]:
    return sa.cast(tables.visits.c.conflicts, sa.Text) != "[]"


def _decided() -> sa.ColumnElement[bool]:
    """Whether somebody decided on one of the visit's accounts; a note is no decision."""
    v, r, d = tables.visits.c, tables.visit_reports.c, tables.decisions.c
    back = tables.decisions.alias().c
    same = (d.host_country == r.host_country) & (d.article == r.article)
    same &= (d.visitor == r.visitor) & (d.sentence == r.sentence)
    undone = sa.cast(d.id, sa.Text).in_(sa.select(back.value).where((back.verb == "undo") & back.value.is_not(None)))
    stands = d.verb.not_in(("note", "undo")) & ~undone
    # By the articles of the few decisions, not through all accounts.
    near = r.article.in_(sa.select(d.article).where(stands))
    return v.id.in_(sa.select(r.visit).where(r.visit.is_not(None) & near & sa.exists().where(same & stands)))


def tokens(text: str) -> list[str]:
    """The words of what somebody asked for. ``tokens("Côte d'Ivoire")`` is ["Côte", "d", "Ivoire"]."""
    return _TOKEN.findall(text)


def _named(wanted: Wanted) -> bool:
    """Whether anything is asked that the index of words answers."""
    names = [x for x in (wanted.visitor, wanted.person) if x is not None]
    return bool(wanted.words or names) and all(tokens(x) for x in names)


def _matching(wanted: Wanted, broad: bool) -> sa.ColumnElement[bool]:
    """By the index of words; where it matches many, so that SQLite goes through the visits in their order."""
    words, v = sa.table("visits_words", sa.column("n"), sa.column("id")), tables.visits.c
    if broad:
        # The number of each visit that is passed is looked up, rather than the visit of each number that matches; a plus
        # sign before a column keeps SQLite from going by that column's index.
        number: sa.ColumnElement[Any] = sa.literal_column("+visits_words.n")
        here = sa.select(sa.literal(1)).select_from(words).where((words.c.id == v.id) & number.in_(_matches(wanted)))
        return here.correlate(tables.visits).exists()
    return v.id.in_(sa.select(words.c.id).where(words.c.n.in_(_matches(wanted))))


def _matches(wanted: Wanted) -> sa.Select[Any]:
    """The numbers of the visits of which every word asked for begins a word, or names one of their countries."""
    terms = []
    for word, codes in wanted.words:
        named = [f'"{way}{code}"' for code in codes for way in ("qqv", "qqh")]
        phrases = " ".join(f'"{t}"*' for t in tokens(word))
        terms.append("(" + " OR ".join(([f"({phrases})"] if phrases else []) + named) + ")")
    for columns, name in (("visitor", wanted.visitor), ("visitor people", wanted.person)):
        if name is not None:
            terms += [f'{{{columns}}} : "{t}"*' for t in tokens(name)]
    index = sa.table("visits_fts", sa.column("rowid"))
    return sa.select(index.c.rowid).where(sa.text("visits_fts MATCH :asked").bindparams(asked=" AND ".join(terms)))


def _containing(wanted: Wanted) -> sa.ColumnElement[bool]:
    """Where there is no index of words: every word stands in a column of the visit."""
    v = tables.visits.c

    def joined(*names: str) -> sa.ColumnElement[str]:
        return sa.func.concat_ws(" ", *(sa.cast(v[name], sa.Text) for name in names))

    people = joined("visitor", "meets", "delegation", "invited_by")
    everything = joined("visitor", "meets", "delegation", "invited_by", "places", "occasion", "agenda", "documents",
                        "announced_by", "outlets")  # fmt: skip
    terms: list[sa.ColumnElement[bool]] = []
    for word, codes in wanted.words:
        there = sa.and_(sa.true(), *(everything.icontains(t, autoescape=True) for t in tokens(word)))
        terms.append(there | v.visitor_country.in_(codes) | v.host_country.in_(codes))
    for where, name in ((sa.cast(v.visitor, sa.Text), wanted.visitor), (people, wanted.person)):
        if name is not None:
            terms += [where.icontains(t, autoescape=True) for t in tokens(name)]
    return sa.and_(sa.true(), *terms)


def _before(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(1, day.toordinal() - days))


def _column(order: Order) -> sa.Column[Any]:
    v = tables.visits.c
    return {
        Order.DAYS: v.first_day,
        Order.TOLD: v.last_told,
        Order.VISITOR: v.visitor,
        Order.HOST: v.host_country,
        Order.REPORTS: v.reports,
    }[order]


def _name(row: Row, order: Order) -> str:
    """A row as a key of paging: the value by which the list is ordered, and the id."""
    value = row[_column(order).name]
    return json.dumps([value.isoformat() if isinstance(value, dt.date) else value, row["id"]], ensure_ascii=False)


def _key(given: str, order: Order) -> tuple[Any, str]:
    try:
        value, name = json.loads(given)
        kind = _column(order).type.python_type
        if value is not None:
            value = dt.date.fromisoformat(value) if kind is dt.date else value
            if not isinstance(value, kind) or isinstance(value, bool) or (kind is int and abs(value) > MOST):
                raise ValueError(given)
        elif not _column(order).nullable:
            raise ValueError(given)
        if not isinstance(name, str) or not name.isalnum():
            raise ValueError(given)
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError("the address of this page of the list is not whole; begin again at its first page") from error
    return value, name
