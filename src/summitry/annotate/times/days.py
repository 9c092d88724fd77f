"""Constructors of days: today, weekdays, weekends, a part of a day, the day beside a date, dates so long ago."""

from __future__ import annotations

import datetime as dt

from summitry.annotate.times.context import (
    NONE,
    PUBLICATION,
    Context,
    Meaning,
    add_months,
    day_meaning,
    month_meaning,
    shift_days,
    week_meaning,
    week_start,
    week_value,
)
from summitry.annotate.times.meanings import SHIFTED, Make, Slots, make_date, real_date, side_of_year
from summitry.annotate.times.verbs import EITHER, FUTURE, PAST
from summitry.lexicon.times import nth_weekday
from summitry.model.dates import DateRange

_MIDWEEK = 4  # from Thursday on "the weekend" of which nothing tells whether it is over is the coming one
_WEEK = 7
_ROW = 30  # pieces of text between two days of one programme
_AHEAD = 14  # days from the report within which a weekday is told by its name


def make_day(slots: Slots, ctx: Context) -> Meaning | None:
    """Today, yesterday, tomorrow, tonight, this morning; "the evening" of the day told last."""
    part, shift = str(slots.get("part", "")), slots["today"]
    if shift == "":
        day, anchor = ctx.anchor_day()
        return day_meaning(day, anchor, part, direction=ctx.side(day, day)) if day else None
    if ctx.day is None:
        return Meaning(
            "TIME" if part else "DATE", "XXXX-XX-XX" + part, None, NONE, SHIFTED.get(shift or 0, "same"), unit="D"
        )
    found = shift_days(ctx.day, int(shift))
    return day_meaning(found, PUBLICATION, part, direction=ctx.side(found, found)) if found else None


def make_weekday(slots: Slots, ctx: Context) -> Meaning | None:
    """A day of the week: as told ("last", "next"), from another day ("the following"), else by the tense of its verb."""
    weekday, part = int(slots["weekday"]), str(slots.get("part", ""))
    if "step" in slots:
        anchor, how = ctx.anchor_day()
        if anchor is None:
            return Meaning("DATE", f"XXXX-WXX-{weekday}", None, NONE, unit="D")
        ahead = _days_on(anchor, weekday)
        found = shift_days(anchor, ahead if int(slots["step"]) > 0 else -((anchor.isoweekday() - weekday - 1) % 7 + 1))
        return day_meaning(found, how, part, direction=ctx.side(found, found)) if found else None
    if ctx.day is None:
        direction = SHIFTED.get(slots.get("shift", 0), ctx.tense)
        return Meaning("TIME" if part else "DATE", f"XXXX-WXX-{weekday}{part}", None, NONE, direction, unit="D")
    day = ctx.day
    back = (day.isoweekday() - weekday) % 7
    ahead = (weekday - day.isoweekday()) % 7
    shift = slots.get("shift")
    if shift == -1:
        move = -(back or 7)
    elif shift == 1:
        move = ahead or 7
        # On a Tuesday "next Friday" is that of the next week, "this Friday" that of the week.
        if "coming" not in slots and day.isoweekday() + move <= 7:
            move += 7
    elif shift == 0:
        move = weekday - day.isoweekday()
        if ctx.tense == FUTURE and move < 0:
            move += 7
        elif ctx.tense == PAST and move > 0:
            move -= 7
    elif back == 1 and ctx.before in ctx.grammar.tense["same_day"]:
        move = -1  # "he will speak later on Monday", in the paper of Tuesday
    elif _under_way(ctx, back, weekday):
        move = -back
    elif (told := _same_day(ctx, weekday)) is not None:
        move = (told - day).days
    elif (told := _joined_day(ctx)) is not None:  # "next Thursday and | Friday"
        move = (told - day).days + _days_on(told, weekday)
    elif ctx.since is not None:  # "from Sunday to | Tuesday"
        move = (ctx.since - day).days + _days_on(ctx.since, weekday)
    elif (told := _programme_day(ctx, _WEEK if back else 0)) is not None:
        move = (told - day).days + _days_on(told, weekday)
    elif not back:
        move = 0
    elif 2 * back < ahead and ctx.tense == FUTURE and not ctx.firm:
        move = -back  # "wanted to leave on Monday": days ahead it would rather be "next Monday"
    elif ctx.tense == EITHER:
        move = ahead if ahead < back else -back
    elif ctx.tense == PAST and ahead == 1 and not _looks_back(ctx):
        move = 1  # what was told of tomorrow happened further east, or is written for tomorrow's paper
    else:
        move = ahead if ctx.tense == FUTURE else -back
    found = shift_days(day, move)
    told = ctx.told_day.meaning.first if ctx.told_day else None
    if ctx.then and found and told and day < told and found <= told < found + dt.timedelta(7):
        found = shift_days(found, 7)  # "will speak on Sunday before leaving on | Monday"
    return day_meaning(found, PUBLICATION, part, direction=ctx.side(found, found)) if found else None


