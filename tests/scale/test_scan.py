"""A scan: the cascade's steps, parts that read back, resuming, and a folder that cannot be written."""

from __future__ import annotations

import errno
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.ingest.inputs import Raw
from summitry.model.errors import InputError, ScanError
from summitry.scale import parts, scan
from summitry.scale.cascade import Cascade, Record, Step
from summitry.scale.crawl import Unit, units
from summitry.scale.scan import Job, scan_unit

LEAD = "Polish President Andrzej Duda arrived in Oslo on Tuesday for a two-day official visit, the Norwegian government said."
FILL = "The price of grain has gone up twice since the spring, and the farmers say that the harvest is not what they hoped for."


def page(*paragraphs, lang="en"):
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f'<html lang="{lang}"><head><title>News</title></head><body><article>{body}</article></body></html>'.encode()


@pytest.fixture(scope="module")
def cascade(reader):
    loaded = Cascade.load.__func__

    class Loaded(Cascade):
        pass

    original = scan.Cascade.load
    from summitry import pipeline

    old = pipeline.Reader.load
    pipeline.Reader.load = classmethod(lambda cls, knowledge=(): reader)
    try:
        found = {on: loaded(Cascade, on) for on in (True, False)}
    finally:
        pipeline.Reader.load = old
    assert original
    return found


@pytest.fixture(autouse=True)
def shared(cascade, monkeypatch):
    monkeypatch.setattr(scan, "_cascade", lambda on: cascade[on])


STEPS = [
    (page(LEAD, FILL, FILL), Step.KEPT),
    (page("Der Präsident reist am Dienstag nach Oslo, sagte die Regierung.", lang="de"), Step.BYTES),
    (page(FILL, FILL, FILL), Step.SIEVE),
    (
        page(
            "Prices in Oslo rose, the finance minister was told, and the talk of the town is the harvest.", FILL, FILL
        ),
        Step.WEIGHT,
    ),
    (
        page("French President Emmanuel Macron said that the meeting of Polish bakers had gone well.", FILL, FILL),
        Step.GLANCE,
    ),
    (b"", Step.BYTES),
]


@pytest.mark.parametrize(("data", "step"), STEPS, ids=lambda x: str(x) if isinstance(x, Step) else "")
def test_steps(cascade, data, step):
    assert cascade[True].read(Record("x", page=data))[0] is step


def test_the_reference_reads_everything(cascade):
    full, short = (cascade[on].read(Record("x", page=page(LEAD, FILL, FILL)))[1] for on in (False, True))
    assert full == short and full.visits
    assert cascade[False].read(Record("x", page=page(FILL, FILL, FILL)))[0] is Step.NONE
    with pytest.raises(InputError):
        cascade[False].read(Record("x", page=b""))


def test_texts(cascade):
    def text(words):
        return Record("x", raw=Raw("x", "text", words, None, None, None, "2021-05-04"))

    assert cascade[True].read(text(LEAD))[0] is Step.KEPT
    assert cascade[True].read(text(FILL))[0] is Step.SIEVE


def test_a_page_without_closed_paragraphs_is_parsed(cascade):
    data = b"<html><body><div>" + LEAD.encode() + b"<br>" + b"<br>".join([FILL.encode()] * 3) + b"</div></body></html>"
    assert LEAD in cascade[True].rough(data)


@given(
    st.lists(
        st.sampled_from([b"<p", b"<P", b"<h1", b"<H2", b"<h", b"<", b">", b" ", b"\n", b"1", b"</p>", b"<pre>", b"p"])
    )
)
def test_the_tags_of_paragraphs_are_those_of_the_pattern(cascade, pieces):
    data = b"".join(pieces)
    found = [tag.span() for tag in cascade[True]._openings(data)]
    assert found == [tag.span() for tag in cascade[True].opening.finditer(data)]


ROUGH = [
    (f"<p>{FILL}</p><p class='x'>{FILL}</p>", [FILL, FILL]),
    (f"<P>{FILL}</P><H1\n>Talks</H1><p>{FILL}", [FILL, "Talks"]),
    (f"<p>{FILL}<p>{FILL}<p>{FILL}", [FILL, FILL]),
    (f"<p>a <b>bold</b>\n<a href='x'>word</a> &amp; {FILL}</p><path d='x'/><picture>no</picture><p>{FILL}</p>", None),
    (f"<p></p><h2>\n</h2><p>{FILL}</p><p>{FILL}</p>", [FILL, FILL]),
]


@pytest.mark.parametrize(("body", "wanted"), ROUGH)
def test_rough_text_is_a_line_a_paragraph(cascade, body, wanted):
    lines = cascade[True].rough((body + "<!-- the the the the of of -->").encode() * 3).split("\n")
    found = [" ".join(line.split()) for line in lines if line.strip()]
    if wanted is None:
        wanted = [f"a bold word & {FILL}", FILL]
    assert found[: len(wanted)] == wanted


def test_a_page_that_is_not_english_has_no_rough_text(cascade):
    assert cascade[True].rough(page("Der Präsident reist nach Oslo. " * 40, lang="de")) is None


