"""Signs beside a verb or noun of travel that say when a visit was, which stop it is, or what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.extract.hosts import Host
from summitry.extract.moments import Moment
from summitry.extract.verbs import Group, verb_before
from summitry.extract.view import View


def told_when(view: View, groups: dict[int, Group], times: Sequence[Moment], k: int, group: Group) -> tuple[int, ...]:
    """ "The last time X visited Riga was in 2022": the verb behind, which tells when that was."""
    words = view.words
    near = range(max(0, group.first - 8), group.first)
    led = any(view.lemma(m) == "time" and view.lower(m - 1) in words.of("ordinal", "words") for m in near)
    be = next((h for h in groups if h > k), None) if led else None
    if be is None or view.lemma(be) != "be" or "past" not in groups[be].cues:
        return ()
    return (be,) if any(m.governor == be for m in times) else ()


def stage(view: View, k: int, hosts: Sequence[Host]) -> set[str]:
    """Which stop of a journey is told: the first ("will first visit Oslo", "Oslo first", "the first stop"), or the next."""
    first = view.words.of("nth", "1")
    if view.is_noun(k):
        if view.lemma(k) not in view.words.of("first", "nouns"):
            return set()
        led = {view.lower(m) for m in range(max(0, k - 3), k)}
        onward = led & view.words.of("edge", "then")
        return {"first-leg"} if led & first else {"next-stop"} if onward else set()
    ends = {h.span.end for h in hosts}
    behind = (m for m in range(k + 2, min(len(view), k + 8)) if view.units[m - 1].end in ends)
    leads = any(view.lower(m) in first and view.tag(m) == "RB" for m in (k - 1, *behind))
    return {"first-leg"} if leads else set()


def plans_put_off(view: View, groups: dict[int, Group], k: int, group: Group) -> set[str]:
    """ "Plans for X to visit Oslo were dropped": what the verb of which the plans are the subject makes of them."""
    after = next((g for h, g in groups.items() if h > k), None)
    if after is None or not {"infinitive", "proposed"} <= group.cues or "passive" not in after.cues:
        return set()
    if group.subject is None or any(m in view.people or view.lower(m) == "," for m in range(k, after.first)):
        return set()
    role = view.words.role("put_off", view.lemma(after.head))
    return {role} if role in {"postponed", "cancelled"} else set()


def reported(view: View, groups: dict[int, Group], group: Group) -> bool:
    """Whether a clause is what somebody said: a verb of saying, "that" and the subject before the verb."""
    saying = verb_before(groups, group.first)
    if saying is None or view.lemma(saying.head) not in view.words.of("announce", "verbs"):
        return False
    return view.lower(saying.head + 1) == "that" and "past" in saying.cues


def denied(view: View, groups: dict[int, Group], group: Group) -> set[str]:
    """ "Denied reports that X would go": what somebody denies is ruled out."""
    verb = verb_before(groups, group.first)
    ahead = group.cues & {"future", "would", "planned", "progressive"}
    if verb is None or not ahead or view.lemma(verb.head) not in view.words.of("edge", "denied"):
        return set()
    joined = any(view.lower(m) == "that" and view.is_word(m) for m in range(verb.head + 1, group.first))
    return {"ruled_out"} if joined and "negated" not in verb.cues else set()
