"""``summitry diary``: who travels in the coming days."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from summitry.cli.choose import PersonOption, a_day, wanted
from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, on_terminal, print_table, say, told
from summitry.cli.show import country_code

EXAMPLES = """
Examples:

  summitry diary

  summitry diary --next 4w --country Serbia --since 2024-05-01

  summitry diary --on 2024-05-14 --next 10d --person "Xi Jinping" --zone Asia/Shanghai
"""


@told
def diary(
    next: Annotated[str, typer.Option("--next", help="How far ahead: days (14d) or weeks (2w).")] = "14d",
    country: Annotated[str | None, typer.Option(help="Visits from or to a country: a code (RUS) or a name.")] = None,
    person: PersonOption = None,
    since: Annotated[
        str | None, typer.Option(help="The day of the last look: what reports published since then changed is told.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="The time zone that says which day is today: Europe/Berlin.")] = None,
    on: Annotated[str | None, typer.Option(help="The first day; today if not given.")] = None,
    register: RegisterOption = REGISTER,
) -> None:
    """List the visits of the coming days, one a line: when, who, where, how sure, and what changed since the last look."""
    from summitry.publish.diary import COLUMNS, length, lines
    from summitry.publish.terms import Terms
    from summitry.register.exporting import opened

    days, last_look = length(next), a_day(since, "--since")
    today = a_day(on, "--on") or _today(zone)
    code = (country_code(country) or country.strip().upper()) if country else ""
    chosen = wanted(register, first=today, last=today + dt.timedelta(days=days), person=person)
    with opened(register, chosen, frozenset({"sources", "history"})) as visits:
        found = list(lines(visits, today, days, Terms.load(today), last_look, code))
    if not found and on_terminal():
        say(f"no visit is known for the {days} days from {today}")
    width = 8 if on_terminal() else 16
    rows = [[*(getattr(line, name) for name in COLUMNS[:-1]), line.id[:width]] for line in found]
    if found or not on_terminal():
        print_table(COLUMNS, rows, wide=("visitor", "places", "sure", "changed"))


def _today(zone: str | None) -> dt.date:
    try:
        return dt.datetime.now(ZoneInfo(zone) if zone else None).astimezone(ZoneInfo(zone) if zone else None).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fail(f"--zone {zone!r} is no time zone: write it as Europe/Berlin", Exit.USAGE) from None
