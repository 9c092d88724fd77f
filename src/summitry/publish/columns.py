"""The one list of columns of a visit: every table, export and reference page takes them from here.

What a column is called and what it holds stands in ``data/publish/columns.toml``; here is how it comes from a visit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from summitry.lexicon.files import DATA, read_toml
from summitry.model.dates import DateRange
from summitry.model.errors import KnowledgeError
from summitry.publish.terms import Terms
from summitry.register.exporting import ClaimRow, Entry

Row = Mapping[str, Any]
TYPES = frozenset({"string", "list", "integer", "number", "boolean", "date"})


@dataclass(frozen=True, slots=True)
class Field:
    """What is told of a column: name, type (one of TYPES), a label of 80 characters at most, what it holds.

    ``values`` are all codes that it may hold (empty: free); ``rule`` is the heading of the coding rules that settles it.
    """

    name: str
    type: str
    label: str
    holds: str
    values: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of visits: what is told of it, and how its value comes from a visit.

    Values are None, str, int, float, bool, ``date`` or a list of str, as its type says.
    """

    field: Field
    value: Callable[[Entry, Terms], Any]

    @property
    def name(self) -> str:
        """The column's name."""
        return self.field.name

    @property
    def type(self) -> str:
        """The column's type."""
        return self.field.type

    @property
    def holds(self) -> str:
        """What the column holds."""
        return self.field.holds


def fields(name: str, table: str = "column") -> tuple[Field, ...]:
    """The columns of one table of ``data/publish``, in order. Raises KnowledgeError with file and column."""
    path = DATA / "publish" / name
    found = []
    for row in read_toml(path)[table]:
        if row.get("type") not in TYPES or len(row.get("label", "")) not in range(1, 81) or not row.get("holds"):
            raise KnowledgeError(f"{path}: {row.get('name')}: type, label (80 characters) or holds is wrong")
        texts = (row["name"], row["type"], row["label"], row["holds"])
        found.append(Field(*texts, tuple(row.get("values", ())), row.get("rule", "")))
    return tuple(found)


def _plain(name: str) -> Callable[[Entry, Terms], Any]:
    return lambda entry, _: entry.row[name]


def unconfirmed(row: Row, as_of: dt.date | None) -> bool:
    """Whether a visit is over by the calendar at ``as_of`` though no report told that it took place or was called off."""
    if as_of is None or row["last_day"] is None or row["status"] not in ("proposed", "planned"):
        return False
    return bool(row["last_day"] < as_of)


def _bound(end: int, side: int) -> Callable[[Entry, Terms], dt.date | None]:
    def value(entry: Entry, _: Terms) -> dt.date | None:
        dates = entry.row["dates"]
        found = DateRange.parse(dates).bounds()[end] if dates else None
        return found[side] if found else None

    return value


def _precision(entry: Entry, _: Terms) -> str | None:
    dates = entry.row["dates"]
    return DateRange.parse(dates).precision if dates else None


def _state(system: str, side: str) -> Callable[[Entry, Terms], int | None]:
    def value(entry: Entry, terms: Terms) -> int | None:
        row = entry.row
        if row["first_day"] is None or row["last_day"] is None:
            return None
        places = tuple(row["places"]) if side == "host" else ()
        return terms.state(system, row[f"{side}_country"], row["first_day"], row["last_day"], places)

    return value


def _signed(entry: Entry, terms: Terms) -> bool | None:
    return True if entry.row["documents"] and terms.took_place(entry.row["status"]) else None


def _multilateral(entry: Entry, _: Terms) -> bool | None:
    kind = entry.row["kind"]
    return None if kind == "unspecified" else bool(kind == "multilateral")


def _quote(entry: Entry, terms: Terms) -> str | None:
    return terms.quotes.of(entry.best.sentence) if entry.best else None


_VALUES: dict[str, Callable[[Entry, Terms], Any]] = {
    "visitor_cow": _state("cow", "visitor"),
    "visitor_gw": _state("gw", "visitor"),
    "host_cow": _state("cow", "host"),
    "host_gw": _state("gw", "host"),
    "start_earliest": _bound(0, 0),
    "start_latest": _bound(0, 1),
    "end_earliest": _bound(1, 0),
    "end_latest": _bound(1, 1),
    "precision": _precision,
    "took_place": lambda entry, terms: terms.took_place(entry.row["status"]),
    "unconfirmed": lambda entry, terms: unconfirmed(entry.row, terms.as_of),
    "multilateral": _multilateral,
    "signed": _signed,
    "confidence": lambda entry, _: round(entry.best.confidence, 4) if entry.best else None,
    "sources": lambda entry, _: [s.link for s in entry.sources],
    "quote": _quote,
}

COLUMNS: tuple[Column, ...] = tuple(Column(f, _VALUES.get(f.name) or _plain(f.name)) for f in fields("columns.toml"))
"""All columns, in order."""

NAMES = tuple(c.name for c in COLUMNS)


def values(entry: Entry, terms: Terms) -> list[Any]:
    """The values of a visit in the order of the columns, typed as the columns say."""
    return [c.value(entry, terms) for c in COLUMNS]


def record(row: Row, as_of: dt.date | None, terms: Terms | None = None) -> dict[str, Any]:
    """A visit's row as name and value, in the order of the columns; lists stay lists, days are written out."""
    return record_of(Entry(dict(row)), terms or Terms.load(as_of))


def record_of(entry: Entry, terms: Terms) -> dict[str, Any]:
    """As ``record``, of a visit with its accounts: what JSON can hold."""
    return dict(zip(NAMES, map(plain, values(entry, terms)), strict=True))


def plain(value: Any) -> Any:
    """A value as JSON can hold it: a day as its ISO 8601 text."""
    return value.isoformat() if isinstance(value, dt.date) else value


CLAIMS = fields("claims.toml")
"""The columns of a table of claims, in order."""


def claim_values(claim: ClaimRow, terms: Terms) -> list[Any]:
    """The values of a claim in the order of CLAIMS."""
    s = claim.source
    return [
        claim.visit, claim.visitor, claim.host_country, claim.field, claim.value, claim.chosen, claim.voices,
        s.report, s.published,
        s.outlet, terms.quotes.of(s.title), s.url, terms.quotes.of(s.sentence),
    ]  # fmt: skip


def flat(value: Any) -> str:
    """A value as the text of one cell: lists joined by "; ", nothing for None, true and false in lower case."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(str(v) for v in value)
    return str(value)


def cells(row: list[Any]) -> Iterator[str]:
    """The values of a row as the texts of cells."""
    return map(flat, row)
