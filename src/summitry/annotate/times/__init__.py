"""Time expressions: found by the grammar of ``data/times``, anchored on the report's day, told days and the verb's tense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from summitry.annotate.times.context import Context, Meaning
from summitry.annotate.times.lengths import MAKES
from summitry.annotate.times.match import Match, Scan
from summitry.annotate.times.tense import Tenses
from summitry.annotate.times.verbs import EITHER, PAST
from summitry.lexicon.times import Grammar
from summitry.model.article import Published
from summitry.model.errors import KnowledgeError
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token
from summitry.model.times import Timex, TimexType

__all__ = ["find_times"]

_ENDS = frozenset(".;!?")
_CLOSE = 8  # pieces looked at for the end of a sentence
_THEN = 15  # pieces over which "before" joins a day to the one told before it
_STORY = 40  # pieces over which a story of a year long over goes on
_JOINT = 2  # pieces between two expressions of one row
_BRACKETS = 10  # pieces that the same hour elsewhere may take
_NEAR = 14  # days from the report within which a day may open a stay told by day names
_TENSED = frozenset({
    "date", "weekday", "weekend", "season", "quarter", "holiday", "days", "months", "clock", "half", "beside", "week-of",
    "holiday-week", "modified", "soon", "shift", "step", "away", "part-of", "nth-weekday",
})  # fmt: skip
"""The constructors that ask for the tense of the verb."""


def find_times(
    text: str,
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    published: Published | dt.date | None,
    grammar: Grammar,
) -> tuple[Timex, ...]:
    """All time expressions of a text in order, none overlapping another.

    ``published`` is the day (or month, or year) that "Monday" and "last year" count from; without it their range is None.
    Tags give the tense and tell the verb "may" from the month; with no tokens only words decide. Cost: linear.

    Specimen: in a report of Thursday 2024-05-16 "He will arrive on Tuesday" gives the value 2024-05-21, direction
    "future", anchor "publication", rule "weekday".
    """
    return tuple(_Reader(text, tokens, sentences, published, grammar).read())


class _Reader:
    """One reading of one text."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        published: Published | dt.date | None,
        grammar: Grammar,
    ) -> None:
        self.scan = Scan(text, tokens, grammar)
        self.context = Context.of(published, grammar)
        self.tenses = Tenses(tokens, sentences, grammar)

    def read(self) -> Iterator[Timex]:
        """Left to right, the longest match that means something."""
        scan, starters = self.scan, self.scan.grammar.starters
        words, i, size = scan.words, 0, len(scan.words)
        while i < size:
            word = words[i]
            if word not in starters and not word.isdecimal():
                i += 1
                continue
            end = i + 1
            for match in scan.candidates(i):
                if match.rule.make == "none":
                    end = match.last
                    break
                found = self._timexes(match)
                if found:
                    yield from found
                    end = match.last
                    break
            i = end

    def _timexes(self, match: Match) -> list[Timex]:
        if match.rule.make == "pair":
            return self._pair(match)
        meaning = self._meaning(match, match.first, match.last)
        if meaning is None:
            return []
        if not self._compared(match):
            self.context.remember(meaning, match.last, "month" in match.slots)
        return [self._timex(match, meaning, match.first, match.last)]

    @staticmethod
    def _compared(match: Match) -> bool:
        """Whether an expression looks back from one told, to compare: "from 5 the month before and 7 | a year earlier"."""
        back = match.slots.get("step", match.slots.get("gap", 1))
        unit = match.slots.get("span", match.slots.get("unit"))
        return match.rule.make in ("step", "earlier") and int(back) < 0 and unit in ("M", "Q", "Y")

    def _meaning(self, match: Match, first: int, last: int) -> Meaning | None:
        """The meaning of a match, with that of the expression inside it."""
        slots: dict[str, Any] = dict(match.slots)
        inner = slots.get("of")
        context = self.context
        context.piece = first
        if isinstance(inner, Match):
            slots["of"] = self._meaning(inner, first, last)
            if slots["of"] is None:
                return None
        elif match.rule.make == "clock" and (day := self._day_behind(match.last)) is not None:
            slots["of"] = self._meaning(day, day.first, day.last)
        elif match.rule.make in _TENSED:
            context.ended = self._ended(match) if match.rule.make == "quarter" else None
            context.piece = first
            beside = self._before(match.first)  # "later on | Sunday", of which "later on" is a part
            context.before = beside if beside in self.scan.grammar.tense["same_day"] else self._before(first)
            context.next_to, context.then = self._joint(first)
            context.until, context.until_month = self._until(last, "weekday"), self._until(last, "month")
            context.since = self._since(first)
            told = context.told.piece if context.told else first
            context.joined = not _ENDS & set(self.scan.words[max(told, first - _CLOSE) : first])
            context.tense = self.tenses.of(self.scan.starts[first], self.scan.ends[last - 1])
            context.sure, context.present = self.tenses.sure, self.tenses.present
            context.firm = self.tenses.firm
            context.narrated = self._narrated(first)
            if match.rule.make == "weekday" and (settled := self._settled(match)) is not None:
                return settled
        make = MAKES.get(match.rule.make)
        if make is None:
            raise KnowledgeError(f"rule {match.rule.id}: no constructor {match.rule.make!r}; there are {sorted(MAKES)}")
        return make(slots, context)

    def _narrated(self, first: int) -> bool:
        """Whether a piece may go on with the story of a year long over: told as past, in the same paragraph."""
        story, context = self.context.story, self.context
        if story is None or context.tense not in (PAST, "") or self.tenses.perfect:
            return False
        if self.scan.word(first - 1) in self.scan.grammar.tense["out_of_story"]:
            return False
        near = 0 <= first - story.piece <= _STORY
        return near and not any(self.scan.broken(k) for k in range(max(story.piece, 1), first + 1))

    def _before(self, first: int) -> str:
        """The word before a piece, with the one before that if it is "on"."""
        word = self.scan.word(first - 1)
        return f"{self.scan.word(first - 2)} on" if word == "on" else word

    def _joint(self, first: int) -> tuple[str, bool]:
        """How the expression told before leads to a piece: "to", "and" or ""; and whether with "before"."""
        told, words, tense = self.context.told, self.scan.grammar.tense["to"], self.scan.grammar.tense
        if told is None or not 0 < first - told.piece <= _THEN or self.scan.broken(first):
            return "", False
        gap = self.scan.words[told.piece : first]
        then = bool(tense["then"] & set(gap)) and not _ENDS & set(gap)
        if len(gap) > _JOINT or not set(gap) <= words | tense["and"]:
            return "", then
        return ("to" if words & set(gap) else "and"), then

    def _until(self, last: int, kind: str) -> int | None:
        """The weekday or the month to which "to" leads from an expression that ends before a piece."""
        if self.scan.word(last) not in self.scan.grammar.tense["to"] or last + 1 >= len(self.scan):
            return None
        return next((int(value) for label, _, value in self.scan.lex(last + 1) if label == kind), None)

    def _settled(self, match: Match) -> Meaning | None:
        """A weekday that what follows settles: "Friday | (17 May)", "Tuesday | and Wednesday of next week"."""
        word, last, grammar = self.scan.word, match.last, self.scan.grammar
        if match.slots.keys() - {"weekday", "part"} or last + 1 >= len(self.scan):
            return None
        link = word(last)
        if link != "(" and link not in grammar.tense["to"] | grammar.tense["and"]:
            return None
        inner = self.scan.nested(last + 1, "day", 1)
        if inner is None:
            return None
        if link == "(" and inner.rule.make == "date" and word(inner.last) == ")":
            day = MAKES["date"](inner.slots | {"weekday": match.slots["weekday"]}, self.context)
            fits = day is not None and day.first is not None and day.first.isoweekday() == match.slots["weekday"]
            return day if fits and "part" not in match.slots else None
        if inner.rule.make == "weekday-of-week" and "part" not in match.slots:
            return MAKES["weekday-of-week"](inner.slots | match.slots, self.context)
        return None

    def _day_behind(self, i: int) -> Match | None:
        """The day of the hour that follows: "10:35 a.m. | (0735 GMT) Friday", "9 a.m. | to 5 p.m. on Friday"."""
        word, tense = self.scan.word, self.scan.grammar.tense
        if word(i) in tense["to"] | tense["and"] and i + 1 < len(self.scan):
            later = (m.slots.get("of") for m in self.scan.candidates(i + 1) if m.rule.make == "clock")
            return next((day for day in later if isinstance(day, Match)), None)
        if word(i) == "(":
            i = next((k for k in range(i + 1, i + _BRACKETS) if word(k) == ")"), -1)
        if i < 0 or word(i) != ")":
            return None
        i += 1
        while word(i) in self.scan.grammar.tense["before_day"]:
            i += 1
        return self.scan.nested(i, "day", 1) if i < len(self.scan) else None

    def _ended(self, match: Match) -> dt.date | None:
        """The last day of a quarter, told behind it: "the quarter | ended Sept. 30"."""
        if self.scan.word(match.last) not in self.scan.grammar.tense["ended"]:
            return None
        at = match.last + 1 + (self.scan.word(match.last + 1) in self.scan.grammar.tense["on_day"])
        inner = self.scan.nested(at, "date", 1) if at < len(self.scan) else None
        if inner is None or inner.rule.make != "date":
            return None
        told = self._meaning(inner, at, inner.last)
        return told.range.latest if told and told.range else None

    def _since(self, first: int) -> dt.date | None:
        """The day told just before, if "to" or "until" leads from it to the piece."""
        told = self.context.told_day
        if told is None or not 1 <= first - told.piece <= 2 or self.scan.broken(first):
            return None
        links = self.scan.grammar.tense["to"]
        day, report = told.meaning.first, self.context.day
        near = day is not None and report is not None and abs((day - report).days) <= _NEAR
        return day if near and self.scan.word(told.piece) in links else None

    def _pair(self, match: Match) -> list[Timex]:
        """Dates that share a month or a year: "May 7 and 10" is "May 7" and "10"."""
        found: list[tuple[Meaning, int, int]] = []
        shared = {k: match.slots[k] for k in ("year", "shift") if k in match.slots}
        self.context.piece = match.first
        self.context.tense = self.tenses.of(self.scan.starts[match.first], self.scan.ends[match.last - 1])
        self.context.narrated = self._narrated(match.first)
        for part in match.rule.parts:
            names = [n for n in part if n in match.at]
            slots = {n.rstrip("23"): match.slots[n] for n in names} | shared
            make = "date"
            if "of_month" in match.slots:  # "the 5th to the 8th of next month"
                make, slots = "day-of-month", {"day": slots["day"], "shift": match.slots["of_month"]}
            elif "month" in match.slots:
                slots.setdefault("month", match.slots["month"])
            meaning = MAKES[make](slots, self.context)
            if meaning is None:
                return []
            found.append((meaning, min(match.at[n][0] for n in names), max(match.at[n][1] for n in names)))
        if len(found) == 2 and "month2" in match.slots and "day" not in match.slots and "year" in shared:
            start, end = (meaning.first for meaning, *_ in found)
            if start and end and start > end:  # "November to March 1990"
                earlier = MAKES["date"]({"month": match.slots["month"], "year": shared["year"] - 1}, self.context)
                found[0] = (earlier or found[0][0], *found[0][1:])
        days = [meaning.first for meaning, *_ in found]
        if any(a and b and b <= a for a, b in pairwise(days)):
            return []
        for meaning, _, last in found:
            self.context.remember(meaning, last, True)
        return [self._timex(match, *f) for f in found]

    def _timex(self, match: Match, meaning: Meaning, first: int, last: int) -> Timex:
        span = Span(self.scan.starts[first], self.scan.ends[last - 1])
        return Timex(
            span,
            TimexType(meaning.type),
            meaning.value,
            meaning.range,
            meaning.anchor,
            match.rule.id,
            meaning.days,
            "" if meaning.direction == EITHER else meaning.direction,
            meaning.mod,
            meaning.zone,
        )
