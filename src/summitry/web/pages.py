"""The pages. Each renders one record of ``views``, ``lists`` or ``profiles``; every value is escaped."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from summitry.model.errors import UsageError
from summitry.model.visits import Kind, Status
from summitry.publish.calendars import write_ics
from summitry.publish.columns import COLUMNS, NAMES, flat, record
from summitry.publish.terms import Terms
from summitry.register.browsing import Order
from summitry.register.exporting import opened
from summitry.register.rows import Row
from summitry.web.access import (
    Register,
    Shared,
    about_page,
    country_page,
    pair_page,
    person_page,
    report_page,
    visit_page,
)
from summitry.web.asked import Asked, country_code
from summitry.web.lists import CalendarPage, ListPage, MapPage, TimelinePage, next_days
from summitry.web.profiles import CoveragePage, ProblemsPage, country_counts, people
from summitry.web.templating import render
from summitry.web.views import citation
from summitry.web.words import words

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Path(max_length=64)]
Code = Annotated[str, Path(max_length=8)]
Land = Annotated[str, Query(max_length=200)]
Part = Annotated[int, Query(ge=1, le=1_000_000)]
EVENTS = 2000
"""Visits in a calendar that a program subscribes to."""

CHUNK = 500
"""Rows of an export written at once."""

_CHOICES: dict[str, Any] = {"statuses": list(Status), "kinds": list(Kind), "orders": list(Order)}


@router.get("/")
def visits(request: Request, site: Shared, register: Register) -> Response:
    """The list of visits with its filters."""
    asked = Asked.of(request.query_params)
    page = ListPage.of(site.store, register, asked, site.countries)
    newest = about_page(site, register).newest
    coming = next_days(site.store, register, asked, site.today())
    return render(request, "visits.html", asked=asked, page=page, path="/", as_of=newest, coming=coming, **_CHOICES)


@router.get("/timeline")
def timeline(request: Request, site: Shared, register: Register, by: str = "visitor") -> Response:
    """Visits as bars on a line of time."""
    asked = Asked.of(request.query_params)
    page = TimelinePage.of(site.store, register, asked, site.countries, by)
    return render(request, "timeline.html", asked=asked, page=page, path="/timeline", **_CHOICES)


@router.get("/calendar")
def month(request: Request, site: Shared, register: Register, month: str = "") -> Response:
    """A month of visits."""
    asked, newest = Asked.of(request.query_params), about_page(site, register).newest
    today = site.today()
    page = CalendarPage.of(register, asked, site.countries, month, today, newest)
    return render(request, "calendar.html", asked=asked, page=page, path="/calendar", today=today, **_CHOICES)


@router.get("/map")
def world(request: Request, site: Shared, register: Register) -> Response:
    """Journeys on a map."""
    asked = Asked.of(request.query_params)
    page = MapPage.of(site.store, register, asked, site.countries, site.world)
    return render(request, "map.html", asked=asked, page=page, path="/map", world=site.world, **_CHOICES)


@router.get("/visits/{visit_id}")
def visit(request: Request, site: Shared, register: Register, visit_id: Name, part: Part = 1) -> Response:
    """One visit; a former id leads to the present one."""
    page = visit_page(register, visit_id, part)
    if page.visit.id != visit_id:
        return RedirectResponse(f"/visits/{page.visit.id}")
    about = about_page(site, register)
    name = site.countries.name
    cite = citation(page, about, name(page.visit.visitor_country), name(page.visit.host_country))
    return render(request, "visit.html", page=page, visit=page.visit, cite=cite)


@router.get("/reports/{report_id}")
def report(request: Request, site: Shared, register: Register, report_id: Name, part: Part = 1) -> Response:
    """One report with its evidence and mentions highlighted."""
    page = report_page(site, register, report_id, part)
    return render(request, "report.html", page=page, article=page.article)


@router.get("/people")
def travellers(request: Request, site: Shared, register: Register) -> Response:
    """Those who travel most."""
    asked = Asked.of(request.query_params)
    found = people(site.store, register, asked, site.countries)
    return render(request, "people.html", asked=asked, people=found, path="/people", **_CHOICES)


@router.get("/person")
def one_person(
    request: Request, site: Shared, register: Register, name: Annotated[str, Query(max_length=1000)] = ""
) -> Response:
    """One person."""
    return render(request, "person.html", page=person_page(site, register, name))


@router.get("/countries")
def countries(request: Request, site: Shared, register: Register) -> Response:
    """All countries of the register."""
    rows = sorted(country_counts(site.store, register), key=lambda x: site.countries.name(x[0]))
    return render(request, "countries.html", rows=rows)


@router.get("/countries/{code}")
def one_country(request: Request, site: Shared, register: Register, code: Code) -> Response:
    """One country."""
    return render(request, "country.html", page=country_page(site, register, code))


@router.get("/pairs")
def choose_pair(site: Shared, one: Land = "", two: Land = "") -> Response:
    """Two countries by name or code, as a form gives them. Raises UsageError."""
    codes = [country_code(name.strip(), site.countries) for name in (one, two)]
    if not all(codes):
        raise UsageError("a pair is two countries, each by its name or its code of three letters")
    return RedirectResponse("/pairs/" + "/".join(quote(str(code), safe="") for code in codes))


@router.get("/pairs/{one}/{two}")
def pair(request: Request, site: Shared, register: Register, one: Code, two: Code) -> Response:
    """Two countries: who went to whom."""
    return render(request, "pair.html", page=pair_page(site, register, one, two))


@router.get("/coverage")
def coverage(request: Request, site: Shared, register: Register) -> Response:
    """Which outlets were read for which days."""
    asked = Asked.of(request.query_params)
    page = CoveragePage.of(site.store, register, asked.first, asked.last)
    return render(request, "coverage.html", page=page, asked=asked)


@router.get("/problems")
def problems(
    request: Request, register: Register, stage: Annotated[str, Query(max_length=40)] = "", page: Part = 1
) -> Response:
    """Reports that failed."""
    return render(request, "problems.html", page=ProblemsPage.of(register, stage, page), stage=stage)


@router.get("/about")
def about(request: Request, site: Shared, register: Register) -> Response:
    """Counts, versions, the codebook."""
    return render(request, "about.html", page=about_page(site, register), columns=COLUMNS, codes=words())


@router.get("/export.csv")
def export_csv(request: Request, site: Shared, register: Register) -> Response:
    """The visits that the list shows, all pages of it, as CSV."""
    return _export(request, site, register, "csv")


@router.get("/export.jsonl")
def export_lines(request: Request, site: Shared, register: Register) -> Response:
    """The visits that the list shows, all pages of it, one JSON object a line."""
    return _export(request, site, register, "jsonl")


@router.get("/export.ics")
def export_calendar(request: Request, site: Shared, register: Register) -> Response:
    """The visits that the list shows as a calendar, which another program may ask for again and again.

    Of more than ``EVENTS`` visits the last ones are given, by their first day.
    """
    asked = Asked.of(request.query_params)
    rows = list(islice(register.every(asked.wanted(site.countries), Order.DAYS, True), EVENTS))
    out = io.BytesIO()
    terms = Terms.load(about_page(site, register).newest)
    with opened(site.store.place, about=frozenset({"sources", "history"}), ids=[row["id"] for row in rows]) as found:
        write_ics(found, out, terms, name="Summitry")
    return Response(out.getvalue(), media_type="text/calendar; charset=utf-8")


def _export(request: Request, site: Shared, register: Register, form: str) -> Response:
    asked = Asked.of(request.query_params)
    rows = register.every(asked.wanted(site.countries), asked.order, asked.falling)
    as_of = about_page(site, register).newest

    def lines(some: list[Row], head: bool) -> str:
        records = [record(row, as_of) for row in some]
        if form == "jsonl":
            return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        if head:
            writer.writerow(NAMES)
        writer.writerows([flat(v) for v in r.values()] for r in records)
        return out.getvalue()

    def chunks() -> Iterator[bytes]:
        head = True
        while some := list(islice(rows, CHUNK)):
            yield lines(some, head).encode("utf-8", "replace")
            head = False
        if head and form == "csv":
            yield lines([], True).encode()

    kind = "text/csv; charset=utf-8" if form == "csv" else "application/jsonl; charset=utf-8"
    return StreamingResponse(
        chunks(), media_type=kind, headers={"Content-Disposition": f'attachment; filename="visits.{form}"'}
    )
