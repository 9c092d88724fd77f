"""Parts: what a scan of one unit found, as Parquet, and back again as readings.

A part is three files of one name: ``reports/`` (a row a kept report, with its visits, encounters and evidence nested in it),
``problems/`` and ``seen/`` (how many reports of which day and outlet were looked at and not kept; the counts of the steps stand
in the file's metadata). Each is written under another name and then moved, ``reports/`` last: where it is, the part is whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from summitry.model.article import Alignment, Anchor, Article, Block, Known, Published, Role
from summitry.model.dates import DateRange
from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.model.register import Coverage
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Contact, Encounter, Kind, Status, VisitReport

GROUP = 256
"""Reports in a row group: what a worker holds back before it writes."""

REPORTS, PROBLEMS, SEEN = "reports", "problems", "seen"
COUNTS = b"summitry.counts"
KNOWLEDGE = b"summitry.knowledge"

_TEXT, _INT = pa.string(), pa.int32()
_LIST = pa.list_(_TEXT)
_EVIDENCE = pa.list_(pa.struct([("field", _TEXT), ("start", _INT), ("end", _INT), ("rule", _TEXT)]))
_VISIT = pa.struct(
    [
        *(
            (n, _TEXT)
            for n in ("id", "visitor", "visitor_country", "host_country", "dates", "status", "kind", "sentence")
        ),
        ("trip", _INT),
        *((n, _LIST) for n in ("places", "meets", "delegation", "agenda", "documents", "notes")),
        *((n, _TEXT) for n in ("invited_by", "announced_by", "occasion")),
        ("confidence", pa.float64()),
        ("evidence", _EVIDENCE),
    ]
)
_ENCOUNTER = pa.struct(
    [
        *((n, _TEXT) for n in ("id", "kind", "status", "sentence", "place", "host_country", "date")),
        ("participants", _LIST),
        ("evidence", _EVIDENCE),
    ]
)
_BLOCK = pa.struct([("start", _INT), ("end", _INT), ("role", _TEXT), ("rule", _TEXT)])
_ANCHOR = pa.struct([("start", _INT), ("end", _INT), ("source_start", _INT), ("source_end", _INT), ("how", _TEXT)])
SCHEMA = pa.schema(
    [
        *((n, _TEXT) for n in ("id", "source", "given_id", "url", "title", "language", "outlet", "agency")),
        *((n, _TEXT) for n in ("published", "published_how")),
        ("published_reasons", _LIST),
        ("published_start", _INT),
        ("published_end", _INT),
        ("text", _TEXT),
        ("blocks", pa.list_(_BLOCK)),
        ("anchors", pa.list_(_ANCHOR)),
        ("visits", pa.list_(_VISIT)),
        ("encounters", pa.list_(_ENCOUNTER)),
    ]
)
_PROBLEM = pa.schema([(n, _TEXT) for n in ("source", "stage", "error", "report")])
_SEEN = pa.schema([("when", _TEXT), ("outlet", _TEXT), ("country", _TEXT), ("reports", pa.int64())])

_TEXTS = ("id", "visitor", "visitor_country", "host_country", "sentence", "invited_by", "announced_by", "occasion")
_LISTS = ("places", "meets", "delegation", "agenda", "documents", "notes")


class PartWriter:
    """Writes one part into the folder ``out`` of a filesystem; nothing is there under its own name before ``done``."""

    def __init__(self, fs: Any, out: str, name: str, knowledge: str) -> None:
        self.fs, self.out, self.name, self._knowledge = fs, out.rstrip("/"), name, knowledge
        for folder in (REPORTS, PROBLEMS, SEEN):
            fs.makedirs(f"{self.out}/{folder}", exist_ok=True)
        self._whole = False
        self._held: list[dict[str, Any]] = []
        self._problems: list[Problem] = []
        self._stream: Any = fs.open(self._path(REPORTS, True), "wb")
        self._writer = pq.ParquetWriter(self._stream, SCHEMA, compression="zstd")

    def _path(self, folder: str, open_: bool = False) -> str:
        return f"{self.out}/{folder}/" + (f".{self.name}.writing" if open_ else f"{self.name}.parquet")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not self._whole:
            with suppress(OSError):  # a full disk refuses the last bytes too
                self._close()
            for folder in (REPORTS, PROBLEMS, SEEN):
                if self.fs.exists(self._path(folder, True)):
                    self.fs.rm(self._path(folder, True))

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        try:
            self._writer.close()
        finally:
            stream.close()

    def add(self, reading: Reading) -> None:
        """One kept report."""
        self._held.append(row_of(reading))
        if len(self._held) >= GROUP:
            self._flush()

    def problem(self, problem: Problem) -> None:
        """One record that could not be read."""
        self._problems.append(problem)

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(pa.Table.from_pylist(self._held, schema=SCHEMA))
            self._held.clear()

    def done(self, counts: Mapping[str, int], seen: Iterable[Coverage]) -> None:
        """Write what is left and give all three files their names, the reports last."""
        meta = {COUNTS: json.dumps(counts, sort_keys=True).encode(), KNOWLEDGE: self._knowledge.encode()}
        rows = [{"when": c.when, "outlet": c.outlet, "country": c.country, "reports": c.reports} for c in seen]
        problems = [
            {"source": p.source, "stage": p.stage, "error": p.error, "report": p.report} for p in self._problems
        ]
        self._flush()
        self._close()
        for folder, table in (
            (SEEN, pa.Table.from_pylist(rows, schema=_SEEN.with_metadata(meta))),
            (PROBLEMS, pa.Table.from_pylist(problems, schema=_PROBLEM)),
        ):
            with self.fs.open(self._path(folder, True), "wb") as stream:
                pq.write_table(table, stream, compression="zstd")
        for folder in (SEEN, PROBLEMS, REPORTS):
            self.fs.mv(self._path(folder, True), self._path(folder))
        self._whole = True


def is_done(fs: Any, out: str, name: str) -> bool:
    """Whether a part is there and whole."""
    return bool(fs.exists(f"{out.rstrip('/')}/{REPORTS}/{name}.parquet"))


def names(fs: Any, out: str) -> list[str]:
    """The parts of a folder, sorted."""
    folder = f"{out.rstrip('/')}/{REPORTS}"
    found = fs.ls(folder, detail=False) if fs.exists(folder) else []
    stems = [str(path).rsplit("/", 1)[-1] for path in found]
    return sorted(s.removesuffix(".parquet") for s in stems if s.endswith(".parquet") and not s.startswith("."))


def readings(fs: Any, out: str, name: str) -> Iterator[Reading]:
    """The kept reports of a part, a row group at a time. Raises OSError or pyarrow.ArrowException for a damaged file."""
    with fs.open(f"{out.rstrip('/')}/{REPORTS}/{name}.parquet", "rb") as stream, pq.ParquetFile(stream) as table:
        for batch in table.iter_batches(GROUP):
            yield from map(reading_of, batch.to_pylist())


def problems(fs: Any, out: str, name: str) -> list[Problem]:
    """What could not be read in a part."""
    with fs.open(f"{out.rstrip('/')}/{PROBLEMS}/{name}.parquet", "rb") as stream:
        rows = pq.read_table(stream).to_pylist()
    return [Problem(r["source"], r["stage"], r["error"], r["report"]) for r in rows]


def seen(fs: Any, out: str, name: str) -> tuple[dict[str, int], list[Coverage], str]:
    """The counts of a part's steps, the reports that were looked at and not kept, and the hash of the knowledge."""
    with fs.open(f"{out.rstrip('/')}/{SEEN}/{name}.parquet", "rb") as stream:
        table = pq.read_table(stream)
    meta = table.schema.metadata or {}
    rows = [Coverage(r["when"], r["country"], r["outlet"], r["reports"]) for r in table.to_pylist()]
    return json.loads(meta.get(COUNTS, b"{}")), rows, meta.get(KNOWLEDGE, b"").decode()


