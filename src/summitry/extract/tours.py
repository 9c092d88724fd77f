"""Read whose journey a noun tells of: possessors, itineraries, stops named before or after, "the tour" of someone."""

from __future__ import annotations

from collections.abc import Set

from summitry.extract.arguments import Host
from summitry.extract.carriers import CarrierReader
from summitry.extract.verbs import Group, verb_before
from summitry.model.entities import PlaceKind, PlaceMention
from summitry.model.spans import Span


class TourReader(CarrierReader):
    """The part of a sentence reader that finds the traveller and the stops of a journey told as a noun."""

    def _traveller(self, first: int) -> tuple[tuple[str, Span], ...]:
        """ "The tour", "the trip" of whoever was told last to travel, here or in the two sentences before."""
        view = self.view
        last = self.sightings[-1] if self.sightings else self.latest
        if view.lower(first) not in self.words.of("function", "definite") or not view.is_word(first):
            return ()
        if last is None or last.sentence < view.number - 2:
            return ()
        return ((last.visitor, view.units[first].span),)

    def _regional(self, k: int) -> bool:
        """Whether a journey is told as one through a region: its length and its end are no leg's."""
        view, words = self.view, self.words
        regions = words.of("place_nouns", "region")
        m = k + 2
        while view.lower(k + 1) in words.of("function", "through") and view.tag(m) in {"DT", "JJ", "NNP"}:
            m += 1
        if view.lower(k + 1) in words.of("function", "through"):
            place = view.place(m)
            if (place is not None and self._wide(place)) or view.lower(m) in regions:
                return True
        for m in range(k - 1, max(k - 4, -1), -1):
            place = view.place(m)
            if (place is not None and self._wide(place)) or view.lower(m) in regions:
                return True
            if view.person(m) is not None or view.tag(m) == "DT":
                return False
        return False

    @staticmethod
    def _wide(place: PlaceMention) -> bool:
        """Whether a place is a region of several countries."""
        return place.kind is PlaceKind.REGION and place.country is None

    def _tour_people(self, group: Group) -> list[int]:
        """Whose journey the subject of a verb is: "his tour began", "a trip that will end"; [] if it is none."""
        view = self.view
        m = group.first - 1
        while m >= 0 and m > group.first - 12 and m not in self.groups and view.lower(m) != ";":
            if self._tour_noun(m):
                return self._owners(m, group.first)[0]
            m -= 1
        return []

    def _touring(self, k: int, group: Group) -> list[int]:
        """ "A tour that goes on to Riga": whose journey it is that goes there."""
        return self._tour_people(group) if self.view.lemma(k) in self.words.of("itinerary", "moves") else []

    def _owners(self, m: int, end: int) -> tuple[list[int], int]:
        """Whose journey the noun ``m`` is, and where its phrase begins.

        It is its possessor's, its agent's before ``end``, or that of the subject of the verb before it.
        """
        people, first, _, _, _ = self._before_noun(m)
        people = people or self.arguments.agent(m, end)
        if not people:
            carrier, _ = self._carrier(first, m)
            people = self.arguments.subject(carrier) if carrier is not None and carrier.head < m else []
        return self._people(people), first

    def _edge_of_tour(self, k: int, group: Group) -> None:
        """ "His trip began in Bangkok and will end on Tuesday in Phnom Penh": the first and the last stop."""
        cue = self.turn(k)
        if not cue or self.view.lemma(k) in self.words.of("end", "departures"):
            return
        people = self._tour_people(group)
        told = group
        if not people and self.arguments.subject(group) == [] and (last := self._joined_tour(group)) is not None:
            people, told = self._tour_people(last), last
        bare = not people and self._tour_noun(told.first - 1)  # "the tour ends in Dili": of whoever was told to travel
        known = self._traveller(told.first - 2) if bare else ()
        if not people and not known:
            return
        hosts = self._turned_at(group)
        trigger = self.words.nouns["visit"][0]
        if not hosts:
            return
        cues = group.cues
        if cue == "ending" and cues & {"present", "future"} and "perfect" not in cues:
            cues |= {"future", "present"}  # "ends in Dili on Friday": its last stop is to come
        goals = self._goals(k, self.arguments.clause_end(k), frozenset({"with"})) if cue == "ending" else set()
        if goals:  # "closes with a forum in Riga on 1 and 2 July"
            attend, times = self.words.verbs["attend"][0], tuple(sorted(goals))
            self._emit(people, hosts, k, attend, cues, act="attend", times=times, group=group.first, keys=known)
        else:
            self._emit(people, hosts, k, trigger, cues | {cue}, times=(k,), group=group.first, keys=known)

    def _goals(self, k: int, end: int, leads: Set[str] = frozenset({"for"})) -> set[int]:
        """The dated nouns led to by "for" in a clause, or by other words: "for talks on Monday"."""
        view = self.view
        return {
            m.governor
            for m in self.times
            if k < m.governor < end
            and m.governor not in self.groups
            and m.timex.range is not None
            and any(view.lower(j) in leads and view.is_word(j) for j in range(max(k + 1, m.governor - 6), m.governor))
        }

    def _turned_at(self, group: Group) -> list[Host]:
        """Where a journey begins or ends, told behind the verb."""
        k = group.head
        return self.arguments.hosts(k + 1, self.arguments.clause_end(k), ("in", "at", "with", "here"))

    def _ends_at(self, group: Group) -> bool:
        """Whether a verb tells at which place a journey begins or ends, which is the first or last stop alone."""
        return bool(self.turn(group.head)) and bool(self._turned_at(group))

    def _joined_tour(self, group: Group) -> Group | None:
        """The verb before "and", of which the same journey is the subject."""
        last = verb_before(self.groups, group.first)
        return last if last is not None and self.view.lower(group.first - 1) == "and" else None

    def _itinerary(self, k: int) -> list[int]:
        """ "A stop in Algiers is on the itinerary of X": whose programme it is on."""
        view, nouns = self.view, self.words.of("itinerary", "nouns")
        for m in range(len(view)):
            if view.is_noun(m) and view.lemma(m) in nouns and m != k:
                people, _, _, _, _ = self._before_noun(m)
                people = people or self.arguments.agent(m, len(view))
                if people:
                    return people
        return []

    def _given_for(self, k: int, end: int, group: Group | None) -> list[int]:
        """ "Hosted a state visit for X": whom a visit is given for, where the subject receives."""
        if group is None or not any(t.act == "receive" for t in self.words.verbs.get(self.view.lemma(group.head), ())):
            return []
        return self.arguments.led_people(k + 1, end, frozenset({"for", "by", "of", "from"}))

    def _named_stop(self, k: int, group: Group, role: str) -> tuple[list[Host], list[int]]:
        """ "Oslo and Riga are the stops on X's tour", "Oslo will be the next stop for X": places as subject, and whose."""
        view = self.view
        if view.lemma(k) not in self.words.of("first", "nouns"):
            return [], []
        if role == "subject":  # "the first stop on his tour will be Oslo", "the first stop of X's tour"
            tour = next((m for m in range(k + 1, group.first) if self._visit_noun(m)), None)
            owners = self._before_noun(tour)[0] if tour is not None else []
            return self.arguments.place_at(group.head + 1, len(view))[0], owners
        if role != "object":
            return [], []
        last = next((m for m in self.arguments.subject(group) if view.place(m) is not None), None)
        if last is None:
            return [], []
        places, _ = self.arguments.place_at(self.arguments.list_start(last), group.first)
        people = self.arguments.led_people(k + 1, len(view), frozenset({"for", "of", "by"}))
        for m in range(k + 1, len(view)):
            if not people and self._visit_noun(m):
                people, _, _, _, _ = self._before_noun(m)
        return places, people

    def _named_before(self, first: int, k: int) -> tuple[list[Host], list[int]] | None:
        """ "Lima, the first stop on X's tour", "Oslo and Riga, all stops on the tour of X": places before a comma."""
        view = self.view
        joint = view.lower(first - 1)
        if view.lower(first - 1) in self.words.of("function", "all"):
            joint = view.lower(first - 2)
            first -= 1
        if view.lemma(k) not in self.words.of("first", "nouns") or not (joint == "," or joint in self._dashes):
            return None
        if view.place(first - 2) is None:
            return None
        places, _ = self.arguments.place_at(self.arguments.list_start(first - 2), first)
        people: list[int] = []
        for m in range(k + 1, len(view)):
            if not people and self._visit_noun(m):
                people, _, _, _, _ = self._before_noun(m)
                people = people or self.arguments.agent(m, len(view))
        return (places, people) if people else None

    @property
    def _dashes(self) -> frozenset[str]:
        return self.words.of("function", "dashes")

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
            if view.tag(m) == "WP$":
                people = self.arguments.antecedent(m)  # "X, whose trip"
                break
            if person is not None:
                if view.possessive(m) or person.possessive:
                    people = self.arguments.joined_left(m)
                    m -= 2 * (len(people) - 1) + 1
                elif m == k - 1 and person.form in {"short", "full"}:
                    people, m = [m], m - 1
                    if view.lower(m) in words.of("function", "dashes") and view.person(m - 1) is not None:
                        people, m = [m - 1, *people], m - 2  # "the Sall-Ruto summit"
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
            if word in words.of("function", "prep_verbs"):
                break  # "following talks in Oslo"
            role = words.role("upcoming", word)
            if role:
                cues.add(f"noun-{role}")
            if view.kind(m) == "time":  # "recent", "current" and the like are times too
                m -= 1
                continue
            kinds += [
                kind
                for kind in ("state", "official", "working", "private", "transit")
                if word in words.of("kinds", kind)
            ]
            if view.tag(m) in {"DT", "PRP$"}:
                if word in words.of("function", "negation"):
                    cues.add("negated")  # "there will be no visit"
                m -= 1
                if view.tag(m + 1) == "DT":
                    break
                continue
            if m in self.groups and "participle" in self.groups[m].cues and words.role("put_off", view.lemma(m)):
                break  # "scrapping stops in Oslo": the stops are its object
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

    def _tour_noun(self, m: int) -> bool:
        """Whether unit ``m`` is the noun of a journey or of its programme."""
        lemma = self.view.lemma(m)
        if lemma in self.words.of("itinerary", "nouns"):
            return True
        return lemma in self.words.nouns and self.words.nouns[lemma][0].act == "visit"

    def _visit_noun(self, m: int) -> bool:
        """Whether unit ``m`` is another visit noun, whose places are its own."""
        triggers = self.words.nouns.get(self.view.lemma(m), ()) if self.view.is_noun(m) else ()
        return any(t.act == "visit" for t in triggers)
