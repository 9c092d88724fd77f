"""Who travels along with a visitor: companions told as such, members of the delegation, kin, those joined to the visitor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summitry.extract.journeys import Cluster, trips
from summitry.extract.sightings import SentenceReader
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import READ
from summitry.model.entities import Rank
from summitry.model.spans import Span
from summitry.model.visits import Status

FINITE = frozenset(["past", "present", "future", "would", "hedge", "planned"])
"""Cues of a verb that makes a clause."""

NEAR = 4
"""Sentences around a telling of the visit within which "the delegation" is its delegation."""

LIST = 60
"""Units before a name in which the words that open its list are looked for."""

OPENING = 14
"""Units before "including" in which "the delegation" is looked for."""


@dataclass(frozen=True, slots=True)
class Link:
    """What the words at one mention say: how the person is told, and with whom.

    ``how`` is "accompanies", "member", "beside", "kin" or "joined"; ``boss`` holds the keys of those told as the guest,
    ``offices`` their offices where nothing places them ("the president"); ``countries`` those told with a delegation.
    """

    how: str
    boss: frozenset[str]
    offices: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """One mention of a person by name or office: sentence, unit, words, links, whether it is told to say something."""

    sentence: int
    unit: int
    span: Span
    links: tuple[Link, ...]
    says: bool


class CompanyReader:
    """Finds in one sentence who is told to go along with whom.

    ``wanted`` are the keys of those who are looked for; ``still`` is the link of a list that runs to the end of the
    sentence, which lines without a verb after it go on with.
    """

    def __init__(
        self, annotated: Annotated, reader: SentenceReader, wanted: frozenset[str], still: Link | None = None
    ) -> None:
        self.annotated = annotated
        self.wanted = wanted
        self.reader = reader
        self.view = reader.view
        self.groups = reader.groups
        self.words = reader.words
        verbless = not any(g.cues & FINITE for g in self.groups.values())
        self.before = still if verbless else None
        self.still = self.before

    def read(self) -> Iterator[tuple[str, Told]]:
        """Each person of the sentence who is looked for, with what is told there."""
        view = self.view
        named = {
            m: mention
            for m, mention in view.people.items()
            if mention.form not in {"pronoun", "plural"}
            and len(mention.people) == 1
            and mention.people[0] in self.wanted
        }
        doing: dict[int, list[int]] = defaultdict(list)
        for k, group in self.groups.items() if named else ():
            if not group.cues & {"passive", "reduced", "negated"}:
                for m in self._subject(k):
                    doing[m].append(k)
        forward = self._told_forward()
        saying = self.words.of("gates", "saying")
        for m, mention in named.items():
            links = (*forward[m], *self._led(m), *self._doing(m, doing[m]), *self._kin(m), *self._joined(m))
            says = any(view.lemma(k) in saying for k in doing[m])
            yield mention.people[0], Told(view.number, m, mention.span, tuple(dict.fromkeys(links)), says)

    def _subject(self, k: int) -> list[int]:
        return self.reader.arguments.subject(self.groups[k])

    def _keys(self, units: Sequence[int]) -> frozenset[str]:
        return frozenset(key for u in units if (m := self.view.person(u)) is not None for key in m.people)

    def _opening(self, m: int) -> int:
        """The unit before the list of names with titles in which unit ``m`` stands."""
        view, x = self.view, m - 1
        while x >= 0 and m - x < LIST:
            word, tag = view.lower(x), view.tag(x)
            inside = (
                view.person(x) is not None
                or view.place(x) is not None
                or tag[:2] in {"NN", "JJ", "CD", "PO", "DT", "PR", "HY"}
            )
            if not inside and not (view.is_word(x) and word in self.words.of("company", "inside")):
                return x
            if word in self.words.of("company", "opens") and view.is_word(x):
                return x
            x -= 1
        return x

    def _led(self, m: int) -> Iterator[Link]:
        """ "With his wife A", "a delegation including B and C": what opens the list in which a name stands."""
        view, words, x = self.view, self.words, self._opening(m)
        if view.possessive(m) or x < 0 or not view.is_word(x):
            return
        if view.lower(x) in words.of("company", "along"):
            yield self._with_boss("beside", [], x)

    def _told_forward(self) -> dict[int, list[Link]]:
        """ "Accompanied on the trip by A, who heads the bank, and B", "the delegation includes C and D": by unit."""
        view, words = self.view, self.words
        found: dict[int, list[Link]] = defaultdict(list)
        if self.before is not None:
            for m in self._named(0):
                found[m].append(self.before)

        def give(link: Link, start: int) -> None:
            row = self._named(start)
            for m in row:
                found[m].append(link)
            last = row[-1] if row else start - 1
            if not any(h > last and g.cues & FINITE for h, g in self.groups.items()):
                self.still = link

        for k in view.find(words.of("gates", "company")):
            group, lemma = self.groups.get(k), view.lemma(k)
            if group is not None and lemma in words.of("company", "passive") and "negated" not in group.cues:
                by = next((x for x in range(k + 1, min(len(view), k + 14)) if view.lower(x) == "by"), None)
                passive = group.cues & {"passive", "reduced", "participle"} or by == k + 1
                if by is not None and passive and not self._clause(k + 1, by):
                    give(self._with_boss("accompanies", self._subject(k), k), by + 1)
            if group is not None and lemma in words.of("company", "bring") and view.person(k + 1) is None:
                for m in self._brought(k):
                    found[m].append(Link("accompanies", self._keys(self._subject(k))))
            if lemma in words.of("company", "listing") and view.is_verb(k) and (link := self._inverted(k)) is not None:
                give(link, k + 1)
            if lemma in words.of("company", "delegations") and view.is_word(k):
                mark = self._mark(k)
                if mark is not None:
                    give(Link("member", frozenset(), countries=self._whose(k)), mark)
        return found

    def _brought(self, k: int) -> list[int]:
        """ "Takes with him A and B", "brings A along": those whom a verb of taking along has as objects."""
        view, end = self.view, self.reader.arguments.clause_end(k)
        lead = next((x for x in range(k + 1, end) if view.lower(x) in self.words.of("company", "along")), None)
        if lead is None:
            return []
        people = [m for m in range(k + 1, end) if view.person(m) is not None and not view.possessive(m)]
        return [m for m in people if (mention := view.person(m)) is not None and mention.form != "pronoun"]

    def _inverted(self, k: int) -> Link | None:
        """ "Travelling with him are A and B", "also on board was C", "those who accompany X include D"."""
        view, words = self.view, self.words
        if not view.tells(words.of("company", "aboard")) or not view.tells(words.of("company", "fronting")):
            return None
        start = next((x + 1 for x in range(k - 1, -1, -1) if view.lower(x) in {";", ":"}), 0)
        before = range(max(start, k - 16), k)
        near = {view.lemma(x) for x in before} | {view.lower(x) for x in before}
        if not near & words.of("company", "aboard") or not near & words.of("company", "fronting"):
            return None
        people = [x for x in before if view.person(x) is not None]
        if people and near & (words.of("company", "travel") | words.of("company", "active")):
            return Link("accompanies", self._keys(people), self._bare_offices(people))
        return Link("member", frozenset(), countries=self._whose(k))

    def _mark(self, k: int) -> int | None:
        """The unit after the words that open the list of a delegation's members, or None where none is told."""
        view, marks = self.view, self.words.of("company", "marks")
        for x in range(k + 1, min(len(view), k + OPENING)):
            if view.lower(x) in marks and view.is_word(x):
                return x + 1
            if view.lower(x) in {";", "."}:
                break
            if x in self.groups and view.lower(x) not in marks and not self.groups[x].cues & {"reduced"}:
                break
        before = {view.lower(x) for x in range(max(0, k - OPENING), k)}
        verb = next((x for x in range(k + 1, len(view)) if x in self.groups or view.lemma(x) == "be"), None)
        if before & self.words.of("company", "members") and verb is not None and view.lemma(verb) == "be":
            return verb + 1  # "among the members of the delegation were A and B"
        return None

    def _whose(self, k: int) -> frozenset[str]:
        """The countries told right before a delegation: "the Finnish delegation"."""
        view = self.view
        return frozenset(c for x in range(max(0, k - 4), k) if (p := view.place(x)) is not None and (c := p.country))

    def _clause(self, start: int, stop: int) -> bool:
        """Whether a clause of its own stands between two units."""
        return any(m in self.groups and not self.groups[m].cues & {"reduced", "participle"} for m in range(start, stop))

    def _named(self, start: int) -> list[int]:
        """The people named from a unit to the end of its clause; clauses that hang on a name are stepped over."""
        view = self.view
        end = len(view)
        through = self.words.of("escort", "through")
        for h, g in self.groups.items():
            hangs = g.cues & {"reduced", "participle", "infinitive", "purpose"} or view.lemma(h) in through
            if g.first < start or hangs or view.lower(g.first - 1) in self.words.of("function", "relative"):
                continue
            own = self._subject(h)
            end = min((u for u in own if start <= u < g.first), default=g.first)
            break
        return [m for m in view.people if start <= m < end and not view.possessive(m)]

    def _with_boss(self, how: str, subject: list[int], before: int) -> Link:
        """The link to whom the words lead: the subject, else the person told last before, else the next subject."""
        boss = self._keys(subject)
        if not boss:
            last = next((u for u in range(before - 1, -1, -1) if self.view.person(u) is not None), None)
            boss = self._keys([last] if last is not None else [])
        if not boss:
            main = next((h for h, g in self.groups.items() if h > before and g.cues & FINITE), None)
            boss = self._keys(self._subject(main)) if main is not None else boss
        return Link(how, boss)

    def _doing(self, m: int, verbs: list[int]) -> Iterator[Link]:
        """ "A accompanies B", "A will travel with B", "A also took part"."""
        view, words = self.view, self.words
        for k in verbs:
            lemma = view.lemma(k)
            end = self.reader.arguments.clause_end(k)
            if lemma in words.of("company", "active"):
                after = [u for u in range(k + 1, min(end, k + 5)) if view.person(u) is not None]
                if after:
                    yield Link("accompanies", self._keys(after), self._bare_offices(after))
                    continue
            if lemma in words.of("company", "travel"):
                lead = next(
                    (u for u in range(k + 1, min(end, k + 8)) if view.lower(u) in words.of("company", "along")), None
                )
                after = [u for u in range(lead + 1, min(end, lead + 5)) if view.person(u) is not None] if lead else []
                if after:
                    yield Link("accompanies", self._keys(after), self._bare_offices(after))
                    continue
            part = next((x for x in range(k + 1, end) if view.lemma(x) in words.of("company", "members")), None)
            if part is not None and view.lower(part + 1) == "of":
                nouns = words.of("company", "delegations")
                of = next((x for x in range(part + 2, min(end, part + 6)) if view.lemma(x) in nouns), None)
                if of is not None:
                    yield Link("member", frozenset(), countries=self._whose(of))
        # "Ministers, including A and B, are accompanying the president": the list stands inside the subject.
        x = self._opening(m)
        if view.is_word(x) and view.lower(x) in words.of("company", "marks"):
            active = words.of("company", "active")
            verb = next((k for k in self.groups if k > m and view.lemma(k) in active), None)
            if verb is not None and not any(m < other < verb for other in self.groups):
                after = [u for u in range(verb + 1, min(len(view), verb + 5)) if view.person(u) is not None]
                if after:
                    yield Link("accompanies", self._keys(after), self._bare_offices(after))

    def _bare_offices(self, units: Sequence[int]) -> frozenset[str]:
        """The offices of those told by an office alone whom nothing places ("the president")."""
        mentions = [m for u in units if (m := self.view.person(u)) is not None and m.form == "office"]
        people = [self.annotated.people[key] for m in mentions for key in m.people]
        return frozenset(p.office for p in people if p.country is None and p.office)

    def _kin(self, m: int) -> Iterator[Link]:
        """ "His wife A", "X's daughter B", "first lady C": kin, with whose they are where it is told."""
        view = self.view
        before = " ".join(view.lower(x) for x in range(max(0, m - 3), m) if view.is_word(x))
        text = f" {before} {view.units[m].span.of(view.text).lower()} "
        after = " ".join(view.lower(x) for x in range(m + 1, min(len(view), m + 5)) if view.is_word(x))
        kin = any(f" {c} " in text or f" {c}, " in text for c in self.words.of("company", "consorts"))
        kin = kin or (
            after.startswith(", ") and any(f" {c} " in f" {after} " for c in self.words.of("company", "consorts"))
        )
        if kin:
            owner = next((x for x in range(m - 1, max(-1, m - 5), -1) if view.person(x) is not None), None)
            his = next((x for x in range(m - 1, max(-1, m - 4), -1) if view.tag(x) == "PRP$"), None)
            whose = self._owner(his) if his is not None and owner is None else frozenset()
            yield Link("kin", whose or self._keys([owner] if owner is not None else []))

    def _owner(self, k: int) -> frozenset[str]:
        """The keys of those whom "his" or "her" at unit ``k`` means."""
        span = self.view.units[k].span
        return frozenset(key for m in self.annotated.mentions if m.span == span for key in m.people)

    def _joined(self, m: int) -> Iterator[Link]:
        """ "X and Y arrived": those joined by "and" are told beside one another."""
        arguments = self.reader.arguments
        others = {*arguments.joined_left(m), *arguments.joined_right(m)} - {m}
        if others:
            yield Link("joined", self._keys(sorted(others)))


