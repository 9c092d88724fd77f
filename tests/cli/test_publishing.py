"""``export``, ``publish``, ``diary``, ``import`` and ``compare`` as commands."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pandas as pd
import pytest
from typer.testing import Result

from summitry.publish.columns import NAMES
from tests.cli.test_show import REPORTS

Run = Callable[..., Result]

LIST = (
    "visitor,visitor_country,host_country,dates\nXi Jinping,CHN,Russia,2023-03-21\nXi Jinping,CHN,Serbia,2024-05-07\n"
)


@pytest.fixture
def filled(run: Run) -> Run:
    Path("a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in REPORTS))
    assert run("read", "a.jsonl").exit_code == 0
    return run


def rows(result: Result, mark: str = ",") -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout), delimiter=mark))


def test_the_format_is_told_by_the_files_name(filled: Run) -> None:
    for name in ("a.csv", "a.tsv", "a.jsonl", "a.parquet", "a.dta", "a.jsonld", "a.ics", "a.geojson", "a.atom"):
        result = filled("export", "-o", name)
        assert result.exit_code == 0, result.stderr
        assert f"written to {name}" in result.stderr
    assert tuple(pd.read_parquet("a.parquet").columns) == tuple(pd.read_stata("a.dta").columns) == NAMES
    assert Path("a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert filled("export", "--format", "dta").stdout_bytes == Path("a.dta").read_bytes(), "and goes through a pipe"


def test_a_failed_export_leaves_the_file_as_it_was(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from summitry.publish import formats

    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("half-way")

    assert filled("export", "-o", "a.csv").exit_code == 0
    before = Path("a.csv").read_bytes()
    monkeypatch.setitem(formats.FORMATS, "csv", replace(formats.FORMATS["csv"], write=broken))
    with pytest.raises(RuntimeError):
        filled("export", "-o", "a.csv")
    assert Path("a.csv").read_bytes() == before
    assert sorted(p.name for p in Path().iterdir() if p.name.startswith(".")) == []


@pytest.mark.parametrize(
    ("args", "hosts"),
    [
        (("--visitor", "Xi"), ["RUS"]),
        (("--visitor", "China"), ["RUS", "SRB", "FRA"]),
        (("--host", "Serbia"), ["SRB"]),
        (("--from", "2023-04", "--to", "2023"), ["SRB"]),
        (("--person", "Li Keqiang"), ["SRB", "FRA"]),
        (("--status", "planned"), ["RUS", "SRB", "FRA"]),
    ],
)
def test_filters(filled: Run, args: tuple[str, ...], hosts: list[str]) -> None:
    assert [r["host_country"] for r in rows(filled("export", *args))] == hosts


def test_quotes(filled: Run) -> None:
    whole, cut, none = (
        [r["quote"] for r in rows(filled("export", *args))] for args in ((), ("--quotes", "10"), ("--quotes", "none"))
    )
    assert whole[0].startswith("Xi Jinping visits RUS on 2023-")
    assert (cut[0], none[0]) == ("Xi Jinping…", "")


@pytest.mark.parametrize(
    ("args", "status", "told"),
    [
        (("export", "--format", "ics", "--wide"), 2, "--wide is not for --format ics"),
        (("export", "--wide", "--claims"), 2, "choose one"),
        (("export", "--format", "dyad-year", "--zeros"), 2, "needs a span and states"),
        (("export", "--format", "dyad-year", "--zeros", "--from", "2020", "--to", "2021", "--states", "XXX"), 2,
         "XXX is no country"),
        (("export", "--states", "CHN"), 2, "for panels with --zeros"),
        (("export", "--quotes", "few"), 2, "neither a number"),
        (("export", "--format", "xls"), 2, "xls"),
        (("export", "--host", "Narnia"), 2, "is no country"),
        (("publish", "a.jsonl"), 2, "is a file"),
        (("publish", "x", "--site", "--title", "T"), 2, "not of --site"),
        (("diary", "--next", "soon"), 2, "14d or 2w"),
        (("diary", "--zone", "Europe/Narnia"), 2, "no time zone"),
        (("diary", "--since", "yesterday"), 2, "no day"),
        (("import", "none.csv"), 1, "cannot be read"),
        (("compare", "a.jsonl"), 1, "no column"),
        (("import", "list.csv", "--country", "Narnia"), 2, "no country"),
        (("watch", "none.toml"), 2, "none.toml"),
    ],
)  # fmt: skip
def test_errors_say_what_happened_and_what_to_do(filled: Run, args: tuple[str, ...], status: int, told: str) -> None:
    Path("list.csv").write_text(LIST)
    result = filled(*args)
    assert result.exit_code == status, result.stderr
    assert told in result.stderr
    assert result.stdout == ""


def shown(page: Path) -> str:
    """The words of a page, whatever marks them."""
    return " ".join(lxml.html.parse(str(page)).getroot().text_content().split())


def test_a_panel_with_zeros(filled: Run) -> None:
    args = ("export", "--format", "country-year", "--zeros", "--from", "2023", "--to", "2023", "--states", "CHN,SRB")
    assert {(r["country"], r["paid"]) for r in rows(filled(*args))} == {("CHN", "0"), ("SRB", "0")}


def test_publish_writes_a_package_and_plain_pages(filled: Run) -> None:
    result = filled("publish", "package", "--title", "T", "--author", "A B", "--quotes", "none")
    assert result.exit_code == 0, result.stderr
    assert "3 visits written to package" in result.stderr
    assert 'title: "T"' in Path("package/CITATION.cff").read_text()
    result = filled("publish", "pages", "--site")
    assert result.exit_code == 0, result.stderr
    pages = list(Path("pages").rglob("*.html"))
    assert len(pages) >= 4
    words = "Xi Jinping visits RUS on 2023-21"
    assert any(words in shown(p) for p in pages), "the evidence sentence is shown"
    assert filled("publish", "quiet", "--site", "--quotes", "none").exit_code == 0
    assert not any(words in shown(p) for p in Path("quiet").rglob("*.html"))
    assert not [p for p in Path("pages").rglob("*") if "report" in p.as_posix()], (
        "full texts belong to their publishers"
    )


def test_links_of_plain_pages_lead_to_files(filled: Run) -> None:
    assert filled("publish", "pages", "--site").exit_code == 0
    seen = 0
    for page in Path("pages").rglob("*.html"):
        tree = lxml.html.parse(str(page)).getroot()
        assert not list(tree.iter("form"))
        for _, attribute, link, _ in tree.iterlinks():
            if attribute in ("href", "src") and "://" not in link and not link.startswith(("mailto:", "#", "data:")):
                assert not link.startswith("/"), link
                target = (page.parent / link.partition("#")[0]).resolve()
                assert target.is_file(), f"{page}: {link}"
                seen += 1
    assert seen > 10


def test_the_same_register_gives_the_same_pages(filled: Run) -> None:
    held = []
    for name in ("one", "two"):
        assert filled("publish", name, "--site").exit_code == 0
        held.append({p.relative_to(name): p.read_bytes() for p in Path(name).rglob("*") if p.is_file()})
    assert held[0] == held[1]


def test_diary(filled: Run) -> None:
    table = rows(filled("diary", "--on", "2023-03-19", "--since", "2023-03-01"), "\t")
    assert [(r["visitor"], r["host"], r["days"], r["changed"]) for r in table] == [
        ("Xi Jinping", "Russia", "2023-03-20/2023-03-22", ""),
        ("Li Keqiang", "Serbia", "2023-04-02", "new"),
    ]
    assert rows(filled("diary", "--on", "2023-03-19", "--next", "3d", "--country", "SRB"), "\t") == []
    assert len(rows(filled("diary", "--on", "2023-03-19", "--person", "Xi Jinping"), "\t")) == 1
    assert rows(filled("diary", "--zone", "Asia/Tokyo"), "\t") == [], "today, which is long after"


def test_a_list_is_compared_and_imported(filled: Run) -> None:
    Path("list.csv").write_text(LIST)
    result = filled("compare", "list.csv")
    table = rows(result, "\t")
    assert [(r["in"], r["host"], r["list_days"], r["register_days"], r["differ"]) for r in table] == [
        ("both", "RUS", "2023-03-21", "2023-03-20/2023-03-22", "1"),
        ("list", "SRB", "2024-05-07", "", ""),
    ]
    assert "1 in both: 0 on the same days, 1 within 1 day" in result.stderr
    for new in ("2 of them new", "0 of them new"):
        result = filled("import", "list.csv", "--name", "Ministry", "--published", "2024-06")
        assert result.exit_code == 0, result.stderr
        assert new in result.stderr
    held = rows(filled("export"))
    assert [r["host_country"] for r in held] == ["RUS", "SRB", "SRB", "FRA"]
    assert held[0]["outlets"] == "Ministry"
    assert held[0]["took_place"] == "true"
    again = rows(filled("compare", "list.csv", "--name", "Ministry"), "\t")
    assert [r["in"] for r in again] == ["both", "list"], "what is known from the list alone is not the register's own"


def test_rows_that_fail_are_named_and_the_others_read(filled: Run) -> None:
    Path("list.csv").write_text(LIST + "A B,CHN,Narnia,2020\n")
    result = filled("import", "list.csv")
    assert result.exit_code == 3
    assert "list.csv:4: 'Narnia' is no country" in result.stderr
    assert "Narnia" in filled("problems").stdout
