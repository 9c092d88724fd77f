"""The gazetteer: every name of a place that is known, with what it may mean, and the words that tell which.

Names are compared by their words, without accents and case; how a name is written (capitals, full stops, apostrophes) is
checked afterwards, on the text itself, so that the spaced and broken spellings of scraped text are still found.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from summitry.lexicon.countries import Countries, rows
from summitry.lexicon.files import DATA, read_cells, read_toml
from summitry.model.entities import PlaceKind
from summitry.model.errors import KnowledgeError

REGION_COLUMNS = ("form", "country", "kind", "source")
BODY_COLUMNS = ("form", "name", "code", "seat", "source")
SUCCESSION_COLUMNS = ("country", "part_of", "until", "source")
SITE_COLUMNS = ("form", "name", "country", "metonym", "source")
CITY_NAME_COLUMNS = ("form", "standard", "country", "source")
CITY_COLUMNS = ("form", "country", "source")
NAME_COLUMNS = ("word", "use", "source")
GIVEN_COLUMNS = ("name", "source")
GEONAMES_COLUMNS = ("name", "country", "inhabitants")
SIZE_COLUMNS = ("country", "inhabitants", "source")

WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = "'’‘`´ʼ′"
# Letters with a stroke have no accent to take off.
_LETTERS = {ord("ł"): "l", ord("ø"): "o", ord("đ"): "d", ord("ı"): "i", ord("ħ"): "h"}
_SHORT = frozenset({"st", "ste", "mt", "ft", "no", "pt"})
# What may stand between two words of one name: full stop of an abbreviation, blanks, apostrophe, hyphen, ampersand.
_GAP = re.compile(rf"(?!.*\n.*\n)[ \u00a0\n.,&{_APOSTROPHES}‐‑–-]{{0,4}}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """One thing a name may mean.

    ``size`` is its number of inhabitants (0: not known), ``weight`` the number by which it is weighed: a town that a table
    names weighs as a city. ``use`` is "" for a plain name, "adjective", "people",
    "prefix" (only before a hyphen), "abbreviation" (only after a town and a comma), "either" (name and adjective: "U.S.") or
    "government" (a site that stands for one). ``seat`` is the country where a body sits.
    """

    name: str
    kind: PlaceKind
    country: str | None
    size: int = 0
    capital: bool = False
    use: str = ""
    former: bool = False
    standard: str = ""
    weight: int = 0
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A form with all its meanings, the likeliest first. ``words`` are folded, ``text`` is the form as written."""

    words: tuple[str, ...]
    text: str
    places: tuple[Place, ...]
    gaps: tuple[str, ...] = ()
    case: tuple[int, ...] = ()
    blocked: bool = False

    @property
    def dotted(self) -> bool:
        """Whether the form ends in a full stop that belongs to it ("U.S.")."""
        return self.text.endswith(".")


@dataclass(frozen=True, slots=True)
class Cues:
    """The word lists and numbers of places.toml, by table and key, folded."""

    sets: dict[str, frozenset[str]]
    weights: dict[str, float]
    medium: int
    large: int
    listed: int

    def __getitem__(self, key: str) -> frozenset[str]:
        return self.sets[key]


def fold(text: str) -> str:
    """Lower case without accents: "São" is "sao", "Élysée" is "elysee"."""
    return text.lower() if text.isascii() else _fold(text)


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


def words_of(form: str) -> tuple[str, ...]:
    """The folded words of a form: ``words_of("Xi'an")`` is ``("xi", "an")``."""
    if form.isalpha() and form.isascii():
        return (form.lower(),)
    return tuple(WORD.findall(fold(form)))


_City = tuple[str, PlaceKind, str, int, bool, str, bool, str, int]
_Known = Place | _City


