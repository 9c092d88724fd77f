"""Encounters: talks between named people of two countries or bodies that have a day, month or third country of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from summitry.extract.contacts import calls, contacts
from summitry.extract.journeys import Cluster
from summitry.extract.records import Talk
from summitry.extract.sightings import SentenceReader
from summitry.model.annotated import Annotated
from summitry.model.article import READ, digest
from summitry.model.dates import DateRange
from summitry.model.entities import PlaceKind, Rank
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Contact, Encounter, Status

JOURNEYS = frozenset(["arrive", "leave", "go", "return"])
"""Acts whose day is that of a journey, not of the talks told beside it."""

LEAD = 6
"""Sentences, headline included, within which the day of the news is told and an undated talk is that news."""


def encounters(
    annotated: Annotated,
    readers: Iterable[SentenceReader],
    here: str | None,
    city: str | None,
    clusters: Sequence[Cluster] = (),
) -> tuple[Encounter, ...]:
    """All encounters of a report, told twice but once kept: same people, same kind, days that can be the same.

    A talk without a day of its own, on a visit of one day, has the day of the visit.
    """
    found: list[Encounter] = []
    for reader in readers:
        for talk in (*reader.talks, *calls(reader), *contacts(reader)):
            for made in _encounters(annotated, reader, talk, here, city, clusters):
                n = next((n for n, other in enumerate(found) if _same(made, other)), None)
                if n is None:
                    found.append(made)
                elif _fuller(made, found[n]):
                    found[n] = made
    return tuple(found)


def _fuller(a: Encounter, b: Encounter) -> bool:
    """Whether the second telling knows more: a day where none was told, else a place."""
    if (a.date is None) != (b.date is None):
        return b.date is None
    return b.place is None and a.place is not None


def _same(a: Encounter, b: Encounter) -> bool:
    if a.kind != b.kind or set(a.participants) != set(b.participants):
        return False
    return (
        a.date == b.date or a.date is None or b.date is None or str(a.date) in str(b.date) or str(b.date) in str(a.date)
    )


def _encounters(
    annotated: Annotated,
    reader: SentenceReader,
    talk: Talk,
    here: str | None,
    city: str | None,
    clusters: Sequence[Cluster],
) -> list[Encounter]:
    """One encounter for each person of another side that the first one meets: talks with three ministers are three."""
    if talk.cues & {"hypothetical", "negated"}:
        return []
    people = [annotated.people[key] for key in talk.people]
    people = [p for p in people if p.named and p.country and p.rank is Rank.VISITOR and not p.former]
    if len(people) < 2 or len({p.country for p in people}) < 2:
        return []
    if talk.hosting and not talk.hosting & {p.key for p in people}:
        return []  # "the duke sat down with A and B": these have not met one another
    published = annotated.published.day
    date, spans = _date(talk)
    home = here is None or here in {p.country for p in people}
    third = talk.host is not None and talk.host not in {p.country for p in people}
    if date is None and home:
        date, spans = _news_day(annotated, talk, reader)
    if date is None:
        date, spans = _sentence_day(annotated, reader, talk)
    stay = _stay(annotated, talk, clusters) if talk.kind == "meeting" else None
    if date is None and stay is not None:
        date, spans = _day_of(stay, talk, published)
    if date is None and not (third and talk.kind == "meeting"):
        return []
    if date is not None and date.precision not in {"day", "month"}:
        return []
    status = _status(talk, date, published)
    place, host = _place(talk, city, here if home else None)
    sentence = annotated.quote(reader.view.sentence).strip()
    first = people[0]
    evidence = [Evidence(annotated.article.id, reader.view.sentence.span, "evidence", f"talk-{talk.kind}")]
    evidence += [Evidence(annotated.article.id, talk.span, "participants", f"talk-{talk.kind}")]
    evidence += [Evidence(annotated.article.id, span, "date", "talk-time") for span in spans]
    made = []
    for other in people[1:]:
        if other.country == first.country:
            continue
        names = (first.name, other.name)
        key = digest(annotated.article.id, names, talk.kind, str(date), sentence)
        made.append(
            Encounter(
                key,
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
        )
    return made


def _sentence_day(
    annotated: Annotated, reader: SentenceReader, talk: Talk
) -> tuple[DateRange | None, tuple[Span, ...]]:
    """The only day in the sentence of an undated talk that lies where its tense points: behind for a past, else ahead."""
    published = annotated.published.day
    if published is None or talk.cues & {"hedge", "proposed", "invited", "perfect"}:
        return None, ()
    past = "past" in talk.cues and not talk.cues & {"planned", "would", "purpose"}
    if not past and not talk.cues & {"future", "planned"}:
        return None, ()
    days: dict[dt.date, Span] = {}
    view, verbs = reader.view, reader.words.verbs
    gone = {m.timex.span for m in reader.times if {t.act for t in verbs.get(view.lemma(m.governor), ())} & JOURNEYS}
    for k, timex in view.times.items():
        day = timex.range.as_day if timex.range is not None and view.tag(k + 1) != "POS" else None
        span = view.units[k].span
        if day is not None and span not in gone and (day <= published if past else day > published):
            days.setdefault(day, span)
    if len(days) != 1:
        return None, ()
    day, span = next(iter(days.items()))
    return DateRange.day(day), (span,)


def _stay(annotated: Annotated, talk: Talk, clusters: Sequence[Cluster]) -> Cluster | None:
    """The visit on which a talk is held: of one of its people to the country of another, or to the place told."""
    countries = {annotated.people[key].country for key in talk.people}
    hosts = {talk.host} if talk.host is not None else countries
    fitting = [c for c in clusters if c.visitor in talk.people and c.host in hosts]
    past = bool(talk.cues & {"past", "perfect"})
    told = [c for c in fitting if not past or c.status in {Status.ONGOING, Status.COMPLETED}]
    return min(told, key=lambda c: min(abs(s.sentence - talk.sentence) for s in c.sightings), default=None)


def _day_of(stay: Cluster, talk: Talk, published: dt.date | None) -> tuple[DateRange | None, tuple[Span, ...]]:
    """The day of a visit of one day, for a talk held on it; of one that began on the day of the report, that day."""
    if stay.dates is None or not stay.spans or talk.cues & {"hedge", "proposed", "invited"}:
        return None, ()
    day = stay.dates.as_day
    return (DateRange.day(day), stay.spans) if day is not None else (None, ())


def _news_day(annotated: Annotated, talk: Talk, reader: SentenceReader) -> tuple[DateRange | None, tuple[Span, ...]]:
    """The day that the lead tells for its news ("on Thursday"), for an undated talk told in the past beside it.

    Only a day that stands in words, and is the day of publication, is borrowed; its words are the evidence.
    """
    published = annotated.published.day
    past = talk.cues & {"past"} and not talk.cues & {"perfect", "planned", "would", "hedge"}
    if published is None or reader.view.number > LEAD or not past:
        return None, ()
    for sentence in annotated.sentences[: LEAD + 1]:
        for timex in annotated.times:
            told = timex.range is not None and timex.range.as_day == published
            if told and sentence.span.covers(timex.span) and annotated.role(sentence) in READ:
                return DateRange.day(published), (timex.span,)
    return None, ()


def _place(talk: Talk, city: str | None, home: str | None) -> tuple[str | None, str | None]:
    """The place and country of a meeting; calls have none."""
    if talk.kind != "meeting":
        return None, None
    if talk.place is None:
        return None, home
    mention = talk.place.mention
    if mention is not None and mention.kind in {PlaceKind.CITY, PlaceKind.SITE}:
        return mention.name, talk.host
    return (city if talk.place.how == "here" else None), talk.host


def _date(talk: Talk) -> tuple[DateRange | None, tuple[Span, ...]]:
    for moment in talk.moments:
        if moment.timex.range is not None and moment.role not in {"before", "after", "by", "since"}:
            return moment.timex.range, (moment.timex.span,)
    return None, ()


def _status(talk: Talk, date: DateRange | None, published: dt.date | None) -> Status:
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
