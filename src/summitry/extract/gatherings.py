"""The gatherings of a report: where they are held and when, in however many sentences that is told.

"Leaders meet in Riga next week. ... The summit opens on Thursday": those told to attend it are in Riga from Thursday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summitry.extract.definite import meant
from summitry.extract.hosts import Host
from summitry.extract.moments import Moment
from summitry.extract.records import Venue
from summitry.extract.sightings import SentenceReader
from summitry.extract.verbs import verb_before
from summitry.model.entities import PlaceKind

SAME_EVENT = 60
"""Days between a report and a gathering up to which the gathering told is the one that people are told to come to."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A gathering as one sentence tells it: its name ("G20"), "" where it has none, and what is told of it."""

    name: str
    venue: Venue


@dataclass(frozen=True, slots=True)
class _Days:
    """Days told of a gathering without its place: its name or "", the lemma of its noun, its times."""

    name: str
    lemma: str
    moments: tuple[Moment, ...]


def gatherings(readers: Sequence[SentenceReader]) -> tuple[Venue, ...]:
    """All gatherings whose place is told, in the order of the text; days told elsewhere are given to those without."""
    nouns = [(reader, list(_nouns(reader))) for reader in readers]
    told = [one for reader, row in nouns for one in (*_placed(reader, row), *_convened(reader))]
    if all(any(closed(m) for m in one.venue.moments) for one in told):
        return tuple(one.venue for one in told)
    dated = [one for reader, row in nouns for one in _dated(reader, row)]
    return tuple(_with_days(one, told, dated) for one in told)


def closed(moment: Moment) -> bool:
    """Whether a time is one day, or days from a first to a last."""
    r = moment.timex.range
    return r is not None and (r.as_day is not None or (r.precision == "day" and bool(r.start and r.end)))


def _with_days(one: _Told, told: Sequence[_Told], dated: Sequence[_Days]) -> Venue:
    """A gathering with the first days that are told of its noun, where all of that noun are held in one country."""
    venue = one.venue
    same = [o.venue for o in told if o.venue.lemma == venue.lemma]
    if any(closed(m) for v in same for m in v.moments) or len({v.host.country for v in same}) > 1:
        return venue
    fits = (d.moments for d in dated if d.lemma == venue.lemma and d.name in {"", one.name})
    return replace(venue, moments=next(fits, ()) or venue.moments)


def _placed(reader: SentenceReader, nouns: Sequence[int]) -> Iterator[_Told]:
    """The gatherings of a sentence whose place is told with the noun, with their times."""
    view, words = reader.view, reader.words
    through = words.of("events", "held")
    for k in nouns:
        end = min(reader.arguments.clause_end(k, through), k + 16)
        hosts = [_settled(reader, h) for h in reader.arguments.hosts(k + 1, end, ("here", "in", "at"))]
        hosts = [h for h in hosts if h.country] or _named_for(reader, k)
        led = {view.lower(m) for m in range(max(0, k - 4), k) if view.is_word(m)}
        if not hosts and led & {"for", "attend"}:
            verb = verb_before(reader.groups, k)
            start = verb.head + 1 if verb is not None else 1
            hosts = [h for h in reader.arguments.hosts(start, k, ("in", "at", "here", "to")) if h.country]
        giver = None if hosts else _given_by(reader, k)
        if giver is not None:
            hosts = giver[1]
        if hosts:
            heads = {k} | {h for h in reader.groups if k < h < end and view.lemma(h) in through}
            heads |= {giver[0]} if giver is not None else set()
            if led & {"for"}:
                heads |= {h for h in reader.groups if h < k}
            times = tuple(m for m in reader.times if m.governor in heads)
            yield _Told(_name(reader, k), Venue(view.number, _lemma(reader, k), hosts[0], times))


def _settled(reader: SentenceReader, host: Host) -> Host:
    """A place with the country that "the city" means; see ``extract.definite``."""
    if host.how != "definite":
        return host
    return replace(host, country=meant(reader.view, host.span, None, None, (reader.here,)))


