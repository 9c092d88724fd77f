"""Which of the times of one telling date which of its places, and how many journeys they tell of."""

from __future__ import annotations

from summitry.extract.hosts import Host
from summitry.extract.moments import Moment
from summitry.extract.view import View
from summitry.model.times import TimexType


def occasions(view: View, moments: tuple[Moment, ...]) -> list[tuple[Moment, ...]]:
    """ "In 2019 and 2022", "in May and again last week": two times of one verb that cannot be one stay.

    A year before them is that of both: "twice last year, in March and in October".
    """
    if len(moments) == 3 and all(_holds(moments[0], m) for m in moments[1:]):
        moments = moments[1:]
    if len(moments) != 2 or any(m.role in {"from", "until", "before", "after", "by", "since"} for m in moments):
        return [moments]
    a, b = (m.timex.range for m in moments)
    if a is None or b is None or not (a.latest and b.earliest and a.earliest and b.latest):
        return [moments]
    coarse = a.precision != "day" and b.precision != "day"
    between = {view.lower(x) for x in range(moments[0].unit + 1, moments[1].unit)}
    apart = a.latest < b.earliest or b.latest < a.earliest
    if coarse and apart and "and" in between:
        return [moments[:1], moments[1:]]
    return [moments]


def _holds(wide: Moment, narrow: Moment) -> bool:
    """Whether one time is a longer one that holds another."""
    a, b = wide.timex.range, narrow.timex.range
    if a is None or b is None or not (a.earliest and a.latest and b.earliest and b.latest):
        return False
    return a.precision != b.precision and a.earliest <= b.earliest and b.latest <= a.latest


def each_leg(
    view: View, hosts: list[Host], own: tuple[Moment, ...]
) -> list[tuple[Host | None, tuple[Moment, ...]]] | None:
    """The places of a list each of which has times of its own: "Oslo from 2 to 4 May and Riga on 5 May".

    A time stands behind its place, or right before it: "on Thursday to Oslo and on Saturday to Riga".
    """
    if any(m.timex.type is TimexType.DURATION for m in own):
        return None
    row = sorted(hosts, key=lambda h: h.span.start)
    parts: list[list[Moment]] = [[] for _ in row]
    ahead: list[Moment] = []
    for moment in own:
        n = sum(h.span.end <= moment.timex.span.start for h in row)
        if n < len(row) and _leads_to(view, moment, row[n]):
            parts[n].append(moment)
        elif n:
            parts[n - 1].append(moment)
        else:
            ahead.append(moment)
    parts[0] = parts[0] or ahead
    legs: list[tuple[Host | None, tuple[Moment, ...]]] = [(h, tuple(p)) for h, p in zip(row, parts, strict=True)]
    # "Oslo on Friday, Riga on Saturday and then Tallinn": each time stands right behind its place
    behind = all(_follows(view, m, h) for h, part in zip(row, parts, strict=True) for m in part)
    return legs if all(parts) or (len(own) > 1 and behind) else None


def _follows(view: View, moment: Moment, host: Host) -> bool:
    """Whether nothing but a preposition stands between a place and a time: "Riga on Saturday", "Riga the next day"."""
    m = moment.unit - 1
    while view.is_word(m) and view.tag(m) in {"IN", "DT"}:
        m -= 1
    return view.units[m].span == host.span


def _leads_to(view: View, moment: Moment, host: Host) -> bool:
    """Whether nothing but a preposition stands between a time and a place: "on Saturday to Riga"."""
    m = moment.unit + 1
    while view.is_word(m) and view.tag(m) in {"IN", "TO", "DT"}:
        m += 1
    return m > moment.unit + 1 and m < len(view) and view.units[m].span.start == host.span.start


def of_the_tour(moment: Moment, first: int) -> bool:
    """Whether a time is told of a tour before its stops: its length, or the day on which it starts."""
    if moment.timex.type is TimexType.DURATION:
        return True
    r = moment.timex.range
    return moment.timex.span.end <= first and r is not None and r.as_day is not None and moment.how == "follows"
