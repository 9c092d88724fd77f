"""Mentions of a stored report: what is asked, what comes back, and how a page shows it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from summitry.model.annotated import Annotated
from summitry.model.article import Article, Known, Published
from summitry.model.dates import DateRange
from summitry.model.entities import Person, PersonMention, PlaceKind, PlaceMention
from summitry.model.spans import Span
from summitry.model.times import Timex, TimexType
from summitry.web import create_app
from summitry.web.finder import Found, Mentions, State
from summitry.web.mentions import REACH, Kind, Mention, mentions_of, question, read
from summitry.web.views import MENTIONS, meant

from .conftest import ANNOUNCED, EVIL, HOSTILE, Get, browser
from .test_pages import Page

TEXT = ANNOUNCED.article.text
QUEEN, CHILE, WHEN = "Queen Margrethe of Denmark", "Chile", "from 5 to 8 May"


def mention(
    words: str, kind: Kind, *values: tuple[str, str | None], text: str = TEXT, rule: str = "by-hand"
) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), kind, values, rule)


SHOWN = (
    mention(QUEEN, Kind.PERSON, ("Margrethe II", "DNK")),
    mention("Denmark", Kind.PLACE, ("Denmark", "DNK")),
    mention("Greenpark", Kind.PLACE, ("Greenpark", "CHL")),
    mention(CHILE, Kind.PLACE, ("Chile", "CHL")),
    mention(WHEN, Kind.TIME, ("2001-05-05/2001-05-08", None)),
    mention("President Lagos", Kind.PERSON, ("Ricardo Lagos", "CHL")),
)


def told(*mentions: Mention) -> bytes:
    return json.dumps([[m.start, m.end, m.kind, m.values, m.rule] for m in mentions]).encode()


def with_mentions(place: Any, *mentions: Mention, state: State = State.FOUND) -> Get:
    class Fixed(Mentions):
        def of(self, article: dict[str, Any]) -> Found:
            return Found(state, mentions)

    found = Fixed(lambda asked: b"")
    found.close()
    return browser(place, app=create_app(place, mentions=found))


def row(text: str, **more: Any) -> dict[str, Any]:
    return {
        "text": text,
        "title": None,
        "url": None,
        "published": None,
        "published_how": "unknown",
        "blocks": [],
    } | more


def test_everything_that_annotation_found_in_the_order_of_the_text() -> None:
    text = "Both leaders met in Oslo for three days on Monday."
    annotated = Annotated(
        Article("a", "-", text), (), (), Published(),
        times=(
            Timex(Span(29, 39), TimexType.DURATION, "P3D", None, "none", "length", days=3),
            Timex(Span(43, 49), TimexType.DATE, "2024-05-06", DateRange.parse("2024-05-06"), "publication", "weekday"),
        ),
        places=(PlaceMention(Span(20, 24), "Oslo", PlaceKind.CITY, "NOR", rule="only"),),
        mentions=(
            PersonMention(Span(0, 12), Span(0, 12), ("p1", "p2"), "plural", rule="both"),
            PersonMention(Span(5, 12), Span(5, 12), (), "office"),
        ),
        people={"p1": Person("p1", "Jonas Gahr Støre", "NOR"), "p2": Person("p2", "A minister")},
    )  # fmt: skip
    assert mentions_of(annotated) == (
        Mention(0, 12, Kind.PERSON, (("Jonas Gahr Støre", "NOR"), ("A minister", None)), "both"),
        Mention(20, 24, Kind.PLACE, (("Oslo", "NOR"),), "only"),
        Mention(29, 39, Kind.TIME, (("P3D", None),), "length"),
        Mention(43, 49, Kind.TIME, (("2024-05-06", None),), "weekday"),
    )


def test_a_question_is_one_line_and_goes_no_further_than_the_reach() -> None:
    text = "word \n" * REACH
    asked = question(
        row(text, blocks=[[0, 9, "headline", "r"], [9, len(text), "body", ""], [len(text), len(text), "body", ""]])
    )
    assert asked.count(b"\n") == 0
    held = json.loads(asked)
    assert REACH - 1_000 < len(held["text"]) <= REACH and text.startswith(held["text"])
    assert held["blocks"] == [[0, 9, "headline", "r"], [9, len(held["text"]), "body", ""]]
    assert len(json.loads(question(row("x" * 2 * REACH)))["text"]) == REACH
    assert json.loads(question(row("Ål\ud800")))["text"] == "Ål\ud800"


def test_an_answer_is_read_back() -> None:
    assert read(told(*SHOWN)) == SHOWN
    assert read(b"[]\n") == ()
    assert read(b"\n") is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((("Jonas Gahr Støre", "NOR"), ("A minister", None)), "Jonas Gahr Støre, Norway; A minister"),
        ((("Norway", "NOR"),), "Norway"),
        ((("2024-05", None),), "2024-05"),
    ],
)
def test_what_a_mention_means_in_words(values: tuple[tuple[str, str | None], ...], said: str) -> None:
    names = {"NOR": "Norway"}
    assert meant(Mention(0, 1, Kind.PERSON, values, "r"), lambda code: names[code]) == said


def marks(page: Page) -> list[dict[str, str | None]]:
    return [attributes for tag, attributes in page.tags if tag == "mark"]


def test_a_report_page_marks_mentions_beside_evidence(place: Any) -> None:
    page = Page(with_mentions(place, *SHOWN)(f"/reports/{ANNOUNCED.article.id}").text)
    assert "Mentioned person place time" in " ".join(page.words.split())
    found = {(m["class"] or "").strip(): m for m in marks(page)}
    both = found["f-named_person f-visitor"]
    assert both["data-told"] == "visitor: Margrethe II (visitor-rule); person: Margrethe II, Denmark (by-hand)"
    assert found["mention f-named_person f-named_place"]["data-told"] == (
        "place: Denmark (by-hand); person: Margrethe II, Denmark (by-hand)"
    )
    assert found["mention f-named_place"]["data-told"] == "place: Greenpark, Chile (by-hand)"
    assert "time: 2001-05-05/2001-05-08 (by-hand)" in (found["f-dates f-told_time"]["data-told"] or "")
    assert page.words[page.words.index(QUEEN) :].split()[: len(TEXT.split())] == TEXT.split()
    # The keyboard stops where a mark begins, not where it goes on: "Queen Margrethe", " of ", "Denmark".
    queen = [m for m in marks(page) if "f-named_person" in (m["class"] or "") and "Margrethe" in (m["data-told"] or "")]
    assert ["tabindex" in m for m in queen] == [True, False, True]


def test_the_same_as_json(place: Any) -> None:
    answer = with_mentions(place, *SHOWN)(f"/api/reports/{ANNOUNCED.article.id}").json()
    assert answer["mentions_state"] == "found"
    assert [m["kind"] for m in answer["mentions"]] == ["person", "place", "place", "place", "time", "person"]
    assert answer["mentions"][0]["values"] == [{"value": "Margrethe II", "country": "DNK"}]
    without = browser(place)(f"/api/reports/{ANNOUNCED.article.id}").json()
    assert without["mentions_state"] is None and without["mentions"] == []


@pytest.mark.parametrize(
    ("state", "words"), [(State.LATE, "still being looked for"), (State.FAILED, "could not be found in")]
)
def test_a_page_without_its_mentions_says_why(place: Any, state: State, words: str) -> None:
    page = Page(with_mentions(place, state=state)(f"/reports/{ANNOUNCED.article.id}").text)
    assert words in page.words and "Mentioned" not in page.words and "Gave a value" in page.words


def test_hostile_mentions_are_escaped_and_counted(place: Any) -> None:
    text = HOSTILE.article.text
    crowd = [Mention(n, n + 4, Kind.PERSON, ((f"{EVIL}\u202e", "NOR"),) * 50, EVIL) for n in range(0, 10_000, 5)]
    nested = [Mention(n, len(text), Kind.PLACE, ((EVIL, None),), EVIL) for n in range(500)]
    answer = with_mentions(place, *sorted([*crowd, *nested], key=lambda m: m.start))(f"/reports/{HOSTILE.article.id}")
    assert answer.status_code == 200 and len(answer.content) < 2_000_000
    page = Page(answer.text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer.text)
    assert [a for tag, a in page.tags if tag == "script"] == [{"src": "/static/site.js", "defer": None}]
    assert f"{len(crowd) + len(nested) - MENTIONS:,} are not marked".replace(",", "\u202f") in page.words
    later = with_mentions(place, Mention(0, 4, Kind.TIME, (("2001", None),), "r"))
    assert "are looked for in the first 60\u202f000 characters" in later(f"/reports/{HOSTILE.article.id}?part=9").text


def test_a_report_really_annotated(place: Any) -> None:
    """The one test that loads the model: the process of the site, asked for a report of the register."""
    from summitry.web.finder import Finder

    finder = Finder()
    mentions = Mentions(finder, patience=60)
    try:
        get = browser(place, app=create_app(place, mentions=mentions))
        answer = get(f"/api/reports/{ANNOUNCED.article.id}").json()
        found = {answer["text"][m["start"] : m["end"]]: m for m in answer["mentions"]}
        assert answer["mentions_state"] == "found"
        assert found["Queen Margrethe"]["values"] == [{"value": "Margrethe II", "country": "DNK"}]
        assert found["Chile"]["values"] == [{"value": "Chile", "country": "CHL"}]
        assert found["She"]["kind"] == "person"
        assert {v["value"] for m in answer["mentions"] if m["kind"] == "time" for v in m["values"]} >= {"2001-05-08"}
        assert answer["published_how"] == Known.METADATA
        hostile = get(f"/api/reports/{HOSTILE.article.id}").json()
        assert hostile["mentions_state"] == "found"
    finally:
        mentions.close()
        finder.close()
