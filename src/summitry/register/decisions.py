"""People's decisions, replayed: which accounts are rejected, kept apart, joined. Pure functions.

A later decision on the same account, or the same two accounts, undoes an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from summitry.model.article import digest
from summitry.model.register import Decision, Ref, Told, Verb


def ref_of(told: Told) -> Ref:
    """What a decision on this account holds on to."""
    return (told.visit.article, told.visit.visitor, told.visit.host_country, told.visit.sentence)


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
