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
        if guests and all(s.visitor != host for s in near) and _travels(reader, k, home):
            same = [m for m, other in view.people.items() if other.form == "pronoun" and other.people == (host,)]
            for m in same:
                view.means(m, guests[-1])
            return


def _travels(reader: SentenceReader, k: int, home: str | None) -> bool:
    """Whether unit ``k`` is the subject of a verb of travel, or is told to be somewhere, or owns a noun of travel.

    "He will wrap up the visit", "during the visit he will meet X": so does the subject beside such a noun, and whoever does
    something in another country than the host's ``home``.
    """
    view, words = reader.view, reader.words
    if view.possessive(k):
        noun = next((m for m in range(k + 1, min(k + 6, len(view))) if view.is_noun(m)), None)
        return noun is not None and _journey(reader, noun)
    stays = [m for m in range(len(view)) if view.is_noun(m) and _journey(reader, m)]
    during = any(view.lower(m) in words.of("function", "during") for n in stays for m in range(max(0, n - 4), n))
    abroad = any(p.country not in {home, None} and not p.adjective and _led(reader, m) for m, p in view.places.items())
    for h, group in reader.groups.items():
        moves = any(t.act in TRAVEL for t in words.verbs.get(view.lemma(h), ()))
        due = "passive" in group.cues and words.role("control", view.lemma(h)) == "planned"
        turns = bool(stays) and bool(reader.turn(h))
        told = moves or due or during or turns or abroad or view.lemma(h) == "be"
        if told and k in reader.arguments.subject(group) and not _with_somebody(reader, h):
            return True
    return False


def _led(reader: SentenceReader, m: int) -> bool:
    """Whether a preposition of place leads to unit ``m``."""
    return reader.view.lower(m - 1) in reader.words.of("function", "local")


def _with_somebody(reader: SentenceReader, h: int) -> bool:
    """ "Spent an hour with X": whoever of the two does so."""
    led = range(h + 1, min(h + 6, len(reader.view)))
    return any(
        reader.view.lower(m) in reader.words.of("function", "with") and reader.view.person(m + 1) is not None
        for m in led
    )


def _journey(reader: SentenceReader, m: int) -> bool:
    """Whether unit ``m`` is a noun of travel."""
    return any(t.act in TRAVEL for t in reader.words.nouns.get(reader.view.lemma(m), ()))
