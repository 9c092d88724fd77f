"""The pages show what the register holds, each value with its source, and a hostile report does no harm."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from summitry.register.reader import Reader
from summitry.web import create_app

from .conftest import ANNOUNCED, EVIL, FOLDER, HOSTILE, TOLD_LATER, TOUR, UNDATED, Get, browser


class Page(HTMLParser):
    """Tags, attributes and words of a page as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def links(self) -> list[str]:
        return [a["href"] or "" for tag, a in self.tags if tag == "a" and "href" in a]


def visit_of(place: Path, visitor: str) -> str:
    with Reader(str(place)) as reader:
        return next(row["id"] for row in reader.visits() if visitor in row["visitor"])


def addresses(place: Path) -> list[str]:
    with Reader(str(place)) as reader:
        visits = [f"/visits/{row['id']}" for row in reader.visits()]
    reports = [f"/reports/{r.article.id}" for r in (ANNOUNCED, TOUR, UNDATED, HOSTILE)]
    views = ["/timeline", "/timeline?by=host", "/calendar", "/calendar?month=2003-01", "/map", "/people", "/countries"]
    views += [
        "/coverage",
        "/problems",
        f"/person?name={quote(HOSTILE.visits[0].visitor)}",
        "/countries/DNK",
        "/pairs/DNK/NOR",
    ]
    wrong = ["/visits/none", "/nowhere", "/calendar?month=x", "/reports/x?part=x", "/?from=x"]
    return ["/", "/about", *views, *visits, *reports, f"/reports/{HOSTILE.article.id}?part=3", *wrong]


def test_list_shows_every_visit_by_day_with_the_unknown_last(get: Get) -> None:
    page = Page(get("/?way=up").text)
    assert "5 visits" in page.words
    first, last = page.words.index("Margrethe II"), page.words.index("Emir of Somewhere")
    assert first < page.words.index("John Kufuor") < last


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("visitor=Kufuor", 2),
        ("visitor=GHA", 2),
        ("visitor=kufuor&host=ben", 1),
        ("host=CHL", 1),
        ("host=Chile", 1),
        ("visitor=Denmark", 2),
        ("from=2002-07-02&to=2002", 1),
        ("from=2002", 3),
        ("to=2001", 1),
        ("status=proposed", 1),
        ("kind=state", 1),
        ("person=Ricardo Lagos", 1),
        ("conflicts=1", 1),
        ("visitor=&host=&from=&status=", 5),
        ("visitor=Nobody", 0),
        ("unknown=1", 5),
        ("q=marg", 1),
        ("q=MARGRETHE chile", 1),
        ("q=danish", 2),
        ("q=to chile", 0),
        ("q=lagos", 1),
        ("q=kufuor benin", 1),
        ("q=benin togo", 0),
        ("q=!!", 5),
        ("visitor=!!", 0),
        ("q=%22 OR *", 0),
        ("review=1", 1),
    ],
)
def test_filters(get: Get, query: str, found: int) -> None:
    page = Page(get(f"/?{query}").text)
    assert f"{found} visit" in page.words
    assert get(f"/api/visits?{query}").json()["found"] == found


