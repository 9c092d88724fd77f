"""Read what is said beside the main verb: where someone is on the way to, and that what was due was called off."""

from __future__ import annotations

from dataclasses import replace

from summitry.extract.acts import VerbReader
from summitry.extract.verbs import Group, verb_before


class AsideReader(VerbReader):
    """The part of a sentence reader that reads journeys told in passing."""

    def _on_the_way(self, k: int) -> None:
        """ "Will stop in Riga on his way to Oslo", "en route to Oslo": where the subject is bound for."""
        view = self.view
        way = view.lemma(k) in self.words.of("edge", "way") and view.lower(k + 1) == "to"
        bound = view.lower(k) in self.words.of("edge", "bound") and view.lower(k + 1) == "for"
        bound = bound and not view.is_noun(k - 1)  # "a ship bound for Gaza" has nobody of rank on board
        if view.lemma(k) in self.words.of("edge", "way") and view.lower(k + 1) in self.words.of("function", "home"):
            self._on_the_way_home(k)
        if not (way or bound) or not view.is_word(k):
            return
        verb = verb_before(self.groups, k)
        verb = verb or next((g for h, g in self.groups.items() if h > k), None)
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, min(end, k + 8), ("to", "for") if bound else ("to",))
        if verb is None or not hosts:
            return
        people = self.travellers(verb)
        cues = verb.cues & {"past", "future", "planned", "would", "present"}
        apart = (m for m in range(verb.head + 1, k) if view.place(m) or (view.person(m) and not view.possessive(m)))
        # "was on his way to Oslo on Monday": the journey itself
        goes = view.lemma(verb.head) == "be" or (way and view.lemma(verb.head) in self.words.of("edge", "make"))
        itself = verb.head < k and goes and not any(apart)
        times = (k, verb.head) if itself else ()
        cues |= {"progressive" if itself else "neutral"}
        self._emit(people, hosts, k, self.words.verbs["go"][0], frozenset(cues), times=times, group=k)

    def _calls_on(self, k: int, group: Group) -> bool:
        """ "Called on King X in Riga": one who calls on somebody is there; who calls on somebody to do something is not."""
        view, upon = self.view, self._f["upon"]
        if view.lower(k + 1) not in upon or any(g.matrix == k and "infinitive" in g.cues for g in self.groups.values()):
            return False
        end = self.arguments.clause_end(k)
        if any(view.lower(m) == "to" and view.tag(m + 1) == "VB" for m in range(k + 2, min(end + 2, len(view)))):
            return False
        return self._received_by(k, group, k, end)

    def _courtesy_call(self, k: int) -> None:
        """ "Paid a courtesy call on King X", "paid her respects to President X": whoever pays it is there."""
        verb = verb_before(self.groups, k)
        if verb is not None and self.view.lemma(verb.head) in self.words.of("edge", "paid") and k - verb.head <= 4:
            self._received_by(k, verb, verb.head, self.arguments.clause_end(k))

    def _received_by(self, k: int, group: Group, head: int, end: int) -> bool:
        """The subject of a verb and the one whom unit ``k`` leads to, at the place told, else where that one is at home."""
        callers = self.travellers(group)
        others = self.arguments.led_people(k + 1, end, self._f["upon"] | self._f["of_a_deed"])
        if not callers or not others or self._countries(callers) & self._countries(others):
            return False
        places = self.arguments.hosts(k + 1, end, ("here", "in", "at"))
        if not places and head == k:
            return False  # "called on President X on Monday": by telephone, for all that is told
        hosts, trigger = places or self._homes(others), self.words.verbs["meet"][0]
        self._talk([*callers, *others], k, group, hosts, callers)
        cues, times = group.cues | {"talks"}, (head, *self._heads(k, end, hosts))
        self._emit([*callers, *others], hosts, k, trigger, cues, times=times, group=group.first)
        return True

    def _on_the_way_home(self, k: int) -> None:
        """ "Is on her way home from Oslo and Riga": stays that are over."""
        verb = verb_before(self.groups, k)
        hosts = self.arguments.hosts(k + 2, min(self.arguments.clause_end(k), k + 8), ("from",))
        people = self.travellers(verb) if verb is not None else []
        if people and hosts:
            self._emit(
                people, hosts, k, self.words.verbs["return"][0], frozenset({"ended"}), act="end", times=(k,), group=k
            )

    def _back_from(self, k: int) -> None:
        """ "Just back from Oslo", "fresh off a visit to Riga": a stay that is over, of who stands before or does the rest."""
        view, words = self.view, self.words
        back = view.is_word(k) and view.lower(k) in words.of("edge", "back")
        if not back or view.lower(k + 1) not in {"from", "off"} or k - 1 in self.groups or k in self.groups:
            return
        end = next((m for m in range(k + 1, len(view)) if view.lower(m) == ","), len(view))
        end = min(end, self.arguments.clause_end(k))
        noun = next((m for m in range(k + 2, min(end, k + 8)) if self._visit_noun(m)), k)
        owner = k - 1 if view.is_noun(k) and view.person(k - 1) is not None and view.possessive(k - 1) else None
        hosts = self.arguments.hosts(noun + 1, end, ("to", "in", "of") if noun > k else ("from", "off"))
        comma = next((m for m in range(k - 1, max(k - 5, -1), -1) if view.lower(m) == ","), None)
        main = self._main(k)
        if owner is not None:
            people = [owner]  # "on his return from Oslo"
        elif comma is not None and view.person(comma - 1) is not None:
            people = self.arguments.joined_left(comma - 1)
        else:
            people = self.travellers(main) if main is not None and k <= 5 else []
        if people and hosts:
            self._emit(people, hosts, k, words.verbs["return"][0], frozenset({"ended"}), act="end", times=(k,), group=k)

    def _performance(self, k: int) -> None:
        """ "X's speech in Oslo on Monday drew fire": what is done in person, told as a noun with whose it is."""
        view, words = self.view, self.words
        if not view.is_noun(k) or view.lemma(k) not in words.of("performed", "own"):
            return
        people, first, _, _, _ = self._before_noun(k)
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(k + 1, min(end, k + 6), ("in", "at", "here"))
        apart = words.of("meeting", "video") | words.of("meeting", "call")
        if not people or not hosts or apart & {view.lower(m) for m in range(first, end)}:
            return
        group, _ = self._bearer(first, k)
        tense = group.cues & {"past", "present", "future", "would", "planned"} if group is not None else set()
        trigger = next(t for t in words.triggers if t.act == "speak")
        self._emit(people, hosts, k, trigger, frozenset({"spoke", *tense}), act="speak", times=(k,), group=first)

    def _followed(self, k: int, group: Group) -> None:
        """ "Will visit Oslo, followed by Riga on Tuesday": the next stops of the journey told just before."""
        view = self.view
        if (
            view.lemma(k) not in self.words.of("edge", "followed")
            or view.lower(k + 1) != "by"
            or "reduced" not in group.cues
        ):
            return
        length = next((m for m in range(k + 2, min(k + 4, len(view))) if view.kind(m) == "time"), None)
        spent = length is not None and view.lower(length + 1) == "in"  # "followed by a day in Oslo"
        hosts, _ = self.arguments.place_at(length + 2 if spent and length is not None else k + 2, len(view))
        last = self.sightings[-1] if self.sightings else None
        if last is None or last.place is None or last.act in {"speak", "meet", "invite"}:
            return
        m = k - 1
        while view.lower(m) == "," or view.kind(m) == "time" or (view.tag(m) == "IN" and view.kind(m + 1) == "time"):
            m -= 1  # "to Oslo on Friday, followed by Riga"
        near = view.place(m)
        if near is None or near.span != last.place.span:
            return
        mine = tuple(m for m in self.times if m.governor == k)
        if not hosts:  # "X will visit Oslo on Monday, followed by Y on Wednesday"
            people = self.arguments.led_people(k + 1, self.arguments.clause_end(k), frozenset({"by"}))
            self._emit(people, [last.place], k, self.words.verbs["visit"][0], last.cues, times=(k,), group=last.group)
            return
        home = view.annotated.people[last.visitor].country
        for host in hosts:
            if host.country not in {None, home, last.host}:
                cues, span = last.cues - {"first-leg"}, view.units[k].span
                told = replace(last, host=host.country, place=host, cues=cues, span=span, moments=mine, context=())
                self.sightings.append(told)

    def _called_off(self, k: int, group: Group) -> None:
        """ "Was due to visit Oslo on Monday but cancelled": a verb without an object, of what was told just before."""
        view, words = self.view, self.words
        lemma = view.lemma(k)
        phrase = f"{lemma} {view.lower(k + 1)}"
        status = next((s for s in ("postponed", "cancelled") if words.of("put_off", s) & {lemma, phrase}), None)
        last = self.sightings[-1] if self.sightings else None
        if status is None or last is None or words.verbs.get(lemma) or group.cues & {"negated", "passive", "reduced"}:
            return
        after = k + 2 if phrase in words.of("put_off", status) else k + 1
        bare = after >= len(view) or view.kind(after) == "time" or view.tag(after) in {"IN", ",", ".", ":", "RB"}
        keys = {key for s in self.arguments.subject(group) if (m := view.person(s)) for key in m.people}
        if not bare or last.visitor not in keys or not last.cues & {"planned", "future", "would", "unreal"}:
            return
        span = view.units[k].span
        self.sightings.append(replace(last, cues=frozenset({status, "by-verb"}), span=span, group=k))
