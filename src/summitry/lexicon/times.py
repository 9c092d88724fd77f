"""The grammar of time expressions: words, rules and holidays of ``data/times``, compiled to a trie of word classes.

A rule's pattern is words, ``{class}`` or ``{slot:class}``, ``a|b`` for either word, ``[ ... | ... ]`` for what may be absent,
``~x`` for x without space before it and ``<date>``, ``<day>`` or ``<unit>`` (last) for another expression. All patterns share
one trie, so a text is matched in one pass whatever the number of rules.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from summitry.lexicon.files import DATA, read_table, read_toml
from summitry.model.errors import KnowledgeError

PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
"""What the matcher reads: a run of letters, a run of digits, or one sign."""

_NUMERIC = frozenset(
    {"number", "day", "nth", "year", "yyyy", "yy", "dd", "mm", "hh", "hour", "minute", "hhmm", "ordinal"}
)
_ELEMENT = re.compile(r"\[|\]|(?<=\s)\|(?=\s)|[^\s\[\]]+")
_FLAGS = ("part", "sure", "alone", "ends", "lower", "nominal", "whole", "length", "uncounted", "small")
_LISTS = ("after", "not_after", "before", "not_before", "not_near", "not_beyond", "sure_after")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word, or several words, can be: the pieces after the first one, the class, the meaning.

    ``plain`` entries fit wherever their word stands: no capital, no further words, no tags that forbid them.
    """

    rest: tuple[str, ...]
    label: str
    value: Any
    capital: bool = False
    doubtful: frozenset[str] = frozenset()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the grammar; see the head of ``rules.toml`` for its fields."""

    id: str
    make: str
    order: int
    fixed: dict[str, Any]
    lists: dict[str, frozenset[str]]
    unless: dict[str, frozenset[str]]
    parts: tuple[tuple[str, ...], ...]
    flags: frozenset[str]
    examples: tuple[tuple[str, ...], ...]
    counter: tuple[str, ...]


@dataclass(slots=True)
class Node:
    """A state of the trie. ``ends`` are the rules that are complete here, with the slot of each step."""

    free: dict[str, Node] = field(default_factory=dict)
    glued: dict[str, Node] = field(default_factory=dict)
    nested: dict[str, Node] = field(default_factory=dict)
    ends: list[tuple[Rule, tuple[str, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day: fixed, the n-th weekday of a month, so many days from Easter, or a table of first days."""

    id: str
    fixed: tuple[int, int] | None = None
    nth: tuple[int, int, int] | None = None
    easter: int | None = None
    orthodox: int | None = None
    table: dict[int, tuple[tuple[dt.date, bool], ...]] = field(default_factory=dict)
    length: int = 1

    def starts(self, year: int) -> list[tuple[dt.date, bool]]:
        """Its first days in a year of the Gregorian calendar (none, one or two), and whether they are about right."""
        if self.fixed:
            return [(dt.date(year, *self.fixed), False)]
        if self.nth:
            return [(nth_weekday(year, *self.nth), False)]
        if self.easter is not None:
            return [(easter(year) + dt.timedelta(self.easter), False)]
        if self.orthodox is not None:
            return [(orthodox_easter(year) + dt.timedelta(self.orthodox), False)]
        return list(self.table.get(year, ()))


def nth_weekday(year: int, month: int, n: int, weekday: int) -> dt.date:
    """The n-th weekday (1 Monday ... 7 Sunday) of a month; n = -1 is the last. Specimen: (2023, 11, 4, 4) is 23 November."""
    if n > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta((weekday - first.isoweekday()) % 7 + 7 * (n - 1))
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
    return last - dt.timedelta((last.isoweekday() - weekday) % 7)


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the Julian calendar as a Gregorian date (1900 to 2099)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(13)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a known day, by the phrases that name it; ``days`` are those on which it is kept.

    A day that is kept in some places only has the words that tell so: ``(5, 9, {"Moscow", ...})``.
    """

    id: str
    phrases: tuple[str, ...]
    date: dt.date
    days: tuple[tuple[int, int, frozenset[str]], ...]
    foreseen: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar. Specimen: ``Grammar.load()`` reads the shipped one; folders that follow add to it."""

    words: dict[str, tuple[Entry, ...]]
    root: Node
    starters: frozenset[str]
    rules: tuple[Rule, ...]
    not_tags: dict[str, frozenset[str]]
    holidays: dict[str, Holiday]
    tense: dict[str, Any]
    events: tuple[Event, ...] = ()
    publishing: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, *folders: Path) -> Grammar:
        """Read ``times/*.toml`` of the folders (default: the shipped knowledge); a later rule of the same id replaces.

        Raises KnowledgeError with the file and the rule.
        """
        builder = _Builder()
        for folder in folders or (DATA,):
            builder.read(folder / "times")
        return builder.build()


