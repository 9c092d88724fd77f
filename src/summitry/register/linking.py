"""The linking of what was touched, written: which names it concerns, which visits change, which tours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.link.cluster import Linked, Person, joined, link
from summitry.link.merge import to_visit, visit_id
from summitry.link.names import groups, may_meet, tokens
from summitry.link.trips import trips
from summitry.model.register import Decision, Verb
from summitry.register import rows, tables
from summitry.register.decisions import rejected_of, with_decisions
from summitry.register.engine import hold, insert
from summitry.register.queries import chunks, decisions_of, stops_of, told_query

LINKING = 0
"""The key by which a linking keeps others waiting: tours cross host countries, so there is one at a time."""

MANY = 100
"""Touched names of one host country above which all its names are grouped at once."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What linking one host country comes to: rows to write, and the notes that it rests on.

    ``fresh`` are the ids of the visits written anew, ``gone`` those to be deleted first, ``labels`` the accounts that
    belong elsewhere than before.
    """

    notes: tuple[int, ...]
    changed: int
    fresh: tuple[str, ...]
    gone: tuple[str, ...]
    labels: list[rows.Row]
    visits: list[rows.Row]
    claims: list[rows.Row]
    disputes: list[rows.Row]
    history: list[rows.Row]


def link_host(connection: Connection, host: str, plan: Plan | None = None) -> int:
    """Link the touched visitors of one host country and clear their notes; how many visits changed.

    A plan that was made elsewhere is carried out only if nobody has added or cleared a note since.
    """
    hold(connection, [LINKING])
    notes = notes_of(connection, host)
    if not notes:
        return 0
    if plan is None or plan.notes != notes:
        plan = plan_host(connection, host, notes)
    _carry_out(connection, plan)
    return plan.changed


def notes_of(connection: Connection, host: str) -> tuple[int, ...]:
    """The notes of a host country that are to be linked."""
    p = tables.pending.c
    return tuple(connection.execute(sa.select(p.id).where(p.host_country == host).order_by(p.id)).scalars())


def plan_host(connection: Connection, host: str, notes: tuple[int, ...]) -> Plan:
    """Work out what linking one host country comes to; nothing is written."""
    p, r = tables.pending.c, tables.visit_reports.c
    noted = set()
    for row in connection.execute(sa.select(p.id, p.visitor, p.visitor_country).where(p.host_country == host)):
        noted.add((row.visitor, row.visitor_country))
    decisions = decisions_of(connection, host)
    affected = _affected(connection, host, noted, decisions)
    names = sorted({name for name, _ in affected})
    found: list[dict[str, Any]] = []
    for part in chunks(names):
        query = told_query().where((r.host_country == host) & r.visitor.in_(part))
        found += [dict(row) for row in connection.execute(query).mappings()]
    found = [row for row in found if (row["visitor"], row["visitor_country"]) in affected]
    return _plan(found, decisions, notes)


def _carry_out(connection: Connection, plan: Plan) -> None:
    mates = trip_mates(connection, plan.gone)
    drop_visits(connection, plan.gone)
    if plan.labels:
        r = tables.visit_reports
        change = sa.update(r).where(r.c.key == sa.bindparam("the_key"))
        change = change.values(visit=sa.bindparam("the_visit"), why=sa.bindparam("the_why"))
        connection.execute(change, plan.labels)
    insert(connection, tables.visits, plan.visits)
    insert(connection, tables.claims, plan.claims)
    insert(connection, tables.disputes, plan.disputes)
    insert(connection, tables.history, plan.history)
    _set_trips(connection, set(plan.fresh) | mates)
    # Only the notes that were seen: another writer's report, not seen yet, has a note of its own.
    for some in chunks([str(n) for n in plan.notes]):
        connection.execute(sa.delete(tables.pending).where(tables.pending.c.id.in_([int(n) for n in some])))


def _affected(connection: Connection, host: str, noted: set[Person], decisions: Sequence[Decision]) -> set[Person]:
    """The (name, country) pairs whose accounts may be one visit with those that were touched."""
    n = tables.names.c
    merged = [(d.visitor, d.other[1]) for d in decisions if d.verb is Verb.MERGE and d.other]
    if len(noted) > MANY:
        known = sa.select(n.visitor, n.visitor_country).where(n.host_country == host).distinct()
        people = {(row.visitor, row.visitor_country) for row in connection.execute(known)}
        return {x for group in joined(groups(people | noted), merged) if group & noted for x in group}
    seen, frontier = set(noted), set(noted)
    while frontier:
        wanted = sorted({token for name, country in frontier for token in tokens(name, country)})
        near: set[Person] = set()
        for part in chunks(wanted):
            query = sa.select(n.visitor, n.visitor_country).where((n.host_country == host) & n.token.in_(part))
            near |= {(row.visitor, row.visitor_country) for row in connection.execute(query)}
        next_ones = {x for x in near - seen if any(may_meet(x, y) for y in frontier)}
        also = {b for pair in merged for a, b in (pair, pair[::-1]) if any(a == name for name, _ in frontier)}
        also |= {a for pair in merged for a in pair if any(a == name for name, _ in frontier)}
        for part in chunks(sorted(also)):
            query = sa.select(n.visitor, n.visitor_country).where((n.host_country == host) & n.visitor.in_(part))
            next_ones |= {(row.visitor, row.visitor_country) for row in connection.execute(query)} - seen
        seen |= next_ones
        frontier = next_ones
    return seen


def _plan(found: list[dict[str, Any]], decisions: Sequence[Decision], notes: tuple[int, ...]) -> Plan:
    """Link these visit reports, and say which visits are not as they were. A pure function."""
    rejected, corrected = rejected_of(decisions), {d.about for d in decisions if d.verb is Verb.CORRECT}
    marks = {row["key"]: (row["article"], row["visitor"], row["host_country"], row["sentence"]) for row in found}
    live = [
        with_decisions(rows.told_of(row), decisions)
        for row in found
        if row["live"] and marks[row["key"]] not in rejected
    ]
    before: dict[str, set[str]] = defaultdict(set)
    was = {row["key"]: (row["visit"], row["why"]) for row in found}
    for key, (visit, _) in was.items():
        if visit:
            before[visit].add(key)
    now = {visit_id(x.anchor.key): x for x in link(live)}
    fresh = {
        name: x
        for name, x in now.items()
        if before.get(name) != {t.key for t in x.told}
        or any(marks[t.key] in corrected or was[t.key][1] is None for t in x.told)
    }
    visits = [to_visit(x, decisions) for x in fresh.values()]
    return Plan(
        notes=notes,
        changed=len(fresh) + len(set(before) - set(now)),
        fresh=tuple(fresh),
        gone=tuple(sorted((set(before) - set(now)) | (set(before) & set(fresh)))),
        labels=_labels(was, now),
        visits=[rows.visit_row(v) for v in visits],
        claims=[row for v in visits for row in rows.claim_rows(v)],
        disputes=[row for v in visits for row in rows.dispute_rows(v)],
        history=[row for v in visits for row in rows.history_rows(v)],
    )


def drop_visits(connection: Connection, visits: Iterable[str]) -> None:
    """Delete records with all that was worked out for them; their accounts stay."""
    for part in chunks(sorted(visits)):
        for table in (tables.claims, tables.disputes, tables.history):
            connection.execute(sa.delete(table).where(table.c.visit.in_(part)))
        connection.execute(sa.delete(tables.visits).where(tables.visits.c.id.in_(part)))


def _labels(was: Mapping[str, tuple[str | None, str | None]], now: Mapping[str, Linked]) -> list[rows.Row]:
    labels: dict[str, tuple[str | None, str | None]] = dict.fromkeys(was, (None, None))
    for name, x in now.items():
        labels.update({t.key: (name, why) for t, why in zip(x.told, x.why, strict=True)})
    return [
        {"the_key": key, "the_visit": visit, "the_why": why}
        for key, (visit, why) in sorted(labels.items())
        if was[key] != (visit, why)
    ]


def trip_mates(connection: Connection, gone: Iterable[str]) -> set[str]:
    """Visits that share a trip with any of these, before they go."""
    v = tables.visits.c
    found: set[str] = set()
    for part in chunks(sorted(gone)):
        of = sa.select(v.trip).where(v.id.in_(part))
        found |= set(connection.execute(sa.select(v.id).where(v.trip.in_(of))).scalars())
    return found - set(gone)


def _set_trips(connection: Connection, start: set[str]) -> None:
    """Work out the tours that these visits belong to, following every leg, and write where they changed."""
    seen: dict[str, Any] = {}
    frontier = start
    while frontier:
        stops = stops_of(connection, frontier)
        seen |= {s.visit: s for s in stops}
        mates = _on_legs(connection, {leg for s in stops for leg in s.legs})
        frontier = mates - seen.keys()
    v = tables.visits
    held: dict[str, str] = {}
    for part in chunks(sorted(seen)):
        held |= {row.id: row.trip for row in connection.execute(sa.select(v.c.id, v.c.trip).where(v.c.id.in_(part)))}
    values = [
        {"the_id": visit, "the_trip": trip} for visit, trip in trips(seen.values()).items() if held[visit] != trip
    ]
    if values:
        change = sa.update(v).where(v.c.id == sa.bindparam("the_id")).values(trip=sa.bindparam("the_trip"))
        connection.execute(change, values)


def _on_legs(connection: Connection, legs: set[tuple[str, int]]) -> set[str]:
    r = tables.visit_reports.c
    found: set[str] = set()
    for part in chunks(sorted({article for article, _ in legs})):
        query = sa.select(r.visit, r.article, r.trip).where(r.article.in_(part) & r.visit.is_not(None))
        found |= {row.visit for row in connection.execute(query) if (row.article, row.trip) in legs}
    return found
