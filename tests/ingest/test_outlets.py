"""The table of outlets and agencies."""

import collections

import pycountry
import pytest

from summitry.lexicon.files import DATA
from summitry.lexicon.outlets import BODIES, OutletKind, Outlets
from summitry.model.errors import KnowledgeError

OUTLETS = Outlets.load()
HEADER = "name,forms,domains,country,kind,state,source\n"


def test_size_and_spread():
    kinds = collections.Counter(outlet.kind for outlet in OUTLETS)
    countries = {outlet.country for outlet in OUTLETS} - BODIES
    assert 600 <= len(OUTLETS) <= 2000
    assert len(countries) >= 120
    assert set(kinds) == set(OutletKind)
    assert kinds[OutletKind.AGENCY] >= 140
    assert kinds[OutletKind.OFFICIAL] >= 60


def test_codes_are_of_countries_that_exist():
    codes = {country.alpha_3 for country in pycountry.countries} | {"XKX"} | BODIES
    assert {outlet.country for outlet in OUTLETS} <= codes


def test_what_is_official_is_of_a_state_or_body():
    assert all(outlet.state for outlet in OUTLETS if outlet.kind is OutletKind.OFFICIAL)


def test_forms_shared_by_two_outlets_are_known():
    shared = collections.defaultdict(set)
    for outlet in OUTLETS:
        for form in (outlet.name, *outlet.forms):
            shared[form.casefold()].add(outlet.name)
    assert {form for form, names in shared.items() if len(names) > 1} == {"the guardian"}


def test_no_domain_lies_hidden_behind_another_outlet():
    for outlet in OUTLETS:
        for domain in outlet.domains:
            assert OUTLETS.by_domain(f"https://www.{domain}/a/b") is outlet


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://edition.cnn.com/2015/05/04/a", "CNN"),
        ("http://en.kremlin.ru/events/1", "Kremlin"),
        ("news.un.org", "UN News"),
        ("https://www.un.org/en/1", "United Nations"),
        ("https://notcnn.com/", None),
        ("https://news.example/cnn.com", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_by_domain(url, name):
    found = OUTLETS.by_domain(url)
    assert (found.name if found else None) == name


def test_by_form():
    assert OUTLETS.by_form("the  new york times").name == "The New York Times"
    assert OUTLETS.by_form("AFP").kind is OutletKind.AGENCY
    assert OUTLETS.by_form("The Guardian") is None  # there are two
    assert OUTLETS.is_form("The Guardian")
    assert OUTLETS.get("Xinhua").state
    assert OUTLETS.by_form("Irish Times") is OUTLETS.by_form("The Irish Times") is not None
    assert OUTLETS.by_form("the BBC") is OUTLETS.by_form("BBC")
    assert not OUTLETS.is_form("Local")  # which The Local is not
    assert not OUTLETS.files("UN")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("A,,a.example,NOR,web,no,s\nA,,b.example,NOR,web,no,s\n", ":3: 'A' stands twice"),
        ("A,,a.example,NOR,web,no,s\nB,,a.example,NOR,web,no,s\n", "a.example"),
        ("A,,a.example,Norway,web,no,s\n", "'Norway' is no country code"),
        ("A,,a.example,NOR,blog,no,s\n", "'blog' is none of"),
        ("A,,a.example,NOR,web,maybe,s\n", "yes or no"),
        ("A,,https://a.example,NOR,web,no,s\n", "no domain"),
        ("A,,a.example,NOR,web,no,\n", "a source"),
    ],
)
def test_wrong_rows(tmp_path, rows, says):
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "outlets.csv").write_text(HEADER + rows)
    with pytest.raises(KnowledgeError, match=says):
        Outlets.load(tmp_path)


def test_a_second_folder_replaces_a_row(tmp_path):
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "outlets.csv").write_text(
        HEADER + "CNN,,cnn.example,USA,web,no,s\nNew,,new.example,NOR,web,no,s\n"
    )
    outlets = Outlets.load(DATA, tmp_path)
    assert outlets.by_domain("cnn.example").name == "CNN"
    assert outlets.by_domain("cnn.com") is None
    assert len(outlets) == len(OUTLETS) + 1
