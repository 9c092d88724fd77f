"""A sample of records for a person to check, and what the checked sample says of all of them.

The sample is stratified by status and year of the visit, or by status alone where it is too small for that. Every row of
the sheet carries the size of its stratum, so that the sheet alone is enough for the estimate.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from summitry.evaluate.intervals import wilson
from summitry.model.errors import UsageError

Row = Mapping[str, Any]

FIELDS = (
    "visit", "visitor", "visitor_country", "host_country", "dates", "status", "kind", "places", "trip", "meets",
    "delegation", "invited_by", "announced_by", "occasion", "agenda", "documents",
)  # fmt: skip
"""What is checked: "visit" asks whether there is such a visit at all, the others whether the value is right."""

SHOWN = FIELDS[1:]
HEAD = ("record", "stratum", "stratum_size", "register_size", "year", "id")
CHECKS = tuple(f"{name}_ok" for name in FIELDS)
COLUMNS = (*HEAD, *SHOWN, "reports", "sentence", *CHECKS, "note")
YES = frozenset(["y", "yes", "1", "true", "ok", "x"])
NO = frozenset(["n", "no", "0", "false", "wrong"])


EACH = 2
"""Records that a stratum of status and year should have on the average; with fewer, years are not kept apart."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """Records that are drawn from together, and how many records the whole register holds.

    Specimen: ``Stratum("completed 2015", 31, 400)``.
    """

    name: str
    size: int
    whole: int


def year(row: Row) -> str:
    """The year of a record's first day; "undated" where none is known."""
    return str(row["first_day"].year) if row["first_day"] else "undated"


def allot(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """How many records to draw from each stratum: one from each while they last, the rest in proportion to size.

    Where there are more strata than records to draw, the largest strata have one each. Nothing is drawn twice.
    """
    number = min(number, sum(sizes.values()))
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    shares = dict.fromkeys(order, 0)
    for name in order[:number]:
        shares[name] = 1
    left = number - sum(shares.values())
    total = sum(sizes.values())
    while left > 0:
        # The stratum farthest below its share of the whole sample is next: no rounding to put right at the end.
        open_ones = [name for name in order if shares[name] < sizes[name]]
        name = max(open_ones, key=lambda n: (sizes[n] * number / total - shares[n], sizes[n]))
        shares[name] += 1
        left -= 1
    return shares


def sample(rows: Sequence[Row], number: int, seed: int) -> list[tuple[Stratum, Row]]:
    """Draw ``number`` records, stratified, in a random order. The same rows, number and seed give the same sample."""
    by_year = len({(row["status"], year(row)) for row in rows}) * EACH <= number
    strata: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: str(r["id"])):
        strata[f"{row['status']} {year(row)}" if by_year else str(row["status"])].append(row)
    shares = allot({name: len(found) for name, found in strata.items()}, number)
    draw = random.Random(seed)  # noqa: S311 - no secret hangs on it
    drawn = [
        (Stratum(name, len(strata[name]), len(rows)), row)
        for name, count in sorted(shares.items())
        for row in draw.sample(strata[name], count)
    ]
    draw.shuffle(drawn)
    return drawn


