"""What a register's columns hold, counted: how many visits have a value, which codes how often, an example."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from summitry.publish.columns import COLUMNS, Column, flat

LONGEST_EXAMPLE = 160
"""Characters of an example; longer ones are cut."""


@dataclass(slots=True)
class Counted:
    """One column, counted over ``rows`` visits. ``least`` and ``most`` are of numbers and days."""

    column: Column
    rows: int = 0
    told: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    example: str = ""
    least: Any = None
    most: Any = None

    @property
    def missing(self) -> float:
        """The share of visits without a value, 0 to 1; 0 where there are no visits."""
        return (self.rows - self.told) / self.rows if self.rows else 0.0

    def add(self, value: Any) -> None:
        """Count one visit's value."""
        self.rows += 1
        if value is None or value == [] or value == "":
            return
        self.told += 1
        if not self.example:
            text = flat(value)
            self.example = text if len(text) <= LONGEST_EXAMPLE else text[: LONGEST_EXAMPLE - 1] + "…"
        if self.column.field.values or isinstance(value, bool):
            self.codes[flat(value)] += 1
        elif isinstance(value, int | float | dt.date):
            self.least = value if self.least is None else min(self.least, value)
            self.most = value if self.most is None else max(self.most, value)

    def by_code(self) -> list[tuple[str, int]]:
        """Every code that the column may hold, with how often it does."""
        if self.column.type == "boolean":
            return [(code, self.codes[code]) for code in ("true", "false")]
        return [(code, self.codes[code]) for code in self.column.field.values]


class Counts:
    """All columns, counted row by row. Specimen: ``write_csv(visits, out, terms, seen=counts.add)``."""

    def __init__(self) -> None:
        self.columns = [Counted(c) for c in COLUMNS]

    def add(self, row: list[Any]) -> None:
        """Count the values of one visit, in the order of the columns."""
        for counted, value in zip(self.columns, row, strict=True):
            counted.add(value)
