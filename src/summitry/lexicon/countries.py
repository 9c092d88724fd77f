"""Countries: their codes, names, adjectives and peoples, and the state systems of political science, by the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summitry.lexicon.files import DATA, read_table
from summitry.model.errors import KnowledgeError

COUNTRY_COLUMNS = ("code", "alpha2", "name", "official", "capital", "status", "source")
FORM_COLUMNS = ("form", "country", "kind", "start", "end", "source")
SYSTEM_COLUMNS = ("system", "number", "abbreviation", "name", "country", "start", "end", "source")
FORM_KINDS = frozenset(
    {"name", "official", "abbreviation", "former", "former adjective", "former people", "other"}
    | {"adjective", "people", "prefix"}
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a country's name: ``kind`` is one of FORM_KINDS; ``start`` and ``end`` bound the use of a former name."""

    text: str
    country: str
    kind: str
    start: dt.date | None = None
    end: dt.date | None = None

    @property
    def adjective(self) -> bool:
        """Whether the form is an adjective or names the people, not the country."""
        return self.kind in {"adjective", "people", "prefix", "former adjective", "former people"}


@dataclass(frozen=True, slots=True)
class Membership:
    """One state's time in a state system ("cow" or "gw"): its number, its letters, and its first and last day there.

    Specimen: ``Membership("cow", 260, "GFR", "German Federal Republic", "DEU", date(1955, 5, 5), date(1990, 10, 2))``.
    ``end`` is None for a state that was still a member when the list ended.
    """

    system: str
    number: int
    abbreviation: str
    name: str
    country: str
    start: dt.date
    end: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether the state was a member on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1 (or XKX): codes, usual English name, official name, capital, and all its forms.

    ``status`` is "state", "territory", "associated" or "disputed". ``memberships`` are in the order of their start.
    """

    code: str
    alpha2: str
    name: str
    official: str
    capital: str
    status: str
    forms: tuple[Form, ...] = ()
    memberships: tuple[Membership, ...] = ()

    @property
    def adjectives(self) -> tuple[str, ...]:
        """The adjectives in use, the usual one first."""
        return tuple(f.text for f in self.forms if f.kind == "adjective")


class Countries:
    """All countries by their alpha-3 code. Load with ``Countries.load()``; look up with ``get``, ``cow`` and ``gw``."""

    __slots__ = ("_by_alpha2", "_by_code")

    def __init__(self, countries: dict[str, Country]) -> None:
        self._by_code = countries
        self._by_alpha2 = {c.alpha2: c for c in countries.values()}

    @classmethod
    def load(cls, *folders: Path) -> Countries:
        """Read the tables of one or more knowledge folders (default: the shipped one); later folders add and override.

        Raises KnowledgeError, with file and entry, for a wrong table.
        """
        countries: dict[str, Country] = {}
        forms: dict[tuple[str, str, str], Form] = {}
        members: dict[tuple[str, int, dt.date], Membership] = {}
        for folder in folders or (DATA,):
            for row in rows(folder, "countries.csv", COUNTRY_COLUMNS):
                countries[row["code"]] = Country(
                    row["code"], row["alpha2"], row["name"], row["official"], row["capital"], row["status"]
                )
            for row in rows(folder, "country_forms.csv", FORM_COLUMNS):
                form = _form(folder, row)
                forms[form.text, form.country, form.kind] = form
            for row in rows(folder, "state_systems.csv", SYSTEM_COLUMNS):
                member = _membership(folder, row)
                members[member.system, member.number, member.start] = member
        own: dict[str, list[Form]] = {code: [] for code in countries}
        states: dict[str, list[Membership]] = {code: [] for code in countries}
        try:
            for form in forms.values():
                own[form.country].append(form)
            for member in sorted(members.values(), key=lambda m: (m.start, m.system, m.number)):
                states[member.country].append(member)
        except KeyError as error:
            raise KnowledgeError(f"places: no country {error} in countries.csv; add it or mend the row") from error
        return cls(
            {
                code: Country(
                    c.code, c.alpha2, c.name, c.official, c.capital, c.status, tuple(own[code]), tuple(states[code])
                )
                for code, c in sorted(countries.items())
            }
        )

    def __iter__(self) -> Iterator[Country]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str) -> Country | None:
        """The country of an ISO alpha-3 or alpha-2 code (any case), or None."""
        wanted = code.strip().upper()
        return self._by_code.get(wanted) or self._by_alpha2.get(wanted)

    def name(self, code: str) -> str:
        """The usual English name of a code; the code itself where it is no country's (bodies)."""
        country = self.get(code)
        return country.name if country else code

    def cow(self, code: str, day: dt.date) -> Membership | None:
        """The Correlates of War membership of a country on a day, or None. See ``member``."""
        return self.member("cow", code, day)

    def gw(self, code: str, day: dt.date) -> Membership | None:
        """The Gleditsch-Ward membership of a country on a day, or None. See ``member``."""
        return self.member("gw", code, day)

    def member(self, system: str, code: str, day: dt.date) -> Membership | None:
        """The membership of ``system`` ("cow" or "gw") that holds on ``day``.

        Where two states of that day have one successor (the two Germanies), the one that goes on is given: the one
        with the latest end; both stand in ``Country.memberships``.
        """
        country = self.get(code)
        if country is None:
            return None
        held = [m for m in country.memberships if m.system == system and m.holds(day)]
        return max(held, key=lambda m: (m.end or dt.date.max, -m.number), default=None)


def rows(folder: Path, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a table of places in a knowledge folder; none where the folder has no such table."""
    path = folder / "places" / name
    if path.exists():
        yield from read_table(path, columns)


def _day(folder: Path, text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise KnowledgeError(f"{folder / 'places'}: {error}") from error


def _form(folder: Path, row: dict[str, str]) -> Form:
    if row["kind"] not in FORM_KINDS:
        raise KnowledgeError(f"{folder / 'places' / 'country_forms.csv'}: {row['form']}: no kind {row['kind']!r}")
    return Form(row["form"], row["country"], row["kind"], _day(folder, row["start"]), _day(folder, row["end"]))


def _membership(folder: Path, row: dict[str, str]) -> Membership:
    start, end = _day(folder, row["start"]), _day(folder, row["end"])
    if row["system"] not in {"cow", "gw"} or start is None or not row["number"].isdigit():
        raise KnowledgeError(
            f"{folder / 'places' / 'state_systems.csv'}: {row['name']}: system, number or start is wrong"
        )
    return Membership(row["system"], int(row["number"]), row["abbreviation"], row["name"], row["country"], start, end)
