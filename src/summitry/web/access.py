"""The register behind a request, and its records as pages and JSON ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from summitry import __version__
from summitry.lexicon.countries import Countries
from summitry.model.errors import RegisterError
from summitry.register.reader import Reader
from summitry.web import queries
from summitry.web.views import AboutPage, Asked, ListPage, ReportPage, VisitPage


def _reader(request: Request) -> Iterator[Reader]:
    # A register opened immutable shows one state; opened anew with each request, the site follows what is read into it.
    with Reader(request.app.state.register) as reader:
        yield reader


Register = Annotated[Reader, Depends(_reader)]


def _countries(request: Request) -> Countries:
    found: Countries = request.app.state.countries
    return found


Names = Annotated[Countries, Depends(_countries)]


def list_page(reader: Reader, asked: Asked, countries: Countries) -> ListPage:
    """The list of visits that was asked for. Raises UsageError for filters that make no sense."""
    return ListPage.of(reader.visits(asked.filter(countries)), asked)


def visit_page(reader: Reader, given: str) -> VisitPage:
    """One visit by id, alias or beginning of an id. Raises 404 where it means none or several."""
    try:
        name = reader.resolve(given)
    except RegisterError as error:
        raise HTTPException(404) from error
    return VisitPage.of(reader.full(name))


def report_page(reader: Reader, given: str, part: int = 1) -> ReportPage:
    """One report by its hash. Raises 404."""
    stored = queries.report(reader, given)
    if stored is None:
        raise HTTPException(404)
    return ReportPage.of(stored, part)


def about_page(reader: Reader) -> AboutPage:
    """Counts and versions."""
    run = queries.newest_run(reader)
    return AboutPage(reader.counts(), run[0] if run else __version__, run[1] if run else "", reader.newest())
