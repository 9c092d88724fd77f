"""Browsing in pages, searching and counting give the same rows on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import summitry.register.migrations
from summitry.model.errors import UsageError
from summitry.model.register import Coverage, Decision, Verb
from summitry.register.browsing import Browser, Order, Wanted, tokens
from summitry.register.coverage import Covered, around, sides_of
from summitry.register.decisions import ref_of
from summitry.register.engine import close, migrate, open_engine
from summitry.register.writer import Writer
from tests.register.making import reading

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)

# visitor, visitor's country, host, days, published, and what differs
VISITS = [
    ("Ana Brnabić", "SRB", "GRC", "2020-05-10/2020-05-12", "2020-05-01", {"meets": ("Kyriakos Mitsotakis",)}),
    ("Ana Brnabić", "SRB", "HUN", "2020-06", "2020-05-02", {"status": "proposed"}),
    ("Sauli Niinistö", "FIN", "SWE", "2020-05-12", "2020-05-03", {"kind": "state", "places": ("Göteborg",)}),
    ("Sauli Niinistö", "FIN", "SRB", None, "2020-05-04", {"agenda": ("gas", "rail links")}),
    ("Viktor Orbán", "HUN", "SRB", "2021", "2020-05-05", {"confidence": 0.4}),
    ("Viktor Orbán", "HUN", "SRB", None, "2020-05-06", {"delegation": ("Péter Szijjártó",), "confidence": 0.3}),
    ("Stefan Löfven", "SWE", "FIN", "2019-12-30/..", "2020-01-02", {"occasion": "60 % off: a \"sale\""}),
]  # fmt: skip


@pytest.fixture
def browser(place: str) -> Iterator[Browser]:
    with Writer(place, started=NOW, version="test") as writer:
        for n, (visitor, country, host, dates, published, more) in enumerate(VISITS):
            visit = {"visitor": visitor, "country": country, "host": host, "dates": dates, **more}
            writer.add(reading(f"Report {n}.", published, visit))
    with Browser(place) as found:
        yield found


def ids(browser: Browser, wanted: Wanted) -> list[tuple[str, str, str | None]]:
    rows = browser.cut(wanted, falling=False).rows
    assert browser.count(wanted) == len(rows)
    assert [r["id"] for r in browser.every(wanted, falling=False)] == [r["id"] for r in rows]
    return [(r["visitor"].split()[-1], r["host_country"], r["dates"]) for r in rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["FIN", "GRC", "SWE", "HUN", "SRB", "SRB", "SRB"]),
        ({"visitor_country": "SRB"}, ["GRC", "HUN"]),
        ({"host": "SRB"}, ["SRB", "SRB", "SRB"]),
        ({"country": "FIN"}, ["FIN", "SWE", "SRB"]),
        ({"between": ("FIN", "SWE")}, ["FIN", "SWE"]),
        ({"name": "Viktor Orbán"}, ["SRB", "SRB"]),
        ({"name": "Orbán"}, []),
        ({"visitor": "orban"}, ["SRB", "SRB"]),
        ({"visitor": "orb vik"}, ["SRB", "SRB"]),
        ({"visitor": "Szijjártó"}, []),
        ({"person": "Szijjártó"}, ["SRB"]),
        ({"person": "!"}, []),
        ({"first": dt.date(2020, 5, 12)}, ["GRC", "SWE", "HUN", "SRB"]),
        ({"first": dt.date(2020, 6, 15), "last": dt.date(2020, 6, 16)}, ["HUN"]),
        ({"first": dt.date(2021, 12, 31)}, ["SRB"]),
        ({"last": dt.date(2019, 12, 30)}, ["FIN"]),
        ({"status": "proposed"}, ["HUN"]),
        ({"kind": "state"}, ["SWE"]),
        ({"dated": True}, ["FIN", "GRC", "SWE", "HUN", "SRB"]),
        ({"conflicts": True}, []),
        ({"review": True}, ["SRB", "SRB"]),
        ({"words": (("brnab", ()),)}, ["GRC", "HUN"]),
        ({"words": (("mitso", ()), ("ana", ()))}, ["GRC"]),
        ({"words": (("Serbia", ("SRB",)),)}, ["GRC", "HUN", "SRB", "SRB", "SRB"]),
        ({"words": (("Serbia", ("SRB",)), ("rail", ()))}, ["SRB"]),
        ({"words": (("göteborg", ()),)}, ["SWE"]),
        ({"words": (("60 % off", ()),)}, ["FIN"]),
        ({"words": (('"sale" OR', ()),)}, []),
    ],
)
def test_what_is_wanted_is_found(browser: Browser, wanted: dict[str, object], found: list[str]) -> None:
    if browser.engine.dialect.name != "sqlite" and wanted.get("visitor") == "orban":
        pytest.skip("only the index of words knows letters without their accents")
    assert [host for _, host, _ in ids(browser, replace(Wanted(), **wanted))] == found  # type: ignore[arg-type]


@pytest.mark.parametrize(("order", "falling", "size"), list(product(Order, (True, False), (1, 2, 3, 7))))
def test_pages_hold_every_visit_once_there_and_back(place: str, order: Order, falling: bool, size: int) -> None:
    if place.startswith("postgres") and size != 2:
        pytest.skip("sizes are tried on SQLite")
    with Writer(place, started=NOW, version="test") as writer:
        for n, (visitor, country, host, dates, published, more) in enumerate(VISITS):
            writer.add(reading(f"Report {n}.", published, {"visitor": visitor, "country": country, "host": host,
                                                           "dates": dates, **more}))  # fmt: skip
    with Browser(place) as browser:
        whole = browser.cut(Wanted(), order, falling=falling)
        assert (whole.before, whole.after) == (None, None)
        cuts = [browser.cut(Wanted(), order, falling=falling, limit=size)]
        while cuts[-1].after:
            cuts.append(browser.cut(Wanted(), order, falling=falling, limit=size, after=cuts[-1].after))
        assert [r["id"] for c in cuts for r in c.rows] == [r["id"] for r in whole.rows]
        back = [cuts[-1]]
        while back[-1].before:
            back.append(browser.cut(Wanted(), order, falling=falling, limit=size, before=back[-1].before))
        rest = len(whole.rows) % size or size
        assert [len(c.rows) for c in back[1:]] == [size] * (len(back) - 1) and len(back[0].rows) == rest
        assert [r["id"] for c in reversed(back) for r in c.rows] == [r["id"] for r in whole.rows]


def test_order_by_day_puts_the_unknown_last_whichever_way(browser: Browser) -> None:
    for falling in (True, False):
        days = [r["first_day"] for r in browser.cut(Wanted(), falling=falling).rows]
        assert days[-2:] == [None, None]
        assert days[:-2] == sorted(days[:-2], reverse=falling)


@pytest.mark.parametrize(
    "key", ["", "x", "[]", "[1]", '["2020-01-01"]', '["x","a"]', '[1,"a"]', '[true,"a"]', '["2020-01-01","a-b"]']
)
def test_a_key_that_is_none(browser: Browser, key: str) -> None:
    if not key:
        assert browser.cut(Wanted(), after=key).rows
        return
    with pytest.raises(UsageError, match="begin again at its first page"):
        browser.cut(Wanted(), after=key)


def test_counts(browser: Browser) -> None:
    assert browser.total() == 7
    assert browser.years(Wanted()) == {
        2019: {"planned": 1}, 2020: {"planned": 2, "proposed": 1}, 2021: {"planned": 1}
    }  # fmt: skip
    assert browser.most(Wanted(), ("visitor_country",), 2) == [("FIN", 2), ("HUN", 2)]
    assert browser.span(Wanted(host="GRC")) == (dt.date(2020, 5, 10), dt.date(2020, 5, 10))
    low, high, undated = browser.published_span()
    assert (low, high, undated) == (dt.date(2020, 1, 2), dt.date(2020, 5, 6), 0)
    days = (dt.date(2020, 5, 1), dt.date(2020, 5, 3))
    assert browser.covered(*days) == [(f"2020-05-0{n}", None, None, 1, 1) for n in (1, 2, 3)]
    assert [Coverage(*row) for row in browser.covered(*days)] == browser.coverage(Covered(*days))
    assert browser.covered(*days, by="month") == [("2020-05", None, None, 3, 3)]


def test_what_the_database_counts_of_the_sides_is_what_is_counted_one_by_one(place: str) -> None:
    press = [
        ("SRB", "Danube Daily"),
        ("SRB", "Sava Post"),
        ("GRC", "Aegean Mail"),
        ("USA", None),
        (None, "Nobody's"),
        ("FRA", ""),
    ]
    visit = {"visitor": "Ana Brnabić", "country": "SRB", "host": "GRC", "dates": "2020-05-10/2020-05-12"}
    with Writer(place, started=NOW, version="test") as writer:
        writer.add(reading("It is told.", "2020-05-01", visit))
        for n in range(24):
            writer.add(reading(f"Nothing is told, {n}.", f"2020-05-{1 + n % 5:02d}" if n % 7 else "2020-05"))
        writer.cover("part", [Coverage(f"2020-05-{1 + n:02d}", *press[n % 6], n + 1) for n in range(12)])
    engine = open_engine(place, write=True)
    with engine.begin() as connection:
        for n, name in enumerate(connection.execute(sa.text("SELECT id FROM articles ORDER BY id")).scalars().all()):
            country, outlet = press[n % 6]
            values = {"c": country, "o": outlet, "i": name}
            connection.execute(sa.text("UPDATE articles SET country = :c, outlet = :o WHERE id = :i"), values)
    close(engine)
    with Browser(place) as browser:
        full = browser.full(browser.cut(Wanted()).rows[0]["id"])
        first, last = around(full.visit)
        assert first and last
        one_by_one = [Coverage(*row) for row in browser.covered(first, last)]
        assert sum(c.reports for c in one_by_one) == 25 + sum(range(1, 13))
        assert list(browser.heard(full.visit)) == sides_of(full.visit, one_by_one, first, last)
        assert [s.reports > 0 for s in browser.heard(full.visit)] == [True, True, True]


def test_the_words_follow_what_is_written(browser: Browser) -> None:
    def found(word: str) -> int:
        with Browser(browser.place) as fresh:
            return fresh.count(Wanted(words=((word, ()),)))

    assert (found("Thessaloniki"), found("mitsotakis")) == (0, 1)
    account = next(a for a in browser.full(browser.cut(Wanted(host="GRC")).rows[0]["id"]).accounts)
    with Writer(browser.place, started=NOW, version="test") as writer:
        writer.decide(
            Decision(Verb.CORRECT, *ref_of(account.told), by="anna", on=NOW, field="places", value="Thessaloniki")
        )
        writer.decide(Decision(Verb.CORRECT, *ref_of(account.told), by="anna", on=NOW, field="meets", value=""))
    assert (found("Thessaloniki"), found("mitsotakis")) == (1, 0)
    with Writer(browser.place, started=NOW, version="test") as writer:
        writer.decide(Decision(Verb.REJECT, *ref_of(account.told), by="anna", on=NOW))
    assert found("Thessaloniki") == 0


def test_the_queue_begins_with_the_least_sure_and_ends_where_somebody_decided(browser: Browser) -> None:
    queue = browser.doubtful(10)
    rows = browser.rows_of(queue)
    assert [rows[v]["dates"] for v in queue[:2]] == [None, "2021"] and len(queue) == 7
    told = browser.full(queue[0]).accounts[0].told
    with Writer(browser.place, started=NOW, version="test") as writer:
        writer.decide(Decision(Verb.NOTE, *ref_of(told), by="anna", on=NOW, note="Look again."))
        number = writer.decide(Decision(Verb.CONFIRM, *ref_of(told), by="anna", on=NOW))
    with Browser(browser.place) as fresh:
        assert fresh.doubtful(10) == queue[1:]
        assert fresh.decided(queue) == {queue[0]}
        assert fresh.undecided(["none", *reversed(queue)]) == queue[:0:-1]
        assert fresh.visit_at(ref_of(told)) == queue[0]
        assert ids(fresh, Wanted(review=True)) == [("Orbán", "SRB", "2021")]
    with Writer(browser.place, started=NOW, version="test") as writer:
        writer.decide(Decision(Verb.UNDO, *ref_of(told), by="anna", on=NOW, value=str(number)))
    with Browser(browser.place) as fresh:
        assert fresh.doubtful(10) == queue


def test_neighbours_and_what_lies_around(browser: Browser) -> None:
    row = browser.cut(Wanted(host="GRC")).rows[0]
    assert browser.neighbours(row) == []
    serbian = browser.cut(Wanted(host="SRB")).rows
    assert {r["id"] for r in browser.neighbours(serbian[-1])} <= {r["id"] for r in serbian[:-1]}
    day = dt.date(2020, 5, 11)
    assert [r["host_country"] for r in browser.around(Wanted(), day, "", 2, later=False)] == ["GRC", "FIN"]
    assert [r["host_country"] for r in browser.around(Wanted(), day, "", 2, later=True)] == ["SWE", "HUN"]


def test_visits_written_before_the_index_was_made_are_in_it(place: str) -> None:
    with Writer(place, started=NOW, version="test") as writer:
        writer.add(reading("A report.", "2020-05-01", {"dates": "2020-05-10"}))
    if place.startswith("postgres"):
        return
    engine = open_engine(place, write=True)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(summitry.register.migrations.__file__).parent))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.downgrade(config, "-1")
        left = {n for n in sa.inspect(connection).get_table_names() if n.startswith("visits")}
        assert left == {"visits"}
        migrate(connection)
    close(engine)
    with Browser(place) as browser:
        assert browser.count(Wanted(words=(("brnabic", ()),))) == 1


def test_tokens() -> None:
    assert tokens("Côte d'Ivoire: “x”") == ["Côte", "d", "Ivoire", "x"]
