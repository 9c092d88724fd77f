"""Decisions as JSON lines: out of one register, into another, and side by side for two coders."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summitry.evaluate.agreement import Agreement, agreement
from summitry.evaluate.alike import pair
from summitry.link.merge import FIELDS, parse_value
from summitry.link.names import same_name
from summitry.model.errors import InputError
from summitry.model.register import Decision, Ref, Verb
from summitry.register.reader import Reader

Line = dict[str, Any]
_PARTS = ("article", "visitor", "host_country", "sentence")


def lines_of(reader: Reader) -> list[Line]:
    """All decisions in order. ``program`` is what the register would hold without them, for whoever compares coders."""
    values = reader.program_values()
    return [line_of(d) | {"program": values.get(d.about)} for d in reader.decisions()]


def line_of(decision: Decision) -> Line:
    """One decision as name and value."""
    return {
        "verb": str(decision.verb),
        **dict(zip(_PARTS, decision.about, strict=True)),
        "field": decision.field,
        "value": decision.value,
        "other": dict(zip(_PARTS, decision.other, strict=True)) if decision.other else None,
        "by": decision.by,
        "on": decision.on.astimezone(dt.UTC).isoformat(),
        "note": decision.note,
    }


def decision_of(line: Mapping[str, Any]) -> Decision:
    """A decision from its line. Raises InputError with what is wrong."""
    try:
        other = line.get("other")
        on = dt.datetime.fromisoformat(line["on"])
        made = Decision(
            Verb(line["verb"]),
            *_ref(line),
            by=str(line["by"]),
            on=on if on.tzinfo else on.replace(tzinfo=dt.UTC),
            field=line.get("field"),
            value=line.get("value"),
            other=_ref(other) if other else None,
            note=str(line.get("note") or ""),
        )
        if made.verb is Verb.CORRECT:
            parse_value(made.field or "", made.value)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"no decision as summitry decisions --format jsonl writes it ({error})") from error
    if (made.verb in (Verb.MERGE, Verb.APART)) != (made.other is not None):
        raise InputError(f"{made.verb} is about {'two accounts' if made.other is None else 'one account'}")
    return made


def _ref(line: Mapping[str, Any]) -> Ref:
    found = [line[name] for name in _PARTS]
    if not all(isinstance(value, str) for value in found):
        raise TypeError("article, visitor, host_country and sentence are texts")
    return (found[0], found[1], found[2], found[3])


def read_lines(text: str, source: str) -> list[Line]:
    """The objects of a file of JSON lines. Raises InputError with file and line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise InputError(f"{source}:{number}: not JSON ({error}); each line must be one object") from error
        if not isinstance(value, dict):
            raise InputError(f"{source}:{number}: not an object")
        found.append(value)
    return found


def judged(lines: Iterable[Line]) -> dict[str, dict[str, str | None]]:
    """What one coder holds of each account he decided on: a field's value, by the unit's name. Raises InputError.

    The field "visit" is "yes" or "no" (rejected); "pair" is merge or apart for two accounts. Every other field is the
    coder's own value, or, where he left it, the program's.
    """
    found: dict[str, dict[str, str | None]] = {}
    for line in lines:
        d = decision_of(line)
        if d.other is not None:
            pair = sorted((_unit(d.about), _unit(d.other)))
            found[" + ".join(pair)] = {"pair": str(d.verb)}
            continue
        if d.verb is Verb.NOTE:
            continue
        unit = found.setdefault(_unit(d.about), {})
        program = line.get("program") or {}
        for name in FIELDS:
            unit.setdefault(name, _canonical(program.get(name)) if program else None)
        unit["visit"] = "no" if d.verb is Verb.REJECT else "yes"
        if d.verb is Verb.CORRECT and d.field:
            value = parse_value(d.field, d.value)
            unit[d.field] = _canonical(list(value) if isinstance(value, tuple) else value)
    for unit in found.values():
        if unit.get("visit") == "no":
            unit |= dict.fromkeys(FIELDS)
    return found


