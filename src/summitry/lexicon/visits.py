"""The words that tell of visits: triggers and word classes, read from ``data/visits``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from summitry.lexicon.files import DATA, read_toml
from summitry.lexicon.scales import Choice, Scale
from summitry.model.errors import KnowledgeError

ACTS = frozenset(
    {"visit", "go", "arrive", "leave", "stay", "attend", "receive", "invite", "meet", "return", "transit"}
    | {"speak", "take", "include", "expect", "choose"}
)


WORDS = ("words.toml", "matters.toml", "voices.toml", "company.toml")
"""The files of word classes of a folder."""

GATES = {
    "asides": (
        ("invitation", "nouns"),
        ("escort", "guests"),
        ("edge", "off"),
        ("edge", "way"),
        ("edge", "back"),
        ("edge", "bound"),
        ("edge", "courtesies"),
        ("performed", "own"),
        ("edge", "visiting"),
        ("edge", "sidelines"),
    ),
    "calls": (("calls", "call"), ("calls", "video"), ("calls", "call_verbs")),
    "contacts": (
        ("contacts", "phone"),
        ("contacts", "on"),
        ("contacts", "with"),
        ("contacts", "feasts"),
        ("calls", "video"),
    ),
    "company": (("company", "passive"), ("company", "bring"), ("company", "listing"), ("company", "delegations")),
    "eventive": (("events", "nouns"), ("govern", "nouns"), ("meeting", "nouns")),
    "gathered": (("events", "nouns"), ("meeting", "nouns")),
    "margins": (("edge", "sidelines"), ("edge", "margins")),
    "matters": (
        ("topics", "nouns"),
        ("topics", "verbs"),
        ("topics", "attention"),
        ("listed", "nouns"),
        ("listed", "leading"),
        ("listed", "middle"),
        ("listed", "showing"),
        ("purpose", "verbs"),
        ("raise", "verbs"),
        ("raise", "phrasal"),
        ("urge", "verbs"),
    ),
    "on_paper": (("sign", "nouns"), ("meeting", "nouns"), ("performed", "nouns")),
    "papers": (("paper", "nouns"), ("paper", "loose")),
    "saying": (("voices", "announce"), ("voices", "report"), ("voices", "say")),
    "turns": (
        ("begin", "verbs"),
        ("begin", "phrasal"),
        ("end", "verbs"),
        ("end", "phrasal"),
        ("put_off", "postponed"),
        ("put_off", "cancelled"),
        ("edge", "followed"),
        ("edge", "holding"),
        ("become", "linking"),
        ("announce", "own"),
        ("invitation", "accepted"),
        ("invitation", "declined"),
    ),
    "venues": (("events", "multilateral"), ("events", "names")),
    "voices": (
        ("voices", "announce"),
        ("voices", "report"),
        ("voices", "say"),
        ("voices", "according"),
        ("voices", "statement"),
    ),
}
"""The classes of words that one reader looks out for; together they are "gates" and its name.

