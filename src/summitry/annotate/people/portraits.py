"""What is told of a person in the end: name, office, rank, as the coding rules write them."""

from __future__ import annotations

import datetime as dt

from summitry.annotate.people.actors import Actor, plain
from summitry.annotate.people.words import Words
from summitry.lexicon.people import Holder, People
from summitry.model.dates import DateRange
from summitry.model.entities import Person, Rank, Tenure


class Portraits:
    """Makes a ``Person`` of an actor. ``day`` is the day or range of publication, or None."""

    def __init__(self, words: Words, people: People, day: DateRange | None) -> None:
        self.w = words
        self.people = people
        self.day = day
        self.numerals = people.offices.words["particles"]["numerals"]

    def person(self, actor: Actor) -> Person:
        """The person as the model has it."""
        office, rank, former = self.standing(actor)
        return Person(
            key=actor.key,
            name=actor.text if actor.unnamed else self._name(actor),
            country=actor.country,
            office=office,
            rank=rank,
            named=not actor.unnamed,
            former=former,
            source=actor.source or "text",
            served=self._served(actor),
        )

    def _served(self, actor: Actor) -> tuple[tuple[dt.date | None, dt.date | None], ...]:
        held = actor.holder.tenures if actor.holder is not None else []
        return tuple(
            (t.start.first if t.start else None, t.end.last if t.end else None)
            for t in held
            if self.people.offices.rank(t.office) is Rank.VISITOR
        )

    def _name(self, actor: Actor) -> str:
        offices = {o for o, _, _, former in actor.offices if not former}
        holder = actor.holder
        royal = offices & {"monarch", "pope"}
        if royal and holder is not None:
            numbered = holder.words[-1] in self.numerals
            if numbered and len(actor.name) <= len(holder.words):
                return holder.name
            return actor.text
        if "royal" in offices or "crown_prince" in offices:
            if len(actor.name) == 1:
                if holder is not None and "prince" in holder.name.lower():
                    return holder.name
                if holder is None or len(holder.words) == 1:
                    return f"{self._styled(actor, offices)} {actor.text}"
                return holder.name
            return actor.text
        by_family = holder is not None and (len(actor.name) == 1 or actor.name in holder.family)
        if holder is not None and (by_family or self._by_initials(actor, holder)):
            return holder.name
        return actor.text

    @staticmethod
    def _by_initials(actor: Actor, holder: Holder) -> bool:
        """Whether the text's form differs from the table's by middle initials alone: "Donald J. Trump", "George Bush"."""
        return holder.words != actor.name and plain(actor.name) == plain(holder.words)

    def _styled(self, actor: Actor, offices: set[str]) -> str:
        """The title of a royal whose name is one word: "Prince" for an heir, else as the text has it."""
        if "crown_prince" in offices:
            return "Princess" if actor.gender == "f" else "Prince"
        style = next((self.w.text(g.head, g.last) for f in actor.found for g in f.groups if g.has("royal")), "Prince")
        return style[:1].upper() + style[1:]

    def _highest(self, tenures: list[Tenure]) -> str | None:
        """The highest of the offices held that may visit, as its title means it, in the order of ``offices.toml``."""
        order = list(self.people.offices.offices)
        held = [t for t in tenures if self.people.offices.rank(t.office) is Rank.VISITOR]
        codes = [m if self.people.offices.rank(m := self.people.means(t)) is Rank.VISITOR else t.office for t in held]
        return min(codes, key=order.index) if codes else None

    def standing(self, actor: Actor) -> tuple[str | None, Rank, bool]:
        """Office, rank, and whether the person held it only formerly: by the words of the text, else by the table."""
        told = actor.offices
        now = [(o, r) for o, r, _, former in told if not former]
        visitor = next(((o, r) for o, r in now if r is Rank.VISITOR and o not in {"leader", "minister"}), None)
        visitor = visitor or next(((o, r) for o, r in now if r is Rank.VISITOR), None)
        tenures = actor.holder.on(self.day) if actor.holder is not None and self.day is not None else []
        held = self._highest(tenures)
        if visitor:
            office = held if visitor[0] == "leader" and held else visitor[0]
            return office, Rank.VISITOR, False
        if told and all(former for _, _, _, former in told) and not held:
            return told[0][0], Rank.OTHER, True
        if held and all(self.people.offices.has(o, "vague") for o, _ in now):
            return held, Rank.VISITOR, False
        if now:
            return now[0][0], now[0][1], False
        if tenures:
            return tenures[-1].office, self.people.offices.rank(tenures[-1].office), False
        if actor.holder is not None and self.day is not None:
            last = actor.holder.tenures[-1]
            return last.office, Rank.OTHER, True
        if actor.holder is not None:
            ranks = {self.people.offices.rank(t.office) for t in actor.holder.tenures}
            return actor.holder.tenures[-1].office, ranks.pop() if len(ranks) == 1 else Rank.UNKNOWN, False
        return None, Rank.UNKNOWN, False
