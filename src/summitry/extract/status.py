"""The status of a visit: what each sighting says of it, weighed with its days against the day of publication."""

from __future__ import annotations

import datetime as dt

from summitry.extract.records import Sighting
from summitry.extract.telling import JOURNEYS
from summitry.lexicon.visits import VisitWords
from summitry.model.dates import DateRange
from summitry.model.visits import Status

OFF = (Status.POSTPONED, Status.CANCELLED, Status.RULED_OUT)
_LATER = frozenset(["future", "would", "planned", "infinitive", "proposed", "hedge"])

NEXT = 3
"""Days over which someone who has left may be on the way."""

_AHEAD = frozenset(["future", "planned", "would", "headline", "noun-planned", "ahead"])
COUNTERFACT = frozenset(["planned", "unreal", "past"])
"""Cues of what was due and did not come: "was to have arrived on Sunday"."""

UNDER_WAY = frozenset(["present", "perfect", "progressive", "visiting", "noun-ongoing", "present_at"])
"""Cues that put a stay in the days of the report itself: "is in Oslo", "has landed", "the visiting premier"."""

_NOW = frozenset(["visiting", "noun-ongoing", "present_at"])


def told(sighting: Sighting, published: dt.date | None, words: VisitWords) -> Status | None:
    """The status that one sighting tells by its words and its own times; None where it tells none (a negation, an "if")."""
    cues = sighting.cues
    for status in OFF:
        if str(status) in cues and "negated" not in cues:
            return status
    for status in (Status.POSTPONED, Status.CANCELLED):
        if f"noun-{status}" in cues:
            return status
    if {"negated", "no-longer"} <= cues and cues & {"future", "would", "planned", "progressive"}:
        return Status.CANCELLED
    if {"negated", "voiced"} <= cues and cues & {"future", "would", "planned", "able"} and "hypothetical" not in cues:
        return Status.RULED_OUT
    if "negated" in cues or "hypothetical" in cues:
        return None
    if "after-clause" in cues and "present" in cues:
        return Status.PLANNED
    when = _when(sighting, published)
    if {"participle", "before"} <= cues and when == "future":
        return Status.PLANNED  # "a day before leaving for Riga, she spoke"
    if {"neutral", "noun-proposed"} <= cues and when != "past":
        return Status.PROPOSED
    if "neutral" in cues or (
        sighting.act in {"take", "include"} and "present" in cues and not cues & {"planned", "perfect", "progressive"}
    ):
        return _neutral(when)
    if "nothing" in cues:
        return None
    if "noun-proposed" in cues and "future" in cues and "hedge" not in cues:
        return Status.PLANNED  # "will pay a return visit"
    if "invited" in cues or "proposed" in cues or "noun-proposed" in cues:
        return Status.COMPLETED if when == "past" and "invited" not in cues else Status.PROPOSED
    if "hedge" in cues:
        return Status.PROPOSED
    if cues >= COUNTERFACT and sighting.act == "stay":
        return None  # "had been due to stay until Friday": the visit was made, and shorter
    if cues >= COUNTERFACT:
        return Status.CANCELLED
    if "ended" in cues and cues & {"future", "planned"} and "past" not in cues:
        return Status.PLANNED  # "after his visit to Oslo he will go on to Riga"
    if cues & {"ended", "noun-completed"} or {"perfect", "past"} <= cues:
        return Status.COMPLETED
    if "ending" in cues:
        if {"future", "present"} <= cues and sighting.act == "visit":
            return Status.PLANNED  # "the tour ends in Oslo on Friday": its last stop is to come
        if "past" in cues and not ("planned" in cues and when in {"today", "future"}):
            return Status.COMPLETED  # but "was to fly home tonight"
        if cues & {"future", "planned", "would"} and not when:
            return Status.PLANNED
        return Status.ONGOING if cues & {"present", "progressive"} or when in {"future", "today"} else Status.COMPLETED
    if [m.role for m in sighting.moments] == ["until"]:
        if sighting.act == "stay" and "future" in cues:
            return Status.ONGOING  # "will stay until Friday"
        if sighting.act in {"stay", "visit"} and "past" in cues and "planned" not in cues and when == "future":
            return Status.ONGOING  # "extended her stay until Friday"
    if {"beside", "noun-ongoing"} <= cues and "past" not in cues:
        return Status.ONGOING  # "on a visit since Sunday, she will meet the king"
    if cues & _AHEAD and not ("past" in cues and when == "past"):
        return Status.PLANNED
    if "begun" in cues:
        if when == "future":
            return Status.PLANNED
        return Status.COMPLETED if when == "past" and _far(sighting, published) else Status.ONGOING
    if cues & _NOW:
        if "past" in cues and when == "past":
            return Status.COMPLETED
        over = when != "today" or _until(sighting, published)
        return Status.COMPLETED if "past" in cues and "present_at" in cues and over else Status.ONGOING
    if cues & {"progressive"}:
        coming = sighting.act == "go" and "past" not in cues and sighting.moments and when == ""
        if (when == "future" and not _holds(sighting, published)) or coming:
            return Status.PLANNED
        return Status.COMPLETED if "past" in cues and when in {"past", ""} else Status.ONGOING
    if "present" in cues and "perfect" not in cues:
        if when == "future" or (when == "" and sighting.act in JOURNEYS and _reaches(sighting, published)):
            return Status.PLANNED
        return Status.COMPLETED if when == "past" else Status.ONGOING
    told_with = {"past", "after", "before", "perfect", "present", "future", "would", "planned"}
    if sighting.act == "visit" and "participle" in cues and not cues & told_with:
        return Status.PLANNED if when == "future" else Status.ONGOING  # "X, currently visiting Oslo, is to ..."
    if cues & {"past", "perfect", "reduced", "after", "participle", "during"} or not cues:
        usual = next((t.past for t in words.triggers if t.id == sighting.rule), "completed")
        if sighting.act in {"speak", "meet"} and not when:
            here = sighting.place is not None and sighting.place.how in {"here", "dateline"}
            return Status.ONGOING if here and "perfect" not in cues else Status.COMPLETED
        if when == "future":
            return Status.PLANNED
        if usual == "ongoing" and not (when == "past" and _far(sighting, published)):
            return Status.ONGOING
        return Status.COMPLETED
    return _neutral(when)


