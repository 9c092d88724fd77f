"""The audit: who is drawn, what the sheet holds, and what a checked sheet says of the whole."""

import csv
import datetime as dt
import io

import pytest

from summitry.evaluate.audit import COLUMNS, FIELDS, allot, covered, estimate, read_sheet, sample, write_sheet
from summitry.evaluate.intervals import wilson
from summitry.model.errors import UsageError


def record(n, status="planned", year=2015):
    return {
        "id": f"{n:04}",
        "visitor": "Ana Ruiz",
        "status": status,
        "places": ("Oslo", "Bergen"),
        "first_day": dt.date(year, 5, 1) if year else None,
        "reports": 2,
    }


ROWS = [record(n, "planned", 2015) for n in range(60)] + [record(n, "completed", 2016) for n in range(60, 90)]
ROWS += [record(n, "completed", None) for n in range(90, 100)]


def test_each_stratum_is_drawn_from_and_the_rest_by_size():
    assert allot({"a": 60, "b": 30, "c": 10}, 10) == {"a": 6, "b": 3, "c": 1}
    assert allot({"a": 98, "b": 1, "c": 1}, 10) == {"a": 8, "b": 1, "c": 1}
    assert allot({"a": 5, "b": 3}, 1) == {"a": 1, "b": 0}
    assert allot({"a": 2, "b": 1}, 50) == {"a": 2, "b": 1}


def test_the_same_seed_draws_the_same_records_and_none_twice():
    first = sample(ROWS, 20, seed=3)
    assert first == sample(ROWS[::-1], 20, seed=3)
    assert first != sample(ROWS, 20, seed=4)
    assert len({row["id"] for _, row in first}) == 20
    assert {part.name: part.size for part, _ in first} == {
        "planned 2015": 60,
        "completed 2016": 30,
        "completed undated": 10,
    }


def test_a_sample_too_small_for_years_is_stratified_by_status():
    assert {part.name for part, _ in sample(ROWS, 5, seed=0)} == {"planned", "completed"}


def sheet(tmp_path, answers, number=10, delimiter=","):
    """A sheet of the sample, filled in by ``answers(row)``: a dict of column to text."""
    out = io.StringIO()
    write_sheet(sample(ROWS, number, seed=1), lambda row: "She went.", out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows({**row, **answers(row)} for row in rows)
    return path


def test_the_sheet_shows_the_record_and_leaves_the_answers_open():
    out = io.StringIO()
    assert write_sheet(sample(ROWS, 4, seed=1), lambda row: "She went.", out) == 4
    row = next(csv.DictReader(io.StringIO(out.getvalue())))
    assert (row["visitor"], row["places"], row["sentence"]) == ("Ana Ruiz", "Oslo; Bergen", "She went.")
    assert all(row[f"{name}_ok"] == "" for name in FIELDS)


def figures(path, field, group="all"):
    return next(e for e in estimate(read_sheet(path)) if (e.field, e.group) == (field, group))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_share_of_wrong_values_with_its_interval(tmp_path, delimiter):
    path = sheet(
        tmp_path,
        lambda row: {"dates_ok": "n" if row["status"] == "planned" else "Y"},
        delimiter=delimiter,
    )
    found = figures(path, "dates")
    assert (found.wrong, found.checked, found.rate) == (6, 10, pytest.approx(0.6))
    assert (found.low, found.high) == pytest.approx(wilson(6, 10))
    assert figures(path, "dates", "status: planned").rate == 1
    assert figures(path, "dates", "year: 2016").rate == 0
    assert covered(read_sheet(path)) == pytest.approx(1)


def test_rows_stand_for_their_stratum_where_checks_are_uneven(tmp_path):
    done = set()

    def answers(row):
        """One planned record, wrong; all the others right."""
        if row["status"] == "planned" and "planned" in done:
            return {}
        done.add(row["status"])
        return {"kind_ok": "n" if row["status"] == "planned" else "y"}

    path = sheet(tmp_path, answers)
    found = figures(path, "kind")
    assert (found.wrong, found.checked, found.rate) == (1, 5, pytest.approx(0.6))
    low, high = wilson(1, 5)
    assert found.high - found.low > high - low


def test_strata_left_out_are_told(tmp_path):
    path = sheet(tmp_path, lambda row: {"kind_ok": "y"} if row["status"] == "planned" else {})
    assert covered(read_sheet(path)) == pytest.approx(0.6)


def test_a_visit_that_never_was_has_no_further_fields(tmp_path):
    path = sheet(tmp_path, lambda row: {"visit_ok": "n", "dates_ok": "n"})
    fields = {e.field: e for e in estimate(read_sheet(path)) if e.group == "all"}
    assert set(fields) == {"record", "visit"}
    assert fields["record"].rate == 1


def test_an_answer_that_is_none_is_told_with_its_place(tmp_path):
    path = sheet(tmp_path, lambda row: {"dates_ok": "perhaps"})
    with pytest.raises(UsageError, match=r"sheet\.csv:2: dates_ok is 'perhaps'; write y, n or nothing"):
        read_sheet(path)


def test_a_file_that_is_no_sheet_is_told(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="lacks the column 'record'"):
        read_sheet(path)


def test_wilson():
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=1e-3)
    assert wilson(0, 20) == pytest.approx((0, 0.161), abs=1e-3)
    assert wilson(0, 0) == (0, 1)
