"""Panels of visits by directed dyad and day, by directed dyad and year, and by country and year.

Without zeros a panel holds what is told and nothing else. True zeros claim that the register would know of a visit had there
been one: they are made only on request, for a named span of years and a named set of states.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, BinaryIO

from summitry.model.dates import DateRange
from summitry.model.errors import UsageError
from summitry.publish.colt import days_of, is_head
from summitry.publish.columns import cells, fields
from summitry.publish.tables import Sheet
from summitry.publish.terms import Terms
from summitry.register.exporting import Entry

DYAD_DAY = fields("panels.toml", "dyad-day")
DYAD_YEAR = fields("panels.toml", "dyad-year")
COUNTRY_YEAR = fields("panels.toml", "country-year")
SYSTEMS = ("cow", "gw")

Numbers = tuple[int | None, int | None]
"""The numbers of a state in the two systems: Correlates of War, Gleditsch-Ward."""

Side = tuple[str, int | None, int | None]
"""A country with its numbers on a day."""


@dataclass(frozen=True, slots=True)
class Zeros:
    """For which years and states the absence of a visit is to be a zero. ``states`` are alpha-3 codes, or one of SYSTEMS."""

    first: dt.date
    last: dt.date
    states: tuple[str, ...]

    @classmethod
    def of(cls, first: dt.date | None, last: dt.date | None, states: str | None, terms: Terms) -> Zeros:
        """From what a user asked for. Raises UsageError where span or states are missing or wrong."""
        if first is None or last is None or not states:
            raise UsageError(
                "--zeros needs a span and states: --from 2010 --to 2019 --states CHN,RUS,USA (or cow, or gw)"
            )
        if last < first:
            raise UsageError("--zeros: the span ends before it begins")
        if states.strip().lower() in SYSTEMS:
            return cls(first, last, (states.strip().lower(),))
        found = [terms.countries.get(code) for code in states.split(",")]
        if None in found:
            wrong = [code for code, country in zip(states.split(","), found, strict=True) if country is None]
            raise UsageError(f"--states: {', '.join(wrong)} is no country; write alpha-3 codes, or cow, or gw")
        return cls(first, last, tuple(sorted({c.code for c in found if c})))

    def codes(self, terms: Terms) -> tuple[str, ...]:
        """The countries, by alpha-3 code."""
        if self.states[0] in SYSTEMS:
            return tuple(c.code for c in terms.countries if any(m.system == self.states[0] for m in c.memberships))
        return self.states

    def counts(self, numbers: Numbers) -> bool:
        """Whether a state with these numbers belongs to the set."""
        return self.states[0] not in SYSTEMS or numbers[SYSTEMS.index(self.states[0])] is not None


@dataclass(slots=True)
class _Cell:
    """What is counted of a dyad: visits that took place by heads and by others, their days, and those that did not."""

    visits: int = 0
    by_heads: int = 0
    days: int = 0
    planned: int = 0
    postponed: int = 0
    called_off: int = 0


def write_dyad_day(visits: Iterable[Entry], out: BinaryIO, terms: Terms, zeros: Zeros | None = None) -> int:
    """One row for each day and directed dyad with a visit under way; returns the number of rows."""
    held: dict[tuple[dt.date, Side, Side], _Cell] = {}
    for entry in visits:
        row = entry.row
        first, last = days_of(row["dates"])
        if not terms.took_place(row["status"]) or (first or last) is None:
            continue
        head = is_head(entry, terms)
        # Of a visit with one end open the day that is told is known, and no other.
        start, end = first or last, last or first
        while start is not None and end is not None and start <= end:
            key = (start, _side(entry, terms, "visitor", start, start), _side(entry, terms, "host", start, start))
            cell = held.setdefault(key, _Cell())
            cell.visits += 1
            cell.by_heads += head
            start += dt.timedelta(days=1)
    if zeros is None:
        rows: Iterator[Any] = iter(sorted(held.items(), key=lambda item: _order(item[0])))
    else:
        rows = _days_with_zeros(held, zeros, terms)
    return _write(out, DYAD_DAY, ([key[0], *_sides(key), c.visits, c.by_heads] for key, c in rows))


def write_dyad_year(visits: Iterable[Entry], out: BinaryIO, terms: Terms, zeros: Zeros | None = None) -> int:
    """One row for each year and directed dyad of which something is told; returns the number of rows."""
    held = _by_year(visits, terms)
    none: int | None = None if zeros is None else 0
    if zeros is not None:
        held = _with_zeros(held, zeros, terms, _pairs, _Cell)
    return _write(
        out,
        DYAD_YEAR,
        (
            [key[0], *_sides(key), *((c.visits, c.by_heads, c.days) if c.visits else (none,) * 3), c.planned,
             c.postponed, c.called_off]
            for key, c in sorted(held.items(), key=lambda item: _order(item[0]))
        ),
    )  # fmt: skip


def write_country_year(visits: Iterable[Entry], out: BinaryIO, terms: Terms, zeros: Zeros | None = None) -> int:
    """One row for each year and country that paid or received a visit; returns the number of rows."""
    held: dict[tuple[int, Side], _Country] = {}
    for (year, sender, host), cell in _by_year(visits, terms).items():
        if cell.visits:
            paid, received = held.setdefault((year, sender), _Country()), held.setdefault((year, host), _Country())
            paid.paid += cell.visits
            paid.paid_by_heads += cell.by_heads
            paid.visited.add(host[0])
            received.received += cell.visits
            received.received_from_heads += cell.by_heads
            received.guests.add(sender[0])
    none: int | None = None if zeros is None else 0
    if zeros is not None:
        held = _with_zeros(held, zeros, terms, _alone, _Country)
    return _write(
        out,
        COUNTRY_YEAR,
        (
            [key[0], *key[1],
             *((c.paid, c.paid_by_heads, len(c.visited)) if c.paid else (none,) * 3),
             *((c.received, c.received_from_heads, len(c.guests)) if c.received else (none,) * 3)]
            for key, c in sorted(held.items(), key=lambda item: _order(item[0]))
        ),
    )  # fmt: skip


@dataclass(slots=True)
class _Country:
    paid: int = 0
    paid_by_heads: int = 0
    visited: set[str] = field(default_factory=set)
    received: int = 0
    received_from_heads: int = 0
    guests: set[str] = field(default_factory=set)


def year_of(dates: str | None) -> int | None:
    """The year in which a visit began (ended, where its start is open); None where it is not known."""
    if not dates:
        return None
    start, end = DateRange.parse(dates).bounds()
    told = start or end
    return told[0].year if told and told[0].year == told[1].year else None


def _by_year(visits: Iterable[Entry], terms: Terms) -> dict[tuple[int, Side, Side], _Cell]:
    held: dict[tuple[int, Side, Side], _Cell] = {}
    for entry in visits:
        row = entry.row
        year = year_of(row["dates"])
        if year is None:
            continue
        sides = [_side(entry, terms, side, row["first_day"], row["last_day"]) for side in ("visitor", "host")]
        cell = held.setdefault((year, sides[0], sides[1]), _Cell())
        took_place = terms.took_place(row["status"])
        if took_place:
            cell.visits += 1
            cell.by_heads += is_head(entry, terms)
            first, last = days_of(row["dates"])
            cell.days += (last - first).days + 1 if first and last else 0
        elif took_place is False:
            cell.called_off += 1
        elif row["status"] == "postponed":
            cell.postponed += 1
        else:
            cell.planned += 1
    return held


def _side(entry: Entry, terms: Terms, side: str, first: dt.date, last: dt.date) -> Side:
    code = entry.row[f"{side}_country"]
    places = tuple(entry.row["places"]) if side == "host" else ()
    cow, gw = (terms.state(system, code, first, last, places) for system in SYSTEMS)
    return (code, cow, gw)


def _sides(key: Any) -> list[Any]:
    sender, host = key[1:]
    return [sender[0], host[0], *sender[1:], *host[1:]]


def _order(key: Any) -> Any:
    return (key[0], *((part[0], *(n or 0 for n in part[1:])) for part in key[1:]))


def _write(out: BinaryIO, columns: tuple[Any, ...], rows: Iterable[list[Any]]) -> int:
    sheet = Sheet(out)
    sheet.write(f.name for f in columns)
    count = 0
    for row in rows:
        sheet.write(cells(row))
        count += 1
    return count


def _stretches(code: str, first: dt.date, last: dt.date, terms: Terms) -> list[tuple[dt.date, dt.date, Numbers]]:
    """The parts of a span in each of which a country bears the same numbers."""
    country = terms.countries.get(code)
    days = {first, last + dt.timedelta(days=1)}
    for m in country.memberships if country else ():
        days |= {d for d in (m.start, m.end + dt.timedelta(days=1) if m.end else None) if d and first < d <= last}
    found: list[tuple[dt.date, dt.date, Numbers]] = []
    for start, following in pairwise(sorted(days)):
        numbers = (terms.state("cow", code, start, start), terms.state("gw", code, start, start))
        found.append((start, following - dt.timedelta(days=1), numbers))
    return found


def _pairs(year: int, zeros: Zeros, terms: Terms) -> Iterator[tuple[int, Side, Side]]:
    span = (max(zeros.first, dt.date(year, 1, 1)), min(zeros.last, dt.date(year, 12, 31)))
    parts = {c: [p for p in _stretches(c, *span, terms) if zeros.counts(p[2])] for c in zeros.codes(terms)}
    for a, mine in parts.items():
        for b, theirs in parts.items():
            if a != b:
                both = {(x[2], y[2]) for x in mine for y in theirs if x[0] <= y[1] and y[0] <= x[1]}
                yield from ((year, (a, *x), (b, *y)) for x, y in both)


def _alone(year: int, zeros: Zeros, terms: Terms) -> Iterator[tuple[int, Side]]:
    span = (max(zeros.first, dt.date(year, 1, 1)), min(zeros.last, dt.date(year, 12, 31)))
    for code in zeros.codes(terms):
        for numbers in {p[2] for p in _stretches(code, *span, terms) if zeros.counts(p[2])}:
            yield (year, (code, *numbers))


def _with_zeros(
    held: dict[Any, Any],
    zeros: Zeros,
    terms: Terms,
    keys: Callable[[int, Zeros, Terms], Iterator[Any]],
    empty: Callable[[], Any],
) -> dict[Any, Any]:
    """The rows of the span and the states, with an empty one wherever nothing is told."""
    codes = frozenset(zeros.codes(terms))
    years = range(zeros.first.year, zeros.last.year + 1)
    kept = {k: c for k, c in held.items() if k[0] in years and all(side[0] in codes for side in k[1:])}
    for year in years:
        for key in keys(year, zeros, terms):
            kept.setdefault(key, empty())
    return kept


def _days_with_zeros(held: dict[Any, _Cell], zeros: Zeros, terms: Terms) -> Iterator[tuple[Any, _Cell]]:
    codes = zeros.codes(terms)
    told: dict[dt.date, dict[Any, _Cell]] = {}
    for key, cell in held.items():
        if all(side[0] in codes for side in key[1:]):
            told.setdefault(key[0], {})[key] = cell
    day = zeros.first
    while day <= zeros.last:
        numbers = {c: (terms.state("cow", c, day, day), terms.state("gw", c, day, day)) for c in codes}
        sides: list[Side] = [(c, *n) for c, n in numbers.items() if zeros.counts(n)]
        rows = {(day, a, b): _Cell() for a in sides for b in sides if a[0] != b[0]} | told.get(day, {})
        yield from sorted(rows.items(), key=lambda item: _order(item[0]))
        day += dt.timedelta(days=1)
