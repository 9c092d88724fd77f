"""What visitors do on named days of a stay that is told elsewhere in the report: talks with the hosts, and other deeds.

These tellings date a visit and never make one: they join a visit of the same person whose days they fit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from summitry.extract.gatherings import SAME_EVENT, closed, dates_gathering
from summitry.extract.moments import Moment
from summitry.extract.records import NEXT, Sighting, Venue
from summitry.extract.sightings import SentenceReader
from summitry.extract.telling import TENSES
from summitry.extract.verbs import Group
from summitry.model.annotated import Annotated

PROGRAMME = "programme"
"""The cue of such a telling."""

SAYING = "saying"
"""The cue of a day on which a visitor said something, wherever that was."""

TRAVEL = frozenset({"visit", "go", "leave", "return", "transit"})
"""Acts of the journey itself, which have readers of their own."""

LEAD = 4
"""Sentences of the beginning of a report: a visit told there is its subject, and what the visitor does may be of it."""

SET_ASIDE = frozenset({"negated", "hypothetical", "hedge", "postponed", "cancelled", "ruled_out"})


def programme(annotated: Annotated, readers: Sequence[SentenceReader], sightings: Iterable[Sighting]) -> list[Sighting]:
    """The dated talks and deeds of those who are told to visit, each as a sighting with the cue ``programme``."""
    sightings = list(sightings)
    told = {(s.visitor, s.host) for s in sightings if s.host}
    visitors = {visitor for visitor, _ in told}
    used = {s.span for s in sightings}
    found = _gatherings(sightings, next((r.venues for r in readers if r.venues), ()), annotated.published.day)
    for reader in readers:
        found += _talks(annotated, reader, told)
        found += _of_the_talks(reader, sightings)
        for k, group in reader.groups.items():
            span = reader.view.units[k].span
            if span not in used and all(s.span != span for s in found) and not group.cues & SET_ASIDE:
                found += _deeds(reader, k, group, {v for v in visitors if _near(reader, v, sightings)})
    return found


def _near(reader: SentenceReader, visitor: str, sightings: Iterable[Sighting]) -> bool:
    """Whether a visit is told in the lead, or so near a sentence that what its visitor does there may be of it."""
    told = [s.sentence for s in sightings if s.visitor == visitor and s.host]
    return min(told) <= LEAD or any(abs(n - reader.view.number) <= NEXT for n in told)


def _gatherings(sightings: Sequence[Sighting], venues: Sequence[Venue], published: dt.date | None) -> list[Sighting]:
    """The days of a gathering, told where its place is, for those who are told elsewhere to come to it."""
    found: dict[tuple[str, str], Sighting] = {}
    hosts: dict[str, set[str]] = {}
    for s in sightings:
        hosts.setdefault(s.visitor, set()).update({s.host} if s.host else set())
    for s in sightings:
        dated = any(closed(m) for m in s.moments)
        if s.host is None or "multilateral" not in s.kinds or dated or (s.visitor, s.host) in found:
            continue
        if len(hosts[s.visitor]) > 1:
            continue  # a stop of a tour has days of its own only where they are told of it
        fits = (
            v.moments
            for v in venues
            if v.host.country == s.host and any(closed(m) and _agrees(s, m, published) for m in v.moments)
        )
        held = next(fits, ())
        if held:
            cues = frozenset({"spoke", PROGRAMME})
            found[s.visitor, s.host] = replace(s, act="attend", cues=cues, moments=held, inviter=None, context=())
    return list(found.values())


def _agrees(sighting: Sighting, moment: Moment, published: dt.date | None) -> bool:
    """Whether a gathering's days lie on the side of the report's day to which the words of a visit look."""
    r = moment.timex.range
    if r is None or published is None or r.earliest is None or r.latest is None:
        return False
    ahead, behind = sighting.cues & {"future", "planned", "would"}, "past" in sighting.cues
    if abs((r.earliest - published).days) > SAME_EVENT:
        return False
    return not (ahead and r.latest < published) and not (behind and not ahead and r.earliest > published)


def _talks(annotated: Annotated, reader: SentenceReader, told: set[tuple[str, str]]) -> list[Sighting]:
    """Talks of a visitor with someone of the country visited, whose place is not told."""
    found = []
    for talk in reader.talks:
        if talk.host or talk.kind != "meeting" or talk.cues & SET_ASIDE or not talk.moments:
            continue
        homes = {annotated.people[key].country for key in talk.people}
        for key in talk.people:
            for host in sorted(h for h in homes if h and h != annotated.people[key].country and (key, h) in told):
                cues = talk.cues | {"talks", PROGRAMME}
                found.append(
                    Sighting(
                        key, host, talk.sentence, "meet", "talks-noun", cues, talk.span, talk.span, None, talk.moments
                    )
                )
    return found


def _of_the_talks(reader: SentenceReader, sightings: Sequence[Sighting]) -> list[Sighting]:
    """ "The talks are set for Wednesday", "the leaders meet on Wednesday": of the visits told in the sentences before."""
    view = reader.view
    before = [s for s in sightings if s.host and 0 < view.number - s.sentence <= NEXT]
    named = any(not view.possessive(k) for k in view.people)  # "her talks" are still those known
    if not before or named or any(not p.adjective for p in view.places.values()):
        return []
    last = max(s.sentence for s in before)
    for k, heads in _definite_talks(reader):
        times = tuple(m for m in reader.times if m.governor in heads and closed(m))
        if times:
            tense = next((g.cues & TENSES for h, g in reader.groups.items() if h in heads), frozenset[str]())
            cues, span = tense | {"talks", PROGRAMME}, view.units[k].span
            visits = dict.fromkeys((s.visitor, s.host) for s in before if s.sentence == last)
            return [
                Sighting(visitor, host, view.number, "meet", "talks-noun", cues, span, span, None, times)
                for visitor, host in visits
            ]
    return []


def _definite_talks(reader: SentenceReader) -> Iterator[tuple[int, set[int]]]:
    """The nouns and verbs of a sentence that tell talks known already, each with the units whose times date them."""
    view, words = reader.view, reader.words
    nouns = words.of("meeting", "nouns") | words.of("events", "generic")
    for k in view.find(nouns):
        known = any(view.lower(m) in words.of("function", "known") for m in range(max(0, k - 3), k))
        if view.is_noun(k) and known:
            verb = next((h for h in reader.groups if h > k), None)
            dated = verb is not None and (dates_gathering(reader, k, verb) or view.lemma(verb) == "be")
            yield k, {k, verb} if dated and verb is not None else {k}
    for k in view.find(words.of("events", "convene")):
        group = reader.groups.get(k)
        m = group.first - 1 if group is not None else -1
        known = any(view.lower(x) in words.of("function", "known") for x in range(max(0, m - 2), m))
        if known and view.tag(m) == "NNS" and view.lemma(m) in words.of("ordinal", "rulers"):
            yield k, {k}


def _deeds(reader: SentenceReader, k: int, group: Group, visitors: set[str]) -> list[Sighting]:
    """What a visitor does on a named day, where the clause names no place abroad of its own."""
    view, words = reader.view, reader.words
    moments = tuple(m for m in reader.times if m.governor == k and m.timex.range and m.timex.range.as_day)
    if not moments:
        return []
    decided = any("infinitive" in g.cues and g.matrix == k for g in reader.groups.values())
    if decided and words.role("control", view.lemma(k)) is not None:
        return []  # "decided on Monday to visit": the day of the decision
    saying = view.lemma(k) in words.of("announce", "verbs") | words.of("attitude", "verbs")
    if not group.cues & {"past", "present", "future", "planned"} or view.quoted[k]:
        return []
    end = reader.arguments.clause_end(k)
    acts = {t.act for t in words.verbs.get(view.lemma(k), ())}
    if acts & TRAVEL or any(
        view.is_noun(m) and view.lemma(m) in words.nouns and words.nouns[view.lemma(m)][0].act in TRAVEL
        for m in range(k + 1, end)
    ):
        return []  # "embarks on Friday on a tour": what is told of the journey itself
    placed = (p for m in range(k + 1, end) if (p := view.place(m)) is not None and not view.possessive(m))
    if not saying and any(not p.adjective for p in placed):
        return []
    act = "arrive" if "arrive" in acts else "speak"
    people = [key for p in reader.arguments.subject(group) if (m := view.person(p)) for key in m.people]
    if saying and "past" not in group.cues:
        return []
    span, cues = view.units[k].span, group.cues | {"spoke", PROGRAMME} | ({SAYING} if saying else set())
    return [
        Sighting(key, None, view.number, act, "deed-verb", cues, span, span, None, moments)
        for key in dict.fromkeys(people)
        if key in visitors
    ]
