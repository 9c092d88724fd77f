"""The pass before tagging: whether any sentence of a text can tell of a visit. A look at its words, a third of a millisecond.

A sentence can tell of one if it names a place and, in it or just before, a title or the full name of a leader stands, or if it
has a leader's family name alone with a strong word of visiting. (That it holds such a word says less where the rank is told:
whatever a president did in a place on a day puts the president there.) A text without such a
sentence is read for nothing but its date. A crawl goes through a finer mesh, which asks for a strong word of visiting too. The
words come from the tables that the stages behind this one read with; ``data/scan/sieve.toml`` says how they are weighed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path

from summitry.lexicon.files import DATA, read_toml
from summitry.lexicon.offices import fold
from summitry.lexicon.people import People
from summitry.lexicon.places import Gazetteer
from summitry.model.entities import Rank
from summitry.model.errors import KnowledgeError

FILE = Path("scan", "sieve.toml")

BACK = 2
"""How many sentences before the trigger a title or name may stand: 1 loses a page of 439, 3 gains none."""

SEEN = 100_000
"""Words that are remembered with what they can be, which depends on the word alone."""

END, STRONG, RANK, PLACE, NAME = -1, 1, 2, 4, 8
"""What a word can be: the end of a sentence, or any of a strong word of visiting, a title, a place, a leader's family name."""

_SHORT = STRONG | PLACE | NAME
"""A family name alone, as headlines have it: "Xi to visit Moscow"."""

_WORD = re.compile(r"[^\W\d_]+|\n|[.!?](?=\s)")
_LETTERS = re.compile(r"[^\W\d_]+")


class Mesh(IntEnum):
    """How fine the pass is: WIDE loses nothing on coded reports, FINE lets less than half as many others through."""

    WIDE = 0
    FINE = STRONG


class Sieve:
    """Words with what they can be. Specimen: ``sieve.passes("President Li will visit Oslo.")`` is true."""

    def __init__(
        self, table: dict[str, int], names: dict[str, frozenset[str]], places: Gazetteer, added: frozenset[str]
    ) -> None:
        self._table, self._names, self._places = table, names, places
        self.added = added
        self._seen: dict[str, int] = {}

    @classmethod
    def load(cls, people: People, places: Gazetteer, *folders: Path) -> Sieve:
        """Compile the pass; the tables of later folders replace entries of earlier ones. Raises KnowledgeError."""
        weights = _weights(folders or (DATA,))
        table: dict[str, int] = {}

        def add(words: Iterable[str], what: int) -> None:
            for word in words:
                table[word] = table.get(word, 0) | what

        for lemma in weights["triggers", "strong"]:
            add(forms(lemma, weights.get(("irregular", lemma), ())), STRONG)
        for title in people.offices.entries:
            if title.rank is not Rank.OTHER:
                for phrase in (*title.phrases, *title.plural):
                    add(sorted(_LETTERS.findall(fold(phrase)), key=len)[-1:], RANK)
        for word in weights["ranks", "left_out"]:
            table[word] = table.get(word, 0) & ~RANK
        add(weights["ranks", "added"], RANK)
        names: dict[str, set[str]] = {}
        for holder in people.people:
            if any(people.offices.rank(tenure.office) is Rank.VISITOR for tenure in holder.tenures):
                add({fold(t.family_name).split(" ")[-1] for t in holder.tenures if t.family_name}, NAME)
                for form in holder.forms:
                    if len(form) > 1:
                        names.setdefault(form[-1], set()).add(form[-2])
        add(names, NAME)
        return cls(
            table, {last: frozenset(before) for last, before in names.items()}, places, weights["ranks", "added"]
        )

    def passes(self, text: str, mesh: Mesh = Mesh.WIDE) -> bool:
        """Whether a sentence of the text can tell of a visit."""
        seen, need, here, last, number, who = self._seen, mesh | PLACE, 0, "", 0, -BACK - 1
        leaders: set[str] = set()
        names: list[str] = []
        for word in _WORD.findall(text + "\n"):
            what = seen.get(word)
            if what is None:
                what = self._look(word)
            if what >= 0:
                here |= what
                if what & NAME:
                    names.append(word)
                    if word in leaders or fold(last) in self._names.get(fold(word), ()):
                        here |= RANK
                last = word
            elif here or last:
                number += 1
                if here & RANK:
                    who = number
                    leaders.update(names)  # "Defence Secretary Hill ..." makes a leader of the Hill of later sentences
                if here & need == need and number - who <= BACK:
                    return True
                if here & _SHORT == _SHORT and not mesh:
                    return True
                here, last = 0, ""
                names.clear()
        return False

    def flags(self, word: str) -> int:
        """What a word can be as it is written here, as the sum of its flags; END for a line end or a full stop."""
        what = self._seen.get(word)
        return self._look(word) if what is None else what

    def all_flags(self, words: list[str]) -> list[int]:
        """The same of many words."""
        found = map(self._seen.get, words)
        return [self._look(word) if what is None else what for word, what in zip(words, found, strict=True)]

    def _look(self, word: str) -> int:
        """The same, remembered."""
        if not word.isalpha():
            return END
        folded = fold(word)
        what = self._table.get(folded, 0)
        if not word[0].isupper():
            what &= ~NAME
        elif len(word) > 2 and self._places.begins(folded):
            what |= PLACE
        if len(self._seen) >= SEEN:
            self._seen.clear()
        self._seen[word] = what
        return what


def _weights(folders: Iterable[Path]) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for folder in folders:
        path = folder / FILE
        if path.exists():
            for part, entries in read_toml(path).items():
                for name, words in entries.items() if isinstance(entries, dict) else ():
                    if isinstance(words, list):
                        found[part, name] = frozenset(words)
    missing = {(p, n) for p, n in _PARTS if (p, n) not in found}
    if missing:
        raise KnowledgeError(f"{FILE}: lacks {', '.join(sorted('.'.join(m) for m in missing))}")
    return found


def irregular(*folders: Path) -> dict[str, frozenset[str]]:
    """The forms of lemmas that no rule of spelling gives: "fly" has "flew" and "flown"."""
    return {name: words for (part, name), words in _weights(folders or (DATA,)).items() if part == "irregular"}


_PARTS = (("triggers", "strong"), ("ranks", "left_out"), ("ranks", "added"))


def forms(lemma: str, irregular: Iterable[str] = ()) -> set[str]:
    """The forms of a lemma by the rules of spelling. ``forms("fly")`` holds fly, flies, flying (and some that nobody writes)."""
    found = {lemma, *irregular}
    found |= {lemma + ending for ending in ("s", "es", "ed", "d", "ing")}
    found |= {lemma + lemma[-1] + ending for ending in ("ed", "ing")}
    if lemma.endswith("e"):
        found |= {lemma[:-1] + "ing"}
    if lemma.endswith("y"):
        found |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    return found
