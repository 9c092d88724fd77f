"""Clauses and phrases that are inserted into a sentence, told by marks and tags alone: "X, who faces protests, arrived".

What they say is of the word before them; the days, places and subjects of the clause around them are not theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

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

    Between commas it is one with a verb that begins with a relative word, a participle, or a preposition and a participle:
    "arrived in Oslo, | accompanied by his wife, | on Monday". ``words`` are in small letters, ``tags`` Penn Treebank's. None
    where nothing is closed. Without a verb it is an apposition to a name: "is due in Riga, | the last stop of his tour, | on".
    """
    opener = _OPENERS.get(words[close])
    if opener is None:
        return None
    low = max(-1, close - INSERTION)
    start = next((i for i in range(close - 1, low, -1) if words[i] == opener), None)
    if start is None:
        return None
    if not any(tag[:2] == "VB" or tag == "MD" for tag in tags[start + 1 : close]):
        return start if opener == "," and _apposed(tags, start, close) else None
    if opener != ",":
        return start
    first = start + 1
    while tags[first] == "RB" or (tags[first] in {"IN", "TO"} and tags[first + 1] in _RELATIVE):
        first += 1
    after = tags[first + 1] if first + 1 < close else ""
    opens = tags[first] in _RELATIVE or tags[first] in {"VBG", "VBN"} or (tags[first] == "IN" and after == "VBN")
    return start if opens else None


def _apposed(tags: Sequence[str], start: int, close: int) -> bool:
    """Whether a phrase between commas, without a verb, tells what the name before it is, and a preposition goes on after it."""
    named = start > 0 and tags[start - 1].startswith("NNP")
    follows = tags[close + 1] if close + 1 < len(tags) else ""
    return named and follows in {"IN", "TO"} and close - start > 2 and tags[start + 1] in {"DT", "PRP$"}
