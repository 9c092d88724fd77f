"""Spans of text and the evidence that points at them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of an article's text: ``Span(0, 2)`` is "Xi" in "Xi visits"."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words that the span covers in ``text``."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The only proof there is: words of one article (by its id) that give one field its value, and by which rule.

    Specimen: ``Evidence("9f2c…", Span(120, 131), "dates", "day-range")``.
    """

    article: str
    span: Span
    field: str
    rule: str = ""
