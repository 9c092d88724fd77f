"""Tokens and sentences: the program's own view of a parsed text, so that the parser is known to one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summitry.model.spans import Span


class Token(NamedTuple):
    """A token. ``tag`` is Penn Treebank, ``pos`` and ``dep`` Universal Dependencies, ``head`` the index of the head token.

    The root of a sentence is its own head. Without a parse ``head`` is -1 and ``dep`` "". Indices count through the text.
    A tuple, for a report has a thousand and more, and a frozen dataclass takes several times as long to make.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    head: int = -1
    dep: str = ""

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span, its first and last+1 token, the number of its block, and whether it is inside a quotation."""

    span: Span
    first: int
    last: int
    block: int


INSERTION = 30
"""Tokens over which a clause or phrase may be inserted into another."""

_OPENERS = {",": ",", ")": "(", "–": "–", "—": "—", "--": "--"}
CLOSERS = frozenset([*_OPENERS, "-"])
"""Marks that may close an insertion; a hyphen does where it stands between spaces."""

_RELATIVE = frozenset(["WP", "WDT", "WP$", "WRB"])


def dashed(words: Sequence[str], bounds: Sequence[tuple[int, int]]) -> list[str]:
    """Words with each hyphen that stands between spaces as the dash it is; ``bounds`` are their starts and ends in the text.

    Specimen: of "in Oslo - his first stop - on Monday" both hyphens, of "a three-day stay" none.
    """
    found = list(words)
    for k in range(1, len(words) - 1):
        if words[k] == "-" and bounds[k - 1][1] < bounds[k][0] and bounds[k][1] < bounds[k + 1][0]:
            found[k] = "–"
    return found


def insertion(words: Sequence[str], tags: Sequence[str], close: int) -> int | None:
    """Where the clause opens that a comma, bracket or dash closes; what follows goes on with the clause around it.

    Between commas it is one with a verb that begins with a relative word, a participle or "as" and one: "arrived in Oslo, |
    accompanied by his wife, | on Monday". ``words`` are in small letters, ``tags`` Penn Treebank's. None where nothing is closed.
    """
    opener = _OPENERS.get(words[close])
    if opener is None:
        return None
    low = max(-1, close - INSERTION)
    start = next((i for i in range(close - 1, low, -1) if words[i] == opener), None)
    if start is None or not any(tag[:2] == "VB" or tag == "MD" for tag in tags[start + 1 : close]):
        return None
    if opener != ",":
        return start
    first = start + 1
    while tags[first] == "RB" or (tags[first] in {"IN", "TO"} and tags[first + 1] in _RELATIVE):
        first += 1
    after = tags[first + 1] if first + 1 < close else ""
    opens = tags[first] in _RELATIVE or tags[first] in {"VBG", "VBN"} or (words[first] == "as" and after == "VBN")
    return start if opens else None
