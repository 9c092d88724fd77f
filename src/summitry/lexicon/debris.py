"""Rules for the lines of a page that are not the report: menus, share bars, credits, sign-up boxes, and other roles.

A rule is a record of ``data/ingest/lines.toml``: an id, the role it gives, how and where it looks, its pattern over
named fragments, and examples with counter-examples that one generic test runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from summitry.lexicon.files import DATA, read_toml
from summitry.model.article import Role
from summitry.model.errors import KnowledgeError

FILE = Path("ingest", "lines.toml")
MAX_LINE = 4000
"""Longer lines are prose (or junk) and are tried against rules for beginnings and ends only."""

MAX_PIECE = 80
"""How far into a line the first piece of a COVER pattern is looked for, beyond twice the letters that it may leave."""

MAX_EDGE = 400
"""How many code points at either end of a paragraph the rules for beginnings and ends see."""


class Scope(StrEnum):
    """What a rule looks at."""

    LINE = "line"  # the whole paragraph is the pattern
    COVER = "cover"  # pieces of the pattern, at least ``least`` of them, make up nearly all letters of the paragraph
    START = "start"  # the paragraph begins so; what matched is set aside
    END = "end"  # the paragraph ends so
    SECTION = "section"  # a line that opens a section which is no part of the report
    BOX = "box"  # a line that opens a list of links to other reports
    CLOSE = "close"  # a line after which nothing of the report follows


class Where(StrEnum):
    """In which part of the page a rule holds."""

    ANY = "any"
    TOP = "top"  # before the first paragraph of the report
    AFTER = "after"  # after it


_WHOLE = (Scope.LINE, Scope.COVER, Scope.SECTION, Scope.BOX, Scope.CLOSE)


@dataclass(frozen=True, slots=True)
class LineRule:
    """One rule. COVER needs ``least`` pieces that make ``share`` of the letters; ``rest`` is the role after a START.

    ``wire`` rules hold only in agency files, where a dateline stands alone above the headline.
    """

    id: str
    role: Role
    scope: Scope
    where: Where
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    least: int = 2
    share: float = 0.85
    rest: Role | None = None
    wire: bool = False

    def fits(self, line: str) -> tuple[int, int] | None:
        """What of ``line`` (stripped) the rule takes, as offsets; None if it does not fit."""
        if self.scope is Scope.START:
            found = self.pattern.match(line[:MAX_EDGE])
            return (0, found.end()) if found and found.end() else None
        if self.scope is Scope.END:
            base = max(0, len(line) - MAX_EDGE)
            found = next((m for m in self.pattern.finditer(line, base) if m.end() == len(line) > m.start()), None)
            return (found.start(), len(line)) if found else None
        return (0, len(line)) if len(line) <= MAX_LINE and self.takes(line) else None

    @property
    def takes(self) -> Callable[[str], object]:
        """What tells whether the rule takes a whole line."""
        return self._covers if self.scope is Scope.COVER else self.pattern.fullmatch

    def _covers(self, line: str) -> bool:
        """Whether enough pieces leave few enough letters between them. Prose is given up early: nearly all lines are."""
        letters = _letters(line)
        spare = (1 - self.share) * letters
        if self.pattern.search(line, 0, 2 * int(spare) + MAX_PIECE) is None:
            return False
        count, end, left = 0, 0, 0
        for match in self.pattern.finditer(line):
            if match[0]:
                left += sum(map(str.isalnum, line[end : match.start()]))
                if left > spare:
                    return False
                count, end = count + 1, match.end()
        return count >= self.least and left + sum(map(str.isalnum, line[end:])) <= spare


@lru_cache(maxsize=8)
def _letters(line: str) -> int:
    """How many letters and digits a line has; all rules ask it of the same line, one after the other."""
    return sum(map(str.isalnum, line))


class LineRules:
    """All rules, by scope. Specimen: ``LineRules.load().line("No comments yet", top=False).id``."""

    def __init__(self, rules: Iterable[LineRule]) -> None:
        self.rules = tuple(rules)
        self._by: dict[tuple[bool, tuple[Scope, ...]], tuple[LineRule, ...]] = {}
        for top in (True, False):
            other = Where.AFTER if top else Where.TOP
            for scopes in (_WHOLE, (Scope.START,), (Scope.END,)):
                here = tuple(rule for rule in self.rules if rule.scope in scopes and rule.where is not other)
                self._by[top, scopes] = here
        # Every rule is tried on nearly every line, so what it asks of a line is looked up once.
        self._whole = {top: [(rule, rule.takes) for rule in self._at(top, _WHOLE)] for top in (True, False)}
        ids = [rule.id for rule in self.rules]
        twice = {i for i in ids if ids.count(i) > 1}
        if twice:
            raise KnowledgeError(f"rules that stand twice: {', '.join(sorted(twice))}")

    @classmethod
    def load(cls, *folders: Path) -> LineRules:
        """Read the rules of each folder; one of a later folder replaces that of the same id. Raises KnowledgeError."""
        rules: dict[str, LineRule] = {}
        fragments: dict[str, str] = {}
        for folder in folders or (DATA,):
            path = folder / FILE
            if path.exists():
                data = read_toml(path)
                try:
                    fragments |= _fragments(data.get("fragments", {}), fragments)
                    own = [_rule(raw, fragments) for raw in data.get("rule", ())]
                except (KeyError, TypeError, ValueError, re.error) as error:
                    raise KnowledgeError(f"{path}: {error}") from error
                cls(own)
                rules |= {rule.id: rule for rule in own}
        return cls(rules.values())

    def line(self, line: str, top: bool) -> LineRule | None:
        """The first rule that takes the whole line. ``top``: no paragraph of the report has come yet."""
        return None if len(line) > MAX_LINE else next((rule for rule, takes in self._whole[top] if takes(line)), None)

    def start(self, line: str, top: bool) -> tuple[LineRule, int] | None:
        """The first rule that takes the beginning of the line, and where that ends."""
        for rule in self._at(top, (Scope.START,)):
            found = rule.fits(line)
            if found:
                return rule, found[1]
        return None

    def end(self, line: str, top: bool, wire: bool = False) -> tuple[LineRule, int] | None:
        """The first rule that takes the end of the line, and where that begins. ``wire``: an agency's file."""
        for rule in self._at(top, (Scope.END,)):
            found = rule.fits(line) if wire or not rule.wire else None
            if found:
                return rule, found[0]
        return None

    def _at(self, top: bool, scopes: tuple[Scope, ...]) -> tuple[LineRule, ...]:
        return self._by[top, scopes]


