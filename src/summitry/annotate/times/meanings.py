"""What each rule means: one function a constructor, from the slots of a match and the context to a value and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from summitry.annotate.times.context import (
    EXPRESSION,
    ITSELF,
    NONE,
    PUBLICATION,
    Context,
    Meaning,
    add_months,
    day_meaning,
    month_meaning,
    unit_meaning,
    year_meaning,
    years_meaning,
)
from summitry.annotate.times.verbs import FUTURE, PAST
from summitry.model.dates import DateRange, Unit

Slots = dict[str, Any]
Make = Callable[[Slots, Context], Meaning | None]
SHIFTED = {-1: PAST, -2: PAST, 1: FUTURE, 2: FUTURE}
_NEAR_MONTH = 60  # pieces: how far a month told reaches to "the 16th"
_SOON = 60  # days: so near a day ahead is meant even if its weekday is another
_BESIDE_YEAR = 8  # pieces: how far "last year" reaches to a month
_NEWS = 75  # days: so near behind the report a day is its news, not that of a story of years ago
_BEFORE_ERA = 10000  # years before the era that four digits tell
_HALF = 6  # months
_CENTURIES = 1900  # "the 1900s" and "the 2000s" are decades more often than centuries
_PIVOT = 30  # '29 is 2029, '30 is 1930


def full_year(slots: Slots) -> int | None:
    """The year that the slots tell, in four digits."""
    for name in ("year", "year2"):
        if name in slots:
            return int(slots[name])
    if "yy" in slots:
        short = int(slots["yy"])
        return 2000 + short if short < _PIVOT else 1900 + short
    return None


def year_of(slots: Slots, ctx: Context) -> int | None:
    """The year told in figures, or by "last", "this" or "next year"."""
    if "shift" in slots and ctx.year is not None:
        return ctx.year + int(slots["shift"])
    return full_year(slots)


def real_date(year: int, month: int, day: int) -> dt.date | None:
    """The day, if there is one."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# -- dates -------------------------------------------------------------------------------------------------------


def make_date(slots: Slots, ctx: Context) -> Meaning | None:
    """A date with what it tells of weekday, day, month and year; what it lacks is chosen by the context."""
    year = year_of(slots, ctx)
    month = slots.get("month", slots.get("mm"))
    day = slots.get("day", slots.get("dd", slots.get("ordinal")))
    mod = str(slots.get("mod", ""))
    if month is None:
        if day is not None:
            return _day_only(int(day), ctx, slots.get("weekday"))
        # A number in words is a year from 1000 on: "the year two men came".
        return with_mod(year_meaning(year, ITSELF, side_of_year(year, ctx)), mod) if year and year >= 1000 else None
    if day is None:
        return _month(year, int(month), ctx)
    return _day(year, int(month), int(day), slots.get("weekday"), ctx)


def side_of_year(year: int, ctx: Context) -> str:
    """Where a year lies, seen from the report."""
    return "" if ctx.year is None or ctx.year == year else PAST if year < ctx.year else FUTURE


def with_mod(meaning: Meaning | None, mod: str) -> Meaning | None:
    """The meaning with a TIMEX3 mod, if there is one."""
    return replace(meaning, mod=mod) if meaning and mod else meaning


