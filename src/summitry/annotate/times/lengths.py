"""Constructors of durations, sets, hours, "so long ago", parts of units, and of what has no day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from summitry.annotate.times.context import (
    EXPRESSION,
    ITSELF,
    NONE,
    PUBLICATION,
    Context,
    Meaning,
    day_meaning,
    shift_days,
    week_meaning,
)
from summitry.annotate.times.days import DAYS, weekend_meaning
from summitry.annotate.times.meanings import DATES, SHIFTED, Make, Slots, real_date
from summitry.annotate.times.units import UNITS, from_day, make_shift
from summitry.annotate.times.verbs import FUTURE, PAST
from summitry.model.dates import DateRange, Unit

_LAST_YEAR = 9999
_YEARS = range(1990, 2040)  # numbers that are years of the news rather than numbers of days
_NEARBY = 150  # pieces: how far a quarter told reaches
_BELOW = {"Y": ("M", 12), "M": ("D", 32), "W": ("D", 7), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60)}
"""The unit below each, and how many make one."""
_HALVES = {"Y": "6M", "TH": "30M", "TM": "30S", "D": "T12H"}


def length(unit: str, n: int | str) -> str:
    """The ISO 8601 duration of n units: ("W", 2) is "P2W"."""
    if n == "X":
        return f"PT{'X'}{unit[1:]}" if unit.startswith("T") else f"PX{unit}"
    n = int(n)
    if unit.startswith("T"):
        return f"PT{n}{unit[1:]}"
    factor, code = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "F": (2, "W")}.get(unit, (1, unit))
    return f"P{n * factor}{code}"


def _and_a_half(unit: str, n: int) -> str:
    """The length of n and a half units: ("Y", 2) is "P2Y6M"."""
    if unit in "ECL":
        return f"P{int((n + 0.5) * {'E': 10, 'C': 100, 'L': 1000}[unit])}Y"
    half = _HALVES.get(unit)
    if half is None:
        return f"P{n}.5{unit}"
    if n:
        return length(unit, n) + half
    return f"PT{half}" if unit.startswith("T") else f"P{half}"


def in_days(unit: str, n: int | str) -> int | None:
    """The length in days, where the unit has a fixed one."""
    if unit == "TH" and n != "X" and int(n) % 24 == 0:
        return int(n) // 24
    factor = {"D": 1, "W": 7, "F": 14, "WE": 2}.get(unit)
    return None if factor is None or n == "X" else int(n) * factor


def make_duration(slots: Slots, _: Context) -> Meaning | None:
    """How long: "three weeks"; "the next three weeks" lie ahead."""
    side = SHIFTED.get(slots.get("spell", 0), "")
    unit, n = str(slots.get("unit", slots.get("units", slots.get("span")))), slots.get("n", 1)
    value, mod = length(unit, n), str(slots.get("mod", ""))
    if unit in ("D", "W", "M") and n != "X" and int(n) in _YEARS:
        return None  # "the World Cup of 2018, day five"
    if "tenths" in slots:
        return Meaning("DURATION", length(unit, n).replace(str(n), f"{n}.{slots['tenths']}", 1), mod=mod)
    if slots.get("half"):
        return Meaning("DURATION", _and_a_half(unit, int(n)), mod=mod)
    return Meaning("DURATION", value, direction=side, mod=mod, days=in_days(unit, n), unit=unit)


def make_compound(slots: Slots, _: Context) -> Meaning | None:
    """ "2 hours, 9 minutes and 41 seconds": each unit the next below the one before, and less than one of it."""
    parts = [(int(slots[f"n{k}"]), str(slots[f"unit{k}"])) for k in ("", "2", "3") if f"unit{k}" in slots]
    for (_n, unit), (n, below) in pairwise(parts):
        if (below, True) != (_BELOW.get(unit, ("", 0))[0], n < _BELOW.get(unit, ("", 0))[1]):
            return None
    days = "".join(f"{n}{unit}" for n, unit in parts if unit[0] != "T")
    hours = "".join(f"{n}{unit[1:]}" for n, unit in parts if unit[0] == "T")
    return Meaning("DURATION", f"P{days}" + (f"T{hours}" if hours else ""), mod=str(slots.get("mod", "")))


def make_past(slots: Slots, _: Context) -> Meaning | None:
    """ "the past year": a length that ends now."""
    unit = str(slots["span"])
    return Meaning("DURATION", length(unit, 1), direction=PAST, days=in_days(unit, 1), unit=unit)


def make_set(slots: Slots, _: Context) -> Meaning | None:
    """Every so often."""
    unit, n = str(slots.get("unit", slots.get("span"))), slots.get("n", slots.get("number", 1))
    return Meaning("SET", length(unit, 1 if n is None else n))


def make_often(slots: Slots, _: Context) -> Meaning | None:
    """ "daily"."""
    return Meaning("SET", str(slots["often"]))


def make_set_part(slots: Slots, _: Context) -> Meaning | None:
    """ "every morning"."""
    return Meaning("SET", "XXXX-XX-XX" + str(slots["part"]))


def make_set_weekday(slots: Slots, _: Context) -> Meaning | None:
    """ "on Tuesdays"."""
    return Meaning("SET", f"XXXX-WXX-{slots['weekday']}" + str(slots.get("part", "")))


def make_set_month(slots: Slots, _: Context) -> Meaning | None:
    """ "each July"."""
    return Meaning("SET", f"XXXX-{int(slots['month']):02d}")


def make_set_season(slots: Slots, _: Context) -> Meaning | None:
    """ "every summer"."""
    return Meaning("SET", "XXXX-" + ("SP", "SU", "FA", "WI")[int(slots["season"]) - 1])


def make_vague(slots: Slots, _: Context) -> Meaning | None:
    """Now, recently, the near future."""
    value = str(slots["vague"])
    return Meaning("DATE", value, direction={"PAST_REF": PAST, "FUTURE_REF": FUTURE}.get(value, ""))


def make_soon(slots: Slots, ctx: Context) -> Meaning | None:
    """ "soon", where it is told of what is to come."""
    return None if ctx.tense == PAST else make_vague(slots, ctx)


def _half_more(unit: str, n: int) -> tuple[str, int]:
    """So many units and a half, in the unit below: two and a half years are 30 months; of shorter ones the half is lost."""
    below = {"C": ("Y", 100), "E": ("Y", 10), "Y": ("M", 12)}.get(unit)
    return (below[0], n * below[1] + below[1] // 2) if below else (unit, n)


def make_ago(slots: Slots, ctx: Context) -> Meaning | None:
    """Two weeks ago, three days from now: the unit told, that far from the report."""
    unit, n, ahead = str(slots.get("unit", slots.get("units"))), slots["n"], bool(slots.get("ahead"))
    if slots.get("half"):
        halves = {"E": ("Y", 5), "C": ("Y", 50), "Y": ("M", 6)}
        if unit not in halves:
            return None
        unit, n = halves[unit]
    if "and_half" in slots:
        unit, n = _half_more(unit, int(n))
    side, mod = (FUTURE if ahead else PAST), str(slots.get("mod", ""))
    blank = Meaning("DATE", "FUTURE_REF" if ahead else "PAST_REF", None, NONE, side)
    if n == "X" or unit.startswith("T") or unit in ("L", "WE"):
        return blank
    if unit == "Y" and n == 1 and not ahead and (quarter := _year_before(ctx)):
        return quarter
    return _reach(ctx, unit, int(n) * (1 if ahead else -1), None, PUBLICATION, blank, side, mod)


def _reach(
    ctx: Context, unit: str, n: int, base: dt.date | None, anchor: str, blank: Meaning, side: str, mod: str
) -> Meaning | None:
    if unit in "EC":
        unit, n = "Y", n * (10 if unit == "E" else 100)
    if base is None and ctx.day is None and not (unit == "Y" and ctx.year is not None):
        return blank
    if unit == "F":
        unit, n = "W", n * 2
    meaning = from_day(ctx, unit, n, anchor, base)
    return (
        replace(meaning, mod=mod, direction=side if anchor == PUBLICATION else meaning.direction) if meaning else None
    )


def _year_before(ctx: Context) -> Meaning | None:
    """In a report on a quarter "a year ago" is the same quarter of the year before."""
    if not ctx.quarter or ctx.months_told or not ctx.told or ctx.piece - ctx.told.piece > _NEARBY or ctx.quarter[0] < 2:
        return None
    year, n = ctx.quarter[0] - 1, ctx.quarter[1]
    return Meaning("DATE", f"{year:04d}-Q{n}", DateRange.unit(Unit(year, 32 + n)), EXPRESSION, PAST)


def make_earlier(slots: Slots, ctx: Context) -> Meaning | None:
    """ "a year earlier", "two days later": from what was told last; "months earlier" has no day."""
    unit = str(slots["unit"])
    back = int(slots["gap"]) < 0
    if slots["n"] == "X":
        return Meaning("DATE", "PAST_REF" if back else "FUTURE_REF", None, NONE, PAST if back else "")
    n = int(slots["n"])
    if "and_half" in slots:
        unit, n = _half_more(unit, n)
    if unit.startswith("T") or unit in ("L", "WE"):
        return None  # "an hour | later": a length, which another rule reads
    if unit == "Y" and back and n == 1 and (quarter := _year_before(ctx)):
        return quarter
    if ctx.told is None and not back:
        return None  # "eight years later", of what has no date: a length, which another rule reads
    base = ctx.anchor_day()[0] if unit in "DW" else ctx.told.meaning.first if ctx.told else ctx.day
    if unit == "Y" and back and n == 1 and ctx.months_told:
        base = ctx.day or base  # "in the nine months ...; a year earlier": both years are those of the report
    anchor = EXPRESSION if ctx.told else PUBLICATION
    blank = Meaning("DATE", "PAST_REF" if back else "FUTURE_REF", None, NONE)
    return _reach(
        ctx, unit, -n if back else n, base, anchor, blank, PAST if back else FUTURE, str(slots.get("mod", ""))
    )


def make_modified(slots: Slots, ctx: Context) -> Meaning | None:
    """Early, mid, late, the end of, around."""
    inner, mod = slots.get("of"), str(slots.get("mod", ""))
    return replace(inner, mod=mod or inner.mod) if inner else None


def make_unit_end(slots: Slots, ctx: Context) -> Meaning | None:
    """Year-end, month's end."""
    return make_shift({"shift": 0, "span": slots["span"], "mod": slots["mod"]}, ctx)


