"""docs/exports.md is true: its tables are the program's, its code runs. To write it anew: SUMMITRY_WRITE_DOCS=1 pytest."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from summitry.feeds.config import load
from summitry.publish.codebook import words
from summitry.publish.colt import FIELDS
from summitry.publish.columns import CLAIMS, COLUMNS, Field
from summitry.publish.formats import FORMATS
from summitry.publish.panels import COUNTRY_YEAR, DYAD_DAY, DYAD_YEAR
from summitry.publish.plover import rules
from tests.publish.making import export, register

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
CODE = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def columns(fields: Iterable[Field]) -> str:
    return table(("column", "type", "holds"), ((f"`{f.name}`", f.type, f.holds) for f in fields))


def formats() -> str:
    rows = []
    for f in FORMATS.values():
        options = ", ".join(f"`--{o.replace('_', '-')}`" for o in f.options)
        rows.append((f"`{f.name}`", ", ".join(f"`{s}`" for s in f.suffixes), f.holds, f.item, options))
    return table(("`--format`", "files", "what", "one item is", "options"), rows)


def events() -> str:
    rows = [(", ".join(f"`{s}`" for s in r["of"]), r["by"], r["event"], r["mode"], r["cameo"]) for r in rules()]
    return table(("status", "whose act", "event", "mode", "CAMEO"), rows)


def made() -> dict[str, str]:
    return {
        "formats": formats(),
        "columns": columns(c.field for c in COLUMNS),
        "claims": columns(CLAIMS),
        "colt": columns(FIELDS),
        "dyad-day": columns(DYAD_DAY),
        "dyad-year": columns(DYAD_YEAR),
        "country-year": columns(COUNTRY_YEAR),
        "events": events(),
        "files": table(("file", "holds"), ((f"`{name}`", text) for name, text in words()["file"].items())),
    }


def test_the_tables_are_the_programs() -> None:
    held = fresh = PAGE.read_text(encoding="utf-8")
    for name, text in made().items():
        pattern = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.S)
        assert pattern.search(held), f"no place for the table of {name}"
        fresh = pattern.sub(lambda _, text=text: f"\n{text}\n", fresh)
    if os.environ.get("SUMMITRY_WRITE_DOCS"):
        PAGE.write_text(fresh, encoding="utf-8")
    else:
        assert held == fresh, "stale: SUMMITRY_WRITE_DOCS=1 python -m pytest tests/publish/test_exports_docs.py"


def test_the_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = register(tmp_path / "register.db")
    for format in ("csv", "dta", "parquet"):
        (tmp_path / f"visits.{format}").write_bytes(export(place, format))
    monkeypatch.chdir(tmp_path)
    found = CODE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) == 2
    for code in found:
        exec(compile(code, str(PAGE), "exec"), {})  # noqa: S102


def test_the_list_of_feeds_is_one(tmp_path: Path) -> None:
    (text,) = re.findall(r"^```toml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    config = load(path)
    assert len(config.watched) == 2
    known = set(tomllib.loads(text)) - {"feed", "page"}
    assert {name: getattr(config, name) for name in known - {"every"}} == {
        "pause": 2,
        "timeout": 30,
        "most_bytes": 5_000_000,
    }
