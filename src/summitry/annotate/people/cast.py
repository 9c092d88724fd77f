"""The cast of a report: the mentions of one person brought together."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.annotate.people.actors import Actor, alike, same_name
from summitry.annotate.people.identity import Identity
from summitry.annotate.people.names import Found
from summitry.annotate.people.portraits import Portraits
from summitry.annotate.people.titles import Group
from summitry.annotate.people.words import Words
from summitry.lexicon.people import People
from summitry.model.dates import DateRange
from summitry.model.entities import Rank


class Cast:
    """Brings names together and looks them up. ``day`` is the day or range of publication, or None."""

    def __init__(self, words: Words, people: People, day: DateRange | None, home: str | None) -> None:
        self.w = words
        self.people = people
        self.day = day
        self.home = home
        self.actors: list[Actor] = []
        self.identity = Identity(words, people, day, home, self.actors)
        self.portraits = Portraits(words, people, day)
        self.numerals = self.identity.numerals
        self.countries = self.identity.countries

    # Bringing together

    def gather(self, found: Iterable[Found]) -> None:
        """All names: first those that are sure, longest first among the parts of a text, then what leans on them."""
        found = list(found)
        full = [f for f in found if len(f.name) > 1 and not f.weak]
        plain = [f for f in full if self.w.sentence[f.head] not in self.w.titled]
        self.add_full(plain)
        self.add_full(f for f in full if self.w.sentence[f.head] in self.w.titled)
        self.add_short(f for f in found if len(f.name) == 1 and not f.weak)
        self.add_short(f for f in found if f.weak)
        self._counterparts()

    def _counterparts(self) -> None:
        """A counterpart has the office of the one whose counterpart he is: the person named last before, in the sentence."""
        for actor in self.actors:
            for n, (office, _, country, former) in enumerate(actor.offices):
                if office != "counterpart":
                    continue
                other = self._before(actor)
                if other is None:
                    continue
                held = next(((o, r) for o, r, _, gone in other.offices if not gone and o != "counterpart"), None)
                if held:
                    actor.offices[n] = (*held, country, former)

    def _before(self, actor: Actor) -> Actor | None:
        at = next((f.first for f in actor.found for g in f.groups if g.title(g.key).office == "counterpart"), None)
        if at is None:
            return None
        here = [
            (f.first, other)
            for other in self.actors
            for f in other.found
            if other is not actor
            and other.offices
            and f.first < at
            and self.w.sentence[at] - self.w.sentence[f.first] <= 1
        ]
        now = [x for x in here if self.w.sentence[x[0]] == self.w.sentence[at]]
        return min(now or here, key=lambda x: x[0])[1] if here else None

    def add_full(self, found: Iterable[Found]) -> None:
        """Names of two or more words: a new person, or another spelling of one."""
        for f in found:
            actor = next(
                (a for a in self.actors if len(a.name) > 1 and same_name(a.name, f.name) and not self._clash(a, f)),
                None,
            )
            if actor is None:
                actor = Actor(f.name, self._text(f), gender=self._given_gender(f.name))
                self.actors.append(actor)
            elif len(f.name) > len(actor.name):
                actor.name, actor.text = f.name, self._text(f)
            self._join(actor, f)

    def add_short(self, found: Iterable[Found]) -> None:
        """Single words: the person whose family name, or one of whose names, it is; a new person if titled or in the table."""
        for f in found:
            if f.weak and self.w.inside[f.head] is not None:
                continue
            actor = self._bearer(f)
            if actor is None and f.weak and len(f.name) > 1 and f.tail - f.head > 1 and not self.w.glued[f.tail - 1]:
                f.first = f.head = f.tail - 1
                f.name = f.name[-1:]
                actor = self._bearer(f)
            if actor is None:
                if f.weak and not self._famous(f):
                    continue
                actor = Actor(f.name, self._text(f))
                self.actors.append(actor)
            self._join(actor, f)

    def _join(self, actor: Actor, f: Found) -> None:
        actor.found.append(f)
        for group in f.groups:
            title = group.title(group.key)
            actor.gender = actor.gender or title.gender or self._by_word(group)
            office, rank = group.standing(group.key)
            country = group.country
            actor.offices.append((office, rank, country, group.former))
            if country is None and group.owner is None and rank is Rank.VISITOR:
                actor.domestic = True
        actor.gender = actor.gender or f.gender

    def _given_gender(self, name: tuple[str, ...]) -> str:
        """The gender that a given name tells, where only men or only women bear it."""
        if name[0] in self.people.families_first:
            return ""
        man, woman = name[0] in self.people.men, name[0] in self.people.women
        return "m" if man and not woman else "f" if woman and not man else ""

    def _by_word(self, group: Group) -> str:
        """The gender that a word of the title tells: a spokeswoman is a woman."""
        words = self.w.low[group.head : group.last]
        return next(
            (g for g, told in self.people.offices.words["gendered"].items() if any(w in told for w in words)), ""
        )

    def _text(self, f: Found) -> str:
        return self.w.text(f.head, f.tail)

    def _clash(self, actor: Actor, f: Found) -> bool:
        """Whether the gender, or a royal title against another office, keeps a name from a person."""
        gender = f.gender or next((g.title(g.key).gender for g in f.groups if g.title(g.key).gender), "")
        if gender and actor.gender and gender != actor.gender:
            return True
        if (
            len(f.name) == 1
            and self._mere_consort(actor)
            and any(g.title(g.key).rank is Rank.VISITOR for g in f.groups)
        ):
            return True
        royal = any(g.has("royal") for g in f.groups)
        if (len(f.name) == 1 or royal) and self._of_another_country(actor, f):
            return True
        if len(f.name) > 1 or not f.groups or royal == actor.royal:
            return False
        # Monarchs go by their given names: King Hussein is nobody whose family name that is.
        return bool(actor.offices) or (royal and len(actor.name) > 1 and f.name[0] != actor.name[0])

    def _of_another_country(self, actor: Actor, f: Found) -> bool:
        """Whether a titled name is told to be of one country and a person of another: two kings of one name.

        A monarch of both, by the table, is one person.
        """
        told = {g.country for g in f.groups if g.country}
        if f.groups and not told and f.hint is not None and f.hint.code:
            told = {f.hint.code}
        of = {c for _, rank, c, _ in actor.offices if c and rank is Rank.VISITOR}
        of |= {x.hint.code for x in actor.found if x.hint is not None and x.hint.code and x.groups}
        if not told or not of or told & of:
            return False
        return not any(h.countries >= told and h.countries & of for h in self.people.full(actor.name))

    def _bearer(self, f: Found) -> Actor | None:
        if len(f.name) != 1:
            least = 2 if f.weak else 1
            return next(
                (
                    a
                    for a in reversed(self.actors)
                    if len(a.name) >= least and same_name(a.name, f.name) and not self._clash(a, f)
                ),
                None,
            )
        word = f.name[0]
        best: tuple[int, int, int] | None = None
        choice: Actor | None = None
        for n, actor in enumerate(self.actors):
            weight = self._weight(actor, word)
            if not weight or self._clash(actor, f) or (actor.royal and self._patronymic(actor, word, f)):
                continue
            if f.weak and weight < 3:
                continue
            weight += 2 * self._same_office(actor, f)
            kin = any(o == "consort" for o, _, _, _ in actor.offices) or self._mere_consort(actor)
            before = [x.head for x in actor.found if x.head < f.head]
            stuck = any(x.name == f.name for x in actor.found)  # who was once called so is called so again
            score = (2 * weight - kin + stuck, max(before) if before else -1, -n)
            if best is None or score > best:
                best, choice = score, actor
        return choice

    def _weight(self, actor: Actor, word: str) -> int:
        """How well one word names a person: 4 the family name, 3 a spelling of it, 2 another name, 0 not at all."""
        family = self._family(actor)
        if word in family:
            return 4
        if any(len(w) > 1 and alike(word, w) for w in family):
            return 3
        if word in actor.name:
            return 3 if len(actor.name) > 2 or actor.royal else 2
        return 0

    def _family(self, actor: Actor) -> set[str]:
        names = actor.name
        if len(names) < 2:
            return set(names)
        out = {w for w in names[-1:] if w not in self.numerals} or {names[0]}
        for holder in self.people.full(names):
            out.update(w for family in holder.family for w in family)
        if names[0] in self.people.families_first and names[0] not in self.people.given:
            out.add(names[0])
        if actor.royal:
            out.add(names[0])
        return out

    def _patronymic(self, actor: Actor, word: str, f: Found) -> bool:
        """Whether a royal's single name is but the father's in a longer one: King Salman is not Mohammed bin Salman."""
        at = actor.name.index(word) if word in actor.name else 0
        return (
            at > 0
            and actor.name[at - 1] in self.people.offices.words["particles"]["sons"]
            and any(g.has("royal") for g in f.groups)
        )

    def _mere_consort(self, actor: Actor) -> bool:
        """Whether the table knows a person as the wife or husband of a leader only: "Trump" alone is the other one."""
        return any(all(t.office == "consort" for t in h.tenures) for h in self.people.full(actor.name))

    @staticmethod
    def _same_office(actor: Actor, f: Found) -> int:
        given = {g.title(g.key).office for g in f.groups}
        return int(bool(given & {o for o, _, _, _ in actor.offices}))

    def _famous(self, f: Found) -> bool:
        """Whether a single word without a title is the name of somebody in high office then."""
        if self.w.inside[f.head] is not None or not self.w.tag[f.head].startswith("NNP"):
            return False
        return self.identity.by_family(f.name, None, None) is not None and len(f.name[0]) > 2

    # Looking up

    def standing(self, actor: Actor) -> tuple[str | None, Rank, bool]:
        """Office, rank, and whether the person held it only formerly."""
        return self.portraits.standing(actor)

    def identify(self) -> None:
        """Find each person in the table, then their country."""
        for actor in self.actors:
            self.identity.look_up(actor)
        for actor in self.actors:
            self.identity.locate(actor)
            self.identity.kin(actor)
        self.identity.share()