def test_filters_stay_in_the_form(get: Get) -> None:
    page = Page(get("/?visitor=Kufuor&status=planned&from=2002").text)
    inputs = {a["name"]: a.get("value") for tag, a in page.tags if tag == "input" and a.get("name")}
    assert (inputs["visitor"], inputs["from"]) == ("Kufuor", "2002")
    assert [a["value"] for tag, a in page.tags if tag == "option" and "selected" in a] == ["planned", ""]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("from=someday", "from is a day, month or year"),
        ("to=2002-13", "to is a day, month or year"),
        ("status=lost", "status is one of"),
        ("kind=royal", "kind is one of"),
        ("host=Atlantis", "host is a country"),
        ("after=x", "begin again at its first page"),
        ("sort=size", "sort is one of"),
        (f"q={'a' * 300}", "a filter takes 200 characters"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told(get: Get, query: str, told: str) -> None:
    answer = get(f"/?{query}")
    assert answer.status_code == 400
    assert told in Page(answer.text).words


def test_visit_page_has_claims_sentences_and_history(get: Get, place: Path) -> None:
    page = Page(get(f"/visits/{visit_of(place, 'Margrethe')}").text)
    for words in ("2001-05-05/2001-05-08", "2001-05-06/2001-05-09", "reports differ", "Andes Mail", "Fjord Post"):
        assert words in page.words
    assert "Queen Margrethe of Denmark will visit Greenpark, Chile, from 5 to 8 May." in page.words
    history = page.words[page.words.index("Told on") :]
    told = ("20 Apr 2001", "planned", "10 May 2001", "completed")
    assert [history.index(words) for words in told] == sorted(history.index(words) for words in told)
    assert f"/reports/{ANNOUNCED.article.id}" in page.links()


def test_tour_lists_its_stops(get: Get, place: Path) -> None:
    page = Page(get(f"/visits/{visit_of(place, 'Kufuor')}").text)
    tour = page.words[page.words.index("1 Jul 2002") :]
    assert tour.index("Togo") < tour.index("Benin") < tour.index("How it was told")


def test_alias_leads_to_the_visit(get: Get, place: Path) -> None:
    with Reader(str(place)) as reader:
        (alias,) = reader.full(visit_of(place, "Margrethe")).visit.aliases
    answer = get(f"/visits/{alias}")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/visits/{visit_of(place, 'Margrethe')}"


def test_report_page_marks_the_words_behind_each_value(get: Get) -> None:
    page = Page(get(f"/reports/{ANNOUNCED.article.id}").text)
    marks = {a["class"].strip(): a["data-told"] for tag, a in page.tags if tag == "mark" and a.get("class")}
    assert marks == {
        "f-visitor": "visitor: Margrethe II (visitor-rule)",
        "f-dates": "dates: 2001-05-05/2001-05-08 (dates-rule)",
        "f-host_country": "host country: CHL (host_country-rule)",
    }
    assert all(a["tabindex"] == "0" for tag, a in page.tags if tag == "mark"), "what hovering tells, focus tells"
    assert ANNOUNCED.article.text in page.words
    assert "https://andes-mail.example/1" in page.links()


def test_report_is_headed_by_its_title_else_its_headline_else_its_name(get: Get) -> None:
    def heading(article: str) -> str:
        words = get(f"/reports/{article}").text
        return Page(words[words.index("<h1>") : words.index("</h1>")]).words

    assert heading(ANNOUNCED.article.id) == "A queen is coming"
    assert heading(TOLD_LATER.article.id) == "Queen Margrethe ended her visit"
    assert heading(UNDATED.article.id) == "Report news.txt"


def test_report_without_a_date_says_unknown(get: Get) -> None:
    assert "unknown (unknown)" in Page(get(f"/reports/{UNDATED.article.id}").text).words


def test_encounters_stand_on_the_report(get: Get) -> None:
    words = Page(get(f"/reports/{TOUR.article.id}").text).words
    assert "John Kufuor, Olusegun Obasanjo" in words


def test_about_counts(get: Get) -> None:
    words = " ".join(Page(get("/about").text).words.split())
    assert "Visits 5" in words and "Articles 5" in words and "Problems 1" in words
    assert "Summitry 0.0.9, knowledge 0123456789abcdef" in words


@pytest.mark.parametrize("address", ["/visits/none", "/reports/none", "/nowhere", "/static/none.css", "/visits/%00"])
def test_what_is_not_there_is_404(get: Get, address: str) -> None:
    assert get(address).status_code == 404


def test_style_is_served(get: Get) -> None:
    answer = get("/static/style.css")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/css")


def test_every_page_is_guarded_and_hostile_text_is_only_text(get: Get, place: Path) -> None:
    for address in addresses(place):
        answer = get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        page = Page(answer.text)
        names = {tag for tag, _ in page.tags}
        assert not names & {"img", "b", "iframe", "object", "base", "style"}, address
        assert [a for tag, a in page.tags if tag == "script"] == [{"src": "/static/site.js", "defer": None}], address
        assert not [a for _, a in page.tags if any(name.startswith("on") or name == "style" for name in a)], address
        assert all(re.match(r"/|#|https?://", link) for link in page.links()), address
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00\x1b]", answer.text), address
        assert FOLDER not in answer.text and str(place) not in answer.text, address
        assert "Traceback" not in answer.text


