"""A text cut where evidence begins and ends, so that a page can highlight it; and plain words for display."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise

from summitry.web.mentions import Kind

REPLACEMENT = "\ufffd"
_MENTIONED = frozenset({*Kind, "evidence"})
_KEPT = frozenset("\t\n\r\u00ad\u200c\u200d")
"""Controls that text needs: line ends, soft hyphens, joiners of scripts that use them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that gave ``field`` of a visit or encounter (``owner``) its value, by ``rule``.

    A mention has no owner; its ``field`` is its kind, and ``value`` what it means.
    """

    start: int
    end: int
    field: str
    owner: str
    rule: str = ""
    value: str = ""


PART = 12_000
"""Code points of a report on one page; longer reports come in parts."""

CROWD = 600
"""Marks on one page; a text that has more comes in smaller parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text that one page shows."""

    start: int
    end: int


def parts_of(text: str, marks: Iterable[Mark]) -> tuple[Part, ...]:
    """The text in parts of at most PART code points, in which at most CROWD marks begin; joined they are the text.

    Parts end at a line or a word where there is one near the end. An empty text is one empty part.
    """
    begins = sorted(m.start for m in dict.fromkeys(marks) if m.start < m.end <= len(text))
    parts: list[Part] = []
    start = seen = 0
    while start < len(text):
        end = min(len(text), start + PART)
        if len(begins) > seen + CROWD:
            end = max(start + 1, min(end, begins[seen + CROWD]))
        elif end < len(text):
            near = max(text.rfind(sign, end - PART // 10, end) for sign in ("\n", " "))
            end = near + 1 if near > start else end
        parts.append(Part(start, end))
        while seen < len(begins) and begins[seen] < end:
            seen += 1
        start = end
    return tuple(parts) or (Part(0, 0),)


NAMED = 8
"""How many marks of one piece a page names; a text may lie under thousands."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks. ``start`` is where it stands in the whole text.

    ``fields`` are all that it is evidence of, by name (none for plain text); ``marks`` the first few of its marks, those
    that say most of these very words first; ``begins`` if one of them begins here, rather than going on.
    """

    start: int
    text: str
    fields: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    begins: bool = False

    @property
    def mentions_only(self) -> bool:
        """Whether it gave no value but is mentioned; standing in a sentence that tells of a visit is no value."""
        return self.fields not in ((), ("evidence",)) and _MENTIONED.issuperset(self.fields)


SIGNS = 20_000
"""Characters that are remembered; a text may hold every one there is."""


class _Signs(dict[int, int | str]):
    """What stands for a character, found when it is first met."""

    def __missing__(self, code: int) -> int | str:
        char = chr(code)
        if len(self) >= SIGNS:
            self.clear()
        hidden = char not in _KEPT and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        self[code] = found = REPLACEMENT if hidden else code
        return found


_SIGNS = _Signs()


def plain(text: str) -> str:
    """The text with U+FFFD for each control and direction-changing character, so that nothing is hidden and offsets hold."""
    # What is printable holds none of them; line ends are not printable, and are kept.
    return text if text.isprintable() else text.translate(_SIGNS)


def short(text: str, limit: int = 600) -> str:
    """The text, or its beginning with an ellipsis where it is longer than ``limit``."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def within(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The marks that cover at least one code point of ``start`` to ``end``."""
    return [m for m in marks if max(m.start, start) < min(m.end, end)]


def cut(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """The part ``start`` to ``end`` of the text as pieces, cut at the ends of the marks; joined they are that part.

    Marks may nest and overlap, and the same may come twice; those that end outside the text are left out.
    """
    end = len(text) if end is None else min(end, len(text))
    opens: dict[int, list[Mark]] = {}
    closes: dict[int, list[Mark]] = {}
    for mark in dict.fromkeys(within(marks, start, end)):
        if mark.end <= len(text):
            opens.setdefault(max(mark.start, start), []).append(mark)
            closes.setdefault(min(mark.end, end), []).append(mark)
    pieces: list[Piece] = []
    current: dict[Mark, None] = {}
    fields: Counter[str] = Counter()
    for here, there in pairwise(sorted({start, end, *opens, *closes})):
        for mark in closes.get(here, ()):
            del current[mark]
            fields[mark.field] -= 1
        for mark in opens.get(here, ()):
            current[mark] = None
            fields[mark.field] += 1
        named = tuple(sorted(+fields))
        # The shortest says most of these very words.
        few = sorted(islice(current, NAMED), key=lambda m: m.end - m.start)
        pieces.append(Piece(here, text[here:there], named, tuple(few), here in opens))
    return pieces
