"""Read the nouns of a sentence: visits, arrivals and talks told as nouns, and "visiting President X"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from summitry.extract.arguments import Host
from summitry.extract.meetings import MeetingReader
from summitry.extract.moments import Moment, still_ahead
from summitry.extract.phrases import around
from summitry.extract.telling import TENSES
from summitry.extract.verbs import Group, verb_before
from summitry.lexicon.visits import Trigger
from summitry.model.spans import Span


@dataclass(slots=True)
class _Told:
    """A visit told as the noun at unit ``k``, while it is read; its phrase begins at ``first``, its clause ends before ``end``.

    ``group`` is the verb that carries it, ``role`` how: "subject", "object" or "beside"; ``spoken`` whether the verb only
    speaks of it.
    """

    k: int
    first: int
    end: int
    people: list[int]
    hosts: list[Host]
    cues: set[str]
    kinds: tuple[str, ...]
    group: Group | None
    role: str
    spoken: bool = False


class NounReader(MeetingReader):
    """The part of a sentence reader that reads nouns."""

    def _noun(self, k: int, trigger: Trigger) -> None:
        """A visit, trip or stay told as a noun: who goes where, what its verb says of it, and which times date it."""
        if trigger.act == "meet":
            self._meeting_noun(k, trigger)
            return
        told = self._noun_phrase(k, trigger)
        self._carried_noun(told)
        self._guests_of_its_verb(told)
        self._stand_of_noun(told)
        self._ends_named_elsewhere(told)
        known = self._known_traveller(told)
        told.people = self._thanked(told.people, told.hosts, told.group, told.first)
        if not told.hosts and told.role == "beside" and told.group is not None and self._lead(told) == "for":
            told.hosts = self._bound_for(told.group)
        event, kinds = self._goal(k, told.end, told.kinds)
        due = tuple(h for h, g in self.groups.items() if k < h < k + 14 and self._schedules(h, k))
        times = self._times_of_noun(told, due)
        begun = self._turned_by(k, "begun")
        if begun and told.cues & {"ending", "ended"}:
            tense = {"begun"} | (told.cues & {"past", "present"})
            self._emit(told.people, told.hosts, k, trigger, frozenset(tense), times=begun, group=told.first)
        elif begun:
            times += begun
            told.cues.add("begun")
        people, hosts, cues = self._people(told.people), told.hosts, frozenset(told.cues)
        if "by-verb" in cues:
            self.lent = self._put_off_days(k, told.group, due)
        if not people and not hosts and "by-verb" in cues:
            self._verdict(k, trigger, cues)
            return
        self._emit(people, hosts, k, trigger, cues, kinds=kinds, times=times, group=told.first, event=event, keys=known)
        self.lent = ()
        self._ends_too(k, told.group, told.role, people, hosts, trigger)
        ended = self._turned_by(k, "ending")
        if ended and "ending" not in cues and not self._turned_at(self.groups[ended[0]]):
            turned = {"ending"} | (self.groups[ended[0]].cues & TENSES)
            self._emit(people, hosts, k, trigger, frozenset(turned), times=ended, group=k, keys=known)
        self._earlier(k, hosts, trigger)

    def _noun_phrase(self, k: int, trigger: Trigger) -> _Told:
        """The phrase of the noun with its own people and places, and the verb that carries it."""
        people, first, compound, cues, kinds = self._before_noun(k)
        end = self.arguments.clause_end(k)
        hosts = self.arguments.or_listed(self._noun_hosts(k, end, trigger) or compound, k)
        group, role = self._bearer(first, k)
        received = group is not None and "passive" in group.cues and self._receives(group)  # "received on arrival by X"
        reach = self.arguments.clause_end(k, self.words.of("edge", "due"))  # "a visit planned for May by X"
        people = people or self.arguments.agent(k, min(reach, k + 16), by=not received)
        return _Told(k, first, end, people, hosts, cues, kinds, group, role)

    def _part(self, told: _Told) -> bool:
        """Whether what is told is only a part of the visit: "as part of a trip", "in the framework of a visit"."""
        return self._lead(told) == "of" and self.view.lower(told.first - 2) in self.words.of("edge", "part")

    def _lead(self, told: _Told) -> str:
        """The word before the phrase: "during", "for", "of"."""
        return self.view.lower(told.first - 1)

    def _carried_noun(self, told: _Told) -> None:
        """What the verb says of the visit, and its subject where nobody else is told to travel."""
        group = told.group
        if group is not None:
            departs = self._lead(told) == "for" and self.view.lemma(group.head) in self.words.of("end", "departures")
            within = departs or self._lead(told) in self.words.of("function", "within") or self._part(told)
            thanked = self._lead(told) == "for" and self.view.lemma(group.head) in self.words.of("edge", "thanks")
            if thanked:
                told.cues |= {"neutral", "looked-back"}  # "thanked X for the visit"
            elif told.role == "beside" and not within:
                told.cues.add("neutral")
                told.spoken = self._lead(told) in self.words.of("function", "matter")
            else:
                told.cues |= self._carried(group, told.role, self._lead(told))
                if told.cues == {"beside", "present"} and told.people and not self._shared(told.people, group):
                    told.cues = {"neutral"}  # "they are working on the programme of his trip"
            told.people = told.people or self.arguments.subject(group)
        elif not told.people and self._lead(told) in self._adjuncts:
            told.group, told.role = next((g for h, g in self.groups.items() if h > told.k), None), "beside"
            told.people = self.arguments.subject(told.group) if told.group else []

    def _guests_of_its_verb(self, told: _Told) -> None:
        """The traveller who is the object of the verb: one invited, one who is escorted, one spoken to."""
        group = told.group
        if group is None:
            return
        head, acts = self.view.lemma(group.head), self.words.verbs.get(self.view.lemma(group.head), ())
        if told.role == "beside" and any(t.act == "invite" for t in acts):
            guests = self.arguments.objects(group.head, told.first)
            told.people = guests or told.people  # "invited A for a state visit"
            told.cues = {"proposed", "invited"} if guests else told.cues
        if head in self.words.of("escort", "verbs"):  # whoever goes along, the trip is another's
            told.people = self.arguments.objects(group.head, told.first) or told.people
        if not told.people and "you" in {self.view.lower(m) for m in range(group.head, told.first)}:
            told.people = self._addressed(group)
            told.cues |= {"proposed"} if self.words.role("object_control", head) == "proposed" else set()

    def _stand_of_noun(self, told: _Told) -> None:
        """What the words before the phrase say of how the visit stands."""
        view, group = self.view, told.group
        told.cues = self._led_cues(told.first, told.cues)
        vague = view.lower(told.first) in self.words.of("function", "indefinite")
        if vague and told.role == "subject" and group is not None and "would" in group.cues and "neutral" in told.cues:
            # "a trip there would anger China": none is told to be planned
            told.cues = (told.cues - {"neutral"}) | {"hypothetical"}
        if self._lead(told) == "on" and view.lower(told.first - 2) in self.words.of("edge", "now"):
            told.cues |= {"noun-ongoing"}

    def _ends_named_elsewhere(self, told: _Told) -> None:
        """Traveller and host where the phrase does not name them: given for somebody, named before, or after "is"."""
        view, k, group = self.view, told.k, told.group
        if group is not None and (not told.people or self._shared(told.people, group)):
            guests = self._given_for(k, told.end, group)
            if not guests and told.role == "beside" and self._receives(group) and "passive" not in group.cues:
                guests = self._people(self.arguments.objects(group.head, told.first))
            if guests:
                told.people, told.hosts = guests, told.hosts or self._homes(self.arguments.subject(group))
        if not told.hosts and (beside := self._named_before(told.first, k)):
            told.hosts, more = beside
            told.people = told.people or more
        if not told.hosts and any(view.lower(m) in self.words.of("edge", "mutual") for m in range(told.first, k)):
            told.hosts = self._returned_to(told)
        if not told.people and (owner := self._itinerary(k)):
            told.people = owner
        if not told.hosts and group is not None and view.lemma(group.head) == "be":
            told.hosts, more = self._named_stop(k, group, told.role)
            told.people = more or told.people
            if not told.hosts and told.role == "subject" and view.lower(group.head + 1) == "to":
                told.hosts = self.arguments.hosts(group.head + 1, self.arguments.clause_end(group.head), ("to",))

    def _returned_to(self, told: _Told) -> list[Host]:
        """ "Y will pay a return visit, X said": the country of the other of the two."""
        view = self.view
        mine = self._countries(told.people)
        alone = [m for m, mention in view.people.items() if len(mention.people) == 1 and m not in told.people]
        others = [m for m in alone if self._countries([m]) - mine - {None}]
        return self._homes(others) if mine and len(self._countries(others)) == 1 else []

    def _known_traveller(self, told: _Told) -> tuple[tuple[str, Span], ...]:
        """Who travels where the sentence does not say, if a place or a day makes it a visit: the traveller told last."""
        group, first, k = told.group, told.first, told.k
        bearer = group if told.role == "subject" else None
        opens = not self._ends_at(bearer) if bearer is not None else first <= 1
        dated = opens and self.view.lower(k + 1) != "of" and told.role != "object"
        turned = (*self._turned_by(k, "begun"), *self._turned_by(k, "ending"))
        heads = {k, *self._lasting(k), *turned, *([group.head] if group is not None else [])}
        dated = dated and any(m.governor in heads for m in self.times)
        if not told.people and group is not None and "passive" in group.cues and self._lead(told) == "by":
            told.people = self._tour_people(group)  # "his visit will be followed by a trip to Riga"
        known = self._traveller(first) if not told.people and (told.hosts or dated) else ()
        if known and told.cues == {"beside", "present"}:
            told.cues = {"neutral"}
        return known

    def _times_of_noun(self, told: _Told, due: tuple[int, ...]) -> tuple[int, ...]:
        """The verbs and nouns whose times date the visit; what they say of its end or stage joins its cues."""
        view, k, first, group = self.view, told.k, told.first, told.group
        times: tuple[int, ...] = (k,)
        if group is not None and "postponed" in told.cues:
            times = (k, group.head)
        elif group is not None and "by-verb" not in told.cues and not told.spoken:
            after = self._lead(told) in self.words.of("end", "lead")
            if after and self._goes_on(group, told):
                told.cues.add("ending")
            after = after and not self._goes_home(group) and "ending" not in told.cues
            alone = told.role != "beside" or group.matrix is None or "after" in group.cues
            times = (k, group.head) if alone or group.matrix is None else (k, group.head, group.matrix)
            times = (k,) if after else times  # "weeks after his visit": the day of what came later
            if "participle" in group.cues and group.matrix is not None and told.cues & {"begun", "ending"}:
                times = (*times, group.matrix)  # "hosted him on Sunday, capping his four-day stay"
            if "participle" in group.cues and group.matrix is None:  # "X, speaking during a visit, said on Monday"
                times += tuple(h for h, g in self.groups.items() if h > k and "past" in g.cues)[:1]
        if view.lemma(k) in self.words.of("first", "nouns") and told.hosts and group is not None:
            times += tuple(m.governor for m in self.times if m.governor > k and self._tour_noun(m.governor))
            if ends := self._ends_of_tour(k):
                times += ends
                told.cues |= {"ending"}
        times += due
        times += self._lasting(k)
        if group is not None and self._lead(told) in self.words.of("function", "including"):
            # "leaves on a trip to Asia next week, including a stop in Seoul"
            times += tuple(m.governor for m in self.times if group.head <= m.governor < first)
        beside = told.role == "beside"
        if beside and group is not None and not told.spoken and told.cues & {"begun", "ending"}:
            # "was given lunch by the king today, at the start of a three-day visit"
            times += tuple(m.governor for m in self.times if group.head < m.governor < first)
        if beside and any(m.role == "since" and m.governor == k for m in self.times):
            told.cues.add("noun-ongoing")  # "X, on a visit to Oslo since Sunday, will meet the king"
        if not told.hosts and view.lower(k + 1) in {"to", "in", "at"} and view.kind(k + 2) not in {"time", ""}:
            told.cues.add("unplaced")
        # "visited Oslo on Monday, part of a four-day trip"
        if self._regional(k) or (self._part(told) and not told.hosts):
            told.cues.add("regional")
        return times

    def _ends_too(
        self, k: int, group: Group | None, role: str, people: list[int], hosts: list[Host], trigger: Trigger
    ) -> None:
        """ "The visit starts on Tuesday and ends on Thursday": the last day, told by a second verb."""
        after = next((h for h in self.groups if group is not None and h > group.head), None)
        if group is None or after is None or role != "subject" or self.turn(after) != "ending":
            return
        joined = self.view.lower(self.groups[after].first - 1) == "and" or self.groups[after].first == group.first
        if joined and any(m.governor == after for m in self.times) and not self._turned_at(self.groups[after]):
            cues = (self.groups[after].cues & TENSES) | {"ending"}
            self._emit(people, hosts, k, trigger, cues, times=(after,), group=k)

    def _goes_home(self, group: Group) -> bool:
        """Whether a verb tells of leaving or going home, so that its day is the last of the stay told after it."""
        acts = {t.act for t in self.words.verbs.get(self.view.lemma(group.head), ())}
        home = self.view.lower(group.head + 1) in self.words.of("function", "home")
        return bool(acts & {"return", "leave"}) or home

    def _goes_on(self, group: Group, told: _Told) -> bool:
        """ "Flew to Vilnius on Tuesday after a visit to Latvia": a journey on, whose day is the last of the stay before."""
        acts = {t.act for t in self.words.verbs.get(self.view.lemma(group.head), ())}
        dated = any(m.governor == told.k and m.timex.range is not None for m in self.times)
        if not acts & {"go", "arrive"} or "past" not in group.cues or not told.hosts or dated:
            return False
        there = {h.country for h in self.arguments.hosts(group.head + 1, told.first - 1, ("to", "in", "at", "object"))}
        return bool(there) and not there & {h.country for h in told.hosts}

    def _thanked(self, people: list[int], hosts: list[Host], group: Group | None, first: int) -> list[int]:
        """ "Thanked X for his visit": where the pronoun would mean someone who is at home there, it means the other."""
        view = self.view
        mention = view.person(people[0]) if len(people) == 1 else None
        if mention is None or mention.form != "pronoun" or group is None or not hosts:
            return people
        if not self._countries(people) & {h.country for h in hosts}:
            return people
        others = self._people(self.arguments.objects(group.head, first))
        return others or people

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
        until = tuple(m for m in self.times if m.governor in {head, k} and m.role == "until")
        moved = until or tuple(m for m in self.times if m.governor == head and m.role == "for")
        meant = tuple(m for m in self.times if m.governor == k or m.governor in due)
        return moved or still_ahead(meant, self.view.annotated.published.day)

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

    def _turned_by(self, k: int, turn: str) -> tuple[int, ...]:
        """ "A visit starting on Monday", "a visit, which ended on Monday": the verb that dates its first day, or its last."""
        view = self.view
        for h, group in self.groups.items():
            if not (k < h < k + 14 and self.turn(h) == turn):
                continue
            tensed = bool(group.cues & {"past", "present"})
            led = tensed and view.lower(group.first - 1) in self.words.of("function", "relative")
            # "a visit that begins on Monday and ends the next day": one relative word for both verbs
            last = verb_before(self.groups, group.first)
            begun = last is not None and last.head > k and self.turn(last.head) == "begun"
            joined = tensed and begun and view.lower(group.first - 1) in self.words.of("function", "and")
            led = led or joined
            bare = view.tag(h) == "VBG" and "progressive" not in group.cues
            between = any(
                view.person(m) is not None or (m in self.groups and not joined) or view.lower(m) == ";"
                for m in range(k + 1, h)
            )
            dated = any(m.governor == h and m.how == "follows" for m in self.times)
            if (led or bare) and dated and not between:
                return (h,)
        return ()

    def _lasting(self, k: int) -> tuple[int, ...]:
        """ "A visit, which runs until Friday,", "that lasts two days": the verb that tells its last day or its length."""
        view, lasting = self.view, self.words.of("end", "lasting")
        return tuple(
            m.governor
            for m in self.times
            if (m.role == "until" or m.timex.days)
            and k < m.governor < k + 14
            and view.lemma(m.governor) in lasting
            and view.lower(self.groups[m.governor].first - 1) in self.words.of("function", "relative")
            and not any(h for h in self.groups if k < h < m.governor)
        )

    def _bound_for(self, group: Group) -> list[Host]:
        """ "Flew from Minsk to Baku for a two-day stay": where the verb that the stay is the purpose of leads to."""
        span = self.view.units[group.head].span
        told = [s.place for s in self.sightings if s.span == span and s.act in {"go", "arrive", "leave"}]
        return list(dict.fromkeys(p for p in told if p is not None))

    def _ends_of_tour(self, k: int) -> tuple[int, ...]:
        """ "The last stop of a tour, which ends on Friday": the verb that tells the last day of the last stop."""
        view, relative = self.view, self.words.of("function", "relative")
        last = {view.lower(m) for m in range(max(0, k - 3), k)} & self.words.of("nth", "last")
        after = next((h for h in self.groups if h > k and self.turn(h) == "ending"), None)
        if not last or after is None or view.lower(self.groups[after].first - 1) not in relative:
            return ()
        return (after,) if any(m.governor == after for m in self.times) else ()

    def _noun_hosts(self, k: int, end: int, trigger: Trigger) -> list[Host]:
        """The places led to after a visit noun, up to the next visit noun, whose places are its own."""
        stop = next((m for m in range(k + 1, end) if self._visit_noun(m)), min(end, k + 25))
        hosts = self.arguments.hosts(k + 1, stop, ("here", *(p for p in trigger.host if p not in {"with", "of"})))
        if not hosts and self.view.lower(k + 1) == "of":
            hosts, _ = self.arguments.place_at(k + 2, end)
        if not hosts and self.view.lower(k + 1) == "to" and self.view.person(k + 2) is not None:
            hosts = self._homes([k + 2])  # "his visit to the president": where that one is at home
        return hosts

    def _goal(self, k: int, end: int, kinds: tuple[str, ...]) -> tuple[Span | None, tuple[str, ...]]:
        """The gathering that a visit is for, and the kinds with it."""
        goal = next((m for m in range(k + 1, min(end, k + 25)) if self._gathering(m)), None)
        if goal is None:
            return None, kinds
        if self.multilateral(goal, goal + 1) and not set(kinds) & {"state", "official", "working"}:
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

    def _guest_of(self, k: int) -> None:
        """ "Was a guest of the king", "will be the guest of President X": the guest is in the host's country."""
        view = self.view
        as_guest = next((m for m in range(k - 3, k) if view.lower(m) in self.words.of("edge", "as")), 0)
        if as_guest and (who := self.arguments.person_up_to(as_guest)) is not None:  # "will have X as a guest in Riga"
            hosts = self.arguments.hosts(k + 1, self.arguments.clause_end(k), ("in", "at", "here"))
            group = verb_before(self.groups, k)
            if group is not None and hosts:
                cues, trigger = group.cues | {"received"}, self.words.verbs["receive"][0]
                self._emit([who], hosts, k, trigger, cues, times=(k, group.head), group=group.first)
            return
        group = next((g for h, g in reversed(self.groups.items()) if h < k and k - h <= 4), None)
        if view.lower(k + 1) not in {"of", "at"} or group is None or view.lemma(group.head) != "be":
            return
        end = self.arguments.clause_end(k)
        guests = self.travellers(group)
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

    def _over(self, group: Group, k: int, guest: int) -> bool:
        """Whether a past verb before unit ``k``, or one of the guest's, has a day of its own, on which the guest was there."""
        day = self.view.annotated.published.day
        mine = [m.timex.range.as_day for m in self.times if m.governor == group.head and m.timex.range]
        near = group.head < k or guest in self.arguments.subject(group)
        return near and day is not None and any(d is not None and d <= day for d in mine)

    def _guest(self, guest: int, k: int, trigger: Trigger) -> None:
        view = self.view
        if view.lower(k - 1) in self.words.of("function", "indefinite"):
            return  # "how would she treat a visiting president"
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
        mine = (g for g in self.groups.values() if "past" in g.cues and self._over(g, k, guest))
        verb = None if own else next(mine, None)
        cues = {"visiting"} if verb is None else {"visiting", "beside", "past"}
        times = (k, last) if verb is None else (verb.head,)
        self._emit([guest], homes, k, trigger, frozenset(cues), times=times, group=k)
        if last in self.groups and view.lemma(last) in self.words.of("announce", "verbs"):
            speakers = self._people(self.arguments.subject(self.groups[last]))
            self._talk([*speakers, guest], last, self.groups[last], homes)
