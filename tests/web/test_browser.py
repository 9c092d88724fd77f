"""The site in a real Chromium: each page in light, dark and on a phone, by keyboard, without scripts, checked by axe-core.

Screenshots go to the folder that SUMMITRY_SCREENSHOTS names, else to build/screenshots, with a sheet of all of them
(index.html). Skipped where Chromium, Playwright or axe-core is not installed (make setup-full).
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.register.reader import Reader
from summitry.register.writer import Writer
from summitry.web import create_app
from summitry.web.finder import Finder, Mentions

from .conftest import ANNOUNCED, CALL, HOSTILE, TOLD_LATER, TOUR, UNDATED, reading
from .sheet import write_sheet

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (make setup-full)")
axe_core = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed (make setup-full)")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed (make setup-full)", allow_module_level=True)

SHOTS = Path(os.environ.get("SUMMITRY_SCREENSHOTS", "build/screenshots"))
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "has_touch": True},
}
SERIOUS = ("serious", "critical")
NEAR = reading(
    "The queen of Denmark is in Santiago, the paper says.",
    {"visitor": "Queen of Denmark", "visitor_country": "DNK", "host_country": "CHL", "dates": "2001-05-07",
     "status": "ongoing", "words": {"visitor": "The queen", "dates": "is in"}},
    published="2001-05-07",
    outlet="Valparaíso Courier",
)  # fmt: skip


def fill(place: Path, *more: Reading) -> None:
    with Writer(str(place), started=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), version="0.0.9") as writer:
        tour = Reading(TOUR.article, TOUR.published, TOUR.visits, (CALL,))
        for found in (ANNOUNCED, TOLD_LATER, tour, UNDATED, *more):
            writer.add(found)
        writer.problem(
            Problem("clippings/torn.txt", "ingest", "no text was found in this page: give its text as plain text")
        )


def serve(place: Path, **more: Any) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(place, **more), port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("site") / "register.db"
    fill(place, NEAR, HOSTILE)
    finder = Finder()
    mentions = Mentions(finder, patience=60)
    yield from serve(place, review=True, mentions=mentions)
    finder.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    place = tmp_path / "register.db"
    fill(place, NEAR)
    for address in serve(place, review=True):
        yield address, place


def tab(chromium: Any, site: str, look: str = "light", **more: Any) -> Any:
    page = chromium.new_context(base_url=site, **LOOKS[look], **more).new_page()
    page.set_default_timeout(15_000)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("dialog", lambda dialog: (page.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
    return page


def pages(site: str, chromium: Any) -> dict[str, str]:
    page = tab(chromium, site)
    found = page.request.get("/api/visits").json()["visits"]
    page.context.close()
    queen = next(v["id"] for v in found if v["visitor"] == "Margrethe II")
    bad = next(v["id"] for v in found if v["host_country"] == "NOR")
    return {
        "visits": "/", "search": "/?q=chile", "nothing": "/?q=atlantis", "timeline": "/timeline?from=2001&to=2003",
        "timeline-host": "/timeline?from=2001&to=2003&by=host", "calendar": "/calendar?month=2001-05", "map": "/map",
        "visit": f"/visits/{queen}", "report": f"/reports/{ANNOUNCED.article.id}", "people": "/people",
        "person": "/person?name=Margrethe+II", "countries": "/countries", "country": "/countries/DNK", "pair": "/pairs/DNK/CHL",
        "review": f"/review/{queen}", "coverage": "/coverage?from=2001&to=2003", "problems": "/problems", "about": "/about",
        "wrong": "/visits/none", "hostile-visit": f"/visits/{bad}", "hostile-report": f"/reports/{HOSTILE.article.id}",
    }  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_looks_and_is_accessible(site: str, chromium: Any, look: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page, axe = tab(chromium, site, look), axe_core.Axe()
    for name, address in pages(site, chromium).items():
        page.goto(address)
        page.screenshot(path=SHOTS / f"{name}-{look}.png", full_page=True)
        assert [m for m in page.said if "404" not in m or name != "wrong"] == [], name
        page.said.clear()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{name} is wider than the screen"
        )
        found = axe.run(page, options={"resultTypes": ["violations"]})
        bad = [
            (v["id"], v["impact"], v["nodes"][0]["html"][:200]) for v in found["violations"] if v["impact"] in SERIOUS
        ]
        assert bad == [], name
    page.context.close()
    write_sheet(SHOTS, [*pages(site, chromium)], [*LOOKS])


def test_search_as_you_type(site: str, chromium: Any) -> None:
    page = tab(chromium, site)
    page.goto("/")
    assert page.locator("#results tbody tr").count() == 6
    page.keyboard.press("/")
    page.keyboard.type("kufuor", delay=20)
    sync_api.expect(page.locator("#results tbody tr")).to_have_count(2)
    # The first letter finds them already: the rest is still being typed on a slow machine.
    page.wait_for_url(lambda url: url.endswith("/?q=kufuor"))
    page.get_by_label("Status").select_option("completed")
    sync_api.expect(page.locator("#results")).to_contain_text("No visit in the register fits")
    page.get_by_label("Status").select_option("")
    page.get_by_role("textbox", name="Host").fill("Atlantis")
    sync_api.expect(page.locator("#results")).to_contain_text("host is a country")
    page.get_by_role("textbox", name="Host").fill("benin")
    sync_api.expect(page.locator("#results tbody tr")).to_have_count(1)
    assert not [m for m in page.said if "400" not in m]
    page.context.close()


def test_the_pages_work_without_scripts(site: str, chromium: Any) -> None:
    page = tab(chromium, site, java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Search").fill("kufuor")
    page.get_by_role("button", name="Show").click()
    assert page.locator("#results tbody tr").count() == 2
    page.get_by_role("link", name="Host").click()
    assert "sort=host" in page.url and page.locator("th[aria-sort]").inner_text().startswith("Host")
    page.get_by_role("link", name="Visit of John Kufuor to Benin").click()
    assert page.get_by_role("heading", level=1).inner_text() == "John Kufuor (Ghana) in Benin"
    page.locator(".tour a").click()
    assert page.get_by_role("heading", level=1).inner_text() == "John Kufuor (Ghana) in Togo"
    page.goto("/review")
    assert page.locator("details[open]").count() >= 3, "what keys open is open without them"
    page.context.close()


def test_words_tell_their_value_and_rule_on_focus(site: str, chromium: Any) -> None:
    page = tab(chromium, site)
    page.goto(f"/reports/{ANNOUNCED.article.id}")
    mark = page.locator("mark.f-dates").first
    assert mark.evaluate("e => getComputedStyle(e, '::after').content") == "none"
    for _ in range(60):
        page.keyboard.press("Tab")
        if mark.evaluate("e => e === document.activeElement"):
            break
    told = mark.evaluate("e => getComputedStyle(e, '::after').content")
    assert told == '"dates: 2001-05-05/2001-05-08 (dates-rule)"'
    page.locator("mark.f-visitor").first.hover()
    assert "Margrethe II" in page.locator("mark.f-visitor").first.evaluate(
        "e => getComputedStyle(e, '::after').content"
    )
    mentioned = page.locator("mark.mention", has_text="President Lagos")
    mentioned.hover()
    assert mentioned.evaluate("e => getComputedStyle(e, '::after').content") == '"person: Ricardo Lagos, Chile (name)"'
    # Within the words that gave the days, the days themselves: more than one stop, each telling the whole and the part.
    assert page.locator("mark.f-dates.f-told_time").count() == 2
    page.context.close()


def test_words_on_a_phone_are_told_within_the_screen(site: str, chromium: Any) -> None:
    page = tab(chromium, site, "phone")
    page.goto(f"/reports/{ANNOUNCED.article.id}")
    for n in range(page.locator("mark[tabindex]").count()):
        page.locator("mark[tabindex]").nth(n).focus()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), n
    page.context.close()


def test_mentions_that_come_late_are_shown_without_a_reload(tmp_path: Path, chromium: Any) -> None:
    place, go = tmp_path / "register.db", threading.Event()
    fill(place)
    lagos = ANNOUNCED.article.text.index("President Lagos")

    def slow(asked: bytes) -> bytes:
        go.wait(30)
        return json.dumps([[lagos, lagos + 15, "named_person", [["Ricardo Lagos", "CHL"]], "name"]]).encode()

    mentions = Mentions(slow, patience=0.05)
    for site in serve(place, mentions=mentions):
        page = tab(chromium, site)
        page.goto(f"/reports/{ANNOUNCED.article.id}")
        assert "still being looked for" in page.locator("#marked").inner_text()
        assert page.locator("mark.f-dates").count() == 1 and page.locator("mark.mention").count() == 0
        go.set()
        sync_api.expect(page.locator("mark.mention")).to_have_text("President Lagos")
        assert "still being looked for" not in page.locator("#marked").inner_text() and page.said == []
        page.context.close()


def test_the_whole_way_by_keyboard(site: str, chromium: Any) -> None:
    page = tab(chromium, site)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "To the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.name"))
    assert {"q", "visitor", "host", "from", "to", "status", "kind", "sort", "conflicts"} <= seen
    assert any(str(s).startswith("/visits/") for s in seen) and any(str(s).startswith("/person") for s in seen)
    page.context.close()


def decisions(place: Path) -> list[str]:
    with Reader(str(place)) as reader:
        return [str(d.verb) for d in reader.decisions()]


def press(page: Any, key: str) -> None:
    """Press a key when the page and its script are there; before, nobody listens."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_review_by_keys(desk: tuple[str, Path], chromium: Any) -> None:
    site, place = desk
    page = tab(chromium, site)
    page.goto("/review")
    first = page.url
    press(page, "n")
    page.wait_for_url(lambda url: url != first)
    assert decisions(place) == []
    page.goto("/review")
    press(page, "c")
    page.wait_for_selector(".done")
    assert "Confirmed" in page.locator(".done").inner_text() and set(decisions(place)) == {"confirm"}
    assert page.url.split("?")[0] != first
    press(page, "u")
    page.wait_for_url(first)
    assert decisions(place)[-1] == "undo"
    press(page, "e")
    assert page.evaluate("document.activeElement.closest('details').id") == "edit"
    page.get_by_role("textbox", name="Value").fill("2001-05-05/2001-05-09")
    press(page, "Enter")
    page.wait_for_selector(".done")
    assert decisions(place)[-1] == "correct" and "5–9 May 2001" in page.locator(".lead").inner_text()
    press(page, "Escape")
    press(page, "m")
    press(page, "1")
    page.wait_for_selector(".done:has-text('Merged')")
    assert decisions(place)[-1] == "merge"
    press(page, "u")
    page.wait_for_url(first)
    press(page, "r")
    page.wait_for_selector(".done:has-text('Rejected')")
    with Reader(str(place)) as reader:
        assert all(row["visitor"] != "Margrethe II" for row in reader.visits())
    assert page.said == []
    page.context.close()


