"""What changed, as an Atom feed (RFC 4287), newest first: visits told of for the first time, with another status, or moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol
from xml.sax.saxutils import escape, quoteattr

from summitry.model.dates import DateRange
from summitry.publish.terms import Terms, web_address
from summitry.register.exporting import Entry, Event

UNDATED = "1970-01-01"
_ILLEGAL = {n: " " for n in range(32) if n not in (9, 10, 13)} | {0xFFFE: " ", 0xFFFF: " "}


class HasChanges(Protocol):
    """What can tell its changes: ``Visits`` of the register."""

    def changes(self) -> Iterable[tuple[Entry, Event]]:
        """Every change with its visit, newest first."""


def write_atom(
    visits: HasChanges, out: BinaryIO, terms: Terms, *, name: str = "Visits", limit: int | None = None
) -> int:
    """Write the changes, at most ``limit`` of them; returns their number."""
    day = terms.as_of.isoformat() if terms.as_of else UNDATED
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>{_text(name)}</title>\n'
    head += (
        f"<id>urn:summitry:changes</id>\n<updated>{day}T00:00:00Z</updated>\n<author><name>Summitry</name></author>\n"
    )
    out.write(head.encode("utf-8"))
    count = 0
    for entry, event in visits.changes():
        if count == limit:
            break
        out.write("".join(entry_lines(entry, event, terms)).encode("utf-8"))
        count += 1
    out.write(b"</feed>\n")
    return count


def entry_lines(entry: Entry, event: Event, terms: Terms) -> Iterator[str]:
    """The lines of one change."""
    row = entry.row
    source = next((s for s in entry.sources if s.key == event.report), None)
    told = DateRange.parse(event.told).earliest if event.told else None
    host = terms.countries.name(row["host_country"])
    yield "<entry>\n"
    yield f"<id>urn:summitry:visit:{row['id']}:{event.report}</id>\n"
    yield f"<title>{_text(said(entry, event, host))}</title>\n"
    yield f"<updated>{told.isoformat() if told else UNDATED}T00:00:00Z</updated>\n"
    yield f"<category term={quoteattr(event.change)}/>\n<category term={quoteattr(event.status)}/>\n"
    if source and (url := web_address(source.url)):
        yield f'<link rel="alternate" href={quoteattr(url.translate(_ILLEGAL))}/>\n'
    if source and source.outlet:
        yield f"<author><name>{_text(source.outlet)}</name></author>\n"
    quote = terms.quotes.of(source.sentence) if source else None
    yield f"<summary>{_text(quote or said(entry, event, host))}</summary>\n"
    yield "</entry>\n"


def said(entry: Entry, event: Event, host: str) -> str:
    """A change in words: "Xi Jinping in Russia: moved to 2023-03-20/2023-03-22 (planned)"."""
    who = f"{entry.row['visitor']} in {host}"
    status = event.status.replace("_", " ")
    days = f" {event.dates}" if event.dates else ""
    if event.change == "moved":
        return f"{who}: moved to{days or ' other days'} ({status})"
    return f"{who}: {status}{days}" + (" (first told)" if event.change == "first" else "")


def _text(value: str) -> str:
    return escape(value.translate(_ILLEGAL))