class Gazetteer:
    """All names of places. ``match`` finds those that stand at a word of a text, ``search`` looks a name up for people."""

    __slots__ = (
        "_blocked",
        "_forms",
        "_index",
        "_lower",
        "_ready",
        "countries",
        "cues",
        "given",
        "names",
        "successions",
    )

    def __init__(
        self, forms: dict[str, list[_Known]], blocked: Iterable[str], countries: Countries, cues: Cues
    ) -> None:
        self._forms = forms
        self._blocked = frozenset(blocked)
        index: dict[str, list[str]] = {}
        for form in (*forms, *sorted(self._blocked)):
            index.setdefault(_first_word(form), []).append(form)
        self._index = index
        self._lower = frozenset(w for form in forms if form[0].islower() for w in words_of(form)[:1])
        # Entries are made when a text first holds their first word: most of the tables is never looked at.
        self._ready: dict[str, list[Entry]] = {}
        self.countries = countries
        self.cues = cues
        self.names: dict[str, frozenset[str]] = {}
        self.given: frozenset[str] = frozenset()
        self.successions: tuple[tuple[str, str, dt.date], ...] = ()

    @classmethod
    def load(cls, *folders: Path) -> Gazetteer:
        """Read one or more knowledge folders (default: the shipped one); rows of later folders come before earlier ones.

        Raises KnowledgeError, with file and entry, for a wrong table.
        """
        folders = folders or (DATA,)
        return _Builder(folders).build()

    def begins(self, word: str) -> bool:
        """Whether a name begins with this folded word."""
        return word in self._index

    def starting(self, word: str) -> list[Entry]:
        """The entries whose first folded word is ``word``, longest first."""
        group = self._ready.get(word)
        if group is None:
            group = self._ready[word] = self._make(word)
        return group

    def _make(self, word: str) -> list[Entry]:
        entries: dict[tuple[str, ...], list[Entry]] = {}
        for form in self._index.get(word, ()):
            words = words_of(form)
            if form in self._blocked:
                entries.setdefault(words, []).insert(0, _entry(form, words, (), True))
            else:
                places = tuple(p if isinstance(p, Place) else Place(*p) for p in self._forms[form])
                entries.setdefault(words, []).append(_entry(form, words, places))
        made = [e for group in entries.values() for e in _joined(group)]
        return sorted(made, key=lambda e: -len(e.words))

    @property
    def lower_starts(self) -> frozenset[str]:
        """First words of the names that may begin in lower case ("al-Azhar")."""
        return self._lower

    def uses(self, word: str) -> frozenset[str]:
        """What else a place's name is: some of "given", "family" (of people) and "ordinary" (a common word)."""
        return self.names.get(word, frozenset())

    def earlier(self, day: dt.date) -> dict[str, str]:
        """Countries that were part of another on ``day``: in 2006 Juba was in SDN, {"SSD": "SDN"}."""
        return {code: whole for code, whole, until in self.successions if day <= until}

    def at(self, text: str, words: Sequence[tuple[int, int, str]], i: int) -> tuple[int, Entry] | None:
        """The longest name that begins at word ``i``: its last word + 1 and its entry. ``words`` are (start, end, folded)."""
        left = len(words) - i
        second = words[i + 1][2] if left > 1 else ""
        for entry in self.starting(words[i][2]):
            own = entry.words
            size = len(own)
            if size > 1 and (size > left or own[1] != second):
                continue
            if size > 2 and any(words[i + k][2] != own[k] for k in range(2, size)):
                continue
            if _written(entry, text, words, i):
                return i + size, entry
        return None

    def search(self, name: str) -> tuple[Entry, ...]:
        """Every entry of exactly these words, whatever the case and accents; shorter forms are not tried."""
        wanted = words_of(name)
        if not wanted:
            return ()
        return tuple(e for e in self.starting(wanted[0]) if e.words == wanted and not e.blocked)

    def close(self, name: str, limit: int = 5) -> tuple[str, ...]:
        """Forms that look like ``name``, best first: for the hint where nothing is found."""
        from rapidfuzz import process

        found = process.extract(name, sorted(self._forms), limit=limit, score_cutoff=75)
        return tuple(form for form, _, _ in found)

    def entries(self) -> Iterator[Entry]:
        """All entries."""
        for word in self._index:
            yield from self.starting(word)


def _written(entry: Entry, text: str, words: Sequence[tuple[int, int, str]], i: int) -> bool:
    """Whether the text writes the entry as it may be written: capitals where it has them, gaps that hold a name together."""
    for k, need in enumerate(entry.case):
        start, end, _ = words[i + k]
        if need == 1 and not text[start].isupper():
            return False
        if need == 2 and not text[start:end].isupper():
            return False
    for k, own in enumerate(entry.gaps):
        gap = text[words[i + k][1] : words[i + k + 1][0]]
        if gap == own:
            continue
        if not _GAP.fullmatch(gap):
            return False
        if ("." in own) != ("." in gap) and words[i + k][2] not in _SHORT:
            return False
        if ("," in gap) and ("," not in own):
            return False
        if any(c in _APOSTROPHES for c in own) != any(c in _APOSTROPHES for c in gap):
            return False
    return True