def make_clock(slots: Slots, ctx: Context) -> Meaning | None:
    """An hour, of the day beside it, of the day told last in the sentence, or of the report, with its time zone."""
    meaning, zone = _clock(slots, ctx), str(slots.get("tz", ""))
    return replace(meaning, zone=zone) if meaning and zone else meaning


def make_clock_part(slots: Slots, ctx: Context) -> Meaning | None:
    """ "9 last night": an hour that only the part of its day shows to be one."""
    inner = slots.get("of")
    return make_clock(slots, ctx) if inner and inner.value[10:].startswith("T") else None


def _clock(slots: Slots, ctx: Context) -> Meaning | None:
    """The hour; its value is local, as TIMEX3 is annotated, but for UTC."""
    zone = str(slots.get("tz", ""))
    if "point" in slots:
        hour = str(slots["point"])
    else:
        of = slots.get("of")
        h, m = _hour(slots if of is None else {"part": of.value[10:], **slots})
        if h is None:
            return None
        hour = f"T{h:02d}:{m:02d}" + ("Z" if zone == "Z" else "")
    inner = slots.get("of")
    mod = str(slots.get("mod", ""))
    if "dd" in slots:
        found = real_date(int(slots["year"]), int(slots["mm"]), int(slots["dd"]))
        return day_meaning(found, ITSELF, hour, direction=ctx.side(found, found)) if found else None
    if inner is not None:
        if inner.first is None or inner.unit != "D":
            return Meaning("TIME", inner.value + hour, None, NONE, inner.direction, mod, unit="D")
        return Meaning(
            "TIME", inner.first.isoformat() + hour, inner.range, inner.anchor, inner.direction, mod, unit="D"
        )
    focus = ctx.told_day
    near = focus is not None and ctx.piece - focus.piece < 15
    day = focus.meaning.first if focus and near else ctx.day
    if day is None:
        return Meaning("TIME", "XXXX-XX-XX" + hour, None, NONE, "", mod, unit="D")
    return replace(day_meaning(day, EXPRESSION if near else PUBLICATION, hour, direction=ctx.side(day, day)), mod=mod)


