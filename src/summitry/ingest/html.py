"""The report in a page: main text and metadata by trafilatura, each paragraph led back to the decoded source.

This is the only file that knows trafilatura.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from summitry.model.article import Alignment, Anchor
from summitry.model.spans import Span

_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "code", "ab", "fw"})
_OPENED = re.compile(
    r"<!--|<(script|style|template|svg)\b|<[a-zA-Z/!?][^<>]*>|<[a-zA-Z/!?][^<>]*\Z",
    re.I,
)
_CLOSED = {name: re.compile(rf"</{name}\s*>", re.I) for name in ("script", "style", "template", "svg")}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_BLACK = re.compile(r"\S+")
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


def _marks(source: str) -> Iterator[tuple[int, int]]:
    """Where mark-up stands: tags, comments, and the elements whose content is not shown, each as a whole."""
    at = 0
    while tag := _OPENED.search(source, at):
        at = tag.end()
        if tag[1]:
            closed = _CLOSED[tag[1].lower()].search(source, at)
            at = closed.end() if closed else len(source)
        elif tag[0] == "<!--":
            closing = source.find("-->", at)
            at = closing + 3 if closing >= 0 else len(source)
        yield tag.start(), at


class _Visible:
    """The characters of a page outside mark-up and white space, and where each begins and ends in the source.

    They are kept as runs: where one begins in ``text`` and in the source, and, of an entity, where that ends.
    """

    def __init__(self, source: str) -> None:
        self._at: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._letters: list[str] = []
        self._size = last = 0
        for start, end in _marks(source):
            if last < start:
                self._run(source, last, start)
            last = end
        self._run(source, last, len(source))
        self.text = "".join(self._letters)

    def places(self, at: int, size: int) -> tuple[list[int], list[int]]:
        """Where each of ``size`` characters from ``at`` begins and ends in the source."""
        starts: list[int] = []
        ends: list[int] = []
        n = bisect_right(self._at, at) - 1
        while len(starts) < size:
            first, stop = self._at[n], self._at[n + 1] if n + 1 < len(self._at) else self._size
            skip, count = max(0, at - first), min(stop - max(at, first), size - len(starts))
            if end := self._ends[n]:
                starts += [self._starts[n]] * count
                ends += [end] * count
            else:
                begin = self._starts[n] + skip
                starts.extend(range(begin, begin + count))
                ends.extend(range(begin + 1, begin + count + 1))
            n += 1
        return starts, ends

    def _add(self, letters: str, start: int, end: int) -> None:
        self._at.append(self._size)
        self._letters.append(letters)
        self._starts.append(start)
        self._ends.append(end)
        self._size += len(letters)

    def _plain(self, source: str, start: int, end: int) -> None:
        for word in _BLACK.finditer(source, start, end):
            self._add(word[0], word.start(), 0)

    def _run(self, source: str, start: int, end: int) -> None:
        if source.find("&", start, end) >= 0:
            for entity in _ENTITY.finditer(source, start, end):
                self._plain(source, start, entity.start())
                shown = "".join(html.unescape(entity[0]).split())
                if shown:
                    self._add(shown, entity.start(), entity.end())
                start = entity.end()
        self._plain(source, start, end)


def _anchors(source: str, pieces: list[str]) -> Iterator[Anchor]:
    page = _Visible(source)
    offset = cursor = 0
    for number, piece in enumerate(pieces):
        wanted = "".join(piece.split())
        at = page.text.find(wanted, cursor)
        if at < 0:
            at = page.text.find(wanted)
        if at < 0:
            yield Anchor(Span(offset, offset + len(piece)), None, Alignment.NOT_FOUND)
        else:
            if (
                number or at < len(page.text) // 4
            ):  # a title is also in the head of the page: the text goes on from there
                cursor = at + len(wanted)
            yield from _runs(source, piece, offset, *page.places(at, len(wanted)))
        offset += len(piece) + 2


def _runs(source: str, piece: str, offset: int, starts: list[int], ends: list[int]) -> Iterator[Anchor]:
    """The anchors of one paragraph whose characters other than white space stand at ``starts`` and ``ends``."""
    first, last = starts[0], ends[-1]
    if last - first == len(piece) and source.startswith(piece, first):  # most paragraphs stand there as they are
        yield Anchor(Span(offset, offset + len(piece)), Span(first, last), Alignment.EXACT)
        return
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