def _when(sighting: Sighting, published: dt.date | None) -> str:
    """Whether the sighting's own times lie ahead of publication, behind it, or on the day; "" if not known."""
    if published is None:
        return ""
    sides = set()
    for moment in sighting.moments or sighting.context:
        r = moment.timex.range
        if r is None or moment.role in {"before", "after", "by", "since"}:
            if moment.timex.direction in {"past", "future"} and r is None and moment.role != "for":
                sides.add(moment.timex.direction)
            continue
        if (
            r.as_day == published + dt.timedelta(1)
            and "past" in sighting.cues
            and not sighting.cues & (_LATER | {"before"})
        ):
            sides.add("today")  # told after the day on the report, which was brought up to date or is of another zone
        elif r.earliest is not None and r.earliest > published:
            sides.add("future")
        elif r.latest is not None and r.latest < published:
            sides.add("past")
        elif r.as_day == published:
            sides.add("today")
        elif moment.timex.direction in {"past", "future"}:
            sides.add(moment.timex.direction)
    for side in ("today", "future", "past"):
        if side in sides:
            return side
    return ""


def _holds(sighting: Sighting, published: dt.date | None) -> bool:
    """Whether only the end told lies ahead: "is paying a visit until Saturday", "is visiting from Monday to Saturday"."""
    ranges = [(m.role, m.timex.range) for m in sighting.moments if m.timex.range is not None]
    begun = all(
        r.earliest is not None and published and r.earliest <= published for role, r in ranges if role == "from"
    )
    return any(role == "until" for role, _ in ranges) and all(role in {"from", "until"} for role, _ in ranges) and begun


def _reaches(sighting: Sighting, published: dt.date | None) -> bool:
    """Whether a unit told with the journey goes on after the day of the report: "leaves at the end of the month"."""
    last = [m.timex.range.latest for m in sighting.moments if m.timex.range and m.timex.range.latest]
    return bool(published and last and max(last) > published)


def _far(sighting: Sighting, published: dt.date | None, days: int = 4) -> bool:
    """Whether the sighting's times are more than some days before publication."""
    latest = [m.timex.range.latest for m in sighting.moments if m.timex.range and m.timex.range.latest]
    return bool(published and latest and max(latest) < published - dt.timedelta(days))


