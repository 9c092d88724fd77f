"""What the values of an export depend on beside the register: the day, how much may be quoted, and the tables of states."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self

from summitry.lexicon.countries import Countries
from summitry.lexicon.files import DATA, read_table, read_toml
from summitry.lexicon.people import People
from summitry.model.dates import DateRange
from summitry.model.errors import KnowledgeError, UsageError

SEAT_COLUMNS = ("place", "country", "number", "source")
CUT = "…"


def web_address(url: str | None) -> str | None:
    """The address of a report if it is one of the web; a link to anything else ("javascript:") is not passed on.

    Specimen: ``web_address("https://example.org/a") == "https://example.org/a"``.
    """
    return url if url and url.lower().startswith(("http://", "https://")) and url.isprintable() else None


@dataclass(frozen=True, slots=True)
class Quotes:
    """How much of a report's own words is shown: all of the evidence sentence (None), its first characters, or nothing (0)."""

    most: int | None = None

    @classmethod
    def parse(cls, text: str | None) -> Self:
        """Read "none", a number of characters, or None for the whole sentence. Raises UsageError."""
        if text is None:
            return cls()
        if text.strip().lower() == "none":
            return cls(0)
        if not text.strip().isdigit():
            raise UsageError(f"--quotes {text!r} is neither a number of characters nor none")
        return cls(int(text))

    def of(self, words: str | None) -> str | None:
        """The words that may be shown: cut at the end of a word, with a mark where something was cut off; None for nothing."""
        if not words or self.most == 0:
            return None
        if self.most is None or len(words) <= self.most:
            return words
        kept = words[: self.most]
        if not words[self.most].isspace() and len(kept.split()) > 1:
            kept = kept.rsplit(None, 1)[0]
        return kept.rstrip() + CUT


@lru_cache(maxsize=1)
def codes() -> dict[str, Any]:
    """The small tables of ``data/publish/codes.toml``."""
    return read_toml(DATA / "publish" / "codes.toml")


@lru_cache(maxsize=1)
def _countries() -> Countries:
    return Countries.load()


@lru_cache(maxsize=1)
def _people() -> People:
    return People.load()


@lru_cache(maxsize=1)
def seats() -> dict[tuple[str, str], int]:
    """Which of several states with one successor a place was in: (successor, place) to the number of the state."""
    path = DATA / "publish" / "seats.csv"
    found: dict[tuple[str, str], int] = {}
    for row in read_table(path, SEAT_COLUMNS):
        if not row["number"].isdigit() or _countries().get(row["country"]) is None:
            raise KnowledgeError(f"{path}: {row['place']}: number or country is wrong")
        found[row["country"], row["place"].casefold()] = int(row["number"])
    return found


Stretch = tuple[frozenset[int], int | None]
"""The numbers that states of one successor bear together, and that of the one that goes on."""


def _number(stretch: Stretch, code: str, places: tuple[str, ...]) -> int | None:
    held, going_on = stretch
    if len(held) > 1:
        told = {seats().get((code, place.casefold())) for place in places} & held
        if len(told) == 1:
            return told.pop()
    return going_on


@dataclass(slots=True)
class Terms:
    """The terms of an export. ``as_of`` is the day for "unconfirmed" (None: nothing is).

    Tables are loaded when they are first asked. Specimen: ``Terms.load(dt.date(2024, 1, 1), Quotes(0))``.
    """

    as_of: dt.date | None = None
    quotes: Quotes = field(default_factory=Quotes)
    _states: dict[tuple[str, str], tuple[list[dt.date], list[Stretch]]] = field(default_factory=dict)
    _heads: dict[tuple[str, str, str | None], bool] = field(default_factory=dict)

    @classmethod
    def load(cls, as_of: dt.date | None = None, quotes: Quotes | None = None) -> Self:
        """The terms for one export."""
        return cls(as_of, quotes or Quotes())

    @property
    def countries(self) -> Countries:
        """The table of countries."""
        return _countries()

    @property
    def people(self) -> People:
        """The table of offices and who held them."""
        return _people()

    def took_place(self, status: str) -> bool | None:
        """Whether a status says that a visit took place; None where it says neither."""
        if status in codes()["took_place"]:
            return True
        return False if status in codes()["called_off"] else None

    def state(self, system: str, code: str, first: dt.date, last: dt.date, places: tuple[str, ...] = ()) -> int | None:
        """The number in a state system ("cow", "gw") that a country bore from ``first`` to ``last``.

        None where it was no member on one of the two days, or bore another number on each. Of several states that have one
        successor the one that a place tells, else the one that the table of states lists as going on.
        """
        starts, stretches = self._stretches(system, code)
        one, other = bisect_right(starts, first) - 1, bisect_right(starts, last) - 1
        number = _number(stretches[one], code, places)
        return number if one == other or number == _number(stretches[other], code, places) else None

    def _stretches(self, system: str, code: str) -> tuple[list[dt.date], list[Stretch]]:
        """The days on which something changes for a country in a system, and what holds from each of them on."""
        found = self._states.get((system, code))
        if found is None:
            country = self.countries.get(code)
            mine = [m for m in country.memberships if m.system == system] if country else []
            days = {dt.date.min, *(m.start for m in mine), *(m.end + dt.timedelta(days=1) for m in mine if m.end)}
            starts = sorted(days)
            going_on = [self.countries.member(system, code, day) for day in starts]
            held = [frozenset(m.number for m in mine if m.holds(day)) for day in starts]
            stretches = [(h, m.number if m else None) for h, m in zip(held, going_on, strict=True)]
            found = self._states[system, code] = (starts, stretches)
        return found

    def is_head(self, name: str, country: str, dates: str | None) -> bool:
        """Whether the tables know somebody as head of state or government of a country on days (EDTF; None: ever)."""
        key = (name, country, dates)
        if key not in self._heads:
            days = DateRange.parse(dates) if dates else None
            heads = frozenset(codes()["heads"])
            self._heads[key] = any(
                t.office in heads and t.country == country for holder in self.people.find(name) for t in holder.on(days)
            )
        return self._heads[key]
