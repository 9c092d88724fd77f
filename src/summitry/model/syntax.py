"""Tokens and sentences: the program's own view of a parsed text, so that the parser is known to one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from summitry.model.spans import Span


class Token(NamedTuple):
    """A token. ``tag`` is Penn Treebank, ``pos`` and ``dep`` Universal Dependencies, ``head`` the index of the head token.

    The root of a sentence is its own head. Without a parse ``head`` is -1 and ``dep`` "". Indices count through the text.
    A tuple, for a report has a thousand and more, and a frozen dataclass takes twice as long to make.
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