def _day(year: int | None, month: int, day: int, weekday: int | None, ctx: Context) -> Meaning | None:
    if year is not None:
        found = real_date(year, month, day)
        return day_meaning(found, ITSELF, direction=ctx.side(found, found)) if found else None
    if real_date(2024, month, day) is None:
        return None
    if ctx.day is None:
        if ctx.year is not None and (found := real_date(ctx.year, month, day)):
            return day_meaning(found, PUBLICATION)
        return Meaning("DATE", f"XXXX-{month:02d}-{day:02d}", None, NONE, ctx.tense, unit="D")
    reach = 6 if weekday else 1
    options = [d for y in range(ctx.day.year - reach, ctx.day.year + reach + 1) if (d := real_date(y, month, day))]
    # A weekday told with the day settles the year, if one of the last or next years has it.
    fits = [d for d in options if d.isoweekday() == weekday]
    if weekday and not fits:
        options = [d for d in options if abs((d - ctx.day).days) < 400]
    soon = [d for d in options if 0 <= (d - ctx.day).days < _SOON]
    if soon and ctx.tense == FUTURE and not set(soon) & set(fits):
        fits = soon  # a slip of the pen is likelier than a day of another year
    near = any(abs((d - ctx.day).days) < 400 for d in fits)
    chosen = ctx.choose([(d, d) for d in fits or options], "" if near else ctx.tense)
    told = ctx.story_year(month, day) if weekday is None and not _news(chosen, ctx) else None
    if told is not None and (found := real_date(told, month, day)):
        return day_meaning(found, EXPRESSION, direction=ctx.side(found, found))
    return day_meaning(chosen[0], PUBLICATION, direction=ctx.side(*chosen)) if chosen else None


def _news(days: tuple[dt.date, dt.date] | None, ctx: Context) -> bool:
    """Whether days are so near behind the report that they are its own news, whatever story went before."""
    return days is not None and ctx.day is not None and 0 <= (ctx.day - days[0]).days <= _NEWS


def _month(year: int | None, month: int, ctx: Context) -> Meaning | None:
    if year is not None:
        return month_meaning(year, month, ITSELF, side_of_year(year, ctx))
    told = ctx.told
    if (
        told
        and ctx.joined
        and told.meaning.unit == "Y"
        and told.meaning.first
        and ctx.piece - told.piece <= _BESIDE_YEAR
    ):
        year = told.meaning.first.year  # "last year's visit was in June"
        return month_meaning(year, month, EXPRESSION, side_of_year(year, ctx))
    if ctx.day is None:
        if ctx.year is not None:
            return month_meaning(ctx.year, month, PUBLICATION)
        return Meaning("DATE", f"XXXX-{month:02d}", None, NONE, ctx.tense, unit="M")
    spans = _months(month, ctx.day)
    chosen = _opening_month(spans, ctx) or _joined_month(spans, ctx) or ctx.choose(spans, ctx.tense)
    if not _news(chosen, ctx) and (year := ctx.story_year(month)) is not None:
        return month_meaning(year, month, EXPRESSION, side_of_year(year, ctx))
    return month_meaning(chosen[0].year, month, PUBLICATION, ctx.side(*chosen)) if chosen else None


def _months(month: int, day: dt.date) -> list[tuple[dt.date, dt.date]]:
    """A month of the last, this and the next year, first and last day."""
    units = [Unit(y, month) for y in (day.year - 1, day.year, day.year + 1) if 1 <= y <= 9999]
    return [(u.first, u.last) for u in units]


def _opening_month(spans: list[tuple[dt.date, dt.date]], ctx: Context) -> tuple[dt.date, dt.date] | None:
    """The month from which "to" leads to another: the one before that."""
    if ctx.until_month is None or ctx.day is None:
        return None
    end = ctx.choose(_months(ctx.until_month, ctx.day), ctx.tense)
    return max((s for s in spans if end and s[0] < end[0]), default=None)


def _joined_month(spans: list[tuple[dt.date, dt.date]], ctx: Context) -> tuple[dt.date, dt.date] | None:
    """The month beside one just told: "from December to | February" goes on, "in January or | February" stays near."""
    told = ctx.told.meaning if ctx.told else None
    if not ctx.next_to or told is None or told.unit != "M" or told.first is None:
        return None
    first = told.first
    if ctx.next_to == "to":
        return min((s for s in spans if s[0] > first), default=None)
    near = min(spans, key=lambda s: abs((s[0] - first).days))
    return near if ctx.side(*near) in (ctx.tense, told.direction, "same") else None


