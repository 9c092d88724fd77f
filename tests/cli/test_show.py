"""``show``, ``export``, ``problems`` and ``link``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import summitry.cli.show
from summitry.publish.columns import NAMES

Run = Callable[..., Result]

REPORTS = [
    {"id": "1", "published": "2022-12-30", "text": "Xi Jinping visits RUS on 2023-21"},
    {"id": "2", "published": "2023-03-20", "text": "Xi Jinping visits RUS on 2023-03-20/2023-03-22"},
    {"id": "3", "published": "2023-03-21", "text": "Li Keqiang visits SRB on 2023-04-02 and Li Keqiang visits FRA"},
]


@pytest.fixture
def filled(run: Run) -> Run:
    Path("a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in REPORTS))
    assert run("read", "a.jsonl").exit_code == 0
    return run


def table(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout), delimiter="\t"))


@pytest.mark.parametrize(
    ("args", "hosts"),
    [
        ((), ["RUS", "SRB", "FRA"]),
        (("--visitor", "Xi"), ["RUS"]),
        (("--visitor", "China"), ["RUS", "SRB", "FRA"]),
        (("--visitor", "RUS"), []),
        (("--host", "Serbia"), ["SRB"]),
        (("--host", "srb"), ["SRB"]),
        (("--host", "RS"), ["SRB"]),
        (("--from", "2023-04"), ["SRB"]),
        (("--to", "2023-03-20"), ["RUS"]),
        (("--from", "2023-03-22", "--to", "2023"), ["RUS", "SRB"]),
        (("--status", "completed"), []),
        (("--kind", "unspecified", "--limit", "1"), ["RUS"]),
        (("--person", "Li Keqiang"), ["SRB", "FRA"]),
    ],
)
def test_filters(filled: Run, args: tuple[str, ...], hosts: list[str]) -> None:
    assert [row["host"] for row in table(filled("show", *args))] == hosts


def test_least_confidence(filled: Run) -> None:
    every = len(table(filled("show")))
    counts = [len(table(filled("show", "--min-confidence", least))) for least in ("0", "0.5", "1")]
    assert counts[0] == every and counts == sorted(counts, reverse=True)
    rows = list(csv.DictReader(io.StringIO(filled("export", "--min-confidence", "0").stdout)))
    assert len(rows) == every
    assert filled("export", "--min-confidence", "1").stdout.count("\n") <= 1 + counts[2]


def test_one_visit_with_its_claims_and_history(filled: Run) -> None:
    visit = table(filled("show"))[0]["id"]
    for name in (visit, visit[:7]):
        rows = table(filled("show", name))
        claims = [
            (r["value"], r["chosen"], r["report"]) for r in rows if r["part"] == "claim" and r["field"] == "dates"
        ]
        assert claims == [("2023-03-20/2023-03-22", "true", "2"), ("2023-21", "false", "1")]
        history = [(r["told"], r["value"], r["words"]) for r in rows if r["part"] == "history"]
        assert history[0] == ("2022-12-30", "planned 2023-21", "Xi Jinping visits RUS on 2023-21")
        assert len(history) == 2


def test_on_a_terminal(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summitry.cli.show, "on_terminal", lambda: True)
    visit = table(filled("show"))[0]["id"]
    shown = filled("show", visit).stdout
    for word in ("Xi Jinping (CHN)", "Russia", "Claims", "History", "Reports", "2023-03-20/2023-03-22", "[1]", "[2]"):
        assert word in shown
    assert "no visit of the 3" in filled("show", "--visitor", "Nobody At All").stderr


@pytest.mark.parametrize(
    ("args", "status", "told"),
    [
        (("show", "zzzz"), 1, "no visit 'zzzz'"),
        (("show", "--register", "none.db"), 1, "make one with: summitry read"),
        (("show", "--host", "Nowhereland"), 2, "is no country"),
        (("show", "--host", "XYZ"), 2, "is no country"),
        (("show", "--from", "spring"), 2, "is no date"),
        (("show", "abcd", "--host", "SRB"), 2, "not both"),
        (("show", "--status", "over"), 2, "over"),
        (("export", "--as-of", "2023"), 2, "is no day"),
        (("export", "-o", "none/visits.csv"), 1, "cannot be written"),
        (("problems", "--register", "a.jsonl"), 1, "not a register"),
        (("link", "none.jsonl"), 1, "cannot be read"),
        (("nothing",), 2, "nothing"),
    ],
)
def test_errors_say_what_happened_and_what_to_do(filled: Run, args: tuple[str, ...], status: int, told: str) -> None:
    result = filled(*args)
    assert result.exit_code == status
    assert told in result.stderr
    assert result.stdout == ""


def test_export_csv_and_jsonl_hold_the_same(filled: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(filled("export").stdout)))
    assert tuple(rows[0]) == NAMES
    items = [json.loads(line) for line in filled("export", "--format", "jsonl").stdout.splitlines()]
    assert [r["id"] for r in rows] == [i["id"] for i in items]
    assert items[0]["places"] == []
    assert filled("export", "-o", "visits.csv").stdout == ""
    assert Path("visits.csv").read_text() == filled("export").stdout
    filled("export", "-o", "visits.jsonl")
    assert Path("visits.jsonl").read_text() == filled("export", "--format", "jsonl").stdout


def test_unconfirmed_is_by_the_day_asked_for(filled: Run) -> None:
    def unconfirmed(*args: str) -> list[str]:
        rows = csv.DictReader(io.StringIO(filled("export", *args).stdout))
        return [r["host_country"] for r in rows if r["unconfirmed"] == "true"]

    assert unconfirmed() == []
    assert [row["unconfirmed"] for row in table(filled("show", "--as-of", "2023-04-01"))] == ["true", "false", "false"]
    assert unconfirmed("--as-of", "2023-03-23") == ["RUS"]
    assert unconfirmed("--as-of", "2024-01-01") == ["RUS", "SRB"]


def test_an_empty_register(run: Run) -> None:
    run("read", "none.txt")
    assert run("show").stdout.splitlines() == [
        "id\tvisitor\tcountry\thost\tdates\tstatus\tunconfirmed\tkind\treports\toccasion"
    ]
    empty = run("export")
    assert empty.exit_code == 1
    assert len(empty.stdout.splitlines()) == 1


def test_link_coded_reports(run: Run) -> None:
    def coded(name: str, published: str, dates: str) -> dict:
        visit = {
            "visitor": "Xi Jinping",
            "visitor_country": "CHN",
            "host_country": "RUS",
            "dates": dates,
            "status": "planned",
        }
        return {"id": name, "published": None, "gold": {"published": published, "visits": [visit], "encounters": []}}

    reports = [
        coded("a", "2022-12-30", "2023-21"),
        coded("b", "2023-03-01", "2023-03-20"),
        coded("c", "2024-05-01", "2024"),
    ]
    Path("coded.jsonl").write_text("".join(json.dumps(r) + "\n" for r in reports))
    result = run("link", "coded.jsonl")
    ids = [json.loads(line)["visits"][0]["register_id"] for line in result.stdout.splitlines()]
    assert ids[0] == ids[1] != ids[2]
    assert "3 reports, 3 accounts, 2 visits" in result.stderr
    Path("coded.jsonl").write_text('{"id": "a", "visits": [{"visitor": "Xi"}]}\n')
    bad = run("link", "coded.jsonl")
    assert bad.exit_code == 1
    assert "not in the shape of the coding rules" in bad.stderr
