"""Pages on one person, one country, a pair of countries, and the lists of people and countries; coverage and problems."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from summitry.lexicon.countries import Countries
from summitry.model.errors import Problem, UsageError
from summitry.register.browsing import Browser, Wanted
from summitry.register.rows import Row
from summitry.web.asked import Asked
from summitry.web.charts import Cell, Years, heat, years
from summitry.web.lists import count_of
from summitry.web.store import Store
from summitry.web.words import said

FEW = 15
"""Visits and partners named on a page on a person, a country or a pair; the rest are one link away."""

PEOPLE = 200
"""People on the list of people."""

OUTLETS = 100
"""Outlets on the page of coverage."""

BY_DAY = 62
"""Up to how many days coverage is shown day by day; beyond, by the month."""

PROBLEMS = 100
"""Problems on one page."""

_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][^\s\\/:'\"]+)+[\\/](?=[^\s\\/])")


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One visitor: visits by year, the countries visited, the newest visits, and visits of others who met them."""

    name: str
    countries: tuple[str, ...]
    years: Years | None
    hosts: tuple[tuple[str, int], ...]
    visits: tuple[Row, ...]
    found: int
    received: tuple[Row, ...]

    @classmethod
    def of(cls, store: Store, browser: Browser, name: str) -> PersonPage | None:
        """By the whole name as the register has it; None where nobody of that name travels or receives."""
        wanted = Wanted(name=name)

        def make() -> PersonPage | None:
            visits = browser.cut(wanted, limit=FEW).rows
            near = browser.cut(Wanted(person=name), limit=4 * FEW).rows
            received = tuple(r for r in near if name in (*r["meets"], *r["delegation"], r["invited_by"]))[:FEW]
            if not visits and not received:
                return None
            return cls(
                name,
                tuple(str(c) for c, _ in browser.most(wanted, ("visitor_country",), 4)),
                years(browser.years(wanted)),
                tuple((str(h), int(n)) for h, n in browser.most(wanted, ("host_country",), FEW)),
                visits,
                count_of(store, browser, wanted),
                received,
            )

        return store.kept(("person", name), make)


