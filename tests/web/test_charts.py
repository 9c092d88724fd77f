"""Charts are numbers: bars, lines of time, squares, the map."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.lexicon.countries import Countries
from summitry.model.dates import DateRange
from summitry.web.charts import HEIGHT, Line, bar, heat, life, years
from summitry.web.words import said, words
from summitry.web.world import WIDTH, World, draw, project

YEAR = Line(dt.date(2020, 1, 1), dt.date(2020, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "words_"),
    [
        ("2001-05-05", "5 May 2001"),
        ("2001-05-05/2001-05-08", "5–8 May 2001"),
        ("2001-04-28/2001-05-02", "28 Apr – 2 May 2001"),
        ("2000-12-30/2001-01-02", "30 Dec 2000 – 2 Jan 2001"),
        ("2001-05", "May 2001"),
        ("2001-03/2001-05", "Mar 2001 – May 2001"),
        ("2023-21", "spring 2023"),
        ("2023-41", "second half of 2023"),
        ("2023~", "about 2023"),
        ("2001-05-05/..", "from 5 May 2001"),
        ("../2001-05", "until May 2001"),
        ("", ""),
    ],
)
def test_days_are_said(edtf: str, words_: str) -> None:
    assert said(edtf) == words_
    assert said(DateRange.parse(edtf) if edtf else None) == words_


def test_every_grouping_of_months_has_a_word() -> None:
    assert all(str(code) in words()["groups"] for code in range(21, 42))


def test_years_stand_on_one_scale_and_leave_room_for_the_empty() -> None:
    chart = years({2000: {"completed": 3, "planned": 1}, 2003: {"planned": 2}}, top=4)
    assert chart is not None and chart.total == 6
    assert [c.year for c in chart.columns] == list(range(1996, 2004))
    full = next(c for c in chart.columns if c.year == 2000)
    assert [b.status for b in full.blocks] == ["completed", "planned"]
    assert sum(b.height for b in full.blocks) == pytest.approx(HEIGHT - 14, abs=0.1)
    assert full.blocks[0].y + full.blocks[0].height == pytest.approx(HEIGHT, abs=0.1)
    half = next(c for c in chart.columns if c.year == 2003)
    assert sum(b.height for b in half.blocks) == pytest.approx((HEIGHT - 14) / 2, abs=0.1)
    assert sum(c.width for c in chart.columns) == pytest.approx(100, abs=0.1)
    assert years({}) is None


@pytest.mark.parametrize(
    ("edtf", "sure", "maybe"),
    [
        ("2020-01-01", (0, 0.4), (0, 0.4)),
        ("2020-07-01/2020-07-10", (49.863, 2.74), (49.863, 2.74)),
        ("2020-07", None, (49.863, 8.493)),
        ("2020-06/2020-08", (49.589, 8.767), (41.644, 25.206)),
        ("2020-07-01/..", (49.863, 0.4), (49.863, 4.11)),
        ("../2020-07-01", (49.863, 0.4), (46.027, 4.11)),
        ("2019", None, (0, 0.4)),
    ],
)
def test_bars_tell_what_is_sure(edtf: str, sure: tuple[float, float] | None, maybe: tuple[float, float]) -> None:
    drawn = bar(DateRange.parse(edtf), YEAR)
    assert drawn.sure == (pytest.approx(sure, abs=0.3) if sure else None)
    assert drawn.maybe == pytest.approx(maybe, abs=0.3)
    assert (drawn.open_start, drawn.open_end) == (edtf.startswith(".."), edtf.endswith(".."))


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2020-05-01", "2020-05-10", "1 May"),
        ("2020-01-01", "2020-12-31", "Jan 2020"),
        ("2000-01-01", "2020-12-31", "2000"),
        ("0001-01-01", "9999-12-31", "1"),
    ],
)
def test_ticks_are_few_and_in_order(first: str, last: str, label: str) -> None:
    line = Line(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    ticks = line.ticks()
    assert ticks[0] == (0, label)
    assert 2 <= len(ticks) <= 20 and [x for x, _ in ticks] == sorted(x for x, _ in ticks)
    assert all(0 <= x <= 100 for x, _ in ticks)


def test_life_has_a_line_for_each_side() -> None:
    told = [
        (dt.date(2020, 1, 1), "planned", "first", "", "r1", "A", "visitor"),
        (dt.date(2020, 1, 11), "completed", "status", "", "r2", "B", "visitor"),
        (dt.date(2020, 1, 5), "planned", "same", "", "r3", "C", "host"),
        (None, "planned", "same", "", "r4", "D", "host"),
    ]
    found = life(told, DateRange.parse("2020-01-08"), "completed")
    assert found is not None and found.undated == 1 and found.visit is not None
    assert [(name, len(points)) for name, points, _ in found.lanes] == [("visitor", 2), ("host", 1)]
    (_, points, links), _ = found.lanes
    assert links == ((points[0].x, points[1].x, "planned"),)
    assert life([told[3]], None, "planned") is None


def test_heat_is_darkest_where_most_was_counted() -> None:
    cells = heat({"a": 8, "c": 1}, [("a", "A"), ("b", "B"), ("c", "C")], 8)
    assert [(c.level, c.label) for c in cells] == [(4, "A: 8"), (1, "C: 1")]


@pytest.fixture(scope="module")
def world() -> World:
    return World.load(Countries.load())


def test_the_world_has_its_countries_and_capitals(world: World) -> None:
    outlines = dict(world.outlines)
    assert len(outlines) > 170 and {"DNK", "CHL", "FJI", "RUS", "GHA"} <= set(outlines)
    states = [c for c in Countries.load() if c.status == "state"]
    missing = {c.code for c in states} - set(world.capitals)
    assert missing <= {"PLW"}, "too small a town for the table"
    x, y = world.capitals["CHL"]
    assert (x, y) == pytest.approx(project(-33.45, -70.65), abs=1)
    assert world.capitals["BRA"] == pytest.approx(project(-15.78, -47.93), abs=1)


def test_no_outline_crosses_the_map(world: World) -> None:
    for code, path in world.outlines:
        for stretch in path.split("z"):
            steps = stretch.partition("l")[2].split()
            assert all(abs(int(s.split(",")[0])) < WIDTH for s in steps), code


def test_journeys_are_drawn_and_counted(world: World) -> None:
    found = draw(
        world, [("DNK", "CHL", 4), ("CHL", "DNK", 1), ("EU", "CHL", 2), ("DNK", "XXX", 3), ("NZL", "CHL", 1)], 10
    )
    assert [(j.sender, j.host, j.count) for j in found.journeys] == [
        ("DNK", "CHL", 4),
        ("CHL", "DNK", 1),
        ("NZL", "CHL", 1),
    ]
    assert found.unplaced == 3
    assert [(s.country, s.count) for s in found.stops] == [("CHL", 7), ("DNK", 1)]
    assert found.shades["CHL"] == 4
    assert found.journeys[2].path.count("M") == 2, "shorter across the edge of the map"
    assert len(draw(world, [("DNK", "CHL", 4), ("CHL", "DNK", 1)], 1).journeys) == 1
