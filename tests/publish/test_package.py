"""The data package: validated by the tools it is for, the same bytes twice, its codebook true."""

from __future__ import annotations

import hashlib
import html
import json
import re
import warnings
from pathlib import Path

import frictionless
import pypdf
import pytest
import yaml

from summitry.lexicon.files import DATA
from summitry.model.errors import UsageError
from summitry.publish.codebook import coding_rules
from summitry.publish.columns import COLUMNS
from summitry.publish.package import About, write_package
from summitry.publish.terms import Quotes, Terms
from summitry.register.exporting import opened
from tests.publish.making import DAY, register

ABOUT = About("Visits & more", ("Ana Petrović", "The Institute"), "CC-BY-4.0")


def publish(place: str, folder: Path, quotes: int | None = None) -> Path:
    with opened(place, about=frozenset({"sources"})) as visits:
        number, names = write_package(visits, folder, Terms.load(DAY, Quotes(quotes)), ABOUT)
    assert number == 8
    assert sorted(names) == sorted(p.name for p in folder.iterdir())
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    return register(tmp_path_factory.mktemp("package") / "register.db")


@pytest.fixture(scope="module")
def package(place: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(place, tmp_path_factory.mktemp("published") / "package")


def test_a_second_run_gives_the_same_bytes(place: str, package: Path, tmp_path: Path) -> None:
    again = publish(place, tmp_path / "again")
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {p.name: p.read_bytes() for p in package.iterdir()}


def test_checksums(package: Path) -> None:
    lines = (package / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == len(list(package.iterdir())) - 1
    for line in lines:
        told, name = line.split("  ")
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == told


def test_frictionless_finds_nothing_wrong(package: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["fieldName", "rowNumber", "type", "note"])
    assert {t.name: t.stats["rows"] for t in report.tasks if t.stats.get("rows")} == {"visits": 8, "claims": 68}


def test_frictionless_would_find_it(package: Path, tmp_path: Path) -> None:
    for path in package.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    table = (tmp_path / "visits.csv").read_text("utf-8").replace(",completed,", ",perhaps,")
    (tmp_path / "visits.csv").write_text(table, "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_croissant_by_its_own_library(package: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mlcroissant

        found = mlcroissant.Dataset(jsonld=str(package / "croissant.json"))
        assert not found.metadata.ctx.issues.errors
        visits = list(found.records(record_set="visits"))
        claims = list(found.records(record_set="claims"))
    assert (len(visits), len(claims)) == (8, 68)
    assert {v["visits/host_country"] for v in visits} >= {b"GRC", b"RUS"}


def test_the_codebook_counts(package: Path) -> None:
    page = (package / "codebook.html").read_text("utf-8")
    assert "Visits &amp; more: codebook" in page
    for c in COLUMNS:
        assert f"<code>{c.name}</code>" in page
        assert html.escape(c.field.label) in page
    status = page[page.index('id="status"') :]
    counts = dict(re.findall(r"<td><code>(\w+)</code></td><td>(\d+)</td>", status[: status.index("<h3", 20)]))
    assert counts == {"proposed": "1", "planned": "2", "ongoing": "0", "completed": "4", "postponed": "0", "cancelled": "1",
                      "ruled_out": "0"}  # fmt: skip
    places = page[page.index('id="places"') :]
    assert "<td>visits with a value</td><td>3 of 8</td>" in places
    assert "<td>missing</td><td>62.5%</td>" in places
    assert "<td>example</td><td>Athens</td>" in places


def test_the_codebook_holds_the_coding_rules(package: Path) -> None:
    source = (DATA / "publish" / "coding.md").read_text("utf-8")
    found = " ".join(re.sub(r"<[^>]*>", "", b.text or " ".join(map(" ".join, b.rows))) for b in coding_rules())
    words = " ".join(html.unescape(found).split())
    parts = re.findall(r"[A-Za-z ]{25,}", re.sub(r"[`*\[\]]", "", source))
    assert len(parts) > 80
    assert [part for part in parts if " ".join(part.split()) not in words] == []


def test_the_codebook_for_print(package: Path) -> None:
    book = pypdf.PdfReader(package / "codebook.pdf")
    words = " ".join(" ".join(page.extract_text() for page in book.pages).split())
    assert book.metadata and book.metadata.title == "Visits & more: codebook"
    for part in ("How the visit stands", "Who counts", "62.5%", "Athens"):
        assert part in words
    assert len(book.pages) > 5


def test_how_to_cite(package: Path) -> None:
    cited = yaml.safe_load((package / "CITATION.cff").read_text("utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert cited["title"] == "Visits & more"
    assert [a["name"] for a in cited["authors"]] == ["Ana Petrović", "The Institute"]
    assert {"message", "type", "version", "date-released", "license"} <= set(cited)


def test_versions(package: Path) -> None:
    told = json.loads((package / "VERSIONS.json").read_text("utf-8"))
    assert told["visits"] == 8
    assert told["reports read with knowledge"] == "k"
    assert len(told["knowledge"]) == 16


def test_without_quotes_no_sentence_is_in_any_file(place: str, tmp_path: Path) -> None:
    for path in publish(place, tmp_path / "none", 0).iterdir():
        assert b"Emmanuel Macron / RUS" not in path.read_bytes(), path.name


def test_a_file_is_no_folder(place: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with opened(place) as visits, pytest.raises(UsageError, match="is a file"):
        write_package(visits, tmp_path / "x", Terms.load(), ABOUT)


def test_the_coding_rules_in_the_package_are_those_of_the_docs() -> None:
    docs = Path(__file__).parents[2] / "docs" / "coding.md"
    held = DATA / "publish" / "coding.md"
    assert held.read_bytes() == docs.read_bytes(), "stale: cp docs/coding.md src/summitry/data/publish/coding.md"
