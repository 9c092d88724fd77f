"""Lists coded by hand: read, made into accounts, compared with a register."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from summitry.model.errors import InputError, Problem
from summitry.model.visits import Kind, Status
from summitry.publish.compare import compare, tally
from summitry.publish.lists import Listed, accounts, code_of, read_list
from summitry.register.exporting import Entry, opened
from summitry.register.writer import Writer
from tests.publish.making import entry, export, register, source
from tests.register.making import reading

MINISTRY = Path(__file__).parents[1] / "fixtures" / "ministry.csv"
HEAD = "visitor,visitor_country,host_country,dates,status\n"


def listed(tmp_path: Path, text: str, order: str = "iso", country: str = "") -> list[Listed | Problem]:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return list(read_list(path, order, country))


def one(tmp_path: Path, text: str, **more: str) -> Listed:
    (row,) = listed(tmp_path, text, **more)
    assert isinstance(row, Listed), row
    return row


def test_the_projects_own_layout(tmp_path: Path) -> None:
    row = one(tmp_path, HEAD + "Ana Brnabić,SRB,Greece,2020-04-20/2020-04-22,planned\n")
    assert (row.visitor, row.visitor_country, row.host_country) == ("Ana Brnabić", "SRB", "GRC")
    assert (str(row.dates), row.status) == ("2020-04-20/2020-04-22", Status.PLANNED)
    assert row.words[row.spans["dates"].start : row.spans["dates"].end] == "2020-04-20/2020-04-22"


def test_the_layout_of_colt(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        "LeaderFullName,LeaderCountryISO,CountryVisitedISO,CityVisited,TripStartDate,TripEndDate,HostHOGSName,"
        "AttendedMultilatEvent,NameMultilatEvent\nXi Jinping,CHN,RUS,Moscow; Kazan,22.10.2024,24.10.2024,,1,BRICS\n",
        order="dmy",
    )
    assert (str(row.dates), row.kind, row.status) == ("2024-10-22/2024-10-24", Kind.MULTILATERAL, Status.COMPLETED)
    assert row.more["places"] == ("Moscow", "Kazan")
    assert row.more["occasion"] == ("BRICS",)


def test_our_own_exports_are_lists(tmp_path: Path) -> None:
    place = register(tmp_path / "register.db")
    for format in ("csv", "tsv", "colt"):
        path = tmp_path / f"list.{format}"
        path.write_bytes(export(place, format))
        rows = list(read_list(path))
        assert len(rows) == (4 if format == "colt" else 8)
        assert not [r for r in rows if isinstance(r, Problem)]
        with opened(place, about=frozenset({"sources"})) as visits:
            counted = tally(compare(rows, visits))
        assert counted["list"] == 0
        assert counted["both"] == counted["0"] + counted["open"] == len(rows)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + ",SRB,GRC,2020,planned\n", "no visitor"),
        (HEAD + "A B,,GRC,2020,planned\n", "no country of the visitor"),
        (HEAD + "A B,SRB,Narnia,2020,planned\n", "'Narnia' is no country"),
        (HEAD + "A B,SRB,GRC,spring,planned\n", "no EDTF date"),
        (HEAD + "A B,SRB,GRC,2020,perhaps\n", "no status 'perhaps'"),
        (HEAD + "A B,SRB,GRC\n", "3 cells where the header has 5"),
        ("visitor,visitor_country,host_country,first_day,last_day\nA B,SRB,GRC,2020-05-09,2020-05-01\n", "ends before it begins"),
        ("visitor,visitor_country,host_country,first_day\nA B,SRB,GRC,01/05/2020\n", "--days says"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_and_costs_nobody_else(tmp_path: Path, text: str, told: str) -> None:
    good = ",".join(["Ana Brnabić", "SRB", "GRC", *[""] * (text.partition("\n")[0].count(",") - 2)])
    found = listed(tmp_path, f"{text}{good}\n")
    assert [type(r) for r in found] == [Problem, Listed]
    assert told in found[0].error
    assert found[0].source.endswith("list.csv:2")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "visitor\nA B\n"])
def test_what_is_no_list(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="no column"):
        listed(tmp_path, text)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read_list(tmp_path / "none.csv"))


@pytest.mark.parametrize(
    ("text", "code"), [("SRB", "SRB"), ("rs", "SRB"), ("Serbia", "SRB"), ("EU", "EU"), ("ivory coast", "CIV")]
)
def test_countries_by_code_or_name(text: str, code: str) -> None:
    assert code_of(text) == code


def rows_of(path: Path, **more: str) -> list[Listed]:
    return [r for r in read_list(path, **more) if isinstance(r, Listed)]


def test_a_list_becomes_accounts_with_evidence(tmp_path: Path) -> None:
    rows = rows_of(MINISTRY, country="SRB")
    made = list(accounts(iter(rows), "Ministry", "2021-01-15"))
    assert len(made) == len(rows) == 8
    for reading_, row in zip(made, rows, strict=True):
        (visit,) = reading_.visits
        assert reading_.article.text == row.words
        for evidence in visit.evidence:
            assert evidence.span.of(reading_.article.text) in row.words
        told = {e.field: e.span.of(row.words) for e in visit.evidence}
        assert told["visitor"] == visit.visitor
    assert len({r.article.id for r in made}) == len(made)


def test_a_list_joins_what_the_press_told(tmp_path: Path) -> None:
    path = str(tmp_path / "register.db")

    def put(*readings) -> None:
        with Writer(path, started=dt.datetime(2021, 1, 1, tzinfo=dt.UTC), version="0") as writer:
            for one_ in readings:
                writer.add(one_)

    visit = {"visitor": "Ana Brnabić", "country": "SRB", "host": "GRC", "dates": "2020-02-10", "status": "completed"}
    put(reading("Press.", "2020-02-11", visit))
    listed_ = [r for r in rows_of(MINISTRY, country="SRB") if r.host_country == "GRC"]
    put(*accounts(iter(listed_), "Ministry", "2021-01-15"))
    for _ in range(2):
        with opened(path, about=frozenset({"sources"})) as visits:
            (entry_,) = list(visits)
        assert [s.outlet for s in entry_.sources] == [None, "Ministry"]
        assert entry_.best and entry_.best.confidence == 1.0
        put(*accounts(iter(listed_), "Ministry", "2021-01-15"))  # the same again changes nothing
    corrected = [Listed(**{n: getattr(r, n) for n in Listed.__slots__} | {"words": r.words + "; x"}) for r in listed_]
    put(*accounts(iter(corrected), "Ministry", "2021-01-15"))
    with opened(path, about=frozenset({"sources"})) as visits:
        (entry_,) = list(visits)
    assert len(entry_.sources) == 2, "a corrected row takes the place of what it was"


def visits_of_press() -> list[Entry]:
    """What a register might hold beside the ministry's list: on the same days, off by one, three and more, and lacking."""

    def trip(host: str, dates: str, visitor: str = "Ana Brnabić", **more: object) -> Entry:
        values = {"status": "completed", "sources": (source(outlet="Press"),)} | more
        return entry(id=f"{host}{dates}"[:16], visitor=visitor, host_country=host, dates=dates, **values)

    return [
        trip("GRC", "2020-02-10"),
        trip("CHE", "2020-01-20/2020-01-24"),
        trip("ISR", "2020-07-25", "Ivica Dačić"),
        trip("HUN", "2020-09"),
        trip("SVN", "2020-10-25"),
        trip("FRA", "2020-11-11"),
        trip("FRA", "2020-11-12", "Somebody Else"),
        trip("AUT", "2020-11-20", status="planned"),
        trip("ITA", "2020-03-03", sources=(source(outlet="ministry"),)),
        trip("USA", "2019-01-01"),
    ]


