"""What the pages ask of a register beyond ``register.reader``: one report with all that was read in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.register import tables
from summitry.register.engine import trouble
from summitry.register.reader import Reader

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as the register holds it: rows of ``articles``, ``visit_reports``, ``encounters`` and ``evidence``.

    The evidence is in the order of the text; the others in the order of the report.
    """

    article: Row
    visits: tuple[Row, ...]
    encounters: tuple[Row, ...]
    evidence: tuple[Row, ...]


def report(reader: Reader, article: str) -> StoredReport | None:
    """The report with this hash; None if the register holds none."""
    a, v, e, w = tables.articles, tables.visit_reports, tables.encounters, tables.evidence
    with trouble(reader.place), reader.engine.connect() as connection, connection.begin():
        rows = _rows(connection, sa.select(a).where(a.c.id == article))
        if not rows:
            return None
        return StoredReport(
            article=rows[0],
            visits=_rows(connection, sa.select(v).where(v.c.article == article).order_by(v.c.position)),
            encounters=_rows(connection, sa.select(e).where(e.c.article == article).order_by(e.c.position)),
            evidence=_rows(
                connection,
                sa.select(w).where(w.c.article == article).order_by(w.c.start, w.c.end, w.c.owner, w.c.field),
            ),
        )


def newest_run(reader: Reader) -> tuple[str, str] | None:
    """Version of the program and hash of the knowledge of the newest run; None before the first."""
    r = tables.runs.c
    with trouble(reader.place), reader.engine.connect() as connection, connection.begin():
        row = connection.execute(sa.select(r.version, r.knowledge).order_by(r.id.desc()).limit(1)).first()
    return (row.version, row.knowledge) if row else None


def _rows(connection: Connection, query: sa.Select[Any]) -> tuple[Row, ...]:
    return tuple(dict(row) for row in connection.execute(query).mappings())