def row_of(reading: Reading) -> dict[str, Any]:
    """A report as a row of SCHEMA."""
    a, p = reading.article, reading.published
    return {
        **{
            n: getattr(a, n)
            for n in ("id", "source", "given_id", "url", "title", "language", "outlet", "agency", "text")
        },
        "published": str(p) or None,
        "published_how": str(p.how),
        "published_reasons": list(p.reasons),
        "published_start": p.span.start if p.span else None,
        "published_end": p.span.end if p.span else None,
        "blocks": [{"start": b.span.start, "end": b.span.end, "role": str(b.role), "rule": b.rule} for b in a.blocks],
        "anchors": [
            {
                "start": x.text.start,
                "end": x.text.end,
                "source_start": x.source.start if x.source else None,
                "source_end": x.source.end if x.source else None,
                "how": str(x.how),
            }
            for x in a.anchors
        ],
        "visits": [
            {
                **{n: getattr(v, n) for n in (*_TEXTS, "trip", "confidence")},
                **{n: list(getattr(v, n)) for n in _LISTS},
                "dates": str(v.dates) if v.dates else None,
                "status": str(v.status),
                "kind": str(v.kind),
                "evidence": _evidence(v.evidence),
            }
            for v in reading.visits
        ],
        "encounters": [
            {
                **{n: getattr(e, n) for n in ("id", "sentence", "place", "host_country")},
                "kind": str(e.kind),
                "status": str(e.status),
                "date": str(e.date) if e.date else None,
                "participants": list(e.participants),
                "evidence": _evidence(e.evidence),
            }
            for e in reading.encounters
        ],
    }


