"""What is fetched and what is not: addresses, limits, rules of a site."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from summitry.feeds.fetch import Answer, Fetcher, _wait, public
from summitry.feeds.state import State

Serve = Callable[[bytes, bytes], bytes]


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.0.0.8", False),
        ("192.168.1.1", False), ("172.16.9.9", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),  # noqa: S104
        ("::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:127.0.0.1", False), ("::ffff:93.184.216.34", True),
        ("224.0.0.1", False), ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, is_public: bool) -> None:
    assert public(address) is is_public


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (None, None), ("", None), ("120", 120), ("soon", None), ("-5", None), ("999999999", 86_400),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ],
)  # fmt: skip
def test_how_long_a_server_asks_us_to_wait(told: str | None, seconds: float | None) -> None:
    assert _wait(told, 100.0) == seconds


def fetch(tmp_path: Path, answers: dict[str, bytes], path: str, *, private: bool = True, most: int = 1000) -> Answer:
    """One address of a server that gives these answers, byte for byte."""

    async def run() -> Answer:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(answers.get(head.split(b" ")[1].decode(), b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            with State(tmp_path / "state.db") as state:
                fetcher = Fetcher(state, lambda: 1e6, {}, pause=0, timeout=2, most_bytes=most, private=private)
                async with fetcher:
                    return await fetcher.get(path if "//" in path else f"http://127.0.0.1:{port}{path}")

    return asyncio.run(run())


def ok(body: bytes, *lines: bytes) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *lines, b"", body])


def test_what_comes_whole(tmp_path: Path) -> None:
    answer = fetch(tmp_path, {"/a": ok(b"body", b"ETag: x")}, "/a")
    assert (answer.status, answer.body, answer.whole) == (200, b"body", True)
    assert (answer.headers or {})["etag"] == "x"


def test_what_is_packed_is_unpacked_up_to_the_limit(tmp_path: Path) -> None:
    packed = b"Content-Encoding: gzip"
    assert fetch(tmp_path, {"/a": ok(gzip.compress(b"body" * 9), packed)}, "/a").body == b"body" * 9
    bomb = fetch(tmp_path, {"/a": ok(gzip.compress(b"0" * 5_000_000), packed)}, "/a")
    assert len(bomb.body) == 1000
    assert "longer than 1,000 bytes" in bomb.error
    assert "ends early" in fetch(tmp_path, {"/a": ok(gzip.compress(b"body" * 9)[:-6], packed)}, "/a").error
    assert "br" in fetch(tmp_path, {"/a": ok(b"??", b"Content-Encoding: br")}, "/a").error


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://example.org/a", "no address of the web"),
        ("file:///etc/passwd", "no address of the web"),
        ("http://127.0.0.1:9/a", "private network"),
        ("http://localhost/a", "private network"),
        ("http://[::1]/a", "private network"),
    ],
)
def test_addresses_that_are_refused(tmp_path: Path, url: str, told: str) -> None:
    answer = fetch(tmp_path, {}, url, private=False)
    assert told in answer.error
    assert answer.closed


def test_a_redirect_to_what_is_refused_is_refused(tmp_path: Path) -> None:
    answer = fetch(
        tmp_path, {"/a": b"HTTP/1.1 302 X\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"}, "/a"
    )
    assert "no address of the web" in answer.error


def test_the_rules_of_a_site(tmp_path: Path) -> None:
    rules = ok(b"User-agent: *\nDisallow: /no\n\nUser-agent: summitry\nDisallow: /not-us\nCrawl-delay: 0\n")
    site = {"/robots.txt": rules, "/a": ok(b"a"), "/no": ok(b"b"), "/not-us": ok(b"c")}
    assert fetch(tmp_path, site, "/a").body == b"a"
    assert fetch(tmp_path, site, "/no").body == b"b", "the rules for us by name go before those for all"
    closed = fetch(tmp_path, site, "/not-us")
    assert "closed by robots.txt" in closed.error
    assert closed.closed


def test_a_site_whose_rules_cannot_be_had_is_left_alone_for_now(tmp_path: Path) -> None:
    site = {"/robots.txt": b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", "/a": ok(b"a")}
    answer = fetch(tmp_path, site, "/a")
    assert "nothing is fetched from there for now" in answer.error
    assert not answer.closed


def test_one_request_a_host_at_a_time(tmp_path: Path) -> None:
    open_now, most = 0, 0

    async def run() -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal open_now, most
            await reader.readuntil(b"\r\n\r\n")
            open_now += 1
            most = max(most, open_now)
            await asyncio.sleep(0.02)
            open_now -= 1
            writer.write(ok(b"here"))
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            with State(tmp_path / "state.db") as state:
                async with Fetcher(state, lambda: 1e6, {}, pause=0, timeout=9, most_bytes=99, private=True) as fetcher:
                    got = await asyncio.gather(*(fetcher.get(f"http://127.0.0.1:{port}/{n}") for n in range(6)))
        assert [a.body for a in got] == [b"here"] * 6

    asyncio.run(run())
    assert most == 1


def test_a_host_is_left_in_peace_between_two_requests(tmp_path: Path) -> None:
    free_at: dict[str, float] = {}

    async def run() -> None:
        with State(tmp_path / "state.db") as state:
            async with Fetcher(
                state, lambda: 1e6, free_at, pause=30, timeout=1, most_bytes=99, private=True
            ) as fetcher:
                await fetcher._one("http://127.0.0.1:9/", {}, 0.0, 99)

    asyncio.run(run())
    assert 25 < free_at["127.0.0.1"] - time.monotonic() <= 30
