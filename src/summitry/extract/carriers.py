"""Find the verb that carries a noun of travel, and what it says of the visit: begun, ended, put off, planned, past."""

from __future__ import annotations

from summitry.extract.history import HistoryReader
from summitry.extract.telling import BESIDE
from summitry.extract.verbs import Group
from summitry.extract.view import View

APPOSITION = 14
"""Units that what stands beside a noun may take, its commas counted."""


def view_joint(view: View, first: int) -> bool:
    """Whether a noun phrase opens a clause of its own: "..., but the journey", "said on Monday that the visit"."""
    lead = view.lower(first - 1)
    said = lead in view.words.of("function", "relative") and view.tag(first - 1) == "IN"
    return said or lead in view.words.of("function", "but")


class CarrierReader(HistoryReader):
    """The part of a sentence reader that finds the verbs of nouns."""

    def _bearer(self, first: int, k: int) -> tuple[Group | None, str]:
        """The verb that carries the noun; for a phrase that opens the sentence, the main verb after it."""
        group, role = self._carrier(first, k)
        if view_joint(self.view, first) and (verdict := self._predicate(k)) is not None:
            return verdict, "subject"
        if group is None and first <= 3 and self.view.lower(first - 1) in self._adjuncts:
            return self._main(k), "beside"
        return group, role

    def _main(self, k: int) -> Group | None:
        """The main verb after a phrase that opens the sentence, followed through "is expected to"."""
        found = next((g for h, g in self.groups.items() if h > k and "participle" not in g.cues), None)
        while found is not None:
            inner = next((g for g in self.groups.values() if g.matrix == found.head and "planned" in g.cues), None)
            if inner is None or inner.head <= found.head:
                return found
            found = inner
        return None

    def _led_cues(self, first: int, cues: set[str]) -> set[str]:
        """What the words that lead to the phrase add: "at the end of", "after", "ahead of", "during"."""
        view, lead = self.view, self.view.lower(first - 1)
        if lead == "of":
            edge = {view.lower(first - 2), view.lemma(first - 2)}
            for status in ("postponed", "cancelled"):
                if edge & self.words.of("put_off", f"{status}_nouns"):
                    return {status, "by-verb"}
            if role := next((r for e in sorted(edge) if (r := self.words.role("prospect", e))), None):
                return cues - {"planned", "present", "past", "future"} | {role}
            tense = cues & {"past", "present", "future", "would"}
            if (nth := self._nth_day(first)) is not None:
                return {f"day-{nth}", "noun-ongoing"} | tense
            if edge & self.words.of("begin", "nouns"):
                return {"begun"} | (tense or {"neutral"})
            if edge & self.words.of("end", "nouns"):
                return {"ending"} | tense
        if lead == "from" and "by-verb" not in cues:
            return {"ended", *(cues & {"past", "perfect"})}
        if lead == "since":
            return (cues - {"neutral", "present"}) | {"past"}  # "since the summit in Oslo, attacks have gone on"
        if lead == "for" and (role := self.words.role("prospect", view.lemma(first - 2))):
            return cues - {"planned", "present", "past", "future"} | {role}
        if lead in self.words.of("end", "lead"):
            later = view.kind(first - 2) == "time" or view.tag(first - 2) == "NNS"
            cues = cues | {"ended"} | ({"past"} if later else set())  # "weeks after his visit"
        if lead in self.words.of("function", "before") or (lead == "of" and view.lower(first - 2) == "ahead"):
            cues = cues | {"ahead"}
        if lead == "during":
            cues = cues | {"during"}
        return cues

    def _nth_day(self, first: int) -> str | None:
        """ "On the second day of": which day of the stay it is."""
        view = self.view
        if view.lemma(first - 2) != "day" or not view.is_word(first - 2):
            return None
        table = self.words.classes["nth"]
        return next((n for n, names in table.items() if view.lower(first - 3) in names), None)

    @property
    def _adjuncts(self) -> frozenset[str]:
        return self.words.of("function", "adjuncts")

    def _carrier(self, first: int, k: int) -> tuple[Group | None, str]:
        """The verb that carries a visit noun: as its object, as its subject, or as a phrase beside it."""
        view, words = self.view, self.words
        before = [g for h, g in self.groups.items() if h < first]
        lead = view.lower(first - 1)
        if before:
            last = before[-1]
            between = {view.lower(m) for m in range(last.head + 1, first) if view.is_word(m)}
            blocked = between & (words.of("function", "quotes") | {";", "--"})
            lemma = view.lemma(last.head)
            if not blocked:
                announced = lemma in words.of("announce", "verbs") and lemma not in words.of("announce", "own")
                edges = words.of("begin", "nouns") | words.of("end", "nouns")
                at_edge = lead == "of" and view.lemma(first - 2) in edges
                if announced and last.head + 1 == first and view.lemma(k) in words.of("meeting", "stages"):
                    return last, "object"  # "told a news conference with X"
                if announced and not at_edge and lead not in words.of("function", "settings"):
                    after = self._predicate(k)
                    return (after, "subject") if after else (None, "")
                phrase = f"{lemma} {view.lower(last.head + 1)}"
                # "pulled out of a visit", "withdrew from a trip"
                left = lead in {"of", "from"} and first - last.head <= 3
                dropped = left and words.of("put_off", "cancelled") & {lemma, phrase}
                direct = bool(dropped) or lead not in words.of("function", "oblique")
                if direct and last.head + 1 <= first and len(between & {",", "that", "who", "which", "and"}) == 0:
                    return last, "object"
                predicate = self._predicate(k)
                if predicate is not None and view.tag(first - 1) not in {"IN", "TO"}:
                    return predicate, "subject"
                return last, "beside"
        after = self._predicate(k)
        return (after, "subject") if after is not None and lead not in self._adjuncts else (None, "")

    def _predicate(self, k: int) -> Group | None:
        """The verb of which the noun phrase at ``k`` is the subject: the next group, with no person or comma before it."""
        view = self.view
        beside = self._apposition(k)
        for m in range(k + 1, min(k + 30, len(view))):
            if m in beside:
                continue
            group = next((g for g in self.groups.values() if g.first == m or g.head == m), None)
            group = self._governed(group) if group is not None else None
            if group is not None and self._inserted(group):
                continue
            if group is not None:
                finite = group.cues & {"past", "present", "future", "would", "hedge"}
                return group if (finite and "infinitive" not in group.cues) or "planned" in group.cues else None
            if (view.person(m) is not None and not self.arguments._led(m)) or view.lower(m) in {"that", "who", ";"}:
                return None
        return None

    def _governed(self, group: Group) -> Group:
        """ "Is due to end": the verb that an adjective governs, not its "is"."""
        inner = (g for g in self.groups.values() if g.first == group.first and g.head > group.head)
        due = (g for g in inner if "planned" in g.cues and not g.cues & {"purpose", "unreal"})
        return next(due, group) if self.view.lemma(group.head) == "be" else group

    def _apposition(self, k: int) -> range:
        """What stands between two commas behind a noun and has no verb: "the visit, his first to the country, ends"."""
        view = self.view
        if view.lower(k + 1) != ",":
            return range(0)
        close = next((m for m in range(k + 2, min(k + APPOSITION, len(view))) if view.lower(m) == ","), None)
        if close is None or not any(g.first == close + 1 for g in self.groups.values()):
            return range(0)
        return range(0) if any(h < close for h in self.groups if h > k) else range(k + 1, close + 1)

    def _inserted(self, group: Group) -> bool:
        """Whether a verb stands in an insertion: "the visit, scheduled for July," or "the visit that was planned"."""
        view = self.view
        before = view.lower(group.first - 1)
        if before in {"which", "that"} and self.words.role("control", view.lemma(group.head)):
            return True
        if before == "which" and view.lower(group.first - 2) == ",":  # "the visit, which lasts until Friday, began"
            close = next((m for m in range(group.head + 1, len(view)) if view.lower(m) == ","), None)
            return close is not None and any(g.first > close for g in self.groups.values())
        return "reduced" in group.cues and (
            before == "," or self.words.role("control", view.lemma(group.head)) is not None
        )

    def _carried(self, group: Group, role: str, lead: str = "") -> set[str]:
        """What a carrying verb says of the visit: begun, ended, put off, or its tense."""
        view, words = self.view, self.words
        lemma, head = view.lemma(group.head), group.head
        phrase = f"{lemma} {view.lower(head + 1)}"
        cues = set(group.cues & BESIDE) | {"beside"} if role == "beside" else set(group.cues)
        if role == "subject" and lemma not in words.of("subject_of", "verbs"):
            cues = {"neutral"} | ({"looked-back"} if "past" in cues else set())
        if lemma in words.of("edge", "decided") and lead in words.of("function", "against"):
            return {"ruled_out", "by-verb"}  # "decided against a trip to Riga"
        for status in ("postponed", "cancelled", "ruled_out"):
            named = words.of("put_off", status)
            apart = role == "beside" and (status == "ruled_out" or lead in words.of("function", "within"))
            apart = apart or (status == "ruled_out" and role == "subject" and "passive" not in group.cues)
            goes_on = lemma in words.of("itinerary", "moves") and not group.cues & {"passive", "reduced"}
            apart = apart or (role == "subject" and goes_on)  # "the tour moves to Riga", but "is moved to Friday"
            if phrase in named or (lemma in named and not apart):
                return {status, "by-verb"} | ({"negated"} if "negated" in group.cues else set()) | (cues & {"hedge"})
        if role == "subject" and lemma == "be" and view.lower(head + 1) in words.of("edge", "off"):
            return {"cancelled", "by-verb"} | (cues & {"hedge"})  # "the visit is off"
        held = lemma == "be" and view.lower(head + 1) == "on" and view.lower(head + 2) in words.of("edge", "hold")
        if role == "subject" and held:
            return {"postponed", "by-verb"} | (cues & {"hedge"})  # "the visit is on hold"
        if role == "subject" and {"negated", "future"} <= group.cues and lemma in words.of("occur", "verbs"):
            return {"cancelled", "by-verb"}  # "the visit will not take place"
        if role == "subject" and lemma in words.of("end", "lasting") and "future" in cues:
            cues.add("lasting")  # "his visit will last three days": of one to come, or of one that has begun
        if lemma in words.of("begin", "verbs") or phrase in words.of("begin", "phrasal"):
            cues |= {"begun", "progressive"} if view.headline and "present" in cues else {"begun"}  # "X begins visit"
        elif role == "beside" and lemma in words.of("end", "departures"):
            cues.add("begun")  # "left on a three-day visit to Oman"
        elif lemma in words.of("end", "verbs") or phrase in words.of("end", "phrasal"):
            cues.add("ending")
        elif role == "object" and lemma in words.of("edge", "employ") and cues & {"hedge", "future", "would"}:
            return {"neutral"}  # "may use the trip to press for a deal": the trip itself is settled
        elif role == "beside" and view.lower(head + 1) in words.of("edge", "onward") and lead == "with":
            cues = (cues - {"beside"}) | {"planned"}
        elif role == "object" and lemma == "be":
            return cues if cues & {"past", "future", "would", "hedge"} else {"neutral"}  # "it is the first visit by X"
        elif (
            role == "object"
            and lemma not in words.of("function", "be_do_have")
            and (control := words.role("control", lemma))
        ):
            cues.add(control)
            if {"perfect", "past"} <= cues and lemma in words.of("unreal", "perfect"):
                cues.add("unreal")  # "had planned a trip to Riga"
        elif (
            role == "subject" and {"passive"} == cues & {"passive", "negated"} and (due := words.role("control", lemma))
        ):
            cues.add(due)  # "a meeting is planned in Riga"
        elif role == "object" and "present" in cues and self._includes(lemma):
            return {"neutral"}  # "the tour includes a stop in Oslo"
        elif role == "subject" and "present" in cues and not cues & {"progressive", "planned", "passive", "infinitive"}:
            return {"neutral"}  # "the trip is his first": it is described, nothing is said of when
        return cues

    def _includes(self, lemma: str) -> bool:
        return any(t.act == "include" for t in self.words.verbs.get(lemma, ()))
