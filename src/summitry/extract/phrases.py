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
    if view.lower(k) in f["with"] and view.person(k + 1) is not None:
        k += 2
    while view.is_word(k) and view.tag(k) in {"DT", "PRP$"}:
        k += 1
    first = k
    while k < min(len(view), first + LONGEST):
        word = view.lower(k)
        if view.kind(k) == "time" and view.lower(k + 1) not in f["possessive"] and k > first:
            break
        if view.person(k + 1) is not None and word in f["with"] and k > first:
            break
        if view.is_word(k):
            if word == "as" and view.lower(k - 1) == "such":
                k += 1
                continue
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
        after = next((m for m in range(k, len(view)) if view.units[m].span.start >= span.end), len(view))
        spoken = any(
            g.first == after and view.lemma(h) in view.words.of("announce", "verbs") for h, g in groups.items()
        )
        if spoken or (view.person(k) is not None and view.units[k].span.end >= span.end):
            return
        yield from _halves(view, span, k)
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


def around(view: View, groups: dict[int, Group], head: int) -> Span:
    """The noun phrase of a gathering from its head: its modifiers before, "of" and "on" phrases after, no place and no day."""
    first = head
    while first > 0 and (
        view.place(first - 1) is not None
        or (view.is_word(first - 1) and view.tag(first - 1)[:2] in {"JJ", "NN", "CD", "HY", "PO"})
        or view.lower(first - 1) in {"-", "–"}
    ):
        first -= 1
    while first < head and (view.tag(first) in {"POS", "HYPH"} or view.lower(first) in {"next", "last", "this"}):
        first += 1
    last = head + 1
    while view.lower(last) in {"of", "on", "between", "with"} and view.kind(last + 1) != "time":
        span = phrase(view, groups, last + 1)
        if span is None:
            break
        stop = next((m for m in range(last, len(view)) if view.units[m].span.start >= span.end), len(view))
        inner = [m for m in range(last + 1, stop) if view.lower(m) in {"in", "at"} and view.place(m + 1) is not None]
        last = inner[0] if inner else stop
    return view.span(first, last)
