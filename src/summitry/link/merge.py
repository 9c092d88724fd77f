"""One visit from its reports: every claim kept, one value chosen by a stated rule, the history told in order.

The rules, by field (``docs/register.md`` tells them to users):

- **dates**: days before weeks, months, seasons, years; then the claim that most voices support (equal to it or inside
  it), then the one that most official voices support, then one without an open end, then the one told nearest to the
  visit. After a postponement, what was told since.
- **status**: the latest report decides, the furthest along on one day; what was told as completed, once it could be,
  stays so; what was told as ongoing before it could be does not count.
- **kind**, **invited_by**, **occasion**, the country of the visitor: most voices, then most official voices, then the
  earliest told.
- **visitor**: most voices, then the fullest form of the name.
- lists (places, meets, delegation, announced_by, agenda, documents): all that was told, spellings of one name once.

A voice is an independent text: a reprint, whole or cut, adds none.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from summitry.link.cluster import Linked
from summitry.link.days import Window, shift, window
from summitry.link.names import parts, same_name
from summitry.link.reprints import voices
from summitry.link.thresholds import SLACK_DAYS
from summitry.model.article import digest
from summitry.model.dates import DateRange
from summitry.model.register import Change, Claim, Decision, HistoryEvent, Side, Told, Verb, Visit
from summitry.model.visits import Kind, Status

LISTS = ("places", "meets", "delegation", "announced_by", "agenda", "documents")
SINGLE = ("visitor", "visitor_country", "host_country", "dates", "status", "kind", "invited_by", "occasion")
FIELDS = (*SINGLE[:5], "kind", "places", "meets", "delegation", "invited_by", "announced_by", "occasion", "agenda",
          "documents")  # fmt: skip
"""The fields that reports make claims on."""

_PEOPLE = frozenset({"meets", "delegation", "announced_by"})
_LIFE = {s: n for n, s in enumerate((Status.PROPOSED, Status.PLANNED, Status.RULED_OUT, Status.POSTPONED,
                                     Status.CANCELLED, Status.ONGOING, Status.COMPLETED))}  # fmt: skip
_KINDS = {k: n for n, k in enumerate(Kind)}
_MONDAY, _SUNDAY = 0, 6


def visit_id(key: str) -> str:
    """The id of the visit whose earliest report is ``key``."""
    return digest("visit", key)


def to_visit(linked: Linked, decisions: Sequence[Decision] = ()) -> Visit:
    """The record of one visit; corrections among ``decisions`` are applied last. ``trip`` is the visit's own id."""
    groups = voices(linked.told)
    told = [t if t.voice == groups[t.key] else replace(t, voice=groups[t.key]) for t in linked.told]
    ids = [visit_id(t.key) for t in told]
    claims = {name: _claims(name, told) for name in FIELDS}
    values = {name: list(claims[name]) for name in FIELDS}
    dates = _dates(told)
    status = _status(told, dates)
    chosen: dict[str, list[str]] = {name: _union(name, values[name], claims[name], told) for name in LISTS}
    most = {name: _most(claims[name], told) for name in ("visitor_country", "host_country", "invited_by", "occasion")}
    visit = Visit(
        id=ids[0],
        visitor=_fullest(claims["visitor"], told),
        visitor_country=most["visitor_country"] or "",
        host_country=most["host_country"] or "",
        dates=dates,
        status=status,
        kind=_kind(told),
        trip=ids[0],
        places=tuple(chosen["places"]),
        meets=tuple(chosen["meets"]),
        delegation=tuple(chosen["delegation"]),
        invited_by=most["invited_by"],
        announced_by=tuple(chosen["announced_by"]),
        occasion=most["occasion"],
        agenda=tuple(chosen["agenda"]),
        documents=tuple(chosen["documents"]),
        aliases=tuple(sorted(ids[1:])),
        reports=tuple(t.key for t in told),
        outlets=tuple(sorted({t.outlet for t in told if t.outlet})),
        history=tuple(_history(told)),
        voices=_by_side(told),
    )
    visit = correct(visit, told, decisions)
    return replace(visit, claims=tuple(_flagged(visit, claims)))


def correct(visit: Visit, told: Sequence[Told], decisions: Iterable[Decision]) -> Visit:
    """The visit with people's corrections in place of the program's values, in the order they were taken."""
    shapes = {(t.visit.article, t.visit.visitor, t.visit.host_country, t.visit.sentence) for t in told}
    for d in decisions:
        if d.verb is not Verb.CORRECT or d.field is None:
            continue
        if (d.article, d.visitor, d.host_country, d.sentence) in shapes:
            visit = replace(visit, **cast(dict[str, Any], {d.field: parse_value(d.field, d.value)}))
    return visit


def parse_value(name: str, value: str | None) -> object:
    """A field's value from text: EDTF dates, codes of status and kind, lists by "; ". Raises ValueError."""
    if name not in FIELDS:
        raise ValueError(f"no field {name!r}; the fields are {', '.join(FIELDS)}")
    if name in LISTS:
        return tuple(v.strip() for v in (value or "").split(";") if v.strip())
    if name == "dates":
        return DateRange.parse(value) if value else None
    if name == "status":
        return Status(value or "")
    if name == "kind":
        return Kind(value or "")
    if name in ("visitor", "visitor_country", "host_country") and not value:
        raise ValueError(f"{name} needs a value")
    return value or None


def _values(name: str, told: Told) -> tuple[str, ...]:
    value = getattr(told.visit, name)
    if name == "kind" and value is Kind.UNSPECIFIED:
        return ()
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(str(v) for v in value))
    return () if value is None else (str(value),)


