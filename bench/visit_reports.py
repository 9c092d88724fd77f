"""Visit reports made up for measuring: visits of invented people, each told by several reports in the ways the press does.

The same number gives the same reports. About 20 reports tell 3 visits: announcements, accounts, later mentions, coarse
dates, other spellings of a name, reprints, reports of two stops, visits that are put off.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from summitry.lexicon.countries import Countries
from summitry.lexicon.outlets import Outlets
from summitry.model.article import Article, Known, Published, digest
from summitry.model.dates import DateRange
from summitry.model.reading import Reading
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Kind, Status, VisitReport

REPORTS_A_VISIT = 1_000_000 / 150_000
FIRST = dt.date(1995, 1, 1)
DAYS = 365 * 30
SYLLABLES = [
    a + b
    for a in ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "ch", "kh"]
    for b in ("a", "e", "i", "o", "u", "ai", "an")
]
WORDS = ["".join(p) for p in zip(SYLLABLES * 7, SYLLABLES[3:] * 9, SYLLABLES[11:] * 8, strict=False)]
KINDS = [Kind.UNSPECIFIED] * 6 + [Kind.OFFICIAL, Kind.STATE, Kind.WORKING]


def people(countries: list[str], dice: random.Random) -> list[tuple[str, str]]:
    """Invented leaders, some thirty of each country."""
    found = []
    for country in countries:
        for _ in range(30):
            names = ["".join(dice.choice(SYLLABLES) for _ in range(dice.choice((2, 3)))).title() for _ in range(2)]
            found.append((" ".join(names), country))
    return found


def spelt(name: str, dice: random.Random) -> str:
    """A name as another paper writes it."""
    way = dice.random()
    if way < 0.8:
        return name
    if way < 0.9:
        return name.split()[1]
    return name.replace("kh", "h").replace("ai", "ay") if way < 0.97 else name.replace(" ", " al-")


def reports(number: int, seed: int = 1) -> Iterator[Reading]:
    """``number`` reports that tell of 15 visits in 100 reports."""
    dice = random.Random(seed)
    countries = [c.code for c in Countries.load() if c.status == "state"]
    outlets = [o.name for o in Outlets.load()]
    travellers = people(countries, dice)
    left = number
    while left > 0:
        name, country = dice.choice(travellers)
        # Some hosts see far more guests than others.
        hosts = [countries[int(len(countries) * dice.random() ** 2)] for _ in range(2)]
        start = FIRST + dt.timedelta(days=dice.randrange(DAYS))
        length = dice.choice((0, 0, 1, 1, 2, 3))
        told = min(left, 1 + int(dice.expovariate(1 / (REPORTS_A_VISIT - 0.5))))
        left -= told
        texts: list[str] = []
        put_off = dice.random() < 0.03
        meets = dice.choice(travellers)[0]
        for n in range(told):
            ahead = dice.random() < 0.5
            day = start + dt.timedelta(days=-dice.randrange(1, 30) if ahead else dice.randrange(length + 2))
            status = Status.PLANNED if ahead else dice.choice((Status.ONGOING, Status.COMPLETED))
            when = start
            if put_off and ahead and n == 0:
                status, when = Status.POSTPONED, start - dt.timedelta(days=60)
                day = when - dt.timedelta(days=3)
            text = texts[0] + " Reprinted." if texts and dice.random() < 0.1 else _text(dice, name)
            texts.append(text)
            yield _reading(dice, text, day, status, when, length, name, country, hosts, meets, dice.choice(outlets))


def _text(dice: random.Random, name: str) -> str:
    return f"{name} " + " ".join(dice.choices(WORDS, k=60)) + "."


def _reading(
    dice: random.Random, text: str, day: dt.date, status: Status, start: dt.date, length: int, name: str, country: str,
    hosts: list[str], meets: str, outlet: str,
) -> Reading:  # fmt: skip
    way = dice.random()
    end = start + dt.timedelta(days=length)
    dates: DateRange | None = DateRange.days(start, end)
    if way < 0.08:
        dates = DateRange.parse(f"{start:%Y-%m}")
    elif way < 0.14:
        dates = DateRange.parse(f"{start}/..")
    elif way < 0.2:
        dates = None
    elif way < 0.25:
        dates = DateRange.day(start + dt.timedelta(days=1))
    article = digest(text, outlet, str(day))
    as_told = spelt(name, dice)
    visits = []
    for n, host in enumerate(hosts if dice.random() < 0.05 else hosts[:1]):
        sentence = text[:80]
        evidence = tuple(Evidence(article, Span(k * 7, k * 7 + 12), field, "made") for k, field in
                         enumerate(("visitor", "host_country", "dates", "status")))  # fmt: skip
        own = dates if n == 0 else DateRange.day(end + dt.timedelta(days=1))
        visits.append(
            VisitReport(
                id=digest(article, as_told, host, sentence), article=article, visitor=as_told, visitor_country=country,
                host_country=host, dates=own, status=status, sentence=sentence, kind=dice.choice(KINDS), trip=1,
                meets=(meets,) if dice.random() < 0.5 else (), agenda=("trade",) if dice.random() < 0.2 else (),
                confidence=0.9, evidence=evidence,
            )
        )  # fmt: skip
    published = Published(DateRange.day(day), Known.METADATA)
    given = Article(article, f"made.jsonl:{article}", text, (), given_id=article, outlet=outlet, published=published)
    return Reading(given, published, tuple(visits))
