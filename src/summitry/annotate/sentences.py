"""Where sentences end, by rule: block by block, on tokens."""

from __future__ import annotations

from collections.abc import Sequence

_END = frozenset(".?!…")
_CLOSING = frozenset("\"'”’)]»")
_OPENING = frozenset("\"'“‘([«")


def sentence_starts(words: Sequence[str]) -> list[int]:
    """The first word of every sentence of one block. ``words`` are its tokens.

    Specimen: ``sentence_starts(["He", "left", ".", "She", "stayed", "."])`` is ``[0, 3]``.
    """
    if not words:
        return []
    starts = [0]
    i = 0
    while i < len(words):
        word = words[i]
        i += 1
        if word[-1] not in _END or (len(word) > 1 and word.strip(".?!…")):
            continue
        while i < len(words) and (words[i] in _CLOSING or not words[i].strip(".?!…")):
            i += 1
        if i < len(words) and _begins(words, i):
            starts.append(i)
    return starts


def _begins(words: Sequence[str], i: int) -> bool:
    """Whether a sentence may begin at word ``i``."""
    while i < len(words) - 1 and words[i] in _OPENING:
        i += 1
    return not words[i][0].islower()
