"""What the pages on one visit and on one report show, and the page about the register: one documented record each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from summitry.model.article import Role
from summitry.model.dates import DateRange
from summitry.model.register import Decision, Side, SideCoverage, Visit
from summitry.register.browsing import Browser, Wanted
from summitry.register.decisions import ref_of
from summitry.register.reader import Account, Full
from summitry.register.rows import Row
from summitry.web import queries
from summitry.web.charts import Life, life
from summitry.web.finder import Found
from summitry.web.marks import Mark, Part, Piece, cut, parts_of, within
from summitry.web.mentions import Kind, Mention
from summitry.web.queries import StoredReport

ACCOUNTS = 8
"""Reports side by side on one page of a visit."""

MENTIONS = 1_200
"""Mentions marked on one page of a report."""

NEAR = 5
"""Visits before and after, of one kind, on the page of a visit."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says of one field: its values, and the words behind them."""

    values: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a visit: the values the register goes by, what each report shown says, whether reports differ on it.

    ``others`` are values that reports claim and the register does not go by; ``corrected`` if a person set the value.
    """

    field: str
    chosen: tuple[str, ...]
    others: tuple[str, ...]
    told: tuple[Told, ...]
    conflict: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class Value:
    """One value that reports give a field, whether the register goes by it, and their accounts with the words behind it."""

    field: str
    value: str
    chosen: bool
    conflict: bool
    accounts: tuple[tuple[Account, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Visits beside this one: of the same visitor to the same host, before and after; the other way round (returns)."""

    before: tuple[Row, ...]
    after: tuple[Row, ...]
    returns: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A visit: its fields with the reports side by side, the sentences, its life in time, its tour, what is near, decisions.

    ``accounts`` are those of this page of reports, ``sentences`` the sentence of each, cut at its evidence; ``tour`` are
    the stops before and after, in order; ``sides`` what was read of each side, ``between`` the fields on which the sides
    differ; ``decisions`` are in the order taken.
    """

    visit: Visit
    lines: tuple[Line, ...]
    accounts: tuple[Account, ...]
    sentences: tuple[tuple[Piece, ...], ...]
    history: tuple[tuple[str, str, str, str, Account], ...]
    life: Life | None
    tour: tuple[tuple[str, str, str], ...]
    sides: tuple[SideCoverage, ...]
    between: frozenset[str]
    related: Related
    decisions: tuple[Decision, ...]
    part: int
    parts: int
    reports: int
    confidence: float

    @classmethod
    def of(cls, browser: Browser, full: Full, part: int = 1) -> VisitPage:
        """From the register's record, with the page of reports asked for; the last one where there are fewer."""
        visit, every = full.visit, full.accounts
        parts = max(1, -(-len(every) // ACCOUNTS))
        part = min(part, parts)
        shown = every[(part - 1) * ACCOUNTS : part * ACCOUNTS]
        decisions = queries.decisions_on(browser, visit.host_country, {ref_of(a.told) for a in every})
        by_key = {a.told.key: a for a in every}
        events = [(e, by_key[e.report]) for e in visit.history]
        # A line for each side that told, if any side is known.
        told = {e.side for e, _ in events}
        lanes = [str(s) for s in Side if s in told] if told != {Side.UNKNOWN} else [""]
        return cls(
            visit=visit,
            lines=tuple(_lines(visit, shown, decisions)),
            accounts=shown,
            sentences=tuple(queries.sentences(browser, [a.told for a in shown])),
            history=tuple((str(e.told or ""), str(e.status), str(e.dates or ""), str(e.change), a) for e, a in events),
            life=life(
                (
                    (
                        a.told.told_on,
                        str(e.status),
                        str(e.change),
                        str(e.dates or ""),
                        a.told.visit.article,
                        _outlet(a),
                        lane,
                    )
                    for lane in lanes
                    for e, a in events
                    if not lane or e.side == lane
                ),
                visit.dates,
                str(visit.status),
            ),
            tour=full.tour,
            sides=browser.heard(visit),
            between=frozenset(d.field for d in visit.disputes() if d.between),
            related=_related(browser, visit),
            decisions=decisions,
            part=part,
            parts=parts,
            reports=len(every),
            confidence=max(a.told.visit.confidence for a in every),
        )


def values_of(full: Full) -> tuple[Value, ...]:
    """Every value that reports claim, with their accounts."""
    visit, differ = full.visit, full.visit.conflicts()
    by_key = {a.told.key: a for a in full.accounts}
    return tuple(
        Value(
            c.field, c.value, c.chosen, c.field in differ,
            tuple((by_key[key], _words(by_key[key], c.field)) for key in c.reports),
        )
        for c in visit.claims
    )  # fmt: skip


def _outlet(account: Account) -> str:
    return account.told.outlet or account.agency or account.title or account.name


def _lines(visit: Visit, shown: Iterable[Account], decisions: Iterable[Decision]) -> Iterable[Line]:
    differ = visit.conflicts()
    corrected = {d.field for d in decisions if d.verb == "correct"}
    shown = tuple(shown)
    names = dict.fromkeys(c.field for c in visit.claims)
    for name in [*names, *sorted(f for f in corrected if f and f not in names)]:
        held = getattr(visit, name)
        chosen = tuple(str(v) for v in held) if isinstance(held, tuple) else (str(held),) if held is not None else ()
        claims = [c for c in visit.claims if c.field == name]
        told = []
        for account in shown:
            values = tuple(c.value for c in claims if account.told.key in c.reports)
            told.append(Told(values, _words(account, name)))
        others = tuple(c.value for c in claims if c.value not in chosen)
        yield Line(name, chosen, others, tuple(told), name in differ, name in corrected)


def _words(account: Account, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for name, words in account.words if name == field))


def _related(browser: Browser, visit: Visit) -> Related:
    start = (visit.dates.earliest or visit.dates.latest) if visit.dates else None
    same = Wanted(name=visit.visitor, host=visit.host_country)
    back = Wanted(visitor_country=visit.host_country, host=visit.visitor_country)
    if start is None:
        before = tuple(r for r in browser.cut(same, limit=NEAR + 1).rows if r["id"] != visit.id)[:NEAR]
        return Related(before, (), browser.cut(back, limit=NEAR).rows)
    return Related(
        browser.around(same, start, visit.id, NEAR, later=False),
        browser.around(same, start, visit.id, NEAR, later=True),
        (
            *reversed(browser.around(back, start, visit.id, 2, later=False)),
            *browser.around(back, start, visit.id, 3, later=True),
        ),
    )


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One part of a report with its evidence and mentions, the visits and encounters it tells of, and how it is dated.

    ``marks`` are the evidence of this part, ``mentions`` the people, places and times (``left`` are more than a page shows);
    ``found`` says how far these were looked for, None where the site does not look. ``values`` gives, for an owner of
    evidence and a field, what was read there; ``fields`` and ``kinds`` are what the whole report and this part have of both.
    """

    article: Row
    heading: str
    visits: tuple[Row, ...]
    encounters: tuple[Row, ...]
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    mentions: tuple[Mention, ...]
    left: int
    found: Found | None
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    values: dict[tuple[str, str], str]
    part: int
    parts: int
    span: Part
    link: str | None

    @classmethod
    def of(
        cls, stored: StoredReport, part: int = 1, found: Found | None = None, name: Callable[[str], str] = str
    ) -> ReportPage:
        """The part asked for, the last one where there are fewer; ``name`` turns a country's code into its name."""
        article = stored.article
        text = article["text"]
        marks = [Mark(e["start"], e["end"], e["field"], e["owner"], e["rule"]) for e in stored.evidence]
        if article["published_start"] is not None and article["published_end"] is not None:
            marks.append(Mark(article["published_start"], article["published_end"], "published", ""))
        parts = parts_of(text, marks)
        part = min(part, len(parts))
        span = parts[part - 1]
        here = within(marks, span.start, span.end)
        mentions = [m for m in (found.mentions if found else ()) if max(m.start, span.start) < min(m.end, span.end)]
        left, mentions = max(0, len(mentions) - MENTIONS), mentions[:MENTIONS]
        named = [Mark(m.start, m.end, m.kind, "", m.rule, meant(m, name)) for m in mentions]
        return cls(
            article=article,
            heading=heading_of(article),
            visits=stored.visits,
            encounters=stored.encounters,
            pieces=tuple(cut(text, [*here, *named], span.start, span.end)),
            marks=tuple(dict.fromkeys(here)),
            mentions=tuple(mentions),
            left=left,
            found=found,
            fields=tuple(sorted({m.field for m in marks})),
            kinds=tuple(k for k in Kind if any(m.kind is k for m in mentions)),
            values=_values(stored),
            part=part,
            parts=len(parts),
            span=span,
            link=web_link(article["url"]),
        )


def meant(mention: Mention, name: Callable[[str], str]) -> str:
    """What a mention means, in words: "Jonas Gahr Støre, Norway"; the days of a time as EDTF."""
    return "; ".join(
        f"{value}, {name(country)}" if country and name(country) != value else value
        for value, country in mention.values
    )


def _values(stored: StoredReport) -> dict[tuple[str, str], str]:
    """What was read for each owner of evidence and field, as text."""
    found: dict[tuple[str, str], str] = {}
    for row in (*stored.visits, *stored.encounters):
        for name, value in row.items():
            if isinstance(value, list):
                value = "; ".join(str(v) for v in value)
            if isinstance(value, str) and value:
                found[row["key"], name] = value
    if stored.article["published"]:
        found["", "published"] = stored.article["published"]
    return found


def heading_of(article: Row) -> str:
    """The title as given, else the headline in the text, else the report's name: the id it was given, or its file's."""
    headlines = (article["text"][start:end] for start, end, role, _ in article["blocks"] if role == Role.HEADLINE)
    return article["title"] or " ".join(next(headlines, "").split()) or f"Report {_name(article)}"


def _name(article: Row) -> str:
    return str(article["name"] if article["name"] != article["id"] else PurePath(article["source"]).name)


def web_link(url: str | None) -> str | None:
    """The address if a browser may be sent there (http or https), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Counts, the versions of program and knowledge, and the newest publication date."""

    counts: dict[str, int]
    version: str
    knowledge: str
    newest: dt.date | None


def citation(page: VisitPage, about: AboutPage, visitor_country: str, host: str) -> str:
    """One sentence by which the record is cited: what it says, what it rests on, and which state of the register it is of."""
    visit = page.visit
    told = [t for t in (visit.first_told, visit.last_told) if t]
    days = DateRange.parse(str(visit.dates)) if visit.dates else None
    between = f" of {told[0]} to {told[-1]}" if told and told[0] != told[-1] else f" of {told[0]}" if told else ""
    many = "1 report" if page.reports == 1 else f"{page.reports} reports"
    return (
        f"Summitry register, visit {visit.id}: {visit.visitor} ({visitor_country}) in {host}, {days or 'days unknown'}, "
        f"{str(visit.status).replace('_', ' ')}; from {many}{between}. Read by Summitry {about.version}"
        f"{', knowledge ' + about.knowledge if about.knowledge else ''}; newest report {about.newest or 'undated'}."
    )
