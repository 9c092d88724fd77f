"""What is to be watched: ``feeds.toml``, with every mistake named by file and entry.

Two kinds of entry, ``[[feed]]`` and ``[[page]]``, each with ``url`` and, if wanted, ``name`` (the outlet), ``every`` ("30m") and
``text`` ("page": each item's page is fetched; "feed": what the feed holds is the report). Above them ``every`` for all,
``pause`` between two requests to one host, ``timeout`` and ``most_bytes`` of one request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from summitry.lexicon.files import read_toml
from summitry.model.errors import KnowledgeError, UsageError

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_TOP = frozenset({"every", "pause", "timeout", "most_bytes", "feed", "page"})
_ENTRY = frozenset({"url", "name", "text", "every"})


@dataclass(frozen=True, slots=True)
class Watched:
    """One feed or page. ``every`` in seconds; ``text`` is "page" or "feed", and "page" for a page."""

    url: str
    name: str
    kind: str
    text: str
    every: float


@dataclass(frozen=True, slots=True)
class Config:
    """All that is watched, and the manners: seconds between two requests to one host, for one request, bytes of a body."""

    watched: tuple[Watched, ...]
    pause: float = 2.0
    timeout: float = 30.0
    most_bytes: int = 5_000_000


def seconds(text: object) -> float:
    """A length of time as written: "90s", "30m", "2h", "1d". Raises UsageError."""
    found = _SPAN.fullmatch(str(text).strip())
    if not found:
        raise UsageError(f"{text!r} is no length of time: write 30s, 15m, 2h or 1d")
    return float(found[1]) * UNITS[found[2]]


def load(path: Path) -> Config:
    """Read ``feeds.toml``. Raises UsageError with file and entry."""
    try:
        data = read_toml(path)
    except KnowledgeError as error:
        raise UsageError(f"{error}: write a list of feeds as docs/exports.md shows") from error
    unknown = set(data) - _TOP
    if unknown:
        raise UsageError(f"{path}: {', '.join(sorted(unknown))} is unknown; known are {', '.join(sorted(_TOP))}")
    try:
        every = seconds(data.get("every", "30m"))
        manners = {name: seconds(data[name]) for name in ("pause", "timeout") if name in data}
        listed = [(kind, n, e) for kind in ("feed", "page") for n, e in enumerate(data.get(kind, []), 1)]
        watched = [_entry(e, kind, every, f"{kind} {n}") for kind, n, e in listed]
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    twice = {w.url for n, w in enumerate(watched) if any(w.url == v.url for v in watched[:n])}
    if twice:
        raise UsageError(f"{path}: {', '.join(sorted(twice))} stands there twice")
    if not watched:
        raise UsageError(f"{path}: nothing to watch; add a [[feed]] with its url")
    most = data.get("most_bytes", Config.__dataclass_fields__["most_bytes"].default)
    if not isinstance(most, int) or most < 1:
        raise UsageError(f"{path}: most_bytes is a number of bytes")
    return Config(tuple(watched), most_bytes=most, **manners)


def _entry(entry: Any, kind: str, every: float, where: str) -> Watched:
    if not isinstance(entry, dict) or not isinstance(entry.get("url"), str):
        raise UsageError(f"{where} has no url")
    if set(entry) - _ENTRY:
        raise UsageError(f"{where}: {', '.join(sorted(set(entry) - _ENTRY))} is unknown")
    url = entry["url"].strip()
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise UsageError(f"{where}: {url!r} is no address of the web (http or https)")
    text = entry.get("text", "page")
    if text not in ("page", "feed"):
        raise UsageError(f'{where}: text is "page" or "feed", not {text!r}')
    own = seconds(entry["every"]) if "every" in entry else every
    return Watched(url, str(entry.get("name") or urlsplit(url).hostname), kind, text, own)
