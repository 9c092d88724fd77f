"""Lists of visits coded by hand: read from CSV or tab-separated tables, made into accounts, compared with a register.

Two layouts are known by their header: COLT's (LeaderFullName, ...) and the project's own (visitor, ...: any of the columns of
``summitry export``). What a row says stands in the account word for word, so that its values have evidence too.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summitry.ingest.decode import BadBytes, decode_text
from summitry.lexicon.countries import Countries
from summitry.model.article import Article, Block, Known, Published, Role, digest
from summitry.model.dates import DateRange, Unit
from summitry.model.errors import InputError, Problem
from summitry.model.reading import Reading
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Kind, Status, VisitReport

STAGE = "import"
ORDERS = {"iso": "%Y-%m-%d", "dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}
"""How the days of a list are written; other marks than "/" between the numbers are read too."""

OWN = {
    "visitor": "visitor", "visitor_country": "visitor_country", "host_country": "host_country", "places": "places",
    "dates": "dates", "first_day": "start", "last_day": "end", "status": "status", "kind": "kind", "meets": "meets",
    "delegation": "delegation", "invited_by": "invited_by", "occasion": "occasion", "agenda": "agenda",
    "documents": "documents",
}  # fmt: skip
COLT = {
    "LeaderFullName": "visitor", "LeaderCountryISO": "visitor_country", "CountryVisitedISO": "host_country",
    "CityVisited": "places", "TripStartDate": "start", "TripEndDate": "end", "HostHOGSName": "meets",
    "AttendedMultilatEvent": "multilateral", "NameMultilatEvent": "occasion",
}  # fmt: skip
"""Columns of the two layouts, and the field that each gives. Other columns are kept in the row's words alone."""

LISTS = ("places", "meets", "delegation", "agenda", "documents")


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list. ``words`` is the row written out, ``spans`` where in it each field's value stands."""

    source: str
    visitor: str
    visitor_country: str
    host_country: str
    dates: DateRange | None
    status: Status
    kind: Kind
    more: Mapping[str, tuple[str, ...]]
    words: str
    spans: Mapping[str, Span]


def read_list(path: Path, order: str = "iso", country: str = "") -> Iterator[Listed | Problem]:
    """The rows of a list, each or what is wrong with it. ``country`` is that of visitors for whom the list gives none.

    Raises InputError where the file cannot be read or is in neither layout.
    """
    try:
        text = decode_text(path.read_bytes())
    except (OSError, BadBytes) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(f"{path} cannot be read ({reason}): give a table in CSV") from error
    head = text.lstrip("\ufeff").partition("\n")[0]
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter="\t" if "\t" in head else ",")
    header = [name.strip() for name in next(rows, [])]
    layout = COLT if "LeaderFullName" in header else OWN
    needed = [name for name, given in layout.items() if given in ("visitor", "host_country")]
    missing = [name for name in needed if name not in header]
    if missing:
        raise InputError(
            f"{path}: no column {' and '.join(missing)}: the header must be COLT's or that of summitry export"
        )
    for row in rows:
        where = f"{path}:{rows.line_num}"
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            yield Problem(where, STAGE, f"{len(row)} cells where the header has {len(header)}: mend the row")
            continue
        try:
            yield _listed(dict(zip(header, map(str.strip, row), strict=True)), layout, where, order, country)
        except (ValueError, InputError) as error:
            yield Problem(where, STAGE, str(error))


