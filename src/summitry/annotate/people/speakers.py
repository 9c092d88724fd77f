"""Who "I" is in a quotation: the speaker told in the same sentence, else the one who went on speaking."""

from __future__ import annotations

from collections.abc import Callable

from summitry.annotate.people.actors import Actor
from summitry.annotate.people.memory import Memory, Said
from summitry.annotate.people.words import Words
from summitry.lexicon.offices import Offices

FAR = 10
"""How many words before a verb of saying its subject may begin."""

ON = 4
"""How many sentences a quotation may go on after its speaker was told."""


class Speakers:
    """Reads "I", "me" and "my" of one text.

    ``named_at`` gives who is named at a word, ``antecedent`` whom a pronoun there means.
    """

    def __init__(
        self,
        words: Words,
        memory: Memory,
        named_at: Callable[[int], Actor | None],
        antecedent: Callable[[int], Actor | None],
        offices: Offices,
    ) -> None:
        self.w = words
        self.memory = memory
        self.named_at = named_at
        self.antecedent = antecedent
        lists = offices.words
        self.first, self.own = lists["pronouns"]["first"], lists["pronouns"]["own"]
        self.he = lists["pronouns"]["m"] | lists["pronouns"]["f"]
        self.quotes = lists["small"]["quotes"]

    def read(self, i: int) -> None:
        """Settle the word of the first person at word ``i``, if it is quoted and the speaker is known."""
        if self.w.tag[i] not in {"PRP", "PRP$"}:
            return
        actor = self._speaker(i)
        if actor is not None:
            own = self.w.low[i] in self.own
            self.memory.say(Said(i, i + 1, i, i + 1, (actor,), "pronoun", "first-person", own))

    def _speaker(self, i: int) -> Actor | None:
        """The subject of the sentence's verb of saying; where it has none, whoever was told to speak just before."""
        w = self.w
        first, last = w.first_of(i), w.last_of(i)
        marks = [k for k in range(first, last) if w.low[k] in self.quotes]
        before = sum(k < i for k in marks)
        if not (before % 2 or (len(marks) - before) % 2):
            return None
        inside = bool(before % 2 == 0)  # the sentence begins within the quotation
        for k in range(first, last):
            if w.low[k] in self.quotes:
                inside = not inside
            elif not inside and w.low[k] in self.memory.saying:
                return self._subject(k, first, last)
        told = self.memory.speaker
        return told[0] if told is not None and w.sentence[i] - told[1] <= ON else None

    def _subject(self, k: int, first: int, last: int) -> Actor | None:
        """Who says: the nearest name before the verb, a pronoun right before it, or the name right after."""
        w = self.w
        said = [s for s in self.memory.sentence(w.sentence[k]) if s.last == k and len(s.actors) == 1]
        if said:
            return said[-1].actors[0]
        if w.low[k - 1] in self.he:
            return self.antecedent(k - 1)
        for j in range(k - 1, max(first, k - FAR) - 1, -1):
            if w.low[j] in self.quotes:
                break
            if (actor := self.named_at(j)) is not None:
                return actor
        after = k + 2 if k + 1 < last and w.low[k + 1] == "the" else k + 1
        return self.named_at(after) if after < last else None
