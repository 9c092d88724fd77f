"""Attach each time of a sentence to the verb or noun it dates, with the part it plays there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from summitry.annotate.times.context import (
    PUBLICATION,
    Meaning,
    add_months,
    day_meaning,
    month_meaning,
    shift_days,
    week_meaning,
    year_meaning,
)
from summitry.extract.verbs import Group, verb_before
from summitry.extract.view import View
from summitry.model.dates import DateRange
from summitry.model.spans import Span
from summitry.model.times import Timex, TimexType


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it dates something.

    Attributes:
        timex: the time; ``role`` its part: "on", "from", "until", "by", "before", "after", "for", "since", "in".
        governor: the unit (verb head or noun) that it dates, -1 if none.
        how: "follows" the governor, "precedes" it, stands "inside" its phrase ("the two-day visit"), or is "counted" from
            another day ("a day after he left").
    """

    timex: Timex
    role: str
    governor: int
    how: str
    unit: int

    @property
    def shared(self) -> bool:
        """Whether the time stands before or inside the phrase and so holds for all places of a list."""
        return self.how in {"precedes", "inside"}

    @property
    def of_a_leg(self) -> bool:
        """Whether the time of several places may date one of them.

        An interval told for a tour dates none of its legs, a calendar unit (a week, a month) all of them.
        """
        r = self.timex.range
        if self.role == "from" or (self.role == "until" and r is not None and r.as_day is not None):
            return False
        return r is None or r.single or "-W" in self.timex.value

    def for_host(self, host: Span, hosts: list[Span]) -> bool:
        """Whether the time dates this place of several: the nearest, or all of a list that it leads or ends.

        "Brussels on Tuesday, Vienna on Thursday": each has its own. "Oslo and Rome next week": both have it.
        """
        if len(hosts) == 1 or self.shared:
            return True
        span, r = self.timex.span, self.timex.range
        unit = r is not None and (r.precision != "day" or "-W" in self.timex.value)
        if unit and all(span.end <= h.start for h in hosts):
            return True  # "three countries next week: Chad, Mali and Niger"
        if all(h.end <= span.start for h in hosts) and all(b.start - a.end <= 12 for a, b in pairwise(hosts)):
            return True
        return host == min(hosts, key=lambda h: max(span.start - h.end, h.start - span.end))


def in_week(found: tuple[Moment, ...], week: DateRange, today: dt.date) -> tuple[Moment, ...]:
    """Weekdays still to come before a week that the sentences before tell of, as days of that week.

    Specimen: "X will visit Riga next week. He arrives on Wednesday": not tomorrow.
    """
    return tuple(replace(m, timex=_in_week(m.timex, week, today)) for m in found)


def _in_week(timex: Timex, week: DateRange, today: dt.date) -> Timex:
    day = timex.range.as_day if timex.range is not None else None
    first, last = week.earliest, week.latest
    if timex.rule != "weekday" or timex.type is not TimexType.DATE or day is None or first is None or last is None:
        return timex
    moved = day + dt.timedelta(7)
    if not (today <= day < first <= moved <= last) or day.weekday() >= SATURDAY:
        return timex  # a Sunday before the week is the eve of what is due in it
    return replace(timex, value=str(moved), range=DateRange.day(moved))


def still_ahead(found: tuple[Moment, ...], today: dt.date | None) -> tuple[Moment, ...]:
    """Weekdays behind the day of the report as those ahead of it: days of what is called off are days to come.

    Specimen: "she put off a visit that had been planned for Friday", told on a Tuesday: not last week's. Yesterday stays.
    """
    if today is None:
        return found
    return tuple(replace(m, timex=_ahead_of(m.timex, today)) for m in found)


def _ahead_of(timex: Timex, today: dt.date) -> Timex:
    day = timex.range.as_day if timex.range is not None else None
    if timex.rule != "weekday" or timex.type is not TimexType.DATE or day is None:
        return timex
    if not 1 < (today - day).days < 7:
        return timex
    moved = day + dt.timedelta(7)
    return replace(timex, value=str(moved), range=DateRange.day(moved))


SATURDAY = 5

COUNTED = 12
"""Units before a length in which a word may say that journeys are counted over it."""

WITHIN = "duration-next"
"""The rule of a length that begins now, within which something happens: "the next three weeks"."""

_LENGTH = re.compile(r"P(\d{1,2})([DWMY])")

