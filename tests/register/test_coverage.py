"""What was read, and whose: silence is told from not having looked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from summitry.model.reading import Reading
from summitry.model.register import Coverage, Heard, Side
from summitry.register.coverage import Covered
from summitry.register.reader import Reader
from summitry.register.writer import Writer
from tests.register.making import reading

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
VISIT = {"visitor": "Xi Jinping", "country": "CHN", "host": "RUS", "dates": "2023-03-20/2023-03-22"}


def report(text: str, published: str | None, outlet: str | None, *visits: dict) -> Reading:
    return reading(text, published, *visits, outlet=outlet)


def write(place: str, *found: Reading) -> None:
    with Writer(place, started=NOW, version="test") as writer:
        for r in found:
            writer.add(r)


def test_silent_told_and_not_read(place: str) -> None:
    write(
        place,
        report("He comes.", "2023-03-17", "TASS", VISIT),
        report("Grain prices.", "2023-03-18", "Xinhua"),
        report("More grain.", "2023-03-18", "Xinhua"),
        report("Old grain.", "2022-03-18", "Le Monde"),
    )
    with Reader(place) as reader:
        (row,) = reader.visits()
        sides = {s.side: s for s in reader.sides(row["id"])}
        assert (row["voices"], row["voices_visitor"], row["voices_host"], row["voices_third"]) == (1, 0, 1, 0)
    assert [sides[s].heard for s in (Side.VISITOR, Side.HOST, Side.THIRD)] == [Heard.SILENT, Heard.TOLD, Heard.NOT_READ]
    china = sides[Side.VISITOR]
    assert (china.country, china.outlets, china.reports, china.days) == ("CHN", ("Xinhua",), 2, 1)
    assert china.of_days == 30 + 3 + 14


def test_coverage_by_day_month_country_and_outlet(place: str) -> None:
    write(
        place,
        report("a", "2023-03-17", "TASS", VISIT),
        report("b", "2023-03-18", "TASS"),
        report("c", "2023-03", "Xinhua"),
        report("d", None, None),
    )
    day, rest = dt.date(2023, 3, 18), Coverage("", None, None, 1)
    with Reader(place) as reader:
        one, two = Coverage("2023-03-17", "RUS", "TASS", 1, 1), Coverage("2023-03-18", "RUS", "TASS", 1, 0)
        month = Coverage("2023-03", "CHN", "Xinhua", 1)
        assert reader.coverage() == [rest, month, one, two]
        assert reader.coverage(Covered(first=day)) == [two]
        assert reader.coverage(Covered(first=dt.date(2023, 3, 1), country="CHN")) == [month]
        assert reader.coverage(Covered(outlet="TASS", by="month")) == [Coverage("2023-03", "RUS", "TASS", 2, 1)]
        assert [c.reports for c in reader.coverage(Covered(by="all"))] == [1, 1, 2]


def test_reports_that_a_crawl_did_not_keep_count_once_a_part(place: str) -> None:
    seen = [Coverage("2023-03-17", "CHN", "Xinhua", 40), Coverage("2023-03-18", "CHN", "Xinhua", 50)]
    write(place, report("a", "2023-03-17", "Xinhua", VISIT))
    for _ in range(2):
        with Writer(place, started=NOW, version="test") as writer:
            writer.cover("part-1", seen)
    with Reader(place) as reader:
        assert [(c.when, c.reports, c.telling) for c in reader.coverage()] == [
            ("2023-03-17", 41, 1),
            ("2023-03-18", 50, 0),
        ]
        assert reader.sides(reader.visits()[0]["id"])[0].days == 2


def test_a_superseded_version_does_not_count(place: str) -> None:
    old, new = (reading(f"Version {n}", f"2023-03-1{n}", VISIT, given_id="r", outlet="TASS") for n in (1, 2))
    write(place, old, new)
    with Reader(place) as reader:
        assert [c.when for c in reader.coverage()] == ["2023-03-12"]


def test_who_disputes_what(place: str) -> None:
    later = VISIT | {"dates": "2023-03-21/2023-03-23"}
    write(
        place,
        report("He comes on the 20th.", "2023-03-17", "TASS", VISIT),
        report("He leaves on the 21st.", "2023-03-18", "Xinhua", later),
        report("He leaves on the 21st, said the Kremlin.", "2023-03-18", "Xinhua", later | {"announced_by": "Kremlin"}),
    )
    with Reader(place) as reader:
        (row,) = reader.visits()
        visit = reader.full(row["id"]).visit
        assert row["conflicts"] == ["dates"]
        (dispute,) = visit.disputes()
        assert dispute.sides == (
            (Side.VISITOR, ("2023-03-21/2023-03-23",)),
            (Side.HOST, ("2023-03-20/2023-03-22", "2023-03-21/2023-03-23")),
        )
        assert not dispute.between, "both sides tell the 21st"
        assert visit.status_of(Side.HOST) == "planned"
        assert visit.status_of(Side.THIRD) is None
        with reader.engine.connect() as connection:
            held = connection.exec_driver_sql("SELECT side, value, voices FROM disputed ORDER BY side, value").all()
            assert [tuple(x) for x in held] == [
                ("host", "2023-03-20/2023-03-22", 1),
                ("host", "2023-03-21/2023-03-23", 1),
                ("visitor", "2023-03-21/2023-03-23", 1),
            ]


def test_two_sides_that_share_no_value_stand_against_each_other(place: str) -> None:
    ours, theirs = (
        report("a", "2023-03-17", "TASS", VISIT),
        report("b", "2023-03-17", "Xinhua", VISIT | {"dates": "2023-03-23"}),
    )
    write(place, ours, theirs)
    with Reader(place) as reader:
        (dispute,) = reader.full(reader.visits()[0]["id"]).visit.disputes()
        assert dispute.between


def test_reprints_of_another_outlet_are_one_voice_of_the_first(place: str) -> None:
    text = " ".join(f"word{n % 37} and{n}" for n in range(60))
    first = report(text, "2023-03-17", "TASS", VISIT)
    again = report(text + " Reprinted with thanks.", "2023-03-18", "Xinhua", VISIT)
    write(place, first, replace(again, article=replace(again.article, given_id="x")))
    with Reader(place) as reader:
        (row,) = reader.visits()
        assert (row["reports"], row["voices"], row["voices_host"], row["voices_visitor"]) == (2, 1, 1, 0)
