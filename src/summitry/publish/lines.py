"""One report as one JSON line, in the shape of the coding rules: what ``summitry read --format jsonl`` writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summitry.model.article import Article
from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.model.spans import Span

Line = dict[str, Any]


def line_of(reading: Reading) -> Line:
    """The line of a report, its visits without ``register_id``; spans in code points of the input (of HTML: its source)."""
    article = reading.article
    return {
        "id": article.name,
        "published": str(reading.published) or None,
        "published_how": str(reading.published.how),
        "visits": [_in_source(v.as_dict(), article) for v in reading.visits],
        "encounters": [_in_source(e.as_dict(), article) for e in reading.encounters],
        "problems": [problem_of(p) for p in reading.problems],
    }


def failed_line(problem: Problem) -> Line:
    """The line of an input that could not be read: its id if it gave one, else where it stands."""
    return {
        "id": problem.report if problem.report is not None else problem.source,
        "published": None,
        "published_how": "unknown",
        "visits": [],
        "encounters": [],
        "problems": [problem_of(problem)],
    }


def problem_of(problem: Problem) -> Line:
    """A problem as name and value."""
    return {"source": problem.source, "stage": problem.stage, "error": problem.error}


def with_ids(line: Line, keys: list[str], visits: Mapping[str, str]) -> Line:
    """The line with each visit's ``register_id`` (None where the register holds it no more)."""
    told = [v | {"register_id": visits.get(key)} for v, key in zip(line["visits"], keys, strict=True)]
    return line | {"visits": told}


def _in_source(record: Line, article: Article) -> Line:
    if not article.anchors:
        return record
    moved: dict[str, list[list[int]]] = {}
    for name, spans in record["spans"].items():
        found = [article.source_span(Span(start, end))[0] for start, end in spans]
        moved[name] = [[s.start, s.end] for s in found if s is not None]
    return record | {"spans": moved}
