"""The value of a ``published`` key: ISO 8601 dates and times, months and years, and the dates of mail headers."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_tz

from summitry.model.dates import Unit

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d(?::?\d\d){0,2}(?:[.,]\d+)?\s*(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?)?)?$",
    re.I,
)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{4,6}(?:Z|[+-]\d{4})?)?$", re.I)
_MAIL = re.compile(r"(?:[A-Z][a-z]{2,8},? )?\d{1,2} [A-Z][a-z]{2,8} \d{4}\b", re.I)


def read_day(value: str) -> Unit | None:
    """The day, month or year that ``value`` names, as it is written there (its own time zone); None if it is no date.

    Specimens: "2024-05-14", "2024-05-14T23:30:00Z", "20240514", "2024-05", "Tue, 14 May 2024 19:12:00 +0300".
    """
    value = value.strip()
    found = _ISO.match(value) or _BASIC.match(value)
    try:
        if found:
            return Unit(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]
        if _MAIL.match(value):
            parts = parsedate_tz(value)
            return Unit.of(dt.date(*parts[:3])) if parts else None
    except (ValueError, OverflowError):
        return None
    return None
