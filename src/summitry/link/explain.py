"""Why two accounts are one visit: each comparison with its score, what it found and the two values it looked at.

The score of a tie is the product of its parts, from 0 to 1: an order of strength, not a probability. Linking itself goes by
the steps and thresholds of ``cluster``; the scores tell a person which joins to look at first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from rapidfuzz import fuzz

from summitry.link.cluster import Linked
from summitry.link.days import Window, fits_time, window
from summitry.link.names import parts
from summitry.link.thresholds import SLACK_DAYS
from summitry.model.register import Told

SHORT_FORM = 0.95
"""A name and its short form."""

SPELLING = 0.9
"""At the most, two spellings of a name."""

A_DAY = 0.1
"""What each day by which two sources differ takes off."""

HOLDS = (1.0, 0.8, 0.7, 0.6)
"""Days that lie in days, in a month, in a season, in a year."""

UNDATED = 0.5
"""Only one of the two tells days."""

NO_DAYS = 0.4
"""Neither does."""

AGAINST_TIME = 0.7
"""One account tells as ahead what was over when it appeared, or the other way round; or both were told too early."""


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison: what was compared, the score, the reason in words, the two values."""

    name: str
    score: float
    detail: str
    values: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """The strongest tie of an account (``report``) to another of its visit, and the step of linking that joined it."""

    report: str
    other: str
    step: str
    parts: tuple[Part, ...]

    @property
    def score(self) -> float:
        """The product of the parts."""
        return prod(p.score for p in self.parts)

    def __str__(self) -> str:
        return f"{self.score:.2f}: " + "; ".join(f"{p.name} {p.score:.2f} ({p.detail})" for p in self.parts)


def ties(linked: Linked) -> list[Tie]:
    """For each account of a visit its strongest tie to another; none for a visit with one account."""
    found = []
    for n, (told, why) in enumerate(zip(linked.told, linked.why, strict=True)):
        others = [t for i, t in enumerate(linked.told) if i != n]
        if others:
            made = [Tie(told.key, other.key, why, compare(told, other)) for other in others]
            found.append(max(made, key=lambda tie: tie.score))
    return found


def compare(a: Told, b: Told) -> tuple[Part, ...]:
    """The comparisons of two accounts of one host country: name, days, time of telling."""
    return (_name(a, b), _days(a, b), _time(a, b))


def _name(a: Told, b: Told) -> Part:
    values = (a.visit.visitor, b.visit.visitor)
    x, y = parts(values[0]), parts(values[1])
    if x == y:
        return Part("name", 1.0, "the same", values)
    if set(x) <= set(y) or set(y) <= set(x):
        return Part("name", SHORT_FORM, "a shorter form", values)
    short, long = sorted((x, y), key=len)
    alike = [max((fuzz.ratio(part, other) for other in long), default=0.0) for part in short]
    return Part("name", SPELLING * sum(alike) / (100 * max(len(alike), 1)), "another spelling", values)


def _days(a: Told, b: Told) -> Part:
    values = (str(a.visit.dates or ""), str(b.visit.dates or ""))
    x, y = window(a), window(b)
    if x is None and y is None:
        return Part("days", NO_DAYS, "neither tells days", values)
    if x is None or y is None:
        return Part("days", UNDATED, "one tells no days", values)
    if values[0] == values[1]:
        return Part("days", HOLDS[x.size], "the same", values)
    gap = _gap(x, y)
    size = max(x.size, y.size)
    if gap <= 0:
        return Part("days", HOLDS[size], "the days meet" if size == 0 else "one holds the other", values)
    score = max(HOLDS[size] - A_DAY * gap, A_DAY)
    return Part("days", score, f"{gap} day{'s' * (gap > 1)} apart", values)


def _gap(x: Window, y: Window) -> int:
    return max((y.reach_first - x.reach_last).days, (x.reach_first - y.reach_last).days)


def _time(a: Told, b: Told) -> Part:
    values = (f"{a.visit.status} {a.published or ''}".strip(), f"{b.visit.status} {b.published or ''}".strip())
    fits = all(w is None or fits_time(t, w.first, w.last, SLACK_DAYS) for t, w in ((a, window(b)), (b, window(a))))
    if fits:
        return Part("time", 1.0, "each could tell of the other's days", values)
    return Part("time", AGAINST_TIME, "told at odds with the other's days", values)


def ordered(found: Sequence[Tie]) -> list[Tie]:
    """The weakest ties first: those to look at."""
    return sorted(found, key=lambda tie: (tie.score, tie.report))
