"""What a report tells of people and places that the tables do not know: what to add to tables of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from summitry.lexicon.people import People
from summitry.model.annotated import Annotated
from summitry.model.entities import Person, PersonMention, PlaceKind, Rank
from summitry.model.spans import Span


class GapKind(StrEnum):
    """What is missing: see ``docs/knowledge.md``."""

    NAME = "name"
    TENURE = "tenure"
    OFFICE = "office"
    TITLE = "title"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: the words of the text, the office and country told with them, whom the table has instead.

    Specimen: ``Gap(GapKind.NAME, "Anna Prill", "foreign_minister", "CHL", "Ivo Kral", Span(4, 14))``.
    """

    kind: GapKind
    words: str
    office: str
    country: str
    table: str
    span: Span


_NOUNS = frozenset({"NN", "NNS", "JJ", "HYPH"})
_LONGEST = 5


def find_gaps(annotated: Annotated, people: People) -> Iterator[Gap]:
    """What one report shows to be missing, in the order of the text; each thing once."""
    first: dict[str, PersonMention] = {}
    for mention in annotated.mentions:
        if len(mention.people) == 1:
            first.setdefault(mention.people[0], mention)
    seen: set[tuple[GapKind, str, str, str]] = set()
    gaps = [g for key, m in first.items() if (g := _of_person(annotated, annotated.people[key], m, people))]
    gaps += _titles(annotated)
    gaps += [
        Gap(GapKind.PLACE, p.name, "", "", "", p.span)
        for p in annotated.places
        if p.kind is PlaceKind.CITY and p.country is None
    ]
    for gap in sorted(gaps, key=lambda g: g.span):
        key = (gap.kind, gap.words, gap.office, gap.country)
        if key not in seen:
            seen.add(key)
            yield gap


def _of_person(annotated: Annotated, person: Person, mention: PersonMention, people: People) -> Gap | None:
    """What the table lacks of somebody whom the text gives an office that may visit."""
    if person.office is None or person.country is None or person.former or person.rank is not Rank.VISITOR:
        return None
    if not people.offices.holders(person.office):
        return None
    day = annotated.published.value
    key = next((b.key for b in people.offices.bodies.values() if b.code == person.country), person.country)
    rows = {t.person: t for code in people.offices.holders(person.office) for t in people.holders(code, key, day)}
    table = "; ".join(rows) if day is not None else ""
    words = mention.head.of(annotated.article.text) if not person.named else person.name
    words = " ".join(words.split())
    if not person.named:
        return Gap(GapKind.OFFICE, words, person.office, person.country, table, mention.span)
    if " " not in person.name:
        return None
    known = people.find(person.name)
    if not known and person.source == "table":
        return None  # another spelling of somebody whom the table has
    if not known:
        return Gap(GapKind.NAME, words, person.office, person.country, table, mention.span)
    held = {people.means(t) for h in known for t in h.tenures} | {t.office for h in known for t in h.tenures}
    # Who held the office at another time is told of as it was then ("in 1998 President X ...").
    if day is not None and person.office not in held and not any(h.on(day) for h in known):
        return Gap(GapKind.TENURE, words, person.office, person.country, table, mention.span)
    return None


def _titles(annotated: Annotated) -> Iterator[Gap]:
    """Words between a country's adjective and a name that nobody knows as a title: "Elbonian rail planner Ivo Kral"."""
    tokens, adjectives = annotated.tokens, {p.span.end: p for p in annotated.places if p.adjective and p.country}
    at = {t.start: t.i for t in tokens}
    for mention in annotated.mentions:
        if mention.form != "full" or mention.span != mention.head or annotated.people[mention.people[0]].office:
            continue
        last = at.get(mention.head.start, 0)
        for first in range(last - 1, max(-1, last - _LONGEST - 1), -1):
            place = adjectives.get(tokens[first].end)
            if place is not None and first + 1 < last:
                span = Span(tokens[first + 1].start, tokens[last - 1].end)
                words = " ".join(span.of(annotated.article.text).split())
                yield Gap(GapKind.TITLE, words, "", place.country or "", "", span)
            if place is not None or tokens[first].tag not in _NOUNS or not tokens[first].text[0].islower():
                break
