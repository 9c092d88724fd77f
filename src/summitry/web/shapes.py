"""The shapes of the JSON interface. Codes and dates are as in the coding rules."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict

from summitry.web.finder import State


class Fault(BaseModel):
    """What is wrong, in one sentence."""

    detail: str


class Listed(BaseModel):
    """A visit as the list shows it."""

    model_config = ConfigDict(extra="ignore")

    id: str
    visitor: str
    visitor_country: str
    host_country: str
    places: list[str]
    dates: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    status: str
    kind: str
    trip: str
    reports: int
    outlets: list[str]
    conflicts: list[str]
    first_told: str | None
    last_told: str | None


class Visits(BaseModel):
    """One page of visits; how many were found (``more``: and more than that); the keys of the pages before and after."""

    found: int
    more: bool
    before: str | None
    after: str | None
    visits: list[Listed]


class SourceOut(BaseModel):
    """A report that makes a claim: its hash, its words, its sentence."""

    report: str
    outlet: str | None
    published: str | None
    words: list[str]
    sentence: str


class ClaimOut(BaseModel):
    """A value that reports give a field, with the words behind it."""

    field: str
    value: str
    chosen: bool
    conflict: bool
    sources: list[SourceOut]


class EventOut(BaseModel):
    """What one report said of the status, and whose account it is: of the visitor's side, the host's, a third, or unknown."""

    told: str | None
    status: str
    dates: str | None
    change: str
    side: str
    report: str
    sentence: str


class StopOut(BaseModel):
    """A stop of the tour that the visit belongs to."""

    id: str
    host_country: str
    dates: str | None


class SideOut(BaseModel):
    """One side of a visit: whether it told of it, was read and silent, or was not read around its days; and what was read."""

    side: str
    country: str | None
    heard: str
    accounts: int
    reports: int
    days: int
    of_days: int
    outlets: list[str]


class DecisionOut(BaseModel):
    """What a person decided."""

    decision: str
    by: str
    on: dt.datetime
    field: str | None
    value: str | None
    note: str


class VisitOut(BaseModel):
    """A visit with every claim, its history, its tour, what lies near it, and what was decided on it."""

    id: str
    aliases: list[str]
    visitor: str
    visitor_country: str
    host_country: str
    dates: str | None
    status: str
    kind: str
    trip: str
    confidence: float
    claims: list[ClaimOut]
    history: list[EventOut]
    tour: list[StopOut]
    sides: list[SideOut]
    earlier: list[Listed]
    later: list[Listed]
    returns: list[Listed]
    decisions: list[DecisionOut]
    cite_as: str


class SpanOut(BaseModel):
    """Evidence: a half-open range of code points of the report's text, field, value and rule; ``owner`` is the account."""

    start: int
    end: int
    field: str
    owner: str
    rule: str
    value: str | None


class MeantOut(BaseModel):
    """What a mention means: a name, or days as EDTF (the TIMEX3 value where no day is settled); the code of its country."""

    value: str
    country: str | None


class MentionOut(BaseModel):
    """Words that mean people, a place or a time: a half-open range of code points of the report's text, and the rule."""

    start: int
    end: int
    kind: Literal["person", "place", "time"]
    rule: str
    values: list[MeantOut]


class ReportOut(BaseModel):
    """A report: how it is dated, one part of its text from code point ``start``, the evidence and the mentions in that part.

    ``mentions_state`` is found, late (ask again in a moment) or failed; null where the site does not look for mentions.
    """

    id: str
    name: str
    title: str | None
    outlet: str | None
    agency: str | None
    url: str | None
    language: str | None
    published: str | None
    published_how: str
    published_reasons: list[str]
    superseded_by: str | None
    part: int
    parts: int
    start: int
    text: str
    evidence: list[SpanOut]
    mentions_state: State | None
    mentions: list[MentionOut]
    visits: list[str]


class GroupOut(BaseModel):
    """The visits of one visitor or country, by day."""

    key: str
    visits: list[Listed]


class TimelineOut(BaseModel):
    """The visits between two days in groups, the largest first; ``left`` were found beyond those given."""

    first: dt.date
    last: dt.date
    found: int
    left: int
    groups: list[GroupOut]


class DayOut(BaseModel):
    """A day with its visits, and how many more there are."""

    day: dt.date
    visits: list[Listed]
    more: int


class CalendarOut(BaseModel):
    """A month: its days with visits, and the visits of which no day is told."""

    first: dt.date
    last: dt.date
    days: list[DayOut]
    loose: list[Listed]


class JourneyOut(BaseModel):
    """How many visits went from one country to another."""

    visitor_country: str
    host_country: str
    visits: int


class MapOut(BaseModel):
    """The commonest journeys."""

    found: int
    more: bool
    journeys: list[JourneyOut]


class TravellerOut(BaseModel):
    """A visitor and how many visits they made."""

    name: str
    country: str
    visits: int


class PersonOut(BaseModel):
    """A person: visits by year and by host, the newest visits, and visits of others who met them."""

    name: str
    countries: list[str]
    found: int
    years: dict[int, int]
    hosts: dict[str, int]
    visits: list[Listed]
    received: list[Listed]


class CountryCount(BaseModel):
    """A country or body with its visits abroad and those received."""

    code: str
    name: str
    abroad: int
    received: int


class CountryOut(BaseModel):
    """A country: visits by year, its commonest hosts, guests and travellers, the newest visits."""

    code: str
    name: str
    abroad: dict[int, int]
    received: dict[int, int]
    hosts: dict[str, int]
    guests: dict[str, int]
    people: dict[str, int]
    sent: list[Listed]
    guests_visits: list[Listed]


class PairOut(BaseModel):
    """Two countries: visits there and back by year, and the visits."""

    one: str
    two: str
    found: int
    there: dict[int, int]
    back: dict[int, int]
    visits: list[Listed]


class OutletOut(BaseModel):
    """An outlet, its country where known, how many of its reports were read, and how many of them tell of a visit."""

    outlet: str | None
    country: str | None
    reports: int
    telling: int


class CoverageOut(BaseModel):
    """What was read between two days."""

    first: dt.date
    last: dt.date
    undated: int
    outlets: list[OutletOut]


class ProblemOut(BaseModel):
    """What failed, at which stage."""

    source: str
    stage: str
    error: str


class ProblemsOut(BaseModel):
    """A page of problems."""

    found: int
    page: int
    pages: int
    problems: list[ProblemOut]


class AboutOut(BaseModel):
    """Counts and versions."""

    version: str
    knowledge: str
    newest: dt.date | None
    counts: dict[str, int]
