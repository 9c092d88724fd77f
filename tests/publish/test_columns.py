"""The one list of columns, cells, and lines of JSON for reports."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from summitry.lexicon.files import DATA
from summitry.model.article import Alignment, Anchor, Article, digest
from summitry.model.dates import DateRange
from summitry.model.errors import KnowledgeError, Problem
from summitry.model.reading import Reading
from summitry.model.register import Told, Visit
from summitry.model.spans import Evidence, Span
from summitry.publish import columns
from summitry.publish.columns import CLAIMS, COLUMNS, NAMES, fields, flat, record, record_of, unconfirmed
from summitry.publish.lines import failed_line, line_of, with_ids
from summitry.publish.terms import Terms
from summitry.register.rows import visit_row
from tests.publish.making import entry, source
from tests.register.making import told, visit


def row(*found: Told) -> dict:
    from summitry.link.cluster import link
    from summitry.link.merge import to_visit

    (linked,) = link(found)
    made: Visit = to_visit(linked)
    return visit_row(made)


def test_every_column_says_what_it_holds_and_is_named_once() -> None:
    assert all(c.holds and c.field.label and c.type in columns.TYPES for c in COLUMNS)
    assert len(set(NAMES)) == len(NAMES)
    headings = {line.lstrip("# ").strip() for line in (DATA / "publish" / "coding.md").read_text("utf-8").splitlines()}
    assert {c.field.rule for c in COLUMNS} - {""} <= headings, "every rule is a heading of the coding rules"


def test_stata_can_name_every_column() -> None:
    assert all(len(name) <= 32 and name.isidentifier() for name in NAMES)


def test_a_wrong_table_is_named(tmp_path, monkeypatch) -> None:
    (tmp_path / "publish").mkdir()
    (tmp_path / "publish" / "x.toml").write_text('[[column]]\nname = "a"\ntype = "text"\nlabel = "A"\nholds = "a"\n')
    monkeypatch.setattr(columns, "DATA", tmp_path)
    with pytest.raises(KnowledgeError, match=r"x\.toml: a: type"):
        fields("x.toml")


def test_a_record_has_every_column_and_only_plain_values() -> None:
    made = record(row(told("2020-05-01", "2020-05-10/2020-05-12", places=("Rome",))), dt.date(2020, 5, 13))
    assert tuple(made) == NAMES
    assert json.loads(json.dumps(made)) == made
    assert made["places"] == ["Rome"]
    assert (made["first_day"], made["last_day"]) == ("2020-05-10", "2020-05-12")
    assert made["unconfirmed"] is True
    assert (made["visitor_cow"], made["host_gw"]) == (345, 350)


@pytest.mark.parametrize(
    ("dates", "bounds", "precision"),
    [
        ("2020-05-10", ("2020-05-10", "2020-05-10", "2020-05-10", "2020-05-10"), "day"),
        ("2020-05", ("2020-05-01", "2020-05-31", "2020-05-01", "2020-05-31"), "month"),
        ("2020-05-10/..", ("2020-05-10", "2020-05-10", None, None), "day"),
        ("../2020-05", (None, None, "2020-05-01", "2020-05-31"), "month"),
        ("2020-24", ("2020-12-01", "2021-02-28", "2020-12-01", "2021-02-28"), "season"),
        (None, (None, None, None, None), None),
    ],
)
def test_bounds_of_start_and_end(dates: str | None, bounds: tuple, precision: str | None) -> None:
    made = record_of(entry(dates=dates), Terms.load())
    assert tuple(made[n] for n in ("start_earliest", "start_latest", "end_earliest", "end_latest")) == bounds
    assert made["precision"] == precision


@pytest.mark.parametrize(
    ("more", "column", "value"),
    [
        ({"status": "completed"}, "took_place", True),
        ({"status": "ongoing"}, "took_place", True),
        ({"status": "cancelled"}, "took_place", False),
        ({"status": "ruled_out"}, "took_place", False),
        ({"status": "planned"}, "took_place", None),
        ({"status": "postponed"}, "took_place", None),
        ({"kind": "multilateral"}, "multilateral", True),
        ({"kind": "state"}, "multilateral", False),
        ({"kind": "unspecified"}, "multilateral", None),
        ({"documents": ["a treaty"], "status": "completed"}, "signed", True),
        ({"documents": ["a treaty"], "status": "planned"}, "signed", None),
        ({"documents": [], "status": "completed"}, "signed", None),
    ],
)
def test_true_false_and_not_reported_are_told_apart(more: dict, column: str, value: bool | None) -> None:
    assert record_of(entry(**more), Terms.load())[column] is value


def test_the_quote_is_that_of_the_surest_account() -> None:
    told_twice = (source(key="a", sentence="One.", confidence=0.4), source(key="b", sentence="Two.", confidence=0.9))
    made = record_of(entry(sources=told_twice), Terms.load())
    assert (made["quote"], made["confidence"], made["sources"]) == ("Two.", 0.9, ["r1", "r1"])


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
    assert flat(dt.date(2020, 5, 1)) == "2020-05-01"


def test_claims_are_described() -> None:
    assert [f.name for f in CLAIMS][:6] == ["visit", "visitor", "host_country", "field", "value", "chosen"]


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
