"""Paragraphs to blocks: which is the headline, which the body, which a caption, and what is no part of the report.

The words are rules (``data/ingest/lines.toml``); here stands only the order of a page: a head (headline, standfirst,
byline, date, caption, dateline), the body, and what follows it. In doubt a paragraph is body: words that are read for
nothing cost less than words that are never read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from summitry.ingest.datelines import Datelines, FoundDateline
from summitry.ingest.dates import DateWords, Stated, stated_in
from summitry.ingest.paragraphs import paragraphs
from summitry.lexicon.debris import LineRule, LineRules, Scope
from summitry.lexicon.outlets import Outlets
from summitry.model.article import Block, Dateline, Role
from summitry.model.spans import Span

MAX_HEADLINE = 30
"""Words of the longest headline."""

MAX_STANDFIRST = 5
"""Lines in a row that can stand between headline and body; more of them are a text of short lines."""

HEAD_PARAGRAPHS, HEAD_WORDS, HEAD_PROSE = 14, 130, 1
"""How far from the top a byline, date or dateline still belongs to the head; words and sentences that may come before."""

TAIL, LATE_TAIL = 0.6, 0.75
"""From which part of the text on a section that is no report, or readers' comments, are taken to run to its end."""

LINKS = 0.4
"""Share of lines that are no sentences, from which the rest of a page below a box of links is taken for more of it."""

MAX_PARAGRAPHS = 2000
"""Paragraphs that rules are tried on; no report has more, and what follows is body, unread by rules."""

NEAR = 4
"""How many blocks from the headline or the first of the body a date without a label may stand."""

PROSE_WORDS = 25
"""Words of a paragraph that is taken to be the report again after such a section; after a box of links ``LINK_WORDS``."""

LINK_WORDS = 8

_SENTENCE_END = re.compile(r"[.!…?][\"'”’»)\]\s]*$")
_ABBREVIATED = re.compile(r"(?:\.\.\.|…|\b(?:[^\W\d_a-z]\.){2,})$")
_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]* ){1,3}[^\W\d_a-z][\w.'’-]*(?:(?:, | and |, and )(?:[^\W\d_a-z][\w.'’-]* ?){2,4})*$"
)
_SIGNED = frozenset({"byline", "name-alone", "staff"})
_SUFFIX = re.compile(r"\s[|–—-]\s([^|\n]{2,40})$")
_GLUED = re.compile(r"((?:[^\W\d_a-z][\w'’-]*[ ]){0,3}[^\W\d_a-z][\w'’-]*?[a-zà-ÿ])(?=([A-Z][a-z]{2,}|[A-Z]{4,})\b)")


@dataclass
class Page:
    """What was found in a text: blocks in order, the stated dates with their spans in the text, the datelines."""

    blocks: list[Block] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    datelines: list[Dateline] = field(default_factory=list)
    outlets: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BlockKnowledge:
    """The tables that blocks are told by."""

    lines: LineRules
    dates: DateWords
    datelines: Datelines
    outlets: Outlets


@dataclass(slots=True)
class _Part:
    span: Span
    role: Role | None = None
    rule: str = ""


