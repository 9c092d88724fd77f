"""Commands run in a folder of their own, with a reader that tells a visit for each line "X visits CODE DATE"."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import summitry.cli.read
from summitry.cli import app
from summitry.ingest.inputs import Raw
from summitry.model.article import Article, Known, Published, digest
from summitry.model.dates import DateRange
from summitry.model.reading import Reading
from summitry.model.spans import Evidence, Span
from summitry.model.visits import Status, VisitReport

TOLD = re.compile(r"(?P<visitor>[A-Z]\w+ [A-Z]\w+) visits (?P<host>[A-Z]{3})(?: on (?P<dates>\S+))?")


class LineReader:
    """A stand-in for the pipeline: what is tested here is the command, not the reading."""

    def read(self, raw: Raw) -> Reading:
        if "BREAK" in raw.text:
            raise RuntimeError("broken on purpose")
        name = digest(raw.text, raw.given_id, raw.url, raw.published)
        visits = tuple(
            VisitReport(
                id=digest(name, m.group()),
                article=name,
                visitor=m["visitor"],
                visitor_country="CHN",
                host_country=m["host"],
                dates=DateRange.parse(m["dates"]) if m["dates"] else None,
                status=Status.PLANNED,
                sentence=m.group(),
                evidence=(Evidence(name, Span(*m.span("visitor")), "visitor"),),
            )
            for m in TOLD.finditer(raw.text)
        )
        when = DateRange.parse(raw.published) if raw.published else None
        published = Published(when, Known.METADATA if when else Known.UNKNOWN)
        return Reading(
            Article(name, raw.source, raw.text, (), raw.given_id, raw.url, published=published), published, visits
        )


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``summitry ...`` with the stand-in reader, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SUMMITRY_REGISTER", raising=False)
    monkeypatch.setattr(summitry.cli.read, "load_reader", LineReader)
    runner = CliRunner()

    def call(*args: str, stdin: str | bytes | None = None) -> Result:
        result = runner.invoke(app, list(args), input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call
