"""An article: the text as it was found, its parts, and when it appeared."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from summitry.model.dates import DateRange
from summitry.model.spans import Span


class Role(StrEnum):
    """What a block of text is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    BODY = "body"
    DEBRIS = "debris"


READ = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.CAPTION, Role.BODY})
"""The roles whose words tell of visits; the others are kept but not read for them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the text with one role, and the id of the rule that gave it. Blocks follow one another and never overlap."""

    span: Span
    role: Role
    rule: str = ""


class Known(StrEnum):
    """How a publication date is known."""

    STATED = "stated"
    METADATA = "metadata"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Published:
    """When the report appeared: a day, month or year (or None), how that is known, the reasons, and the words."""

    value: DateRange | None = None
    how: Known = Known.UNKNOWN
    reasons: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def day(self) -> dt.date | None:
        """The day, where one is settled."""
        return self.value.as_day if self.value else None

    def __str__(self) -> str:
        return str(self.value) if self.value else ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """ "MOSCOW (Reuters) --": where the report was filed and by whom. ``place`` as written, ``date`` as read if told."""

    span: Span
    place: Span | None = None
    agency: str | None = None
    date: DateRange | None = None


class Alignment(StrEnum):
    """How a piece of the text leads back to the source."""

    EXACT = "exact"
    ALIGNED = "aligned"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A piece of the text and where it stands in the decoded source (None where it was not found)."""

    text: Span
    source: Span | None
    how: Alignment


@dataclass(frozen=True, slots=True)
class Article:
    """One press report.

    ``text`` is what is read and what spans point into: the input text itself for plain text and JSON lines, the extracted
    text for HTML. ``anchors`` is empty where text and source are the same; else ``source_span`` leads back.
    ``id`` is the hash of the text with its metadata.
    """

    id: str
    source: str
    text: str
    blocks: tuple[Block, ...] = ()
    given_id: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published: Published = field(default_factory=Published)
    dateline: Dateline | None = None
    outlet: str | None = None
    agency: str | None = None
    anchors: tuple[Anchor, ...] = ()

    @property
    def name(self) -> str:
        """The id as given, else the hash."""
        return self.given_id if self.given_id is not None else self.id

    def source_span(self, span: Span) -> tuple[Span | None, Alignment]:
        """Where ``span`` of the text stands in the decoded source, and how that is known."""
        if not self.anchors:
            return span, Alignment.EXACT
        for anchor in self.anchors:
            if anchor.text.covers(span):
                if anchor.source is None:
                    return None, Alignment.NOT_FOUND
                if anchor.how is Alignment.EXACT:
                    shift = anchor.source.start - anchor.text.start
                    return Span(span.start + shift, span.end + shift), Alignment.EXACT
                return anchor.source, Alignment.ALIGNED
        pieces = [_clipped(a, span) for a in self.anchors if a.text.meets(span) and a.source]
        if not pieces:
            return None, Alignment.NOT_FOUND
        return Span(min(p.start for p in pieces), max(p.end for p in pieces)), Alignment.ALIGNED


def _clipped(anchor: Anchor, span: Span) -> Span:
    """The part of an anchor's source that a span of the text covers; all of it where it is only aligned."""
    source = anchor.source
    if source is None:
        raise ValueError("an anchor that was not found has no source")
    if anchor.how is not Alignment.EXACT:
        return source
    shift = source.start - anchor.text.start
    return Span(max(span.start, anchor.text.start) + shift, min(span.end, anchor.text.end) + shift)


def digest(*parts: object) -> str:
    """A content hash: 16 hex digits of SHA-256 over the parts as canonical JSON. The same parts, the same id, everywhere."""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]
