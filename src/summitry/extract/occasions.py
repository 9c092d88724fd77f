"""What occasions a visit: the gathering that it is for, the day that it marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from summitry.extract.journeys import Cluster
from summitry.extract.phrases import around, phrase
from summitry.extract.sightings import SentenceReader
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import READ
from summitry.model.spans import Span

NEAR = 4
"""Sentences around a telling of a visit within which a gathering is the one that it is for."""


class Occasions:
    """The gatherings and days to mark of one report."""

    def __init__(
        self, annotated: Annotated, readers: Sequence[SentenceReader], clusters: Sequence[Cluster], words: VisitWords
    ) -> None:
        self.annotated = annotated
        self.readers = readers
        self.clusters = clusters
        self.words = words
        self.text = annotated.article.text

    def read(self, cluster: Cluster, *, many: bool) -> Span | None:
        """The occasion of a visit: told with it, else near it where it is to a gathering of ``many`` or the only visit."""
        own = {s.sentence for s in cluster.sightings}
        told = [(n, span) for n, span in self.told if n in own and self._mine(n, span, cluster)]
        if told:
            starts = [s.span.start for s in cluster.sightings]
            return min(told, key=lambda t: min(abs(t[1].start - start) for start in starts))[1]
        here = sum(c.host == cluster.host for c in self.clusters)
        if not many and here < max(sum(c.host == d.host for c in self.clusters) for d in self.clusters):
            return None
        near = [(min(abs(n - o) for o in own), span) for n, span in self.told if self._owner(n) in {None, cluster.host}]
        best = min((x for x in near if x[0] <= NEAR), key=lambda x: x[0], default=None)
        return best[1] if best is not None else None

    def _mine(self, n: int, span: Span, cluster: Cluster) -> bool:
        """Whether of all visits told in a sentence one to this host stands nearest to the gathering."""
        gaps: dict[str, int] = {}
        for c in self.clusters:
            for s in c.sightings:
                if s.sentence == n:
                    place = s.place.span if s.place is not None and s.place.span.meets(self._sentence(n)) else s.span
                    gap = min(abs(place.start - span.end), abs(span.start - place.end))
                    gaps[c.host] = min(gap, gaps.get(c.host, gap))
        return gaps.get(cluster.host) == min(gaps.values())

    def _sentence(self, n: int) -> Span:
        return self.annotated.sentences[n].span

    def _owner(self, n: int) -> str | None:
        """The one host of the visits told in a sentence; "" for several, None for none."""
        hosts = {c.host for c in self.clusters for s in c.sightings if s.sentence == n}
        return None if not hosts else next(iter(hosts)) if len(hosts) == 1 else ""

    @cached_property
    def told(self) -> tuple[tuple[int, Span], ...]:
        """All occasions of the report: number of the sentence, words."""
        read = [r for r in self.readers if r.view.role in READ]
        found = ((r.view.number, self.fuller(span)) for r in read for span in self._in(r))
        return tuple((n, span) for n, span in found if " " in span.of(self.text))

    @cached_property
    def _full(self) -> tuple[Span, ...]:
        """All gatherings of the report that are told by more than a bare noun, whoever attends them."""
        spans = (
            around(r.view, r.groups, k) for r in self.readers for k in r.view.find(self._known) if self._gathering(r, k)
        )
        return tuple(span for span in spans if len(span.of(self.text).split()) > 1)

    def fuller(self, span: Span) -> Span:
        """ "The summit": the nearest words of the report that say which; the same where none do."""
        bare = span.of(self.text).lower()
        named = [f for f in self._full if f.of(self.text).lower().split()[-1] == bare]
        return min(named, key=lambda f: abs(f.start - span.start)) if " " not in bare and named else span

    def _in(self, reader: SentenceReader) -> Iterator[Span]:
        view, words = reader.view, self.words
        for k in view.find(self._known | words.of("occasion", "marks")):
            if k in reader.groups and view.lemma(k) in words.of("occasion", "marks"):
                found = phrase(view, reader.groups, k + 1)
                nouns = words.of("occasion", "nouns")
                told = (view.units[m].span for m in view.find(nouns) if view.lemma(m) in nouns)
                if found is not None and any(found.covers(span) for span in told):
                    yield found
                continue
            if not view.is_word(k) or not self._gathering(reader, k):
                continue
            span = self._marking(reader, around(view, reader.groups, k))
            if self._led(reader, view.inside(span).start):
                yield span

    def _marking(self, reader: SentenceReader, span: Span) -> Span:
        """ "A ceremony to mark the end of the war": the phrase with what it marks."""
        view = reader.view
        last = view.inside(span).stop
        if view.lower(last) in {"to", "marking"} and view.lemma(
            last + 1 if view.lower(last) == "to" else last
        ) in self.words.of("occasion", "marks"):
            more = phrase(view, reader.groups, last + (2 if view.lower(last) == "to" else 1))
            return Span(span.start, more.end) if more is not None else span
        return span

    def _gathering(self, reader: SentenceReader, k: int) -> bool:
        view, words = reader.view, self.words
        if not view.is_word(k) or not {view.lower(k), view.lemma(k)} & self._known:
            return False
        meeting = view.lemma(k) == "meeting" and not (
            view.lower(k - 1) in words.of("events", "names")
            or (view.tag(k).startswith("NNP") and view.tag(k - 1) == "POS")
        )
        if meeting or view.lemma(k + 1) in words.of("occasions", "nouns"):
            return False
        return view.lower(k - 1) not in words.of("events", "small") and k not in reader.groups

    @cached_property
    def _known(self) -> frozenset[str]:
        """Words that may name a gathering."""
        return self.words.of("occasions", "nouns") | self.words.of("events", "names") | {"meeting"}

    def _led(self, reader: SentenceReader, first: int) -> bool:
        """Whether words before the phrase say that one comes for it, attends it, or meets on its margins."""
        view, words = reader.view, self.words
        m = first - 1
        while m >= 0 and (view.tag(m) in {"DT", "PRP$", "JJ", "CD", "POS"} or view.kind(m) == "time"):
            m -= 1
        if view.lower(m) in words.of("occasions", "lead") and view.is_word(m):
            return True
        if view.lower(m) == "of" and view.lemma(m - 1) in words.of("occasions", "margins"):
            return True
        return any(
            view.lemma(x) in words.of("occasions", "verbs") for x in range(max(0, m - 1), m + 1) if view.is_word(x)
        )
