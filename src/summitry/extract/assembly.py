"""Put the sightings of one report together: one cluster for one visit, however often it is told."""

from __future__ import annotations

import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from summitry.extract.days import days, facts
from summitry.extract.hosts import Host
from summitry.extract.journeys import TODAY, Cluster, Telling, trips
from summitry.extract.moved import moved
from summitry.extract.programme import PROGRAMME, SAYING
from summitry.extract.records import Sighting
from summitry.extract.status import COUNTERFACT, OFF, UNDER_WAY, settle, talks_over, told
from summitry.lexicon.visits import VisitWords
from summitry.model.dates import DateRange, Unit
from summitry.model.entities import PlaceKind
from summitry.model.visits import Status

ALL = sys.maxsize
"""The lead of a report filed in the host's country: every sentence."""

LEAD = 5
"""Sentences of a report in which its news is told."""

NEAR = 6
"""Days between two dated tellings up to which they may be of one stay. Longer stays are told as ranges."""

INNER = frozenset({"talks", TODAY, "at", "event"})
"""Rules by which only days inside a stay are known, so that a stay under way may go on to the next leg."""

TRAVELS = frozenset({"start", "start-and-length", "from-until", "interval", "at-until", "next-leg"})
"""Rules whose first day is that of the journey; a day of talks is not, nor that of a gathering."""

NEAR_BY = 2
"""Sentences over which "the visit was called off" may be of the visit told before."""

LEG = 7
"""Days that a leg may last when its end is the start of the next."""

RECENT = 15
"""Days before publication up to which a past visit counts as the one that the report is about."""


PERFECT = frozenset(["perfect", "future", "planned", "would", "proposed"])
"""Cues with which an end that is told has no day of its own, not even the report's."""


def cluster(
    sightings: Sequence[Sighting],
    published: dt.date | None,
    words: VisitWords,
    guess: Callable[[Sighting], Host | None] = lambda s: None,
    lead: int = LEAD,
    here: str | None = None,
) -> list[Cluster]:
    """All visits of a report. Sightings without a host join the visit of the same person that stands nearest.

    ``lead`` is the number of the sentence with which the news is told: a visit that only later sentences tell of, without
    a day, is background, and not under way on the day of the report, unless the report was filed ``here``, in its host's country.

    ``guess`` gives the host of a person all of whose sightings lack one, a place told around them, or None.
    """
    tellings: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    loose: list[Telling] = []
    for sighting in sightings:
        status = None if PROGRAMME in sighting.cues else told(sighting, published, words)
        if status is None and not sighting.cues & {"neutral", PROGRAMME} and not _unmade(sighting):
            continue
        own, _, _ = days([sighting])
        telling = Telling(sighting, status, own)
        if sighting.host is None:
            loose.append(telling)
        else:
            tellings[sighting.visitor, sighting.host].append(telling)
    parts: list[tuple[str, str, list[Telling]]] = []
    for (visitor, host), told_of in tellings.items():
        row, loose = moved(told_of, loose)
        split = (_still_to_come(part, published) for part in _split(row, published))
        parts += [(visitor, host, part) for part in split if not _bare(part)]
    loose = [t for t in loose if not (_of_a_tour(t, parts, published) or _of_all(t, parts))]
    homeless = [t for t in loose if not _attach(t, parts, published)]
    for visitor in dict.fromkeys(t.sighting.visitor for t in homeless):
        row = [t for t in homeless if t.sighting.visitor == visitor]
        known = any(p[0] == visitor for p in parts) or "unplaced" in row[0].sighting.cues
        around = None if known else guess(row[0].sighting)
        if around is not None and around.country is not None and any(t.status is not None for t in row):
            row[0] = replace(row[0], sighting=replace(row[0].sighting, host=around.country, place=around))
            parts.append((visitor, around.country, row))
    made = [
        _make(visitor, host, row, published, ALL if host == here else lead)
        for visitor, host, row in parts
        if not _bare(row)
    ]
    made = [_finished(c, made) for c in _close_legs(_pass_units(made))]
    return sorted(made, key=lambda c: (min(s.span.start for s in c.sightings), c.host))


