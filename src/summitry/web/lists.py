"""Pages that show many visits: the list, the timeline, the calendar, the map. Each is one documented record."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from summitry.lexicon.countries import Countries
from summitry.model.dates import DateRange
from summitry.model.errors import UsageError
from summitry.register.browsing import MANY, Browser, Wanted
from summitry.register.rows import Row
from summitry.web.asked import Asked
from summitry.web.charts import Bar, Line, bar
from summitry.web.store import Store
from summitry.web.world import Map, World, draw

PAGE = 50
"""Visits on one page of the list."""

BARS = 300
"""Visits on one timeline."""

SPAN = 730
"""Days of a timeline for which no days are asked: the newest two years."""

DAY = 6
"""Visits named on one day of the calendar."""

MONTH = 1500
"""Visits read for one month of the calendar."""

COMING = (7, 30)
"""Days ahead that the list of visits leads to."""

CURVES = 120
"""Journeys drawn on the map, the commonest."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list: rows of ``visits``, how many were found (``more``: and more), the keys of paging, who is decided on."""

    rows: tuple[Row, ...]
    found: int
    more: bool
    before: str | None
    after: str | None
    decided: frozenset[str]

    @classmethod
    def of(cls, store: Store, browser: Browser, asked: Asked, countries: Countries, limit: int = PAGE) -> ListPage:
        """The page asked for. Raises UsageError."""
        wanted = asked.wanted(countries)
        cut = browser.cut(
            wanted,
            asked.order,
            falling=asked.falling,
            limit=limit,
            after=asked.after or None,
            before=asked.before or None,
        )
        found, more = counted(store, browser, wanted)
        decided = browser.decided([row["id"] for row in cut.rows])
        return cls(cut.rows, found, more, cut.before, cut.after, frozenset(decided))


def next_days(store: Store, browser: Browser, asked: Asked, today: dt.date) -> tuple[tuple[int, str], ...]:
    """Addresses of the same list for the days to come (COMING), the next first; none where the register ends before today."""
    _, high = store.kept(("span", Wanted()), lambda: browser.span(Wanted()))
    if high is None or high < today:
        return ()
    return tuple(
        (n, asked.address(first=str(today), last=str(_day(today, dt.timedelta(days=n))), sort="days", way="up"))
        for n in COMING
    )


def count_of(store: Store, browser: Browser, wanted: Wanted) -> int:
    """How many visits are wanted; the whole register is counted to the end, a part of it as far as it is worth."""
    if wanted == Wanted():
        return store.kept(("count", wanted), browser.total)
    return store.kept(("count", wanted), lambda: browser.count(wanted, _worth(wanted)))


def counted(store: Store, browser: Browser, wanted: Wanted) -> tuple[int, bool]:
    """How many visits are wanted, and whether there are more than that."""
    found = count_of(store, browser, wanted)
    more = wanted != Wanted() and found > _worth(wanted)
    return (_worth(wanted) if more else found), more


def _worth(wanted: Wanted) -> int:
    return MANY // 10 if wanted.review else MANY


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of a group: bars that do not touch, each with its visit."""

    bars: tuple[tuple[Row, Bar], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The visits of one visitor or country on the timeline, in as many lanes as they need."""

    key: str
    lanes: tuple[Lane, ...]
    count: int


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Visits as bars on a line of time, by visitor, visitor's country or host; ``left`` are visits beyond what is drawn."""

    groups: tuple[Group, ...]
    line: Line
    ticks: tuple[tuple[float, str], ...]
    by: str
    found: int
    left: int
    earlier: str
    later: str

    @classmethod
    def of(cls, store: Store, browser: Browser, asked: Asked, countries: Countries, by: str) -> TimelinePage:
        """The timeline of the days asked for, else of the newest two years. Raises UsageError."""
        names = {"visitor": "visitor", "country": "visitor_country", "host": "host_country"}
        if by not in names:
            raise UsageError(f"by is one of {', '.join(names)}")
        wanted = replace(asked.wanted(countries), dated=True)
        line = _window(store, browser, wanted)
        wanted = replace(wanted, first=line.first, last=line.last)
        rows = browser.cut(wanted, falling=False, limit=BARS).rows
        found = count_of(store, browser, wanted)
        held: dict[str, list[Row]] = {}
        for row in rows:
            held.setdefault(row[names[by]], []).append(row)
        ranked = sorted(held.items(), key=lambda x: (-len(x[1]), x[0]))
        groups = tuple(Group(key, _lanes(found_here, line), len(found_here)) for key, found_here in ranked)
        size = line.last - line.first + dt.timedelta(days=1)
        return cls(
            groups, line, line.ticks(), by, found, found - len(rows),
            asked.address("/timeline", first=str(_day(line.first, -size)), last=str(_day(line.last, -size))),
            asked.address("/timeline", first=str(_day(line.first, size)), last=str(_day(line.last, size))),
        )  # fmt: skip