Most sentences have none of them, so a reader looks for all at once and reads on only where it finds one: a class that a
reader comes to look out for belongs here too.
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A family of words that tells of a visit. See ``data/visits/triggers.toml`` for the fields."""

    id: str
    lemmas: frozenset[str]
    pos: str
    act: str
    host: tuple[str, ...]
    past: str


@dataclass(frozen=True)
class VisitWords:
    """All triggers and word classes. ``classes["control"]["planned"]`` is a frozen set of lemmas.

    Specimen: ``VisitWords.load().verbs["arrive"].id == "arrive-verb"``. Raises KnowledgeError with file and entry.
    """

    triggers: tuple[Trigger, ...]
    classes: dict[str, dict[str, frozenset[str]]]
    scales: dict[str, Scale] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)

    @classmethod
    def load(cls, *folders: Path) -> VisitWords:
        """Read the ``visits`` subfolder of each folder (default: the shipped one); later ones win by id."""
        triggers: dict[str, Trigger] = {}
        classes: dict[str, dict[str, frozenset[str]]] = {}
        scales: dict[str, Scale] = {}
        choices: dict[str, Choice] = {}
        for folder in folders or (DATA,):
            home = folder / "visits"
            if (home / "triggers.toml").exists():
                for record in read_toml(home / "triggers.toml").get("trigger", []):
                    trigger = _trigger(record, home / "triggers.toml")
                    triggers[trigger.id] = trigger
            for path in (home / name for name in WORDS):
                for name, table in read_toml(path).items() if path.exists() else ():
                    lists = {key: frozenset(words) for key, words in table.items() if isinstance(words, list)}
                    classes.setdefault(name, {}).update(lists)
            scales |= {path.stem: Scale.load(path) for path in sorted((home / "scales").glob("*.toml"))}
            choices |= {path.stem: Choice.load(path) for path in sorted((home / "choices").glob("*.toml"))}
        classes["gates"] = {
            gate: frozenset(
                told
                for name, part in row
                for word in classes.get(name, {}).get(part, ())
                for told in (word, word.split()[0])  # a phrase is looked for at its first word
            )
            for gate, row in GATES.items()
        }
        return cls(tuple(triggers.values()), classes, scales, choices)

    def of(self, name: str, part: str) -> frozenset[str]:
        """The words of one class; KeyError if there is no such class, which only a mistake in the code can cause."""
        return self.classes[name][part]

    def role(self, name: str, word: str) -> str | None:
        """Which part of a class a word belongs to: ``role("control", "plan") == "planned"``; None if to none."""
        return self._roles[name].get(word)

    @cached_property
    def _roles(self) -> dict[str, dict[str, str]]:
        """Of each class, each word with the first part that holds it."""
        return {
            name: {word: part for part, words in reversed(parts.items()) for word in words}
            for name, parts in self.classes.items()
        }

    @cached_property
    def verbs(self) -> dict[str, tuple[Trigger, ...]]:
        """Verb lemma to its triggers, in the order of the file."""
        return self._table("verb")

    @cached_property
    def nouns(self) -> dict[str, tuple[Trigger, ...]]:
        """Noun lemma to its triggers."""
        return self._table("noun")

    @cached_property
    def stops(self) -> frozenset[str]:
        """The words at which a reader of sentences stops: noun lemmas of triggers, and those of the gate "asides"."""
        return self.of("gates", "asides").union(self.nouns)

    @cached_property
    def turns(self) -> frozenset[str]:
        """The lemmas of verbs that more than their trigger is read of: the gate "turns", of phrases the first word."""
        return frozenset(word.split()[0] for word in self.of("gates", "turns"))

    @cached_property
    def eventive(self) -> frozenset[str]:
        """The lemmas of nouns that a time may date: of triggers, of events, of meetings."""
        return self.of("gates", "eventive").union(self.nouns)

    def _table(self, pos: str) -> dict[str, tuple[Trigger, ...]]:
        table: dict[str, tuple[Trigger, ...]] = {}
        for trigger in self.triggers:
            if trigger.pos == pos:
                for lemma in sorted(trigger.lemmas):
                    table[lemma] = (*table.get(lemma, ()), trigger)
        return table


def _trigger(record: dict[str, Any], path: Path) -> Trigger:
    try:
        trigger = Trigger(
            record["id"],
            frozenset(record["lemmas"]),
            record["pos"],
            record["act"],
            tuple(record["host"]),
            record["past"],
        )
    except KeyError as error:
        raise KnowledgeError(f"{path}: trigger {record.get('id', '?')} lacks {error}") from error
    if trigger.act not in ACTS or trigger.pos not in {"verb", "noun"}:
        raise KnowledgeError(f"{path}: trigger {trigger.id} has act {trigger.act!r} and pos {trigger.pos!r}")
    return trigger
