"""The coming days: one line a visit, with how sure it is and what changed since the last look."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summitry.model.dates import DateRange
from summitry.model.errors import UsageError
from summitry.publish.terms import Terms
from summitry.register.exporting import Entry, Event

COLUMNS = ("days", "visitor", "country", "host", "places", "status", "sure", "changed", "id")
OFF = ("postponed", "cancelled", "ruled_out")
ROUGH = ("season", "year")
"""Days told so roughly have no place in a diary of days."""

_SPAN = re.compile(r"(\d{1,4})\s*(d|w|days?|weeks?)?", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of the diary. ``sure`` says how far the days and the news are settled; ``changed`` is "" for no change."""

    days: str
    visitor: str
    country: str
    host: str
    places: tuple[str, ...]
    status: str
    sure: str
    changed: str
    id: str


def length(text: str) -> int:
    """A number of days: "14d", "2w", "10". Raises UsageError."""
    found = _SPAN.fullmatch(text.strip())
    if not found or not 1 <= (days := int(found[1]) * (7 if (found[2] or "d").lower().startswith("w") else 1)) <= 3660:
        raise UsageError(f"--next {text!r} is no number of days or weeks: write 14d or 2w")
    return days


def lines(
    visits: Iterable[Entry], today: dt.date, days: int, terms: Terms, since: dt.date | None = None, country: str = ""
) -> Iterator[Line]:
    """The visits of ``today`` and the ``days`` after it, in the order of the visits given; they need their history.

    Visits known to the day or the month only. What was put off or called off is told only where that is news since
    ``since``. ``country`` is the code of a country that sends or receives.
    """
    last = today + dt.timedelta(days=days)
    for entry in visits:
        row = entry.row
        if country and country not in (row["visitor_country"], row["host_country"]):
            continue
        if not row["dates"] or row["first_day"] > last or row["last_day"] < today:
            continue
        when = DateRange.parse(row["dates"])
        news = changed(entry, since) if since else ""
        if when.precision in ROUGH or (row["status"] in OFF and not news):
            continue
        yield Line(
            row["dates"],
            row["visitor"],
            row["visitor_country"],
            terms.countries.name(row["host_country"]),
            tuple(row["places"]),
            row["status"].replace("_", " "),
            sure(entry, when),
            news,
            row["id"],
        )


def sure(entry: Entry, when: DateRange) -> str:
    """How sure a visit is: "2 reports, 0.92", with what is open about its days and fields."""
    row = entry.row
    told = [f"{row['reports']} report" + ("" if row["reports"] == 1 else "s")]
    if entry.best:
        told.append(f"{entry.best.confidence:.2f}")
    if when.precision != "day":
        told.append(f"{when.precision} only")
    elif when.start is None or when.end is None:
        told.append("start open" if when.start is None else "end open")
    if row["conflicts"]:
        told.append(f"reports differ on {', '.join(row['conflicts'])}")
    return ", ".join(told)


def changed(entry: Entry, since: dt.date) -> str:
    """What reports of ``since`` and later changed: "new", "moved, was 2024-05-13", "was proposed"; "" for nothing."""
    before = [e for e in entry.history if (day := _told(e)) and day < since]
    after = [e for e in entry.history if (day := _told(e)) and day >= since]
    if not after:
        return ""
    if not before:
        return "new"
    told = []
    dates = next((e.dates for e in reversed(before) if e.dates), None)
    if any(e.change == "moved" for e in after):
        told.append(f"moved, was {dates}" if dates else "moved")
    if before[-1].status != entry.row["status"]:
        told.append(f"was {before[-1].status.replace('_', ' ')}")
    return "; ".join(told)


def _told(event: Event) -> dt.date | None:
    return DateRange.parse(event.told).earliest if event.told else None
