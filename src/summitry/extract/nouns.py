"""Read the nouns of a sentence: visits, arrivals and talks told as nouns, and "visiting President X"."""

from __future__ import annotations

from dataclasses import replace

from summitry.extract.arguments import Host
from summitry.extract.moments import Moment
from summitry.extract.phrases import around
from summitry.extract.telling import BESIDE
from summitry.extract.tours import TourReader
from summitry.extract.verbs import Group
from summitry.extract.view import View
from summitry.lexicon.visits import Trigger
from summitry.model.spans import Span


def view_joint(view: View, first: int) -> bool:
    """Whether a noun phrase opens a clause of its own: "..., but the journey", "and the visit"."""
    return view.lower(first - 1) in view.words.of("function", "but")


class NounReader(TourReader):
    """The part of a sentence reader that reads nouns."""

    def _noun(self, k: int, trigger: Trigger) -> None:
        if trigger.act == "meet":
            self._meeting_noun(k, trigger)
            return
        view = self.view
        people, first, compound, cues, kinds = self._before_noun(k)
        end = self.arguments.clause_end(k)
        hosts = self._noun_hosts(k, end, trigger) or compound
        group, role = self._bearer(first, k)
        received = group is not None and "passive" in group.cues and self._receives(group)  # "received on arrival by X"
        people = people or self.arguments.agent(k, min(end, k + 16), by=not received)
        spoken = False
        if group is not None:
            departs = view.lower(first - 1) == "for" and view.lemma(group.head) in self.words.of("end", "departures")
            within = departs or view.lower(first - 1) in self.words.of("function", "within")
            if role == "beside" and not within:
                cues.add("neutral")
                spoken = view.lower(first - 1) in self.words.of("function", "matter")
            else:
                onward = view.lower(group.head + 1) in self.words.of("edge", "onward")
                cues |= self._carried(
                    group, role, "with" if onward and view.lower(first - 1) == "with" else view.lower(first - 1)
                )
                if cues == {"beside", "present"} and people and not self._shared(people, group):
                    cues = {"neutral"}  # "they are working on the programme of his trip"
            people = people or self.arguments.subject(group)
        elif not people and view.lower(first - 1) in self._adjuncts:
            group, role = next((g for h, g in self.groups.items() if h > k), None), "beside"
            people = self.arguments.subject(group) if group else []
        if group is not None and role == "beside" and any(
            t.act == "invite" for t in self.words.verbs.get(view.lemma(group.head), ())
        ):
            guests = self.arguments.objects(group.head, first)
            people = guests or people  # "invited A for a state visit"
            cues = {"proposed", "invited"} if guests else cues
        if group is not None and view.lemma(group.head) in self.words.of("escort", "verbs"):
            people = self.arguments.objects(group.head, first) or people  # whoever goes along, the trip is another's
        if group is not None and not people and "you" in {view.lower(m) for m in range(group.head, first)}:
            people = self._addressed(group)
            cues |= {"proposed"} if self.words.role("object_control", view.lemma(group.head)) == "proposed" else set()
        cues = self._led_cues(first, cues)
        if view.lower(first - 1) == "on" and view.lower(first - 2) in self.words.of("edge", "now"):
            cues |= {"noun-ongoing"}
        if group is not None and (not people or self._shared(people, group)):
            guests = self._given_for(k, end, group)
            if guests:
                people, hosts = guests, hosts or self._homes(self.arguments.subject(group) if group else [])
        if not hosts and (beside := self._named_before(first, k)):
            hosts, more = beside
            people = people or more
        if not people and (owner := self._itinerary(k)):
            people = owner
        if not hosts and group is not None and view.lemma(group.head) == "be":
            hosts, more = self._named_stop(k, group, role)
            people = more or people
        known = self._traveller(first) if not people and hosts else ()
        if known and cues == {"beside", "present"}:
            cues = {"neutral"}
        event, kinds = self._goal(k, end, kinds)
        times: tuple[int, ...] = (k,)
        if group is not None and "postponed" in cues:
            times = (k, group.head)
        elif group is not None and "by-verb" not in cues and not spoken:
            times = (k, group.head) if role != "beside" or group.matrix is None else (k, group.head, group.matrix)
        if view.lemma(k) in self.words.of("first", "nouns") and hosts and group is not None:
            times += tuple(m.governor for m in self.times if m.governor > k and self._tour_noun(m.governor))
        due = tuple(h for h, g in self.groups.items() if k < h < k + 14 and self._schedules(h, k))
        times += due
        if not hosts and view.lower(k + 1) in {"to", "in", "at"} and view.kind(k + 2) not in {"time", ""}:
            cues.add("unplaced")
        if self._regional(k):
            cues.add("regional")
        if begun := self._begun_by(k, end):
            times += begun
            cues.add("begun")
        people = [p for p in people if view.person(p) is not None]
        if "by-verb" in cues:
            self.lent = self._put_off_days(k, group, due)
        if not people and not hosts and "by-verb" in cues:
            self._verdict(k, trigger, frozenset(cues))
            return
        self._emit(
            people, hosts, k, trigger, frozenset(cues), kinds=kinds, times=times, group=first, event=event, keys=known
        )
        self.lent = ()
        self._earlier(k, hosts, trigger)

    def _receives(self, group: Group) -> bool:
        return any(t.act == "receive" for t in self.words.verbs.get(self.view.lemma(group.head), ()))

    def _shared(self, people: list[int], group: Group) -> bool:
        """Whether a verb has one of the visitors as its subject."""
        keys = {key for p in people if (m := self.view.person(p)) for key in m.people}
        subject = {key for p in self.arguments.subject(group) if (m := self.view.person(p)) for key in m.people}
        return bool(keys & subject)

    def _put_off_days(self, k: int, group: Group | None, due: tuple[int, ...]) -> tuple[Moment, ...]:
        """The days of a visit that is put off or called off: the new ones, else those for which it was planned.

        The day on which that was done is not the visit's.
        """
        head = group.head if group is not None else k
        moved = tuple(m for m in self.times if m.governor == head and m.role in {"for", "until"})
        return moved or tuple(m for m in self.times if m.governor == k or m.governor in due)

    def _verdict(self, k: int, trigger: Trigger, cues: frozenset[str]) -> None:
        """ "..., but the trip was called off": the visit told last, here or in the sentence before."""
        last = self.sightings[-1] if self.sightings else self.latest
        if last is None or last.sentence < self.view.number - 1:
            return
        group, _ = self._bearer(k, k)
        own = self._put_off_days(k, group, ())
        span = self.view.units[k].span
        told = replace(last, sentence=self.view.number, act=trigger.act, rule=trigger.id, cues=cues, span=span, group=k)
        self.sightings.append(replace(told, moments=own, inviter=None))

    def _schedules(self, h: int, k: int) -> bool:
        """Whether the verb at ``h`` says when the visit at ``k`` was to be: "the visit that was planned for Monday"."""
        view, group = self.view, self.groups[h]
        control = self.words.role("control", view.lemma(h)) == "planned" and group.cues & {"passive", "reduced"}
        comes = "planned" in group.cues and view.lemma(h) in self.words.of("subject_of", "verbs")
        if not (control or comes or (view.headline and control is not None and view.tag(h) == "VBN")):
            return False
        between = range(k + 1, group.first)
        return not any(m in self.groups or view.lower(m) == ";" for m in between)

    def _begun_by(self, k: int, end: int) -> tuple[int, ...]:
        """ "A visit to Oslo starting on Monday", "a visit that began on Monday": the verb that dates its first day."""
        view = self.view
        for h, group in self.groups.items():
            if not (k < h < k + 14 and view.lemma(h) in self.words.of("begin", "verbs")):
                continue
            led = view.lower(group.first - 1) in self.words.of("function", "relative") and group.cues & {
                "past",
                "present",
            }
            bare = view.tag(h) == "VBG" and "progressive" not in group.cues
            between = any(
                view.person(m) is not None or m in self.groups or view.lower(m) == ";" for m in range(k + 1, h)
            )
            dated = any(m.governor == h and m.how == "follows" for m in self.times)
            if (led or bare) and dated and not between:
                return (h,)
        return ()

    def _noun_hosts(self, k: int, end: int, trigger: Trigger) -> list[Host]:
        """The places led to after a visit noun, up to the next visit noun, whose places are its own."""
        stop = next((m for m in range(k + 1, end) if self._visit_noun(m)), min(end, k + 25))
        hosts = self.arguments.hosts(k + 1, stop, ("here", *(p for p in trigger.host if p not in {"with", "of"})))
        if not hosts and self.view.lower(k + 1) == "of":
            hosts, _ = self.arguments.place_at(k + 2, end)
        if not hosts and self.view.lower(k + 1) == "to" and self.view.person(k + 2) is not None:
            hosts = self._homes([k + 2])  # "his visit to the president": where that one is at home
        return hosts

    def _bearer(self, first: int, k: int) -> tuple[Group | None, str]:
        """The verb that carries the noun; for a phrase that opens the sentence, the main verb after it."""
        group, role = self._carrier(first, k)
        if view_joint(self.view, first) and (verdict := self._predicate(k)) is not None:
            return verdict, "subject"
        if group is None and first <= 3 and self.view.lower(first - 1) in self._adjuncts:
            return self._main(k), "beside"
        return group, role

    def _main(self, k: int) -> Group | None:
        """The main verb after a phrase that opens the sentence, followed through "is expected to"."""
        found = next((g for h, g in self.groups.items() if h > k and "participle" not in g.cues), None)
        while found is not None:
            inner = next((g for g in self.groups.values() if g.matrix == found.head and "planned" in g.cues), None)
            if inner is None or inner.head <= found.head:
                return found
            found = inner
        return None

    def _led_cues(self, first: int, cues: set[str]) -> set[str]:
        """What the words that lead to the phrase add: "at the end of", "after", "ahead of", "during"."""
        view, lead = self.view, self.view.lower(first - 1)
        if lead == "of":
            edge = {view.lower(first - 2), view.lemma(first - 2)}
            for status in ("postponed", "cancelled"):
                if edge & self.words.of("put_off", f"{status}_nouns"):
                    return {status, "by-verb"}
            if role := next((r for e in sorted(edge) if (r := self.words.role("prospect", e))), None):
                return cues - {"planned", "present", "past", "future"} | {role}
            tense = cues & {"past", "present", "future", "would"}
            if (nth := self._nth_day(first)) is not None:
                return {f"day-{nth}", "noun-ongoing"} | tense
            if edge & self.words.of("begin", "nouns"):
                return {"begun"} | (tense or {"neutral"})
            if edge & self.words.of("end", "nouns"):
                return {"ending"} | tense
        if lead == "from":
            return {"ended", *(cues & {"past", "perfect"})}
        if lead == "for" and (role := self.words.role("prospect", view.lemma(first - 2))):
            return cues - {"planned", "present", "past", "future"} | {role}
        if lead in self.words.of("end", "lead"):
            cues = cues | {"ended"}
        if lead in self.words.of("function", "before") or (lead == "of" and view.lower(first - 2) == "ahead"):
            cues = cues | {"ahead"}
        if lead == "during":
            cues = cues | {"during"}
        return cues

    def _nth_day(self, first: int) -> str | None:
        """ "On the second day of": which day of the stay it is."""
        view = self.view
        if view.lemma(first - 2) != "day" or not view.is_word(first - 2):
            return None
        table = self.words.classes["nth"]
        return next((n for n, names in table.items() if view.lower(first - 3) in names), None)

    def _goal(self, k: int, end: int, kinds: tuple[str, ...]) -> tuple[Span | None, tuple[str, ...]]:
        """The gathering that a visit is for, and the kinds with it."""
        goal = next((m for m in range(k + 1, min(end, k + 25)) if self._gathering(m)), None)
        if goal is None:
            return None, kinds
        if self._multilateral(goal, goal + 1) and not set(kinds) & {"state", "official", "working"}:
            kinds = (*kinds, "multilateral")
        return around(self.view, self.groups, goal), kinds

    def _gathering(self, m: int) -> bool:
        """Whether unit ``m`` is the noun of a gathering led to by "for" or "to": "a trip to Osaka for the summit"."""
        view = self.view
        if not view.is_word(m) or view.lemma(m) not in self.words.of("events", "multilateral"):
            return False
        return any(view.lower(j) in {"for", "to", "attend"} for j in range(max(0, m - 7), m))

    def _addressed(self, group: Group) -> list[int]:
        """ "We are expecting you", X told Y: the person to whom the quotation is spoken."""
        for h in self.groups:
            if h != group.head and self.view.lemma(h) in self.words.of("announce", "verbs"):
                found = self.arguments.objects(h, self.arguments.clause_end(h))
                if found:
                    return found
        return []

    @property
    def _adjuncts(self) -> frozenset[str]:
        return frozenset({"during", "on", "in", "after", "before", "for", "following", "at", "ahead", "of"})

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
                announced = lemma in words.of("announce", "verbs") and lemma not in words.of("announce", "own")
                edges = words.of("begin", "nouns") | words.of("end", "nouns")
                at_edge = lead == "of" and view.lemma(first - 2) in edges
                if announced and not at_edge and lead not in {"on", "during", "in", "for", "after", "before"}:
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
                if predicate is not None and view.tag(first - 1) not in {"IN", "TO"}:
                    return predicate, "subject"
                return last, "beside"
        after = self._predicate(k)
        return (after, "subject") if after is not None and lead not in self._adjuncts else (None, "")

    def _predicate(self, k: int) -> Group | None:
        """The verb of which the noun phrase at ``k`` is the subject: the next group, with no person or comma before it."""
        view = self.view
        for m in range(k + 1, min(k + 30, len(view))):
            group = next((g for g in self.groups.values() if g.first == m or g.head == m), None)
            if group is not None and self._inserted(group):
                continue
            if group is not None:
                finite = group.cues & {"past", "present", "future", "would", "hedge"}
                return group if (finite and "infinitive" not in group.cues) or "planned" in group.cues else None
            if (view.person(m) is not None and not self.arguments._led(m)) or view.lower(m) in {"that", "who", ";"}:
                return None
        return None

    def _inserted(self, group: Group) -> bool:
        """Whether a verb stands in an insertion: "the visit, scheduled for July," or "the visit that was planned"."""
        view = self.view
        before = view.lower(group.first - 1)
        if before in {"which", "that"} and self.words.role("control", view.lemma(group.head)):
            return True
        return "reduced" in group.cues and (
            before == "," or self.words.role("control", view.lemma(group.head)) is not None
        )

    def _carried(self, group: Group, role: str, lead: str = "") -> set[str]:
        """What a carrying verb says of the visit: begun, ended, put off, or its tense."""
        view, words = self.view, self.words
        lemma, head = view.lemma(group.head), group.head
        phrase = f"{lemma} {view.lower(head + 1)}"
        cues = set(group.cues & BESIDE) | {"beside"} if role == "beside" else set(group.cues)
        if role == "subject" and lemma not in words.of("subject_of", "verbs"):
            cues = {"neutral"} | (cues & {"negated"} & set())
        for status in ("postponed", "cancelled", "ruled_out"):
            named = words.of("put_off", status)
            apart = role == "beside" and (status == "ruled_out" or lead in words.of("function", "within"))
            apart = apart or (status == "ruled_out" and role == "subject" and "passive" not in group.cues)
            if phrase in named or (lemma in named and not apart):
                return {status, "by-verb"} | ({"negated"} if "negated" in group.cues else set()) | (cues & {"hedge"})
        if role == "subject" and {"negated", "future"} <= group.cues and lemma in words.of("occur", "verbs"):
            return {"cancelled", "by-verb"}  # "the visit will not take place"
        if lemma in words.of("begin", "verbs") or phrase in words.of("begin", "phrasal"):
            cues.add("begun")
        elif role == "beside" and lemma in words.of("end", "departures"):
            cues.add("begun")  # "left on a three-day visit to Oman"
        elif lemma in words.of("end", "verbs") or phrase in words.of("end", "phrasal"):
            cues.add("ending")
        elif role == "object" and lemma in words.of("edge", "employ") and cues & {"hedge", "future", "would"}:
            return {"neutral"}  # "may use the trip to press for a deal": the trip itself is settled
        elif role == "beside" and view.lower(head + 1) in words.of("edge", "onward") and lead == "with":
            cues = (cues - {"beside"}) | {"planned"}
        elif role == "object" and lemma == "be":
            return cues if cues & {"past", "future", "would", "hedge"} else {"neutral"}  # "it is the first visit by X"
        elif role == "object" and (control := words.role("control", lemma)):
            cues.add(control)
        elif role == "object" and "present" in cues and self._includes(lemma):
            return {"neutral"}  # "the tour includes a stop in Oslo"
        elif role == "subject" and "present" in cues and not cues & {"progressive", "planned", "passive", "infinitive"}:
            return {
                "neutral"
            }  # "the trip is his first", "the visit includes Oslo": it is described, nothing is said of when
        return cues

    def _includes(self, lemma: str) -> bool:
        return any(t.act == "include" for t in self.words.verbs.get(lemma, ()))

    def _meeting_noun(self, k: int, trigger: Trigger) -> None:
        view = self.view
        people, first, compound, _, _ = self._before_noun(k)
        end = self.arguments.clause_end(k)
        others = self.arguments.led_people(k + 1, min(end, k + 14), frozenset({"with", "between", "by"}))
        topics = self.words.of("discuss", "topics")
        edges = self.words.of("edge", "margins")
        matter = (
            m
            for m in range(k + 1, end)
            if view.lower(m) in topics
            and view.kind(m + 1) != "time"
            and not edges & {view.lemma(m + 1), view.lemma(m + 2)}
        )
        hosts = self.arguments.hosts(k + 1, next(matter, min(end, k + 25)), ("here", "in", "at")) or compound
        hosts = [h for h in hosts if h.mention is None or not h.mention.adjective] or self.arguments.fronted()
        group, role = self._bearer(first, k)
        held = self.words.of("events", "held") | self.words.of("occur", "verbs")
        if group is not None and role == "subject" and view.lemma(group.head) == "be":
            due = (g for g in self.groups.values() if g.first <= group.head < g.head and "planned" in g.cues)
            group = next(due, group)  # "is due to take place"
        if not hosts and group is not None and role == "subject" and view.lemma(group.head) in held:
            hosts = self.arguments.hosts(group.head + 1, self.arguments.clause_end(group.head), ("here", "in", "at"))
        if not hosts and group is not None:
            hosts = self._venue_named(group, first)
        if role == "beside" and group is not None and not self._attends(first, group):
            group, hosts = None, []  # "thanked her for the talks in Riga" puts nobody there
        if group is not None and not people and view.lower(k + 1) != "between":
            people = [p for p in self.arguments.subject(group) if view.person(p) is not None]
        if group is not None and role == "beside" and hosts:  # "X listens to Y during a news conference in Oslo"
            heard = self.arguments.led_people(group.head + 1, first, frozenset({"to", "with"}))
            people = [*people, *self.arguments.objects(group.head, first), *heard]
        row = [p for p in dict.fromkeys([*people, *others]) if view.person(p) is not None]
        cues = frozenset(self._carried(group, role)) if group is not None else frozenset()
        carrier = group or Group(k, k, cues)
        self._talk(row, k, replace(carrier, cues=cues), hosts)
        if hosts:
            many = len(row) == 1 and self._multilateral(k, k + 1)
            self._emit(
                row,
                hosts,
                k,
                trigger,
                cues | {"talks"},
                times=(k, carrier.head),
                group=first,
                kinds=("multilateral",) if many else (),
                event=around(view, self.groups, k) if many else None,
            )

    def _venue_named(self, group: Group, first: int) -> list[Host]:
        """ "Hanoi is considered as the site of the summit", "chose Vienna as the venue for the talks"."""
        view, sites = self.view, self.words.of("edge", "site")
        named = next((m for m in range(group.head, first) if view.is_word(m) and view.lemma(m) in sites), None)
        if named is None:
            return []
        if group.cues & {"passive", "reduced"} or view.lemma(group.head) == "be":
            subject = next((m for m in self.arguments.subject(group) if view.place(m) is not None), None)
            return [] if subject is None else self.arguments.place_at(subject, group.first)[0]
        return self.arguments.place_at(group.head + 1, named)[0]

    def _attends(self, first: int, group: Group) -> bool:
        """Whether the words before a talks noun put the subject of the verb at the talks."""
        view, lead = self.view, self.view.lower(first - 1)
        near = {view.lower(m) for m in range(max(0, first - 8), first)}
        if near & (self.words.of("meeting", "call") | self.words.of("meeting", "video")):
            return False
        acts = {t.act for t in self.words.verbs.get(view.lemma(group.head), ())}
        if lead in {"for", "to"}:
            return bool(acts & {"go", "arrive", "leave", "stay", "visit", "meet", "receive"})
        if lead == "of":
            return view.lemma(first - 2) in self.words.of("edge", "margins")
        return lead in self.words.of("function", "within") or lead == "before"

    def _guest_of(self, k: int) -> None:
        """ "Was a guest of the king", "will be the guest of President X": the guest is in the host's country."""
        view = self.view
        group = next((g for h, g in reversed(self.groups.items()) if h < k and k - h <= 4), None)
        if view.lower(k + 1) not in {"of", "at"} or group is None or view.lemma(group.head) != "be":
            return
        end = self.arguments.clause_end(k)
        guests = [p for p in self.arguments.subject(group) if view.person(p) is not None]
        givers = self.arguments.led_people(k + 1, end, frozenset({"of"}))
        hosts = self.arguments.hosts(k + 1, end, ("in", "at", "here")) or self._homes(givers)
        if guests and hosts:
            trigger = self.words.verbs["receive"][0]
            times = (k, group.head)
            self._emit(
                guests, hosts, k, trigger, group.cues | {"received"}, act="receive", times=times, group=group.first
            )

    def _visiting(self, k: int) -> None:
        """ "told visiting President X": the guest is where the speaker is at home, or at the dateline."""
        view = self.view
        if view.person(k + 1) is None or view.tag(k) not in {"VBG", "JJ", "NN"}:
            return
        if k in self.groups and "progressive" in self.groups[k].cues:
            return
        self._guest(k + 1, k, self.words.verbs["visit"][0])

    def _over(self, group: Group, k: int) -> bool:
        """Whether a past verb before unit ``k`` has a day of its own, on which the guest was there."""
        day = self.view.annotated.published.day
        mine = [m.timex.range.as_day for m in self.times if m.governor == group.head and m.timex.range]
        return group.head < k and day is not None and any(d is not None and d <= day for d in mine)

    def _guest(self, guest: int, k: int, trigger: Trigger) -> None:
        view = self.view
        mention = view.person(guest)
        countries = {p.country for p in view.annotated.named(mention)} if mention else set()
        others = [m for m in range(len(view)) if view.person(m) is not None and m != guest]
        near = sorted(others, key=lambda m: (m > guest, abs(m - guest)))
        homes = [Host(self.here, None, view.units[k].span, "dateline")] if self.here else []
        homes += [home for m in near for home in self._homes([m])]
        places = self.arguments.hosts(guest + 1, self.arguments.clause_end(guest), ("in", "at", "here"))
        homes = [h for h in [*places, *homes] if h.country not in countries][:1]
        last = next((h for h in reversed(self.groups) if h < k), k)
        own = any(m.governor in {k, last} for m in self.times)
        verb = None if own else next((g for g in self.groups.values() if "past" in g.cues and self._over(g, k)), None)
        cues = {"visiting"} if verb is None else {"visiting", "beside", "past"}
        times = (k, last) if verb is None else (verb.head,)
        self._emit([guest], homes, k, trigger, frozenset(cues), times=times, group=k)
        if last in self.groups and view.lemma(last) in self.words.of("announce", "verbs"):
            speakers = [s for s in self.arguments.subject(self.groups[last]) if view.person(s) is not None]
            self._talk([*speakers, guest], last, self.groups[last], homes)
