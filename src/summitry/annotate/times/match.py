"""Match the grammar against a text: one pass over its pieces, one walk of the trie where a word can begin a rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summitry.lexicon.times import PIECE, Entry, Grammar, Node, Rule
from summitry.model.syntax import Token

_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_DEPTH = 2  # how deep expressions stand in one another: "late in | the first half of | next year"
_NEAR = 8  # pieces before a match in which a word may forbid it
_LOOK_BACK = 200  # code points looked at for a line break between two pieces

DAY_MAKES = frozenset(
    {"day", "weekday", "weekday-of-week", "date", "holiday", "beside", "day-of-month", "month-of-shift"}
)
DATE_MAKES = DAY_MAKES | {
    "shift", "weekend", "month-shift", "season", "quarter", "half", "decade", "century", "modified", "same", "step",
    "days", "years", "months", "month-same", "fiscal", "ago", "weekend-of", "epoch", "week-of",
}  # fmt: skip
UNIT_MAKES = frozenset({"shift", "same", "fiscal", "day", "season", "quarter", "weekend"})
NEAR_MAKES = frozenset({"day", "weekday", "shift", "date", "holiday", "weekend"})
KINDS = {"unit": UNIT_MAKES, "day": DAY_MAKES, "date": DATE_MAKES, "near": NEAR_MAKES}


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits pieces first..last-1, with the value of each slot and the pieces where the slot stands."""

    rule: Rule
    first: int
    last: int
    slots: dict[str, Any]
    at: dict[str, tuple[int, int]]


Lexed = tuple[str, int, Any]  # class, piece after it, meaning
Path = tuple[tuple[Any, int, int], ...]  # value, first piece, last piece + 1 of each step


