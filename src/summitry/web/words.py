"""What the pages call things: days in words, names of codes. The words are ``data/words.toml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from summitry.lexicon.files import read_toml
from summitry.model.dates import DateRange, Unit

HERE = Path(__file__).parent
"""The folder of templates, static files and data of the site."""


@cache
def words() -> dict[str, Any]:
    """The table of words."""
    return read_toml(HERE / "data" / "words.toml")


def said(dates: DateRange | str | None) -> str:
    """Days as a reader would say them; "" for None. ``said("2001-05-05/2001-05-08")`` is "5–8 May 2001"."""
    if not dates:
        return ""
    found = DateRange.parse(dates) if isinstance(dates, str) else dates
    if found.start is None:
        return f"until {_unit(found.end)}"
    if found.end is None:
        return f"from {_unit(found.start)}"
    start, end = found.start, found.end
    if found.single or start == end:
        return _unit(start)
    if start.day and end.day and not start.about and not end.about and start.year == end.year:
        if start.month == end.month:
            return f"{start.day}–{_unit(end)}"
        return f"{start.day} {_month(start)} – {_unit(end)}"
    return f"{_unit(start)} – {_unit(end)}"


def _unit(unit: Unit | None) -> str:
    if unit is None:
        return ""
    parts = [str(unit.day)] if unit.day else []
    parts += [_month(unit)] if unit.month else []
    return ("about " if unit.about else "") + " ".join([*parts, str(unit.year)])


def _month(unit: Unit) -> str:
    table = words()
    month = unit.month or 1
    return str(table["months"][month - 1] if month <= 12 else table["groups"][str(month)])
