"""Who held which office when: the table of tenures, looked up by office and day or by name.

The table is ``data/people/tenures.csv``; names that two people bear are declared in ``homonyms.toml``. Dates are as precise
as they are known; a day that falls inside the bounds of an imprecise start or end may or may not be in the tenure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from summitry.lexicon.files import DATA, read_table, read_toml
from summitry.lexicon.offices import TOPIC, Offices, fold, split_phrase
from summitry.lexicon.phrases import PhraseIndex
from summitry.model.dates import DateRange, Unit
from summitry.model.entities import Rank, Sure, Tenure
from summitry.model.errors import KnowledgeError

COLUMNS = (
    "person", "family_name", "variants", "office", "title", "country", "start", "end", "certainty", "source",
)  # fmt: skip

_NAME = re.compile(r"(?:[^\W_]|')+")
_SURE = (Sure.CHECKED, Sure.HIGH)


class Holder:
    """A person of the table: the name as the coding rules write it, its forms as folded words, and the tenures by start."""

    __slots__ = ("family", "female", "forms", "name", "tenures", "words")

    def __init__(self, name: str, female: bool) -> None:
        self.name = name
        self.female = female
        self.words = name_words(name)
        self.family: set[tuple[str, ...]] = set()
        self.forms: set[tuple[str, ...]] = {self.words}
        self.tenures: list[Tenure] = []

    def __repr__(self) -> str:
        return f"Holder({self.name!r})"

    @property
    def countries(self) -> frozenset[str]:
        """Countries and bodies of all tenures."""
        return frozenset(t.country for t in self.tenures)

    def on(self, day: dt.date | DateRange | None) -> list[Tenure]:
        """The tenures that hold, or may hold, on a day or in a range; all of them if no day is known."""
        return [t for t in self.tenures if day is None or may_hold(t, day)]


class People:
    """The tables of people and offices. Specimen: ``People.load().holders("foreign_minister", "CHN", dt.date(1997, 4, 4))``."""

    def __init__(
        self, offices: Offices, holders: Sequence[Holder], besides: Sequence[str], states: dict[str, Any]
    ) -> None:
        self.offices = offices
        self.successors: dict[str, str] = states.get("successors", {})
        self.first_realm: str = states.get("first_realm", "")
        self.known_to: dt.date | None = states.get("known_to")
        self._vanished: PhraseIndex[str] = PhraseIndex(
            (split_phrase(form), code) for code, forms in states.get("forms", {}).items() for form in forms
        )
        family_first = frozenset(states.get("family_first", ()))
        self._besides = tuple(besides)
        self.people = tuple(holders)
        self._office: dict[tuple[str, str], list[tuple[Tenure, Holder]]] = {}
        self._form: dict[tuple[str, ...], list[Holder]] = {}
        self._family: dict[tuple[str, ...], list[Holder]] = {}
        self._word: dict[str, list[Holder]] = {}
        self._meant: dict[str, str] = {}
        self.given: set[str] = set()
        styles = {p for t in offices.entries for p in t.phrases} | set().union(*offices.words["honorifics"].values())
        styles |= {word for phrase in styles for word in phrase.split()[:1]}
        self.families_first: set[str] = set()
        for holder in self.people:
            for tenure in holder.tenures:
                self._office.setdefault((tenure.office, tenure.country), []).append((tenure, holder))
            for form in sorted(holder.forms):
                self._form.setdefault(form, []).append(holder)
            leads = any(offices.rank(t.office) is Rank.VISITOR for t in holder.tenures)
            for family in sorted(holder.family) if leads else ():
                self._family.setdefault(family, []).append(holder)
            for word in sorted({w for form in holder.forms for w in form if len(w) > 1}):
                self._word.setdefault(word, []).append(holder)
            if holder.words[0] in styles:
                continue
            if holder.countries & family_first and any(f[0] == holder.words[0] for f in holder.family if f):
                self.families_first.add(holder.words[0])
            elif len(holder.words) > 1 and len(holder.words[0]) > 2:
                self.given.add(holder.words[0])
        given = offices.words.get("given", {})
        self.men, self.women = given.get("m", frozenset()), given.get("f", frozenset())
        self.given |= self.men | self.women
        self.families_first |= given.get("first", frozenset())
        for rows in self._office.values():
            rows.sort(key=lambda row: _first(row[0]))

    @classmethod
    def load(cls, *folders: Path) -> People:
        """Read the tables of these folders (default: the shipped one); rows of later folders are added.

        A later row with the same person, office, country and start replaces the earlier one. The shipped tables are read once
        in a process. Raises KnowledgeError.
        """
        return cls._read(*folders) if folders else _shipped()

    @classmethod
    def _read(cls, *folders: Path) -> People:
        rows: dict[tuple[str, str, str, str], Tenure] = {}
        homonyms: dict[str, list[list[str]]] = {}
        women: set[str] = set()
        besides: list[str] = []
        states: dict[str, Any] = {}
        units: dict[str, Unit] = {}
        for folder in folders:
            base = folder / TOPIC
            if (base / "homonyms.toml").exists():
                for entry in read_toml(base / "homonyms.toml").get("homonym", []):
                    homonyms[entry["name"]] = entry["people"]
            if (base / "exceptions.toml").exists():
                besides.extend(read_toml(base / "exceptions.toml").get("titles", {}).get("beside", []))
            if (base / "states.toml").exists():
                states.update(read_toml(base / "states.toml"))
            if (base / "women.toml").exists():
                women.update(read_toml(base / "women.toml")["names"])
            if (base / "tenures.csv").exists():
                path = base / "tenures.csv"
                for number, row in enumerate(read_table(path, COLUMNS), 2):
                    key = (row["person"], row["office"], row["country"], row["start"])
                    rows[key] = _tenure(row, units, f"{path}:{number}")
        holders: dict[tuple[str, int], Holder] = {}
        for tenure in rows.values():
            groups = homonyms.get(tenure.person, ())
            which = next((n for n, group in enumerate(groups) if tenure.country in group), 0)
            holder = holders.get((tenure.person, which))
            if holder is None:
                holder = holders[tenure.person, which] = Holder(tenure.person, tenure.person in women)
            holder.tenures.append(tenure)
            if tenure.family_name:
                holder.family.add(name_words(tenure.family_name))
            holder.forms.update(name_words(v) for v in tenure.variants)
        for holder in holders.values():
            holder.tenures.sort(key=_first)
            holder.forms.discard(())
        return cls(Offices.load(*folders), tuple(holders.values()), besides, states)

    def holders(
        self, office: str, country: str, on: dt.date | DateRange | None = None, sure: bool = False
    ) -> list[Tenure]:
        """The tenures of an office that hold, or may hold, on a day (all of them without one), by start.

        ``sure`` leaves out rows that are not sure on that day (``surely``). Several mean that the table cannot tell (or that the
        office has several holders).
        """
        return [
            t
            for t, _ in self._office.get((office, country), ())
            if (on is None or may_hold(t, on)) and (not sure or self.surely(t, on))
        ]

    def surely(self, tenure: Tenure, on: dt.date | DateRange | None) -> bool:
        """Whether a row may name somebody on its own on a day: it is checked or high, or doubtful for its open end alone.

        Who is in office as far as the table knows stands there as ``medium``, because the end cannot be known. Up to the day to
        which the table was kept (``known_to``) such a row is as sure as its start, if that is given to the day.
        """
        if tenure.sure in _SURE:
            return True
        open_end = tenure.sure is Sure.MEDIUM and tenure.end is None and self.known_to is not None and on is not None
        if not open_end or tenure.start is None or tenure.start.first != tenure.start.last:
            return False
        return self.known_to is not None and on is not None and _bounds(on)[1] <= self.known_to

    def office_holders(self, office: str, country: str, on: dt.date | DateRange | None) -> list[tuple[Tenure, Holder]]:
        """As ``holders``, with the person of each tenure."""
        return [row for row in self._office.get((office, country), ()) if on is None or may_hold(row[0], on)]

    def who(
        self, office: str, country: str, on: dt.date | DateRange | None, words: Sequence[str] = ()
    ) -> Holder | None:
        """The one person who surely held an office on a day; None if the table does not know, or knows several.

        Without a day: the person if there was only ever one. On the day of a change of hands, and for imprecise bounds, the
        holder whose tenure surely covers the day goes before one whose tenure may. Of several offices of a body or of a state
        (two speakers) ``words``, folded, as the text has them, tell which is meant; else it is the head of the body.
        """
        gone = self.vanished(words)
        if gone is not None and self.successors.get(gone[0]) == country:
            country = gone[0]
        rows = self.office_holders(office, country, on)
        if not rows:
            return None
        if on is not None:
            certain = [row for row in rows if surely_holds(row[0], on)]
            rows = certain or rows
            if len({id(h) for _, h in rows}) > 1:
                rows = [row for row in rows if not self._beside(row[0])] or rows
        if words and (office == "head_of_body" or len({id(h) for _, h in rows}) > 1):
            rows = self.titled(rows, country, words)
        people = {id(h): h for _, h in rows}
        if len(people) != 1 or not any(self.surely(t, on) for t, _ in rows):
            return None
        return next(iter(people.values()))

    def vanished(self, words: Sequence[str]) -> tuple[str, int, int] | None:
        """The first vanished state that folded words name: its code, and where its name stands in them.

        Specimen: ``vanished(["the", "soviet", "president"])`` is ``("SUN", 1, 2)``. The places of a text have the successor.
        """
        return next(((codes[0], first, last) for first, last, codes in self._vanished.find(words)), None)

    def titled(self, rows: list[tuple[Tenure, Holder]], body: str, words: Sequence[str]) -> list[tuple[Tenure, Holder]]:
        """Of the offices of a body those whose title shares most with some words, else that of its head."""
        asked = {w for w in words if len(w) > 1} - self.offices.words["small"]["inside"]
        shared = [len(asked & set(split_phrase(t.title))) for t, _ in rows]
        best = [row for row, n in zip(rows, shared, strict=True) if n == max(shared)]
        if len({t.title for t, _ in best}) > 1:
            head = self.offices.bodies[body].head if body in self.offices.bodies else ""
            return [row for row in best if row[0].title == head] or best
        return best

    def _beside(self, tenure: Tenure) -> bool:
        """Whether a title is that of a rival, acting or shadow holder, as ``exceptions.toml`` lists them."""
        title = tenure.title.lower()
        return any(word in title for word in self._besides)

    def means(self, tenure: Tenure) -> str:
        """The office that the words of a tenure's title name: an executive president is a "head_of_state" in both rows."""
        found = self._meant.get(tenure.title)
        if found is None:
            words = split_phrase(tenure.title)
            hits = [(i, hit) for i in range(len(words)) if (hit := self.offices.titles.at(words, i))]
            best = max(hits, key=lambda h: (h[1][0] - h[0], -h[0]), default=None)
            found = tenure.office
            if best and all(u.title.office != found for u in best[1][1]):
                uses = best[1][1]
                found = next((u.title.office for u in uses if not u.title.only), uses[0].title.office)
            self._meant[tenure.title] = found
        return found

    def by_name(self, words: Sequence[str] | str) -> list[Tenure]:
        """The tenures of everyone who bears a name: in full, by a variant, or by the family name alone."""
        return [t for h in self.find(words) for t in h.tenures]

    def held(self, name: str, on: dt.date | DateRange) -> list[Tenure]:
        """What everyone of a name held, or may have held, on a day."""
        return [t for t in self.by_name(name) if may_hold(t, on)]

    def find(self, words: Sequence[str] | str) -> list[Holder]:
        """Everyone who bears a name: those who bear it in full, or as a variant, go before those by the family name."""
        key = name_words(words if isinstance(words, str) else " ".join(words))
        full = self._form.get(key, [])
        return [*full, *(h for h in self._family.get(key, ()) if h not in full)]

    def full(self, words: tuple[str, ...]) -> list[Holder]:
        """Those of whom the folded words are a full form or a variant."""
        return self._form.get(words, [])

    def family(self, words: tuple[str, ...]) -> list[Holder]:
        """Those of whom the folded words are the family name or the short form."""
        return self._family.get(words, [])

    def with_word(self, word: str) -> list[Holder]:
        """Those in whose name a folded word stands."""
        return self._word.get(word, [])

    def rank_on(self, name: str, day: dt.date | DateRange | None) -> Rank:
        """What the coding rules make of a person on a day, by the table: VISITOR in an office that visits, OTHER out of it.

        UNKNOWN if the table does not know the name, if it is borne by people of different ranks, or if no day is given and
        the person was at times in office and at times not.
        """
        ranks = {self._rank(holder, day) for holder in self.find(name)}
        return ranks.pop() if len(ranks) == 1 else Rank.UNKNOWN

    def _rank(self, holder: Holder, day: dt.date | DateRange | None) -> Rank:
        if day is None:
            return Rank.UNKNOWN
        ranks = {self.offices.rank(t.office) for t in holder.on(day)}
        return Rank.VISITOR if Rank.VISITOR in ranks else Rank.OTHER


