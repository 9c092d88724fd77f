"""The diary: which visits, how sure, what changed."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.model.errors import UsageError
from summitry.publish.diary import changed, length, lines
from summitry.publish.terms import Terms
from summitry.register.exporting import Entry
from tests.publish.making import entry

TODAY = dt.date(2020, 5, 1)


def told(*events: tuple[str | None, str, str | None, str]) -> list[tuple]:
    return [(*event, "k1") for event in events]


def listed(*visits: Entry, since: str | None = None, country: str = "", days: int = 14) -> list[str]:
    day = dt.date.fromisoformat(since) if since else None
    found = lines(visits, TODAY, days, Terms.load(TODAY), day, country)
    return [f"{line.days} {line.status} {line.changed}".strip() for line in found]


@pytest.mark.parametrize(("text", "days"), [("14d", 14), ("2w", 14), ("10", 10), ("1 week", 7), ("3 days", 3)])
def test_lengths(text: str, days: int) -> None:
    assert length(text) == days


@pytest.mark.parametrize("text", ["", "0", "soon", "-3d", "99999d"])
def test_no_lengths(text: str) -> None:
    with pytest.raises(UsageError, match="14d or 2w"):
        length(text)


@pytest.mark.parametrize(
    ("dates", "there"),
    [
        ("2020-05-01", True), ("2020-05-15", True), ("2020-05-16", False), ("2020-04-30", False),
        ("2020-04-28/2020-05-01", True), ("2020-05-10/..", True), ("2020-05", True), ("2020-21", False), ("2020", False),
        (None, False),
    ],
)  # fmt: skip
def test_the_coming_days(dates: str | None, there: bool) -> None:
    assert bool(listed(entry(dates=dates))) is there


def test_what_is_off_is_told_only_as_news() -> None:
    off = entry(
        dates="2020-05-10",
        status="cancelled",
        history=told(
            ("2020-04-01", "planned", "2020-05-10", "first"), ("2020-04-20", "cancelled", "2020-05-10", "status")
        ),
    )
    assert listed(off) == []
    assert listed(off, since="2020-04-10") == ["2020-05-10 cancelled was planned"]
    assert listed(off, since="2020-04-25") == []


def test_countries_that_send_and_that_receive() -> None:
    visit = entry(dates="2020-05-10")
    assert listed(visit, country="SRB") and listed(visit, country="GRC") and not listed(visit, country="CHN")


@pytest.mark.parametrize(
    ("since", "news"),
    [
        ("2020-01-01", "new"),
        ("2020-02-10", "moved, was 2020-05-03; was proposed"),
        ("2020-03-10", "was proposed"),
        ("2020-04-10", ""),
    ],
)
def test_what_changed_since_the_last_look(since: str, news: str) -> None:
    visit = entry(
        dates="2020-05-10",
        history=told(
            ("2020-02-01", "proposed", "2020-05-03", "first"),
            ("2020-03-01", "proposed", "2020-05-10", "moved"),
            ("2020-04-01", "planned", "2020-05-10", "status"),
            (None, "planned", "2020-05-10", "same"),
        ),
    )
    assert changed(visit, dt.date.fromisoformat(since)) == news


def test_how_sure() -> None:
    def sure(**more: object) -> str:
        (line,) = lines([entry(**more)], TODAY, 14, Terms.load(TODAY))
        return line.sure

    assert sure(dates="2020-05-10") == "1 report, 0.50"
    assert sure(dates="2020-05", reports=3) == "3 reports, 0.50, month only"
    assert sure(dates="2020-05-10/..") == "1 report, 0.50, end open"
    assert sure(dates="2020-05-10", conflicts=["dates"]) == "1 report, 0.50, reports differ on dates"
