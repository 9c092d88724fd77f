"""Visits as events of PLOVER, one JSON object a line, with the CAMEO code of the same act beside each.

A visit that took place is two directed events: the visitor's state makes it (CAMEO 042), the host's state hosts it (043). A
planned one is an agreement to meet (036). A cancelled one is an event (160) only where a report tells which of the two sides
called it off; the rules stand in ``data/publish/events.toml``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO

from summitry.lexicon.files import DATA, read_toml
from summitry.model.dates import DateRange
from summitry.publish.terms import Terms
from summitry.register.exporting import Entry, Source

GOVERNMENT = "GOV"
"""PLOVER's sector of those who visit and of those who host."""


@lru_cache(maxsize=1)
def rules() -> list[dict[str, Any]]:
    """The rules, in order."""
    return list(read_toml(DATA / "publish" / "events.toml")["event"])


def write_plover(visits: Iterable[Entry], out: BinaryIO, terms: Terms) -> int:
    """Write the events of all visits; returns the number of events."""
    count = 0
    for entry in visits:
        for event in events_of(entry, terms):
            out.write((json.dumps(event, ensure_ascii=False) + "\n").encode("utf-8"))
            count += 1
    return count


def events_of(entry: Entry, terms: Terms) -> Iterator[dict[str, Any]]:
    """The events that a visit gives. A visit that took place is dated by its first day, an act of words by its report."""
    row = entry.row
    for rule in rules():
        if row["status"] not in rule["of"]:
            continue
        told = _telling(entry, row["status"])
        side = caller(entry) if rule["by"] == "caller" else rule["by"]
        if side is None:
            continue
        sides = {
            "visitor": _actor("visitor", row["visitor"], entry, terms),
            "host": _actor("host", None, entry, terms),
        }
        done = terms.took_place(row["status"])
        yield {
            "id": f"{row['id']}-{rule['id']}",
            "date": _day(row["dates"]) if done else (told.published if told else None),
            "event": rule["event"],
            "mode": rule["mode"],
            "context": rule["context"],
            "source": sides.pop(side),
            "target": next(iter(sides.values())),
            "location": {"country": row["host_country"], "places": row["places"]},
            "cameo": rule["cameo"],
            "visit": row["id"],
            "visit_dates": row["dates"],
            "confidence": round(told.confidence, 4) if told else None,
            "text": terms.quotes.of(told.sentence) if told else None,
            "publisher": told.outlet if told else None,
            "url": told.url if told else None,
        }


def caller(entry: Entry) -> str | None:
    """Which side called a visit off, "visitor" or "host", by whom reports credit with that news; None where they do not agree.

    A voice of a third country, or of none that is known, tells nothing.
    """
    row = entry.row
    sides = {row["visitor_country"]: "visitor", row["host_country"]: "host"}
    told = {sides[s.credited] for s in entry.sources if s.status == "cancelled" and s.credited in sides}
    return told.pop() if len(told) == 1 else None


def _actor(side: str, name: str | None, entry: Entry, terms: Terms) -> dict[str, Any]:
    row = entry.row
    code = row[f"{side}_country"]
    first, last = row["first_day"], row["last_day"]
    numbers = {
        system: terms.state(system, code, first, last, tuple(row["places"]) if side == "host" else ())
        if first
        else None
        for system in ("cow", "gw")
    }
    return {"country": code, "sector": GOVERNMENT, "name": name, **numbers}


def _telling(entry: Entry, status: str) -> Source | None:
    """The surest of the accounts that tell the status, else of all."""
    same = [s for s in entry.sources if s.status == status] or entry.sources
    return max(same, key=lambda s: s.confidence, default=None)


def _day(dates: str | None) -> str | None:
    """The day a visit began, where it is known; else the EDTF of its start."""
    if not dates:
        return None
    found = DateRange.parse(dates)
    return str(found.start) if found.start else None
