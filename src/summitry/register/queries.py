"""Queries that the writer and the reader share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.link.trips import Stop
from summitry.model.dates import DateRange
from summitry.model.register import Decision
from summitry.register import rows, tables
from summitry.register.decisions import standing

CHUNK = 500
"""Values in one IN (...): below the limit of every dialect."""


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in parts that fit one statement."""
    for n in range(0, len(values), CHUNK):
        yield values[n : n + CHUNK]


def told_query() -> sa.Select[Any]:
    """Visit reports with what linking needs of their articles."""
    r, a = tables.visit_reports, tables.articles
    columns = (a.c.published, a.c.outlet, a.c.text_hash, a.c.sketch, a.c.country, a.c.official)
    return sa.select(r, *columns).join(a, a.c.id == r.c.article)


def decisions_of(connection: Connection, host: str | None = None) -> list[Decision]:
    """Decisions that stand, in the order they were taken, of one host country or all."""
    return [d for _, d in standing(numbered(connection, host))]


def numbered(connection: Connection, host: str | None = None) -> list[tuple[int, Decision]]:
    """All decisions with their numbers, in the order they were taken, of one host country or all."""
    d = tables.decisions
    query = sa.select(d).order_by(d.c.id)
    if host is not None:
        query = query.where(d.c.host_country == host)
    return [(row["id"], rows.decision_of(dict(row))) for row in connection.execute(query).mappings()]


def stops_of(connection: Connection, visits: Iterable[str]) -> list[Stop]:
    """The visits as trips see them."""
    v, r = tables.visits.c, tables.visit_reports.c
    found = []
    for part in chunks(sorted(visits)):
        legs: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for visit, article, trip in connection.execute(sa.select(r.visit, r.article, r.trip).where(r.visit.in_(part))):
            legs[visit or ""].add((article, trip))
        for name, visitor, host, dates in connection.execute(
            sa.select(v.id, v.visitor, v.host_country, v.dates).where(v.id.in_(part))
        ):
            days = DateRange.parse(dates) if dates else None
            found.append(Stop(name, visitor, host, days, frozenset(legs[name])))
    return found
