"""Dates as press pages state them: forms, labels ("Published", "Updated"), and dates in addresses. Never a guess.

The words and forms are data (``data/ingest/dates.toml``). A date that could be read two ways is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitry.lexicon.files import DATA, read_toml
from summitry.model.dates import Unit
from summitry.model.errors import KnowledgeError
from summitry.model.spans import Span

FILE = Path("ingest", "dates.toml")


_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class DateForm:
    """One way of writing a date: its pattern, and examples with the value each must have ("" for none)."""

    id: str
    pattern: re.Pattern[str]
    unambiguous: bool
    examples: tuple[tuple[str, str], ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that was read: where, what, and by which form."""

    span: Span
    unit: Unit
    form: str


class DateWords:
    """The knowledge about stated dates. Specimen: ``DateWords.load().find("Published 14 May, 2024")``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.months = _numbered(data["months"])
        self.weekdays = _numbered(data["weekdays"])
        self.labels = {label: kind for kind, labels in data["labels"].items() for label in labels}
        self.noise = frozenset(data["noise"]["words"])
        fragments = _fragments(self.months, self.weekdays)
        self.forms = tuple(_form(raw, fragments) for raw in data["form"])
        self.urls = tuple(_form(raw, fragments) for raw in data["url"])
        longest = sorted(self.labels, key=lambda label: (-len(label), label))
        self.label = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.I)
        self.weekday = re.compile(rf"\b{fragments['weekday']}\b", re.I)

    @classmethod
    def load(cls, *folders: Path) -> DateWords:
        """Read the tables of each folder; rules of a later one replace those of the same id. Raises KnowledgeError."""
        data: dict[str, Any] = {}
        for folder in folders or (DATA,):
            path = folder / FILE
            if path.exists():
                try:
                    data = _merge(data, read_toml(path))
                    cls(data)
                except (KeyError, TypeError, ValueError, re.error) as error:
                    raise KnowledgeError(f"{path}: {error}") from error
        return cls(data)

    def find(self, text: str) -> list[FoundDate]:
        """All full dates in ``text`` from left to right, none inside another."""
        return _search(self.forms, text, self.months)

    def in_url(self, url: str) -> FoundDate | None:
        """The date in the path of an address, the finest and first of them; None where there is none."""
        found = _search(self.urls, url, self.months)
        return min(found, key=lambda f: (f.unit.precision != "day", f.span.start), default=None)

    def weekday_in(self, text: str) -> int | None:
        """The day of the week named in ``text`` (0 is Monday), if exactly one is."""
        days = {self.weekdays[m[0].lower().rstrip(".")] for m in self.weekday.finditer(text)}
        return days.pop() if len(days) == 1 else None


def _search(forms: Iterable[DateForm], text: str, months: Mapping[str, int]) -> list[FoundDate]:
    if _YEAR.search(text) is None:
        return []  # every form asks for the digits of a year, and most paragraphs have none
    found = []
    for form in forms:
        for match in form.pattern.finditer(text):
            unit = _value(match, form.unambiguous, months)
            if unit:
                found.append(FoundDate(Span(match.start(), match.end()), unit, form.id))
    found.sort(key=lambda f: (f.span.start, -f.span.end))
    chosen: list[FoundDate] = []
    for one in found:
        if not chosen or one.span.start >= chosen[-1].span.end:
            chosen.append(one)
    return chosen


def _value(match: re.Match[str], unambiguous: bool, months: Mapping[str, int]) -> Unit | None:
    parts = match.groupdict()
    month = months[parts["name"].lower()] if parts.get("name") else int(parts["mm"])
    day = int(parts["dd"]) if parts.get("dd") else None
    if unambiguous and day is not None and day <= 12 and day != month:
        return None
    if month > 12:
        return None
    try:
        return Unit(int(parts["year"]), month, day)
    except ValueError:
        return None


def _fragments(months: Mapping[str, int], weekdays: Mapping[str, int]) -> dict[str, str]:
    def names(words: Iterable[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))

    return {
        "year": r"(?P<year>(?:19[5-9]|20[0-4])\d)",
        "month": rf"(?P<name>{names(months)})\b",
        "day": r"(?P<dd>[0-3]?\d)",
        "dd": r"(?P<dd>[0-3]?\d)",
        "mm": r"(?P<mm>[01]?\d)",
        "dd2": r"(?P<dd>[0-3]\d)",
        "mm2": r"(?P<mm>[01]\d)",
        "weekday": rf"(?:{names(weekdays)})\.?",
    }


def _form(raw: Mapping[str, Any], fragments: Mapping[str, str]) -> DateForm:
    examples = tuple((example[0], example[1]) for example in raw["examples"])
    pattern = re.compile(raw["pattern"].format(**fragments), re.I)
    return DateForm(raw["id"], pattern, bool(raw.get("unambiguous")), examples, tuple(raw.get("counter", ())))


def _numbered(table: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {word: int(number) for number, words in table.items() for word in words}


def _merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(old)
    for key, value in new.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rules = {rule["id"]: rule for rule in [*old.get(key, ()), *value]}
            merged[key] = list(rules.values())
        elif isinstance(value, dict):
            inner = dict(old.get(key, {}))
            for name, words in value.items():
                inner[name] = [*inner.get(name, ()), *words]
            merged[key] = inner
        else:
            merged[key] = value
    return merged


@dataclass(frozen=True, slots=True)
class Stated:
    """A day that a line of its own states: its span, the label's kind ("", "published", "updated"), if with a time."""

    span: Span
    unit: Unit
    label: str
    form: str
    timed: bool = False


