"""Who is credited with the news of a visit: the voices of a report, and which of them tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summitry.extract.assembly import Cluster
from summitry.extract.sightings import SentenceReader
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import READ
from summitry.model.entities import PlaceKind, Rank
from summitry.model.spans import Span
from summitry.model.visits import Status

AHEAD = frozenset([Status.PLANNED, Status.PROPOSED])
ANNOUNCED = AHEAD | {Status.CANCELLED, Status.POSTPONED}
"""How visits stand that somebody has to tell: one that is under way is seen."""

FAR = 4
"""Sentences after the first telling of a visit within which a spokesman is looked for."""

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
        for k in range(len(view)):
            lemma = view.lemma(k)
            if k in self.groups:
                how = next((h for h in ("announce", "report", "say") if lemma in words.of("voices", h)), None)
                if how is not None:
                    yield from self._of_verb(k, how)
            elif lemma in words.of("voices", "according") and view.lower(k + 1) == "to":
                yield from self._voice(k, self._after(k + 2), "according", lead=k == 0)
            elif lemma in words.of("voices", "statement") and view.lower(k + 1) in words.of("voices", "from"):
                yield from self._voice(k, self._after(k + 2), "statement", lead=True)

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
        return (first, last) if first < last else None

    def _after(self, start: int) -> tuple[int, int] | None:
        view, first = self.view, start
        while view.tag(first) in {"DT", "PRP$"}:
            first += 1
        last = first
        while last < len(view) and self._inside(last):
            last += 1
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
        heads = [m for m in row if view.lemma(m) in words.of("voices", "people")]
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


class Voices:
    """The voices of one report, and which is credited with a visit."""

    def __init__(
        self, annotated: Annotated, readers: Sequence[SentenceReader], clusters: Sequence[Cluster], words: VisitWords
    ) -> None:
        self.annotated = annotated
        self.readers = readers
        self.clusters = clusters
        self.words = words

    def read(self, cluster: Cluster) -> Voice | None:
        """The voice of a visit: told with it, else that of another leg of the same person, if both are still ahead."""
        voice = self._told(cluster)
        if voice is not None or cluster.status not in AHEAD:
            return voice
        legs = (c for c in self.clusters if c.visitor == cluster.visitor and c.status in AHEAD and c is not cluster)
        return next((found for c in legs if (found := self._told(c)) is not None), None)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """All voices of the report in the order of the text."""
        read = [r for r in self.readers if self.annotated.role(r.view.sentence) in READ]
        return tuple(v for reader in read for v in VoiceReader(reader).read())

    def _told(self, cluster: Cluster) -> Voice | None:
        own = {s.sentence for s in cluster.sightings}
        first = min(own)
        voice = next((v for v in self.voices if v.sentence in own and self._credited(v, cluster, first)), None)
        open_ = voice is None and cluster.status in ANNOUNCED
        if open_ or (voice is not None and voice.how == "say" and voice.what in {"body", "official"}):
            # "The ministry said" in the lead, and its spokesman by name a little below: the person is the voice.
            named = (v for v in self.voices if v.what == "spokesman" and not v.quoted)
            return next((v for v in named if 0 <= v.sentence - first <= FAR), voice)
        return voice

    def _credited(self, voice: Voice, cluster: Cluster, first: int) -> bool:
        """Whether a voice in a sentence that tells of the visit is credited with it."""
        starts = [s.span.start for s in cluster.sightings if s.sentence == voice.sentence]
        if (
            voice.quoted
            or voice.what in self.words.of("voices", "never")
            or min(abs(s - voice.at) for s in starts) > CLOSE
        ):
            return False
        quoting = any(self.readers[voice.sentence].view.quoted)
        if voice.key == cluster.visitor:
            return voice.how == "announce" or (cluster.status in ANNOUNCED and not quoting)
        person = self.annotated.people[voice.key] if voice.key is not None else None
        ranked = person is not None and person.rank is Rank.VISITOR and voice.what == "person"
        if voice.how != "say":
            return not ranked or voice.how != "announce" or cluster.status in ANNOUNCED
        over = cluster.status is Status.COMPLETED or (cluster.status is Status.ONGOING and voice.sentence != first)
        if (quoting or over) and voice.what != "spokesman":
            return False  # what is said of a visit that is over, or beside a quotation, is said of something else
        return not ranked or cluster.status in ANNOUNCED
