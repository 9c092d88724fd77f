"""The writer of a register: one transaction a report, then the linking of what was touched.

A report is written with a note of the visitors whose visits it touches (``pending``); linking clears the notes in the
same transaction in which it writes the visits. Killed at any moment, the register holds whole reports, and the next
writer links what is left. Readers never see half of anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from summitry.link.voices import Voices
from summitry.model.article import digest
from summitry.model.errors import InputError, Problem
from summitry.model.reading import Reading
from summitry.model.register import Coverage, Decision, Verb
from summitry.register import rows, tables
from summitry.register.engine import close, insert, open_engine, transact, trouble
from summitry.register.forget import find_report, forget
from summitry.register.linking import link_host
from summitry.register.processes import planned, prepared
from summitry.register.queries import chunks, decisions_of
from summitry.register.storing import note_pending, settle_names, store_all

T = TypeVar("T")
P = TypeVar("P")

BATCH = 10_000
"""Reports that ``add_all`` writes in one transaction: hashes fall on every page of an index, so the more at once, the less
is written over and over. A program that is killed loses those of its last transaction, whole."""


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
        try:
            self._transact(settle_names)
        except BaseException:
            self.engine.dispose()
            raise

    @cached_property
    def voices(self) -> Voices:
        """The knowledge of whose voice is whose, loaded when the first report is written."""
        return Voices.load()

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
        return self._write([rows.stored(reading, self.voices)]) == 1

    def add_all(self, readings: Iterable[Reading], batch: int = BATCH) -> tuple[int, list[Problem]]:
        """Write many reports, ``batch`` of them in a transaction: how many were new or changed, and what was refused.

        Like ``add`` for each of them, and several times as fast. A report that the database does not take is a Problem
        (not written down yet), and the others are written.
        """
        return self._write_all((rows.stored(r, self.voices) for r in readings), batch)

    def add_parts(
        self, parts: Iterable[P], load: Callable[[P], Iterable[Reading]], jobs: int = 1, batch: int = BATCH
    ) -> tuple[int, list[Problem]]:
        """Like ``add_all`` for the reports of many parts; ``load`` reads one part, in one of ``jobs`` processes.

        What is written is the same for any number. ``load`` and the parts must be picklable.
        """
        return self._write_all(prepared(parts, load, self.voices, jobs), batch)

    def _write_all(self, source: Iterable[rows.Stored], batch: int) -> tuple[int, list[Problem]]:
        number, refused = 0, []
        source = iter(source)
        while some := list({s.article["id"]: s for s in islice(source, batch)}.values()):
            try:
                number += self._write(some)
            except InputError:
                for stored in some:
                    try:
                        number += self._write([stored])
                    except InputError as error:
                        article = stored.article
                        refused.append(Problem(article["source"], "register", str(error), article["given_id"]))
        return number, refused

    def _write(self, batch: Sequence[rows.Stored]) -> int:
        def work(connection: Connection) -> int:
            self._solved(connection, batch)
            known = self._unchanged(connection, batch)
            todo = [s for s in batch if s.article["id"] not in known]
            if not todo:
                return 0
            run = self._open_run(connection)
            number = store_all(connection, todo, run, self._generation)
            for stored in todo:
                if stored.problems:
                    self._problems(connection, stored.problems, run, stored.article["id"])
            return number

        return self._transact(work)

    def _unchanged(self, connection: Connection, batch: Sequence[rows.Stored]) -> set[str]:
        a = tables.articles.c
        mine = {s.article["id"]: s.article["reading"] for s in batch}
        found: set[str] = set()
        for part in chunks(sorted(mine)):
            held = connection.execute(sa.select(a.id, a.reading).where(a.id.in_(part)))
            found |= {name for name, reading in held if mine[name] == reading}
        return found

    def cover(self, part: str, counts: Iterable[Coverage]) -> None:
        """Write how many reports a part of a crawl looked at and did not keep; the same part again takes its place."""
        values = [
            {"part": part, "when": c.when, "outlet": c.outlet or "", "country": c.country, "reports": c.reports}
            for c in counts
        ]

        def work(connection: Connection) -> None:
            connection.execute(sa.delete(tables.seen).where(tables.seen.c.part == part))
            insert(connection, tables.seen, values)

        self._transact(work)

    def problem(self, *problems: Problem) -> None:
        """Write down what failed; the same failure of the same source once."""
        self._transact(lambda c: self._problems(c, problems, self._open_run(c), None))

    def decide(self, decision: Decision) -> int:
        """Append a decision and return its number; it takes effect with the next ``link``."""

        def work(connection: Connection) -> int:
            done = connection.execute(sa.insert(tables.decisions).values(rows.decision_row(decision)))
            r = tables.visit_reports.c
            names = [decision.visitor, *([decision.other[1]] if decision.other else [])]
            where = (r.host_country == decision.host_country) & r.visitor.in_(names)
            found = connection.execute(sa.select(r.visitor, r.visitor_country, r.host_country).where(where)).mappings()
            note_pending(connection, [dict(row) for row in found])
            if decision.verb is Verb.UNDO:
                # Without a reason for its place an account is linked anew, and its visit written anew.
                same = where & (r.article == decision.article) & (r.sentence == decision.sentence)
                connection.execute(sa.update(tables.visit_reports).where(same).values(why=None))
            key = done.inserted_primary_key
            return int(key[0]) if key else 0

        return self._transact(work)

    def decide_all(self, decisions: Iterable[Decision]) -> int:
        """Append the decisions that are not there yet (the same in every part), in order; how many were new."""
        with trouble(self.place), self.engine.connect() as connection:
            there = set(decisions_of(connection))
        fresh = [d for d in dict.fromkeys(decisions) if d not in there]
        for d in fresh:
            self.decide(d)
        return len(fresh)

    def forget(self, given: str) -> tuple[int, int]:
        """Remove a report (by id, URL or hash) with its text: how many versions, and how many accounts of visits.

        Raises RegisterError where there is no such report.
        """

        def work(connection: Connection) -> tuple[int, int]:
            found = find_report(connection, given)
            return len(found), forget(connection, found)

        return self._transact(work)

    def finish(self, finished: dt.datetime, read: int, failed: int) -> None:
        """Close the run's row; a run that found nothing new leaves none."""
        if self._run is None:
            return
        values = {"finished": finished, "reports_read": read, "reports_failed": failed}
        mine = tables.runs.c.id == self._run
        self._transact(lambda c: c.execute(sa.update(tables.runs).where(mine).values(values)))

    def _transact(self, work: Callable[[Connection], T]) -> T:
        """A transaction; a run that began in it is forgotten where it fails."""
        run = self._run

        def anew(connection: Connection) -> T:
            self._run = run
            return work(connection)

        try:
            with trouble(self.place):
                return transact(self.engine, anew)
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

    def _solved(self, connection: Connection, batch: Sequence[rows.Stored]) -> None:
        """What failed before and is read now is a problem no more; the row stays, with the run that solved it."""
        t = tables.problems
        still = {_problem_id(p) for stored in batch for p in stored.problems}
        for part in chunks(sorted({stored.article["source"] for stored in batch})):
            query = sa.select(t.c.id).where(t.c.source.in_(part) & t.c.solved.is_(None))
            for name in sorted(set(connection.execute(query).scalars()) - still):
                connection.execute(sa.update(t).where(t.c.id == name).values(solved=self._open_run(connection)))

    def link(self, jobs: int = 1) -> int:
        """Link anew what was touched, one host country a transaction; how many visits changed.

        With several ``jobs`` the visits are worked out in as many other processes; what is written is the same.
        """
        p = tables.pending.c
        with trouble(self.place), self.engine.connect() as connection:
            count = sa.func.count()
            wanted = sa.select(p.host_country, count).group_by(p.host_country).order_by(count.desc(), p.host_country)
            hosts = [host for host, _ in connection.execute(wanted)]
        changed = 0
        with trouble(self.place):
            for host, plan in planned(self.place, hosts, jobs):
                changed += self._transact(partial(link_host, host=host, plan=plan))
        return changed


def _problem_id(problem: Problem) -> str:
    return digest(rows.storable(problem.source), problem.stage, rows.storable(problem.error))
