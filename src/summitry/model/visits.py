"""What one article says of visits and encounters; field names and codes are those of the coding rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from summitry.model.dates import DateRange
from summitry.model.spans import Evidence


class Status(StrEnum):
    """How a visit stands at the publication of a report."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    RULED_OUT = "ruled_out"


class Kind(StrEnum):
    """What the text calls a visit."""

    STATE = "state"
    OFFICIAL = "official"
    WORKING = "working"
    PRIVATE = "private"
    TRANSIT = "transit"
    MULTILATERAL = "multilateral"
    UNSPECIFIED = "unspecified"


class Contact(StrEnum):
    """How two people met."""

    MEETING = "meeting"
    CALL = "call"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class VisitReport:
    """What one article says of one visit. ``evidence`` holds a span for every value given; ``sentence`` is the best quote.

    ``id`` is the hash of article, visitor, host and sentence: reruns agree. ``order`` is the place in the article's list.
    """

    id: str
    article: str
    visitor: str
    visitor_country: str
    host_country: str
    dates: DateRange | None
    status: Status
    sentence: str
    kind: Kind = Kind.UNSPECIFIED
    places: tuple[str, ...] = ()
    trip: int = 1
    meets: tuple[str, ...] = ()
    delegation: tuple[str, ...] = ()
    invited_by: str | None = None
    announced_by: str | None = None
    occasion: str | None = None
    agenda: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The visit in the shape of the coding rules, with ``confidence`` and ``spans``."""
        spans: dict[str, list[list[int]]] = {}
        for e in self.evidence:
            spans.setdefault(e.field, []).append([e.span.start, e.span.end])
        return {
            "visitor": self.visitor,
            "visitor_country": self.visitor_country,
            "host_country": self.host_country,
            "places": list(self.places),
            "dates": str(self.dates) if self.dates else None,
            "status": str(self.status),
            "kind": str(self.kind),
            "trip": self.trip,
            "meets": list(self.meets),
            "delegation": list(self.delegation),
            "invited_by": self.invited_by,
            "announced_by": self.announced_by,
            "occasion": self.occasion,
            "agenda": list(self.agenda),
            "documents": list(self.documents),
            "evidence": self.sentence,
            "confidence": round(self.confidence, 4),
            "spans": spans,
        }


@dataclass(frozen=True, slots=True)
class Encounter:
    """A talk between named people of two countries that has its own day, month or place in the text."""

    id: str
    article: str
    kind: Contact
    participants: tuple[str, ...]
    status: Status
    sentence: str
    place: str | None = None
    host_country: str | None = None
    date: DateRange | None = None
    evidence: tuple[Evidence, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The encounter in the shape of the coding rules, with ``spans``."""
        spans: dict[str, list[list[int]]] = {}
        for e in self.evidence:
            spans.setdefault(e.field, []).append([e.span.start, e.span.end])
        return {
            "kind": str(self.kind),
            "participants": list(self.participants),
            "place": self.place,
            "host_country": self.host_country,
            "date": str(self.date) if self.date else None,
            "status": str(self.status),
            "evidence": self.sentence,
            "spans": spans,
        }
