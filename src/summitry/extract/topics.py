"""Phrases that name a matter: lists are parted, empty heads ("a range of issues, including") are stepped over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summitry.annotate.insertions import INSERTION
from summitry.annotate.retag import FINITE
from summitry.extract.verbs import Group
from summitry.extract.view import View
from summitry.model.spans import Span

LONGEST = 14
"""Units a phrase may have; a longer one is cut there."""

MOST = 8
"""Members of a list that are read."""

AGAIN = 0.6
"""Share of the words of the shorter phrase from which on two phrases are told for one matter."""

_ENDS = frozenset([";", ".", "?", "!", "(", ")", ":", "--", "—", "–"])
_CLAUSES = frozenset(
    [
        "which",
        "who",
        "whom",
        "that",
        "where",
        "while",
        "when",
        "as",
        "before",
        "after",
        "during",
        "if",
        "because",
        "but",
        "since",
        "until",
        "whether",
    ]
)
_LOOSE = frozenset(
    [
        "and",
        "or",
        "to",
        "of",
        "in",
        "on",
        "with",
        "at",
        "for",
        "the",
        "a",
        "an",
        "by",
        "from",
        ",",
        "his",
        "her",
        "their",
        "its",
        "as",
        "well",
        "also",
        "not",
    ]
)


def told_before(span: Span, kept: Iterable[Span], text: str) -> bool:
    """Whether most words of the shorter of a phrase and one that was kept are the same: told again."""
    words = frozenset(re.findall(r"\w+", span.of(text).lower())) - _LOOSE
    for other in kept:
        theirs = frozenset(re.findall(r"\w+", other.of(text).lower())) - _LOOSE
        if len(words & theirs) >= AGAIN * min(len(words), len(theirs)):
            return True
    return False


class Topics:
    """Reads the phrases of one sentence."""

    def __init__(self, view: View, groups: dict[int, Group]) -> None:
        self.view = view
        self.groups = groups
        self.heads = view.words.of("generic", "heads")
        self.firsts = {g.first for g in groups.values()}
        self.closes = {opened: close for close, opened in view.insertions.items()}

    def units(self, span: Span, start: int = 0) -> list[int]:
        """The units of a span."""
        return [m for m in self.view.inside(span) if m >= start]

    # --- phrases --------------------------------------------------------------------------------------------------

    def items(self, start: int, verb: int | None = None) -> Iterator[Span]:
        """The members of the list that begins at unit ``start``: "terrorism, Iraq and trade" gives three phrases.

        ``verb`` is the unit of the verb of which they are the subject, if they are; before another one stands no member.
        """
        view, k, given, joined = self.view, start, 0, False
        deeds = view.tag(start) == "VBG"  # "rebuilding the port, opening markets"
        while given < MOST:
            first, last = self.chunk(k)
            last = last if verb is None else min(last, verb)
            if last <= first:
                return
            opened = self._opened(first, last)
            if opened is not None:
                k = opened
                given += 1
                continue
            if last - first == 1 and view.person(first) is not None and not joined:
                return  # "discussed Iraq with the king" goes on, "met X" does not
            after = None if self._in_list(last) else self._next(last, deeds, verb)
            for a, b in self._parts(first, last, joined and after is None):
                if (span := self._span(a, b)) is not None:
                    yield span
            given += 1
            if after is None:
                return
            k, joined = after, True

    def _next(self, last: int, deeds: bool, verb: int | None) -> int | None:
        """Where the list goes on behind a member that ends before unit ``last``; None where it does not.

        What is inserted behind the member is stepped over: "the war in Mali, which began in May, and trade".
        """
        view, k = self.view, self._behind(last)
        if view.lower(k) != "," and (k == last or view.lower(k) != "and"):
            return None
        if self._unquoted(k):
            return None
        while view.is_word(k) and view.lower(k) in {"and", "as", "well", "also", "or", ",", "including"}:
            k += 1
        gerund = deeds and view.tag(k) == "VBG"
        if (k in self.firsts and not gerund) or (k in self.groups and view.tag(k) != "VBG"):
            return None
        if view.lower(k) in _CLAUSES or (view.person(k) is not None and not view.possessive(k)):
            return None
        end = self.chunk(k)[1]
        acts = end in self.firsts and end != verb and view.tag(end) in FINITE
        alone = all(view.lower(m) != "and" for m in range(last, end))
        return None if acts and alone else k  # "trade and the war, | his office | said"

    def _behind(self, k: int) -> int:
        """The unit behind what is inserted at unit ``k``: the comma that closes a clause, or what follows a bracket."""
        view = self.view
        if view.lower(k) == "(" and view.is_word(k):
            close = next((m for m in range(k + 1, min(len(view), k + INSERTION)) if view.lower(m) == ")"), None)
            return k if close is None else close + 1
        return k if self._opens(k + 1) else self.closes.get(k, k)

    def _unquoted(self, comma: int) -> bool:
        """Whether a comma ends a quotation: 'to discuss "ways to end the war," the ministry said'."""
        view = self.view
        return view.quoted[comma] and view.lower(comma + 1) in view.words.of("function", "quotes")

    def _in_list(self, last: int) -> bool:
        """Whether the list after the phrase hangs on its preposition: "cooperation in trade, energy and health"."""
        view = self.view
        if view.kind(last - 1) == "place":
            return False  # "the war in Mali, trade and health"
        return view.lower(last - 2) in {"in", "as"} or (
            view.lower(last - 2) == "of" and view.lower(last - 3) == "fields"
        )

    def before(self, end: int) -> Iterator[Span]:
        """The phrases that stand before a passive verb: "X and Y were discussed"."""
        view, k = self.view, end - 1
        while k >= 0 and end - k <= LONGEST + 4:
            word = view.lower(k)
            if view.is_word(k) and (word in _ENDS or word in _CLAUSES or word in view.words.of("function", "quotes")):
                break
            if k in self.groups and view.tag(k) not in {"VBG", "VBN"}:
                break
            if (view.person(k) is not None and not view.possessive(k)) or (word == "with" and view.is_word(k)):
                break
            k -= 1
        yield from self.items(k + 1, end)

    def clause(self, verb: int) -> Span | None:
        """A verb with its object and what hangs on it: "persuade Khartoum to accept the force"."""
        _, last = self.chunk(verb + 1, through=True)
        return self._span(verb, last) if last > verb + 1 else None

    def chunk(self, start: int, through: bool = False) -> tuple[int, int]:
        """A phrase from ``start``: its first and last + 1 unit, up to a comma or the end of its clause."""
        view, f = self.view, self.view.words.classes["function"]
        k = start
        if view.is_word(k) and view.lower(k) in f["with"] and (view.person(k + 1) is not None or view.place(k + 1)):
            k += 2
            if view.lower(k) in {"on", "about"}:
                k += 1
        while view.is_word(k) and (view.tag(k) in {"DT", "PRP$"} or view.lower(k) in f["quotes"]):
            k += 1
        first = k
        while k < min(len(view), first + LONGEST):
            word = view.lower(k)
            if view.is_word(k):
                if word == "as" and view.lower(k - 1) == "such":
                    k += 1
                    continue
                if word in _ENDS or word in _CLAUSES or (word in f["quotes"] and k > first):
                    break
                if word == "," and not (k > first and view.tag(k - 1)[:2] == "JJ" and view.tag(k + 1)[:2] == "JJ"):
                    break
                if k in self.groups and not self._inside(k, first, through):
                    break
                if k in self.firsts and k not in self.groups and view.tag(k) not in {"TO", "VBG"} and k > first:
                    break  # "ties with Peru were ..."
            elif (k > first and view.kind(k) == "time" and view.lower(k + 1) not in f["possessive"]) or (
                k > first
                and view.person(k) is not None
                and not view.possessive(k)
                and view.lower(k - 1) in {"with", "by", "between"}
            ):
                break
            k += 1
        while (
            k > first
            and view.is_word(k - 1)
            and (view.lower(k - 1) in _LOOSE or view.tag(k - 1) in {"MD", "IN", "RB", "HYPH"})
        ):
            k -= 1
        return first, k

    def _inside(self, k: int, first: int, through: bool) -> bool:
        """Whether a verb belongs to the phrase: a gerund, a participle, an infinitive that hangs on a noun or on "how"."""
        view = self.view
        tag, cues = view.tag(k), self.groups[k].cues
        if tag == "VBG":
            return True
        if tag == "VBN":
            return "reduced" in cues
        if tag == "VB" and view.lower(k - 1) == "to":
            return k - 1 == first or through or view.is_noun(k - 2) or view.lower(k - 2) == "how"
        return tag in {"VB", "NN"} and k == first

    def _opened(self, first: int, last: int) -> int | None:
        """Where the matters themselves begin, if the phrase only announces them: "issues, including", "the issue of"."""
        view, words = self.view, self.view.words
        for m in range(first, last):
            if not view.is_word(m):
                return None
            lemma, after = view.lemma(m), view.lower(m + 1)
            if lemma in words.of("generic", "of") and after == "of" and m + 2 < last:
                return m + 2
            if view.is_noun(m) and lemma in self.heads:
                if after in words.of("generic", "related") and view.lower(m + 2) == "to":
                    return m + 3
                n = m + 1 if after in {",", "such"} else m
                word = view.lower(n + 1)
                if self._opens(n + 1) or (after == "such" and word == "as"):
                    return n + 2
        n = last + 1 if view.lower(last) == "," else last
        if any(view.is_noun(m) and view.lemma(m) in self.heads for m in range(first, last)):
            if self._opens(n):
                return n + 1
            if view.lower(n) == "such" and view.lower(n + 1) == "as":
                return n + 2
        return None

    def _opens(self, n: int) -> bool:
        """Whether unit ``n`` leads to the matters that a phrase announced: "including", ":", a dash."""
        view = self.view
        dash = view.lower(n) == "-" and view.units[n].span.start > view.units[n - 1].span.end
        return view.is_word(n) and (dash or view.lower(n) in view.words.of("generic", "open"))

    def _parts(self, first: int, last: int, closing: bool) -> Iterator[tuple[int, int]]:
        """A phrase whose halves both stand alone is two: "banking reform and nuclear safety"; so is the last of a list.

        "From trade to the war in Mali" are two as well.
        """
        view = self.view
        start = next(m for m in range(first, -1, -1) if m == 0 or view.tag(m - 1) not in {"DT", "PRP$"})
        if view.lower(start - 1) == "from":
            reach = next((m for m in range(first + 1, last - 1) if view.tag(m) == "TO" or view.lower(m) == "to"), None)
            if reach is not None:
                yield first, reach
                first = reach + 1
        for m in range(first + 1, last - 1):
            if view.lower(m) != "and" or not view.is_word(m):
                continue
            left, right = range(first, m), range(m + 1, last)
            if closing and not any(view.lower(x) == "between" for x in left):
                yield first, m
                yield m + 1, last
                return
            own = view.tag(m + 1) in {"DT", "PRP$", "VBG"} or view.possessive(m + 1)
            own = own or view.lower(m + 1) in view.words.of("topics", "after")  # "on trade and on the war"
            led = any(view.tag(x) in {"IN", "TO"} for x in left)
            if own or (not led and self._full(left) and self._full(right)) or (last - first == 3):
                yield first, m
                yield from self._parts(m + 1, last, False)
                return
        yield first, last

    def _full(self, row: range) -> bool:
        """Whether a stretch is a noun phrase of its own: a noun with a word before it."""
        view = self.view
        return len(row) >= 2 and (view.is_noun(row[-1]) or any(view.is_noun(x) and x > row[0] for x in row))

    def _span(self, first: int, last: int) -> Span | None:
        """The span, if it says anything: not pronouns, bare people, empty nouns."""
        view = self.view
        while (
            first < last
            and view.is_word(first)
            and (
                view.tag(first) in {"DT", "PRP$", "CC", "PDT", "RB"}
                or view.lower(first) in {",", "both", "on", "about"}
            )
        ):
            first += 1
        if first >= last or view.lower(first) in view.words.of("generic", "stops"):
            return None
        telling = [
            m
            for m in range(first, last)
            if view.kind(m) == "place"
            or (view.person(m) is not None and (last - first) > 1)
            or (view.is_word(m) and view.tag(m)[:2] in {"NN", "VB", "JJ"} and view.lemma(m) not in {*self.heads, "be"})
        ]
        return view.span(first, last) if telling else None