def settle(
    statuses: list[tuple[Status, Sighting]],
    dates: DateRange | None,
    published: dt.date | None,
    *,
    looked_forward: bool = True,
) -> Status:
    """One status of many tellings: what is called off stands; then the days against publication decide.

    ``looked_forward`` settles what no telling does: "the visit drew crowds" looks back, "the visit is her first" may not.
    """
    every = [s for s, _ in statuses]
    if any(t.cues >= COUNTERFACT for _, t in statuses) and Status.PLANNED in every:
        return Status.POSTPONED  # "was to have come on Sunday, will now come on Thursday"
    for status in OFF:
        if status in every:
            return status
    said = set(every)
    if any(s is Status.COMPLETED and t.cues & {"ended", "ending"} for s, t in statuses):
        last = dates.latest if dates is not None else None
        if last is None or published is None or last <= published:
            return Status.COMPLETED  # the end is told, whatever else is told of the stay
    if dates is not None and published is not None:
        first, last = dates.earliest, dates.latest
        if first == published + dt.timedelta(1) and said and said <= {Status.COMPLETED, Status.ONGOING}:
            published = first  # told after the day on the report
        left = any(s is Status.ONGOING and t.cues & {"past", "perfect"} and not t.moments for s, t in statuses)
        if first is not None and published < first <= published + dt.timedelta(NEXT) and left:
            return Status.ONGOING  # "has left for Oslo", where the talks are tomorrow
        if first is not None and first > published:
            return Status.PROPOSED if said <= {Status.PROPOSED} else Status.PLANNED
        if last is not None and last < published and any(_goes_on(t) for s, t in statuses if s is Status.ONGOING):
            return Status.ONGOING  # "toured a factory on Monday. ... is visiting the country"
        if last is not None and last < published:
            return Status.COMPLETED if said - {Status.PROPOSED} else Status.PROPOSED
        if first == last == published:
            talked = any(s.cues & {"talks"} and "past" in s.cues for _, s in statuses)
            if Status.ONGOING in said:
                return Status.ONGOING
            if Status.COMPLETED in said:
                return Status.ONGOING if Status.PLANNED in said or not talked else Status.COMPLETED
        if last == published and said == {Status.COMPLETED} and any(_until(t, last) for _, t in statuses):
            return Status.COMPLETED  # "was in Oslo from Monday to Wednesday", told on Wednesday
        inside = first is not None and last is not None and first <= published <= last and dates.precision == "day"
        weeks = ["-W" in m.timex.value for _, t in statuses for m in t.moments]
        if inside and said == {Status.COMPLETED} and weeks and all(weeks):
            return Status.COMPLETED  # "visited Riga this week"
        if inside and said & {Status.ONGOING, Status.COMPLETED}:
            return Status.ONGOING
    if not said and dates is not None and published is not None and dates.precision == "day":
        return Status.ONGOING  # nothing but the days tells: they hold the day of the report
    if Status.ONGOING in said:
        return Status.ONGOING
    if Status.COMPLETED in said and Status.PLANNED in said:
        past = sum(s is Status.COMPLETED for s in every)
        return Status.COMPLETED if past >= len(every) - past else Status.PLANNED
    for status in (Status.COMPLETED, Status.PLANNED, Status.PROPOSED):
        if status in said:
            return status
    return Status.PLANNED if looked_forward else Status.COMPLETED


def _goes_on(sighting: Sighting) -> bool:
    """Whether a stay is told in the present without a day: "is visiting Oslo", "is on a visit"."""
    return {"present", "progressive"} <= sighting.cues and not sighting.moments and "beside" not in sighting.cues


def _until(sighting: Sighting, day: dt.date | None) -> bool:
    """Whether the past tense tells a stay up to and with a day."""
    ends = [m.timex.range.as_day for m in sighting.moments if m.role in {"until", "and"} and m.timex.range is not None]
    return "past" in sighting.cues and day is not None and day in ends


def talks_over(statuses: list[tuple[Status, Sighting]], dates: DateRange | None, published: dt.date | None) -> bool:
    """Whether talks are told as over, nothing as going on or still to come, and nobody has arrived only that day."""
    if dates is None or published is None or dates.earliest is None:
        return False
    if not (dates.latest == published or (dates.latest is None and dates.earliest < published)):
        return False
    talked = any(s.cues & {"talks"} and "past" in s.cues for _, s in statuses)
    return talked and not any(
        s in {Status.PLANNED, Status.PROPOSED} or (s is Status.ONGOING and t.cues & UNDER_WAY) for s, t in statuses
    )


def _neutral(when: str) -> Status | None:
    """A telling whose verb says nothing of the visit: its times alone speak."""
    return {"future": Status.PLANNED, "past": Status.COMPLETED, "today": Status.ONGOING}.get(when)
