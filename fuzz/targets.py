"""What is fuzzed: every place where bytes from outside are read, as functions that raise nothing but what is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

from summitry.feeds.config import Watched
from summitry.feeds.entries import entries, own_page
from summitry.feeds.fetch import _wait
from summitry.ingest.articles import IngestKnowledge, to_article
from summitry.ingest.dates import DateWords
from summitry.ingest.decode import BadBytes, decode_html, decode_text
from summitry.ingest.html import read_html
from summitry.ingest.inputs import Raw, _stream
from summitry.ingest.values import read_day
from summitry.model.dates import DateRange
from summitry.model.errors import InputError
from summitry.scale import crawl
from summitry.scale.cascade import Cascade, Record


@lru_cache(maxsize=1)
def _knowledge() -> IngestKnowledge:
    return IngestKnowledge.load()


@lru_cache(maxsize=1)
def _dates() -> DateWords:
    return DateWords.load()


@lru_cache(maxsize=1)
def _cascade() -> Cascade:
    return Cascade.load()


def html(data: bytes) -> None:
    """A page: decoding, main text, alignment."""
    try:
        page = read_html(decode_html(data)[0])
    except BadBytes:
        return
    assert all(a.text.end <= len(page.text) for a in page.anchors)


def article(data: bytes) -> None:
    """A text to blocks that cover it in order."""
    try:
        text = decode_text(data)
    except BadBytes:
        return
    found = to_article(Raw("fuzz", "text", text), _knowledge())
    assert all(a.span.end <= b.span.start for a, b in zip(found.blocks, found.blocks[1:], strict=False))


def inputs(data: bytes) -> None:
    """A file of unknown kind: text, page, JSON or JSON lines."""
    for kind in ("", "lines", "json", "html", "text"):
        for item in _stream(io.BytesIO(data), "fuzz", kind, 100_000):
            assert item.source


def warc(data: bytes) -> None:
    """WARC, as it comes and packed by gzip."""
    import gzip

    old = crawl._open
    for whole in (data, gzip.compress(data, 1)):
        try:
            crawl._open = lambda path, whole=whole: io.BytesIO(whole)
            for record in crawl._warc("fuzz"):
                assert record.error or record.page is not None
        finally:
            crawl._open = old


def lines(data: bytes) -> None:
    """JSON lines and Parquet of a crawl."""
    old = crawl._open
    try:
        crawl._open = lambda path: io.BytesIO(data)
        for form in (crawl._lines, crawl._parquet):
            for record in form("fuzz"):
                assert record.error or record.raw
    finally:
        crawl._open = old


def cascade(data: bytes) -> None:
    """The first steps of the cascade on raw bytes."""
    found = _cascade()
    try:
        found.read(Record("fuzz", page=data + b" the  the  the "))
    except InputError:
        return


def dates(data: bytes) -> None:
    """Dates in text and in addresses."""
    text = data.decode("utf-8", "replace")
    _dates().find(text)
    _dates().in_url(text)


def edtf(data: bytes) -> None:
    """EDTF, which reads back as it was written, with ends that come in order."""
    text = data.decode("utf-8", "replace")
    try:
        found = DateRange.parse(text)
    except ValueError:
        return
    assert DateRange.parse(str(found)) == found
    assert found.precision in {"day", "month", "season", "year"}
    first, last = found.bounds()
    assert all(a <= b for a, b in filter(None, (first, last)))
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest


def values(data: bytes) -> None:
    """The value of a "published" key, and of the header that says when to come again."""
    text = data.decode("utf-8", "replace")
    found = read_day(text)
    assert found is None or DateRange.parse(str(found)).start == found
    waited = _wait(text, 1_600_000_000.0)
    assert waited is None or waited >= 0


def feeds(data: bytes) -> None:
    """RSS, Atom and JSON-like bodies of a feed, as the two kinds of watched entry read them."""
    for text in ("page", "feed"):
        watched = Watched("https://a.example/feed", "A", "feed", text, 1800.0)
        items, told = entries(data, {"content-type": "application/rss+xml"}, watched)
        assert isinstance(told, str)
        assert len({item.key for item in items}) == len(items)
        for item in items[:3]:
            assert item.link is None or item.link.startswith(("http://", "https://"))
            assert item.published is None or read_day(item.published)
            page = own_page(item)
            if page is not None:
                read_html(page)


def reading(data: bytes) -> None:
    """The whole reading of a text: times, places, people, visits with their evidence inside the text."""
    text = data.decode("utf-8", "replace").replace("\x00", " ")
    found = _cascade().reader.read(Raw("fuzz", "text", text[:3000], published="2021-05-04"))
    for visit in found.visits:
        assert visit.dates is None or DateRange.parse(str(visit.dates)) == visit.dates
        assert all(0 <= e.span.start < e.span.end <= len(text) for e in visit.evidence)


TARGETS: dict[str, Callable[[bytes], None]] = {
    f.__name__: f for f in (html, article, inputs, warc, lines, cascade, dates, edtf, values, feeds, reading)
}

SEEDS: dict[str, tuple[bytes, ...]] = {
    "html": (
        b"<html><body><p>Oslo.</p><!-- x --><script>a</script>&amp;</body></html>",
        b"<p>a<p>b<div><table><tr><td>c",
    ),
    "article": (b"OSLO, May 3 (Agency) -- He came.\n\nMay 3, 2021\n\nRead more:\n", b"Headline\nBy A Name\n\nText."),
    "inputs": (b'{"text": "a", "id": 1}\n{"text": "b"}\n', b'[{"text": "a"}]', b"\xef\xbb\xbfOslo"),
    "warc": (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2021-05-04T00:00:00Z\r\n"
        b"Content-Type: application/http\r\nContent-Length: 48\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a\r\n\r\n",
    ),
    "lines": (b'{"text": "a"}\n', b'{"text": "a", "published": "2021"}\n[1]\n'),
    "cascade": (b"<p>President Li will visit Oslo on Monday.</p>" * 8, b"<h1>a</h1><p>b"),
    "dates": (b"May 3, 2021", b"https://a.example/2021/05/03/x", b"3.5.2021 12/31/1999"),
    "edtf": (b"2021-05-03", b"2021-05/2021-06", b"2021-21", b"../2021", b"2021~", b"2021-24/2022-25", b"9999-12-31/.."),
    "values": (b"2024-05-14T23:30:00Z", b"20240514", b"Tue, 14 May 2024 19:12:00 +0300", b"120"),
    "feeds": (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><item><guid>1</guid><title>Oslo</title>'
        b"<link>/a</link><pubDate>Tue, 14 May 2024 19:12:00 +0300</pubDate><description>&lt;p&gt;b</description></item>"
        b"</channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="https://a.example/1#x"/>'
        b'<updated>2024-05-14T19:12:00Z</updated><content type="html">&lt;b&gt;Oslo</content></entry></feed>',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": "Oslo"}]}',
    ),
    "reading": (
        b"OSLO, May 3 (Agency) -- French President Emmanuel Macron arrived in Oslo on Monday for a two-day visit.",
        b"Polish President Andrzej Duda will travel to Lima from May 5 to 7, he said; talks in Hanoi follow next week.",
    ),
}
