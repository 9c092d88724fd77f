"""What is raised with the hosts: phrases that words of talks, of purpose and of appeal lead to, weighed for each visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summitry.extract.journeys import Cluster
from summitry.extract.sightings import SentenceReader
from summitry.extract.topics import Topics, told_before
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import READ
from summitry.model.entities import Rank
from summitry.model.spans import Span
from summitry.model.visits import Status

AHEAD = frozenset([Status.PLANNED, Status.PROPOSED])
AHEAD_CUES = frozenset(["future", "would", "planned", "purpose", "infinitive"])
NEAR = 3
"""Sentences after a telling of a visit within which a matter stands near it."""

MOST = 8
"""Matters that one visit is given."""

ASIDE = 6
"""Units that an aside may have, and between a verb and the noun that it goes with."""

_OBJECT = frozenset({"DT", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD"})
"""Tags with which an object begins."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A phrase that may be a matter of a visit: its words, its sentence, the rule, and whose doing the verb is.

    ``people`` are keys of those who are told to raise it, empty where a group does ("the two sides") or nobody is told.
    """

    span: Span
    sentence: int
    rule: str
    people: frozenset[str]
    quoted: bool
    ahead: bool
    shape: frozenset[str] = frozenset()


class AgendaReader:
    """Finds the matters of one sentence."""

    def __init__(self, reader: SentenceReader) -> None:
        self.reader = reader
        self.view = reader.view
        self.groups = reader.groups
        self.words = reader.words
        self.topics = Topics(reader.view, reader.groups)

    def read(self) -> Iterator[Matter]:
        """All matters of the sentence, in the order of the rules."""
        found = self.view.find(self.words.of("gates", "matters"))
        for k in found:
            if k in self.groups:
                yield from self._raised(k)
                yield from self._put(k)
                yield from self._above_all(k)
            yield from self._on_the_list(k)
        for k in found:
            yield from self._after_preposition(k)
            yield from self._purpose(k)

    def _matters(self, spans: Iterator[Span], k: int, rule: str, people: frozenset[str]) -> Iterator[Matter]:
        last = next((g for h, g in reversed(self.groups.items()) if h <= k), None)
        ahead = last is not None and bool(last.cues & AHEAD_CUES)
        for span in spans:
            yield Matter(span, self.view.number, rule, people, self.view.quoted[k], ahead, self._shape(span))

    def _shape(self, span: Span) -> frozenset[str]:
        """What a phrase is made of: whether it names a matter of state, a country or city, a person; how it begins."""
        view, found = self.view, set()
        inside = self.topics.units(span)
        matter = self.words.of("purpose", "matter")
        if any(view.lemma(m) in matter for m in inside):
            found.add("names a matter")
        if any(view.place(m) is not None for m in inside):
            found.add("names a place")
        if any(view.person(m) is not None for m in inside):
            found.add("names a person")
        if view.is_verb(inside[0]):
            found.add("begins with a gerund" if view.tag(inside[0]) == "VBG" else "begins with a verb")
        if view.tag(inside[-1]).startswith("NNP") or view.kind(inside[-1]) == "place":
            found.add("ends with a name")
        return frozenset(found)

    def _people(self, k: int) -> frozenset[str]:
        subject = self.reader.arguments.subject(self.groups[k])
        return frozenset(key for p in subject if (m := self.view.person(p)) is not None for key in m.people)

    def _raised(self, k: int) -> Iterator[Matter]:
        view, words, group = self.view, self.words, self.groups[k]
        phrasal = f"{view.lemma(k)} {view.lower(k + 1)}" in words.of("raise", "phrasal")
        if view.lemma(k) not in words.of("raise", "verbs") and not phrasal:
            return
        if "passive" in group.cues:
            yield from self._matters(self.topics.before(group.first), k, "raised-passive", frozenset())
            return
        start = self._past_aside(k + 1 + phrasal)
        while view.is_word(start) and view.lower(start) in words.of("raise", "through"):
            start += 1
        yield from self._matters(self.topics.items(start), k, "raised", self._people(k))

    def _past_aside(self, k: int) -> int:
        """The unit behind a few words between commas: "discussed, | first of all, | trade"."""
        view = self.view
        if view.lower(k) != ",":
            return k
        close = next((m for m in range(k + 1, min(len(view), k + ASIDE)) if view.lower(m) == ","), None)
        return k if close is None else close + 1

    def _on_the_list(self, k: int) -> Iterator[Matter]:
        """ "The agenda includes trade", "among the topics are X and Y", "trade will be high on the agenda"."""
        view, words = self.view, self.words
        if view.is_noun(k) and view.lemma(k) in words.of("listed", "middle"):
            yield from self._in_the_middle(k)
        if not view.is_noun(k) or view.lemma(k) not in words.of("listed", "nouns"):
            return
        verb = next((h for h in self.groups if h > k and "infinitive" not in self.groups[h].cues), None)
        if verb is not None and view.lemma(verb) in words.of("listed", "verbs"):
            between = range(k + 1, self.groups[verb].first)
            if not any(view.lower(m) in {",", ":"} or view.lower(m) in words.of("topics", "bars") for m in between):
                yield from self._matters(self.topics.items(verb + 1), k, "listed", frozenset())
                return
        stop = min(len(view), k + ASIDE)
        colon = next((m for m in range(k + 1, stop) if view.lower(m) == ":"), None)
        if colon is not None and not any(k < h < colon for h in self.groups):
            yield from self._matters(self.topics.items(colon + 1), k, "listed", frozenset())
            return
        on = next((m for m in range(k - 1, max(-1, k - ASIDE), -1) if view.lower(m) in words.of("listed", "on")), k)
        be = next((h for h in reversed(self.groups) if h < on), None)
        if be is not None and view.lemma(be) == "be" and on - be < ASIDE:
            # "Trade is on the agenda", "trade is the main topic"
            yield from self._matters(self.topics.before(self.groups[be].first), k, "listed", frozenset())
        elif on < k and view.tag(on - 1).startswith("JJ"):  # "with trade high on the agenda"
            yield from self._matters(self.topics.before(on - 1), k, "listed", frozenset())

    def _in_the_middle(self, k: int) -> Iterator[Matter]:
        """ "Trade was at the heart of the talks"."""
        view, words = self.view, self.words
        talks = words.of("topics", "nouns") | words.of("meeting", "nouns")
        of_talks = any(view.is_noun(m) and view.lemma(m) in talks for m in range(k + 1, min(len(view), k + ASIDE)))
        be = next((h for h in reversed(self.groups) if h < k), None)
        if be is not None and view.lemma(be) == "be" and view.lower(be + 1) in words.of("listed", "at") and of_talks:
            yield from self._matters(self.topics.before(self.groups[be].first), k, "listed", frozenset())

    def _above_all(self, k: int) -> Iterator[Matter]:
        """ "Trade dominated the talks", "the talks were dominated by trade", "trade came up in the talks"."""
        view, words, group = self.view, self.words, self.groups[k]
        shown = {view.lemma(k), f"{view.lemma(k)} {view.lower(k + 1)}"} & words.of("listed", "showing")
        if shown and "passive" not in group.cues and view.tag(k + 1) not in _OBJECT:
            yield from self._matters(self.topics.before(group.first), k, "listed", frozenset())
        if view.lemma(k) not in words.of("listed", "leading"):
            return
        if group.cues & {"passive", "reduced"}:
            if view.lower(k + 1) in words.of("listed", "by"):
                yield from self._matters(self.topics.items(k + 2), k, "listed", frozenset())
            return
        held = words.of("listed", "nouns") | words.of("meeting", "nouns")
        if any(view.is_noun(m) and view.lemma(m) in held for m in range(k + 1, min(len(view), k + ASIDE))):
            first = group.first
            while first > 0 and self.groups.get(first - 1) is not None and "passive" in self.groups[first - 1].cues:
                first = self.groups[first - 1].first  # "are expected to top the agenda"
            yield from self._matters(self.topics.before(first), k, "listed", frozenset())

    def _after_preposition(self, k: int) -> Iterator[Matter]:
        """ "Talks with X on trade", "attention was paid to trade", "focused on trade"."""
        view, words = self.view, self.words
        lemma = view.lemma(k)
        noun = view.is_noun(k) and lemma in words.of("topics", "nouns")
        verb = k in self.groups and lemma in words.of("topics", "verbs")
        attention = view.is_noun(k) and lemma in words.of("topics", "attention")
        if not (noun or verb or attention):
            return
        wanted = self._leads(k)
        for m in self._onward(k, 6 if verb else 14):
            word = view.lower(m)
            if m in self.groups and not (attention or "reduced" in self.groups[m].cues):
                return
            if not view.is_word(m):
                continue
            if word in words.of("topics", "bars") or (word == "," and not noun):
                return
            if word not in wanted or "time" in {view.kind(m + 1), view.kind(m + 2)}:
                continue
            partner = all(view.person(x) is not None or view.place(x) is not None for x in range(k + 1, m))
            partner = partner or (lemma in words.of("topics", "partner") and m <= k + ASIDE)  # "briefed his host on"
            if verb and m > k + 1 and word in words.of("topics", "near") and not partner:
                continue  # "spoke to reporters on the lawn" names no matter, "briefed X on trade" does
            rule = "attention" if attention else "topic-noun" if noun else "topic-verb"
            yield from self._matters(self.topics.items(m + 1), k, rule, self._people(k) if verb else frozenset())
            return

    def _leads(self, k: int) -> frozenset[str]:
        """The prepositions by which a noun or verb of talks leads to its matters."""
        view, words = self.view, self.words
        lemma = view.lemma(k)
        if k not in self.groups:
            return words.of("topics", "towards" if lemma in words.of("topics", "attention") else "after")
        if lemma in words.of("topics", "dealing"):
            return words.of("topics", "with")
        if lemma in words.of("topics", "turning"):
            led = any(view.lemma(m) in words.of("topics", "nouns") for m in range(max(0, k - ASIDE), k))
            return words.of("topics", "to") if led else frozenset()
        return words.of("topics", "after") | (
            words.of("topics", "of") if lemma in words.of("topics", "telling") else frozenset()
        )

    def _onward(self, k: int, reach: int) -> Iterator[int]:
        """The units behind unit ``k``, those left out that tell who a person just named is: "met X, | head of, | on"."""
        m = k + 1
        while m < min(len(self.view), k + reach):
            close = self.topics.closes.get(m) if self.view.person(m - 1) is not None else None
            if close is not None:
                reach += close + 1 - m
                m = close + 1
                continue
            yield m
            m += 1

    def _purpose(self, k: int) -> Iterator[Matter]:
        """ "A visit aimed at boosting trade", "flew to X to persuade Y to do Z"."""
        view, words = self.view, self.words
        if k not in self.groups or view.lemma(k) not in words.of("purpose", "verbs"):
            return
        lead = view.lower(k - 1)
        if view.tag(k) == "VB" and lead == "to":
            near = {view.lemma(m) for m in range(max(0, k - 10), k)}
            close = "purpose" in self.groups[k].cues or bool(near & words.of("purpose", "nouns"))
            if not close:
                return
            rule = "purpose"
        elif view.tag(k) == "VBG" and lead in {"at", "on", "of", "for"}:
            near = {view.lower(m) for m in range(max(0, k - 5), k)}
            if not near & words.of("purpose", "aimed"):
                return
            rule = "aimed"
        else:
            return
        span = self.topics.clause(k)
        if span is not None:
            inside = {view.lemma(m) for m in self.topics.units(span, k)}
            rule += "-matter" if inside & words.of("purpose", "matter") else ""
            yield from self._matters(iter([span]), k, rule, self._people(k))

    def _put(self, k: int) -> Iterator[Matter]:
        """ "X urged Y to lift the ban", "X called for an end of the fighting"."""
        view, words = self.view, self.words
        group = self.groups[k]
        if view.lemma(k) not in words.of("urge", "verbs") or group.cues & {"passive", "reduced"}:
            return
        start = k + 1
        while view.person(start) is not None or view.place(start) is not None or view.tag(start) in {"PRP", "POS"}:
            start += 1
        while view.is_word(start) and view.lower(start) in words.of("urge", "led"):
            start += 1
        if view.is_verb(start):
            span = self.topics.clause(start)
            spans = iter([span] if span else [])
        else:
            spans = self.topics.items(start)
        yield from self._matters(
            spans, k, "put-strong" if view.lemma(k) in words.of("urge", "strong") else "put-weak", self._people(k)
        )


class Agenda:
    """The matters of one report, and how likely each is one of a visit's."""

    def __init__(
        self, annotated: Annotated, readers: Sequence[SentenceReader], clusters: Sequence[Cluster], words: VisitWords
    ) -> None:
        self.annotated = annotated
        self.readers = readers
        self.clusters = clusters
        self.scale = words.scales["agenda"]

    def read(self, cluster: Cluster) -> list[Span]:
        """The matters of a visit, likeliest first; a matter told again in other words is left out."""
        weighed = [(self.scale.probability(self.features(m, cluster)), m) for m in self.matters]
        best = sorted((w for w in weighed if w[0] >= self.scale.least), key=lambda w: (-w[0], w[1].span))
        kept: list[Span] = []
        for _, matter in best:
            if len(kept) < MOST and not told_before(matter.span, kept, self.annotated.article.text):
                kept.append(matter.span)
        return sorted(kept)

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        """All matters of the report in the order of the text."""
        read = [r for r in self.readers if r.view.role in READ]
        return tuple(dict.fromkeys(m for reader in read for m in AgendaReader(reader).read()))

    @cached_property
    def _main(self) -> Cluster:
        return max(self.clusters, key=lambda c: len(c.sightings))

    @cached_property
    def _named(self) -> list[tuple[frozenset[str], frozenset[str]]]:
        """For each sentence the people named in it and the countries of those of rank among them."""
        out = []
        for reader in self.readers:
            keys = reader.view.keys
            people = (self.annotated.people[k] for k in keys)
            out.append((keys, frozenset(p.country for p in people if p.rank is Rank.VISITOR and p.country)))
        return out

    def _gap(self, sentence: int, cluster: Cluster) -> float:
        """Sentences between a matter and the nearest telling of a visit; one told after it stands half one farther."""
        return min(abs(sentence - s.sentence) + (0.5 if s.sentence > sentence else 0.0) for s in cluster.sightings)

    def features(self, matter: Matter, cluster: Cluster) -> dict[str, float]:
        """What speaks for a matter to be one of a visit's: the rule, who raises it, where it stands, how long it is."""
        n, gap = matter.sentence, self._gap(matter.sentence, cluster)
        steps = min((n - s.sentence for s in cluster.sightings), key=abs)
        place = "own" if steps == 0 else "next" if steps == 1 else "near" if -1 <= steps <= NEAR else "far"
        near = "near" if place in {"own", "next"} else "off"
        keys, countries = self._named[n]
        side = self.annotated.people
        hosts = any(side[k].country == cluster.host for k in matter.people)
        who = (
            "visitor" if cluster.visitor in matter.people else "host" if hosts else "other" if matter.people else "none"
        )
        others = sum(self._gap(n, c) < gap and c.host != cluster.host for c in self.clusters)
        family = matter.rule.removesuffix("-matter").removesuffix("-passive").replace("aimed", "purpose")
        length = len(matter.span.of(self.annotated.article.text).split())
        ahead = "ahead" if cluster.status in AHEAD else str(cluster.status)
        held = {
            f"rule {matter.rule}", f"{family} {near}", f"by {who}", f"stands {place}", f"status {ahead}",
            "one word" if length == 1 else "few words" if length < 5 else "many words",
            f"hosts {min(len({c.host for c in self.clusters}), 4)}",
        }  # fmt: skip
        held |= matter.shape
        if who == "visitor":
            held.add(f"by visitor {near}")
        if others == 0:
            held |= {"closest", f"closest {near}"}
        if cluster.visitor in keys and cluster.host in countries:
            held.add("both named")
        if cluster is self._main:
            held.add("main visit")
        if len(self.clusters) == 1:
            held.add("only visit")
        if matter.quoted:
            held.add("quoted")
        if matter.ahead:
            held.add("told ahead, visit ahead" if ahead == "ahead" else "told ahead, visit not")
        share = n / len(self.readers)
        if share < 1 / 3 or share > 2 / 3:
            held.add("early" if share < 1 / 3 else "late")
        return dict.fromkeys(sorted(held), 1.0)
