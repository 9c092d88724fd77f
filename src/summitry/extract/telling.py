"""The means to tell what a sentence tells of visits and talks: shared by the readers of verbs and of nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from summitry.extract.arguments import Arguments, Host
from summitry.extract.definite import meant, ours
from summitry.extract.legs import each_leg, occasions, of_the_tour
from summitry.extract.moments import Moment, in_week, moments, still_ahead
from summitry.extract.records import NEXT, Sighting, Talk, Venue
from summitry.extract.signs import denied, plans_put_off, reported, stage, told_when
from summitry.extract.verbs import Group, groups, verb_before
from summitry.extract.view import View
from summitry.lexicon.visits import Trigger
from summitry.model.dates import DateRange
from summitry.model.spans import Span

JOURNEYS = frozenset({"go", "leave", "arrive", "visit"})
"""Acts that are a journey, told by its verb."""

BESIDE = frozenset(["past", "present", "future", "would", "hedge", "headline", "planned"])
"""What a verb says of a visit told beside it ("will speak during a visit"): its tense, nothing else."""

TENSES = frozenset({"past", "present", "future", "would", "hedge", "planned", "proposed", "perfect"})
"""What a verb says of the visit of another of those it tells of."""

NOWHERE: tuple[Host | None, ...] = (None,)


@dataclass
class Teller:
    """One sentence being read. ``here`` is the dateline's country, ``there`` the host last told."""

    view: View
    here: str | None
    there: str | None
    venues: tuple[Venue, ...] = ()
    latest: Sighting | None = None
    week: DateRange | None = None
    """A week still to come in which the sentences before tell of a visit, so that a weekday named here is one of it."""
    last_talk: Talk | None = None
    sightings: list[Sighting] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = self.view.words
        self.lent: tuple[Moment, ...] = ()

    # Worked out when asked for: three sentences in ten name nobody, and nothing of them is read.

    @cached_property
    def groups(self) -> dict[int, Group]:
        """The verb groups of the sentence."""
        return groups(self.view)

    @cached_property
    def arguments(self) -> Arguments:
        """Who and where of its verbs."""
        return Arguments(self.view, self.groups, self.here)

    @property
    def times(self) -> tuple[Moment, ...]:
        """The times of the sentence, each with what it dates."""
        if self.week is None:
            return self._times
        today = self.view.annotated.published.day
        return self._times if today is None else in_week(self._times, self.week, today)

    @cached_property
    def _times(self) -> tuple[Moment, ...]:
        return moments(self.view, self.groups)

    def _people(self, units: list[int]) -> list[int]:
        """The people among some units."""
        return [p for p in units if self.view.person(p) is not None]

    def _countries(self, units: list[int]) -> set[str | None]:
        """The countries of the people among some units."""
        view = self.view
        return {view.annotated.people[key].country for p in units if (m := view.person(p)) for key in m.people}

    def travellers(self, group: Group) -> list[int]:
        """The people who are the subject of a verb."""
        return self._people(self.arguments.subject(group))

    def absent(self, group: Group) -> bool:
        """Whether a verb tells that its subject is not there: who skips a summit, who is represented at one."""
        return self._stood_in(group) or self.words.role("put_off", self.view.lemma(group.head)) is not None

    def _stood_in(self, group: Group) -> bool:
        """Whether somebody else stands in for the subject of a verb."""
        return "passive" in group.cues and self.view.lemma(group.head) in self.words.of("edge", "stand_in")

    def turn(self, k: int) -> str:
        """What a verb tells of a stay that it begins or ends, as a cue: "begun", "ending", or "" for any other verb."""
        lemma, words = self.view.lemma(k), self.words
        phrase = f"{lemma} {self.view.lower(k + 1)}"
        if lemma in words.of("begin", "verbs") or phrase in words.of("begin", "phrasal"):
            return "begun"
        return "ending" if lemma in words.of("end", "verbs") or phrase in words.of("end", "phrasal") else ""

    def _heads(self, k: int, end: int, hosts: list[Host]) -> tuple[int, ...]:
        """The verb and the nouns of its clause whose time stands beside the place: "signed a deal in Riga on Tuesday"."""
        units = self.view.units
        nouns = {
            m.governor
            for m in self.times
            if k < m.governor < end
            and any(units[m.governor].end <= h.span.start and self._next_to(m, h) for h in hosts)
        }
        return (k, *sorted(nouns))

    def _next_to(self, moment: Moment, host: Host) -> bool:
        """Whether a time stands behind a place, or right before what leads to it: "on Tuesday in the city of Riga"."""
        view = self.view
        if host.span.end <= moment.timex.span.start:
            return True
        between = view.inside(Span(moment.timex.span.end, max(moment.timex.span.end, host.span.start)))
        cities = self.words.of("place_nouns", "city")
        small = (view.tag(m) in {"IN", "DT", "JJ"} or view.place(m) or view.lower(m) in cities for m in between)
        return moment.timex.span.end <= host.span.start and all(small)

    def _homes(self, givers: list[int]) -> list[Host]:
        """The countries of those who receive: of a person, or of a capital that stands for its government."""
        homes = []
        for g in givers:
            place = self.view.place(g)
            if place is not None and place.country:
                homes.append(Host(place.country, None, self.view.units[g].span, "metonym"))
            person = self.view.person(g)
            for someone in self.view.annotated.named(person) if person else ():
                if someone.country and someone.country not in {h.country for h in homes}:
                    homes.append(Host(someone.country, None, self.view.units[g].span, "home"))
        return homes[:1]

    def _event(self, start: int) -> tuple[int, int] | None:
        """The noun phrase of a gathering that begins within a few units of ``start``: first and last + 1 unit."""
        view, nouns, names = self.view, self.words.of("events", "nouns"), self.words.of("events", "names")
        first = start
        while view.lower(first) in {"in", "at", "the", "a", "an", "part", "over", ","} and view.is_word(first):
            first += 1
        for m in range(first, min(first + 14, len(view))):
            if m in self.groups and not view.tag(m).startswith("VBG") and view.tag(m) != "VBN":
                return None
            if m in self.groups and self.groups[m].cues & {"before", "after"}:
                return None  # "will join her before going to a summit": the summit is of what comes next
            word = view.lower(m)
            if view.is_word(m) and (view.lemma(m) in nouns or word in nouns or word in names):
                last = m + 1
                while view.is_word(last) and (view.lemma(last) in nouns or view.lower(last) in nouns):
                    last += 1
                return first, last
        return None

    def multilateral(self, first: int, last: int) -> bool:
        """Whether some units tell a gathering of several sides: "summit", "G20"; no news conference, no small ceremony."""
        many, names = self.words.of("events", "multilateral"), self.words.of("events", "names")
        if self.view.lower(first - 1) in self.words.of("events", "small") or any(
            self.view.lower(m) in self.words.of("events", "small") for m in range(first, last)
        ):
            return False  # a press conference, a welcoming ceremony
        return any(
            self.view.lemma(m) in many or self.view.lower(m) in many or self.view.lower(m) in names
            for m in range(first, last)
        )

    def _tell(
        self,
        k: int,
        group: Group,
        trigger: Trigger,
        people: list[int],
        hosts: list[Host],
        *,
        extra: set[str] | None = None,
        kinds: tuple[str, ...] = (),
        event: Span | None = None,
        inviter: str | None = None,
        act: str | None = None,
        times: tuple[int, ...] = (),
    ) -> bool:
        people = self._people(people)
        if not people or not hosts:
            return False
        self._sight(
            people,
            hosts,
            k,
            group,
            trigger,
            extra=extra,
            kinds=kinds,
            event=event,
            inviter=inviter,
            act=act,
            times=times,
        )
        return True

    def _sight(
        self,
        people: list[int],
        hosts: list[Host],
        k: int,
        group: Group,
        trigger: Trigger,
        *,
        extra: set[str] | None = None,
        kinds: tuple[str, ...] = (),
        event: Span | None = None,
        inviter: str | None = None,
        act: str | None = None,
        times: tuple[int, ...] = (),
    ) -> None:
        cues = set(group.cues) | (extra or set())
        if {"participle", "before"} <= cues and not cues & TENSES:
            after = next((g for h, g in self.groups.items() if h > k and g.cues & TENSES), None)
            cues |= after.cues & TENSES if after is not None else set()  # "before flying to Riga, he will"
        # "will miss the summit, sending his minister": what is missed is no matter of the minister's
        beside = "participle" in cues and self.view.lower(group.first - 1) == ","
        if group.matrix is not None and not beside:
            lemma = self.view.lemma(group.matrix)
            phrase = f"{lemma} {self.view.lower(group.matrix + 1)}"
            for status in ("postponed", "cancelled", "ruled_out"):
                if lemma in self.words.of("put_off", status) or phrase in self.words.of("put_off", status):
                    cues.add(status)
        cues |= plans_put_off(self.view, self.groups, k, group) | denied(self.view, self.groups, group)
        coming = {"past", "progressive"} <= cues and (act or trigger.act) in {"go", "arrive"}
        if coming and reported(self.view, self.groups, group):
            cues = (cues - {"past", "progressive"}) | {"planned"}  # "confirmed that X was coming"
        # "begins a tour of the region on Thursday, visiting Oslo": the nouns of the verb on which a participle leans
        lean = range(group.matrix, k) if "participle" in cues and group.matrix is not None else range(0)
        self._emit(
            people,
            hosts,
            k,
            trigger,
            frozenset(cues),
            kinds=kinds,
            event=event,
            inviter=inviter,
            act=act,
            times=times or self._borrowed(k, group),
            group=group.first,
            context=tuple(m for m in self.times if m.governor in {k, group.matrix} or m.governor in lean),
        )

    def _emit(
        self,
        people: list[int],
        hosts: list[Host],
        k: int,
        trigger: Trigger,
        cues: frozenset[str],
        *,
        kinds: tuple[str, ...] = (),
        event: Span | None = None,
        inviter: str | None = None,
        act: str | None = None,
        times: tuple[int, ...] = (),
        group: int = 0,
        context: tuple[Moment, ...] = (),
        keys: tuple[tuple[str, Span], ...] = (),
    ) -> None:
        view = self.view
        if self._hypothetical(group):
            cues = cues | {"hypothetical"}
        if cues & {"future", "would"} and self._hoped(group):
            cues = cues | {"proposed"}
        if "negated" in cues and any(
            self.view.lemma(h) in self.words.of("announce", "verbs") for h in self.groups if h != k
        ):
            cues = cues | {"voiced"}
        if "present" in cues and self._after_clause(group):
            cues = cues | {"after-clause"}
        cues = cues | stage(self.view, k, hosts)
        own = tuple(m for m in self.times if m.governor in times) or self.lent or self._when(group)
        if "by-verb" in cues:
            own = self.lent
        if {"participle", "before"} <= cues and any(m.role == "until" and m.governor != k for m in own):
            # "is there until Friday before going to Oslo": the last day alone
            own = tuple(replace(m, role="on") for m in own if m.role == "until")
        if (act or trigger.act) == "present" and "past" in cues:
            own = tuple(replace(m, role="on") if m.role == "by" else m for m in own)  # "by Thursday she was in Riga"
        if {"planned", "unreal"} <= cues and any(s.cues & {"cancelled", "postponed"} for s in self.sightings):
            # "called off a trip to Riga, where he was to have met X on Monday"
            own = still_ahead(own, view.annotated.published.day)
        context = own or context
        opens = "begun" in cues or (act or trigger.act) == "leave"
        if opens and len({h.country for h in hosts} - self._countries(people)) > 1:
            # "begins a tour of Peru and Chile on Monday", "leaves for"
            own = tuple(m for m in own if m.timex.range is None or m.timex.range.as_day is None)
        told = [(key, view.units[p].span) for p in people if (m := view.person(p)) for key in m.people]
        span, number, rule, what = view.units[k].span, view.number, trigger.id, act or trigger.act
        for key, who in (*told, *keys):
            for host, mine in self._legs(key, hosts, own):
                country = host.country if host else None
                for when in occasions(self.view, mine):
                    told_of = (kinds, event, inviter, k, context)
                    sighting = Sighting(key, country, number, what, rule, cues, span, who, host, when, *told_of)
                    self.sightings.append(sighting)

    def _legs(
        self, visitor: str, hosts: list[Host], own: tuple[Moment, ...]
    ) -> list[tuple[Host | None, tuple[Moment, ...]]]:
        """The foreign places of a telling for one visitor, each with the times that date it."""
        if not hosts:
            return [(None, own)]
        home = self.view.annotated.people[visitor].country
        told = [h for host in hosts if (h := self._definite(host, visitor)) is not None]
        # A region, "the country" that nothing settles, or the visitor's own country is no visit to code.
        abroad = [h for h in told if h.country not in {None, home}]
        if len({h.country for h in abroad}) > 1:
            if (each := each_leg(self.view, abroad, own)) is not None:
                return each
            last = max(h.span.start for h in abroad)
            first = min(h.span.start for h in abroad)
            own = tuple(m for m in own if not of_the_tour(m, first))
            several = sum(m.role == "from" or (m.role != "until" and not m.of_a_leg) for m in own) > 1
            own = tuple(m for m in own if m.of_a_leg or first < m.timex.span.start < last or several)
        spans = [h.span for h in abroad]
        if len({h.country for h in abroad}) == 1:
            return [(h, own) for h in abroad]  # "Marseille, France": one place told twice
        return [(h, tuple(m for m in own if m.for_host(h.span, spans))) for h in abroad]

    def _definite(self, host: Host | None, visitor: str) -> Host | None:
        """ "The country", "the city", "there": what these words mean for a visitor; see ``extract.definite``."""
        if host is None or host.how not in {"definite", "ours"}:
            return host
        own = self.view.annotated.people[visitor].country
        if host.how == "ours":
            return replace(host, country=ours(self.view, visitor, self.here))
        last = self.sightings[-1] if self.sightings else self.latest
        told = last.host if last is not None and self.view.number - last.sentence <= NEXT else None
        return replace(host, country=meant(self.view, host.span, own, told, (self.there, self.here)))

    def _borrowed(self, k: int, group: Group) -> tuple[int, ...]:
        """The units whose times are the verb's: its own, for a participle without one those of the verb it leans on.

        Specimen: "on Monday he will speak before leaving for Oslo" dates the journey too.
        """
        if when := told_when(self.view, self.groups, self.times, k, group):
            return (k, *when)
        if any(m.governor == k for m in self.times):
            begins = self.words.of("begin", "verbs")
            later = (h for h, g in self.groups.items() if g.matrix == k and "participle" in g.cues)
            return (k, *(h for h in later if self.view.lemma(h) in begins))  # "for two days beginning Thursday"
        before = next((h for h in reversed(self.groups) if h < k), None)
        if (
            before is not None
            and self.view.lower(k - 1) in self.words.of("edge", "then")
            and self.groups[before].first == group.first
        ):
            return (k, before)  # "will see the king on Monday and then drive to Riga"
        if due := self._due_heads(group):
            return (k, *due)
        last = verb_before(self.groups, group.first)
        joined = self.view.lower(group.first - 1) in self.words.of("function", "and")
        over = last is not None and (
            self.view.lemma(last.head) in self.words.of("end", "verbs")
            or f"{self.view.lemma(last.head)} {self.view.lower(last.head + 1)}" in self.words.of("end", "phrasal")
        )
        if last is not None and joined and over and {"past", "future"} & group.cues & last.cues:
            return (k, *range(last.head, group.first))  # "ended his visit on Wednesday and left for Tallinn"
        become = self.words.of("become", "verbs")
        if "purpose" in group.cues and group.matrix is not None and self.view.lemma(group.matrix) in become:
            return (k, group.matrix)  # "in 1993 he became the first pope to visit"
        if last is not None and self._before_going(group, last):
            return (k, last.head)  # "took questions on Tuesday before he flew to Oslo"
        if "participle" not in group.cues or group.matrix is None:
            return (k,)
        fronted = all(m.unit < group.matrix for m in self.times if m.governor == group.matrix)
        return (k, group.matrix) if fronted or "before" in group.cues else (k,)

    def _before_going(self, group: Group, last: Group) -> bool:
        """Whether a verb of going stands in a clause led by "before" to a deed of the past with a day."""
        lead = {self.view.lower(m) for m in range(last.head + 1, group.first) if self.view.is_word(m)}
        acts = {t.act for t in self.words.verbs.get(self.view.lemma(group.head), ())}
        return (
            bool(lead & self.words.of("function", "before"))
            and bool(acts & {"go", "leave"})
            and "past" in group.cues & last.cues
        )

    def _due_heads(self, group: Group) -> tuple[int, ...]:
        """ "Is expected on Friday to visit": the governing word, or its "be", whose time is that of the visit.

        Of a participle that leans on such a verb too. "Decided on Friday to visit" tells the day of the decision.
        """
        view = self.view
        if (
            "participle" in group.cues
            and group.matrix in self.groups
            and group.cues & {"before", "after"} == {"before"}
        ):
            matrix = self.groups[group.matrix]
            return () if any(m.governor == matrix.head for m in self.times) else self._due_heads(matrix)
        word = group.matrix
        if word is None or not {"infinitive", "planned"} <= group.cues:
            return ()
        heads = [word] if word in self.groups and self.groups[word].cues & {"passive", "reduced"} else []
        if word not in self.groups:
            heads = [h for h in self.groups if view.lemma(h) == "be" and 0 < word - h <= 3]
        return tuple(h for h in heads if any(m.governor == h for m in self.times))

    def _when(self, first: int) -> tuple[Moment, ...]:
        """ "In 2003, when X paid a visit": the time of the clause that the visit explains."""
        view = self.view
        lead = range(max(0, first - 6), first)
        if any(view.lower(m) == "when" and view.is_word(m) for m in lead):
            before = [m for m in self.times if m.unit < first]
            return tuple(before[-1:])
        main = self._meanwhile(first)
        return () if main is None else tuple(m for m in self.times if m.governor == main)

    def _meanwhile(self, first: int) -> int | None:
        """The verb of the clause before "as X arrived", "while he visited": what it tells is of the same time."""
        view = self.view
        main = next((h for h in reversed(self.groups) if h < first), None)
        group = next((g for g in self.groups.values() if g.first == first), None)
        if main is None or group is None or not group.cues & {"past", "present"} or first - main > 20:
            return None
        joined = any(view.lower(m) in self.words.of("function", "meanwhile") for m in range(main + 1, first))
        return main if joined and self.groups[main].cues & {"past", "present", "reduced"} else None

    def _hoped(self, first: int) -> bool:
        """ "Ukraine hopes that X will come": a clause that hangs on a hope."""
        view, words = self.view, self.words
        for m in range(first - 1, max(first - 12, 0), -1):
            if view.lemma(m) in words.of("hope", "words") and m in self.groups:
                return True  # "Oslo hopes he will come"
            if m in self.groups:
                return False
            if view.lower(m) == "that" and view.is_word(m):
                return any(
                    view.lemma(j) in words.of("hope", "words") and view.is_word(j) for j in range(max(0, m - 3), m)
                )
        return False

    def _after_clause(self, first: int) -> bool:
        """Whether a present tense stands after "before", "when" and the like beside something ahead: it is ahead itself."""
        view = self.view
        ahead = any(g.cues & {"future", "planned", "would"} for h, g in self.groups.items())
        lead = {view.lower(m) for m in range(max(0, first - 5), first) if view.is_word(m)}
        if lead & self.words.of("function", "before"):
            return True
        return ahead and bool(lead & self.words.of("function", "clause_time"))

    def _hypothetical(self, first: int) -> bool:
        """Whether the clause is led by "if" and the like."""
        view = self.view
        for m in range(first - 1, max(first - 12, -1), -1):
            if view.lower(m) in self.words.of("hypothetical", "words") and view.is_word(m):
                return True
            if m in self.groups or view.lower(m) in {",", ";"}:
                return False
        return False

    def _talk(self, row: list[int], k: int, group: Group, hosts: list[Host], side: Sequence[int] = ()) -> None:
        """Tell of talks of the people of ``row``; ``side`` are those who meet the others, where that is told."""
        view = self.view
        keys = list(dict.fromkeys(key for p in row if (m := view.person(p)) for key in m.people))
        if len(keys) < 2:
            return
        around = {view.lower(m) for m in range(max(0, k - 4), min(len(view), k + 3)) if view.is_word(m)}
        kind = "meeting"
        if around & self.words.of("meeting", "video"):
            kind = "video"
        elif around & self.words.of("meeting", "call"):
            kind = "call"
        times = tuple(m for m in self.times if m.governor in {k, group.head}) or self._when(group.first)
        host = hosts[0] if hosts else None
        self.talks.append(
            Talk(
                tuple(keys),
                kind,
                view.number,
                group.cues,
                view.units[k].span,
                host.country if host else None,
                host,
                times,
                frozenset(key for p in side if (m := view.person(p)) for key in m.people),
            )
        )