def _day_only(day: int, ctx: Context, weekday: int | None = None) -> Meaning | None:
    """ "the 16th": of the month told last in the neighbourhood, else around the report by the tense."""
    focus = ctx.told_month
    if weekday is None and focus and ctx.piece - focus.piece < _NEAR_MONTH and focus.meaning.first:
        first = focus.meaning.first
        found = real_date(first.year, first.month, day)
        if found:
            return day_meaning(found, EXPRESSION, direction=ctx.side(found, found))
    if ctx.day is None:
        return Meaning("DATE", f"XXXX-XX-{day:02d}", None, NONE, ctx.tense, unit="D")
    reach = 1 if weekday is None else 12  # "Friday the 13th" may be months away
    months = [add_months(ctx.day.year, ctx.day.month, n) for n in range(-reach, reach + 1)]
    options = [d for y, m in months if 1 <= y <= 9999 and (d := real_date(y, m, day))]
    if weekday is not None:
        options = [d for d in options if d.isoweekday() == weekday]
    chosen = ctx.choose([(d, d) for d in options], ctx.tense)
    return day_meaning(chosen[0], PUBLICATION, direction=ctx.side(*chosen)) if chosen else None


def make_slashes(slots: Slots, ctx: Context) -> Meaning | None:
    """Day and month in either order, where numbers or the day of the report tell which."""
    a, b, year = int(slots["a"]), int(slots["b"]), int(slots["year"])
    options = [d for d in {real_date(year, b, a), real_date(year, a, b)} if d]
    if len(options) == 2:
        near = [d for d in options if ctx.day and abs((d - ctx.day).days) <= 31]
        options = near if len(near) == 1 else []
    return day_meaning(options[0], ITSELF, direction=ctx.side(options[0], options[0])) if options else None


def make_days(slots: Slots, ctx: Context) -> Meaning | None:
    """Days from one to another in one expression: "May 16-17"."""
    if "month" not in slots:
        return _days_only(int(slots["day"]), int(slots["day2"]), ctx)
    year = year_of(slots, ctx)
    month, month2 = int(slots["month"]), int(slots["month2"] if "month2" in slots else slots["month"])
    one = _day(year, month, int(slots["day"]), None, ctx)
    if one is None:
        return None
    if one.first is None:
        end = f"XXXX-{month2:02d}-{int(slots['day2']):02d}"
        return Meaning("DATE", f"{one.value}/{end}", None, NONE, ctx.tense) if _later(slots) else None
    first = one.first
    if year is not None and month2 < month:  # "28 Dec. - 3 Jan. 2014": the year is that of the end
        first = real_date(year - 1, month, int(slots["day"])) or first
    last = real_date(first.year + (month2 < month), month2, int(slots["day2"]))
    if last is None or last <= first:
        return None
    return Meaning("DATE", f"{first}/{last}", DateRange.days(first, last), one.anchor, ctx.side(first, last), unit="D")


def _days_only(day: int, day2: int, ctx: Context) -> Meaning | None:
    """ "the 17th-19th": days of a month that is not told beside them."""
    one = _day_only(day, ctx)
    if one is None or day2 <= day:
        return None
    if one.first is None:
        return replace(one, value=f"{one.value}/XXXX-XX-{day2:02d}")
    last = real_date(one.first.year, one.first.month, day2)
    if last is None:
        return None
    span = DateRange.days(one.first, last)
    return Meaning("DATE", f"{one.first}/{last}", span, one.anchor, ctx.side(one.first, last), unit="D")


def _later(slots: Slots) -> bool:
    return "month2" in slots or int(slots["day2"]) > int(slots["day"])


def make_months(slots: Slots, ctx: Context) -> Meaning | None:
    """Months from one to another: "January-March 2012"."""
    year = full_year(slots)
    last = _month(year, int(slots["month2"]), ctx)
    if last is None or last.first is None:
        return None
    month, end = int(slots["month"]), last.first
    start = Unit(end.year - (month > end.month), month)
    span = DateRange(start, Unit(end.year, end.month))
    return Meaning("DATE", f"{start}/{last.value}", span, last.anchor, last.direction, unit="M")


