"""Reports into tables: what is new, what another program read otherwise, which version of a report counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from summitry.link.names import spelling_hash, tokens
from summitry.model.article import digest
from summitry.register import rows, tables
from summitry.register.engine import hold, insert, insert_new
from summitry.register.queries import chunks

_SPELLING = "spelling"


def store_all(connection: Connection, batch: Sequence[rows.Stored], run: int, generation: int) -> int:
    """Write the reports that are not there as they are, of a batch without doubles; how many were written."""
    marks = {x for s in batch for x in (s.article["given_id"], s.article["url"]) if x}
    hold(connection, (int(digest("report", mark)[:15], 16) for mark in marks))
    a = tables.articles.c
    held: dict[str, RowMapping] = {}
    for part in chunks([s.article["id"] for s in batch]):
        query = sa.select(a.id, a.reading, a.superseded_by).where(a.id.in_(part))
        held |= {row["id"]: row for row in connection.execute(query).mappings()}
    fresh: list[rows.Stored] = []
    changed = 0
    for s in batch:
        s.article.update(run=run, generation=generation)
        there = held.get(s.article["id"])
        if there is None:
            fresh.append(s)
        elif there["reading"] != s.article["reading"]:
            _reread(connection, s, live=there["superseded_by"] is None)
            changed += 1
    insert(connection, tables.articles, [s.article for s in fresh])
    insert(connection, tables.visit_reports, [row for s in fresh for row in s.reports])
    insert(connection, tables.encounters, [row for s in fresh for row in s.encounters])
    insert(connection, tables.evidence, [row for s in fresh for row in s.evidence])
    note_pending(connection, [row for s in fresh for row in s.reports])
    rivals = _with_rivals(connection, fresh)
    for s in fresh:
        if s.article["id"] in rivals:
            supersede(connection, s.article)
    return len(fresh) + changed


def _with_rivals(connection: Connection, fresh: Sequence[rows.Stored]) -> set[str]:
    """The new reports with whose id or URL another one came, now or before."""
    a = tables.articles.c
    found: set[str] = set()
    for name in ("given_id", "url"):
        mine: dict[str, list[str]] = {}
        for s in fresh:
            if s.article[name]:
                mine.setdefault(s.article[name], []).append(s.article["id"])
        for part in chunks(sorted(mine)):
            query = sa.select(a[name], sa.func.count()).where(a[name].in_(part)).group_by(a[name])
            found |= {x for value, number in connection.execute(query) if number > 1 for x in mine[value]}
    return found


def _reread(connection: Connection, stored: rows.Stored, *, live: bool) -> None:
    """Bring a report up to date that was read otherwise before.

    Accounts that are told no more stay as rows that do not count, so that the ids of their visits still resolve.
    """
    name, r = stored.article["id"], tables.visit_reports
    kept = {k: v for k, v in stored.article.items() if k not in ("id", "run", "generation", "superseded_by")}
    connection.execute(sa.update(tables.articles).where(tables.articles.c.id == name).values(kept))
    mine = sa.select(r.c.key, r.c.visit, r.c.visitor, r.c.visitor_country, r.c.host_country).where(r.c.article == name)
    old = {row["key"]: dict(row) for row in connection.execute(mine).mappings()}
    for table in (tables.evidence, tables.encounters):
        connection.execute(sa.delete(table).where(table.c.article == name))
    # Without a reason for its place ("why") an account is linked anew, and its visit written anew.
    connection.execute(sa.update(r).where(r.c.article == name).values(live=False, why=None, position=-1))
    for row in stored.reports:
        if row["key"] in old:
            values = row | {"visit": old[row["key"]]["visit"], "live": live}
            connection.execute(sa.update(r).where(r.c.key == row["key"]).values(values))
        else:
            connection.execute(sa.insert(r), [row | {"live": live}])
    insert(connection, tables.encounters, stored.encounters)
    insert(connection, tables.evidence, stored.evidence)
    note_pending(connection, [*old.values(), *stored.reports])


def note_pending(connection: Connection, reports: Iterable[rows.Row]) -> None:
    """Note whose visits are to be linked anew, and under what their names are found."""
    people = sorted({(r["host_country"], r["visitor"], r["visitor_country"]) for r in reports})
    noted = [{"host_country": h, "visitor": v, "visitor_country": c} for h, v, c in people]
    insert(connection, tables.pending, noted)
    insert_new(connection, tables.names, [n | {"token": t} for n in noted for t in _tokens(n)])


def _tokens(person: rows.Row) -> list[str]:
    return sorted(tokens(person["visitor"], person["visitor_country"]))


def settle_names(connection: Connection) -> None:
    """Work out anew under what names are found, where a program with other spellings did so before."""
    s, r = tables.settings, tables.visit_reports.c
    now = spelling_hash()
    held = connection.execute(sa.select(s.c.value).where(s.c.name == _SPELLING)).scalar()
    if held == now:
        return
    connection.execute(sa.delete(tables.names))
    connection.execute(sa.delete(s).where(s.c.name == _SPELLING))
    people = connection.execute(sa.select(r.host_country, r.visitor, r.visitor_country).distinct()).mappings()
    insert_new(connection, tables.names, [dict(p) | {"token": t} for p in people for t in _tokens(dict(p))])
    insert_new(connection, s, [{"name": _SPELLING, "value": now}])


def supersede(connection: Connection, article: rows.Row) -> None:
    """Of two reports with one id or URL the newer counts: read in a later run, then later published, then by hash.

    Judged pair by pair, so that the order of reading within a run does not matter; a run that was killed and the run
    that takes it up count as one (a generation).
    """
    a = tables.articles.c
    marks = [a[name] == article[name] for name in ("given_id", "url") if article[name]]
    wanted = sa.select(a.id, a.published_first, a.generation, a.superseded_by).where(sa.or_(*marks))
    rivals = list(connection.execute(wanted).mappings())
    found = {row["id"]: _age(row) for row in rivals}
    held = {row["id"]: row["superseded_by"] for row in rivals}
    mine = found[article["id"]]
    newer = max((x for x in found.values() if x > mine), default=None)
    changes = [(article["id"], newer[-1])] if newer else []
    for name, age in found.items():
        by = held[name]
        if age < mine and (by is None or _age_of(connection, by) < mine):
            changes.append((name, article["id"]))
    r = tables.visit_reports.c
    for name, by in changes:
        connection.execute(sa.update(tables.articles).where(a.id == name).values(superseded_by=by))
        connection.execute(sa.update(tables.visit_reports).where(r.article == name).values(live=False))
        here = sa.select(r.visitor, r.visitor_country, r.host_country).where(r.article == name)
        note_pending(connection, [dict(row) for row in connection.execute(here).mappings()])


def _age(row: RowMapping) -> tuple[int, dt.date, str]:
    return (row["generation"], row["published_first"] or dt.date.min, row["id"])


def _age_of(connection: Connection, article: str) -> tuple[int, dt.date, str]:
    a = tables.articles.c
    query = sa.select(a.id, a.published_first, a.generation).where(a.id == article)
    return _age(connection.execute(query).mappings().one())
