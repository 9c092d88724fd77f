"""Crawls as units and records: what is wrong with a record or a file is told, and costs nothing else."""

from __future__ import annotations

import gzip
import io
import json
import resource

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.model.errors import UsageError
from summitry.scale import crawl
from summitry.scale.crawl import kind_of, units

PAGE = b"<html><body><p>President Li will visit Oslo.</p></body></html>"


def warc(page: bytes = PAGE, version: str = "1.0", length: int | None = None, extra: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + extra + b"\r\n" + page
    head = (
        f"WARC/{version}\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://a.example/1\r\n"
        f"WARC-Date: 2021-05-04T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) if length is None else length}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def records(path):
    return [record for unit in units([str(path)]) for record in unit.records()]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_warc(tmp_path, version, pack):
    name = "a.warc" if pack is bytes else "a.warc.gz"
    (tmp_path / name).write_bytes(pack(warc(version=version)) + pack(warc(b"<p>two", version)))
    found = records(tmp_path / name)
    assert [r.page for r in found] == [PAGE, b"<p>two"]
    assert {(r.url, r.seen, r.error) for r in found} == {("https://a.example/1", "2021-05-04", None)}


def test_what_is_no_page_is_passed_over(tmp_path):
    image = warc(b"x").replace(b"text/html", b"image/png")
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(info + image + warc())
    assert [r.page for r in records(tmp_path / "a.warc")] == [PAGE]


def test_a_compressed_page_is_unpacked_and_a_bomb_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(crawl, "LARGEST", 100_000)
    small, bomb = gzip.compress(PAGE), gzip.compress(b"a" * 5_000_000)
    whole = warc(small, extra=b"Content-Encoding: gzip\r\n") + warc(bomb, extra=b"Content-Encoding: gzip\r\n") + warc()
    (tmp_path / "a.warc").write_bytes(whole)
    found = records(tmp_path / "a.warc")
    assert [r.page for r in found] == [PAGE, None, PAGE]
    assert found[1].error.startswith("too long")


def test_a_record_of_any_size_costs_no_memory(tmp_path):
    """A record of 300 megabytes (a file with a hole), then a page."""
    size = 300_000_000
    head = warc(b"", length=size)[:-4]
    body = size - (len(head) - head.index(b"HTTP/1.1"))
    with (tmp_path / "a.warc").open("wb") as stream:
        stream.write(head)
        stream.seek(body, io.SEEK_CUR)
        stream.write(b"\r\n\r\n" + warc())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    first, second = records(tmp_path / "a.warc")
    assert first.error.startswith("too long") and second.page == PAGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.parametrize("cut", [3, 40, 230, 245])
def test_a_file_that_is_cut_off_tells_so(tmp_path, cut):
    packed = gzip.compress(warc()) + gzip.compress(warc(b"<p>" + bytes(range(48, 90)) * 40))
    (tmp_path / "a.warc.gz").write_bytes(packed[: len(gzip.compress(warc())) + cut])
    found = records(tmp_path / "a.warc.gz")
    assert found[0].page == PAGE
    assert all(r.error or r.page is not None for r in found)
    assert any(r.error for r in found[1:]) or cut < 200  # what is cut within the head of a record is not there at all


@pytest.mark.parametrize("length", [0, 10, 10_000_000])
def test_wrong_lengths_end_in_a_record_that_says_so_or_in_none(tmp_path, length):
    (tmp_path / "a.warc").write_bytes(warc() + warc(length=length) + warc())
    found = records(tmp_path / "a.warc")
    assert found[0].page == PAGE
    assert all((r.page is None) == (r.error is not None) for r in found)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise(data):
    old = crawl._open
    try:
        crawl._open = lambda path: io.BytesIO(data)
        for form in crawl._FORMS.values():
            for record in form("bytes"):
                assert record.error or record.page is not None or record.raw is not None
    finally:
        crawl._open = old


def test_json_lines(tmp_path):
    lines = [
        json.dumps({"id": "a", "text": "Oslo.", "published": "2021-05-04"}).encode(),
        b"{",
        b"[" * 100_000,
        b'"x"',
        b"\xff",
    ]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"\n".join([*lines, b""])))
    found = records(tmp_path / "a.jsonl.gz")
    assert [bool(r.raw) for r in found] == [True, False, False, False, False]
    assert found[0].raw.published == "2021-05-04"
    assert all(r.error for r in found[1:])
    (tmp_path / "b.jsonl.gz").write_bytes((tmp_path / "a.jsonl.gz").read_bytes()[:-20])
    assert "cut off" in records(tmp_path / "b.jsonl.gz")[-1].error


def test_a_long_line_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(crawl, "LINE", 100)
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"a" * 3_000_000 + b'"}\n{"text": "Oslo."}\n')
    first, second = records(tmp_path / "a.jsonl")
    assert first.error.startswith("too long") and second.raw.text == "Oslo."


def test_parquet(tmp_path):
    pq.write_table(pa.table({"text": ["Oslo.", None], "url": ["https://a.example", None]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"words": ["Oslo."]}), tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-30])
    good, empty, other, cut = records(tmp_path)
    assert good.raw.url == "https://a.example"
    assert '"text" is null' in empty.error and 'no column "text"' in other.error and "cut off" in cut.error


def test_pages_and_units(tmp_path, monkeypatch):
    monkeypatch.setattr(crawl, "PAGES", 2)
    for n in range(3):
        (tmp_path / f"{n}.html").write_bytes(PAGE if n else b"")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "0.html").write_bytes(PAGE)
    (tmp_path / "note.txt").write_text("no crawl")
    found = units([str(tmp_path)])
    assert [(u.name, len(u.paths)) for u in found] == [("0.html", 2), ("1.html", 1), ("0.html-2", 1)] or sum(
        len(u.paths) for u in found
    ) == 4
    assert len({u.name for u in found}) == len(found)
    assert sum(bool(r.error) for u in found for r in u.records()) == 1


@pytest.mark.parametrize("what", ["nowhere", "empty"])
def test_no_crawl_is_wrong_usage(tmp_path, what):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        units([str(tmp_path / what)])


def test_kinds():
    assert kind_of("s3://b/CC-NEWS-1.warc.gz") == "warc"
    assert kind_of("https://a.example/news.jsonl?x=1") == "lines"
    assert kind_of("notes.txt") is None
