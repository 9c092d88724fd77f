"""The table of countries: complete, consistent, and right on the days that matter."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pycountry
import pytest

from summitry.lexicon.countries import Countries
from summitry.model.errors import KnowledgeError


@pytest.fixture(scope="module")
def countries() -> Countries:
    return Countries.load()


def test_every_iso_code_and_kosovo(countries: Countries) -> None:
    assert {c.code for c in countries} == {c.alpha_3 for c in pycountry.countries} | {"XKX"}
    for country in countries:
        known = pycountry.countries.get(alpha_3=country.code)
        assert country.alpha2 == (known.alpha_2 if known else "XK")


def test_look_up_by_either_code(countries: Countries) -> None:
    assert countries.get("RUS") is countries.get("ru")
    assert countries.get("XXX") is None
    assert countries.name("GBR") == "United Kingdom"
    assert countries.name("ASEAN") == "ASEAN"


def test_counts_by_status(countries: Countries) -> None:
    counts = Counter(c.status for c in countries)
    assert counts["state"] == 194  # 193 members of the United Nations and the Holy See
    assert counts["disputed"] == 4  # Kosovo, Palestine, Taiwan, Western Sahara
    assert counts["associated"] == 2  # the Cook Islands, Niue
    assert counts.keys() == {"state", "disputed", "associated", "territory"}


def test_every_state_has_name_adjective_capital_and_no_name_twice(countries: Countries) -> None:
    names = Counter(c.name for c in countries)
    assert max(names.values()) == 1
    for country in countries:
        assert any(f.text == country.name and f.kind == "name" for f in country.forms), country.code
        if country.status != "territory":
            assert country.adjectives or country.code in {"DMA"}, country.code
            assert country.capital or country.code in {"VAT", "ESH"}, country.code


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Zaire", "COD"), ("Soviet Union", "RUS"), ("USSR", "RUS"), ("Burma", "MMR"), ("Swaziland", "SWZ"),
        ("Macedonia", "MKD"), ("Czechoslovakia", "CZE"), ("Yugoslavia", "SRB"), ("East Germany", "DEU"),
        ("Ceylon", "LKA"), ("Rhodesia", "ZWE"), ("Upper Volta", "BFA"), ("Kampuchea", "KHM"), ("Western Samoa", "WSM"),
    ],
)  # fmt: skip
def test_former_names_have_an_end_and_a_successor(countries: Countries, form: str, code: str) -> None:
    country = countries.get(code)
    assert country is not None
    (found,) = [f for f in country.forms if f.text == form]
    assert found.kind == "former"
    assert found.end is not None


def test_former_names_are_in_date_order(countries: Countries) -> None:
    for country in countries:
        for form in country.forms:
            if form.start and form.end:
                assert form.start < form.end, form


@pytest.mark.parametrize(
    ("system", "code", "day", "number"),
    [
        # births, ends and renamings, a day before and on the day
        ("cow", "DEU", "1954-12-31", 265), ("cow", "DEU", "1960-01-01", 260), ("cow", "DEU", "1990-10-02", 260),
        ("cow", "DEU", "1990-10-03", 255), ("gw", "DEU", "1990-10-02", 260), ("gw", "DEU", "1990-10-03", 260),
        ("cow", "YEM", "1990-05-21", 678), ("cow", "YEM", "1990-05-22", 679), ("gw", "YEM", "1990-05-22", 678),
        ("cow", "SRB", "1991-01-01", 345), ("cow", "SRB", "2010-01-01", 345), ("gw", "SRB", "2006-06-04", 345),
        ("gw", "SRB", "2006-06-05", 340), ("gw", "MNE", "2006-06-02", None), ("gw", "MNE", "2006-06-03", 341),
        ("cow", "CZE", "1992-12-31", 315), ("cow", "CZE", "1993-01-01", 316), ("cow", "SVK", "1992-12-31", None),
        ("cow", "SVK", "1993-01-01", 317), ("cow", "RUS", "1991-12-01", 365), ("gw", "UKR", "1991-11-30", None),
        ("gw", "UKR", "1991-12-01", 369), ("cow", "UKR", "1991-12-25", None), ("cow", "UKR", "1991-12-26", 369),
        ("cow", "SSD", "2011-07-08", None), ("cow", "SSD", "2011-07-09", 626), ("gw", "TLS", "2002-05-19", None),
        ("gw", "TLS", "2002-05-20", 860), ("cow", "TLS", "2002-09-26", None), ("cow", "TLS", "2002-09-27", 860),
        ("cow", "VNM", "1975-04-30", 816), ("cow", "EST", "1990-01-01", None), ("cow", "EST", "1991-09-06", 366),
        ("gw", "ERI", "1993-05-23", None), ("gw", "ERI", "1993-05-24", 531), ("gw", "NAM", "1990-03-21", 565),
        ("gw", "XKX", "2008-02-16", None), ("gw", "XKX", "2008-02-17", 347), ("cow", "NRU", "2020-01-01", 970),
        ("gw", "NRU", "2020-01-01", 971), ("cow", "KIR", "2020-01-01", 946), ("gw", "KIR", "2020-01-01", 970),
        ("cow", "PSE", "2020-01-01", None), ("cow", "HKG", "2020-01-01", None), ("cow", "TWN", "2020-01-01", 713),
        ("gw", "GEO", "1991-12-20", None), ("gw", "GEO", "1991-12-21", 372), ("cow", "XKX", "2008-02-19", None),
        ("cow", "XKX", "2008-02-20", 347), ("cow", "MNE", "2006-06-11", None), ("cow", "MNE", "2006-06-12", 341),
        ("cow", "ERI", "1993-05-23", None), ("cow", "NAM", "1990-03-20", None), ("cow", "PLW", "1994-12-14", None),
        ("cow", "PLW", "1994-12-15", 986), ("gw", "PLW", "1994-10-01", 986), ("cow", "HRV", "1992-01-14", None),
        ("cow", "HRV", "1992-01-15", 344), ("gw", "HRV", "1992-04-27", 344), ("cow", "MKD", "1993-04-07", None),
        ("gw", "MKD", "1991-11-20", 343), ("gw", "SRB", "1992-04-27", 345), ("gw", "CZE", "1992-12-31", 315),
        ("gw", "SSD", "2011-07-09", 626), ("cow", "SDN", "2011-07-09", 625), ("cow", "LIE", "1990-09-17", None),
        ("cow", "SYR", "1960-01-01", None), ("gw", "SYR", "1960-01-01", 652), ("cow", "JPN", "1950-01-01", None),
    ],
)  # fmt: skip
def test_numbers_of_the_state_systems_by_day(
    countries: Countries, system: str, code: str, day: str, number: int | None
) -> None:
    member = countries.member(system, code, dt.date.fromisoformat(day))
    assert (member.number if member else None) == number


def test_both_vietnams_and_germanies_are_kept(countries: Countries) -> None:
    germany = countries.get("DEU")
    assert germany is not None
    assert {m.number for m in germany.memberships if m.system == "cow"} == {255, 260, 265}
    vietnam = countries.cow("VNM", dt.date(1970, 1, 1))
    assert vietnam is not None
    assert vietnam.abbreviation == "DRV"


def test_no_state_is_twice_in_a_system_at_once(countries: Countries) -> None:
    spells: dict[tuple[str, int], list[tuple[dt.date, dt.date]]] = {}
    for country in countries:
        for m in country.memberships:
            assert m.end is None or m.start < m.end, m
            spells.setdefault((m.system, m.number), []).append((m.start, m.end or dt.date.max))
    for group in spells.values():
        for (_, end), (start, _) in pairwise(sorted(group)):
            assert end < start


def test_every_state_of_today_is_in_both_systems(countries: Countries) -> None:
    day = dt.date(2016, 12, 31)
    outside = {c.code for c in countries if c.status == "state" and not countries.cow(c.code, day)}
    assert outside == {"VAT"}
    assert {c.code for c in countries if c.status == "state" and not countries.gw(c.code, day)} == {"VAT"}
    assert sum(1 for c in countries if countries.cow(c.code, day)) == 195


def test_a_second_folder_adds_and_overrides(tmp_path: Path) -> None:
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "country_forms.csv").write_text(
        "form,country,kind,start,end,source\nRuritania,CZE,name,,,own\n", encoding="utf-8"
    )
    (folder / "countries.csv").write_text(
        "code,alpha2,name,official,capital,status,source\nCZE,CZ,Czechia,Czech Republic,Prague,state,own\n",
        encoding="utf-8",
    )
    from summitry.lexicon.files import DATA

    both = Countries.load(DATA, tmp_path)
    czechia = both.get("CZE")
    assert czechia is not None
    assert czechia.name == "Czechia"
    assert "Ruritania" in {f.text for f in czechia.forms}
    assert "Czech" in czechia.adjectives


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("country_forms.csv", "form,country,kind,start,end,source\nX,CZE,nickname,,,own\n", "no kind 'nickname'"),
        ("country_forms.csv", "form,country,kind,start,end,source\nX,QQQ,name,,,own\n", "QQQ"),
        ("country_forms.csv", "form,country\nX,CZE\n", "columns"),
        ("state_systems.csv",
         "system,number,abbreviation,name,country,start,end,source\ncow,x,CZR,C,CZE,1993-01-01,,own\n", "number"),
        ("state_systems.csv",
         "system,number,abbreviation,name,country,start,end,source\ncow,1,CZR,C,CZE,1993-13-01,,own\n", "month"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told(tmp_path: Path, name: str, text: str, says: str) -> None:
    from summitry.lexicon.files import DATA

    (tmp_path / "places").mkdir()
    (tmp_path / "places" / name).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says):
        Countries.load(DATA, tmp_path)
