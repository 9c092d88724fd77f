"""Visits in the layout of COLT, the Country and Organizational Leader Travel data: one row a trip that took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import BinaryIO

from summitry.model.dates import DateRange
from summitry.publish.columns import Field, fields, flat
from summitry.publish.tables import Sheet
from summitry.publish.terms import Terms
from summitry.register.exporting import Entry

FIELDS: tuple[Field, ...] = fields("colt.toml")
"""The columns, in order; the last ones are the links."""

LINKS = sum(f.name.startswith("SourceLink") for f in FIELDS)


def write_colt(visits: Iterable[Entry], out: BinaryIO, terms: Terms, *, all_ranks: bool = False) -> int:
    """Trips that took place, of heads of state and government (``all_ranks``: of all); returns the number of rows."""
    sheet = Sheet(out)
    sheet.write(f.name for f in FIELDS)
    count = 0
    for entry in visits:
        if terms.took_place(entry.row["status"]) and (all_ranks or is_head(entry, terms)):
            sheet.write(map(_cell, row_of(entry, terms)))
            count += 1
    return count


def is_head(entry: Entry, terms: Terms) -> bool:
    """Whether the visitor was head of state or government on the days of the visit, or on those of its first report."""
    row = entry.row
    return terms.is_head(row["visitor"], row["visitor_country"], row["dates"] or row["first_told"])


def row_of(entry: Entry, terms: Terms) -> list[object]:
    """The values of a visit in the order of FIELDS; None where it is not told."""
    row = entry.row
    first, last = days_of(row["dates"])
    heads = [
        name for name in row["meets"] if terms.is_head(name, row["host_country"], row["dates"] or row["first_told"])
    ]
    several = row["kind"] == "multilateral"
    links = [s.link for s in entry.sources][:LINKS]
    return [
        row["visitor"],
        row["visitor_country"],
        row["host_country"],
        row["places"],
        first,
        last,
        (last - first).days + 1 if first and last else None,
        True if heads else None,
        heads,
        None if row["kind"] == "unspecified" else several,
        row["occasion"] if several else None,
        True if row["documents"] else None,
        round(entry.best.confidence, 4) if entry.best else None,
        *links,
        *[None] * (LINKS - len(links)),
    ]


def days_of(dates: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The days of start and end, each None where it is not known to the day."""
    if not dates:
        return None, None
    start, end = DateRange.parse(dates).bounds()
    return (
        start[0] if start and start[0] == start[1] else None,
        end[0] if end and end[0] == end[1] else None,
    )


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else flat(value)
