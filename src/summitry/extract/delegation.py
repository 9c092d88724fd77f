"""Who travels along with a visitor: companions told as such, consorts, and those joined to the visitor by "and"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summitry.extract.assembly import Cluster
from summitry.extract.sightings import SentenceReader
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.entities import Person, Rank
from summitry.model.spans import Span
from summitry.model.visits import Status

OFF = frozenset([Status.CANCELLED, Status.POSTPONED, Status.RULED_OUT])
NEAR = 4
"""Sentences around a telling of the visit within which "the delegation" is its delegation."""


class Company:
    """Reads who travels along on the visits of one report."""

    def __init__(
        self, annotated: Annotated, readers: Sequence[SentenceReader], clusters: Sequence[Cluster], words: VisitWords
    ) -> None:
        self.annotated = annotated
        self.readers = readers
        self.clusters = clusters
        self.words = words

    def read(self, cluster: Cluster) -> list[tuple[str, Span]]:
        """Names and words of those who travel along, in the order of their telling."""
        own = {s.sentence for s in cluster.sightings}
        found: list[tuple[str, Span]] = []
        for n, reader in enumerate(self.readers):
            near = min(abs(n - o) for o in own) <= NEAR
            rows = list(self._accompanied(reader, cluster, near=near))
            if near:
                rows += self._delegation(reader)
            if n in own or (near and self._nearest(n, cluster)):
                rows += self._joined(reader, cluster, consorts_only=n not in own)
            for m in rows:
                found += self._names(reader, m, cluster)
        return found

    def _nearest(self, n: int, cluster: Cluster) -> bool:
        """Whether a visit is the one of its visitor that is told nearest to a sentence, and not called off."""
        mine = [c for c in self.clusters if c.visitor == cluster.visitor]
        return cluster.status not in OFF and cluster is min(
            mine, key=lambda c: min(abs(n - s.sentence) for s in c.sightings)
        )

    def _names(self, reader: SentenceReader, m: int, cluster: Cluster) -> Iterator[tuple[str, Span]]:
        mention = reader.view.person(m)
        if mention is None or mention.form == "pronoun":
            return
        home = self.annotated.people[cluster.visitor].country
        for person in self.annotated.named(mention):
            if person.key != cluster.visitor and person.named and not person.former and person.country in {home, None}:
                yield person.name, mention.span

    def _is_visitor(self, reader: SentenceReader, units: Iterable[int], cluster: Cluster) -> bool:
        return any((m := reader.view.person(u)) is not None and cluster.visitor in m.people for u in units)

    def _an_office(self, reader: SentenceReader, units: Iterable[int]) -> bool:
        """Whether somebody is told by an office alone whom nothing places ("the president")."""
        for u in units:
            mention = reader.view.person(u)
            if mention is not None and mention.form == "office":
                return all(self.annotated.people[k].country is None for k in mention.people)
        return False

    def _accompanied(self, reader: SentenceReader, cluster: Cluster, *, near: bool) -> Iterator[int]:
        """ "X was accompanied by Y", "Y accompanied X", "ministers, including Y, are accompanying X"."""
        view, words = reader.view, self.words
        for k, group in reader.groups.items():
            if "negated" in group.cues:
                continue
            lemma = view.lemma(k)
            if lemma in words.of("company", "passive") and group.cues & {"passive", "reduced"}:
                boss = reader.arguments.subject(group)
                if not boss:
                    boss = [m for m in range(max(0, k - 3), k) if view.person(m) is not None]
                if self._is_visitor(reader, boss, cluster):
                    yield from self._people(
                        reader, k + 1, reader.arguments.clause_end(k, words.of("escort", "through"))
                    )
            elif lemma in words.of("company", "active"):
                end = reader.arguments.clause_end(k)
                bosses = [m for m in range(k + 1, min(end, k + 4)) if view.person(m) is not None]
                if self._is_visitor(reader, bosses, cluster) or (near and self._an_office(reader, bosses)):
                    yield from reader.arguments.subject(group) or self._people(
                        reader, max(0, group.first - 12), group.first
                    )
                    yield from self._people(reader, max(0, group.first - 12), group.first, after="including")

    def _people(self, reader: SentenceReader, first: int, last: int, after: str = "") -> Iterator[int]:
        view, open_ = reader.view, not after
        for m in range(first, last):
            open_ = open_ or view.lower(m) == after
            if open_ and view.person(m) is not None and not view.possessive(m):
                yield m

    def _delegation(self, reader: SentenceReader) -> Iterator[int]:
        """ "The delegation includes Y and Z"."""
        view, words = reader.view, self.words
        for k in range(len(view)):
            if view.lemma(k) not in words.of("escort", "nouns"):
                continue
            end = reader.arguments.clause_end(k, words.of("escort", "through"))
            marks = {view.lower(m) for m in range(max(0, k - 10), end)}
            if marks & words.of("company", "marks"):
                yield from self._people(reader, k + 1, end)

    def _joined(self, reader: SentenceReader, cluster: Cluster, *, consorts_only: bool) -> Iterator[int]:
        """ "X and his wife Y arrived", "X with first lady Y": those joined to the visitor who do not visit by themselves."""
        view, words = reader.view, self.words
        for k in range(len(view)):
            mention = view.person(k)
            if mention is None or cluster.visitor not in mention.people:
                continue
            for m in {*reader.arguments.joined_left(k), *reader.arguments.joined_right(k)} - {k}:
                if self._follows(reader, m, consorts_only=consorts_only):
                    yield m
        for k in range(len(view) - 1):
            if view.lower(k) not in words.of("function", "with") or not view.is_word(k):
                continue
            for m in range(k + 1, min(k + 4, len(view))):
                if view.person(m) is not None and self._consort(reader, m):
                    yield m

    def _follows(self, reader: SentenceReader, m: int, *, consorts_only: bool) -> bool:
        """Whether somebody joined to a visitor travels along: a consort, or a person of no rank to visit."""
        mention = reader.view.person(m)
        if mention is None or mention.form == "pronoun" or len(mention.people) != 1:
            return False
        if self._consort(reader, m):
            return True
        person: Person = self.annotated.people[mention.people[0]]
        return not consorts_only and person.rank is Rank.OTHER and not person.former

    def _consort(self, reader: SentenceReader, m: int) -> bool:
        """Whether the words of a person, or those just before, tell a consort or a child."""
        view = reader.view
        before = " ".join(view.lower(x) for x in range(max(0, m - 2), m) if view.is_word(x))
        words = f" {before} {view.units[m].span.of(view.text).lower()} "
        return any(f" {c} " in words or f" {c}, " in words for c in self.words.of("company", "consorts"))
