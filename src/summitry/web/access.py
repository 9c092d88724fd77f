"""The register behind a request, and its records as pages and JSON ask for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from summitry import __version__
from summitry.lexicon.countries import Countries
from summitry.model.errors import RegisterError
from summitry.register.browsing import Browser
from summitry.web import queries
from summitry.web.finder import Mentions
from summitry.web.profiles import CountryPage, PairPage, PersonPage
from summitry.web.store import Store
from summitry.web.views import AboutPage, ReportPage, VisitPage
from summitry.web.world import World

T = TypeVar("T")


@dataclass
class Site:
    """What all requests share: the register, the tables of knowledge that pages need, who finds mentions, the clock."""

    store: Store
    countries: Countries
    mentions: Mentions | None = None
    today: Callable[[], dt.date] = field(default=lambda: dt.datetime.now(dt.UTC).date())

    @cached_property
    def world(self) -> World:
        """The map, read when it is first asked for."""
        return World.load(self.countries)


def _site(request: Request) -> Site:
    found: Site = request.app.state.site
    return found


Shared = Annotated[Site, Depends(_site)]


def _browser(site: Shared) -> Browser:
    return site.store.browser()


Register = Annotated[Browser, Depends(_browser)]


def visit_page(browser: Browser, given: str, part: int = 1) -> VisitPage:
    """One visit by id, alias or beginning of an id. Raises 404 where it means none or several."""
    try:
        name = browser.resolve(given)
    except RegisterError as error:
        # The database itself failing is another matter than an id that it does not hold.
        browser.newest()
        raise HTTPException(404) from error
    full = browser.full(name)
    return VisitPage.of(browser, full, part)


def report_page(site: Site, browser: Browser, given: str, part: int = 1) -> ReportPage:
    """One report by its hash. Raises 404."""
    stored = queries.report(browser, given)
    if stored is None:
        raise HTTPException(404)
    found = site.mentions.of(stored.article) if site.mentions is not None else None
    return ReportPage.of(stored, part, found, site.countries.name)


def person_page(site: Site, browser: Browser, name: str) -> PersonPage:
    """One person by name. Raises 404."""
    return _found(PersonPage.of(site.store, browser, name))


def country_page(site: Site, browser: Browser, code: str) -> CountryPage:
    """One country by code. Raises 404."""
    return _found(CountryPage.of(site.store, browser, code))


def pair_page(site: Site, browser: Browser, one: str, two: str) -> PairPage:
    """Two countries by their codes. Raises 404."""
    return _found(PairPage.of(site.store, browser, one, two))


def _found(page: T | None) -> T:
    if page is None:
        raise HTTPException(404)
    return page


def about_page(site: Site, browser: Browser) -> AboutPage:
    """Counts and versions."""

    def make() -> AboutPage:
        run = queries.newest_run(browser)
        return AboutPage(browser.counts(), run[0] if run else __version__, run[1] if run else "", browser.newest())

    return site.store.kept(("about",), make)
