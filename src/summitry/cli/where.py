"""``summitry where``: what a name of a place may mean, and the codes of its country on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.common import (
    Exit,
    KnowledgeOption,
    fail,
    knowledge_folders,
    on_terminal,
    print_table,
    say,
    told,
    with_shipped,
)

if TYPE_CHECKING:
    from summitry.lexicon.places import Entry, Gazetteer, Place

SAID = {
    "adjective": "adjective",
    "people": "people",
    "abbreviation": "abbreviation",
    "government": "stands for the government",
}
"""What a form is beside a plain name, in words."""

COLUMNS = ("name", "kind", "code", "country", "cow", "gw", "inhabitants", "also")

EXAMPLES = """
Examples:

  summitry where Tbilisi

  summitry where Germany --on 1989-06-01

  summitry where Georgia | cut -f 1,3
"""


@told
def where(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="A place's name, or a country's ISO code.")],
    on: Annotated[
        str | None, typer.Option("--on", help="The day for the state numbers: 2024-05-14. Default: today.")
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Look a place up: what the name may mean, likeliest first, with its country's codes and other forms.

    The country is an ISO 3166-1 alpha-3 code; cow and gw are its numbers in the state systems of Correlates of War and
    of Gleditsch and Ward on the day, empty where it is in none.
    """
    from summitry.lexicon.places import Gazetteer

    wanted = " ".join(name)
    day = _day(on)
    gazetteer = Gazetteer.load(*with_shipped(knowledge_folders(knowledge)))
    rows = _rows(gazetteer, wanted, day)
    if not rows:
        close = ", ".join(gazetteer.close(wanted))
        hint = f"; did you mean {close}?" if close else "; try another spelling, or the name of its country"
        raise fail(f"no place is called {wanted!r}{hint}", Exit.NOTHING)
    print_table(COLUMNS, rows, wide=("also",))
    if on_terminal() and len(rows) > 1:
        say("Likeliest first; in a report the countries named beside it and words such as “X, Country” decide.")


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise fail(f"--on {text!r} is no day: write it as 2024-05-14", Exit.USAGE) from None


def _rows(gazetteer: Gazetteer, wanted: str, day: dt.date) -> list[tuple[str, ...]]:
    found = list(dict.fromkeys(p for entry in _entries(gazetteer, wanted) for p in entry.places))
    country = gazetteer.countries.get(wanted)
    if country is not None and country.code not in {p.country for p in found if str(p.kind) == "country"}:
        found += [p for e in gazetteer.search(country.name) for p in e.places if str(p.kind) == "country"]
    merged: dict[tuple[object, ...], list[Place]] = {}
    for place in found:
        # One town under two spellings, a country's adjective that is its people's name too: a line for both.
        key = (place.kind, place.country, place.size or place.name, "" if place.kind == "country" else place.use)
        merged.setdefault(key, []).append(place)
    return [_row(gazetteer, same, day) for same in merged.values()]


def _entries(gazetteer: Gazetteer, wanted: str) -> list[Entry]:
    """The entries of a name; of "Paris, Texas" those of the first part that lie in the country of the second."""
    for form in (wanted, wanted.partition(" ")[2] if wanted.lower().startswith("the ") else ""):
        if form and (found := gazetteer.search(form)):
            return list(found)
    town, _, area = wanted.rpartition(",")
    within = {p.country for e in gazetteer.search(area) for p in e.places if p.country and str(p.kind) != "city"}
    inside = [replace(e, places=tuple(p for p in e.places if p.country in within)) for e in gazetteer.search(town)]
    return [e for e in inside if e.places]


def _row(gazetteer: Gazetteer, same: Sequence[Place], day: dt.date) -> tuple[str, ...]:
    from summitry.lexicon.places import fold

    place = same[0]
    code = place.country or ""
    country = gazetteer.countries.get(code)
    cow = gazetteer.countries.cow(code, day) if code else None
    gw = gazetteer.countries.gw(code, day) if code else None
    also: list[str] = []
    if country is not None and place.kind == "country":
        also = list(dict.fromkeys(f.text for f in country.forms if f.text != country.name))
    elif place.standard and fold(place.standard) != fold(place.name):
        also = [place.standard]
    kinds = ["capital" if place.capital and place.kind == "city" else str(place.kind)]
    kinds += ["former name"] if all(p.former for p in same) else []
    kinds += [SAID[p.use] for p in same if p.use in SAID]
    return (
        place.name,
        ", ".join(kinds),
        code,
        country.name if country else "",
        str(cow.number) if cow else "",
        str(gw.number) if gw else "",
        str(place.size) if place.size else "",
        "; ".join(also),
    )
