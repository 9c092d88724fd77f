"""Who asks, and whether they may: sessions, log-in, and the token without which nothing is changed."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import hmac
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from summitry.web.accounts import HOURS, Accounts, Limits
from summitry.web.templating import render

COOKIE = "summitry_session"
LARGEST = 64 * 1024
"""Bytes of a form."""

router = APIRouter(include_in_schema=False)
Next = Callable[[Request], Awaitable[Response]]
Form = dict[str, str]


class Guard:
    """What the site knows of its users: their accounts, or nobody's; the secret that its tokens are made with; failures."""

    def __init__(self, accounts: Accounts | None, *, https: bool = False) -> None:
        self.accounts = accounts
        self.https = https
        self.limits = Limits()
        self.secret = secrets.token_bytes(32)

    def token(self, session: str) -> str:
        """The token that a form of this session must bring."""
        return hmac.new(self.secret, session.encode(), hashlib.sha256).hexdigest()

    def keep(self, response: Response, session: str) -> None:
        """Set the cookie of a session: for this site only, out of reach of scripts."""
        response.set_cookie(
            COOKIE, session, max_age=HOURS * 3600, httponly=True, samesite="strict", secure=self.https, path="/"
        )


async def know(request: Request, call_next: Next) -> Response:
    """Middleware: find out who asks; where accounts are kept, let nobody else in."""
    guard: Guard = request.app.state.guard
    session = request.cookies.get(COOKIE, "")
    request.state.person, fresh = None, False
    if guard.accounts is not None:
        if session:
            request.state.person = await run_in_threadpool(guard.accounts.person, session, _now())
        free = request.url.path == "/login" or request.url.path.startswith("/static/")
        if request.state.person is None and not free:
            return _refuse(request)
    elif request.app.state.review:
        request.state.person = _local_name()
    if request.app.state.review or guard.accounts is not None:
        if not session or len(session) > 100:
            session, fresh = secrets.token_urlsafe(32), True
        request.state.session, request.state.csrf = session, guard.token(session)
    response = await call_next(request)
    if fresh and "set-cookie" not in response.headers:
        guard.keep(response, session)
    if guard.accounts is not None or request.app.state.review:
        response.headers["Cache-Control"] = "no-store"
    return response


def _refuse(request: Request) -> Response:
    if request.url.path.startswith("/api/") or request.method != "GET":
        return JSONResponse({"detail": "Log in first."}, 401)
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(there, safe='')}", 303)


def _local_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def checked(request: Request) -> Form:
    """The fields of a form that this very site gave this very session. Raises 403 for any other, 413 for one too large."""
    if not getattr(request.state, "csrf", ""):
        raise HTTPException(405)
    origin = request.headers.get("origin")
    if origin is not None and origin != "null" and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "This form came from another site.")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "This form came from another site.")
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > LARGEST:
        raise HTTPException(413, "This form is too large.")
    given = await request.form(max_files=0, max_fields=50)
    form = {name: value for name, value in given.items() if isinstance(value, str)}
    if not hmac.compare_digest(form.get("csrf", "").encode(), request.state.csrf.encode()):
        raise HTTPException(403, "This page is too old. Go back, load it again, and repeat what you did.")
    return form


Checked = Annotated[Form, Depends(checked)]


def _inside(address: str) -> str:
    """The address if it is a path of this site, else the first page."""
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if fine and address.isprintable() else "/"


@router.get("/login")
def login_page(request: Request, next: str = "/") -> Response:
    """The form to log in."""
    if request.app.state.guard.accounts is None:
        raise HTTPException(404)
    return render(request, "login.html", next=_inside(next), told="", name="")


@router.post("/login")
def login(request: Request, form: Checked) -> Response:
    """Log in, unless there were too many failures of this name or from this address."""
    guard: Guard = request.app.state.guard
    if guard.accounts is None:
        raise HTTPException(404)
    name, there, now = form.get("name", "").strip(), _inside(form.get("next", "/")), time.monotonic()
    keys = ((f"name:{name}", 1), (f"address:{request.client.host if request.client else ''}", 4))
    wait = max(guard.limits.wait(key, now, weight) for key, weight in keys)
    if wait:
        told = f"Too many failed attempts. Try again in {-(-wait // 60)} minutes."
        answer = render(request, "login.html", 429, next=there, told=told, name=name)
        answer.headers["Retry-After"] = str(wait)
        return answer
    if not guard.accounts.knows(name, form.get("password", "")):
        for key, _ in keys:
            guard.limits.fail(key, now)
        return render(request, "login.html", 401, next=there, told="Name and password do not fit together.", name=name)
    guard.limits.clear(f"name:{name}")
    response = RedirectResponse(there, 303)
    guard.keep(response, guard.accounts.enter(name, _now()))
    return response


@router.post("/logout")
def logout(request: Request, form: Checked) -> Response:
    """End the session."""
    guard: Guard = request.app.state.guard
    if guard.accounts is None:
        raise HTTPException(404)
    guard.accounts.leave(request.state.session)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, path="/")
    return response
