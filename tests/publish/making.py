"""A register with one of everything that exports must bear."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from summitry.publish.formats import FORMATS, write
from summitry.publish.terms import Quotes, Terms
from summitry.register.exporting import Entry, Event, Source, opened
from summitry.register.writer import Writer
from tests.register.making import reading

DAY = dt.date(2020, 6, 1)
LONG = "a very long matter " * 30
NASTY = 'tabs\tand "marks", <b>bold</b> & lines\nof ‘Łódź’; =1+1'


def register(path: Path) -> str:
    """The register: a moved visit, a called-off one, a tour, a summit, an undated one, odd letters, a body."""

    def put(writer: Writer, published: str | None, *visits: dict[str, Any], **more: Any) -> None:
        writer.add(reading(f"{published} {visits}", published, *visits, **more))

    moved = {"visitor": "Ana Brnabić", "country": "SRB", "host": "GRC"}
    with Writer(str(path), started=dt.datetime(2020, 7, 1, tzinfo=dt.UTC), version="0.1.0", knowledge="k") as w:
        put(w, "2020-01-10", moved | {"dates": "2020-04-17"}, url="https://a.example/1", outlet="A")
        put(
            w,
            "2020-03-01",
            moved | {"dates": "2020-04-20/2020-04-22", "places": ("Athens",)},
            url="https://b.example/2",
        )
        put(
            w,
            "2020-04-22",
            moved
            | {
                "dates": "2020-04-20/2020-04-22",
                "status": "completed",
                "kind": "official",
                "meets": ("Kyriakos Mitsotakis", "Nikos Dendias"),
                "documents": ("a treaty",),
            },
        )
        put(w, "2020-02-01", {"visitor": "Emmanuel Macron", "country": "FRA", "host": "RUS", "dates": "2020-05-09"})
        put(
            w,
            "2020-03-20",
            {
                "visitor": "Emmanuel Macron",
                "country": "FRA",
                "host": "RUS",
                "dates": "2020-05-09",
                "status": "cancelled",
                "announced_by": "Emmanuel Macron",
            },
        )
        put(
            w,
            "2020-05-05",
            {
                "visitor": "Li Keqiang",
                "country": "CHN",
                "host": "JPN",
                "dates": "2020-05-01/2020-05-02",
                "status": "completed",
                "trip": 1,
                "places": ("Tokyo",),
            },
            {
                "visitor": "Li Keqiang",
                "country": "CHN",
                "host": "USA",
                "dates": "2020-05-03",
                "status": "completed",
                "trip": 1,
                "places": ("San Francisco",),
                "kind": "multilateral",
                "occasion": NASTY,
            },
        )
        put(
            w,
            "2020-05-06",
            {"visitor": "António Guterres", "country": "UN", "host": "CHE", "dates": None, "agenda": (LONG, "short")},
        )
        put(w, "2020-05-07", {"visitor": "Xi Jinping", "country": "CHN", "host": "DEU", "dates": "2020-05/.."})
        put(
            w,
            "2020-05-08",
            {"visitor": "习近平", "country": "CHN", "host": "KAZ", "dates": "2020-23", "status": "proposed"},
            url="https://c.example/?a=1&b=2",
        )
        put(
            w,
            None,
            {
                "visitor": "Nelson Mandela",
                "country": "ZAF",
                "host": "GBR",
                "dates": "1996-07-09/1996-07-12",
                "status": "completed",
                "kind": "state",
                "delegation": ("Thabo Mbeki",),
            },
        )
        w.finish(dt.datetime(2020, 7, 1, tzinfo=dt.UTC), 11, 0)
    return str(path)  # fmt: skip


def export(place: str, format: str, quotes: int | None = None, **options: Any) -> bytes:
    """The bytes of an export of a whole register."""
    out = io.BytesIO()
    with opened(place, about=FORMATS[format].about) as visits:
        write(format, visits, out, Terms.load(DAY, Quotes(quotes)), **options)
    return out.getvalue()


def entry(**more: Any) -> Entry:
    """A visit by hand, for writers that need no register; what is not given is as of a plain planned visit."""
    row: dict[str, Any] = {
        "id": "0123456789abcdef", "visitor": "Ana Brnabić", "visitor_country": "SRB", "host_country": "GRC", "places": [],
        "dates": None, "first_day": None, "last_day": None, "status": "planned", "kind": "unspecified",
        "trip": "0123456789abcdef", "meets": [], "delegation": [], "invited_by": None, "announced_by": [], "occasion": None,
        "agenda": [], "documents": [], "first_told": None, "last_told": None, "reports": 1, "outlets": [], "conflicts": [],
        "voices": 1, "voices_visitor": 0, "voices_host": 0, "voices_third": 0,
    }  # fmt: skip
    sources = more.pop("sources", (source(),))
    history = tuple(Event(n, *told) for n, told in enumerate(more.pop("history", ())))
    if more.get("dates"):
        from summitry.model.dates import DateRange

        when = DateRange.parse(more["dates"])
        row |= {"first_day": when.earliest or when.latest, "last_day": when.latest or when.earliest}
    return Entry(row | more, tuple(sources), history)


def source(**more: Any) -> Source:
    """One account of it."""
    values: dict[str, Any] = {
        "key": "k1", "report": "r1", "title": None, "url": None, "outlet": None, "published": "2020-05-01",
        "told_on": dt.date(2020, 5, 1), "visitor": "Ana Brnabić", "status": "planned", "dates": None, "announced_by": None,
        "sentence": "She goes.", "confidence": 0.5,
    }  # fmt: skip
    return Source(**(values | more))