def reading_of(row: Mapping[str, Any]) -> Reading:
    """A row of SCHEMA as a report: ``reading_of(row_of(r))`` tells what ``r`` tells."""
    span = None if row["published_start"] is None else Span(row["published_start"], row["published_end"])
    published = Published(
        DateRange.parse(row["published"]) if row["published"] else None,
        Known(row["published_how"]),
        tuple(row["published_reasons"]),
        span,
    )
    article = Article(
        **{n: row[n] for n in ("id", "source", "given_id", "url", "title", "language", "outlet", "agency", "text")},
        blocks=tuple(Block(Span(b["start"], b["end"]), Role(b["role"]), b["rule"]) for b in row["blocks"]),
        published=published,
        anchors=tuple(
            Anchor(
                Span(x["start"], x["end"]),
                None if x["source_start"] is None else Span(x["source_start"], x["source_end"]),
                Alignment(x["how"]),
            )
            for x in row["anchors"]
        ),
    )

    def lists(v: Mapping[str, Any]) -> dict[str, Any]:
        return {n: tuple(v[n]) for n in _LISTS}

    visits = tuple(
        VisitReport(
            article=article.id,
            **{n: v[n] for n in (*_TEXTS, "trip", "confidence")},
            **lists(v),
            dates=DateRange.parse(v["dates"]) if v["dates"] else None,
            status=Status(v["status"]),
            kind=Kind(v["kind"]),
            evidence=_spans(article.id, v["evidence"]),
        )
        for v in row["visits"]
    )
    encounters = tuple(
        Encounter(
            article=article.id,
            **{n: e[n] for n in ("id", "sentence", "place", "host_country")},
            kind=Contact(e["kind"]),
            status=Status(e["status"]),
            date=DateRange.parse(e["date"]) if e["date"] else None,
            participants=tuple(e["participants"]),
            evidence=_spans(article.id, e["evidence"]),
        )
        for e in row["encounters"]
    )
    return Reading(article, published, visits, encounters)


def _evidence(found: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [{"field": e.field, "start": e.span.start, "end": e.span.end, "rule": e.rule} for e in found]


def _spans(article: str, found: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(article, Span(e["start"], e["end"]), e["field"], e["rule"]) for e in found)
