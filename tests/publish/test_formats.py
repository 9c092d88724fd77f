"""Every format read back by a tool other than its writer, and found to hold what the register holds."""

# ruff: noqa: S608  (the queries are built of paths of this test)

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import icalendar
import pandas as pd
import pyreadstat
import pytest
import rdflib
import vobject
from geojson_pydantic import FeatureCollection

from summitry.cli.export import Format
from summitry.publish.columns import CLAIMS, COLUMNS, NAMES, flat, record_of
from summitry.publish.formats import FORMATS, by_suffix
from summitry.publish.terms import Quotes, Terms
from summitry.register.exporting import opened
from tests.publish.making import DAY, NASTY, export, register


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    return register(tmp_path_factory.mktemp("formats") / "register.db")


@pytest.fixture(scope="module")
def records(place: str) -> list[dict[str, Any]]:
    with opened(place, about=frozenset({"sources"})) as visits:
        return [record_of(entry, Terms.load(DAY)) for entry in visits]


def text(place: str, format: str, **options: Any) -> str:
    return export(place, format, **options).decode("utf-8")


def rows(place: str, format: str, **options: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(place, format, **options), newline="")))


def test_the_command_has_every_format() -> None:
    assert [f.value for f in Format] == list(FORMATS)
    assert {by_suffix(f"x{suffix}") for f in FORMATS.values() for suffix in f.suffixes} <= set(FORMATS)
    assert by_suffix("visits") == "csv"


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_register_gives_the_same_bytes(place: str, format: str) -> None:
    assert export(place, format) == export(place, format)
    assert export(place, format)


@pytest.mark.parametrize("format", FORMATS)
def test_no_words_of_reports_where_none_are_asked_for(place: str, format: str) -> None:
    words = b"Emmanuel Macron / RUS"  # how the sentences of these reports begin
    held = export(place, format, 0)
    assert words not in held.replace(b"\r\n ", b"")
    cut = export(place, format, 20).replace(b"\r\n ", b"")
    assert b"Emmanuel Macron / RUS /" not in cut


@pytest.mark.parametrize(("format", "mark"), [("csv", ","), ("tsv", "\t")])
def test_tables_by_pandas_and_duckdb(
    place: str, records: list[dict[str, Any]], format: str, mark: str, tmp_path: Path
) -> None:
    wanted = [[flat(v) for v in r.values()] for r in records]
    if format == "tsv":
        wanted = [[" ".join(cell.split()) for cell in row] for row in wanted]
    held = text(place, format)
    table = pd.read_csv(io.StringIO(held), sep=mark, dtype=str, keep_default_na=False, quoting=0 if mark == "," else 3)
    assert tuple(table.columns) == NAMES
    assert table.to_numpy().tolist() == wanted
    path = tmp_path / f"visits.{format}"
    path.write_text(held, encoding="utf-8", newline="")
    quote = '"' if mark == "," else ""
    got = duckdb.sql(
        f"SELECT * FROM read_csv('{path}', delim='{mark}', quote='{quote}', escape='{quote}', header=true, all_varchar=true)"
    ).fetchall()
    assert [[cell or "" for cell in row] for row in got] == wanted


