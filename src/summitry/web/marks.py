"""A text cut where evidence begins and ends, so that a page can highlight it; and plain words for display."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

REPLACEMENT = "\ufffd"
_KEPT = frozenset("\t\n\r\u00ad\u200c\u200d")
"""Controls that text needs: line ends, soft hyphens, joiners of scripts that use them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that gave ``field`` of a visit or encounter (``owner``) its value, by ``rule``."""

    start: int
    end: int
    field: str
    owner: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks (none for plain text). ``start`` is where it stands in the whole text."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the piece is evidence of, each once, in order of name."""
        return tuple(sorted({m.field for m in self.marks}))


def plain(text: str) -> str:
    """The text with U+FFFD for each control and direction-changing character, so that nothing is hidden and offsets hold."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(REPLACEMENT if _control(c) else c for c in text)


def _control(char: str) -> bool:
    return char not in _KEPT and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def short(text: str, limit: int = 600) -> str:
    """The text, or its beginning with an ellipsis where it is longer than ``limit``."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cut(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """The part ``start`` to ``end`` of the text as pieces, cut at the ends of the marks; joined they are that part.

    Marks may nest and overlap; those outside the text are left out.
    """
    end = len(text) if end is None else min(end, len(text))
    inside = [m for m in marks if m.start < end and m.end > start and m.start < m.end <= len(text)]
    opens: dict[int, list[Mark]] = {}
    closes: dict[int, list[Mark]] = {}
    for mark in inside:
        opens.setdefault(max(mark.start, start), []).append(mark)
        closes.setdefault(min(mark.end, end), []).append(mark)
    ends = sorted({start, end, *opens, *closes})
    pieces: list[Piece] = []
    current: dict[Mark, None] = {}
    for here, there in pairwise(ends):
        for mark in closes.get(here, ()):
            current.pop(mark, None)
        current.update(dict.fromkeys(opens.get(here, ())))
        pieces.append(Piece(here, text[here:there], tuple(current)))
    return pieces
