"""Who a person is by the table of tenures, and of which country."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from summitry.annotate.people.actors import Actor, same_name
from summitry.annotate.people.names import Found
from summitry.annotate.people.words import Words
from summitry.lexicon.offices import fold
from summitry.lexicon.people import Holder, People
from summitry.model.dates import DateRange
from summitry.model.entities import Tenure


class Identity:
    """Looks people up. ``day`` is the day or range of publication or None, ``home`` the country of the dateline."""

    def __init__(
        self, words: Words, people: People, day: DateRange | None, home: str | None, actors: Sequence[Actor]
    ) -> None:
        self.w = words
        self.people = people
        self.day = day
        self.home = home
        self.actors = actors
        self.joins = people.offices.words["small"]["joins"] | people.offices.words["small"]["definite"]
        self.numerals = people.offices.words["particles"]["numerals"]
        self.countries: Counter[str] = Counter(a.code for a in words.starts.values() if a.code is not None)

    def kin(self, actor: Actor) -> None:
        """A lone given name after "his wife" takes the family name of the one named before it in the sentence."""
        if len(actor.name) != 1 or actor.holder is not None or not any(o == "consort" for o, _, _, _ in actor.offices):
            return
        at = next((f for f in actor.found if any(g.owner is not None for g in f.groups)), None)
        if at is None:
            return
        before = [
            (x.tail, other)
            for other in self.actors
            for x in other.found
            if x.tail <= at.head and other is not actor and self.w.sentence[x.head] == self.w.sentence[at.head]
        ]
        if before:
            other = max(before, key=lambda b: b[0])[1]
            parts = (other.holder.name if other.holder else other.text).split()
            if (
                len(parts) > 1
                and parts[-1].lower() not in self.numerals
                and fold(parts[0]) not in self.people.families_first
            ):
                actor.text = f"{actor.text} {parts[-1]}"
                actor.name = (*actor.name, fold(parts[-1]))
                actor.country = actor.country or other.country

    def share(self) -> None:
        """In "Prime Minister X, Speaker Y and Foreign Minister Z" all are of one country if the text names none beside them."""
        rows = sorted(((f, a) for a in self.actors for f in a.found if f.groups), key=lambda row: row[0].first)
        for (one, left), (two, right) in [*pairwise(rows), *pairwise(rows[::-1])]:
            first, last = (one, two) if one.first < two.first else (two, one)
            if right.country is not None or left.country is None or not (left.domestic and right.domestic):
                continue
            between = self.w.low[first.tail : last.first]
            if 0 < len(between) <= 3 and all(x in self.joins for x in between):
                right.country = left.country

    def look_up(self, actor: Actor) -> None:
        """Find the person in the table: by the full name, by another spelling of it, else by office, country and day."""
        offices = [(o, c) for o, _, c, former in actor.offices if not former]
        country = self._told_country(actor)
        if len(actor.name) > 1:
            holders = [h for h in self.people.full(actor.name) if self._agrees(h, country)]
            if not holders:
                holders = self._spelled(actor, country)
            actor.holder = self._only(holders)
            if actor.holder is not None:
                actor.source = "table"
                return
        if actor.royal and len(actor.name) == 1:
            actor.holder = self._royal(actor, country)
        elif len(actor.name) == 1 or actor.royal:
            for office, told in [*offices, (None, country)]:
                actor.holder = self.by_family(actor.name, office, told or country or self._implied(actor))
                if actor.holder is not None:
                    break
        if actor.holder is not None:
            actor.source = "table"

    def _told_country(self, actor: Actor) -> str | None:
        now = [c for _, _, c, former in actor.offices if c is not None and not former]
        told = Counter(now or [c for _, _, c, _ in actor.offices if c is not None])
        if told:
            return told.most_common(1)[0][0]
        hints = Counter(f.hint.code for f in actor.found if f.hint is not None and f.hint.code is not None)
        return hints.most_common(1)[0][0] if hints else None

    def _agrees(self, holder: Holder, country: str | None) -> bool:
        if country is None:
            return True
        codes = {self._code(c) for c in holder.countries}
        return country in codes

    def _code(self, country: str) -> str:
        body = self.people.offices.bodies.get(country)
        return body.code if body else self.people.successors.get(country, country)

    def _spelled(self, actor: Actor, country: str | None) -> list[Holder]:
        """Those whose name is another spelling of the person's: of the same country, or in office then."""
        pool: dict[int, Holder] = {}
        for word in (actor.name[-1], actor.name[0]):
            for holder in self.people.with_word(word):
                pool[id(holder)] = holder
        hits = []
        for holder in pool.values():
            if not self._agrees(holder, country) or (country is None and not holder.on(self.day)):
                continue
            if any(self._one_name(form, actor.name) for form in holder.forms):
                hits.append(holder)
        return hits

    def _one_name(self, form: tuple[str, ...], name: tuple[str, ...]) -> bool:
        """Whether a form of the table spells a name: an initial may stand for a word, but leaves no family name over.

        "James C. Dole" is no James Carver, though each word of his name has its counterpart.
        """
        whole = tuple(w for w in name if len(w) > 1)
        return (
            len(form) > 1
            and same_name(self._spelt_out(form, name), name)
            and (len(whole) == len(name) or same_name(whole, form))
        )

    @staticmethod
    def _spelt_out(form: tuple[str, ...], name: tuple[str, ...]) -> tuple[str, ...]:
        """A form of the table without its initials, which would fit any word ("Anna S. Prill" is no "Prill Solvang")."""
        if any(len(w) == 1 for w in name):
            return form
        words = tuple(w for w in form if len(w) > 1)
        return words if len(words) > 1 else form

    def _only(self, holders: list[Holder]) -> Holder | None:
        if len(holders) > 1 and self.day is not None:
            now = [h for h in holders if h.on(self.day)]
            holders = now or holders
        return holders[0] if len(holders) == 1 else None

    def by_family(self, name: tuple[str, ...], office: str | None, country: str | None) -> Holder | None:
        """The one person with that family name: in that office, else in the highest office, else of the countries told of."""
        holders = [h for h in (*self.people.family(name), *self.people.full(name)) if self._agrees(h, country)]
        holders = list(dict.fromkeys(holders))
        if not holders:
            return None
        codes = self.people.offices.holders(office) if office else ()
        if codes:
            held = [h for h in holders if any(t.office in codes and self._sure(t) for t in h.on(self.day))]
            if len(held) == 1:
                return held[0]
            if len(held) > 1:
                return None
            ever = [h for h in holders if any(t.office in codes and self._sure(t) for t in h.tenures)]
            if len(ever) == 1 and self.people.offices.has(office, "leads"):
                return ever[0]
        now = [h for h in holders if any(self._sure(t) for t in h.on(self.day))] if self.day else holders
        if office and not now:
            return holders[0] if len(holders) == 1 and country else None
        for pool in (now, holders if not office else []):
            if len(pool) == 1 and (country or self._present(pool[0])):
                return pool[0]
            top = [h for h in pool if self._present(h) and self._high(h)]
            if len(top) == 1:
                return top[0]
            here = [h for h in pool if self._present(h)]
            if len(here) == 1:
                return here[0]
        top = [h for h in now if self._high(h) and self._great(h)]
        return top[0] if len(top) == 1 and not office else None

    def _sure(self, tenure: Tenure) -> bool:
        return self.people.surely(tenure, self.day)

    def _present(self, holder: Holder) -> bool:
        """Whether a country of the person is named in the report, or is that of the dateline."""
        codes = {self._code(c) for c in holder.countries}
        return any(self.countries[c] for c in codes) or self.home in codes

    def _high(self, holder: Holder) -> bool:
        return any(t.office in {"head_of_state", "head_of_government"} for t in holder.on(self.day))

    def _great(self, holder: Holder) -> bool:
        """Whether the family name is the person's alone in the whole table."""
        return all(len(self.people.family(f)) == 1 for f in holder.family)

    def _royal(self, actor: Actor, country: str | None) -> Holder | None:
        name = actor.name
        holders = [h for h in (*self.people.family(name), *self.people.full(name)) if self._agrees(h, country)]
        offices = {o for o, _, _, _ in actor.offices}
        codes = (
            {"crown_prince"} if offices & {"crown_prince", "royal"} and not offices & {"monarch"} else {"head_of_state"}
        )
        held = {id(h): h for h in holders if any(t.office in codes for t in h.on(self.day))}
        if not held and len(self.people.full((*self._style(actor), *name))) == 1:
            held = {id(h): h for h in self.people.full((*self._style(actor), *name))}
        if len(held) > 1:
            near = {k: h for k, h in held.items() if self._present(h)}
            held = near or held
        return next(iter(held.values())) if len(held) == 1 else None

    def _style(self, actor: Actor) -> tuple[str, ...]:
        """The royal title before the name, as a variant of the table may have it: "Pope Benedict"."""
        for f in actor.found:
            for g in f.groups:
                if g.has("royal"):
                    return tuple(self.w.low[g.head : g.last])
        return ()

    def locate(self, actor: Actor) -> None:
        """Settle the country: as told, by the table, as the title implies it, by whose aide it is, by the dateline."""
        country = self._told_country(actor)
        if country is None and actor.holder is not None:
            country = self.country_of(actor.holder, {o for o, _, _, _ in actor.offices})
        if country is None:
            country = self._implied(actor) or self._owned(actor)
        if country is None and actor.domestic and self._at_home():
            country = self.home
        actor.country = self.people.successors.get(country, country) if country else None
        if actor.holder is not None:
            actor.gender = "f" if actor.holder.female else "m"

    def country_of(self, holder: Holder, offices: set[str]) -> str | None:
        """The country or body that a person of the table serves on the day, in one of some offices if those are told."""
        tenures = holder.on(self.day) or holder.tenures
        codes = {c for o in offices for c in self.people.offices.holders(o)}
        fits = [t for t in tenures if t.office in codes] or tenures
        counted = Counter(self._code(t.country) for t in fits)
        if self.day is not None and not holder.on(self.day):
            return self._code(
                max(fits, key=lambda t: t.end.last if t.end else t.start.first if t.start else dt.date.min).country
            )
        if len(counted) > 1:
            for t in fits:
                if t.country == self.people.first_realm:
                    return t.country
        return counted.most_common(1)[0][0] if counted else None

    @staticmethod
    def _implied(actor: Actor) -> str | None:
        """The country that a title means by itself."""
        return next((g.implied for f in actor.found for g in f.groups if g.implied and not g.former), None)

    def _at_home(self) -> bool:
        """Whether the report is mostly of the country in which it was filed, so that a bare title is one of that country."""
        top = self.countries.most_common(1)
        return bool(top) and top[0][0] == self.home

    def _owned(self, actor: Actor) -> str | None:
        """The country of whose "his foreign minister", or "Putin's aide", the person is."""
        for f in actor.found:
            for g in f.groups:
                if g.owner is None:
                    continue
                before: list[tuple[int, str]] = []
                for other in self.actors:
                    if other is actor or not other.country:
                        continue
                    if any(x.tail - 1 == g.owner for x in other.found):
                        return other.country
                    before += [(x.tail, other.country) for x in other.found if self._same_sentence(x, g.owner)]
                if before and self.w.tag[g.owner] == "PRP$":
                    return max(before)[1]  # "X and his sister Y": his who was named last
        return None

    def _same_sentence(self, found: Found, word: int) -> bool:
        return found.tail <= word and self.w.sentence[found.head] == self.w.sentence[word]