def _under_way(ctx: Context, back: int, weekday: int) -> bool:
    """Whether a stay told in the present holds the day of the report: "is visiting from | Sunday | to Wednesday"."""
    if ctx.until is None or not ctx.present or ctx.tense != FUTURE or not back:
        return False
    return back <= ((ctx.until - weekday - 1) % 7 + 1)


def _looks_back(ctx: Context) -> bool:
    """Whether a past day is no day of today's news: behind "since", or beside a day further back."""
    told = ctx.told_day.meaning.first if ctx.told_day and ctx.joined else None
    back = told is not None and ctx.day is not None and (ctx.day - told).days > 1
    return back or ctx.before in ctx.grammar.tense["behind_phrases"]


def _same_day(ctx: Context, weekday: int) -> dt.date | None:
    """The day of an hour just told, which that of the next repeats: "from 9 a.m. Friday to noon on | Friday"."""
    told = ctx.told_day.meaning if ctx.told_day and ctx.told is ctx.told_day and ctx.next_to else None
    hour = told is not None and told.type == "TIME" and told.first is not None and told.first.isoweekday() == weekday
    return told.first if told and hour else None


def _joined_day(ctx: Context) -> dt.date | None:
    """The day ahead to which "and" joins a weekday."""
    told = ctx.told_day.meaning if ctx.told_day and ctx.told is ctx.told_day else None
    if ctx.next_to != "and" or told is None or told.direction != FUTURE or told.range is None or not told.range.as_day:
        return None
    near = ctx.day is not None and told.first is not None and (told.first - ctx.day).days <= _AHEAD
    return told.first if near else None


def _days_on(day: dt.date, weekday: int) -> int:
    """How many days after a day the next such weekday is, 1 to 7."""
    return (weekday - day.isoweekday() - 1) % 7 + 1


def _programme_day(ctx: Context, far: int) -> dt.date | None:
    """The day of a programme told day by day that a weekday goes on from, if it is more than ``far`` days ahead.

    "On Friday he will be in Oslo and on | Monday | in Riga", said on a Monday, or "next Wednesday ... and on | Friday".
    """
    focus = ctx.told_day
    if ctx.tense != FUTURE or ctx.then or ctx.day is None or focus is None or ctx.piece - focus.piece > _ROW:
        return None
    over_sentences = focus is ctx.told and focus.meaning.direction == FUTURE and not far
    first = focus.meaning.first
    if first is None or not (ctx.joined or over_sentences):
        return None
    return first if far < (first - ctx.day).days < _WEEK + far else None


def make_weekday_of_week(slots: Slots, ctx: Context) -> Meaning | None:
    """ "Friday next week"."""
    if ctx.day is None:
        return Meaning("DATE", f"XXXX-WXX-{slots['weekday']}", None, NONE, SHIFTED.get(slots["shift"], ""), unit="D")
    found = shift_days(week_start(ctx.day), 7 * int(slots["shift"]) + int(slots["weekday"]) - 1)
    return day_meaning(found, PUBLICATION, direction=ctx.side(found, found)) if found else None


def make_weekend(slots: Slots, ctx: Context) -> Meaning | None:
    """A weekend, Saturday and Sunday."""
    shift = slots.get("shift")
    if ctx.day is None:
        return Meaning("DATE", "XXXX-WXX-WE", None, NONE, SHIFTED.get(shift or 0, ctx.tense), unit="W")
    monday = week_start(ctx.day)
    if shift:
        monday = shift_days(monday, 7 * int(shift)) or monday
    elif (shift is None and ctx.tense != FUTURE and ctx.day.isoweekday() < (6 if ctx.tense else _MIDWEEK)) or (
        shift == 0 and ctx.tense == PAST and ctx.day.isoweekday() < 4
    ):
        monday = shift_days(monday, -7) or monday
    return weekend_meaning(monday, PUBLICATION, ctx)


def weekend_meaning(day: dt.date, anchor: str, ctx: Context) -> Meaning | None:
    """The weekend of the week of a day."""
    first, last = shift_days(week_start(day), 5), shift_days(week_start(day), 6)
    if first is None or last is None:
        return None
    return Meaning(
        "DATE", week_value(day) + "-WE", DateRange.days(first, last), anchor, ctx.side(first, last), unit="W"
    )


