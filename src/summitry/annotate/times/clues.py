"""What a text without a publication date tells of it: day names, dates without a year, years, events, holders of offices."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from summitry.annotate.times.tense import Tenses
from summitry.annotate.times.verbs import FUTURE, PAST
from summitry.lexicon.people import People, name_words
from summitry.lexicon.times import Event, Grammar
from summitry.model.article import READ, Article, Role
from summitry.model.entities import Sure, Tenure
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token
from summitry.model.times import Timex

_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")
_MONTH_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)$")
_MONTH = re.compile(r"XXXX-(\d\d)$")
_YEAR = re.compile(r"\d{4}$")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)")
_ANNIVERSARY = re.compile(r"(?:(\d{1,3})(?:st|nd|rd|th)|([a-z]+))[\s-]+(?:birth)?anniversary\b(?: of)?")
_LEAD = 3  # sentences in which a report tells what is new
_REACH = 120  # code points after "anniversary of" in which its event is named
_BESIDE = 30  # code points beside a weekday in which its celebration is named
_SLACK = dt.timedelta(45)  # offices are spoken of shortly before and after they are held
_TITLE_WORDS = 5  # words before a name in which its title stands


@dataclass(frozen=True, slots=True)
class Day:
    """A weekday told: which, seen ahead or behind, in which sentence, and where."""

    weekday: int
    direction: str
    sentence: int
    span: Span


@dataclass(slots=True)
class Clues:
    """Everything found; each with the words that say it."""

    weekdays: list[Day] = field(default_factory=list)
    celebrated: list[int] = field(default_factory=list)
    marks: frozenset[str] = frozenset()
    dateline: tuple[int, int, Span] | None = None
    captions: list[tuple[int, int, Span]] = field(default_factory=list)
    past_years: list[int] = field(default_factory=list)
    past_days: list[dt.date] = field(default_factory=list)
    future_days: list[dt.date] = field(default_factory=list)
    anniversaries: list[tuple[int, Event]] = field(default_factory=list)
    happened: list[Event] = field(default_factory=list)
    within_year: list[Event] = field(default_factory=list)
    offices: dict[str, list[Tenure]] = field(default_factory=dict)
    former: dict[str, dt.date] = field(default_factory=dict)

    @property
    def reported(self) -> tuple[int, ...]:
        """The weekdays that the lead tells as past: in agency copy that of the report is among them."""
        lead = [d for d in self.weekdays if d.sentence < _LEAD]
        told = [d for d in lead if d.direction == PAST] or [d for d in lead if not d.direction]
        first = [d for d in told if d.sentence == told[0].sentence]
        days = dict.fromkeys(d.weekday for d in first)
        # A later day told as past further down may be that of the report as well.
        past = {d.weekday for d in self.weekdays if d.direction == PAST}
        days |= dict.fromkeys(day % 7 + 1 for day in list(days) if day % 7 + 1 in past)
        return tuple(days)


def gather(
    article: Article,
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    times: Sequence[Timex],
    grammar: Grammar,
    people: People | None,
) -> Clues:
    """Collect the clues of a text. ``times`` are its expressions read without a day."""
    clues = Clues()
    text = article.text
    body = [b for b in article.blocks if b.role in READ]
    dateline = article.dateline.span if article.dateline else None
    tenses = Tenses(tokens, sentences, grammar)
    leads = _numbered(sentences, article)
    for time in times:
        role = next((b.role for b in article.blocks if b.span.covers(time.span)), None)
        if dateline is not None and dateline.covers(time.span):
            if found := _MONTH_DAY.fullmatch(time.value):
                clues.dateline = (int(found[1]), int(found[2]), time.span)
        elif role in READ or not article.blocks:
            _timed(clues, text, time, tenses, leads, role)
    lowered = "\n".join(b.span.of(text) for b in body) if body else text
    _events(clues, lowered, grammar)
    _celebrations(clues, text, grammar)
    _within(clues, text, sentences, times, grammar)
    if people is not None:
        _offices(clues, tokens, people, grammar)
    return clues


def _numbered(sentences: Sequence[Sentence], article: Article) -> list[tuple[Span, int]]:
    """The sentences of the body with their number, headline and captions aside."""
    spans = [b.span for b in article.blocks if b.role is Role.BODY]
    inside = [s.span for s in sentences if not spans or any(b.meets(s.span) for b in spans)]
    return [(span, n) for n, span in enumerate(inside)]


def _timed(
    clues: Clues, text: str, time: Timex, tenses: Tenses, leads: list[tuple[Span, int]], role: Role | None
) -> None:
    """File one expression."""
    if found := _WEEKDAY.match(time.value):
        number = next((n for span, n in leads if span.covers(time.span)), 999)
        clues.weekdays.append(Day(int(found[1]), time.direction, number, time.span))
    elif found := _MONTH_DAY.fullmatch(time.value):
        if role is Role.CAPTION:
            clues.captions.append((int(found[1]), int(found[2]), time.span))
    elif _YEAR.fullmatch(time.value):
        # A year before a name ("the 2010 Asian Games") tells of no tense.
        if tenses.of(time.span.start, time.span.end) == PAST and not re.match(
            r"\s+[A-Z]", text[time.span.end : time.span.end + 3]
        ):
            clues.past_years.append(int(time.value))
    elif (found := _DATE.match(time.value)) and time.anchor == "itself":
        day = dt.date.fromisoformat(found[1])
        tense = tenses.of(time.span.start, time.span.end)
        if tense:
            (clues.future_days if tense == FUTURE else clues.past_days).append(day)


def _events(clues: Clues, text: str, grammar: Grammar) -> None:
    """Events named, and anniversaries counted."""
    named = {event.id: event for event in grammar.events if any(phrase in text for phrase in event.phrases)}
    clues.happened = [event for event in named.values() if not event.foreseen]
    ordinals: dict[str, int] = grammar.publishing.get("ordinals", {})
    kept = [e for e in named.values() if any(_kept(text, phrase) for phrase in e.phrases)]
    for found in _ANNIVERSARY.finditer(text):
        count = int(found[1]) if found[1] else ordinals.get(found[2].split("-")[-1], 0)
        if not count:
            continue
        after = text[found.end() : found.end() + _REACH]
        direct = [e for e in named.values() if any(phrase in after for phrase in e.phrases)]
        # An anniversary whose event is told in other words is that of the one event whose anniversary the text names.
        events = direct or (kept if re.match(r"\s+the end of the\b", after) else [])
        if len(events) == 1:
            clues.anniversaries.append((count, events[0]))


def _kept(text: str, phrase: str) -> bool:
    return bool(
        re.search(
            re.escape(phrase) + r"(?:'s|’s)? (?:victory )?anniversary|anniversary of (?:the )?" + re.escape(phrase),
            text,
        )
    )


def _celebrations(clues: Clues, text: str, grammar: Grammar) -> None:
    """The weekdays ahead beside which a parade, a ceremony ... stands; the words that tell whose holiday it is."""
    words = grammar.publishing.get("commemoration", frozenset())
    for day in clues.weekdays:
        around = text[max(0, day.span.start - _BESIDE) : day.span.end + _BESIDE].lower()
        if day.direction == FUTURE and words & set(re.findall(r"[a-z]+", around)):
            clues.celebrated.append(day.weekday)
    marks = {mark for event in grammar.events for _, _, marks in event.days for mark in marks}
    clues.marks = frozenset(mark for mark in marks if mark in text)


def _within(clues: Clues, text: str, sentences: Sequence[Sentence], times: Sequence[Timex], grammar: Grammar) -> None:
    """Events told with their month and no year ("sent troops in February"): not a year ago."""
    for event in clues.happened:
        for sentence in sentences:
            words = sentence.span.of(text)
            if not any(phrase in words for phrase in event.phrases):
                continue
            for time in times:
                if sentence.span.covers(time.span) and time.direction != FUTURE:
                    found = _MONTH.fullmatch(time.value) or _MONTH_DAY.fullmatch(time.value)
                    if found and int(found[1]) == event.date.month:
                        clues.within_year.append(event)


def _offices(clues: Clues, tokens: Sequence[Token], people: People, grammar: Grammar) -> None:
    """People named in full behind a title that they hold at some time: the report is of that time."""
    out = grammar.publishing.get("not_in_office", frozenset())
    gone = grammar.publishing.get("formerly", frozenset())
    for i, token in enumerate(tokens):
        if not token.text[:1].isupper() or (i and tokens[i - 1].text[:1].isupper() and tokens[i - 1].tag == ""):
            continue
        for size in (4, 3, 2):
            run = tokens[i : i + size]
            if len(run) < size or not all(t.text[:1].isalpha() for t in run) or not run[-1].text[:1].isupper():
                continue
            holders = people.full(name_words(" ".join(t.text for t in run)))
            if len(holders) != 1:
                continue
            before = [t.lower for t in tokens[max(0, i - _TITLE_WORDS) : i]]
            fits = [t for t in holders[0].tenures if t.sure in (Sure.HIGH, Sure.CHECKED) and _titled(t, before)]
            if fits and not out & set(before):
                clues.offices[fits[0].person] = fits
            elif fits and gone & set(before) and all(t.end for t in fits):
                clues.former[fits[0].person] = min(t.end.first for t in fits if t.end)
            break


def _titled(tenure: Tenure, before: Sequence[str]) -> bool:
    """Whether the words before a name are the tenure's title."""
    words = set(tenure.office.split("_"))
    return words <= set(before) or (bool(tenure.title) and set(tenure.title.lower().split()) <= set(before))


def in_office(tenures: Sequence[Tenure], day: dt.date) -> bool:
    """Whether any of the tenures holds on a day, or nearly."""
    return any(
        (t.start is None or t.start.first - _SLACK <= day) and (t.end is None or day <= t.end.last + _SLACK)
        for t in tenures
    )
