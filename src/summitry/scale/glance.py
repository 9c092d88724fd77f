"""What a glance reads of a rough text: the sentences that can tell of a visit, and those that say who is who in them.

Reading costs by the sentence, and of a page that comes so far two sentences in three can be left out. A text of some length
is first cut down to the paragraphs around its heavy sentences and its beginning. Of those, each sentence is kept that has a
strong word of visiting, or a title or leader's name together with a place; farther off from a heavy sentence such a word must
stand beside a title or name, and without one a title, a name and a place must be there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from summitry.ingest.sieve import NAME, PLACE, RANK, STRONG

LONGEST = 20_000
"""Characters of a paragraph; what is longer is a list or a table that was never closed."""

SHORT = 4000
"""Characters of a text in which nothing counts as far off: it costs little, and loses an eightieth of the coded reports else."""

NEAR = range(-2, 2)
"""Paragraphs about a heavy sentence's that count as near: with one before it, one in three hundred coded reports is lost."""

_END = re.compile(r"(?<=[^\W\d_A-Z]{2}[.!?])[\"”’)]*\s+(?=[^\W\d_a-z]|[\"“‘(])")
"""Where a sentence ends: not after initials and short forms like "U.S.", nor before a small letter."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Window:
    """How much a glance takes: all of a text up to so many characters; of a longer one, some of its paragraphs.

    ``before`` and ``after`` each paragraph that has a heavy sentence, and ``lead`` at the beginning.
    """

    all: int
    before: int
    after: int
    lead: int


WIDE, NARROW = Window(8000, 3, 2, 3), Window(4000, 2, 1, 2)
"""For a text with a sentence of much weight, and for others: NARROW for all loses one in sixty of the coded reports."""


def excerpt(text: str, heavy: Sequence[tuple[int, int]], much: int, flags: Callable[[str], int]) -> str:
    """What is worth reading of a text, paragraphs parted by blank lines.

    ``heavy`` are the sentences that weigh, each by its start and points; ``much`` is how many points make a wide window;
    ``flags`` says what a word can be (ingest/sieve.py). The first paragraph is taken whole.
    """
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    hits = {bisect_right(starts, place) - 1 for place, _ in heavy}
    wanted = set(range(len(lines)))
    window = WIDE if max(points for _, points in heavy) >= much else NARROW
    if len(text) > window.all:
        wanted &= {n + step for n in hits for step in range(-window.before, window.after + 1)}
        wanted |= set(range(min(window.lead, len(lines))))
    near = wanted if len(text) <= SHORT else {n + step for n in hits for step in NEAR}
    shown: list[str] = []
    for n in sorted(wanted):
        line = lines[n].strip()
        if not 0 < len(line) <= LONGEST:
            continue
        if shown:
            tells = _near if n in near else _far
            line = " ".join(s for s in _END.split(line) if tells(_flags(s, flags)))
        if line:
            shown.append(line)
    return "\n\n".join(shown)


def _flags(sentence: str, flags: Callable[[str], int]) -> int:
    """What the words of a sentence can be, all together."""
    found = 0
    for word in _WORD.findall(sentence):
        found |= max(0, flags(word))
    return found


def _near(flags: int) -> bool:
    return bool(flags & STRONG or (flags & PLACE and flags & (RANK | NAME)))


def _far(flags: int) -> bool:
    who = flags & (RANK | NAME)
    return bool((flags & STRONG and who) or (who == RANK | NAME and flags & PLACE))
