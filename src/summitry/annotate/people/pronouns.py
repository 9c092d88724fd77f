"""Who "he", "her" and "they" are: the subject of the sentence, of the one before, or the speaker of a quotation."""

from __future__ import annotations

from collections.abc import Callable

from summitry.annotate.people.actors import Actor
from summitry.annotate.people.memory import Memory, Said
from summitry.annotate.people.words import Words
from summitry.lexicon.offices import Offices

NEAR = 3
"""How many sentences back a pronoun or "the two leaders" may look."""
_PLURALS = frozenset({"NNS", "NNPS"})
_CLAUSE = 3
"""How many words a verb and its object may be from its subject for them to be sure to be of one clause."""
_AHEAD = 12
"""How many words after the comma of an opening phrase its subject may begin."""


class Pronouns:
    """Reads the pronouns of one text against what was said before, and against the names of the sentence."""

    def __init__(self, words: Words, memory: Memory, named_at: Callable[[int], Actor | None], offices: Offices) -> None:
        self.w = words
        self.memory = memory
        self.named_at = named_at
        pronouns = offices.words["pronouns"]
        self.he, self.they = pronouns["m"], pronouns["plural"]
        self.all = pronouns["m"] | pronouns["f"] | pronouns["plural"]
        self.possessive = pronouns["possessive"]
        self.object = pronouns["object"]
        self.mutual = pronouns["mutual"]
        self.shared = pronouns["shared"]
        self.fronting = offices.words["small"]["fronting"]
        self.links = offices.words["small"]["links"]
        self.quotes = offices.words["small"]["quotes"]
        self.possessives = offices.words["small"]["possessive"]

    def read(self, i: int) -> None:
        """Settle the pronoun at word ``i``, if somebody is meant; once only."""
        said = self.memory.said
        if said and said[-1].first == i and said[-1].form in {"pronoun", "plural"}:
            return
        low = self.w.low[i]
        possessive = low in self.possessive and self.w.tag[i] != "PRP"
        rivals: tuple[Actor, ...] = ()
        if low in self.they:
            actors = self._they(i)
        else:
            could = self._antecedents(i, "m" if low in self.he else "f")
            actors, rivals = could[:1], could[1:]
        if actors:
            form = "plural" if len(actors) > 1 else "pronoun"
            self.memory.say(Said(i, i + 1, i, i + 1, actors, form, "pronoun", possessive, rivals=rivals))

    def meant(self, i: int) -> Actor | None:
        """Whom a pronoun for one person at word ``i`` means; nothing is settled."""
        return next(iter(self._antecedents(i, "m" if self.w.low[i] in self.he else "f")), None)

    def _antecedents(self, i: int, gender: str) -> tuple[Actor, ...]:
        """The subject of this sentence so far, else of the one before; then the others there who could be meant."""
        sure = self._speaker(i, gender) or self._beside(i, gender)
        if sure is not None:
            return (sure,)
        other = self._subject_of_clause(i)
        if gender == "f":
            # Few people in these reports are known to be women: who is goes before those of whom nothing is known.
            known = tuple(
                s.actors[0]
                for here in self.memory.back(self.w.sentence[i], NEAR)
                for s in here
                if s.actors[0].gender == "f" and s.actors[0] is not other
            )
            if known:
                return known[:1]
        for back, here in enumerate(self.memory.back(self.w.sentence[i], NEAR)):
            fits = [s for s in here if len(s.actors) == 1 and s.actors[0] is not other and can_be(s.actors[0], gender)]
            free = [s for s in fits if not s.possessive or (back == 0 and s.form == "pronoun")]
            fits = free or fits
            if back == 0 and len(fits) > 1 and not self._quoted(i):
                fits = [s for s in fits if not self._quoted(s.first)] or fits
            passing = back == 0 and fits and self._opening(i) and all(self._oblique(s) for s in fits)
            if passing and self._before(i, gender):
                continue  # "after talks with X he flew on": he who was told before, not X
            if fits:
                found = next((s.actors[0] for s in fits if s.actors[0].gender == gender), fits[0].actors[0])
                return found, *dict.fromkeys(s.actors[0] for s in fits if s.actors[0] is not found)
            ahead = self._ahead(i, gender) if back == 0 else None
            if ahead is not None:
                return (ahead,)
        return ()

    def _opening(self, i: int) -> bool:
        """Whether nothing but a phrase without a verb stands before a subject pronoun: "After the talks he ..."."""
        w = self.w
        first = w.first_of(i)
        subject = w.tag[i] == "PRP" and w.low[i] not in self.object and w.tag[i - 1] != "NNP"
        return subject and w.tag[first] == "IN" and not any(t.startswith("VB") for t in w.tag[first:i])

    def _oblique(self, said: Said) -> bool:
        """Whether someone is named behind a preposition and nothing but titles: "talks with President X"."""
        w, k = self.w, said.first - 1
        while k > w.first_of(said.first) and w.tag[k].startswith(("NN", "JJ", "DT")):
            k -= 1
        return w.tag[k] == "IN" and not said.possessive

    def _before(self, i: int, gender: str) -> bool:
        """Whether someone of a gender is the first of the sentence before."""
        rows = list(self.memory.back(self.w.sentence[i], 1))[1:]
        first = next((s for here in rows for s in here if len(s.actors) == 1), None)
        return first is not None and can_be(first.actors[0], gender)

    def _beside(self, i: int, gender: str) -> Actor | None:
        """In "X and his wife", and in "made by X in his speech", it is X."""
        said, low = self.memory.said, self.w.low
        if low[i] not in self.possessive or not said or said[-1].last != i - 1 or len(said[-1].actors) != 1:
            return None
        first = said[-1].first
        agent = low[i - 1] in self.links and first > self.w.first_of(first) and low[first - 1] == "by"
        fits = (low[i - 1] == "and" or agent) and can_be(said[-1].actors[0], gender)
        return said[-1].actors[0] if fits else None

    def _quoted(self, i: int) -> bool:
        """Whether a word stands inside a quotation that began in its sentence."""
        return sum(self.w.low[k] in self.quotes for k in range(self.w.first_of(i), i)) % 2 == 1

    def _subject_of_clause(self, i: int) -> Actor | None:
        """Whom an object cannot mean: in "X called him" it is not X."""
        low, tag = self.w.low[i], self.w.tag[i]
        here = self.memory.sentence(self.w.sentence[i])
        if low not in self.object or tag == "PRP$" or not here:
            return None
        between = self.w.tag[here[-1].last : i]
        at = next((n for n, t in enumerate(between) if t.startswith("VB")), None)
        if at is None or any(t in {",", "''", "``"} for t in between):
            return None
        if "CC" in between[:at] and len(here) > 1 and len(between) <= 2 * _CLAUSE:
            return here[0].actors[0]  # "X called Y on Monday and invited him": one subject for both verbs
        near = len(between) <= _CLAUSE and not here[-1].possessive
        return here[-1].actors[0] if near else None

    def _speaker(self, i: int, gender: str) -> Actor | None:
        """Who goes on speaking: in '"...," he added' the speaker of the sentences before."""
        last = self.memory.speaker
        if last is None or self.w.sentence[i] - last[1] not in range(1, NEAR) or not self.memory.speaks(i, i + 1):
            return None
        before = self.w.low[i - 1] if i > self.w.first_of(i) else ""
        follows = before in self.quotes or before == ","
        return last[0] if follows and can_be(last[0], gender) else None

    def _ahead(self, i: int, gender: str) -> Actor | None:
        """The subject that follows an opening phrase: "During his visit, Mr Popov said"."""
        w = self.w
        first, last = w.first_of(i), w.last_of(i)
        if w.tag[first] not in {"IN", "VBG", "TO"} and w.low[first] not in self.fronting:
            return None
        subordinate = i == first + 1 or w.tag[i - 1] in {"WRB", "WDT", "WP", "IN"}
        if w.tag[i] == "PRP" and w.low[i] not in self.object and not subordinate:
            return None  # "on Monday he met the king": the pronoun is the subject itself
        comma = next((k for k in range(i, last) if w.low[k] == ","), last)
        for k in range(comma, min(last, comma + _AHEAD)):
            if w.tag[k] == "PRP":
                return None  # "In Riga, where he had arrived on Monday, he was met by the king"
            actor = self.named_at(k)
            if actor is not None and can_be(actor, gender):
                return actor
        return None

    def _they(self, i: int) -> tuple[Actor, ...]:
        """Two or more people who were just named together, if nothing else was named in the plural since."""
        for here in self.memory.back(self.w.sentence[i], 1):
            for n in range(len(here) - 1, -1, -1):
                if any(t in _PLURALS for t in self.w.tag[here[n].last : i]):
                    return ()
                if len(here[n].actors) > 1:
                    return here[n].actors
                first = n
                while first and self._linked(here[first - 1], here[first]):
                    first -= 1
                if first < n and any(self.w.low[i] == "and" for i in range(here[n - 1].last, here[n].first)):
                    return tuple(dict.fromkeys(s.actors[0] for s in here[first : n + 1]))
        return self._met(i) or self._of_both(i)

    def _met(self, i: int) -> tuple[Actor, ...]:
        """ "A told B when they met": the two people of the sentence, of two countries, where the verb is of meeting."""
        if i + 1 >= self.w.last_of(i) or self.w.low[i + 1] not in self.mutual:
            return ()
        here = [s.actors[0] for s in self.memory.sentence(self.w.sentence[i]) if len(s.actors) == 1]
        two = list(dict.fromkeys(here))
        return tuple(two) if len(two) == 2 and len({a.country for a in two} - {None}) == 2 else ()

    def _of_both(self, i: int) -> tuple[Actor, ...]:
        """ "Their summit in Riga": the only two people, of two countries, of this sentence so far and the one before."""
        w = self.w
        noun = i + 1
        while noun < w.last_of(i) - 1 and w.tag[noun] in {"JJ", "JJS", "NNP", "CD", "HYPH"}:
            noun += 1
        if w.low[i] not in self.possessive or noun >= w.last_of(i) or w.low[noun] not in self.shared:
            return ()
        rows = self.memory.back(w.sentence[i], 1)
        two = list(dict.fromkeys(s.actors[0] for here in rows for s in here if len(s.actors) == 1))
        return tuple(two[::-1]) if len(two) == 2 and len({a.country for a in two} - {None}) == 2 else ()

    def _linked(self, one: Said, two: Said) -> bool:
        """Whether two mentions are members of one list: "A of Chile, B and Peru's C"; they mean different people."""
        w = self.w
        between = range(one.last, two.first)
        joint = any(w.low[i] in {"and", ","} for i in between)
        small = {"and", ",", "of", "the", *self.possessives}
        bare = all(w.low[i] in small or w.inside[i] is not None for i in between)
        return joint and bare and len(one.actors) == len(two.actors) == 1 and one.actors != two.actors


def can_be(actor: Actor, gender: str) -> bool:
    """Whether a pronoun of a gender can mean a person."""
    return actor.gender in {"", gender}