@cache
def _shipped() -> People:
    """The shipped tables. What reads them changes nothing in them."""
    return People._read(DATA)


def name_words(name: str) -> tuple[str, ...]:
    """A name as folded words without punctuation: "Nuri al-Maliki" is ("nuri", "al", "maliki")."""
    folded = fold(name)
    words = _NAME.findall(folded)
    return tuple(w for w in (part.strip("'") for part in words) if w) if "'" in folded else tuple(words)


def may_hold(tenure: Tenure, day: dt.date | DateRange) -> bool:
    """Whether a tenure holds, or may hold within its precision, on a day or on some day of a range."""
    first, last = _bounds(day)
    return (tenure.start is None or tenure.start.first <= last) and (tenure.end is None or tenure.end.last >= first)


def surely_holds(tenure: Tenure, day: dt.date | DateRange) -> bool:
    """Whether a tenure holds on the whole of a day or range, whatever its imprecise bounds; the last day is left out."""
    first, last = _bounds(day)
    return (tenure.start is None or tenure.start.last <= first) and (tenure.end is None or tenure.end.first > last)


def tenures_overlap(one: Tenure, other: Tenure) -> bool:
    """Whether two tenures surely share a day; that one ends when the other begins is no overlap."""
    starts = [t.start.last if t.start else dt.date.min for t in (one, other)]
    ends = [t.end.first if t.end else dt.date.max for t in (one, other)]
    return starts[0] < ends[1] and starts[1] < ends[0]


def _bounds(day: dt.date | DateRange) -> tuple[dt.date, dt.date]:
    if isinstance(day, dt.date):
        return day, day
    return day.earliest or dt.date.min, day.latest or dt.date.max


def _first(tenure: Tenure) -> tuple[dt.date, str]:
    return (tenure.start.first if tenure.start else dt.date.min, tenure.person)


def _tenure(row: dict[str, str], units: dict[str, Unit], where: str) -> Tenure:
    try:
        ends = [_unit(row[column], units) for column in ("start", "end")]
        return Tenure(
            person=row["person"],
            office=row["office"],
            country=row["country"],
            start=ends[0],
            end=ends[1],
            sure=Sure(row["certainty"]),
            title=row["title"],
            family_name=row["family_name"],
            variants=tuple(v.strip() for v in row["variants"].split("|") if v.strip()) if row["variants"] else (),
        )
    except ValueError as error:
        raise KnowledgeError(f"{where}: {error}") from error


def _unit(text: str, units: dict[str, Unit]) -> Unit | None:
    if not text:
        return None
    unit = units.get(text)
    if unit is None:
        unit = units[text] = Unit.parse(text)
    return unit
