"""``summitry where``: what a name of a place may mean, and the codes of its country on a day."""

from __future__ import annotations

import datetime as dt
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
    from summitry.lexicon.places import Gazetteer, Place

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
    found = list(dict.fromkeys(p for entry in gazetteer.search(wanted) for p in entry.places))
    rows = [_row(gazetteer, place, day) for place in found]
    country = gazetteer.countries.get(wanted)
    if country is not None and country.code not in {r[2] for r in rows if r[1] == "country"}:
        rows += [
            _row(gazetteer, p, day) for e in gazetteer.search(country.name) for p in e.places if p.kind == "country"
        ]
    return rows


def _row(gazetteer: Gazetteer, place: Place, day: dt.date) -> tuple[str, ...]:
    code = place.country or ""
    country = gazetteer.countries.get(code)
    cow = gazetteer.countries.cow(code, day) if code else None
    gw = gazetteer.countries.gw(code, day) if code else None
    also: list[str] = []
    if country is not None and place.kind == "country":
        also = list(dict.fromkeys(f.text for f in country.forms if f.text != country.name))
    elif place.standard and place.standard != place.name:
        also = [place.standard]
    use = {"adjective": ", adjective", "people": ", people", "abbreviation": ", abbreviation"}.get(place.use, "")
    return (
        place.name,
        ("capital" if place.capital and place.kind == "city" else str(place.kind)) + use,
        code,
        country.name if country else "",
        str(cow.number) if cow else "",
        str(gw.number) if gw else "",
        str(place.size) if place.size else "",
        "; ".join(also),
    )