def make_years(slots: Slots, _: Context) -> Meaning | None:
    """Years from one to another: "1950-1953", "2011-12"."""
    first = int(slots["year"])
    last = int(slots["year2"]) if "year2" in slots else first // 100 * 100 + int(slots["yy"])
    return years_meaning(first, last, f"{first:04d}/{last:04d}", "Y", ITSELF) if first < last else None


def make_decade(slots: Slots, ctx: Context) -> Meaning | None:
    """The 1980s, the '80s, the eighties."""
    year = int(slots["yy"]) + 1900 if "yy" in slots else int(slots["year"])
    year = year + 1900 if year < 100 else year
    if year % 10:
        return None
    first = year // 10 * 10
    if year % 100 == 0 and year < _CENTURIES:  # "the 1800s"
        return with_mod(
            years_meaning(year, year + 99, str(year // 100), "C", ITSELF, PAST), str(slots.get("early", ""))
        )
    return with_mod(
        years_meaning(first, first + 9, str(year // 10), "E", ITSELF, PAST),
        str(slots.get("mod", slots.get("early", ""))),
    )


def make_century(slots: Slots, _: Context) -> Meaning | None:
    """The 19th century: its value is the first two digits of its years."""
    n = int(slots["ordinal"])
    last = int(slots.get("ordinal2", n))
    value = f"{n - 1:02d}" if last == n else f"{n - 1:02d}/{last - 1:02d}"
    meaning = years_meaning(max(n * 100 - 100, 1), last * 100 - 1, value, "C", ITSELF)
    return with_mod(meaning, str(slots.get("early", "")))


def make_epoch(slots: Slots, _: Context) -> Meaning | None:
    """A year or a century with "B.C." or "A.D."; of those before the era the calendar has no days."""
    n = int(slots["ordinal"] if "ordinal" in slots else slots["year"])
    if "century" in slots:
        n -= 1
    size = 2 if "century" in slots else 4
    if int(slots.get("epoch", 1)) < 0:
        return Meaning("DATE", f"BC{n:0{size}d}", None, NONE, PAST) if n < _BEFORE_ERA else None
    if "century" in slots:
        return years_meaning(max(n * 100, 1), n * 100 + 99, f"{n:02d}", "C", ITSELF)
    return year_meaning(n, ITSELF)


def make_fiscal(slots: Slots, ctx: Context) -> Meaning | None:
    """A fiscal year: it bears the number of a calendar year and only overlaps it, so that its range is about right."""
    if "year" in slots and ("yy" in slots or "year2" in slots):
        found = make_years(slots, ctx)
        if found is None or found.range is None or found.range.start is None or found.range.end is None:
            return None
        first, last = found.range.start, found.range.end
        return replace(found, range=DateRange(replace(first, about=True), replace(last, about=True)))
    year = full_year(slots)
    if year is None and ctx.year is None:
        return Meaning("DATE", "XXXX", None, NONE, unit="Y")
    anchor = PUBLICATION if year is None else ITSELF
    found = year_meaning(ctx.year + int(slots.get("shift", 0)) if year is None and ctx.year else year or 0, anchor)
    return replace(found, range=DateRange.unit(Unit(int(found.value), about=True))) if found else None


def make_quarter(slots: Slots, ctx: Context) -> Meaning | None:
    """A quarter: numbered, of a year, or the one under report."""
    n, year = slots.get("ordinal"), full_year(slots)
    if n is None and year is not None:
        found = the_quarter(year, ctx.quarter[1], ITSELF) if ctx.quarter else year_meaning(year, ITSELF)
        return replace(found, unit="") if found else None  # a comparison: the quarter in question stays as it is
    if n is not None and not 1 <= int(n) <= 4:
        return None
    if n is not None and year is not None:
        return the_quarter(year, int(n), ITSELF)
    if ctx.ended is not None and (n is not None or ctx.quarter is None):
        # The number may be that of a fiscal year; the year is that of the last day.
        return the_quarter(ctx.ended.year, int(n or (ctx.ended.month + 2) // 3), EXPRESSION)
    if ctx.day is None:
        return Meaning("DATE", f"XXXX-Q{n or 'X'}", None, NONE, unit="Q")
    now = (ctx.day.month - 1) // 3 + 1
    if n is None:
        if "shift" in slots:
            y, q = divmod(ctx.day.year * 4 + now - 1 + int(slots["shift"]), 4)
            return the_quarter(y, q + 1, PUBLICATION)
        if ctx.quarter:
            return the_quarter(*ctx.quarter, EXPRESSION)
        y, q = divmod(ctx.day.year * 4 + now - 2, 4)
        return the_quarter(y, q + 1, PUBLICATION)
    n = int(n)
    if "shift" in slots:
        return the_quarter(ctx.day.year + int(slots["shift"]), n, PUBLICATION)
    year = ctx.day.year
    if ctx.tense == FUTURE and n < now - 1:  # the quarter just over is the one to be reported
        year += 1
    elif ctx.tense != FUTURE and n > now:
        year -= 1
    return the_quarter(year, n, PUBLICATION)


def the_quarter(year: int, n: int, anchor: str) -> Meaning | None:
    """The n-th quarter of a year."""
    return unit_meaning(Unit(year, 32 + n), f"{year:04d}-Q{n}", "Q", anchor) if 1 <= year <= 9999 else None


def make_year_ago(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the year-earlier quarter": the same quarter of the year before, or that year."""
    if ctx.year is None:
        return Meaning("DATE", "XXXX", None, NONE, unit="Y")
    if ctx.quarter and ("ordinal" in slots or slots.get("of_quarter") or not ctx.months_told):
        found = the_quarter(ctx.quarter[0] - 1, int(slots.get("ordinal", ctx.quarter[1])), EXPRESSION)
        return replace(found, unit="") if found else None
    n = slots.get("ordinal")
    if n is None and slots.get("just_over") and ctx.day is not None and not ctx.months_told:
        year, n = divmod(ctx.day.year * 4 + (ctx.day.month - 1) // 3 - 1, 4)
        found = the_quarter(year - 1, n + 1, PUBLICATION)
        return replace(found, unit="") if found else None
    if n is not None:
        found = the_quarter(ctx.year - 1, int(n), PUBLICATION)
        return replace(found, unit="") if found else None
    return year_meaning(ctx.year - 1, PUBLICATION, PAST)


def make_half(slots: Slots, ctx: Context) -> Meaning | None:
    """The first or second half of a year; of the report's, or the one just over, where none is told."""
    n = int(slots["half"])
    if n not in (1, 2):
        return None
    if "of" in slots:
        inner: Meaning | None = slots["of"]
    else:
        year = full_year(slots)
        if year is None and ctx.year is not None:
            year = ctx.year - (n == 2 and (ctx.month or 12) <= _HALF and ctx.tense != FUTURE)
        inner = year_meaning(year, ITSELF if "year" in slots else PUBLICATION) if year is not None else None
    if inner is None:
        return None
    if inner.unit == "Y" and inner.first and inner.range and inner.range.single:
        unit = Unit(inner.first.year, 39 + n)
        return unit_meaning(unit, f"{inner.value}-H{n}", "Y", inner.anchor, inner.direction)
    return replace(inner, mod="START" if n == 1 else "END")


DATES: dict[str, Make] = {
    "date": make_date,
    "slashes": make_slashes,
    "days": make_days,
    "months": make_months,
    "years": make_years,
    "decade": make_decade,
    "century": make_century,
    "epoch": make_epoch,
    "fiscal": make_fiscal,
    "quarter": make_quarter,
    "year-ago": make_year_ago,
    "half": make_half,
}
"""The constructors of dates."""
