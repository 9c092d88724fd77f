"""The words of a report as the search for people sees them: folded, with capitals, places and bodies marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.lexicon.offices import Offices, fold
from summitry.model.entities import PlaceKind, PlaceMention
from summitry.model.syntax import Sentence, Token

_TITLED = 0.7
"""Share of words with a capital from which a sentence counts as one in title case."""


@dataclass(slots=True)
class Area:
    """A country, a place in one, or an international body, as words ``first`` to ``last`` (exclusive).

    ``code`` is the country or body of the coding rules, ``key`` that of the table of tenures; ``adjective`` for
    "Chinese", ``metonym`` for a name that may stand for a government ("the White House").
    """

    first: int
    last: int
    code: str | None
    key: str | None
    adjective: bool
    kind: PlaceKind
    metonym: bool = False


class Words:
    """All words of a report, in parallel lists; indices are those of the tokens."""

    def __init__(
        self,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        places: Sequence[PlaceMention],
        offices: Offices,
    ) -> None:
        self.tokens = tokens
        self.sentences = sentences
        self.low = [fold(t.text) for t in tokens]
        self.cap = [t.text[:1].isupper() for t in tokens]
        self.tag = [t.tag for t in tokens]
        self.glued = [False] * (len(tokens) + 1)
        for i in range(1, len(tokens)):
            self.glued[i] = tokens[i].start == tokens[i - 1].end
        self.sentence = [0] * len(tokens)
        self.titled: set[int] = set()
        for n, s in enumerate(sentences):
            for i in range(s.first, s.last):
                self.sentence[i] = n
            long = [self.cap[i] for i in range(s.first, s.last) if len(self.low[i]) > 3 and self.low[i].isalpha()]
            closed = self.low[s.last - 1] in {".", "?", "!"} and s.last - s.first > 2
            if len(long) > 2 and not closed and sum(long) / len(long) >= _TITLED:
                self.titled.add(n)
        self.starts: dict[int, Area] = {}
        self.ends: dict[int, Area] = {}
        self.inside: list[Area | None] = [None] * len(tokens)
        self._mark_places(places)
        self._mark_bodies(offices)

    def _mark_places(self, places: Sequence[PlaceMention]) -> None:
        i = 0
        tokens = self.tokens
        for place in sorted(places, key=lambda p: p.span):
            while i < len(tokens) and tokens[i].end <= place.span.start:
                i += 1
            if i < len(tokens) and tokens[i].start < place.span.start:
                # "Pro-Elbonian" in one word: the country is not that of what follows
                continue
            j = i
            while j < len(tokens) and tokens[j].start < place.span.end:
                j += 1
            if j > i:
                self._mark(Area(i, j, place.country, place.country, place.adjective, place.kind, place.metonym))

    def _mark_bodies(self, offices: Offices) -> None:
        index, low = offices.body_index, self.low
        for i, capital in enumerate(self.cap):
            if not capital:
                continue
            hit = index.at(low, i)
            if hit:
                body = hit[1][0]
                held = self.inside[i]
                if held is None or held.kind is PlaceKind.BODY or held.last - held.first < hit[0] - i:
                    self._mark(Area(i, hit[0], body.code, body.key, True, PlaceKind.BODY))

    def _mark(self, area: Area) -> None:
        for i in range(area.first, area.last):
            old = self.inside[i]
            if old is not None:
                self.starts.pop(old.first, None)
                self.ends.pop(old.last, None)
            self.inside[i] = area
        self.starts[area.first] = area
        self.ends[area.last] = area

    def first_of(self, i: int) -> int:
        """The first word of the sentence in which word ``i`` stands."""
        return self.sentences[self.sentence[i]].first

    def last_of(self, i: int) -> int:
        """One past the last word of the sentence in which word ``i`` stands."""
        return self.sentences[self.sentence[i]].last

    def text(self, first: int, last: int) -> str:
        """The words as they stand in the text, with single spaces where there is any space."""
        parts: list[str] = []
        for i in range(first, last):
            if i > first and not self.glued[i] and self.low[i - 1] != "-":
                parts.append(" ")
            parts.append(self.tokens[i].text)
        return "".join(parts)
