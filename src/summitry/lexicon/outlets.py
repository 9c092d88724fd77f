"""Outlets and agencies of the press: what they are called, where they stand on the web, whose they are.

What sides, independence of accounts and official voices rest on. The table is ``data/outlets/outlets.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from summitry.lexicon.files import DATA, read_table
from summitry.model.errors import KnowledgeError

FILE = Path("outlets", "outlets.csv")
COLUMNS = ("name", "forms", "domains", "country", "kind", "state", "source")
BODIES = frozenset({"EU", "UN", "NATO", "AU", "ASEAN", "OAS", "OSCE", "IMF", "WTO"})
"""Bodies that stand in the country column beside ISO 3166-1 alpha-3 codes."""

_SPACE = re.compile(r"\s+")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w.-]+)*$")
_CODE = re.compile(r"[A-Z]{3}$")


class OutletKind(StrEnum):
    """What an outlet is."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    MAGAZINE = "magazine"
    OFFICIAL = "official"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. ``state``: owned or directed by a state (public broadcasters with a charter of their own are not).

    ``domains`` may end in a path ("gov.uk/government"); ``country`` is alpha-3 or a body of ``BODIES``.
    """

    name: str
    forms: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    kind: OutletKind
    state: bool
    source: str


class Outlets:
    """The table, by domain and by form. Specimen: ``Outlets.load().by_domain("https://edition.cnn.com/x").name``."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_name: dict[str, Outlet] = {}
        self._by_domain: dict[str, Outlet] = {}
        self._by_form: dict[str, list[Outlet]] = {}
        for outlet in outlets:
            if outlet.name in self._by_name:
                raise KnowledgeError(f"outlet {outlet.name!r} stands twice")
            self._by_name[outlet.name] = outlet
            for domain in outlet.domains:
                if domain in self._by_domain:
                    raise KnowledgeError(f"{domain} is of {self._by_domain[domain].name!r} and of {outlet.name!r}")
                self._by_domain[domain] = outlet
            forms = {_key(form) for form in (outlet.name, *outlet.forms)}
            # "Irish Times" is The Irish Times, but "local" is not The Local.
            forms |= {form[4:] for form in forms if form.startswith("the ") and form.count(" ") > 1}
            for form in forms:
                self._by_form.setdefault(form, []).append(outlet)

    @classmethod
    def load(cls, *folders: Path) -> Outlets:
        """Read the table of each folder; a row of a later one replaces that of the same name. Raises KnowledgeError."""
        rows: dict[str, Outlet] = {}
        for folder in folders or (DATA,):
            path = folder / FILE
            if path.exists():
                own: set[str] = set()
                for number, row in enumerate(read_table(path, COLUMNS), 2):
                    outlet = _outlet(row, f"{path}:{number}")
                    if outlet.name in own:
                        raise KnowledgeError(f"{path}:{number}: {outlet.name!r} stands twice")
                    own.add(outlet.name)
                    rows[outlet.name] = outlet
        return cls(rows.values())

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def get(self, name: str) -> Outlet | None:
        """The outlet of this name, as the table has it."""
        return self._by_name.get(name)

    def by_domain(self, url: str) -> Outlet | None:
        """The outlet at which an address (or a bare host) stands; the longest domain and path in the table wins."""
        try:
            parts = urlsplit(url if "//" in url else f"//{url}")
            host = (parts.hostname or "").lower().rstrip(".")
        except ValueError:
            return None
        labels = host.split(".")
        steps = [step for step in parts.path.lower().split("/") if step][:3]
        for start in range(max(len(labels) - 1, 0)):
            domain = ".".join(labels[start:])
            for length in range(len(steps), -1, -1):
                found = self._by_domain.get("/".join([domain, *steps[:length]]))
                if found:
                    return found
        return None

    def by_form(self, text: str) -> Outlet | None:
        """The outlet whose name or other form ``text`` is, case and spaces aside; None if there is none, or several."""
        found = self._named(text)
        return found[0] if len(found) == 1 else None

    def _named(self, text: str) -> Sequence[Outlet]:
        key = _key(text)
        return self._by_form.get(key) or self._by_form.get(key.removeprefix("the ")) or ()

    def is_form(self, text: str) -> bool:
        """Whether ``text`` is a name or form of at least one outlet."""
        return bool(self._named(text))

    def files(self, text: str) -> bool:
        """Whether ``text`` is a form of an outlet that files reports under datelines: any but official ones."""
        return any(outlet.kind is not OutletKind.OFFICIAL for outlet in self._named(text))

    def agency(self, text: str) -> Outlet | None:
        """Like ``by_form``, and where several outlets share the form the only agency among them."""
        found = self._named(text)
        agencies = [outlet for outlet in found if outlet.kind is OutletKind.AGENCY]
        return found[0] if len(found) == 1 else agencies[0] if len(agencies) == 1 else None


def _key(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold().replace("’", "'")


def _outlet(row: dict[str, str], where: str) -> Outlet:
    def parts(cell: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in row[cell].split(";") if part.strip())

    if not row["name"] or not row["source"]:
        raise KnowledgeError(f"{where}: an outlet needs a name and a source")
    if not (_CODE.match(row["country"]) or row["country"] in BODIES):
        raise KnowledgeError(f"{where}: {row['country']!r} is no country code")
    if row["kind"] not in set(OutletKind):
        raise KnowledgeError(f"{where}: {row['kind']!r} is none of {', '.join(OutletKind)}")
    if row["state"] not in {"yes", "no"}:
        raise KnowledgeError(f"{where}: state is yes or no, not {row['state']!r}")
    wrong = [domain for domain in parts("domains") if not _DOMAIN.match(domain)]
    if wrong:
        raise KnowledgeError(f"{where}: {wrong[0]!r} is no domain")
    kind, state = OutletKind(row["kind"]), row["state"] == "yes"
    return Outlet(row["name"], parts("forms"), parts("domains"), row["country"], kind, state, row["source"])