class Scan:
    """The pieces of a text and what the grammar finds at each of them. Cost: linear in the text."""

    def __init__(self, text: str, tokens: Sequence[Token], grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.tokens = tokens
        spans = [m.span() for m in PIECE.finditer(text)]
        self.starts = [s for s, _ in spans]
        self.ends = [e for _, e in spans]
        self.words = [w.lower() for w in PIECE.findall(text)]
        self._token_starts = [t.start for t in tokens]
        self._surnames: dict[str, bool] = {}
        self._lexed: dict[int, list[Lexed]] = {}
        self._nested: dict[tuple[int, str, int], Match | None] = {}

    def __len__(self) -> int:
        return len(self.words)

    def tag(self, piece: int) -> str:
        """The Penn tag of the token that holds a piece; "" where no tagger has been."""
        token = self.token(piece)
        return token.tag if token else ""

    def token(self, piece: int) -> Token | None:
        """The token that holds a piece."""
        i = bisect_right(self._token_starts, self.starts[piece]) - 1
        return self.tokens[i] if i >= 0 and self.tokens[i].end > self.starts[piece] else None

    def word(self, piece: int) -> str:
        """A piece in lower case; "" beyond the ends of the text."""
        return self.words[piece] if 0 <= piece < len(self.words) else ""

    def broken(self, piece: int) -> bool:
        """Whether a paragraph ends just before a piece."""
        gap = self.starts[piece] - self.ends[piece - 1]
        return gap > 1 and (gap > _LOOK_BACK or self.text.count("\n", self.ends[piece - 1], self.starts[piece]) > 1)

    def glued(self, piece: int) -> bool:
        """Whether nothing stands between a piece and the one before it."""
        return piece > 0 and self.starts[piece] == self.ends[piece - 1]

    def capital(self, piece: int) -> bool:
        """Whether a piece begins with a capital."""
        return self.text[self.starts[piece]].isupper()

    # -- words ---------------------------------------------------------------------------------------------------

    def lex(self, i: int) -> list[Lexed]:
        """What can begin at a piece: (class, piece after it, meaning)."""
        found = self._lexed.get(i)
        if found is None:
            word = self.words[i]
            found = list(self._digits(i, word)) if word.isdecimal() else []
            found += [
                (entry.label, i + 1 + len(entry.rest), entry.value)
                for entry in self.grammar.words.get(word, ())
                if entry.plain or self._fits(i, entry)
            ]
            self._lexed[i] = found
        return found

    def _fits(self, i: int, entry: Entry) -> bool:
        if entry.capital and not self.capital(i):
            return False
        if entry.rest and tuple(self.words[i + 1 : i + 1 + len(entry.rest)]) != entry.rest:
            return False
        banned = self.grammar.not_tags.get(entry.label)
        return not (banned and self.tokens and self.tag(i) in banned)

    def _digits(self, i: int, word: str) -> Iterator[Lexed]:
        """The classes of a run of digits: a day, a year, an hour, a number ... none if it is a piece of a larger number."""
        size = len(word)
        if size > 4 or not word.isascii():
            return
        value = int(word)
        if size <= 2:
            yield "dd", i + 1, value
            if 1 <= value <= 12:
                yield "mm", i + 1, value
            if size == 2:
                yield "yy", i + 1, value
                if value < 60:
                    yield "minute", i + 1, value
                if value < 24:
                    yield "hh", i + 1, value
        if size == 4 and 1000 <= value <= 2199:
            yield "yyyy", i + 1, value
            if not self._decimal(i):
                yield "year", i + 1, value
        if size == 4 and value % 100 < 60 and value < 2400:
            yield "hhmm", i + 1, value
        if self._decimal(i) or not value:
            if value and (thousands := self._thousands(i)):
                yield "number", i + 3, thousands
            return
        if i + 1 < len(self.words) and self.words[i + 1] in _SUFFIXES and self.glued(i + 1):
            if value <= 31:
                yield "nth", i + 2, value
                yield "day", i + 2, value
            return
        if i and self.glued(i) and self.words[i - 1][0].isalpha():
            return
        if 1 <= value <= 31 and size <= 2:
            yield "day", i + 1, value
        if 1 <= value <= 12 and size <= 2:
            yield "hour", i + 1, value
        yield "number", i + 1, value

    def _thousands(self, i: int) -> int:
        """The number that begins with these digits and goes on behind a comma ("2,500"); 0 if there is none."""
        words = self.words
        if len(words[i]) > 3 or (i and self.glued(i)) or i + 2 >= len(words) or words[i + 1] != ",":
            return 0
        rest = words[i + 2]
        if not (self.glued(i + 1) and self.glued(i + 2) and rest.isdecimal() and rest.isascii() and len(rest) == 3):
            return 0
        return (
            0
            if self.word(i + 3) in (",", ".") and self.glued(i + 3) and self.word(i + 4).isdecimal()
            else int(words[i] + rest)
        )

    def _decimal(self, i: int) -> bool:
        """Whether digits are a part of "1,500" or "2.5" (but not of "May 7,2024")."""
        words = self.words
        if i > 1 and words[i - 1] in (",", ".") and words[i - 2].isdecimal() and self.glued(i) and self.glued(i - 1):
            return not (len(words[i]) == 4 and words[i - 1] == ",")
        if i + 2 < len(words) and words[i + 1] in (",", ".") and words[i + 2].isdecimal():
            if not (self.glued(i + 1) and self.glued(i + 2)):
                return False
            return not (len(words[i + 2]) == 4 and words[i + 1] == ",")
        return False

    # -- rules ---------------------------------------------------------------------------------------------------

    def candidates(self, i: int, kind: str = "", depth: int = 0) -> list[Match]:
        """The rules that fit at a piece, longest first, then those that give nothing, then in the order of the grammar."""
        allowed = KINDS.get(kind)
        found: list[Match] = []
        stack: list[tuple[int, Node, Path]] = [(i, self.grammar.root, ())]
        size = len(self.words)
        while stack:
            at, node, path = stack.pop()
            for rule, names in node.ends:
                if allowed is not None and rule.make not in allowed and rule.make != "none":
                    continue
                if kind == "" and "part" in rule.flags:
                    continue
                if self._allowed(rule, i, at, path, names):
                    found.append(_match(rule, i, at, path, names))
            if at >= size or (path and self.broken(at)):
                continue
            if node.free or node.glued:
                close = bool(node.glued) and self.glued(at)
                for label, end, value in self.lex(at):
                    after = node.free.get(label)
                    if after is not None:
                        stack.append((end, after, (*path, (value, at, end))))
                    if close and (after := node.glued.get(label)) is not None:
                        stack.append((end, after, (*path, (value, at, end))))
            for nested, after in node.nested.items():
                if depth < _DEPTH and path:
                    inner = self.nested(at, nested, depth + 1)
                    if inner:
                        stack.append((inner.last, after, (*path, (inner, at, inner.last))))
        found.sort(key=lambda m: (-m.last, m.rule.make != "none", m.rule.order))
        return found

    def nested(self, i: int, kind: str, depth: int) -> Match | None:
        """The longest expression of a kind at a piece; none where a longer one only looks like a time ("the Summer Olympics")."""
        key = (i, kind, depth)
        if key not in self._nested:
            word = self.words[i]
            can = word in self.grammar.starters or word.isdecimal()
            found = next(iter(self.candidates(i, kind, depth)), None) if can else None
            self._nested[key] = found if found is None or found.rule.make != "none" else None
        return self._nested[key]

    def _allowed(self, rule: Rule, first: int, last: int, path: Path, names: tuple[str, ...]) -> bool:
        """Whether what stands around a match lets the rule fire."""
        lists = rule.lists
        if lists:
            before, after = self.word(first - 1), self.word(last)
            if "after" in lists and before not in lists["after"]:
                return False
            if "not_after" in lists and before in lists["not_after"]:
                unless = rule.unless.get(before)
                if not unless or self.word(first - 2) not in unless:
                    return False
            if "before" in lists and after not in lists["before"]:
                return False
            sure = "sure_after" in lists and before in lists["sure_after"]
            if "not_before" in lists and after in lists["not_before"] and not sure:
                return False
            if "not_beyond" in lists and self.word(last + 1) in lists["not_beyond"] and self._joined(last):
                return False
            if "not_near" in lists and lists["not_near"] & set(self.words[max(first - _NEAR, 0) : first]):
                return False
        flags = rule.flags
        if not flags:
            return True
        if "lower" in flags and self.capital(first) and not self._begins(first):
            return False
        if "small" in flags and self.capital(last - 1) and not self._begins(first):
            return False
        if "nominal" in flags and self.tokens and not self._nominal(last - 1):
            return False
        if "alone" in flags and self._noun_follows(last):
            return False
        if "uncounted" in flags and self._counts(last):
            return False
        if "length" in flags and self._rate(first):
            return False
        if "whole" in flags and self._goes_on(last):
            return False
        if "ends" in flags and self._phrase_follows(last):
            return False
        return not ("sure" in flags and self._doubtful(first, last))

    def _joined(self, i: int) -> bool:
        """Whether a piece is a dash without space, or the first of a name: "1600 | - | meter", "1776 | Main | Street"."""
        return self.glued(i) if self.words[i] == "-" else self.capital(i)

    def _begins(self, i: int) -> bool:
        """Whether a sentence seems to begin at a piece."""
        return i == 0 or self.words[i - 1] in ".!?:\"”“'" or self.broken(i)

    def _nominal(self, i: int) -> bool:
        return self.tag(i)[:2] in ("NN", "CD", "JJ")

    def _noun_follows(self, i: int) -> bool:
        """Whether the words go on with what an ordinal counts ("the 16th | century")."""
        if i >= len(self.words) or self.broken(i):
            return False
        word = self.words[i]
        if not word[0].isalpha():
            return word in "-’'"
        tag = self.tag(i)
        return (
            (tag[:2] in ("NN", "JJ", "VB", "PR") or word == "that")
            if tag
            else word not in ("and", "to", "at", "in", "for", "but", "or", "with")
        )

    def _counts(self, i: int) -> bool:
        """Whether an ordinal is followed by what it counts: "the 16th | summit" is, "the 16th | he left" is not."""
        if i >= len(self.words) or self.broken(i):
            return False
        if not self.words[i][0].isalpha():
            return self.words[i] in "-’'"
        tag = self.tag(i)
        return tag[:2] in ("NN", "JJ") or tag in ("VBN", "VBG") if tag else self._noun_follows(i)

    def _rate(self, i: int) -> bool:
        """Whether "a year" counts what stands before it ("four flights | a week", "$3 million | a year")."""
        if i == 0 or self.broken(i):
            return False
        tag = self.tag(i - 1)
        return self.words[i - 1].isdecimal() if not tag else tag in ("NN", "NNS", "CD")

    def _goes_on(self, i: int) -> bool:
        """Whether digits go on behind a dash or a stroke ("2024-05 ...")."""
        return self.word(i) in ("-", "/") and self.glued(i) and self.word(i + 1).isdecimal() and self.glued(i + 1)

    def _phrase_follows(self, i: int) -> bool:
        """Whether "the day before" goes on with what it is before ("the day before | the talks")."""
        if i >= len(self.words) or self.broken(i):
            return False
        if self.words[i - 1] in ("earlier", "later"):
            return False
        word = self.words[i]
        if not word[0].isalnum():
            return word in "“\"'‘"
        tag = self.tag(i)
        return tag[:2] in ("NN", "DT", "PR", "JJ", "CD", "VB", "WP") or not tag

    def _doubtful(self, first: int, last: int) -> bool:
        """Whether a lone month may be something else: a verb ("May"), a first name ("April Ryan")."""
        word, tense = self.words[first], self.grammar.tense
        named = last < len(self.words) and self.capital(last) and self.words[last].isalpha() and not self.broken(last)
        if named and word in tense["name_months"] and self.word(first - 1) not in tense["before_named_month"]:
            return True
        if last < len(self.words) and self.word(last) == "-" and self.glued(last):
            return True  # "Mar-a-Lago"
        lone = last == first + 1
        if lone and word in tense["surname_months"] and self._surname(word):
            return self.word(first - 1) not in tense["before_month_for_sure"]
        return lone and word in tense["doubtful_months"] and self.word(first - 1) not in tense["before_month"]

    def _surname(self, month: str) -> bool:
        """Whether somebody in the text bears the name of a month: "Prime Minister May"."""
        if month not in self._surnames:
            titles = self.grammar.tense["before_surname"]
            self._surnames[month] = any(
                word == month and self.words[i] in titles for i, word in enumerate(self.words[1:])
            )
        return self._surnames[month]


def _match(rule: Rule, first: int, last: int, path: Path, names: tuple[str, ...]) -> Match:
    slots, at = dict(rule.fixed), {}
    for name, (value, start, end) in zip(names, path, strict=True):
        if name:
            slots[name] = value
            at[name] = (start, end)
    return Match(rule, first, last, slots, at)