def make_weekend_of(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the weekend of May 25"."""
    inner = slots["of"]
    if inner is None or inner.first is None or inner.unit != "D":
        return None
    return weekend_meaning(inner.first, inner.anchor, ctx)


def make_weekend_of_month(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the first weekend of June": a weekend belongs to the month that has its Saturday."""
    saturday = make_nth_weekday({"nth": slots.get("ordinal", -1), "weekday": 6} | slots, ctx)
    if saturday is None or saturday.first is None:
        return None
    return weekend_meaning(saturday.first, saturday.anchor, ctx)


def make_beside(slots: Slots, ctx: Context) -> Meaning | None:
    """The day, or the weekday, before or after a date."""
    inner = slots["of"]
    if inner is None or inner.first is None or inner.unit != "D":
        return None
    side, first = int(slots["side"]), inner.first
    if "weekday" in slots:
        away = (int(slots["weekday"]) - first.isoweekday()) * side
        found = shift_days(first, side * ((away - 1) % 7 + 1))
    else:
        found = shift_days(first, side)
    return day_meaning(found, inner.anchor, direction=ctx.side(found, found)) if found else None


def make_edge_day(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the last day of May", "the first day of next year"."""
    inner = slots["of"]
    if inner is None or inner.range is None or inner.unit not in ("M", "Y", "W"):
        return None
    found = inner.range.earliest if int(slots["edge"]) > 0 else inner.range.latest
    return day_meaning(found, inner.anchor, direction=ctx.side(found, found)) if found else None


def make_weekday_open(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the Monday after the vote": its week is not told."""
    return Meaning("DATE", f"XXXX-WXX-{slots['weekday']}", None, NONE, unit="D")


def make_nth_weekday(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the first Monday of June"."""
    month = make_date({k: slots[k] for k in ("month", "year", "shift") if k in slots}, ctx)
    if month is None or month.first is None:
        return Meaning("DATE", f"XXXX-{int(slots['month']):02d}-XX", None, NONE, unit="D") if month else None
    nth, first = int(slots["nth"]), month.first
    if not -1 <= nth <= 5:
        return None
    found = nth_weekday(first.year, first.month, nth, int(slots["weekday"]))
    if found.month != first.month:
        return None
    return day_meaning(found, month.anchor, direction=ctx.side(found, found))


def make_part_of(slots: Slots, ctx: Context) -> Meaning | None:
    """The night of a day."""
    inner = slots["of"]
    if inner is None or inner.first is None or inner.unit != "D" or inner.type == "TIME":
        return None
    return day_meaning(inner.first, inner.anchor, str(slots["part"]), direction=inner.direction)


def make_away(slots: Slots, ctx: Context) -> Meaning | None:
    """ "20 years ago this week", "a week ago Tuesday": a date, so many years or weeks before."""
    inner, unit, n = slots["of"], str(slots["unit"]), slots["n"]
    if inner is None or inner.first is None or n == "X" or inner.unit not in ("D", "W", "M"):
        return None
    first = inner.first
    ahead = bool(slots.get("ahead"))
    if unit in ("W", "D") and inner.unit == "D" and (ahead or unit == "W"):
        found = shift_days(first, (1 if ahead else -1) * int(n) * (7 if unit == "W" else 1))
        return day_meaning(found, inner.anchor, direction=ctx.side(found, found)) if found else None
    if ahead:
        return None
    years = int(n) * {"Y": 1, "E": 10, "C": 100}.get(unit, 0)
    if not years or first.year <= years:
        return None
    if inner.unit == "M":
        return month_meaning(first.year - years, first.month, PUBLICATION, PAST)
    found = real_date(first.year - years, first.month, min(first.day, 28) if first.month == 2 else first.day)
    if found is None:
        return None
    if inner.value.endswith("-WE"):
        return weekend_meaning(found, PUBLICATION, ctx)
    return week_meaning(found, PUBLICATION, PAST) if inner.unit == "W" else day_meaning(found, PUBLICATION, "", PAST)


def make_day_of_month(slots: Slots, ctx: Context) -> Meaning | None:
    """ "the 5th of next month"."""
    if ctx.day is None:
        return None
    year, month = add_months(ctx.day.year, ctx.day.month, int(slots["shift"]))
    found = real_date(year, month, int(slots["day"]))
    return day_meaning(found, PUBLICATION, direction=ctx.side(found, found)) if found else None


def make_month_of_shift(slots: Slots, ctx: Context) -> Meaning | None:
    """ "May last year", "May 6 last year"."""
    if ctx.year is None:
        return None
    year, month = ctx.year + int(slots["shift"]), int(slots["month"])
    if "day" not in slots:
        return month_meaning(year, month, PUBLICATION, side_of_year(year, ctx))
    found = real_date(year, month, int(slots["day"]))
    return day_meaning(found, PUBLICATION, direction=ctx.side(found, found)) if found else None


DAYS: dict[str, Make] = {
    "day": make_day,
    "weekday": make_weekday,
    "weekday-of-week": make_weekday_of_week,
    "weekend": make_weekend,
    "weekend-of": make_weekend_of,
    "weekend-of-month": make_weekend_of_month,
    "beside": make_beside,
    "edge-day": make_edge_day,
    "weekday-open": make_weekday_open,
    "nth-weekday": make_nth_weekday,
    "part-of": make_part_of,
    "away": make_away,
    "day-of-month": make_day_of_month,
    "month-of-shift": make_month_of_shift,
}
"""The constructors of days."""