def _claims(name: str, told: Sequence[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for t in told:
        for value in _values(name, t):
            found[value].append(t)
    return dict(found)


def _flagged(visit: Visit, claims: dict[str, dict[str, list[Told]]]) -> Iterable[Claim]:
    for name in FIELDS:
        held = getattr(visit, name)
        chosen = {str(v) for v in held} if isinstance(held, tuple) else {str(held)}
        for value, told in sorted(claims[name].items()):
            keys, sides = tuple(t.key for t in told), _by_side(told)
            yield Claim(name, value, keys, value in chosen, _voices(told), _official(told), sides)


def _voices(told: Iterable[Told]) -> int:
    return len({t.voice for t in told})


def _official(told: Iterable[Told]) -> int:
    return len({t.voice for t in told if t.official})


def _by_side(told: Sequence[Told]) -> tuple[tuple[Side, int], ...]:
    """The independent accounts of each side. A voice that speaks for two sides (a reprint) counts for its first."""
    if len(told) == 1:
        return ((told[0].side, 1),)
    sides: dict[str, Side] = {}
    for t in told:
        if sides.get(t.voice, Side.UNKNOWN) is Side.UNKNOWN:
            sides[t.voice] = t.side
    count = Counter(sides.values())
    return tuple((side, count[side]) for side in Side if count[side])


def _weight(told: Sequence[Told]) -> tuple[int, int]:
    """More independent accounts go before fewer, then more official ones."""
    return (-_voices(told), -_official(told))


def _most(claims: dict[str, list[Told]], told: Sequence[Told]) -> str | None:
    """The value of most voices; the earliest told of equals; None where nothing is claimed."""
    if not claims:
        return None
    return min(claims, key=lambda v: (*_weight(claims[v]), claims[v][0].order, v))


def _fullest(claims: dict[str, list[Told]], told: Sequence[Told]) -> str:
    return min(claims, key=lambda v: (-_voices(claims[v]), -len(parts(v)), -len(v), v))


def _kind(told: Sequence[Told]) -> Kind:
    claims: dict[Kind, list[Told]] = defaultdict(list)
    for t in told:
        if t.visit.kind is not Kind.UNSPECIFIED:
            claims[t.visit.kind].append(t)
    return min(claims, key=lambda k: (*_weight(claims[k]), _KINDS[k]), default=Kind.UNSPECIFIED)


def _union(name: str, values: list[str], claims: dict[str, list[Told]], told: Sequence[Told]) -> list[str]:
    """All values in the order told, one spelling of each: that of most voices, then the fullest."""
    kept: list[str] = []
    for value in sorted(values, key=lambda v: (-_voices(claims[v]), -len(v), v)):
        if name in _PEOPLE:
            double = any(same_name(value, k) for k in kept)
        else:
            double = any(value.casefold() == k.casefold() for k in kept)
        if not double:
            kept.append(value)
    spot = {v: (claims[v][0].order, _values(name, claims[v][0]).index(v)) for v in kept}
    return sorted(kept, key=lambda v: spot[v])


def _size(days: Window) -> int:
    """Precision of a claim on days: 0 days, 1 a calendar week, 2 a month, 3 a season, 4 a year."""
    if days.size:
        return days.size + 1
    week = days.first.weekday() == _MONDAY and days.last.weekday() == _SUNDAY and (days.last - days.first).days == 6
    return int(week)


def _dates(told: Sequence[Told]) -> DateRange | None:
    put_off = [n for n, t in enumerate(told) if t.visit.status is Status.POSTPONED and t.told_on]
    since = told[put_off[-1] :] if put_off else told
    with_days = [(t, w) for t in since if (w := window(t))] or [(t, w) for t in told if (w := window(t))]
    if not with_days:
        return None
    finest = min(_size(w) for _, w in with_days)
    fine = [(t, w) for t, w in with_days if _size(w) == finest]

    def rank(item: tuple[Told, Window]) -> tuple[int, int, bool, int, str]:
        t, w = item
        inside = [u for u, x in fine if w.first <= x.first and x.last <= w.last]
        is_open = t.visit.dates is not None and (t.visit.dates.start is None or t.visit.dates.end is None)
        far = min((abs((u.told_on - w.first).days) for u, x in fine if u.told_on and x == w), default=10**6)
        return (*_weight(inside), is_open, far, str(t.visit.dates))

    return min(fine, key=rank)[0].visit.dates


def _status(told: Sequence[Told], dates: DateRange | None) -> Status:
    start = dates.earliest if dates else None
    known = [t for t in told if t.told_on] or list(told)
    if start is not None:
        # What was told as under way before it could be is a slip of a report, or of its reading.
        could = [t for t in known if t.visit.status is not Status.ONGOING or shift(_latest(t), SLACK_DAYS) >= start]
        known = could or known
    for t in reversed(known):
        if t.visit.status is Status.COMPLETED and (start is None or t.told_on is None or _latest(t) >= start):
            return Status.COMPLETED
    last = known[-1].told_on
    return max((t.visit.status for t in known if t.told_on == last), key=_LIFE.__getitem__)


def _latest(told: Told) -> dt.date:
    return (told.published.latest if told.published else None) or dt.date.max


def _history(told: Sequence[Told]) -> Iterable[HistoryEvent]:
    """One event a report; those of one day in the order of life."""
    ordered = sorted(told, key=lambda t: (t.told_on or dt.date.max, _LIFE[t.visit.status], t.order))
    before: Told | None = None
    days: Window | None = None
    for t in ordered:
        w = window(t)
        if before is None:
            change = Change.FIRST
        elif w and days and (w.reach_first > days.reach_last or w.reach_last < days.reach_first):
            change = Change.MOVED
        elif t.visit.status is not before.visit.status:
            change = Change.STATUS
        else:
            change = Change.SAME
        yield HistoryEvent(t.published, t.visit.status, t.visit.dates, t.key, change, t.side)
        before, days = t, w or days
