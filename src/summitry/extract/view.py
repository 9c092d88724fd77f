"""A sentence as a row of units: people, places, times and single words. What the readers of visits look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from summitry.annotate.insertions import CLOSERS, dashed, insertion
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import Role
from summitry.model.entities import PersonMention, PlaceMention
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token
from summitry.model.times import Timex

SPEAKER = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP", "PRP$"})
"""Tags of who says something: "his office", "officials"."""

Ref = PersonMention | PlaceMention | Timex

_START, _END, _SPAN_START = attrgetter("start"), attrgetter("end"), attrgetter("span.start")


class Unit(NamedTuple):
    """A person, place or time with all its tokens, or one word. ``first`` and ``last`` (half-open) count through the text.

    A tuple, for a text has as many units as words, and a frozen dataclass takes three times as long to make.
    """

    kind: str
    first: int
    last: int
    start: int
    end: int
    ref: Ref | None
    head: Token

    @property
    def span(self) -> Span:
        """The words of the unit; made when asked for, which is seldom."""
        return Span(self.start, self.end)


class View:
    """One sentence, ready to be read. Indices ``k`` count units from 0; unit heads are their last tokens.

    ``people``, ``places`` and ``times`` are the entities by their units, ``verbs`` the units with a verb's tag, all left to
    right; ``role`` is that of the sentence's block.
    """

    def __init__(self, annotated: Annotated, sentence: Sentence, number: int, words: VisitWords) -> None:
        self.annotated = annotated
        self.sentence = sentence
        self.number = number
        self.words = words
        self.text = annotated.article.text
        self.units = tuple(self._plain(unit) if unit.kind == "person" else unit for unit in _units(annotated, sentence))
        self.role = annotated.role(sentence)
        self.headline = self.role is Role.HEADLINE
        # Asked for hundreds of times a sentence, so laid out once; an empty one stands at the end for all beyond.
        self._size = len(self.units)
        self._kinds = [unit.kind for unit in self.units] + [""]
        self._lowers = [unit.head.text.lower() for unit in self.units] + [""]
        self._lemmas = [unit.head.lemma.lower() if unit.kind == "word" else "" for unit in self.units] + [""]
        self._tags = [unit.head.tag if unit.kind == "word" else "" for unit in self.units] + [""]
        refs = [(k, unit.ref) for k, unit in enumerate(self.units) if unit.ref is not None]
        self.people = {k: ref for k, ref in refs if isinstance(ref, PersonMention)}
        self.places = {k: ref for k, ref in refs if isinstance(ref, PlaceMention)}
        self.times = {k: ref for k, ref in refs if isinstance(ref, Timex)}
        for k, tag in self._hidden_verb().items():
            self._tags[k] = tag
        self.verbs = [k for k, tag in enumerate(self._tags) if tag.startswith("VB")]

    def _plain(self, unit: Unit) -> Unit:
        """A person's unit, but a word where it is someone who speaks for the person: "a spokesman for President X"."""
        tokens = self.annotated.tokens
        if unit.last - unit.first < 3:
            return unit
        if tokens[unit.first].lower not in self.words.of("escort", "aides"):
            return unit
        if tokens[unit.first + 1].lower not in self.words.of("escort", "serving"):
            return unit
        return unit._replace(kind="word", ref=None)

    def __len__(self) -> int:
        return self._size

    def lower(self, k: int) -> str:
        """The unit in lower case; "" beyond the ends; one word units only, others give their last word."""
        return self._lowers[k if 0 <= k < self._size else -1]

    def lemma(self, k: int) -> str:
        """The lemma in lower case of a word unit; "" for entities and beyond the ends."""
        return self._lemmas[k if 0 <= k < self._size else -1]

    def tag(self, k: int) -> str:
        """The Penn tag of a word unit; "" for entities and beyond the ends."""
        return self._tags[k if 0 <= k < self._size else -1]

    def _hidden_verb(self) -> dict[int, str]:
        """In a sentence without a finite verb, the verb that the tagger took for a noun: "X and Y shake hands in Oslo".

        It stands right after a person or a place that is no possessor, is a trigger, and has more of a clause behind it.
        One that leads from a name to a place is a verb in any sentence.
        """
        moves = [k for k in range(1, len(self.units) - 2) if self.tag(k) == "NNS" and self._moves(k)]
        if moves:
            return dict.fromkeys(moves, "VBZ")
        finite = {"VBD", "VBZ", "VBP", "MD"}
        if not finite.isdisjoint(self._tags):
            return {}
        for k in range(1, len(self.units) - 1):
            noun = self.tag(k) in {"NN", "NNS"} and self.kind(k - 1) in {"person", "place"}
            if not noun or self.possessive(k - 1) or self.tag(k + 1) in {"NN", "POS", ",", "."}:
                continue
            plural = self.tag(k) == "NNS"
            lemma = self.lemma(k)
            if lemma in self.words.verbs and (plural or self.lower(k - 2) == "and" or lemma not in self.words.nouns):
                return {k: "VBZ" if plural else "VBP"}
        return {}

    def _moves(self, k: int) -> bool:
        """Whether a plural between a name and words that lead to a place is a verb: "President X moves to Oslo"."""
        led = self.lower(k + 1) in self.words.of("edge", "moves_to")
        if self.kind(k - 1) != "person" or self.possessive(k - 1) or not led:
            return False
        there = next((m for m in range(k + 2, min(k + 6, len(self.units))) if self.kind(m) == "place"), None)
        acts = {t.act for t in self.words.verbs.get(self.lemma(k), ())}
        return there is not None and bool(acts & {"go", "visit", "arrive", "leave"})

    @cached_property
    def insertions(self) -> dict[int, int]:
        """Where clauses are closed that were inserted, with where they open; see ``annotate.insertions``."""
        marks = [k for k in range(1, self._size) if self._lowers[k] in CLOSERS]
        if not marks:
            return {}
        words = dashed(self._lowers[:-1], [(unit.start, unit.end) for unit in self.units])
        found = {k: opened for k in marks if (opened := insertion(words, self._tags, k)) is not None}
        said = {k: opened for k in marks if k not in found and (opened := self._said_before(k)) is not None}
        return {**found, **said} if said else found

    def _said_before(self, close: int) -> int | None:
        """Where ", officials said on Monday," opens, which the comma at unit ``close`` closes; None if nothing of the kind."""
        k = close - 1
        while self.kind(k) == "time" or (self.tag(k) == "IN" and self.kind(k + 1) == "time"):
            k -= 1
        if self.lower(close) != "," or not self.is_verb(k) or self.lemma(k) not in self.words.of("announce", "verbs"):
            return None
        k -= 1
        while self.kind(k) in {"person", "place"} or self.tag(k) in SPEAKER:
            k -= 1
        named = self.kind(k - 1) == "person" and self.kind(close + 1) != ""
        return k if self.lower(k) == "," and k < close - 2 and named else None

    @cached_property
    def _told(self) -> frozenset[str]:
        return frozenset(self._lowers).union(self._lemmas)

    def tells(self, words: frozenset[str]) -> bool:
        """Whether any of some words, or of some lemmas, stands in the sentence: no reader need look for them else."""
        return not self._told.isdisjoint(words)

    def find(self, words: frozenset[str]) -> list[int]:
        """The units that are one of some words, as they stand or by their lemma, left to right; see ``lower``."""
        if not self.tells(words):
            return []
        rows = zip(range(self._size), self._lowers, self._lemmas, strict=False)
        return [k for k, lower, lemma in rows if lower in words or lemma in words]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all people of whom the sentence speaks."""
        return frozenset(key for mention in self.people.values() for key in mention.people)

    def kind(self, k: int) -> str:
        """ "person", "place", "time", "word", or "" beyond the ends."""
        return self._kinds[k if 0 <= k < self._size else -1]

    def is_word(self, k: int) -> bool:
        """Whether unit ``k`` is a single word."""
        return self._kinds[k if 0 <= k < self._size else -1] == "word"

    def person(self, k: int) -> PersonMention | None:
        """The person of unit ``k``, if it is one."""
        return self.people.get(k)

    def means(self, k: int, key: str) -> None:
        """Let the words of unit ``k`` mean another person than was thought."""
        mention = replace(self.people[k], people=(key,))
        self.people[k] = mention
        self.units = (*self.units[:k], self.units[k]._replace(ref=mention), *self.units[k + 1 :])
        self.__dict__.pop("keys", None)

    def place(self, k: int) -> PlaceMention | None:
        """The place of unit ``k``, if it is one."""
        return self.places.get(k)

    def time(self, k: int) -> Timex | None:
        """The time of unit ``k``, if it is one."""
        return self.times.get(k)

    def possessive(self, k: int) -> bool:
        """Whether unit ``k`` is a person or place in the possessive: "Putin's", "his"."""
        if self._ending(k + 1):
            return True
        person = self.person(k)
        return person is not None and person.possessive

    def _ending(self, k: int) -> bool:
        return self.tag(k) == "POS" and self.lower(k) in self.words.of("function", "possessive")

    def after_possessive(self, k: int) -> int:
        """The unit after ``k`` and its possessive ending, if there is one."""
        return k + 2 if self._ending(k + 1) else k + 1

    def is_verb(self, k: int) -> bool:
        """Whether unit ``k`` is a word with a verb's tag."""
        return self._tags[k if 0 <= k < self._size else -1].startswith("VB")

    def is_noun(self, k: int) -> bool:
        """Whether unit ``k`` is a common noun."""
        return self._tags[k if 0 <= k < self._size else -1] in {"NN", "NNS"}

    def span(self, first: int, last: int) -> Span:
        """The span of units ``first`` to ``last`` (half-open)."""
        return Span(self.units[first].start, self.units[last - 1].end)

    def inside(self, span: Span) -> range:
        """The units that begin inside a span of the text."""
        first = bisect_left(self.units, span.start, key=_START)
        return range(first, bisect_left(self.units, span.end, lo=first, key=_START))

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """For each unit whether it stands between quotation marks."""
        inside, flags, marks = False, [], self.words.of("function", "quotes")
        if not self.tells(marks):
            return (False,) * self._size
        for unit in self.units:
            mark = unit.kind == "word" and unit.head.text in marks
            if mark and unit.head.text == "“":
                inside = True
            elif mark and unit.head.text == "”":
                inside = False
            elif mark:
                inside = not inside
            flags.append(inside and not mark)
        return tuple(flags)


