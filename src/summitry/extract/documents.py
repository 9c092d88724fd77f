"""What is signed, adopted or issued on a visit: noun phrases of documents beside verbs of signing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summitry.extract.journeys import Cluster
from summitry.extract.sightings import SentenceReader
from summitry.extract.topics import Topics, told_before
from summitry.extract.verbs import Group
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import READ
from summitry.model.dates import DateRange
from summitry.model.entities import Rank
from summitry.model.spans import Span
from summitry.model.visits import Status

OFF = frozenset([Status.CANCELLED, Status.POSTPONED, Status.RULED_OUT])
NEAR = 1
"""Sentences around a telling of the visit within which what is signed is signed on it."""

AHEAD = frozenset([Status.PLANNED, Status.PROPOSED])
SLACK = 10
"""Days between a stay and the time told for a signing, from which on it was another occasion."""

BACK = 10
"""Units before the noun of a document that may belong to its phrase."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as told: its sentence, its name, its words, and whether it is told as ahead or as past.

    ``people`` are keys of those who sign, ``when`` the time told for it; ``open`` where the words look neither back nor ahead
    for sure ("to sign", "could sign").
    """

    sentence: int
    text: str
    span: Span
    ahead: bool
    past: bool
    people: frozenset[str] = frozenset()
    when: DateRange | None = None
    open: bool = False


class Documents:
    """The documents of one report."""

    def __init__(
        self, annotated: Annotated, readers: Sequence[SentenceReader], clusters: Sequence[Cluster], words: VisitWords
    ) -> None:
        self.annotated = annotated
        self.readers = readers
        self.clusters = clusters
        self.words = words

    def read(self, cluster: Cluster) -> list[tuple[str, Span]]:
        """The documents of a visit in the order of the text, as text and words; one told again is left out."""
        kept: list[Span] = []
        found: list[tuple[str, Span]] = []
        for paper in self.signed if cluster.status not in OFF else ():
            if not self._belongs(paper, cluster) or told_before(paper.span, kept, self.annotated.article.text):
                continue
            kept.append(paper.span)
            found.append((paper.text, paper.span))
        return found

    @cached_property
    def signed(self) -> tuple[Paper, ...]:
        """All documents that the report tells to be signed."""
        read = [r for r in self.readers if r.view.role in READ]
        return tuple(paper for reader in read for paper in DocumentReader(reader).read())

    def _countries(self, n: int) -> set[str]:
        """The countries that a sentence names, by places or people."""
        view = self.readers[n].view
        places = {place.country for place in view.places.values() if place.country}
        people = {self.annotated.people[key].country for key in view.keys}
        return places | {c for c in people if c}

    def _both(self, n: int, cluster: Cluster) -> bool:
        """Whether a sentence names the countries of guest and host."""
        return {cluster.host, self.annotated.people[cluster.visitor].country} <= self._countries(n)

    def _gap(self, n: int, cluster: Cluster) -> int:
        return min(abs(n - s.sentence) for s in cluster.sightings)

    def _belongs(self, paper: Paper, cluster: Cluster) -> bool:
        """Whether what is signed in a sentence is signed on a visit: told beside it, or between its two sides."""
        n, gap = paper.sentence, self._gap(paper.sentence, cluster)
        if not _fits(paper, cluster):
            return False
        people = [self.annotated.people[key] for key in paper.people]
        if people and not any(p.key == cluster.visitor or p.country == cluster.host for p in people):
            return False
        if paper.when is not None and cluster.dates is not None and not _near(paper.when, cluster.dates):
            return False
        hosts = {c.host for c in self.clusters if c.visitor == cluster.visitor}
        named = self._countries(n) & hosts
        if len(hosts) > 1 and named and cluster.host not in named:
            return False
        if gap == 0 or (len(hosts) > 1 and named == {cluster.host}):
            return True
        rivals = [c for c in self.clusters if c.status not in OFF and _fits(paper, c)]
        if len(rivals) > 2 and not self._both(n, cluster):
            return False
        keys = self.readers[n].view.keys
        ranked = {p.country for k in keys if (p := self.annotated.people[k]).rank is Rank.VISITOR}
        if cluster.visitor in keys and cluster.host in ranked:
            return True
        nearest = gap == min(self._gap(n, c) for c in rivals)
        sides = {cluster.host, self.annotated.people[cluster.visitor].country}
        most = max(len(c.sightings) for c in self.clusters)
        only = len({c.host for c in self.clusters}) == 1
        main = only or (len(cluster.sightings) == most and self._countries(n) <= sides)
        alone = main and len({c.host for c in rivals}) == 1
        return (nearest and (gap <= NEAR or alone)) or (alone and cluster.visitor in paper.people)


def _fits(paper: Paper, cluster: Cluster) -> bool:
    """Whether what is told as past or as ahead may be signed on a visit that stands as it does."""
    if cluster.status in AHEAD:
        return (paper.ahead or paper.open) and not paper.past
    return not (paper.ahead and cluster.status is Status.COMPLETED)


def _near(when: DateRange, stay: DateRange) -> bool:
    """Whether a time may lie within some days of a stay."""
    slack = dt.timedelta(SLACK)
    return not (
        (when.latest is not None and stay.earliest is not None and when.latest < stay.earliest - slack)
        or (when.earliest is not None and stay.latest is not None and when.earliest > stay.latest + slack)
    )


class DocumentReader:
    """Finds the documents that one sentence tells to be signed."""

    def __init__(self, reader: SentenceReader) -> None:
        self.reader = reader
        self.view = reader.view
        self.groups = reader.groups
        self.words = reader.words
        self.topics = Topics(reader.view, reader.groups)

    def read(self) -> Iterator[Paper]:
        """The documents of the sentence, left to right."""
        view, words = self.view, self.words
        nouns, last = words.of("paper", "nouns"), -1
        taken: Group | None = None
        for k in view.find(words.of("gates", "papers")):
            if k < last or not (view.is_noun(k) or view.tag(k).startswith("NNP")):
                continue
            if view.is_noun(k + 1) and view.lemma(k + 1) not in nouns:
                continue  # "agreement text", "deal maker"
            first, end = self._phrase(k)
            listed = taken is not None and (
                (0 <= first - last <= 3 and view.lower(last) in {",", "and"}) or self._opened(taken, last, first)
            )
            by = taken if listed else self._signing(first, k, end)
            if by is None:
                if self._jointly(first, k):
                    span = view.span(first, k + 1)
                    closing = any(view.lower(m) in words.of("paper", "closing") for m in range(first, k))
                    yield Paper(view.number, span.of(view.text), span, False, False, open=closing)
                continue
            text, more = view.span(first, end).of(view.text), ""
            if "passive" in by.cues and by.head >= end and view.lower(by.head + 1) in {"on", "for", "to"}:
                start, stop = self.topics.chunk(by.head + 2)
                occasion = view.lemma(start) in words.of("paper", "occasion")
                if stop > start and view.kind(start) != "time" and not occasion:  # "an agreement was signed on fishing"
                    more = " " + view.span(by.head + 1, stop).of(view.text)
            if not (more or self._says_enough(first, k, end)) or self._known(first, k, by):
                continue
            taken, last, text = by, end, text + more
            past = bool(by.cues & {"past", "perfect"}) and not by.cues & {"planned", "would"}
            signers = (m for p in self.reader.arguments.subject(by) if (m := view.person(p)) is not None)
            people = frozenset(key for m in signers for key in m.people) if "passive" not in by.cues else frozenset()
            times = (m.timex.range for m in self.reader.times if m.governor in {by.head, k})
            when = next((r for r in times if r is not None), None)
            ahead = bool(by.cues & {"future", "planned"})
            open_ = bool(by.cues & {"would", "infinitive", "purpose", "hedge", "participle"})
            yield Paper(view.number, text, view.span(first, end), ahead, past, people, when, open_)

    def _opened(self, by: Group, last: int, first: int) -> bool:
        """ "Three agreements were signed: one on tin", "signed five accords, including one on fish": a list is opened."""
        view, start = self.view, max(last, by.head + 1)
        row = range(start, first)
        opens = any(view.lower(m) in self.words.of("paper", "opening") and view.is_word(m) for m in row)
        return opens and first - start <= BACK and not any(m in self.groups for m in row)

    def _jointly(self, first: int, head: int) -> bool:
        """ "A joint statement after the talks said": a paper of both sides is issued wherever it is told."""
        view, words = self.view, self.words
        joint = view.lemma(head) in words.of("paper", "joint") | words.of("paper", "shared")
        return joint and any(view.lower(m) in words.of("paper", "jointly") for m in range(first, head))

    def _known(self, first: int, head: int, by: Group) -> bool:
        """Whether the words point at a document that is known already: "the deal signed in 2015", "the peace accord"."""
        view = self.view
        if view.lower(first - 1) in {"a", "an"}:
            return False
        definite = view.lower(first - 1) in self.words.of("paper", "known") or any(
            view.lower(m) in self.words.of("paper", "known") for m in range(first, head)
        )
        referring = any(view.lower(m) in self.words.of("paper", "referring") for m in range(max(0, first - 1), head))
        if referring:
            return True
        return definite and view.tag(head) != "NNS" and not by.cues & {"future", "planned", "would"}

    def _says_enough(self, first: int, head: int, end: int) -> bool:
        """Whether a phrase tells which document: not "the statement", not "a number of documents"."""
        view, words = self.view, self.words
        telling = [m for m in range(first, end) if m != head and view.tag(m) not in {"DT", "CD", "IN", "PRP$", "TO"}]
        if view.lemma(head) in words.of("paper", "joint"):
            return any(view.lower(m) in words.of("paper", "jointly") for m in range(first, head))
        bundles = words.of("generic", "of") | words.of("paper", "bundles")
        if any(view.lemma(m) in bundles and view.lower(m + 1) == "of" for m in range(first, head)):
            plain = first + 2 == head
            return end > head + 1 or not plain
        return bool(telling) or view.tag(first) == "CD"

    def _phrase(self, k: int) -> tuple[int, int]:
        """First and last + 1 unit of the noun phrase whose head is unit ``k``."""
        view, first = self.view, k
        while first > 0 and k - first < BACK:
            word, tag = view.lower(first - 1), view.tag(first - 1)
            if view.place(first - 1) is not None or tag in {"POS", "HYPH"}:
                first -= 1
            elif view.is_word(first - 1) and (
                tag[:2] in {"JJ", "NN", "CD", "$", "SY"} or tag == "VBG" or word in {"and", "of"}
            ):
                if first - 1 in self.groups and tag != "VBG":
                    break
                first -= 1
            else:
                break
        while first < k and (view.lower(first) in {"and", "of"} or view.tag(first) in {"POS", "HYPH", "VBG"}):
            first += 1
        end = k + 1
        day = end + (view.lower(end) == "on")
        if view.kind(day) == "time" and view.lower(day + 1) in {"to", "on", "for", "with"}:
            end = day + 1  # "a contract on Monday to purchase": the time is stepped over
        while view.is_word(end) and view.lower(end) in {
            "of",
            "on",
            "to",
            "for",
            "with",
            "between",
            "in",
            "about",
            "covering",
        }:
            if view.kind(end + 1) == "time":
                break
            verb = end + 2 if view.tag(end + 1) == "RB" else end + 1
            if view.lower(end) == "to" and view.tag(verb) == "VB":  # "an agreement to share water"
                span = self.topics.clause(verb)
                inside = self.topics.units(span) if span is not None else []
                if not inside:
                    break
                end = inside[-1] + 1
                continue
            _, stop = self.topics.chunk(end + 1)
            if stop <= end + 1:
                break
            end = stop
        return first, end

    def _signing(self, first: int, head: int, end: int) -> Group | None:
        """The verb of signing that takes the phrase as object, stands after it as passive, or hangs on it; None if none."""
        view, signing, making = self.view, self.words.of("paper", "verbs"), self.words.of("paper", "making")
        for k, group in self.groups.items():
            lemma = view.lemma(k)
            if (lemma not in signing and lemma not in making) or group.cues & {"negated", "hypothetical"}:
                continue
            if first <= k < end and k < head:
                continue
            if lemma not in signing and view.lemma(head) not in self.words.of("paper", "formal"):
                continue
            direct = k < first <= k + 3 and view.lower(k + 1) in {"a", "an", "some", "several"}
            if group.cues & {"passive", "reduced"} and not direct:  # a tag of "issued a statement" may be wrong
                start = end if view.lower(end) in {"that", "which"} and group.first == end + 1 else head
                if 0 <= group.first - head <= BACK and not self._between(start + 1, group.first):
                    return group
            elif k < first and first - k <= 2 * BACK and not self._between(k + 1, first):
                return group
        return None

    def _between(self, start: int, stop: int) -> bool:
        """Whether another clause stands between two units."""
        return any(
            (m in self.groups and not self.groups[m].cues & {"participle", "reduced"})
            or (self.view.is_word(m) and self.view.lower(m) in {";", ":", "that", "which", "who", "--"})
            for m in range(start, stop)
        )
