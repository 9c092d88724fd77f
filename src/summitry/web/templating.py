"""Templates: every value escaped, nothing marked as safe, no character that turns a line around."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from summitry.publish.columns import unconfirmed
from summitry.web.marks import plain, short
from summitry.web.words import HERE, said, words


def _finish(value: Any) -> Any:
    """What every template's output passes through: nothing for None, and no character that turns the line around."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        finalize=_finish,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["short"] = short
    found.filters["words"] = lambda name: str(name).replace("_", " ")
    found.filters["said"] = said
    found.filters["thousands"] = lambda n: f"{n:,}".replace(",", "\u202f")
    found.globals["person_url"] = lambda name: "/person?" + urlencode({"name": name})
    found.globals["country_url"] = lambda code: "/countries/" + quote(code, safe="")
    found.globals["pair_url"] = lambda a, b: f"/pairs/{quote(a, safe='')}/{quote(b, safe='')}"
    found.globals["list_url"] = lambda **query: "/?" + urlencode({k.rstrip("_"): v for k, v in query.items() if v})
    found.globals["unconfirmed"] = unconfirmed
    found.globals["table"] = words()
    return found


TEMPLATES = _environment()


def render(request: Request, template: str, code: int = 200, /, **values: Any) -> HTMLResponse:
    """A page from a template. ``here`` is the address's path, ``country`` turns a code into a name."""
    site = request.app.state.site
    shared = {
        "here": request.url.path,
        "country": site.countries.name,
        "review": request.app.state.review,
        "person": getattr(request.state, "person", None),
        "csrf": getattr(request.state, "csrf", ""),
        "logout": request.app.state.guard.accounts is not None,
    }
    return HTMLResponse(TEMPLATES.get_template(template).render(**(shared | values)), code)


def day_name(day: dt.date) -> str:
    """A day in words. ``day_name(date(2001, 5, 5))`` is "5 May 2001"."""
    return said(day.isoformat())
