"""The days of a visit, from the times that belong to its sightings. The rules are those of docs/coding.md, "dates"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from summitry.extract.moments import Moment
from summitry.extract.records import Sighting
from summitry.model.dates import DateRange, Unit
from summitry.model.spans import Span
from summitry.model.times import Timex, TimexType

STARTS = frozenset(["arrive", "go", "leave", "take"])
PLACED = frozenset({"place", "list", "here", "where"})
"""How a place is told where the words themselves put the visitor there."""

STAY = 4
"""Days after which talks and a journey are no more of one stay, where nothing else tells its length."""

_HOURS = re.compile(r"PT(\d{1,3})H")

STAYS = frozenset(["visit", "stay", "receive", "transit", "invite", "present"])


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is told of the days: a "start", an "end", the days "at" which it is, a "talk" inside, a "length"."""

    part: str
    range: DateRange | None
    days: int
    span: Span
    rule: str
    placed: bool = False
    """Whether the words put the visitor at a place of the host, so that the day lies in the stay for certain."""


def facts(sighting: Sighting) -> list[Fact]:
    """What one sighting tells of its days."""
    row = [f for m in sighting.moments if (f := _fact(sighting, m)) is not None]
    row += _joined(sighting)
    if "overnight" in sighting.cues:
        row.append(Fact("length", None, 2, sighting.span, "overnight"))
    units = [f for f in row if f.part == "at" and f.range is not None]
    starts = [m for m in sighting.moments if m.role == "from"]
    if starts and not any(f.part == "end" for f in row):
        # "from Friday until Sunday": the second time closes the range whatever word joins it.
        later = [f for f in units if f.span.start > starts[0].timex.span.start]
        row = [Fact("end", f.range, 0, f.span, f.rule) if f in later else f for f in row]
    return row


def _joined(sighting: Sighting) -> list[Fact]:
    """ "On March 21 and 22": two days in a row that one "and" joins are a stay from the first to the second."""
    found = []
    for a, b in pairwise(sighting.moments):
        first, last = a.timex.range, b.timex.range
        if b.role != "and" or first is None or last is None or sighting.act in {"speak", "meet"}:
            continue
        if first.as_day and last.as_day and (last.as_day - first.as_day).days == 1:
            found.append(Fact("at", DateRange.days(first.as_day, last.as_day), 0, b.timex.span, b.timex.rule))
    return found


def _fact(sighting: Sighting, moment: Moment) -> Fact | None:
    timex = moment.timex
    if timex.type is TimexType.DURATION and "regional" in sighting.cues:
        return None  # "a twelve-day tour of Asia": the length of no leg
    if timex.type is TimexType.DURATION:
        if moment.how == "inside":
            length = _hours(timex) or timex.days
        else:  # "less than 24 hours before" is no length of a stay
            lasting = moment.role in {"for", "on"} or (moment.role == "after" and sighting.act == "end")
            length = timex.days if lasting and not timex.value.startswith("PT") else None
        return Fact("length", None, length, timex.span, timex.rule) if length else None
    if "ahead" in sighting.cues and moment.how not in {"inside", "counted"} and timex.span.end <= sighting.span.start:
        return None  # "spoke on Monday ahead of his visit": the day of what came before
    if timex.type is TimexType.SET or timex.range is None:
        return None
    under_way = sighting.cues & {"perfect", "noun-ongoing"}
    if moment.role == "since" and sighting.act in {"present", "visit", "stay"} and under_way:
        return Fact("start", timex.range, 0, timex.span, timex.rule)  # "has been in Riga since Monday"
    if moment.role in {"before", "after", "by", "since", "apart"}:
        return None
    placed = sighting.host is not None and (sighting.place is None or sighting.place.how in PLACED)
    return Fact(_part(sighting, moment), timex.range, 0, timex.span, timex.rule, placed)


def _hours(timex: Timex) -> int:
    """The days of a stay told in hours: "a 48-hour visit" ends two days later, "a five-hour visit" on its day; else 0."""
    told = _HOURS.fullmatch(timex.value)
    return int(told[1]) // 24 + 1 if told else 0


def _part(sighting: Sighting, moment: Moment) -> str:
    cues = sighting.cues
    if sighting.act == "invite" and moment.how == "precedes":
        return "told"  # the day of the invitation
    if moment.role == "from":
        return "start"
    if moment.role == "until" and any(m.role == "from" and m.governor == moment.governor for m in sighting.moments):
        return "end"
    if "beside" in cues and moment.governor != sighting.group and not cues & {"begun", "ending"}:
        return "talk"  # "on a visit to Oslo, he met the king on Monday": the day of what is done there
    if any(c.startswith("day-") for c in cues):
        return "talk"
    if moment.role == "until":
        return "at" if "postponed" in cues else "end"
    if sighting.act == "end" or "ending" in cues or "ended" in cues:
        day = moment.timex.range is not None and moment.timex.range.as_day is not None
        return "end" if moment.how != "inside" and day else "at"
    if "begun" in cues or "next-stop" in cues:
        return "start"
    if sighting.act in STARTS and "to-meet" not in cues:
        return "start"
    if sighting.act == "attend":
        return "event"
    if sighting.act in STAYS or "to-meet" in cues:
        return "at"
    return "talk"


