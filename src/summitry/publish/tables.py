"""Visits as CSV, tab-separated values and JSON lines, tidy (one row a visit), wide or one row a claim."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Protocol

from summitry.publish.columns import CLAIMS, COLUMNS, NAMES, Column, cells, claim_values, flat, record_of, values
from summitry.publish.terms import Terms
from summitry.register.exporting import ClaimRow, Entry

WIDE = ("places", "meets", "delegation", "announced_by", "agenda", "documents", "outlets", "conflicts", "sources")
"""The lists that a wide table spreads out."""


class HasClaims(Protocol):
    """What can tell its claims: ``Visits`` of the register."""

    def claims(self) -> Iterator[ClaimRow]:
        """Every claim."""


class Sheet:
    """Rows of cells as CSV (RFC 4180, lines ended by a newline) or tab-separated values, in UTF-8."""

    def __init__(self, out: BinaryIO, *, tabs: bool = False) -> None:
        self._out = out
        self._tabs = tabs
        self._text = io.StringIO()
        self._csv = csv.writer(self._text, lineterminator="\n")

    def write(self, row: Iterable[str]) -> None:
        """Write one row. Tab-separated cells cannot hold tabs and line breaks; there they become blanks."""
        if self._tabs:
            self._out.write(("\t".join(" ".join(cell.split()) for cell in row) + "\n").encode("utf-8"))
            return
        self._csv.writerow(row)
        self._out.write(self._text.getvalue().encode("utf-8"))
        self._text.seek(0)
        self._text.truncate()


def write_csv(
    visits: Iterable[Entry],
    out: BinaryIO,
    terms: Terms,
    *,
    tabs: bool = False,
    seen: Callable[[list[Any]], None] | None = None,
) -> int:
    """One row a visit with a header, lists joined by "; "; returns the number of visits. ``seen`` is shown each row's values."""
    sheet = Sheet(out, tabs=tabs)
    sheet.write(NAMES)
    count = 0
    for entry in visits:
        row = values(entry, terms)
        if seen is not None:
            seen(row)
        sheet.write(cells(row))
        count += 1
    return count


def write_tsv(visits: Iterable[Entry], out: BinaryIO, terms: Terms) -> int:
    """As ``write_csv``, separated by tabs."""
    return write_csv(visits, out, terms, tabs=True)


def write_jsonl(visits: Iterable[Entry], out: BinaryIO, terms: Terms) -> int:
    """One JSON object a line, UTF-8, lists as lists; returns the number of visits."""
    count = 0
    for entry in visits:
        out.write((json.dumps(record_of(entry, terms), ensure_ascii=False) + "\n").encode("utf-8"))
        count += 1
    return count


def write_wide(visits: Iterable[Entry], out: BinaryIO, terms: Terms, *, tabs: bool = False) -> int:
    """One row a visit, each member of a list in a column of its own: meets_1, meets_2, ... Goes through the visits twice."""
    spread = [c for c in COLUMNS if c.name in WIDE]
    most = {c.name: 1 for c in spread}
    for entry in visits:
        for c in spread:
            most[c.name] = max(most[c.name], len(c.value(entry, terms)))
    sheet = Sheet(out, tabs=tabs)
    sheet.write(name for c in COLUMNS for name in _wide_names(c, most))
    count = 0
    for entry in visits:
        sheet.write(cell for c in COLUMNS for cell in _wide_cells(c, c.value(entry, terms), most))
        count += 1
    return count


def _wide_names(column: Column, most: dict[str, int]) -> list[str]:
    if column.name not in most:
        return [column.name]
    return [f"{column.name}_{n}" for n in range(1, most[column.name] + 1)]


def _wide_cells(column: Column, value: Any, most: dict[str, int]) -> list[str]:
    if column.name not in most:
        return [flat(value)]
    return [*map(str, value), *[""] * (most[column.name] - len(value))]


def write_claims(visits: HasClaims, out: BinaryIO, terms: Terms, *, tabs: bool = False) -> int:
    """One row for each value that a report gives a field, with the report and its sentence; returns the number of rows."""
    sheet = Sheet(out, tabs=tabs)
    sheet.write(f.name for f in CLAIMS)
    count = 0
    for claim in visits.claims():
        sheet.write(cells(claim_values(claim, terms)))
        count += 1
    return count
