"""Review: each decision is one request that this site gave, saved at once, named, and taken back by another."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from summitry.model.register import Verb
from summitry.register.reader import Reader
from summitry.register.writer import Writer
from summitry.web import create_app

from .conftest import ANNOUNCED, TOLD_LATER, TOUR, reading

Person = httpx.AsyncClient
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
SECOND_QUEEN = reading(
    "The Danish queen's journey to Chile ends on 9 May.",
    {"visitor": "Queen of Denmark", "visitor_country": "DNK", "host_country": "CHL", "dates": "2001-05-09"},
    published="2001-05-09",
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    with Writer(str(path), started=NOW, version="test") as writer:
        for found in (ANNOUNCED, TOLD_LATER, TOUR, SECOND_QUEEN):
            writer.add(found)
    return path


@pytest.fixture
def app(written: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    monkeypatch.setattr("getpass.getuser", lambda: "anna")
    made = create_app(written, review=True)
    yield made
    made.state.desk.close()


def run(app: FastAPI, story: Callable[[Person], Any], **more: Any) -> Any:
    """Let one person with a cookie jar ask the site."""

    async def tell() -> Any:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", **more) as person:
            return await story(person)

    return asyncio.run(tell())


async def token(person: Person, page: str = "/review") -> str:
    answer = await person.get(page, follow_redirects=True)
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', answer.text)
    assert found, answer.text
    return found[1]


async def decide(person: Person, visit: str, **form: str) -> httpx.Response:
    return await person.post(f"/review/{visit}", data={"csrf": await token(person), **form})


def visits(place: Path) -> dict[tuple[str, str | None], str]:
    with Reader(str(place)) as reader:
        return {(r["host_country"], r["dates"]): r["id"] for r in reader.visits()}


def decisions(place: Path) -> list[tuple[str, str, str]]:
    with Reader(str(place)) as reader:
        return [(d.verb, d.by, d.visitor) for d in reader.decisions()]


QUEEN = ("CHL", "2001-05-06/2001-05-09")


def test_a_site_that_is_not_for_review_has_none(written: Path) -> None:
    plain = create_app(written)
    visit = visits(written)[QUEEN]

    async def story(person: Person) -> list[int]:
        answers = [await person.get("/review"), await person.get(f"/review/{visit}")]
        answers += [
            await person.post(f"/review/{visit}", data={"verb": "confirm"}),
            await person.post("/review/undo/1"),
        ]
        answers += [await person.post("/login", data={}), await person.get("/login"), await person.post("/logout")]
        return [a.status_code for a in answers]

    assert run(plain, story) == [404, 404, 404, 404, 405, 404, 405]
    assert decisions(written) == []


def test_confirm_is_saved_at_once_named_and_leads_to_the_next(app: FastAPI, written: Path) -> None:
    visit = visits(written)[QUEEN]

    async def story(person: Person) -> None:
        first = await person.get("/review")
        assert first.headers["location"] == f"/review/{visit}", "visits in conflict come first"
        answer = await decide(person, visit, verb="confirm")
        assert answer.status_code == 303
        assert decisions(written) == [("confirm", "anna", "Margrethe II")] * 2
        following = await person.get(answer.headers["location"], follow_redirects=True)
        assert visit not in str(following.url) and "Confirmed" in following.text and "Undo" in following.text
        assert "✓" in (await person.get("/?visitor=Margrethe")).text

    run(app, story)


def test_reject_and_undo(app: FastAPI, written: Path) -> None:
    before = visits(written)

    async def story(person: Person) -> None:
        answer = await decide(person, before[QUEEN], verb="reject", note="a rehearsal")
        assert QUEEN not in visits(written)
        assert "a rehearsal" in (await person.get(answer.headers["location"], follow_redirects=True)).text
        number = re.search(r"done=(\d+)", answer.headers["location"])
        assert number
        undone = await person.post(f"/review/undo/{number[1]}", data={"csrf": await token(person)})
        assert undone.headers["location"] == f"/review/{before[QUEEN]}"
        assert visits(written) == before
        assert [v for v, *_ in decisions(written)] == ["reject", "reject", "undo", "undo"]
        again = await person.post(f"/review/undo/{number[1]}", data={"csrf": await token(person)})
        assert again.status_code == 404 and "taken back already" in again.text

    run(app, story)


def test_correct_stays_on_the_visit_and_says_what_is_wrong(app: FastAPI, written: Path) -> None:
    visit = visits(written)[QUEEN]

    async def story(person: Person) -> None:
        for form, told in (
            ({"field": "dates", "value": "soon"}, "dates cannot be soon"),
            ({"field": "colour", "value": "red"}, "no field"),
            ({"field": "status", "value": ""}, "status cannot be empty"),
        ):
            wrong = await decide(person, visit, verb="correct", **form)
            assert (wrong.status_code, told in wrong.text) == (400, True), form
        assert decisions(written) == []
        answer = await decide(person, visit, verb="correct", field="dates", value="2001-05-05/2001-05-09")
        assert answer.headers["location"].startswith(f"/review/{visit}?done=")
        page = (await person.get(f"/visits/{visit}")).text
        assert "5–9 May 2001" in page and "corrected" in page and "anna" in page

    run(app, story)
    assert visits(written)["CHL", "2001-05-05/2001-05-09"] == visit


def test_merge_and_keep_apart(app: FastAPI, written: Path) -> None:
    before = visits(written)
    other = before["CHL", "2001-05-09"]

    async def story(person: Person) -> None:
        page = (await person.get(f"/review/{before[QUEEN]}")).text
        assert f'name="other" value="{other}"' in page
        answer = await decide(person, before[QUEEN], verb="merge", other=other)
        assert answer.status_code == 303 and len(visits(written)) == len(before) - 1
        joined = next(v for (host, _), v in visits(written).items() if host == "CHL")
        answer = await decide(person, joined, verb="apart", report=SECOND_QUEEN.article.id)
        assert answer.status_code == 303 and visits(written) == before
        for form, told in (
            ({"verb": "merge", "other": before["TGO", "2002-07-01"]}, "both are to the same country"),
            ({"verb": "merge", "other": "0" * 16}, "the other visit is gone"),
            ({"verb": "apart", "report": "none"}, "one of several reports"),
            ({"verb": "undo"}, "a form of its own"),
            ({"verb": "burn"}, "a decision is one of"),
            ({"verb": "note"}, "a note needs words"),
        ):
            wrong = await decide(person, before[QUEEN], **form)
            assert (wrong.status_code, told in wrong.text) == (400, True), form

    run(app, story)


def test_a_form_of_another_site_or_session_decides_nothing(app: FastAPI, written: Path) -> None:
    visit = visits(written)[QUEEN]
    form = {"verb": "confirm"}

    async def story(person: Person) -> list[int]:
        mine = await token(person)
        asked: list[tuple[dict[str, str], dict[str, str]]] = [
            (form, {}),
            (form | {"csrf": "0" * 64}, {}),
            (form | {"csrf": mine}, {"Origin": "http://evil.example"}),
            (form | {"csrf": mine}, {"Sec-Fetch-Site": "cross-site"}),
            (form | {"csrf": mine}, {"Cookie": "summitry_session=other"}),
            (form | {"csrf": mine, "note": "x" * 70_000}, {}),
        ]
        return [(await person.post(f"/review/{visit}", data=d, headers=h)).status_code for d, h in asked]

    assert run(app, story) == [403, 403, 403, 403, 403, 413]
    assert decisions(written) == []


def test_the_queue_ends(app: FastAPI, written: Path) -> None:
    async def story(person: Person) -> None:
        for left in range(len(visits(written)), 0, -1):
            page = await person.get("/review", follow_redirects=True)
            assert f"{left} visit" in page.text
            await decide(person, str(page.url).split("/")[-1].split("?")[0], verb="confirm")
        page = await person.get("/review", follow_redirects=True)
        assert "Nothing waits" in page.text and "Undo" in page.text

    run(app, story)


def test_a_visit_that_is_gone_is_told(app: FastAPI, written: Path) -> None:
    gone = visits(written)[QUEEN]

    async def story(person: Person) -> None:
        await decide(person, gone, verb="reject")
        answer = await decide(person, gone, verb="confirm")
        assert answer.status_code == 404 and "This visit is gone" in answer.text

    run(app, story)


def test_what_is_decided_is_seen_by_the_next_request(app: FastAPI, written: Path) -> None:
    visit = visits(written)[QUEEN]

    async def story(person: Person) -> None:
        for verb in (Verb.CONFIRM, Verb.NOTE, Verb.CORRECT):
            form = {"note": "seen"} if verb is Verb.NOTE else {"field": "kind", "value": "state"}
            await decide(person, visit, verb=verb, **(form if verb is not Verb.CONFIRM else {}))
            told = (await person.get(f"/api/visits/{visit}")).json()["decisions"]
            assert told[-1]["decision"] == verb and told[-1]["by"] == "anna"

    run(app, story)