_TIME = re.compile(
    r"\b\d{1,2}(?:[:.h]\d\d){1,2}(?:\.\d+)?(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?|[+-]\d\d:?\d\d\b|T\d\d:\d\d\S*",
    re.I,
)
_WORD = re.compile(r"[^\W\d_][\w.'’&-]*|\d+")
_PERSON = re.compile(r"(?:by|from)\s+(?:[A-Z][\w.'’-]*[ ,]*(?:and\s+)?){1,8}$", re.I)
_BAR = re.compile(r"[|•·—–]|\s[/-]\s|--")
MAX_LINE = 220
"""A line that states a date is short; longer ones are prose."""

MAX_DATES = 3
"""Published, updated, printed: a line with more dates is a list."""


def stated_in(
    line: str, words: DateWords, before: str = "", is_source: Callable[[str], bool] | None = None
) -> list[Stated]:
    """The dates that a line states, if it is there for that: a date with nothing else than labels, hours and names.

    ``before`` is the line above, which may hold the label; ``is_source(text)`` tells whether text names an outlet.
    A date in a sentence gives nothing. Specimen: "PUBLISHED : Saturday, 23 February, 2013, 12:00am".
    """
    if len(line) > MAX_LINE:
        return []
    dates = words.find(line)
    if not 0 < len(dates) <= MAX_DATES:
        return []
    above = before.strip(" :\t").lower()
    label = words.labels.get(above, "")
    timed = bool(_TIME.search(_blank(line, dates)))
    results: list[Stated] = []
    rest: list[str] = []
    last = 0
    labelled = bool(label)
    for date in dates:
        between = line[last : date.span.start]
        found = [*words.label.finditer(between)]
        if found:
            label, labelled = words.labels[found[-1][0].lower()], True
            between = words.label.sub(" ", between)
        rest.append(between)
        named = words.weekday_in(line[last : date.span.start][-24:])
        last = date.span.end
        day = date.unit.first if date.unit.day else None
        if not (named is not None and day and day.weekday() != named):
            results.append(Stated(date.span, date.unit, label, date.form, timed))
    rest.append(line[last:])
    return [r for r in results if r.label != "other"] if _alone(rest, words, labelled, timed, is_source) else []


def _blank(line: str, dates: Sequence[FoundDate]) -> str:
    for date in dates:
        line = line[: date.span.start] + " " * (date.span.end - date.span.start) + line[date.span.end :]
    return line


def _alone(
    rest: Sequence[str], words: DateWords, labelled: bool, timed: bool, is_source: Callable[[str], bool] | None
) -> bool:
    """Whether nothing is left beside the dates but hours, particles, and a few names (of the writer, source or place)."""
    pieces = [piece for part in rest for piece in _BAR.split(words.weekday.sub(" ", _TIME.sub(" ", part)))]
    names = 8 if labelled else 6 if timed else 4 if len(pieces) > len(rest) else 0
    for piece in pieces:
        piece = piece.strip(" \t,;:()[]/.\"'-")
        left = [w for w in _WORD.findall(piece) if w.lower().rstrip(".") not in words.noise | words.labels.keys()]
        left = [w for w in left if not w.isdigit() or (len(w) > 2 and not labelled)]
        if not left or (is_source and is_source(piece)) or _PERSON.match(piece):
            continue
        if len(left) > names or not all(w[0].isupper() for w in left):
            return False
    return True


def within(unit: Unit, other: Unit) -> bool:
    """Whether ``unit`` lies inside ``other``: 14 May 2024 inside May 2024."""
    return other.first <= unit.first and unit.last <= other.last
