"""What an expression is anchored on: the day of the report, what was named before it, and the tense of its verb."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from summitry.annotate.times.verbs import FUTURE, PAST
from summitry.lexicon.times import Grammar
from summitry.model.article import Published
from summitry.model.dates import DateRange, Unit

ITSELF, PUBLICATION, EXPRESSION, NONE = "itself", "publication", "expression", "none"
_FAR = 300  # days: a date without a year is not read so far off if ...
_HISTORY = 12  # years back: so far back a bare year opens a story; one less far is rather a detail of the news
_DATED = ("Y", "S", "M", "D")  # units that open a story
_NEAR = 60  # ... it is so near on the other side


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of one expression; ``unit`` is the calendar unit told (D, W, M, Y, Q, S, E, C) for those that refer to it."""

    type: str
    value: str
    range: DateRange | None = None
    anchor: str = NONE
    direction: str = ""
    mod: str = ""
    days: int | None = None
    unit: str = ""
    zone: str = ""

    @property
    def first(self) -> dt.date | None:
        """The first day meant."""
        return self.range.earliest if self.range else None


@dataclass(slots=True)
class Focus:
    """An earlier expression and the piece at which it ended."""

    meaning: Meaning
    piece: int


@dataclass(slots=True)
class Context:
    """The state of one reading of one text, from its beginning to the expression at hand."""

    grammar: Grammar
    day: dt.date | None = None
    year: int | None = None
    month: int | None = None
    tense: str = ""
    told: Focus | None = None
    told_day: Focus | None = None
    told_month: Focus | None = None
    story: Focus | None = None  # the last expression that put what is told in a year of its own, years back
    narrated: bool = False  # whether the expression goes on with that story
    quarter: tuple[int, int] | None = None
    months_told: bool = False
    piece: int = 0
    before: str = ""  # the word in front of the expression
    since: dt.date | None = None
    ended: dt.date | None = None  # the last day of a quarter, told behind it
    until: int | None = None  # the weekday to which "to" leads from the expression ...
    until_month: int | None = None  # ... or the month
    sure: bool = False  # whether words beside the expression, no verb, put it in the past
    present: bool = False  # whether its verb is of the present
    firm: bool = True  # whether no past verb leads to what is ahead ("decided to speak on Monday")
    next_to: str = ""  # "to" if that leads from the expression told before, "and" if that or a comma joins them
    then: bool = False  # whether "before" leads from the day told before to the expression
    joined: bool = False  # whether no sentence ends between the expression and the one told before it

    @classmethod
    def of(cls, published: Published | dt.date | None, grammar: Grammar) -> Context:
        """The context at the beginning of a text that appeared then."""
        if isinstance(published, dt.date):
            return cls(grammar, published, published.year, published.month)
        if published is None or published.value is None or published.value.start is None:
            return cls(grammar)
        start, day = published.value.start, published.day
        single = published.value.single or day is not None
        month = start.month if start.month and start.month <= 12 else None
        return cls(grammar, day, start.year if single else None, month if single else None)

    def remember(self, meaning: Meaning, piece: int, month: bool = False) -> None:
        """Keep what later expressions may refer to; ``month`` if a month was told by its name."""
        if meaning.type == "DURATION" and meaning.unit == "M":
            self.months_told = True  # "the nine months": what follows compares years
        if meaning.range is None or meaning.type not in ("DATE", "TIME") or meaning.first is None:
            return
        self.told = Focus(meaning, piece)
        if meaning.unit == "D":
            self.told_day = self.told
        if month:
            self.told_month = self.told
        self._tell(meaning, piece)
        if meaning.unit == "Q" and meaning.range.start and meaning.range.start.month:
            self._report_on((meaning.range.start.year, meaning.range.start.month - 32), meaning.first)

    def _tell(self, meaning: Meaning, piece: int) -> None:
        """Open a story of a year that is over, carry it on, or close it where what is told comes back to the report."""
        if self.year is None or meaning.first is None:
            return
        if meaning.anchor == PUBLICATION:
            self.story = None
        elif meaning.unit in _DATED and meaning.anchor == ITSELF:
            back = self.year - meaning.first.year
            opens = bool(self.grammar.tense["before_story"] & set(self.before.split()[-1:])) and (
                back > _HISTORY or (back > 1 and meaning.unit in ("M", "D"))
            )
            self.story = Focus(meaning, piece) if opens else None
        elif self.story is not None and meaning.unit in _DATED:
            self.story = Focus(meaning, piece)

    def story_year(self, month: int, day: int | None = None) -> int | None:
        """The year of a date without one that goes on with a story: "It began in 1926. On | May 4 | they struck"."""
        first = self.story.meaning.first if self.story and self.narrated else None
        if self.story is None or first is None:
            return None
        if day is None and self.year is not None and first.year >= self.year - _HISTORY:
            return None  # "on trial since May 3, 2009; in | June | they said"
        unit = self.story.meaning.unit
        if unit in ("Y", "S"):
            return first.year
        earlier = (month, day or 31) < (first.month, first.day if unit == "D" else 1)
        return first.year + earlier

    def _report_on(self, quarter: tuple[int, int], first: dt.date) -> None:
        """Note a quarter told: the first one begun is under report, until the one just over is told."""
        if self.day is not None:
            begun = self.quarter is None and first <= self.day
            just_over = add_months(first.year, first.month, 3) == add_months(
                self.day.year, self.day.month - (self.day.month - 1) % 3, 0
            )
            if not (begun or just_over or quarter == self.quarter):
                return
        self.months_told = False
        self.quarter = quarter

    def anchor_day(self) -> tuple[dt.date | None, str]:
        """The day that "the next day" counts from: the last day told, else the last expression, else the report's."""
        focus = self.told_day or self.told
        if focus and focus.meaning.first:
            return focus.meaning.first, EXPRESSION
        return self.day, PUBLICATION if self.day else NONE

    # -- choices -------------------------------------------------------------------------------------------------

    def choose(self, options: list[tuple[dt.date, dt.date]], direction: str) -> tuple[dt.date, dt.date] | None:
        """Of spans of days, the one meant: the last begun if it is past, the next not over if to come, else the nearest."""
        day = self.day
        if day is None or not options:
            return None

        def distance(option: tuple[dt.date, dt.date]) -> int:
            first, last = option
            return 0 if first <= day <= last else min(abs((first - day).days), abs((last - day).days))

        # Where nothing tells, the press rather looks back: what is ahead counts as twice as far.
        nearest = min(options, key=lambda o: distance(o) * (2 if o[0] > day and not direction else 1))
        if direction == PAST:
            behind = [o for o in options if o[0] <= day]
            chosen = max(behind) if behind else nearest
        elif direction == FUTURE:
            ahead = [o for o in options if o[1] >= day]
            chosen = min(ahead) if ahead else nearest
        else:
            return nearest
        # "announced cuts in January": a past verb does not send a month that is near to the year before.
        far = distance(chosen) > _FAR and distance(nearest) < _NEAR
        return nearest if far and not self.sure else chosen

    def side(self, first: dt.date, last: dt.date) -> str:
        """Where days lie, seen from the report."""
        if self.day is None:
            return ""
        return PAST if last < self.day else FUTURE if first > self.day else "same"


