"""What one sentence tells of visits: sightings (a person in, or bound for, a country) and meetings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from summitry.extract.arguments import Arguments, Host
from summitry.extract.moments import Moment, moments
from summitry.extract.verbs import Group, groups
from summitry.extract.view import View
from summitry.lexicon.visits import Trigger
from summitry.model.entities import PlaceKind
from summitry.model.spans import Span


BESIDE = frozenset(["past", "present", "future", "would", "hedge", "planned", "headline"])
"""What a verb says of a visit told beside it ("will speak during a visit"): its tense, nothing else."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One telling of one visit, before visits are put together.

    ``visitor`` is a key of Person, ``host`` a country code or None where only the visit is told ("his trip ends Sunday");
    ``cues`` what the words say of its status; ``moments`` the times that belong to it; ``kinds`` and ``event`` as told.
    """

    visitor: str
    host: str | None
    sentence: int
    act: str
    rule: str
    cues: frozenset[str]
    span: Span
    who: Span
    place: Host | None = None
    moments: tuple[Moment, ...] = ()
    kinds: tuple[str, ...] = ()
    event: Span | None = None
    inviter: str | None = None
    group: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """A meeting, call or video talk told in one sentence: keys of the people on it, place, times, cues."""

    people: tuple[str, ...]
    kind: str
    sentence: int
    cues: frozenset[str]
    span: Span
    host: str | None = None
    place: Host | None = None
    moments: tuple[Moment, ...] = ()
    banquet: bool = False


@dataclass
class SentenceReader:
    """Reads one sentence. ``here`` is the dateline's country; ``there`` the host last told; see ``read``."""

    view: View
    here: str | None
    there: str | None
    venue: Host | None = None
    sightings: list[Sighting] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.groups = groups(self.view)
        self.arguments = Arguments(self.view, self.groups, self.here, self.there)
        self.times = moments(self.view, self.groups)
        self.words = self.view.words

    def read(self) -> None:
        """Fill ``sightings`` and ``talks`` from every trigger of the sentence, left to right."""
        for k in range(len(self.view)):
            lemma = self.view.lemma(k)
            if k in self.groups:
                for trigger in self.words.verbs.get(lemma, ()):
                    if self._verb(k, self.groups[k], trigger):
                        break
            elif self.view.is_noun(k) or self.view.tag(k) in {"NNP", "NNPS"}:
                for trigger in self.words.nouns.get(lemma, ()):
                    self._noun(k, trigger)
            if self.view.lower(k) == "visiting" and self.view.is_word(k):
                self._visiting(k)
            mention = self.view.person(k)
            if mention is not None and self.view.annotated.tokens[self.view.units[k].first].lower == "visiting":
                self._guest(k, k, self.words.verbs["visit"][0])

    # --- verbs ----------------------------------------------------------------------------------------------------

    def _verb(self, k: int, group: Group, trigger: Trigger) -> bool:
        reader = getattr(self, f"_act_{trigger.act}")
        return bool(reader(k, group, trigger))

    def _act_visit(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        preps = ("here", *trigger.host)
        hosts = self.arguments.hosts(k + 1, end, preps)
        if not hosts:
            hosts = self._via_object(k, end)
        if not hosts:
            hosts = self.arguments.fronted(group)
        return self._tell(k, group, trigger, self.arguments.subject(group), hosts)

    def _via_object(self, k: int, end: int) -> list[Host]:
        """A visit to people, troops or a site: the place stands further on in the clause."""
        return self.arguments.hosts(k + 1, end, ("in", "at", "of", "near"))

    def _act_go(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, end, tuple(p for p in trigger.host if p != "in"), nested=False)
        hosts = hosts or self.arguments.hosts(k + 1, min(end, k + 4), ("in", "here"))
        if self.view.lemma(k) in {"go", "come"} and not hosts:
            return False
        return self._tell(k, group, trigger, self.arguments.subject(group), hosts)

    def _act_arrive(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, end, ("here", *trigger.host))
        source = self.arguments.hosts(k + 1, end, ("from",))
        people = self.arguments.subject(group)
        for place in source:
            self._sight(people, [place], k, group, trigger, extra={"ended"})
        return self._tell(k, group, trigger, people, hosts)

    def _act_leave(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        people = self.arguments.subject(group)
        goal = self.arguments.hosts(k + 1, end, trigger.host)
        left = self.arguments.hosts(k + 1, end, ("object", "from"))
        left = [h for h in left if all(h.span != g.span for g in goal)]
        if left:
            self._sight(people, left, k, group, trigger, extra={"ended"}, act="end")
        return self._tell(k, group, trigger, people, goal)

    _act_stay = _act_arrive

    def _act_transit(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, end, ("object", *trigger.host))
        return self._tell(k, group, trigger, self.arguments.subject(group), hosts, kinds=("transit",))

    def _act_return(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        people = self.arguments.subject(group)
        for host in self.arguments.hosts(k + 1, end, ("from",)):
            self._sight(people, [host], k, group, trigger, extra={"ended"}, act="end")
        hosts = self.arguments.hosts(k + 1, end, ("to", "via"))
        return self._tell(k, group, trigger, people, hosts)

    def _act_attend(self, k: int, group: Group, trigger: Trigger) -> bool:
        event = self._event(k + 1)
        if event is None:
            return False
        first, last = event
        end = self.arguments.clause_end(k, frozenset(["hold", "schedule", "open", "begin", "start", "slate", "take"]))
        hosts = self.arguments.hosts(k + 1, end, ("here", "in", "at"))
        if not hosts:
            named, _ = self.arguments.place_at(k + 1, last)
            hosts = [h for h in named if h.mention is None or h.mention.kind is PlaceKind.CITY]
        if not hosts:
            hosts = self.arguments.fronted()
        many = self._multilateral(first, last)
        return self._tell(
            k,
            group,
            trigger,
            self.arguments.subject(group),
            hosts,
            kinds=("multilateral",) if many else (),
            event=self.view.span(first, last),
            times=(k, last - 1),
        )

    def _event(self, start: int) -> tuple[int, int] | None:
        """The noun phrase of a gathering that begins within a few units of ``start``: first and last + 1 unit."""
        view, nouns, names = self.view, self.words.of("events", "nouns"), self.words.of("events", "names")
        first = start
        while view.lower(first) in {"in", "at", "the", "a", "an", "part", "over", ","} and view.is_word(first):
            first += 1
        for m in range(first, min(first + 14, len(view))):
            if m in self.groups and not view.tag(m).startswith("VBG") and not view.tag(m) == "VBN":
                return None
            word = view.lower(m)
            if view.is_word(m) and (view.lemma(m) in nouns or word in nouns or word in names):
                last = m + 1
                while view.is_word(last) and (view.lemma(last) in nouns or view.lower(last) in nouns):
                    last += 1
                return first, last
        return None

    def _multilateral(self, first: int, last: int) -> bool:
        many, names = self.words.of("events", "multilateral"), self.words.of("events", "names")
        return any(
            self.view.lemma(m) in many or self.view.lower(m) in many or self.view.lower(m) in names
            for m in range(first, last)
        )

    def _act_receive(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, end, ("here", *trigger.host)) or self.arguments.fronted()
        if "passive" in group.cues or "reduced" in group.cues:
            guests = self.arguments.subject(group)
            givers = self.arguments.led_people(k + 1, end, frozenset({"by"}))
        else:
            guests = self.arguments.objects(k, end)
            givers = self.arguments.subject(group)
        if not guests:
            return False
        hosts = hosts or self._homes(givers)
        told = self._tell(k, group, trigger, guests, hosts, extra={"received"})
        self._talk(guests + [g for g in givers if self.view.person(g)], k, group, hosts)
        return told

    def _homes(self, givers: list[int]) -> list[Host]:
        """The countries of those who receive: of a person, or of a capital that stands for its government."""
        homes = []
        for g in givers:
            place = self.view.place(g)
            if place is not None and place.country:
                homes.append(Host(place.country, None, self.view.units[g].span, "metonym"))
            person = self.view.person(g)
            for someone in self.view.annotated.named(person) if person else ():
                if someone.country and someone.country not in {h.country for h in homes}:
                    homes.append(Host(someone.country, None, self.view.units[g].span, "home"))
        return homes[:1]

    def _act_invite(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        if "passive" in group.cues or "reduced" in group.cues:
            guests = self.arguments.subject(group)
            givers = self.arguments.led_people(k + 1, end, frozenset({"by"}))
        else:
            guests = self.arguments.objects(k, end)
            givers = self.arguments.subject(group)
        hosts = self.arguments.hosts(k + 1, end, ("to",), nested=True)
        infinitive = next((g for h, g in self.groups.items() if h > k and g.matrix == k), None)
        if infinitive is not None:
            stop = self.arguments.clause_end(infinitive.head)
            hosts = hosts or self.arguments.hosts(infinitive.head + 1, stop, ("object", "in", "to", "at"))
        hosts = hosts or self._homes(givers)
        names = [key for g in givers if (p := self.view.person(g)) for key in p.people]
        event = self._event(k + 1) if infinitive is None else self._event(infinitive.head + 1)
        return self._tell(
            k,
            group,
            trigger,
            guests,
            hosts,
            extra={"proposed", "invited"},
            inviter=names[0] if names else None,
            event=self.view.span(*event) if event else None,
            kinds=("multilateral",) if event and self._multilateral(*event) else (),
        )

    def _act_meet(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        subject = [s for s in self.arguments.subject(group) if self.view.person(s)]
        others = self.arguments.objects(k, end) or self.arguments.led_people(k + 1, end, frozenset({"with"}))
        hosts = self.arguments.hosts(k + 1, end, ("here", *trigger.host)) or self.arguments.fronted(group)
        self._talk(subject + others, k, group, hosts)
        if hosts:
            self._sight(subject + others, hosts, k, group, trigger, extra={"talks"})
        return bool(subject or others)

    def _act_speak(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        people = [s for s in self.arguments.subject(group) if self.view.person(s)]
        if not people:
            return False
        preps = ("here", "in", "at") if self.view.lemma(k) != "be" else ("here", "in")
        hosts = self.arguments.hosts(k + 1, end, preps) or self.arguments.fronted(group)
        if self.view.lemma(k) == "be":
            hosts = [h for h in hosts if h.span.start <= self.view.units[min(k + 3, len(self.view) - 1)].span.end]
        act = "present" if self.view.lemma(k) == "be" else "speak"
        return self._tell(
            k, group, trigger, people, hosts, extra={"present_at"} if act == "present" else {"spoke"}, act=act
        )

    def _act_take(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        if self._event(k + 1) is not None and self.view.lower(k + 1) == "part":
            return self._act_attend(k, group, trigger)
        guests = self.arguments.objects(k, end)
        hosts = self.arguments.hosts(k + 1, end, trigger.host)
        return self._tell(k, group, trigger, guests, hosts)

    def _act_include(self, k: int, group: Group, trigger: Trigger) -> bool:
        view = self.view
        tour = next((m for m in range(k - 1, max(k - 8, -1), -1) if view.lemma(m) in self.words.nouns), None)
        if tour is None or self.words.nouns[view.lemma(tour)][0].act != "visit":
            return False
        people, first, _, _, _ = self._before_noun(tour)
        if not people:
            carrier, _ = self._carrier(first, tour)
            people = self.arguments.subject(carrier) if carrier is not None and carrier.head != k else []
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, end, ("object", "in", "to"))
        return self._tell(k, group, trigger, people, hosts)

    def _act_expect(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        if "passive" not in group.cues and "reduced" not in group.cues:
            return False
        hosts = self.arguments.hosts(k + 1, min(end, k + 6), trigger.host)
        return self._tell(k, group, trigger, self.arguments.subject(group), hosts, extra={"planned"}, act="arrive")

    def _act_choose(self, k: int, group: Group, trigger: Trigger) -> bool:
        view, end = self.view, self.arguments.clause_end(k)
        ahead = {view.lemma(m) for m in range(k + 1, min(end, k + 12))}
        if not ahead & self.words.of("first", "nouns"):
            return False
        hosts = self.arguments.hosts(k + 1, min(end, k + 4), ("object",))
        return self._tell(k, group, trigger, self.arguments.subject(group), hosts, act="visit")

    # --- nouns ----------------------------------------------------------------------------------------------------

    def _noun(self, k: int, trigger: Trigger) -> None:
        if trigger.act == "meet":
            self._meeting_noun(k, trigger)
            return
        view = self.view
        people, first, compound, cues, kinds = self._before_noun(k)
        end = self.arguments.clause_end(k)
        if not people:
            people = self.arguments.agent(k, min(end, k + 16))
        hosts = self.arguments.hosts(k + 1, min(end, k + 25), tuple(p for p in trigger.host if p not in {"with", "of"}))
        if not hosts and view.lower(k + 1) == "of":
            hosts, _ = self.arguments.place_at(k + 2, end)
        hosts = hosts or compound
        group, role = self._carrier(first, k)
        if group is not None:
            cues |= self._carried(group, role)
            if not people:
                people = self.arguments.subject(group)
        elif not people:
            following = next((g for h, g in self.groups.items() if h > k), None)
            people = self.arguments.subject(following) if following and view.lower(first - 1) in self._adjuncts else []
        if view.lower(first - 1) in {"after", "following"}:
            cues.add("ended")
        if view.lower(first - 1) in {"before", "ahead"} or (
            view.lower(first - 1) == "of" and view.lower(first - 2) == "ahead"
        ):
            cues.add("ahead")
        if view.lower(first - 1) in {"during"}:
            cues.add("during")
        people = [p for p in people if view.person(p) is not None]
        times = (k, group.head) if group is not None and role != "speech" else (k,)
        self._emit(people, hosts, k, trigger, frozenset(cues), kinds=kinds, times=times, group=first)

    @property
    def _adjuncts(self) -> frozenset[str]:
        return frozenset({"during", "on", "in", "after", "before", "for", "following", "at", "ahead", "of"})

    def _before_noun(self, k: int) -> tuple[list[int], int, list[Host], set[str], tuple[str, ...]]:
        """What stands before a visit noun: its possessor, the first unit of the phrase, a host as in "China trip"."""
        view, words = self.view, self.words
        people: list[int] = []
        compound: list[Host] = []
        cues: set[str] = set()
        kinds: list[str] = []
        m = k - 1
        while m >= 0 and m >= k - 12:
            word = view.lower(m)
            person = view.person(m)
            if person is not None:
                if view.possessive(m) or person.possessive:
                    people = self.arguments.joined_left(m)
                    m -= 2 * (len(people) - 1) + 1
                elif m == k - 1 and person.form in {"short", "full"}:
                    people, m = [m], m - 1
                break
            place = view.place(m)
            if place is not None:
                if m + 1 == k or all(
                    view.is_word(x) and view.tag(x)[:2] in {"JJ", "NN", "VB", "HY", "CD"} for x in range(m + 1, k)
                ):
                    home = Host(place.country, place, view.units[m].span, "compound")
                    compound = [home] if place.kind is not PlaceKind.BODY else []
                m -= 1
                continue
            if view.lower(m) in words.of("function", "possessive"):
                m -= 1
                continue
            if view.kind(m) == "time":
                m -= 1
                continue
            role = words.role("upcoming", word)
            if role:
                cues.add(f"noun-{role}")
            for kind in ("state", "official", "working", "private", "transit"):
                if word in words.of("kinds", kind) and (kind != "state" or view.lower(m + 1) not in {"department"}):
                    kinds.append(kind)
            if view.tag(m) in {"DT", "PRP$"}:
                m -= 1
                if view.tag(m + 1) == "DT":
                    break
                continue
            if view.tag(m)[:2] in {"JJ", "CD"} or view.tag(m) in {"NN", "NNP", "HYPH", "VBG", "VBN", "RB", "POS"}:
                m -= 1
                continue
            if (
                word in {"and", "-", "–", ","}
                and view.tag(m - 1)[:2] in {"JJ", "CD", "NN"}
                and view.tag(m + 1)[:2] == "JJ"
            ):
                m -= 1
                continue
            break
        return people, m + 1, compound, cues, tuple(kinds)

    def _carrier(self, first: int, k: int) -> tuple[Group | None, str]:
        """The verb that carries a visit noun: as its object, as its subject, or as a phrase beside it."""
        view, words = self.view, self.words
        before = [g for h, g in self.groups.items() if h < first]
        lead = view.lower(first - 1)
        if before:
            last = before[-1]
            between = {view.lower(m) for m in range(last.head + 1, first) if view.is_word(m)}
            blocked = between & (words.of("function", "quotes") | {";", "--"})
            lemma = view.lemma(last.head)
            if not blocked:
                announced = lemma in words.of("announce", "verbs") and lemma not in {"announce", "confirm"}
                if announced and lead not in {"on", "during", "in", "for", "after", "before"}:
                    after = self._predicate(k)
                    return (after, "subject") if after else (None, "")
                direct = lead not in {
                    "on",
                    "during",
                    "in",
                    "for",
                    "after",
                    "before",
                    "of",
                    "at",
                    "from",
                    "to",
                    "with",
                    "about",
                }
                if direct and last.head + 1 <= first and len(between & {",", "that", "who", "which", "and"}) == 0:
                    return last, "object"
                predicate = self._predicate(k)
                if predicate is not None and lead not in {"on", "during", "in"}:
                    return predicate, "subject"
                return last, "beside"
        after = self._predicate(k)
        return (after, "subject") if after is not None and lead not in self._adjuncts else (None, "")

    def _predicate(self, k: int) -> Group | None:
        """The verb of which the noun phrase at ``k`` is the subject: the next group, with no person or comma before it."""
        view = self.view
        for m in range(k + 1, min(k + 30, len(view))):
            group = next((g for g in self.groups.values() if g.first == m or g.head == m), None)
            if group is not None:
                finite = group.cues & {"past", "present", "future", "would", "hedge"}
                return group if (finite and "infinitive" not in group.cues) or "planned" in group.cues else None
            if (view.person(m) is not None and not self.arguments._led(m)) or view.lower(m) in {"that", "who", ";"}:
                return None
        return None

    def _carried(self, group: Group, role: str) -> set[str]:
        """What a carrying verb says of the visit: begun, ended, put off, or its tense."""
        view, words = self.view, self.words
        lemma, head = view.lemma(group.head), group.head
        phrase = f"{lemma} {view.lower(head + 1)}"
        cues = set(group.cues & BESIDE) | {"beside"} if role == "beside" else set(group.cues)
        if role == "subject" and lemma not in words.of("subject_of", "verbs"):
            cues = {"neutral"} | (cues & {"negated"} & set())
        for status in ("postponed", "cancelled", "ruled_out"):
            if lemma in words.of("put_off", status) or phrase in words.of("put_off", status):
                return {status, "by-verb"} | ({"negated"} if "negated" in group.cues else set()) | (cues & {"hedge"})
        if lemma in words.of("begin", "verbs") or phrase in words.of("begin", "phrasal"):
            cues.add("begun")
        elif lemma in words.of("end", "verbs") or phrase in words.of("end", "phrasal"):
            cues.add("ending")
        elif role == "object" and (control := words.role("control", lemma)):
            cues.add(control)
        return cues

    def _meeting_noun(self, k: int, trigger: Trigger) -> None:
        view = self.view
        people, first, compound, _, _ = self._before_noun(k)
        end = self.arguments.clause_end(k)
        others = self.arguments.led_people(k + 1, min(end, k + 14), frozenset({"with", "between", "by"}))
        hosts = self.arguments.hosts(k + 1, min(end, k + 25), ("here", *trigger.host)) or compound
        hosts = [h for h in hosts if h.mention is None or not h.mention.adjective] or self.arguments.fronted()
        group, role = self._carrier(first, k)
        if group is not None and not people and view.lower(k + 1) != "between":
            people = [p for p in self.arguments.subject(group) if view.person(p) is not None]
        row = [p for p in dict.fromkeys([*people, *others]) if view.person(p) is not None]
        cues = frozenset(self._carried(group, role)) if group is not None else frozenset()
        carrier = group or Group(k, k, cues)
        self._talk(row, k, replace(carrier, cues=cues), hosts, noun=True)
        if hosts:
            self._emit(row, hosts, k, trigger, cues | {"talks"}, times=(k, carrier.head), group=first)

    def _visiting(self, k: int) -> None:
        """ "told visiting President X": the guest is where the speaker is at home, or at the dateline."""
        view = self.view
        if view.person(k + 1) is None or view.tag(k) not in {"VBG", "JJ", "NN"}:
            return
        if k in self.groups and "progressive" in self.groups[k].cues:
            return
        self._guest(k + 1, k, self.words.verbs["visit"][0])

    def _guest(self, guest: int, k: int, trigger: Trigger) -> None:
        view = self.view
        mention = view.person(guest)
        countries = {p.country for p in view.annotated.named(mention)} if mention else set()
        others = [m for m in range(len(view)) if view.person(m) is not None and m != guest]
        near = sorted(others, key=lambda m: (m > guest, abs(m - guest)))
        homes = [Host(self.here, None, view.units[k].span, "here")] if self.here else []
        homes += [home for m in near for home in self._homes([m])]
        places = self.arguments.hosts(guest + 1, self.arguments.clause_end(guest), ("in", "at", "here"))
        homes = [h for h in [*places, *homes] if h.country not in countries][:1]
        self._emit([guest], homes, k, trigger, frozenset({"visiting"}), times=(k,), group=k)

    # --- telling --------------------------------------------------------------------------------------------------

    def _tell(
        self,
        k: int,
        group: Group,
        trigger: Trigger,
        people: list[int],
        hosts: list[Host],
        *,
        extra: set[str] | None = None,
        kinds: tuple[str, ...] = (),
        event: Span | None = None,
        inviter: str | None = None,
        act: str | None = None,
        times: tuple[int, ...] = (),
    ) -> bool:
        people = [p for p in people if self.view.person(p) is not None]
        if not people or not hosts:
            return False
        self._sight(
            people,
            hosts,
            k,
            group,
            trigger,
            extra=extra,
            kinds=kinds,
            event=event,
            inviter=inviter,
            act=act,
            times=times,
        )
        return True

    def _sight(
        self,
        people: list[int],
        hosts: list[Host],
        k: int,
        group: Group,
        trigger: Trigger,
        *,
        extra: set[str] | None = None,
        kinds: tuple[str, ...] = (),
        event: Span | None = None,
        inviter: str | None = None,
        act: str | None = None,
        times: tuple[int, ...] = (),
    ) -> None:
        cues = set(group.cues) | (extra or set())
        phrase = f"{self.view.lemma(k)} {self.view.lower(k + 1)}"
        if group.matrix is not None:
            lemma = self.view.lemma(group.matrix)
            for status in ("postponed", "cancelled", "ruled_out"):
                if lemma in self.words.of("put_off", status) or phrase in self.words.of("put_off", status):
                    cues.add(status)
        self._emit(
            people,
            hosts,
            k,
            trigger,
            frozenset(cues),
            kinds=kinds,
            event=event,
            inviter=inviter,
            act=act,
            times=times or (k,),
            group=group.first,
        )

    def _emit(
        self,
        people: list[int],
        hosts: list[Host],
        k: int,
        trigger: Trigger,
        cues: frozenset[str],
        *,
        kinds: tuple[str, ...] = (),
        event: Span | None = None,
        inviter: str | None = None,
        act: str | None = None,
        times: tuple[int, ...] = (),
        group: int = 0,
    ) -> None:
        view = self.view
        if self._hypothetical(group):
            cues = cues | {"hypothetical"}
        own = tuple(m for m in self.times if m.governor in times)
        if len({h.country for h in hosts}) > 1:
            own = tuple(m for m in own if m.of_a_leg)
        for p in people:
            mention = view.person(p)
            for key in mention.people if mention else ():
                for told in hosts or [None]:
                    host = self._definite(told, key)
                    mine = tuple(m for m in own if host is None or m.for_host(host.span, [h.span for h in hosts]))
                    self.sightings.append(
                        Sighting(
                            key,
                            host.country if host else None,
                            view.number,
                            act or trigger.act,
                            trigger.id,
                            cues,
                            view.units[k].span,
                            view.units[p].span,
                            host,
                            mine,
                            kinds,
                            event,
                            inviter,
                            k,
                        )
                    )

    def _definite(self, host: Host | None, visitor: str) -> Host | None:
        """ "The country": the nearest one named before that is not the visitor's own, else the dateline's."""
        if host is None or host.how != "definite":
            return host
        annotated = self.view.annotated
        own = annotated.people[visitor].country
        lowest = annotated.sentences[max(0, self.view.number - 2)].span.start
        near = [p for p in annotated.places if lowest <= p.span.start < host.span.start and p.country not in {None, own}]
        near = [p for p in near if p.kind is not PlaceKind.BODY]
        country = near[-1].country if near else self.there if self.there != own else self.here if self.here != own else None
        return replace(host, country=country) if country else None

    def _hypothetical(self, first: int) -> bool:
        """Whether the clause is led by "if" and the like."""
        view = self.view
        for m in range(first - 1, max(first - 12, -1), -1):
            if view.lower(m) in self.words.of("hypothetical", "words") and view.is_word(m):
                return True
            if m in self.groups or view.lower(m) in {",", ";"}:
                return False
        return False

    def _talk(self, row: list[int], k: int, group: Group, hosts: list[Host], *, noun: bool = False) -> None:
        view = self.view
        keys = list(dict.fromkeys(key for p in row if (m := view.person(p)) for key in m.people))
        if len(keys) < 2:
            return
        around = {view.lower(m) for m in range(max(0, k - 4), min(len(view), k + 3)) if view.is_word(m)}
        kind = "meeting"
        if around & self.words.of("meeting", "video"):
            kind = "video"
        elif around & self.words.of("meeting", "call"):
            kind = "call"
        times = tuple(m for m in self.times if m.governor in {k, group.head})
        host = hosts[0] if hosts else None
        self.talks.append(
            Talk(
                tuple(keys),
                kind,
                view.number,
                group.cues,
                view.units[k].span,
                host.country if host else None,
                host,
                times,
            )
        )
