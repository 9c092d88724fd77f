"""What a feed holds: its entries as items, each with an identity that lasts."""

from __future__ import annotations

import calendar
import datetime as dt
import html
import io
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import feedparser

from summitry.feeds.config import Watched
from summitry.feeds.state import Item
from summitry.ingest.values import read_day
from summitry.model.article import digest

MOST = 10_000
"""Entries of one feed that are looked at."""

_TAG = re.compile(r"<[^>]*>")


def entries(body: bytes, headers: Mapping[str, str], watched: Watched) -> tuple[list[Item], str]:
    """The items of a feed in its order, and what is wrong with it ("" for nothing); a broken feed may hold items still."""
    told = {"content-type": headers.get("content-type", "application/xml"), "content-location": watched.url}
    try:
        found = feedparser.parse(io.BytesIO(body), response_headers=told)
    except Exception as error:  # what a hostile feed makes of the parser costs this feed alone, and is told
        return [], f"broken: {type(error).__name__}: {error}"
    named = {(_link(e.get("link"), watched.url), e.get("id") or e.get("title")) for e in found.entries[:MOST]}
    links = Counter(link for link, _ in named)
    items: dict[str, Item] = {}
    for entry in found.entries[:MOST]:
        # A link that several entries share names none of them: there the feed's own words are the report.
        link = _link(entry.get("link"), watched.url)
        item = _item(entry, watched, link if links[link] == 1 else None)
        if item:
            items.setdefault(item.key, item)
    broken = found.get("bozo_exception")
    # A feed in another encoding than it says is a slip that costs nothing.
    if isinstance(broken, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType):
        broken = None
    if broken is not None:
        return list(items.values()), f"broken: {broken}"
    if not found.get("version"):
        return list(items.values()), "this is no feed"
    return list(items.values()), ""


def _item(entry: Any, watched: Watched, link: str | None) -> Item | None:
    title = _plain(entry.get("title") or "") or None
    own = max([c.get("value") or "" for c in entry.get("content", [])] + [entry.get("summary") or ""], key=len) or None
    name = entry.get("id") or link
    if not (name or title or own):
        return None
    # An id that is an address or a URN names the item everywhere; a bare number names it in its feed alone.
    key = digest(name) if name and ":" in name else digest(watched.url, name or [title, own])
    if watched.text == "feed" or link is None:
        text = own or title
        return Item(key, link, watched.url, title, _day(entry), _page(title, text), "html", None, "ready")
    return Item(key, link, watched.url, title, _day(entry), None, "html", own, "waiting")


def _link(link: str | None, base: str) -> str | None:
    if not link:
        return None
    whole = urldefrag(urljoin(base, link.strip()))[0]
    return whole if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname else None


def _day(entry: Any) -> str | None:
    """The day of an entry: as its own clock has it where that can be read, else by UTC."""
    for name in ("published", "updated"):
        text, parsed = entry.get(name), entry.get(f"{name}_parsed")
        day = read_day(text) if text else None
        if day:
            return str(day)
        if parsed:
            return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC).date().isoformat()
    return None


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _page(title: str | None, text: str | None) -> str:
    """What a feed holds of a report, as a page."""
    head = f"<h1>{html.escape(title)}</h1>" if title else ""
    return f"<!doctype html><html><body><article>{head}<div>{text or ''}</div></article></body></html>"


def own_page(item: Item) -> str | None:
    """What the feed itself holds of an item, as a page; None where it holds no more than a headline."""
    return _page(item.title, item.own) if item.own and len(_plain(item.own)) > len(item.title or "") else None
