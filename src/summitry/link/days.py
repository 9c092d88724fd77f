"""The days on which a visit may fall, as one report tells them, and whether two reports can mean the same days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from summitry.link.thresholds import ABOUT_DAYS, OPEN_DAYS
from summitry.model.register import Told
from summitry.model.visits import Status

AHEAD = frozenset({Status.PROPOSED, Status.PLANNED, Status.POSTPONED, Status.CANCELLED, Status.RULED_OUT})
"""Statuses that speak of days to come (or that were to come)."""

SIZES = {"day": 0, "month": 1, "season": 2, "year": 3}


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day of the dates as told, how far an open or approximate end may reach beyond, and the precision.

    ``size`` is 0 where days are told, 1 for months, 2 for seasons and other groupings, 3 for years.
    """

    first: dt.date
    last: dt.date
    before: int
    after: int
    size: int

    @property
    def reach_first(self) -> dt.date:
        """The first day that the words can hold."""
        return shift(self.first, -self.before)

    @property
    def reach_last(self) -> dt.date:
        """The last day that the words can hold."""
        return shift(self.last, self.after)


def shift(day: dt.date, days: int) -> dt.date:
    """A day some days later, held inside the calendar."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def window(told: Told) -> Window | None:
    """The days of a report's visit; None where no days are told."""
    dates = told.visit.dates
    if dates is None:
        return None
    first, last = dates.earliest, dates.latest
    about = ABOUT_DAYS if any(u and u.about for u in (dates.start, dates.end)) else 0
    before = after = about
    if first is None:
        assert dates.end is not None and last is not None  # noqa: S101  (a range has an end that is known)
        first, before = dates.end.first, max(about, OPEN_DAYS)
    if last is None:
        assert dates.start is not None  # noqa: S101
        last, after = dates.start.last, max(about, OPEN_DAYS)
        on = told.published.as_day if told.published else None
        if told.visit.status is Status.ONGOING and on and 0 < (on - last).days <= OPEN_DAYS:
            last = on
    return Window(first, last, before, after, SIZES[dates.precision])


def fits_time(told: Told, first: dt.date, last: dt.date, slack: int) -> bool:
    """Whether a report of its day and status can speak of a visit on days ``first`` to ``last``.

    What is told as over began before the report; what is told as ahead was not long over at the report.
    """
    if told.published is None:
        return True
    earliest, latest = told.published.earliest, told.published.latest
    status = told.visit.status
    if status is Status.COMPLETED:
        return latest is None or first <= shift(latest, slack)
    if status in (Status.PROPOSED, Status.PLANNED):
        return earliest is None or shift(last, slack) >= earliest
    return True