def _units(annotated: Annotated, sentence: Sentence) -> list[Unit]:
    """Lay people over times over places; an entity inside a longer one that was taken first is left out."""
    tokens = annotated.words(sentence)
    laid: dict[int, tuple[str, Token, Ref]] = {}  # by the number of its first token: kind, last token, the entity
    taken: set[int] = set()
    rows: tuple[tuple[str, Sequence[Ref]], ...] = (
        ("person", annotated.mentions),
        ("time", annotated.times),
        ("place", annotated.places),
    )
    for kind, refs in rows:
        for ref in sorted(_within(refs, sentence.span), key=lambda ref: (ref.span.start, -ref.span.end)):
            first = bisect_right(tokens, ref.span.start, key=_END)
            inside = range(first, bisect_left(tokens, ref.span.end, lo=first, key=_START))
            if inside and taken.isdisjoint(inside):
                taken.update(inside)
                laid[first] = (kind, tokens[inside[-1]], ref)
    units: list[Unit] = []
    for t, token in enumerate(tokens):
        if t in laid:
            kind, last, ref = laid[t]
            if kind == "person" and units and _determiner(units[-1]):
                units[-1] = units[-1]._replace(kind="word", ref=None)
            units.append(Unit(kind, token.i, last.i + 1, token.start, last.end, ref, last))
        elif t not in taken and not token.text.isspace():
            units.append(Unit("word", token.i, token.i + 1, token.start, token.end, None, token))
    return units


def _within(refs: Sequence[Ref], span: Span) -> Sequence[Ref]:
    """Those of some entities, which stand in the order of the text, that begin inside a span."""
    first = bisect_left(refs, span.start, key=_SPAN_START)
    return refs[first : bisect_left(refs, span.end, lo=first, key=_SPAN_START)]


def _determiner(unit: Unit) -> bool:
    """ "His" before a person is a determiner ("his Polish counterpart Andrzej Duda"): a word, no person of its own."""
    return isinstance(unit.ref, PersonMention) and unit.ref.form == "pronoun" and unit.ref.possessive
