"""The writer of a register: one transaction a report, then the linking of what was touched.

A report is written with a note of the visitors whose visits it touches (``pending``); linking clears the notes in the
same transaction in which it writes the visits. Killed at any moment, the register holds whole reports, and the next
writer links what is left. Readers never see half of anything.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, RowMapping

from summitry.link.cluster import Linked, Person, joined, link
from summitry.link.merge import to_visit, visit_id
from summitry.link.names import groups
from summitry.link.trips import trips
from summitry.model.article import digest
from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.model.register import Decision, Verb
from summitry.register import rows, tables
from summitry.register.decisions import rejected_of, with_decisions
from summitry.register.engine import close, open_engine, trouble
from summitry.register.queries import chunks, decisions_of, stops_of, told_query


class Writer:
    """Writes reports, problems and decisions. Use as a context manager; ``link`` runs on a clean exit.

    ``started`` and ``finished`` are given by the caller, who owns the clock. Specimen::

        with Writer("register.db", started=now, version="0.1.0", knowledge="9f2c…") as writer:
            writer.add(reading)
    """

    def __init__(self, place: str, *, started: dt.datetime, version: str, knowledge: str = "") -> None:
        self.place = place
        self.engine: Engine = open_engine(place, write=True)
        self._run: int | None = None
        self._generation = 0
        self._about = {"started": started, "version": version, "knowledge": knowledge}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self.link()
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the register; nothing more is written."""
        with trouble(self.place):
            close(self.engine)

    def add(self, reading: Reading) -> bool:
        """Write one report with all that was read in it; False if all of it is there already (then nothing changes).

        A report that is there, but was read otherwise by another version of the program, is brought up to date.
        Raises InputError where the database takes it not; then nothing of it is written.
        """
        with self._writing() as connection:
            self._solved(connection, reading)
            a = tables.articles.c
            held = sa.select(a.reading, a.superseded_by).where(a.id == reading.article.id)
            there = connection.execute(held).mappings().first()
            if there and there["reading"] == rows.article_row(reading, 0, 0)["reading"]:
                return False
            run = self._open_run(connection)
            article = rows.article_row(reading, run, self._generation)
            if there:
                _reread(connection, article, rows.report_rows(reading), live=there["superseded_by"] is None)
            else:
                connection.execute(sa.insert(tables.articles), [article])
                reports = rows.report_rows(reading)
                _insert(connection, tables.visit_reports, reports)
                _note_pending(connection, reports)
                _supersede(connection, article)
            _insert(connection, tables.encounters, rows.encounter_rows(reading))
            _insert(connection, tables.evidence, list(rows.evidence_rows(reading)))
            self._problems(connection, reading.problems, run, reading.article.id)
        return True

    def problem(self, *problems: Problem) -> None:
        """Write down what failed; the same failure of the same source once."""
        with self._writing() as connection:
            self._problems(connection, problems, self._open_run(connection), None)

    def decide(self, decision: Decision) -> int:
        """Append a decision and return its number; it takes effect with the next ``link``."""
        with trouble(self.place), self.engine.begin() as connection:
            done = connection.execute(sa.insert(tables.decisions).values(rows.decision_row(decision)))
            r = tables.visit_reports.c
            names = [decision.visitor, *([decision.other[1]] if decision.other else [])]
            where = (r.host_country == decision.host_country) & r.visitor.in_(names)
            found = connection.execute(sa.select(r.visitor, r.visitor_country, r.host_country).where(where)).mappings()
            _note_pending(connection, [dict(row) for row in found])
            key = done.inserted_primary_key
            return int(key[0]) if key else 0

    def finish(self, finished: dt.datetime, read: int, failed: int) -> None:
        """Close the run's row; a run that found nothing new leaves none."""
        if self._run is None:
            return
        with trouble(self.place), self.engine.begin() as connection:
            values = {"finished": finished, "reports_read": read, "reports_failed": failed}
            connection.execute(sa.update(tables.runs).where(tables.runs.c.id == self._run).values(values))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction; a run that began in it is forgotten where it fails."""
        run = self._run
        try:
            with trouble(self.place), self.engine.begin() as connection:
                yield connection
        except BaseException:
            self._run = run
            raise

    def _open_run(self, connection: Connection) -> int:
        if self._run is None:
            done = sa.select(sa.func.count()).where(tables.runs.c.finished.is_not(None))
            self._generation = connection.execute(done).scalar_one()
            key = connection.execute(sa.insert(tables.runs).values(self._about)).inserted_primary_key
            self._run = int(key[0]) if key else 0
        return self._run

    def _problems(self, connection: Connection, problems: Iterable[Problem], run: int, report: str | None) -> None:
        t = tables.problems
        for p in problems:
            name = _problem_id(p)
            if connection.execute(sa.select(t.c.id).where(t.c.id == name)).first():
                connection.execute(sa.update(t).where(t.c.id == name).values(solved=None))
                continue
            values = {"id": name, "source": rows.storable(p.source), "stage": p.stage, "run": run}
            connection.execute(
                sa.insert(t).values(values | {"error": rows.storable(p.error), "report": p.report or report})
            )

    def _solved(self, connection: Connection, reading: Reading) -> None:
        """What failed before and is read now is a problem no more; the row stays, with the run that solved it."""
        t = tables.problems
        still = [_problem_id(p) for p in reading.problems]
        open_ones = (t.c.source == rows.storable(reading.article.source)) & t.c.solved.is_(None) & t.c.id.not_in(still)
        if connection.execute(sa.select(t.c.id).where(open_ones)).first():
            connection.execute(sa.update(t).where(open_ones).values(solved=self._open_run(connection)))

    def link(self) -> int:
        """Link anew what was touched, one host country a transaction; how many visits changed."""
        p = tables.pending.c
        with trouble(self.place), self.engine.connect() as connection:
            hosts = list(connection.execute(sa.select(p.host_country).distinct().order_by(p.host_country)).scalars())
        changed = 0
        for host in hosts:
            with trouble(self.place), self.engine.begin() as connection:
                changed += _link_host(connection, host)
        return changed


def _problem_id(problem: Problem) -> str:
    return digest(rows.storable(problem.source), problem.stage, rows.storable(problem.error))


def _insert(connection: Connection, table: sa.Table, values: Sequence[rows.Row]) -> None:
    if values:
        connection.execute(sa.insert(table), list(values))


def _reread(connection: Connection, article: rows.Row, reports: Sequence[rows.Row], *, live: bool) -> None:
    """Bring a report up to date that was read otherwise before; encounters and evidence are the caller's to write.

    Accounts that are told no more stay as rows that do not count, so that the ids of their visits still resolve.
    """
    name, r = article["id"], tables.visit_reports
    kept = {k: v for k, v in article.items() if k not in ("id", "run", "generation", "superseded_by")}
    connection.execute(sa.update(tables.articles).where(tables.articles.c.id == name).values(kept))
    mine = sa.select(r.c.key, r.c.visit, r.c.visitor, r.c.visitor_country, r.c.host_country).where(r.c.article == name)
    old = {row["key"]: dict(row) for row in connection.execute(mine).mappings()}
    for table in (tables.evidence, tables.encounters):
        connection.execute(sa.delete(table).where(table.c.article == name))
    # Without a reason for its place ("why") an account is linked anew, and its visit written anew.
    connection.execute(sa.update(r).where(r.c.article == name).values(live=False, why=None, position=-1))
    for row in reports:
        if row["key"] in old:
            values = row | {"visit": old[row["key"]]["visit"], "live": live}
            connection.execute(sa.update(r).where(r.c.key == row["key"]).values(values))
        else:
            connection.execute(sa.insert(r), [row | {"live": live}])
    _note_pending(connection, [*old.values(), *reports])


def _note_pending(connection: Connection, reports: Iterable[rows.Row]) -> None:
    p = tables.pending
    for host, visitor, country in sorted({(r["host_country"], r["visitor"], r["visitor_country"]) for r in reports}):
        here = (p.c.host_country == host) & (p.c.visitor == visitor) & (p.c.visitor_country == country)
        if not connection.execute(sa.select(p.c.visitor).where(here)).first():
            values = {"host_country": host, "visitor": visitor, "visitor_country": country}
            connection.execute(sa.insert(p).values(values))


def _supersede(connection: Connection, article: rows.Row) -> None:
    """Of two reports with one id or URL the newer counts: read in a later run, then later published, then by hash.

    Judged pair by pair, so that the order of reading within a run does not matter; a run that was killed and the run
    that takes it up count as one (a generation).
    """
    a = tables.articles.c
    marks = [a[name] == article[name] for name in ("given_id", "url") if article[name]]
    if not marks:
        return
    wanted = sa.select(a.id, a.published_first, a.generation, a.superseded_by).where(sa.or_(*marks))
    found = {row["id"]: _age(row) for row in connection.execute(wanted).mappings()}
    mine = found[article["id"]]
    newer = max((x for x in found.values() if x > mine), default=None)
    changes = [(article["id"], newer[-1])] if newer else []
    held = {row["id"]: row["superseded_by"] for row in connection.execute(wanted).mappings()}
    for name, age in found.items():
        by = held[name]
        if age < mine and (by is None or _age_of(connection, by) < mine):
            changes.append((name, article["id"]))
    r = tables.visit_reports.c
    for name, by in changes:
        connection.execute(sa.update(tables.articles).where(a.id == name).values(superseded_by=by))
        connection.execute(sa.update(tables.visit_reports).where(r.article == name).values(live=False))
        here = sa.select(r.visitor, r.visitor_country, r.host_country).where(r.article == name)
        _note_pending(connection, [dict(row) for row in connection.execute(here).mappings()])


def _age(row: RowMapping) -> tuple[int, dt.date, str]:
    return (row["generation"], row["published_first"] or dt.date.min, row["id"])


def _age_of(connection: Connection, article: str) -> tuple[int, dt.date, str]:
    a = tables.articles.c
    query = sa.select(a.id, a.published_first, a.generation).where(a.id == article)
    return _age(connection.execute(query).mappings().one())


def _link_host(connection: Connection, host: str) -> int:
    """Link the touched visitors of one host country and clear their notes."""
    p, r = tables.pending, tables.visit_reports.c
    noted: set[Person] = {
        (row.visitor, row.visitor_country) for row in connection.execute(sa.select(p).where(p.c.host_country == host))
    }
    known = sa.select(r.visitor, r.visitor_country).where(r.host_country == host).distinct()
    people: set[Person] = {(row.visitor, row.visitor_country) for row in connection.execute(known)}
    decisions = decisions_of(connection, host)
    pairs = [(d.visitor, d.other[1]) for d in decisions if d.verb is Verb.MERGE and d.other]
    affected = {person for group in joined(groups(people | noted), pairs) if group & noted for person in group}
    names = sorted({name for name, _ in affected})
    found: list[dict[str, Any]] = []
    for part in chunks(names):
        query = told_query().where((r.host_country == host) & r.visitor.in_(part))
        found += [dict(row) for row in connection.execute(query).mappings()]
    found = [row for row in found if (row["visitor"], row["visitor_country"]) in affected]
    changed = _rewrite(connection, found, decisions)
    connection.execute(sa.delete(p).where(p.c.host_country == host))
    return changed


def _rewrite(connection: Connection, found: list[dict[str, Any]], decisions: Sequence[Decision]) -> int:
    """Link these visit reports and write the visits that are not as they were."""
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
    gone = (set(before) - set(now)) | (set(before) & set(fresh))
    legs = _trip_mates(connection, gone)
    for part in chunks(sorted(gone)):
        for table, column in ((tables.claims, "visit"), (tables.history, "visit"), (tables.visits, "id")):
            connection.execute(sa.delete(table).where(table.c[column].in_(part)))
    _relabel(connection, was, now)
    visits = [to_visit(x, decisions) for x in fresh.values()]
    _insert(connection, tables.visits, [rows.visit_row(v) for v in visits])
    _insert(connection, tables.claims, [row for v in visits for row in rows.claim_rows(v)])
    _insert(connection, tables.history, [row for v in visits for row in rows.history_rows(v)])
    _set_trips(connection, set(fresh) | legs)
    return len(fresh) + len(set(before) - set(now))


def _relabel(connection: Connection, was: dict[str, tuple[str | None, str | None]], now: dict[str, Linked]) -> None:
    labels: dict[str, tuple[str | None, str | None]] = dict.fromkeys(was, (None, None))
    for name, x in now.items():
        labels.update({t.key: (name, why) for t, why in zip(x.told, x.why, strict=True)})
    r = tables.visit_reports
    values = [
        {"the_key": key, "the_visit": visit, "the_why": why}
        for key, (visit, why) in sorted(labels.items())
        if was[key] != (visit, why)
    ]
    if values:
        change = sa.update(r).where(r.c.key == sa.bindparam("the_key"))
        connection.execute(change.values(visit=sa.bindparam("the_visit"), why=sa.bindparam("the_why")), values)


def _trip_mates(connection: Connection, gone: Iterable[str]) -> set[str]:
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
