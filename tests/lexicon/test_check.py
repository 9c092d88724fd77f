"""``knowledge check``: every wrong row is named with its line and says what to do; what is right is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitry.lexicon.check import Finding, check, tables_of
from summitry.lexicon.files import DATA

HEADERS = {
    name: (DATA / name).read_text(encoding="utf-8").splitlines()[0]
    for name in ("people/tenures.csv", "places/country_forms.csv", "places/sites.csv", "outlets/outlets.csv")
}
GOOD = "Anna Prill,Prill,,minister,Rail Minister,CHL,2001-05,2004,high,own"


def put(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(([HEADERS[name]] if name in HEADERS else []) + [*lines, ""]), encoding="utf-8")
    return folder


def only(folder: Path) -> Finding:
    (found,) = check(folder)
    return found


def test_a_right_folder_has_no_findings(tmp_path: Path) -> None:
    put(tmp_path, "people/tenures.csv", GOOD)
    put(tmp_path, "places/sites.csv", "Glass Pavilion,Glass Pavilion,CZE,,own")
    assert check(tmp_path) == []
    assert tables_of(tmp_path) == {"people/tenures.csv": 1, "places/sites.csv": 1}


def test_the_shipped_tables_are_right() -> None:
    assert [f for f in check(DATA) if f.error] == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (GOOD.replace("2001-05", "2001-13"), "start '2001-13' is no date; write 1997-04-04"),
        (GOOD.replace("2001-05", ""), "start is empty; fill it"),
        (GOOD.replace("2004", "1999"), "ends (1999) before it starts (2001-05)"),
        (GOOD.replace(",CHL,", ",CHI,"), "country 'CHI' is no code; summitry where NAME tells"),
        (GOOD.replace(",minister,", ",minster,"), "office 'minster' is not known; is it minister"),
        (GOOD.replace(",high,", ",sure,"), "certainty 'sure' is to be one of: checked, high, low, medium"),
        (GOOD.replace("own", ""), "source is empty; write where you know it from"),
        (GOOD.replace("Rail Minister", "Minister, Rail"), "11 cells, the header has 10"),
    ],
)
def test_a_wrong_tenure(tmp_path: Path, row: str, says: str) -> None:
    found = only(put(tmp_path, "people/tenures.csv", GOOD.replace("Anna", "Ivo"), row))
    assert (found.line, found.error) == (3, True)
    assert says in found.text


def test_the_same_row_twice(tmp_path: Path) -> None:
    assert "the same row as line 2" in only(put(tmp_path, "people/tenures.csv", GOOD, GOOD)).text


def test_two_holders_at_once_are_only_a_note(tmp_path: Path) -> None:
    row = "Ivo Kral,Kral,,head_of_state,President,FRA,1998-01-01,1999-01-01,high,own"
    found = only(put(tmp_path, "people/tenures.csv", row))
    assert not found.error
    assert "Jacques Chirac holds the office at the same time (1995-05-17 to 2007-05-16)" in found.text
    override = "Jacques Chirac,Chirac,,head_of_state,President,FRA,1995-05-17,1998-01-01,high,own"
    put(tmp_path, "people/tenures.csv", row.replace("1999-01-01", "2007-05-16"), override)
    assert check(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("people/tenure.csv", "a,b\n", 0, "no table of this name is read; is it people/tenures.csv"),
        ("people/offices.xlsx", "", 0, "the tables are .csv"),
        ("people/tenures.csv", "person;office\n", 1, "parted by commas"),
        ("people/tenures.csv", "person,office\n", 1, "'family_name' is missing"),
        ("places/country_forms.csv", "form,country,kind,start,end,source\nElbonia,CZE,nickname,,,own\n", 2, "nickname"),
        ("places/country_forms.csv", "form,country,kind,start,end,source\nOld,CZE,former,1990,,own\n", 2, "write a day"),
        ("people/words.toml", "x = \n", 1, "is no TOML"),
        ("people/titles.toml", '[[title]]\nid = "x"\noffice = "minister"\nrank = "visitor"\nphrases = ["x"]\n', 1, "lacks"),
        ("people/titles.toml", "[[titel]]\n", 1, "[[titel]] is not read; here stand [[title]]"),
        ("places/geonames.csv", "name,country,inhabitants\nGlasstown,CZE,many\n", 2, "'many'"),
        ("outlets/outlets.csv", HEADERS["outlets/outlets.csv"] + "\nDaily,,example.org,CZE,paper,no,own\n", 2, "kind"),
    ],
)  # fmt: skip
def test_a_wrong_file(tmp_path: Path, name: str, text: str, line: int, says: str) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    found = next(f for f in check(tmp_path) if f.error)
    assert found.line == line
    assert says in found.text
    assert found.file == str(path)


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    path = put(tmp_path, "people/tenures.csv", GOOD) / "people" / "tenures.csv"
    path.write_bytes(path.read_bytes() + "André,André,,minister,M,FRA,2001,,high,own\n".encode("latin-1"))
    assert only(tmp_path).line == 3


def test_a_form_of_another_country_is_a_note(tmp_path: Path) -> None:
    found = only(put(tmp_path, "places/country_forms.csv", "Georgia,CZE,name,,,own"))
    assert (found.error, found.line) == (False, 2)
    assert "means GEO too" in found.text
