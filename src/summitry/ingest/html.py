"""The report in a page: main text and metadata by trafilatura, each paragraph led back to the decoded source.

This is the only file that knows trafilatura.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from summitry.model.article import Alignment, Anchor
from summitry.model.spans import Span

_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "code", "ab", "fw"})
_SKIPPED = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|svg)\b.*?(?:</\1\s*>|\Z)|<[a-zA-Z/!?][^<>]*>|<[a-zA-Z/!?][^<>]*\Z",
    re.S | re.I,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_SITE = re.compile(r"\s[|–—·-]\s((?:(?!\s[|–—·-]\s)[^\n]){2,60})$")
_QUOTES = str.maketrans("‘’“”–—", "''\"\"--")
MAX_DEPTH = 50
"""Blocks within blocks; what is deeper is taken as one."""

_LATEST = "2100-01-01"  # htmldate asks the clock for its latest date unless it is told one
_EARLIEST = "1950-01-01"


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page holds: the text, where its pieces stand in the source, and what its metadata say."""

    text: str
    anchors: tuple[Anchor, ...]
    title: str | None
    date: str | None
    site: str | None
    url: str | None


def read_html(source: str, url: str | None = None) -> PageText:
    """The report in a page of HTML. A page without a main text gives an empty text.

    Paragraphs of the text are parted by a blank line, and the title comes first where the text does not begin with it.
    Every paragraph is covered by anchors: EXACT runs, ALIGNED ones (an entity, collapsed white space), or NOT_FOUND.
    """
    from trafilatura import bare_extraction  # takes half a second, which only pages should cost

    found: Any = bare_extraction(
        source,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "max_date": _LATEST,
            "min_date": _EARLIEST,
        },
    )
    if found is None:
        return PageText("", (), None, None, None, None)
    pieces = [] if found.body is None else [piece for piece in _pieces(found.body) if piece]
    title = _headline(_line(found.title), _line(found.sitename), _line(found.hostname))
    if title and all(_fold(piece) != _fold(title) for piece in pieces[:3]):
        pieces.insert(0, title)
    text = "\n\n".join(pieces)
    return PageText(
        text, tuple(_anchors(source, pieces)), title, _line(found.date), _line(found.sitename), _line(found.url)
    )


def _headline(title: str | None, site: str | None, host: str | None) -> str | None:
    """A page's title without the name of the site at its end: "Talks in Oslo | The Planet"."""
    while title and (found := _SITE.search(title)):
        name = "".join(filter(str.isalnum, found[1].casefold()))
        known = "".join(filter(str.isalnum, f"{site or ''} {host or ''}".casefold()))
        if not name or name not in known:
            break
        title = title[: found.start()].rstrip()
    return title


def _fold(line: str) -> str:
    return line.casefold().translate(_QUOTES)


def _line(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _pieces(body: Any) -> Iterator[str]:
    """The paragraphs of an extracted body: the text of its innermost blocks, and text that stands in none."""
    yield from (" ".join("".join(words).split()) for words in _walk(body))


def _walk(node: Any, depth: int = 0) -> Iterator[list[str]]:
    words: list[str] = [node.text or ""]
    for child in node:
        if not isinstance(child.tag, str):
            words.append(child.tail or "")
        elif child.tag == "lb":
            yield words
            words = [child.tail or ""]
        elif depth < MAX_DEPTH and (child.tag in _BLOCKS or child.find(".//*") is not None):
            yield words
            yield from _walk(child, depth + 1)
            words = [child.tail or ""]
        else:
            words += ["".join(child.itertext()), child.tail or ""]
    yield words


def _visible(source: str) -> tuple[str, list[int], list[int]]:
    """The characters of a page outside mark-up and white space, and where each begins and ends in the source."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def plain(start: int, end: int) -> None:
        for i in range(start, end):
            if not source[i].isspace():
                letters.append(source[i])
                starts.append(i)
                ends.append(i + 1)

    def run(start: int, end: int) -> None:
        for entity in _ENTITY.finditer(source, start, end):
            plain(start, entity.start())
            for letter in html.unescape(entity[0]):
                if not letter.isspace():
                    letters.append(letter)
                    starts.append(entity.start())
                    ends.append(entity.end())
            start = entity.end()
        plain(start, end)

    last = 0
    for tag in _SKIPPED.finditer(source):
        run(last, tag.start())
        last = tag.end()
    run(last, len(source))
    return "".join(letters), starts, ends


def _anchors(source: str, pieces: list[str]) -> Iterator[Anchor]:
    page, starts, ends = _visible(source)
    offset = cursor = 0
    for number, piece in enumerate(pieces):
        wanted = "".join(piece.split())
        at = page.find(wanted, cursor)
        if at < 0:
            at = page.find(wanted)
        if at < 0:
            yield Anchor(Span(offset, offset + len(piece)), None, Alignment.NOT_FOUND)
        else:
            if number or at < len(page) // 4:  # a title is also in the head of the page: the text goes on from there
                cursor = at + len(wanted)
            yield from _runs(source, piece, offset, starts[at : at + len(wanted)], ends[at : at + len(wanted)])
        offset += len(piece) + 2


def _runs(source: str, piece: str, offset: int, starts: list[int], ends: list[int]) -> Iterator[Anchor]:
    """The anchors of one paragraph whose characters other than white space stand at ``starts`` and ``ends``."""
    places: list[tuple[int, int]] = []
    index = 0
    for letter in piece:
        if letter.isspace():
            places.append((ends[index - 1], starts[index]))
        else:
            places.append((starts[index], ends[index]))
            index += 1
    begin = 0
    while begin < len(piece):
        stop = begin + 1
        if _same(source, piece[begin], places[begin]):
            while (
                stop < len(piece)
                and places[stop][0] == places[stop - 1][1]
                and _same(source, piece[stop], places[stop])
            ):
                stop += 1
            how = Alignment.EXACT
        else:
            while stop < len(piece) and not _same(source, piece[stop], places[stop]):
                stop += 1
            how = Alignment.ALIGNED
        yield Anchor(
            Span(offset + begin, offset + stop), Span(places[begin][0], max(places[begin][0], places[stop - 1][1])), how
        )
        begin = stop


def _same(source: str, letter: str, place: tuple[int, int]) -> bool:
    return place[1] - place[0] == 1 and source[place[0]] == letter
