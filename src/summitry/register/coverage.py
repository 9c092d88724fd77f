"""What was read: how many reports of which outlet and side for which days. Silence is told from not having looked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.link.days import shift
from summitry.link.thresholds import COVER_AFTER, COVER_BEFORE
from summitry.model.dates import DateRange
from summitry.model.register import Coverage, Side, SideCoverage, Visit
from summitry.register import tables

UNITS = {"day": 10, "month": 7, "year": 4, "all": 0}
"""What coverage may be counted by, and how much of a date that leaves."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Which reports: published on ``first`` or later and ``last`` or earlier, of one country's press, of one outlet.

    With a bound, reports whose date is not known are left out, and those of a month or year too if they may lie outside.
    ``by`` is a unit of ``UNITS``: coarser counts are the sums of finer ones.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    country: str | None = None
    outlet: str | None = None
    by: str = "day"


def coverage_of(connection: Connection, wanted: Covered) -> list[Coverage]:
    """The counts by day, country and outlet. Superseded versions of a report do not count."""
    a, s = tables.articles.c, tables.seen.c
    telling = sa.func.sum(sa.case((a.told > 0, 1), else_=0))
    kept = sa.select(a.published, a.country, a.outlet, sa.func.count(), telling).where(a.superseded_by.is_(None))
    seen = sa.select(s.when, s.country, s.outlet, sa.func.sum(s.reports), sa.literal(0))
    if wanted.country is not None:
        kept, seen = kept.where(a.country == wanted.country), seen.where(s.country == wanted.country)
    if wanted.outlet is not None:
        kept, seen = kept.where(a.outlet == wanted.outlet), seen.where(s.outlet == wanted.outlet)
    reports: Counter[tuple[str, str, str]] = Counter()
    tell: Counter[tuple[str, str, str]] = Counter()
    for query in (
        kept.group_by(a.country, a.outlet, a.published),
        seen.group_by(s.country, s.outlet, s.when),
    ):
        for when, country, outlet, number, of_them in connection.execute(query):
            if _inside(when, wanted):
                key = ((when or "")[: UNITS[wanted.by]], country or "", outlet or "")
                reports[key] += number
                tell[key] += of_them
    return [
        Coverage(when, c or None, o or None, reports[when, c, o], tell[when, c, o]) for when, c, o in sorted(reports)
    ]


def _inside(when: str | None, wanted: Covered) -> bool:
    if wanted.first is None and wanted.last is None:
        return True
    if not when:
        return False
    days = DateRange.parse(when)
    first, last = days.earliest or dt.date.min, days.latest or dt.date.max
    return (wanted.first is None or first >= wanted.first) and (wanted.last is None or last <= wanted.last)


def covered_between(
    connection: Connection, first: dt.date, last: dt.date, by: str = "day"
) -> list[tuple[str, str | None, str | None, int, int]]:
    """As ``coverage_of`` for reports with a known first day, counted by the database: when, country, outlet, reports, telling.

    The order is that of the database, and a day or month may come twice: once for what was kept, once for what was not.
    """
    a, s = tables.articles.c, tables.seen.c
    telling = sa.case((a.told > 0, 1), else_=0)
    kept = sa.select(
        _cut(a.published, by), a.country, a.outlet, sa.literal(1).label("number"), telling.label("telling")
    )
    some = sa.select(_cut(s.when, by), s.country, s.outlet, s.reports.label("number"), sa.literal(0).label("telling"))
    found = []
    for each in (kept.where(_kept_between(first, last)), some.where(_seen_between(first, last))):
        e = each.subquery().c
        query = sa.select(e.when, e.country, e.outlet, sa.func.sum(e.number), sa.func.sum(e.telling))
        rows = connection.execute(query.group_by(e.when, e.country, e.outlet))
        found += [(when, country or None, outlet or None, int(n), int(t)) for when, country, outlet, n, t in rows]
    return found


