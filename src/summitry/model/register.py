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


@dataclass(frozen=True, slots=True)
class Told:
    """A visit report with what is known of the report it stands in: the input of linking.

    ``key`` names this visit report among all (its id, with a number where one sentence tells two visits). ``published``
    is the settled publication date; ``outlet`` who published it; ``voice`` is the hash of the text, so that reprints
    count as one voice. ``apart`` and ``together`` name the decisions of people that keep this account apart from, or
    join it with, the others that bear the same name.
    """

    key: str
    visit: VisitReport
    published: DateRange | None = None
    outlet: str | None = None
    voice: str = ""
    apart: tuple[str, ...] = ()
    together: tuple[str, ...] = ()

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
    """One value that reports give one field, with the keys of those reports; ``chosen`` if the register goes by it."""

    field: str
    value: str
    reports: tuple[str, ...]
    chosen: bool = False


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


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit in the register: the values it goes by, every claim, and its history.

    ``id`` is the hash of its earliest report's evidence; ``aliases`` are the ids it would have under another of its
    reports, so that an id once cited always resolves. ``trip`` is the id of the first visit of the tour (its own if it
    stands alone). ``reports`` are keys in the order of telling.
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


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision: append-only, keyed by evidence (article, visitor, host, sentence) and not by record.

    ``field`` and ``value`` are for "correct"; ``other`` is the second record's key (its four parts) for "merge" and
    "apart"; ``on`` is when it was taken, given by the caller.
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