def test_hostile_text_is_shown_as_it_stands(get: Get) -> None:
    first = get(f"/reports/{HOSTILE.article.id}")
    page = Page(first.text)
    assert EVIL in page.words and "{{7*7}}" in page.words and "javascript:alert(3)" in page.words
    assert "Part 1 of 13" in page.words
    assert len(first.text) < 60_000


@pytest.mark.parametrize(
    "field", ["visitor", "host", "person", "from", "to", "status", "kind", "conflicts", "after", "q", "sort"]
)
def test_what_is_asked_is_only_text(get: Get, field: str) -> None:
    answer = get(f"/?{field}=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE")
    assert answer.status_code in (200, 400)
    assert "<script>" not in answer.text and "\u202e" not in answer.text


def test_parts_of_a_long_report_follow_one_another(get: Get) -> None:
    first = get(f"/api/reports/{HOSTILE.article.id}").json()
    parts = [get(f"/api/reports/{HOSTILE.article.id}?part={n + 1}").json() for n in range(first["parts"])]
    assert "".join(p["text"] for p in parts) == HOSTILE.article.text
    assert all(len(p["text"]) <= 12_000 for p in parts)
    assert [p["start"] for p in parts] == [sum(len(q["text"]) for q in parts[:n]) for n in range(len(parts))]
    assert get(f"/reports/{HOSTILE.article.id}?part=x").status_code == 422
    assert get(f"/reports/{HOSTILE.article.id}?part=0").status_code == 422


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(get: Get, method: str) -> None:
    for address in ("/", "/about", "/api/visits", "/visits/x"):
        assert get(address, method).status_code == 405


def test_other_host_names_are_refused(place: Path) -> None:
    assert browser(place, base="http://elsewhere.example")("/").status_code == 400


def test_a_register_that_is_gone_is_told_without_its_path(tmp_path: Path) -> None:
    ask = browser(tmp_path / "none.db")
    page = ask("/")
    assert page.status_code == 503
    assert "cannot be read" in page.text and str(tmp_path) not in page.text
    answer = ask("/api/about")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text


def test_the_list_is_a_calendar_too(get: Get) -> None:
    every = get("/export.ics")
    assert every.headers["content-type"].startswith("text/calendar")
    assert every.text.startswith("BEGIN:VCALENDAR") and every.text.rstrip().endswith("END:VCALENDAR")
    assert every.text.count("BEGIN:VEVENT") > get("/export.ics?host=CHL").text.count("BEGIN:VEVENT") >= 1
    assert "BEGIN:VEVENT" not in get("/export.ics?status=ruled_out").text
    assert "javascript:" not in every.text


def test_a_pair_is_asked_for_by_names_or_codes(get: Get) -> None:
    assert 'action="/pairs"' in get("/countries").text
    for one, two in (("Denmark", "chile"), ("DNK", "CHL"), (" Danish ", "Chilean")):
        answer = get(f"/pairs?one={quote(one)}&two={quote(two)}")
        assert (answer.status_code, answer.headers["location"]) == (307, "/pairs/DNK/CHL")
    refused = get(f"/pairs?one=Denmark&two={quote(EVIL)}")
    assert refused.status_code == 400 and "two countries" in refused.text and EVIL not in refused.text
    assert get("/pairs").status_code == 400


def test_the_list_leads_to_the_coming_days_where_there_are_any(place: Path) -> None:
    def page(today: dt.date) -> str:
        return browser(place, app=create_app(place, today=lambda: today))("/?visitor=Margrethe").text

    assert "in the next" not in page(dt.date(2003, 1, 2))
    coming = page(dt.date(2001, 5, 2))
    assert "/?visitor=Margrethe&amp;from=2001-05-02&amp;to=2001-05-09&amp;sort=days&amp;way=up" in coming
    assert "to=2001-06-01" in coming
