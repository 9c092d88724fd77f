"""Fetching from the web with manners: one request a host at a time, robots.txt, limits, no address that is not public."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import time
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from summitry import __version__
from summitry.feeds.state import State

AGENT = "summitry"
AT_ONCE = 8
"""Hosts that are called at the same time."""

HOPS = 5
"""Redirects that are followed."""

ROBOTS_SECONDS = 86_400.0
"""How long the rules of a site are kept (RFC 9309 says at most a day)."""

RULES_AGAIN = 600.0
"""When the rules of a site that failed to send them are asked for again."""

ROBOTS_BYTES = 512_000
LONGEST_PAUSE = 60.0
"""The longest pause between two requests that a site's rules are granted; a site that asks for more is fetched less often."""

LONGEST_WAIT = 86_400.0
"""The longest that a server may put us off."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: status (0: nothing came), headers, body as far as it came, and what was wrong with it ("" for nothing).

    ``wait`` is how many seconds the server asks us to wait, where it does; ``closed`` that it is no use to ask again.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] | None = None
    error: str = ""
    wait: float | None = None
    closed: bool = False

    @property
    def whole(self) -> bool:
        """Whether all of it came."""
        return self.status == 200 and not self.error


class Refused(Exception):
    """An address that is not fetched: not of the web, not public, or closed by robots.txt; ``for_now`` if that may pass."""

    def __init__(self, told: str, *, for_now: bool = False) -> None:
        super().__init__(told)
        self.for_now = for_now


class Fetcher:
    """Fetches. Use as an asynchronous context manager. ``now`` gives the seconds of a clock that the state goes by.

    ``free_at`` says, by the monotonic clock, until when each host is left in peace.
    """

    def __init__(
        self,
        state: State,
        now: Callable[[], float],
        free_at: dict[str, float],
        *,
        pause: float,
        timeout: float,
        most_bytes: int,
        private: bool = False,
    ) -> None:
        self._state, self._now = state, now
        self._pause, self._timeout, self._most, self._private = pause, timeout, most_bytes, private
        self._hosts: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._sites: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at = free_at
        self._gate = asyncio.Semaphore(AT_ONCE)
        headers = {"User-Agent": f"{AGENT}/{__version__}", "Accept-Encoding": "gzip, identity"}
        limits = httpx.Timeout(timeout, connect=min(10.0, timeout))
        self._client = httpx.AsyncClient(headers=headers, timeout=limits, trust_env=False, verify=_context())

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, at)

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Fetch one address, redirects followed. Raises nothing: what goes wrong is in the answer."""
        try:
            for _ in range(HOPS + 1):
                delay = await self._allowed(url)
                answer = await self._one(url, headers or {}, delay, self._most)
                target = (answer.headers or {}).get("location")
                if answer.status not in (301, 302, 303, 307, 308) or not target:
                    return answer
                url = urljoin(url, target)
            return Answer(0, error=f"redirected more than {HOPS} times")
        except Refused as error:
            return Answer(0, error=str(error), closed=not error.for_now)

    async def _allowed(self, url: str) -> float:
        """The pause that the site's rules ask for. Raises Refused where they close the address."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"{url} is no address of the web (http or https)")
        site = f"{parts.scheme}://{parts.netloc}"
        async with self._sites[site]:
            known, lines = self._state.robots(site, self._now() - ROBOTS_SECONDS)
            if not known:
                lines = await self._rules(site)
        if lines is None:
            raise Refused(f"{site}/robots.txt cannot be fetched: nothing is fetched from there for now", for_now=True)
        rules = RobotFileParser()
        rules.parse(lines)
        if not rules.can_fetch(AGENT, url):
            raise Refused(f"{url} is closed by robots.txt")
        asked = rules.crawl_delay(AGENT)
        return min(float(asked), LONGEST_PAUSE) if asked else 0.0

    async def _rules(self, site: str) -> list[str] | None:
        """Fetch the rules of a site: none where there is no such file, everything closed where the server fails (RFC 9309)."""
        url, lines = f"{site}/robots.txt", None
        for _ in range(HOPS + 1):
            answer = await self._one(url, {}, 0.0, ROBOTS_BYTES)
            target = (answer.headers or {}).get("location")
            if answer.status in (301, 302, 303, 307, 308) and target:
                url = urljoin(url, target)
                if urlsplit(url).scheme not in ("http", "https"):
                    break
                continue
            if answer.status == 200:
                lines = answer.body.decode("utf-8", "replace").splitlines()
            elif 400 <= answer.status < 500 and answer.status != 429:
                lines = []
            break
        else:
            lines = []
        # A site that fails is asked for its rules again in a while, not with every page.
        kept = self._now() - (0 if lines is not None else ROBOTS_SECONDS - RULES_AGAIN)
        self._state.keep_robots(site, kept, lines)
        return lines

    async def _one(self, url: str, headers: Mapping[str, str], delay: float, most: int) -> Answer:
        """One request, when the host is free and has had its pause."""
        host = (urlsplit(url).hostname or "").lower()
        async with self._hosts[host], self._gate:
            await asyncio.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            try:
                async with asyncio.timeout(self._timeout):
                    return await self._request(url, headers, most)
            except TimeoutError:
                return Answer(0, error=f"no whole answer within {self._timeout:g} seconds")
            except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError) as error:
                return Answer(0, error=f"{type(error).__name__}: {error}".rstrip(": "))
            finally:
                self._free_at[host] = time.monotonic() + max(self._pause, delay)

    async def _request(self, url: str, headers: Mapping[str, str], most: int) -> Answer:
        address, name = await self._address(url)
        target = httpx.URL(url)
        request = self._client.build_request("GET", target, headers=dict(headers))
        # The address that was looked at is the one that is called: the name is not looked up again.
        request.url = target.copy_with(host=address)
        request.extensions["sni_hostname"] = name
        response = await self._client.send(request, stream=True)
        try:
            return await self._body(response, most)
        finally:
            await response.aclose()

    async def _body(self, response: httpx.Response, most: int) -> Answer:
        told = dict(response.headers.items())
        wait = _wait(told.get("retry-after"), self._now()) if response.status_code in (429, 503) else None
        body, error = bytearray(), ""
        try:
            async for part in _decoded(response, most):
                body += part
                if len(body) > most:
                    error = f"longer than {most:,} bytes: what lies beyond was left"
                    break
        except (httpx.HTTPError, zlib.error) as broken:
            error = f"broken off: {type(broken).__name__}: {broken}".rstrip(": ")
        return Answer(response.status_code, bytes(body[:most]), told, error, wait)

    async def _address(self, url: str) -> tuple[str, str]:
        """The address of the host, and its name. Raises Refused for one that is not public."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        if not addresses:
            raise Refused(f"{host} has no address")
        if not self._private and not all(map(public, addresses)):
            raise Refused(f"{host} is an address of a private network: --allow-private allows it")
        return addresses[0], host


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    """The certificates that are trusted: read once, for that takes as long as many requests."""
    return httpx.create_ssl_context(trust_env=False)


def public(address: str) -> bool:
    """Whether an IP address is one of the public network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (inner or ip).is_global and not (inner or ip).is_multicast


async def _decoded(response: httpx.Response, most: int) -> AsyncIterator[bytes]:
    """The body, unpacked where it is packed, never more than a little beyond the limit at once."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        async for part in response.aiter_raw():
            yield part
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise httpx.DecodingError(f"packed as {coding}, which was not asked for")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    async for part in response.aiter_raw():
        yield unpack.decompress(part, most + 1)
        if unpack.unconsumed_tail:
            yield b"\0" * (most + 1)  # far beyond the limit: whoever reads stops here
    yield unpack.flush()
    if not unpack.eof:
        raise httpx.DecodingError("the packed body ends early")


def _wait(text: str | None, now: float) -> float | None:
    """The seconds that a Retry-After asks for, as a number or a date; None where it says nothing that can be read."""
    if not text:
        return None
    try:
        asked = float(text) if text.strip().isdigit() else parsedate_to_datetime(text).timestamp() - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(asked, 0.0), LONGEST_WAIT)
