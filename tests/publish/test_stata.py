"""The writer of Stata files, on whatever texts and values."""

from __future__ import annotations

import io

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.publish.stata import write_dta
from summitry.publish.terms import Terms
from tests.publish.making import entry

TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=400)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_texts_of_any_letters_and_length_come_back(texts: list[str]) -> None:
    out = io.BytesIO()
    assert write_dta([entry(occasion=text, id=f"{n:016x}") for n, text in enumerate(texts)], out, Terms.load()) == len(
        texts
    )
    table = pd.read_stata(io.BytesIO(out.getvalue()))
    assert list(table["occasion"]) == texts


def test_an_empty_register_is_a_table_without_rows() -> None:
    out = io.BytesIO()
    assert write_dta([], out, Terms.load()) == 0
    assert len(pd.read_stata(io.BytesIO(out.getvalue()))) == 0
