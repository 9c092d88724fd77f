"""People and places, and their mentions in a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from summitry.model.dates import Unit
from summitry.model.spans import Span


class Sure(StrEnum):
    """How sure a row of knowledge is. A row that is not HIGH or CHECKED names nobody on its own."""

    CHECKED = "checked"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's time in one office. ``office`` is a code of the table of offices; ``country`` an alpha-3 code or body."""

    person: str
    office: str
    country: str
    start: Unit | None
    end: Unit | None
    sure: Sure
    title: str = ""
    family_name: str = ""
    variants: tuple[str, ...] = ()


class Rank(StrEnum):
    """What GUIDELINES.md makes of a person's office: may visit, may only be met or travel along, or not known."""

    VISITOR = "visitor"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one report, all mentions resolved. ``key`` is unique within the report; ``name`` is the fullest known form.

    ``name`` is as the coding rules write it: "Vladimir Putin", "Xi Jinping", "Abdullah II", "Prince Charles"; the title as
    written ("Chinese foreign minister") where nobody could be named (then ``named`` is False). ``served`` are the first and
    last days of the offices that the table knows and whose holders visit, None where a day is not known.
    """

    key: str
    name: str
    country: str | None = None
    office: str | None = None
    rank: Rank = Rank.UNKNOWN
    named: bool = True
    former: bool = False
    source: str = ""
    served: tuple[tuple[dt.date | None, dt.date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Words that mean one or more people: a name, an office, a pronoun, "the two leaders".

    ``span`` covers the whole phrase with its title ("Russian President Vladimir Putin"), ``head`` the naming words
    alone ("Vladimir Putin"; for an office or a pronoun the same as ``span``). ``people`` are keys of Person; several
    for a plural. ``form`` is "full", "short", "office", "pronoun" or "plural"; ``possessive`` if "'s" follows or the
    pronoun is "his". ``candidates`` are the keys or table names that were weighed, best first; ``rule`` says what
    settled it.
    """

    span: Span
    head: Span
    people: tuple[str, ...]
    form: str
    possessive: bool = False
    candidates: tuple[str, ...] = ()
    rule: str = ""


class PlaceKind(StrEnum):
    """What kind of place."""

    COUNTRY = "country"
    CITY = "city"
    SITE = "site"
    REGION = "region"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that mean a place.

    ``name`` as the coding rules write it ("Moscow", "China"), ``country`` its alpha-3 code (None for a region of several),
    ``adjective`` True for "Chinese", "Moscow's" is no adjective. ``metonym`` True where the words may stand for a government
    ("Beijing said", "the Kremlin"). ``candidates`` are other countries weighed, best first; ``rule`` says what settled it.
    """

    span: Span
    name: str
    kind: PlaceKind
    country: str | None
    adjective: bool = False
    metonym: bool = False
    candidates: tuple[str, ...] = ()
    rule: str = ""
