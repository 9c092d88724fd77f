"""When a report appeared: as stated or given, else inferred from what it tells of days. Unknown stays unknown.

The inference is a constraint problem over days. Candidates come from a date without a year (a dateline, a caption) or from an
anniversary; weekdays, years, events and the holders of offices that the text names rule candidates out. Only a candidate
that is left alone, and that something besides the weekday has singled out, is given, with the reasons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from summitry.annotate.times import find_times
from summitry.annotate.times.clues import Clues, gather, in_office
from summitry.lexicon.people import People
from summitry.lexicon.times import Grammar
from summitry.model.article import Article, Known, Published
from summitry.model.dates import DateRange
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RECENT = 1  # years: how far behind the report the newest year told as past may lie to date it
_APART = 4  # years: how far off the next candidate must be for that


def settle(
    article: Article,
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    grammar: Grammar,
    people: People | None = None,
) -> Published:
    """The publication date: what ingest knows, else what arithmetic settles, with the reasons; else unknown.

    ``people`` lets the holders of offices count as evidence. Specimen: a report that tells of "Monday", the 70th
    anniversary of the end of World War II and "Saturday's parade" is of 2015-05-04.
    """
    if article.published.how is not Known.UNKNOWN:
        return article.published
    times = find_times(article.text, tokens, sentences, None, grammar)
    clues = gather(article, tokens, sentences, times, grammar, people)
    return (
        by_dateline(clues, grammar) or by_caption(clues, grammar) or by_anniversary(clues, grammar) or article.published
    )


def by_dateline(clues: Clues, grammar: Grammar) -> Published | None:
    """A dateline without its year: the year in which everything told fits."""
    if clues.dateline is None:
        return None
    month, day, span = clues.dateline
    return _year(clues, grammar, month, day, span, f"the dateline says {month:02d}-{day:02d}")


def by_caption(clues: Clues, grammar: Grammar) -> Published | None:
    """A caption that dates what the lead tells by its weekday."""
    days = {(month, day) for month, day, _ in clues.captions}
    if len(days) != 1 or not clues.reported:
        return None
    month, day, span = clues.captions[0]
    return _year(clues, grammar, month, day, span, f"a caption dates the event {month:02d}-{day:02d}")


def by_anniversary(clues: Clues, grammar: Grammar) -> Published | None:
    """An anniversary with its day: the report is of the weekday told, in the week before the weekday of the celebrations."""
    found = {(count, event.id): (count, event) for count, event in clues.anniversaries}
    if len(found) != 1 or len(clues.reported) != 1:
        return None
    ((count, event),) = found.values()
    year, weekday = event.date.year + count, clues.reported[0]
    if not grammar.publishing["first_year"] <= year <= grammar.publishing["last_year"]:
        return None
    days = [
        d
        for month, day, marks in event.days
        if (d := _date(year, month, day)) and d.isoweekday() in clues.celebrated and (not marks or marks & clues.marks)
    ]
    if len(days) != 1:
        return None
    back = (days[0].isoweekday() - weekday - 1) % 7 + 1
    report = days[0] - dt.timedelta(back)
    if not _possible(clues, report):
        return None
    reasons = (
        f"{count} years after {event.id} ({event.date}) is {year}",
        f"{days[0]} is the {_DAY_NAMES[days[0].weekday()]} that the text looks ahead to",
        f"the {_DAY_NAMES[weekday - 1]} before it is {report}",
    )
    return Published(DateRange.day(report), Known.INFERRED, reasons)


def _year(clues: Clues, grammar: Grammar, month: int, day: int, span: Span, reason: str) -> Published | None:
    """The one year in which a day fits the weekday of the lead and all else that the text tells."""
    first, last = grammar.publishing["first_year"], grammar.publishing["last_year"]
    days = [d for year in range(first, last + 1) if (d := _date(year, month, day))]
    told = _told(clues)
    # The tense of a year may be misread ("the 2008 Games"): where the years leave nothing, they are set aside.
    possible = [d for d in days if _possible(clues, d)] or [d for d in days if _possible(clues, d, years=False)]
    for late in (0, 1):  # agency copy tells of its own day, or of the day before
        weekdays = {(weekday - 1 + late) % 7 + 1 for weekday in clues.reported} or set(range(1, 8))
        left = [d for d in possible if d.isoweekday() in weekdays]
        if left:
            break
    if len(left) > 1 and clues.past_years and told:
        newest = max(clues.past_years)
        near = [d for d in left if newest <= d.year <= newest + _RECENT]
        if len(near) == 1 and all(d.year >= near[0].year + _APART for d in left if d.year > near[0].year):
            told.append(f"the newest year told is {newest}")
            left = near
    if len(left) != 1 or not (told or clues.past_years):
        return None
    reasons = [reason]
    if clues.reported:
        names = " or ".join(_DAY_NAMES[weekday - 1] for weekday in clues.reported)
        reasons.append(f"the day told is {names}" + (", the day before" if late else ""))
    reasons.append("only then: " + ", ".join(told or [f"no year after {max(clues.past_years)} is told"]))
    return Published(DateRange.day(left[0]), Known.INFERRED, tuple(reasons), span)


def _possible(clues: Clues, day: dt.date, years: bool = True) -> bool:
    """Whether nothing told contradicts a publication day."""
    if years and clues.past_years and max(clues.past_years) > day.year:
        return False
    if any(d > day for d in clues.past_days):
        return False
    if any(event.date > day for event in clues.happened):
        return False
    if any((day - event.date).days > 366 for event in clues.within_year):
        return False
    if any(abs(event.date.year + count - day.year) > 1 for count, event in clues.anniversaries):
        return False
    if any(day < end for end in clues.former.values()):
        return False
    return all(in_office(tenures, day) for tenures in clues.offices.values())


def _told(clues: Clues) -> list[str]:
    """What narrows the years down, in words."""
    told = [f"{name} in office" for name in clues.offices]
    told += [f"{name} no longer in office" for name in clues.former]
    told += [
        f"{event.id} was {event.date}" for event in {e.id: e for e in (*clues.happened, *clues.within_year)}.values()
    ]
    return told + [f"{count} years after {event.id}" for count, event in clues.anniversaries]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