def write_sheet(drawn: Iterable[tuple[Stratum, Row]], sentence: Callable[[Row], str], out: TextIO) -> int:
    """Write the sheet as CSV with empty columns to fill in; give the number of rows."""
    from_list = csv.writer(out, lineterminator="\n")
    from_list.writerow(COLUMNS)
    count = 0
    for part, row in drawn:
        count += 1
        values = [_cell(row.get(name)) for name in SHOWN]
        head = (count, part.name, part.size, part.whole, year(row), row["id"])
        from_list.writerow([*head, *values, _cell(row.get("reports")), sentence(row), *("" for _ in CHECKS), ""])
    return count


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Checked:
    """One row of a checked sheet: its stratum, how many records it stands for, status, year, answers, records in all."""

    stratum: str
    weight: float
    status: str
    year: str
    answers: Mapping[str, bool]
    whole: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of records that are wrong: ``wrong`` of ``checked`` in the sheet; ``rate`` weighted, with 95 % bounds.

    ``field`` is one of FIELDS, or "record" (visit, visitor, countries, dates and status all right); ``group`` is "all",
    "status: planned" or "year: 2015".
    """

    field: str
    group: str
    wrong: int
    checked: int
    rate: float
    low: float
    high: float


RECORD = ("visit", "visitor", "visitor_country", "host_country", "dates", "status")


def read_sheet(path: Path) -> list[Checked]:
    """Read a sheet that a person has filled in; rows without any answer are left out.

    Raises UsageError with line and column where a cell is neither yes, no nor empty, or the sheet is none of ours.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read ({error}); give the sheet that --sample wrote, saved as CSV in UTF-8"
        ) from None
    first = lines[0] if lines else ""
    mark = max(",;\t", key=first.count)
    reader: csv.DictReader[str] = csv.DictReader(lines, delimiter=mark)
    lacking = [name for name in (*HEAD, "status", *CHECKS) if name not in (reader.fieldnames or ())]
    if lacking:
        raise UsageError(f"{path} lacks the column {lacking[0]!r}; keep all columns of the sheet that --sample wrote")
    rows = list(reader)
    answers = [{f: a for f in FIELDS if (a := _answer(path, n, f, row)) is not None} for n, row in enumerate(rows, 2)]
    by: dict[str, int] = defaultdict(int)
    for row, told in zip(rows, answers, strict=True):
        by[row["stratum"]] += bool(told)
    return [
        Checked(
            row["stratum"],
            _number(path, n, row, "stratum_size") / by[row["stratum"]],
            row["status"],
            row["year"],
            told,
            _number(path, n, row, "register_size"),
        )
        for n, (row, told) in enumerate(zip(rows, answers, strict=True), 2)
        if told
    ]


def covered(rows: Sequence[Checked]) -> float:
    """The share of the register that the checked rows stand for: 1 unless whole strata were left unchecked."""
    return sum(row.weight for row in rows) / rows[0].whole if rows else 0.0


def _number(path: Path, line: int, row: Mapping[str, str], column: str) -> int:
    try:
        return int(row[column])
    except (KeyError, ValueError):
        raise UsageError(
            f"{path}:{line}: {column} {row.get(column)!r} is no number; leave it as it was written"
        ) from None


def _answer(path: Path, line: int, field: str, row: Mapping[str, str | None]) -> bool | None:
    cell = (row[f"{field}_ok"] or "").strip().lower()
    if cell in YES:
        return True
    if cell in NO:
        return False
    if cell:
        raise UsageError(f"{path}:{line}: {field}_ok is {cell!r}; write y, n or nothing")
    return None


def _right(row: Checked, field: str) -> bool | None:
    """Whether a field of a row is right; None where it was not checked, or there is no such visit."""
    if field == "record":
        answers = [row.answers.get(name) for name in RECORD]
        if row.answers.get("visit") is False:
            return False
        # One that is wrong in part counts only where all parts were checked: else only the wrong ones would count.
        return None if None in answers else False not in answers
    if field != "visit" and row.answers.get("visit") is False:
        return None
    return row.answers.get(field)


def estimate(rows: Sequence[Checked]) -> list[Estimate]:
    """Error estimates of every field that was checked: of all records, by status and by year.

    A row stands for its stratum's records over its stratum's checked rows. The interval is Wilson's with the effective
    number of rows (Kish), so unequal weights widen it.
    """
    groups: dict[str, list[Checked]] = {"all": list(rows)}
    for row in sorted(rows, key=lambda r: r.status):
        groups.setdefault(f"status: {row.status}", []).append(row)
    for row in sorted(rows, key=lambda r: r.year):
        groups.setdefault(f"year: {row.year}", []).append(row)
    found = []
    for group, members in groups.items():
        for field in ("record", *FIELDS):
            told = [(r.weight, right) for r in members if (right := _right(r, field)) is not None]
            if told:
                found.append(_estimate(field, group, told))
    return found


def _estimate(field: str, group: str, told: Sequence[tuple[float, bool]]) -> Estimate:
    whole = sum(weight for weight, _ in told)
    rate = sum(weight for weight, right in told if not right) / whole
    effective = whole * whole / sum(weight * weight for weight, _ in told)
    low, high = wilson(rate * effective, effective)
    return Estimate(field, group, sum(not right for _, right in told), len(told), rate, low, high)