def days(
    sightings: Iterable[Sighting],
    talks: Iterable[Fact] = (),
    arrived: dt.date | None = None,
    leaving: dt.date | None = None,
    today: dt.date | None = None,
) -> tuple[DateRange | None, tuple[Span, ...], str]:
    """The range of a visit, the words it rests on, and the rule. None where nothing is told.

    ``talks`` are days of talks and speeches inside the stay, used where the stay itself is not told. ``arrived`` is the
    day of a report that tells of the arrival without its day, ``leaving`` of one that tells of the end: they serve as
    start and end only where the length is told. ``today`` is the day of the report, from which "the second day of" counts.
    """
    sightings = list(sightings)
    talks = list(talks)
    row = [_inner(f, talks) for s in sightings for f in facts(s)]
    row += [f for s in sightings if (f := _counted(s, today)) is not None]
    stay, rule = _stay(sightings, row, talks, arrived, leaving, today)
    if stay is None:
        return None, (), ""
    told = row + talks if rule == "talks" else row
    ends = {"start", "end"} if rule == "from-until" else set()
    return stay, tuple(dict.fromkeys(f.span for f in told if f.part in ends or _within(f, stay))), rule


def _within(fact: Fact, stay: DateRange) -> bool:
    """Whether what is told may be of a stay: not of other days."""
    told = fact.range
    before = told is not None and told.latest and stay.earliest and told.latest < stay.earliest
    after = told is not None and told.earliest and stay.latest and told.earliest > stay.latest
    return not before and not after


def _stay(
    sightings: list[Sighting],
    row: list[Fact],
    talks: list[Fact],
    arrived: dt.date | None,
    leaving: dt.date | None,
    today: dt.date | None,
) -> tuple[DateRange | None, str]:
    """The range of a visit from all that is told of its days, and the rule that gave it; see ``days``."""
    start = _settle([f.range for f in row if f.part == "start" and f.range], earliest=True)
    length = _length(sightings, start)
    end = _settle([f.range for f in row if f.part == "end" and f.range], last=True)
    at = _settle([f.range for f in row if f.part == "at" and f.range], together=True)
    event = _settle([f.range for f in row if f.part == "event" and f.range], together=True)
    for stay in (at, start):
        if stay is not None and not stay.single and stay.start and stay.end and not _week(stay):
            return stay, "interval"
    if start is not None and end is not None and (both := _join(start, end)):
        if length > 1 and start.as_day and end.as_day and (end.as_day - start.as_day).days + 1 < length:
            # "back on Tuesday from a four-day visit that took her to Riga on Sunday": Sunday was not the first day
            return DateRange.days(end.as_day - dt.timedelta(length - 1), end.as_day), "end-and-length"
        return both, "from-until"
    if length > 1 and leaving is not None and start is None and end is None:
        return DateRange.days(leaving - dt.timedelta(length - 1), leaving), "end-and-length"
    anchor = next((r for r in (start, at, event) if r is not None and r.as_day is not None), None)
    first = anchor.as_day if anchor is not None else arrived if leaving is None else None
    # Where the end is told, a day before it is no start.
    inside = start is None and end is not None and end.as_day is not None
    if length and first is not None and not inside:
        return DateRange.days(first, first + dt.timedelta(length - 1)), "start-and-length"
    last = end.as_day if end is not None else leaving
    if length and last is not None:
        return DateRange.days(last - dt.timedelta(length - 1), last), "end-and-length"
    if start is not None and start.as_day is not None and start.start is not None:
        return DateRange(start.start, None), "start"
    if at is not None and end is not None and at.as_day and (both := _join(at, end)):
        return both, "at-until"
    told = [f.range for f in row if f.part == "talk" and f.range] + [f.range for f in talks if f.range]
    inner = sorted(d for r in told if (d := r.as_day))
    if at is not None and end is not None and end.as_day and _coarse(at) > 1 and _covers(at, [end.as_day]):
        at = None  # "will visit next week; the trip ends on Thursday"
    for unit, rule in ((at, "at"), (end, "end"), (event, "event"), (start, "start-unit")):
        if unit is None:
            continue
        if rule == "end" and (both := _from_talks(unit, row, talks, today)) is not None:
            return both, "talks"
        if rule == "end" and unit.end is not None:
            return (DateRange(None, unit.end) if unit.precision == "day" else unit), "end"
        if rule != "event" and inner and _coarse(unit) > 1 and _covers(unit, inner):
            return DateRange.days(inner[0], inner[-1]), "talks"
        sure = [d for f in row + talks if f.part == "talk" and f.placed and f.range and (d := f.range.as_day)]
        if rule in {"at", "event"} and (day := unit.as_day) and any(d != day for d in sure):
            row_of_days = sorted({day, *sure})  # "met the king on Monday", "visits the port on Tuesday": first to last
            return DateRange.days(row_of_days[0], row_of_days[-1]), "talks"
        return unit, rule
    if inner:
        last_day = inner[0] + dt.timedelta(length - 1) if length > 1 and inner[0] != inner[-1] else inner[-1]
        return DateRange.days(inner[0], max(inner[-1], last_day)), "talks"
    return _settle(told), "talks"