def test_keep_apart_by_keys(desk: tuple[str, Path], chromium: Any) -> None:
    site, place = desk

    def queens() -> list[tuple[str, int]]:
        with Reader(str(place)) as reader:
            return sorted((r["dates"], r["reports"]) for r in reader.visits() if r["visitor"] == "Margrethe II")

    page = tab(chromium, site)
    page.goto("/review")
    before = queens()
    assert len(before) == 1 and before[0][1] == 2
    press(page, "1")
    assert decisions(place) == [], "a number chooses nothing until a list is open"
    press(page, "k")
    assert page.locator("details[open]").get_attribute("id") == "apart"
    press(page, "2")
    page.wait_for_selector(".done:has-text('Kept apart')")
    assert decisions(place) == ["apart"]
    assert queens() == [("2001-05-05/2001-05-08", 1), ("2001-05-06/2001-05-09", 1)]
    press(page, "u")
    page.wait_for_selector(".done", state="detached")
    assert queens() == before and decisions(place) == ["apart", "undo"]
    assert page.said == []
    page.context.close()


def test_print_keeps_the_record_and_leaves_the_controls(site: str, chromium: Any) -> None:
    page = tab(chromium, site)
    page.goto(pages(site, chromium)["visit"])
    page.emulate_media(media="print")
    assert (
        page.locator(".top nav").is_hidden()
        and page.locator(".matrix").is_visible()
        and page.locator(".life").is_visible()
    )
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.pdf(path=SHOTS / "visit.pdf")
    assert (SHOTS / "visit.pdf").stat().st_size > 5_000
    page.context.close()


def test_no_page_asks_for_anything_from_elsewhere(site: str, chromium: Any) -> None:
    page = tab(chromium, site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in pages(site, chromium).values():
        page.goto(address)
    assert asked and all(url.startswith(site) for url in asked)
    page.context.close()
