"""Headlines in title case, read as sentences."""

from __future__ import annotations

import pytest

from summitry.annotate.truecase import truecase
from summitry.model.article import Article, Block, Role
from summitry.model.spans import Span

BODY = "The minister plans to visit Freedonia."


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        ("Prill Plans To Visit Freedonia With Minister", "Prill plans to visit Freedonia with minister"),
        ("Prill plans to visit Freedonia with minister", "Prill plans to visit Freedonia with minister"),
        ("She met Boris Prill and Michael Solvang.", "She met Boris Prill and Michael Solvang."),
        ("Minister Plans Long Visit To U.S.", "Minister plans long visit to U.S."),
        ("Elbonian PM Flies To US On Long Visit", "Elbonian PM flies to US on long visit"),
        ("ELBONIAN MINISTER PLANS VISIT", "ELBONIAN minister plans visit"),
        ("PRILL: MINISTER PLANS LONG VISIT (photo)", "PRILL: minister plans long visit (photo)"),
        ("Prill Plans Visit, He Said.", "Prill Plans Visit, He Said."),
    ],
)
def test_common_words_of_title_case_are_small(headline: str, read: str) -> None:
    text = f"{headline}\n\n{BODY}"
    first = Block(Span(0, len(headline)), Role.HEADLINE)
    body = Block(Span(len(headline) + 2, len(text)), Role.BODY)
    found = truecase(Article(id="a", source="-", text=text, blocks=(first, body)))
    assert found == f"{read}\n\n{BODY}"
    assert len(found) == len(text)


def test_a_text_without_headlines_is_left_alone() -> None:
    assert truecase(Article(id="a", source="-", text=BODY, blocks=(Block(Span(0, len(BODY)), Role.BODY),))) == BODY