def _from_talks(end: DateRange, row: list[Fact], talks: list[Fact], today: dt.date | None) -> DateRange | None:
    """ "Held talks there on Monday and flew home on Tuesday": a stay from the first talks to the end that is told."""
    last, ends = end.as_day, {f.span for f in row if f.part == "end"}
    if last is None:
        return None
    found = []
    for fact in [f for f in row if f.part == "talk"] + talks:
        day = fact.range.as_day if fact.range is not None else None
        if day is None or (today is not None and day > today) or not 0 <= (last - day).days <= STAY:
            continue
        if day < last or (fact.placed and fact.span not in ends):
            found.append(day)
    return DateRange.days(min(found), last) if found else None


def _counted(sighting: Sighting, today: dt.date | None) -> Fact | None:
    """ "On the second day of a visit": its first day, or its last, counted from the day that is told or the report's."""
    nth = next((c.removeprefix("day-") for c in sighting.cues if c.startswith("day-")), None)
    told = [m.timex.range.as_day for m in sighting.moments if m.timex.range is not None and m.timex.range.as_day]
    day = told[0] if told else today
    if nth is None or day is None:
        return None
    part, first = ("end", day) if nth == "last" else ("start", day - dt.timedelta(int(nth) - 1))
    return Fact(part, DateRange.day(first), 0, sighting.span, "nth-day")


def _inner(fact: Fact, talks: list[Fact]) -> Fact:
    """A journey told inside a stay: "on Sunday he goes to the cemetery", after talks on Saturday, begins no stay."""
    day = fact.range.as_day if fact.range is not None else None
    if fact.part != "start" or day is None:
        return fact
    before = [d for f in talks if f.placed and f.range is not None and (d := f.range.as_day)]
    return replace(fact, part="talk") if any(0 < (day - d).days <= STAY for d in before) else fact


def _length(sightings: Iterable[Sighting], start: DateRange | None) -> int:
    """The length of the stay in days, 0 if none is told; one told with a later start of its own is of a part of the stay."""
    for sighting in sightings:
        told = facts(sighting)
        days = next((f.days for f in told if f.part == "length" and f.days > 0), 0)
        own = next((f.range.as_day for f in told if f.part == "start" and f.range), None)
        if days and (own is None or start is None or start.as_day is None or own == start.as_day):
            return days
    return 0


def _week(r: DateRange) -> bool:
    """Whether a range is a whole week or weekend, which is a unit of the calendar and not yet a stay."""
    if not (r.earliest and r.latest):
        return False
    return (r.earliest.weekday(), (r.latest - r.earliest).days) in {(0, 6), (5, 1)}


def _covers(unit: DateRange, inner: list[dt.date]) -> bool:
    return bool(unit.earliest and unit.latest and unit.earliest <= inner[0] and inner[-1] <= unit.latest)


def _join(start: DateRange, end: DateRange) -> DateRange | None:
    """A range from the start of one to the end of the other; None where that runs backwards."""
    first, last = start.start, end.end
    if start.as_day and end.as_day and dt.timedelta(0) < start.as_day - end.as_day < dt.timedelta(7):
        last = Unit.of(end.as_day + dt.timedelta(7))  # "from Sunday to Tuesday": the end is the weekday after the start
    if first is None or last is None or last.last < first.first:
        return None
    return DateRange.unit(first) if first == last else DateRange(first, last)


def _settle(
    ranges: list[DateRange], *, last: bool = False, together: bool = False, earliest: bool = False
) -> DateRange | None:
    """One range of several tellings: the finest; among days the first (or last); intervals before single days."""
    if not ranges:
        return None
    best = min(_coarse(r) for r in ranges)
    days = sorted({d for r in ranges if (d := r.as_day)})
    if best == 0 and len(days) > 1 and all((b - a).days == 1 for a, b in pairwise(days)) and together:
        return DateRange.days(days[0], days[-1])
    finest = [r for r in ranges if _coarse(r) == best]
    intervals = [r for r in finest if not r.single]
    if intervals:
        return intervals[0]
    if earliest and best == 0:
        return min(finest, key=lambda r: r.earliest or dt.date.max)
    return finest[-1] if last else finest[0]


def _coarse(r: DateRange) -> int:
    """How coarse a range is, for choosing among tellings: days, then open ends, weeks, months, seasons, years."""
    if r.precision == "day":
        return 2 if _week(r) else 1 if not _closed(r) else 0
    return {"month": 3, "season": 4, "year": 5}[r.precision]


def _closed(r: DateRange) -> bool:
    return r.start is not None and r.end is not None
