"""``summitry where``: tab-separated rows, the day of the numbers, and what is said where nothing is found."""

from __future__ import annotations

import typer
from typer.testing import CliRunner, Result

from summitry.cli.where import COLUMNS, where

app = typer.Typer()
app.command()(where)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def table(*words: str) -> list[dict[str, str]]:
    result = run(*words)
    assert result.exit_code == 0, result.output
    head, *lines = result.stdout.splitlines()
    assert tuple(head.split("\t")) == COLUMNS
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def test_a_capital() -> None:
    (row,) = table("Tbilisi", "--on", "2020-01-01")
    assert (row["name"], row["kind"], row["code"], row["country"]) == ("Tbilisi", "capital", "GEO", "Georgia")
    assert (row["cow"], row["gw"]) == ("372", "372")
    assert int(row["inhabitants"]) > 900_000


def test_the_day_decides_the_numbers() -> None:
    (then,) = table("Germany", "--on", "1989-06-01")
    (now,) = table("Germany", "--on", "1991-06-01")
    assert (then["cow"], now["cow"], now["gw"]) == ("260", "255", "260")
    assert "East Germany" in then["also"]


def test_all_meanings_in_order() -> None:
    assert [r["code"] for r in table("tripoli")] == ["LBY", "LBN", "GRC"]


def test_a_code_and_another_spelling() -> None:
    assert [r["name"] for r in table("rus")] == ["Russia"]
    (row,) = table("Kiev")
    assert row["also"] == "Kyiv"


def test_nothing_found_says_what_to_do() -> None:
    result = run("Tiblisi")
    assert result.exit_code == 1
    assert "did you mean Tbilisi" in result.output
    assert "try another spelling" in run("Qqqqx").output


def test_a_wrong_day() -> None:
    result = run("Tbilisi", "--on", "tomorrow")
    assert result.exit_code == 2
    assert "2024-05-14" in result.output


def test_a_town_of_a_state_and_an_article() -> None:
    (row,) = table("Paris, Texas")
    assert (row["name"], row["code"]) == ("Paris", "USA")
    (row,) = table("the", "Kremlin")
    assert (row["code"], row["kind"]) == ("RUS", "site, stands for the government")


def test_one_line_for_one_place() -> None:
    assert [r["code"] for r in table("St. Petersburg")] == ["RUS", "USA"]
    (row,) = table("Burmese")
    assert row["kind"] == "country, adjective, people"
    (row,) = table("Czechoslovakia", "--on", "1990-01-01")
    assert (row["kind"], row["cow"]) == ("country, former name", "315")
