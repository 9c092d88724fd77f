"""Is a knowledge folder right? Every row and entry that is not, with file and line and what to do.

The form of a table is that of the shipped one: its columns, which of them are always filled, and for some of them which
values there are. The loaders read the folder last, on top of the shipped one, as a reader of reports does.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summitry.lexicon.countries import Countries
from summitry.lexicon.debris import LineRules
from summitry.lexicon.files import DATA, read_table, read_toml
from summitry.lexicon.offices import Offices
from summitry.lexicon.outlets import Outlets
from summitry.lexicon.people import COLUMNS, People, tenures_overlap
from summitry.lexicon.places import Gazetteer, words_of
from summitry.lexicon.times import Grammar
from summitry.lexicon.visits import VisitWords
from summitry.model.dates import Unit
from summitry.model.entities import Tenure
from summitry.model.errors import KnowledgeError

TENURES = "people/tenures.csv"
ROLES = {"country": "country", "part_of": "country", "seat": "country", "start": "day", "end": "day", "until": "day"}
"""What the cells of a column are, in every table of places and people."""

CLOSED = frozenset({
    ("places/countries.csv", "status"), ("places/country_forms.csv", "kind"), ("places/state_systems.csv", "system"),
    ("places/regions.csv", "kind"), ("places/sites.csv", "metonym"), ("places/bodies.csv", "code"),
    ("people/tenures.csv", "certainty"), ("outlets/outlets.csv", "kind"), ("outlets/outlets.csv", "state"),
})  # fmt: skip
"""Columns that take only the values that the shipped table has."""

Load = Callable[[Path, Path], object]
LOADERS: tuple[Load, ...] = (
    Countries.load, Offices.load, People.load, Gazetteer.load, Outlets.load, LineRules.load, Grammar.load, VisitWords.load,
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong, where: ``line`` is 0 for a file as a whole. A mere note (``error`` false) keeps nothing from working."""

    file: str
    line: int
    error: bool
    text: str


@dataclass(slots=True)
class Form:
    """What the shipped table tells of a table: columns, those that are never empty, and the values of the closed ones."""

    columns: tuple[str, ...]
    filled: frozenset[str]
    values: dict[str, frozenset[str]]


@dataclass(slots=True)
class _Known:
    """What the codes of both folders are."""

    countries: frozenset[str]
    bodies: frozenset[str]
    former: frozenset[str]
    offices: frozenset[str]
    forms: dict[tuple[str, ...], set[str]] = field(default_factory=dict)


def check(folder: Path, more: Sequence[Load] = ()) -> list[Finding]:
    """Everything that is wrong or odd in a folder, in the order of its files; ``more`` are further loaders to try."""
    known = _known(folder)
    found: list[Finding] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        found.extend(_file(path, path.relative_to(folder).as_posix(), known))
    found.extend(_overlaps(folder))
    if not any(f.error for f in found):
        found.extend(_loaded(folder, (*LOADERS, *more)))
    return sorted(set(found))


def tables_of(folder: Path) -> dict[str, int]:
    """The tables of a folder that the program reads, each with the number of its lines below the header."""
    paths = (p for p in folder.rglob("*") if p.suffix in {".csv", ".toml"})
    names = (p.relative_to(folder).as_posix() for p in paths)
    return {n: _lines(folder / n) for n in sorted(names) if (DATA / n).is_file()}


def _lines(path: Path) -> int:
    lines = [x for x in path.read_text(encoding="utf-8", errors="replace").splitlines() if x.strip()]
    return len(lines) - (path.suffix == ".csv")


def _known(folder: Path) -> _Known:
    countries: set[str] = set()
    forms: dict[tuple[str, ...], set[str]] = {}
    for base in (DATA, folder):
        countries |= {row[0] for _, row in _cells(base / "places" / "countries.csv") if row}
        for _, row in _cells(base / "places" / "country_forms.csv") if base == DATA else ():
            forms.setdefault(words_of(row[0]), set()).add(row[1])
    offices, bodies = set(Offices.load().offices), set(Offices.load().bodies)
    own = _toml(folder / "people" / "offices.toml"), _toml(folder / "people" / "bodies.toml").get("body", [])
    offices |= own[0].keys()
    bodies |= {row["key"] for row in own[1] if isinstance(row, dict) and "key" in row}
    former = frozenset(read_toml(DATA / "people" / "states.toml").get("successors", {}))
    return _Known(frozenset(countries), frozenset(bodies), former, frozenset(offices), forms)


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header of a table that may be wrong or missing, with the number of their line."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace", newline="") as handle:
        reader = csv.reader(handle)
        try:
            next(reader, None)
            for row in reader:
                yield reader.line_num, [cell.strip() for cell in row]
        except csv.Error:
            return


