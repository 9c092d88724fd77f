"""Whose account it is."""

from __future__ import annotations

import pytest

from summitry.lexicon.files import DATA, read_toml
from summitry.link.voices import FILE, NOBODY, Voice, Voices
from summitry.model.dates import DateRange
from tests.register.making import visit


@pytest.fixture(scope="module")
def voices() -> Voices:
    return Voices.load()


@pytest.mark.parametrize(
    ("outlet", "agency", "country", "official"),
    [
        ("Xinhua", None, "CHN", False),
        ("Africanews", "Agence France-Presse", "FRA", False),
        ("Africanews", "No Agency Known", "COG", False),
        ("African Union", None, "AU", True),
        (None, None, None, False),
    ],
)
def test_press(voices: Voices, outlet: str | None, agency: str | None, country: str | None, official: bool) -> None:
    assert voices.press(outlet, agency) == Voice(country, official)


@pytest.mark.parametrize(
    ("credited", "country", "official"),
    [
        ("Kremlin", "RUS", True),
        ("the White House", "USA", True),
        ("Ministry of Foreign Affairs of Nepal", "NPL", True),
        ("Chinese foreign ministry", "CHN", True),
        ("French Embassy in Nairobi", "FRA", True),
        ("U.S. officials", "USA", True),
        ("Sergei Lavrov", "RUS", True),
        ("Xinhua", "CHN", False),
        ("Chinese state media", "CHN", False),
        ("state media in Chile and Peru", None, False),
        ("two government officials", None, False),
        ("Ana Prill", "ITA", True),
        ("Otto Brill", "SRB", True),
        ("Brill", None, False),
        (None, None, False),
    ],
)
def test_credited(voices: Voices, credited: str | None, country: str | None, official: bool) -> None:
    told = visit(visitor="Otto Brill", country="SRB", host="ITA", meets=("Ana Prill",), announced_by=credited)
    assert voices.credited(told, DateRange.parse("2019-05-01")) == Voice(country, official)


TABLE = read_toml(DATA / FILE)


@pytest.mark.parametrize("row", TABLE["institution"], ids=lambda row: row["example"])
def test_every_institution_is_found_in_its_example(voices: Voices, row: dict) -> None:
    told = visit(visitor="Otto Brill", announced_by=row["example"])
    assert voices.credited(told, None) == Voice(row["country"], True)
    assert any(name in row["example"] for name in row["names"])


@pytest.mark.parametrize("word", TABLE["press"])
def test_press_is_not_official(voices: Voices, word: str) -> None:
    assert voices.credited(visit(announced_by=f"French {word}"), None) == Voice("FRA", False)
    assert voices.credited(visit(announced_by=word), None) == NOBODY
