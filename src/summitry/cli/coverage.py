"""``summitry coverage``: what was read, so that silence is told from not having looked."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, on_terminal, print_table, say, told

EXAMPLES = """
Examples:

  summitry coverage --by month

  summitry coverage --country China --from 2023-03 --to 2023-04

  summitry coverage 4f2a
"""
COLUMNS = ("when", "country", "outlet", "reports", "telling")
SIDES = ("side", "country", "heard", "telling", "reports", "days", "of_days", "outlets")


class By(StrEnum):
    """What reports are counted by."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


@told
def coverage(
    visit: Annotated[str | None, typer.Argument(metavar="[ID]", help="A visit's id, or its beginning.")] = None,
    by: Annotated[By, typer.Option(help="Count by day, month, year, or all together.")] = By.DAY,
    first: Annotated[str | None, typer.Option("--from", help="Reports of this day, month or year, or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Reports of this day, month or year, or earlier.")] = None,
    country: Annotated[str | None, typer.Option(help="The press of one country: a code (CHN) or a name.")] = None,
    outlet: Annotated[str | None, typer.Option(help="One outlet, by its name in the tables.")] = None,
    register: RegisterOption = REGISTER,
) -> None:
    """Count the reports read, by day, country and outlet; for a visit: which side told, was silent, or was not read.

    "telling" counts reports that tell of at least one visit. The country is the agency's whose words were printed, else the
    outlet's; empty where the tables know neither.
    """
    from summitry.cli.show import country_code, day_of
    from summitry.register.coverage import Covered
    from summitry.register.reader import Reader

    if visit is not None:
        if any(x is not None for x in (first, last, country, outlet)) or by is not By.DAY:
            raise fail("coverage takes an id, or filters, not both", Exit.USAGE)
        with Reader(register) as reader:
            sides = reader.sides(visit)
        print_table(
            SIDES,
            [(s.side, s.country, s.heard, s.telling, s.reports, s.days, s.of_days, list(s.outlets)) for s in sides],
            wide=("outlets",),
        )
        return
    days: list[dt.date | None] = [day_of(first, "--from", end=False), day_of(last, "--to", end=True)]
    with Reader(register) as reader:
        code = (country_code(country) or country.upper()) if country else None
        found = reader.coverage(Covered(days[0], days[1], code, outlet, str(by)))
    if not found and on_terminal():
        say(f"nothing of this was read into {register}")
        return
    print_table(COLUMNS, [(c.when, c.country, c.outlet, c.reports, c.telling) for c in found], wide=("outlet",))