def _window(store: Store, browser: Browser, wanted: Wanted) -> Line:
    first, last = wanted.first, wanted.last
    if first is None or last is None:
        low, high = store.kept(("span", wanted), lambda: browser.span(wanted))
        last = last or max(high or dt.date(2000, 1, 1), first or dt.date.min)
        first = first or max(low or dt.date(2000, 1, 1), _day(last, -dt.timedelta(days=SPAN)))
        first = min(first, last)
    if first > last:
        raise UsageError("from is later than to")
    return Line(first, last)


def _day(day: dt.date, by: dt.timedelta) -> dt.date:
    try:
        return day + by
    except OverflowError:
        return day


def _lanes(rows: Iterable[Row], line: Line) -> tuple[Lane, ...]:
    lanes: list[list[tuple[Row, Bar]]] = []
    ends: list[float] = []
    for row in rows:
        drawn = bar(DateRange.parse(row["dates"]), line)
        left, width = drawn.maybe
        n = next((n for n, end in enumerate(ends) if end <= left), len(ends))
        if n == len(ends):
            lanes.append([])
            ends.append(0.0)
        lanes[n].append((row, drawn))
        ends[n] = left + width + 0.2
    return tuple(Lane(tuple(x)) for x in lanes)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar: the visits of that day, the first few of them, and how many more there are."""

    day: dt.date
    inside: bool
    visits: tuple[tuple[Row, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month: weeks of days with their visits, and the visits of which no more than month, season or year is told."""

    first: dt.date
    last: dt.date
    weeks: tuple[tuple[Day, ...], ...]
    loose: tuple[Row, ...]
    found: int
    left: int
    earlier: str
    later: str

    @classmethod
    def of(
        cls, browser: Browser, asked: Asked, countries: Countries, month: str, today: dt.date, newest: dt.date | None
    ) -> CalendarPage:
        """The month asked for, else that of today if there are visits to come, else that of the newest. Raises UsageError."""
        wanted = replace(asked.wanted(countries), first=None, last=None)
        first = _month(month) if month else _coming(browser, wanted, today, newest)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        rows = browser.cut(replace(wanted, first=first, last=last), falling=False, limit=MONTH + 1).rows
        left, rows = max(0, len(rows) - MONTH), rows[:MONTH]
        days: dict[dt.date, list[tuple[Row, str]]] = {}
        loose = []
        for row in rows:
            told = DateRange.parse(row["dates"])
            if told.precision != "day":
                loose.append(row)
                continue
            start, end = row["first_day"], row["last_day"]
            day = max(start, first)
            while day <= min(end, last):
                days.setdefault(day, []).append((row, "first" if day == start else "on"))
                day += dt.timedelta(days=1)
        weeks = [
            tuple(
                Day(d, d.month == first.month, tuple(days.get(d, ())[:DAY]), max(0, len(days.get(d, ())) - DAY))
                for d in week
            )
            for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
        ]
        earlier, later = _day(first, -dt.timedelta(days=1)), _day(last, dt.timedelta(days=1))
        return cls(first, last, tuple(weeks), tuple(loose), len(rows), left, f"{earlier:%Y-%m}", f"{later:%Y-%m}")


def _month(text: str) -> dt.date:
    try:
        day = dt.datetime.strptime(text, "%Y-%m").date()
    except ValueError as error:
        raise UsageError("month is written as 2024-05") from error
    if not 2 <= day.year <= 9998:
        raise UsageError("month is written as 2024-05")
    return day


def _coming(browser: Browser, wanted: Wanted, today: dt.date, newest: dt.date | None) -> dt.date:
    ahead = browser.cut(replace(wanted, first=today), falling=False, limit=1).rows
    if ahead:
        coming: dt.date = max(today, ahead[0]["first_day"])
        return coming.replace(day=1)
    _, high = browser.span(wanted)
    last = high or newest or today
    return last.replace(day=1)


@dataclass(frozen=True, slots=True)
class MapPage:
    """The map of the visits asked for, and the commonest journeys as a list."""

    map: Map
    pairs: tuple[tuple[str, str, int], ...]
    found: int
    more: bool

    @classmethod
    def of(cls, store: Store, browser: Browser, asked: Asked, countries: Countries, world: World) -> MapPage:
        """Counted by pair of countries. Raises UsageError."""
        wanted = asked.wanted(countries)

        def make() -> MapPage:
            pairs = tuple(
                (str(a), str(b), int(n))
                for a, b, n in browser.most(wanted, ("visitor_country", "host_country"), 50_000)
            )
            return cls(draw(world, pairs, CURVES), pairs[:20], *counted(store, browser, wanted))

        return store.kept(("map", wanted), make)
