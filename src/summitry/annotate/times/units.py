"""Constructors of calendar units: this week, last May, next spring, that year, the following month."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

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
    shift_days,
    unit_meaning,
    week_meaning,
    week_value,
    year_meaning,
    years_meaning,
)
from summitry.annotate.times.meanings import (
    SHIFTED,
    Make,
    Slots,
    full_year,
    make_date,
    real_date,
    side_of_year,
    the_quarter,
    with_mod,
)
from summitry.annotate.times.verbs import FUTURE, PAST
from summitry.model.dates import Unit

_SEASONS = {1: ("SP", 21), 2: ("SU", 22), 3: ("FA", 23), 4: ("WI", 24)}


def make_shift(slots: Slots, ctx: Context) -> Meaning | None:
    """This, last or next week, month, year ..., seen from the report."""
    n, unit = int(slots["shift"]), str(slots["span"])
    if unit == "W" and n == 0 and ctx.day is not None and ctx.day.isoweekday() == 7 and ctx.tense == FUTURE:
        n = 1  # on a Sunday "this week" ahead is the one that begins
    meaning = from_day(ctx, unit, n, PUBLICATION)
    return with_mod(meaning, str(slots.get("mod", "")))


def from_day(ctx: Context, unit: str, n: int, anchor: str, base: dt.date | None = None) -> Meaning | None:
    """The calendar unit n units from the one that holds the report's day (or another)."""
    day = base or ctx.day
    direction = PAST if n < 0 else FUTURE if n > 0 else ""
    if day is None:
        if unit in "YEC" and ctx.year is not None:
            day = dt.date(ctx.year, 1, 1)
        elif unit == "M" and ctx.year is not None and ctx.month is not None:
            day = dt.date(ctx.year, ctx.month, 1)
        else:
            blank = {
                "D": "XXXX-XX-XX",
                "W": "XXXX-WXX",
                "M": "XXXX-XX",
                "Q": "XXXX-QX",
                "Y": "XXXX",
                "E": "XXX",
                "C": "XX",
            }
            return Meaning("DATE", blank.get(unit, "XXXX"), None, NONE, direction, unit=unit)
    if unit in "DWF":
        found = shift_days(day, n * {"D": 1, "W": 7, "F": 14}[unit])
        if found is None:
            return None
        if unit == "W" and n == -1 and day.isoweekday() == 7 and base is None:
            # On a Sunday the press calls the week that ends that day "last week"; TIMEX3 counts the weeks of ISO 8601.
            meaning = week_meaning(day, anchor, direction)
            return replace(meaning, value=week_value(found))
        return (
            day_meaning(found, anchor, direction=ctx.side(found, found))
            if unit == "D"
            else week_meaning(found, anchor, direction)
        )
    if unit == "M":
        return month_meaning(*add_months(day.year, day.month, n), anchor, direction)
    if unit == "Q":
        year, q = divmod(day.year * 4 + (day.month - 1) // 3 + n, 4)
        return the_quarter(year, q + 1, anchor)
    if unit == "E":
        decade = day.year // 10 + n
        return years_meaning(decade * 10, decade * 10 + 9, str(decade), "E", anchor, direction)
    if unit == "C":
        century = day.year // 100 + n
        return years_meaning(century * 100, century * 100 + 99, str(century), "C", anchor, direction)
    return year_meaning(day.year + n, anchor, direction)


def make_step(slots: Slots, ctx: Context) -> Meaning | None:
    """The next, following or previous day, week, year, seen from what was told last."""
    unit, n = str(slots["span"]), int(slots["step"])
    day, anchor = _anchor(ctx, unit)
    if day is None:
        return from_day(ctx, unit, n, NONE)
    meaning = from_day(ctx, unit, n, anchor, day)
    if anchor == PUBLICATION and meaning and ctx.tense == PAST and _side(meaning, ctx) == FUTURE:
        return from_day(replace(ctx, day=None, year=None), unit, n, NONE)  # "The next day he left": of a day not told
    if meaning and "part" in slots and meaning.first:
        return day_meaning(meaning.first, anchor, str(slots["part"]), direction=meaning.direction)
    return replace(meaning, direction=_side(meaning, ctx)) if meaning else None


def _side(meaning: Meaning, ctx: Context) -> str:
    if meaning.range is None or meaning.range.earliest is None or meaning.range.latest is None:
        return meaning.direction
    return ctx.side(meaning.range.earliest, meaning.range.latest)


def _anchor(ctx: Context, unit: str) -> tuple[dt.date | None, str]:
    """The day counted from: the last day told for days and weeks, the last expression for longer units."""
    if unit in "DW":
        return ctx.anchor_day()
    if ctx.told and ctx.told.meaning.first:
        return ctx.told.meaning.first, EXPRESSION
    return ctx.day, PUBLICATION if ctx.day else NONE


def make_same(slots: Slots, ctx: Context) -> Meaning | None:
    """ "that year", "the same day"."""
    unit = str(slots["span"])
    day, anchor = _anchor(ctx, unit)
    if day is None:
        return None
    meaning = from_day(ctx, unit, 0, anchor, day)
    if meaning and "part" in slots:
        meaning = day_meaning(day, anchor, str(slots["part"]))
    return replace(meaning, direction=_side(meaning, ctx)) if meaning else None


def make_month_same(slots: Slots, ctx: Context) -> Meaning | None:
    """ "May of that year"."""
    day, anchor = _anchor(ctx, "Y")
    return month_meaning(day.year, int(slots["month"]), anchor) if day else None


def make_same_ago(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the same month last year"."""
    day, anchor = _anchor(ctx, "M")
    return month_meaning(day.year - 1, day.month, anchor, PAST) if day else None


def make_season_step(slots: Slots, ctx: Context) -> Meaning | None:
    """ "that summer", "the following spring": from what was told last."""
    told = ctx.told.meaning.range if ctx.told else None
    if told is None or told.earliest is None or told.latest is None:
        return None
    code, group = _SEASONS[int(slots["season"])]
    years = range(max(told.earliest.year - 2, 1), min(told.latest.year + 3, 9999))
    seasons = [Unit(y, group) for y in years]
    step = int(slots["step"]) if "step" in slots else 0
    if step > 0:
        found = next((u for u in seasons if u.first > told.latest), None)
    elif step < 0:
        found = next((u for u in reversed(seasons) if u.last < told.earliest), None)
    else:
        found = next((u for u in seasons if u.first <= told.latest and told.earliest <= u.last), None)
        found = found or Unit(told.earliest.year, group)
    if found is None:
        return None
    return unit_meaning(found, f"{found.year:04d}-{code}", "S", EXPRESSION, ctx.side(found.first, found.last))


def make_week_of(slots: Slots, ctx: Context) -> Meaning | None:
    """The week of a date."""
    inner = slots["of"]
    return week_meaning(inner.first, inner.anchor, inner.direction) if inner and inner.first else None


def make_week_of_month(slots: Slots, ctx: Context) -> Meaning | None:
    """The first, second ... last week of a month: a week belongs to the month that has its Thursday."""
    if "month" in slots:
        month = make_date({k: slots[k] for k in ("month", "year", "shift") if k in slots}, ctx)
    else:
        month = from_day(ctx, "M", int(slots["shift"]), PUBLICATION)
    if month is None or month.range is None or month.first is None or month.range.latest is None:
        return month
    if "ordinal" in slots:
        thursday = shift_days(month.first, (3 - month.first.weekday()) % 7 + 7 * int(slots["ordinal"]) - 7)
    else:
        last = month.range.latest
        thursday = shift_days(last, -((last.weekday() - 3) % 7))
    if thursday is None or thursday > month.range.latest:
        return None
    return week_meaning(thursday, month.anchor, month.direction)


def make_month_shift(slots: Slots, ctx: Context) -> Meaning | None:
    """ "last May" (the last that is over), "next May", "this May"."""
    month, n = int(slots["month"]), int(slots["shift"])
    if ctx.year is None or ctx.month is None:
        return Meaning("DATE", f"XXXX-{month:02d}", None, NONE, SHIFTED.get(n, ""), unit="M")
    year = ctx.year
    if n < 0 and month >= ctx.month:
        year -= 1
    elif n > 0 and month <= ctx.month:
        year += 1
    return month_meaning(year, month, PUBLICATION, SHIFTED.get(n, ""))


def make_month_step(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the following January": from what was told last."""
    month, back = int(slots["month"]), int(slots["step"]) < 0
    told = ctx.told.meaning.range if ctx.told else None
    day = (told.earliest if back else told.latest) if told else ctx.day
    if day is None:
        return Meaning("DATE", f"XXXX-{month:02d}", None, NONE, unit="M")
    year = day.year - (month >= day.month) if back else day.year + (month <= day.month)
    found = month_meaning(year, month, EXPRESSION if told else PUBLICATION)
    return replace(found, direction=_side(found, ctx)) if found else None


def make_date_shift(slots: Slots, ctx: Context) -> Meaning | None:
    """ "last Oct. 23": the last that is over, the next, or that of this year."""
    month = make_month_shift(slots, ctx)
    if month is None or month.first is None:
        return make_date({"month": slots["month"], "day": slots["day"]}, ctx)
    found = real_date(month.first.year, month.first.month, int(slots["day"]))
    return day_meaning(found, PUBLICATION, direction=ctx.side(found, found)) if found else None


def make_season(slots: Slots, ctx: Context) -> Meaning | None:
    """A season, kept as one."""
    n = int(slots["season"])
    code, group = _SEASONS[n]
    year = full_year(slots)
    if year is not None:
        return unit_meaning(Unit(year, group), f"{year:04d}-{code}", "S", ITSELF, side_of_year(year, ctx))
    if "of_year" in slots and ctx.year is not None:
        year = ctx.year + int(slots["of_year"])
        return unit_meaning(Unit(year, group), f"{year:04d}-{code}", "S", PUBLICATION, side_of_year(year, ctx))
    shift = slots.get("shift")
    if ctx.day is None:
        return Meaning("DATE", f"XXXX-{code}", None, NONE, SHIFTED.get(shift or 0, ctx.tense), unit="S")
    years = range(max(ctx.day.year - 2, 1), min(ctx.day.year + 3, 9999))
    options = [(u.first, u.last) for y in years for u in [Unit(y, group)]]
    if shift == -1:
        options = [o for o in options if o[1] < ctx.day][-1:]
    elif shift == 1:
        options = [o for o in options if o[0] > ctx.day][:1]
    elif shift == 0:
        under_way = [o for o in options if o[0] <= ctx.day <= o[1]]
        options = under_way or [o for o in options if o[0].year == ctx.day.year]
    chosen = ctx.choose(options, ctx.tense if shift is None else "")
    if chosen is None:
        return None
    year = chosen[0].year
    return unit_meaning(Unit(year, group), f"{year:04d}-{code}", "S", PUBLICATION, ctx.side(*chosen))


UNITS: dict[str, Make] = {
    "shift": make_shift,
    "step": make_step,
    "same": make_same,
    "month-same": make_month_same,
    "same-ago": make_same_ago,
    "season-step": make_season_step,
    "week-of": make_week_of,
    "week-of-month": make_week_of_month,
    "month-step": make_month_step,
    "month-shift": make_month_shift,
    "date-shift": make_date_shift,
    "season": make_season,
}
"""The constructors of units."""
