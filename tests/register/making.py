"""Readings made by hand: a row states only what differs from the defaults."""

from __future__ import annotations

from typing import Any

from summitry.model.article import Article, Known, Published, digest
from summitry.model.dates import DateRange
from summitry.model.reading import Reading
from summitry.model.register import Told
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Contact, Encounter, Kind, Status, VisitReport


def edtf(text: str | None) -> DateRange | None:
    return DateRange.parse(text) if text else None


def visit(
    article: str = "a",
    visitor: str = "Ana Brnabić",
    country: str = "SRB",
    host: str = "GRC",
    dates: str | None = None,
    status: str = "planned",
    sentence: str | None = None,
    **more: Any,
) -> VisitReport:
    kind = Kind(more.pop("kind", "unspecified"))
    sentence = sentence or f"{visitor} / {host} / {dates} / {status}"
    return VisitReport(
        id=more.pop("id", None) or digest(article, visitor, host, sentence),
        article=article,
        visitor=visitor,
        visitor_country=country,
        host_country=host,
        dates=edtf(dates),
        status=Status(status),
        sentence=sentence,
        kind=kind,
        **more,
    )


def told(
    published: str | None = "2020-05-01",
    dates: str | None = None,
    status: str = "planned",
    article: str | None = None,
    outlet: str | None = None,
    voice: str = "",
    **more: Any,
) -> Told:
    own = {name: more.pop(name) for name in ("sketch", "country_of_press", "credited", "official") if name in more}
    article = article or digest(published, dates, status, outlet, voice, sorted((k, str(v)) for k, v in more.items()))
    v = visit(article, dates=dates, status=status, **more)
    own["country"] = own.pop("country_of_press", None)
    return Told(v.id, v, edtf(published), outlet, voice, **own)


def reading(
    text: str = "A report.",
    published: str | None = "2020-05-01",
    *visits: dict[str, Any],
    encounters: tuple[dict[str, Any], ...] = (),
    given_id: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    source: str = "reports.jsonl:1",
) -> Reading:
    name = digest(text, published, given_id, url)
    found = tuple(visit(name, **v) for v in visits)
    found = tuple(
        VisitReport(**{**_fields(v), "evidence": (Evidence(name, Span(0, len(text)), "visitor", "test"),)})
        for v in found
    )
    talks = tuple(
        Encounter(
            id=digest(name, e["participants"]),
            article=name,
            kind=Contact(e.get("kind", "call")),
            participants=tuple(e["participants"]),
            status=Status(e.get("status", "completed")),
            sentence=e.get("sentence", "They spoke."),
            date=edtf(e.get("date")),
        )
        for e in encounters
    )
    known = Known.METADATA if published else Known.UNKNOWN
    when = Published(edtf(published), known)
    article = Article(name, source, text, (), given_id, url, outlet=outlet, published=when)
    return Reading(article, when, found, talks)


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}
