"""Read what goes on from the sentence before: "It ends on Friday", "his minister will go instead", "Y followed in May"."""

from __future__ import annotations

from summitry.extract.asides import AsideReader
from summitry.extract.records import Sighting
from summitry.extract.telling import JOURNEYS, TENSES
from summitry.extract.verbs import Group, verb_before


class ContinuedReader(AsideReader):
    """The part of a sentence reader that reads sentences which leave out what the one before has told."""

    def _before(self) -> Sighting | None:
        """The visit told last, in this sentence or the one before."""
        last = self.sightings[-1] if self.sightings else self.latest
        return last if last is not None and last.sentence >= self.view.number - 1 else None

    def _it_goes_on(self) -> None:
        """ "It begins on Thursday and ends on Saturday": the visit of which the sentence before tells with a noun."""
        view, last = self.view, self.latest
        if view.lower(0) not in self.words.of("function", "it") or last is None or last.sentence != view.number - 1:
            return
        trigger = next((t for rows in self.words.nouns.values() for t in rows if t.id == last.rule), None)
        if trigger is None or trigger.act == "meet":
            return
        turns = self.words.of("end", "lasting") | self.words.of("occur", "verbs")
        first = next(iter(self.groups.values()), None)
        for k, group in self.groups.items():
            joined = group.first == 1 or (first is not None and view.lower(group.first - 1) in self._f["and"])
            turned = self.turn(k) or view.lemma(k) in turns
            if joined and turned and any(m.governor == k for m in self.times):
                keys = ((last.visitor, view.units[0].span),)
                cues = frozenset(self._carried(group, "subject"))
                self._emit([], [], k, trigger, cues, times=(k,), group=group.first, keys=keys)

    def _goes_instead(self, k: int, group: Group) -> None:
        """ "X will not travel to Riga. Y will go instead": where the other was to go."""
        last, view = self._before(), self.view
        acts = {t.act for t in self.words.verbs.get(view.lemma(k), ())}
        if last is None or last.place is None or not acts & (JOURNEYS | {"attend"}):
            return
        ends = k + 1 >= len(view) or view.tag(k + 1) in {".", ","}
        bare = ends or view.lower(k + 1) in self.words.of("function", "too")
        ahead = bool(group.cues & {"future", "would"}) and "negated" not in group.cues and "past" not in last.cues
        if not (bare and ahead) and not self._instead(k):  # "Y has said that he will go"
            return
        if any(s.span == self.view.units[k].span and s.host for s in self.sightings):
            return
        people = self.travellers(group)
        mine = {key for p in people if (m := self.view.person(p)) for key in m.people}
        if last.visitor in mine:
            return
        trigger = self.words.verbs[self.view.lemma(k)][0]
        own = any(m.governor == k for m in self.times)
        self.lent, act = ((), None) if own else (last.moments, last.act)  # "will go instead": on the days of the other
        self._emit(
            people, [last.place], k, trigger, group.cues, kinds=last.kinds, times=(k,), group=group.first, act=act
        )
        self.lent = ()

    def _follows(self, k: int, group: Group) -> None:
        """ "X went to Latvia in April. His minister followed in May": a verb without an object, of the journey before."""
        view, last = self.view, self._before()
        if last is None or last.place is None or last.act not in JOURNEYS or "negated" in group.cues:
            return
        bare = view.kind(k + 1) == "time" or view.tag(k + 1) in {".", "RB"} or view.kind(k + 2) == "time"
        if view.lemma(k) not in self.words.of("edge", "followed") or not bare or "passive" in group.cues:
            return
        mine = tuple(m for m in self.times if m.governor == k)
        people = self.travellers(group)
        keys = {key for p in people if (m := view.person(p)) for key in m.people}
        if mine and people and last.visitor not in keys:
            trigger = self.words.verbs["visit"][0]
            cues = group.cues & (TENSES | {"perfect"})
            self._emit(people, [last.place], k, trigger, cues, times=(k,), group=group.first)

    def _is_among(self, k: int, group: Group) -> None:
        """ "X will be among the mourners", "has confirmed her attendance": at the gathering told in the sentences before."""
        view, words = self.view, self.words
        stop = min(len(view), k + 5)
        if view.lemma(k) == "be" and view.lower(k + 1) in words.of("function", "among"):
            guests = any(view.lemma(m) in words.of("events", "guests") for m in range(k + 2, stop))
            hosts = self.arguments.hosts(k + 2, self.arguments.clause_end(k), ("in", "at", "here"))
            if guests and not hosts:
                self._were_there(k, group, self.travellers(group), again=True)
        elif view.lemma(k) in words.of("announce", "own"):
            coming = (m for m in range(k + 1, stop) if view.lemma(m) in words.of("events", "coming"))
            own = next(coming, None)
            if own is not None and (view.tag(own - 1) == "PRP$" or view.possessive(own - 1)):
                self._were_there(k, group, self.travellers(group), again=True, extra={"planned"})

    def _on_the_margins(self, k: int) -> None:
        """ "On the sidelines, X met Y": both at the gathering told in the sentences before."""
        view = self.view
        known = view.lower(k - 1) in self.words.of("function", "definite") and view.lower(k + 1) != "of"
        venue = self._latest_venue()
        if not known or not view.is_noun(k) or venue is None:
            return
        group = verb_before(self.groups, k) or next(iter(self.groups.values()), None)
        if group is None:
            return
        people = [*self.travellers(group), *self.arguments.objects(group.head, self.arguments.clause_end(group.head))]
        self.lent = venue.moments
        trigger = self.words.verbs["attend"][0]
        self._tell(k, group, trigger, people, [venue.host], kinds=("multilateral",), times=(-2,))
        self.lent = ()

    def _accepts(self, k: int, group: Group) -> None:
        """ "I have invited X to Oslo and he has accepted", "X has declined": an answer without an object."""
        view, words = self.view, self.words
        answers = words.of("invitation", "accepted") | words.of("invitation", "declined")
        open_ = group.cues & {"negated", "infinitive", "hedge", "would"}
        ends = k + 1 >= len(view) or view.tag(k + 1) in {".", ",", "CC", "''", "IN"}
        if view.lemma(k) in answers and ends and not open_ and self.travellers(group):
            self._answered(k, k)