# -- units -------------------------------------------------------------------------------------------------------


def week_start(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(day.weekday())


def week_value(day: dt.date) -> str:
    """The ISO week of a day: "2024-W20"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def add_months(year: int, month: int, n: int) -> tuple[int, int]:
    """A month n months on."""
    total = year * 12 + month - 1 + n
    return total // 12, total % 12 + 1


def shift_days(day: dt.date, n: int) -> dt.date | None:
    """A day n days on; None beyond the calendar."""
    try:
        return day + dt.timedelta(n)
    except OverflowError:
        return None


def day_meaning(day: dt.date, anchor: str, part: str = "", direction: str = "") -> Meaning:
    """One day, or a part of it."""
    kind = "TIME" if part else "DATE"
    return Meaning(kind, day.isoformat() + part, DateRange.day(day), anchor, direction, unit="D")


def week_meaning(day: dt.date, anchor: str, direction: str = "") -> Meaning:
    """The week of a day, Monday to Sunday."""
    first = week_start(day)
    last = shift_days(first, 6)
    if last is None:
        return Meaning("DATE", week_value(day), None, NONE, unit="W")
    return Meaning("DATE", week_value(day), DateRange.days(first, last), anchor, direction, unit="W")


def unit_meaning(unit: Unit, value: str, code: str, anchor: str, direction: str = "") -> Meaning:
    """A calendar unit."""
    return Meaning("DATE", value, DateRange.unit(unit), anchor, direction, unit=code)


def month_meaning(year: int, month: int, anchor: str, direction: str = "") -> Meaning | None:
    """A month, if the calendar has it."""
    if not 1 <= year <= 9999:
        return None
    return unit_meaning(Unit(year, month), f"{year:04d}-{month:02d}", "M", anchor, direction)


def year_meaning(year: int, anchor: str, direction: str = "") -> Meaning | None:
    """A year, if the calendar has it."""
    if not 1 <= year <= 9999:
        return None
    return unit_meaning(Unit(year), f"{year:04d}", "Y", anchor, direction)


def years_meaning(first: int, last: int, value: str, code: str, anchor: str, direction: str = "") -> Meaning | None:
    """Years from one to another, as a decade is."""
    if not 1 <= first <= last <= 9999:
        return None
    return Meaning("DATE", value, DateRange(Unit(first), Unit(last)), anchor, direction, unit=code)
