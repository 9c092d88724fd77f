"""The steps by which most of a crawl falls away before it costs anything, each dearer and finer than the one before.

    bytes      a page without the commonest words of English
    rough      rough text: what stands in paragraphs, cut out of the bytes (where that is little, resiliparse's text)
    sieve      no sentence that names a place near a person of rank and holds a strong word of visiting
    weight     no such sentence with points enough: a leader's name, countries, how near they stand
    glance     the sentences that can tell of a visit (scale/glance.py), read and telling none
    read       trafilatura, htmldate and the whole reading

Texts (JSON lines, Parquet) begin with their language and the sieve. What falls at which step is counted by the caller.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np

from summitry.ingest.decode import BadBytes, decode_html
from summitry.ingest.inputs import Raw
from summitry.ingest.sieve import Mesh
from summitry.lexicon.files import DATA, read_toml
from summitry.model.errors import InputError, KnowledgeError
from summitry.model.reading import Reading
from summitry.pipeline import Reader
from summitry.scale.glance import LONGEST, excerpt
from summitry.scale.weigh import Weights

FILE = Path("scan", "cascade.toml")
ANY_DAY = "2015-01-01"
"""The publication date with which a glance reads a page that states none; it asks only whether there is a visit and not when."""


LARGEST = 20_000_000
"""Bytes of a page; a larger one is a problem, not a page."""

_STATED = re.compile(
    rb"(?:datePublished|published_time|publish[-_]?date)[^0-9<>]{1,40}((?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8]))"
)
"""A date of publication as pages state it; days up to the 28th, which every month has."""

_TAG = re.compile(rb"<[^<>]*>")
_LINES = bytes.maketrans(b"\0\t\n\v\f\r", b"\n     ")
"""Paragraphs are parted by NUL until their own line ends are blanks."""

_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Step(StrEnum):
    """Where a page falls, or that it is kept; ``NONE`` is one that was read and told nothing."""

    BYTES = "bytes"
    LANGUAGE = "language"
    SIEVE = "sieve"
    WEIGHT = "weight"
    GLANCE = "glance"
    NONE = "read"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Record:
    """One item of a crawl: a page as bytes, or a text with what is known of it.

    ``error`` says why there is neither: a record that is cut off, a line that is no JSON.
    """

    source: str
    page: bytes | None = None
    raw: Raw | None = None
    url: str | None = None
    error: str | None = None
    seen: str | None = None


@dataclass(frozen=True)
class Cascade:
    """The steps, with their knowledge. Specimen: ``Cascade.load().step(record)``."""

    reader: Reader
    weights: Weights
    english: tuple[bytes, ...]
    least: int
    rough_least: int
    elements: tuple[str, ...]
    languages: frozenset[str]
    on: bool = True
    opening: re.Pattern[bytes] = field(init=False)
    letters: tuple[np.ndarray, np.ndarray] = field(init=False)

    def __post_init__(self) -> None:
        names = "|".join(map(re.escape, self.elements)).encode()
        object.__setattr__(self, "opening", re.compile(rb"<(%b)(?:\s[^<>]*)?>" % names, re.I))
        second, third = np.zeros(256, bool), np.zeros(256, bool)
        for name in self.elements:
            for written in (name.lower().encode(), name.upper().encode()):
                second[written[0]] = True
                third[list(written[1:2] or b"> \t\n\r\f\v")] = True
        object.__setattr__(self, "letters", (second, third))

    @classmethod
    def load(cls, on: bool = True, knowledge: Sequence[Path] = ()) -> Cascade:
        """The reader and the table ``scan/cascade.toml``; ``on`` false reads everything: the reference."""
        table = read_toml(DATA / FILE)
        try:
            reader = Reader.load(knowledge)
            return cls(
                reader,
                Weights.load(reader.sieve, reader.people, reader.places),
                tuple(word.encode() for word in table["english"]["bytes"]),
                table["english"]["least"],
                table["rough"]["least"],
                tuple(table["rough"]["elements"]),
                frozenset(table["languages"]["read"]),
                on,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise KnowledgeError(f"{DATA / FILE}: lacks {error}") from error

    def read(self, record: Record) -> tuple[Step, Reading | None]:
        """Take one record as far as it goes. Raises InputError for one that holds no page and no text."""
        step = self.falls(record)
        if step is not None:
            return step, None
        reading = self.reader.read(self._raw(record))
        return (Step.KEPT, reading) if reading.visits or reading.encounters else (Step.NONE, None)

    def falls(self, record: Record) -> Step | None:
        """The step at which a record falls before it is read; None for one that is read. Raises InputError as ``read`` does."""
        if record.error is not None:
            raise InputError(record.error)
        if record.raw is not None:
            return self._text(record.raw.text, None) if self.on else None
        if record.page is None:
            raise InputError("nothing to read: neither a page nor a text")
        if len(record.page) > LARGEST:
            raise InputError(f"too long: a page of {len(record.page):,} bytes; at most {LARGEST:,} are read")
        if not self.on or record.page.startswith(_MARKS):
            return None
        text = self.rough(record.page)
        return Step.BYTES if text is None else self._text(text, record.page)

    def _text(self, text: str, page: bytes | None) -> Step | None:
        if not self.reader.sieve.passes(text, Mesh.FINE):
            return Step.SIEVE
        if (self.reader.ingest.languages.of(text) or "en") not in self.languages:
            return Step.LANGUAGE
        heavy = self.weights.heavy(text)
        if not heavy:
            return Step.WEIGHT
        return None if page is None or self.glance(text, heavy, page) else Step.GLANCE

    def _raw(self, record: Record) -> Raw:
        """What is read in full."""
        if record.raw is not None:
            return record.raw
        try:
            text, notes = decode_html(record.page or b"")
        except BadBytes as error:
            raise InputError(str(error)) from error
        return Raw(record.source, "html", text.replace("\x00", "\ufffd"), None, record.url, notes=notes)

    def is_english(self, page: bytes) -> bool:
        """Whether the bytes hold enough of the commonest words of English, in any encoding that has ASCII in it."""
        count = 0
        for word in self.english:
            count += page.count(word)
            if count >= self.least:
                return True
        return False

    def paragraphs(self, page: bytes) -> bytes:
        """What stands in the paragraphs and headings of a page, as bytes: tags are blanks, a line is a paragraph."""
        found = list(self._openings(page))
        pieces: list[bytes] = []
        for number, tag in enumerate(found):
            start = tag.end()
            following = found[number + 1].start() if number + 1 < len(found) else len(page)
            stop = page.find(b"</" + tag[1], start, following)
            if stop < 0:
                stop = following if number + 1 < len(found) else start
            if start < stop <= start + LONGEST:
                pieces.append(page[start:stop])
        return _TAG.sub(b" ", b"\0".join(pieces)).translate(_LINES)

    def _openings(self, page: bytes) -> Iterator[re.Match[bytes]]:
        """The tags that open a paragraph or heading; a third faster than the pattern alone, which stops at every tag."""
        if len(page) < 3:
            return
        codes = np.frombuffer(page, np.uint8)
        tags = np.flatnonzero(codes[:-2] == ord("<"))
        second, third = self.letters
        for at in tags[second[codes[tags + 1]] & third[codes[tags + 2]]].tolist():
            if tag := self.opening.match(page, at):
                yield tag

    def rough(self, page: bytes) -> str | None:
        """The text of the paragraphs, a line each; of all of the page where there is too little; None if it is not English."""
        found = self.paragraphs(page)
        if len(found.translate(None, b" \n")) >= self.rough_least:
            if not self.is_english(found):
                return None
            text = found.decode("utf-8", "replace")
            return html.unescape(text) if "&" in text else text
        if not self.is_english(page):
            return None
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import detect_encoding
        from resiliparse.parse.html import HTMLTree

        tree = HTMLTree.parse_from_bytes(page, detect_encoding(page) or "utf-8")
        return str(extract_plain_text(tree, main_content=False))

    def glance(self, text: str, heavy: Sequence[tuple[int, int]], page: bytes = b"") -> bool:
        """Whether rough text tells of a visit or encounter, by those of its sentences that can."""
        stated = _STATED.search(page)
        day = stated[1].decode() if stated else ANY_DAY
        shown = excerpt(text, heavy, self.weights.much, self.reader.sieve.flags)
        reading = self.reader.read(Raw("glance", "text", shown, None, None, None, day))
        return bool(reading.visits or reading.encounters)
