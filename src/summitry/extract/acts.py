"""Read the verbs of a sentence: one method for each act of a trigger (see data/visits/triggers.toml)."""

from __future__ import annotations

from dataclasses import replace

from summitry.extract.arguments import Host
from summitry.extract.arrangements import ArrangementReader
from summitry.extract.moments import Moment
from summitry.extract.signs import told_when
from summitry.extract.verbs import Group, verb_before
from summitry.lexicon.visits import Trigger


class VerbReader(ArrangementReader):
    """The part of a sentence reader that reads verbs. Each act gives whether it told anything."""

    def _verb(self, k: int, group: Group, trigger: Trigger) -> bool:
        reader = getattr(self, f"_act_{trigger.act}")
        return bool(reader(k, group, trigger))

    def _act_visit(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        preps = ("here", *trigger.host)
        hosts = self.arguments.or_listed(self.arguments.hosts(k + 1, end, preps), k)
        if not hosts:
            hosts = self._via_object(k, end)
        if not hosts:
            hosts = self.arguments.fronted(group)
        if not hosts and any(m.governor == k for m in self.times) and self._bare_visit(k, end):
            people = self.travellers(group)
            self._sight(people, [], k, group, trigger)  # "when the queen visited in 1985"
            return bool(people)
        if self._counted_only(k, end):
            return True
        self._earlier(k, hosts, trigger)
        heads = () if any(m.governor == k for m in self.times) else self._heads(k, end, hosts)
        times = heads if len(heads) > 1 else ()  # "toured the summit's hall in Oslo on Monday"
        return self._last_to(k, group, hosts, trigger) or self._tell(
            k, group, trigger, self.arguments.subject(group), hosts, times=times
        )

    def _counted_only(self, k: int, end: int) -> bool:
        """ "Has visited Oslo four times": journeys that are counted and not dated are not coded."""
        counted = any(self.view.lower(m) in self.words.of("function", "times") for m in range(k + 1, end))
        return counted and not any(m.governor == k and m.timex.range is not None for m in self.times)

    def _bare_visit(self, k: int, end: int) -> bool:
        """Whether "visited" stands without any object, a time or nothing behind it."""
        view = self.view
        return view.kind(k + 1) == "time" or (view.tag(k + 1) == "IN" and view.kind(k + 2) == "time") or k + 1 >= end

    def _act_go(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        if self.view.lower(k + 1) in self.words.of("edge", "onward") and self.view.lower(k + 2) == "with":
            return False  # "is moving ahead with a trip": the noun tells it
        if self.view.lower(k + 1) in self.words.of("edge", "out") and self.view.lower(k + 2) not in trigger.host:
            return self._leaves(k, group, trigger, self.arguments.hosts(k + 1, end, ("of", "from")))
        hosts = self.arguments.hosts(k + 1, end, tuple(p for p in trigger.host if p != "in"), nested=False)
        hosts = hosts or self.arguments.hosts(k + 1, min(end, k + 4), ("in", "here"))
        hosts = self.arguments.or_listed(hosts, k) or self.arguments.before_where(group)
        if self._counted_only(k, end):
            return True
        if self.view.lower(k + 1) in self.words.of("function", "home"):
            left = self.arguments.hosts(k + 1, end, ("from",))
            return self._leaves(k, group, trigger, left)
        aim = next((g for h, g in self.groups.items() if h > k and "infinitive" in g.cues and g.matrix == k), None)
        event, kinds = self._goal(k, self._reach(k, end), ())
        people = self.arguments.subject(group) or self._touring(k, group)
        self._goal_days(k, end, group, people, hosts)
        self._days_where(k, people, hosts)
        self._left_behind(k, group)
        goals = {h.country for h in hosts}
        left = [h for h in self._left_places(k, end) if h.country not in goals]
        if not hosts and left and "perfect" in group.cues:  # "had come from Riga, where on Monday she met the king"
            self._days_where(k, people, left)
            return self._leaves(k, group, trigger, left)
        if hosts and left:
            over = "ended" if group.cues & {"past", "perfect"} else "ending"
            self._sight(self._people(people), left[:1], k, group, trigger, extra={over}, act="end")
        if {"perfect", "present"} <= group.cues and len({h.country for h in hosts}) > 1:
            group = replace(group, cues=group.cues | {"past"})  # "has travelled to A, B and C": not under way in all
        ahead = self.view.lemma(k) in self.words.of("edge", "coming") or group.cues & {"future", "planned"}
        if not hosts and not left and ahead and self._comes(k, end) and people:
            self._sight(self._people(people), [], k, group, trigger)  # "has accepted and will come next year"
            return True
        meeting = self._to_meet(k, end, group, aim)
        then = self.words.of("edge", "then")
        onward = self.view.lower(k + 1) in self.words.of("edge", "on_to") and self.view.lower(k + 2) in {"to", "for"}
        last = end - 1 if self.view.tag(end - 1) != "." else end - 2
        follows = then & {self.view.lower(m) for m in (k - 1, k - 2, k + 1, max(last, k + 1))}
        if "present" in group.cues and "perfect" not in group.cues and (follows or onward):
            # Also where it stands behind: "continues to Tallinn afterwards".
            group = replace(group, cues=group.cues | {"future"})
        return self._last_to(k, group, hosts, trigger) or self._tell(
            k,
            group,
            trigger,
            people,
            hosts,
            extra={"to-meet"} if meeting else set(),
            event=event,
            kinds=kinds,
        )

    def _to_meet(self, k: int, end: int, group: Group, aim: Group | None) -> bool:
        """Whether somebody is met on the day of the journey: "flies there on Friday to meet X", "for talks with X"."""
        view, words = self.view, self.words
        if aim is not None and view.lemma(aim.head) in words.of("meeting", "verbs"):
            return True
        if group.cues & {"past", "perfect"}:
            return False
        if aim is not None and view.lemma(aim.head) in words.of("edge", "see"):
            return bool(self.arguments.objects(aim.head, self.arguments.clause_end(aim.head)))
        if aim is not None and view.lemma(aim.head) in words.of("meeting", "opened"):
            return True  # "comes to Riga on Friday to open an exhibition"
        if aim is not None and view.lemma(aim.head) in words.of("contacts", "with"):
            beyond = self.arguments.clause_end(aim.head)
            return bool(self.arguments.led_people(aim.head + 1, beyond, words.of("function", "with")))
        last = end if aim is None else self.arguments.clause_end(aim.head)
        for m in range(k + 1, last):
            talks = view.is_noun(m) and any(t.act == "meet" for t in words.nouns.get(view.lemma(m), ()))
            led = talks and any(view.lower(j) == "for" for j in range(max(k + 1, m - 4), m))
            held = talks and aim is not None and m > aim.head and view.lemma(aim.head) in words.of("events", "held")
            if (led or held) and view.lower(m + 1) == "with":
                return True
        return False

    def _act_arrive(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        if self.view.lemma(k) in self.words.of("edge", "down") and self.view.lower(k + 1) != "down":
            return False  # "touched on the past" is no landing
        if self.view.lemma(k) in self.words.of("edge", "step") and not self._off_a_craft(k, end):
            return False
        if self.view.lemma(k) in self.words.of("edge", "close") and self.view.lower(k + 1) not in trigger.host:
            return False  # "called the situation in Riga tense"
        reach = self.view.lemma(k) in self.words.of("edge", "reach")
        preps = ("here", "object") if reach else ("here", *(p for p in trigger.host if p != "object"))
        hosts = self.arguments.hosts(k + 1, end, preps) or self.arguments.before_where(group)
        source = self._came_from(k, end)
        people = self.arguments.subject(group)
        for place in source:
            self._sight(people, [place], k, group, trigger, extra={"ended"})
        event, kinds = self._goal(k, self._reach(k, end), ())
        self._goal_days(k, end, group, people, hosts)
        main = self._meanwhile(group.first) if not hosts and not source else None
        if main is not None:  # "crowds gathered in Oslo as X arrived"
            hosts = self.arguments.hosts(main + 1, group.first, ("in", "at", "here"))[:1]
        if not hosts and not source and self._comes(k, end):
            hosts = self.arguments.fronted(group)
            people = self._people(people)
            if people and not hosts:
                self._sight(people, [], k, group, trigger, event=event, kinds=kinds)
        night = any(self.view.lower(m) in self.words.of("edge", "overnight") for m in range(k + 1, end))
        extra = {"overnight"} if night and trigger.act == "stay" else set()
        if extra and not hosts:
            self._sight(self._people(people), [], k, group, trigger, extra=extra)  # "she stayed overnight"
            return bool(people)
        own = any(m.governor == k for m in self.times) or self.view.lower(k + 1) != "at"
        times = () if own else self._heads(k, end, hosts)  # "arrived at the summit in Oslo on Monday"
        return self._tell(k, group, trigger, people, hosts, event=event, kinds=kinds, times=times, extra=extra)

    def _off_a_craft(self, k: int, end: int) -> bool:
        """Whether somebody steps off a plane or a train: "stepped off the plane in Oslo"."""
        aboard = self.view.lower(k + 1) in self.words.of("edge", "aboard")
        craft = self.words.of("edge", "craft")
        return aboard and any(self.view.lemma(m) in craft for m in range(k + 2, min(end, k + 7)))

    def _act_leave(self, k: int, group: Group, trigger: Trigger) -> bool:
        off = self.view.lower(k + 1) in self.words.of("edge", "off")
        if self.view.lemma(k) in self.words.of("edge", "aloft") and not off:
            return False
        end = self.arguments.clause_end(k)
        people = self.arguments.subject(group)
        goal = self.arguments.hosts(k + 1, end, trigger.host)
        to = next((m for m in range(k + 1, min(end, k + 6)) if self.view.lower(m) == "to"), None)
        if not goal and to is not None:
            goal = self.arguments.hosts(to, end, ("to",))  # "leaves on Friday to Oslo and Riga"
        if goal and any(self.view.lower(m) in self.words.of("edge", "back") for m in range(k + 1, min(end, k + 4))):
            return self._leaves(k, group, trigger, [])  # "boarded a flight back to Rome"
        if self.view.lower(k + 1) in self.words.of("edge", "foot") and not goal:
            goal = self.arguments.hosts(k + 2, end, ("in", "on", "at", "here"))  # "set foot in Oslo"
            if self._last_to(k, group, goal, trigger):
                return True
        near = range(k + 1, min(end, k + 4))
        if not goal and any(self.view.lower(m) in self.words.of("function", "home") for m in near):
            return self._leaves(k, group, trigger, [])  # "will set off for home"
        self._goal_days(k, end, group, people, goal)
        self._days_where(k, people, goal)
        left = self.arguments.hosts(k + 1, end, ("object", "from"))
        left = [h for h in left if all(h.span != g.span for g in goal)]
        if left:
            self._sight(people, left, k, group, trigger, extra={"ended"}, act="end")
        elif not goal and self._departs(k, end):
            return self._leaves(k, group, trigger, [])
        return self._tell(k, group, trigger, people, goal)

    def _departs(self, k: int, end: int) -> bool:
        """Whether "left" or "departed" stands with nothing but a time behind it."""
        view, m = self.view, k + 1
        places = self.words.of("function", "lead_adverbs")
        while view.tag(m) in {"IN", "RB"} and view.lower(m) not in places and m < k + 4:
            m += 1  # "leaves again on Thursday"
        return view.kind(m) == "time" and not any(view.is_noun(x) or view.kind(x) == "place" for x in range(m + 1, end))

    _act_stay = _act_arrive

    def _left_places(self, k: int, end: int) -> list[Host]:
        """The places that a journey leads from, but not those of what is only named beside: "despite warnings from Riga"."""
        view, row = self.view, self.arguments.hosts(k + 1, end, ("from",))
        led = next((m for m in range(k + 1, end) if view.lower(m) == "from" and view.is_word(m)), k)
        first = led - 1
        while view.tag(first) in {"DT", "JJ", "NN", "NNS", "PRP$"} and first > k:
            first -= 1
        return [] if first < led - 1 and view.lower(first) in self.words.of("function", "circumstance") else row

    def _came_from(self, k: int, end: int) -> list[Host]:
        """The places from which someone has come, but not where a train or a plane has: "by night train from Riga"."""
        view, craft = self.view, self.words.of("edge", "craft")
        row = self._left_places(k, end)
        boarded = {
            view.units[m].span for m in range(k + 3, end) if view.lemma(m - 2) in craft and view.lower(m - 1) == "from"
        }
        return [h for h in row if h.span not in boarded]

    def _comes(self, k: int, end: int) -> bool:
        """Whether someone arrives without a place: "arrived on Monday", "flew in last night", "landed"."""
        view = self.view
        m = k + 1
        while view.tag(m) in {"RP", "RB"} or (
            view.lower(m) in self.words.of("edge", "particles") and view.kind(m + 1) != "place"
        ):
            m += 1
        near = view.kind(m) == "time" or (view.tag(m) == "IN" and view.kind(m + 1) == "time") or m >= end
        return near and any(x.governor == k and (x.timex.range is not None or x.timex.days) for x in self.times)

    def _reach(self, k: int, end: int) -> int:
        """The end of the clause, with that of the purpose told after it: "flew to Riga to attend a summit"."""
        aim = next((h for h, g in self.groups.items() if h >= end - 1 and h > k and g.matrix == k), None)
        return end if aim is None else self.arguments.clause_end(aim)

    def _goal_days(self, k: int, end: int, group: Group, people: list[int], hosts: list[Host]) -> None:
        """The days of the talks or the gathering that a journey is for: "will head for Delhi for the summit on 9 May"."""
        goals = self._goals(k, end)
        people = self._people(people)
        if goals and people and hosts:
            trigger = self.words.verbs["attend"][0]
            many = any(self.multilateral(g, g + 1) for g in goals)
            cues = group.cues if group.cues & {"future", "planned", "would"} else group.cues | {"neutral"}
            self._emit(
                people,
                hosts,
                min(goals),
                trigger,
                cues,
                act="attend" if many else "meet",
                times=tuple(sorted(goals)),
                group=group.first,
                kinds=("multilateral",) if many else (),
            )

    def _act_transit(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, end, ("object", *trigger.host))
        return self._tell(k, group, trigger, self.arguments.subject(group), hosts, kinds=("transit",))

    def _act_return(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        people = self.arguments.subject(group)
        for host in self.arguments.hosts(k + 1, end, ("from",)):
            self._sight(people, [host], k, group, trigger, extra={"ended"}, act="end")
        stop = next((m for m in range(k + 1, end) if self.view.lower(m) in self.words.of("end", "lead")), end)
        led = hosts = self.arguments.hosts(k + 1, stop, ("here", "to", "via"))
        seats = self.words.classes["seat"]
        homes = self._countries(people)
        hosts = [h for h in hosts if h.country not in homes]
        hosts = [h for h in hosts if not any(str(h.country).lower() in seats.get(str(c).lower(), ()) for c in homes)]
        home = self.view.lower(k + 1) in self.words.of("function", "home") or self._departs(k, end)
        if home or (led and not hosts):
            return self._leaves(k, group, trigger, [])
        return self._tell(k, group, trigger, people, hosts)

    def _act_receive(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, end, ("here", *trigger.host)) or self.arguments.fronted()
        if "passive" in group.cues or "reduced" in group.cues:
            guests = self.arguments.subject(group)
            givers = self.arguments.led_people(k + 1, end, frozenset({"by"}))
        else:
            guests = self.arguments.objects(k, end) or self.arguments.led_people(k + 1, end, frozenset({"for", "to"}))
            givers = self.arguments.subject(group)
        rolled = self.view.lemma(k) == "roll"
        if rolled and "passive" in group.cues:
            guests = self.arguments.led_people(k + 1, end, frozenset({"for"}))
        if not hosts and "purpose" in group.cues and group.matrix in self.groups and not self._people(givers):
            # "crowds lined the streets of Oslo to greet the queen"
            hosts = self.arguments.hosts(group.matrix + 1, group.first, ("in", "at", "of", "here"))
            hosts = hosts or self.arguments.hosts(group.matrix + 1, k, ("in", "at", "of", "here"))
        if not guests or (self.view.lemma(k) == "play" and self.view.lemma(k + 1) != "host"):
            return False
        if rolled and not any(
            self.view.lemma(m) in self.words.of("edge", "carpet") for m in range(max(0, k - 4), k + 6)
        ):
            return False
        hosts = hosts or self._homes(givers)
        goals = () if any(m.governor == k for m in self.times) else self._goals(k, end, self._f["within_deed"])
        times = (*self._heads(k, end, hosts), *goals)
        told = self._tell(k, group, trigger, guests, hosts, extra={"received"}, times=times)
        self._talk(self._people(givers) + guests, k, group, hosts)
        return told

    def _act_invite(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        if "passive" in group.cues or "reduced" in group.cues:
            guests = self.arguments.subject(group)
            givers = self.arguments.led_people(k + 1, end, frozenset({"by"}))
        else:
            guests = self.arguments.objects(k, end)
            givers = self.arguments.subject(group)
        last = max(guests, default=k)  # "invited A of Chile to Oslo": the place is told behind the guests
        start = self.arguments.phrase_end(last) if last > k else k + 1
        hosts = self.arguments.hosts(start, end, ("to",), nested=True)
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
            kinds=("multilateral",) if event and self.multilateral(*event) else (),
            times=(k, event[1] - 1) if event and infinitive is None else (),
        )

    def _act_meet(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        sits = self.view.lemma(k) in self.words.of("edge", "sit")
        if sits and self.view.lower(k + 1) != "down":
            return False  # who sits beside somebody is at the same table, and the talks are told elsewhere
        over = set() if sits else {"talks"}  # who sat down to talks may be talking still
        subject = self.travellers(group)
        others = self.arguments.objects(k, end) or self.arguments.led_people(k + 1, end, frozenset({"with"}))
        others = others or self.arguments.included(k + 1, len(self.view))
        hosts = self.arguments.hosts(k + 1, end, ("here", "near", "outside", *trigger.host))
        hosts = hosts or self.arguments.before_where(group) or self.arguments.fronted(group)
        others = others or self._met_last(k, end, bool(hosts))
        if self.view.lemma(k) in self.words.of("edge", "see"):
            off = {self.view.lower(m) for m in range(k + 1, k + 4)} & self.words.of("edge", "off")
            if off or not self._of_two(subject, others):
                return False  # "saw him off at the airport" is no talk
        if self.view.lemma(k) in self.words.of("escort", "verbs") and not (hosts and self._of_two(subject, others)):
            return False  # whoever joins a compatriot is of the delegation
        self._talk(subject + others, k, group, hosts, subject)
        if hosts:
            times = self._heads(k, end, hosts)
            if not any(m.governor in times for m in self.times):
                times = (*times, *self._goals(k, end, self._f["within_deed"]))
            if all(h.span.end <= self.view.units[group.first].start for h in hosts):
                # "At a summit in Oslo on Monday X met Y"
                times = (*times, *(m.governor for m in self.times if m.unit < group.first))
            last = max(others, default=k)
            later = next((m for m in range(last + 1, end) if self.view.person(m) is not None), end)
            near = [h for h in hosts if h.span.start < self.view.units[min(later, len(self.view) - 1)].span.start]
            if later == end or len(near) == len(hosts) or not near:
                self._sight(subject + others, hosts, k, group, trigger, extra=over, times=times)
            else:  # "will meet A in Berlin and B in Rome"
                self._sight(subject, hosts, k, group, trigger, extra=over, times=times)
                self._sight(others, near, k, group, trigger, extra=over, times=times)
        return bool(subject or others)

    def _of_two(self, some: list[int], others: list[int]) -> bool:
        """Whether people of two countries stand on the two sides."""
        one, two = self._countries(some), self._countries(others)
        return bool(one and two) and not one & two

    def _met_last(self, k: int, end: int, placed: bool) -> list[int]:
        """ "Will meet in Berlin on Monday the Egyptian president": the one met stands behind place and time."""
        view = self.view
        if not placed:
            return []
        m, apart = k + 1, {"time", "place"}
        while m < end and (view.kind(m) in apart or (view.tag(m) == "IN" and view.kind(m + 1) in apart)):
            m += 1
        found = m < end and view.person(m) is not None and not view.possessive(m)
        return self.arguments.joined_right(m) if found else []

    def _act_speak(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        people = self.travellers(group)
        if not people:
            return False
        preps = ("here", "in", "at") if self.view.lemma(k) != "be" else ("here", "in")
        topics = self.words.of("discuss", "topics")
        matter = next(
            (m for m in range(k + 2, end) if self.view.lower(m) in topics and self.view.kind(m + 1) != "time"), end
        )
        stop = matter if trigger.host[0] == "any" else self._close(k, end)
        if self.view.lemma(k) == "be" and stop < end and self.arguments.hosts(k + 1, stop, preps):
            stop = end  # "will be in Oslo on Monday and in Riga on Tuesday"
        hosts = self.arguments.hosts(k + 1, stop, preps) or self.arguments.before_where(group)
        lead: tuple[int, ...] = ()
        if not hosts and (hosts := self.arguments.fronted(group)):
            lead = tuple(m.governor for m in self.times if m.unit < group.first)
        if not hosts and self._due_in(k, group, people, trigger):
            return True
        is_there = self.view.lemma(k) == "be"
        if is_there and self._homeward(k, end):
            return self._leaves(k, group, trigger, self.arguments.hosts(k + 1, end, ("from",)))
        if is_there and not hosts and "perfect" in group.cues:
            return self._been_to(k, group, people, trigger)
        act = "present" if is_there else "speak"
        due = k + 2 if self.view.tag(k + 1) == "RB" else k + 1
        if act == "present" and self.words.role("control", self.view.lower(due)) == "planned":
            return self._tell(k, group, trigger, people, hosts, extra={"planned"}, act="arrive")  # "is due in Minsk"
        extra = {"present_at"} if act == "present" else {"spoke"}
        times = (*self._heads(k, end, hosts), *lead, *told_when(self.view, self.groups, self.times, k, group))
        if act == "present" and "present" not in group.cues and not any(m.governor == k for m in self.times):
            times += tuple(sorted(self._goals(k, end)))  # "will not be in Oslo for the summit on Friday"
        if hosts and self.view.lemma(k) in self.words.of("audience", "verbs"):
            people += self._people(self.arguments.objects(k, end))
        self.lent = self._days_there_too(k, end, hosts) if act == "present" else ()
        told = self._tell(k, group, trigger, people, hosts, extra=extra, act=act, times=times)
        self.lent = ()
        return told

    def _days_there_too(self, k: int, end: int, hosts: list[Host]) -> tuple[Moment, ...]:
        """ "X will be in Oslo on Friday. Y will be there too": the days of the one told before."""
        view, last = self.view, self.sightings[-1] if self.sightings else self.latest
        word = hosts[0].span.of(view.annotated.article.text).lower() if hosts else ""
        there = word in self.words.of("function", "there")
        near = range(max(0, k - 3), min(end + 1, len(view)))
        too = any(view.lower(m) in self.words.of("function", "too") for m in near)
        return last.moments if there and too and last is not None and last.sentence >= view.number - 1 else ()

    def _been_to(self, k: int, group: Group, people: list[int], trigger: Trigger) -> bool:
        """ "Has been to Oslo twice": a visit that is over; without a day, only where it is not merely counted."""
        end = self.arguments.clause_end(k)
        lead = next((m for m in range(k + 1, min(end, k + 4)) if self.view.lower(m) == "to"), end)
        hosts = self.arguments.hosts(lead, end, ("to",))
        if self._counted_only(k, end):
            return bool(hosts)
        return self._tell(k, group, trigger, people, hosts, extra={"ended"}, act="visit")

    def _due_in(self, k: int, group: Group, people: list[int], trigger: Trigger) -> bool:
        """ "Is due in on Sunday": an arrival to come, wherever the report is of."""
        view = self.view
        if self.words.role("control", view.lower(k + 1)) != "planned" or view.lower(k + 2) not in {"in", "here"}:
            return False
        if not any(m.governor == k for m in self.times):
            return False
        self._sight(people, [], k, group, trigger, extra={"planned"}, act="arrive")
        return True

    def _off_to(self, k: int) -> None:
        """ "X off to Hanoi next week", "is off to Hanoi"."""
        view = self.view
        places, _ = self.arguments.place_at(k + 2, min(len(view), k + 8))
        places = self.arguments.or_listed(places, k)
        be = verb_before(self.groups, k)
        close = be is not None and view.lemma(be.head) == "be" and k - be.head <= 2
        if not places or not (close or (view.person(k - 1) is not None and not any(h < k for h in self.groups))):
            return
        people = self.arguments.subject(be) if close and be is not None else self.arguments.joined_left(k - 1)
        people = self._people(people)
        cues = frozenset({"planned"} | (set(be.cues) & {"past"} if close and be is not None else set()))
        near = {m.governor for m in self.times if m.unit > k}
        trigger = self.words.verbs["go"][0]
        self._emit(people, places, k, trigger, cues, times=(k, *sorted(near)), group=k)