class _Builder:
    """Puts the tables together."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders
        self.countries = Countries.load(*folders)
        self.settings: dict[str, Any] = {}
        for folder in folders:
            path = folder / "places" / "places.toml"
            if path.exists():
                for table, values in read_toml(path).items():
                    if isinstance(values, dict):
                        self.settings.setdefault(table, {}).update(values)
        if "cities" not in self.settings:
            raise KnowledgeError(
                f"no places.toml in {', '.join(map(str, folders))}; give the folder of the shipped tables"
            )
        self.forms: dict[str, list[_Known]] = {}

    def build(self) -> Gazetteer:
        cues = self._cues()
        # Order is likelihood: what comes first is the first meaning of a form.
        self._bodies()
        self._countries()
        self._sites()
        self._regions()
        self._cities(cues)
        gazetteer = Gazetteer(self.forms, self.settings["names"]["not_places"], self.countries, cues)
        for folder in self.folders:
            for row in rows(folder, "names.csv", NAME_COLUMNS):
                gazetteer.names[fold(row["word"])] = frozenset(row["use"].split("+"))
            gazetteer.given |= {fold(row["name"]) for row in rows(folder, "given_names.csv", GIVEN_COLUMNS)}
            gazetteer.successions += tuple(
                (row["country"], row["part_of"], dt.date.fromisoformat(row["until"]))
                for row in rows(folder, "successions.csv", SUCCESSION_COLUMNS)
            )
        return gazetteer

    def _add(self, form: str, place: Place) -> None:
        self.forms.setdefault(form, []).append(place)

    def _cues(self) -> Cues:
        sets = {
            f"{table}.{key}": frozenset(fold(v) for v in value)
            for table, values in self.settings.items()
            for key, value in values.items()
            if isinstance(value, list)
        }
        c = self.settings["cities"]
        return Cues(sets, self.settings["weights"], c["medium"], c["large"], c["listed"])

    def _geonames(self) -> Iterator[tuple[str, str, int]]:
        """Name, country and inhabitants of cities. Not by ``rows``: the table is long, and read at every start."""
        for folder in reversed(self.folders):
            path = folder / "places" / "geonames.csv"
            for line, (name, code, size) in read_cells(path, GEONAMES_COLUMNS) if path.exists() else ():
                yield name, code, _number(size, f"{path}:{line}")

    def _tables(self, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
        for folder in reversed(self.folders):
            yield from rows(folder, name, columns)

    def _bodies(self) -> None:
        for row in self._tables("bodies.csv", BODY_COLUMNS):
            self._add(row["form"], Place(row["name"], PlaceKind.BODY, row["code"], seat=row["seat"]))

    def _countries(self) -> None:
        people: dict[str, int] = {}
        for row in self._tables("country_sizes.csv", SIZE_COLUMNS):
            people.setdefault(row["country"], _number(row["inhabitants"], f"country_sizes.csv: {row['country']}"))
        for country in self.countries:
            names = {f.text for f in country.forms if not f.adjective}
            for form in country.forms:
                if form.adjective and form.text in names:
                    continue
                use = form.kind.removeprefix("former ") if form.adjective else ""
                size = people.get(country.code, 0)
                if not form.adjective and any(f.text == form.text and f.kind == "adjective" for f in country.forms):
                    use = "either"
                self._add(
                    form.text,
                    Place(
                        country.name,
                        PlaceKind.COUNTRY,
                        country.code,
                        size,
                        use=use,
                        former="former" in form.kind,
                        weight=size,
                    ),
                )

    def _sites(self) -> None:
        for row in self._tables("sites.csv", SITE_COLUMNS):
            self._add(row["form"], Place(row["name"], PlaceKind.SITE, row["country"] or None, use=row["metonym"]))

    def _regions(self) -> None:
        for row in self._tables("regions.csv", REGION_COLUMNS):
            use = "" if row["kind"] == "region" else row["kind"]
            self._add(row["form"], Place(row["form"], PlaceKind.REGION, row["country"] or None, use=use))

    def _cities(self, cues: Cues) -> None:
        """Cities of GeoNames, their other spellings, and the small ones of the table."""
        capitals = {(fold(c.capital), c.code) for c in self.countries if c.capital}
        for seat in self.settings["cities"]["seats"]:
            name, _, code = seat.rpartition(" ")
            capitals.add((fold(name), code))
        other: dict[tuple[str, str], list[str]] = {}
        for row in self._tables("city_names.csv", CITY_NAME_COLUMNS):
            other.setdefault((fold(row["standard"]), row["country"]), []).append(row["form"])
        found: list[tuple[bool, int, str, _City]] = []
        seen: set[tuple[str, str]] = set()
        kind, least = PlaceKind.CITY, cues.listed
        codes = {c.code for c in self.countries}
        for name, code, size in self._geonames():
            key = (name.lower() if name.isascii() else fold(name), code)
            if key in seen or code not in codes:
                continue
            seen.add(key)
            own = other.pop(key, ())
            capital = key in capitals or any((fold(f), code) in capitals for f in own)
            found.append((not capital, -size, name, (name, kind, code, size, capital, "", False, name, size)))
            top = max(size, least)
            found += [(not capital, -top, f, (f, kind, code, size, capital, "", False, name, top)) for f in own]
        for (standard, code), forms in other.items():
            capital = (standard, code) in capitals or any((fold(f), code) in capitals for f in forms)
            found += [(not capital, -least, f, (f, kind, code, 0, capital, "", False, standard, least)) for f in forms]
        for row in self._tables("cities_extra.csv", CITY_COLUMNS):
            form, code = row["form"], row["country"]
            found.append((True, -least, form, (form, kind, code, 0, False, "", False, form, least)))
        found.sort(key=lambda f: f[:2])
        for _, _, form, known in found:
            self.forms.setdefault(form, []).append(known)


def _number(text: str, where: str) -> int:
    if not text.isdigit():
        raise KnowledgeError(f"{where}: {text!r} is no number of inhabitants")
    return int(text)


def _first_word(form: str) -> str:
    if form.isascii():
        word = form.lower() if form.isalpha() else next((m.group() for m in WORD.finditer(form.lower())), "")
    else:
        word = next(iter(words_of(form)), "")
    if not word:
        raise KnowledgeError(f"places: a form without words: {form!r}")
    return word


def _entry(form: str, words: tuple[str, ...], places: tuple[Place, ...], blocked: bool = False) -> Entry:
    if len(words) == 1 and len(words[0]) == len(form) and form.isalpha():
        plain = 2 if form.isupper() and len(form) > 1 else 1 if form[0].isupper() else 0
        return Entry(words, form, places, (), (plain,), blocked)
    spans = [m.span() for m in WORD.finditer(form)]
    case = []
    for start, end in spans:
        word = form[start:end]
        acronym = word.isupper() and (len(word) > 1 or len(spans) > 1)
        case.append(2 if acronym else 1 if word[0].isupper() else 0)
    gaps = tuple(form[a[1] : b[0]] for a, b in pairwise(spans))
    if len(spans) != len(words):
        raise KnowledgeError(f"places: {form!r} is not read as the words {words}")
    return Entry(words, form, places, gaps, tuple(case), blocked)


def _joined(group: list[Entry]) -> list[Entry]:
    """Forms of the same words whose writing is the same are one entry with the meanings of all, each meaning once."""
    merged: dict[tuple[object, ...], list[Entry]] = {}
    for entry in group:
        merged.setdefault((entry.case, _gap_kinds(entry), entry.blocked), []).append(entry)
    out = []
    for same in merged.values():
        places: dict[tuple[str | None, PlaceKind, str], Place] = {}
        for entry in same:
            for p in entry.places:
                known = places.get((p.country, p.kind, p.use))
                if known is None or p.weight > known.weight:
                    places[p.country, p.kind, p.use] = p
        ranked = sorted(places.values(), key=lambda p: (p.kind is PlaceKind.CITY, not p.capital, -p.weight))
        first = same[0]
        out.append(Entry(first.words, first.text, tuple(ranked), first.gaps, first.case, first.blocked))
    return out


def _gap_kinds(entry: Entry) -> tuple[tuple[bool, bool, bool], ...]:
    return tuple(("." in g, "," in g, any(c in _APOSTROPHES for c in g)) for g in entry.gaps)
