"""What a sentence tells of visits and talks, as records."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.extract.hosts import Host
from summitry.extract.moments import Moment
from summitry.model.spans import Span

NEXT = 2
"""Sentences over which what was told is still meant without being told again: "the summit", "his stay"."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One telling of one visit, before visits are put together.

    ``visitor`` is a key of Person, ``host`` a country code or None where only the visit is told ("his trip ends Sunday");
    ``cues`` what the words say of its status; ``moments`` the times that date it; ``kinds`` and ``event`` as told;
    ``context`` the times that tell whether its verb looks ahead or back, those of a whole tour among them.
    """

    visitor: str
    host: str | None
    sentence: int
    act: str
    rule: str
    cues: frozenset[str]
    span: Span
    who: Span
    place: Host | None = None
    moments: tuple[Moment, ...] = ()
    kinds: tuple[str, ...] = ()
    event: Span | None = None
    inviter: str | None = None
    group: int = 0
    context: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A meeting, call or video talk told in one sentence: keys of the people on it, place, times, cues.

    ``hosting`` are those who meet the others, as far as that is told: "A and B met C and D".
    """

    people: tuple[str, ...]
    kind: str
    sentence: int
    cues: frozenset[str]
    span: Span
    host: str | None = None
    place: Host | None = None
    moments: tuple[Moment, ...] = ()
    hosting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Venue:
    """A gathering whose place is told: its noun, its place, its times. Attendance told elsewhere borrows them."""

    sentence: int
    lemma: str
    host: Host
    moments: tuple[Moment, ...]
