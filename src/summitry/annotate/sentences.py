"""Where sentences end, by rule: block by block, on tokens, with a table of abbreviations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summitry.lexicon.files import DATA, read_toml
from summitry.model.errors import KnowledgeError

TABLE = "tokens.toml"
_MARKS = ".?!…。"
_CLOSING = frozenset("'’”)]»")
_OPENING = frozenset("‘“([«„")
_INITIALS = re.compile(r"(?:[A-Z]\.)+$")


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """The words by which sentences are told apart.

    ``prefixes`` stay with their word, ``leading`` abbreviations never end a sentence, ``either`` do so only before a word of
    ``starters``, ``numbered`` not before a number; ``particles`` are small words that may begin a sentence; ``modal_names``
    are names that look like a modal verb, ``stand_in`` the name that the tagger reads for them; ``plural_objects``,
    ``past_phrasal`` and ``adverbs`` are words whose tags are mended (``retag``).
    """

    prefixes: frozenset[str]
    leading: frozenset[str]
    either: frozenset[str]
    numbered: frozenset[str]
    starters: frozenset[str]
    particles: frozenset[str]
    modal_names: frozenset[str]
    stand_in: frozenset[str]
    plural_objects: frozenset[str]
    past_phrasal: frozenset[str]
    adverbs: frozenset[str]

    @classmethod
    def load(cls, *folders: Path) -> SentenceRules:
        """The tables ``tokens.toml`` of the folders together; the shipped one by default. Raises KnowledgeError."""
        found: dict[str, set[str]] = {name: set() for name in cls.__slots__}
        for folder in folders or (DATA / "syntax",):
            path = folder / TABLE
            table = read_toml(path)
            if unknown := sorted(set(table) - set(found)):
                raise KnowledgeError(f"{path}: unknown entries {', '.join(unknown)}")
            for name, entry in table.items():
                for words in entry.values() if isinstance(entry, dict) else (entry,):
                    if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
                        raise KnowledgeError(f"{path}: {name} is no list of words")
                    found[name].update(words)
        return cls(**{name: frozenset(words) for name, words in found.items()})

    @property
    def abbreviations(self) -> frozenset[str]:
        """All words that keep their full stop."""
        return self.leading | self.either | self.numbered

    def starts(self, words: Sequence[str], spaced: Sequence[bool]) -> list[int]:
        """The first word of every sentence of one block.

        ``words`` are the tokens of the block, ``spaced`` tells for each whether white space stands before it. Line breaks are
        white space like any other. Specimen: ``starts(["He", "left", ".", "She", "stayed", "."], [...])`` is ``[0, 3]``.
        """
        if not words:
            return []
        starts, i, open_quote = [0], 0, False
        while i < len(words):
            word = words[i]
            if word == '"':
                open_quote = not _closes(spaced, i, open_quote)
            i += 1
            if word[-1] not in _MARKS:
                continue
            while i < len(words):
                if words[i] == "[" and i + 2 < len(words) and words[i + 1].isdigit() and words[i + 2] == "]":
                    i += 2  # the number of a note
                elif words[i] == '"' and _closes(spaced, i, open_quote):
                    open_quote = False
                elif not (words[i] in _CLOSING and not (words[i] == "'" and spaced[i])) and words[i].strip(_MARKS):
                    break
                i += 1
            numeral = i - starts[-1] == 2 and words[starts[-1]].isdigit()
            if i < len(words) and not numeral and self._ends(words, i, word):
                starts.append(i)
        return starts

    def _ends(self, words: Sequence[str], i: int, last: str) -> bool:
        """Whether a sentence may end in ``last`` (with what closes behind it) and the next begin at word ``i``."""
        while i < len(words) - 1 and (words[i] in _OPENING or words[i] in "\"'-–—•*"):
            i += 1
        follows = words[i]
        if last in self.leading:
            return False
        if last in self.numbered:
            return not follows[0].isdigit()
        if len(last) > 1 and last.strip(_MARKS):
            short = last in self.either or _INITIALS.match(last) or "." in last[:-1]
            if short or len(last) < 5:
                return follows in self.starters
        if follows[0].islower():
            return (
                follows in self.particles and i + 1 < len(words) and (words[i + 1] == "-" or words[i + 1][0].isupper())
            )
        return follows[0].isalnum() or not follows.strip("$€£#@")


def _closes(spaced: Sequence[bool], i: int, is_open: bool) -> bool:
    """Whether the straight quotation mark at word ``i`` closes: by the space about it, else by what stands open."""
    before = spaced[i]
    after = i + 1 >= len(spaced) or spaced[i + 1]
    return after if before != after else is_open