class _Reader:
    """One pass over the paragraphs of one text."""

    def __init__(self, text: str, title: str | None, known: BlockKnowledge) -> None:
        self.text, self.known = text, known
        self.title = " ".join(title.split()).casefold() if title else None
        self.page = Page()
        self.head: list[_Part] = []
        self.in_body = False
        self.section: tuple[str, bool] | None = None
        self.spans: list[Span] = []
        self.closed = False
        self.headline: str | None = None

    def read(self) -> Page:
        """The blocks in order, and the dates that count."""
        spans = self.spans = paragraphs(self.text)
        last_head = self._last_of_head(spans)
        for number, span in enumerate(spans[:MAX_PARAGRAPHS]):
            self._paragraph(span, spans[number - 1] if number else None, number <= last_head)
        self._settle_head()
        self.page.blocks += [Block(span, Role.BODY, "far-down") for span in spans[MAX_PARAGRAPHS:]]
        self.page.blocks.sort(key=lambda block: block.span)
        self._weigh_stated()
        return self.page

    def _weigh_stated(self) -> None:
        """Drop dates without a label that belong to the site or to other reports.

        Sites print today's date far above the headline, and lists of other reports carry many dates. One that stands
        near the headline or the body is the report's own; of two, the one nearer to the body; of more, none. Farther
        off it must be the only one, with a clock time or beside a byline.
        """
        order = [block for block in self.page.blocks if block.role is not Role.DEBRIS]
        marks = [i for i, block in enumerate(order) if block.rule == "headline"]
        marks += [i for i, block in enumerate(order) if block.role is Role.BODY][:1]
        near = {i for mark in marks for i in range(mark - NEAR, mark + NEAR + 1)}
        signed = {i + step for i, block in enumerate(order) if block.rule in _SIGNED for step in (-1, 1)}
        dates = [(i, block.span) for i, block in enumerate(order) if block.rule == "stated-date"]
        bare = [one for one in self.page.stated if not one.label]

        def among(places: set[int]) -> list[Stated]:
            spans = [span for i, span in dates if i in places]
            return [one for one in bare if any(span.covers(one.span) for span in spans)]

        close = among(near)
        kept = close[-1:] if len({one.unit for one in close}) <= 2 else []
        if not close and len({one.unit for one in bare}) == 1:
            kept = [one for one in bare if one.timed][:1] or among(set(sorted(signed)[:20]))[:1]
        self.page.stated = [one for one in self.page.stated if one.label] + kept

    # -- the head ---------------------------------------------------------------------------------------------------

    def _last_of_head(self, spans: Sequence[Span]) -> int:
        """The index of the last paragraph that shows that the head is not over: a byline, a date or a dateline."""
        words, prose, last = 0, 0, -1
        for number, span in enumerate(spans[:HEAD_PARAGRAPHS]):
            line = span.of(self.text)
            found = self.known.datelines.at(self.text, span.start, span.end)
            if found:
                return number - 1 if found.dateline.span.end < span.end else max(number, last)
            rule = self.known.lines.line(line, True)
            if (rule and rule.role is Role.BYLINE) or stated_in(line, self.known.dates):
                last = number
            elif rule is None:
                words += len(line[:4000].split())
                prose += _is_prose(line, 8)
            if words > HEAD_WORDS or prose > HEAD_PROSE:
                break
        return last

    def _settle_head(self) -> None:
        """Give roles to the paragraphs of the head that no rule took."""
        open_parts = [part for part in self.head if part.role is None]
        lines = [" ".join(part.span.of(self.text).split()) for part in open_parts]
        chosen = self._headline(lines)
        seen: set[str] = set()
        after = 0
        for number, (part, line) in enumerate(zip(open_parts, lines, strict=True)):
            if number == chosen:
                part.role, part.rule, self.headline = Role.HEADLINE, "headline", line.casefold()
            elif line.casefold() in seen or line.casefold() == self.headline:
                part.role, part.rule = Role.HEADLINE, "headline-again"
            elif number < chosen:
                part.role, part.rule = Role.CAPTION, "before-headline"
            elif _NAME.match(line) and len(line) < 120:
                part.role, part.rule = Role.BYLINE, "name-alone"
            elif after < MAX_STANDFIRST:
                part.role, part.rule = Role.STANDFIRST, "standfirst"
                after += 1
            else:
                part.role, part.rule = Role.BODY, "line"
            seen.add(line.casefold())
        self.page.blocks += [Block(part.span, part.role or Role.BODY, part.rule) for part in self.head]
        self.head = []

    def _headline(self, lines: Sequence[str]) -> int:
        """Which of the open lines of the head is the headline; -1 if none is."""
        for number, line in enumerate(lines):
            if self.title and _same_title(line, self.title):
                return number
        likely = [number for number, line in enumerate(lines) if _is_headline(line)]
        if not likely:
            return -1
        first = likely[0]
        if first != 0 and len(lines[0].split()) > MAX_HEADLINE:
            return -1
        if len(likely) > 1:
            line, after = lines[first], lines[likely[1]]
            short = len(line.split()) <= 3 and len(after.split()) >= 5
            masthead = len(line.split()) <= 5 and line.isupper() and not after.isupper()
            return likely[1] if short or masthead else first
        return first

    # -- one paragraph ----------------------------------------------------------------------------------------------

    def _paragraph(self, span: Span, before: Span | None, in_head: bool) -> None:
        line = span.of(self.text)
        if not any(map(str.isalnum, line)):
            self._put(span, Role.DEBRIS, "no-words")
            return
        if self.closed:
            self._put(span, Role.DEBRIS, "after-the-end")
            return
        top = not self.in_body
        whole = self.known.datelines.at(self.text, span.start, span.end)
        if whole and whole.dateline.span.end >= span.end:
            self._dateline(whole, span.start, span.end)
            return
        rule = self.known.lines.line(line, top)
        if self.section and not (rule is None and _is_prose(line, PROSE_WORDS if self.section[1] else LINK_WORDS)):
            self._put(span, Role.DEBRIS, rule.id if rule else self.section[0])
            return
        self.section = None
        if self._stated(span, line, before, top):
            return
        if top and self.known.outlets.is_form(line.strip(" |-–—:")) and not self.known.datelines.at(line, 0, len(line)):
            self.page.outlets.append(span)
            self._put(span, Role.BYLINE, "outlet")
            return
        if rule:
            self._ruled(span, rule)
            return
        self._prose(span, top, in_head)

    def _ruled(self, span: Span, rule: LineRule) -> None:
        at = span.start / len(self.text)
        if rule.scope in (Scope.SECTION, Scope.BOX):
            self.section = (rule.id, rule.scope is Scope.SECTION)
            self.closed = at >= TAIL and (rule.scope is Scope.SECTION or self._mostly_links(span))
        elif rule.scope is Scope.CLOSE:
            self.closed = at >= LATE_TAIL
        self._put(span, rule.role, rule.id)

    def _mostly_links(self, box: Span) -> bool:
        """Whether what follows a box of links is mostly lines that are no sentences."""
        rest = [span.of(self.text) for span in self.spans if span.start > box.start]
        return sum(not _is_prose(line, LINK_WORDS) for line in rest) >= LINKS * len(rest)

    def _stated(self, span: Span, line: str, before: Span | None, top: bool) -> bool:
        """Whether the line is there to state a date. After the first paragraphs of the body it needs a label."""
        above = before.of(self.text) if before and before.end - before.start < 40 else ""
        found = stated_in(line, self.known.dates, above, self.known.outlets.is_form)
        if not top:
            last = self.page.blocks[-1] if self.page.blocks else None
            signed = last is not None and last.role is Role.BYLINE
            found = [one for one in found if one.label or one.timed or signed]
        for one in found:
            shifted = Span(one.span.start + span.start, one.span.end + span.start)
            self.page.stated.append(replace(one, span=shifted))
        if found:
            self._put(span, Role.BYLINE, "stated-date")
        return bool(found)

    def _prose(self, span: Span, top: bool, in_head: bool) -> None:
        """A paragraph that no rule takes whole: set aside its edges, find its dateline, and read the rest."""
        start, end, rest_role = self._edges(span, top)
        if start >= end:
            return
        begin = self.known.lines.start(self.text[start:end], top)
        if begin and start + begin[1] < end:
            rule, length = begin
            self._put(_strip(self.text, start, start + length), rule.role, rule.id)
            start, rest_role = _strip(self.text, start + length, end).start, rule.rest or rest_role
        elif begin:
            self._put(Span(start, end), begin[0].role, begin[0].id)
            return
        if rest_role:
            self._put(Span(start, end), rest_role, begin[0].id if begin else "credited")
            return
        found = self.known.datelines.at(self.text, start, end)
        if not found and top:
            start, found = self._glued(start, end)
        if found:
            self._dateline(found, start, end)
            return
        line = self.text[start:end]
        if top and (in_head or not _is_prose(line, 8) or _is_headline(line)):
            self.head.append(_Part(Span(start, end)))
            return
        self._body(start, end)

    def _edges(self, span: Span, top: bool) -> tuple[int, int, Role | None]:
        """Set aside what rules take from the end of a paragraph, and an outlet's name after the headline."""
        start, end = span.start, span.end
        rest: Role | None = None
        suffix = _SUFFIX.search(self.text, max(start + 1, end - 60), end) if top else None
        if suffix and self.known.outlets.is_form(suffix[1]):
            self.page.outlets.append(Span(*suffix.span(1)))
            self._put(_strip(self.text, suffix.start(), end), Role.BYLINE, "outlet-after-headline")
            end = _strip(self.text, start, suffix.start()).end
        while tail := self.known.lines.end(self.text[start:end], top, bool(self.page.datelines)):
            rule, at = tail
            cut = _strip(self.text, start, start + at)
            if at == 0 or cut.end <= cut.start:
                self._put(_strip(self.text, start, end), rule.role, rule.id)
                return start, start, None
            self._put(_strip(self.text, start + at, end), rule.role, rule.id)
            end, rest = cut.end, rule.rest
        return start, end, rest

    def _glued(self, start: int, end: int) -> tuple[int, FoundDateline | None]:
        """Part what a scraper ran together: a dateline after a headline or byline, a caption's name before the lead."""
        window = self.text[start : min(end, start + 320)]
        for found in re.finditer(r"(?:(?<=[a-z\"'”’!?.)])|(?<=\s))(?=[A-Z]{3}|\([A-Z])", window):
            if found.start():
                line = self.known.datelines.at(self.text, start + found.start(), end)
                if line and line.rule in ("agency", "agency-alone") and line.marked and line.dateline.span.end < end:
                    before = _strip(self.text, start, start + found.start())
                    if not self._stated(before, before.of(self.text), None, True):
                        self.head.append(_Part(before))
                    return start + found.start(), line
        glued = _GLUED.match(window)
        if glued:
            name, word = glued[1], glued[2]
            rest = self.text[start + len(name) : start + len(name) + 20_000]
            if rest.find(name) > 0 and re.search(rf"\b{word}\b", rest[len(word) :]) and name + word not in rest:
                self._put(Span(start, start + len(name)), Role.CAPTION, "run-together")
                return start + len(name), None
        return start, None

    def _dateline(self, found: FoundDateline, start: int, end: int) -> None:
        line = found.dateline
        self.page.datelines.append(line)
        stop = _strip(self.text, start, line.span.end).end
        self._put(Span(start, stop), Role.DATELINE, f"dateline-{found.rule}")
        rest = _strip(self.text, max(stop, line.span.end), end)
        if rest.start >= rest.end:
            return
        # Old pages of agencies have two: "OSLO | Mon May 4, 2015 7:39 pm EDT OSLO (Reuters) -".
        again = self.known.datelines.at(self.text, rest.start, rest.end) if found.stamped else None
        if again and not again.stamped:
            self._dateline(again, rest.start, rest.end)
        else:
            self._body(rest.start, rest.end)

    def _body(self, start: int, end: int) -> None:
        if not self.in_body:
            self._settle_head()
            self.in_body = True
        line = " ".join(self.text[start : min(end, start + 400)].split()).casefold()
        again = self.headline is not None and line == self.headline
        self._put(Span(start, end), Role.HEADLINE if again else Role.BODY, "headline-again" if again else "body")

    def _put(self, span: Span, role: Role, rule: str) -> None:
        if span.start < span.end:
            self.page.blocks.append(Block(span, role, rule))


def read_page(text: str, title: str | None, known: BlockKnowledge) -> Page:
    """Blocks, stated dates and datelines of a text. ``title`` is the headline where one is given as metadata.

    Blocks come in order, never overlap, and together hold every character of the text that is not white space.
    """
    return _Reader(text, title, known).read()


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, max(start + left, end - (len(piece) - len(piece.rstrip()))))


def _is_headline(line: str, least: int = 1) -> bool:
    """Whether a line can be a headline: short, and not ended like a sentence."""
    count = len(line[:1000].split())
    if not least <= count <= MAX_HEADLINE:
        return False
    return (
        not _SENTENCE_END.search(line[-8:])
        or bool(_ABBREVIATED.search(line[-12:]))
        or (line[-1] in "?!" and count <= 26)
    )


def _is_prose(line: str, least: int = PROSE_WORDS) -> bool:
    """Whether a paragraph is prose: enough words, and ended like a sentence (or far longer than any headline)."""
    count = len(line[:4000].split())
    return count > 2 * MAX_HEADLINE or (count >= least and bool(_SENTENCE_END.search(line[-8:])))


def _same_title(line: str, title: str) -> bool:
    line = line.casefold()
    return line == title or (len(line) > 20 and (title.startswith(line) or line.startswith(title)))
