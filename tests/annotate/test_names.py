"""Names of many languages, in the places where reports have them (tests/cases/names.toml), and what stands about them."""

import tomllib
from pathlib import Path

import pytest

from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw
from summitry.lexicon.offices import Offices
from summitry.pipeline import Reader

TABLE = tomllib.loads((Path(__file__).parents[1] / "cases" / "names.toml").read_text(encoding="utf-8"))
LEFT = frozenset(TABLE["left"])
WORDS = Offices.load().words
EVERYDAY = {"an", "he", "park", "sun"}
"""Family names that are words of every day as well: they lead a name where more speaks for it."""
ADDRESS = ("U ", "Daw ", "Sheikh ")
"""Forms of address that are part of the name or not, as the table has it."""


@pytest.fixture(scope="module")
def found():
    reader = Reader.load()

    def of(text):
        raw = Raw("name", "text", text, given_id=None, url=None, title=None, published=TABLE["on"])
        annotated = reader.annotate(to_article(raw, reader.ingest))
        return {person.name for person in annotated.people.values()}

    return of


@pytest.mark.parametrize("name", TABLE["names"])
def test_name(found, name):
    told = {name, *(name.removeprefix(form) for form in ADDRESS)}
    texts = {sentence.replace("{name}", name) for sentence in TABLE["sentences"]}
    assert {text for text in texts if not told & found(text)} == LEFT & texts


def test_every_sentence_that_is_left_is_put_together():
    made = {sentence.replace("{name}", name) for name in TABLE["names"] for sentence in TABLE["sentences"]}
    assert made >= LEFT


@pytest.mark.parametrize(
    "form",
    [
        "Sayyid",
        "Seyyed",
        "Seyed",
        "Tengku",
        "Tunku",
        "Datuk Seri",
        "Datuk Sri",
        "Tan Sri",
        "Dato' Sri",
        "Dato' Seri",
        "Dr",
    ],
)
def test_a_form_of_address_is_no_name(found, form):
    assert "Kalle Ott" in found(f"Foreign Minister {form} Kalle Ott arrived in Oslo.")


def test_a_given_name_is_no_form_of_address(found):
    assert found("Finance Minister Dr Sri Lestari Otto arrived in Oslo.") == {"Sri Lestari Otto"}


@pytest.mark.parametrize("letters", ["TD", "T.D.", "MP", "M.P.", "MEP", "Ret."])
def test_letters_behind_a_name_are_no_part_of_it(found, letters):
    assert found(f"Foreign Minister Kalle Ott {letters} arrived in Oslo.") == {"Kalle Ott"}


@pytest.mark.parametrize("day", sorted(WORDS["small"]["days"]))
def test_a_day_is_no_given_name(found, day):
    assert found(f"On {day.title()} Aldo Ferrucci walked him through the palace.") == {"Aldo Ferrucci"}


@pytest.mark.parametrize("family", sorted(WORDS["given"]["first"] - EVERYDAY))
def test_a_family_name_that_stands_first_leads_a_hyphen_in_small_letters(found, family):
    name = f"{family.title()} Hyung-ho"
    assert name in found(f"Foreign Minister {name} arrived in Oslo.")


def test_a_double_given_name(found):
    assert "Mohammad-Ali Nikzad" in found("Agriculture Minister Mohammad-Ali Nikzad is in the delegation.")
    assert "Roch Marc Christian Kabor" in found("President Roch Marc Christian Kabor arrived in Oslo.")
