"""Reprints: texts that are one account, though papers cut them, head them anew or change a few words.

A text's fingerprint is a MinHash of its runs of words (Broder 1997). Two fingerprints tell how much of the shorter text
stands in the longer; above a threshold the two are one voice.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summitry.link.thresholds import REPRINT_RUNS, REPRINT_SHARE, RUN_WORDS
from summitry.model.register import Told

HASHES = 64
"""Hash functions: the share of a text that stands in another is known to about 0.1."""

_WORD = re.compile(rb"[\w\x80-\xff]+")
_MOST = 0xFFFF


@lru_cache(maxsize=1)
def _functions() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Factors and addends of the hash functions: splitmix64 from a fixed seed, the same on every machine."""
    values, state, mask = [], 0x5E3D1D5C0FFEE, (1 << 64) - 1
    for _ in range(2 * HASHES):
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        values.append(z ^ (z >> 31))
    factors = np.array(values[:HASHES], np.uint64) | np.uint64(1)
    return factors[:, None], np.array(values[HASHES:], np.uint64)[:, None]


def sketch(text: str) -> bytes:
    """The fingerprint of a text: its number of runs of words, then 16 bits of each minimum; empty for a text of none.

    Specimen: ``len(sketch("a report of a dozen words or so, which is short but long enough")) == 130``.
    """
    found = _WORD.findall(text.casefold().encode("utf-8", "replace"))
    words = np.fromiter(map(zlib.crc32, found), np.uint64, len(found))
    if len(words) < RUN_WORDS:
        return b""
    runs = np.zeros(len(words) - RUN_WORDS + 1, np.uint64)
    for n in range(RUN_WORDS):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + words[n : n + len(runs)]
    factors, addends = _functions()
    least = ((runs ^ (runs >> np.uint64(29))) * factors + addends >> np.uint64(32)).min(axis=1)
    head = np.array([min(len(set(runs.tolist())), _MOST)], "<u2")
    made: bytes = head.tobytes() + (least & np.uint64(_MOST)).astype("<u2").tobytes()
    return made


def share(a: bytes, b: bytes) -> float:
    """About how much of the shorter text stands in the longer, 0 to 1; 0 where a text is too short to tell."""
    if not a or not b:
        return 0.0
    x, y = np.frombuffer(a, "<u2"), np.frombuffer(b, "<u2")
    return float(_shares(np.stack([x, y]))[0, 1])


def _shares(sketches: NDArray[np.uint16]) -> NDArray[np.float64]:
    sizes = sketches[:, 0].astype(float)
    alike = (sketches[:, None, 1:] == sketches[None, :, 1:]).mean(axis=2)
    least = np.minimum(sizes[:, None], sizes[None, :])
    both = alike * (sizes[:, None] + sizes[None, :]) / (1 + alike)
    found: NDArray[np.float64] = np.minimum(both / least, 1.0)
    found[least < REPRINT_RUNS] = 0.0
    return found


def voices(told: Sequence[Told]) -> dict[str, str]:
    """The voice of each account, by its key: accounts in one text, or in reprints of one, have one voice.

    The name of a voice is that of its first account in the order of ``told``.
    """
    found = {t.key: t.voice or t.visit.article for t in told}
    sketches: dict[str, bytes] = {}
    for t in told:
        if t.sketch:
            sketches.setdefault(found[t.key], t.sketch)
    if len(sketches) < 2:
        return found
    names = list(sketches)
    same = np.argwhere(_shares(np.stack([np.frombuffer(s, "<u2") for s in sketches.values()])) >= REPRINT_SHARE)
    root: dict[str, str] = {}
    pairs: list[Any] = same.tolist()
    for i, j in pairs:
        if i < j:
            a, b = _root(root, names[i]), _root(root, names[j])
            if a != b:
                first, second = sorted((names.index(a), names.index(b)))
                root[names[second]] = names[first]
    return {key: _root(root, name) for key, name in found.items()} if root else found


def _root(root: dict[str, str], name: str) -> str:
    while name in root:
        name = root[name]
    return name
