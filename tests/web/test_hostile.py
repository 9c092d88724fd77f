"""A hostile report (markup, controls that turn lines around, 10,000 mentions, a line of 5 MB) on every page."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from summitry.model.article import Article, Known, Published, digest
from summitry.model.dates import DateRange
from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Kind, Status, VisitReport
from summitry.register.writer import Writer
from summitry.web import create_app
from summitry.web.marks import CROWD, PART, Mark, parts_of

from .conftest import FOLDER, Get, browser
from .test_pages import Page

FIRST_LOAD = 150_000
"""Bytes of a page's first load, compressed, with its style and its script."""

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e\u2066"
MENTIONS = 10_000
LINE = 5_000_000


def hostile() -> Reading:
    """A report of one line whose sentence is the whole line, with as many pieces of evidence as mentions."""
    text = EVIL + " will visit " + "\u202eNorway\u2069 " * MENTIONS
    text += "x" * (LINE - len(text))
    name, when = digest("hostile"), Published(DateRange.parse("2024-05-01"), Known.METADATA)
    start = len(EVIL) + len(" will visit ")
    words = [Evidence(name, Span(start + n * 9 + 1, start + n * 9 + 7), "host_country", EVIL) for n in range(MENTIONS)]
    words.append(Evidence(name, Span(0, len(text)), "evidence", EVIL))
    visit = VisitReport(
        id=digest(name), article=name, visitor=EVIL, visitor_country="DNK", host_country="NOR",
        dates=DateRange.parse("2024-05-10"), status=Status.PLANNED, sentence=text, kind=Kind.STATE, places=(EVIL,) * 50,
        meets=(EVIL + "2", "Jonas Gahr Støre"), delegation=(EVIL + "3",), invited_by=EVIL, announced_by=EVIL, occasion=EVIL,
        agenda=(EVIL,), documents=(EVIL,), evidence=tuple(words), notes=(EVIL,),
    )  # fmt: skip
    article = Article(name, f"/srv/{FOLDER}/{EVIL}.txt", text, title=EVIL, outlet=EVIL, agency=EVIL, url="javascript:alert(3)",
                      published=when, language="en")  # fmt: skip
    return Reading(article, when, (visit,))


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "register.db"
    with Writer(str(path), started=dt.datetime(2024, 6, 1, tzinfo=dt.UTC), version=EVIL) as writer:
        writer.add(hostile())
        writer.problem(Problem(f"/srv/{FOLDER}/{EVIL}.txt", EVIL[:30], f"cannot read /srv/{FOLDER}/{EVIL}.txt: {EVIL}"))
    return path


def all_pages(get: Get) -> list[str]:
    visit = get("/api/visits").json()["visits"][0]["id"]
    article = hostile().article.id
    pages = ["/", "/?sort=visitor", f"/?q={quote(EVIL)}", f"/?person={quote(EVIL)}", "/timeline", "/timeline?by=host"]
    pages += [
        "/calendar",
        "/map",
        "/people",
        f"/person?name={quote(EVIL)}",
        "/countries",
        "/countries/DNK",
        "/pairs/DNK/NOR",
    ]
    pages += ["/coverage", "/problems", "/about", f"/visits/{visit}", f"/review/{visit}", f"/reports/{article}"]
    pages += [f"/reports/{article}?part={n}" for n in (2, 17, 18, 200, 10**6)]
    return pages


def test_every_page_stays_whole_and_small(bad: Path) -> None:
    app = create_app(bad, review=True)
    get = browser(bad, app=app)
    try:
        beside = sum(
            len(gzip.compress(get(f"/static/{name}").content)) for name in ("style.css", "site.js", "icon.svg")
        )
        for address in all_pages(get):
            answer = get(address)
            assert answer.status_code == 200, address
            assert len(gzip.compress(answer.content, 4)) + beside < FIRST_LOAD, address
            page = Page(answer.text)
            assert {tag for tag, _ in page.tags} & {"img", "iframe", "object", "base", "style"} == set(), address
            assert [a for tag, a in page.tags if tag == "script"] == [{"src": "/static/site.js", "defer": None}], (
                address
            )
            assert not [a for _, a in page.tags if any(n.startswith("on") or n == "style" for n in a)], address
            assert all(re.match(r"/|#|https?://", link) for link in page.links()), address
            assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00\x1b]", answer.text), address
            assert FOLDER not in answer.text and "/srv" not in answer.text and str(bad.parent) not in answer.text, (
                address
            )
    finally:
        app.state.desk.close()


def test_the_whole_text_is_there_in_parts(bad: Path) -> None:
    get = browser(bad)
    article, text = hostile().article.id, hostile().article.text
    parts = get(f"/api/reports/{article}").json()["parts"]
    seen = 0
    for part in (1, 2, 3, parts - 1, parts):
        page = get(f"/api/reports/{article}?part={part}").json()
        assert page["text"] == text[page["start"] : page["start"] + len(page["text"])]
        assert len(page["text"]) <= PART and len(page["evidence"]) <= CROWD + 1
        seen += len(page["evidence"])
    assert seen > CROWD


def test_exports_hold_it_as_data(bad: Path) -> None:
    get = browser(bad)
    for form in ("csv", "jsonl"):
        answer = get(f"/export.{form}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "alert(1)" in answer.text


def test_parts_join_to_the_text_and_none_is_crowded() -> None:
    text = "word " * 20_000
    marks = [Mark(n, n + 3, "a", "v") for n in range(0, 30_000, 5)]
    parts = parts_of(text, marks)
    assert "".join(text[p.start : p.end] for p in parts) == text
    assert all(p.end - p.start <= PART for p in parts)
    assert all(sum(p.start <= m.start < p.end for m in marks) <= CROWD for p in parts)
    assert all(text[p.end - 1] == " " for p in parts[-3:])
    assert [(p.start, p.end) for p in parts_of("", [])] == [(0, 0)]
    assert len(parts_of("x", [Mark(0, 1, f"f{n}", "v") for n in range(5_000)])) == 1
