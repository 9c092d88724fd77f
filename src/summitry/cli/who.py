"""``summitry who``: who held an office on a day, or what a person held, by the table of tenures."""

from __future__ import annotations

import re
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
    from summitry.lexicon.countries import Countries
    from summitry.lexicon.offices_question import Question
    from summitry.lexicon.people import People
    from summitry.model.dates import DateRange

_DAY = re.compile(r"\s+(?:in|on)\s+(\d{4}(?:-\d\d){0,2})\s*\??$")
"""A day at the end of a question stands for ``--on``."""

COLUMNS = ("person", "office", "title", "country", "start", "end", "sure")
EXAMPLES = """
Examples:

  summitry who "foreign minister of China" --on 1997-04-04

  summitry who "NATO secretary general" --on 2011

  summitry who "former president of France" --on 2010

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

    if on is None and (told := _DAY.search(question)):
        question, on = question[: told.start()], told[1]
    try:
        day = DateRange.parse(on) if on else None
    except ValueError as error:
        raise fail(f"--on {on}: {error}; write 1997-04-04, 1997-04 or 1997", Exit.USAGE) from error
    folders = with_shipped(knowledge_folders(knowledge))
    people, countries = People.load(*folders), Countries.load(*folders)
    asked = understand(question, people, countries)
    if asked.office and not asked.country and people.offices.holders(asked.office):
        raise fail(f"{question} of which country or body? For example: summitry who 'president of Chile'", Exit.USAGE)
    rows = answer(asked, people, day)
    if not rows:
        said = f"the table knows nobody for '{question}'" + (f" on {on}" if on else "")
        raise fail(said + _hint(asked, people, day), Exit.NOTHING)
    if on_terminal():
        say(_understood(asked, people, countries))
    print_table(
        COLUMNS,
        [(t.person, t.office, t.title, t.country, str(t.start or ""), str(t.end or ""), str(t.sure)) for t in rows],
    )


def _hint(asked: Question, people: People, day: DateRange | None) -> str:
    """What to ask instead: who came before and after, or names that look alike."""
    from summitry.lexicon.offices_question import neighbours, similar

    near = neighbours(asked, people, day) if day is not None else []
    if near:
        told = (f"{t.person}, {t.title}, {t.start or 'at an unknown day'} to {t.end or 'now'}" for t in near)
        return "; before and after it has " + "; ".join(told)
    if asked.office is None:
        names = similar(asked.name or asked.words, people)
        return f"; did you mean {', '.join(names)}?" if names else "; it holds people by office or by name, see --help"
    if not people.offices.holders(asked.office):
        return f": it lists no holders of this kind of office ({people.offices.offices[asked.office].name})"
    return "; a folder of your own can add rows, see summitry knowledge --help"


def _understood(asked: Question, people: People, countries: Countries) -> str:
    """How the question was read, in words."""
    if asked.office is None or asked.country is None:
        return "offices of the person:"
    place = countries.get(asked.country)
    former = "former " if asked.former else ""
    return f"{former}{people.offices.offices[asked.office].name}, {place.name if place else asked.country}:"
