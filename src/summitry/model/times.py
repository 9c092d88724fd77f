"""Temporal expressions, as TimeML's TIMEX3 has them, with the days they mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from summitry.model.dates import DateRange
from summitry.model.spans import Span


class TimexType(StrEnum):
    """The four TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression.

    Attributes:
        span: the words.
        type: TIMEX3 type.
        value: TIMEX3 value, as TimeML 1.2.1 writes it ("2024-05-16", "2013-SP", "P3D", "FUTURE_REF").
        range: the days meant, for DATE and TIME that can be settled; None where open (no anchor) or for SET and DURATION.
        anchor: what settled it: "itself", "publication", "expression" (an earlier one) or "none".
        rule: id of the grammar rule.
        days: length in days for a DURATION of days, weeks, ...: "three-day" is 3; None otherwise.
        direction: "past", "future" or "same", as told by the words or by the tense of the governing verb; "" if not.
        mod: TIMEX3 mod (START, MID, END, APPROX, ...), or "".
        zone: the offset from UTC of the hour, as ISO 8601 writes it ("Z", "+03", "-05"), where a zone is told; "" if not.

    Specimen: "on Thursday" of a report of 4 May 2015 that looks ahead:
    ``Timex(Span(27, 35), TimexType.DATE, "2015-05-07", DateRange.parse("2015-05-07"), "publication", "weekday")``.
    """

    span: Span
    type: TimexType
    value: str
    range: DateRange | None
    anchor: str
    rule: str
    days: int | None = None
    direction: str = ""
    mod: str = ""
    zone: str = ""