class _Builder:
    """Collects the tables of several folders and compiles them."""

    def __init__(self) -> None:
        self.classes: dict[str, dict[str, Any]] = {}
        self.rules: dict[str, dict[str, Any]] = {}
        self.holidays: dict[str, dict[str, Any]] = {}
        self.movable: dict[str, list[tuple[dt.date, bool]]] = {}
        self.tense: dict[str, Any] = {}
        self.events: dict[str, Event] = {}
        self.publishing: dict[str, Any] = {}
        self.words: dict[str, list[Entry]] = {}
        self.root = Node()
        self.source = ""

    def read(self, folder: Path) -> None:
        """Read one folder; what it lacks is left as it was."""
        words, rules = folder / "words.toml", sorted(folder.glob("rules*.toml"))
        if words.exists():
            for name, table in read_toml(words).items():
                old = self.classes.setdefault(name, {"words": {}})
                old["words"].update(table.pop("words", {}))
                old.update(table)
        for path in rules:
            for rule in read_toml(path).get("rule", []):
                if "id" not in rule or "pattern" not in rule or "make" not in rule:
                    raise KnowledgeError(f"{path}: a rule needs id, pattern and make: {rule}")
                self.rules[rule["id"]] = rule | {"source": str(path)}
        if (folder / "holidays.toml").exists():
            for record in read_toml(folder / "holidays.toml").get("holiday", []):
                if "id" not in record or "names" not in record:
                    raise KnowledgeError(f"{folder / 'holidays.toml'}: a holiday needs id and names: {record}")
                self.holidays[record["id"]] = record
        if (folder / "movable.csv").exists():
            for row in read_table(folder / "movable.csv", ("holiday", "first", "about", "source")):
                try:
                    day = dt.date.fromisoformat(row["first"])
                except ValueError as error:
                    raise KnowledgeError(f"{folder / 'movable.csv'}: {row['holiday']}: {error}") from error
                self.movable.setdefault(row["holiday"], []).append((day, row["about"] == "~"))
        if (folder / "tense.toml").exists():
            self.tense.update(read_toml(folder / "tense.toml"))
        if (folder / "published.toml").exists():
            self.publishing.update(read_toml(folder / "published.toml"))
        if (folder / "events.csv").exists():
            columns = ("id", "phrases", "date", "days", "foreseen", "source")
            self.events.update({row["id"]: _event(row) for row in read_table(folder / "events.csv", columns)})

    def build(self) -> Grammar:
        """Compile. Raises KnowledgeError."""
        for name, table in self.classes.items():
            doubtful = {word: frozenset(before) for word, before in table.get("doubtful", {}).items()}
            for word, value in table["words"].items():
                self.word(name, word, value, capital=bool(table.get("capital")), doubtful=doubtful.get(word))
        self.numbers()
        holidays = self.named_days()
        rules = []
        for order, record in enumerate(self.rules.values()):
            rule = _rule(record, order)
            rules.append(rule)
            for sequence in _expand(record["pattern"], rule.id):
                self.insert(rule, sequence)
        not_tags = {n: frozenset(t["not_tags"]) for n, t in self.classes.items() if t.get("not_tags")}
        starts = set(self.root.free) | set(self.root.glued)
        starters = frozenset(w for w, entries in self.words.items() if any(e.label in starts for e in entries))
        return Grammar(
            words={
                word: tuple(
                    replace(e, plain=not (e.capital or e.rest or e.label in not_tags))
                    for e in sorted(entries, key=lambda x: -len(x.rest))
                )
                for word, entries in self.words.items()
            },
            root=self.root,
            starters=starters,
            rules=tuple(rules),
            not_tags=not_tags,
            holidays=holidays,
            events=tuple(self.events.values()),
            publishing={key: frozenset(v) if isinstance(v, list) else v for key, v in self.publishing.items()},
            tense={key: frozenset(v) if isinstance(v, list) else v for key, v in self.tense.items()},
        )

    def word(
        self, label: str, word: str, value: Any, capital: bool = False, doubtful: frozenset[str] | None = None
    ) -> None:
        """Enter a word of a class; one that ends in a point is entered without it too."""
        forms = [word, word[:-1]] if len(word) > 1 and word.endswith(".") else [word]
        for form in forms:
            pieces = PIECE.findall(form)
            entry = Entry(
                tuple(p.lower() for p in pieces[1:]),
                label,
                value,
                capital or pieces[0][0].isupper(),
                doubtful or frozenset(),
            )
            entries = self.words.setdefault(pieces[0].lower(), [])
            if entry not in entries:
                entries.append(entry)

    def numbers(self) -> None:
        """Enter "twenty-one" and "nineteen ninety-six", made from the single words."""
        single = {
            w: v for w, v in self.classes.get("number", {"words": {}})["words"].items() if " " not in w and "-" not in w
        }
        below = {w: v for w, v in single.items() if v < 100}
        for tens in [w for w, v in single.items() if v in range(20, 100, 10)]:
            for unit in [w for w, v in single.items() if v < 10]:
                value = single[tens] + single[unit]
                for form in (f"{tens} - {unit}", f"{tens} {unit}"):
                    self.word("number", form, value)
                    below[form] = value
        for hundreds in [w for w, v in single.items() if v in (18, 19, 20)]:
            for rest, value in below.items():
                if value >= 10 and not (single[hundreds] == 20 and value < 10):
                    self.word("spoken", f"{hundreds} {rest}", single[hundreds] * 100 + value)

    def named_days(self) -> dict[str, Holiday]:
        """Enter the names of the holidays; their dates."""
        found = {}
        for record in self.holidays.values():
            table: dict[int, tuple[tuple[dt.date, bool], ...]] = {}
            if "table" in record:
                if record["table"] not in self.movable:
                    raise KnowledgeError(f"holiday {record['id']}: no rows of {record['table']!r} in movable.csv")
                for day, about in self.movable[record["table"]]:
                    table[day.year] = (*table.get(day.year, ()), (day, about))
            found[record["id"]] = Holiday(
                record["id"],
                tuple(record["fixed"]) if "fixed" in record else None,
                tuple(record["nth"]) if "nth" in record else None,
                record.get("easter"),
                record.get("orthodox_easter"),
                table,
                record.get("days", 1),
            )
            for name in record["names"]:
                self.word("holiday", name, record["id"])
                self.word("holiday", name.replace("'", "’"), record["id"])
        return found

    def insert(self, rule: Rule, sequence: Sequence[str]) -> None:
        """Put one flat pattern into the trie."""
        node, slots = self.root, []
        for element in sequence:
            glued = element.startswith("~") and len(element) > 1
            element = element[1:] if glued else element
            if element.startswith("<"):
                node = node.nested.setdefault(element.strip("<>"), Node())
                slots.append("of")
                continue
            if element.startswith("{"):
                slot, _, label = element.strip("{}").rpartition(":")
                slot = slot or label
                if label not in self.classes and label not in _NUMERIC and label not in ("holiday", "spoken"):
                    raise KnowledgeError(f"rule {rule.id}: no class {label!r}")
            else:
                slot, label = "", "=" + element
                for word in element.split("|"):
                    self.word(label, word, word)
            slots.append(slot)
            edges = node.glued if glued else node.free
            node = edges.setdefault(label, Node())
        node.ends.append((rule, tuple(slots)))