def _toml(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path) if path.is_file() else {}
    except KnowledgeError:
        return {}


def _file(path: Path, name: str, known: _Known) -> Iterator[Finding]:
    if path.suffix not in {".csv", ".toml"}:
        if path.suffix.lower() in {".tsv", ".xls", ".xlsx", ".ods", ".yaml", ".yml"}:
            yield Finding(str(path), 0, True, "is not read: the tables are .csv (comma-separated, UTF-8) and .toml")
        return
    if not (DATA / name).is_file():
        own = sorted(p.relative_to(DATA).as_posix() for p in DATA.rglob(f"*{path.suffix}") if "model" not in p.parts)
        near = [n for n in own if n.split("/")[-1] == path.name] or _near(name, own)
        hint = f"; is it {' or '.join(near)}?" if near else "; docs/knowledge.md lists those that are"
        yield Finding(str(path), 0, True, f"no table of this name is read{hint}")
    elif path.suffix == ".csv":
        yield from _table(path, name, known)
    else:
        yield from _entries(path, name)


def _near(name: str, own: Sequence[str]) -> list[str]:
    from rapidfuzz import process

    return [found for found, _, _ in process.extract(name, own, limit=2, score_cutoff=80)]


# Tables


def _form(name: str) -> Form:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        columns = tuple(next(csv.reader(handle)))
    filled, values = set(columns), {c: set[str]() for c in columns if (name, c) in CLOSED}
    for row in read_table(DATA / name, columns):
        filled -= {c for c, cell in row.items() if not cell}
        for column, seen in values.items():
            seen.add(row[column])
    return Form(columns, frozenset(filled), {c: frozenset(v) for c, v in values.items()})


def _table(path: Path, name: str, known: _Known) -> Iterator[Finding]:
    form = _form(name)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        yield Finding(str(path), line, True, "is not UTF-8; save the table again as CSV UTF-8")
        return
    header = next(csv.reader(text.splitlines()[:1]), [])
    if tuple(header) != form.columns:
        yield Finding(str(path), 1, True, _header(header, form.columns, text))
        return
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in _cells(path):
        if not cells:
            continue
        if len(cells) != len(form.columns):
            told = (
                f"{len(cells)} cells, the header has {len(form.columns)}; a cell with a comma stands in quotation marks"
            )
            yield Finding(str(path), line, True, told)
            continue
        row = dict(zip(form.columns, cells, strict=True))
        for wrong, told in _row(name, row, form, known):
            yield Finding(str(path), line, wrong, told)
        key = tuple(cells) if name != TENURES else (row["person"], row["office"], row["country"], row["start"])
        if key in seen:
            yield Finding(str(path), line, True, f"the same row as line {seen[key]}; take one out")
        seen.setdefault(key, line)


def _header(header: Sequence[str], columns: Sequence[str], text: str) -> str:
    if text.startswith("\ufeff"):
        return "begins with a byte order mark; save the table again as UTF-8 without it"
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        return "the cells are to be parted by commas; the first line is to be " + ",".join(columns)
    wrong = [f"{c!r} is missing" for c in columns if c not in header]
    wrong += [f"{c!r} is no column" for c in header if c not in columns]
    return f"the first line is to be {','.join(columns)}; {', '.join(wrong) or 'the order is another'}"


def _row(name: str, row: dict[str, str], form: Form, known: _Known) -> Iterator[tuple[bool, str]]:
    for column, cell in row.items():
        if not cell:
            if column in form.filled:
                yield (
                    True,
                    f"{column} is empty; " + ("write where you know it from" if column == "source" else "fill it"),
                )
            continue
        role = ROLES.get(column, "")
        if column in form.values and cell not in form.values[column]:
            yield (
                True,
                f"{column} {cell!r} is to be one of: {', '.join(sorted(v or '(empty)' for v in form.values[column]))}",
            )
        elif role == "country" and cell not in known.countries and not _other_code(name, cell, known):
            yield True, f"{column} {cell!r} is no code; summitry where NAME tells a country's ISO 3166-1 alpha-3 code"
        elif role == "day" and (told := _no_date(name, cell)):
            yield True, f"{column} {cell!r} is no date; {told}"
    if name == TENURES:
        yield from _tenure(row, known)
    if name == "places/country_forms.csv" and row["form"]:
        if not words_of(row["form"]):
            yield True, f"form {row['form']!r} has no letter or digit"
        others = known.forms.get(words_of(row["form"]), set()) - {row["country"]}
        if others:
            yield False, f"{row['form']!r} means {', '.join(sorted(others))} too; each report's other words will decide"
    if row.get("start") and row.get("end") and name.startswith("places/") and row["start"] > row["end"]:
        yield True, f"ends ({row['end']}) before it starts ({row['start']})"