def _bare(row: list[Telling]) -> bool:
    """Whether nothing but deeds of some day is told, which make no visit."""
    return all(PROGRAMME in t.sighting.cues for t in row)


def _still_to_come(row: list[Telling], published: dt.date | None) -> list[Telling]:
    """The tellings of a visit without the deeds that were done by the day of the report, where it is still to come."""
    return [t for t in row if not _done(t, published)] if _ahead(row) else row


def _ahead(row: list[Telling]) -> bool:
    """Whether a visit is told as still to come, and by nothing as more; a day of its programme tells neither."""
    told = {t.status for t in row if t.status is not None}
    return bool(told) and told <= {Status.PLANNED, Status.PROPOSED}


def _close_legs(made: list[Cluster]) -> list[Cluster]:
    """End a leg that is open on the day on which the next leg of the same journey starts."""
    numbers = trips(made)
    out = []
    for cluster, number in zip(made, numbers, strict=True):
        day = cluster.dates.earliest if cluster.dates is not None else None
        short = (
            cluster.dates is not None
            and cluster.dates.precision == "day"
            and (cluster.dates.end is None or (cluster.status is Status.ONGOING and cluster.rule in INNER))
        )
        if short and day is not None and cluster.status in {Status.ONGOING, Status.PLANNED}:
            ahead = [
                (start, other.status)
                for other, n in zip(made, numbers, strict=True)
                if n == number and other.visitor == cluster.visitor and other is not cluster and other.dates is not None
                and other.dates.precision == "day" and other.dates.start is not None
                and (start := other.dates.start.first) > day and _goes(other) and _travels(other)
            ]  # fmt: skip
            following = min((start for start, _ in ahead), default=None)
            if following is not None and (following - day).days <= LEG:
                # Who is on the next leg has left this one.
                status = Status.COMPLETED if (following, Status.ONGOING) in ahead else cluster.status
                cluster = replace(cluster, dates=DateRange.days(day, following), status=status, rule="next-leg")
        out.append(cluster)
    return out


def _finished(cluster: Cluster, every: list[Cluster]) -> Cluster:
    """A visit that another telling makes a completed one: of somebody who is elsewhere now, or whose talks are over.

    Talks that are over end no visit of a traveller whose next leg is still to come.
    """
    ahead = any(c.visitor == cluster.visitor and c.status is Status.PLANNED for c in every)
    left = cluster.status is Status.ONGOING and not any(s.act == "end" for s in cluster.sightings)
    if left and not _now_there(cluster) and any(c.visitor == cluster.visitor and _now_there(c) for c in every):
        return replace(cluster, status=Status.COMPLETED)  # "was in Oslo on Friday and is now in Riga"
    return replace(cluster, status=Status.COMPLETED) if cluster.over and not ahead else cluster


def _now_there(cluster: Cluster) -> bool:
    """Whether somebody is told in the present to be at a place."""
    there = any({"present", "present_at"} <= s.cues and "past" not in s.cues for s in cluster.sightings)
    return there and cluster.status is Status.ONGOING


def _travels(cluster: Cluster) -> bool:
    """Whether the first day of a visit is that of the journey to it, also where somebody is met on the same day."""
    return cluster.rule in TRAVELS or any("to-meet" in s.cues for s in cluster.sightings)


def _goes(cluster: Cluster) -> bool:
    """Whether a visit is told by the journey to it, so that its start is the end of the stay before."""
    return any(s.act in {"go", "leave", "arrive"} or "next-stop" in s.cues for s in cluster.sightings)


