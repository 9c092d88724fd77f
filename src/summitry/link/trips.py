"""Tours across reports: visits that any report links as stops of one journey share a trip."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summitry.link.names import same_name
from summitry.link.thresholds import TOUR_DAYS
from summitry.model.dates import DateRange


@dataclass(frozen=True, slots=True)
class Stop:
    """What trips need of a visit: its id, visitor, host, dates, and the (article, trip) pairs of its reports."""

    visit: str
    visitor: str
    host: str
    dates: DateRange | None
    legs: frozenset[tuple[str, int]]

    @property
    def order(self) -> tuple[dt.date, dt.date, str]:
        """Stops in the order of travel; undated ones last."""
        first = self.dates.earliest or self.dates.latest if self.dates else None
        last = self.dates.latest or self.dates.earliest if self.dates else None
        return (first or dt.date.max, last or dt.date.max, self.visit)


def linked(a: Stop, b: Stop) -> bool:
    """Whether two visits are stops of one tour: told so by a report, of one person, in two countries, in one season."""
    if a.legs.isdisjoint(b.legs) or not same_name(a.visitor, b.visitor):
        return False
    first, second = sorted((a, b), key=lambda s: s.order)
    if first.order[0] == dt.date.max or second.order[0] == dt.date.max:
        return True
    return (second.order[0] - first.order[1]).days <= TOUR_DAYS


def trips(stops: Iterable[Stop]) -> dict[str, str]:
    """The trip of each visit: the id of the tour's first stop (of the visit itself where it stands alone)."""
    todo = sorted(stops, key=lambda s: s.order)
    by_leg: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, stop in enumerate(todo):
        for leg in stop.legs:
            by_leg[leg].append(i)
    root = list(range(len(todo)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for members in by_leg.values():
        for n, i in enumerate(members):
            for j in members[n + 1 :]:
                a, b = find(i), find(j)
                if a != b and linked(todo[i], todo[j]):
                    root[max(a, b)] = min(a, b)
    return {stop.visit: todo[find(i)].visit for i, stop in enumerate(todo)}


def in_order(stops: Sequence[Stop]) -> list[Stop]:
    """The stops of a tour in the order of travel."""
    return sorted(stops, key=lambda s: s.order)
