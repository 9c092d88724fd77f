"""The pages of ``summitry serve`` as plain files, which any web host serves: asked of the site itself, links made relative.

What only a running site can do is left out: forms, exports, review, and the pages of reports, whose full texts belong to
their publishers.
"""

from __future__ import annotations

import asyncio
import posixpath
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urldefrag, urljoin, urlsplit

import httpx
import lxml.html

from summitry.model.article import digest
from summitry.model.errors import RegisterError, UsageError
from summitry.publish.files import whole
from summitry.publish.terms import Quotes

BASE = "http://localhost"
LEFT_OUT = ("/reports/", "/review", "/login", "/logout", "/export", "/api/", "/search")
"""Beginnings of addresses that have no place among plain files."""

FOLLOWED = frozenset({"page", "name", "month", "year"})
"""Queries that lead to pages of their own; filters and orders of a list do not."""

ENDLESS = frozenset({"month", "year"})
TURNS = 400
"""Pages of one address that differ by one of these alone: a calendar has no last month."""


def write_site(register: str, folder: Path, quotes: Quotes) -> int:
    """Write all pages that can be reached from the first one; the number of files. Raises UsageError or RegisterError."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; the pages need a folder: give another name")
    if quotes.most is None:
        return asyncio.run(_crawl(register, folder))
    with tempfile.TemporaryDirectory() as aside:
        copy = Path(aside) / "register.db"
        cut_copy(register, copy, quotes)
        return asyncio.run(_crawl(str(copy), folder))


def cut_copy(register: str, copy: Path, quotes: Quotes) -> None:
    """A copy of the register that holds no more of the reports' words than may be shown."""
    import sqlalchemy as sa

    from summitry.register import tables
    from summitry.register.engine import close, copy_register, open_engine

    copy_register(register, copy)
    engine = open_engine(str(copy), write=True)
    r, a = tables.visit_reports, tables.articles
    try:
        with engine.begin() as connection:
            for key, sentence in connection.execute(sa.select(r.c.key, r.c.sentence)).all():
                cut = quotes.of(sentence) or ""
                connection.execute(sa.update(r).where(r.c.key == key).values(sentence=cut))
            for name, title in connection.execute(sa.select(a.c.id, a.c.title)).all():
                connection.execute(sa.update(a).where(a.c.id == name).values(title=quotes.of(title), text=""))
            connection.execute(sa.update(tables.encounters).values(sentence=""))
            connection.execute(sa.delete(tables.evidence))
    finally:
        close(engine)


async def _crawl(register: str, folder: Path) -> int:
    from summitry.web import create_app

    waiting, seen = deque(["/"]), {"/"}
    turns: Counter[str] = Counter()
    written = 0
    transport = httpx.ASGITransport(create_app(register))
    async with httpx.AsyncClient(transport=transport, base_url=BASE, follow_redirects=True) as client:
        while waiting:
            address = waiting.popleft()
            answer = await client.get(address)
            if answer.status_code >= 500:
                raise RegisterError(f"the page {address} cannot be made; summitry serve shows why")
            if answer.status_code != 200:
                continue
            kind = answer.headers.get("content-type", "").partition(";")[0]
            data = answer.content
            if kind == "text/html":
                page = lxml.html.document_fromstring(data)
                for link in _links(page, address):
                    if link not in seen and turns[urlsplit(link).path] < TURNS:
                        turns[urlsplit(link).path] += any(
                            name in ENDLESS for name, _ in parse_qsl(urlsplit(link).query)
                        )
                        seen.add(link)
                        waiting.append(link)
                data = _plain(page, address, seen)
            path = folder / file_of(address, kind)
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole(path) as out:
                out.write(data)
            written += 1
    return written


def allowed(address: str) -> bool:
    """Whether an address of the site becomes a file."""
    parts = urlsplit(address)
    return not parts.path.startswith(LEFT_OUT) and all(name in FOLLOWED for name, _ in parse_qsl(parts.query))


def file_of(address: str, kind: str = "text/html") -> str:
    """The file of an address, relative to the folder: ``file_of("/visits/4f?page=2")`` is "visits/4f/page-2.html"."""
    parts = urlsplit(address)
    path = parts.path.strip("/")
    if kind != "text/html":
        return path
    if parts.query:
        told = "-".join(f"{name}-{value}" for name, value in sorted(parse_qsl(parts.query)))
        name = told if told.isascii() and told.replace("-", "").isalnum() and len(told) < 60 else digest(parts.query)
        return posixpath.join(path, f"{name}.html")
    return posixpath.join(path, "index.html")


def _links(page: lxml.html.HtmlElement, address: str) -> Iterator[str]:
    for _, attribute, link, _ in page.iterlinks():
        if attribute in ("href", "src"):
            whole_link = urljoin(BASE + address, urldefrag(link)[0])
            parts = urlsplit(whole_link)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if whole_link.startswith(BASE + "/") and allowed(target):
                yield target


def _plain(page: lxml.html.HtmlElement, address: str, seen: set[str]) -> bytes:
    """The page with relative links; forms and links to what is left out are dropped, their words kept."""
    here = posixpath.dirname(file_of(address))
    for form in list(page.iter("form")):
        form.drop_tree()
    for element, attribute, link, _ in list(page.iterlinks()):
        if attribute not in ("href", "src"):
            continue
        target, anchor = urldefrag(urljoin(BASE + address, link))
        parts = urlsplit(target)
        if f"{parts.scheme}://{parts.netloc}" != BASE:
            continue
        inside = parts.path + (f"?{parts.query}" if parts.query else "")
        if inside in seen:
            kind = "text/html" if element.tag == "a" and not posixpath.splitext(parts.path)[1] else "file"
            path = posixpath.relpath(file_of(inside, kind), here or ".")
            element.set(attribute, quote(path) + (f"#{anchor}" if anchor else ""))
        elif element.tag == "a":
            element.drop_tag()
        elif element.getparent() is not None:
            element.drop_tree()
    return bytes(lxml.html.tostring(page, encoding="utf-8", doctype="<!doctype html>")) + b"\n"
