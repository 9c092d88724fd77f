"""Whom a pronoun means that could be a guest or his host: who travels is the guest, for the host is at home there."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.extract.records import NEXT, Sighting
from summitry.extract.sightings import SentenceReader

TRAVEL = frozenset({"arrive", "end", "go", "leave", "return", "stay", "transit", "visit"})
"""Acts of verbs and nouns of which the guest is the one who travels."""


def mean_the_guest(reader: SentenceReader, told: Sequence[Sighting]) -> None:
    """Let a pronoun that travels mean the guest of the sentences before, and not the one who received him.

    Specimen: "President X of Latvia received Minister Y in Riga. He flies home on Friday": it is Y who does. ``told`` are
    the sightings so far. Both must be people whom the pronoun can mean, and the host nobody's guest.
    """
    view = reader.view
    near = [s for s in told if s.host and 0 < view.number - s.sentence <= NEXT]
    if not near:
        return
    for k, mention in list(view.people.items()):
        if mention.form != "pronoun" or len(mention.people) != 1 or len(mention.candidates) < 2:
            continue
        (host,) = mention.people
        home = view.annotated.people[host].country
        guests = [s.visitor for s in near if s.host == home and s.visitor in mention.candidates]
        if guests and all(s.visitor != host for s in near) and _travels(reader, k):
            view.means(k, guests[-1])


def _travels(reader: SentenceReader, k: int) -> bool:
    """Whether unit ``k`` is the subject of a verb of travel, or is told to be somewhere, or owns a noun of travel."""
    view, words = reader.view, reader.words
    if view.possessive(k):
        noun = next((m for m in range(k + 1, min(k + 6, len(view))) if view.is_noun(m)), None)
        return noun is not None and any(t.act in TRAVEL for t in words.nouns.get(view.lemma(noun), ()))
    for h, group in reader.groups.items():
        moves = any(t.act in TRAVEL for t in words.verbs.get(view.lemma(h), ()))
        if (moves or view.lemma(h) == "be") and k in reader.arguments.subject(group):
            return True
    return False
