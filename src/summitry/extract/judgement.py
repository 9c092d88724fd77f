"""How a visit stands, by all that is told of it: a scale over the status that the rules give and every sign beside it.

The rules of ``status`` decide first, and what they decide is the strongest of the signs. The choice ``status``, fitted by
``training/visits/weighed.py`` on coded reports, weighs it with the acts, cues and days of every telling: a status that
the rest of the signs speaks against gives way to the likeliest that the days allow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from summitry.extract.journeys import TODAY, Cluster, trips
from summitry.extract.programme import PROGRAMME
from summitry.extract.status import OFF, told
from summitry.lexicon.scales import Flags, flags
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.dates import DateRange
from summitry.model.visits import Status

EARLY = 3
"""Sentences from the start, headline included, that tell the news."""

MARGIN = 0.5
"""Log-odds by which another status must be likelier than that of the rules."""

FREE = frozenset([Status.PROPOSED, Status.PLANNED, Status.ONGOING, Status.COMPLETED])
"""The statuses that are weighed; that a visit is called off is told in words."""

WEIGHED = "status-by-signs"
"""The note of a visit whose status is not that of the rules."""


def judged(annotated: Annotated, clusters: Sequence[Cluster], here: str | None, words: VisitWords) -> list[Cluster]:
    """The visits, each with the status that all its signs speak for; what is called off stays so."""
    choice, published = words.choices["status"], annotated.published.day
    made = []
    for cluster, told_of in zip(clusters, signs(annotated, clusters, here, words), strict=True):
        allowed = set() if cluster.status in OFF else {str(s) for s in _allowed(cluster.dates, published)}
        status = choice.likeliest(told_of, allowed, str(cluster.status), MARGIN)
        made.append(_with(cluster, Status(status), published))
    return made


def _allowed(dates: DateRange | None, published: dt.date | None) -> frozenset[Status]:
    """The statuses that days allow on the day of the report."""
    if dates is None or published is None:
        return FREE
    first, last = dates.earliest, dates.latest
    if first is not None and first > published:
        return frozenset([Status.PROPOSED, Status.PLANNED])
    if last is not None and last < published:
        return frozenset([Status.COMPLETED, Status.PROPOSED])
    return FREE


def _with(cluster: Cluster, status: Status, published: dt.date | None) -> Cluster:
    """A visit with another status; one under way without days is of the day of the report."""
    if status is cluster.status:
        return cluster
    if status is Status.ONGOING and cluster.dates is None and published is not None:
        return replace(cluster, status=status, dates=DateRange.day(published), rule=TODAY, weighed=True)
    return replace(cluster, status=status, weighed=True)


def signs(annotated: Annotated, clusters: Sequence[Cluster], here: str | None, words: VisitWords) -> list[Flags]:
    """Named features of each visit: what the rules made of it, its tellings, its days, its place in the report."""
    numbers = trips(list(clusters))
    rows = []
    for n, cluster in enumerate(clusters):
        held = {*_tellings(annotated, cluster, words), *_person(annotated, cluster)}
        when = _against(cluster.dates, annotated.published.day)
        held |= {
            f"the rules say {cluster.status}",
            f"the rules say {cluster.status}, days {when}",
            f"days {when}",
            f"days told as {shape(cluster.dates)}",
            f"days by {cluster.rule or 'nothing'}",
        }
        if cluster.over:
            held.add("talks over")
        home = annotated.people[cluster.visitor].country
        if here is not None and here in {cluster.host, home}:
            where = "filed there" if here == cluster.host else "filed at home"
            held |= {where, f"{where}, the rules say {cluster.status}"}
        for m, other in enumerate(clusters):
            if other is cluster:
                continue
            if other.visitor == cluster.visitor:
                held.add(f"another visit of the visitor {other.status}")
            if numbers[m] == numbers[n]:
                held.add(f"another leg {other.status}")
            if other.host == cluster.host and other.visitor != cluster.visitor:
                held.add(f"another guest {other.status}")
        rows.append(flags(held))
    return rows


def _tellings(annotated: Annotated, cluster: Cluster, words: VisitWords) -> set[str]:
    """What the tellings say one by one."""
    held = set()
    for s in cluster.sightings:
        status = None if PROGRAMME in s.cues else told(s, annotated.published.day, words)
        held |= {f"act {s.act}", f"rule {s.rule}", f"told as {status}"}
        held |= {f"told {cue}" for cue in s.cues} | {f"act {s.act}, told {cue}" for cue in s.cues}
        if s.place is not None:
            held.add(f"place by {s.place.how}")
        if s.sentence < EARLY:
            held.add(f"told early as {status}")
    first = min(s.sentence for s in cluster.sightings)
    held.add(f"first told {next((f'before {b}' for b in (2, 4, 9, 21) if first < b), 'late')}")
    held.add(f"told {min(4, len({s.span for s in cluster.sightings}))} times")
    return held


def _person(annotated: Annotated, cluster: Cluster) -> set[str]:
    """What is known of the visitor and of the report."""
    person = annotated.people[cluster.visitor]
    held = set()
    if not person.named:
        held.add("nobody named")
    if person.former:
        held.add("a former holder")
    if annotated.published.day is None:
        held.add("day of the report not known")
    return held


def shape(dates: DateRange | None) -> str:
    """How exact the days are: "none", "open" (an end is not told), "one day", "several days", or the unit."""
    if dates is None:
        return "none"
    if dates.start is None or dates.end is None:
        return "open"
    if dates.precision == "day":
        return "one day" if dates.as_day else "several days"
    return str(dates.precision)


def _against(dates: DateRange | None, published: dt.date | None) -> str:
    """Where the days lie from the day of the report."""
    if dates is None or published is None:
        return "not told" if dates is None else "of no known report"
    first, last = dates.earliest, dates.latest
    if first is not None and first > published:
        days = (first - published).days
        return "tomorrow" if days == 1 else "within a week" if days <= 7 else "later"
    if last is not None and last < published:
        days = (published - last).days
        return (
            "yesterday" if days == 1 else "a week back" if days <= 7 else "a month back" if days <= 31 else "long ago"
        )
    if first == last:
        return "today"
    if first is None or last is None:
        return "from today" if first == published else "from before" if last is None else "until then"
    if dates.precision != "day":
        return "in a unit around"
    return "from today" if first == published else "until today" if last == published else "around today"
