"""Read deeds that put someone at a place: speeches, meals and signings there, and what is done at a gathering."""

from __future__ import annotations

from summitry.extract.arguments import Host
from summitry.extract.phrases import around
from summitry.extract.records import NEXT, Venue
from summitry.extract.stays import StayReader
from summitry.extract.verbs import Group
from summitry.model.entities import PlaceKind


class DeedReader(StayReader):
    """The part of a sentence reader that reads deeds, whatever their verb."""

    @property
    def _f(self) -> dict[str, frozenset[str]]:
        return self.words.classes["function"]

    def _act_any(self, k: int, group: Group) -> None:
        """Whatever is done at a place is done there: "at a summit in Brussels in May, X ..." or "... in Riga on Tuesday"."""
        told = [s for s in self.sightings if s.span == self.view.units[k].span]
        if told:
            if all(s.host == self.view.annotated.people[s.visitor].country for s in told):
                self._guests_at(k, group, [s.place for s in told if s.place is not None])  # "X told Y in Riga"
            return
        people = self.travellers(group)
        if not people and "passive" in group.cues:
            people = self.arguments.led_people(k + 1, self.arguments.clause_end(k), frozenset({"by"}))
        if not people or "negated" in group.cues or self.absent(group):
            return
        people = [*people, *self._at_the_side(group)]
        trigger = next(t for t in self.words.triggers if t.act == "speak")
        hosts = self.arguments.fronted(group)
        lead = tuple(m.governor for m in self.times if m.unit < group.first) if hosts else ()
        event = self._event(1) if hosts else None
        kinds = ("multilateral",) if event and self.multilateral(*event) and event[1] < group.first else ()
        if hosts and not self.view.quoted[k]:
            talks, opening = self.words.of("meeting", "nouns"), range(min(group.first, 8))
            if any(self.view.is_noun(m) and self.view.lemma(m) in talks for m in opening):
                # "At talks in Oslo, X thanked Y"
                people = [*people, *self.arguments.objects(k, self.arguments.clause_end(k))]
        if not hosts:
            hosts, lead = self._deed(k, group)
        if not hosts and not lead and self.view.lemma(k) not in self.words.of("attitude", "verbs"):
            # "flew home from Riga, where he addressed parliament last week"
            known = {s.place.span for s in self.sightings if s.place is not None}
            hosts = [h for h in self.arguments.before_where(group) if h.span in known]
        if not hosts and self._at_gathering(k, group, people):
            return
        if hosts:
            cues, times = group.cues | {"spoke"}, (k, *lead)
            self._emit(people, hosts, k, trigger, cues, act="speak", times=times, group=group.first, kinds=kinds)
            self._guests_at(k, group, hosts, lead)

    def _guests_at(self, k: int, group: Group, hosts: list[Host], lead: tuple[int, ...] = ()) -> None:
        """ "Presented Y with a medal in Riga", "discussed trade with Y in Riga": one with whom it is done by a host of the place.

        What is said of somebody ("praised Y in Riga") puts nobody there, nor what is said over a distance.
        """
        view, words = self.view, self.words
        end, lemma = self.arguments.clause_end(k), view.lemma(k)
        felt = lemma in words.of("attitude", "verbs") and lemma not in words.of("attitude", "spoken")
        if view.quoted[k] or felt:
            return
        if any(view.lower(m) in words.of("meeting", "call") | words.of("meeting", "video") for m in range(k, end)):
            return
        there = {h.country for h in hosts if h.country}
        if len(there) != 1 or self._countries(self.travellers(group)) != there:
            return
        place = min(h.span.start for h in hosts if h.country)
        guests = self.arguments.led_people(k + 1, end, self._f["with"])
        if lemma in words.of("together", "verbs"):  # not "compared Y to Z in Riga", "voiced support for Y in Riga"
            feast = any(view.lemma(m) in words.of("contacts", "feasts") for m in range(k + 1, end))
            guests += self.arguments.objects(k, end)
            guests += self.arguments.led_people(k + 1, end, self._f["of_a_deed"]) if feast else []
        near = [
            g for g in dict.fromkeys(guests) if view.units[g].end <= place and not self._countries([g]) & {*there, None}
        ]
        if near:
            cues, times = group.cues | {"received"}, (k, *lead)
            self._emit(near, hosts, k, words.verbs["receive"][0], cues, act="receive", times=times, group=group.first)

    def _at_the_side(self, group: Group) -> list[int]:
        """ "With X at his side, Y laid a wreath", "Flanked by X, Y ...": who is with the subject of a sentence's verb."""
        view, words = self.view, self.words
        flanked = view.lemma(0) in words.of("edge", "flanked")
        if not flanked and not view.tells(words.of("edge", "side")):
            return []
        comma = next((m for m in range(min(group.first, 16)) if view.lower(m) == "," and m > 2), 0)
        side = any(view.lower(m) in words.of("edge", "side") for m in range(comma))
        if not comma or any(comma < h < group.head for h in self.groups) or not (side or flanked):
            return []
        return self.arguments.led_people(0, comma, frozenset({"with", "by"}))

    def _at_gathering(self, k: int, group: Group, people: list[int]) -> bool:
        """Whatever is done at a gathering whose place is told elsewhere: "told the forum", "said at the summit"."""
        view, words = self.view, self.words
        if view.quoted[k] or not group.cues & {"past", "present", "future", "planned"}:
            return False
        many, names = words.of("events", "multilateral"), words.of("events", "names")
        for m in range(k + 1, self.arguments.clause_end(k)):
            named = view.lower(m) in names or (view.tag(m).startswith("NNP") and view.lower(m) in many)
            if not named and not (view.is_noun(m) and view.lemma(m) in many):
                continue
            first = m
            while first > k + 1 and (view.is_word(first - 1) and view.tag(first - 1)[:2] in {"JJ", "NN", "CD", "HY"}):
                first -= 1
            definite = view.lower(first - 1) in self._f["definite"] or named
            lead = view.lower(first - 2)
            there = lead in self._f["around"] or lead == "to" or first - 2 == k or lead in words.of("edge", "of")
            if not (definite and there and self.multilateral(m, m + 1)):
                continue
            venue, own = self._venue(m), tuple(x for x in self.times if x.governor in {k, m})
            if venue is None and first - 2 == k and (hosts := self.arguments.hosts(m + 1, m + 4, ("in", "at"))):
                venue = Venue(view.number, view.lower(m), hosts[0], own)  # "told the forum in Durban on Monday"
            if venue is None:
                continue
            trigger, self.lent = words.verbs["attend"][0], venue.moments or own
            cues = group.cues | {"spoke"}
            event = around(view, self.groups, m)
            self._emit(
                people,
                [venue.host],
                k,
                trigger,
                cues,
                kinds=("multilateral",),
                event=event,
                times=(-2,),
                group=group.first,
            )
            self.lent = ()
            return True
        return False

    def _deed(self, k: int, group: Group) -> tuple[list[Host], tuple[int, ...]]:
        """The place of any deed that is told with its day side by side: "planted a tree in Riga on Tuesday"."""
        view, words = self.view, self.words
        if not group.cues & {"past", "present", "future"} or view.lemma(k) in words.of("attitude", "verbs"):
            return [], ()
        end = self.arguments.clause_end(k)
        apart = words.of("meeting", "call") | words.of("meeting", "video")
        triggers = [t for t in words.verbs.get(view.lemma(k), ()) if t.act in {"speak", "attend"}]
        own, said = any("close" not in t.host for t in triggers), any("close" in t.host for t in triggers)
        for m in range(k + 1, end - 1):
            if not (view.is_word(m) and view.lower(m) in self._f["around"]) or view.kind(m + 1) == "time":
                continue
            places, after = self.arguments.place_at(m + 1, end)
            whole = any(p.mention and p.mention.kind is PlaceKind.COUNTRY for p in places)
            if view.lower(m) in self._f["upon"] and (whole or view.tag(after) == "NNS"):
                continue  # "called on Latvia to act", "put sanctions on Kremlin officials"
            near = {after + 1 if view.tag(after) == "IN" else after, m - 1, self._before_site(m, k)}
            # "On Monday she laid a wreath in Riga" as "... in Riga on Monday"
            straight = self._straight(k, m)
            day = (x for x in self.times if x.unit in near or (straight and x.governor == k and x.how == "precedes"))
            moment = next((x for x in day if x.timex.range is not None), None)
            if apart & {view.lower(x) for x in range(k, m)}:
                return [], ()
            if not any(h.country for h in places):
                continue
            # "Closed a base in Chad on Monday": what is done to something in a country may be done from afar
            afar = all(p.mention is not None and p.mention.kind is PlaceKind.COUNTRY for p in places)
            there = own or view.lemma(m - 1) in words.of("edge", "foot")  # "set foot in Angola"
            there = there or (not afar and (said or not self._eventive(m - 1, k)))
            if moment is not None and there:
                return places, (moment.governor,)
            if self._performed(m - 1, k):
                return places, self._heads(k, end, places)
        return [], ()

    def _straight(self, k: int, m: int) -> bool:
        """Whether the place behind a verb is that of the deed, and not of what it is done to or because of.

        "Laid a wreath at a grave | in Riga", "signed a deal on gas | in Riga"; not "put sanctions on firms | in Riga".
        """
        view, papers = self.view, self.words.of("gates", "on_paper")
        aimed = self._f["aimed"]
        return not any(view.lower(x) in aimed and view.lemma(x - 1) not in papers for x in range(k + 1, m))

    def _before_site(self, m: int, k: int) -> int:
        """The unit before a site that leads to the place: "spoke on Monday at the university in Riga"; -1 if there is none."""
        view, first = self.view, m - 1
        while first > k and view.is_word(first) and view.tag(first)[:2] in {"NN", "DT", "JJ", "PR", "CD", "HY", "PO"}:
            first -= 1
        return first - 1 if first < m - 1 and view.lower(first) in self._f["around"] else -1

    def _performed(self, m: int, k: int) -> bool:
        """Whether a place after unit ``m`` is that of the deed: after a person, the verb itself, an adverb, a speech."""
        view = self.view
        if view.quoted[k] or "negated" in self.groups[k].cues:
            return False
        if m == k or view.tag(m) in {"RB", "RP"}:
            return True
        if (who := self.arguments.person_up_to(m + 1)) is not None and who > k:
            return True
        if not (view.is_noun(m) and view.lemma(m) in self.words.of("performed", "nouns")):
            return False
        while m > k and view.is_word(m) and view.tag(m)[:2] in {"NN", "DT", "JJ", "PR", "CD", "HY", "PO"}:
            m -= 1
        return m == k or view.lower(m) in self.words.of("performed", "leads")

    def _eventive(self, m: int, k: int) -> bool:
        """Whether the nouns before a place are of something that happened there without the subject: an attack, a flood."""
        words = self.words
        nouns = words.of("govern", "nouns") | words.of("events", "nouns") | words.of("attitude", "nouns")
        near = range(max(k + 1, m - 3), m + 1)
        return any(self.view.lemma(x) in nouns or self.view.lower(x) in nouns for x in near)

    def _via_object(self, k: int, end: int) -> list[Host]:
        """A visit to people, troops or a site: the place stands further on in the clause."""
        return self.arguments.hosts(k + 1, end, ("in", "at", "of", "near"))

    def _venue(self, head: int) -> Venue | None:
        """Where the gathering is held, told in another sentence: the last telling before this one, else the first after.

        One told by a verb ("leaders meet in Riga") is that of "the summit" in the next sentences only.
        """
        lemma = self.view.lemma(head) or self.view.lower(head)
        loose = self.words.of("events", "names") | self.words.of("events", "generic")
        same = [v for v in self.venues if v.lemma == lemma] or [v for v in self.venues if lemma in loose]
        verbs = self.words.of("events", "convene")
        same = [v for v in same if v.lemma not in verbs or 0 <= self.view.number - v.sentence <= NEXT]
        before = [v for v in same if v.sentence <= self.view.number]
        return before[-1] if before else same[0] if same else None

    def _latest_venue(self, *, here: bool = False) -> Venue | None:
        """The gathering told last in the sentences before; ``here``: in this one too."""
        near = range(0 if here else 1, NEXT + 1)
        return next((v for v in reversed(self.venues) if self.view.number - v.sentence in near), None)

    def _close(self, k: int, end: int) -> int:
        """How far a place may stand from a verb of saying: over people addressed, times and adverbs, no further noun."""
        view, m = self.view, k + 1
        while m < end:
            place = view.lower(m) in {"in", "at"} and view.is_word(m)
            if place:
                places, after = self.arguments.place_at(m + 1, end)
                if places:
                    return after
                heard = (
                    x for x in range(m + 1, min(m + 6, end)) if view.lower(x) in self.words.of("audience", "nouns")
                )
                m = next(heard, -1)
                if m < 0:
                    return after
                m += 1
                continue
            if not (
                view.person(m) is not None
                or view.kind(m) == "time"
                or view.tag(m) in {"RB", "DT", "IN", "JJ"}
                or view.lower(m) in self.words.of("audience", "nouns")
            ):
                return m
            m += 1
        return m
