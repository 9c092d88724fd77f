"""The fields of a visit beside who, where, when and how it stands: places, people met, companions, voices, matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from summitry.extract.agenda import Agenda
from summitry.extract.delegation import Company
from summitry.extract.documents import Documents
from summitry.extract.journeys import Cluster
from summitry.extract.occasions import Occasions
from summitry.extract.phrases import around
from summitry.extract.records import Talk
from summitry.extract.sightings import SentenceReader
from summitry.extract.view import View
from summitry.extract.voices import Voices
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.entities import Person, PlaceKind
from summitry.model.spans import Span
from summitry.model.visits import Kind, Status


@dataclass
class Details:
    """The further fields of one visit with the words each rests on: field name to list of (value, span)."""

    found: dict[str, list[tuple[str, Span]]] = field(default_factory=dict)
    kind: Kind = Kind.UNSPECIFIED

    def add(self, name: str, value: str, span: Span) -> None:
        """Add a value once; told again, its words are kept as further evidence."""
        self.found.setdefault(name, []).append((" ".join(value.split()), span))

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a field in the order of their first telling."""
        return tuple(dict.fromkeys(value for value, _ in self.found.get(name, ())))


class DetailReader:
    """Fills the details of the visits of one report. Built once a report; ``read`` is called for each visit."""

    def __init__(
        self, annotated: Annotated, readers: list[SentenceReader], clusters: list[Cluster], words: VisitWords
    ) -> None:
        self.annotated = annotated
        self.readers = readers
        self.clusters = clusters
        self.words = words
        self.text = annotated.article.text
        self.agenda = Agenda(annotated, readers, clusters, words)
        self.voices = Voices(annotated, readers, clusters, words)
        self.documents = Documents(annotated, readers, clusters, words)
        self.occasions = Occasions(annotated, readers, clusters, words)
        self.company = Company(annotated, readers, clusters, words)

    def read(self, cluster: Cluster, here_city: str | None) -> Details:
        """All details of one visit."""
        details = Details()
        own = sorted({s.sentence for s in cluster.sightings})
        self._kind(cluster, details)
        self._places(cluster, details, here_city)
        self._meets(cluster, details)
        self._inviter(cluster, details, own)
        for name, span in self.company.read(cluster):
            details.add("delegation", name, span)
        voice = self.voices.read(cluster)
        if voice is not None:
            details.add("announced_by", voice.name, voice.span)
        self._occasion(cluster, details)
        self._called(cluster, details)
        for name, span in self.documents.read(cluster):
            details.add("documents", name, span)
        for span in self.agenda.read(cluster):
            details.add("agenda", span.of(self.text), span)
        return details

    def _kind(self, cluster: Cluster, details: Details) -> None:
        two = any(s.event is not None and self._of_two(s.event) for s in cluster.sightings)
        kinds = {kind for s in cluster.sightings for kind in s.kinds if not (two and kind == str(Kind.MULTILATERAL))}
        for kind in Kind:
            if str(kind) in kinds:
                details.kind = kind
                for s in cluster.sightings:
                    if str(kind) in s.kinds:
                        details.found.setdefault("kind", []).append((str(kind), s.span))
                return
        self._gathering(cluster, details)

    def _gathering(self, cluster: Cluster, details: Details) -> None:
        """A visit told beside a gathering of many states that is held in the host country is a visit to it."""
        many, names = self.words.of("events", "multilateral"), self.words.of("events", "names")
        for s in cluster.sightings:
            reader = self.readers[s.sentence]
            held = frozenset(v.lemma for v in reader.venues if v.host.country == cluster.host)
            view = reader.view
            for k in view.find(held):
                lemma = view.lemma(k)
                if lemma not in held or not (lemma in many or view.lower(k) in names):
                    continue
                if view.lower(k + 1) in {"with", "between"} or view.lower(k - 1) in {"-", "’s", "'s"}:
                    continue
                span = around(view, reader.groups, k)
                details.kind = Kind.MULTILATERAL
                details.found.setdefault("kind", []).append(("multilateral", span))
                details.add("occasion", (full := self.occasions.fuller(span)).of(self.text), full)
                return

    def _places(self, cluster: Cluster, details: Details, here_city: str | None) -> None:
        for s in cluster.sightings:
            if s.place is None:
                continue
            if s.place.how == "here" and here_city:
                details.add("places", here_city, s.place.span)
            mention = s.place.mention
            if (
                mention is not None
                and mention.kind in {PlaceKind.CITY, PlaceKind.SITE}
                and mention.country == cluster.host
            ):
                details.add("places", mention.name, mention.span)

        if cluster.status in {Status.ONGOING, Status.COMPLETED, Status.PLANNED} and self._main_visit(cluster):
            self._seen_at(cluster, details)

    def _main_visit(self, cluster: Cluster) -> bool:
        """Whether the visit is the only one of its person to its country in the report."""
        return sum(c.visitor == cluster.visitor and c.host == cluster.host for c in self.clusters) == 1

    def _seen_at(self, cluster: Cluster, details: Details) -> None:
        """Cities and sites of the host at which the visitor is the subject of a verb: "Chirac opened a school in Ha Long"."""
        for reader in self.readers:
            view = reader.view
            if cluster.visitor not in view.keys or not view.places:
                continue
            for k, group in reader.groups.items():
                people = [view.person(p) for p in reader.arguments.subject(group)]
                if cluster.visitor not in self._means(people) or group.cues & {"negated", "hypothetical"}:
                    continue
                end = reader.arguments.clause_end(k)
                for m, place in view.places.items():
                    if not k + 1 < m < end or view.lower(m - 1) not in {"in", "at", "to"} or place.adjective:
                        continue
                    if place.country == cluster.host and place.kind in {PlaceKind.CITY, PlaceKind.SITE}:
                        details.add("places", place.name, place.span)

    # --- people ---------------------------------------------------------------------------------------------------

    def _person(self, key: str) -> Person:
        return self.annotated.people[key]

    def _mention(self, key: str, sentence: int) -> Span | None:
        """The words that mean a person in a sentence."""
        view = self.readers[sentence].view
        return next((view.units[k].span for k, mention in view.people.items() if key in mention.people), None)

    def _meets(self, cluster: Cluster, details: Details) -> None:
        visitor = self._person(cluster.visitor)
        for reader in self.readers:
            for talk in reader.talks:
                if cluster.visitor not in talk.people or talk.kind != "meeting" or "hypothetical" in talk.cues:
                    continue
                if self._home(talk, cluster) is not cluster:
                    continue
                received = any(self._person(key).country == cluster.host for key in talk.people)
                guests = {c.visitor for c in self.clusters if c.host == cluster.host} if received else set()
                for key in talk.people:
                    # "Hu met A of X and B of Y": the guests met their host, not one another.
                    if key not in guests:
                        self._met(key, visitor, talk.sentence, talk.span, details)
            for k, others in self._spoken_with(reader, cluster):
                span = reader.view.units[k].span
                talk = Talk(
                    tuple(dict.fromkeys((cluster.visitor, *others))), "meeting", reader.view.number, frozenset(), span
                )
                if self._home(talk, cluster) is cluster:
                    for key in others:
                        self._met(key, visitor, talk.sentence, span, details)

    def _met(self, key: str, visitor: Person, sentence: int, span: Span, details: Details) -> None:
        other = self._person(key)
        if key != visitor.key and other.country != visitor.country and other.named:
            details.add("meets", other.name, self._mention(key, sentence) or span)

    def _spoken_with(self, reader: SentenceReader, cluster: Cluster) -> Iterator[tuple[int, tuple[str, ...]]]:
        """ "He will discuss trade with X", "told a news conference with X": the verb, and keys of the other side."""
        for k, subject, others in self._spoken[reader.view.number]:
            if cluster.visitor in subject:
                yield k, others

    @cached_property
    def _spoken(self) -> defaultdict[int, list[tuple[int, set[str], tuple[str, ...]]]]:
        """All such verbs of the report by sentence: unit, keys of the subject, keys of those spoken with."""
        words = self.words
        found: defaultdict[int, list[tuple[int, set[str], tuple[str, ...]]]] = defaultdict(list)
        verbs, stages, leads = words.of("raise", "verbs"), words.of("meeting", "stages"), words.of("function", "with")
        for reader in self.readers:
            view = reader.view
            if not view.people or not view.tells(leads):
                continue
            for k, group in reader.groups.items():
                if group.cues & {"hypothetical", "negated", "passive"}:
                    continue
                end = reader.arguments.clause_end(k)
                start = k + 1
                if view.lemma(k) not in verbs:
                    start = next((m for m in range(k + 1, end) if view.lemma(m) in stages), end)
                others = reader.arguments.led_people(start, end, leads)
                if not others:
                    continue
                subject = (m for p in reader.arguments.subject(group) if (m := view.person(p)) is not None)
                met = self._means(m for p in others if (m := view.person(p)) is not None)
                found[view.number].append((k, self._means(subject), tuple(sorted(met))))
        return found

    def _home(self, talk: Talk, cluster: Cluster) -> Cluster | None:
        """The visit that a talk belongs to: by its place, else by the country of the other side, else by nearness."""
        mine = [c for c in self.clusters if c.visitor == cluster.visitor]
        if talk.host is not None:
            placed = [c for c in mine if c.host == talk.host]
        else:
            countries = {self._person(key).country for key in talk.people if key != cluster.visitor}
            placed = [c for c in mine if c.host in countries]
            if not placed and len(mine) == 1:
                placed = mine if any(s.sentence == talk.sentence for s in mine[0].sightings) else []
        if not placed:
            return None
        past = "past" in talk.cues or "perfect" in talk.cues
        tense = [c for c in placed if not past or c.status in {Status.ONGOING, Status.COMPLETED}] or placed
        return min(tense, key=lambda c: min(abs(s.sentence - talk.sentence) for s in c.sightings))

    def _inviter(self, cluster: Cluster, details: Details, own: list[int]) -> None:
        visitor = self._person(cluster.visitor)
        for s in cluster.sightings:
            if s.inviter and s.inviter != cluster.visitor:
                details.add("invited_by", self._person(s.inviter).name, self._mention(s.inviter, s.sentence) or s.span)
        for n in own:
            view = self.readers[n].view
            nouns = self.words.of("invitation", "nouns")
            for k in view.find(nouns):
                if view.lemma(k) not in nouns:
                    continue
                for m in (k - 1, k - 2):
                    if view.person(m) is not None and view.possessive(m):
                        self._inviting(m, n, visitor, details)
                if view.lower(k + 1) in {"of", "from", "by"}:
                    after = k + 2
                    while view.tag(after) in {"DT", "PRP$", "JJ"}:
                        after += 1
                    self._inviting(after, n, visitor, details)

    def _inviting(self, k: int, n: int, visitor: Person, details: Details) -> None:
        view = self.readers[n].view
        mention = view.person(k)
        if mention is None:
            return
        for person in self.annotated.named(mention):
            if person.key != visitor.key and person.country != visitor.country and person.named:
                details.add("invited_by", person.name, mention.span)

    def _means(self, mentions: Iterable[object]) -> set[str]:
        return {key for m in mentions for key in getattr(m, "people", ())}

    def _occasion(self, cluster: Cluster, details: Details) -> None:
        """What the visit is told to attend, else a gathering or a day to mark that is told beside it."""
        if details.values("occasion"):
            return
        event = next((s.event for s in cluster.sightings if s.event is not None), None)
        span = self.occasions.fuller(event) if event is not None else None
        span = span or self.occasions.read(cluster, many=details.kind is Kind.MULTILATERAL)
        if span is not None:
            details.add("occasion", span.of(self.text), span)
        if details.kind is Kind.UNSPECIFIED and span is not None and self._of_many(span):
            details.kind = Kind.MULTILATERAL
            details.found.setdefault("kind", []).append(("multilateral", span))

    def _of_many(self, span: Span) -> bool:
        """Whether the words of an occasion name a gathering of many: "the Asia summit", not "a summit with X"."""
        view = self._view_of(span)
        inside = [m for m in view.inside(span) if view.units[m].end <= span.end]
        many, names = self.words.of("occasions", "many"), self.words.of("events", "names")
        head = next((m for m in inside if view.is_word(m) and (view.lemma(m) in many or view.lower(m) in names)), None)
        return head is not None and head > inside[0] and not self._of_two(span)

    def _of_two(self, span: Span) -> bool:
        """Whether the words of a gathering, or those just after, name two sides: "summit with X", "the A-B summit"."""
        view, two = self._view_of(span), self.words.of("occasions", "two")
        inside = [m for m in view.inside(span) if view.units[m].end <= span.end]
        if not inside:
            return False
        countries = {p.country for m in inside if (p := view.place(m)) is not None and p.kind is PlaceKind.COUNTRY}
        return len(countries) > 1 or any(view.lower(m) in two for m in (*inside, inside[-1] + 1))

    def _view_of(self, span: Span) -> View:
        at = next((n for n, s in enumerate(self.annotated.sentences) if s.span.start <= span.start < s.span.end), 0)
        return self.readers[at].view

    def _called(self, cluster: Cluster, details: Details) -> None:
        """ "Before his state visit": what the text calls the visit where it is not told to be made."""
        if not self._main_visit(cluster) or details.kind not in {Kind.UNSPECIFIED, Kind.MULTILATERAL}:
            return
        others = {c.visitor for c in self.clusters} - {cluster.visitor}
        hosts = {c.host for c in self.clusters if c.visitor == cluster.visitor}
        for number, k, kind in self._kind_words:
            view = self.readers[number].view
            places = {place.country for place in view.places.values()} & hosts
            if cluster.visitor not in view.keys or view.keys & others or (places and cluster.host not in places):
                continue
            if not places and len(hosts) > 1:
                continue
            details.kind = Kind(kind)
            details.found["kind"] = [(kind, view.span(k, k + 2))]
            return

    @cached_property
    def _kind_words(self) -> list[tuple[int, int, str]]:
        """The words of a kind before a visit: sentence, unit, kind."""
        kinds = {word: kind for kind, row in self.words.classes["kinds"].items() for word in row}
        visits = self.words.of("occasions", "visits")
        views = [reader.view for reader in self.readers if reader.view.tells(visits)]
        return [
            (view.number, k, kinds[view.lower(k)])
            for view in views
            for k in view.find(frozenset(kinds))
            if view.is_word(k) and view.lower(k) in kinds and view.lemma(k + 1) in visits
        ]
