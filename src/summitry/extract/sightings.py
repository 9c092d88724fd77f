"""Read one sentence for all it tells of visits and talks."""

from __future__ import annotations

from dataclasses import replace

from summitry.extract.continued import ContinuedReader
from summitry.extract.records import Sighting, Talk
from summitry.extract.telling import JOURNEYS, TENSES
from summitry.model.spans import Span


class SentenceReader(ContinuedReader):
    """Reads one sentence; see ``read``, which fills ``sightings`` and ``talks``."""

    def read(self) -> None:
        """Fill ``sightings`` and ``talks`` from every trigger of the sentence, left to right."""
        view, words = self.view, self.words
        nouns, asides = words.nouns, words.of("gates", "asides")
        visiting = words.of("edge", "visiting")
        stops = view.find(words.stops)
        self._it_goes_on()
        if not view.people and not any(view.lemma(k) in nouns for k in stops):
            return  # nobody who could travel, and no journey of somebody told before
        instead = view.tells(words.of("edge", "instead"))
        for k in sorted({*stops, *self.groups, *view.people, *view.times}):
            lemma = view.lemma(k)
            if k in self.groups:
                self._verb_at(k, lemma, instead=instead)
            elif lemma in nouns and (view.is_noun(k) or view.tag(k) in {"NNP", "NNPS"}):
                for trigger in nouns[lemma]:
                    self._noun(k, trigger)
            if lemma in asides or view.lower(k) in asides:
                self._aside(k)
            if view.kind(k) == "time":
                self._days_in(k)
            if view.person(k) is not None:
                self._beside(k)
                if view.annotated.tokens[view.units[k].first].lower in visiting:
                    self._guest(k, k, words.verbs["visit"][0])
        self._third_country()
        self._headed()

    def _verb_at(self, k: int, lemma: str, *, instead: bool) -> None:
        """What a verb tells by its trigger, or as any deed does, and what verbs of beginning, ending and answering add."""
        group = self.groups[k]
        if lemma in self.words.of("edge", "call") and self._calls_on(k, group):
            return
        for trigger in self.words.verbs.get(lemma, ()):
            if self._verb(k, group, trigger):
                break
        self._act_any(k, group)
        if instead or group.cues & {"future", "would"}:
            self._goes_instead(k, group)
        if lemma in self.words.turns:
            self._edge_of_tour(k, group)
            self._called_off(k, group)
            self._followed(k, group)
            self._follows(k, group)
            self._days_spent(k, group)
            self._among(k, group)
            self._is_among(k, group)
            self._accepts(k, group)

    def _aside(self, k: int) -> None:
        """What single words tell: an invitation, a guest, "off to", "visiting", "on the way to", a speech."""
        view, words = self.view, self.words
        if self._offers(k):
            self._invitation(k)
        if view.lemma(k) in words.of("escort", "guests") and view.is_noun(k):
            self._guest_of(k)
        if view.lower(k) in words.of("edge", "off") and view.lower(k + 1) == "to":
            self._off_to(k)
        if view.lower(k) in words.of("edge", "visiting") and view.is_word(k):
            self._visiting(k)
        if view.lemma(k) in words.of("edge", "sidelines"):
            self._on_the_margins(k)
        if view.lemma(k) in words.of("edge", "courtesies") and view.is_noun(k):
            self._courtesy_call(k)
        self._back_from(k)
        self._on_the_way(k)
        self._performance(k)

    def _third_country(self) -> None:
        """ "Flies to Vienna for a summit with B": where the talks are in the country of neither, B travels too."""
        view = self.view
        journeys = [s for s in self.sightings if s.host and s.act in JOURNEYS and "negated" not in s.cues]
        for n, talk in enumerate(self.talks):
            if talk.host or talk.kind != "meeting" or len(talk.people) != 2 or talk.cues & {"negated", "hypothetical"}:
                continue
            homes = {view.annotated.people[key].country for key in talk.people}
            before = [s for s in journeys if s.visitor in talk.people and s.span.start < talk.span.start]
            hosts = {s.host for s in before}
            if len(hosts) != 1 or hosts & homes or None in homes or len(homes) != 2:
                continue
            trip = before[-1]
            if not self._purpose(trip.span, talk):
                continue
            other = next(key for key in talk.people if key != trip.visitor)
            if any(s.visitor == other and s.host for s in self.sightings) or trip.place is None:
                continue
            who = next((u.span for u in view.units if other in getattr(u.ref, "people", ())), trip.who)
            self.talks[n] = replace(talk, host=trip.host, place=trip.place)
            trigger = next(t for t in self.words.triggers if t.act == "meet")
            cues = talk.cues & TENSES | {"talks"}
            own = tuple(m for m in talk.moments if m not in trip.moments)
            times = trip.moments if "to-meet" in trip.cues else own  # an arrival is not yet the other's
            self.sightings.append(
                Sighting(other, trip.host, view.number, "meet", trigger.id, cues, talk.span, who, trip.place, times)
            )

    def _purpose(self, trip: Span, talk: Talk) -> bool:
        """Whether the talk is what the journey is for: "for a summit", "to meet", no other verb between the two."""
        view = self.view
        start = next(m for m, u in enumerate(view.units) if u.span == trip)
        end = next((m for m, u in enumerate(view.units) if u.span == talk.span), start)
        between = [m for m in range(start + 1, end) if m in self.groups]
        led = {view.lower(m) for m in range(start + 1, end) if view.is_word(m)}
        if end in self.groups:
            return not between and "purpose" in self.groups[end].cues
        return not between and "for" in led and not led & self.words.of("function", "clause_time")

    def _headed(self) -> None:
        """ "Macron in Oslo for talks", "Macron due in Oslo": a headline without a verb, of someone who is there, or will be."""
        view = self.view
        if not view.headline or any("infinitive" not in g.cues for g in self.groups.values()):
            return
        k = next((m for m in range(min(3, len(view))) if view.person(m) is not None), None)
        due = k is not None and self.words.role("control", view.lower(k + 1)) == "planned" and not view.is_verb(k + 1)
        if k is None or view.possessive(k) or view.lower(k + 1 + due) != "in":
            return
        places, _ = self.arguments.place_at(k + 2 + due, min(len(view), k + 8))
        if places:
            trigger = next(t for t in self.words.triggers if t.act == "speak")
            cues = frozenset({"planned"} if due else {"present", "present_at"})
            act, people = "arrive" if due else "present", self.arguments.joined_left(k)
            heads = tuple(m.governor for m in self.times) if due else ()
            self._emit(people, places, k + 1, trigger, cues, act=act, times=heads, group=k)

    def _offers(self, k: int) -> bool:
        """Whether unit ``k`` is the noun of an invitation that no verb has told already."""
        if not (self.view.lemma(k) in self.words.of("invitation", "nouns") and self.view.is_noun(k)):
            return False
        told = any(s.act == "invite" or "invited" in s.cues for s in self.sightings)
        return not told and not self._led_visit(k)

    def _led_visit(self, k: int) -> bool:
        """Whether the invitation is one that a verb of travel after it takes up: its own reader tells the visit."""
        verb = next((h for h in reversed(self.groups) if h < k), None)
        taken = self.words.of("invitation", "accepted") | self.words.of("invitation", "declined")
        if verb is None or self.view.lemma(verb) not in taken:
            return False
        return any("purpose" in g.cues and g.matrix == verb for h, g in self.groups.items() if h > k)

    def _beside(self, k: int) -> None:
        """ "X, in Riga for talks, said": a person with a place beside the name is there."""
        view = self.view
        if view.person(k) is None or view.lower(k + 1) != "," or view.possessive(k):
            return
        m = k + 3 if view.tag(k + 2) == "RB" or view.kind(k + 2) == "time" else k + 2
        if not (view.is_word(m) and view.lower(m) in {"in", "at"}):
            return
        places, after = self.arguments.place_at(m + 1, min(len(view), m + 8))
        close = next((x for x in range(after, min(len(view), after + 14)) if view.lower(x) == ","), None)
        group = next((g for h, g in self.groups.items() if close is not None and g.first == close + 1), None)
        if not places or group is None:
            return
        trigger = next(t for t in self.words.triggers if t.act == "speak")
        inside = tuple(x.governor for x in self.times if close is not None and m < x.unit < close)
        named = self.arguments.joined_left(k)
        cues = frozenset({"spoke", *(group.cues & {"past", "present"})})
        since = any(x.role == "since" for x in self.times if close is not None and m < x.unit < close)
        if since or view.lower(k + 2) in self.words.of("edge", "now"):
            there = frozenset({"present", "present_at", *(["perfect"] if since else [])})
            self._emit(named, places, m, trigger, there, act="present", times=inside, group=k)
            return
        self._emit(named, places, m, trigger, cues, act="speak", times=(group.head, *inside), group=k)