def test_a_ministrys_list_beside_the_register() -> None:
    rows = rows_of(MINISTRY, country="SRB")
    pairs = compare(rows, visits_of_press(), name="ministry")
    told = {
        (p.row or p.entry.row)["host_country"] if p.row is None else p.row.host_country: (p.side, p.differ)
        for p in pairs
    }
    assert told == {
        "GRC": ("both", 0),
        "CHE": ("both", 1),
        "ISR": ("both", 3),
        "HUN": ("both", None),
        "SVN": ("both", 20),
        "DEU": ("list", None),
        "ITA": ("list", None),
        "TUR": ("list", None),
        "FRA": ("register", None),
    }
    counts = {"both": 5, "list": 3, "register": 1, "0": 1, "1": 1, "3": 1, "more": 1, "open": 1}
    assert tally(pairs) == counts
    everyone = compare(rows, visits_of_press(), name="ministry", everyone=True)
    assert tally(everyone)["register"] == 2
    assert tally(compare(rows, visits_of_press(), 3, name="ministry"))["list"] == 4, "no further apart than asked"


def test_the_closest_are_paired_and_each_once() -> None:
    rows = rows_of(MINISTRY, country="SRB")
    (row,) = [r for r in rows if r.host_country == "GRC"]
    twice = [entry(id=str(n) * 16, dates=d, status="completed") for n, d in ((1, "2020-02-12"), (2, "2020-02-10"))]
    first, second = compare([row, row], twice)
    assert {(p.entry.row["id"][0], p.differ) for p in (first, second) if p.entry} == {("2", 0), ("1", 2)}
