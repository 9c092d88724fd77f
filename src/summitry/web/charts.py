"""Charts as numbers that a template draws: positions across are per cent of the width, so that text keeps its size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summitry.model.dates import DateRange
from summitry.model.visits import Status
from summitry.web.words import said

HEIGHT = 96
"""Height of the bars of a chart of years, in pixels."""

OPEN = 14
"""Days of a bar beyond the end that is told, where the other is open."""

TICKS = 8
"""About how many labels stand along a line of time."""

ORDER = tuple(str(s) for s in (Status.COMPLETED, Status.ONGOING, Status.PLANNED, Status.PROPOSED, Status.POSTPONED,
                               Status.CANCELLED, Status.RULED_OUT))  # fmt: skip
"""In what order the statuses stand on one another."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of one status: across in per cent, down in pixels."""

    x: float
    width: float
    y: float
    height: float
    status: str


@dataclass(frozen=True, slots=True)
class Column:
    """One year: its blocks, how many visits they are, and its label where there is room for one."""

    year: int
    x: float
    width: float
    blocks: tuple[Block, ...]
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class Years:
    """A chart of visits by year; ``top`` is the count at its upper edge. Two may share one ``top`` to be compared."""

    columns: tuple[Column, ...]
    top: int
    height: int = HEIGHT

    @property
    def total(self) -> int:
        """Visits in all."""
        return sum(c.count for c in self.columns)


