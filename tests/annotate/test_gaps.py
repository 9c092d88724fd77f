"""What reports use and no table knows."""

from __future__ import annotations

import pytest

from summitry.annotate.people.gaps import GapKind, find_gaps
from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw
from summitry.pipeline import Reader


def gaps(reader: Reader, text: str, published: str | None = "2015-06-02") -> list[tuple[str, str, str, str, str]]:
    raw = Raw(source="-", kind="text", text=text, published=published)
    found = find_gaps(reader.annotate(to_article(raw, reader.ingest)), reader.people)
    return [(str(g.kind), g.words, g.office, g.country, g.table) for g in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chilean Foreign Minister Anna Prill flew to Oslo.", ("name", "Anna Prill", "foreign_minister", "CHL", "Heraldo Munoz")),
        ("Norwegian rail planner Erik Prill spoke.", ("title", "rail planner", "", "NOR", "")),
    ],
)  # fmt: skip
def test_what_is_missing(reader: Reader, text: str, expected: tuple[str, ...]) -> None:
    (found,) = gaps(reader, text)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("French President François Hollande flew to Oslo.", "in the table"),
        ("French President Francois Holande flew to Oslo.", "a spelling of one in the table"),
        ("In 1998 French President Jacques Chirac flew to Oslo.", "as it was then"),
        ("Former Chilean foreign minister Anna Prill flew to Oslo.", "not in office"),
        ("Chilean deputy foreign minister Anna Prill flew to Oslo.", "no office of the table"),
    ],
)
def test_what_is_not(reader: Reader, text: str, why: str) -> None:
    assert gaps(reader, text) == [], why


def test_an_office_without_a_name(reader: Reader) -> None:
    (found,) = gaps(reader, "The Chilean deputy prime minister flew to Oslo.")
    assert found[:1] + found[2:] == (str(GapKind.OFFICE), "deputy_head_of_government", "CHL", "")


def test_without_a_date_nobody_is_said_to_hold_the_office(reader: Reader) -> None:
    (found,) = gaps(reader, "Chilean Foreign Minister Anna Prill flew to Oslo.", published=None)
    assert found[-1] == ""