def _other_code(name: str, cell: str, known: _Known) -> bool:
    if name == "outlets/outlets.csv":
        return True  # the loader knows which bodies may stand here
    return name == TENURES and (cell in known.bodies or cell in known.former)


def _no_date(name: str, cell: str) -> str:
    """What to write instead of a cell that is no date, or nothing where it is one."""
    if name == TENURES:
        try:
            Unit.parse(cell)
        except ValueError:
            return "write 1997-04-04, 1997-04 or 1997, as precisely as you know"
        return ""
    try:
        dt.date.fromisoformat(cell)
    except ValueError:
        return "write a day: 1997-04-04"
    return ""


def _tenure(row: dict[str, str], known: _Known) -> Iterator[tuple[bool, str]]:
    if row["office"] and row["office"] not in known.offices:
        near = _near(row["office"], sorted(known.offices))
        hint = f"is it {' or '.join(near)}?" if near else "take one, or add yours to people/offices.toml:"
        yield True, f"office {row['office']!r} is not known; {hint} ({', '.join(sorted(known.offices))})"
    try:
        start, end = (Unit.parse(row[c]) if row[c] else None for c in ("start", "end"))
    except ValueError:
        return
    if start and end and start.first > end.last:
        yield True, f"ends ({end}) before it starts ({start})"
    words = set(re.findall(r"\w+", row["person"].lower()))
    if words and not set(re.findall(r"\w+", row["family_name"].lower())) & words:
        yield False, f"family name {row['family_name']!r} is no part of {row['person']!r}"


def _overlaps(folder: Path) -> Iterator[Finding]:
    """Own rows of an office with one holder at a time that meet another person's row."""
    path = folder / TENURES
    if not path.is_file():
        return
    try:
        people = People.load(DATA, folder)
    except (KnowledgeError, ValueError):
        return
    for line, cells in _cells(path):
        if len(cells) != len(COLUMNS):
            continue
        row = dict(zip(COLUMNS, cells, strict=True))
        office = people.offices.offices.get(row["office"])
        if office is None or not office.single:
            continue
        rows = people.holders(office.code, row["country"], None)
        mine = [t for t in rows if (t.person, str(t.start or "")) == (row["person"], row["start"])]
        for other in rows:
            if mine and other.person != row["person"] and tenures_overlap(mine[0], other):
                yield Finding(str(path), line, False, _overlap(other))


def _overlap(other: Tenure) -> str:
    until = f"{other.start} to {other.end}" if other.end else f"{other.start} on, without an end"
    return (
        f"{other.person} holds the office at the same time ({until}); where that is wrong, write that row too, with the same "
        "person, office, country and start, and its right end"
    )


# Files of entries


def _entries(path: Path, name: str) -> Iterator[Finding]:
    """A TOML file: its syntax, and in every entry of a list the keys that the shipped entries have."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        yield Finding(str(path), int(at[1]) if at else 0, True, f"is no TOML: {error}")
        return
    shipped = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    for kind, entries in own.items():
        listed = [e for e in shipped.get(kind, ()) if isinstance(e, dict)] if isinstance(entries, list) else []
        if isinstance(entries, list) and not listed and kind not in shipped:
            told = f"[[{kind}]] is not read; here stand {', '.join(f'[[{k}]]' for k in shipped)}"
            yield Finding(str(path), _line_of(text, kind, 0), True, told)
        if not listed:
            continue
        always, ever = set.intersection(*map(set, listed)), set[str]().union(*listed)
        for number, entry in enumerate(entries):
            keys = set(entry) if isinstance(entry, dict) else set()
            line = _line_of(text, kind, number)
            for key in sorted(always - keys):
                yield Finding(str(path), line, True, f"[[{kind}]] lacks {key!r}")
            for key in sorted(keys - ever):
                yield Finding(
                    str(path), line, True, f"[[{kind}]] has no {key!r}; it may have {', '.join(sorted(ever))}"
                )


def _line_of(text: str, kind: str, number: int) -> int:
    """The line of the entry of that number under ``[[kind]]``."""
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{kind}]]"]
    return starts[number] if number < len(starts) else 0


def _loaded(folder: Path, loaders: Sequence[Load]) -> Iterator[Finding]:
    """What the loaders say. Their errors begin with file and line where they know it."""
    for load in loaders:
        try:
            load(DATA, folder)
        except (KnowledgeError, KeyError, ValueError, TypeError, AttributeError, re.error) as error:
            at = re.match(r"(.*?\.(?:csv|toml))(?::(\d+))?: ", str(error))
            told = str(error) if isinstance(error, KnowledgeError) else f"{type(error).__name__}: {error}"
            if at:
                yield Finding(at[1], int(at[2] or 0), True, str(error)[at.end() :])
            else:
                yield Finding(str(folder), 0, True, told)
