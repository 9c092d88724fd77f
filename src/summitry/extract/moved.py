"""Visits whose days were moved: "was due in Riga on Thursday; ... will now go in June" is one visit, put off."""

from __future__ import annotations

from dataclasses import replace

from summitry.extract.journeys import Telling
from summitry.extract.records import NEXT
from summitry.model.visits import Status

DUE = frozenset(["past", "planned"])
"""Cues of what was due: "was to visit Riga on Thursday"."""


def moved(row: list[Telling], loose: list[Telling]) -> tuple[list[Telling], list[Telling]]:
    """The tellings of one person and country, and those without a country, with the new days of a visit in place of the old.

    What was due on days still to come and is told, in the sentences after, for later ones is put off to these.
    """
    for old in row:
        if old.status not in {Status.PLANNED, Status.CANCELLED} or not old.sighting.cues >= DUE or old.range is None:
            continue
        later = [t for t in (*row, *loose) if _later(t, old)]
        if not later:
            continue
        new = later[0]
        place = new.sighting.place or old.sighting.place
        put_off = replace(
            new, sighting=replace(new.sighting, host=old.sighting.host, place=place), status=Status.POSTPONED
        )
        due = replace(old, sighting=replace(old.sighting, moments=()), range=None)
        kept = [t for t in row if t is not old and t is not new]
        return [due, put_off, *kept], [t for t in loose if t is not new]
    return row, loose


def _later(t: Telling, old: Telling) -> bool:
    """Whether a telling is of later days than an old one, and told after it."""
    if t.range is None or old.range is None or t.sighting.visitor != old.sighting.visitor:
        return False
    ahead = t.status is Status.POSTPONED or (t.status is Status.PLANNED and "future" in t.sighting.cues)
    close = 0 <= t.sighting.sentence - old.sighting.sentence <= NEXT and t.sighting.span.start > old.sighting.span.start
    first, last = t.range.earliest, old.range.latest
    return ahead and close and first is not None and last is not None and first > last
