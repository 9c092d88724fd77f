"""Visits as an iCalendar (RFC 5545): one event a stop, all day, that calendars update in place when the visit changes.

The identifier of an event is that of the visit, which lasts; ``SEQUENCE`` counts the changes that reports told. Written line
by line: a library takes a minute and a half for a hundred thousand events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from summitry.publish.colt import days_of
from summitry.publish.terms import Terms, codes, web_address
from summitry.register.exporting import Entry

FOLD = 75
"""Octets in a line, without its end (RFC 5545, 3.1)."""

PRODUCT = "-//Summitry//register of visits//EN"
UNDATED = dt.date(1970, 1, 1)
"""The stamp of a visit whose reports bear no date; a calendar needs one, and the clock would not give the same file twice."""


def write_ics(visits: Iterable[Entry], out: BinaryIO, terms: Terms, *, name: str = "Visits") -> int:
    """Write the visits whose first day is known; needs their history. Returns the number of events."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    _lines(out, [*head, f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"])
    count = 0
    for entry in visits:
        lines = list(event_lines(entry, terms))
        _lines(out, lines)
        count += bool(lines)
    _lines(out, ["END:VCALENDAR"])
    return count


def event_lines(entry: Entry, terms: Terms) -> Iterator[str]:
    """The lines of one event, not yet folded; none where the day of neither end is known.

    Of a visit with one end open the day that is told is shown, and no more.
    """
    row = entry.row
    first, last = days_of(row["dates"])
    first, last = first or last, last or first
    if first is None or last is None:
        return
    host = terms.countries.name(row["host_country"])
    changes = sum(e.change in ("status", "moved") for e in entry.history)
    stamp = max((s.told_on for s in entry.sources if s.told_on), default=UNDATED)
    status = row["status"].replace("_", " ")
    about = [f"{row['visitor']} ({row['visitor_country']}) in {host}: {status}"]
    about += [f"{label}: {'; '.join(row[key])}" for key, label in _LISTED if row[key]]
    if row["occasion"]:
        about.append(f"Occasion: {row['occasion']}")
    quote = terms.quotes.of(entry.best.sentence) if entry.best else None
    about += [f"“{quote}”"] if quote else []
    about += [f"Reports: {row['reports']}"]
    yield "BEGIN:VEVENT"
    yield f"UID:{row['id']}@summitry"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{changes}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{_after(last):%Y%m%d}"
    yield "SUMMARY:" + _text(f"{row['visitor']} in {host}" + _MARKS.get(row["status"], ""))
    yield f"STATUS:{codes()['calendar'][row['status']]}"
    yield "TRANSP:TRANSPARENT"
    yield f"LOCATION:{_text(', '.join([*row['places'], host]))}"
    yield f"CATEGORIES:{_text(row['kind'])},{_text(status)}"
    yield f"DESCRIPTION:{_text(chr(10).join(about))}"
    url = next((found for s in entry.sources if (found := web_address(s.url))), None)
    if url:
        yield f"URL:{url}"
    yield "END:VEVENT"


_LISTED = (("meets", "Meets"), ("delegation", "With"), ("agenda", "Agenda"), ("documents", "Documents"))
_MARKS = {
    "proposed": " (proposed)",
    "postponed": " (postponed)",
    "cancelled": " (cancelled)",
    "ruled_out": " (ruled out)",
}


def _after(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def _text(value: str) -> str:
    """A text value (RFC 5545, 3.3.11): marks escaped, other control characters left out."""
    kept = "".join(c for c in value if c in "\n\t" or c.isprintable() or ord(c) > 0x9F)
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _lines(out: BinaryIO, lines: Iterable[str]) -> None:
    for line in lines:
        data = line.encode("utf-8")
        while len(data) > FOLD:
            cut = FOLD
            while data[cut] & 0xC0 == 0x80:
                cut -= 1
            out.write(data[:cut] + b"\r\n")
            data = b" " + data[cut:]
        out.write(data + b"\r\n")
