"""The JSON interface: the same views as the pages, described in /openapi.json."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query

from summitry.model.visits import Kind, Status
from summitry.register.browsing import Order
from summitry.register.reader import Account
from summitry.web import shapes
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
from summitry.web.asked import LONGEST, Asked
from summitry.web.charts import Years
from summitry.web.lists import CalendarPage, ListPage, MapPage, TimelinePage
from summitry.web.profiles import CoveragePage, ProblemsPage, country_counts, people
from summitry.web.views import citation, values_of

router = APIRouter(prefix="/api", tags=["register"])

UNIT = r"^(\d{4}(-\d\d(-\d\d)?)?[~?%]?)?$"
"""A day, a month or season, or a year, as EDTF writes them."""

MONTH = r"^(\d{4}-(0[1-9]|1[0-2]))?$"

LIMIT = 500
"""Visits in one answer."""

BAD: dict[int | str, dict[str, Any]] = {
    400: {"model": shapes.Fault}, 401: {"model": shapes.Fault}, 503: {"model": shapes.Fault}
}  # fmt: skip
GONE: dict[int | str, dict[str, Any]] = BAD | {404: {"model": shapes.Fault}}
OneStatus = Status | Literal[""]
OneKind = Kind | Literal[""]
OneOrder = Order | Literal[""]
Text = Annotated[str, Query(max_length=LONGEST)]
Key = Annotated[str, Query(max_length=4 * LONGEST)]
Name = Annotated[str, Path(max_length=64)]
Code = Annotated[str, Path(max_length=8)]
Part = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/visits", responses=BAD)
def visits(
    register: Register,
    site: Shared,
    q: Text = "",
    visitor: Text = "",
    host: Text = "",
    first: Annotated[str, Query(alias="from", pattern=UNIT)] = "",
    last: Annotated[str, Query(alias="to", pattern=UNIT)] = "",
    status: OneStatus = "",
    kind: OneKind = "",
    person: Text = "",
    conflicts: Text = "",
    review: Text = "",
    sort: OneOrder = "",
    way: Literal["", "up", "down"] = "",
    after: Key = "",
    before: Key = "",
    limit: Annotated[int, Query(ge=1, le=LIMIT)] = 50,
) -> shapes.Visits:
    """Visits, the newest first unless asked otherwise, those without days last; all filters given must hold.

    ``q`` searches every column; ``sort`` is days, told, visitor, host or reports; ``way`` is up or down. ``after`` is the
    ``after`` of the page before.
    """
    asked = Asked(
        q.strip(), visitor.strip(), host.strip(), person.strip(), first.strip(), last.strip(), status, kind, conflicts,
        review, sort, way, after, before,
    )  # fmt: skip
    page = ListPage.of(site.store, register, asked, site.countries, limit)
    return shapes.Visits(
        found=page.found,
        more=page.more,
        before=page.before,
        after=page.after,
        visits=[shapes.Listed.model_validate(row) for row in page.rows],
    )


@router.get("/visits/{visit_id}", responses=GONE)
def visit(register: Register, site: Shared, visit_id: Name) -> shapes.VisitOut:
    """One visit by id, by a former id, or by the beginning of an id."""
    page = visit_page(register, visit_id)
    full = register.full(page.visit.id)
    v = page.visit
    name = site.countries.name
    return shapes.VisitOut(
        id=v.id,
        aliases=list(v.aliases),
        visitor=v.visitor,
        visitor_country=v.visitor_country,
        host_country=v.host_country,
        dates=str(v.dates) if v.dates else None,
        status=v.status,
        kind=v.kind,
        trip=v.trip,
        confidence=page.confidence,
        claims=[
            shapes.ClaimOut(
                field=value.field,
                value=value.value,
                chosen=value.chosen,
                conflict=value.conflict,
                sources=[_source(account, words) for account, words in value.accounts],
            )
            for value in values_of(full)
        ],
        history=[
            shapes.EventOut(
                told=told or None,
                status=status,
                dates=dates or None,
                change=change,
                side=account.told.side,
                report=account.told.visit.article,
                sentence=account.told.visit.sentence,
            )
            for told, status, dates, change, account in page.history
        ],
        tour=[shapes.StopOut(id=i, host_country=host, dates=dates or None) for i, host, dates in page.tour],
        sides=[
            shapes.SideOut(
                side=s.side,
                country=s.country,
                heard=s.heard,
                accounts=s.telling,
                reports=s.reports,
                days=s.days,
                of_days=s.of_days,
                outlets=list(s.outlets),
            )
            for s in page.sides
        ],
        earlier=_listed(page.related.before),
        later=_listed(page.related.after),
        returns=_listed(page.related.returns),
        decisions=[
            shapes.DecisionOut(decision=d.verb, by=d.by, on=d.on, field=d.field, value=d.value, note=d.note)
            for d in page.decisions
        ],
        cite_as=citation(page, about_page(site, register), name(v.visitor_country), name(v.host_country)),
    )


def _source(account: Account, words: tuple[str, ...]) -> shapes.SourceOut:
    return shapes.SourceOut(
        report=account.told.visit.article,
        outlet=account.told.outlet,
        published=str(account.told.published) if account.told.published else None,
        words=list(words),
        sentence=account.told.visit.sentence,
    )


def _listed(rows: Any) -> list[shapes.Listed]:
    return [shapes.Listed.model_validate(row) for row in rows]


@router.get("/reports/{report_id}", responses=GONE)
def report(register: Register, site: Shared, report_id: Name, part: Part = 1) -> shapes.ReportOut:
    """One part of a report with its evidence, and with the people, places and times that are mentioned in it."""
    page = report_page(site, register, report_id, part)
    a = page.article
    return shapes.ReportOut(
        **{name: a[name] for name in shapes.ReportOut.model_fields if name in a and name not in ("text", "visits")},
        part=page.part,
        parts=page.parts,
        start=page.span.start,
        text=a["text"][page.span.start : page.span.end],
        evidence=[
            shapes.SpanOut(
                start=m.start, end=m.end, field=m.field, owner=m.owner, rule=m.rule,
                value=page.values.get((m.owner, m.field)),
            )
            for m in page.marks
        ],
        mentions_state=page.found.state if page.found else None,
        mentions=[
            shapes.MentionOut(
                start=m.start, end=m.end, kind=m.kind.short, rule=m.rule,
                values=[shapes.MeantOut(value=value, country=country) for value, country in m.values],
            )
            for m in page.mentions
        ],
        visits=[row["visit"] for row in page.visits if row["visit"]],
    )  # fmt: skip


@router.get("/timeline", responses=BAD)
def timeline(
    register: Register,
    site: Shared,
    by: Literal["visitor", "country", "host"] = "visitor",
    q: Text = "",
    visitor: Text = "",
    host: Text = "",
    first: Annotated[str, Query(alias="from", pattern=UNIT)] = "",
    last: Annotated[str, Query(alias="to", pattern=UNIT)] = "",
    status: OneStatus = "",
    kind: OneKind = "",
) -> shapes.TimelineOut:
    """Visits of some years by visitor, country or host; of the newest two years where no days are asked for."""
    asked = Asked(q=q, visitor=visitor.strip(), host=host.strip(), first=first, last=last, status=status, kind=kind)
    page = TimelinePage.of(site.store, register, asked, site.countries, by)
    return shapes.TimelineOut(
        first=page.line.first,
        last=page.line.last,
        found=page.found,
        left=page.left,
        groups=[
            shapes.GroupOut(
                key=g.key, visits=[shapes.Listed.model_validate(r) for lane in g.lanes for r, _ in lane.bars]
            )
            for g in page.groups
        ],
    )


@router.get("/calendar", responses=BAD)
def month(
    register: Register,
    site: Shared,
    month: Annotated[str, Query(pattern=MONTH)] = "",
    visitor: Text = "",
    host: Text = "",
    status: OneStatus = "",
) -> shapes.CalendarOut:
    """A month of visits, day by day; without a month the next in which there are visits, else the newest."""
    asked = Asked(visitor=visitor.strip(), host=host.strip(), status=status)
    page = CalendarPage.of(register, asked, site.countries, month, site.today(), register.newest())
    return shapes.CalendarOut(
        first=page.first,
        last=page.last,
        days=[
            shapes.DayOut(day=d.day, visits=_listed(row for row, _ in d.visits), more=d.more)
            for week in page.weeks
            for d in week
            if d.inside and d.visits
        ],
        loose=_listed(page.loose),
    )


@router.get("/map", responses=BAD)
def journeys(
    register: Register,
    site: Shared,
    q: Text = "",
    visitor: Text = "",
    host: Text = "",
    first: Annotated[str, Query(alias="from", pattern=UNIT)] = "",
    last: Annotated[str, Query(alias="to", pattern=UNIT)] = "",
    status: OneStatus = "",
    kind: OneKind = "",
) -> shapes.MapOut:
    """How many visits there were from which country to which: the commonest journeys."""
    asked = Asked(q=q, visitor=visitor.strip(), host=host.strip(), first=first, last=last, status=status, kind=kind)
    page = MapPage.of(site.store, register, asked, site.countries, site.world)
    return shapes.MapOut(
        found=page.found,
        more=page.more,
        journeys=[
            shapes.JourneyOut(visitor_country=j.sender, host_country=j.host, visits=j.count) for j in page.map.journeys
        ],
    )


@router.get("/people", responses=BAD)
def travellers(register: Register, site: Shared, q: Text = "", visitor: Text = "") -> list[shapes.TravellerOut]:
    """Those who travel most."""
    found = people(site.store, register, Asked(q=q, visitor=visitor.strip()), site.countries)
    return [shapes.TravellerOut(name=name, country=country, visits=count) for name, country, count in found]


@router.get("/person", responses=GONE)
def one_person(register: Register, site: Shared, name: Annotated[str, Query(max_length=1000)]) -> shapes.PersonOut:
    """One person by the whole name."""
    page = person_page(site, register, name)
    return shapes.PersonOut(
        name=page.name,
        countries=list(page.countries),
        found=page.found,
        years=_years(page.years),
        hosts=dict(page.hosts),
        visits=_listed(page.visits),
        received=_listed(page.received),
    )


@router.get("/countries", responses=BAD)
def countries(register: Register, site: Shared) -> list[shapes.CountryCount]:
    """Every country and body of the register."""
    return [
        shapes.CountryCount(code=code, name=site.countries.name(code), abroad=out, received=into)
        for code, out, into in country_counts(site.store, register)
    ]


@router.get("/countries/{code}", responses=GONE)
def one_country(register: Register, site: Shared, code: Code) -> shapes.CountryOut:
    """One country or body by its code."""
    page = country_page(site, register, code)
    return shapes.CountryOut(
        code=code,
        name=site.countries.name(code),
        abroad=_years(page.out),
        received=_years(page.into),
        hosts=dict(page.hosts),
        guests=dict(page.guests),
        people=dict(page.people),
        sent=_listed(page.sent),
        guests_visits=_listed(page.received),
    )


@router.get("/pairs/{one}/{two}", responses=GONE)
def pair(register: Register, site: Shared, one: Code, two: Code) -> shapes.PairOut:
    """Two countries: who went to whom, and when."""
    page = pair_page(site, register, one, two)
    return shapes.PairOut(
        one=one,
        two=two,
        found=page.found,
        there=_years(page.there),
        back=_years(page.back),
        visits=_listed(page.visits),
    )


def _years(chart: Years | None) -> dict[int, int]:
    return {c.year: c.count for c in chart.columns if c.count} if chart else {}


@router.get("/coverage", responses=BAD)
def coverage(
    register: Register,
    site: Shared,
    first: Annotated[str, Query(alias="from", pattern=UNIT)] = "",
    last: Annotated[str, Query(alias="to", pattern=UNIT)] = "",
) -> shapes.CoverageOut:
    """Which outlets were read in which time; of the newest year where no days are asked for."""
    page = CoveragePage.of(site.store, register, first, last)
    return shapes.CoverageOut(
        first=page.first,
        last=page.last,
        undated=page.undated,
        outlets=[
            shapes.OutletOut(outlet=r.outlet, country=r.country, reports=r.reports, telling=r.telling)
            for r in page.rows
        ],
    )


@router.get("/problems", responses=BAD)
def problems(
    register: Register, stage: Annotated[str, Query(max_length=40)] = "", page: Part = 1
) -> shapes.ProblemsOut:
    """Reports that failed, with stage and error."""
    found = ProblemsPage.of(register, stage, page)
    return shapes.ProblemsOut(
        found=found.found,
        page=found.page,
        pages=found.pages,
        problems=[shapes.ProblemOut(source=p.source, stage=p.stage, error=p.error) for p in found.rows],
    )


@router.get("/about", responses=BAD)
def about(register: Register, site: Shared) -> shapes.AboutOut:
    """Counts, the versions of program and knowledge, and the newest publication date."""
    page = about_page(site, register)
    return shapes.AboutOut(version=page.version, knowledge=page.knowledge, newest=page.newest, counts=page.counts)