def _pass_units(made: list[Cluster]) -> list[Cluster]:
    """Give the calendar unit told for a tour (next month, next week) to its legs that have no days of their own."""
    numbers = trips(made)
    out = []
    for cluster, number in zip(made, numbers, strict=True):
        units = [
            other
            for other, n in zip(made, numbers, strict=True)
            if n == number
            and other is not cluster
            and other.dates is not None
            and other.dates.precision in {"month", "season"}
        ]
        if cluster.dates is None and cluster.status in {Status.PLANNED, Status.PROPOSED} and units:
            first = units[0]
            cluster = replace(cluster, dates=first.dates, spans=first.spans, rule="tour-unit")
        out.append(cluster)
    return out


def _make(visitor: str, host: str, row: list[Telling], published: dt.date | None, lead: int) -> Cluster:
    row = _without_sayings(sorted(row, key=lambda t: t.sighting.span.start), filed_there=lead == ALL)
    if not any(t.status in OFF for t in row):
        # "had been due to stay until Friday": it was shorter; where no more is told, it never came to it.
        made = [t for t in row if not _unmade(t.sighting)]
        row = made or [replace(t, status=Status.CANCELLED) for t in row]
    used = [t.sighting for t in row]
    main = [t.sighting for t in row if t.sighting.act not in {"speak", "meet"}]
    talk = [f for t in row if t.sighting.act in {"speak", "meet"} for f in facts(t.sighting)]
    landed = any(t.sighting.act == "arrive" and t.sighting.cues & {"past", "perfect"} for t in row)
    landed = landed or any(t.sighting.act == "leave" and {"perfect", "present"} <= t.sighting.cues for t in row)
    begun = any("begun" in t.sighting.cues and t.sighting.cues & {"past", "progressive"} for t in row)
    landed = landed or (begun and all(t.range is None for t in row))
    over = any(
        "ending" in t.sighting.cues
        and not any(m.timex.range for m in t.sighting.moments)
        and not t.sighting.cues & PERFECT
        for t in row
    )
    dates, spans, rule = days(main, talk, published if landed else None, published if over else None, published)
    statuses = [(t.status, t.sighting) for t in row if t.status is not None]
    statuses = [(s, t) for s, t in statuses if "lasting" not in t.cues] or statuses
    if any(s is Status.PLANNED for s, _ in statuses):  # "will travel there before returning on Saturday"
        statuses = [(s, t) for s, t in statuses if not (s is Status.ONGOING and t.act == "end")]
    back = any("looked-back" in s.cues for s in used) and not any("noun-planned" in s.cues for s in used)
    status = settle(statuses, dates, published, looked_forward=not back)
    # "Flew to Oslo for talks" is of the day of the report only in one filed from there; elsewhere it may be days ago.
    current = any(
        s is Status.ONGOING and t.sentence <= lead and (lead == ALL or t.cues & UNDER_WAY) for s, t in statuses
    )
    if status is Status.ONGOING and dates is None and not current:
        past = [t for s, t in statuses if s is Status.ONGOING and t.cues & {"past", "perfect"}]
        status = Status.COMPLETED if past else status
    if status in OFF:
        kept = [t for t in row if PROGRAMME not in t.sighting.cues]
        new = [t for t in kept if t.status is Status.PLANNED]
        if status is Status.POSTPONED:
            new = [t for t in new if t.range is not None]  # "is put back and will now begin on 12 June"
        elif not any(t.sighting.cues >= COUNTERFACT for t in row):
            new = []
        dates, spans, rule = days([t.sighting for t in new or kept])
        if dates is not None and dates.start is not None and dates.end is None:
            dates = DateRange.unit(dates.start)
    if dates is None and status is Status.ONGOING and published is not None and current:
        opens = any(_comes_now(t) for s, t in statuses if s is Status.ONGOING)
        dates = DateRange(Unit.of(published), None) if opens else DateRange.day(published)
        spans, rule = (), "start" if opens else TODAY
    over = status is Status.ONGOING and talks_over(statuses, dates, published)
    return Cluster(visitor, host, tuple(used), dates, status, spans, rule, over)


def _unmade(sighting: Sighting) -> bool:
    """Whether the days of a stay are those for which it was meant, and not those which it took."""
    return sighting.act == "stay" and sighting.cues >= COUNTERFACT


