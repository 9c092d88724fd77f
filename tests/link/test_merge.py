"""The register's record of one visit: claims, the chosen value, the history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.link.cluster import link
from summitry.link.merge import parse_value, to_visit, visit_id
from summitry.model.register import Change, Decision, Told, Verb, Visit
from summitry.model.visits import Kind, Status
from tests.register.making import told


def visit(*found: Told, decisions: tuple[Decision, ...] = ()) -> Visit:
    (linked,) = link(found)
    return to_visit(linked, decisions)


def value(name: str, *found: Told) -> Any:
    return getattr(visit(*found), name)


@pytest.mark.parametrize(
    ("told_dates", "expected"),
    [
        (["2020-05", "2020-05-10"], "2020-05-10"),
        (["2020-05-10", "2020-05-10/2020-05-12"], "2020-05-10/2020-05-12"),
        (["2020-05-10/..", "2020-05-10/2020-05-12"], "2020-05-10/2020-05-12"),
        (["2020-05-04/2020-05-10", "2020-05-06/2020-05-07"], "2020-05-06/2020-05-07"),
        (["2020-05-10", "2020-05-11", "2020-05-11"], "2020-05-11"),
        (["2020-21", "2020-05"], "2020-05"),
        ([None, "2020-05-11"], "2020-05-11"),
    ],
)
def test_dates(told_dates: list[str | None], expected: str) -> None:
    found = [told("2020-05-01", d, article=f"a{n}") for n, d in enumerate(told_dates)]
    assert str(value("dates", *found)) == expected


def test_a_reprint_is_no_further_voice() -> None:
    once = told("2020-05-01", "2020-05-10", article="a", voice="x")
    again = told("2020-05-01", "2020-05-10", article="b", voice="x")
    others = [told("2020-05-01", "2020-05-11", article=a, voice=a) for a in "cd"]
    assert str(value("dates", once, again, *others)) == "2020-05-11"


def test_after_a_postponement_the_new_days_count() -> None:
    found = [told("2020-04-01", "2020-05-11", article=a) for a in "abc"]
    found.append(told("2020-05-02", "2020-06-15", "postponed", article="d"))
    moved = visit(*found)
    assert str(moved.dates) == "2020-06-15"
    assert moved.status is Status.POSTPONED
    assert [e.change for e in moved.history] == [Change.FIRST, Change.SAME, Change.SAME, Change.MOVED]


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        ([("2020-04-01", "proposed"), ("2020-04-10", "planned")], "planned"),
        ([("2020-04-10", "planned"), ("2020-05-02", "cancelled")], "cancelled"),
        ([("2020-05-10", "ongoing"), ("2020-05-10", "planned")], "ongoing"),
        ([("2020-05-11", "completed"), ("2020-05-12", "ongoing")], "completed"),
        ([(None, "completed"), ("2020-05-01", "planned")], "planned"),
        ([("2020-05-01", "completed"), ("2020-05-02", "planned")], "planned"),
    ],
)
def test_status(life: list[tuple[str | None, str]], expected: str) -> None:
    found = [told(p, "2020-05-10", s, article=f"a{n}", sentence=str(n)) for n, (p, s) in enumerate(life)]
    visits = [to_visit(x) for x in link(found)]
    assert Status(expected) in {v.status for v in visits}
    if len(visits) == 1:
        assert visits[0].status is Status(expected)


def test_ongoing_before_its_days_does_not_count() -> None:
    found = [told("2020-05-01", "2020-05-10"), told("2020-05-02", "2020-05-04/2020-05-10", "ongoing", sentence="s")]
    assert value("status", *found) is Status.PLANNED
    assert value("status", told("2020-05-01", "2020-05-10", "ongoing")) is Status.ONGOING, "all that is told"


def test_never_completed_by_the_calendar() -> None:
    assert value("status", told("2020-04-01", "2020-05-10"), told("2020-05-09", "2020-05", "planned")) is Status.PLANNED


def test_history_tells_of_every_report_in_order() -> None:
    found = visit(
        told("2021-05-14", "2020-03", "completed"),
        told("2019-12-30", "2020-21", "proposed"),
        told(None, "2020-03", "planned"),
    )
    assert [(str(e.told), str(e.status)) for e in found.history] == [
        ("2019-12-30", "proposed"),
        ("2021-05-14", "completed"),
        ("None", "planned"),
    ]
    assert str(found.first_told) == "2019-12-30"
    assert str(found.last_told) == "2021-05-14"


def test_the_id_is_that_of_the_earliest_report_and_the_others_are_aliases() -> None:
    early, late = told("2020-04-01", "2020-05-10"), told("2020-05-11", "2020-05-10", "completed")
    found = visit(late, early)
    assert found.id == visit_id(early.key)
    assert found.aliases == (visit_id(late.key),)


def test_kind_is_what_most_voices_say_and_unspecified_says_nothing() -> None:
    found = [
        told("2020-05-01", "2020-05-10", article=a, kind=k)
        for a, k in zip("abcd", ["unspecified"] * 2 + ["state", "working"], strict=True)
    ]
    assert value("kind", *found) is Kind.STATE
    assert value("kind", told()) is Kind.UNSPECIFIED


def test_lists_hold_all_that_was_told_with_one_spelling_of_each_name() -> None:
    a = told("2020-05-01", "2020-05-10", article="a", meets=("Sergei Lavrov", "Xi Jinping"), places=("Moscow",))
    b = told("2020-05-02", "2020-05-10", article="b", meets=("Sergey Lavrov",), places=("moscow", "Kazan"))
    c = told("2020-05-03", "2020-05-10", article="c", meets=("Sergey Lavrov",))
    found = visit(a, b, c)
    assert found.meets == ("Xi Jinping", "Sergey Lavrov") or found.meets == ("Sergey Lavrov", "Xi Jinping")
    assert found.places == ("Moscow", "Kazan")
    claims = {c.value: (len(c.reports), c.chosen) for c in found.claims if c.field == "meets"}
    assert claims == {"Sergei Lavrov": (1, False), "Sergey Lavrov": (2, True), "Xi Jinping": (1, True)}


def test_conflicts_are_differences_not_degrees() -> None:
    assert not visit(told("2020-05-01", "2020-05"), told("2020-05-01", "2020-05-10")).conflicts()
    assert not visit(told("2020-05-01", "2020-05-10/.."), told("2020-05-01", "2020-05-10/2020-05-12")).conflicts()
    assert set(visit(told("2020-05-01", "2020-05-10"), told("2020-05-02", "2020-05-11")).conflicts()) == {"dates"}


def decision(of: Told, **more: Any) -> Decision:
    v = of.visit
    values = {"verb": Verb.CORRECT, "by": "a coder", "on": dt.datetime(2024, 1, 1, tzinfo=dt.UTC)}
    return Decision(
        article=v.article, visitor=v.visitor, host_country=v.host_country, sentence=v.sentence, **(values | more)
    )


def test_a_correction_beats_the_program_and_the_claims_stay() -> None:
    one = told("2020-05-01", "2020-05-10")
    found = visit(one, decisions=(decision(one, field="dates", value="2020-05-12"),))
    assert str(found.dates) == "2020-05-12"
    assert [(c.value, c.chosen) for c in found.claims if c.field == "dates"] == [("2020-05-10", False)]


def test_the_last_correction_counts_and_others_visits_are_left_alone() -> None:
    one, other = told("2020-05-01", "2020-05-10"), told("2020-05-01", "2020-05-10", sentence="another")
    lines = (
        decision(one, field="status", value="completed"),
        decision(one, field="status", value="cancelled"),
        decision(other, field="status", value="planned"),
    )
    assert visit(one, decisions=lines).status is Status.CANCELLED


@pytest.mark.parametrize(
    ("name", "text"), [("dates", "May"), ("status", "over"), ("kind", ""), ("visitor", ""), ("nothing", "x")]
)
def test_values_that_cannot_be_read(name: str, text: str) -> None:
    with pytest.raises(ValueError):
        parse_value(name, text)


def test_values_from_text() -> None:
    assert parse_value("places", "Rome; Milan ;") == ("Rome", "Milan")
    assert parse_value("dates", "") is None
    assert parse_value("occasion", "a summit") == "a summit"
