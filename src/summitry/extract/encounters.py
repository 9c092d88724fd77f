"""Encounters: talks between named people of two countries or bodies that have a day, month or third country of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from summitry.extract.sightings import SentenceReader, Talk
from summitry.model.annotated import Annotated
from summitry.model.article import digest
from summitry.model.dates import DateRange
from summitry.model.entities import PlaceKind, Rank
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Contact, Encounter, Status


def encounters(
    annotated: Annotated, readers: Iterable[SentenceReader], here: str | None, city: str | None
) -> tuple[Encounter, ...]:
    """All encounters of a report, told twice but once kept: same people, same kind, days that can be the same."""
    found: list[Encounter] = []
    for reader in readers:
        for talk in reader.talks:
            made = _encounter(annotated, reader, talk, here, city)
            if made is None:
                continue
            n = next((n for n, other in enumerate(found) if _same(made, other)), None)
            if n is None:
                found.append(made)
            elif found[n].place is None and made.place is not None:
                found[n] = made
    return tuple(found)


def _same(a: Encounter, b: Encounter) -> bool:
    return a.kind == b.kind and set(a.participants) == set(b.participants) and a.date == b.date


def _encounter(
    annotated: Annotated, reader: SentenceReader, talk: Talk, here: str | None, city: str | None
) -> Encounter | None:
    if talk.cues & {"hypothetical", "negated"}:
        return None
    people = [annotated.people[key] for key in talk.people]
    people = [p for p in people if p.named and p.rank is Rank.VISITOR and not p.former]
    countries = {p.country for p in people if p.country}
    if len(people) < 2 or len(countries) < 2:
        return None
    date, spans = _date(talk)
    third = talk.host is not None and talk.host not in countries
    if talk.kind == "meeting" and date is None and not third:
        return None
    if talk.kind == "meeting" and date is not None and date.precision not in {"day", "month"}:
        return None
    first = people[0]
    others = [p for p in people[1:] if p.country != first.country]
    if not others:
        return None
    status = _status(talk, date, annotated.published.day)
    if status is None:
        return None
    sentence = annotated.quote(reader.view.sentence)
    place = None
    if talk.kind == "meeting" and talk.place is not None:
        mention = talk.place.mention
        if mention is not None and mention.kind in {PlaceKind.CITY, PlaceKind.SITE}:
            place = mention.name
        elif talk.place.how == "here":
            place = city
    host = talk.host if talk.kind == "meeting" else None
    names = tuple(dict.fromkeys([first.name, *[p.name for p in others]]))
    evidence = [Evidence(annotated.article.id, reader.view.sentence.span, "evidence", f"talk-{talk.kind}")]
    evidence += [Evidence(annotated.article.id, span, "date", "talk-time") for span in spans]
    return Encounter(
        digest(annotated.article.id, names, talk.kind, str(date), sentence),
        annotated.article.id,
        Contact(talk.kind),
        names,
        status,
        sentence,
        place,
        host,
        date,
        tuple(evidence),
    )


def _date(talk: Talk) -> tuple[DateRange | None, tuple[Span, ...]]:
    for moment in talk.moments:
        if moment.timex.range is not None and moment.role not in {"before", "after", "by", "since"}:
            return moment.timex.range, (moment.timex.span,)
    return None, ()


def _status(talk: Talk, date: DateRange | None, published: dt.date | None) -> Status | None:
    cues = talk.cues
    for status in (Status.POSTPONED, Status.CANCELLED, Status.RULED_OUT):
        if str(status) in cues:
            return status
    if date is not None and published is not None and date.earliest is not None and date.earliest > published:
        return Status.PROPOSED if cues & {"proposed", "hedge"} else Status.PLANNED
    if cues & {"future", "planned", "would"}:
        return Status.PLANNED
    if cues & {"proposed", "hedge", "invited"}:
        return Status.PROPOSED
    if "progressive" in cues:
        return Status.ONGOING
    return Status.COMPLETED
