"""Forgetting a report: its text and what was read in it go; what rests on other reports stays."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.model.errors import RegisterError
from summitry.register import tables
from summitry.register.engine import insert_new, wipe_deleted
from summitry.register.linking import drop_visits, trip_mates
from summitry.register.queries import chunks
from summitry.register.storing import note_pending, supersede

LEAST = 6
"""Digits of a report's hash that name it, at the least."""


def find_report(connection: Connection, given: str) -> list[str]:
    """The hashes of a report, by id, URL, hash or its beginning: of all its versions where it is named by id or URL.

    Raises RegisterError where there is none, or where the beginning of a hash means several.
    """
    a = tables.articles.c
    found = list(connection.execute(sa.select(a.id).where((a.given_id == given) | (a.url == given))).scalars())
    if found:
        return sorted(found)
    low = given.lower()
    if len(low) >= LEAST:
        found = list(
            connection.execute(sa.select(a.id).where(a.id.startswith(low, autoescape=True)).limit(3)).scalars()
        )
    if len(found) == 1:
        return found
    if found:
        raise RegisterError(f"several reports begin with {given!r}; give the whole hash")
    raise RegisterError(f"no report {given!r}: give its id, its URL or its hash, as summitry show ID lists them")


def forget(connection: Connection, articles: Sequence[str]) -> int:
    """Remove reports (by hash); how many accounts went with them. The visits they told of are linked anew after this.

    Ids of visits go on resolving as long as another account of the visit is left. Decisions stay, and are listed as lost.
    """
    wipe_deleted(connection)
    a, r, f = tables.articles, tables.visit_reports, tables.former
    mine = [dict(x) for x in connection.execute(sa.select(r).where(r.c.article.in_(articles))).mappings()]
    keys = [row["key"] for row in mine]
    touched = {row["visit"] for row in mine if row["visit"]}
    heirs = {visit: _heir(connection, visit, keys) for visit in touched}
    gone = [{"id": row["visit_key"], "account": heirs[row["visit"]]} for row in mine if heirs.get(row["visit"])]
    for row in mine:
        heir = heirs.get(row["visit"])
        older = f.c.account == row["key"]
        connection.execute(sa.update(f).where(older).values(account=heir) if heir else sa.delete(f).where(older))
    insert_new(connection, f, gone)
    mates = trip_mates(connection, touched) | touched
    for part in chunks(sorted(mates)):
        here = r.c.visit.in_(part)
        people = sa.select(r.c.visitor, r.c.visitor_country, r.c.host_country).where(here).distinct()
        note_pending(connection, [dict(x) for x in connection.execute(people).mappings()])
        connection.execute(sa.update(r).where(here).values(why=None))
    drop_visits(connection, touched)
    names = list(connection.execute(sa.select(a.c.name).where(a.c.id.in_(articles))).scalars())
    connection.execute(sa.delete(tables.problems).where(tables.problems.c.report.in_([*articles, *names])))
    for table in (tables.evidence, tables.encounters, r):
        connection.execute(sa.delete(table).where(table.c.article.in_(articles)))
    connection.execute(sa.delete(a).where(a.c.id.in_(articles)))
    _revive(connection, articles)
    return len(mine)


def _heir(connection: Connection, visit: str, without: Sequence[str]) -> str | None:
    """Another account of the visit, to which its ids go over."""
    r = tables.visit_reports.c
    left = sa.select(r.key).where((r.visit == visit) & r.key.not_in(without)).order_by(r.key).limit(1)
    return connection.execute(left).scalar()


def _revive(connection: Connection, forgotten: Sequence[str]) -> None:
    """Older versions of a report that is forgotten count again, the newest of them."""
    a, r = tables.articles, tables.visit_reports.c
    older = sa.select(a).where(a.c.superseded_by.in_(forgotten)).order_by(a.c.id)
    found = [dict(row) for row in connection.execute(older).mappings()]
    for row in found:
        connection.execute(sa.update(a).where(a.c.id == row["id"]).values(superseded_by=None))
        here = (r.article == row["id"]) & (r.position >= 0)
        connection.execute(sa.update(tables.visit_reports).where(here).values(live=True))
        people = sa.select(r.visitor, r.visitor_country, r.host_country).where(r.article == row["id"])
        note_pending(connection, [dict(x) for x in connection.execute(people).mappings()])
    for row in found:
        supersede(connection, row)
