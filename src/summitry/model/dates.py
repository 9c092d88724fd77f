"""Dates as the press gives them: days, months, seasons, years, ranges, open ends. Written as EDTF (ISO 8601-2:2019).

Four things that are often one type elsewhere are kept apart here: a ``Unit`` (a day, a month, a season, a year ...), a
``DateRange`` whose ends are units or unknown, an open end, and ``None`` where nothing was said. There is no default clock.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache

# ISO 8601-2 sub-year groupings, northern hemisphere: code -> first month, last month (last < first runs into next year).
GROUPS: dict[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 2), 29: (9, 11), 30: (12, 2), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip

_UNIT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)$")


def month_end(year: int, month: int) -> int:
    """Number of days in a month of the Gregorian calendar."""
    return calendar.monthrange(year, month)[1]


@dataclass(frozen=True, slots=True)
class Unit:
    """A calendar unit: year, optionally month (1-12) or sub-year grouping (21-41), optionally day; ``about`` is EDTF's "~".

    Specimen: ``Unit(2023, 21)`` is spring 2023, ``Unit(2024, 5, 16)`` is 16 May 2024. Raises ValueError for no date.
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"no year: {self.year}")
        if self.month is not None and not (1 <= self.month <= 12 or self.month in GROUPS):
            raise ValueError(f"no month, season or part of a year: {self.month}")
        if self.day is not None:
            if self.month is None or self.month > 12:
                raise ValueError("a day needs a month")
            dt.date(self.year, self.month, self.day)

    @classmethod
    def of(cls, day: dt.date) -> Unit:
        """The unit of one day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Read "2024", "2024-05", "2023-21" or "2024-05-16", with a trailing "~", "?" or "%". Raises ValueError."""
        found = _UNIT.match(text)
        if not found:
            raise ValueError(f"no EDTF date: {text!r}")
        year, month, day, about = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, bool(about))

    @property
    def first(self) -> dt.date:
        """The earliest day of the unit."""
        if self.day is not None and self.month is not None:
            return dt.date(self.year, self.month, self.day)
        month = 1 if self.month is None else GROUPS[self.month][0] if self.month > 12 else self.month
        return dt.date(self.year, month, 1)

    @property
    def last(self) -> dt.date:
        """The latest day of the unit."""
        if self.day is not None:
            return self.first
        if self.month is None:
            return dt.date(self.year, 12, 31)
        if self.month <= 12:
            return dt.date(self.year, self.month, month_end(self.year, self.month))
        start, end = GROUPS[self.month]
        year = self.year + (end < start)
        return dt.date(year, end, month_end(year, end)) if year <= dt.MAXYEAR else dt.date.max

    @property
    def precision(self) -> str:
        """One of "day", "month", "season" (any grouping of months) and "year"."""
        if self.day is not None:
            return "day"
        if self.month is None:
            return "year"
        return "month" if self.month <= 12 else "season"

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text + "~" * self.about


@dataclass(frozen=True, slots=True)
class DateRange:
    """When something begins and ends: each end a unit, or None where it is open; ``single`` if one unit was told.

    Attributes:
        earliest: the first day on which the start may fall; None if the start is open.
        latest: the last day on which the end may fall; None if the end is open.

    Source: EDTF level 1 as ISO 8601-2:2019 has it. Specimen: ``str(DateRange.parse("2024-05-16/.."))``.
    """

    start: Unit | None
    end: Unit | None
    single: bool = False
    earliest: dt.date | None = field(init=False, repr=False, compare=False)
    latest: dt.date | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Worked out here, for they are asked for a hundred times as often as a range is made.
        first, last = self.start.first if self.start else None, self.end.last if self.end else None
        object.__setattr__(self, "earliest", first)
        object.__setattr__(self, "latest", last)
        if self.start is None and self.end is None:
            raise ValueError("a range needs an end that is known")
        if self.single and self.start != self.end:
            raise ValueError("a single unit has one value")
        if first and last and last < first:
            raise ValueError(f"a range that ends before it begins: {self.start}/{self.end}")

    @classmethod
    def unit(cls, unit: Unit) -> DateRange:
        """A range that is one calendar unit."""
        return cls(unit, unit, True)

    @classmethod
    def day(cls, day: dt.date) -> DateRange:
        """A range of one day."""
        return cls.unit(Unit.of(day))

    @classmethod
    def days(cls, first: dt.date, last: dt.date) -> DateRange:
        """A range from one day to another; one day if they are the same."""
        return cls.day(first) if first == last else cls(Unit.of(first), Unit.of(last))

    @classmethod
    def parse(cls, text: str) -> DateRange:
        """Read EDTF: a unit, an interval, or an interval with an open end ("..", or nothing). Raises ValueError."""
        return _parse(text)

    @property
    def as_day(self) -> dt.date | None:
        """The day, if the range is one known day; else None."""
        return self.earliest if self.earliest is not None and self.earliest == self.latest else None

    @property
    def precision(self) -> str:
        """The coarser precision of the two ends: "day", "month", "season" or "year"."""
        order = ("day", "month", "season", "year")
        return max((u.precision for u in (self.start, self.end) if u), key=order.index)

    def bounds(self) -> tuple[tuple[dt.date, dt.date] | None, tuple[dt.date, dt.date] | None]:
        """Earliest and latest day of the start and of the end; None for an open one."""
        return (
            (self.start.first, self.start.last) if self.start else None,
            (self.end.first, self.end.last) if self.end else None,
        )

    def __str__(self) -> str:
        if self.single:
            return str(self.start)
        return f"{self.start or '..'}/{self.end or '..'}"


@lru_cache(maxsize=4096)
def _parse(text: str) -> DateRange:
    if "/" not in text:
        return DateRange.unit(Unit.parse(text))
    left, _, right = text.partition("/")
    ends = [None if part in ("", "..") else Unit.parse(part) for part in (left, right)]
    return DateRange(ends[0], ends[1])
