"""The application: pages for people, the same views as JSON, and the headers that keep a hostile report harmless."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from summitry import __version__
from summitry.lexicon.countries import Countries
from summitry.model.errors import RegisterError, UsageError
from summitry.web.api import router as api
from summitry.web.pages import page_of_error
from summitry.web.pages import router as pages

HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names under which the site may be called, so that a foreign page cannot reach it by a name of its own."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_log = logging.getLogger(__name__)


def create_app(register_path: str | Path, hosts: tuple[str, ...] = HOSTS) -> FastAPI:
    """The site of one register, which is opened anew, for reading only, with each request.

    ``register_path`` is a file or a database URL; ``hosts`` are the names by which the site may be called.
    """
    # The ready-made documentation pages of FastAPI load scripts from a network; /openapi.json stays.
    app = FastAPI(title="Summitry register", version=__version__, docs_url=None, redoc_url=None)
    app.state.register = str(register_path)
    app.state.countries = Countries.load()
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.include_router(api)
    app.include_router(pages)
    app.add_exception_handler(HTTPException, _on_error)
    app.add_exception_handler(RequestValidationError, _on_misread)
    app.add_exception_handler(UsageError, _on_error)
    app.add_exception_handler(RegisterError, _on_error)
    app.add_exception_handler(Exception, _on_error)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.middleware("http")(_with_headers)
    return app


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    try:
        response = await call_next(request)
    except Exception as error:
        response = _on_error(request, error)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _on_misread(request: Request, error: Exception) -> Response:
    """FastAPI's own answer for the JSON interface, as its description promises; a page for people."""
    if request.url.path.startswith("/api/") and isinstance(error, RequestValidationError):
        return await request_validation_exception_handler(request, error)
    return page_of_error(request, 422, "The address holds a number or a name that cannot be read.")


def _on_error(request: Request, error: Exception) -> Response:
    """A page or a JSON object that says what is wrong; never a path of the machine, never a stack trace."""
    status, told = _told(error)
    if status >= 500:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": told}, status)
    return page_of_error(request, status, told)


def _told(error: Exception) -> tuple[int, str]:
    known: dict[int, Any] = {404: "There is nothing at this address.", 405: "The register can only be read here."}
    if isinstance(error, UsageError):
        return 400, str(error)
    if isinstance(error, RegisterError):
        return 503, "The register cannot be read at the moment. The log of the server says why."
    if isinstance(error, HTTPException):
        return error.status_code, str(known.get(error.status_code, error.detail))
    return 500, "Something went wrong. The log of the server says what."