def sides_between(connection: Connection, visit: Visit, first: dt.date, last: dt.date) -> list[SideCoverage]:
    """As ``sides_of`` on these days, counted by the database, which has the thousands of reports of a month in an index."""
    a, s = tables.articles.c, tables.seen.c
    reports, outlets, days = Counter[Side](), dict[Side, set[str]](), dict[Side, set[str]]()
    for country, outlet, when, number, where in (
        (a.country, a.outlet, a.published, sa.literal(1), _kept_between(first, last)),
        (s.country, s.outlet, s.when, s.reports, _seen_between(first, last)),
    ):
        own = sa.case((country.in_((visit.visitor_country, visit.host_country)), country), else_="").label("own")
        each = sa.select(own, outlet, when.label("when"), number.label("number"))
        e = each.where(where & country.is_not(None) & (country != "")).subquery().c
        totals = sa.select(e.own, e.outlet, sa.func.sum(e.number)).group_by(e.own, e.outlet)
        for code, name, count in connection.execute(totals):
            side = _side_of(code, visit)
            reports[side] += int(count)
            if name:
                outlets.setdefault(side, set()).add(name)
        for code, day in connection.execute(sa.select(e.own, e.when).distinct()):
            if len(day) == UNITS["day"]:
                days.setdefault(_side_of(code, visit), set()).add(day)
    return [
        SideCoverage(
            side=side,
            country={Side.VISITOR: visit.visitor_country, Side.HOST: visit.host_country}.get(side),
            outlets=tuple(sorted(outlets.get(side, ()))),
            reports=reports[side],
            days=len(days.get(side, ())),
            of_days=(last - first).days + 1,
            telling=sum(1 for e in visit.history if e.side is side),
        )
        for side in (Side.VISITOR, Side.HOST, Side.THIRD)
    ]


def _kept_between(first: dt.date, last: dt.date) -> sa.ColumnElement[bool]:
    a = tables.articles.c
    # Most reports are superseded by none: an index of that would lead to all of them.
    return a.published_first.between(first, last) & (sa.func.coalesce(a.superseded_by, "") == "")


def _seen_between(first: dt.date, last: dt.date) -> sa.ColumnElement[bool]:
    return tables.seen.c.when.between(first.isoformat(), last.isoformat())


def _cut(when: sa.ColumnElement[str], by: str) -> sa.Label[str]:
    """The day, or no more of it than asked."""
    return sa.func.substr(when, 1, UNITS[by]).label("when")


def around(visit: Visit) -> tuple[dt.date | None, dt.date | None]:
    """The days for which a side's press is looked at: from a month before the visit to two weeks after it.

    Where no days are told, the days of the reports stand in; both None where these are not known either.
    """
    told = [e.told for e in visit.history if e.told]
    days = [visit.dates] if visit.dates else told
    ends = [day for d in days for day in (d.earliest, d.latest) if day]
    if not ends:
        return (None, None)
    return (shift(min(ends), -COVER_BEFORE), shift(max(ends), COVER_AFTER))


def sides_of(
    visit: Visit, counts: Sequence[Coverage], first: dt.date | None, last: dt.date | None
) -> list[SideCoverage]:
    """Each side with what was read of it on these days."""
    found = []
    of_days = (last - first).days + 1 if first and last else 0
    for side in (Side.VISITOR, Side.HOST, Side.THIRD):
        mine = [c for c in counts if of_days and _side(c, visit) is side]
        days = {c.when for c in mine if len(c.when) == UNITS["day"]}
        found.append(
            SideCoverage(
                side=side,
                country={Side.VISITOR: visit.visitor_country, Side.HOST: visit.host_country}.get(side),
                outlets=tuple(sorted({c.outlet for c in mine if c.outlet})),
                reports=sum(c.reports for c in mine),
                days=len(days),
                of_days=of_days,
                telling=sum(1 for e in visit.history if e.side is side),
            )
        )
    return found


def _side(counted: Coverage, visit: Visit) -> Side:
    return Side.UNKNOWN if counted.country is None else _side_of(counted.country, visit)


def _side_of(country: str, visit: Visit) -> Side:
    if country == visit.visitor_country:
        return Side.VISITOR
    return Side.HOST if country == visit.host_country else Side.THIRD
