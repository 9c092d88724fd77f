"""Visits as schema.org events in JSON-LD, one document; the vocabulary is named in the document, so no network is needed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from summitry.model.dates import DateRange, Unit
from summitry.publish.terms import Terms, codes, web_address
from summitry.register.exporting import Entry

SCHEMA = "https://schema.org/"
ID = "urn:summitry:visit:"


def write_jsonld(visits: Iterable[Entry], out: BinaryIO, terms: Terms) -> int:
    """Write one document with every visit; needs their history. Returns the number of visits."""
    out.write(b'{"@context": {"@vocab": "' + SCHEMA.encode() + b'"},\n"@graph": [')
    count = 0
    for entry in visits:
        out.write(b",\n" if count else b"\n")
        out.write(json.dumps(event_of(entry, terms), ensure_ascii=False).encode("utf-8"))
        count += 1
    out.write(b"\n]}\n")
    return count


def event_of(entry: Entry, terms: Terms) -> dict[str, Any]:
    """One visit as an Event; what is not told is left out. Dates are ISO 8601, as precise as they are known."""
    row = entry.row
    host = terms.countries.name(row["host_country"])
    begins, ends = _ends(row["dates"])
    earlier = previous_start(entry)
    status = codes()["schema_org"][row["status"]]
    if status == "EventScheduled" and earlier and row["status"] in ("proposed", "planned"):
        status = "EventRescheduled"
    country = {"@type": "Country", "name": host, "identifier": row["host_country"]}
    found: dict[str, Any] = {
        "@id": ID + row["id"],
        "@type": "Event",
        "identifier": row["id"],
        "name": f"{row['visitor']} in {host}",
        "startDate": begins,
        "endDate": ends,
        "previousStartDate": earlier,
        "eventStatus": {"@id": SCHEMA + status},
        "location": [{"@type": "Place", "name": p, "containedInPlace": country} for p in row["places"]] or country,
        "attendee": [_person(name) for name in (row["visitor"], *row["delegation"])],
        "performer": [_person(name) for name in row["meets"]],
        "about": row["occasion"],
        "keywords": [*row["agenda"], *row["documents"]],
        "description": terms.quotes.of(entry.best.sentence) if entry.best else None,
        "subjectOf": [
            {"@type": "NewsArticle", "url": web_address(s.url), "identifier": s.report, "datePublished": s.published}
            for s in entry.sources
        ],
    }
    return _told(found)


def previous_start(entry: Entry) -> str | None:
    """The start that reports told before they told the one the register goes by; None where it never moved."""
    row = entry.row
    now = DateRange.parse(row["dates"]).start if row["dates"] else None
    told = [e.dates for e in entry.history if e.dates]
    moved = [n for n, e in enumerate(entry.history) if e.change == "moved"]
    if not moved or now is None:
        return None
    starts = [DateRange.parse(d).start for d in told]
    before = [s for s in starts if s and not (s.first <= now.last and now.first <= s.last)]
    return str(before[-1]) if before else None


def _iso(unit: Unit | None, end: int) -> str | None:
    """A date as ISO 8601 has it. A season has no such form: its first month stands for its start, its last for its end."""
    if unit is None:
        return None
    if unit.month is not None and unit.month > 12:
        return str((unit.first, unit.last)[end])[:7]
    return str(unit).rstrip("~")


def _ends(dates: str | None) -> tuple[str | None, str | None]:
    if not dates:
        return None, None
    found = DateRange.parse(dates)
    return _iso(found.start, 0), _iso(found.end, 1)


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def _told(value: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    found = {
        k: ([_told(v) for v in w] if isinstance(w, list) and w and isinstance(w[0], dict) else w)
        for k, w in value.items()
    }
    return {k: v for k, v in found.items() if v not in (None, [], "")}
