"""Streams for exports, on both databases: what is fetched, in which order, and of one state of the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from summitry.register import exporting
from summitry.register.exporting import opened
from summitry.register.reader import Filter, Reader
from summitry.register.writer import Writer
from tests.register.making import reading

ABOUT = frozenset({"sources", "history"})
NOW = dt.datetime(2020, 7, 1, tzinfo=dt.UTC)


def put(place: str, *visits: tuple[str, str, dict[str, Any]]) -> None:
    with Writer(place, started=NOW, version="0.1.0", knowledge="k") as writer:
        for text, published, visit in visits:
            writer.add(reading(text, published, visit, url=f"https://a.example/{text}"))


def trip(host: str, dates: str | None, status: str = "planned") -> dict[str, Any]:
    return {"host": host, "dates": dates, "status": status}


def test_visits_with_their_accounts_and_history_in_the_order_of_the_list(place: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)
    put(
        place,
        ("b", "2020-03-02", trip("GRC", "2020-04-01", "completed")),
        ("a", "2020-03-01", trip("GRC", "2020-04-01")),
        ("c", "2020-03-01", trip("FRA", None)),
        ("d", "2020-03-01", trip("ITA", "2020-02-01", "completed")),
        ("e", "2020-03-01", trip("DEU", "2020-05-01")),
    )
    with opened(place, about=ABOUT) as visits:
        found = list(visits)
        assert found == list(visits), "and again"
        assert visits.newest() == dt.date(2020, 3, 2)
        assert visits.knowledge() == ("0.1.0", "k")
    assert [e.row["host_country"] for e in found] == ["ITA", "GRC", "DEU", "FRA"]
    with Reader(place) as reader:
        assert [e.row for e in found] == reader.visits()
    greece = found[1]
    assert [s.url for s in greece.sources] == ["https://a.example/a", "https://a.example/b"]
    assert [(e.status, e.change) for e in greece.history] == [("planned", "first"), ("completed", "status")]
    with opened(place) as visits:
        assert all(not e.sources and not e.history for e in visits), "what is not asked for is not fetched"


def test_filters(place: str) -> None:
    put(place, ("a", "2020-03-01", trip("GRC", "2020-04-01")), ("b", "2020-03-01", trip("FRA", "2020-05-01")))
    with opened(place, Filter(host="FRA")) as visits:
        assert [e.row["host_country"] for e in visits] == ["FRA"]
    with opened(place, Filter(person="Nobody Here")) as visits:
        assert list(visits) == []
        assert list(visits.changes()) == []
        assert list(visits.claims()) == []


def test_claims_name_every_report(place: str) -> None:
    put(place, ("a", "2020-03-01", trip("GRC", "2020-04-01")), ("b", "2020-03-02", trip("GRC", "2020-04-02")))
    with opened(place) as visits:
        dates = [(c.value, c.chosen, c.source.url) for c in visits.claims() if c.field == "dates"]
        hosts = [c.source.url for c in visits.claims() if c.field == "host_country"]
    assert [(value, url) for value, _, url in dates] == [
        ("2020-04-01", "https://a.example/a"), ("2020-04-02", "https://a.example/b"),
    ]  # fmt: skip
    assert sum(chosen for _, chosen, _ in dates) == 1
    assert sorted(h or "" for h in hosts) == ["https://a.example/a", "https://a.example/b"]


def test_changes_come_newest_first_and_undated_last(place: str) -> None:
    put(
        place,
        ("a", "2020-03-01", trip("GRC", "2020-04-01")),
        ("b", "2020-03-05", trip("GRC", "2020-04-01", "completed")),
        ("b2", "2020-03-06", trip("GRC", "2020-04-01", "completed")),
        ("c", "2020-03-03", trip("FRA", "2020-05-01")),
    )
    with opened(place) as visits:
        found = [(e.row["host_country"], event.told, event.change) for e, event in visits.changes()]
    assert found == [("GRC", "2020-03-05", "status"), ("FRA", "2020-03-03", "first"), ("GRC", "2020-03-01", "first")]


def test_what_is_written_meanwhile_does_not_show(place: str) -> None:
    put(place, ("a", "2020-03-01", trip("GRC", "2020-04-01")))
    writer = Writer(place, started=NOW, version="0.1.0", knowledge="k")
    try:
        with opened(place) as visits:
            before = list(visits)
            writer.add(reading("z", "2020-03-09", trip("FRA", "2020-05-01")))
            writer.link()
            assert list(visits) == before
    finally:
        writer.close()
    with opened(place) as visits:
        assert len(list(visits)) == 2