def _fragments(raw: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, str]:
    """Fragments may use those before them; a list of words becomes an alternation, the longest first."""
    fragments = dict(known)
    for name, value in raw.items():
        if isinstance(value, list):
            words = sorted(map(re.escape, value), key=lambda word: (-len(word), word))
            fragments[name] = "(?:" + "|".join(words) + ")"
        else:
            fragments[name] = "(?:" + fill_fragments(value, fragments) + ")"
    return fragments


_SLOT = re.compile(r"<([a-z][a-z-]*)>")


def fill_fragments(pattern: str, fragments: Mapping[str, str]) -> str:
    """Put fragments in place of ``<name>``; named groups ``(?P<name>`` stay as they are."""

    def slot(match: re.Match[str]) -> str:
        if pattern[max(0, match.start() - 2) : match.start()] == "?P":
            return match[0]
        return fragments[match[1]]

    return _SLOT.sub(slot, pattern)


def _rule(raw: Mapping[str, Any], fragments: Mapping[str, str]) -> LineRule:
    flags = re.NOFLAG if raw.get("case") else re.IGNORECASE
    return LineRule(
        id=raw["id"],
        role=Role(raw.get("role", Role.DEBRIS)),
        scope=Scope(raw.get("scope", Scope.LINE)),
        where=Where(raw.get("where", Where.ANY)),
        pattern=re.compile(fill_fragments(raw["pattern"], fragments), flags),
        examples=tuple(raw["examples"]),
        counter=tuple(raw.get("counter", ())),
        least=int(raw.get("least", 2)),
        share=float(raw.get("share", 0.85)),
        wire=bool(raw.get("wire")),
        rest=Role(raw["rest"]) if "rest" in raw else None,
    )
