"""Titles and offices: which words name an office, what rank it gives, and the words by which names are read.

Everything is read from ``data/people``: ``offices.toml``, ``titles.toml``, ``bodies.toml``, ``leaders.toml``, ``words.toml``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from summitry.lexicon.files import DATA, read_toml
from summitry.lexicon.phrases import PhraseIndex
from summitry.model.entities import Rank
from summitry.model.errors import KnowledgeError

TOPIC = "people"
TRAITS = (
    "topics",
    "posted",
    "of_state",
    "ministerial",
    "royal",
    "leads",
    "vague",
    "several",
    "of_another",
    "of_bodies",
    "of_house",
)

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe",
    "ð": "d", "þ": "th", "ə": "a", "Ə": "a", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "–": "-", "‑": "-", "—": "-",
})  # fmt: skip


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents, straight quotes and hyphens: "Erdoğan" is "erdogan", "Müller’s" is "muller's"."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@dataclass(frozen=True, slots=True)
class Office:
    """An office: code, name in words, rank, whether it has one holder at a time, codes under which holders are listed.

    ``traits`` are those of ``offices.toml``: "topics", "posted", "of_state", "ministerial", "royal", "leads", "vague", "several".
    """

    code: str
    name: str
    rank: Rank
    single: bool
    holders: tuple[str, ...]
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Title:
    """An entry of ``titles.toml``. Specimen: id "pope", office "pope", rank visitor, phrases ("pope", "pontiff", ...)."""

    id: str
    office: str
    rank: Rank
    phrases: tuple[str, ...]
    plural: tuple[str, ...]
    country: str | None
    only: frozenset[str]
    alone: bool
    gender: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    def fits(self, country: str | None) -> bool:
        """Whether the entry can hold for a country (None: not known)."""
        return not self.only or country in self.only or (country is None and self.country is not None)


@dataclass(frozen=True, slots=True)
class Body:
    """An international body: ``key`` in the table of tenures, ``code`` of the coding rules, names, title of its head."""

    key: str
    code: str
    phrases: tuple[str, ...]
    head: str = ""
    rank: Rank = Rank.VISITOR


@dataclass(frozen=True, slots=True)
class TitleUse:
    """What a phrase can mean: an entry, in the singular or the plural."""

    title: Title
    plural: bool


class Offices:
    """The knowledge of titles, compiled. Specimen: ``Offices.load().titles.at(["foreign", "minister"], 0)``."""

    def __init__(
        self,
        offices: dict[str, Office],
        titles: Sequence[Title],
        bodies: Sequence[Body],
        led_by_government: frozenset[str],
        led_by_none: frozenset[str],
        words: dict[str, dict[str, frozenset[str]]],
    ) -> None:
        self.offices = offices
        self.entries = tuple(titles)
        self.bodies = {b.key: b for b in bodies}
        self.led_by_government = led_by_government
        self.led_by_none = led_by_none
        self.words = words
        self.titles: PhraseIndex[TitleUse] = PhraseIndex(
            (words, TitleUse(t, plural))
            for t in titles
            for plural, phrases in ((False, t.phrases), (True, t.plural))
            for p in phrases
            for words in written(p)
        )
        self.body_index: PhraseIndex[Body] = PhraseIndex((split_phrase(p), b) for b in bodies for p in b.phrases)

    @classmethod
    def load(cls, *folders: Path) -> Offices:
        """Read the tables; entries of later folders replace those of the same id. Raises KnowledgeError with the file."""
        offices: dict[str, Office] = {}
        titles: dict[str, Title] = {}
        bodies: dict[str, Body] = {}
        led: dict[str, frozenset[str]] = {"government": frozenset(), "none": frozenset()}
        words: dict[str, dict[str, frozenset[str]]] = {}
        for folder in folders or (DATA,):
            base = folder / TOPIC
            for code, row in _read(base / "offices.toml").items():
                offices[code] = _office(code, row, base / "offices.toml")
            for row in _read(base / "titles.toml").get("title", []):
                entry = _title(row, base / "titles.toml")
                titles[entry.id] = entry
            for row in _read(base / "bodies.toml").get("body", []):
                bodies[row["key"]] = Body(
                    row["key"],
                    row["code"],
                    tuple(row["phrases"]),
                    row.get("head", ""),
                    Rank(row.get("rank", "visitor")),
                )
            for kind, row in _read(base / "leaders.toml").items():
                led[kind] = frozenset(row["countries"])
            for kind, row in _read(base / "words.toml").items():
                have = words.setdefault(kind, {})
                for name, listed in row.items():
                    have[name] = have.get(name, frozenset()) | frozenset(fold(w) for w in listed)
        for entry in titles.values():
            if entry.office not in offices:
                raise KnowledgeError(f"titles.toml: {entry.id}: no such office: {entry.office}")
        return cls(offices, tuple(titles.values()), tuple(bodies.values()), led["government"], led["none"], words)

    def rank(self, office: str | None) -> Rank:
        """What the coding rules make of a holder of an office; UNKNOWN for an unknown one."""
        found = self.offices.get(office or "")
        return found.rank if found else Rank.UNKNOWN

    def has(self, office: str | None, trait: str) -> bool:
        """Whether an office has a trait; False for an unknown one."""
        found = self.offices.get(office or "")
        return found is not None and trait in found.traits

    def holders(self, office: str) -> tuple[str, ...]:
        """The codes of the table of tenures under which holders of an office are looked up."""
        found = self.offices.get(office)
        return found.holders if found else ()

    def leading(self, country: str) -> tuple[str, ...]:
        """The offices that "the leader" of a country can mean, the likelier first; none where nobody leads."""
        if country in self.led_by_none:
            return ()
        pair = ("head_of_state", "head_of_government")
        return pair[::-1] if country in self.led_by_government else pair


def split_phrase(phrase: str) -> tuple[str, ...]:
    """A phrase as words, as a text is split for matching: hyphens stand alone ("vice-president" has three words)."""
    return tuple(w for w in fold(phrase).replace("-", " - ").replace("'s", " 's").split(" ") if w)


def written(phrase: str) -> set[tuple[str, ...]]:
    """A phrase in the ways in which a text may be split: "co-chair" as one word and as three."""
    return {split_phrase(phrase), tuple(fold(phrase).replace("'s", " 's").split())}


def _read(path: Path) -> dict[str, Any]:
    return read_toml(path) if path.exists() else {}


def _office(code: str, row: dict[str, Any], path: Path) -> Office:
    try:
        traits = frozenset(t for t in TRAITS if row.get(t, False))
        holders = tuple(row.get("holders", ()))
        return Office(code, row["name"], Rank(row["rank"]), row.get("single", False), holders, traits)
    except (KeyError, ValueError) as error:
        raise KnowledgeError(f"{path}: {code}: {error}") from error


def _title(row: dict[str, Any], path: Path) -> Title:
    try:
        return Title(
            id=row["id"],
            office=row["office"],
            rank=Rank(row["rank"]),
            phrases=tuple(row["phrases"]),
            plural=tuple(row.get("plural", ())),
            country=row.get("country"),
            only=frozenset(row.get("only", ())),
            alone=row.get("alone", False),
            gender=row.get("gender", ""),
            examples=tuple(row.get("examples", ())),
            counter=tuple(row.get("counter", ())),
        )
    except (KeyError, ValueError) as error:
        raise KnowledgeError(f"{path}: title {row.get('id')}: {error}") from error