@pytest.mark.parametrize(
    "data",
    [
        b"<p>" * 10_000 + LEAD.encode() * 3,
        b"<div>" * 100_000 + LEAD.encode() * 3 + b" the  the  the ",
        page(LEAD, FILL).decode().encode("utf-16"),
        page(LEAD, FILL).replace(b"<head>", b'<head><meta charset="big5">').replace(b"Oslo", b"Osl\xf8"),
        page(LEAD, FILL)[:200],
        b" the " * 100_000,
        b"<" * 100_000 + b" the  the  the ",
        b"<p " * 50_000 + b" the  the  the ",
        b"&" * 100_000 + b" the  the  the ",
        b"<!--" * 50_000 + b" the  the  the ",
    ],
    ids=["open-p", "nested", "utf-16", "charset", "cut", "words", "angles", "open-tags", "entities", "comments"],
)
def test_hostile_pages_are_read_or_told(tmp_path, data):
    (tmp_path / "x.html").write_bytes(data)
    (unit,) = units([str(tmp_path)])
    done = scan_unit(unit, Job(str(tmp_path / "parts")))
    assert sum(done.counts.values()) == 1


@pytest.fixture
def crawl(tmp_path):
    for n in range(3):
        rows = [{"id": f"{n}-{k}", "text": f"{LEAD} {k} of {n}.", "published": "2021-05-04"} for k in range(2)]
        rows.append({"id": f"{n}-x", "text": FILL, "url": "https://www.reuters.com/a/2021/05/04/x"})
        lines = [json.dumps(row) for row in rows] + ["{"]
        (tmp_path / f"{n}.jsonl").write_text("\n".join(lines) + "\n")
    return units([str(tmp_path)])


def test_parts_read_back(tmp_path, crawl, cascade):
    job = Job(str(tmp_path / "parts"))
    done = list(scan.scan(crawl, job))
    assert [d.counts for d in done] == [{"kept": 2, "sieve": 1, "failed": 1}] * 3
    fs, out = scan._out(job)
    assert parts.names(fs, out) == ["0.jsonl", "1.jsonl", "2.jsonl"]
    found = list(parts.readings(fs, out, "1.jsonl"))
    wanted = [cascade[True].read(r)[1] for r in crawl[1].records() if r.raw and LEAD in r.raw.text]
    for got, want in zip(found, wanted, strict=True):
        assert (got.visits, got.encounters, got.published) == (want.visits, want.encounters, want.published)
        assert (got.article.text, got.article.blocks, got.article.id) == (
            want.article.text,
            want.article.blocks,
            want.article.id,
        )
    (problem,) = parts.problems(fs, out, "1.jsonl")
    assert problem.source.endswith("1.jsonl:4") and "not JSON" in problem.error
    counts, looked_at, knowledge = parts.seen(fs, out, "1.jsonl")
    assert counts == {"kept": 2, "sieve": 1, "failed": 1} and knowledge
    assert [(c.when, c.outlet, c.reports) for c in looked_at] == [("2021-05-04", "Reuters", 1)]


def test_pages_read_back_with_their_anchors():
    from summitry.model.article import Alignment, Anchor, Article
    from summitry.model.reading import Reading
    from summitry.model.spans import Span

    anchors = (Anchor(Span(0, 2), Span(5, 7), Alignment.EXACT), Anchor(Span(2, 4), None, Alignment.NOT_FOUND))
    reading = Reading(article := Article("i", "s", "text", anchors=anchors), article.published)
    assert parts.reading_of(parts.row_of(reading)) == reading


def test_what_is_done_is_not_done_again(tmp_path, crawl):
    job = Job(str(tmp_path / "parts"))
    first = next(scan.scan(crawl, job))
    before = {p: p.read_bytes() for p in (tmp_path / "parts").rglob("*") if p.is_file()}
    assert [d.name for d in scan.scan(crawl, job)] == [u.name for u in crawl if u.name != first.name]
    assert all(p.read_bytes() == data for p, data in before.items())
    again = Job(str(tmp_path / "again"))
    list(scan.scan(crawl, again))
    for path in (tmp_path / "parts").rglob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(tmp_path / "parts")).read_bytes()


def test_a_full_disk_stops_the_scan_and_leaves_nothing_half_written(tmp_path, crawl, monkeypatch):
    job = Job(str(tmp_path / "parts"))
    list(scan.scan(crawl[:1], job))

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parts.pq, "write_table", full)
    with pytest.raises(ScanError, match="No space left"):
        list(scan.scan(crawl, job))
    files = sorted(p.name for p in (tmp_path / "parts").rglob("*") if p.is_file())
    assert files == ["0.jsonl.parquet"] * 3


def test_an_error_of_the_program_is_a_problem(tmp_path, crawl, cascade, monkeypatch):
    def broken(self, record):
        raise ZeroDivisionError("one over nothing")

    monkeypatch.setattr(Cascade, "read", broken)
    done = scan_unit(crawl[0], Job(str(tmp_path / "parts")))
    assert done.counts == {"failed": 4}


def test_several_workers_take_the_largest_unit_first():
    found = [Unit(name, "warc", (name,), size) for name, size in (("a", 1), ("b", 9), ("c", 5), ("d", 9))]
    assert [unit.name for unit in scan.largest_first(found)] == ["b", "d", "c", "a"]
