"""``summitry who``: who held an office on a day, or what a person held, by the table of tenures."""

from __future__ import annotations

from typing import Annotated

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

COLUMNS = ("person", "office", "title", "country", "start", "end", "sure")
EXAMPLES = """
Examples:

  summitry who "foreign minister of China" --on 1997-04-04

  summitry who "NATO secretary general" --on 2011

  summitry who "Angela Merkel"
"""


@told
def who(
    question: Annotated[str, typer.Argument(help='An office with its country ("president of Chile"), or a name.')],
    on: Annotated[str | None, typer.Option(help="A day, month or year (EDTF: 1997-04-04, 1997-04, 1997).")] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Who held an office, or which offices a person held: the table by which reports are read, with how sure each row is."""
    from summitry.lexicon.countries import Countries
    from summitry.lexicon.offices_question import answer, understand
    from summitry.lexicon.people import People
    from summitry.model.dates import DateRange

    try:
        day = DateRange.parse(on) if on else None
    except ValueError as error:
        raise fail(f"--on {on}: {error}; write 1997-04-04, 1997-04 or 1997", Exit.USAGE) from error
    folders = with_shipped(knowledge_folders(knowledge))
    people, countries = People.load(*folders), Countries.load(*folders)
    asked = understand(question, people, countries)
    if asked.office and not asked.country:
        raise fail(f"whose {asked.office.replace('_', ' ')}? Add a country or body: '{question} of Chile'", Exit.USAGE)
    rows = answer(asked, people, day)
    if not rows:
        say(f"summitry: the table knows nobody for '{question}'" + (f" on {on}" if on else ""))
        raise typer.Exit(int(Exit.NOTHING))
    if on_terminal():
        say(_understood(asked.office, asked.country, people, countries))
    print_table(
        COLUMNS,
        [(t.person, t.office, t.title, t.country, str(t.start or ""), str(t.end or ""), str(t.sure)) for t in rows],
    )


def _understood(office: str | None, country: str | None, people: object, countries: object) -> str:
    """How the question was read, in words."""
    from summitry.lexicon.countries import Countries
    from summitry.lexicon.people import People

    if office is None or country is None or not isinstance(people, People) or not isinstance(countries, Countries):
        return "offices of the person:"
    place = countries.get(country)
    return f"{people.offices.offices[office].name}, {place.name if place else country}:"
