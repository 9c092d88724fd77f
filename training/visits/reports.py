"""Coded reports, read once with the shipped program up to the visits that it puts together."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from summitry.evaluate.alike import date_rank, pair, same_person
from summitry.extract import reports as stages
from summitry.extract.details import DetailReader
from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.visits import VisitReport
from summitry.pipeline import Reader


@dataclass(frozen=True)
class Coded:
    """A report with its coding and what the program made of it.

    ``details`` holds the clusters and the sentences read; ``matches`` the coded visit that each visit is, or None.
    """

    report: dict[str, Any]
    annotated: Annotated
    details: DetailReader
    visits: tuple[VisitReport, ...]
    matches: tuple[dict[str, Any] | None, ...]


def annotate(paths: Iterable[Path], reader: Reader) -> Iterator[tuple[dict[str, Any], Annotated]]:
    """The reports of files of coded reports in JSON lines, annotated."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield _annotated(json.loads(line), reader)


def lines(paths: Iterable[Path], reader: Reader) -> Iterator[tuple[dict[str, Any], Annotated]]:
    """The lines of tables of cases (``tests/cases/visits*.toml``) as reports of one line, annotated."""
    for path in paths:
        for n, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
            gold = {"visits": [_visit(told) for told in case["visits"]], "encounters": []}
            report = {"id": f"{path.stem}-{n}", "text": case["text"], "published": case["on"], "gold": gold}
            yield _annotated(report, reader)


def _annotated(report: dict[str, Any], reader: Reader) -> tuple[dict[str, Any], Annotated]:
    raw = Raw(
        source=report["id"], kind="text", text=report["text"], given_id=report["id"], url=report.get("url"),
        title=report.get("title"), published=report.get("published"),
    )  # fmt: skip
    return report, reader.annotate(to_article(raw, reader.ingest))


def _visit(told: str) -> dict[str, str | None]:
    """A visit of a table of cases: "Xi Jinping > RUS 2024-10 proposed"."""
    visitor, rest = told.split(" > ")
    host, dates, status, *_ = rest.split()
    return {"visitor": visitor, "host_country": host, "status": status, "dates": None if dates == "null" else dates}


def read(report: dict[str, Any], annotated: Annotated, words: VisitWords) -> Coded:
    """Extract, keep what was put together on the way, and pair the visits with the coded ones as the scorer does."""
    kept: list[DetailReader] = []

    class Kept(DetailReader):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            kept.append(self)

    with mock.patch.object(stages, "DetailReader", Kept):
        visits, _ = stages.extract(annotated, words)
    gold, given = report["gold"]["visits"], [v.as_dict() for v in visits]
    pairs = pair(
        gold,
        given,
        lambda a, b: a["host_country"] == b["host_country"] and same_person(a["visitor"], b["visitor"]),
        lambda a, b: date_rank(a["dates"], b["dates"]),
    )
    matched = {j: gold[i] for i, j in pairs}
    return Coded(report, annotated, kept[0], visits, tuple(map(matched.get, range(len(visits)))))
