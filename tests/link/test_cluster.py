"""Linking many accounts at once."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.link.cluster import blocks, link
from summitry.model.register import Told
from tests.register.making import told

CORPUS = Path(os.environ.get("SUMMITRY_CORPUS", Path(__file__).resolve().parents[3] / "shared")) / "corpus"

DATES = st.sampled_from(
    [None, "2020", "2020-05", "2020-21", "2020-05-03", "2020-05-10", "2020-05-10/2020-05-12", "2020-05-11/..", "../2020-05-12",
     "2020-05-20", "2020-06-15", "2021-05-10", "2020-05-12~"]
)  # fmt: skip
PUBLISHED = st.sampled_from([None, "2019-12-30", "2020-05-01", "2020-05-11", "2020-05", "2020-06-01", "2021-05-14"])
STATUS = st.sampled_from(["proposed", "planned", "ongoing", "completed", "postponed", "cancelled", "ruled_out"])
WHO = st.sampled_from(["Xi Jinping", "Xi", "Li Keqiang", "Li"])


@st.composite
def accounts(draw: st.DrawFn) -> list[Told]:
    found = []
    for n in range(draw(st.integers(1, 10))):
        article = f"article{draw(st.integers(0, 4))}"
        v = told(draw(PUBLISHED), draw(DATES), draw(STATUS), article, visitor=draw(WHO), country="CHN", sentence=str(n))
        found.append(v)
    return found


@settings(max_examples=120, deadline=None)
@given(accounts(), st.randoms(use_true_random=False))
def test_linking_is_blind_to_order(found: list[Told], shuffle) -> None:
    expected = link(found)
    again = list(found)
    shuffle.shuffle(again)
    assert link(again) == expected


@settings(max_examples=80, deadline=None)
@given(accounts())
def test_every_account_is_in_one_visit_and_an_article_is_in_a_visit_once(found: list[Told]) -> None:
    linked = link(found)
    keys = [t.key for x in linked for t in x.told]
    assert sorted(keys) == sorted(t.key for t in found)
    for x in linked:
        articles = [t.visit.article for t in x.told]
        assert len(set(articles)) == len(articles)
        assert [t.order for t in x.told] == sorted(t.order for t in x.told)
        assert len(x.why) == len(x.told)


@settings(max_examples=80, deadline=None)
@given(accounts(), st.data())
def test_what_a_person_keeps_apart_is_never_joined_and_order_does_not_matter(
    found: list[Told], data: st.DataObject
) -> None:
    marks = st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True)
    found = [replace(t, apart=tuple(data.draw(marks)), together=tuple(data.draw(marks))) for t in found]
    linked = link(found)
    for x in linked:
        kept = [name for t in x.told for name in t.apart]
        assert len(set(kept)) == len(kept)
    assert link(found[::-1]) == linked


def test_what_a_person_joins_is_one_visit_under_any_name_and_days() -> None:
    one = replace(told("2020-05-01", "2020-05-10", visitor="Ana Brnabić"), together=("x",))
    two = replace(told("2020-05-01", "2020-07-10", visitor="the premier"), together=("x",))
    assert [x.why for x in link([one, two, told("2020-05-09", "2020-05-10")])] == [("first", "decided", "days")]


def count(*found: Told) -> int:
    return len(link(found))


def test_a_month_with_two_visits_is_not_guessed() -> None:
    early = told("2020-05-03", "2020-05-03", "completed")
    late = told("2020-05-20", "2020-05-20", "completed")
    month = told("2020-07-01", "2020-05", "completed")
    assert count(early, late, month) == 3


def test_an_undated_plan_with_two_visits_ahead_is_not_guessed() -> None:
    first = told("2020-05-10", "2020-05-10", "ongoing")
    plan = told("2020-05-01", None, "planned")
    assert count(first, told("2020-05-18", "2020-05-18", "ongoing"), plan) == 3
    assert count(first, told("2020-06-20", "2020-06-20", "ongoing"), plan) == 2, "close to one of them alone"


def test_a_stay_does_not_grow_by_chains_without_end() -> None:
    days = [told("2020-01-01", f"2020-{m:02d}-{d:02d}", "planned") for m in (1, 2, 3, 4) for d in range(1, 28, 3)]
    for linked in link(days):
        first = [t.visit.dates.earliest for t in linked.told if t.visit.dates and t.visit.dates.earliest]
        assert (max(first) - min(first)).days <= 31


def test_a_life_from_proposal_to_account_is_one_visit() -> None:
    life = [
        told("2019-12-30", "2020-21", "proposed"),
        told("2020-02-20", "2020-03", "planned"),
        told("2020-03-10", "2020-03-20/2020-03-22", "planned"),
        told("2020-03-20", "2020-03-20/..", "ongoing"),
        told("2020-03-25", None, "completed"),
        told("2021-05-14", "2020-03", "completed"),
        told("2024-05-14", "2020", "completed"),
    ]
    assert count(*life) == 1


def test_a_visit_put_off_twice_is_one_visit() -> None:
    assert (
        count(
            told("2020-02-01", "2020-03-10", "planned"),
            told("2020-03-01", "2020-03-10", "postponed"),
            told("2020-03-15", "2020-05-10", "planned"),
            told("2020-05-01", "2020-05-10", "postponed"),
            told("2020-05-20", "2020-09-10", "planned"),
            told("2020-09-11", "2020-09-10", "completed"),
        )
        == 1
    )


def test_blocks_never_mix_hosts() -> None:
    found = [told(host=h, visitor=n, country="CHN") for h in ("RUS", "KAZ") for n in ("Xi", "Xi Jinping")]
    assert [{t.visit.host_country for t in b} for b in blocks(found)] == [{"KAZ"}, {"RUS"}]


@pytest.mark.skipif(not (CORPUS / "score.py").exists(), reason="the coded corpora are not here")
def test_pairs_of_the_coded_corpora() -> None:
    """Gold codings, linked: nearly no two visits joined, most accounts of one visit joined."""
    import json

    from summitry.link.coded import told_of_coding
    from summitry.link.merge import visit_id

    events: dict[str, str] = {}
    dated: set[str] = set()
    found: list[Told] = []
    for name in ("seeds", "dev", "train-modern", "dev-modern"):
        for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            mine = told_of_coding(report["gold"], report["id"])
            found += mine
            for t, v in zip(mine, report["gold"]["visits"], strict=True):
                if v["event"]:
                    events[t.key] = v["event"]
                if v["dates"]:
                    dated.add(t.key)
    record = {t.key: visit_id(x.anchor.key) for x in link(found) for t in x.told}
    keys = sorted(events)
    both = joined = gold = gold_dated = both_dated = 0
    for n, a in enumerate(keys):
        for b in keys[:n]:
            same, ours = events[a] == events[b], record[a] == record[b]
            gold, joined, both = gold + same, joined + ours, both + (same and ours)
            if a in dated and b in dated:
                gold_dated, both_dated = gold_dated + same, both_dated + (same and ours)
    assert both / joined >= 0.98
    assert both_dated / gold_dated >= 0.80
