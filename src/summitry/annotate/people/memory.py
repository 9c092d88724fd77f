"""What was said of people so far: the mentions that are settled, by sentence, and who spoke last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summitry.annotate.people.actors import Actor
from summitry.annotate.people.words import Words


@dataclass(slots=True)
class Said:
    """A mention that is settled: its words, the naming words in it, who is meant, and how that was found."""

    first: int
    last: int
    head: int
    tail: int
    actors: tuple[Actor, ...]
    form: str
    rule: str
    possessive: bool = False
    candidates: tuple[str, ...] = ()
    rivals: tuple[Actor, ...] = ()
    """Others of the same sentence whom a pronoun could mean."""


class Memory:
    """The mentions in the order in which they were settled."""

    def __init__(self, words: Words, saying: frozenset[str]) -> None:
        self.w = words
        self.saying = saying
        self.said: list[Said] = []
        self.speaker: tuple[Actor, int] | None = None
        self._sentences: dict[int, list[Said]] = {}

    def say(self, said: Said) -> None:
        """Remember a mention, and its person as the speaker if a verb of saying is beside it."""
        self.said.append(said)
        self._sentences.setdefault(self.w.sentence[said.first], []).append(said)
        if len(said.actors) == 1 and not said.possessive and self.speaks(said.first, said.last):
            self.speaker = (said.actors[0], self.w.sentence[said.first])

    def speaks(self, first: int, last: int) -> bool:
        """Whether a verb of saying stands right after or before these words."""
        w = self.w
        after = w.low[last] if last < w.last_of(first) else ""
        before = w.low[first - 1] if first > w.first_of(first) else ""
        return after in self.saying or (before in self.saying and after in {",", ".", ""})

    def sentence(self, number: int) -> list[Said]:
        """What was said in one sentence, in order."""
        return self._sentences.get(number, [])

    def back(self, number: int, most: int) -> Iterator[list[Said]]:
        """What was said in a sentence and in those before it, ``most`` of them at most."""
        for n in range(number, max(-1, number - most - 1), -1):
            yield self.sentence(n)