@dataclass(frozen=True, slots=True)
class CountryPage:
    """One country or body: visits abroad and visits received by year on one scale, partners, travellers, newest visits."""

    code: str
    out: Years | None
    into: Years | None
    hosts: tuple[tuple[str, int], ...]
    guests: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, int], ...]
    sent: tuple[Row, ...]
    received: tuple[Row, ...]

    @classmethod
    def of(cls, store: Store, browser: Browser, code: str) -> CountryPage | None:
        """By code; None where the register holds nothing of it."""
        away, home = Wanted(visitor_country=code), Wanted(host=code)

        def make() -> CountryPage | None:
            sent, received = browser.cut(away, limit=FEW).rows, browser.cut(home, limit=FEW).rows
            if not sent and not received:
                return None
            out, into = _together(browser.years(away), browser.years(home))
            return cls(
                code, out, into,
                tuple((str(a), int(n)) for a, n in browser.most(away, ("host_country",), FEW)),
                tuple((str(a), int(n)) for a, n in browser.most(home, ("visitor_country",), FEW)),
                tuple((str(a), int(n)) for a, n in browser.most(away, ("visitor",), FEW)),
                sent, received,
            )  # fmt: skip

        return store.kept(("country", code), make)


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two countries: who went to whom, by year on one scale, and the visits in the order of their days, newest first."""

    one: str
    two: str
    there: Years | None
    back: Years | None
    visits: tuple[Row, ...]
    found: int

    @classmethod
    def of(cls, store: Store, browser: Browser, one: str, two: str) -> PairPage | None:
        """By their codes; None where nobody went either way."""
        wanted = Wanted(between=(one, two))

        def make() -> PairPage | None:
            visits = browser.cut(wanted, limit=4 * FEW).rows
            if not visits:
                return None
            there, back = _together(
                browser.years(Wanted(visitor_country=one, host=two)),
                browser.years(Wanted(visitor_country=two, host=one)),
            )
            return cls(one, two, there, back, visits, count_of(store, browser, wanted))

        return store.kept(("pair", one, two), make)


def _together(one: dict[int, dict[str, int]], two: dict[int, dict[str, int]]) -> tuple[Years | None, Years | None]:
    """Two charts over the same years on the same scale."""
    if not one and not two:
        return None, None
    low, high = min([*one, *two]), max([*one, *two])
    top = max(sum(c.values()) for c in [*one.values(), *two.values()])
    return years(one, low, high, top), years(two, low, high, top)


def people(store: Store, browser: Browser, asked: Asked, countries: Countries) -> tuple[tuple[str, str, int], ...]:
    """Those who travel most, with their countries and numbers of visits."""
    wanted = asked.wanted(countries)
    return store.kept(
        ("people", wanted),
        lambda: tuple(
            (str(a), str(b), int(n)) for a, b, n in browser.most(wanted, ("visitor", "visitor_country"), PEOPLE)
        ),
    )


def country_counts(store: Store, browser: Browser) -> tuple[tuple[str, int, int], ...]:
    """Every country and body of the register: its code, visits abroad and visits received."""

    def make() -> tuple[tuple[str, int, int], ...]:
        out = {str(c): int(n) for c, n in browser.most(Wanted(), ("visitor_country",), 1000)}
        into = {str(c): int(n) for c, n in browser.most(Wanted(), ("host_country",), 1000)}
        return tuple((c, out.get(c, 0), into.get(c, 0)) for c in sorted({*out, *into}))

    return store.kept(("countries",), make)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one outlet (None: not known): its country, its reports, those that tell of a visit, squares by time."""

    outlet: str | None
    country: str | None
    reports: int
    telling: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Which outlets were read for which days: a row of squares for each, darker where more reports were read.

    ``sides`` are countries whose press was read, with the number of reports; ``left`` outlets are beyond those shown.
    """

    first: dt.date
    last: dt.date
    rows: tuple[Read, ...]
    left: int
    sides: tuple[tuple[str, int], ...]
    ticks: tuple[tuple[float, str], ...]
    undated: int
    by_day: bool
    spans: tuple[dt.date | None, dt.date | None]

    @classmethod
    def of(cls, store: Store, browser: Browser, first: str, last: str) -> CoveragePage:
        """The days asked for, else the year up to the newest report. Raises UsageError."""
        asked = Asked(first=first, last=last).wanted(Countries({}))
        low, high, undated = store.kept(("published",), browser.published_span)
        end = asked.last or high or dt.date(2000, 1, 1)
        start = asked.first or max(low or end, end - dt.timedelta(days=364 if end.year > 1 else 0))
        if start > end:
            raise UsageError("from is later than to")
        by_day = (end - start).days < BY_DAY
        buckets = _days(start, end) if by_day else _months(start, end)

        def make() -> CoveragePage:
            held: dict[tuple[str | None, str | None], Counter[str]] = {}
            telling, sides = Counter[tuple[str | None, str | None]](), Counter[str]()
            for when, country, outlet, reports, of_them in browser.covered(start, end, "day" if by_day else "month"):
                key = (outlet, country)
                held.setdefault(key, Counter())[when] += reports
                telling[key] += of_them
                sides[country or ""] += reports
            most = max((max(h.values()) for h in held.values()), default=1)
            ranked = sorted(held.items(), key=lambda x: (-x[1].total(), x[0][0] or "", x[0][1] or ""))
            rows = [
                Read(outlet, country, counts.total(), telling[outlet, country], heat(counts, buckets, most))
                for (outlet, country), counts in ranked[:OUTLETS]
            ]
            step = max(1, -(-len(buckets) // 8))
            # A label that begins further right would be cut off.
            ticks = tuple((100 * n / len(buckets), label) for n, (_, label) in enumerate(buckets)
                          if n % step == 0 and (n <= 0.88 * len(buckets) or not n))  # fmt: skip
            return cls(start, end, tuple(rows), len(ranked) - len(rows), tuple(sides.most_common()), ticks, undated, by_day,
                       (low, high))  # fmt: skip

        return store.kept(("coverage", start, end), make)


def _days(start: dt.date, end: dt.date) -> list[tuple[str, str]]:
    days = (start + dt.timedelta(days=n) for n in range((end - start).days + 1))
    return [(d.isoformat(), said(d.isoformat())) for d in days]


def _months(start: dt.date, end: dt.date) -> list[tuple[str, str]]:
    if (end.year - start.year) * 12 > 480:
        raise UsageError("coverage is shown for 40 years at most")
    found, year, month = [], start.year, start.month
    while (year, month) <= (end.year, end.month):
        found.append((f"{year:04d}-{month:02d}", said(f"{year:04d}-{month:02d}")))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """Reports that failed: source, stage, error, report; without the folders of the machine."""

    rows: tuple[Problem, ...]
    stages: tuple[tuple[str, int], ...]
    found: int
    page: int
    pages: int

    @classmethod
    def of(cls, browser: Browser, stage: str, page: int) -> ProblemsPage:
        """Those of one stage, or all."""
        every = browser.problems()
        stages = tuple(sorted(Counter(p.stage for p in every).items()))
        rows = [p for p in every if not stage or p.stage == stage]
        pages = max(1, -(-len(rows) // PROBLEMS))
        page = min(page, pages)
        shown = rows[(page - 1) * PROBLEMS : page * PROBLEMS]
        return cls(tuple(_discreet(p) for p in shown), stages, len(rows), page, pages)


def _discreet(problem: Problem) -> Problem:
    """The problem without the folders in which its source lies."""
    name = PurePath(problem.source.replace("\\", "/")).name or "input"
    error = problem.error.replace(problem.source, name)
    return Problem(name, problem.stage, _PATH.sub("…/", error), problem.report)
