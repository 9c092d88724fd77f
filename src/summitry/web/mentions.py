"""People, places and times in a stored report, found when its page is asked for: a register keeps none that gave no value.

``python -m summitry.web.mentions`` is the process that finds them: it loads the knowledge, answers an empty line, then for
each line of JSON (``question``) one line of JSON (``answer``). So a text that takes long or breaks the reader holds up no
page, and a site whose reports nobody opens does not hold the knowledge in memory.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from summitry.model.article import Article, Block, Known, Published, Role
from summitry.model.dates import DateRange
from summitry.model.spans import Span

if TYPE_CHECKING:
    from summitry.model.annotated import Annotated
    from summitry.pipeline import Reader

REACH = 60_000
"""Code points of a report that are looked through. Who "he" is depends on what stands before, so not part by part."""

MOST = 20_000
"""Mentions of one report that are told; a text made of nothing else has more."""


class Kind(StrEnum):
    """What is mentioned; the names of the marks on a page."""

    PERSON = "named_person"
    PLACE = "named_place"
    TIME = "told_time"

    @property
    def short(self) -> Literal["person", "place", "time"]:
        """The kind in one word."""
        return _SHORT[self]


_SHORT: dict[Kind, Literal["person", "place", "time"]] = {
    Kind.PERSON: "person", Kind.PLACE: "place", Kind.TIME: "time"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that mean people, a place or a time, by ``rule``.

    ``values`` are pairs of what they mean and the code of its country: the full name of each person, the name of a place;
    of a time the days as EDTF, or the TIMEX3 value where no day is settled, without a country.

    Specimen: ``Mention(0, 16, Kind.PERSON, (("Jonas Gahr Støre", "NOR"),), "name")``.
    """

    start: int
    end: int
    kind: Kind
    values: tuple[tuple[str, str | None], ...]
    rule: str


def question(article: dict[str, Any]) -> bytes:
    """A row of ``articles`` as a line of JSON, up to REACH."""
    text = article["text"]
    if len(text) > REACH:
        end = max(text.rfind(sign, REACH - 1_000, REACH) for sign in "\n .")
        text = text[: end if end > 0 else REACH]
    held = {
        "text": text,
        "title": article["title"],
        "url": article["url"],
        "published": article["published"],
        "how": article["published_how"],
        "blocks": [[start, min(end, len(text)), role, rule]
                   for start, end, role, rule in article["blocks"] if start < len(text)],
    }  # fmt: skip
    return json.dumps(held, separators=(",", ":")).encode()


def read(answer: bytes) -> tuple[Mention, ...] | None:
    """The mentions of an answer, in the order of the text; None for an empty one: they could not be found."""
    if not answer.strip():
        return None
    return tuple(
        Mention(start, end, Kind(kind), tuple((name, country) for name, country in values), rule)
        for start, end, kind, values, rule in json.loads(answer)
    )


def answer(reader: Reader, asked: bytes) -> bytes:
    """The mentions that a reader finds, as a line of JSON."""
    found = mentions_of(reader.annotate(_article(reader, json.loads(asked))))[:MOST]
    return json.dumps([[m.start, m.end, m.kind, m.values, m.rule] for m in found], separators=(",", ":")).encode()


def mentions_of(annotated: Annotated) -> tuple[Mention, ...]:
    """All mentions of an annotated article, in the order of the text."""
    found = [
        Mention(m.span.start, m.span.end, Kind.PERSON, tuple((p.name, p.country) for p in annotated.named(m)), m.rule)
        for m in annotated.mentions
        if m.people
    ]
    found += [Mention(p.span.start, p.span.end, Kind.PLACE, ((p.name, p.country),), p.rule) for p in annotated.places]
    found += [
        Mention(t.span.start, t.span.end, Kind.TIME, ((str(t.range or t.value), None),), t.rule)
        for t in annotated.times
    ]
    return tuple(sorted(found, key=lambda m: (m.start, -m.end, m.kind)))


def _article(reader: Reader, asked: dict[str, Any]) -> Article:
    """The report as it was read, with the date that was settled then; the dateline, which is not stored, is found anew."""
    from summitry.ingest.articles import to_article
    from summitry.ingest.inputs import Raw

    raw = Raw(source="register", kind="text", text=asked["text"], title=asked["title"], url=asked["url"])
    published = Published(DateRange.parse(asked["published"]) if asked["published"] else None, Known(asked["how"]))
    blocks = tuple(Block(Span(start, end), Role(role), rule) for start, end, role, rule in asked["blocks"])
    article = to_article(raw, reader.ingest)
    return replace(article, published=published, blocks=blocks or article.blocks)


def main() -> None:
    """Answer questions from standard input until it ends."""
    from summitry.pipeline import Reader

    if hasattr(os, "nice"):
        os.nice(5)  # pages that are asked for go first
    reader = Reader.load()
    out = sys.stdout.buffer
    out.write(b"\n")
    out.flush()
    for line in sys.stdin.buffer:
        try:
            told = answer(reader, line)
        except Exception as error:  # whatever a text brings about, the next one is answered
            sys.stderr.write(f"mentions could not be found: {type(error).__name__}: {error}\n")
            told = b""
        out.write(told + b"\n")
        out.flush()


if __name__ == "__main__":
    main()
