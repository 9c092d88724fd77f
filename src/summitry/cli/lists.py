"""``summitry import`` and ``summitry compare``: lists of visits coded by hand."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.choose import bound
from summitry.cli.common import REGISTER, Exit, RegisterOption, cell, fail, many, on_terminal, print_table, say, told
from summitry.cli.show import country_code

if TYPE_CHECKING:
    from summitry.model.errors import Problem
    from summitry.publish.lists import Listed

EXAMPLES = """
Examples:

  summitry import ministry.csv --name "Ministry of Foreign Affairs" --country Serbia --published 2024-01-15

  summitry import colt.csv --days dmy
"""
COMPARE_EXAMPLES = """
Examples:

  summitry compare ministry.csv --country Serbia

  summitry compare colt.csv --days dmy --within 7 | grep -v ^both
"""


class Days(StrEnum):
    """In which order a list writes its days."""

    ISO = "iso"
    DMY = "dmy"
    MDY = "mdy"


ListArgument = Annotated[
    Path, typer.Argument(metavar="LIST", help="A table in CSV: COLT's columns, or those of summitry export.")
]
DaysOption = Annotated[
    Days, typer.Option("--days", help="How the list writes its days: 2024-05-14, 14/05/2024, 05/14/2024.")
]
CountryOption = Annotated[str | None, typer.Option(help="The country of visitors for whom the list gives none.")]
NameOption = Annotated[str | None, typer.Option(help="What the list is called; its file's name if not given.")]


@told
def import_(
    path: ListArgument,
    name: NameOption = None,
    country: CountryOption = None,
    days: DaysOption = Days.ISO,
    published: Annotated[str | None, typer.Option(help="When the list appeared: 2024-05-14, 2024-05 or 2024.")] = None,
    register: RegisterOption = REGISTER,
) -> None:
    """Read a list of visits coded by hand into the register: each row is an account like that of any other source.

    The same list again changes nothing; rows that were corrected take the place of what they were.
    """
    from summitry import __version__
    from summitry.lexicon.files import DATA, knowledge_hash
    from summitry.publish.lists import accounts
    from summitry.register.writer import Writer

    bound(published, "--published", end=False)
    rows, failed = _rows(path, days, country)
    new = 0
    if rows or failed:
        started = dt.datetime.now(dt.UTC)
        with Writer(register, started=started, version=__version__, knowledge=knowledge_hash(DATA)) as writer:
            for reading in accounts(iter(rows), name or path.stem, published):
                new += writer.add(reading)
            writer.problem(*failed)
            writer.link()
            writer.finish(dt.datetime.now(dt.UTC), len(rows), len(failed))
    say(f"{many(len(rows), 'row')} read from {path}, {new} of them new or changed; {len(failed)} failed")
    _end(rows, failed)


import_.__name__ = "import"  # the command's name, which Python keeps for itself


@told
def compare(
    path: ListArgument,
    name: NameOption = None,
    country: CountryOption = None,
    days: DaysOption = Days.ISO,
    within: Annotated[int, typer.Option(min=0, help="Days by which the same visit may differ at most.")] = 31,
    everyone: Annotated[
        bool,
        typer.Option(
            "--everyone", help="Count what the list lacks of all people of its countries, not of its own alone."
        ),
    ] = False,
    register: RegisterOption = REGISTER,
) -> None:
    """Say what the register has and a list lacks, the reverse, and where their days differ (by 0, 1, 3 days or more)."""
    from summitry.publish.compare import COLUMNS, tally
    from summitry.publish.compare import compare as compared
    from summitry.register.exporting import opened

    rows, failed = _rows(path, days, country)
    with opened(register, about=frozenset({"sources"})) as visits:
        pairs = compared(rows, visits, within, name=name or path.stem, everyone=everyone)
    table = [
        (
            p.side,
            p.row.visitor if p.row else p.entry.row["visitor"] if p.entry else "",
            p.row.host_country if p.row else p.entry.row["host_country"] if p.entry else "",
            p.row.dates if p.row else None,
            p.entry.row["dates"] if p.entry else None,
            p.differ,
            p.entry.row["status"] if p.entry else None,
            p.entry.row["id"][: 8 if on_terminal() else 16] if p.entry else None,
            p.row.source if p.row else None,
        )
        for p in pairs
    ]
    print_table(COLUMNS, table, wide=("visitor",))
    n = tally(pairs)
    say(
        f"{n['both']} in both: {n['0']} on the same days, {n['1']} within 1 day, {n['3']} within 3, {n['more']} further apart, "
        f"{n['open']} not dated on both sides; {n['list']} in the list alone, {n['register']} in the register alone"
    )
    _end(rows, failed)


def _rows(path: Path, days: Days, country: str | None) -> tuple[list[Listed], list[Problem]]:
    from summitry.model.errors import Problem
    from summitry.publish.lists import read_list

    sender = country_code(country) if country else ""
    if sender is None:
        raise fail(
            f"--country {country!r} is no country: give its name, or its ISO 3166-1 alpha-3 code (SRB)", Exit.USAGE
        )
    found = list(read_list(path, str(days), sender))
    return [r for r in found if not isinstance(r, Problem)], [r for r in found if isinstance(r, Problem)]


def _end(rows: list[Listed], failed: list[Problem]) -> None:
    for problem in failed:
        say(f"failed: {problem.source}: {cell(problem.error)}")
    if not rows:
        raise typer.Exit(int(Exit.NOTHING))
    if failed:
        raise typer.Exit(int(Exit.SOME_FAILED))
