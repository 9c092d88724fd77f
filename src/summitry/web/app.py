"""The application: pages for people, the same views as JSON, and the headers that keep a hostile report harmless."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from summitry import __version__
from summitry.lexicon.countries import Countries
from summitry.model.errors import InputError, RegisterError, UsageError
from summitry.web import HOSTS, SETTINGS, guard
from summitry.web.access import Site, about_page
from summitry.web.accounts import Accounts
from summitry.web.api import router as api
from summitry.web.asked import Asked
from summitry.web.finder import Mentions, distant
from summitry.web.lists import ListPage, MapPage
from summitry.web.pages import router as pages
from summitry.web.profiles import CoveragePage, country_counts, people
from summitry.web.review import Desk
from summitry.web.review import router as review_pages
from summitry.web.store import Store
from summitry.web.templating import TEMPLATES, render
from summitry.web.words import HERE

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

GZIP_FROM, GZIP_LEVEL = 1000, 4
"""Answers from this many bytes on are compressed, at a level that costs little time."""

SWITCH = 0.0005
"""Seconds until a thread that works lets another on. A page asks the database some twenty times, and after each it waits its
turn: with Python's own 5 ms a light page beside a heavy one would wait a tenth of a second."""

_log = logging.getLogger(__name__)


def create_app(
    register_path: str | Path,
    hosts: tuple[str, ...] = HOSTS,
    *,
    review: bool = False,
    accounts: Accounts | None = None,
    https: bool = False,
    today: Callable[[], dt.date] | None = None,
    mentions: Mentions | None = None,
) -> FastAPI:
    """The site of one register, which is read as it is at each request.

    ``register_path`` is a file or a database URL; ``hosts`` are the names by which the site may be called. With ``review``
    people decide on visits; with ``accounts`` everybody has to log in. ``https``: cookies go over HTTPS only. ``mentions``
    finds who and what the text of a report mentions; without it pages mark evidence alone.
    """
    # The ready-made documentation pages of FastAPI load scripts from a network; /openapi.json stays.
    app = FastAPI(title="Summitry register", version=__version__, docs_url=None, redoc_url=None, lifespan=_life)
    place = str(register_path)
    site = Site(Store(place), Countries.load(), mentions)
    app.state.site = replace(site, today=today) if today else site
    app.state.review = review
    app.state.desk = Desk(place) if review else None
    app.state.guard = guard.Guard(accounts, https=https)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(api)
    app.include_router(guard.router)
    if review:
        app.include_router(review_pages)
    app.include_router(pages)
    app.add_exception_handler(HTTPException, _on_error)
    app.add_exception_handler(RequestValidationError, _on_misread)
    for kind in (UsageError, InputError, RegisterError, Exception):
        app.add_exception_handler(kind, _on_error)
    app.middleware("http")(guard.know)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.middleware("http")(_with_headers)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_FROM, compresslevel=GZIP_LEVEL)
    return app


def from_settings() -> FastAPI:
    """The site for reading only, as the variable SETTINGS tells it.

    JSON with ``register``, ``hosts``, and ``mentions``: how to ask for them (``finder.shared``), or null.
    """
    told = json.loads(os.environ[SETTINGS])
    mentions = Mentions(distant(**told["mentions"])) if told.get("mentions") else None
    return create_app(told["register"], tuple(told["hosts"]), mentions=mentions)


def warm(site: Site) -> None:
    """Do what would keep the first visitors waiting: templates, and the counts of the pages on the whole register."""
    for name in TEMPLATES.list_templates():
        TEMPLATES.get_template(name)
    try:
        browser, asked = site.store.browser(), Asked()
        about_page(site, browser)
        ListPage.of(site.store, browser, asked, site.countries)
        MapPage.of(site.store, browser, asked, site.countries, site.world)
        people(site.store, browser, asked, site.countries)
        country_counts(site.store, browser)
        CoveragePage.of(site.store, browser, "", "")
    except RegisterError as error:
        _log.warning("the register cannot be read at the moment: %s", error)


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    await run_in_threadpool(warm, app.state.site)
    yield
    sys.setswitchinterval(before)
    app.state.site.store.close()
    if app.state.site.mentions is not None:
        app.state.site.mentions.close()
    if app.state.desk is not None:
        app.state.desk.close()


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    try:
        response = await call_next(request)
    except Exception as error:
        response = _on_error(request, error)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.url.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "max-age=3600")
    return response


async def _on_misread(request: Request, error: Exception) -> Response:
    """FastAPI's own answer for the JSON interface, as its description promises; a page for people."""
    if request.url.path.startswith("/api/") and isinstance(error, RequestValidationError):
        return await request_validation_exception_handler(request, error)
    return _error_page(request, 422, "The address holds a number or a name that cannot be read.")


def _on_error(request: Request, error: Exception) -> Response:
    """A page or a JSON object that says what is wrong; never a path of the machine, never a stack trace."""
    status, told = _told(error)
    if status >= 500:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": told}, status)
    return _error_page(request, status, told)


def _error_page(request: Request, status: int, told: str) -> Response:
    return render(request, "error.html", status, told=told, status=status)


def _told(error: Exception) -> tuple[int, str]:
    known: dict[int, Any] = {404: "There is nothing at this address.", 405: "The register can only be read here."}
    if isinstance(error, UsageError):
        return 400, str(error)
    if isinstance(error, InputError):
        return 400, "This holds characters that the register cannot look for."
    if isinstance(error, RegisterError):
        return 503, "The register cannot be read at the moment. The log of the server says why."
    if isinstance(error, HTTPException):
        told = str(error.detail)
        plain = told in ("Not Found", "Method Not Allowed")
        return error.status_code, str(known.get(error.status_code, told)) if plain else told
    return 500, "Something went wrong. The log of the server says what."
