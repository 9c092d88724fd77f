"""One round of watching: every feed that is due, then the pages of the items that are new."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from summitry.feeds.config import Config, Watched
from summitry.feeds.entries import entries, own_page
from summitry.feeds.fetch import Answer, Fetcher
from summitry.feeds.state import Item, State
from summitry.ingest.decode import BadBytes, decode_html
from summitry.ingest.html import read_html
from summitry.ingest.inputs import HTML_FACTOR, MAX_CHARS, Raw
from summitry.model.article import digest

TRIES = 5
"""How often the page of an item is asked for."""

LONGEST = 86_400.0
"""The longest time between two tries."""

PART = 50
"""Items whose pages are fetched before what came is read."""


@dataclass(slots=True)
class Round:
    """What a round brought: feeds polled, unchanged and failed (with the reason), new items, pages fetched, pages given up.

    ``more`` says that there are pages left to fetch now.
    """

    polled: int = 0
    unchanged: int = 0
    new: int = 0
    pages: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[Item, str]] = field(default_factory=list)
    more: bool = False


async def poll(
    config: Config, state: State, now: Callable[[], float], free_at: dict[str, float], *, private: bool = False
) -> Round:
    """Poll what is due, and fetch a part of the pages of new items. Every step is kept at once; what fails costs nobody else.

    ``free_at`` says until when each host is left in peace; it goes from call to call.
    """
    found = Round()
    manners: dict[str, Any] = {"pause": config.pause, "timeout": config.timeout, "most_bytes": config.most_bytes}
    state.watch(w.url for w in config.watched)
    due = [w for w in config.watched if state.feed(w.url)["next_at"] <= now()]
    async with Fetcher(state, now, free_at, private=private, **manners) as fetcher:
        await asyncio.gather(*(_poll(watched, state, fetcher, now, found) for watched in due))
        await asyncio.gather(*(_page(item, state, fetcher, now, found) for item in state.waiting(now(), PART)))
    found.more = bool(state.waiting(now(), 1))
    return found


async def _poll(watched: Watched, state: State, fetcher: Fetcher, now: Callable[[], float], found: Round) -> None:
    known = state.feed(watched.url)
    asked = {"If-None-Match": known["etag"], "If-Modified-Since": known["modified"]}
    answer = await fetcher.get(watched.url, {k: v for k, v in asked.items() if v})
    found.polled += 1
    if answer.status == 304:
        found.unchanged += 1
        state.unchanged(watched.url, now() + watched.every)
        return
    headers = answer.headers or {}
    items: list[Item] = []
    error = answer.error or ("" if answer.status == 200 else f"the server answers {answer.status}")
    marks: dict[str, str | None] = {"etag": headers.get("etag"), "modified": headers.get("last-modified")}
    if answer.status == 200:
        if watched.kind == "page":
            items, said, marks["digest"] = _as_item(answer, watched, known["digest"])
        else:
            items, said = entries(answer.body, headers, watched)
        error = error or said
    if error:
        fails = known["fails"] + 1
        wait = answer.wait if answer.wait is not None else min(watched.every * 2**fails, LONGEST)
        found.new += state.fetched(watched.url, items, now() + wait, {}, fails, error)
        found.failed.append((watched.url, error))
        return
    new = state.fetched(watched.url, items, now() + watched.every, marks)
    found.new += new
    found.unchanged += not new


def _as_item(answer: Answer, watched: Watched, before: str | None) -> tuple[list[Item], str, str | None]:
    """A watched page as an item, where its text is another than before; what is wrong with it; the digest of its text."""
    text, error, kind = _text(answer)
    if text is None:
        return [], error, None
    mark = digest(read_html(text, watched.url).text if kind == "html" else text)
    if mark == before:
        return [], error, mark
    key = digest(watched.url, mark)
    # The page has one address and many versions, so the address is no part of the item's identity.
    return [Item(key, None, watched.url, None, None, text, kind, None, "ready")], error, mark


async def _page(item: Item, state: State, fetcher: Fetcher, now: Callable[[], float], found: Round) -> None:
    answer = await fetcher.get(item.link or "")
    text, error, kind = (
        _text(answer) if answer.whole else (None, answer.error or f"the server answers {answer.status}", "")
    )
    if text is not None:
        state.got(item.key, text, kind)
        found.pages += 1
        return
    gone = answer.status in (404, 410, 451) or answer.whole or answer.closed
    if item.tries + 1 < TRIES and not gone:
        wait = answer.wait if answer.wait is not None else min(60.0 * 4**item.tries, LONGEST)
        state.again(item.key, error, now() + max(wait, 1.0))
        return
    own = own_page(item)
    if own is not None:
        # The feed's own words are less than the page, and better than nothing.
        state.got(item.key, own, "html")
        found.pages += 1
        return
    state.given_up(item.key, error)
    found.lost.append((item, error))


def _text(answer: Answer) -> tuple[str | None, str, str]:
    """The text of a page, or what is wrong with it; and whether it is "html" or "text"."""
    kind = (answer.headers or {}).get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml", "text/plain", ""):
        return None, f"this is {kind}, not a page", ""
    try:
        text, _ = decode_html(answer.body)
    except BadBytes as error:
        return None, str(error), ""
    form = "text" if kind == "text/plain" else "html"
    if not text.strip():
        return None, "the page is empty", ""
    if len(text) > MAX_CHARS * (HTML_FACTOR if form == "html" else 1):
        return None, "the page is too long", ""
    return text, "", form


def raw_of(item: Item) -> Raw:
    """An item as a report to be read; known by its page, or by its feed and key."""
    source = item.link or f"{item.feed}#{item.key}"
    return Raw(source, item.kind, item.text or "", item.key, item.link, item.title, item.published)
