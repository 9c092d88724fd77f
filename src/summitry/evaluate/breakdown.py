"""Figures apart: by kind, status, distance of the visit's first day from the report, and length of the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from summitry.evaluate.alike import bounds, date_rank, pair, same_visit
from summitry.evaluate.score import Coding, Rate

DISTANCES = (
    (-365, "more than a year before"),
    (-31, "a year to a month before"),
    (-1, "the month before"),
    (0, "the day of the report"),
    (7, "the week after"),
    (31, "the month after"),
)
"""Upper ends (days from the report to the visit's first day) and names; later ones are "later"."""

LENGTHS = ((150, "up to 150 words"), (400, "up to 400"), (800, "up to 800"))
"""Upper ends of the number of words and names; longer ones are "over 800"."""

Groups = dict[str, dict[str, dict[str, Rate]]]


def distance(visit: Coding, published: str | None) -> str:
    """How far the visit's first day lies from the day of the report."""
    told = bounds(visit.get("dates"))
    if told is None:
        return "no day told"
    if published is None or len(published) != len("2024-05-14"):
        return "report without a day"
    start, end = told
    first = start[0] if start else end[0] if end else None
    if first is None:
        return "no day told"
    days = (first - dt.date.fromisoformat(published)).days
    return next((name for limit, name in DISTANCES if days <= limit), "later")


def length(text: str) -> str:
    """How long a report is."""
    words = len(text.split())
    return next((name for limit, name in LENGTHS if words <= limit), f"over {LENGTHS[-1][0]}")


def breakdown(reports: Iterable[Coding], given: Mapping[str, Coding]) -> Groups:
    """Rates "visits", "dated" and "record" by grouping and group.

    A coded visit counts in the group of its coding, a given one in that of what was given: a group's recall is over the
    visits coded so, its precision over those given so.
    """
    groups: Groups = {name: {} for name in ("kind", "status", "distance", "length")}
    for report in reports:
        gold, read = report["gold"], given.get(str(report["id"]), {})
        coded, told = gold["visits"], read.get("visits", [])
        pairs = pair(coded, told, same_visit, lambda a, b: date_rank(a["dates"], b.get("dates")))
        dated = {(i, j) for i, j in pairs if date_rank(coded[i]["dates"], told[j].get("dates")) == 3}
        right = {(i, j) for i, j in dated if coded[i]["status"] == told[j].get("status")}
        size = length(str(report.get("text", "")))
        for grouping in groups:
            for rate, hits in (("visits", set(pairs)), ("dated", dated), ("record", right)):
                found_gold, found_given = {i for i, _ in hits}, {j for _, j in hits}
                for i, v in enumerate(coded):
                    _rate(groups, grouping, _group(grouping, v, gold["published"], size), rate).count(
                        gold=True, hit=i in found_gold
                    )
                for j, v in enumerate(told):
                    _rate(groups, grouping, _group(grouping, v, gold["published"], size), rate).count(
                        gold=False, hit=j in found_given
                    )
    return groups


def _group(grouping: str, visit: Coding, published: str | None, size: str) -> str:
    if grouping == "distance":
        return distance(visit, published)
    return size if grouping == "length" else str(visit.get(grouping))


class Sided(Rate):
    """A rate whose hits are counted apart among what was coded and what was given."""

    def __init__(self) -> None:
        super().__init__()
        self.hit_given = 0

    def count(self, *, gold: bool, hit: bool) -> None:
        """Count one visit of one side."""
        if gold:
            self.gold += 1
            self.hit += hit
        else:
            self.given += 1
            self.hit_given += hit

    @property
    def precision(self) -> float:
        """Share of what was given that is right."""
        return self.hit_given / self.given if self.given else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def _rate(groups: Groups, grouping: str, group: str, name: str) -> Sided:
    rates = groups[grouping].setdefault(group, {})
    rate = rates.setdefault(name, Sided())
    if not isinstance(rate, Sided):
        raise TypeError(f"{grouping} {group} {name} is no two-sided rate")
    return rate
