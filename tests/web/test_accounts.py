"""Accounts: hashed passwords, sessions that expire, limits on failures; and a site that lets nobody in without."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from summitry.cli import app as commands
from summitry.model.errors import UsageError
from summitry.web import create_app
from summitry.web.accounts import HOURS, IDLE_HOURS, MINUTES, TRIES, Accounts, Limits

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
SECRET = "two wild geese"  # noqa: S105


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    found = Accounts(tmp_path / "accounts.db")
    found.add("anna", SECRET, NOW)
    yield found
    found.close()


def test_passwords_are_kept_as_argon2id_hashes(accounts: Accounts, tmp_path: Path) -> None:
    assert accounts.knows("anna", SECRET)
    assert not accounts.knows("anna", SECRET + "!")
    assert not accounts.knows("bo", SECRET)
    path = tmp_path / "accounts.db"
    with sqlite3.connect(path) as base:
        ((stored,),) = base.execute("SELECT hash FROM people").fetchall()
    assert stored.startswith("$argon2id$") and SECRET.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "password"), [("", SECRET), ("a\nb", SECRET), ("x" * 61, SECRET), ("bo", "short"), ("bo", "x" * 201)]
)
def test_names_and_passwords_that_are_none(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(UsageError):
        accounts.add(name, password, NOW)


def test_sessions_expire(accounts: Accounts, tmp_path: Path) -> None:
    secret = accounts.enter("anna", NOW)
    assert accounts.person(secret, NOW) == "anna"
    assert accounts.person("other", NOW) is None
    with sqlite3.connect(tmp_path / "accounts.db") as base:
        assert secret not in str(base.execute("SELECT * FROM sessions").fetchall())
    assert accounts.person(secret, NOW + dt.timedelta(hours=IDLE_HOURS, seconds=1)) is None
    busy = accounts.enter("anna", NOW)
    for hour in range(1, HOURS + 1):
        assert accounts.person(busy, NOW + dt.timedelta(hours=hour)) == "anna"
    assert accounts.person(busy, NOW + dt.timedelta(hours=HOURS, seconds=1)) is None


def test_another_password_and_leaving_end_sessions(accounts: Accounts) -> None:
    first, second = accounts.enter("anna", NOW), accounts.enter("anna", NOW)
    accounts.leave(first)
    assert (accounts.person(first, NOW), accounts.person(second, NOW)) == (None, "anna")
    accounts.add("anna", "three wild geese", NOW)
    assert accounts.person(second, NOW) is None
    third = accounts.enter("anna", NOW)
    assert accounts.remove("anna") and not accounts.remove("anna")
    assert accounts.person(third, NOW) is None


def test_limits_count_in_a_window_that_moves() -> None:
    limits = Limits()
    for n in range(TRIES):
        assert limits.wait("name:anna", n) == 0
        limits.fail("name:anna", n)
    assert 0 < limits.wait("name:anna", TRIES) <= MINUTES * 60
    assert limits.wait("name:bo", TRIES) == 0
    assert limits.wait("name:anna", TRIES, weight=4) == 0
    assert limits.wait("name:anna", MINUTES * 60 + 1) == 0
    limits.clear("name:anna")
    assert limits.wait("name:anna", TRIES) == 0


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all " * 100)
    with pytest.raises(UsageError, match="choose another --accounts"):
        Accounts(path)


def test_the_site_lets_nobody_in_without_logging_in(place: Path, accounts: Accounts) -> None:
    app = create_app(place, accounts=accounts, https=True)

    async def story() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://127.0.0.1") as person:
            answer = await person.get("/?status=planned")
            assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2F%3Fstatus%3Dplanned")
            assert (await person.get("/api/visits")).status_code == 401
            assert (await person.get("/openapi.json")).status_code == 303
            assert (await person.get("/static/style.css")).status_code == 200

            async def enter(name: str, password: str, there: str = "/") -> httpx.Response:
                page = await person.get("/login")
                found = re.search(r'name="csrf" value="(\w+)"', page.text)
                assert found
                form = {"csrf": found[1], "name": name, "password": password, "next": there}
                return await person.post("/login", data=form)

            wrong = await enter("anna", "a wild guess")
            assert wrong.status_code == 401 and "do not fit together" in wrong.text
            entered = await enter("anna", SECRET, "//evil.example/")
            assert (entered.status_code, entered.headers["location"]) == (303, "/")
            cookie = entered.headers["set-cookie"].lower()
            assert all(word in cookie for word in ("httponly", "samesite=strict", "secure", "max-age=43200"))
            page = await person.get("/")
            assert page.status_code == 200 and "anna" in page.text and page.headers["cache-control"] == "no-store"
            found = re.search(r'name="csrf" value="(\w+)"', page.text)
            assert found and (await person.post("/logout", data={"csrf": found[1]})).status_code == 303
            assert (await person.get("/")).status_code == 303
            for _ in range(TRIES):
                await enter("anna", "a wild guess")
            late = await enter("anna", SECRET)
            assert late.status_code == 429 and int(late.headers["retry-after"]) > 0
            assert (await person.get("/")).status_code == 303

    asyncio.run(story())


@pytest.mark.parametrize(
    ("args", "status", "told"),
    [
        (("--host", "0.0.0.0"), 2, "needs --accounts"),  # noqa: S104
        (("--host", "0.0.0.0", "--accounts", "ACCOUNTS"), 2, "needs --name"),  # noqa: S104
        (("--host", "example.org"), 2, "no address of a network"),
        (("--accounts", "EMPTY"), 1, "holds no account"),
        (("--review", "--workers", "2"), 2, "needs one process"),
    ],
)
def test_serving_to_others_asks_for_accounts(
    place: Path, tmp_path: Path, accounts: Accounts, args: tuple[str, ...], status: int, told: str
) -> None:
    names = {"ACCOUNTS": str(tmp_path / "accounts.db"), "EMPTY": str(tmp_path / "empty.db")}
    result = CliRunner().invoke(commands, ["serve", "--register", str(place), *(names.get(a, a) for a in args)])
    assert (result.exit_code, told in result.stderr) == (status, True), result.stderr


def test_accounts_are_kept_by_command(tmp_path: Path) -> None:
    file = str(tmp_path / "a.db")

    def do(*args: str, given: str = "") -> tuple[int, str, str]:
        result = CliRunner().invoke(commands, ["accounts", *args, "--accounts", file], input=given)
        return result.exit_code, result.stdout, result.stderr

    assert do("add", "anna", given=SECRET + "\n")[0] == 0
    assert do("add", "bo", given="short\n")[::2] == (2, "summitry: a password has 10 to 200 characters\n")
    assert do("list")[:2] == (0, "anna\n")
    assert do("list", "anna")[0] == 2
    assert do("remove", "bo")[0] == 1
    assert do("remove", "anna")[0] == 0
    assert Accounts(Path(file)).names() == []
