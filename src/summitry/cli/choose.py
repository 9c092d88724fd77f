"""Options that say which visits, as of which day, and how much of a report is shown: the same for every command that has them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.common import Exit, fail
from summitry.cli.show import country_code

if TYPE_CHECKING:
    from summitry.register.reader import Filter

VisitorOption = Annotated[str | None, typer.Option(help="Who travels: a name or part of one, or a country.")]
HostOption = Annotated[str | None, typer.Option(help="The country visited: a code (RUS) or a name.")]
FromOption = Annotated[str | None, typer.Option("--from", help="Visits on this day, month or year, or later.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Visits on this day, month or year, or earlier.")]
PersonOption = Annotated[str | None, typer.Option(help="Visits in which a person travels, is met, or invited.")]
SureOption = Annotated[
    float | None,
    typer.Option(
        "--min-confidence", min=0, max=1, help="Visits of which some report tells at least so surely (0 to 1)."
    ),
]
QuotesOption = Annotated[
    str | None,
    typer.Option(
        metavar="N|none",
        help="Characters of a report's own words that are shown; all of the evidence sentence if not given.",
    ),
]
AsOfOption = Annotated[
    str | None, typer.Option(help="The day for the column 'unconfirmed'; the newest publication date if not given.")
]


def a_day(text: str | None, option: str) -> dt.date | None:
    """A day that an option gives. Leaves with a word for what is no day."""
    try:
        return dt.date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise fail(f"{option} {text!r} is no day: write it as 2024-05-14", Exit.USAGE) from None


def bound(text: str | None, option: str, *, end: bool) -> dt.date | None:
    """The first (``end``: the last) day of a day, month or year that an option gives."""
    from summitry.model.dates import DateRange

    if text is None:
        return None
    try:
        when = DateRange.parse(text)
    except ValueError:
        raise fail(f"{option} {text!r} is no date: write it as 2024-05-14, 2024-05 or 2024", Exit.USAGE) from None
    return when.latest if end else when.earliest


def wanted(
    register: str,
    visitor: str | None = None,
    host: str | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    status: str | None = None,
    person: str | None = None,
    confidence: float | None = None,
) -> Filter:
    """The register's filter for what was asked for. Leaves with a word for a host that is no country."""
    from summitry.register.reader import Filter, Reader

    sender, guest_of = country_code(visitor) if visitor else None, country_code(host) if host else None
    if (visitor and not sender) or (host and not guest_of):
        with Reader(register) as reader:
            sender = sender or (reader.code(visitor) if visitor else None)
            guest_of = guest_of or (reader.code(host) if host else None)
    if host and guest_of is None:
        raise fail(f"--host {host!r} is no country: give its name, or its ISO 3166-1 alpha-3 code (RUS)", Exit.USAGE)
    return Filter(
        visitor=None if sender else visitor,
        visitor_country=sender,
        host=guest_of,
        first=first,
        last=last,
        status=status,
        person=person,
        confidence=confidence,
    )
