"""Lines to paragraphs: what a file breaks only to fit its column is one paragraph again. Offsets only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from summitry.model.spans import Span

_LINE = re.compile("[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_BREAKS = re.compile("\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]")
_ENDED = re.compile(r"[.!?:;…।。！？](?:[\s\"'”’»)\]]|\[\d+\])*$")
_GOES_ON = re.compile(r"[,–—‘“(\[/&]$|\w-$|\s-$")
_CONTINUES = re.compile(r"[a-zà-öø-ÿ,;)\]’”%]|…\s?\w|[–—-]\s[a-z]")

MIN_COLUMN, MAX_COLUMN = 45, 130
"""The widths to which files are wrapped."""

SHORT_LINE = 5
"""Words up to which a line is taken for an entry of a list or menu, which a small letter does not continue."""

LONG_LINE = 9
"""Words from which a line without an end is taken for a broken sentence rather than for a heading."""


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of ``text`` in order, without the white space around them; together they hold all else.

    Blank lines part them; so does every line end, unless the line is broken within a sentence: the next begins in small
    letters, a quotation is open, or the lines fill a column.
    """
    result: list[Span] = []
    chunks = list(_chunks(text))
    wrapped = _column(text, chunks)
    for chunk in chunks:
        column = wrapped or _column(text, [chunk])
        prose = _is_prose(text, chunk)
        for number, line in enumerate(chunk):
            first = number == 0
            before = result[-1] if result and not (first and number == 0 and len(result) < 2) else None
            if before and _joins(text, before, chunk[number - 1] if not first else before, line, first, column, prose):
                result[-1] = Span(before.start, line.end)
            else:
                result.append(line)
    return result


def _chunks(text: str) -> Iterator[list[Span]]:
    """Runs of lines with no blank line between them; lines are without the white space around them."""
    chunk: list[Span] = []
    for found in _LINE.finditer(text):
        start, end = found.span()
        words = found[0]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            if chunk:
                yield chunk
            chunk = []
            continue
        if chunk and len(_BREAKS.findall(text, chunk[-1].end, start)) > 1:
            yield chunk
            chunk = []
        chunk.append(Span(start, end))
    if chunk:
        yield chunk


def _column(text: str, chunks: list[list[Span]]) -> int | None:
    """The width to which runs of lines are wrapped, short runs of one file together; None if they are not."""
    pairs = [pair for chunk in chunks for pair in pairwise(chunk)]
    width = max((line.end - line.start for chunk in chunks for line in chunk), default=0)
    if len(pairs) < 2 or not MIN_COLUMN <= width <= MAX_COLUMN:
        return None
    # Wrapped text breaks where the next word would not have fitted.
    full = sum(
        one.end - one.start + 1 + len(text[two.start : two.end].split(None, 1)[0]) > width - 6 for one, two in pairs
    )
    return width if full >= 0.8 * len(pairs) else None


def _is_prose(text: str, chunk: list[Span]) -> bool:
    """Whether most lines of a long run end as sentences do: one sentence or paragraph a line."""
    return len(chunk) >= 5 and sum(_ended(text, line) for line in chunk) >= 0.6 * len(chunk)


def _ended(text: str, line: Span) -> bool:
    return bool(_ENDED.search(text, max(line.start, line.end - 8), line.end))


def _joins(text: str, before: Span, last: Span, line: Span, blank: bool, column: int | None, prose: bool) -> bool:
    """Whether ``line`` goes on with the paragraph ``before``, whose last line is ``last``."""
    if _ended(text, last):
        return False
    words = text.count(" ", last.start, min(last.end, last.start + 400)) + 1
    continues = bool(_CONTINUES.match(text, line.start, min(line.end, line.start + 4)))
    if blank:
        return continues and words >= LONG_LINE and last.end - last.start > MIN_COLUMN
    if column:
        return True
    if continues and words <= SHORT_LINE and not prose:
        return False
    if continues or _GOES_ON.search(text, max(last.start, last.end - 2), last.end):
        return True
    if not prose:
        return False
    tail = text[max(last.start, last.end - 400) : last.end]
    opened = tail.count("“") > tail.count("”") or (tail.count('"') % 2 == 1 and not tail.endswith('"'))
    return opened or words >= LONG_LINE
