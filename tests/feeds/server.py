"""A web server on this machine that misbehaves in twenty ways, each feed in one, and counts what it is asked."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
from collections import Counter
from email.utils import formatdate
from html import escape

ITEMS = 3
WAYS = (
    "good", "etag", "hang", "drip", "redirect", "loop", "longer", "shorter", "429", "500", "unclosed", "garbage", "huge",
    "bomb", "hangup", "503", "ftp", "304", "page", "twice",
)  # fmt: skip
NEVER = ("loop", "ftp")
"""Ways that never come to a feed."""

HANG = 5.0


def visitor(feed: int, item: int) -> str:
    """A name of two words of letters alone, one for each item of each feed."""
    letters = "".join(chr(97 + int(d)) for d in f"{feed:03d}{item}")
    return f"Ann{letters} Bea{letters}"


class Misbehaving:
    """The server. ``with Misbehaving(200) as server``; ``server.hosts`` are its addresses, ``server.feeds`` the URLs."""

    def __init__(self, feeds: int) -> None:
        self.number = feeds
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.conditional = 0
        self.well = False

    def __enter__(self) -> Misbehaving:
        self.port = _port()
        self.hosts = _hosts(self.port)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def total(self) -> int:
        return sum(self.asked.values())

    def host(self, feed: int) -> str:
        return self.hosts[(feed // len(WAYS)) % len(self.hosts)]

    def way(self, feed: int) -> str:
        return WAYS[feed % len(WAYS)]

    @property
    def feeds(self) -> list[str]:
        return [f"http://{self.host(n)}:{self.port}/feed/{n}" for n in range(self.number)]

    def expected(self) -> set[str]:
        """The visitors of all items that can ever be had."""
        return {visitor(n, k) for n in range(self.number) if self.way(n) not in NEVER for k in range(ITEMS)}

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._answer, list(self.hosts), self.port)
        self._ready.set()
        async with server:
            await self._stop.wait()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            headers = {
                k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head.split("\r\n")[1:])
            }
            self.asked[path] += 1
            self.agents.add(headers.get("user-agent", ""))
            self.conditional += "if-none-match" in headers or "if-modified-since" in headers
            await self._send(path, headers, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            pass
        finally:
            writer.close()

    async def _send(
        self, path: str, headers: dict[str, str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        first = self.asked[path] == 1 and not self.well
        if path == "/robots.txt":
            return _reply(writer, b"User-agent: *\nDisallow: /closed/\n", kind="text/plain")
        kind, _, rest = path.strip("/").partition("/")
        if kind == "item":
            return self._item(rest, first, writer)
        if kind == "moved":
            return _reply(writer, self._feed(int(rest)))
        feed = int(rest)
        way, body = self.way(feed), self._feed(feed)
        if way == "loop":
            return _reply(writer, b"", 302, {"Location": path})
        if way == "ftp":
            return _reply(writer, b"", 302, {"Location": "ftp://127.0.0.1/feed"})
        if way == "redirect":
            return _reply(writer, b"", 301, {"Location": f"/moved/{feed}"})
        if way == "unclosed":
            return _reply(writer, body.rpartition(b"</channel>")[0])
        if way == "etag":
            if headers.get("if-none-match") == '"one"':
                return _reply(writer, b"", 304)
            return _reply(writer, self._atom(feed), more={"ETag": '"one"', "Last-Modified": formatdate(0, usegmt=True)})
        if not first:
            return _reply(writer, body)
        match way:
            case "hang":
                await asyncio.wait_for(reader.read(), HANG)  # until who asks gives up
            case "drip":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
                for byte in body:
                    if reader.at_eof():
                        break
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(0.05)
            case "longer":
                _reply(writer, body[: len(body) * 2 // 3], length=len(body) * 3)
            case "shorter":
                _reply(writer, body, length=len(body) // 2)
            case "429":
                _reply(writer, b"slow down", 429, {"Retry-After": "120"})
            case "500":
                _reply(writer, b"oh", 500)
            case "garbage":
                _reply(writer, bytes(range(256)) * 20)
            case "huge":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + body.rpartition(b"</channel>")[0])
                for _ in range(400):
                    writer.write(b"<!-- " + b"x" * 50_000 + b" -->")
                    await writer.drain()
            case "bomb":
                _reply(writer, gzip.compress(b"0" * 30_000_000), more={"Content-Encoding": "gzip"})
            case "503":
                _reply(writer, b"", 503, {"Retry-After": formatdate(time.time() + 300, usegmt=True)})
            case "304":
                _reply(writer, b"", 304)
            case "page":
                _reply(writer, b"<html><body><p>Not here</p></body></html>", kind="text/html")
            case "hangup":
                pass
            case _:
                _reply(writer, body)

    def _item(self, rest: str, first: bool, writer: asyncio.StreamWriter) -> None:
        feed, item = map(int, rest.split("-"))
        page = f"<html><body><p>{visitor(feed, item)} visits FRA on 2024-05-0{item + 1} </p></body></html>".encode()
        if first and feed % 7 == 3:
            return _reply(writer, b"", 500)
        if first and feed % 7 == 4:
            return _reply(writer, page[:40], length=4000)
        return _reply(writer, page, kind="text/html")

    def _links(self, feed: int) -> list[tuple[str, str]]:
        pairs = [(feed, k) for k in range(ITEMS)]
        if self.way(feed) == "twice":
            # Each entry twice, and those of a good feed as well.
            pairs = [*pairs, *pairs, *((feed - feed % len(WAYS), k) for k in range(ITEMS))]
        return [(f"http://{self.host(n)}:{self.port}/item/{n}-{k}", f"{visitor(n, k)} to go") for n, k in pairs]

    def _feed(self, feed: int) -> bytes:
        items = "".join(
            f"<item><guid>{link}</guid><title>{escape(title)}</title><link>{link}</link>"
            f"<pubDate>Wed, 01 May 2024 10:00:00 +0200</pubDate></item>"
            for link, title in self._links(feed)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()

    def _atom(self, feed: int) -> bytes:
        items = "".join(
            f'<entry><id>{link}</id><title>{escape(title)}</title><link href="{link}"/>'
            f"<updated>2024-05-01T10:00:00Z</updated></entry>"
            for link, title in self._links(feed)
        )
        return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{items}</feed>'.encode()


def _reply(
    writer: asyncio.StreamWriter,
    body: bytes,
    status: int = 200,
    more: dict[str, str] | None = None,
    *,
    kind: str = "application/xml",
    length: int | None = None,
) -> None:
    told = {"Content-Type": kind, "Connection": "close", **(more or {})}
    if status != 304:
        told["Content-Length"] = str(len(body) if length is None else length)
    lines = "".join(f"{k}: {v}\r\n" for k, v in told.items())
    writer.write(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body)


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _hosts(port: int) -> tuple[str, ...]:
    """As many addresses of this machine as it has: Linux has the whole of 127/8, others one."""
    found = []
    for n in range(1, 11):
        with socket.socket() as free:
            try:
                free.bind((f"127.0.0.{n}", port))
            except OSError:
                continue
            found.append(f"127.0.0.{n}")
    return tuple(found)
