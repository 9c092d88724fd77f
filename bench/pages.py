"""Pages for the benchmarks: real ones where there are some, pages of our own on visits, and WARC files made of both.

Every copy of a page is salted, so that no two are alike; the mixture depends on a seed alone.
"""

from __future__ import annotations

import gzip
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

CORPUS = Path(os.environ.get("SUMMITRY_CORPUS", Path(__file__).resolve().parents[2] / "shared"))
REAL = CORPUS / "html" / "pages.warc.gz"

_VISITORS = [
    ("Polish President Andrzej Duda", "Warsaw"), ("Finnish Prime Minister Sanna Marin", "Helsinki"),
    ("Japanese Foreign Minister Taro Kono", "Tokyo"), ("French President Emmanuel Macron", "Paris"),
    ("Chilean President Gabriel Boric", "Santiago"), ("Indian Prime Minister Narendra Modi", "New Delhi"),
    ("Latvian President Egils Levits", "Riga"), ("Egyptian Foreign Minister Sameh Shoukry", "Cairo"),
]  # fmt: skip
_HOSTS = [
    ("Oslo", "Norwegian"),
    ("Vienna", "Austrian"),
    ("Lima", "Peruvian"),
    ("Hanoi", "Vietnamese"),
    ("Accra", "Ghanaian"),
]
_TEXTS = [
    "{v} arrived in {c} on Tuesday for a two-day official visit, the {a} government said. Talks on trade were to follow.",
    "{v} will travel to {c} next week, officials said on Tuesday, to meet the {a} prime minister and sign two agreements.",
    "{v} has called off a trip to {c} that had been planned for Friday, an aide said, because of floods at home.",
    "The {a} president received {v} in {c} on Monday. It was the first visit of its kind in nine years, a statement said.",
]
_FILL = [
    "The price of grain has gone up twice since the spring, and farmers say that the harvest will not be what they had hoped.",
    "Engineers worked through the night to open the bridge again, and the first trains crossed it shortly before six.",
    "The club has won four of its last five games at home and stands third in the table, two points behind the leaders.",
    "A new library with room for ninety thousand books is to be built beside the old market, the council decided.",
    "Visitors to the museum can see the boats until the end of the month, and children pay nothing on Sundays.",
]


def real_pages() -> list[tuple[str, bytes]]:
    """The real pages as (address, bytes); none where the corpora are not there."""
    if not REAL.exists():
        return []
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with REAL.open("rb") as stream:
        records = ArchiveIterator(stream, record_types=WarcRecordType.response)
        return [(r.headers.get("WARC-Target-URI") or "", r.reader.read()) for r in records]


def wrapped(title: str, paragraphs: Sequence[str], day: str = "2021-05-04") -> bytes:
    """A page of our own around a text: menus above, links below, the date in its metadata."""
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12))
    body = "".join(f"<p>{p}</p>\n" for p in paragraphs)
    links = "".join(f'<li><a href="/more/{n}">Another story, number {n}</a></li>' for n in range(20))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Bench</title>'
        f'<meta property="article:published_time" content="{day}"></head><body><nav><ul>{menu}</ul></nav>'
        f"<main><article><h1>{title}</h1>\n{body}</article></main><aside><ul>{links}</ul></aside>"
        "<footer><p>All rights reserved by the bench.</p></footer></body></html>"
    ).encode()


def visit_page(rng: random.Random) -> bytes:
    """A page of our own that tells of a visit."""
    visitor, home = rng.choice(_VISITORS)
    city, adjective = rng.choice(_HOSTS)
    lead = rng.choice(_TEXTS).format(v=visitor, c=city, a=adjective)
    rest = rng.sample(_FILL, 2)
    return wrapped(f"News from {home}", [lead, *rest, "The ministry gave no further details."])


def plain_page(rng: random.Random) -> bytes:
    """A page of our own on something else, for a bench without real pages."""
    return wrapped("News of the day", [rng.choice(_FILL) for _ in range(rng.randint(5, 40))])


def mixture(
    background: Sequence[tuple[str, bytes]], count: int, share: float, seed: int = 9
) -> Iterator[tuple[str, bytes]]:
    """``count`` pages, ``share`` of them ours on visits, in no order, each salted; no page comes again before all have come."""
    rng = random.Random(seed)
    deck: list[tuple[str, bytes]] = []
    visits = set(rng.sample(range(count), round(count * share)))
    for n in range(count):
        if n in visits:
            url, page = f"https://bench.example/visit/{n}", visit_page(rng)
        elif background:
            deck = deck or rng.sample(background, len(background))
            url, page = deck.pop()
        else:
            url, page = f"https://bench.example/{n}", plain_page(rng)
        yield f"{url}?copy={n}", page + b"<!-- copy %d of the bench, salt %x -->" % (n, rng.getrandbits(64))


def record(url: str, page: bytes, version: str = "1.0") -> bytes:
    """One response record of a WARC file, uncompressed."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page)
    head = (
        f"WARC/{version}\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2021-05-04T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + len(page)}\r\n\r\n"
    )
    return head.encode() + http + page + b"\r\n\r\n"


def write_warc(path: Path, pages: Iterator[tuple[str, bytes]]) -> int:
    """A WARC file, each record a gzip member; how many bytes its pages have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with path.open("wb") as stream:
        for url, page in pages:
            size += len(page)
            stream.write(gzip.compress(record(url, page), 1))
    return size
