"""A register made from readings written by hand, and a browser without scripts."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from summitry.model.article import Article, Block, Known, Published, Role, digest
from summitry.model.dates import DateRange
from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Contact, Encounter, Kind, Status, VisitReport
from summitry.register.writer import Writer
from summitry.web import create_app

FOLDER = "clippings-of-nobody"
Get = Callable[..., httpx.Response]


def edtf(text: str | None) -> DateRange | None:
    return DateRange.parse(text) if text else None


def reading(text: str, *visits: dict[str, Any], published: str | None = None, **article: Any) -> Reading:
    """A report of ``text``; each visit names its values and, under ``words``, the words that gave them."""
    name = digest(text, published, sorted(article.items()))
    found = []
    for v in visits:
        words = v.pop("words", {})
        evidence = tuple(
            Evidence(name, Span(text.index(w), text.index(w) + len(w)), field, f"{field}-rule")
            for field, w in words.items()
        )
        fields = {
            "kind": Kind(v.pop("kind", "unspecified")),
            "status": Status(v.pop("status", "planned")),
            "dates": edtf(v.pop("dates", None)),
            "sentence": v.pop("sentence", text),
        }
        key = digest(name, v["visitor"], v["host_country"], fields["sentence"])
        found.append(VisitReport(id=key, article=name, evidence=evidence, **fields, **v))
    when = Published(edtf(published), Known.METADATA if published else Known.UNKNOWN)
    return Reading(Article(name, f"{FOLDER}/news.txt", text, published=when, **article), when, tuple(found))


ANNOUNCED = reading(
    "Queen Margrethe of Denmark will visit Greenpark, Chile, from 5 to 8 May.\n\nShe will meet President Lagos.",
    {
        "visitor": "Margrethe II",
        "visitor_country": "DNK",
        "host_country": "CHL",
        "dates": "2001-05-05/2001-05-08",
        "kind": "state",
        "meets": ("Ricardo Lagos",),
        "sentence": "Queen Margrethe of Denmark will visit Greenpark, Chile, from 5 to 8 May.",
        "words": {"visitor": "Queen Margrethe", "dates": "from 5 to 8 May", "host_country": "Chile"},
    },
    published="2001-04-20",
    outlet="Andes Mail",
    url="https://andes-mail.example/1",
    title="A queen is coming",
)
TOLD_LATER = reading(
    "Queen Margrethe ended her visit to Chile, which lasted from 6 to 9 May.",
    {
        "visitor": "Margrethe II",
        "visitor_country": "DNK",
        "host_country": "CHL",
        "dates": "2001-05-06/2001-05-09",
        "status": "completed",
        "words": {"visitor": "Queen Margrethe", "dates": "from 6 to 9 May"},
    },
    published="2001-05-10",
    outlet="Fjord Post",
    blocks=(Block(Span(0, 31), Role.HEADLINE), Block(Span(31, 71), Role.BODY)),
)
TOUR = reading(
    "President Kufuor of Ghana goes to Togo on Monday and to Benin on Tuesday.",
    *(
        {"visitor": "John Kufuor", "visitor_country": "GHA", "host_country": host, "dates": day, "trip": 1}
        for host, day in (("TGO", "2002-07-01"), ("BEN", "2002-07-02"))
    ),
    published="2002-06-28",
)
UNDATED = reading(
    "The emir may come to Malta.",
    {"visitor": "Emir of Somewhere", "visitor_country": "OTHER", "host_country": "MLT", "status": "proposed"},
)
EVIL = "<script>alert(1)</script>"
HOSTILE_TEXT = f"{EVIL} \"'>\u202evisit\u2066 <img src=x onerror=alert(2)> {{{{7*7}}}} \x00\x1b[31m " + "long " * 30_000
HOSTILE = reading(
    HOSTILE_TEXT,
    {
        "visitor": f"{EVIL}\u202eName",
        "visitor_country": "DNK",
        "host_country": "NOR",
        "dates": "2003-01-01",
        "places": (f'"><b onmouseover="x">{EVIL}',),
        "occasion": f"</q>{EVIL}",
        "sentence": HOSTILE_TEXT,
        "words": {"visitor": EVIL, "dates": "visit"},
    },
    published="2003-01-01",
    outlet=f"{EVIL}\u202e",
    title=f"</title>{EVIL}",
    url="javascript:alert(3)",
)
CALL = Encounter(
    id="c" * 16,
    article=TOUR.article.id,
    kind=Contact.CALL,
    participants=("John Kufuor", "Olusegun Obasanjo"),
    status=Status.COMPLETED,
    sentence="They spoke.",
    date=DateRange.parse("2002-06-27"),
)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "register.db"
    now = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    with Writer(str(path), started=now, version="0.0.9", knowledge="0123456789abcdef") as writer:
        tour = Reading(TOUR.article, TOUR.published, TOUR.visits, (CALL,))
        for found in (ANNOUNCED, TOLD_LATER, tour, UNDATED, HOSTILE):
            assert writer.add(found)
        writer.problem(Problem(f"{FOLDER}/broken.txt", "ingest", "not text"))
    return path


def browser(
    place: Path | str, raise_errors: bool = True, base: str = "http://127.0.0.1:8000", app: FastAPI | None = None
) -> Get:
    transport = httpx.ASGITransport(app or create_app(place), raise_app_exceptions=raise_errors)

    def get(address: str, method: str = "GET") -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=transport, base_url=base) as client:
                return await client.request(method, address)

        return asyncio.run(ask())

    return get


@pytest.fixture(scope="session")
def get(place: Path) -> Get:
    return browser(place)
