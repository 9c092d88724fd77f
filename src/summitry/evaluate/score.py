"""Score readings against coded reports: visits, dated, record, each field, encounters, publication dates, trips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summitry.evaluate.alike import date_rank, pair, same_person, same_phrase, same_place, same_visit

Coding = Mapping[str, Any]
SINGLE = ("status", "kind", "visitor_country")
MACRO = ("status", "kind")
LISTED = ("places", "meets", "delegation", "invited_by", "announced_by", "occasion", "agenda", "documents")
PEOPLE = frozenset(["meets", "delegation", "invited_by"])


@dataclass
class Rate:
    """Counts that add up; ratios come last. Specimen: ``Rate(8, 10, 9).f1``."""

    hit: int = 0
    gold: int = 0
    given: int = 0

    def add(self, hit: int, gold: int, given: int) -> None:
        """Add the counts of one report."""
        self.hit += hit
        self.gold += gold
        self.given += given

    @property
    def precision(self) -> float:
        """Share of what was given that is right; 0 where nothing was given."""
        return self.hit / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was given; 0 where nothing is there."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.gold + self.given
        return 2 * self.hit / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A visit missed, invented or coded differently; ``gold`` or ``given`` is None where there is no such side."""

    report: str
    what: str
    gold: Coding | None
    given: Coding | None


@dataclass
class Score:
    """All rates of a set of reports, with the misses if they were asked for.

    ``pairs`` counts, for "status" and "kind", how often a coded value was given as which one; ``parts`` are the scores
    of the single reports by id, which the intervals are drawn from.
    """

    reports: int = 0
    rates: dict[str, Rate] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    pairs: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    parts: dict[str, Score] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        """Add the counts of another set of reports."""
        self.reports += other.reports
        self.misses += other.misses
        for name, rate in other.rates.items():
            self.rate(name).add(rate.hit, rate.gold, rate.given)
        for name, counts in other.pairs.items():
            self.pairs.setdefault(name, Counter()).update(counts)
        self.parts |= other.parts

    def macro(self, name: str) -> float:
        """The mean F1 of the values of "status" or "kind" that were coded, each counting alike; 0 where none was."""
        counts = self.pairs.get(name, Counter())
        coded = sorted({gold for gold, _ in counts})
        f1 = []
        for value in coded:
            hit = counts[value, value]
            gold = sum(n for (g, _), n in counts.items() if g == value)
            given = sum(n for (_, p), n in counts.items() if p == value)
            f1.append(2 * hit / (gold + given))
        return sum(f1) / len(f1) if f1 else 0.0

    def rate(self, name: str) -> Rate:
        """The rate of that name, empty where nothing was counted yet."""
        return self.rates.setdefault(name, Rate())

    def rows(self) -> list[tuple[str, Rate]]:
        """Names and rates in the order in which they are reported."""
        order = [
            "visits",
            "dated",
            "record",
            *SINGLE,
            *LISTED,
            "encounters",
            "encounter record",
            "published",
            "trip pairs",
        ]
        return [(name, self.rates[name]) for name in order if name in self.rates]


def score(gold: Iterable[Coding], given: Mapping[str, Coding], *, misses: bool = False) -> Score:
    """Score ``given`` (id to reading) against reports with a "gold" coding. A report not given counts as all missed."""
    total = Score()
    for report in gold:
        name = str(report["id"])
        one = Score(reports=1)
        _one(one, name, report["gold"], given.get(name, {}), misses)
        one.parts = {name: Score(1, one.rates, [], one.pairs)}
        total.add(one)
    return total


def _values(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(v) for v in value] if isinstance(value, (list, tuple)) else []


def _same_encounter(a: Coding, b: Coding) -> bool:
    other = _values(b.get("participants"))
    shared = sum(any(same_person(x, y) for y in other) for x in a["participants"])
    return a["kind"] == b.get("kind") and shared >= min(2, len(a["participants"]))


def _one(total: Score, name: str, gold: Coding, given: Coding, misses: bool) -> None:
    visits, read = gold["visits"], given.get("visits", [])
    if gold["published"]:
        total.rate("published").add(gold["published"] == given.get("published"), 1, 1)
    pairs = pair(visits, read, same_visit, lambda a, b: date_rank(a["dates"], b.get("dates")))
    dated = [(i, j) for i, j in pairs if date_rank(visits[i]["dates"], read[j].get("dates")) == 3]
    record = [(i, j) for i, j in dated if visits[i]["status"] == read[j].get("status")]
    for rate, hits in (("visits", pairs), ("dated", dated), ("record", record)):
        total.rate(rate).add(len(hits), len(visits), len(read))
    for i, j in pairs:
        _fields(total, visits[i], read[j])
    for n, (i, j) in enumerate(pairs):
        for k, m in pairs[n + 1 :]:
            same = (visits[i]["trip"] == visits[k]["trip"]) == (read[j].get("trip") == read[m].get("trip"))
            total.rate("trip pairs").add(same, 1, 1)
    _encounters(total, gold["encounters"], given.get("encounters", []))
    if misses:
        found_gold, found_given = {i for i, _ in pairs}, {j for _, j in pairs}
        total.misses += [Miss(name, "missed", v, None) for i, v in enumerate(visits) if i not in found_gold]
        total.misses += [Miss(name, "invented", None, v) for j, v in enumerate(read) if j not in found_given]
        total.misses += [Miss(name, "differs", visits[i], read[j]) for i, j in pairs if (i, j) not in record]


def _fields(total: Score, gold: Coding, given: Coding) -> None:
    for name in SINGLE:
        total.rate(name).add(gold[name] == given.get(name), 1, 1)
        if name in MACRO:
            total.pairs.setdefault(name, Counter())[str(gold[name]), str(given.get(name))] += 1
    for name in LISTED:
        a, b = _values(gold[name]), _values(given.get(name))
        same = same_place if name == "places" else same_person if name in PEOPLE else same_phrase
        total.rate(name).add(len(pair(a, b, same)), len(a), len(b))


def _encounters(total: Score, gold: Sequence[Coding], given: Sequence[Coding]) -> None:
    pairs = pair(gold, given, _same_encounter, lambda a, b: date_rank(a["date"], b.get("date")))
    total.rate("encounters").add(len(pairs), len(gold), len(given))
    exact = sum(
        date_rank(gold[i]["date"], given[j].get("date")) == 3 and gold[i]["status"] == given[j].get("status")
        for i, j in pairs
    )
    total.rate("encounter record").add(exact, len(gold), len(given))