def _unit(ref: Ref) -> str:
    return f"{ref[1]} in {ref[2]} ({ref[0]}: {ref[3]})"


def _canonical(value: object) -> str:
    """A value as one text: lists sorted, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(sorted(str(v) for v in value))
    return str(value)


def coded(lines: Iterable[Line], source: str) -> dict[str, list[dict[str, Any]]]:
    """The visits of coded reports, by the report's id. Raises InputError for lines that are no codings."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(lines, 1):
        coding = line.get("gold", line)
        visits = coding.get("visits") if isinstance(coding, dict) else None
        if not isinstance(visits, list) or not all(isinstance(v, dict) for v in visits):
            raise InputError(f"{source}:{number}: neither a decision nor a coded report (a line needs verb, or visits)")
        found[str(line.get("id", number))] = visits
    return found


@dataclass(frozen=True, slots=True)
class Apart:
    """A unit on which two coders differ in a field; ``None`` where one of them has no such unit."""

    unit: str
    field: str
    one: str | None
    two: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two coders side by side: the agreement on each field that both coded, and every difference."""

    fields: dict[str, Agreement]
    differences: tuple[Apart, ...]


def compare_decisions(one: Iterable[Line], two: Iterable[Line]) -> Compared:
    """Two coders' decisions, on the accounts on which both decided."""
    a, b = judged(one), judged(two)
    both = sorted(a.keys() & b.keys())
    return _compared([(unit, a[unit], b[unit]) for unit in both], ("visit", "pair", *FIELDS))


def compare_codings(one: Iterable[Line], two: Iterable[Line]) -> Compared:
    """Two coders' codings of the same reports. A visit is the same unit if visitor and host are.

    Whether there is a visit has no kappa and no alpha: what neither coder took for a visit cannot be counted.
    """
    a, b = coded(one, "the first file"), coded(two, "the second file")
    units: list[tuple[str, Values, Values]] = []
    alone: list[Apart] = []
    for report in sorted(a.keys() & b.keys()):
        left, right = a[report], b[report]
        pairs = pair(left, right, _same, lambda x, y: int(x.get("dates") == y.get("dates")))
        for i, j in pairs:
            unit = f"{report}: {left[i].get('visitor')} in {left[i].get('host_country')}"
            units.append((unit, _values(left[i]), _values(right[j])))
        for n, mine in enumerate((left, right)):
            for i in sorted(set(range(len(mine))) - {p[n] for p in pairs}):
                unit = f"{report}: {mine[i].get('visitor')} in {mine[i].get('host_country')}"
                alone.append(Apart(unit, "visit", "no" if n else "yes", "yes" if n else "no"))
    found = _compared(units, FIELDS)
    number = len(units) + len(alone)
    visit = Agreement(number, len(units), len(units) / number if number else None, None, None)
    return Compared({"visit": visit, **found.fields}, (*alone, *found.differences))


Values = Mapping[str, str | None]


def _same(a: Line, b: Line) -> bool:
    one, two = a.get("visitor"), b.get("visitor")
    return a.get("host_country") == b.get("host_country") and bool(one and two and same_name(str(one), str(two)))


def _values(visit: Line) -> Values:
    return {name: _canonical(visit.get(name)) for name in FIELDS}


def _compared(units: Sequence[tuple[str, Values, Values]], names: Iterable[str]) -> Compared:
    fields: dict[str, Agreement] = {}
    differences: list[Apart] = []
    for name in names:
        pairs = [(unit, x.get(name), y.get(name)) for unit, x, y in units]
        found = agreement((x, y) for _, x, y in pairs)
        if found.units:
            fields[name] = found
        differences += [Apart(unit, name, x, y) for unit, x, y in pairs if x is not None and y is not None and x != y]
    return Compared(fields, tuple(differences))
