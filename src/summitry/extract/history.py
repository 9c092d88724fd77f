"""Read what reports tell of earlier visitors: "the first US president to visit since X in 1928", "the last one was Y"."""

from __future__ import annotations

from dataclasses import replace

from summitry.extract.arguments import Host
from summitry.extract.invitations import InvitationReader
from summitry.extract.moments import Moment
from summitry.extract.verbs import Group
from summitry.extract.view import View
from summitry.lexicon.visits import Trigger, VisitWords
from summitry.model.annotated import Annotated
from summitry.model.entities import Person, Rank


def offices_told(annotated: Annotated, words: VisitWords) -> Annotated:
    """The article with the people of whom a sentence itself tells that they held an office that visits.

    "X became the first Danish king to visit Chile": no table need know the man.
    """
    told: dict[str, Person] = {}
    ordinals, rulers = words.of("ordinal", "words"), words.of("ordinal", "rulers")
    for number, sentence in enumerate(annotated.sentences):
        tokens = annotated.words(sentence)
        if not any(t.text.lower() in ordinals for t in tokens) or not any(t.lemma.lower() in rulers for t in tokens):
            continue  # most sentences: no need to lay them out
        view = View(annotated, sentence, number, words)
        country = _office_of(view)
        if country is None:
            continue
        for k in range(len(view)):
            mention = view.person(k)
            if mention is None or mention.form not in {"full", "short"} or len(mention.people) != 1:
                continue
            person = annotated.people[mention.people[0]]
            if person.country in {None, country} and person.rank is Rank.UNKNOWN and _named_for_it(view, k):
                told[person.key] = replace(person, country=country, rank=Rank.VISITOR, source="sentence")
    return replace(annotated, people={**annotated.people, **told}) if told else annotated


def _office_of(view: View) -> str | None:
    """The country of "the first Israeli prime minister": an ordinal, an adjective of place and an office near by."""
    words = view.words
    for k in range(len(view)):
        place = view.place(k)
        if place is None or place.country is None or len(place.country) != 3:
            continue
        office = any(view.lemma(m) in words.of("ordinal", "rulers") for m in range(k + 1, min(k + 4, len(view))))
        ordinal = any(view.lower(m) in words.of("ordinal", "words") for m in range(max(0, k - 12), k))
        if office and ordinal and not view.possessive(k):
            return place.country
    return None


def _named_for_it(view: View, k: int) -> bool:
    """Whether the person is the one of whom the office is told: before "became", after "was" or "since"."""
    words = view.words
    lead = view.lower(k - 1)
    if lead == "since" or (view.lemma(k - 1) == "be" and view.is_verb(k - 1)):
        return True
    return any(view.lemma(m) in words.of("become", "linking") for m in range(k + 1, min(k + 3, len(view))))


class HistoryReader(InvitationReader):
    """The part of a sentence reader that reads earlier visitors."""

    def _earlier(self, k: int, hosts: list[Host], trigger: Trigger) -> None:
        """ "The first visit to Greece by a US president since X in 1999": X was there then."""
        view, words = self.view, self.words
        if not hosts or not any(view.lower(m) in words.of("ordinal", "words") for m in range(max(0, k - 8), k)):
            return
        for m in range(k + 1, len(view) - 1):
            if view.lower(m) != "since" or not view.is_word(m):
                continue
            mention = view.person(m + 1)
            if mention is None or mention.form == "pronoun" or view.possessive(m + 1):
                return
            self.lent = self._beside_name(m + 1)
            self._emit([m + 1], hosts, k, trigger, frozenset({"past"}), times=(-2,), group=k)
            self.lent = ()
            return

    def _beside_name(self, k: int) -> tuple[Moment, ...]:
        """The time right behind a name: "X in 1999", "X (1999)", "X, in 2000"."""
        view, m = self.view, k + 1
        while view.is_word(m) and view.lower(m) in {"in", "(", ",", "on", "during"}:
            m += 1
        found = view.time(m)
        return () if found is None or m > k + 4 else (Moment(found, "on", k, "follows", m),)

    def _last_to(self, k: int, group: Group, hosts: list[Host], trigger: Trigger) -> bool:
        """ "The last Israeli prime minister to visit Egypt was X, in 2000": who it was stands behind the verb."""
        view, words = self.view, self.words
        if "infinitive" not in group.cues or not hosts:
            return False
        if not any(view.lower(m) in words.of("ordinal", "words") for m in range(max(0, group.first - 8), group.first)):
            return False
        be = next((h for h in self.groups if h > k and view.lemma(h) == "be" and "past" in self.groups[h].cues), None)
        if be is None or view.person(be + 1) is None or view.possessive(be + 1):
            return False
        self.lent = self._beside_name(be + 1)
        self._emit([be + 1], hosts, k, trigger, frozenset({"past"}), times=(-2,), group=group.first)
        self.lent = ()
        return True
