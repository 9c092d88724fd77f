"""``summitry audit``: from a register to a sheet, from a checked sheet to estimates."""

import csv
import json


def sheet(run, folder, number="3"):
    (folder / "reports.jsonl").write_text(
        "\n".join(
            json.dumps({"id": f"r{n}", "published": "2020-05-01", "text": f"Ana Ruiz visits {host} on 2020-05-0{n}"})
            for n, host in enumerate(("NOR", "SWE", "DNK", "FIN"), 1)
        ),
        encoding="utf-8",
    )
    assert run("read", "reports.jsonl").exit_code == 0
    return run("audit", "--sample", number, "--seed", "1", "-o", "sheet.csv")


def rows_of(folder):
    return list(csv.DictReader((folder / "sheet.csv").read_text(encoding="utf-8").splitlines()))


def test_a_sample_is_drawn_and_a_sheet_with_checks_is_not_written_over(run, tmp_path):
    result = sheet(run, tmp_path)
    assert result.exit_code == 0, result.output
    rows = rows_of(tmp_path)
    assert len(rows) == 3
    assert {row["visitor"] for row in rows} == {"Ana Ruiz"}
    assert all(row["sentence"].startswith("Ana Ruiz visits") for row in rows)
    again = run("audit", "--sample", "3", "-o", "sheet.csv")
    assert again.exit_code == 2
    assert "may hold checks" in again.output


def test_a_checked_sheet_gives_estimates(run, tmp_path):
    sheet(run, tmp_path, "4")
    assert "no answers yet" in run("audit", "--estimate", "sheet.csv").output
    rows = rows_of(tmp_path)
    for n, row in enumerate(rows):
        row["host_country_ok"] = "n" if n == 0 else "y"
    with (tmp_path / "sheet.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    result = run("audit", "--estimate", "sheet.csv", "--format", "jsonl")
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    assert {k: v for k, v in found[0].items() if k not in {"low", "high"}} == {
        "field": "host_country",
        "group": "all",
        "wrong": 1,
        "checked": 4,
        "error": 0.25,
    }
    assert found[0]["low"] < 0.25 < found[0]["high"]


def test_wrong_usage_is_told(run, tmp_path):
    assert "give --sample N" in run("audit").output
    assert run("audit", "--sample", "3").exit_code == 2
    (tmp_path / "bad.csv").write_text("x,y\n", encoding="utf-8")
    result = run("audit", "--estimate", "bad.csv")
    assert (result.exit_code, "lacks the column" in result.output) == (2, True)
