"""The words of a text, what stands between them, and the names found in them: what reading places rests on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from summitry.lexicon.places import WORD, Entry, Gazetteer, Place, fold
from summitry.model.entities import PlaceKind
from summitry.model.spans import Span

SPACE = re.compile(r"[ \u00a0\t]+")
"""What stands between two words of one name or phrase."""

ADJECTIVES = frozenset({"adjective", "people", "prefix"})
"""The uses of a form that is no place one can go to."""


@dataclass(slots=True)
class Found:
    """A name found at words ``i`` to ``j`` (exclusive) and what it may mean."""

    i: int
    j: int
    entry: Entry | None
    places: tuple[Place, ...]
    name: str = ""
    place: Place | None = None
    rule: str = ""
    site: bool = False
    dateline: bool = False
    beside: tuple[Place, ...] = ()
    others: tuple[str, ...] = field(default=())

    @property
    def adjective(self) -> bool:
        """Whether the likeliest meaning is an adjective or a people."""
        return bool(self.places) and self.places[0].use in ADJECTIVES


class Words:
    """The words of some spans of a text as (start, end, folded).

    Specimen: ``Words("to Kyiv", [Span(0, 7)]).words`` is ``[(0, 2, "to"), (3, 7, "kyiv")]``.
    """

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self.text = text
        self.words: list[tuple[int, int, str]] = []
        for span in spans:
            for m in WORD.finditer(text, span.start, span.end):
                self.words.append((m.start(), m.end(), fold(m.group())))

    def gap(self, i: int) -> str:
        """The text between word ``i`` and the next; a line end where there is none."""
        if i < 0 or i + 1 >= len(self.words):
            return "\n"
        return self.text[self.words[i][1] : self.words[i + 1][0]]

    def joined(self, i: int) -> bool:
        """Whether only blanks stand between word ``i`` and the next."""
        return SPACE.fullmatch(self.gap(i)) is not None

    def capital(self, i: int) -> bool:
        """Whether word ``i`` begins with a capital."""
        return 0 <= i < len(self.words) and self.text[self.words[i][0]].isupper()

    def word(self, i: int) -> str:
        """Word ``i`` folded, "" outside the text."""
        return self.words[i][2] if 0 <= i < len(self.words) else ""

    def before(self, i: int) -> str:
        """The word before word ``i`` if only blanks stand between, else ""."""
        return self.word(i - 1) if i and self.joined(i - 1) else ""

    def after(self, j: int) -> str:
        """The word after the name that ends before word ``j``, if only blanks stand between, else ""."""
        return self.word(j) if j < len(self.words) and self.joined(j - 1) else ""

    def shouted(self, i: int) -> bool:
        """Whether the words beside word ``i`` are all in capitals, as in a headline."""
        beside = [k for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(self.words)]
        texts = [self.text[self.words[k][0] : self.words[k][1]] for k in beside]
        long = [t for t in texts if len(t) > 3 and t.isalpha()]
        return bool(long) and all(t.isupper() for t in long)


class Names(Words):
    """The words of a text with the gazetteer's names found among them (``found``, in the order of the text)."""

    def __init__(self, text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> None:
        super().__init__(text, spans)
        self.gazetteer = gazetteer
        self.cues = gazetteer.cues
        self.found: list[Found] = []

    def is_place(self, i: int) -> bool:
        """Whether word ``i`` belongs to a name that was found."""
        k = bisect_right(self.found, i, key=lambda f: f.i) - 1
        return k >= 0 and self.found[k].i <= i < self.found[k].j

    def town_at(self, i: int) -> bool:
        """Whether a one-word name of a small town, which a surname often is, stands at word ``i``."""
        k = bisect_right(self.found, i, key=lambda f: f.i) - 1
        f = self.found[k] if k >= 0 else None
        if f is None or f.i != i or f.j != i + 1 or f.adjective:
            return False
        return bool(f.places) and f.places[0].kind is PlaceKind.CITY and f.places[0].weight < self.cues.large

    def name_follows(self, j: int) -> bool:
        """Whether word ``j``, a capitalised one, may be a person's surname: no office, month, place or common word."""
        w, cues = self.word(j), self.cues
        known = ("names.months", "names.common", "cues.offices", "cues.titles", "sites.nouns", "cues.government_verbs")
        return (
            not any(w in cues[k] for k in known)
            and not self.is_place(j)
            and (len(w) > 1 or self.gap(j)[:1] in set(".'’"))
        )