def _hour(slots: Slots) -> tuple[int | None, int]:
    if "hhmm" in slots:
        return int(slots["hhmm"]) // 100, int(slots["hhmm"]) % 100
    hour = int(slots["hh"] if "hh" in slots else slots["hour"])
    if slots.get("ampm") == "pm" and hour < 12:
        hour += 12
    elif slots.get("ampm") == "am" and hour == 12:
        hour = 0
    elif "ampm" not in slots and slots.get("part") in ("TEV", "TAF", "TNI") and hour < 12:
        hour += 12
    minute = int(slots.get("minute", 0))
    if minute < 0:  # "a quarter to nine"
        hour, minute = hour - 1, minute + 60
    return (hour if 0 <= hour < 24 else None), minute


def make_holiday(slots: Slots, ctx: Context) -> Meaning | None:
    """A named day, by its year, by "last" and "next", else by the tense."""
    day = ctx.grammar.holidays[str(slots["holiday"])]
    year = slots.get("year")
    if "of_year" in slots and ctx.year is not None:
        year = ctx.year + int(slots["of_year"])
        if not 1 < year < _LAST_YEAR:
            return None
    if year is None and ctx.day is None:
        return Meaning("DATE", "XXXX-XX-XX", None, NONE, ctx.tense) if ctx.year is None else None
    years = (
        [int(year)]
        if year is not None
        else [y for y in range(ctx.day.year - 1, ctx.day.year + 2) if 1 < y < _LAST_YEAR]
        if ctx.day
        else []
    )
    options = []
    for y in years:
        for first, about in day.starts(y):
            last = shift_days(first, day.length - 1)
            if last is not None:
                options.append((first, last, about))
    if not options:
        return Meaning("DATE", f"{year:04d}" if year else "XXXX", None, NONE)
    if year is None and ctx.day is not None:
        shift = slots.get("shift")
        if shift == -1:
            options = [o for o in options if o[1] < ctx.day][-1:]
        elif shift == 1:
            options = [o for o in options if o[0] > ctx.day][:1]
        chosen = ctx.choose([o[:2] for o in options], ctx.tense if shift is None else "")
        options = [o for o in options if o[:2] == chosen]
    if not options:
        return None
    first, last, about = options[0]
    if day.length == 1 and not about:
        return day_meaning(first, PUBLICATION, direction=ctx.side(first, last))
    span = DateRange(
        Unit(first.year, first.month, first.day, about), Unit(last.year, last.month, last.day, about), first == last
    )
    return Meaning("DATE", first.isoformat(), span, PUBLICATION, ctx.side(first, last), "APPROX" if about else "")


