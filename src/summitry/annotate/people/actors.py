"""One person of a report while it is being read, and when two names may be one person's."""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from summitry.annotate.people.names import Found
from summitry.lexicon.people import Holder
from summitry.model.entities import Rank

_LIKE = 0.8
ROYAL = frozenset({"monarch", "pope", "crown_prince", "royal"})
"""Offices whose holders go by their given or regnal names."""


def alike(a: str, b: str) -> bool:
    """Whether two folded name words may be spellings of one: equal, an initial, or close."""
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return len(a) > 3 and len(b) > 3 and Indel.normalized_similarity(a, b) >= _LIKE


def same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether every word of the shorter name has its counterpart in the longer one, in any order."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    rest = list(long)
    for word in short:
        hit = next((w for w in rest if w == word), None) or next((w for w in rest if alike(word, w)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return True


def plain(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without its middle initials."""
    return tuple(w for i, w in enumerate(name) if i in {0, len(name) - 1} or len(w) > 1)


@dataclass(slots=True, eq=False)
class Actor:
    """One person of the report while it is being read."""

    name: tuple[str, ...]
    text: str
    found: list[Found] = field(default_factory=list)
    holder: Holder | None = None
    gender: str = ""
    country: str | None = None
    key: str = ""
    unnamed: bool = False
    offices: list[tuple[str, Rank, str | None, bool]] = field(default_factory=list)
    domestic: bool = False
    source: str = ""

    def holds(self, office: str) -> bool:
        """Whether the text gives the person an office now."""
        return any(o == office and not former for o, _, _, former in self.offices)

    @property
    def royal(self) -> bool:
        """Whether the text gives a royal or papal title."""
        return any(o in ROYAL for o, _, _, _ in self.offices)
