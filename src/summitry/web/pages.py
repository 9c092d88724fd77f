"""The pages. Each renders one record of ``views``; every value is escaped, and no template marks anything as safe."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from summitry.model.visits import Kind, Status
from summitry.web.access import Names, Register, about_page, list_page, report_page, visit_page
from summitry.web.marks import plain, short
from summitry.web.views import Asked

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Path(max_length=64)]


def _finish(value: Any) -> Any:
    """What every template's output passes through: nothing for None, and no character that turns the line around."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(FilePath(__file__).parent / "templates"),
        autoescape=True,
        finalize=_finish,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["short"] = short
    found.filters["words"] = lambda name: str(name).replace("_", " ")
    return found


_TEMPLATES = _environment()


def _page(name: str, code: int = 200, **values: Any) -> HTMLResponse:
    return HTMLResponse(_TEMPLATES.get_template(name).render(**values), code)


def page_of_error(request: Request, status: int, told: str) -> Response:
    """A page that says what is wrong."""
    return _page("error.html", status, told=told, status=status)


@router.get("/")
def visits(request: Request, register: Register, names: Names) -> Response:
    """The list of visits with its filters."""
    asked = Asked.of(request.query_params)
    page = list_page(register, asked, names)
    turn = {
        name: f"/?{urlencode(asked.query(number))}"
        for name, number in (("earlier", page.page - 1), ("later", page.page + 1))
        if 1 <= number <= page.pages
    }
    return _page(
        "visits.html", country=names.name, asked=asked, page=page, turn=turn, statuses=list(Status), kinds=list(Kind)
    )


@router.get("/visits/{visit_id}")
def visit(register: Register, names: Names, visit_id: Name) -> Response:
    """One visit; a former id leads to the present one."""
    page = visit_page(register, visit_id)
    if page.visit.id != visit_id:
        return RedirectResponse(f"/visits/{page.visit.id}")
    return _page("visit.html", country=names.name, page=page, visit=page.visit)


@router.get("/reports/{report_id}")
def report(
    register: Register, names: Names, report_id: Name, part: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """One report with its evidence highlighted."""
    page = report_page(register, report_id, part)
    return _page("report.html", country=names.name, page=page, article=page.article)


@router.get("/about")
def about(register: Register) -> Response:
    """Counts, versions, and where the rules are."""
    return _page("about.html", page=about_page(register))
