"""What is put together of one visit, and which visits are stops of one journey."""

from __future__ import annotations

from dataclasses import dataclass, replace

from summitry.extract.records import Sighting
from summitry.extract.status import OFF
from summitry.model.dates import DateRange
from summitry.model.spans import Span
from summitry.model.visits import Status

TODAY = "under-way"
"""The rule that gives a visit under way without days the day of the report."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sighting with its own status and days."""

    sighting: Sighting
    status: Status | None
    range: DateRange | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The sightings of one visit with what they add up to."""

    visitor: str
    host: str
    sightings: tuple[Sighting, ...]
    dates: DateRange | None
    status: Status
    spans: tuple[Span, ...]
    rule: str
    over: bool = False
    """Whether its talks are told as over and nothing more of it."""
    weighed: bool = False
    """Whether its status is not that of the rules but that of all its signs."""


def trips(clusters: list[Cluster]) -> list[int]:
    """A number for each cluster: stops of one journey of one person share it. Told in one sentence, or near in time."""
    parent = list(range(len(clusters)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for i, a in enumerate(clusters):
        for j in range(i):
            b = clusters[j]
            if a.visitor == b.visitor and a.host != b.host and _one_journey(a, b):
                parent[root(i)] = root(j)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root(n), len(numbers) + 1) for n in range(len(clusters))]


def _one_journey(a: Cluster, b: Cluster) -> bool:
    if {(s.sentence, s.group) for s in a.sightings} & {(s.sentence, s.group) for s in b.sightings}:
        return True
    x, y = a.dates, b.dates
    if x is not None and y is not None:
        first = [d for d in (x.earliest or x.latest, y.earliest or y.latest) if d]
        last = [d for d in (x.latest or x.earliest, y.latest or y.earliest) if d]
        if len(first) == 2 and len(last) == 2:
            gap = (max(first) - min(last)).days
            fine = x.precision == y.precision == "day"
            return gap <= (8 if fine else 0) and (fine or x.precision == y.precision == "month")
    if a.status in OFF or b.status in OFF:
        return False
    now = {Status.ONGOING, Status.PLANNED, Status.PROPOSED}
    told_together = {s.sentence for s in a.sightings} & {s.sentence for s in b.sightings}
    if told_together and (a.status in now) == (b.status in now):
        return True
    return a.status in now - {Status.PROPOSED} and b.status in now - {Status.PROPOSED}


def over_in_a_day(cluster: Cluster) -> Cluster:
    """A journey told as over of which nothing but its day is told, as one of that day: "had flown to Oslo on Monday"."""
    dates, acts = cluster.dates, {s.act for s in cluster.sightings if s.moments}
    if cluster.status is not Status.COMPLETED or cluster.rule != "start" or not acts <= {"go", "take"}:
        return cluster
    if dates is None or dates.start is None or dates.end is not None:
        return cluster
    return replace(cluster, dates=DateRange.unit(dates.start))
