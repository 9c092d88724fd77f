"""The cast of a report: the mentions of one person brought together, and who each person is by the table of tenures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from summitry.annotate.people.names import Found
from summitry.annotate.people.titles import Group
from summitry.annotate.people.words import Words
from summitry.lexicon.offices import fold
from summitry.lexicon.people import Holder, People
from summitry.model.dates import DateRange
from summitry.model.entities import Person, Rank, Sure, Tenure

_LIKE = 0.8
ROYAL = frozenset({"monarch", "pope", "crown_prince", "royal"})
"""Offices whose holders go by their given or regnal names."""
_NUMERALS = frozenset(
    {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi"}
)


def alike(a: str, b: str) -> bool:
    """Whether two folded name words may be spellings of one: equal, an initial, or close."""
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return len(a) > 3 and len(b) > 3 and Indel.normalized_similarity(a, b) >= _LIKE


def same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether every word of the shorter name has its counterpart in the longer one, in any order."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    rest = list(long)
    for word in short:
        hit = next((w for w in rest if w == word), None) or next((w for w in rest if alike(word, w)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return True


@dataclass(slots=True, eq=False)
class Actor:
    """One person of the report while it is being read."""

    name: tuple[str, ...]
    text: str
    found: list[Found] = field(default_factory=list)
    holder: Holder | None = None
    gender: str = ""
    country: str | None = None
    key: str = ""
    unnamed: bool = False
    offices: list[tuple[str, Rank, str | None, bool]] = field(default_factory=list)
    domestic: bool = False
    source: str = ""

    def holds(self, office: str) -> bool:
        """Whether the text gives the person an office now."""
        return any(o == office and not former for o, _, _, former in self.offices)

    @property
    def royal(self) -> bool:
        """Whether the text gives a royal or papal title."""
        return any(o in ROYAL for o, _, _, _ in self.offices)


class Cast:
    """Brings names together and looks them up. ``day`` is the day or range of publication, or None."""

    def __init__(self, words: Words, people: People, day: DateRange | None, home: str | None) -> None:
        self.w = words
        self.people = people
        self.day = day
        self.home = home
        self.actors: list[Actor] = []
        self.of: dict[int, list[Actor]] = {}
        self.countries: Counter[str] = Counter(
            a.code for a in words.starts.values() if a.code is not None and a.first in words.starts
        )

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
                actor = Actor(f.name, self._text(f))
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
        self.of.setdefault(f.first, []).append(actor)
        for group in f.groups:
            title = group.title(group.key)
            actor.gender = actor.gender or title.gender
            office, rank = group.standing(group.key)
            country = group.country
            actor.offices.append((office, rank, country, group.former))
            if country is None and group.owner is None and rank is Rank.VISITOR:
                actor.domestic = True
        actor.gender = actor.gender or f.gender

    def _text(self, f: Found) -> str:
        return self.w.text(f.head, f.tail)

    def _clash(self, actor: Actor, f: Found) -> bool:
        """Whether the gender, or a royal title against another office, keeps a name from a person."""
        gender = f.gender or next((g.title(g.key).gender for g in f.groups if g.title(g.key).gender), "")
        if gender and actor.gender and gender != actor.gender:
            return True
        royal = any(g.has("royal") for g in f.groups)
        return bool(f.groups) and bool(actor.offices) and royal != actor.royal and len(f.name) == 1

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
            if not weight or self._clash(actor, f):
                continue
            if f.weak and weight < 3:
                continue
            weight += 2 * self._same_office(actor, f)
            before = [x.head for x in actor.found if x.head < f.head]
            score = (weight, max(before) if before else -1, -n)
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
        out = {w for w in names[-1:] if w not in _NUMERALS} or {names[0]}
        for holder in self.people.full(names):
            out.update(w for family in holder.family for w in family)
        if names[0] in self.people.families_first and names[0] not in self.people.given:
            out.add(names[0])
        if actor.royal:
            out.add(names[0])
        return out

    @staticmethod
    def _same_office(actor: Actor, f: Found) -> int:
        given = {g.title(g.key).office for g in f.groups}
        return int(bool(given & {o for o, _, _, _ in actor.offices}))

    def _famous(self, f: Found) -> bool:
        """Whether a single word without a title is the name of somebody in high office then."""
        if self.w.inside[f.head] is not None or not self.w.tag[f.head].startswith("NNP"):
            return False
        return self._by_family(f.name, None, None) is not None and len(f.name[0]) > 2

    # Looking up

    def identify(self) -> None:
        """Find each person in the table, then their country."""
        for actor in self.actors:
            self._look_up(actor)
        for actor in self.actors:
            self._locate(actor)
            self._kin(actor)

    def _kin(self, actor: Actor) -> None:
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
                and parts[-1].lower() not in _NUMERALS
                and fold(parts[0]) not in self.people.families_first
            ):
                actor.text = f"{actor.text} {parts[-1]}"
                actor.name = (*actor.name, fold(parts[-1]))
                actor.country = actor.country or other.country

    def _look_up(self, actor: Actor) -> None:
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
                actor.holder = self._by_family(actor.name, office, told or country or self._implied(actor))
                if actor.holder is not None:
                    break
        if actor.holder is not None:
            actor.source = "table"

    def _told_country(self, actor: Actor) -> str | None:
        told = Counter(c for _, _, c, _ in actor.offices if c is not None)
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
        return body.code if body else _SUCCESSORS.get(country, country)

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
            if any(len(form) > 1 and same_name(form, actor.name) for form in holder.forms):
                hits.append(holder)
        return hits

    def _only(self, holders: list[Holder]) -> Holder | None:
        if len(holders) > 1 and self.day is not None:
            now = [h for h in holders if h.on(self.day)]
            holders = now or holders
        return holders[0] if len(holders) == 1 else None

    def _by_family(self, name: tuple[str, ...], office: str | None, country: str | None) -> Holder | None:
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

    @staticmethod
    def _sure(tenure: object) -> bool:
        return getattr(tenure, "sure", Sure.LOW) in (Sure.CHECKED, Sure.HIGH)

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

    def _locate(self, actor: Actor) -> None:
        country = self._told_country(actor)
        if country is None and actor.holder is not None:
            country = self._country_of(actor.holder, {o for o, _, _, _ in actor.offices})
        if country is None:
            country = self._implied(actor) or self._owned(actor)
        if country is None and actor.domestic and self._at_home():
            country = self.home
        actor.country = _SUCCESSORS.get(country, country) if country else None
        if not actor.gender and actor.holder is not None:
            actor.gender = "f" if actor.holder.female else "m"
        if not actor.gender and len(actor.name) > 1:
            man, woman = actor.name[0] in self.people.men, actor.name[0] in self.people.women
            actor.gender = "m" if man and not woman else "f" if woman and not man else ""

    def _country_of(self, holder: Holder, offices: set[str]) -> str | None:
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
                if t.country in _REALM:
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
                for other in self.actors:
                    if other is not actor and other.country and any(x.tail - 1 == g.owner for x in other.found):
                        return other.country
        return None

    # The result

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
        )

    def _name(self, actor: Actor) -> str:
        offices = {o for o, _, _, former in actor.offices if not former}
        holder = actor.holder
        royal = offices & {"monarch", "pope"}
        if royal and holder is not None:
            numbered = holder.words[-1] in _NUMERALS
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
        if holder is not None and (len(actor.name) == 1 or self._by_initials(actor, holder)):
            return holder.name
        return actor.text

    @staticmethod
    def _by_initials(actor: Actor, holder: Holder) -> bool:
        """Whether the text's form differs from the table's by middle initials alone: "Donald J. Trump", "George Bush"."""
        return holder.words != actor.name and _plain(actor.name) == _plain(holder.words)

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
        if actor.holder is not None and self.day is not None:
            last = actor.holder.tenures[-1]
            return last.office, Rank.OTHER, True
        if actor.holder is not None:
            ranks = {self.people.offices.rank(t.office) for t in actor.holder.tenures}
            return actor.holder.tenures[-1].office, ranks.pop() if len(ranks) == 1 else Rank.UNKNOWN, False
        return None, Rank.UNKNOWN, False


_SUCCESSORS = {"SUN": "RUS", "CSK": "CZE", "YUG": "SRB", "SCG": "SRB", "DDR": "DEU"}
_REALM = frozenset({"GBR"})


def used(groups: Iterable[Group]) -> list[Group]:
    """The titles that stand beside no name."""
    return [g for g in groups if not g.taken]


def _plain(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without its middle initials."""
    return tuple(w for i, w in enumerate(name) if i in {0, len(name) - 1} or len(w) > 1)