_ROLES = ("from", "until", "by", "before", "after", "for", "since", "in")


def moments(view: View, groups: dict[int, Group]) -> tuple[Moment, ...]:
    """The times of a sentence, each with its governor and role, in the order of the text."""
    found: list[Moment] = []
    for k in view.times:
        moment = _moment(view, groups, k)
        if (
            found
            and found[-1].unit == k - 2
            and view.lower(k - 1) in {"and", "or", "until", "till", "to", "-", "–", "through"}
        ):
            moment = replace(moment, governor=found[-1].governor, how=found[-1].how)  # "Monday and Tuesday"
        found.append(moment)
    found = _in_order(view, groups, found)
    return tuple(_counted(view, groups, m, found) for m in found)


def _counted(view: View, groups: dict[int, Group], moment: Moment, every: list[Moment]) -> Moment:
    """A length that tells a day, a week, a month or a year by its distance, as that; any other time as it is."""
    if moment.role == "apart":
        return _days_apart(view, groups, moment, every)
    return _ahead_by(view, groups, moment) if moment.role == "in" else moment


def _in_order(view: View, groups: dict[int, Group], found: list[Moment]) -> list[Moment]:
    """Weekdays told after one of next week, in the order of the days to come: "arrives on Monday and leaves on Friday".

    Told on a Wednesday, that Friday is not the day after tomorrow. "Arrives on Monday after talks on Friday" goes back.
    """
    today = view.annotated.published.day
    if today is None or len(found) < 2:
        return found
    back = view.words.of("function", "after") | view.words.of("function", "before") | view.words.of("function", "since")
    out, base = found[:1], found[0]
    for moment in found[1:]:
        day = base.timex.range.as_day if base.timex.range is not None else None
        week = next_week(day, today) if base.timex.rule == "weekday" else None
        told = groups.get(moment.governor)
        turned = any(view.lower(m) in back for m in range(base.unit + 1, moment.unit))
        if week is not None and not turned and (told is None or "past" not in told.cues):
            moment = replace(moment, timex=_in_week(moment.timex, week, today))
        out.append(moment)
        base = moment if moment.timex.rule == "weekday" else base
    return out


def next_week(day: dt.date | None, today: dt.date) -> DateRange | None:
    """The week of a day that lies in the week after that of the report; None for any other day."""
    later = shift_days(today, 7)
    week = week_meaning(later, PUBLICATION).range if later is not None else None
    if day is None or week is None or week.earliest is None or week.latest is None:
        return None
    return week if week.earliest <= day <= week.latest else None


def _ahead_by(view: View, groups: dict[int, Group], moment: Moment) -> Moment:
    """ "Will visit Riga in three weeks": the day, week, month or year that lies so far ahead of the report."""
    length, today = _LENGTH.fullmatch(moment.timex.value), view.annotated.published.day
    group = groups.get(moment.governor) or verb_before(groups, moment.governor)  # "will pay a visit in three weeks"
    if length is None or today is None or group is None or moment.how == "inside":
        return moment
    ahead = bool(group.cues & {"future", "planned", "would", "present"}) and not group.cues & {"past", "perfect"}
    if not ahead or moment.timex.rule == WITHIN or view.lower(moment.unit + 1) in view.words.of("edge", "of"):
        return moment  # "in the next three weeks", "in three days of talks"
    near = [view.lower(m) for m in range(max(0, moment.unit - COUNTED), moment.unit)]
    counts = (view.words.of("ordinal", "words"), view.words.of("function", "times"))
    if any(word in some for word in near for some in counts) or any(view.words.role("nth", word) for word in near):
        return moment  # "the first to visit Oslo in three years", "for the second time in a week"
    then = _so_far_on(today, int(length[1]), length[2])
    if then is None:
        return moment
    timex = replace(moment.timex, type=TimexType.DATE, value=then.value, range=then.range, days=None)
    return replace(moment, timex=timex, role="on", how="counted")


def _so_far_on(today: dt.date, number: int, unit: str) -> Meaning | None:
    """The day, the week, the month or the year so many of them after a day; None beyond the calendar."""
    if unit == "Y":
        return year_meaning(today.year + number, PUBLICATION)
    if unit == "M":
        return month_meaning(*add_months(today.year, today.month, number), PUBLICATION)
    day = shift_days(today, number * (7 if unit == "W" else 1))
    if day is None:
        return None
    return week_meaning(day, PUBLICATION) if unit == "W" else day_meaning(day, PUBLICATION)


