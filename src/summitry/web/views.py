"""What each page shows, as one documented record; the pages and the JSON interface are made from the same ones."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from summitry.lexicon.countries import Countries
from summitry.model.article import Role
from summitry.model.dates import Unit
from summitry.model.errors import UsageError
from summitry.model.register import Visit
from summitry.model.visits import Kind, Status
from summitry.register.reader import Account, Filter, Full
from summitry.web.marks import Mark, Piece, cut, within
from summitry.web.queries import Row, StoredReport

PAGE = 100
"""Visits on one page of the list."""

PART = 20_000
"""Code points of a report on one page; longer reports come in parts."""

_CODE = re.compile(r"[A-Z]{2,5}")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the list as the address gives them; empty strings where nothing is asked."""

    visitor: str = ""
    host: str = ""
    first: str = ""
    last: str = ""
    status: str = ""
    kind: str = ""
    person: str = ""
    conflicts: str = ""
    page: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """From the query of an address, in which the days are called "from" and "to"; unknown names are passed over."""
        names = {name: name for name in cls.__slots__} | {"first": "from", "last": "to"}
        return cls(**{name: query.get(given, "").strip() for name, given in names.items()})

    def query(self, page: int) -> dict[str, str]:
        """The query that leads to a page of the same list."""
        names = {name: name for name in self.__slots__} | {"first": "from", "last": "to"}
        held = {given: getattr(self, name) for name, given in names.items() if name != "page" and getattr(self, name)}
        return held | ({"page": str(page)} if page > 1 else {})

    def filter(self, countries: Countries) -> Filter:
        """The register's filter. Raises UsageError, in words for the user, for a day, country or code that is none."""
        sender = country_code(self.visitor, countries)
        host = country_code(self.host, countries)
        if self.host and host is None:
            raise UsageError("host is a country, by its name or its code of three letters")
        return Filter(
            visitor=self.visitor or None if sender is None else None,
            visitor_country=sender,
            host=host,
            first=_unit(self.first, "from").first if self.first else None,
            last=_unit(self.last, "to").last if self.last else None,
            status=_code(self.status, Status, "status"),
            kind=_code(self.kind, Kind, "kind"),
            person=self.person or None,
        )

    @property
    def number(self) -> int:
        """The number of the page asked for. Raises UsageError."""
        if not self.page:
            return 1
        if not re.fullmatch(r"[1-9]\d{0,6}", self.page):
            raise UsageError("page is a number from 1")
        return int(self.page)


def country_code(text: str, countries: Countries) -> str | None:
    """The code of a country or body that is given by its code or by any form of its name; None where it is neither."""
    if _CODE.fullmatch(text):
        return text
    low = text.casefold()
    for c in countries:
        if low == c.code.casefold() or low == c.name.casefold() or any(low == f.text.casefold() for f in c.forms):
            return c.code
    return None


def _unit(value: str, name: str) -> Unit:
    try:
        return Unit.parse(value)
    except ValueError as error:
        raise UsageError(f"{name} is a day, month or year, such as 2024-05-16, 2024-05 or 2024") from error


def _code(value: str, codes: type[Status] | type[Kind], name: str) -> str | None:
    if value and value not in list(codes):
        raise UsageError(f"{name} is one of {', '.join(codes)}")
    return value or None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list of visits: rows of the table ``visits``, and where the page stands among all that were found."""

    rows: tuple[Row, ...]
    found: int
    page: int
    pages: int

    @classmethod
    def of(cls, rows: list[Row], asked: Asked) -> ListPage:
        """The page asked for; the last one where there are fewer."""
        if asked.conflicts:
            rows = [row for row in rows if row["conflicts"]]
        pages = max(1, -(-len(rows) // PAGE))
        page = min(asked.number, pages)
        return cls(tuple(rows[(page - 1) * PAGE : page * PAGE]), len(rows), page, pages)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that reports give a field, whether the register goes by it, and their accounts with the words behind it."""

    value: str
    chosen: bool
    accounts: tuple[tuple[Account, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a visit with all its values; ``conflict`` if reports differ on it."""

    field: str
    values: tuple[Value, ...]
    conflict: bool


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A visit with its claims by field, its accounts in the order of telling, its history and its tour."""

    visit: Visit
    lines: tuple[Line, ...]
    accounts: tuple[Account, ...]
    history: tuple[tuple[str, str, str, str, Account], ...]
    tour: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, full: Full) -> VisitPage:
        """From the register's record."""
        visit = full.visit
        differ = visit.conflicts()
        names = dict.fromkeys(c.field for c in visit.claims)
        lines = []
        for name in names:
            values = []
            for claim in (c for c in visit.claims if c.field == name):
                accounts = [full.account(key) for key in claim.reports]
                values.append(Value(claim.value, claim.chosen, tuple((a, _words(a, name)) for a in accounts)))
            lines.append(Line(name, tuple(values), name in differ))
        history = tuple(
            (str(e.told or ""), str(e.status), str(e.dates or ""), str(e.change), full.account(e.report))
            for e in visit.history
        )
        return cls(visit, tuple(lines), full.accounts, history, full.tour)


def _words(account: Account, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for name, words in account.words if name == field))


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One part of a report with its evidence highlighted, the visits and encounters it tells of, and how it is dated."""

    article: Row
    heading: str
    visits: tuple[Row, ...]
    encounters: tuple[Row, ...]
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    fields: tuple[str, ...]
    part: int
    parts: int
    link: str | None

    @classmethod
    def of(cls, stored: StoredReport, part: int = 1) -> ReportPage:
        """The part asked for; the last one where there are fewer."""
        text = stored.article["text"]
        marks = [Mark(e["start"], e["end"], e["field"], e["owner"], e["rule"]) for e in stored.evidence]
        parts = max(1, -(-len(text) // PART))
        part = min(part, parts)
        start, end = (part - 1) * PART, part * PART
        return cls(
            article=stored.article,
            heading=_heading(stored.article),
            visits=stored.visits,
            encounters=stored.encounters,
            pieces=tuple(cut(text, marks, start, end)),
            marks=tuple(dict.fromkeys(within(marks, start, end))),
            fields=tuple(sorted({m.field for m in marks})),
            part=part,
            parts=parts,
            link=web_link(stored.article["url"]),
        )


def _heading(article: Row) -> str:
    """The title as given, else the headline in the text, else the report's name."""
    headlines = (article["text"][start:end] for start, end, role, _ in article["blocks"] if role == Role.HEADLINE)
    return article["title"] or " ".join(next(headlines, "").split()) or f"Report {article['name']}"


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
