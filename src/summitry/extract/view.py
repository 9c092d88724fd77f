"""A sentence as a row of units: people, places, times and single words. What the readers of visits look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import Role
from summitry.model.entities import PersonMention, PlaceMention
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token
from summitry.model.times import Timex


@dataclass(frozen=True, slots=True)
class Unit:
    """A person, place or time with all its tokens, or one word. ``first`` and ``last`` (half-open) count through the text."""

    kind: str
    first: int
    last: int
    span: Span
    ref: PersonMention | PlaceMention | Timex | None
    head: Token


class View:
    """One sentence, ready to be read. Indices ``k`` count units from 0; unit heads are their last tokens."""

    def __init__(self, annotated: Annotated, sentence: Sentence, number: int, words: VisitWords) -> None:
        self.annotated = annotated
        self.sentence = sentence
        self.number = number
        self.words = words
        self.text = annotated.article.text
        self.units = tuple(self._plain(unit) for unit in _units(annotated, sentence))
        self.headline = annotated.role(sentence) is Role.HEADLINE
        # Asked for hundreds of times a sentence, so laid out once; an empty one stands at the end for all beyond.
        heads = [unit.head if unit.kind == "word" else None for unit in self.units]
        self._size = len(self.units)
        self._kinds = [*(unit.kind for unit in self.units), ""]
        self._lowers = [*(unit.head.lower for unit in self.units), ""]
        self._lemmas = [*(word.lemma.lower() if word else "" for word in heads), ""]
        self._tags = [*(word.tag if word else "" for word in heads), ""]
        for k, tag in self._hidden_verb().items():
            self._tags[k] = tag

    def _plain(self, unit: Unit) -> Unit:
        """The unit, but no person where it is someone who speaks for the person: "a spokesman for President X"."""
        tokens = self.annotated.tokens
        if unit.kind != "person" or unit.last - unit.first < 3:
            return unit
        if tokens[unit.first].lower not in self.words.of("escort", "aides"):
            return unit
        if tokens[unit.first + 1].lower not in self.words.of("escort", "serving"):
            return unit
        return Unit("word", unit.first, unit.last, unit.span, None, unit.head)

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
        """
        finite = {"VBD", "VBZ", "VBP", "MD"}
        if any(self.tag(k) in finite for k in range(len(self.units))):
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

    def kind(self, k: int) -> str:
        """ "person", "place", "time", "word", or "" beyond the ends."""
        return self._kinds[k if 0 <= k < self._size else -1]

    def is_word(self, k: int) -> bool:
        """Whether unit ``k`` is a single word."""
        return self._kinds[k if 0 <= k < self._size else -1] == "word"

    def person(self, k: int) -> PersonMention | None:
        """The person of unit ``k``, if it is one."""
        ref = self.units[k].ref if self._kinds[k if 0 <= k < self._size else -1] == "person" else None
        return ref if isinstance(ref, PersonMention) else None

    def place(self, k: int) -> PlaceMention | None:
        """The place of unit ``k``, if it is one."""
        ref = self.units[k].ref if self._kinds[k if 0 <= k < self._size else -1] == "place" else None
        return ref if isinstance(ref, PlaceMention) else None

    def time(self, k: int) -> Timex | None:
        """The time of unit ``k``, if it is one."""
        ref = self.units[k].ref if self._kinds[k if 0 <= k < self._size else -1] == "time" else None
        return ref if isinstance(ref, Timex) else None

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
        return self.tag(k).startswith("VB")

    def is_noun(self, k: int) -> bool:
        """Whether unit ``k`` is a common noun."""
        return self.tag(k) in {"NN", "NNS"}

    def span(self, first: int, last: int) -> Span:
        """The span of units ``first`` to ``last`` (half-open)."""
        return Span(self.units[first].span.start, self.units[last - 1].span.end)

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """For each unit whether it stands between quotation marks."""
        inside, flags, marks = False, [], self.words.of("function", "quotes")
        for k in range(len(self.units)):
            mark = self.is_word(k) and self.units[k].head.text in marks
            if mark and self.units[k].head.text == "“":
                inside = True
            elif mark and self.units[k].head.text == "”":
                inside = False
            elif mark:
                inside = not inside
            flags.append(inside and not mark)
        return tuple(flags)


def _units(annotated: Annotated, sentence: Sentence) -> tuple[Unit, ...]:
    """Lay people over times over places; an entity inside a longer one that was taken first is left out."""
    tokens = annotated.words(sentence)
    entities: list[tuple[int, int, str, PersonMention | PlaceMention | Timex]] = []
    lo, hi = sentence.span.start, sentence.span.end
    for kind, refs in (("person", annotated.mentions), ("time", annotated.times), ("place", annotated.places)):
        entities += [(ref.span.start, ref.span.end, kind, ref) for ref in refs if lo <= ref.span.start < hi]
    order = {"person": 0, "time": 1, "place": 2}
    entities.sort(key=lambda e: (order[e[2]], e[0], -e[1]))
    owner: list[int] = [-1] * len(tokens)
    for n, (start, end, _, _) in enumerate(entities):
        inside = [t for t, token in enumerate(tokens) if token.start < end and start < token.end]
        if inside and all(owner[t] == -1 for t in inside):
            for t in inside:
                owner[t] = n
    units: list[Unit] = []
    t = 0
    while t < len(tokens):
        stop = t + 1
        if owner[t] == -1:
            token = tokens[t]
            if token.text.strip():
                units.append(Unit("word", token.i, token.i + 1, Span(token.start, token.end), None, token))
        else:
            while stop < len(tokens) and owner[stop] == owner[t]:
                stop += 1
            kind, ref = entities[owner[t]][2], entities[owner[t]][3]
            span = Span(tokens[t].start, tokens[stop - 1].end)
            units.append(Unit(kind, tokens[t].i, tokens[stop - 1].i + 1, span, ref, tokens[stop - 1]))
        t = stop
    return tuple(_determiners(units))


def _determiners(units: list[Unit]) -> list[Unit]:
    """ "His" before a person is a determiner ("his Polish counterpart Andrzej Duda"): a word, no person of its own."""
    out = list(units)
    for k in range(len(units) - 1):
        ref = units[k].ref
        if (
            isinstance(ref, PersonMention)
            and ref.form == "pronoun"
            and ref.possessive
            and units[k + 1].kind == "person"
        ):
            out[k] = Unit("word", units[k].first, units[k].last, units[k].span, None, units[k].head)
    return out
