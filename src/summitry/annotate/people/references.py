"""Who is meant where nobody is named: "the Elbonian president", "his counterpart", "he", "the two leaders"."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.annotate.people.actors import Actor
from summitry.annotate.people.cast import Cast
from summitry.annotate.people.descriptions import Descriptions
from summitry.annotate.people.memory import Memory, Said
from summitry.annotate.people.names import Found
from summitry.annotate.people.pronouns import NEAR, Pronouns, can_be
from summitry.annotate.people.speakers import Speakers
from summitry.annotate.people.titles import Group
from summitry.annotate.people.words import Area, Words
from summitry.lexicon.offices import Title
from summitry.lexicon.people import Holder, People, name_words
from summitry.model.entities import Rank, Tenure

_MOST_WEIGHED = 5
_RANK_NEAR = 12  # sentences over which "the general" may mean a general named before
_PREDICATES = frozenset({"VBD", "VBZ", "VBP", "VB", "MD", "RB", "IN"})


class References:
    """Reads a text once from left to right, with all that was said before at hand."""

    def __init__(self, words: Words, groups: Sequence[Group], cast: Cast, people: People) -> None:
        self.w = words
        self.cast = cast
        self.people = people
        lists = people.offices.words
        self.never = lists["never"]["words"]
        self.organisations = lists["organisations"]["words"]
        self.pairs, self.joins = lists["pairs"], lists["small"]["joins"]
        self.ranks, self.vices = lists["small"]["ranks"], lists["small"]["vices"]
        self.queens = {
            p for t in people.offices.entries if t.office == "monarch" and t.gender == "f" for p in t.phrases
        }
        self.groups = {g.first: g for g in groups if not g.taken}
        self.names: dict[int, list[tuple[Found, Actor]]] = {}
        for actor in cast.actors:
            for f in actor.found:
                self.names.setdefault(f.first, []).append((f, actor))
        self.memory = Memory(words, lists["saying"]["words"])
        self.pronouns = Pronouns(words, self.memory, self._named_at, people.offices)
        self.speakers = Speakers(words, self.memory, self._named_at, self.pronouns.meant, people.offices)
        self.descriptions = Descriptions(words, self.memory, people.offices)
        self.unnamed: dict[tuple[str, str | None], Actor] = {}
        self.styled: dict[str, Actor] = {}
        """Who was last named with a word right before the name: "general" of "General X"."""

    def read(self) -> list[Said]:
        """All mentions in the order of the text."""
        for sentence in self.w.sentences:
            i = sentence.first
            while i < sentence.last:
                i = self._step(i, sentence.last)
        return self.memory.said

    def _step(self, i: int, end: int) -> int:
        if i in self.names:
            last = i + 1
            for f, actor in self.names[i]:
                form = "full" if len(f.name) > 1 else "short"
                for g in f.groups:
                    self._owner_pronoun(g)
                if style := self._style(f):
                    self.styled[style] = actor
                self._say(f.first, f.tail, f.head, f.tail, (actor,), form, "name", f.possessive, self._weighed(actor))
                last = max(last, f.tail)
            return last
        group = self.groups.get(i)
        if group is not None:
            count, last = len(self.memory.said), self._office(group, end)
            ranks = [k for k in range(i, last) if self.w.low[k] in self.styled]
            if ranks and len(self.memory.said) == count:
                self._by_rank(ranks[-1], end)
            return last
        low = self.w.low[i]
        described = self.descriptions.read(i, end)
        if described > i:
            return described
        if low in self.pronouns.all:
            self.pronouns.read(i)
        elif low in self.speakers.first:
            self.speakers.read(i)
        elif low in self.pairs["after_the"] or low in self.pairs["alone"]:
            return self._pair(i, end)
        elif low in self.styled:
            self._by_rank(i, end)
        return i + 1

    def _style(self, f: Found) -> str:
        """The noun of the title right before a name: "marshal" of "Vice Marshal X", "secretary" of "Secretary of State X"."""
        k = f.head - 1
        if k - 2 >= f.first and self.w.low[k - 1] == "of":
            k -= 2
        word = self.w.low[k] if f.first <= k < f.head else ""
        return word if word in self.ranks else ""

    def _by_rank(self, i: int, end: int) -> None:
        """ "The general", "the vice marshal": whoever was last named with that word before the name."""
        w, actor = self.w, self.styled[self.w.low[i]]
        first = i - 2 if w.low[i - 1] in self.vices else i - 1
        near = w.sentence[i] - max((w.sentence[s.first] for s in self.memory.said if actor in s.actors), default=0)
        plain = not w.cap[i] and w.tag[i] in {"NN", "JJ"} and first >= w.first_of(i) and w.low[first] == "the"
        follows = w.tag[i + 1] if i + 1 < end else ""
        if (
            not plain
            or near > _RANK_NEAR
            or follows[:2] in {"NN", "CD"}
            or (i + 1 < end and w.low[i + 1] in {"of", "-"})
        ):
            return
        possessive = follows == "POS"
        self._say(first, i + 1, first, i + 1, (actor,), "office", "rank", possessive)

    def _weighed(self, actor: Actor) -> tuple[str, ...]:
        """The names of the table that were weighed for a person: whom it is, or who of them it could not tell."""
        if actor.holder is not None:
            return (actor.holder.name,)
        known = self.people.full(actor.name) or self.people.family(actor.name)
        return tuple(h.name for h in known if self.cast.day is None or h.on(self.cast.day))[:_MOST_WEIGHED]

    def _say(
        self, first: int, last: int, head: int, tail: int, actors: tuple[Actor, ...], form: str, rule: str,
        possessive: bool = False, candidates: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.memory.say(Said(first, last, head, tail, actors, form, rule, possessive, candidates))

    def _owner_pronoun(self, group: Group) -> None:
        """The "his" in "his Elbonian counterpart" is a mention of its own."""
        if group.owner is not None and self.w.low[group.owner] in self.pronouns.possessive:
            self.pronouns.read(group.owner)

    def _after_the(self, first: int) -> int:
        """The first word with the article before it, if there is one."""
        return first - (first > self.w.first_of(first) and self.w.low[first - 1] == "the")

    def _named_at(self, i: int) -> Actor | None:
        """Who is named at a word, or meant by an office of a country there: where a pronoun before it may point to."""
        for f, actor in self.names.get(i, ()):
            if not f.possessive:
                return actor
        group = self.groups.get(i)
        if group is None or group.plural or group.area is None or group.former or group.organisation:
            return None
        title = group.title(group.key)
        return self._holder(title.office, group.country, i, title.gender)[0] if title.alone else None

    # Offices

    def _office(self, group: Group, end: int) -> int:
        w = self.w
        last = group.last
        self._owner_pronoun(group)
        styled = self._by_style(group, end) if group.has("royal") else None
        if styled is not None:
            first, last = self._after_the(group.first), styled[1]
            self._say(
                first, last, first, last, (styled[0],), "office", "style", last < end and w.low[last] in {"'s", "'"}
            )
            return last
        title = group.title(group.key)
        follows = w.low[last] if last < end else ""
        if (
            group.organisation
            or group.former
            or group.deputy
            or group.indefinite
            or not (title.alone if not group.plural else any(u.title.alone for u in group.uses))
            or (follows == "-" and w.glued[last])
            or self._compound(last, end)
            or any(x in self.pairs["only"] for x in w.low[group.first : group.head])
        ):
            return last
        possessive = follows in {"'s", "'"} and w.tag[last] in {"POS", "''", "VBZ"}
        if group.plural:
            self._plural(group, end, possessive)
            return last
        if not (group.definite or group.area is not None):
            return last
        country = group.country or self._owners_country(group) or group.implied
        office = title.office
        if office == "counterpart":
            owner = self._owner(group)
            office, country = (self._main_office(owner) if owner else "leader"), group.country
            if country is None:
                return last
        actor, rule = self._holder(office, country, group.first, title.gender, group)
        if actor is None and country is None and (country := self._meant(title)) is not None:
            actor, rule = self._holder(office, country, group.first, title.gender, group)
        if actor is None:
            actor, rule = self._unnamed(group, office, title.rank, country)
        if actor is not None:
            first = self._after_the(group.first)
            self._say(first, last, first, last, (actor,), "office", rule, possessive)
        return last

    def _meant(self, title: Title) -> str | None:
        """The one country of those that have such a title, "the chancellor", that the report names."""
        named = [code for code in sorted(title.only) if self.cast.countries[code]]
        return named[0] if len(named) == 1 else None

    def _by_style(self, group: Group, end: int) -> tuple[Actor, int] | None:
        """Who goes by a title with a place, "the Duke of York", as the table has it, and where the words end."""
        w = self.w
        styles = [(w.text(group.head, last), last) for last in (group.last, group.last + 2) if last <= end]
        joined = self.groups.get(group.last + 1)
        if joined is not None and joined.has("royal") and w.low[group.last] in self.joins:
            of = joined.head + 1  # "the Duke and Duchess of York"
            if of + 1 < end and w.low[of] == "of":
                styles.append((f"{w.text(group.head, group.last)} {w.text(of, of + 2)}", group.last))
        for style, last in styles:
            holders = [h for h in self.people.full(name_words(style)) if h.on(self.cast.day)]
            if len(holders) > 1:
                holders = [h for h in holders if any(t.title.lower() == style.lower() for t in h.on(self.cast.day))]
            if len(holders) == 1:
                return self._actor_of(holders[0], None), last
        return None

    def _actor_of(self, holder: Holder, country: str | None) -> Actor:
        """The actor who is a person of the table: one of the text, else a new one."""
        actor = next((a for a in self.cast.actors if a.holder is holder), None)
        if actor is None:
            if country is None or self.people.first_realm in holder.countries:
                country = self.cast.identity.country_of(holder, set())
            actor = Actor(holder.words, holder.name, holder=holder, country=country, source="table")
            actor.gender = "f" if holder.female else "m"
            self.cast.actors.append(actor)
        return actor

    def _compound(self, i: int, end: int) -> bool:
        """Whether a title is but the first part of a compound: "the UN chief investigator", "the US-Africa Leaders Summit"."""
        w = self.w
        if i >= end or w.low[i] in self.never:
            return False
        if w.cap[i] and w.low[i] in self.organisations:
            return True
        return w.tag[i] in {"NN", "NNS"} and w.sentence[i] not in w.titled and w.low[i][0].isalpha() and not w.cap[i]

    def _owner(self, group: Group) -> Actor | None:
        if group.owner is None:
            return None
        for s in reversed(self.memory.said):
            if s.first <= group.owner < s.last and len(s.actors) == 1:
                return s.actors[0]
        return None

    def _owners_country(self, group: Group) -> str | None:
        owner = self._owner(group)
        return owner.country if owner else None

    def _main_office(self, actor: Actor) -> str:
        office, _, _ = self.cast.standing(actor)
        return office or "leader"

    def _holder(
        self, office: str, country: str | None, before: int, gender: str = "", group: Group | None = None
    ) -> tuple[Actor | None, str]:
        """Who of the text has this office, most recent first: by its words, then by the table; then those named later.

        Then the table alone. Without a country a later name counts only if it is the only one, and nobody of whose country
        the words are no title: New Zealand has no chancellor.
        """
        bare = country is None
        able = [
            a
            for a in self.cast.actors
            if (not gender or can_be(a, gender)) and not (bare and self._alien(group, office, a))
        ]
        for fits in (self._told, self._listed):
            hits = [(s, a) for s in self.memory.said for a in s.actors if a in able and fits(a, office, country)]
            if bare and office == "monarch" and not any(a.holder is not None for _, a in hits):
                reigning = self._reigning(before)
                if reigning[0] is not None:
                    return reigning  # a monarch of old is told of by name
            elif bare and office == "monarch":
                hits = [h for h in hits if h[1].holder is not None]
            hits = [h for h in hits if not self._gone(h[1])]
            if hits:
                return (self._subject(hits) if bare else hits[-1][1]), "office-before"
        if bare and office == "consort":
            country = self._spouse_country(before)
            bare = country is None
        if bare and (office == "leader" or not self._names_itself(office)):
            return None, ""
        if bare and office == "monarch":
            reigning = self._reigning(before)
            if reigning[0] is not None:
                return reigning
        later = [a for a in able if self._told(a, office, country)]
        later = later or [a for a in able if self._listed(a, office, country)]
        if later and (not bare or len(later) == 1):
            return later[0], "office-after"
        country = country or self.cast.home
        return (self._from_table(office, country, before), "office-table") if country else (None, "")

    def _alien(self, group: Group | None, office: str, actor: Actor) -> bool:
        """Whether the words of a title mean the office only in other countries than an actor's."""
        if group is None or actor.country is None or group.title(None).office != office:
            return False
        there = group.title(actor.country)
        return not (there.fits(actor.country) and self._same(there.office, office))

    def _gone(self, actor: Actor) -> bool:
        """Whether somebody has no office any more by the table, though the text has a title for them."""
        return self.cast.day is not None and actor.holder is not None and not actor.holder.on(self.cast.day)

    def _names_itself(self, office: str) -> bool:
        """Whether a bare title of this office can mean somebody who was not told of before."""
        return self.people.offices.has(office, "leads") or office == "foreign_minister"

    def _spouse_country(self, before: int) -> str | None:
        """In "X and the first lady" she is of the country of X."""
        said = self.memory.said
        start = self._after_the(before)
        beside = said and said[-1].last == start - 1 and self.w.low[start - 1] == "and" and len(said[-1].actors) == 1
        return said[-1].actors[0].country if beside else None

    def _subject(self, hits: list[tuple[Said, Actor]]) -> Actor:
        """Of those whom a bare title can mean: in the last sentence with one, who is of the dateline's country, or is first."""
        last = self.w.sentence[hits[-1][0].first]
        here = [a for s, a in hits if self.w.sentence[s.first] == last]
        return next((a for a in here if a.country is not None and a.country == self.cast.home), here[0])

    def _reigning(self, before: int) -> tuple[Actor | None, str]:
        """A bare "the Queen": the one reigning of that title in the country that the report speaks of most."""
        word = next((w for w in self.w.low[before : before + 4] if w in self.queens), "")
        for code, _ in self.cast.countries.most_common(3):
            for tenure, holder in self.people.office_holders("head_of_state", code, self.cast.day):
                if self.people.means(tenure) == "monarch" and holder.female == bool(word):
                    return self._from_table("monarch", code, before), "office-table"
        return None, ""

    def _told(self, actor: Actor, office: str, country: str | None) -> bool:
        """Whether the words of the text give an actor the office."""
        if country is not None and actor.country != country:
            return False
        return any(not former and self._same(told, office) for told, _, _, former in actor.offices)

    def _listed(self, actor: Actor, office: str, country: str | None) -> bool:
        """Whether an actor has the office by the table."""
        if actor.holder is None or (country is not None and actor.country != country):
            return False
        return self._means(actor.holder.on(self.cast.day), office) and self._leads(actor, office)

    def _means(self, tenures: Sequence[Tenure], office: str) -> bool:
        """Whether a title of the table is one of the office that the text speaks of: a monarch is no president."""
        codes = {self.people.means(t) for t in tenures}
        if {office} | codes >= {"head_of_state", "party_leader_ruling"} and office not in codes:
            return False  # the text may call a party's leader the president; the table has them apart
        return any(self._same(code, office) for code in codes)

    def _same(self, told: str, office: str) -> bool:
        """Whether an office that was told of can be the one that is spoken of now."""
        has = self.people.offices.has
        if told == office:
            return True
        if office == "leader":
            return has(told, "leads")
        if told == "leader":
            return has(office, "leads") and not has(office, "royal")
        if office == "minister":
            return has(told, "ministerial")
        if {told, office} <= {"head_of_state", "party_leader_ruling"}:
            return True
        if {told, office} <= {"royal", "crown_prince"}:
            return True
        return {told, office} == {"foreign_minister", "top_diplomat"}

    def _leads(self, actor: Actor, office: str) -> bool:
        """Of the heads of state and of government, "the leader" is the one who leads."""
        if office != "leader" or actor.country is None:
            return True
        leading = self.people.offices.leading(actor.country)
        held = {t.office for t in actor.holder.on(self.cast.day)} if actor.holder else set()
        return bool(leading) and leading[0] in held

    def _from_table(self, office: str, country: str, before: int) -> Actor | None:
        offices = self.people.offices
        if offices.has(office, "several"):
            return None
        codes = offices.leading(country)[:1] if office == "leader" else offices.holders(office)
        key = next((b.key for b in offices.bodies.values() if b.code == country and b.code != "OTHER"), country)
        for code in codes:
            holder = self.people.who(code, key, self.cast.day, self.w.low[before : before + 6])
            if holder is None or (office != "leader" and not self._means(holder.on(self.cast.day), office)):
                continue
            return self._actor_of(holder, country)
        return None

    def _unnamed(self, group: Group, office: str, rank: Rank, country: str | None) -> tuple[Actor | None, str]:
        if country is None or rank is not Rank.VISITOR:
            return None, ""
        known = self.unnamed.get((office, country))
        if known is None:
            known = Actor((), self.w.text(group.first, group.last), country=country, unnamed=True)
            known.offices.append((office, rank, country, False))
            self.unnamed[office, country] = known
            self.cast.actors.append(known)
        return known, "office-unnamed"

    # Several people

    def _plural(self, group: Group, end: int, possessive: bool) -> None:
        office = group.title(group.key).office
        actors: list[Actor] = []
        if office == "counterpart":
            owner = self._owner(group)
            office = self._main_office(owner) if owner else "leader"
        if len(group.areas) > 1 and office == "leader":
            return  # "the leaders of Chad and Niger" names nobody, as the coding rules have it
        if len(group.areas) > 1:
            for area in group.areas:
                actor = self._of_area(office, area, group)
                if actor is not None:
                    actors.append(actor)
            rule = "plural-countries"
        elif group.definite and not group.areas and group.owner is None:
            if group.first and self.w.low[group.first - 1] in self.pairs["articles"]:
                actors = self._last_two(group.first, office)
            rule = "plural-before"
        if actors:
            first = self._after_the(group.first)
            self._say(first, group.last, first, group.last, tuple(actors), "plural", rule, possessive)

    def _of_area(self, office: str, area: Area, group: Group) -> Actor | None:
        if area.code is None:
            return None
        actor, _ = self._holder(office, area.code, group.first)
        return actor

    def _last_two(self, before: int, office: str) -> list[Actor]:
        """The two people who were last told of together, of the office if that is told; none if there are not two.

        A sentence that names just two is best; else the last two of different countries, a few sentences back at most.
        """
        now = self.w.sentence[before]
        leaders = self.people.offices.has(office, "leads")
        seen: list[Actor] = []
        for told in self.memory.back(now, NEAR):
            here: list[Actor] = []
            for s in told:
                if s.first >= before:
                    continue
                fits = [a for a in s.actors if self._plural_fits(a, office)]
                if s.form == "plural" and len(fits) == 2 == len(s.actors) and not seen:
                    return fits
                here.extend(a for a in fits if a not in here)
            if len(here) == 2 and not seen and (not leaders or here[0].country != here[1].country):
                return here
            for actor in reversed(here):
                if actor not in seen and all(a.country is None or a.country != actor.country for a in seen):
                    seen.append(actor)
                    if len(seen) == 2:
                        return seen[::-1]
        return []

    def _plural_fits(self, actor: Actor, office: str) -> bool:
        own, rank, former = self.cast.standing(actor)
        if former or rank is Rank.OTHER or actor.country is None:
            return False
        if office in {"leader", ""} or self.people.offices.has(office, "vague"):
            return self.people.offices.has(own, "leads") if office == "leader" else True
        return self._told(actor, office, None) or self._listed(actor, office, None) or own is None

    def _pair(self, i: int, end: int) -> int:
        """ "the two leaders", "both presidents", "the two", "the pair"."""
        w = self.w
        low = w.low[i]
        if low in self.pairs["after_the"] and not (i > w.first_of(i) and w.low[i - 1] in self.pairs["articles"]):
            return i + 1
        if i + 1 < end and w.low[i + 1] == "-":
            return i + 1
        k = i + 1
        group = self.groups.get(k)
        if group is not None and group.plural:
            office, last = group.title(group.key).office, group.last
        elif k < end and w.low[k] in self.pairs["nouns"]:
            office, last = "", k + 1
        elif low in self.pairs["complete"] or (low not in self.pairs["alone"] and self._no_noun(k, end)):
            office, last = "", k
        else:
            return k
        actors = self._last_two(i, office) or (self._last_two(i, "") if office == "leader" else [])
        if actors:
            first = self._after_the(i)
            possessive = last < end and w.low[last] in {"'s", "'"}
            self._say(first, last, first, last, tuple(actors), "plural", "pair", possessive)
        return last

    def _no_noun(self, k: int, end: int) -> bool:
        """Whether "the two" stands for people by itself: a verb, an adverb or the end of a clause follows."""
        return k >= end or self.w.tag[k] in _PREDICATES or not self.w.low[k][0].isalnum()