def years(
    counts: Mapping[int, Mapping[str, int]], first: int | None = None, last: int | None = None, top: int | None = None
) -> Years | None:
    """A chart of counts by year and status; None where there are none. Years between without visits have a place."""
    if not counts and (first is None or last is None):
        return None
    low, high = first if first is not None else min(counts), last if last is not None else max(counts)
    if high - low < 7:
        low = high - 7
    top = top or max((sum(c.values()) for c in counts.values()), default=1) or 1
    size, step = 100 / (high - low + 1), max(1, -(-(high - low + 1) // 10))
    columns = []
    for year in range(low, high + 1):
        held, y, blocks = counts.get(year, {}), float(HEIGHT), []
        x = (year - low) * size
        for status in ORDER:
            if held.get(status):
                height = held[status] / top * (HEIGHT - 14)
                y -= height
                blocks.append(
                    Block(round(x + size * 0.1, 3), round(size * 0.8, 3), round(y, 2), round(height, 2), status)
                )
        label = str(year) if (year - low) % step == 0 else ""
        columns.append(Column(year, round(x, 3), round(size, 3), tuple(blocks), sum(held.values()), label))
    return Years(tuple(columns), top)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of time as a line: turns a day into per cent of the width."""

    first: dt.date
    last: dt.date

    def at(self, day: dt.date) -> float:
        """Where a day stands, 0 to 100; days outside stand at the ends."""
        length = (self.last - self.first).days or 1
        return round(min(100.0, max(0.0, (day - self.first).days / length * 100)), 3)

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Positions and labels: days of the month, months or years, as the length asks for."""
        days = (self.last - self.first).days
        if days <= 45:
            step = max(1, days // TICKS)
            found = [self.first + dt.timedelta(days=n) for n in range(0, days + 1, step)]
            return tuple((self.at(d), said(d.isoformat()).rsplit(" ", 1)[0]) for d in found)
        months = -(-days // 31 // TICKS) or 1
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000) if s >= months), 12_000)
        marks, year, month = [], self.first.year, 1
        while dt.date(year, month, 1) <= self.last:
            if dt.date(year, month, 1) >= self.first:
                marks.append(dt.date(year, month, 1))
            number = year * 12 + month - 1 + step
            year, month = number // 12, number % 12 + 1
            if year > 9999:
                break
        return tuple((self.at(d), str(d.year) if step >= 12 else said(d.isoformat()[:7])) for d in marks)


@dataclass(frozen=True, slots=True)
class Bar:
    """A visit on a line of time: the days that it surely covers, and those that it may, both as start and width."""

    sure: tuple[float, float] | None
    maybe: tuple[float, float]
    open_start: bool
    open_end: bool


def bar(dates: DateRange, line: Line) -> Bar:
    """The bar of a visit. Days told by the day are sure; of a month, a season or an open end only the reach is known."""
    start, end = dates.bounds()
    low = start[0] if start else None
    high = end[1] if end else None
    tail = dt.timedelta(days=OPEN)
    reach = (
        low or (_moved(end[0], -tail) if end else line.first),
        high or (_moved(start[1], tail) if start else line.last),
    )
    sure = None
    if start and end and not dates.single and start[1] <= end[0]:
        sure = _stretch(line, start[1], end[0])
    elif dates.as_day:
        sure = _stretch(line, dates.as_day, dates.as_day)
    elif start and not end and start[0] == start[1]:
        sure = _stretch(line, start[0], start[0])
    elif end and not start and end[0] == end[1]:
        sure = _stretch(line, end[0], end[0])
    return Bar(sure, _stretch(line, *reach), start is None, end is None)


def _stretch(line: Line, first: dt.date, last: dt.date) -> tuple[float, float]:
    left = line.at(first)
    return left, round(max(line.at(last + dt.timedelta(days=1)) - left if last < dt.date.max else 0.0, 0.6), 3)


@dataclass(frozen=True, slots=True)
class Event:
    """What one report said of the status, as a point of a line of time."""

    x: float
    status: str
    told: str
    change: str
    dates: str
    report: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Life:
    """The life of a visit in time: points of telling, the lines between them, and the days of the visit itself.

    ``lanes`` are rows of points, one for each side that told, named.
    """

    lanes: tuple[tuple[str, tuple[Event, ...], tuple[tuple[float, float, str], ...]], ...]
    visit: Bar | None
    status: str
    ticks: tuple[tuple[float, str], ...]
    undated: int


def life(
    history: Iterable[tuple[dt.date | None, str, str, str, str, str, str]], dates: DateRange | None, status: str
) -> Life | None:
    """The line of a visit's life; None where no report that tells of it has a date.

    ``history`` has, for each event: the day told, status, change, days told, report, outlet, and the lane (side).
    """
    events = list(history)
    dated = [e for e in events if e[0] is not None]
    if not dated:
        return None
    days = [e[0] for e in dated if e[0]]
    days += [d for d in ((dates.earliest, dates.latest) if dates else ()) if d]
    low, high = min(days), max(days)
    margin = dt.timedelta(days=max(2, (high - low).days // 20))
    line = Line(_moved(low, -margin), _moved(high, margin))
    lanes = []
    for lane in dict.fromkeys(e[6] for e in dated):
        points = [
            Event(line.at(day), state, day.isoformat(), change, told, report, outlet)
            for day, state, change, told, report, outlet, side in dated
            if day and side == lane
        ]
        links = [(a.x, b.x, a.status) for a, b in pairwise(points)]
        lanes.append((lane, tuple(points), tuple(links)))
    bar_of = bar(dates, line) if dates else None
    return Life(tuple(lanes), bar_of, status, line.ticks(), len(events) - len(dated))


def _moved(day: dt.date, by: dt.timedelta) -> dt.date:
    try:
        return day + by
    except OverflowError:
        return day


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of a chart of days: where it stands, how dark it is (0 to 4), and what it says."""

    x: float
    width: float
    level: int
    label: str


def heat(counts: Mapping[str, int], buckets: Sequence[tuple[str, str]], most: int) -> tuple[Cell, ...]:
    """A row of squares, one for each bucket (its key and its label), darker where more was counted."""
    size = 100 / max(1, len(buckets))
    return tuple(
        Cell(
            round(n * size, 3),
            round(size * 0.9, 3),
            min(4, -(-counts[key] * 4 // max(1, most))),
            f"{label}: {counts[key]}",
        )
        for n, (key, label) in enumerate(buckets)
        if counts.get(key)
    )
