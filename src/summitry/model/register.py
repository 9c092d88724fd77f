"""The register's records: a visit with every claim made about it, the history of its status, and people's decisions.

A ``Visit`` is recomputed from reports and decisions and never edited. Nothing here is a guess: each value is that of at
least one report, and the report is named.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from summitry.model.dates import DateRange
from summitry.model.visits import Kind, Status, VisitReport


class Side(StrEnum):
    """Whose account it is: the visitor's country, the host's, a third one, or not known."""

    VISITOR = "visitor"
    HOST = "host"
    THIRD = "third"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Told:
    """A visit report with what is known of the report it stands in: the input of linking.

    ``key`` names this visit report among all (its id, with a number where one sentence tells two visits). ``published``
    is the settled publication date; ``outlet`` who published it; ``voice`` is the hash of the text and ``sketch`` its
    fingerprint (``link.reprints``), so that reprints count as one voice. ``apart`` and ``together`` name the decisions
    of people that keep this account apart from, or join it with, the others that bear the same name.

    ``country`` is whose press the report is of (the agency's country, else the outlet's), ``credited`` the country of the
    voice that the account names as its source; ``official`` if that voice, or the outlet, speaks for a government.
    """

    key: str
    visit: VisitReport
    published: DateRange | None = None
    outlet: str | None = None
    voice: str = ""
    apart: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    sketch: bytes = b""
    country: str | None = None
    credited: str | None = None
    official: bool = False

    @property
    def side(self) -> Side:
        """Whose account this is: by the voice credited where its country is known, else by agency or outlet."""
        whose = self.credited or self.country
        if whose is None:
            return Side.UNKNOWN
        if whose == self.visit.visitor_country:
            return Side.VISITOR
        return Side.HOST if whose == self.visit.host_country else Side.THIRD

    @property
    def told_on(self) -> dt.date | None:
        """The first day on which the report may have appeared."""
        return self.published.earliest if self.published else None

    @property
    def order(self) -> tuple[dt.date, str, str]:
        """By date of report (unknown last), then hash: the order in which a visit's life is told."""
        return (self.told_on or dt.date.max, self.visit.article, self.key)


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that reports give one field, with the keys of those reports; ``chosen`` if the register goes by it.

    ``voices`` counts independent accounts (reprints once), ``official`` those of them that rest on an official voice;
    ``sides`` are the sides that tell the value, each with its independent accounts.
    """

    field: str
    value: str
    reports: tuple[str, ...]
    chosen: bool = False
    voices: int = 0
    official: int = 0
    sides: tuple[tuple[Side, int], ...] = ()


class Change(StrEnum):
    """What a report adds to the life of a visit."""

    FIRST = "first"
    STATUS = "status"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """What one report said of a visit's status, on the day of the report (None where that is not known).

    ``change`` says whether it is news against the reports before it: "first", "status" (another status), "moved" (other
    days than told before), or "same".
    """

    told: DateRange | None
    status: Status
    dates: DateRange | None
    report: str
    change: Change
    side: Side = Side.UNKNOWN


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field on which reports differ: each side with the values it tells. ``between`` if two sides tell no value alike.

    Specimen: ``Dispute("dates", ((Side.HOST, ("2023-03-21",)), (Side.VISITOR, ("2023-03-20",))), True)``.
    """

    field: str
    sides: tuple[tuple[Side, tuple[str, ...]], ...]
    between: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit in the register: the values it goes by, every claim, and its history.

    ``id`` is the hash of its earliest report's evidence; ``aliases`` are the ids it would have under another of its
    reports, so that an id once cited always resolves. ``trip`` is the id of the first visit of the tour (its own if it
    stands alone). ``reports`` are keys in the order of telling; ``voices`` counts the independent accounts of each side.
    """

    id: str
    visitor: str
    visitor_country: str
    host_country: str
    dates: DateRange | None
    status: Status
    kind: Kind
    trip: str
    places: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    delegation: tuple[str, ...] = ()
    invited_by: str | None = None
    announced_by: tuple[str, ...] = ()
    occasion: str | None = None
    agenda: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    history: tuple[HistoryEvent, ...] = ()
    voices: tuple[tuple[Side, int], ...] = ()

    def heard(self, side: Side | None = None) -> int:
        """How many independent accounts there are, of one side or (None) of all: a reprint adds none."""
        return sum(number for s, number in self.voices if side in (None, s))

    def status_of(self, side: Side) -> Status | None:
        """What one side last said of the status; None where it said nothing."""
        return next((e.status for e in reversed(self.history) if e.side is side), None)

    def disputes(self) -> tuple[Dispute, ...]:
        """The fields of ``conflicts`` with what each side tells; sides that are not known do not speak for any other."""
        found = []
        for name, claims in self.conflicts().items():
            told: dict[Side, list[str]] = {}
            for c in claims:
                for side, _ in c.sides:
                    told.setdefault(side, []).append(c.value)
            known = [set(values) for side, values in told.items() if side is not Side.UNKNOWN]
            between = any(a.isdisjoint(b) for n, a in enumerate(known) for b in known[:n])
            found.append(Dispute(name, tuple((s, tuple(told[s])) for s in Side if s in told), between))
        return tuple(found)

    @property
    def first_told(self) -> DateRange | None:
        """When the visit was first told of."""
        return self.history[0].told if self.history else None

    @property
    def last_told(self) -> DateRange | None:
        """When the visit was last told of, among reports whose date is known."""
        return next((e.told for e in reversed(self.history) if e.told), None)

    def conflicts(self) -> dict[str, tuple[Claim, ...]]:
        """The single-valued fields on which reports differ, with their claims.

        A coarser date that holds a finer one ("spring", "March") is no conflict; other days are.
        """
        found: dict[str, tuple[Claim, ...]] = {}
        for name in ("visitor_country", "dates", "kind", "invited_by"):
            claims = tuple(c for c in self.claims if c.field == name)
            if len(claims) > 1 and not (name == "dates" and _agree([DateRange.parse(c.value) for c in claims])):
                found[name] = claims
        return found


def _agree(ranges: list[DateRange]) -> bool:
    """Whether of any two ranges one holds the other; an open end holds whatever lies on its side."""
    bounds = [(r.earliest or dt.date.min, r.latest or dt.date.max) for r in ranges]
    pairs = [(a, b) for n, a in enumerate(bounds) for b in bounds[:n]]
    return all((a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1]) for a, b in pairs)


Ref = tuple[str, str, str, str]
"""What a decision holds on to: article, visitor, host country and sentence of an account."""


class Verb(StrEnum):
    """What a person may decide."""

    CONFIRM = "confirm"
    CORRECT = "correct"
    MERGE = "merge"
    APART = "apart"
    REJECT = "reject"
    NOTE = "note"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision: append-only, keyed by evidence (article, visitor, host, sentence) and not by record.

    ``field`` and ``value`` are for "correct"; ``other`` is the second record's key (its four parts) for "merge" and
    "apart"; ``on`` is when it was taken, given by the caller. An "undo" names in ``value`` the number of the decision that
    it takes back, and has all else from it.
    """

    verb: Verb
    article: str
    visitor: str
    host_country: str
    sentence: str
    by: str
    on: dt.datetime
    field: str | None = None
    value: str | None = None
    other: Ref | None = None
    note: str = ""

    @property
    def about(self) -> Ref:
        """The account that the decision is about."""
        return (self.article, self.visitor, self.host_country, self.sentence)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many reports of one outlet were read for one day (``when``, EDTF; a month or "" where the day is not known).

    ``country`` is whose press it is (the agency's country, else the outlet's); ``telling`` counts the reports that tell of
    at least one visit. Reports that were looked at and not kept, by a crawl, count in ``reports``.
    """

    when: str
    country: str | None
    outlet: str | None
    reports: int
    telling: int = 0


class Heard(StrEnum):
    """What is known of one side of a visit: it told of it, it was read and did not, or nothing of it was read."""

    TOLD = "told"
    SILENT = "silent"
    NOT_READ = "not read"


@dataclass(frozen=True, slots=True)
class SideCoverage:
    """One side of one visit: how much of its press was read around the visit's days, and how much of that told of it.

    ``days`` of ``of_days`` days have at least one report of that side. ``telling`` counts all accounts of the side,
    whenever they were published.
    """

    side: Side
    country: str | None
    outlets: tuple[str, ...]
    reports: int
    days: int
    of_days: int
    telling: int

    @property
    def heard(self) -> Heard:
        """Whether the side told of the visit, was read and silent, or was not read."""
        if self.telling:
            return Heard.TOLD
        return Heard.SILENT if self.reports else Heard.NOT_READ
