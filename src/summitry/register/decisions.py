"""People's decisions, replayed: which accounts are rejected, kept apart, joined. Pure functions.

A later decision on the same account, or the same two accounts, undoes an earlier one; one that says "undo" takes back one
decision by its number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from summitry.model.article import digest
from summitry.model.register import Decision, Ref, Told, Verb


def ref_of(told: Told) -> Ref:
    """What a decision on this account holds on to."""
    return (told.visit.article, told.visit.visitor, told.visit.host_country, told.visit.sentence)


def standing(numbered: Iterable[tuple[int, Decision]]) -> list[tuple[int, Decision]]:
    """The decisions that nobody took back, in order, without those that took others back."""
    found = list(numbered)
    gone = {d.value for _, d in found if d.verb is Verb.UNDO}
    return [(n, d) for n, d in found if d.verb is not Verb.UNDO and str(n) not in gone]


def newest(numbered: Iterable[tuple[int, Decision]], refs: Collection[Ref]) -> list[tuple[int, Decision]]:
    """Of the decisions that stand on these accounts the newest, with all that were taken with it; [] where there is none."""
    left = standing(numbered)
    last = next((d for _, d in reversed(left) if d.about in refs or d.other in refs), None)
    if last is None:
        return []
    return [(n, d) for n, d in left if (d.by, d.on, d.verb) == (last.by, last.on, last.verb)]


def undoing(numbered: Iterable[tuple[int, Decision]], by: str, on: dt.datetime) -> list[Decision]:
    """The decisions that take these back, the newest first."""
    return [replace(d, verb=Verb.UNDO, value=str(n), by=by, on=on, note="") for n, d in reversed(list(numbered))]


def rejected_of(decisions: Iterable[Decision]) -> set[Ref]:
    """The accounts that are no visits: rejected, and not confirmed since."""
    last = {d.about: d.verb for d in decisions if d.verb in (Verb.REJECT, Verb.CONFIRM)}
    return {ref for ref, verb in last.items() if verb is Verb.REJECT}


def pairs_of(decisions: Iterable[Decision]) -> dict[frozenset[Ref], Verb]:
    """What was last decided on two accounts: merge or apart."""
    return {
        frozenset((d.about, d.other)): d.verb
        for d in decisions
        if d.verb in (Verb.MERGE, Verb.APART) and d.other is not None and d.other != d.about
    }


def with_decisions(told: Told, decisions: Sequence[Decision]) -> Told:
    """The account with the names of the decisions that keep it apart from others or join it with them."""
    if not any(d.other for d in decisions):
        return told
    me = ref_of(told)
    apart: list[str] = []
    together: list[str] = []
    for pair, verb in pairs_of(decisions).items():
        if me in pair:
            (apart if verb is Verb.APART else together).append("decision:" + digest(*sorted(pair)))
    return replace(told, apart=tuple(sorted(apart)), together=tuple(sorted(together)))
