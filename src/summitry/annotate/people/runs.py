"""Runs of words that have the shape of a name: capitals with their particles, hyphens, initials and forms of address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summitry.annotate.people.titles import Group
from summitry.annotate.people.words import Words
from summitry.lexicon.people import People
from summitry.lexicon.phrases import PhraseIndex

_LONGEST = 10


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """The parts of one folded word: between hyphens and full stops, without apostrophes about them."""
    parts = (part.strip("'") for part in word.replace(".", " ").replace("-", " ").split())
    return tuple(part for part in parts if part)


@dataclass(slots=True)
class Run:
    """A run of words that has the shape of a name; ``broken`` if an organisation or a place follows in it."""

    first: int
    head: int
    last: int
    words: tuple[str, ...]
    gender: str = ""
    honorific: bool = False
    broken: bool = False

    @property
    def last_word(self) -> int:
        """The number of words."""
        return len(self.words)


class RunReader:
    """Reads runs in one text; ``taken`` are the words of titles."""

    def __init__(self, words: Words, taken: dict[int, Group], people: People) -> None:
        self.w = words
        self.people = people
        self.group_at = taken
        lists = people.offices.words
        self.never = lists["never"]["words"]
        self.organisations = lists["organisations"]["words"]
        self.particles = lists["particles"]["words"]
        self.male, self.female = lists["honorifics"]["m"], lists["honorifics"]["f"]
        self.either = lists["honorifics"]["any"]
        self.seconds: dict[str, set[str]] = {}
        for address in (phrase.split() for phrase in self.either):
            self.seconds.setdefault(address[0], set()).update(address[1:])
        self.small = lists["small"]
        self.verbs = lists["saying"]["words"] | lists["saying"]["acting"]
        self.nobody = PhraseIndex((tuple(phrase.split()), True) for phrase in lists["not_people"]["words"])

    def run(self, p: int, end: int, titled: bool) -> Run | None:
        """The name that begins at word ``p``: honorifics, then capitals with their particles, hyphens and initials.

        ``titled`` if a title stands before it, which speaks for a name where the shape alone does not.
        """
        w = self.w
        first, gender, honorific = p, "", False
        while p < end and (kind := self._honorific(p)):
            seconds = self.seconds.get(w.low[p].rstrip("'"), set())  # "Datuk Seri", "Dato' Sri"
            gender, honorific, p = gender or kind.strip("?"), True, p + 1
            if p < end and w.low[p] in {".", "'"} and w.glued[p]:
                p += 1
            p += p < end and w.low[p] in seconds
        if p >= end or not self._begins(p, end, titled or honorific):
            return None
        last, broken = self._to_the_end(p, end, titled)
        while last > p and ((w.low[last - 1] in self.particles and not w.cap[last - 1]) or w.low[last - 1] == "-"):
            last -= 1
        words = self.fold(p, last)
        if not words or (len(words) == 1 and len(words[0]) < 2):
            return None
        return Run(first, p, last, words, gender, honorific, broken)

    def _begins(self, p: int, end: int, titled: bool) -> bool:
        """Whether a name can begin at a word: a capital that is no title, place, organisation or word of every day."""
        w = self.w
        low = w.low[p]
        if not w.cap[p] and not (titled and low in self.particles and self._next_capital(p, end)):
            return False
        if p in self.group_at or not (w.tokens[p].text[0].isalpha() or low[0] == "'"):
            return False
        if w.inside[p] is not None and not self._person_not_place(p, end, titled):
            return False
        thing = p > w.first_of(p) and w.cap[p - 1] and w.low[p - 1] in self.small["things"]
        if thing or self.nobody.at(w.low, p):
            return False
        common = low.rstrip(".") in self.never or low in self.organisations
        return not common or self._name_after_all(p, end)

    def _to_the_end(self, p: int, end: int, titled: bool) -> tuple[int, bool]:
        """Where a run from ``p`` ends, and whether an organisation or a place broke it off."""
        w = self.w
        q = p
        while q < end and q - p < _LONGEST:
            low = w.low[q]
            if q > p and w.glued[q] and q + 1 < end and not w.tokens[q].text[0].isalnum():
                if not self._inner_mark(p, q):
                    break
                q += 2
            elif low in self.particles and self._next_capital(q, end):
                q += 1
            elif not w.cap[q] or not w.tokens[q].text[0].isalpha():
                break
            else:
                stop, broken = self._stops(p, q, titled) if q > p else (False, False)
                if stop:
                    return q, broken
                q += 1
        return q, False

    def _inner_mark(self, p: int, q: int) -> bool:
        """Whether a hyphen or an apostrophe at ``q`` joins two parts of one name."""
        w = self.w
        if w.low[q] == "-":
            return (w.glued[q + 1] or self._torn(p, q)) and self._hyphenated(p, q)
        return w.low[q] == "'" and w.glued[q + 1] and w.tokens[q + 1].text[0].isalpha()

    def _stops(self, p: int, q: int, titled: bool) -> tuple[bool, bool]:
        """Whether a capital at ``q`` is no more of the name that began at ``p``, and whether it breaks the run."""
        w = self.w
        low, area = w.low[q], w.inside[q]
        doubled = low == w.low[q - 1]
        organised = low in self.organisations
        if not (doubled or organised or low in self.never or q in self.group_at or area is not None):
            return False, False
        if organised and not self.people.with_word(low):
            return True, True
        if self._table_at(p, q + 1):
            return False, False
        named = low in self.people.given and q + 1 < len(w.low) and w.cap[q + 1]
        if titled and named and not doubled and q not in self.group_at and low not in self.small["days"]:
            return False, False  # "President Roch Marc Christian Kabor"
        if doubled or organised or low in self.never or q in self.group_at:
            return True, organised
        if area is not None and (area.adjective or area.last - area.first > 1):
            return True, not area.adjective
        plain_place = not titled and w.low[p] not in self.people.given
        return plain_place, plain_place

    def _name_after_all(self, p: int, end: int) -> bool:
        """Whether a word that begins no name does so here: the table has it, or it is a given name before another word."""
        w = self.w
        if self._table_run(p, end):
            return True
        alone = w.tag[p].startswith("NNP") and p + 1 < end and (w.low[p + 1] in self.verbs or w.low[p + 1] == "'s")
        if alone and self.people.family((w.low[p],)):
            return True
        if w.low[p] in self.small["days"]:
            return False  # "On Monday Aldo Ferrucci left"
        follows = p + 1 < end and w.cap[p + 1] and w.tag[p + 1].startswith("NNP") and w.low[p + 1] not in self.never
        follows = follows or (p + 1 < end and w.low[p + 1] in self.particles and self._next_capital(p + 1, end))
        return follows and w.low[p] in self.people.given and w.low[p + 1] not in self.organisations

    def _torn(self, p: int, q: int) -> bool:
        """Whether a space after a hyphen is a slip of the press inside a name: "Ki- moon", "El- Bashir"."""
        w = self.w
        if w.low[q - 1] in self.particles:
            return w.cap[q + 1]
        return (
            q - 1 > p
            and w.low[p] in self.people.families_first
            and w.tokens[q + 1].text.islower()
            and not self._verb(q + 1)
        )

    def _verb(self, i: int) -> bool:
        return self.w.tag[i].startswith(("VB", "MD", "IN", "DT", "CC"))

    def _hyphenated(self, p: int, q: int) -> bool:
        """Whether a hyphen at ``q`` is inside the name that began at ``p``: not in "the Popov-Li meeting", "high-level"."""
        w = self.w
        if w.low[q - 1] in self.particles:
            return True
        if not w.cap[q + 1]:
            return q - 1 > p and w.low[p] in self.people.families_first
        if w.inside[q + 1] is not None:
            return self._table_at(p, q + 2)
        if q - 1 > p:
            return True
        known = [self.people.family((w.low[k],)) for k in (q - 1, q + 1)]
        doubled = {w.low[q - 1], w.low[q + 1]} <= self.people.given and w.cap[q + 2]  # "Mohammad-Ali Nikzad"
        return not all(known) or doubled or self._table_at(p, q + 2) or bool(self.people.family(self.fold(p, q + 2)))

    def _honorific(self, p: int) -> str:
        low = self.w.low[p]
        if not self.w.cap[p]:
            return ""
        if " ".join(self.w.low[p : p + 2]) in self.either:
            return "?"  # "Tan Sri", of which the first is a family name
        return "m" if low in self.male else "f" if low in self.female else "?" if low in self.either else ""

    def _next_capital(self, p: int, end: int) -> bool:
        """Whether a capital follows a particle, perhaps after a hyphen or another particle."""
        w = self.w
        q = p + 1
        if q >= end:
            return False
        while q < end and q < p + 4 and (w.low[q] == "-" or (w.low[q] in self.particles and not w.cap[q])):
            q += 1
        return q < end and w.cap[q] and w.low[q] not in self.never and q not in self.group_at and w.inside[q] is None

    def fold(self, first: int, last: int) -> tuple[str, ...]:
        """The folded words of a name, split at hyphens and between initials."""
        low = self.w.low
        return tuple(part for i in range(first, last) for part in _parts(low[i]))

    def _table_at(self, first: int, last: int) -> bool:
        words = self.fold(first, last)
        return bool(len(words) > 1 and self.people.full(words))

    def _table_run(self, p: int, end: int) -> bool:
        return any(self._table_at(p, q) for q in range(p + 2, min(end, p + 5) + 1))

    def _person_not_place(self, p: int, end: int, titled: bool) -> bool:
        """Whether words that a place bears are a name here: the table knows them as one, or they are one after a title."""
        w, area = self.w, self.w.inside[p]
        if area is None or self._table_run(p, end):
            return True
        given = w.low[p] in self.people.given and p + 1 < end and w.cap[p + 1] and w.tag[p + 1].startswith("NNP")
        return titled and not area.adjective and (given or bool(self.people.family(self.fold(p, p + 1))))

    def cut(self, run: Run, last: int) -> Run:
        """The beginning of a run, up to word ``last``."""
        return Run(run.first, run.head, last, self.fold(run.head, last))

    def cut_front(self, run: Run, first: int) -> Run:
        """The end of a run, from word ``first``."""
        return Run(first, first, run.last, self.fold(first, run.last))