def _given_by(reader: SentenceReader, k: int) -> tuple[int, list[Host]] | None:
    """ "Riga will host a conference": the verb before, and the place that is its subject."""
    view = reader.view
    verb = verb_before(reader.groups, k)
    if verb is None or not any(t.act == "receive" for t in reader.words.verbs.get(view.lemma(verb.head), ())):
        return None
    places = ((m, p) for m in reader.arguments.subject(verb) if (p := view.place(m)) is not None and p.country)
    hosts = [Host(p.country, p, view.units[m].span, "metonym") for m, p in places]
    return (verb.head, hosts) if hosts else None


def _convened(reader: SentenceReader) -> Iterator[_Told]:
    """ "Leaders of the region meet in Riga on Thursday": a gathering told by a verb, of people without names."""
    view, words = reader.view, reader.words
    for k in view.find(words.of("events", "convene")):
        group = reader.groups.get(k)
        if group is None or group.cues & {"negated", "hypothetical"} or reader.travellers(group):
            continue
        many = (
            m for m in range(group.first) if view.tag(m) == "NNS" and view.lemma(m) in words.of("ordinal", "rulers")
        )
        first = next(many, None)
        if first is None or any(first < h < k for h in reader.groups):
            continue
        hosts = [
            h for h in reader.arguments.hosts(k + 1, reader.arguments.clause_end(k), ("here", "in", "at")) if h.country
        ]
        if hosts:
            times = tuple(m for m in reader.times if m.governor == k)
            yield _Told("", Venue(view.number, view.lemma(k), hosts[0], times))


def _dated(reader: SentenceReader, nouns: Sequence[int]) -> Iterator[_Days]:
    """Days told of a definite gathering without its place: "the summit will be held on May 28", "the May 28 summit"."""
    view, words, day = reader.view, reader.words, reader.view.annotated.published.day
    for k in nouns:
        if not any(view.lower(m) in words.of("function", "definite") for m in range(max(0, k - 4), k)):
            continue
        verb = next((h for h in reader.groups if h > k), None)
        held = verb is not None and dates_gathering(reader, k, verb)
        heads = {k, verb} if held else {k}
        times = tuple(m for m in reader.times if m.governor in heads and closed(m) and _near(m, day))
        if times:
            yield _Days(_name(reader, k), _lemma(reader, k), times)


def dates_gathering(reader: SentenceReader, k: int, verb: int) -> bool:
    """Whether a verb says when the gathering of unit ``k`` is: "will be held on", "are set for"; no person does it."""
    view, words = reader.view, reader.words
    held = view.lemma(verb) in words.of("events", "held") or words.role("control", view.lemma(verb)) == "planned"
    return held and not any(k < m < verb for m in view.people)


def _near(moment: Moment, day: dt.date | None) -> bool:
    """Whether a time is of days, no week, so near the report that the gathering is the one of which it tells."""
    r = moment.timex.range
    first = r.earliest if r is not None and "-W" not in moment.timex.value else None
    return first is not None and (day is None or abs((first - day).days) <= SAME_EVENT)


def _nouns(reader: SentenceReader) -> Iterator[int]:
    """The nouns and names of gatherings of several sides: "summit", "G20"."""
    view, words = reader.view, reader.words
    many, names = words.of("events", "multilateral"), words.of("events", "names")
    for k in view.find(words.of("gates", "venues")):
        told = view.lemma(k) in many or view.lower(k) in names
        if view.is_word(k) and k not in reader.groups and told and reader.multilateral(k, k + 1):
            yield k


def _name(reader: SentenceReader, k: int) -> str:
    """The name before the noun of a gathering: "g20" of "the G20 summit"; "" where there is none."""
    view = reader.view
    return view.lower(k - 1) if view.is_word(k - 1) and view.tag(k - 1).startswith("NNP") else ""


def _lemma(reader: SentenceReader, k: int) -> str:
    return reader.view.lemma(k) or reader.view.lower(k)


def _named_for(reader: SentenceReader, k: int) -> list[Host]:
    """The city in the name of a gathering: "the Oslo Security Conference"."""
    view, at = reader.view, k - 1
    while view.is_word(at) and view.tag(at).startswith("NNP") and k - at < 4:
        at -= 1
    place = view.place(at)
    if place is None or place.kind is not PlaceKind.CITY or place.adjective:
        return []
    return [Host(place.country, place, view.units[at].span, "compound")]
