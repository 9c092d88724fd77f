"""The JSON interface: the same views as the pages, described in /openapi.json."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict

from summitry.web.access import Names, Register, about_page, list_page, report_page, visit_page
from summitry.web.views import Asked

router = APIRouter(prefix="/api", tags=["register"])


class Fault(BaseModel):
    """What is wrong, in one sentence."""

    detail: str


class Listed(BaseModel):
    """A visit as the list shows it; codes and dates as in the coding rules."""

    model_config = ConfigDict(extra="ignore")

    id: str
    visitor: str
    visitor_country: str
    host_country: str
    places: list[str]
    dates: str | None
    status: str
    kind: str
    trip: str
    reports: int
    outlets: list[str]
    conflicts: list[str]
    first_told: str | None
    last_told: str | None


class Visits(BaseModel):
    """One page of visits, and how many were found in all."""

    found: int
    page: int
    pages: int
    visits: list[Listed]


class ClaimOut(BaseModel):
    """A value that reports give a field, with the words behind it."""

    field: str
    value: str
    chosen: bool
    conflict: bool
    sources: list[SourceOut]


class SourceOut(BaseModel):
    """A report that makes a claim: its hash, its words, its sentence."""

    report: str
    outlet: str | None
    published: str | None
    words: list[str]
    sentence: str


class EventOut(BaseModel):
    """What one report said of the status."""

    told: str | None
    status: str
    dates: str | None
    change: str
    report: str
    sentence: str


class StopOut(BaseModel):
    """A stop of the tour that the visit belongs to."""

    id: str
    host_country: str
    dates: str | None


class VisitOut(BaseModel):
    """A visit with every claim, its history and its tour."""

    id: str
    aliases: list[str]
    visitor: str
    visitor_country: str
    host_country: str
    dates: str | None
    status: str
    kind: str
    trip: str
    claims: list[ClaimOut]
    history: list[EventOut]
    tour: list[StopOut]


class SpanOut(BaseModel):
    """Evidence: a half-open range of code points of the report's text, the field and the rule; ``owner`` is the account."""

    start: int
    end: int
    field: str
    owner: str
    rule: str


class ReportOut(BaseModel):
    """A report: how it is dated, one part of its text from code point ``start``, and the evidence in that part."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    agency: str | None
    url: str | None
    language: str | None
    published: str | None
    published_how: str
    published_reasons: list[str]
    superseded_by: str | None
    part: int
    parts: int
    start: int
    text: str
    evidence: list[SpanOut]
    visits: list[str]


class AboutOut(BaseModel):
    """Counts and versions."""

    version: str
    knowledge: str
    newest: dt.date | None
    counts: dict[str, int]


ClaimOut.model_rebuild()

BAD: dict[int | str, dict[str, Any]] = {400: {"model": Fault}, 503: {"model": Fault}}
GONE: dict[int | str, dict[str, Any]] = {404: {"model": Fault}, 503: {"model": Fault}}
Text = Annotated[str, Query(max_length=200)]
Name = Annotated[str, Path(max_length=64)]


@router.get("/visits", responses=BAD)
def visits(
    register: Register,
    names: Names,
    visitor: Text = "",
    host: Text = "",
    first: Annotated[str, Query(alias="from", max_length=10)] = "",
    last: Annotated[str, Query(alias="to", max_length=10)] = "",
    status: Text = "",
    kind: Text = "",
    person: Text = "",
    conflicts: Text = "",
    page: Annotated[str, Query(max_length=7)] = "",
) -> Visits:
    """Visits by first day, those without days last; all filters given must hold."""
    asked = Asked(visitor.strip(), host.strip(), first, last, status, kind, person.strip(), conflicts, page)
    found = list_page(register, asked, names)
    return Visits(
        found=found.found,
        page=found.page,
        pages=found.pages,
        visits=[Listed.model_validate(row) for row in found.rows],
    )


@router.get("/visits/{visit_id}", responses=GONE)
def visit(register: Register, visit_id: Name) -> VisitOut:
    """One visit by id, by a former id, or by the beginning of an id."""
    page = visit_page(register, visit_id)
    v = page.visit
    return VisitOut(
        id=v.id,
        aliases=list(v.aliases),
        visitor=v.visitor,
        visitor_country=v.visitor_country,
        host_country=v.host_country,
        dates=str(v.dates) if v.dates else None,
        status=v.status,
        kind=v.kind,
        trip=v.trip,
        claims=[
            ClaimOut(
                field=line.field,
                value=value.value,
                chosen=value.chosen,
                conflict=line.conflict,
                sources=[
                    SourceOut(
                        report=account.told.visit.article,
                        outlet=account.told.outlet,
                        published=str(account.told.published) if account.told.published else None,
                        words=list(words),
                        sentence=account.told.visit.sentence,
                    )
                    for account, words in value.accounts
                ],
            )
            for line in page.lines
            for value in line.values
        ],
        history=[
            EventOut(
                told=told or None,
                status=status,
                dates=dates or None,
                change=change,
                report=account.told.visit.article,
                sentence=account.told.visit.sentence,
            )
            for told, status, dates, change, account in page.history
        ],
        tour=[StopOut(id=i, host_country=host, dates=dates or None) for i, host, dates in page.tour],
    )


@router.get("/reports/{report_id}", responses=GONE)
def report(register: Register, report_id: Name, part: Annotated[int, Query(ge=1, le=100_000)] = 1) -> ReportOut:
    """One part of a report with its evidence."""
    page = report_page(register, report_id, part)
    a = page.article
    return ReportOut(
        **{name: a[name] for name in ReportOut.model_fields if name in a and name != "text"},
        part=page.part,
        parts=page.parts,
        start=page.pieces[0].start if page.pieces else 0,
        text="".join(piece.text for piece in page.pieces),
        evidence=[SpanOut(start=m.start, end=m.end, field=m.field, owner=m.owner, rule=m.rule) for m in page.marks],
        visits=[row["visit"] for row in page.visits if row["visit"]],
    )


@router.get("/about", responses={503: {"model": Fault}})
def about(register: Register) -> AboutOut:
    """Counts, the versions of program and knowledge, and the newest publication date."""
    page = about_page(register)
    return AboutOut(version=page.version, knowledge=page.knowledge, newest=page.newest, counts=page.counts)
