"""Read stays told by their length and not by a word for a visit: "three days in Oslo", "after Nairobi, he will"."""

from __future__ import annotations

from summitry.extract.hosts import Host
from summitry.extract.nouns import NounReader
from summitry.extract.verbs import Group, verb_before
from summitry.lexicon.visits import Trigger

NEAR = 30
"""Days from the report within which a day told of a place is one of the stay there, and no history."""


class StayReader(NounReader):
    """The part of a sentence reader that reads stays without a noun or verb of their own."""

    def _days_spent(self, k: int, group: Group) -> None:
        """ "Wrapped up three days in Oslo", "begins two days of talks in Riga": a stay told by its length as an object."""
        view, cue = self.view, self.turn(k)
        if not cue and view.lemma(k) not in self.words.of("edge", "holding"):
            return
        m = k + 1 if view.kind(k + 1) == "time" else k + 2
        length = next((x for x in self.times if x.unit == m and x.timex.days), None)
        if length is None or (m == k + 2 and view.tag(k + 1) not in {"RP", "IN", "RB", "DT"}):
            return
        hosts = self.arguments.hosts(m + 1, self.arguments.clause_end(k), ("in", "at", "here"))
        people = self.travellers(group)
        if people and hosts:
            trigger = self.words.nouns["visit"][0]
            talks = {x.governor for x in self.times if m < x.governor < self.arguments.clause_end(k)}
            times = (k, length.governor, *sorted(talks))  # "ended two days of talks in Riga on Monday"
            cues = group.cues | ({cue} if cue else set())
            self._emit(people, hosts, k, trigger, cues, times=times, group=group.first)

    def _left_behind(self, k: int, group: Group) -> None:
        """ "After Nairobi, he will move on to Kampala on 4 June": the stay in Nairobi ends then."""
        view = self.view
        lead = view.lower(0) in self.words.of("end", "lead") or view.lower(0) == "from"
        if not lead or not view.is_word(0):
            return
        places, after = self.arguments.place_at(1, min(len(view), 8))
        apart = view.lower(after) == "," or (view.lower(0) == "from" and view.person(after) is not None)
        if places and apart and not any(h < group.first for h in self.groups):
            trigger = self.words.verbs["leave"][0]
            people = self.travellers(group)
            cues = group.cues | {"ending"}
            self._emit(people, places, after, trigger, cues, act="end", times=(k,), group=0)

    def _days_where(self, k: int, people: list[int], hosts: list[Host]) -> None:
        """ "Will fly to Riga, where a treaty is to be signed on Tuesday": the days of what is done there."""
        view, day = self.view, self.view.annotated.published.day
        where = next((m for m in range(k + 1, len(view)) if view.lower(m) in self.words.of("function", "where")), None)
        if where is None or not hosts or day is None:
            return
        place = max(hosts, key=lambda h: h.span.start)
        gap = view.units[where].span.start - place.span.end
        told = {
            m.governor
            for m in self.times
            if m.unit > where and m.governor > where and m.timex.range is not None and (at := m.timex.range.as_day)
            if abs((at - day).days) <= NEAR
        }
        if 0 <= gap <= len(", ") and told and (people := self._people(people)):
            trigger, cues = self.words.verbs["meet"][0], frozenset({"neutral"})
            self._emit(people, [place], where, trigger, cues, act="meet", times=tuple(sorted(told)), group=k)

    def _days_in(self, k: int) -> None:
        """ "His three days in Hanoi begin on Monday", "after two days in Oslo she flew home on Friday"."""
        view, words = self.view, self.words
        timex = view.time(k)
        if (
            timex is None
            or not timex.days
            or view.lower(k + 1) != "in"
            or any(s.span == view.units[k].span for s in self.sightings)
        ):
            return
        hosts, _ = self.arguments.place_at(k + 2, min(len(view), k + 6))
        if not hosts:
            return
        length = next((m.governor for m in self.times if m.unit == k), k)
        if view.tag(k - 1) in {"POS", "PRP$"} or view.possessive(k - 1):
            self._own_days(k, length, hosts)
        elif view.lower(k - 1) in words.of("end", "lead"):
            self._days_before(k, length, hosts)

    def _own_days(self, k: int, length: int, hosts: list[Host]) -> None:
        """ "His three days in Hanoi begin on Monday": a stay told by whose days it takes."""
        owners = self._owners(k, len(self.view))[0]
        group = self._predicate(k)
        cues = self._carried(group, "subject") if group is not None else {"neutral"}
        times = (length, k) if group is None else (length, k, group.head)
        self._emit(owners, hosts, k, self.words.nouns["visit"][0], frozenset(cues), times=times, group=k)

    def _days_before(self, k: int, length: int, hosts: list[Host]) -> None:
        """ "After two days in Oslo she flew home on Friday": whoever goes on then was there, up to that day."""
        group = self._main(k) if k <= 2 else verb_before(self.groups, k)
        people = self.travellers(group) if group is not None else []
        if group is None or not people:
            return
        acts = {t.act for t in self.words.verbs.get(self.view.lemma(group.head), ())}
        moves = bool(acts & {"go", "leave", "return", "arrive"})
        cues = frozenset({"ended", *(group.cues & {"past", "present", "future", "planned", "perfect"})})
        times = (length, group.head) if moves else (length,)
        self._emit(people, hosts, k, self.words.nouns["visit"][0], cues, act="end", times=times, group=k)

    def _homeward(self, k: int, end: int) -> bool:
        """ "Is due back in Ottawa on Wednesday", "is expected home": a return, told by a day and no verb of its own."""
        home = self.words.of("function", "home")
        back = next((m for m in range(k + 1, min(end, k + 3)) if self.view.lower(m) in home), None)
        if back is None or not any(m.governor == k for m in self.times):
            return False
        return not self.arguments.hosts(back + 1, end, ("in", "at")) or self._at_home(k, back, end)

    def _at_home(self, k: int, start: int, end: int) -> bool:
        """Whether the places after unit ``start`` are in the country of the subject of a verb."""
        homes = self._countries(self.travellers(self.groups[k]))
        return all(h.country in homes for h in self.arguments.hosts(start + 1, end, ("in", "at")))

    def _leaves(self, k: int, group: Group, trigger: Trigger, places: list[Host]) -> bool:
        """Someone goes home or departs: the stay ends, in the places named or wherever the person is told to be."""
        people = self.travellers(group)
        if not people:
            return False
        if places:
            over = "ended" if group.cues & {"past", "perfect"} else "ending"
            self._sight(people, places, k, group, trigger, extra={over}, act="end")
        elif any(m.governor in self._borrowed(k, group) for m in self.times):
            self._sight(people, [], k, group, trigger, extra={"ending"}, act="end")
        return True
