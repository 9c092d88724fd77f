"""Compose the stages of extraction: an annotated article to its visit reports and encounters."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from summitry.extract.arguments import Host
from summitry.extract.assembly import LEAD, cluster
from summitry.extract.confidence import features
from summitry.extract.details import DetailReader, Details
from summitry.extract.encounters import encounters
from summitry.extract.gatherings import gatherings
from summitry.extract.guests import mean_the_guest
from summitry.extract.history import offices_told
from summitry.extract.hosts import may_visit
from summitry.extract.journeys import Cluster, over_in_a_day, trips
from summitry.extract.judgement import WEIGHED, judged
from summitry.extract.moments import next_week
from summitry.extract.pairs import pairs, sightings_of_pairs
from summitry.extract.programme import programme
from summitry.extract.records import NEXT, Sighting, Talk
from summitry.extract.sightings import SentenceReader
from summitry.extract.view import View
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import READ, digest
from summitry.model.dates import DateRange
from summitry.model.entities import PlaceMention, Rank
from summitry.model.spans import Evidence
from summitry.model.visits import Encounter, Status, VisitReport

FORMER = dt.timedelta(60)
"""How long ago a visit of a former holder of an office must lie to count as made while the office was held."""

RISE = dt.timedelta(8 * 365)
"""How long before the first office that the table knows someone may have travelled in another."""


def extract(annotated: Annotated, words: VisitWords) -> tuple[tuple[VisitReport, ...], tuple[Encounter, ...]]:
    """All visits and encounters that a report tells of, in the order of their first telling."""
    annotated = offices_told(annotated, words)
    here = dateline_place(annotated)
    readers = read_sentences(annotated, words, here.country if here else None)
    told_of = [*(s for reader in readers for s in reader.sightings), *_at_dateline(annotated, readers, here)]
    sightings = [s for s in told_of if may_visit(annotated.people[s.visitor], s.host, words)]
    sightings += programme(annotated, readers, sightings)
    published = annotated.published.day

    told = [n for n, sentence in enumerate(annotated.sentences) if annotated.role(sentence) in READ]
    lead = told[:LEAD][-1] if told else 0
    frames = [v for v in next((r.venues for r in readers if r.venues), ()) if v.sentence <= lead]

    def guess(sighting: Sighting) -> Host | None:
        if sighting.act == "arrive" and frames:
            return frames[0].host
        return _told_around(annotated, sighting, here)

    def together(rows: list[Sighting]) -> list[Cluster]:
        made = cluster(rows, published, words, guess, lead, here.country if here else None)
        return [c for c in made if _counts(annotated, c, words)]

    clusters = together(sightings)
    given = {(c.visitor, c.host) for c in clusters}
    found = pairs(annotated, readers, sightings, given, here)
    if more := sightings_of_pairs(annotated, found, words.scales["pairs"]):
        clusters = together([*sightings, *more])
    clusters = [over_in_a_day(c) for c in judged(annotated, clusters, here.country if here else None, words)]
    numbers = trips(clusters)
    detail = DetailReader(annotated, readers, clusters, words)
    city = here.name if here else None
    sure = words.scales["confidence"]
    visits = tuple(
        _report(annotated, c, detail.read(c, city), number, sure.probability(features(annotated, c, clusters)))
        for c, number in zip(clusters, numbers, strict=True)
    )
    return visits, encounters(annotated, readers, here.country if here else None, city, clusters)


def read_sentences(annotated: Annotated, words: VisitWords, here: str | None) -> list[SentenceReader]:
    """Read each sentence for sightings and talks; what "the country" means is carried from one to the next."""
    readers = [
        SentenceReader(View(annotated, sentence, number, words), here, None)
        for number, sentence in enumerate(annotated.sentences)
    ]
    open_ones = [r for r in readers if r.view.role in READ]
    venues = gatherings(open_ones)
    there: str | None = None
    latest: Sighting | None = None
    talk: Talk | None = None
    week: WeekTold | None = None
    told: list[Sighting] = []
    for reader in open_ones:
        reader.venues, reader.there = venues, there
        reader.week = week.days if week is not None and week.holds(reader.view) else None
        reader.latest, reader.last_talk = latest, talk
        mean_the_guest(reader, told)
        reader.read()
        told = [s for s in told if reader.view.number - s.sentence < NEXT] + reader.sightings
        talk = reader.talks[-1] if reader.talks else talk
        latest = reader.sightings[-1] if reader.sightings else latest
        week = _week_told(reader) or week
        for sighting in reader.sightings:
            if sighting.host and sighting.host != annotated.people[sighting.visitor].country:
                there = sighting.host
    return readers


class WeekTold(NamedTuple):
    """A week still to come of which a sentence tells: of one visitor, by a weekday in it, or of all: "next week"."""

    sentence: int
    days: DateRange
    visitor: str | None

    def holds(self, view: View) -> bool:
        """Whether the weekdays of a sentence may lie in it: one soon after, and of the same visitor."""
        first = next(iter(view.people.values()), None)
        mine = self.visitor is None or (first is not None and self.visitor in first.people)
        return mine and view.number - self.sentence <= NEXT


def _week_told(reader: SentenceReader) -> WeekTold | None:
    """The week still to come of a visit that a sentence tells of, if any."""
    today, number = reader.view.annotated.published.day, reader.view.number
    if today is None:
        return None
    told = [(s, m.timex, r) for s in reader.sightings for m in s.moments if (r := m.timex.range) is not None]
    for _, timex, r in told:
        if "-W" in timex.value and r.earliest and r.earliest > today:
            return WeekTold(number, r, None)
    for sighting, timex, r in told:
        if timex.rule == "weekday" and (week := next_week(r.as_day, today)) is not None:
            return WeekTold(number, week, sighting.visitor)
    return None


def _told_around(annotated: Annotated, sighting: Sighting, here: PlaceMention | None) -> Host | None:
    """The one foreign country told in the sentence of a visit without a host, or just before; else the dateline's.

    The words that tell it are the evidence; None where no words do.
    """
    if sighting.act not in {"visit", "arrive"} or sighting.rule == "arrival-noun":
        return None
    own = annotated.people[sighting.visitor].country
    for back in (0, 1):
        if sighting.sentence < back:
            break
        span = annotated.sentences[sighting.sentence - back].span
        named = [m.span for m in annotated.mentions if span.covers(m.span)]
        near = [
            p
            for p in annotated.places
            if span.covers(p.span) and p.country != own and len(p.country or "") == 3
            if not (p.adjective and any(m.covers(p.span) for m in named))  # "Iranian" of "the Iranian president X"
        ]
        if len({p.country for p in near}) == 1:
            return Host(near[0].country, near[0], near[0].span, "around")
        if near:
            break
    return Host(here.country, here, here.span, "around") if here is not None and here.country != own else None


def _at_dateline(annotated: Annotated, readers: list[SentenceReader], here: PlaceMention | None) -> list[Sighting]:
    """Guests of talks whose place is not told, in a report filed from the capital of one side: they were there."""
    found: list[Sighting] = []
    if here is None or here.country is None:
        return found
    published = annotated.published.day
    for reader in readers:
        for talk in reader.talks:
            people = [annotated.people[key] for key in talk.people]
            hosts = [p for p in people if p.country == here.country and p.rank is Rank.VISITOR]
            if (
                talk.host
                or talk.kind != "meeting"
                or not hosts
                or talk.cues & {"future", "would", "hedge", "hypothetical", "planned", "ruled_out", "negated"}
            ):
                continue
            if any(s.visitor in talk.people and s.host not in {None, here.country} for s in reader.sightings):
                continue  # "goes to Riga to meet X", told at home
            told = [m.timex.range.earliest for m in talk.moments if m.timex.range and m.timex.range.earliest]
            if published is None or any(abs((published - day).days) > 3 for day in told):
                continue
            if not told and not talk.cues & {"past", "participle", "present", "beside"}:
                continue
            place = Host(here.country, None, talk.span, "dateline")
            found += [
                Sighting(
                    p.key,
                    here.country,
                    talk.sentence,
                    "meet",
                    "talks-noun",
                    talk.cues | {"talks"},
                    talk.span,
                    talk.span,
                    place,
                    talk.moments,
                )
                for p in people
                if p.country not in {here.country, None}
            ]
    return found


def dateline_place(annotated: Annotated) -> PlaceMention | None:
    """Where the report was filed: the place of its dateline, if that is known."""
    dateline = annotated.article.dateline
    if dateline is None or dateline.place is None:
        return None
    return next((p for p in annotated.places if p.country and dateline.span.covers(p.span)), None)


def _counts(annotated: Annotated, c: Cluster, words: VisitWords) -> bool:
    """Whether a cluster is a visit: made while an office was held, as far as the days and the table of tenures tell.

    One of a former holder must lie well in the past, and not after the last office that the table knows; one of a
    holder not long before the first.
    """
    person = annotated.people[c.visitor]
    first, last = (c.dates.earliest, c.dates.latest) if c.dates is not None else (None, None)
    if not person.former:
        starts = [start for start, _ in person.served]
        return not (starts and all(starts) and last is not None and last < min(s for s in starts if s) - RISE)
    if person.office not in words.of("offices", "visitor") or c.status is not Status.COMPLETED:
        return False
    ends = [end for _, end in person.served]
    if first is not None and ends and all(ends) and first > max(e for e in ends if e):
        return False
    day = annotated.published.day
    return day is not None and last is not None and last < day - FORMER


def _report(annotated: Annotated, c: Cluster, details: Details, trip: int, confidence: float) -> VisitReport:
    article, person = annotated.article, annotated.people[c.visitor]
    best = _best(c)
    sentence = annotated.sentences[best.sentence]
    quote = annotated.quote(sentence).strip()
    evidence = [Evidence(article.id, sentence.span, "evidence", best.rule)]
    for s in c.sightings:
        evidence.append(Evidence(article.id, s.who, "visitor", s.rule))
        evidence.append(Evidence(article.id, s.who, "visitor_country", s.rule))
        evidence.append(Evidence(article.id, s.span, "status", s.rule))
        if s.place is not None:
            evidence.append(Evidence(article.id, s.place.span, "host_country", s.place.how))
    evidence += [Evidence(article.id, span, "dates", c.rule) for span in c.spans]
    for name, row in details.found.items():
        evidence += [Evidence(article.id, span, name, name) for _, span in row]

    rules = (*dict.fromkeys(s.rule for s in c.sightings), *([WEIGHED] if c.weighed else []))

    def first(name: str) -> str | None:
        return next(iter(details.values(name)), None)

    return VisitReport(
        id=digest(article.id, person.name, c.host, quote, c.sightings[0].span.start),
        article=article.id,
        visitor=person.name,
        visitor_country=person.country or "",
        host_country=c.host,
        dates=c.dates,
        status=c.status,
        sentence=quote,
        kind=details.kind,
        places=details.values("places"),
        trip=trip,
        meets=details.values("meets"),
        delegation=details.values("delegation"),
        invited_by=first("invited_by"),
        announced_by=first("announced_by"),
        occasion=first("occasion"),
        agenda=details.values("agenda"),
        documents=details.values("documents"),
        confidence=confidence,
        evidence=tuple(dict.fromkeys(evidence)),
        notes=rules,
    )


def _best(c: Cluster) -> Sighting:
    """The sighting whose sentence shows the visit best.

    One with days comes before one without, a telling of the visit itself before a mere word spoken there, and the
    earliest of equals.
    """

    def rank(s: Sighting) -> tuple[bool, bool, int]:
        return (s.act in {"speak", "present", "meet"}, not s.moments, s.span.start)

    return min(c.sightings, key=rank)
