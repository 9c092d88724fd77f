"""What the pages ask of a register beyond ``register.reader``: one report with all that was read in it, decisions, sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from summitry.model.register import Decision, Ref, Told
from summitry.register import tables
from summitry.register.engine import trouble
from summitry.register.queries import decisions_of
from summitry.register.reader import Reader
from summitry.web.marks import Mark, Piece, cut, within

Row = dict[str, Any]

SENTENCE = 2_000
"""Characters of a sentence that a page shows."""

PLACES = 50
"""At how many places of a text a sentence is looked for."""


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


def decisions_on(reader: Reader, host: str, refs: Collection[Ref]) -> tuple[Decision, ...]:
    """What was decided on these accounts in one host country, in order."""
    with trouble(reader.place), reader.engine.connect() as connection, connection.begin():
        return tuple(d for d in decisions_of(connection, host) if d.about in refs or d.other in refs)


def sentences(reader: Reader, told: Sequence[Told]) -> list[tuple[Piece, ...]]:
    """The sentence of each account, cut at its evidence where it is found in the text; else as it stands, in one piece."""
    e, a = tables.evidence.c, tables.articles.c
    keys, articles = [t.key for t in told], sorted({t.visit.article for t in told})
    marks: dict[str, list[Mark]] = {}
    with trouble(reader.place), reader.engine.connect() as connection, connection.begin():
        query = sa.select(e.owner, e.start, e.end, e.field, e.rule).where(e.owner.in_(keys) & e.article.in_(articles))
        query = query.where(e.field != "evidence")  # the sentence itself
        for owner, start, end, field, rule in connection.execute(query.order_by(e.owner, e.position)):
            marks.setdefault(owner, []).append(Mark(start, end, field, owner, rule))
        texts: dict[str, str] = {
            row[0]: row[1] for row in connection.execute(sa.select(a.id, a.text).where(a.id.in_(articles)))
        }
    return [_sentence(texts[t.visit.article], t.visit.sentence, marks.get(t.key, [])) for t in told]


def _sentence(text: str, sentence: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    span = find_sentence(text, sentence[:SENTENCE], marks)
    if span is None:
        return (Piece(0, sentence),)
    return tuple(cut(text, within(marks, *span), *span))


def find_sentence(text: str, sentence: str, marks: Sequence[Mark]) -> tuple[int, int] | None:
    """Where a sentence stands in a text, line breaks and blanks aside; of several places the one with most evidence."""
    words = sentence.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(w) for w in words))
    spans = [m.span() for m in islice(pattern.finditer(text), PLACES)]
    return max(spans, key=lambda s: (len(within(marks, *s)), -s[0]), default=None)


def _rows(connection: Connection, query: sa.Select[Any]) -> tuple[Row, ...]:
    return tuple(dict(row) for row in connection.execute(query).mappings())
