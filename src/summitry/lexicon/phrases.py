"""Find many phrases in a run of words in one pass: a table from first word to the phrases that begin so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class PhraseIndex(Generic[T]):
    """Phrases (sequences of words) with what they mean; the longest one that fits wins.

    Specimen: ``PhraseIndex([(("new", "york"), "USA")])`` finds ``(3, 5, ["USA"])`` in "to the city new york".
    Cost: one look-up a word, plus the words of the phrases that share its first word.
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        table: dict[str, dict[tuple[str, ...], list[T]]] = {}
        for words, meaning in entries:
            key = tuple(words)
            if not key:
                raise ValueError("an empty phrase")
            table.setdefault(key[0], {}).setdefault(key, []).append(meaning)
        self._table: dict[str, list[tuple[tuple[str, ...], list[T]]]] = {
            first: sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0]))
            for first, phrases in table.items()
        }

    @property
    def firsts(self) -> frozenset[str]:
        """The first words of the phrases."""
        return frozenset(self._table)

    def at(self, words: Sequence[str], i: int) -> tuple[int, list[T]] | None:
        """The longest phrase that begins at word ``i``: its end and its meanings, or None."""
        for phrase, meanings in self._table.get(words[i], ()):
            if len(phrase) == 1 or tuple(words[i : i + len(phrase)]) == phrase:
                return i + len(phrase), meanings
        return None

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, list[T]]]:
        """All phrases from left to right, longest first, none inside another: (first word, last word + 1, meanings)."""
        i = 0
        while i < len(words):
            found = self.at(words, i)
            if found:
                yield i, found[0], found[1]
                i = found[0]
            else:
                i += 1
