"""Journeys as GeoJSON (RFC 7946): a point for each stop whose place is known, a line for each tour of several stops."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, BinaryIO

from summitry.lexicon.files import DATA, read_table
from summitry.model.errors import KnowledgeError
from summitry.publish.columns import plain
from summitry.publish.terms import Terms
from summitry.register.exporting import Entry

COLUMNS = ("country", "name", "latitude", "longitude")

Point = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84."""

Stop = tuple[dt.date, str, str, Point]
"""First day, id and host country of a visit, and where it was."""

SHOWN = ("id", "visitor", "visitor_country", "host_country", "places", "dates", "first_day", "last_day", "status", "kind",
         "trip", "occasion", "reports")  # fmt: skip
"""The columns of a visit that its point bears."""


def write_geojson(visits: Iterable[Entry], out: BinaryIO, terms: Terms) -> int:
    """Write the stops, then the tours; returns the number of visits with a point. Goes through the visits twice."""
    places = Places(terms)
    tours = Counter(entry.row["trip"] for entry in visits)
    several = {trip for trip, number in tours.items() if number > 1}
    journeys: dict[str, tuple[str, str, list[Stop]]] = {}
    out.write(b'{"type": "FeatureCollection", "features": [')
    count = 0
    for entry in visits:
        row = entry.row
        found = places.of(row["host_country"], row["places"])
        if found is None:
            continue
        point, precision = found
        shown = {name: plain(row[name]) for name in SHOWN} | {"precision": precision}
        _feature(out, count, row["id"], {"type": "Point", "coordinates": point}, shown)
        count += 1
        if row["trip"] in several and row["first_day"]:
            journey = journeys.setdefault(row["trip"], (row["visitor"], row["visitor_country"], []))
            journey[2].append((row["first_day"], row["id"], row["host_country"], point))
    lines = 0
    for trip, (visitor, country, stops) in sorted(journeys.items()):
        stops.sort()
        if len({s[3] for s in stops}) > 1:
            told = {"trip": trip, "visitor": visitor, "visitor_country": country, "stops": [s[1] for s in stops],
                    "hosts": [s[2] for s in stops], "first_day": plain(stops[0][0])}  # fmt: skip
            _feature(out, count + lines, f"tour-{trip}", line([s[3] for s in stops]), told)
            lines += 1
    out.write(b"\n]}\n")
    return count


def _feature(out: BinaryIO, before: int, name: str, geometry: Any, properties: Any) -> None:
    feature = {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}
    out.write((",\n" if before else "\n").encode() + json.dumps(feature, ensure_ascii=False).encode("utf-8"))


def line(points: Sequence[Point]) -> dict[str, Any]:
    """A line through points, cut in two wherever it crosses the 180th meridian (RFC 7946, 3.1.9)."""
    parts: list[list[Point]] = [[points[0]]]
    for before, after in pairwise(points):
        if after == before:
            continue
        if abs(after[0] - before[0]) > 180:
            east = 180.0 if before[0] > 0 else -180.0
            whole = 360 - abs(after[0] - before[0])
            share = (180 - abs(before[0])) / whole
            lat = round(before[1] + share * (after[1] - before[1]), 5)
            if before[0] != east:
                parts[-1].append((east, lat))
            parts.append([(-east, lat)])
            if after[0] == -east:
                continue
        parts[-1].append(after)
    parts = [part for part in parts if len(part) > 1]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


class Places:
    """Where cities and countries are: cities by GeoNames, a country by its capital."""

    def __init__(self, terms: Terms) -> None:
        self._countries = terms.countries
        self._found: dict[tuple[str, tuple[str, ...]], tuple[Point, str] | None] = {}

    def of(self, host: str, places: Sequence[str]) -> tuple[Point, str] | None:
        """The first place that is known, and "city"; else the capital, and "country"; None where neither is known."""
        key = (host, tuple(places))
        if key not in self._found:
            self._found[key] = self._look(host, places)
        return self._found[key]

    def _look(self, host: str, places: Sequence[str]) -> tuple[Point, str] | None:
        country = self._countries.get(host)
        if country is None:
            return None
        for place in places:
            point = cities().get((country.code, place.casefold()))
            if point:
                return point, "city"
        capital = cities().get((country.code, country.capital.casefold()))
        return (capital, "country") if capital else None


@lru_cache(maxsize=1)
def cities() -> dict[tuple[str, str], Point]:
    """Where every city is, by country and name: ``data/publish/coordinates.csv``, which is GeoNames'."""
    path = DATA / "publish" / "coordinates.csv"
    found: dict[tuple[str, str], Point] = {}
    try:
        for row in read_table(path, COLUMNS):
            found[row["country"], row["name"].casefold()] = (float(row["longitude"]), float(row["latitude"]))
    except ValueError as error:
        raise KnowledgeError(f"{path}: {error}") from error
    return found
