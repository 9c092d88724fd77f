"""A list coded by hand beside a register: what both have, what one lacks, and by how many days they differ."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summitry.link.names import parts, same_name
from summitry.model.dates import DateRange
from summitry.publish.lists import Listed
from summitry.register.exporting import Entry

WITHIN = 31
"""Days by which a row and a visit may differ at most and still be the same, unless it is asked otherwise."""

STEPS = (0, 1, 3)
"""Differences of days that are counted apart: the press and ministries differ by a day or three."""

COLUMNS = ("in", "visitor", "host", "list_days", "register_days", "differ", "status", "id", "source")


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the list with its visit; one of the two is None where the other side lacks it.

    ``differ`` is the larger difference of first and last day, as far as both are known; None where no day of both is.
    """

    row: Listed | None
    entry: Entry | None
    differ: int | None = None

    @property
    def side(self) -> str:
        """Who has it: "both", "list" or "register"."""
        return "both" if self.row and self.entry else "list" if self.row else "register"


def compare(
    rows: Sequence[Listed], visits: Iterable[Entry], within: int = WITHIN, *, name: str = "", everyone: bool = False
) -> list[Pair]:
    """Every row and every visit in the scope of the list, paired one to one, the closest first.

    The scope: visits that took place, of people whom the list names (``everyone``: of the countries whose people it
    names), between its first and its last day. Visits known from the list itself (by its ``name``) do not count.
    """
    entries = [e for e in visits if not e.sources or any(s.outlet != name for s in e.sources)]
    by_host: dict[str, list[int]] = defaultdict(list)
    for n, entry in enumerate(entries):
        by_host[entry.row["host_country"]].append(n)
    options: list[tuple[int, int, int, int]] = []
    for m, row in enumerate(rows):
        for n in by_host[row.host_country]:
            if _same_person(row, entries[n]):
                gap = _gap(row.dates, entries[n].row["dates"])
                if gap is None or gap <= within:
                    options.append((within + 1 if gap is None else gap, _size(entries[n]), m, n))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, m, n in sorted(options):
        if m not in partner and n not in taken:
            partner[m] = n
            taken.add(n)
    pairs = [
        Pair(row, entries[partner[m]], _differ(row.dates, entries[partner[m]].row["dates"]))
        if m in partner
        else Pair(row, None)
        for m, row in enumerate(rows)
    ]
    scope = _Scope(rows, everyone)
    return pairs + [Pair(None, e) for n, e in enumerate(entries) if n not in taken and scope.holds(e)]


class _Scope:
    """What a list could have held."""

    def __init__(self, rows: Sequence[Listed], everyone: bool) -> None:
        days = [d for r in rows if r.dates for d in (r.dates.earliest, r.dates.latest) if d]
        self.first, self.last = min(days, default=dt.date.max), max(days, default=dt.date.min)
        self.names = {(r.visitor, r.visitor_country) for r in rows}
        self.countries = {r.visitor_country for r in rows}
        self.everyone = everyone

    def holds(self, entry: Entry) -> bool:
        row = entry.row
        if row["status"] not in ("ongoing", "completed") or row["first_day"] is None:
            return False
        if row["last_day"] < self.first or row["first_day"] > self.last or row["visitor_country"] not in self.countries:
            return False
        if self.everyone:
            return True
        return any(c == row["visitor_country"] and _same_name(n, row["visitor"]) for n, c in self.names)


def tally(pairs: Iterable[Pair]) -> dict[str, int]:
    """How many pairs of each kind: "list", "register", "both", and of both "0", "1", "3" (at most), "more", "open"."""
    found: Counter[str] = Counter(
        {"both": 0, "list": 0, "register": 0, **{str(s): 0 for s in STEPS}, "more": 0, "open": 0}
    )
    for pair in pairs:
        found[pair.side] += 1
        if pair.side == "both":
            step = next((str(s) for s in STEPS if pair.differ is not None and pair.differ <= s), "more")
            found["open" if pair.differ is None else step] += 1
    return dict(found)


def _same_person(row: Listed, entry: Entry) -> bool:
    there = entry.row
    return row.visitor_country == there["visitor_country"] and _same_name(row.visitor, there["visitor"])


def _same_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=lambda n: len(parts(n)))
    return same_name(short, long)


def _bounds(dates: DateRange) -> tuple[dt.date, dt.date]:
    first = dates.earliest or dates.latest
    last = dates.latest or dates.earliest
    if first is None or last is None:
        raise ValueError("a range needs an end that is known")
    return first, last


def _gap(mine: DateRange | None, theirs: str | None) -> int | None:
    """Days between two stays; 0 where they touch, None where one is not dated."""
    if mine is None or not theirs:
        return None
    a, b = _bounds(mine), _bounds(DateRange.parse(theirs))
    return max(0, (b[0] - a[1]).days, (a[0] - b[1]).days)


def _differ(mine: DateRange | None, theirs: str | None) -> int | None:
    if mine is None or not theirs:
        return None
    pairs = zip(mine.bounds(), DateRange.parse(theirs).bounds(), strict=True)
    known = [abs((a[0] - b[0]).days) for a, b in pairs if a and b and a[0] == a[1] and b[0] == b[1]]
    return max(known, default=None)


def _size(entry: Entry) -> int:
    row = entry.row
    return (row["last_day"] - row["first_day"]).days if row["first_day"] else 10**6