def _event(row: dict[str, str]) -> Event:
    """An event from its row."""
    days = []
    for entry in filter(None, row["days"].split("|")):
        day, _, marks = entry.partition(":")
        month, number = day.split("-")
        days.append((int(month), int(number), frozenset(filter(None, marks.split("/")))))
    return Event(
        row["id"],
        tuple(row["phrases"].split("|")),
        dt.date.fromisoformat(row["date"]),
        tuple(days),
        row["foreseen"] == "yes",
    )


def _rule(record: dict[str, Any], order: int) -> Rule:
    """A rule from its record."""
    return Rule(
        id=record["id"],
        make=record["make"],
        order=order,
        fixed=record.get("with", {}),
        lists={key: frozenset(w.lower() for w in record[key]) for key in _LISTS if key in record},
        unless={word: frozenset(before) for word, before in record.get("not_after_unless", {}).items()},
        parts=tuple(tuple(part) for part in record.get("parts", ())),
        flags=frozenset(key for key in _FLAGS if record.get(key)),
        examples=tuple(tuple(example) for example in record.get("examples", ())),
        counter=tuple(record.get("counter", ())),
    )


def _expand(pattern: str, rule: str) -> Iterator[tuple[str, ...]]:
    """All flat sequences of a pattern with its optional groups taken and left out."""
    tokens = [t for t in _ELEMENT.findall(" " + pattern + " ") if t.strip()]
    sequences, end = _alternatives(tokens, 0, rule)
    if end != len(tokens):
        raise KnowledgeError(f"rule {rule}: a bracket too many in {pattern!r}")
    seen = set()
    for sequence in sequences:
        if sequence and sequence not in seen:
            seen.add(sequence)
            yield sequence


def _alternatives(tokens: list[str], i: int, rule: str) -> tuple[list[tuple[str, ...]], int]:
    """Read alternatives up to a closing bracket or the end: their flat sequences and where they end."""
    done: list[tuple[str, ...]] = []
    now: list[tuple[str, ...]] = [()]
    while i < len(tokens) and tokens[i] != "]":
        token = tokens[i]
        if token == "[":  # noqa: S105
            inner, i = _alternatives(tokens, i + 1, rule)
            if i >= len(tokens):
                raise KnowledgeError(f"rule {rule}: a bracket is not closed")
            now = [left + right for left in now for right in [*inner, ()]]
        elif token == "|":  # noqa: S105
            done += now
            now = [()]
        else:
            now = [(*left, token) for left in now]
        i += 1
    return done + now, i
