"""Names across spellings; the pairs that matter are in ``cases/links.toml``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.link.names import groups, parts, same_name, sound, spellings

NAMES = st.sampled_from(
    [
        "Xi Jinping",
        "Xi",
        "Kim Jong Un",
        "Kim Yo Jong",
        "Sergei Lavrov",
        "Sergey Lavrov",
        "Bush",
        "George W. Bush",
        "Laura Bush",
    ]
)


def test_parts_lose_accents_apostrophes_and_particles() -> None:
    assert parts("Recep Tayyip Erdoğan") == ("recep", "tayyip", "erdogan")
    assert parts("Omar al-Bashir") == ("omar", "bashir")
    assert parts("Samdech Hun Sen") == ("samdech", "hun", "sen")
    assert parts("M'hamed Ould Ba") == ("mhamed", "ould", "ba")
    assert parts("Al") == ("al",), "a name of particles alone keeps them"
    assert parts("") == ()


def test_sounds() -> None:
    assert sound("gaddafi") == sound("qadhafi") == sound("kadafi")
    assert sound("lee") == "lee", "one consonant tells nobody"


TABLE = spellings()
ROWS = [(kind, row) for kind in ("particle", "letter", "sound") for row in TABLE[kind]]


@pytest.mark.parametrize(
    ("kind", "row"), ROWS, ids=[f"{k} {r.get('word') or r.get('from') or r['heard']}" for k, r in ROWS]
)
def test_every_entry_joins_its_example(kind: str, row: dict) -> None:
    one, two = row["example"]
    assert same_name(one, two)
    given = [row["word"]] if kind == "particle" else [row["from"]] if kind == "letter" else row["letters"]
    assert any(g in name.lower() for g in given for name in (one, two)), "the example does not show the entry"


def test_no_letters_are_heard_in_two_ways() -> None:
    letters = [x for row in TABLE["sound"] for x in row["letters"]]
    assert len(set(letters)) == len(letters)


def test_empty_names_mean_nobody() -> None:
    assert not same_name("", "")
    assert not same_name("", "Xi")


@given(NAMES, NAMES)
def test_same_name_is_symmetric_and_reflexive(a: str, b: str) -> None:
    assert same_name(a, a)
    assert same_name(a, b) == same_name(b, a)


def test_groups_close_over_short_forms() -> None:
    found = groups([("Bush", "USA"), ("George W. Bush", "USA"), ("Laura Bush", "USA"), ("Xi Jinping", "CHN")])
    assert sorted(len(g) for g in found) == [1, 3]


def test_groups_keep_countries_apart_unless_the_full_name_is_the_same() -> None:
    assert len(groups([("Kim", "PRK"), ("Kim", "KOR")])) == 2
    assert len(groups([("Romano Prodi", "ITA"), ("Romano Prodi", "EU")])) == 1


@given(
    st.permutations([("Xi", "CHN"), ("Xi Jinping", "CHN"), ("Li Peng", "CHN"), ("Li Keqiang", "CHN"), ("Li", "CHN")])
)
def test_groups_are_blind_to_order(people: list[tuple[str, str]]) -> None:
    assert groups(people) == groups(sorted(people))
