"""One round: pages that change, pages that do not come, and what the register is told of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from summitry.feeds.config import Config, Watched
from summitry.feeds.rounds import TRIES, Round, poll, raw_of
from summitry.feeds.state import State

WORDS = "The minister arrived on Monday for two days of talks with her colleague on the border and on trade. " * 4


class Site:
    """A server whose answers are set from test to test; ``asked`` are the paths in order."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, str]] = {}
        self.asked: list[str] = []

    def round(self, path: Path, kind: str = "feed", now: float = 1e6) -> tuple[Round, list, dict[str, int]]:
        """One round against the feed "/feed"; what came of it, the raw reports that are ready, the counts of items."""

        async def run() -> tuple[Round, list, dict[str, int]]:
            server = await asyncio.start_server(self._answer, "127.0.0.1", self.port)
            self.port = server.sockets[0].getsockname()[1]
            async with server:
                watched = Watched(f"http://127.0.0.1:{self.port}/feed", "Feed", kind, "page", 60.0)
                with State(path) as state:
                    config = Config((watched,), pause=0, timeout=5)
                    found = await poll(config, state, lambda: now, {}, private=True)
                    ready = [raw_of(item) for item in state.ready(100)]
                    for item in state.ready(100):
                        state.done(item.key)
                    return found, ready, state.counts()

        return asyncio.run(run())

    port = 0

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
        self.asked.append(path)
        status, text = self.answers.get(path, (404, ""))
        body = text.replace("HERE", f"http://127.0.0.1:{self.port}").encode()
        kind = "application/pdf" if text.startswith("%PDF") else "text/html"
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        writer.close()


def rss(path: str, own: str = "") -> str:
    item = (
        f"<item><guid>HERE{path}</guid><title>T</title><link>HERE{path}</link><description>{own}</description></item>"
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{item}</channel></rss>'


def page(words: str) -> str:
    return f"<html><body><article><h1>News</h1><p>{words}</p></article></body></html>"


def test_a_watched_page_is_read_anew_when_its_text_changes(tmp_path: Path) -> None:
    site, path = Site(), tmp_path / "state.db"
    versions = [page(WORDS), page(WORDS).replace("<body>", "<body class='x'>"), page(WORDS + "Then she left.")]
    got = []
    for n, text in enumerate(versions):
        site.answers["/feed"] = (200, text)
        got.append(site.round(path, "page", 1e6 + 100 * n)[1])
    assert [len(ready) for ready in got] == [1, 0, 1]
    assert got[2][0].url is None, "one address, many versions: none takes the place of another"
    assert got[2][0].source.startswith(f"http://127.0.0.1:{site.port}/feed#")


def test_a_page_that_does_not_come_is_asked_for_again_and_given_up(tmp_path: Path) -> None:
    site, path = Site(), tmp_path / "state.db"
    site.answers = {"/feed": (200, rss("/a")), "/a": (500, "")}
    lost = []
    for n in range(TRIES + 2):
        found, ready, counts = site.round(path, now=1e6 + 100_000 * n)
        lost += found.lost
        assert not ready
    assert site.asked.count("/a") == TRIES
    ((item, error),) = lost
    assert (counts, error) == ({"failed": 1}, "the server answers 500")
    assert item.link is not None


def test_what_the_feed_holds_is_read_where_the_page_is_gone(tmp_path: Path) -> None:
    site, path = Site(), tmp_path / "state.db"
    for number, (answer, own) in enumerate({(410, ""): "All the words of it.", (200, "%PDF-1.4"): "Others."}.items()):
        name = f"/{number}"
        site.answers = {"/feed": (200, rss(name, own)), name: answer}
        _, (raw,), _ = site.round(path, now=1e6 + 1000 * number)
        assert own in raw.text
        assert raw.url == f"http://127.0.0.1:{site.port}{name}"
    assert site.asked.count("/0") == 1, "what is gone is not asked for again"


def test_a_feed_that_fails_is_polled_less_and_less(tmp_path: Path) -> None:
    site, path = Site(), tmp_path / "state.db"
    polls = []
    for minute in range(0, 40, 1):
        found, *_ = site.round(path, now=1e6 + 60 * minute)
        if found.polled:
            polls.append(minute)
    assert polls == [0, 2, 6, 14, 30]