def _days_apart(view: View, groups: dict[int, Group], moment: Moment, every: list[Moment]) -> Moment:
    """ "On Monday, a day after he met X in Riga": the day counted from that of the sentence, else from that of the report."""
    days, k = moment.timex.days, moment.unit
    near = range(k + 2, min(k + 10, len(view)))
    deed = next((m for m in near if m in groups or (view.is_noun(m) and _eventive(view, m))), None)
    after = view.lower(k + 1) in view.words.of("function", "after")
    before = view.lower(k + 1) in view.words.of("function", "before")
    if deed is None or not (after or before) or not days or days > FEW:
        return moment
    dated = [m.timex.range for m in every if m is not moment and m.timex.range is not None]
    base = dated[0].as_day if len(dated) == 1 else view.annotated.published.day if not dated else None
    if base is None:
        return moment
    try:
        day = base - dt.timedelta(days if after else -days)
    except OverflowError:  # "on 31 December 9999, a day before he leaves"
        return moment
    timex = replace(moment.timex, type=TimexType.DATE, value=str(day), range=DateRange.day(day), days=None)
    return replace(moment, timex=timex, role="on", governor=deed, how="counted")


FEW = 6
"""Days up to which a day is counted that is told by its distance from another."""


def _role(view: View, k: int) -> str:
    f = view.words.classes["function"]
    j = k - 1
    while view.tag(j) in {"DT", "RB", "JJ"} and view.is_word(j):
        j -= 1
    word = view.lower(j) if view.is_word(j) else ""
    timex = view.time(k)
    length = timex is not None and timex.type is TimexType.DURATION
    if view.lower(k + 1) in (f["apart"] if length else f["compared"]):
        return "apart"  # "two days into his visit", "a day after he arrived", "a day earlier than planned"
    if word in {"before", "after", "by"} and timex is not None and timex.type is TimexType.TIME:
        return "on"  # "shortly before midnight on Saturday" is on Saturday
    if word in {"between", "and"} and view.time(k - 2) is not None and view.lower(k - 3) in {"between", "from"}:
        return "until"
    if word == "since" or (view.person(j - 1) is not None and view.lower(j - 2) == "since"):
        return "since"  # "the first to visit Peru since X in 2003"
    if word in f["from"] or word == "between" or (word == "on" and view.lower(j - 1) in f["from"]):
        return "from"
    if word in f["until"]:
        return "until"
    if word == "and" and view.kind(k - 2) == "time":
        return "and"
    return word if word in _ROLES else "on"


def _moment(view: View, groups: dict[int, Group], k: int) -> Moment:
    timex = view.time(k)
    assert timex is not None  # noqa: S101  the caller has looked
    role = _role(view, k)
    inside = _inside(view, k)
    if inside is not None:
        # "since the June summit": the word before is of the summit, not of June
        return Moment(timex, "on" if role in {"since", "before", "after", "by"} else role, inside, "inside", k)
    left = _left(view, groups, k)
    if left is not None and left not in groups and (verb := _spoken_of(view, groups, left, timex)) is not None:
        left = verb
    if left in groups and role == "from" and (leans := _leans_on(view, groups, k, left)) is not None:
        left = leans
    right = _right(view, groups, k)
    if left is None and right is None:
        return Moment(timex, role, -1, "precedes", k)
    if left is None or (right is not None and _leans_right(view, groups, k, left, right)):
        return Moment(timex, role, -1 if right is None else right, "precedes", k)
    return Moment(timex, role, left, "follows", k)


def _inside(view: View, k: int) -> int | None:
    """The noun of "the two-day visit", "Monday's talks", "his 1-3 December trip"; None if the time stands on its own."""
    m = view.after_possessive(k)
    steps = 0
    while steps < 5 and m < len(view):
        if view.is_noun(m) and (_eventive(view, m)):
            return m
        if (view.place(m) is not None) or (
            view.is_word(m)
            and view.tag(m) in {"JJ", "NN", "NNP", "HYPH", "VBN", "VBG", "POS", "NNS"}
            and view.lower(m) != ","
        ):
            m += 1
            steps += 1
            continue
        return None
    return None


def _eventive(view: View, m: int) -> bool:
    return view.lemma(m) in view.words.eventive or view.lower(m) in view.words.of("events", "nouns")


