"""Every format of ``summitry export``: what it is called, what it holds, what it needs, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from summitry.publish.calendars import write_ics
from summitry.publish.colt import write_colt
from summitry.publish.feed import write_atom
from summitry.publish.linked import write_jsonld
from summitry.publish.maps import write_geojson
from summitry.publish.panels import write_country_year, write_dyad_day, write_dyad_year
from summitry.publish.parquet import write_parquet
from summitry.publish.plover import write_plover
from summitry.publish.stata import write_dta
from summitry.publish.tables import write_claims, write_csv, write_jsonl, write_tsv, write_wide
from summitry.publish.terms import Terms
from summitry.register.exporting import Visits

SOURCES = frozenset({"sources"})
ALL = frozenset({"sources", "history"})


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the endings of its files, what one row or item is, what is read beside the visits, and its writer.

    ``options`` are those of ``export`` that it takes.
    """

    name: str
    suffixes: tuple[str, ...]
    holds: str
    item: str
    about: frozenset[str]
    write: Callable[..., int]
    options: tuple[str, ...] = ()


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("csv", (".csv",), "one row a visit, lists joined by '; '", "visit", SOURCES, write_csv, ("wide", "claims")),
        Format("tsv", (".tsv", ".tab"), "the same, separated by tabs", "visit", SOURCES, write_tsv, ("wide", "claims")),
        Format("jsonl", (".jsonl", ".ndjson"), "one JSON object a visit, lists as lists", "visit", SOURCES, write_jsonl),
        Format("parquet", (".parquet",), "typed columns, lists as lists", "visit", SOURCES, write_parquet),
        Format("dta", (".dta",), "Stata 14 and later, with variable and value labels", "visit", SOURCES, write_dta),
        Format("colt", (), "trips that took place, in the layout of COLT", "trip", SOURCES, write_colt, ("all_ranks",)),
        Format("dyad-day", (), "visits under way by day and directed dyad", "row", frozenset(), write_dyad_day, ("zeros",)),
        Format("dyad-year", (), "visits by year and directed dyad", "row", frozenset(), write_dyad_year, ("zeros",)),
        Format("country-year", (), "visits paid and received by year", "row", frozenset(), write_country_year, ("zeros",)),
        Format("plover", (), "events of PLOVER with CAMEO codes, one JSON object each", "event", SOURCES, write_plover),
        Format("jsonld", (".jsonld",), "schema.org events in JSON-LD", "visit", ALL, write_jsonld),
        Format("ics", (".ics",), "iCalendar, one event a stop", "event", ALL, write_ics, ("name",)),
        Format("geojson", (".geojson",), "stops as points, tours as lines", "stop", frozenset(), write_geojson),
        Format("atom", (".atom", ".xml"), "what changed, newest first", "change", SOURCES, write_atom, ("name", "limit")),
    )
}  # fmt: skip
"""All formats, by name."""


def by_suffix(name: str) -> str:
    """The format that a file's name tells; csv where it tells none."""
    suffix = PurePath(name).suffix.lower()
    return next((f.name for f in FORMATS.values() if suffix in f.suffixes), "csv")


def write(format: str, visits: Visits, out: BinaryIO, terms: Terms, **options: Any) -> int:
    """Write visits in a format (a name of FORMATS); returns the number of its items. ``wide`` and ``claims`` are of tables."""
    if options.pop("claims", False):
        return write_claims(visits, out, terms, tabs=format == "tsv")
    if options.pop("wide", False):
        return write_wide(visits, out, terms, tabs=format == "tsv")
    return FORMATS[format].write(visits, out, terms, **options)
