"""Read attendance, and verbs by which a journey is arranged: taking and sending, what a tour includes, who is expected."""

from __future__ import annotations

from summitry.extract.arguments import Host
from summitry.extract.deeds import DeedReader
from summitry.extract.phrases import around
from summitry.extract.verbs import Group
from summitry.lexicon.visits import Trigger
from summitry.model.entities import PlaceKind


class ArrangementReader(DeedReader):
    """The part of a sentence reader that reads verbs whose subject need not travel."""

    def _act_take(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        if self.view.lower(k + 1) == "in" and self.view.is_word(k + 1):
            return self._act_include(k, group, trigger, k + 2)  # "the tour takes in Oslo"
        if self.view.lower(k + 1) == "part":
            return self._act_attend(k, group, trigger)
        if self.view.lower(k + 1) in self.words.of("edge", "together"):
            places = self.arguments.hosts(k + 2, end, ("in", "at", "here"))
            guests = self.arguments.objects(k + 1, end)
            if not places:
                return self._were_there(k, group, guests)  # "the summit in Oslo will bring together A and B"
            return self._tell(k, group, trigger, guests, places, act="attend")
        guests = self.arguments.objects(k, end)
        hosts = self.arguments.hosts(k + 1, end, trigger.host)
        if not hosts and self._instead(k):
            return self._were_there(k, group, guests)  # "skips the summit in Oslo and sends his minister instead"
        if group.cues & {"passive", "reduced"}:
            guests = self.arguments.subject(group)  # "was sent to Oslo"
        if not guests and hosts and (people := self._touring(k, group)):
            return self._tell(k, group, trigger, people, hosts, act="go")  # "the trip leads on to Riga"
        brought = self.view.lemma(k) in self.words.of("edge", "brought") and "passive" not in group.cues
        if not guests and hosts and brought:
            guests = self.travellers(group)  # "brought a letter to Oslo": whoever brings it is there
        craft = any(self.view.lemma(m) in self.words.of("edge", "craft") for m in range(k + 1, min(end, k + 5)))
        if not guests and hosts and craft and "passive" not in group.cues:
            people = self.travellers(group)  # "took the night train to Oslo"
            return self._tell(k, group, trigger, people, hosts, act="go")
        led = self._led_along(k, end)
        if self.view.lemma(k) in self.words.of("escort", "led") and not led:
            return False
        if not guests and led:
            guests = self.arguments.subject(group)  # "will take a delegation to Oslo": who takes it travels
        if not hosts and guests and led and (event := self._gathering_in(k, end)):
            first, hosts = event  # "will lead the delegation to a conference in Vienna"
            return self._tell(
                k,
                group,
                trigger,
                guests,
                hosts,
                act="attend",
                times=(k, first),
                kinds=("multilateral",),
                event=around(self.view, self.groups, first),
            )
        times = self._heads(k, end, hosts) if not any(m.governor == k for m in self.times) else ()
        dull = "present" in group.cues and not group.cues & {"planned", "perfect", "progressive"}
        extra = {"neutral"} if dull else set()  # "a trip that takes him to Oslo" says nothing of when
        return self._tell(k, group, trigger, guests, hosts, times=times, extra=extra)

    def _instead(self, k: int) -> bool:
        """Whether the one sent goes in place of somebody: "instead", "in his place"."""
        return any(
            self.view.lower(m) in self.words.of("edge", "instead") for m in range(k + 1, min(len(self.view), k + 8))
        )

    def _led_along(self, k: int, end: int) -> bool:
        """Whether the object of the verb is a delegation: its first noun, over determiners and modifiers."""
        view, m = self.view, k + 1
        while m < end and (view.tag(m) in {"DT", "JJ", "CD", "PRP$", "HYPH", "NN", "POS"} or view.place(m) is not None):
            if view.lemma(m) in self.words.of("escort", "nouns"):
                return True
            m += 1
        return view.lemma(m) in self.words.of("escort", "nouns")

    def _gathering_in(self, k: int, end: int) -> tuple[int, list[Host]] | None:
        """The gathering told behind a verb with its place: its noun and the place."""
        many = self.words.of("events", "multilateral")
        for m in range(k + 1, end):
            if self.view.is_word(m) and self.view.lemma(m) in many:
                hosts = self.arguments.hosts(m + 1, end, ("in", "at", "here"))
                return (m, hosts) if hosts else None
        return None

    def _act_include(self, k: int, group: Group, trigger: Trigger, start: int | None = None) -> bool:
        tour = next((m for m in range(k - 1, max(k - 8, -1), -1) if self._tour_noun(m)), None)
        if tour is None:
            guests = self.arguments.objects(k, len(self.view))
            return self._were_there(k, group, guests, again=self._those_there(k))  # "guests at ... included A"
        people, first = self._owners(tour, k)
        end = self.arguments.clause_end(k)
        hosts = self.arguments.hosts(start or k + 1, end, ("object", "in", "to"))
        last = self.sightings[-1] if self.sightings else None
        if not people and hosts and last is not None and "first-leg" in last.cues:
            keys = ((last.visitor, self.view.units[first].span),)  # "the first stop on a tour that includes Riga"
            self._emit([], hosts, k, trigger, frozenset({"planned"}), group=group.first, keys=keys)
            return True
        known = self._traveller(first)
        if not people and hosts and known:
            cues = frozenset(group.cues)
            self._emit([], hosts, k, trigger, cues, times=self._borrowed(k, group), group=group.first, keys=known)
            return True
        extra = {"neutral"} if "present" in group.cues else set()  # "the tour includes Oslo" says nothing of when
        people, times = people or self._tour_people(group), self._heads(k, end, hosts)
        return self._tell(k, group, trigger, people, hosts, times=times, extra=extra)

    def _those_there(self, k: int) -> bool:
        """Whether the subject of a verb is whoever was at the gathering told before: "those expected", "they", "guests"."""
        view, words = self.view, self.words
        if view.lower(0) in words.of("function", "those") or view.lower(0) in words.of("function", "subjects"):
            return True
        return any(view.lemma(m) in words.of("events", "guests") and view.tag(m) == "NNS" for m in range(min(k, 4)))

    def _act_expect(self, k: int, group: Group, trigger: Trigger) -> bool:
        end = self.arguments.clause_end(k)
        if "passive" not in group.cues and "reduced" not in group.cues:
            return self._awaits(k, end, group, trigger)
        if self._homeward(k, end):
            return self._leaves(k, group, trigger, self.arguments.hosts(k + 1, end, ("from",)))
        hosts = self.arguments.hosts(k + 1, min(end, k + 6), trigger.host) or self.arguments.before_where(group)
        due = {"perfect", "past"} <= group.cues and self.view.lemma(k) in self.words.of("unreal", "perfect")
        extra = {"planned", "unreal"} if due else {"planned"}  # "had been due in Oslo on Monday"
        site = bool(hosts) and all(h.mention is not None and h.mention.kind is PlaceKind.SITE for h in hosts)
        act = "visit" if site else "arrive"  # "is expected at the palace on Monday": no word of when the stay begins
        return self._tell(k, group, trigger, self.arguments.subject(group), hosts, extra=extra, act=act)

    def _awaits(self, k: int, end: int, group: Group, trigger: Trigger) -> bool:
        """ "Oslo expects the king on Monday": who is expected comes; with a verb after it the object is no guest yet."""
        guests = self._people(self.arguments.objects(k, end))
        dated = any(m.governor == k and m.timex.range is not None for m in self.times)
        if not guests or not dated or any(g.matrix == k for g in self.groups.values()):
            return False
        hosts = self.arguments.hosts(k + 1, end, ("in", "at", "here")) or self._homes(self.arguments.subject(group))
        return self._tell(k, group, trigger, guests, hosts, extra={"planned"}, act="visit")

    def _act_choose(self, k: int, group: Group, trigger: Trigger) -> bool:
        view, end = self.view, self.arguments.clause_end(k)
        ahead = {view.lemma(m) for m in range(k + 1, min(end, k + 12))}
        first = self.words.of("nth", "1") & {view.lower(m) for m in range(k + 1, min(end, k + 12))}
        if not ahead & self.words.of("first", "nouns") and not (first and ahead & set(self.words.nouns)):
            return False
        hosts = self.arguments.hosts(k + 1, min(end, k + 4), ("object",))
        firsts = self.words.of("first", "nouns")
        times = (k, *(m for m in range(k + 1, min(end, k + 12)) if view.lemma(m) in firsts))
        return self._tell(k, group, trigger, self.arguments.subject(group), hosts, act="visit", times=times)

    def _gathering_before(self, k: int) -> tuple[int, list[Host]] | None:
        """The gathering told before unit ``k`` with its place: "the summit in Oslo", "guests at the Oslo funeral"."""
        view = self.view
        for m in range(k - 1, max(-1, k - 16), -1):
            if m in self.groups or view.lower(m) == ";":
                return None
            if not (view.is_noun(m) and view.lemma(m) in self.words.of("gates", "gathered")):
                continue
            hosts = self.arguments.hosts(m + 1, k, ("in", "at", "here"))
            before = view.place(m - 1)
            if not hosts and before is not None and before.kind is PlaceKind.CITY:
                hosts = [Host(before.country, before, view.units[m - 1].span, "compound")]
            venue = self._venue(m)
            if not hosts and venue is not None:
                self.lent, hosts = venue.moments, [venue.host]
            return (m, hosts) if hosts else None
        return None

    def _were_there(
        self, k: int, group: Group, people: list[int], *, again: bool = False, extra: set[str] | None = None
    ) -> bool:
        """Tell that people were at the gathering before unit ``k``; ``again``: at the one told in the sentences before."""
        view = self.view
        people = self._people(people)
        found = self._gathering_before(k) if people else None
        venue = self._latest_venue() if again else None
        if people and found is None and venue is not None:
            found, self.lent = (k, [venue.host]), venue.moments
        if found is None:
            return False
        event, hosts = found
        many = self.multilateral(event, event + 1) or event == k
        kinds = ("multilateral",) if many else ()
        at = around(view, self.groups, event) if event != k else None
        trigger = self.words.verbs["attend"][0]
        told = self._tell(k, group, trigger, people, hosts, kinds=kinds, event=at, times=(k, event), extra=extra)
        self.lent = ()
        return told

    def _among(self, k: int, group: Group) -> None:
        """ "Among the guests were A and B", "among those at the summit in Oslo was A"."""
        view = self.view
        led = [h for h in self.groups if h < k]
        if view.lemma(k) != "be" or view.lower(0) not in self._f["among"] or len(led) > 1:
            return
        people = self.arguments.objects(k, len(view))
        due = next((h for h in self.groups if h < k and view.lower(h + 1) in {"in", "at", "here"}), None)
        if due is not None:
            self._among_expected(due, k, people)
        elif view.lower(1) in self._f["those"] and (hosts := self.arguments.hosts(2, 4, ("in", "here"))):
            trigger = next(t for t in self.words.triggers if t.act == "speak")
            self._tell(k, group, trigger, people, hosts, extra={"present_at"}, act="present")
        else:
            self._were_there(k, group, people, again=True)

    def _among_expected(self, due: int, k: int, people: list[int]) -> None:
        """ "Among the leaders expected in Oslo on Monday are A and B"."""
        trigger = next((t for t in self.words.verbs.get(self.view.lemma(due), ()) if t.act == "expect"), None)
        hosts = self.arguments.hosts(due + 1, k, ("in", "at", "here"))
        if trigger is not None:
            self._tell(due, self.groups[due], trigger, people, hosts, extra={"planned"}, act="arrive", times=(due,))

    def _act_attend(self, k: int, group: Group, trigger: Trigger) -> bool:
        if "passive" in group.cues:
            end = self.arguments.clause_end(k)
            guests = self.arguments.led_people(k + 1, end, frozenset({"by"}))
            if self.view.lemma(k) in self.words.of("edge", "stand_in"):
                # "X was represented at the summit in Oslo by his minister"
                hosts = self.arguments.hosts(k + 1, end, ("in", "at", "here"))
                return self._tell(k, group, trigger, guests, hosts) or self._were_there(k, group, guests, again=True)
            joined = self.view.lemma(k) in self.words.of("escort", "verbs")
            there = self.arguments.hosts(k + 1, end, ("in", "at", "here")) if joined else []
            if there:
                return self._tell(k, group, trigger, guests, there)  # "was joined in Oslo by A"
            return self._were_there(k, group, guests)  # "the summit in Oslo was attended by A"
        event = self._event(k + 1)
        if event is None:
            return self._attends_there(k, group, trigger)
        first, last = event
        end = self.arguments.clause_end(k, self.words.of("events", "held"))
        hosts = self.arguments.hosts(k + 1, end, ("here", "in", "at"))
        if not hosts:
            named, _ = self.arguments.place_at(k + 1, last)
            hosts = [h for h in named if h.mention is None or h.mention.kind is PlaceKind.CITY]
        if not hosts:
            hosts = self.arguments.before_where(group) or self.arguments.fronted(group)
        new = self.view.lower(k + 1) in self.words.of("function", "indefinite")  # "convened a meeting": no known one
        venue = None if new else self._venue(last - 1)
        if venue is not None and (not hosts or any(h.country == venue.host.country for h in hosts)):
            hosts, self.lent = hosts or [venue.host], venue.moments
        many = self.multilateral(first, last)
        people = self.arguments.subject(group)
        told = self._tell(
            k,
            group,
            trigger,
            [*people, *self._alongside(people, last)],
            hosts,
            kinds=("multilateral",) if many else (),
            event=around(self.view, self.groups, last - 1),
            times=(k, last - 1),
            act="attend",
        )
        self.lent = ()
        return told

    def _attends_there(self, k: int, group: Group, trigger: Trigger) -> bool:
        """ "Both will attend", "will take part": the gathering told here or in the two sentences before."""
        view = self.view
        m = k + 2 if view.lower(k + 1) == "part" else k + 1
        bare = (
            m >= len(view)
            or view.kind(m) == "time"
            or view.tag(m) in {",", ".", ":"}
            or view.lower(m) in self.words.of("function", "too")
        )
        if not bare or view.lemma(k) not in self.words.of("events", "bare"):
            return False
        venue = self._latest_venue(here=True)
        if venue is None:
            return False
        self.lent = venue.moments
        people = self.arguments.subject(group)
        told = self._tell(k, group, trigger, people, [venue.host], kinds=("multilateral",), times=(-2,), act="attend")
        self.lent = ()
        return told

    def _alongside(self, people: list[int], start: int) -> list[int]:
        """ "..., along with A and B": those of other countries than the subject, who have come of their own accord."""
        view = self.view
        mine = {key for p in people if (named := view.person(p)) for key in named.people}
        homes = {view.annotated.people[key].country for key in mine}
        for m in range(start, len(view) - 1):
            if view.lower(m) in self.words.of("edge", "along") and m not in self.groups:
                found = self.arguments.led_people(m, min(len(view), m + 8), frozenset({"with", "alongside"}))
                row = []
                for p in found:
                    mention = view.person(p)
                    countries = {view.annotated.people[key].country for key in mention.people} if mention else homes
                    row += [] if countries & homes else [p]
                return row
        return []
