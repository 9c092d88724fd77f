"""Read short phrases after a cue: what is discussed, signed or marked. A phrase ends where its clause does."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.extract.verbs import Group
from summitry.extract.view import View
from summitry.model.spans import Span

LONGEST = 18
"""Units a phrase may have; longer ones are cut at the last joint before."""


def phrase(view: View, groups: dict[int, Group], start: int) -> Span | None:
    """The noun phrase that begins at unit ``start``, with what hangs on it, up to the end of its clause."""
    f = view.words.classes["function"]
    k = start
    while view.is_word(k) and view.tag(k) in {"DT", "PRP$"}:
        k += 1
    first = k
    while k < min(len(view), first + LONGEST):
        word = view.lower(k)
        if view.kind(k) == "time" and view.lower(k + 1) not in f["possessive"] and k > first:
            break
        if view.is_word(k):
            if word in {",", ";", ".", ":", "?", "!", "(", ")"} or (word in f["quotes"] and k > first):
                break
            if word in {"--", "—"} or word in {
                "which",
                "who",
                "that",
                "where",
                "while",
                "when",
                "as",
                "before",
                "after",
                "during",
            }:
                break
            if k in groups and not view.tag(k).startswith("VBG") and "reduced" not in groups[k].cues:
                break
        k += 1
    while (
        k > first
        and view.is_word(k - 1)
        and (
            view.lower(k - 1) in {"and", "or", "to", "of", "in", "on", "with", "at", "for", "the", "a", "by", "from"}
            or view.tag(k - 1) == "MD"
        )
    ):
        k -= 1
    return view.span(first, k) if k > first else None


def items(view: View, groups: dict[int, Group], start: int) -> Iterator[Span]:
    """The members of a list that begins at unit ``start``: "terrorism, Iraq and trade" gives three phrases."""
    k = start
    for _ in range(12):
        span = phrase(view, groups, k)
        if span is None:
            return
        yield from _halves(view, span, k)
        after = next((m for m in range(k, len(view)) if view.units[m].span.start >= span.end), len(view))
        if view.lower(after) != ",":
            return
        k = after + 1
        while view.lower(k) in {"and", "as", "well", "also", "including"} and view.is_word(k):
            k += 1
        if any(view.person(k) is not None and not view.possessive(k) for _ in (0,)) or (
            k in groups and not view.is_noun(k)
        ):
            return


def _halves(view: View, span: Span, start: int) -> Iterator[Span]:
    """A phrase with one "and" between short nouns is two."""
    inside = [m for m in range(start, len(view)) if span.start <= view.units[m].span.start < span.end]
    ands = [m for m in inside if view.lower(m) == "and" and view.is_word(m)]
    if len(ands) == 1 and len(inside) <= 5 and ands[0] not in (inside[0], inside[-1]):
        yield view.span(inside[0], ands[0])
        yield view.span(ands[0] + 1, inside[-1] + 1)
    else:
        yield span
