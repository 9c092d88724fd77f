"""Names of visitors across spellings and transliterations: "Gaddafi" and "Qadhafi", "Zelensky" and "Zelenskyy".

Two names mean one person where every part of the shorter has its counterpart in the longer. That is a weak test by
itself ("Bush"); linking uses it only within one host country and days that can be the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from summitry.lexicon.files import DATA, read_toml
from summitry.link.thresholds import NAME_RATIO, NAME_RATIO_SOUND
from summitry.model.article import digest

_ROMAN = re.compile("x{0,2}(?:ix|iv|v?i{0,3})")
"""Regnal numbers: the fifth and the sixth of a name are two people, though "V" may also be an initial."""


@lru_cache(maxsize=1)
def spellings() -> dict[str, Any]:
    """The table of spellings, ``data/linking/names.toml``: particles, letters and sounds, each with its example."""
    return read_toml(DATA / "linking" / "names.toml")


_TABLE = spellings()
_PARTICLES = frozenset(row["word"] for row in _TABLE["particle"])
_FOLD = str.maketrans({row["from"]: row["to"] for row in _TABLE["letter"]})
_HEARD = {letters: row["heard"] for row in _TABLE["sound"] for letters in row["letters"]} | dict.fromkeys("aeiou", "")
_SOUNDS = re.compile("|".join(sorted(_HEARD, key=lambda letters: (-len(letters), letters))))


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in lower case without accents, apostrophes and particles: ("kim", "jong", "un")."""
    text = unicodedata.normalize("NFKD", name.lower().translate(_FOLD))
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’ʼ`ʻ.")
    found = tuple(re.findall(r"[^\W_]+", text))
    return tuple(p for p in found if p not in _PARTICLES) or found


@lru_cache(maxsize=65536)
def sound(part: str) -> str:
    """The consonants of a part as most romanisations keep them; the part itself where fewer than two are left."""
    text = _SOUNDS.sub(lambda found: _HEARD[found.group()], part)
    text = re.sub(r"(.)\1+", r"\1", text)
    return text if len(text) >= 2 else part


@lru_cache(maxsize=65536)
def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if _ROMAN.fullmatch(a) and _ROMAN.fullmatch(b):
        return False
    if len(short) == 1:
        return long.startswith(short)
    if len(short) < 4:
        return False
    ratio, heard = fuzz.ratio(short, long), sound(short)
    if ratio >= NAME_RATIO:
        return True
    return heard == sound(long) and (len(heard) >= 3 or (len(heard) == 2 and ratio >= NAME_RATIO_SOUND))


@lru_cache(maxsize=262144)
def _same(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    if x == y:
        return True
    short, long = sorted((x, y), key=lambda p: (len(p), p))
    joined = ("".join(short), "".join(long))
    if joined[0] == joined[1]:
        return True
    rest = list(long)
    for part in sorted(short, key=len, reverse=True):
        found = next((r for r in rest if r == part), None) or next((r for r in rest if _alike(part, r)), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def same_name(a: str, b: str) -> bool:
    """Whether two names can mean one person: "Kim Jong-un" and "Kim Jong Un" or "Kim", but not "Kim Yo Jong"."""
    x, y = parts(a), parts(b)
    return bool(x and y) and _same(x, y)


def tokens(name: str, country: str) -> frozenset[str]:
    """What a name can be found under: two names that ``groups`` joins directly share at least one of these."""
    mine = parts(name)
    found = {f"{country}:{sound(part)}"[:120] for part in mine}
    return frozenset(found | {("=" + " ".join(mine))[:120]} if len(mine) > 1 else found)


def may_meet(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Whether ``groups`` joins two (name, country) directly."""
    x, y = parts(a[0]), parts(b[0])
    if x == y and len(x) > 1:
        return True
    return a[1] == b[1] and bool(x and y) and not {sound(p) for p in x}.isdisjoint(map(sound, y)) and _same(x, y)


def spelling_hash() -> str:
    """The hash of the table that ``tokens`` rests on: where it changes, tokens that were kept are worked out anew."""
    return digest("tokens", 1, _TABLE)


def groups(people: Iterable[tuple[str, str]]) -> list[frozenset[tuple[str, str]]]:
    """Blocks of (name, country) whose names may meet: the transitive closure of ``same_name`` within a country.

    Across countries only names of the same two parts or more meet (the head of a body may be coded under its country).
    Near-linear: names are compared only where a part sounds the same. The result does not depend on the order.
    """
    todo = sorted(set(people))
    parent = list(range(len(todo)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    everywhere: dict[tuple[str, ...], int] = {}
    for i, (name, country) in enumerate(todo):
        mine = parts(name)
        if len(mine) > 1:
            j = everywhere.setdefault(mine, i)
            parent[root(i)] = root(j)
        near = {j for part in mine for j in index[country, sound(part)]}
        for j in near:
            if root(i) != root(j) and _same(mine, parts(todo[j][0])):
                parent[root(i)] = root(j)
        for part in set(mine):
            index[country, sound(part)].append(i)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for i, person in enumerate(todo):
        found[root(i)].append(person)
    return sorted((frozenset(g) for g in found.values()), key=sorted)