def _comes_now(sighting: Sighting) -> bool:
    """Whether an arrival or a beginning is told as the news of the day: "has landed in Oslo", "kicking off a visit"."""
    comes = sighting.act == "arrive" or "begun" in sighting.cues
    return comes and "past" not in sighting.cues and not sighting.moments


def _without_sayings(row: list[Telling], *, filed_there: bool) -> list[Telling]:
    """Leave out the days on which something was said, unless it was said there and no other day is told.

    "X called for calm on Thursday. Speaking in Oslo, he said": the words spoken there are those of the sentence before.
    What the first sentences of a report filed from the country of the visit tell as said was said there.
    """
    said = [t for t in row if SAYING in t.sighting.cues]
    rest = [t for t in row if SAYING not in t.sighting.cues]
    if not said or any(t.range is not None for t in rest):
        return rest
    if filed_there and said[0].sighting.sentence <= LEAD:
        return [*rest, said[0]]
    spoken = {t.sighting.sentence for t in rest if "spoke" in t.sighting.cues and t.sighting.place is not None}
    return rest + [t for t in said if {t.sighting.sentence, t.sighting.sentence + 1} & spoken][:1]


def _bounds(t: Telling) -> tuple[dt.date, dt.date] | None:
    r = t.range
    if r is None:
        return None
    first = r.earliest or (r.latest - dt.timedelta(NEAR) if r.latest else None)
    last = r.latest or (r.earliest + dt.timedelta(NEAR) if r.earliest else None)
    return (first, last) if first and last else None


