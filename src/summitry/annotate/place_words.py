"""The words of a text and what stands between them: what reading places rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitry.lexicon.places import WORD, fold
from summitry.model.spans import Span

SPACE = re.compile(r"[ \u00a0\t]+")
"""What stands between two words of one name or phrase."""


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
