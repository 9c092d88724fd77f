"""Why two accounts are one visit, in numbers and words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from summitry.link.cluster import link
from summitry.link.explain import compare, ties
from summitry.model.register import Told
from tests.link.test_cluster import accounts
from tests.register.making import told


@pytest.mark.parametrize(
    ("a", "b", "scores"),
    [
        ({"dates": "2020-05-10"}, {"dates": "2020-05-10"}, (1, 1, 1)),
        ({"dates": "2020-05-10"}, {"dates": "2020-05-12"}, (1, 0.8, 1)),
        ({"dates": "2020-05"}, {"dates": "2020-05-12"}, (1, 0.8, 1)),
        ({"dates": "2020-21"}, {"dates": "2020-05-12"}, (1, 0.7, 1)),
        ({"dates": None}, {"dates": "2020-05-12"}, (1, 0.5, 1)),
        ({"dates": None}, {"dates": None}, (1, 0.4, 1)),
        ({"visitor": "Ana Brnabić"}, {"visitor": "Brnabic"}, (0.95, 0.4, 1)),
        ({"visitor": "Moammar Gaddafi"}, {"visitor": "Muammar Qadhafi"}, (0.7, 0.4, 1)),
        ({"dates": "2020-05-12", "status": "completed"}, {"dates": "2020-05-12"}, (1, 1, 0.7)),
    ],
)
def test_parts(a: dict, b: dict, scores: tuple[float, float, float]) -> None:
    one, two = told("2020-05-01", **a), told("2020-05-02", **b)
    parts = compare(one, two)
    assert tuple(p.score for p in parts) == pytest.approx(scores, abs=0.05)
    assert [p.score for p in compare(two, one)] == pytest.approx([p.score for p in parts])
    assert [p.name for p in parts] == ["name", "days", "time"]


def test_each_account_has_its_strongest_tie() -> None:
    (linked,) = link(
        [told("2020-05-01", "2020-05"), told("2020-05-02", "2020-05-10"), told("2020-05-03", "2020-05-10")]
    )
    found = ties(linked)
    assert [(t.step, round(t.score, 2)) for t in found] == [("holds", 0.8), ("first", 1.0), ("days", 1.0)]
    assert (
        str(found[0])
        == "0.80: name 1.00 (the same); days 0.80 (one holds the other); time 1.00 (each could tell of the other's days)"
    )
    assert ties(link([told()])[0]) == []


@settings(max_examples=60, deadline=None)
@given(accounts())
def test_scores_lie_between_0_and_1(found: list[Told]) -> None:
    for linked in link(found):
        assert all(0 < tie.score <= 1 for tie in ties(linked))
