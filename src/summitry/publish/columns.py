"""The one list of columns of a visit: every table, export and reference page takes them from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and how it comes from a row of the table ``visits`` as of a day."""

    name: str
    holds: str
    value: Callable[[Row, dt.date | None], Any]


def _plain(name: str) -> Callable[[Row, dt.date | None], Any]:
    return lambda row, _: row[name]


def _day(name: str) -> Callable[[Row, dt.date | None], Any]:
    return lambda row, _: row[name].isoformat() if row[name] else None


def unconfirmed(row: Row, as_of: dt.date | None) -> bool:
    """Whether a visit is over by the calendar at ``as_of`` though no report told that it took place or was called off."""
    if as_of is None or row["last_day"] is None or row["status"] not in ("proposed", "planned"):
        return False
    return bool(row["last_day"] < as_of)


COLUMNS: tuple[Column, ...] = (
    Column("id", "the visit's id: the hash of its earliest report's evidence", _plain("id")),
    Column("visitor", "full name, as on the days of the reports", _plain("visitor")),
    Column("visitor_country", "alpha-3 code of the visitor's country, or code of a body", _plain("visitor_country")),
    Column("host_country", "ISO 3166-1 alpha-3 code of the country visited", _plain("host_country")),
    Column("places", "cities and sites of the visit", _plain("places")),
    Column("dates", "EDTF (ISO 8601-2), empty where no report told any", _plain("dates")),
    Column("first_day", "first day that the dates can mean", _day("first_day")),
    Column("last_day", "last day that the dates can mean", _day("last_day")),
    Column("status", "proposed, planned, ongoing, completed, postponed, cancelled, ruled_out", _plain("status")),
    Column("unconfirmed", "true where a visit is over by the calendar, and no report says that it took place", unconfirmed),
    Column("kind", "state, official, working, private, transit, multilateral or unspecified", _plain("kind")),
    Column("trip", "id of the first visit of the tour; the visit's own id where it stands alone", _plain("trip")),
    Column("meets", "who is to be met or was met there", _plain("meets")),
    Column("delegation", "who travels along", _plain("delegation")),
    Column("invited_by", "who invited", _plain("invited_by")),
    Column("announced_by", "who is credited with the news", _plain("announced_by")),
    Column("occasion", "what the visit is for", _plain("occasion")),
    Column("agenda", "what is to be discussed", _plain("agenda")),
    Column("documents", "what is to be signed, or was", _plain("documents")),
    Column("first_told", "publication date of the first report", _plain("first_told")),
    Column("last_told", "publication date of the newest report", _plain("last_told")),
    Column("reports", "how many reports tell of the visit", _plain("reports")),
    Column("outlets", "who published them, where known", _plain("outlets")),
    Column("conflicts", "fields on which reports differ", _plain("conflicts")),
)  # fmt: skip
"""All columns, in order."""

NAMES = tuple(c.name for c in COLUMNS)


def record(row: Row, as_of: dt.date | None) -> dict[str, Any]:
    """A visit as name and value, in the order of the columns; lists stay lists."""
    return {c.name: c.value(row, as_of) for c in COLUMNS}


def flat(value: Any) -> str:
    """A value as the text of one cell: lists joined by "; ", nothing for None, true and false in lower case."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(str(v) for v in value)
    return str(value)
