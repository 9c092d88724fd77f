"""Whose account it is: the country of an outlet, an agency, or the voice that a report credits. Official or not.

What is not known stays unknown: a spokesman of no known country leaves the account to the outlet's side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summitry.lexicon.countries import Countries, rows
from summitry.lexicon.files import DATA, read_toml
from summitry.lexicon.outlets import OutletKind, Outlets
from summitry.lexicon.people import People
from summitry.link.names import same_name
from summitry.model.dates import DateRange
from summitry.model.visits import VisitReport

FILE = Path("linking", "voices.toml")
_SITES = ("form", "name", "country", "metonym", "source")
_WORD = re.compile(r"[\w'’.&-]*\w\.?")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Voice:
    """A country (None where it is not known) and whether its government speaks."""

    country: str | None = None
    official: bool = False


NOBODY = Voice()


@dataclass(slots=True)
class Voices:
    """The knowledge of whose voice is whose. Specimen: ``Voices.load().press("Xinhua", None).country == "CHN"``."""

    outlets: Outlets
    people: People
    names: Mapping[str, str]
    adjectives: Mapping[str, str]
    press_words: frozenset[str]
    _seen: dict[tuple[str, str], Voice] = field(default_factory=dict)

    @classmethod
    def load(cls, *folders: Path) -> Voices:
        """Read the tables of one or more knowledge folders (default: the shipped one). Raises KnowledgeError."""
        names: dict[str, set[str]] = {}
        adjectives: dict[str, set[str]] = {}
        for country in Countries.load(*folders):
            names.setdefault(country.name, set()).add(country.code)
            if country.status == "state":
                names.setdefault(country.capital, set()).add(country.code)
            for form in country.forms:
                (adjectives if form.adjective else names).setdefault(form.text, set()).add(country.code)
        press: list[str] = []
        for folder in folders or (DATA,):
            for row in rows(folder, "sites.csv", _SITES):
                if row["metonym"] == "government":
                    names.setdefault(row["form"], set()).add(row["country"])
            if (folder / FILE).exists():
                table: dict[str, Any] = read_toml(folder / FILE)
                press += table.get("press", [])
                for row in table.get("institution", []):
                    names.update({name: {row["country"]} for name in row["names"]})
        return cls(Outlets.load(*folders), People.load(*folders), _one(names), _one(adjectives), frozenset(press))

    def press(self, outlet: str | None, agency: str | None) -> Voice:
        """Whose press a report is of: the agency's whose words it prints, else the outlet's."""
        for name in (agency, outlet):
            known = (self.outlets.get(name) or self.outlets.agency(name)) if name else None
            if known:
                return Voice(known.country, known.kind is OutletKind.OFFICIAL)
        return NOBODY

    def credited(self, visit: VisitReport, published: DateRange | None) -> Voice:
        """The voice that an account names as its source, by the day of the report."""
        name = visit.announced_by
        if not name:
            return NOBODY
        for people, country in (
            ((visit.visitor, *visit.delegation), visit.visitor_country),
            ((*visit.meets, visit.invited_by or ""), visit.host_country),
        ):
            if any(p and (p == name or (" " in p and " " in name and same_name(p, name))) for p in people):
                return Voice(country, True)
        key = (name, str(published or ""))
        if key not in self._seen:
            self._seen[key] = self._voice(name, published)
        return self._seen[key]

    def _voice(self, name: str, published: DateRange | None) -> Voice:
        outlet = self.outlets.get(name) or self.outlets.agency(name)
        if outlet:
            return Voice(outlet.country, outlet.kind is OutletKind.OFFICIAL)
        held = {t.country for h in self.people.find(name) for t in (h.on(published) or h.tenures)}
        if " " in name and len(held) == 1:
            return Voice(held.pop(), True)
        words = _WORD.findall(name)
        runs = {" ".join(words[i : i + n]).removesuffix("'s") for n in range(1, _LONGEST) for i in range(len(words))}
        is_press = not self.press_words.isdisjoint(words)
        for table in (self.adjectives, self.names):
            found = {table[run] for run in runs if run in table}
            if len(found) == 1:
                return Voice(found.pop(), not is_press)
        return NOBODY


def _one(forms: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The forms that mean one country alone."""
    return {form: next(iter(codes)) for form, codes in forms.items() if len(set(codes)) == 1}
