"""Scores: what counts as the same, and counts that add up."""

import pytest

from summitry.evaluate.alike import date_rank, pair, same_person, same_phrase, same_place
from summitry.evaluate.score import score


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Xi", "Xi Jinping", True),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", True),
        ("Kim Yo Jong", "Kim Jong Un", False),
        ("S. R. Nathan", "S.R. Nathan", True),
        ("", "Xi", False),
        ("X", "Xi Jinping", False),
    ],
)
def test_same_person(a, b, same):
    assert same_person(a, b) is same


def test_same_phrase_and_place():
    assert same_phrase("the trade ties", "bilateral trade ties")
    assert not same_phrase("trade", "fisheries")
    assert same_place("Moscow", "Moscow airport")
    assert not same_place("Oslo", "Bergen")


@pytest.mark.parametrize(
    ("gold", "given", "rank"),
    [
        (None, None, 3),
        ("2024-05", None, 1),
        ("2024-05-16/2024-05-17", "2024-05-16/2024-05-17", 3),
        ("2024-05-16/..", "2024-05-16", 2),
        ("2024-05", "2024-06", 0),
        ("2024-05", "no date", 0),
        ("2024-05~", "2024-05", 3),
    ],
)
def test_date_rank(gold, given, rank):
    assert date_rank(gold, given) == rank


def test_pairs_take_the_best_first():
    rank = {(0, 0): 1, (0, 1): 3, (1, 0): 2, (1, 1): 2}
    assert pair([0, 1], [0, 1], lambda a, b: True, lambda a, b: rank[a, b]) == [(0, 1), (1, 0)]


def visit(**fields):
    plain = dict.fromkeys(("invited_by", "announced_by", "occasion", "dates"))
    lists = {name: [] for name in ("places", "meets", "delegation", "agenda", "documents")}
    base = {
        "visitor": "Ana Ruiz",
        "visitor_country": "PER",
        "host_country": "NOR",
        "status": "planned",
        "kind": "unspecified",
        "trip": 1,
    }
    return {**plain, **lists, **base, **fields}


def test_a_report_is_scored_in_all_its_parts():
    gold = {
        "id": "a",
        "gold": {
            "published": "2020-01-01",
            "encounters": [],
            "visits": [visit(dates="2020-01-05"), visit(host_country="SWE", status="proposed")],
        },
    }
    given = {
        "a": {
            "published": "2020-01-01",
            "encounters": [],
            "visits": [visit(visitor="Ruiz", dates="2020-01-05", status="ongoing"), visit(host_country="DNK")],
        }
    }
    result = score([gold], given, misses=True)
    counts = {name: (r.hit, r.gold, r.given) for name, r in result.rows()}
    assert counts["visits"] == (1, 2, 2)
    assert counts["dated"] == (1, 2, 2)
    assert counts["record"] == (0, 2, 2)
    assert counts["status"] == (0, 1, 1)
    assert counts["published"] == (1, 1, 1)
    assert [(m.what, (m.gold or m.given)["host_country"]) for m in result.misses] == [
        ("missed", "SWE"),
        ("invented", "DNK"),
        ("differs", "NOR"),
    ]


def test_a_report_that_was_not_given_is_missed():
    gold = {"id": "a", "gold": {"published": None, "encounters": [], "visits": [visit()]}}
    assert score([gold], {}).rate("visits").recall == 0
    assert score([gold], {}).rate("visits").gold == 1