def _listed(cells: Mapping[str, str], layout: Mapping[str, str], where: str, order: str, country: str) -> Listed:
    words, spans, told = "", {}, {}
    for name, value in cells.items():
        value = " ".join(value.split())
        if value:
            words += f"{'; ' if words else ''}{name}: "
            if name in layout:
                spans[layout[name]] = Span(len(words), len(words) + len(value))
                told[layout[name]] = value
            words += value
    if not told.get("visitor"):
        raise InputError("no visitor: give a name")
    sender = told.get("visitor_country") or country
    if not sender:
        raise InputError("no country of the visitor: fill the column in, or give --country for the whole list")
    status, kind = told.get("status") or "completed", told.get("kind") or "unspecified"
    if status not in tuple(Status) or kind not in tuple(Kind):
        raise InputError(f"no status {status!r} or no kind {kind!r}: see the coding rules")
    if told.get("multilateral", "").lower() in ("1", "true", "yes"):
        kind = "multilateral"
    for end in ("start", "end"):
        if end in spans and "dates" not in spans:
            spans["dates"] = spans[end]
    more = {name: tuple(v.strip() for v in told[name].split(";") if v.strip()) for name in LISTS if name in told}
    more |= {name: (told[name],) for name in ("invited_by", "occasion") if name in told}
    return Listed(
        where, told["visitor"], code_of(sender), code_of(told.get("host_country", "")),
        _dates(told, order), Status(status), Kind(kind), more, words, spans,
    )  # fmt: skip


def _dates(told: Mapping[str, str], order: str) -> DateRange | None:
    if "dates" in told:
        return DateRange.parse(told["dates"])
    start, end = (_unit(told.get(side), order) for side in ("start", "end"))
    if start is None and end is None:
        return None
    if start == end and start is not None:
        return DateRange.unit(start)
    return DateRange(start, end)


def _unit(text: str | None, order: str) -> Unit | None:
    if not text:
        return None
    try:
        if order == "iso":
            return Unit.parse(text)
        return Unit.of(dt.datetime.strptime(text.replace(".", "/").replace("-", "/"), ORDERS[order]).date())
    except ValueError as error:
        raise InputError(
            f"{text!r} is no day in the order {order}: --days says in which order they are written"
        ) from error


def code_of(text: str) -> str:
    """The code of a country or body: an alpha-3 or alpha-2 code, or a name in use. Raises InputError."""
    countries, names = _names()
    country = countries.get(text)
    if country:
        return country.code
    found = names.get(text.casefold())
    if found:
        return found
    if text.isascii() and text.isupper() and 2 <= len(text) <= 5:
        return text
    raise InputError(f"{text!r} is no country: write its alpha-3 code, or its usual English name")


@lru_cache(maxsize=1)
def _names() -> tuple[Countries, dict[str, str]]:
    countries = Countries.load()
    names = {
        form.text.casefold(): c.code for c in countries for form in c.forms if not form.adjective and form.end is None
    }
    return countries, names | {c.name.casefold(): c.code for c in countries}


def accounts(rows: Iterator[Listed], name: str, published: str | None) -> Iterator[Reading]:
    """Each row as a report of its own, by the list's name. A row that is corrected in a later list supersedes the old one.

    ``published`` is the EDTF of the list's day, where it is known.
    """
    when = DateRange.parse(published) if published else None
    known = Published(when, Known.METADATA if when else Known.UNKNOWN)
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        seen[row.visitor, row.host_country] += 1
        given = f"{name}/{row.visitor}/{row.host_country}/{seen[row.visitor, row.host_country]}"
        article_id = digest(row.words, given, published)
        whole = Span(0, len(row.words))
        article = Article(
            article_id, row.source, row.words, (Block(whole, Role.BODY, "list"),), given, outlet=name, published=known
        )
        yield Reading(article, known, (_report(row, article_id),))


def _report(row: Listed, article: str) -> VisitReport:
    evidence = tuple(
        Evidence(article, span, field, "list")
        for field, span in sorted(row.spans.items())
        if field not in ("start", "end", "multilateral")
    )
    one = {name: row.more[name][0] for name in ("invited_by", "occasion") if name in row.more}
    return VisitReport(
        id=digest(article, row.visitor, row.host_country, row.words),
        article=article,
        visitor=row.visitor,
        visitor_country=row.visitor_country,
        host_country=row.host_country,
        dates=row.dates,
        status=row.status,
        sentence=row.words,
        kind=row.kind,
        places=row.more.get("places", ()),
        meets=row.more.get("meets", ()),
        delegation=row.more.get("delegation", ()),
        agenda=row.more.get("agenda", ()),
        documents=row.more.get("documents", ()),
        invited_by=one.get("invited_by"),
        occasion=one.get("occasion"),
        confidence=1.0,
        evidence=evidence,
    )
