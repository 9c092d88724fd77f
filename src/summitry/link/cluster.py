"""Visit reports to visits: which reports tell of one and the same visit.

``link`` looks at one block after another (one host country, names that may meet). Inside a block it goes from the
surest to the least sure, each step over all that the step before left, so that the order of reading never matters:

1. reports that tell days join where the days are the same or nearly so;
2. reports that tell a month, a season or a year join the one visit that falls in it ("spring" holds March);
3. a visit that was put off joins the visit that took its place;
4. reports that tell no days join the one visit near their day of publication that they can mean.

Two visits of one article never join: whoever wrote it told them apart.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from summitry.link.days import AHEAD, Window, fits_time, shift, window
from summitry.link.names import groups, same_name
from summitry.link.thresholds import (
    AHEAD_DAYS,
    BEHIND_DAYS,
    LONGEST_STAY,
    POSTPONED_DAYS,
    SLACK_DAYS,
    TOGETHER_DAYS,
)
from summitry.model.register import Told
from summitry.model.visits import Status

Person = tuple[str, str]
OVER = frozenset({Status.ONGOING, Status.COMPLETED})


@dataclass(frozen=True, slots=True)
class Linked:
    """The reports of one visit in the order of telling, and for each the step that joined it ("days", "holds", ...)."""

    told: tuple[Told, ...]
    why: tuple[str, ...]

    @property
    def anchor(self) -> Told:
        """The earliest report: the one that gives the visit its id."""
        return self.told[0]


@dataclass(slots=True, eq=False)
class _Cluster:
    """A visit in the making: ``first`` and ``last`` day as told most finely so far (None while no days are told)."""

    first: dt.date | None = None
    last: dt.date | None = None
    reach_first: dt.date | None = None
    reach_last: dt.date | None = None
    size: int = 4
    told: list[tuple[Told, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)

    def add(self, told: Told, why: str, days: Window | None = None) -> None:
        self.told.append((told, why))
        self.names.add(told.visit.visitor)
        self.marks |= _marks(told)
        if days is None or (self.first is not None and days.size > self.size):
            return
        if self.first is None or days.size < self.size:
            self.first, self.last, self.size = days.first, days.last, days.size
            self.reach_first, self.reach_last = days.reach_first, days.reach_last
        elif days.size == 0 and self.last and self.reach_first and self.reach_last:
            self.first, self.last = min(self.first, days.first), max(self.last, days.last)
            self.reach_first = min(self.reach_first, days.reach_first)
            self.reach_last = max(self.reach_last, days.reach_last)

    def takes(self, told: Told) -> bool:
        """Whether names agree, and neither the article nor a person has told it apart from what is here already."""
        return self.marks.isdisjoint(_marks(told)) and all(same_name(told.visit.visitor, n) for n in self.names)

    def meets(self, other: _Cluster) -> bool:
        return self.marks.isdisjoint(other.marks) and all(same_name(a, b) for a in self.names for b in other.names)

    def absorb(self, other: _Cluster, why: str) -> None:
        """Take over the reports of a visit that was put off; the days stay those of this one."""
        self.told += [(t, why) for t, _ in other.told]
        self.names |= other.names
        self.marks |= other.marks

    @property
    def key(self) -> tuple[dt.date, dt.date, tuple[dt.date, str, str]]:
        return (self.first or dt.date.max, self.last or dt.date.max, min(t.order for t, _ in self.told))


def _marks(told: Told) -> set[str]:
    """What two accounts of one visit never share: an article that told them apart, a decision to keep them apart."""
    return {told.visit.article, *told.apart}


def link(told: Iterable[Told]) -> list[Linked]:
    """The visits that the reports tell of, each with its reports; sorted, and the same for any order of ``told``.

    Specimen: the proposal of December for "spring" and the account of May that tells of March become one ``Linked``.
    """
    found = [linked for block in blocks(told) for linked in _link_block(block)]
    return sorted(found, key=lambda x: x.anchor.order)


def blocks(told: Iterable[Told]) -> Iterator[list[Told]]:
    """The reports by host country and group of names; only reports of one block can be one visit."""
    hosts: dict[str, list[Told]] = defaultdict(list)
    decided: dict[tuple[str, str], set[str]] = defaultdict(set)
    for t in told:
        hosts[t.visit.host_country].append(t)
        for name in t.together:
            decided[t.visit.host_country, name].add(t.visit.visitor)
    for host in sorted(hosts):
        people = groups((t.visit.visitor, t.visit.visitor_country) for t in hosts[host])
        pairs = [(a, b) for (where, _), names in sorted(decided.items()) if where == host for a in names for b in names]
        group_of = {person: n for n, group in enumerate(joined(people, pairs)) for person in group}
        found: dict[int, list[Told]] = defaultdict(list)
        for t in hosts[host]:
            found[group_of[t.visit.visitor, t.visit.visitor_country]].append(t)
        for n in sorted(found):
            yield sorted(found[n], key=lambda t: t.order)


def joined(group_sets: Iterable[frozenset[Person]], pairs: Iterable[tuple[str, str]]) -> list[frozenset[Person]]:
    """The groups of names, made one where a person joined accounts of two names."""
    left = list(group_sets)
    for a, b in pairs:
        with_either = [g for g in left if any(name in (a, b) for name, _ in g)]
        left = [g for g in left if g not in with_either]
        if with_either:
            left.append(frozenset().union(*with_either))
    return left


def _link_block(block: list[Told]) -> Iterator[Linked]:
    dated = [(window(t), t) for t in block]
    clusters = _by_days([(w, t) for w, t in dated if w and w.size == 0])
    for size in (1, 2, 3):
        clusters = _by_units(clusters, [(w, t) for w, t in dated if w and w.size == size])
    clusters = _undated(clusters, [t for w, t in dated if w is None])
    clusters = _decided(_put_off(clusters))
    for cluster in clusters:
        members = sorted(cluster.told, key=lambda m: m[0].order)
        yield Linked(tuple(t for t, _ in members), tuple(why for _, why in members))


def _decided(clusters: list[_Cluster]) -> list[_Cluster]:
    """Join what a person joined, whatever the program makes of it; what a person keeps apart stays so."""
    for name in sorted({name for c in clusters for t, _ in c.told for name in t.together}):
        mine = sorted((c for c in clusters if any(name in t.together for t, _ in c.told)), key=lambda c: c.key)
        for other in mine[1:]:
            if _kept_apart(mine[0]).isdisjoint(_kept_apart(other)):
                mine[0].told += [(t, "decided") for t, _ in other.told]
                clusters = [c for c in clusters if c is not other]
    return clusters


def _kept_apart(cluster: _Cluster) -> set[str]:
    return {name for t, _ in cluster.told for name in t.apart}


def _gap(first: dt.date, last: dt.date, other_first: dt.date, other_last: dt.date) -> int:
    """Days from one stay to the other; 0 or less where they meet."""
    return max((other_first - last).days, (first - other_last).days)


def _by_days(items: list[tuple[Window, Told]]) -> list[_Cluster]:
    """Join reports that tell days: best fit first, in order of the days."""
    clusters: list[_Cluster] = []
    for days, told in sorted(items, key=lambda x: (x[0].first, x[0].last, x[1].order)):
        options = []
        for n in range(len(clusters) - 1, -1, -1):
            c = clusters[n]
            assert c.first and c.last and c.reach_last and c.reach_first  # noqa: S101  (made of days)
            if (days.first - c.last).days > LONGEST_STAY + days.before:
                if len(clusters) - n > 8:
                    break
                continue
            gap = _gap(c.first, c.last, days.first, days.last)
            reach = _gap(c.reach_first, c.reach_last, days.reach_first, days.reach_last)
            span = (max(c.last, days.last) - min(c.first, days.first)).days
            if (gap <= SLACK_DAYS or reach <= 0) and span <= LONGEST_STAY and c.takes(told):
                options.append((max(gap, 0), n))
        if options:
            clusters[min(options)[1]].add(told, "days", days)
        else:
            fresh = _Cluster()
            fresh.add(told, "first", days)
            clusters.append(fresh)
    return clusters


def _by_units(clusters: list[_Cluster], items: list[tuple[Window, Told]]) -> list[_Cluster]:
    """Join reports that tell a month, season or year to the only visit that falls in it."""
    if not items:
        return clusters
    clusters = sorted(clusters, key=lambda c: c.key)
    starts = [c.first for c in clusters if c.first]
    longest = max(((c.last - c.first).days for c in clusters if c.first and c.last), default=0)
    joins: list[tuple[_Cluster, Window, Told]] = []
    fresh: list[tuple[Window, Told, bool]] = []
    for days, told in sorted(items, key=lambda x: (x[0].first, x[0].last, x[1].order)):
        inside, near = [], []
        low = bisect_left(starts, shift(days.reach_first, -SLACK_DAYS - longest))
        for c in clusters[low:]:
            assert c.first and c.last  # noqa: S101  (sorted before those without days)
            if c.first > shift(days.reach_last, SLACK_DAYS):
                break
            if not c.takes(told) or not fits_time(told, c.first, c.last, SLACK_DAYS):
                continue
            gap = _gap(c.first, c.last, days.reach_first, days.reach_last)
            if gap <= 0:
                inside.append(c)
            elif gap <= SLACK_DAYS and days.size == 1:
                near.append(c)
        options = inside or near
        if len(options) == 1:
            joins.append((options[0], days, told))
        else:
            fresh.append((days, told, bool(options)))
    for c, days, told in joins:
        if c.takes(told):
            c.add(told, "holds", days)
        else:
            fresh.append((days, told, True))
    return clusters + _same_units(fresh)


def _same_units(items: list[tuple[Window, Told, bool]]) -> list[_Cluster]:
    """New visits from reports of one calendar unit.

    Where several visits of the unit are known (the last of each item), only a month or reports of the same weeks can
    be meant to be one more.
    """
    made: dict[tuple[dt.date, dt.date], list[_Cluster]] = defaultdict(list)
    for days, told, several in sorted(items, key=lambda x: x[1].order):
        for c in made[days.first, days.last]:
            if c.takes(told) and (days.size == 1 or not several or _close(c, told)):
                c.add(told, "unit", days)
                break
        else:
            fresh = _Cluster()
            fresh.add(told, "first", days)
            made[days.first, days.last].append(fresh)
    return [c for group in made.values() for c in group]


def _close(cluster: _Cluster, told: Told) -> bool:
    """Whether a report appeared within days of one that is here."""
    on = told.told_on
    return on is not None and any(t.told_on and abs((t.told_on - on).days) <= TOGETHER_DAYS for t, _ in cluster.told)


def _undated(clusters: list[_Cluster], items: list[Told]) -> list[_Cluster]:
    """Join reports that tell no days to the one visit near their publication, or to one another."""
    clusters = sorted(clusters, key=lambda c: c.key)
    starts = [c.first for c in clusters if c.first]
    joins, alone = [], []
    for told in sorted(items, key=lambda t: t.order):
        on = told.published.as_day if told.published else None
        if on is None:
            alone.append(told)
            continue
        first, last = _search(told, on)
        low = bisect_left(starts, shift(first, -370))
        options = []
        for c in clusters[low:]:
            if c.first is None or c.last is None or c.first > last:
                break
            if c.last >= first and c.takes(told) and fits_time(told, c.first, c.last, SLACK_DAYS):
                options.append(c)
        if len(options) > 1:
            # Of several, the one that the report is close to, if it is close to one alone.
            options = [c for c in options if _gap(c.first or on, c.last or on, on, on) <= TOGETHER_DAYS and c.size <= 1]
        if len(options) == 1 and options[0].size <= 1:
            joins.append((options[0], told))
        else:
            alone.append(told)
    for c, told in joins:
        if c.takes(told):
            c.add(told, "near")
        else:
            alone.append(told)
    return clusters + _together(alone)


def _search(told: Told, on: dt.date) -> tuple[dt.date, dt.date]:
    """The days among which the visit of an undated report is looked for."""
    if told.visit.status is Status.COMPLETED:
        return shift(on, -BEHIND_DAYS), shift(on, 1)
    if told.visit.status is Status.ONGOING:
        return shift(on, -SLACK_DAYS), shift(on, SLACK_DAYS)
    if told.visit.status in (Status.PROPOSED, Status.PLANNED):
        return shift(on, -1), shift(on, AHEAD_DAYS)
    return shift(on, -BEHIND_DAYS), shift(on, AHEAD_DAYS)


def _together(items: list[Told]) -> list[_Cluster]:
    """Visits from reports without days that follow one another within weeks and tell one life, forwards."""
    made: list[_Cluster] = []
    for told in sorted(items, key=lambda t: t.order):
        options = [c for c in made[-16:] if c.takes(told) and _close(c, told) and _onwards(c, told)]
        if len(options) == 1:
            options[0].add(told, "together")
        else:
            fresh = _Cluster()
            fresh.add(told, "first")
            made.append(fresh)
    return made


def _onwards(cluster: _Cluster, told: Told) -> bool:
    """Whether a later report can continue the life of a visit: what was over is not ahead again."""
    return not (told.visit.status in AHEAD and any(t.visit.status in OVER for t, _ in cluster.told))


def _put_off(clusters: list[_Cluster]) -> list[_Cluster]:
    """Join a visit that was put off with the visit that took its place."""
    put_off = [c for c in clusters if any(t.visit.status is Status.POSTPONED for t, _ in c.told)]
    if not put_off:
        return clusters
    left = sorted(clusters, key=lambda c: c.key)
    gone: set[int] = set()
    for old in left:
        if old.first is not None and any(t.visit.status in OVER for t, _ in old.told):
            continue
        # One of the two must tell of the postponement, so most pairs need no look.
        others = left if any(c is old for c in put_off) else put_off
        new = _successor(old, [c for c in others if id(c) not in gone and c is not old])
        if new is not None:
            new.absorb(old, "moved")
            put_off += [new] if not any(c is new for c in put_off) else []
            gone.add(id(old))
    return [c for c in left if id(c) not in gone]


def _successor(old: _Cluster, others: list[_Cluster]) -> _Cluster | None:
    """The visit that took the place of one put off: told of only since, or by the report of the postponement itself."""
    here = [t.told_on for t, _ in old.told if t.visit.status is Status.POSTPONED and t.told_on]
    best: _Cluster | None = None
    for new in others:
        if new.first is None or new.last is None or not old.meets(new):
            continue
        if here:
            on, told = max(here), [t.told_on for t, _ in new.told]
            if any(t is None or t < on for t in told):
                continue
        else:
            there = [t.told_on for t, _ in new.told if t.visit.status is Status.POSTPONED and t.told_on]
            told = [t.told_on for t, _ in old.told]
            if not there or old.last is None or any(t is None or t > min(there) for t in told):
                continue
            on = min(there)
            if shift(old.last, SLACK_DAYS) < on:
                continue
        if new.last < (old.first or on) or (new.first - on).days > POSTPONED_DAYS or new.last < on:
            continue
        if best is None or new.key < best.key:
            best = new
    return best
