"""The one list of columns, and lines of JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

from summitry.model.article import Alignment, Anchor, Article, digest
from summitry.model.dates import DateRange
from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.model.register import Told, Visit
from summitry.model.spans import Evidence, Span
from summitry.publish.columns import COLUMNS, NAMES, flat, record, unconfirmed
from summitry.publish.lines import failed_line, line_of, with_ids
from summitry.publish.tables import write_csv, write_jsonl
from summitry.register.rows import visit_row
from tests.register.making import told, visit


def row(*found: Told) -> dict:
    from summitry.link.cluster import link
    from summitry.link.merge import to_visit

    (linked,) = link(found)
    made: Visit = to_visit(linked)
    return visit_row(made)


def test_every_column_says_what_it_holds_and_is_named_once() -> None:
    assert all(c.holds for c in COLUMNS)
    assert len(set(NAMES)) == len(NAMES)


def test_a_record_has_every_column_and_only_plain_values() -> None:
    made = record(row(told("2020-05-01", "2020-05-10/2020-05-12", places=("Rome",))), dt.date(2020, 5, 13))
    assert tuple(made) == NAMES
    assert json.loads(json.dumps(made)) == made
    assert made["places"] == ["Rome"]
    assert (made["first_day"], made["last_day"]) == ("2020-05-10", "2020-05-12")
    assert made["unconfirmed"] is True


def test_unconfirmed() -> None:
    day = dt.date(2020, 6, 1)
    planned = row(told("2020-05-01", "2020-05-10"))
    assert unconfirmed(planned, day)
    assert not unconfirmed(planned, dt.date(2020, 5, 10)), "not over yet"
    assert not unconfirmed(planned, None), "no day to judge by"
    assert not unconfirmed(row(told("2020-05-11", "2020-05-10", "completed")), day)
    assert not unconfirmed(row(told("2020-05-01", None)), day)


def test_cells() -> None:
    assert [flat(v) for v in (None, True, False, ["a", "b"], [], 3, "x")] == ["", "true", "false", "a; b", "", "3", "x"]


def test_csv_reads_back() -> None:
    out = io.StringIO()
    made = row(told("2020-05-01", "2020-05-10", occasion='a "summit", at last\nand a line'))
    assert write_csv([made], out, None) == 1
    (back,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert back == {name: flat(value) for name, value in record(made, None).items()}


def test_json_lines_read_back() -> None:
    out = io.StringIO()
    made = row(told("2020-05-01", "2020-05-10", meets=("Łukasz",)))
    assert write_jsonl([made, made], out, None) == 2
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [record(made, None)] * 2
    assert "Łukasz" in out.getvalue()


def test_spans_of_html_lead_to_its_source() -> None:
    source, text = "<p>Xi</p><p>goes</p>", "Xi\ngoes"
    name = digest(text)
    anchors = (
        Anchor(Span(0, 2), Span(3, 5), Alignment.EXACT),
        Anchor(Span(3, 7), Span(12, 16), Alignment.EXACT),
    )
    v = visit(name)
    v = type(v)(
        **{f: getattr(v, f) for f in v.__dataclass_fields__} | {"evidence": (Evidence(name, Span(3, 7), "visitor"),)}
    )
    article = Article(name, "a.html", text, anchors=anchors)
    line = line_of(Reading(article, article.published, (v,)))
    ((start, end),) = line["visits"][0]["spans"]["visitor"]
    assert source[start:end] == "goes"


def test_lines_of_reports_and_of_failures() -> None:
    article = Article("0123456789abcdef", "a.txt", "text", given_id="a")
    made = line_of(Reading(article, article.published, (visit("0123456789abcdef", dates="2020-05"),)))
    assert (made["id"], made["published"]) == ("a", None)
    assert with_ids(made, ["k"], {"k": "v"})["visits"][0]["register_id"] == "v"
    assert with_ids(made, ["k"], {})["visits"][0]["register_id"] is None
    assert DateRange.parse(made["visits"][0]["dates"])
    failed = failed_line(Problem("a.jsonl:3", "ingest", "not JSON"))
    assert failed["id"] == "a.jsonl:3"
    assert failed_line(Problem("a.jsonl:3", "ingest", "too long", "x"))["id"] == "x"
