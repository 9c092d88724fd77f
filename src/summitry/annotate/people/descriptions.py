"""Who is meant by an age or a nation alone: "the 47-year-old will fly home", "the Elbonian is due in Oslo"."""

from __future__ import annotations

from summitry.annotate.people.actors import Actor
from summitry.annotate.people.memory import Memory, Said
from summitry.annotate.people.words import Words
from summitry.lexicon.offices import Offices
from summitry.model.entities import PlaceKind

NEAR = 2
"""How many sentences back the person was told of."""

AGE = 5
"""Words of "47-year-old", its hyphens among them."""

_FOLLOWS = frozenset({"VBD", "VBZ", "MD", "RB", "POS", ",", "IN", "TO", "."})
"""Tags of what may stand behind such words where no noun goes with them, nor a second nation."""


class Descriptions:
    """Reads such words against what was said before."""

    def __init__(self, words: Words, memory: Memory, offices: Offices) -> None:
        self.w = words
        self.memory = memory
        small = offices.words["small"]
        self.definite = small["definite"]
        self.collective = tuple(sorted(small["collective"]))
        self.possessives = small["possessive"]

    def read(self, i: int, end: int) -> int:
        """Settle the words that begin at word ``i``, if they are such; where they end, ``i`` if they are not."""
        w = self.w
        if w.low[i] not in self.definite or i + 1 >= end:
            return i
        area = w.starts.get(i + 1)
        if area is not None and area.adjective and area.code is not None:
            last, fits = area.last, area.kind is PlaceKind.COUNTRY and self._countable(area.last - 1)
        else:
            last, fits = i + 1 + AGE, self._age(i + 1, end)
        if not fits or not (last >= end or w.tag[last] in _FOLLOWS or self._past(last, end)):
            return i
        actor = self._told(i, area.code if area is not None else None)
        if actor is None:
            return i
        possessive = last < end and w.low[last] in self.possessives
        self.memory.say(Said(i, last, i, last, (actor,), "office", "description", possessive))
        return last

    def _past(self, i: int, end: int) -> bool:
        """Whether a word tagged a participle is the verb: "the 47-year-old visited Riga", not "the 47-year-old retired man"."""
        return self.w.tag[i] == "VBN" and (i + 1 >= end or self.w.tag[i + 1] not in {"NN", "JJ"})

    def _age(self, i: int, end: int) -> bool:
        """Whether the words from ``i`` on are an age: "47-year-old"."""
        w = self.w
        return i + AGE <= end and w.tag[i] == "CD" and w.low[i + 1] == w.low[i + 3] == "-" and w.tag[i + 4] == "JJ"

    def _countable(self, i: int) -> bool:
        """Whether a word for people of a country is a noun for one of them: "Elbonian", "Dane"; not "Danes", "French"."""
        return self.w.tag[i] in {"NN", "NNP"} and not self.w.low[i].endswith(self.collective)

    def _told(self, i: int, country: str | None) -> Actor | None:
        """The first person, of a country if one is told, of the last sentence that speaks of one."""
        for row in self.memory.back(self.w.sentence[i], NEAR):
            here = [s for s in row if len(s.actors) == 1 and (country is None or s.actors[0].country == country)]
            if here:  # an owner ("X's trip") where the sentence speaks of nobody else
                return next((s.actors[0] for s in here if not s.possessive), here[0].actors[0])
        return None
