"""Weighing the sentences that pass the sieve: points for what visits are told with, so that few texts are left to be read.

The sieve looks at single words; here names of places are matched whole, titles are those of people who visit, and a leader is
who is named in full or was introduced by a title. Each sentence that has a strong word of visiting, a place, and a person of
rank in it or just before gets points (``data/scan/weights.toml``): for a leader's name, for a country or capital, for two
countries near each other, for the word of visiting and for how near a place stands to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from summitry.ingest.sieve import BACK, END, NAME, PLACE, RANK, STRONG, Sieve, forms, irregular
from summitry.lexicon.files import DATA, read_toml
from summitry.lexicon.offices import fold
from summitry.lexicon.people import People
from summitry.lexicon.places import Gazetteer
from summitry.lexicon.places import fold as fold_place
from summitry.model.entities import PlaceKind, Rank
from summitry.model.errors import KnowledgeError

FILE = Path("scan", "weights.toml")

AFTER = 3
"""Words after a title within which a family name is that of its holder: "Foreign Minister Ana Maria Silva"."""

UNKNOWN = frozenset({"?", "??"})
"""The countries of a place that may lie anywhere: more than one."""

_WORD = re.compile(r"[^\W\d_]+|[.!?](?=\s)")


@dataclass(slots=True)
class Looked:
    """A sentence with what was found in it so far: words ``first`` and following of a line; places only once asked for."""

    line: str
    start: int
    first: int
    words: list[str]
    flags: int
    leaders: list[frozenset[str]] = field(default_factory=list)
    person: bool = False
    places: list[tuple[int, int, frozenset[str], bool, bool]] | None = None

    def spans(self) -> list[tuple[int, int, str]]:
        """Start, end and folded form of each word, in the line."""
        found = islice(_WORD.finditer(self.line), self.first, self.first + len(self.words))
        return [(word.start(), word.end(), fold_place(word[0])) for word in found]


class Weights:
    """The points and the knowledge.

    Specimen: ``Weights.load(sieve, people, places).heavy(text)`` gives start and points of sentences.
    """

    def __init__(
        self,
        sieve: Sieve,
        people: People,
        places: Gazetteer,
        points: Mapping[str, int],
        limits: Mapping[str, int],
        words: Mapping[str, int],
        added: Iterable[str],
    ) -> None:
        self._sieve, self._places, self._titles = sieve, places, people.offices.titles
        self._leader, self._country, self._capital = points["leader"], points["country"], points["capital"]
        self._two, self._near = points["two"], points["near"]
        self.some, self.many, self.much, self._reach = (limits[n] for n in ("some", "many", "much", "near"))
        self._words, self._added = dict(words), frozenset(added)
        self._family: dict[str, set[str]] = {}
        self._full: dict[tuple[str, str], frozenset[str]] = {}
        for holder in people.people:
            if any(people.offices.rank(tenure.office) is Rank.VISITOR for tenure in holder.tenures):
                for tenure in holder.tenures:
                    if tenure.family_name:
                        self._family.setdefault(fold(tenure.family_name).split(" ")[-1], set()).add(tenure.country)
                for form in holder.forms:
                    if len(form) > 1:
                        key = (form[-2], form[-1])
                        self._full[key] = self._full.get(key, frozenset()) | holder.countries
        self._last = frozenset(last for _, last in self._full)
        self._called = self._last | frozenset(self._family) | self._added
        self._titled = self._titles.firsts

    @classmethod
    def load(cls, sieve: Sieve, people: People, places: Gazetteer) -> Weights:
        """Read ``scan/weights.toml``. Raises KnowledgeError."""
        path = DATA / FILE
        table = read_toml(path)
        try:
            other = irregular()
            words = {
                form: points
                for name, points in (("one", 1), ("two", 2))
                for lemma in table["words"][name]
                for form in forms(lemma, other.get(lemma, ()))
            }
            return cls(sieve, people, places, table["points"], table["limits"], words, sieve.added)
        except KeyError as error:
            raise KnowledgeError(f"{path}: lacks {error}") from error

    def heavy(self, text: str) -> list[tuple[int, int]]:
        """Where the sentences with ``some`` points begin, and their points, in order.

        None where there is neither one with ``much`` nor as ``many`` as are needed without.
        """
        found = list(self.weighed(text))
        enough = len(found) >= self.many or any(points >= self.much for _, points in found)
        return found if enough else []

    def weighed(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each sentence with ``some`` points begins, and its points, in order."""
        near: list[Looked] = []
        leaders: set[str] = set()
        who, number, start = -BACK - 1, 0, 0
        for line in text.split("\n"):
            for flags, first, words in _sentences(line, self._sieve.all_flags):
                sentence = Looked(line, start, first, words, flags)
                near = [*near[-BACK:], sentence]
                if flags & (RANK | NAME):
                    self._people(sentence, leaders)
                    if sentence.person:
                        who = number
                if flags & STRONG and flags & PLACE and number - who <= BACK:
                    points = self.points(near)
                    if points >= self.some:
                        yield start + sentence.spans()[0][0], points
                number += 1
            start += len(line) + 1

    def _people(self, sentence: Looked, leaders: set[str]) -> None:
        """The leaders of a sentence, and whether it has a person of rank; names that it introduces are kept."""
        words = [word.lower() if word.isascii() else fold(word) for word in sentence.words]
        begin = after = -1
        named: list[int] = []
        titled = self._titled if sentence.flags & RANK else frozenset()
        for i, word in enumerate(words):
            if word in titled:
                title = self._titles.at(words, i)
                if title and any(use.title.rank is Rank.VISITOR for use in title[1]):
                    sentence.person, begin, after = True, title[0], title[0] + AFTER
            if word not in self._called:
                continue
            if word in self._added:
                sentence.person = True
            full = self._full.get((words[i - 1], word)) if word in self._last and i else None
            if full is None and word not in self._family:
                continue
            shown = sentence.words[i]
            if not shown[0].isupper():
                continue
            if full is not None:
                leaders.add(shown)
                sentence.leaders.append(full)
            else:
                if begin <= i <= after:
                    leaders.add(shown)
                named.append(i)
        sentence.leaders += [frozenset(self._family[words[i]]) for i in named if sentence.words[i] in leaders]
        sentence.person = sentence.person or bool(sentence.leaders)

    def points(self, near: Sequence[Looked]) -> int:
        """The points of the last of some sentences that stand together; 0 where it names no place."""
        sentence = near[-1]
        places = self._in(sentence)
        if not places:
            return 0
        known = [countries for looked in near for _, _, countries, _, _ in self._in(looked)]
        known += [countries for looked in near for countries in looked.leaders]
        result = self._leader * bool(sentence.leaders) + self._two * (len(frozenset().union(*known)) > 1)
        result += self._country * any(p[3] for p in places) + self._capital * any(p[4] for p in places)
        best = 0
        for i, word in enumerate(sentence.words):
            if self._sieve.flags(word) & STRONG:
                distance = min(min(abs(first - i), abs(last - 1 - i)) for first, last, _, _, _ in places)
                best = max(best, self._words.get(fold(word), 0) + self._near * (distance <= self._reach))
        return result + best

    def _in(self, sentence: Looked) -> list[tuple[int, int, frozenset[str], bool, bool]]:
        """The places of a sentence: first word, last word + 1, countries, and whether it is a country or a capital."""
        if sentence.places is not None:
            return sentence.places
        found: list[tuple[int, int, frozenset[str], bool, bool]] = []
        if sentence.flags & PLACE:
            words = sentence.spans()
            i = 0
            while i < len(words):
                hit = self._places.at(sentence.line, words, i) if self._places.begins(words[i][2]) else None
                if hit is not None and not hit[1].blocked:
                    places = hit[1].places
                    countries = frozenset(p.country for p in places if p.country) or UNKNOWN
                    first = places[0]
                    found.append((i, hit[0], countries, first.kind is PlaceKind.COUNTRY, first.capital))
                i = hit[0] if hit is not None else i + 1
        sentence.places = found
        return found


def _sentences(line: str, flags_of: Callable[[list[str]], list[int]]) -> Iterator[tuple[int, int, list[str]]]:
    """The sentences of a line as the sieve has them: what their words can be, the number of the first word, the words."""
    words = _WORD.findall(line)
    whats = flags_of(words)
    first = 0
    while first < len(words):
        try:
            last = whats.index(END, first)
        except ValueError:
            last = len(words)
        if first < last:
            flags = 0
            for what in set(whats[first:last]):
                flags |= what
            yield flags, first, words[first:last]
        first = last + 1
