"""Read meetings told as nouns: "talks in Oslo with X", "the summit is due to take place in Geneva"."""

from __future__ import annotations

from dataclasses import replace

from summitry.extract.arguments import Host
from summitry.extract.phrases import around
from summitry.extract.records import Sighting
from summitry.extract.telling import TENSES
from summitry.extract.tours import TourReader
from summitry.extract.verbs import Group
from summitry.lexicon.visits import Trigger


class MeetingReader(TourReader):
    """The part of a sentence reader that reads talks, summits and dinners told as nouns."""

    def _meeting_noun(self, k: int, trigger: Trigger) -> None:
        view = self.view
        people, first, compound, _, _ = self._before_noun(k)
        end = self.arguments.clause_end(k)
        others = self.arguments.led_people(k + 1, min(end, k + 14), frozenset({"with", "between", "by"}))
        topics = self.words.of("discuss", "topics")
        edges = self.words.of("gates", "margins")
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
        fixed = group is not None and self.words.role("control", view.lemma(group.head)) == "planned"
        if group is not None and role == "subject" and (fixed or view.lemma(group.head) == "be"):
            due = (g for g in self.groups.values() if g.first <= group.head < g.head and "planned" in g.cues)
            group = next(due, group)  # "is due to take place"
        if not hosts and group is not None and role == "subject" and (fixed or view.lemma(group.head) in held):
            hosts = self.arguments.hosts(group.head + 1, self.arguments.clause_end(group.head), ("here", "in", "at"))
        if not hosts and group is not None:
            hosts = self._venue_named(group, first)
        if role == "beside" and group is not None and self._arrives_at(first, group):
            return  # "arrived at the summit in Oslo": the arrival is told by its verb
        since = view.lower(first - 1) in self.words.of("function", "since")
        if since:
            group, role = None, ""  # "have not spoken since their summit in Riga": it was held
        if role == "beside" and group is not None and not self._attends(first, group):
            group, hosts = None, []  # "thanked her for the talks in Riga" puts nobody there
        if group is not None and self._stood_in(group):
            return
        if group is not None and not people and view.lower(k + 1) != "between":
            people = self.travellers(group)
            if not people and "passive" in group.cues:  # "was stated by X after talks with Y in Oslo"
                people = self.arguments.led_people(group.head + 1, first, frozenset({"by"}))
        if group is not None and role == "beside" and hosts:  # "X listens to Y during a news conference in Oslo"
            heard = self.arguments.led_people(group.head + 1, first, frozenset({"to", "with"}))
            people = [*people, *self.arguments.objects(group.head, first), *heard]
        row = [p for p in dict.fromkeys([*people, *others]) if view.person(p) is not None]
        cues = frozenset(self._carried(group, role, view.lower(first - 1))) if group is not None else frozenset()
        cues = frozenset({"past"}) if since else cues
        carrier = group or Group(k, k, cues)
        if not row and hosts and self._same_talk(k, first, hosts, cues, trigger):
            return
        self._talk(row, k, replace(carrier, cues=cues), hosts)
        if hosts:
            alone = len({key for p in row if (m := view.person(p)) for key in m.people}) == 1
            many = alone and self.multilateral(k, k + 1)
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

    def _same_talk(self, k: int, first: int, hosts: list[Host], cues: frozenset[str], trigger: Trigger) -> bool:
        """ "The talks will be held in Oslo": those told just before, of people whose place was not told yet."""
        view, last = self.view, self.last_talk
        if last is None or last.host or view.number - last.sentence > 2 or last.kind != "meeting":
            return False
        if view.lower(first) not in self.words.of("function", "definite"):
            return False
        times = tuple(m for m in self.times if m.governor in {k, *(h for h in self.groups if h > k)}) or last.moments
        span = view.units[k].span
        homes = {key: view.annotated.people[key].country for key in last.people}
        if None in homes.values():
            return True  # whose talks they are is known, but not who of them is abroad
        what = cues | last.cues & TENSES | {"talks"}
        for key, home in homes.items():
            for host in hosts:
                if host.country and host.country != home:
                    told = (key, host.country, view.number, "meet", trigger.id, what, span, span, host, times)
                    self.sightings.append(Sighting(*told))
        return True

    def _arrives_at(self, first: int, group: Group) -> bool:
        """Whether a talks noun is where a verb of arrival leads to."""
        acts = {t.act for t in self.words.verbs.get(self.view.lemma(group.head), ())}
        return "arrive" in acts and group.head == first - 2 and self.view.lower(first - 1) == "at"

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
            return view.lemma(first - 2) in self.words.of("gates", "margins")
        return lead in self.words.of("function", "within") or lead == "before"
