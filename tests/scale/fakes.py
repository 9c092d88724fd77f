"""Readers for worker processes: importable there."""

from __future__ import annotations

import os

from summitry.ingest.inputs import Raw
from summitry.model.article import Article, digest
from summitry.model.reading import Reading
from summitry.model.visits import Status, VisitReport


class Fake:
    """Tells one visit a report; fails, or takes its process down, on demand."""

    def read(self, raw: Raw) -> Reading:
        if raw.text == "fail":
            raise ValueError("no good")
        if raw.text == "die":
            os._exit(9)
        name = digest(raw.text)
        visit = VisitReport(digest(name), name, raw.text, "CHN", "FRA", None, Status.PLANNED, raw.text)
        return Reading(Article(name, raw.source, raw.text), Article(name, raw.source, raw.text).published, (visit,))


def load() -> Fake:
    return Fake()


def cannot_load() -> Fake:
    raise RuntimeError("the tables are broken")