def _left(view: View, groups: dict[int, Group], k: int) -> int | None:
    """The nearest verb or eventive noun to the left, within the clause; one of a clause that is closed before is passed over."""
    m = k - 1
    while m >= 0:
        if m in groups:
            return m
        noun = view.is_word(m) and (view.is_noun(m) or view.tag(m).startswith("NNP")) and view.tag(m + 1) != "HYPH"
        if noun and _eventive(view, m):
            return m
        if view.lower(m) in {";"}:
            return None
        opened = view.insertions.get(m)  # "will visit Riga, which is to vote, | on Thursday"
        m = m - 1 if opened is None else opened - 1
    return None


def _leans_on(view: View, groups: dict[int, Group], k: int, left: int) -> int | None:
    """ "Will be in Riga starting Friday": the verb whose first day a participle right before the time tells."""
    group = groups[left]
    begins = left in {k - 1, k - 2} and view.lower(left) in view.words.of("function", "from")
    if not begins or "participle" not in group.cues or group.matrix is None:
        return None
    noun = any(view.is_noun(m) and _eventive(view, m) for m in range(group.matrix + 1, left))
    return None if noun else group.matrix


def _spoken_of(view: View, groups: dict[int, Group], noun: int, timex: Timex) -> int | None:
    """The verb that a day behind a visit noun dates, where the visit is only spoken of: "asked about her trip on Monday".

    A day ahead, a week or a month is the visit's.
    """
    day, published = timex.range.as_day if timex.range else None, view.annotated.published.day
    if day is None or published is None or day > published:
        return None
    words, f = view.words, view.words.classes["function"]
    verb = next((h for h in reversed(groups) if h < noun), None)
    if verb is None or noun - verb > 12 or not groups[verb].cues & {"past", "perfect"}:
        return None
    spoken = words.of("announce", "verbs") | words.of("attitude", "verbs") | words.of("attitude", "spoken")
    if view.lemma(verb) not in spoken or (
        view.lemma(verb) in words.verbs and words.verbs[view.lemma(verb)][0].act != "speak"
    ):
        return None
    between = {view.lower(m) for m in range(verb + 1, noun) if view.is_word(m)}
    if between & (f["within"] | f["clause"] | {",", "ahead"}):
        return None
    return verb


def _right(view: View, groups: dict[int, Group], k: int) -> int | None:
    """The next verb to the right; one of saying in an insertion is left out: "on Monday, he said, X will go"."""
    right = [h for h in groups if h > k]
    said = right and view.lower(k + 1) == "," == view.lower(right[0] + 1) and right[0] - k <= 4
    if said and len(right) > 1 and view.lemma(right[0]) in view.words.of("announce", "verbs"):
        return right[1]
    return right[0] if right else None


def _leans_right(view: View, groups: dict[int, Group], k: int, left: int, right: int) -> bool:
    """Whether a time between two governors dates the one to its right: "X on Monday held", "said on Monday he arrived"."""
    f = view.words.classes["function"]
    start = k
    while view.lower(start - 1) in {"on", "in", "late", "early", "at", "during"} and view.is_word(start - 1):
        start -= 1
    # A person as the unit just before: "President X on Monday held".
    if view.person(start - 1) is not None and groups[right].first in {k + 1, k + 2} and left not in groups:
        return view.lower(start - 2) not in f["with"]  # "the talks with X on Monday went on"
    if view.person(start - 1) is not None and groups[right].first == k + 1:
        passed = any(view.person(m) is not None for m in range(left + 1, start))
        return passed and view.lower(left + 1) not in f["before_subject"]
    # "..., and on Monday he will": a joint just before and a subject just after.
    if view.lower(start - 1) in f["joints"] and groups[right].first - k <= 3:
        return view.lower(start - 1) != "," or view.person(k + 1) is not None or view.lower(k + 1) == ","
    if "past" in groups[right].cues and start == k and view.kind(k - 1) in {"place", "person"}:
        return False  # "his talks in Riga last year were ...": the time closes the noun's phrase
    if "infinitive" in groups[right].cues and view.lower(k + 1) == "to":
        return False  # "talks here on Monday to discuss trade"
    if left not in groups and not any(view.lower(m) == "," or view.person(m) is not None for m in range(left + 1, k)):
        return False  # "the visit to Riga on Monday drew crowds"
    return groups[right].first == k + 1 and left not in groups and view.lower(k - 1) != "of"
