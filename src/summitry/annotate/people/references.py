"""Who is meant where nobody is named: "the Elbonian president", "his counterpart", "he", "the two leaders"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.annotate.people.cast import Actor, Cast
from summitry.annotate.people.names import Found
from summitry.annotate.people.titles import Group
from summitry.annotate.people.words import Area, Words
from summitry.lexicon.people import People
from summitry.model.entities import Rank

_NEAR = 3
"""How many sentences back a pronoun or "the two leaders" may look."""
_LEADING = frozenset(
    {"head_of_state", "head_of_government", "monarch", "leader", "pope", "party_leader_ruling", "president_elect"}
)
_MINISTERS = frozenset({"minister", "foreign_minister", "defence_minister", "finance_minister"})
_EXECUTIVE = frozenset({"leader"})


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


class References:
    """Reads a text once from left to right, with all that was said before at hand."""

    def __init__(self, words: Words, groups: Sequence[Group], cast: Cast, people: People) -> None:
        self.w = words
        self.cast = cast
        self.people = people
        lists = people.offices.words
        self.he, self.she, self.they = (lists["pronouns"][k] for k in ("m", "f", "plural"))
        self.possessive = lists["pronouns"]["possessive"]
        self.queens = {p for t in people.offices.entries if t.office == "monarch" and t.gender == "f" for p in t.phrases}
        self.pair_nouns = lists["pairs"]["nouns"]
        self.groups = {g.first: g for g in groups if not g.taken}
        self.inside = {i for g in groups for i in range(g.first, g.last)}
        self.names: dict[int, list[tuple[Found, Actor]]] = {}
        for actor in cast.actors:
            for f in actor.found:
                self.names.setdefault(f.first, []).append((f, actor))
        self.said: list[Said] = []
        self.office_actors: dict[tuple[str, str | None], Actor] = {}

    def read(self) -> list[Said]:
        """All mentions in the order of the text."""
        for sentence in self.w.sentences:
            i = sentence.first
            while i < sentence.last:
                i = self._step(i, sentence.last)
        return self.said

    def _step(self, i: int, end: int) -> int:
        if i in self.names:
            last = i + 1
            for f, actor in self.names[i]:
                form = "full" if len(f.name) > 1 else "short"
                for g in f.groups:
                    self._owner_pronoun(g, f.first)
                self._say(f.first, f.tail, f.head, f.tail, (actor,), form, "name", f.possessive)
                last = max(last, f.tail)
            return last
        group = self.groups.get(i)
        if group is not None:
            return self._office(group, end)
        low = self.w.low[i]
        if low in self.he or low in self.she or low in self.they:
            self._pronoun(i, low)
        elif low in {"two", "both", "pair", "duo"}:
            return self._pair(i, end)
        return i + 1

    def _say(
        self, first: int, last: int, head: int, tail: int, actors: tuple[Actor, ...], form: str, rule: str,
        possessive: bool = False, candidates: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.said.append(Said(first, last, head, tail, actors, form, rule, possessive, candidates))

    def _owner_pronoun(self, group: Group, before: int) -> None:
        """The "his" in "his Elbonian counterpart" is a mention of its own."""
        if group.owner is not None and self.w.low[group.owner] in self.possessive:
            self._pronoun(group.owner, self.w.low[group.owner])

    # Offices

    def _office(self, group: Group, end: int) -> int:
        w = self.w
        last = group.last
        self._owner_pronoun(group, group.first)
        title = group.title(group.key)
        follows = w.low[last] if last < end else ""
        if (
            group.organisation
            or group.former
            or group.deputy
            or group.indefinite
            or not any(u.title.alone for u in group.uses)
            or (follows == "-" and w.glued[last])
        ):
            return last
        possessive = follows in {"'s", "'"} and w.tag[last] in {"POS", "''", "VBZ"}
        if group.plural:
            self._plural(group, end, possessive)
            return last
        if not (group.definite or group.area is not None):
            return last
        country = group.country or self._owners_country(group)
        office = title.office
        if office == "counterpart":
            owner = self._owner(group)
            office = self._main_office(owner) if owner else "leader"
            if country is None:
                return last
        actor, rule = self._holder(office, country, group.first)
        if actor is None:
            actor, rule = self._unnamed(group, office, title.rank, country)
        if actor is not None:
            first = group.first - (w.low[group.first - 1] == "the" if group.first > w.first_of(group.first) else 0)
            self._say(first, last, first, last, (actor,), "office", rule, possessive)
        return last

    def _owner(self, group: Group) -> Actor | None:
        if group.owner is None:
            return None
        for s in reversed(self.said):
            if s.first <= group.owner < s.last and len(s.actors) == 1:
                return s.actors[0]
        return None

    def _owners_country(self, group: Group) -> str | None:
        owner = self._owner(group)
        return owner.country if owner else None

    def _main_office(self, actor: Actor) -> str:
        office, _, _ = self.cast.standing(actor)
        return office or "leader"

    def _holder(self, office: str, country: str | None, before: int) -> tuple[Actor | None, str]:
        """The person of the text with this office, most recent first, then those named later, then the table."""
        for s in reversed(self.said):
            for actor in s.actors:
                if self._fits(actor, office, country):
                    return actor, "office-before"
        if country is None and office not in {
            "head_of_state",
            "head_of_government",
            "pope",
            "monarch",
            "foreign_minister",
        }:
            return None, ""
        later = [a for a in self.cast.actors if self._fits(a, office, country)]
        if later and (country is not None or len(later) == 1):
            return later[0], "office-after"
        if country is None and office == "monarch":
            return self._reigning(before)
        if country is None:
            country = "VAT" if office == "pope" else self.people_country(office)
        return (self._from_table(office, country), "office-table") if country else (None, "")

    def _reigning(self, before: int) -> tuple[Actor | None, str]:
        """A bare "the Queen": the one reigning of that title in the country that the report speaks of most."""
        title = "queen" if self.w.low[before] in self.queens else "king"
        for code, _ in self.cast.countries.most_common(3):
            rows = self.people.office_holders("head_of_state", code, self.cast.day)
            if any(title in t.title.lower() for t, _ in rows):
                return self._from_table("monarch", code), "office-table"
        return None, ""

    def people_country(self, office: str) -> str | None:
        """The country of a bare "the president": that of the dateline."""
        return self.cast.home if office in {"head_of_state", "head_of_government", "foreign_minister"} else None

    def _fits(self, actor: Actor, office: str, country: str | None) -> bool:
        if country is not None and actor.country != country:
            return False
        for told, _, _, former in actor.offices:
            if not former and _same(told, office):
                return True
        if actor.holder is None or self.cast.day is None:
            return False
        codes = self.people.offices.holders(office)
        return any(t.office in codes for t in actor.holder.on(self.cast.day)) and self._leads(actor, office)

    def _leads(self, actor: Actor, office: str) -> bool:
        """Of the heads of state and of government, "the leader" is the one who leads."""
        if office not in _EXECUTIVE or actor.country is None:
            return True
        leading = self.people.offices.leading(actor.country)
        held = {t.office for t in actor.holder.on(self.cast.day)} if actor.holder else set()
        return bool(leading) and leading[0] in held

    def _from_table(self, office: str, country: str) -> Actor | None:
        known = self.office_actors.get((office, country))
        if known is not None:
            return known
        codes = (
            self.people.offices.leading(country)[:1] if office in _EXECUTIVE else self.people.offices.holders(office)
        )
        key = next(
            (b.key for b in self.people.offices.bodies.values() if b.code == country and b.code != "OTHER"), country
        )
        for code in codes:
            holder = self.people.who(code, key, self.cast.day)
            if holder is not None and self._titled(holder.on(self.cast.day), office):
                actor = next((a for a in self.cast.actors if a.holder is holder), None)
                if actor is None:
                    actor = Actor(holder.words, holder.name, holder=holder, country=country, source="table")
                    actor.gender = "f" if holder.female else "m"
                    self.cast.actors.append(actor)
                self.office_actors[office, country] = actor
                return actor
        return None

    @staticmethod
    def _titled(tenures: Sequence[object], office: str) -> bool:
        """A monarch is no president: the titles of the table must not contradict the word of the text."""
        titles = " ".join(str(getattr(t, "title", "")) for t in tenures).lower()
        royal = any(x in titles for x in ("king", "queen", "emir", "sultan", "emperor", "grand duke", "pope"))
        if office == "head_of_state":
            return not royal
        return royal if office in {"monarch", "pope"} else True

    def _unnamed(self, group: Group, office: str, rank: Rank, country: str | None) -> tuple[Actor | None, str]:
        if country is None or rank is not Rank.VISITOR:
            return None, ""
        known = self.office_actors.get((office, country))
        if known is None:
            known = Actor((), self.w.text(group.first, group.last), country=country, unnamed=True)
            known.offices.append((office, rank, country, False))
            self.office_actors[office, country] = known
            self.cast.actors.append(known)
        return known, "office-unnamed"

    # Several people

    def _plural(self, group: Group, end: int, possessive: bool) -> None:
        office = group.title(group.key).office
        actors: list[Actor] = []
        if office == "counterpart":
            owner = self._owner(group)
            office = self._main_office(owner) if owner else "leader"
        if len(group.areas) > 1:
            for area in group.areas:
                actor = self._of_area(office, area, group)
                if actor is not None:
                    actors.append(actor)
            rule = "plural-countries"
        elif group.definite and not group.areas and group.owner is None:
            before = self.w.low[group.first - 1] if group.first else ""
            if before in {"the", "two", "both", "these"}:
                actors = self._last_two(group.first, office)
            rule = "plural-before"
        if actors:
            first = group.first - (self.w.low[group.first - 1] == "the" if group.first else 0)
            self._say(first, group.last, first, group.last, tuple(actors), "plural", rule, possessive)

    def _of_area(self, office: str, area: Area, group: Group) -> Actor | None:
        if area.code is None:
            return None
        actor, _ = self._holder(office, area.code, group.first)
        return actor

    def _last_two(self, before: int, office: str) -> list[Actor]:
        """The last two people of different countries, of the office if that is told; none if there are not two at hand."""
        now = self.w.sentence[before]
        seen: list[Actor] = []
        for s in reversed(self.said):
            if now - self.w.sentence[s.first] > _NEAR and len(seen) < 2:
                break
            if s.form == "plural" and len(s.actors) == 2 and not seen:
                if all(self._plural_fits(a, office) for a in s.actors):
                    return list(s.actors)
            for actor in s.actors:
                if actor in seen or not self._plural_fits(actor, office):
                    continue
                if seen and actor.country is not None and actor.country == seen[0].country:
                    continue
                seen.append(actor)
            if len(seen) >= 2:
                return seen[1::-1]
        return []

    def _plural_fits(self, actor: Actor, office: str) -> bool:
        own, rank, former = self.cast.standing(actor)
        if former or rank is Rank.OTHER or actor.country is None:
            return False
        if office in {"leader", "", "counterpart"}:
            return own in _LEADING if office == "leader" else True
        return self._fits(actor, office, None) or own is None

    def _pair(self, i: int, end: int) -> int:
        """ "the two leaders", "both presidents", "the two", "the pair"."""
        w = self.w
        low = w.low[i]
        if low == "two" and not (i > w.first_of(i) and w.low[i - 1] in {"the", "these", "those"}):
            return i + 1
        if low in {"pair", "duo"} and not (i > w.first_of(i) and w.low[i - 1] == "the"):
            return i + 1
        first = i - (w.low[i - 1] == "the" if i > w.first_of(i) else 0)
        k = i + 1
        group = self.groups.get(k)
        if group is not None and group.plural:
            office, last = group.title(group.key).office, group.last
        elif k < end and w.low[k] in self.pair_nouns:
            office, last = ("leader" if w.low[k] == "leaders" else ""), k + 1
        elif low in {"pair", "duo"} or (
            low == "two" and (k >= end or w.tag[k][:2] in {"VB", "MD", "RB", "IN"} or w.low[k] in {",", "."})
        ):
            office, last = "", k
        else:
            return i + 1
        actors = self._last_two(i, office) or (self._last_two(i, "") if office == "leader" else [])
        if actors:
            possessive = last < end and w.low[last] in {"'s", "'"}
            self._say(first, last, first, last, tuple(actors), "plural", "pair", possessive)
        return last

    # Pronouns

    def _pronoun(self, i: int, low: str) -> None:
        if self.said and self.said[-1].first == i and self.said[-1].form == "pronoun":
            return
        possessive = low in self.possessive and self._before_noun(i)
        if low in self.they:
            self._they(i, possessive)
            return
        gender = "m" if low in self.he else "f"
        actor = self._antecedent(i, gender)
        if actor is not None:
            self._say(i, i + 1, i, i + 1, (actor,), "pronoun", "pronoun", possessive)

    def _before_noun(self, i: int) -> bool:
        return self.w.low[i] != "her" or self.w.tag[i] != "PRP"

    def _antecedent(self, i: int, gender: str) -> Actor | None:
        """The subject of this sentence so far, else of the one before: the first person there who can be meant."""
        now = self.w.sentence[i]
        for back in range(_NEAR + 1):
            here = [s for s in self.said if self.w.sentence[s.first] == now - back and len(s.actors) == 1]
            fits = [s for s in here if self._gendered(s.actors[0], gender)]
            if back == 0:
                fits = [s for s in fits if not s.possessive or s.form == "pronoun"] or fits
            else:
                fits = [s for s in fits if not s.possessive] or fits
            if fits:
                exact = [s for s in fits if s.actors[0].gender == gender]
                return (exact or fits)[0].actors[0]
            if back == 0 and self._opens(i):
                ahead = self._ahead(i, gender)
                if ahead is not None:
                    return ahead
        return None

    def _opens(self, i: int) -> bool:
        """Whether a pronoun stands in what comes before the subject: "During his visit, ..."."""
        first = self.w.first_of(i)
        return self.w.tag[first] in {"IN", "VBG", "TO"} or self.w.low[first] in {
            "during",
            "on",
            "in",
            "after",
            "before",
            "while",
            "ahead",
        }

    def _ahead(self, i: int, gender: str) -> Actor | None:
        last = self.w.last_of(i)
        comma = next((k for k in range(i, last) if self.w.low[k] == ","), None)
        if comma is None:
            return None
        for k in range(comma, min(last, comma + 12)):
            for f, actor in self.names.get(k, ()):
                if self._gendered(actor, gender) and not f.possessive:
                    return actor
        return None

    @staticmethod
    def _gendered(actor: Actor, gender: str) -> bool:
        return (not actor.unnamed and actor.gender in {"", gender}) or (actor.unnamed and actor.gender in {"", gender})

    def _they(self, i: int, possessive: bool) -> None:
        """Two or more people who were just named together."""
        now = self.w.sentence[i]
        for s in reversed(self.said):
            if now - self.w.sentence[s.first] > 1:
                return
            if len(s.actors) > 1:
                self._say(i, i + 1, i, i + 1, s.actors, "plural", "they", possessive)
                return
        return


def _same(told: str, office: str) -> bool:
    """Whether an office that the text gave can be the one that it speaks of now."""
    if told == office:
        return True
    if office in _EXECUTIVE:
        return told in _LEADING
    if told == "leader":
        return office in _LEADING
    if office == "minister":
        return told in _MINISTERS
    if office == "head_of_state":
        return told in {"party_leader_ruling"}
    if office == "monarch":
        return False
    return {told, office} == {"foreign_minister", "top_diplomat"}