def _split(row: list[Telling], published: dt.date | None) -> list[list[Telling]]:
    """Part the tellings of one person and country into visits by their days; the undated go where their tense fits."""
    off = [t for t in row if t.status in OFF]
    firm = [t for t in row if t.status is not None and t.status not in OFF]
    if off and firm and all(t.sighting.cues >= COUNTERFACT and not _bounds(t) for t in off):
        return _split([t for t in row if t not in off], published)  # "was supposed to fly, but came by car"
    if off and any(t.status is Status.ONGOING for t in firm) and all(_in_a_city(t) and not _bounds(t) for t in off):
        return _split([t for t in row if t not in off], published)  # who is there "has given up a side trip to Agra"
    if off and firm and off[0].sighting.sentence > firm[0].sighting.sentence and len(off) < len(firm):
        # A visit called off that is told in passing, beside one that stands, is another visit.
        return [*_split(off, published), *_split([t for t in row if t not in off], published)]
    dated = sorted((t for t in row if _bounds(t)), key=lambda t: (_width(t), _first(t), t.sighting.span.start))
    groups: list[list[Telling]] = []
    for telling in dated:
        home = next((g for g in groups if any(_may_be_one(telling, other) for other in g)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    undated = [t for t in row if not _bounds(t)]
    rest: list[Telling] = []
    for telling in undated:
        target = _fit(telling, groups, published)
        if target is None:
            rest.append(telling)
        else:
            target.append(telling)
    if rest:
        behind = [t for t in rest if t.status is Status.COMPLETED]
        ahead = [t for t in rest if t.status not in {Status.COMPLETED, None}]
        apart = ahead and any("noun-completed" in t.sighting.cues for t in behind)
        if apart:  # "her last visit was in spring; she is to come again"
            groups += [[t for t in rest if t not in behind], behind]
        else:
            groups.append(rest)
    return groups


def _in_a_city(t: Telling) -> bool:
    """Whether a telling names a city and no country."""
    mention = t.sighting.place.mention if t.sighting.place is not None else None
    return mention is not None and mention.kind is PlaceKind.CITY


def _width(t: Telling) -> int:
    bounds = _bounds(t)
    return (bounds[1] - bounds[0]).days if bounds else 0


def _first(t: Telling) -> dt.date:
    bounds = _bounds(t)
    return bounds[0] if bounds else dt.date.max


def _may_be_one(a: Telling, b: Telling) -> bool:
    """Whether two dated tellings may be of one stay: their days touch, give or take a few."""
    x, y = _bounds(a), _bounds(b)
    if x is None or y is None:
        return False
    slack = dt.timedelta(NEAR if _width(a) <= NEAR and _width(b) <= NEAR else 0)
    return x[0] <= y[1] + slack and y[0] <= x[1] + slack


def _fit(telling: Telling, groups: list[list[Telling]], published: dt.date | None) -> list[Telling] | None:
    """The dated visit that an undated telling belongs to: the current one, or the one told in the same sentence."""
    if not groups:
        return None
    if telling.status is None:
        here = telling.sighting.sentence
        near = [g for g in groups if any(0 <= here - o.sighting.sentence <= 2 for o in g) or _current(g, published)]
        return near[-1] if near else None
    same = [g for g in groups if any(o.sighting.sentence == telling.sighting.sentence for o in g)]
    current = [g for g in groups if _current(g, published)]
    if telling.status is Status.COMPLETED and "noun-completed" in telling.sighting.cues:
        past = [g for g in groups if all(o.status is Status.COMPLETED for o in g)]
        return past[-1] if past else None
    if telling.status is Status.COMPLETED:
        near = [g for g in groups if any(abs(o.sighting.sentence - telling.sighting.sentence) <= 1 for o in g)]
        pick = same or near or current or groups
        return pick[0]
    pick = [g for g in same if g in current] or current
    return pick[0] if pick else None


def _current(group: list[Telling], published: dt.date | None) -> bool:
    """Whether the visit is ahead, under way or only just over."""
    if published is None:
        return True
    ends = [b[1] for t in group if (b := _bounds(t))]
    return not ends or max(ends) >= published - dt.timedelta(RECENT)


def _of_a_tour(telling: Telling, parts: list[tuple[str, str, list[Telling]]], published: dt.date | None) -> bool:
    """Whether a telling without a host is of a tour of several countries: its start, its end or its length.

    An end goes to the last leg and a start to the leg told as the first, where these are known; others date no leg.
    """
    length = any(m.timex.days for m in telling.sighting.moments)
    if telling.range is None and not length:
        return False
    mine = [p for p in parts if p[0] == telling.sighting.visitor and _current(p[2], published)]
    if len({p[1] for p in mine}) < 2:
        return False
    legs, ends, begins = [p[2] for p in mine], telling.sighting.act == "end", "begun" in telling.sighting.cues
    dated = telling.range is not None and telling.range.latest is not None
    leg = _led_to(telling, legs) or _last_leg(telling, legs) if ends and dated else None
    if leg is None and begins and telling.range is not None:
        opening = {"begun", "first-leg"}
        first = [leg for leg in legs if any(t.sighting.cues & opening and t.range is None for t in leg)]
        leg = first[0] if len(first) == 1 else None  # "leaves on Friday on a tour that begins in Oslo"
    if leg is not None:
        leg.append(telling)
    return leg is not None or begins or ends or telling.range is None


def _led_to(end: Telling, legs: list[list[Telling]]) -> list[Telling] | None:
    """The leg told last before a return in its sentence: "will travel to Peru before returning on Saturday"."""
    span, number = end.sighting.span, end.sighting.sentence
    told = [(t.sighting.span.start, t.sighting.act, leg) for leg in legs for t in leg if t.sighting.sentence == number]
    told = [entry for entry in told if entry[0] < span.start]
    led = [leg for leg in legs if any(leg is other and act in {"go", "leave", "arrive"} for _, act, other in told)]
    last = max(told, key=lambda entry: entry[0], default=None)
    return led[0] if len(led) == 1 and last is not None and last[2] is led[0] else None


def _last_leg(end: Telling, legs: list[list[Telling]]) -> list[Telling] | None:
    """The leg that begins last and was told last, by a day after its start; None if not all have days."""
    last = end.range.latest if end.range is not None else None
    starts = [min((b[0] for t in leg if (b := _bounds(t))), default=None) for leg in legs]
    known = [(start, leg) for start, leg in zip(starts, legs, strict=True) if start is not None]
    if last is None or len(known) < len(legs):
        return None
    start, leg = max(known, key=lambda entry: entry[0])
    before = [(t.sighting.span.start, leg) for leg in legs for t in leg]
    before = [entry for entry in before if entry[0] <= end.sighting.span.start]
    newest = max((at for at, _ in before), default=None)
    told_last = any(at == newest and other is leg for at, other in before)
    return leg if told_last and start <= last else None


def _of_all(telling: Telling, parts: list[tuple[str, str, list[Telling]]]) -> bool:
    """Give a month or season told of a journey to all its stops of the same sentence that have no days."""
    r, here = telling.range, telling.sighting.sentence
    if r is None or r.precision not in {"month", "season"}:
        return False
    stops = [p for p in parts if p[0] == telling.sighting.visitor and all(o.sighting.sentence == here for o in p[2])]
    if len(stops) < 2 or any(_bounds(o) for p in stops for o in p[2]):
        return False
    for part in stops:
        part[2].append(telling)
    return True


def _attach(telling: Telling, parts: list[tuple[str, str, list[Telling]]], published: dt.date | None) -> bool:
    """Give a telling without a host to the visit of the same person that stands nearest before it, if its days fit."""
    sighting = telling.sighting
    options = [p for p in parts if p[0] == sighting.visitor]
    fitting = []
    for part in options:
        if telling.range is not None and not any(_may_be_one(telling, o) or _bounds(o) is None for o in part[2]):
            continue
        if telling.status is not Status.COMPLETED and not _current(part[2], published):
            continue
        if _done(telling, published) and _ahead(part[2]):
            continue
        if telling.status in {Status.COMPLETED, Status.ONGOING} and all(o.status in {Status.PROPOSED} for o in part[2]):
            continue
        if telling.status in OFF and _stands(telling, part[2]):
            continue
        distance = min(abs(o.sighting.span.start - sighting.span.start) for o in part[2])
        beside = any(o.sighting.sentence == sighting.sentence for o in part[2])
        after = min(o.sighting.span.start for o in part[2]) > sighting.span.start
        fitting.append((not beside, distance + 200 * after, part))
    if fitting:
        row = min(fitting, key=lambda f: f[:2])[2][2]
        row.append(_departing(telling, row))
    return bool(fitting)


def _departing(telling: Telling, row: list[Telling]) -> Telling:
    """A departure that is to come, of someone whose stay nothing tells to have begun, as that for the journey itself.

    "His departure" from where he has arrived is the end of his stay.
    """
    sighting = telling.sighting
    begun = any(t.status in {Status.ONGOING, Status.COMPLETED} or t.range is not None for t in row)
    if sighting.rule == "leaving-noun" and any(t.status is Status.ONGOING for t in row):
        left = replace(sighting, act="end", cues=sighting.cues | {"ending"})
        return replace(telling, sighting=left)
    if begun or sighting.rule != "leave-verb" or sighting.act != "end" or not sighting.cues & {"future", "planned"}:
        return telling
    left = replace(sighting, act="leave", cues=sighting.cues - {"ending"})
    return replace(telling, sighting=left, status=Status.PLANNED)


def _done(telling: Telling, published: dt.date | None) -> bool:
    """Whether a deed was done by the day of the report, so that it is none of a visit still to come."""
    last = telling.range.latest if telling.range is not None else None
    if PROGRAMME not in telling.sighting.cues or published is None or last is None:
        return False
    return last < published or (last == published and "past" in telling.sighting.cues)


def _stands(off: Telling, row: list[Telling]) -> bool:
    """Whether a visit was told as standing well before a word of one called off, which is of another then."""
    firm = [t.sighting.sentence for t in row if t.status in {Status.PLANNED, Status.ONGOING}]
    return bool(firm) and off.sighting.sentence - max(firm) > NEAR_BY and all(t.status not in OFF for t in row)