class Company:
    """Reads who travels along on the visits of one report."""

    def __init__(
        self, annotated: Annotated, readers: Sequence[SentenceReader], clusters: Sequence[Cluster], words: VisitWords
    ) -> None:
        self.annotated = annotated
        self.readers = readers
        self.clusters = clusters
        self.words = words

    def read(self, cluster: Cluster) -> list[tuple[str, Span]]:
        """Names and words of those who travel along, in the order of their telling."""
        found: dict[str, Told] = {}
        if cluster.status is Status.RULED_OUT:
            return []
        for key in self.candidates(cluster):
            told = next((t for t in self.told[key] if self._along(key, t, cluster)), None)
            if told is not None:
                found[key] = told
        for key in self.candidates(cluster):  # whoever is joined to a companion goes along too
            told = next((t for t in self.told[key] if self._beside(t, found)), None)
            if key not in found and told is not None and not self._guest_of(key, cluster):
                found[key] = told
        row = sorted((told.span.start, self.annotated.people[key].name, told.span) for key, told in found.items())
        return [(name, span) for _, name, span in row]

    def _beside(self, told: Told, found: dict[str, Told]) -> bool:
        """Whether a mention stands in one list with a companion where that one is told to go along."""
        return any(
            link.how == "joined" and other.sentence == told.sentence and key in link.boss
            for link in told.links
            for key, other in found.items()
        )

    def _guest_of(self, key: str, cluster: Cluster) -> bool:
        """Whether somebody pays a visit to the same host."""
        return any(c.visitor == key and c.host == cluster.host for c in self.clusters)

    @cached_property
    def told(self) -> dict[str, list[Told]]:
        """All mentions of each person who could travel along, in the order of the text."""
        out: dict[str, list[Told]] = defaultdict(list)
        still: Link | None = None
        for reader in self.readers:
            if reader.view.role in READ:
                one = CompanyReader(self.annotated, reader, self._eligible, still)
                for key, told in one.read():
                    out[key].append(told)
                still = one.still or (Link("member", frozenset()) if self._opens_roll(reader.view.number) else None)
        return out

    def _opens_roll(self, n: int) -> bool:
        """Whether a sentence ends with a colon and names stand on at least two lines of their own right after it."""
        if self.readers[n].view.lower(len(self.readers[n].view) - 1) != ":" or n + 2 >= len(self.readers):
            return False
        lines = [self.readers[n + 1], self.readers[n + 2]]
        named = all(r.view.people for r in lines)
        return named and not any(g.cues & FINITE for r in lines for g in r.groups.values())

    def candidates(self, cluster: Cluster) -> list[str]:
        """Keys of those who could travel along: of the guest's country or of none told, not the guest."""
        people, home = self.annotated.people, self.annotated.people[cluster.visitor].country
        return [key for key in self.told if key != cluster.visitor and people[key].country in {home, None}]

    @cached_property
    def _eligible(self) -> frozenset[str]:
        """Keys of those who could travel along with any guest: named, in office but no chief, of a guest's country or none.

        What is told of all others, the hosts and most of the guests among them, need not be read.
        """
        homes = {self.annotated.people[c.visitor].country for c in self.clusters} | {None}
        return frozenset(
            key
            for key, p in self.annotated.people.items()
            if p.named and not p.former and p.country in homes and p.office not in self.words.of("company", "chiefs")
        )

    @cached_property
    def _trips(self) -> list[int]:
        return trips(list(self.clusters))

    def _gap(self, n: int, cluster: Cluster) -> int:
        return min(abs(n - s.sentence) for s in cluster.sightings)

    def _nearest(self, n: int, cluster: Cluster) -> bool:
        """Whether a visit is the one of its visitor that is told nearest to a sentence, or on the same journey."""
        mine = [(c, t) for c, t in zip(self.clusters, self._trips, strict=True) if c.visitor == cluster.visitor]
        least = min((self._gap(n, c) for c, _ in mine), default=None)
        return any(self._gap(n, c) == least and (c is cluster or t == self._trip(cluster)) for c, t in mine)

    def _trip(self, cluster: Cluster) -> int:
        return next(t for c, t in zip(self.clusters, self._trips, strict=True) if c is cluster)

    def _along(self, key: str, told: Told, cluster: Cluster) -> bool:
        """Whether one mention of a person tells that the person travels along on a visit."""
        nearest = self._nearest(told.sentence, cluster)
        return any(self._link(key, told, link, cluster, nearest=nearest) for link in told.links)

    def _link(self, key: str, told: Told, link: Link, cluster: Cluster, *, nearest: bool) -> bool:
        person, home = self.annotated.people[key], self.annotated.people[cluster.visitor].country
        gap = self._gap(told.sentence, cluster)
        with_guest, near = cluster.visitor in link.boss, gap <= NEAR
        if link.how == "accompanies":
            return nearest and (with_guest or self.annotated.people[cluster.visitor].office in link.offices)
        if link.how == "member":
            if link.countries:
                return (near or nearest) and home in link.countries
            return nearest and gap == min(self._gap(told.sentence, c) for c in self.clusters)
        if not with_guest:
            return False
        kin = any(x.how == "kin" and cluster.visitor in x.boss for t in self.told[key] for x in t.links)
        kin = kin or person.office in self.words.of("company", "kin_offices")
        alone = gap == min(self._gap(told.sentence, c) for c in self.clusters if c.visitor == cluster.visitor)
        if link.how == "beside" and (told.says or person.office in self.words.of("company", "stays")):
            return False
        if link.how in {"joined", "beside"}:
            along = kin or person.office in self.words.of("company", "staff_offices")
            other = person.rank is Rank.OTHER or not self._guest_of(key, cluster)
            return (gap == 0 and person.rank is Rank.OTHER) or (near and alone and along and other)
        return gap == 0 or (near and alone and not told.says)