def make_holiday_week(slots: Slots, ctx: Context) -> Meaning | None:
    """Easter week: the week that ends with the day, if it is a Sunday, else the one that holds it."""
    day = make_holiday(slots, ctx)
    return week_meaning(day.first, day.anchor, day.direction) if day and day.first else None


def make_holiday_weekend(slots: Slots, ctx: Context) -> Meaning | None:
    """Easter weekend: the one nearest to the day."""
    day = make_holiday(slots, ctx)
    if day is None or day.first is None:
        return None
    # Monday and Tuesday are nearest to the weekend before them.
    found = shift_days(day.first, -2) if day.first.isoweekday() <= 2 else day.first
    return weekend_meaning(found, day.anchor, ctx) if found else None


MAKES: dict[str, Make] = DATES | DAYS | UNITS | {
    "duration": make_duration, "past": make_past, "set": make_set,
    "often": make_often, "set-weekday": make_set_weekday, "set-month": make_set_month, "set-season": make_set_season,
    "vague": make_vague, "soon": make_soon, "ago": make_ago, "earlier": make_earlier, "modified": make_modified,
    "unit-end": make_unit_end, "clock": make_clock, "holiday": make_holiday,
    "holiday-week": make_holiday_week, "holiday-weekend": make_holiday_weekend, "set-part": make_set_part,
    "clock-part": make_clock_part, "compound": make_compound,
}  # fmt: skip
"""All constructors, by the name that rules give."""
