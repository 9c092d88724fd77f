"""Who is credited with the news of a visit: the voices of a report, and which of them tells of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from summitry.extract.journeys import Cluster
from summitry.extract.sightings import SentenceReader
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import READ
from summitry.model.entities import PlaceKind, PlaceMention, Rank
from summitry.model.spans import Span
from summitry.model.visits import Status

T = TypeVar("T")

AHEAD = frozenset([Status.PLANNED, Status.PROPOSED])
ANNOUNCED = AHEAD | {Status.CANCELLED, Status.POSTPONED}
"""How visits stand that somebody has to tell: one that is under way is seen."""

TO_COME = frozenset(["future", "planned"])
"""Cues of what is still ahead."""

FAR = 4
"""Sentences after a telling of a visit within which a voice stands near it."""

NEAR = 2
"""Sentences before a telling of a visit within which a voice stands near it."""

LEAD = 4
"""Sentences from the start, headline included, that tell the news."""

CLOSE = 400
"""Code points between a verb of telling and a telling of the visit in one sentence."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who tells something: the name, its words, where the verb stands, how it tells, what the voice is.

    ``at`` is the start of the verb; ``lead`` is True where the voice stands before what it tells ("X said that ...").
    """

    name: str
    span: Span
    sentence: int
    at: int
    how: str
    what: str
    key: str | None
    lead: bool
    quoted: bool


class VoiceReader:
    """Finds the voices of one sentence."""

    def __init__(self, reader: SentenceReader) -> None:
        self.reader = reader
        self.view = reader.view
        self.groups = reader.groups
        self.words = reader.words

    def read(self) -> Iterator[Voice]:
        """All voices of the sentence, left to right."""
        view, words = self.view, self.words
        for k in view.find(words.of("gates", "voices")):
            lemma = view.lemma(k)
            if k in self.groups:
                how = next((h for h in ("announce", "report", "say") if lemma in words.of("voices", h)), None)
                if how is not None:
                    yield from self._of_verb(k, how)
                    yield from self._relayed(k)
            elif view.lower(k) in words.of("voices", "according") and view.lower(k + 1) == "to":
                yield from self._voice(k, self._after(k + 2), "according", lead=k == 0)
            elif lemma in words.of("voices", "statement"):
                after = k + 2 if view.lower(k + 1) in words.of("voices", "given") else k + 1
                if view.lower(after) in words.of("voices", "from"):
                    yield from self._voice(k, self._after(after + 1), "statement", lead=True)

    def _relayed(self, k: int) -> Iterator[Voice]:
        """ "Quoting a palace official", "was quoted by the daily", "announced by the court"."""
        view = self.view
        if view.tag(k) == "VBG" and view.lemma(k) in self.words.of("voices", "relay"):
            yield from self._voice(k, self._after(k + 1), "relayed", lead=False)
        elif view.tag(k) == "VBN" and view.lower(k + 1) == "by":
            yield from self._voice(k, self._after(k + 2), "relayed", lead=False)

    def _of_verb(self, k: int, how: str) -> Iterator[Voice]:
        view, group = self.view, self.groups[k]
        if group.cues & {"passive", "infinitive", "negated", "hedge"}:
            return
        reduced = bool(group.cues & {"reduced"})
        if not reduced:
            before = self._before(group.first)
            if before is not None:
                trailing = view.lower(before[0] - 1) in {",", "”", '"', "''"} and before[0] > 1
                yield from self._voice(k, before, how, lead=not trailing)
                return
        if view.lower(k - 1) in {",", "”", '"', "''"} or (reduced and view.tag(k) == "VBD"):
            yield from self._voice(k, self._after(k + 1), how, lead=False)

    def _before(self, end: int) -> tuple[int, int] | None:
        """The noun phrase that ends before unit ``end``, a parenthesis between commas stepped over."""
        view, last = self.view, end
        while view.kind(last - 1) == "time" or view.tag(last - 1) == "RB":
            last -= 1
        if view.lower(last - 1) == ")":
            last = next((m for m in range(last - 1, max(last - 6, 0), -1) if view.lower(m) == "("), last)
        first = last
        while first > 0 and self._inside(first - 1):
            first -= 1
        while first < last and view.tag(first) in {"DT", "PRP$", "CC"}:
            first += 1
        if first == last and view.lower(last - 1) == ",":  # "The palace, in its statement on Monday, said"
            opening = next((m for m in range(last - 2, max(last - 12, 0), -1) if view.lower(m) == ","), None)
            opens = opening is not None and view.lower(opening + 1) in self.words.of("voices", "parentheses")
            return self._before(opening) if opening is not None and opens else None
        if first < last and (owner := self._knowing(first)) is not None:
            return self._before(owner)
        return (first, last) if first < last else None

    def _knowing(self, first: int) -> int | None:
        """ "An official with knowledge of the plans said": the unit after the noun that says who knows, or None."""
        view, m = self.view, first - 1
        while view.tag(m) in {"DT", "PRP$"}:
            m -= 1
        while view.is_word(m) and view.lower(m) in self.words.of("voices", "knowing"):
            m -= 1
        away = m < first - 1 and view.lower(m + 1) in self.words.of("voices", "knowing")
        return m + 1 if away and view.lemma(m) in self.words.of("voices", "people") else None

    def _after(self, start: int) -> tuple[int, int] | None:
        view, first = self.view, start
        while view.tag(first) in {"DT", "PRP$"}:
            first += 1
        last = first
        while last < len(view) and self._inside(last):
            last += 1
        while last - first > 2 and view.lemma(last - 1) in self.words.of("voices", "statement"):
            last -= 1  # "according to the ministry's announcement"
            while last - first > 1 and view.tag(last - 1) in {"POS", "JJ"}:
                last -= 1
        return (first, last) if first < last else None

    def _inside(self, k: int) -> bool:
        view = self.view
        if view.person(k) is not None or view.place(k) is not None:
            return True
        if not view.is_word(k) or (k in self.groups and not view.tag(k).startswith("N")):
            return False
        return view.tag(k)[:2] in {"NN", "JJ", "PO", "HY", "CD", "DT"} or view.lower(k) in {"of", "for", "&"}

    def _site(self, m: int) -> bool:
        place = self.view.place(m)
        return place is not None and place.kind is PlaceKind.SITE

    def _voice(self, k: int, where: tuple[int, int] | None, how: str, *, lead: bool) -> Iterator[Voice]:
        if where is None:
            return
        view, words = self.view, self.words
        first, last = where
        text = view.text
        at = view.units[k].span.start
        row = range(first, last)
        if view.lemma(last - 1) in words.of("voices", "media") and last - first > 1 and not view.possessive(first):
            span = view.span(first, last)  # "the official Petra news agency", which may sound like a person
            yield Voice(_flat(span, text), span, view.number, at, how, "media", None, lead, view.quoted[k])
            return
        people = [m for m in row if view.person(m) is not None and not view.possessive(m)]
        if people:
            m = people[-1]
            mention = view.person(m)
            if mention is None or len(mention.people) != 1:
                return
            person = view.annotated.people[mention.people[0]]
            titled = {t.lemma.lower() for t in view.annotated.tokens[view.units[m].first : view.units[m].last]}
            titled |= {view.lemma(x) for x in (m - 1, m - 2, m + 2, m + 3, m + 4, m + 5)}
            what = "pronoun" if mention.form == "pronoun" else "person"
            if titled & words.of("voices", "speakers"):
                what = "spokesman"
            yield Voice(person.name, mention.span, view.number, at, how, what, person.key, lead, view.quoted[k])
            return
        lemmas = {view.lemma(m) for m in row}
        heads = [m for m in row if view.lemma(m) in words.of("voices", "people") and view.tag(m) != "JJ"]
        if heads and heads[-1] + 1 < last and all(view.tag(m).startswith("NNP") for m in range(heads[-1] + 1, last)):
            span = view.span(heads[-1] + 1, last)
            yield Voice(_flat(span, text), span, view.number, at, how, "spokesman", None, lead, view.quoted[k])
            return
        if view.lemma(last - 1) in words.of("voices", "empty") or len(lemmas) == 0:
            return
        if last - first == 1 and (place := view.place(first)) is not None and place.kind is not PlaceKind.SITE:
            return  # "Peru said" names nobody
        bare = [m for m in row if view.tag(m).startswith("NNP")]
        lowered = {view.lower(m) for m in row}
        if heads:
            what = "official"
        elif (lemmas | lowered) & words.of("voices", "media"):
            what = "media"
        elif (lemmas | lowered) & words.of("voices", "bodies") or any(self._site(m) for m in row):
            what = "body"
        elif bare:
            what = "name"
        else:
            what = "other"
        span = view.span(first, last)
        yield Voice(_flat(span, text), span, view.number, at, how, what, None, lead, view.quoted[k])


def _flat(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())


def likeliest(weighed: Sequence[tuple[float, str, T]]) -> tuple[float, T]:
    """Of candidates with probability and name the likeliest name, told however often: its probability, best candidate.

    Of equals the first. Specimen: ``likeliest([(0.3, "A", 1), (0.4, "B", 2), (0.2, "A", 3)])`` is ``(0.5, 1)``.
    """
    names: dict[str, float] = defaultdict(float)
    for p, name, _ in weighed:
        names[name.lower()] += p
    _, name, best = max(weighed, key=lambda w: (names[w[1].lower()], w[0]))
    return names[name.lower()], best


class Voices:
    """The voices of one report, and which is credited with a visit."""

    def __init__(
        self, annotated: Annotated, readers: Sequence[SentenceReader], clusters: Sequence[Cluster], words: VisitWords
    ) -> None:
        self.annotated = annotated
        self.readers = readers
        self.clusters = clusters
        self.words = words
        self.scale = words.scales["voices"]

    def read(self, cluster: Cluster) -> Voice | None:
        """The likeliest voice of a visit, if any is likely enough; of equals the first."""
        weighed = [(self.scale.probability(self.features(v, cluster)), v) for v in self.candidates]
        odds = [(p / (1 - p), v) for p, v in weighed]
        total = 1 + sum(o for o, _ in odds)
        if not odds:
            return None
        best, voice = likeliest([(o / total, v.name, v) for o, v in odds])
        return voice if best >= self.scale.least else None

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """All voices of the report in the order of the text."""
        read = [r for r in self.readers if r.view.role in READ]
        return tuple(v for reader in read for v in VoiceReader(reader).read())

    @cached_property
    def candidates(self) -> tuple[Voice, ...]:
        """The voices that could be credited with a visit: named or told by what they are, outside quotations."""
        never = self.words.of("voices", "never")
        return tuple(v for v in self.voices if not v.quoted and v.what not in never)

    @cached_property
    def _main(self) -> Cluster:
        return max(self.clusters, key=lambda c: len(c.sightings))

    @cached_property
    def _told_often(self) -> Counter[str]:
        return Counter(v.name.lower() for v in self.voices)

    @cached_property
    def _names(self) -> list[tuple[frozenset[str], frozenset[str]]]:
        """For each sentence the people and the countries named in it."""
        return [
            (
                r.view.keys,
                frozenset(place.country for place in r.view.places.values() if place.country),
            )
            for r in self.readers
        ]

    @cached_property
    def _lead(self) -> list[int]:
        """Numbers of the first sentences that are read."""
        read = [r.view.number for r in self.readers if r.view.role in READ]
        return read[:LEAD]

    def features(self, voice: Voice, cluster: Cluster) -> dict[str, float]:
        """What speaks for a voice to be credited with a visit: how it tells, what it is, where it stands, whose it is."""
        own = {s.sentence for s in cluster.sightings}
        steps = min((voice.sentence - n for n in own), key=lambda n: (abs(n), n))
        where = "own" if steps == 0 else "after" if 0 < steps <= FAR else "before" if -NEAR <= steps < 0 else "far"
        ahead = "ahead" if cluster.status in ANNOUNCED else str(cluster.status)
        held = {
            f"how {voice.how}", f"what {voice.what}", f"stands {where}", f"status {ahead}",
            f"how {voice.how} {where}", f"what {voice.what} {where}", f"how {voice.how} {ahead}", f"{ahead} {where}",
        }  # fmt: skip
        if where == "own":
            starts = [s.span.start for s in cluster.sightings if s.sentence == voice.sentence]
            held.add("beside" if min(abs(s - voice.at) for s in starts) <= CLOSE else "same sentence, far off")
            held.add("tells it" if any((s >= voice.at) is voice.lead for s in starts) else "tells something else")
            if any(self.readers[voice.sentence].view.quoted):
                held.add("beside a quotation")
            if voice.sentence == min(own):
                held.add("with the first telling")
        else:
            keys, countries = self._names[voice.sentence]
            held |= {"names the visitor"} if cluster.visitor in keys else set()
            held |= {"names the host"} if cluster.host in countries else set()
        if steps == 1:
            held.add("next sentence")
        if voice.sentence in self._lead:
            held |= {"in the lead", f"in the lead {where}", f"in the lead, what {voice.what}"}
            if not voice.lead and voice.sentence in self._lead[:2]:
                held |= {"closes the lead", f"closes the lead, what {voice.what}"}
        view, visits = self.readers[voice.sentence].view, self.words.of("occasions", "visits")
        if any(view.lemma(m) in visits for m in view.find(visits)):
            held |= {"speaks of a visit", f"speaks of a visit {where}"}
        if any(g.cues & TO_COME for g in self.readers[voice.sentence].groups.values()):
            held |= {"speaks of what is ahead", f"speaks of what is ahead {where}"}
        held.add("few voices" if len(self.voices) < 5 else "some voices" if len(self.voices) < 12 else "many voices")
        legs = (c for c in self.clusters if c.visitor == cluster.visitor and c is not cluster and c.status in AHEAD)
        if any(s.sentence == voice.sentence for c in legs for s in c.sightings) and cluster.status in AHEAD:
            held.add("tells another leg ahead")
        if self._told_often[voice.name.lower()] > 1:
            held.add("told more than once")
        if voice == self.candidates[0]:
            held.add("first voice")
        if cluster is self._main:
            held.add("main visit")
        held |= self._whose(voice, cluster, ahead)
        return dict.fromkeys(sorted(held), 1.0)

    def _whose(self, voice: Voice, cluster: Cluster, ahead: str) -> set[str]:
        """What is known of a voice: whether it is the visitor, one of rank, of the guest's side or the host's."""
        if voice.key == cluster.visitor:
            return {"the visitor", f"the visitor, {ahead}", f"the visitor, how {voice.how}"}
        home = self.annotated.people[cluster.visitor].country
        person = self.annotated.people[voice.key] if voice.key is not None else None
        if person is not None:
            countries = {person.country} - {None}
        else:
            units = self.readers[voice.sentence].view.units
            places = (u.ref for u in units if isinstance(u.ref, PlaceMention) and voice.span.covers(u.span))
            countries = {p.country for p in places if p.country}
        side = (
            "guest's"
            if home in countries
            else "host's"
            if cluster.host in countries
            else "third"
            if countries
            else "no"
        )
        held = {f"of {side} side", f"what {voice.what} of {side} side"}
        if person is not None and person.rank is Rank.VISITOR and voice.what == "person":
            held |= {"of rank", f"of rank, {ahead}"}
        return held
