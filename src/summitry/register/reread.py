"""Reading again what a register holds: the stored texts, with the program and the knowledge of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from summitry.extract import extract
from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw
from summitry.model.article import Alignment, Anchor, Known
from summitry.model.reading import Reading
from summitry.model.spans import Span
from summitry.pipeline import Reader as ReportReader
from summitry.register.reader import Reader


@dataclass(frozen=True, slots=True)
class Kept(Raw):
    """A report as the register keeps it: its text as it was read, and what only its source could tell.

    ``article`` is its hash, under which it stays; ``anchors`` lead to the source of a page, which is not kept.
    """

    article: str = ""
    outlet: str | None = None
    anchors: tuple[Anchor, ...] = ()


def kept_reports(reader: Reader) -> Iterator[Kept]:
    """All reports of a register that count, to be read again."""
    for row in reader.stored_reports():
        yield kept_of(row)


def kept_of(row: dict[str, Any]) -> Kept:
    """A report from its row of ``articles``. The date that came with it counts as given; one that it states is read anew."""
    given = row["published"] if row["published_how"] == Known.METADATA else None
    return Kept(
        source=row["source"],
        kind="text",
        text=row["text"],
        given_id=row["given_id"],
        url=row["url"],
        title=row["title"],
        published=given,
        article=row["id"],
        outlet=row["outlet"],
        anchors=tuple(_anchor(x) for x in row["anchors"]),
    )


def _anchor(stored: list[Any]) -> Anchor:
    start, end, first, last, how = stored
    return Anchor(Span(start, end), Span(first, last) if first is not None else None, Alignment(how))


@dataclass(frozen=True)
class Rereader:
    """Reads kept reports under the hash they have; ``load`` makes one."""

    reader: ReportReader

    @classmethod
    def load(cls, knowledge: Sequence[Path] = ()) -> Rereader:
        """With the shipped knowledge and the folders of ``knowledge`` on top."""
        return cls(ReportReader.load(knowledge))

    def read(self, raw: Raw) -> Reading:
        """One report, read again."""
        article = to_article(raw, self.reader.ingest)
        if isinstance(raw, Kept):
            article = replace(article, id=raw.article, anchors=raw.anchors, outlet=article.outlet or raw.outlet)
        annotated = self.reader.annotate(article)
        visits, encounters = extract(annotated, self.reader.visits)
        return Reading(article, annotated.published, visits, encounters)
