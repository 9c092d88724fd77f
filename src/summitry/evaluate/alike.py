"""When two codings mean the same: names, places, phrases and dates. The definitions are those of the coded corpus's scorer."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from summitry.model.dates import DateRange

T = TypeVar("T")

_STOP = frozenset(re.findall(r"\w+", "the a an of for in on at to and s his her their its with by from"))
Bounds = tuple[tuple[dt.date, dt.date] | None, tuple[dt.date, dt.date] | None]


def content_words(text: str | None) -> list[str]:
    """Lower-case words without accents, punctuation and function words: "The talks in São Paulo" -> talks, sao, paulo."""
    flat = unicodedata.normalize("NFKD", text or "")
    flat = "".join(c for c in flat if not unicodedata.combining(c)).lower()
    return [w for w in re.findall(r"[a-z0-9]+", flat) if w not in _STOP]


def _part(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) == 1:
        return a[0] == b[0]
    return min(len(a), len(b)) > 3 and difflib.SequenceMatcher(None, a, b).ratio() >= 0.8


def same_person(a: str | None, b: str | None) -> bool:
    """Every part of the shorter name has its own counterpart in the longer: equal, an initial, or nearly equal."""
    short, long = sorted((content_words(a), content_words(b)), key=len)
    if not short or max(map(len, short)) < 2:
        return False
    left = list(long)
    for part in short:
        match = next((q for q in left if _part(part, q)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def same_phrase(a: str | None, b: str | None) -> bool:
    """Half of the words of the shorter phrase and a quarter of the longer are shared."""
    x, y = set(content_words(a)), set(content_words(b))
    shared = len(x & y)
    return bool(x and y) and 2 * shared >= min(len(x), len(y)) and 4 * shared >= max(len(x), len(y))


def same_place(a: str | None, b: str | None) -> bool:
    """All words of the shorter name are in the longer."""
    x, y = sorted((set(content_words(a)), set(content_words(b))), key=len)
    return bool(x) and x <= y


def same_visit(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """The same visitor in the same country, whatever the days."""
    return bool(a["host_country"] == b.get("host_country")) and same_person(a["visitor"], b.get("visitor"))


def bounds(edtf: str | None) -> Bounds | None:
    """Bounds of start and end of an EDTF text; None where nothing is known or it cannot be read."""
    try:
        return DateRange.parse(edtf).bounds() if edtf else None
    except ValueError:
        return None


def _reach(b: Bounds) -> tuple[dt.date, dt.date]:
    start, end = b
    if start is None and end is None:
        return dt.date.min, dt.date.max
    fortnight = dt.timedelta(14)
    first = start[0] if start else end[0] - fortnight if end else dt.date.min
    last = end[1] if end else start[1] + fortnight if start else dt.date.max
    return first, last


def date_rank(gold: str | None, given: str | None) -> int:
    """3: the same bounds, or both untold; 2: may be the same days; 1: one is untold; 0: other days."""
    if gold is None or given is None:
        return 3 if gold is given else 1
    x, y = bounds(gold), bounds(given)
    if y is None:
        return 0
    if x == y:
        return 3
    if x is None:
        return 0
    (a, b), (c, d) = _reach(x), _reach(y)
    return 2 if a <= d and c <= b else 0


def pair(
    gold: Sequence[T], given: Sequence[T], same: Callable[[T, T], bool], rank: Callable[[T, T], int] = lambda a, b: 0
) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, best rank first, then in the order of the lists."""
    options = sorted(
        ((-rank(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(given) if same(g, p)),
    )
    used_gold: set[int] = set()
    used_given: set[int] = set()
    pairs = []
    for _, i, j in options:
        if i not in used_gold and j not in used_given:
            used_gold.add(i)
            used_given.add(j)
            pairs.append((i, j))
    return pairs
