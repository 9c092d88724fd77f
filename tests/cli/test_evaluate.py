"""``summitry evaluate``: files apart and pooled, groups, misses, formats, and lines that are no coded reports."""

import json

import pytest

import summitry.pipeline


@pytest.fixture
def coded(tmp_path, monkeypatch):
    """Two files of coded reports; the stand-in for the pipeline tells a visit for each line "X visits CODE DATE"."""
    from tests.cli.conftest import LineReader

    class Loaded(LineReader):
        @classmethod
        def load(cls, folders=()):
            return cls()

    monkeypatch.setattr(summitry.pipeline, "Reader", Loaded)

    def report(name, host, gold_host):
        none = dict.fromkeys(("invited_by", "announced_by", "occasion"))
        lists = {f: [] for f in ("places", "meets", "delegation", "agenda", "documents")}
        visit = {
            "visitor": "Ana Ruiz", "visitor_country": "CHN", "host_country": gold_host, "dates": "2020-05-03",
            "status": "planned", "kind": "unspecified", "trip": 1, "evidence": "Ana Ruiz will go.", **none, **lists,
        }  # fmt: skip
        gold = {"published": "2020-05-01", "visits": [visit], "encounters": []}
        return {"id": name, "published": "2020-05-01", "text": f"Ana Ruiz visits {host} on 2020-05-03", "gold": gold}

    for name, host in (("old", "NOR"), ("new", "SWE")):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(report("a", host, "NOR")) + "\n", encoding="utf-8")
    return ["old.jsonl", "new.jsonl"]


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def test_files_apart_and_together(run, coded):
    result = run("evaluate", *coded, "--format", "jsonl", "--resamples", "20")
    assert result.exit_code == 0, result.output
    f1 = {(row["set"], row["figure"]): row["f1"] for row in lines(result)}
    assert (f1["old", "record"], f1["new", "record"], f1["together", "record"]) == (1, 0, 0.5)


def test_groups_and_misses(run, coded):
    result = run("evaluate", *coded, "--by", "status", "--misses", "--format", "jsonl", "--resamples", "0")
    rows = lines(result)
    assert [r["f1"] for r in rows if r.get("group") == "status: planned" and r["set"] == "old"] == [1, 1, 1]
    missed = [(r["set"], r["what"], r["sentence"]) for r in rows if "what" in r]
    assert missed == [
        ("new", "missed", "Ana Ruiz will go."),
        ("new", "invented", "Ana Ruiz visits SWE on 2020-05-03"),
    ]


def test_tab_separated_when_piped(run, coded):
    first = run("evaluate", "old.jsonl", "--resamples", "0").stdout.splitlines()[0]
    assert first.split("\t")[:3] == ["set", "group", "figure"]


def test_visits_given_with_less_confidence_can_be_left_out(run, coded):
    result = run("evaluate", "old.jsonl", "--min-confidence", "1", "--format", "jsonl", "--resamples", "0")
    assert lines(result)[0]["given"] == 1  # the stand-in is sure


def test_a_line_that_is_no_coded_report_is_told_with_its_place(run, tmp_path):
    (tmp_path / "bad.jsonl").write_text('\n{"id": "a"}\n', encoding="utf-8")
    result = run("evaluate", "bad.jsonl")
    assert result.exit_code == 1
    assert "bad.jsonl:2 is no coded report" in result.output
    assert "cannot be read" in run("evaluate", "none.jsonl").output