def test_json_lines_by_duckdb(place: str, records: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "visits.jsonl"
    path.write_bytes(export(place, "jsonl"))
    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == records
    got = duckdb.sql(f"SELECT id, meets, took_place FROM read_json('{path}', format='newline_delimited')").fetchall()
    assert got == [(r["id"], r["meets"], r["took_place"]) for r in records]


def test_wide_has_a_column_for_each_member(place: str, records: list[dict[str, Any]]) -> None:
    table = rows(place, "csv", wide=True)
    for got, record in zip(table, records, strict=True):
        for name in ("meets", "places", "sources"):
            members = [got[k] for k in got if k.rpartition("_")[0] == name]
            assert [m for m in members if m] == record[name]
        assert got["visitor"] == record["visitor"]
    assert {"meets_1", "meets_2", "sources_3", "delegation_1"} <= set(table[0])
    assert "meets" not in table[0]


def test_claims_have_their_report_and_its_sentence(place: str, records: list[dict[str, Any]]) -> None:
    table = rows(place, "csv", claims=True)
    assert tuple(table[0]) == tuple(f.name for f in CLAIMS)
    mine = [r for r in table if r["visitor"] == "Ana Brnabić" and r["field"] == "dates"]
    told = sorted((r["value"], r["chosen"], r["url"]) for r in mine)
    assert told == [
        ("2020-04-17", "false", "https://a.example/1"),
        ("2020-04-20/2020-04-22", "true", ""),
        ("2020-04-20/2020-04-22", "true", "https://b.example/2"),
    ]
    assert all(r["quote"] for r in table)
    assert {r["visit"] for r in table} == {r["id"] for r in records}


def test_parquet_by_duckdb(place: str, records: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "visits.parquet"
    path.write_bytes(export(place, "parquet"))
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    assert found.columns == list(NAMES)
    kinds = {"string": "VARCHAR", "list": "VARCHAR[]", "integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN",
             "date": "DATE"}  # fmt: skip
    assert [str(t) for t in found.types] == [kinds[c.type] for c in COLUMNS]
    got = [[v.isoformat() if isinstance(v, dt.date) else v for v in row] for row in found.fetchall()]
    assert got == [list(r.values()) for r in records]
    days = duckdb.sql(
        f"SELECT count(*) FROM '{path}' WHERE took_place AND host_cow = 740 AND first_day >= DATE '2020-05-01'"
    )
    assert days.fetchall() == [(1,)]


def test_stata_by_pandas(place: str, records: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "visits.dta"
    path.write_bytes(export(place, "dta"))
    table = pd.read_stata(path)
    assert tuple(table.columns) == NAMES
    for c in COLUMNS:
        got = [None if pd.isna(v) else v for v in table[c.name]]
        told = [r[c.name] for r in records]
        if c.type == "boolean":
            told = [None if v is None else flat(v) for v in told]
        elif c.type == "date":
            got = [None if v is None else v.date().isoformat() for v in got]
        elif c.type in ("string", "list") and not c.field.values:
            told = [flat(v) for v in told]
        assert got == told, c.name


def test_stata_by_readstat(place: str, records: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "visits.dta"
    path.write_bytes(export(place, "dta"))
    table, about = pyreadstat.read_dta(path)
    assert about.column_names_to_labels == {c.name: c.field.label for c in COLUMNS}
    assert about.file_label == "Visits of leaders and ministers"
    assert about.variable_value_labels["took_place"] == {0: "false", 1: "true"}
    assert about.variable_value_labels["status"][4] == "completed"
    assert list(table["visitor"]) == [r["visitor"] for r in records]
    assert [len(v) for v in table["agenda"]] == [len(flat(r["agenda"])) for r in records], "long texts are whole"


def test_sqlite_and_duckdb_open_the_register_itself(place: str) -> None:
    import sqlite3

    with sqlite3.connect(f"file:{place}?mode=ro", uri=True) as db:
        assert db.execute("SELECT count(*) FROM visits").fetchone() == (8,)
        assert db.execute("SELECT count(*) FROM accounts").fetchone() == (11,)


R_SCRIPT = """
v <- read.csv("visits.csv", encoding = "UTF-8", na.strings = "", stringsAsFactors = FALSE)
stopifnot(nrow(v) == 8, is.character(v$visitor), is.logical(as.logical(v$took_place)), is.integer(v$host_cow))
stopifnot(any(as.Date(v$first_day) == as.Date("2020-04-20"), na.rm = TRUE))
cat(sum(as.logical(v$took_place), na.rm = TRUE), "\n")
if (requireNamespace("haven", quietly = TRUE)) {
  d <- haven::read_dta("visits.dta")
  stopifnot(nrow(d) == 8, d$visitor == v$visitor)
}
"""


def test_r_reads_csv_and_stata(place: str, records: list[dict[str, Any]], tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("no R here (Debian: apt-get install r-base-core r-cran-haven)")
    for format in ("csv", "dta"):
        (tmp_path / f"visits.{format}").write_bytes(export(place, format))
    done = subprocess.run([program, "-e", R_SCRIPT], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == sum(r["took_place"] is True for r in records)


def test_colt(place: str) -> None:
    heads = rows(place, "colt")
    assert [(r["LeaderFullName"], r["CountryVisitedISO"]) for r in heads] == [
        ("Nelson Mandela", "GBR"), ("Ana Brnabić", "GRC"), ("Li Keqiang", "JPN"), ("Li Keqiang", "USA"),
    ]  # fmt: skip
    greece = heads[1]
    assert (greece["TripStartDate"], greece["TripEndDate"], greece["TripDuration"]) == ("2020-04-20", "2020-04-22", "3")
    assert (greece["MetHostHoGS"], greece["HostHOGSName"]) == ("1", "Kyriakos Mitsotakis")
    assert (greece["AttendedMultilatEvent"], greece["SignedAgreement"], greece["CityVisited"]) == ("0", "1", "Athens")
    assert [greece[f"SourceLink{n}"] for n in (1, 2, 3)][:2] == ["https://a.example/1", "https://b.example/2"]
    summit = heads[3]
    assert (summit["AttendedMultilatEvent"], summit["NameMultilatEvent"]) == ("1", NASTY)
    assert (summit["SignedAgreement"], summit["MetHostHoGS"]) == ("", ""), "not reported is not no"
    assert len(rows(place, "colt", all_ranks=True)) == 4


def test_plover(place: str) -> None:
    events = [json.loads(line) for line in text(place, "plover").splitlines()]
    told = {
        (e["source"]["country"], e["target"]["country"], e["event"], e["mode"], e["cameo"], e["date"]) for e in events
    }
    assert ("SRB", "GRC", "CONSULT", "visit", "042", "2020-04-20") in told
    assert ("GRC", "SRB", "CONSULT", "visit", "043", "2020-04-20") in told
    assert ("FRA", "RUS", "SANCTION", "", "160", "2020-03-20") in told, (
        "the visitor called it off, on the day of the news"
    )
    assert ("CHN", "DEU", "AGREE", "", "036", "2020-05-07") in told
    assert len({e["id"] for e in events}) == len(events)
    assert {e["cameo"] for e in events} == {"036", "042", "043", "160"}
    assert events[0]["source"]["cow"] is not None


def test_json_ld_by_rdflib(place: str, records: list[dict[str, Any]]) -> None:
    graph = rdflib.Graph().parse(data=text(place, "jsonld"), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    events = set(graph.subjects(rdflib.RDF.type, schema.Event))
    assert events == {rdflib.URIRef(f"urn:summitry:visit:{r['id']}") for r in records}
    macron = next(r for r in records if r["host_country"] == "RUS")
    there = rdflib.URIRef(f"urn:summitry:visit:{macron['id']}")
    assert graph.value(there, schema.eventStatus) == schema.EventCancelled
    assert str(graph.value(there, schema.startDate)) == "2020-05-09"
    moved = next(r for r in records if r["host_country"] == "GRC")
    there = rdflib.URIRef(f"urn:summitry:visit:{moved['id']}")
    assert str(graph.value(there, schema.previousStartDate)) == "2020-04-17"
    assert len(list(graph.objects(there, schema.subjectOf))) == 3
    assert graph.value(there, schema.about) is None, "what is not told is left out"
    stray = {p for p in graph.predicates() if not str(p).startswith(str(schema)) and p != rdflib.RDF.type}
    assert not stray


def test_calendars_by_two_libraries(place: str, records: list[dict[str, Any]]) -> None:
    held = export(place, "ics")
    calendar = icalendar.Calendar.from_ical(held)
    events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    dated = [r for r in records if r["dates"] and r["precision"] == "day"]
    assert set(events) == {f"{r['id']}@summitry" for r in dated}
    greece = next(r for r in records if r["host_country"] == "GRC")
    event = events[f"{greece['id']}@summitry"]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (dt.date(2020, 4, 20), dt.date(2020, 4, 23))
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CONFIRMED", 2)
    called_off = next(r for r in records if r["host_country"] == "RUS")
    assert str(events[f"{called_off['id']}@summitry"]["STATUS"]) == "CANCELLED"
    assert all(len(line) <= 75 for line in held.split(b"\r\n"))
    assert b"\n" not in held.replace(b"\r\n", b"")
    other = vobject.readOne(held.decode("utf-8"))
    assert {e.uid.value for e in other.vevent_list} == set(events)
    summit = next(e for e in other.vevent_list if "United States" in e.location.value)
    assert NASTY in summit.description.value.replace("\\t", "\t")


def test_a_calendar_counts_up_when_a_visit_changes(tmp_path: Path) -> None:
    from summitry.register.writer import Writer
    from tests.register.making import reading

    path = tmp_path / "register.db"
    visit = {"visitor": "Ana Brnabić", "country": "SRB", "host": "GRC"}

    def event(published: str, dates: str, status: str) -> Any:
        with Writer(str(path), started=dt.datetime(2020, 7, 1, tzinfo=dt.UTC), version="0") as writer:
            writer.add(reading(f"{published} {dates}", published, visit | {"dates": dates, "status": status}))
        (found,) = icalendar.Calendar.from_ical(export(str(path), "ics")).walk("VEVENT")
        return found

    seen = [
        event("2020-01-01", "2020-03-10", "proposed"),
        event("2020-01-05", "2020-03-10", "planned"),
        event("2020-02-01", "2020-04-02", "postponed"),
        event("2020-03-01", "2020-04-02", "cancelled"),
    ]
    assert [str(e["STATUS"]) for e in seen] == ["TENTATIVE", "CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert [int(e["SEQUENCE"]) for e in seen] == [0, 1, 2, 3]
    assert len({str(e["UID"]) for e in seen}) == 1
    assert [e.decoded("DTSTART") for e in seen][1:3] == [dt.date(2020, 3, 10), dt.date(2020, 4, 2)]


def test_geojson_by_a_validator(place: str, records: list[dict[str, Any]]) -> None:
    found = FeatureCollection.model_validate_json(export(place, "geojson"))
    points = {f.id: f for f in found.features if f.geometry and f.geometry.type == "Point"}
    assert set(points) == {r["id"] for r in records}
    tokyo = next(f for f in points.values() if f.properties["host_country"] == "JPN")
    assert tokyo.geometry.coordinates[:2] == pytest.approx((139.7, 35.7), abs=0.2)
    assert tokyo.properties["precision"] == "city"
    (tour,) = [f for f in found.features if f.id not in points]
    assert tour.geometry.type == "MultiLineString", "from Tokyo to San Francisco a line crosses the 180th meridian"
    assert [len(part) for part in tour.geometry.coordinates] == [2, 2]
    assert tour.properties["hosts"] == ["JPN", "USA"]


def test_atom_by_feedparser(place: str) -> None:
    feed = feedparser.parse(export(place, "atom", name="News of <visits>"))
    assert not feed.bozo
    assert feed.feed.title == "News of <visits>" or "visits" in feed.feed.title
    assert len({e.id for e in feed.entries}) == len(feed.entries)
    days = [e.updated for e in feed.entries]
    assert days[:-1] == sorted(days[:-1], reverse=True), "newest first, undated last"
    titles = [e.title for e in feed.entries]
    assert "Ana Brnabić in Greece: moved to 2020-04-20/2020-04-22 (planned)" in titles
    assert "Emmanuel Macron in Russia: cancelled 2020-05-09" in titles
    assert {t["term"] for e in feed.entries for t in e.tags} >= {"first", "moved", "status", "cancelled"}
    assert len(feedparser.parse(export(place, "atom", limit=3)).entries) == 3


def test_quotes_are_cut_alike_everywhere(place: str) -> None:
    with opened(place, about=frozenset({"sources"})) as visits:
        for entry in visits:
            quote = record_of(entry, Terms.load(DAY, Quotes(12)))["quote"]
            assert quote is None or len(quote) <= 13
