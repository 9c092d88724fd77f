"""``summitry export``: the register's visits for other tools."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitry.cli.choose import (
    AsOfOption,
    FromOption,
    HostOption,
    PersonOption,
    QuotesOption,
    SureOption,
    ToOption,
    VisitorOption,
    a_day,
    bound,
    wanted,
)  # fmt: skip
from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, many, say, told
from summitry.model.visits import Status

if TYPE_CHECKING:
    from typing import BinaryIO

    from summitry.publish.terms import Terms
    from summitry.register.exporting import Visits

EXAMPLES = """
Examples:

  summitry export -o visits.csv

  summitry export --format jsonl --as-of 2024-12-31 > visits.jsonl

  summitry export -o visits.dta --quotes none

  summitry export --format colt --visitor China --from 2010 --to 2019 -o china.csv

  summitry export --format dyad-year --zeros --from 2010 --to 2019 --states CHN,RUS,SRB -o panel.csv

  summitry export --visitor "Xi Jinping" -o xi.ics

  summitry export --min-confidence 0.6 -o surer.csv
"""


class Format(StrEnum):
    """What ``export`` writes: the names of ``summitry.publish.formats.FORMATS``, to which a test holds them."""

    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    DTA = "dta"
    COLT = "colt"
    DYAD_DAY = "dyad-day"
    DYAD_YEAR = "dyad-year"
    COUNTRY_YEAR = "country-year"
    PLOVER = "plover"
    JSONLD = "jsonld"
    ICS = "ics"
    GEOJSON = "geojson"
    ATOM = "atom"


BINARY = frozenset({Format.PARQUET, Format.DTA})
"""Formats that are of no use on a terminal."""


@told
def export(
    output: Annotated[
        Format | None, typer.Option("--format", help="What to write; by the file's name if not given, else csv.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; standard output if not given.")
    ] = None,
    wide: Annotated[
        bool, typer.Option("--wide", help="csv, tsv: each member of a list in a column of its own.")
    ] = False,
    claims: Annotated[
        bool, typer.Option("--claims", help="csv, tsv: one row for each value that a report gives, with its sentence.")
    ] = False,
    all_ranks: Annotated[
        bool, typer.Option("--all-ranks", help="colt: all visitors, not only heads of state and government.")
    ] = False,
    zeros: Annotated[
        bool,
        typer.Option("--zeros", help="Panels: a row for every pair and year (or day) of --states, --from and --to."),
    ] = False,
    states: Annotated[
        str | None,
        typer.Option(help="Panels with --zeros: alpha-3 codes by commas, or cow or gw for the members of that system."),
    ] = None,
    quotes: QuotesOption = None,
    visitor: VisitorOption = None,
    host: HostOption = None,
    first: FromOption = None,
    last: ToOption = None,
    status: Annotated[Status | None, typer.Option(help="Visits of one status.")] = None,
    person: PersonOption = None,
    sure: SureOption = None,
    name: Annotated[str | None, typer.Option(help="ics, atom: what the calendar or feed is called.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="atom: at most so many changes.")] = None,
    as_of: AsOfOption = None,
    register: RegisterOption = REGISTER,
) -> None:
    """Write the visits of the register for another tool, in a fixed order: the same reports give the same bytes."""
    from summitry.publish.formats import FORMATS, by_suffix
    from summitry.publish.panels import Zeros
    from summitry.publish.terms import Quotes, Terms
    from summitry.register.exporting import opened

    kind = FORMATS[str(output or by_suffix(to.name if to else ""))]
    given = {"wide": wide, "claims": claims, "all_ranks": all_ranks, "zeros": zeros, "name": name, "limit": limit}
    options: dict[str, Any] = {k: v for k, v in given.items() if v}
    wrong = [f"--{k.replace('_', '-')}" for k in options if k not in kind.options]
    if wrong:
        raise fail(f"{wrong[0]} is not for --format {kind.name}; summitry export --help says for which", Exit.USAGE)
    if wide and claims:
        raise fail("--wide and --claims are two tables: choose one", Exit.USAGE)
    if states and not zeros:
        raise fail("--states is for panels with --zeros; --visitor and --host choose visits", Exit.USAGE)
    if to is None and kind.name in BINARY and sys.stdout.isatty():
        raise fail(f"--format {kind.name} is for files: say where with -o FILE", Exit.USAGE)
    day, bounds = a_day(as_of, "--as-of"), (bound(first, "--from", end=False), bound(last, "--to", end=True))
    terms = Terms.load(day, Quotes.parse(quotes))
    if zeros:
        options["zeros"] = Zeros.of(*bounds, states, terms)
    chosen = wanted(register, visitor, host, *bounds, str(status) if status else None, person, sure)
    with opened(register, chosen, kind.about) as visits:
        terms.as_of = terms.as_of or visits.newest()
        count = _to_file(kind.name, visits, to, terms, options) if to else _to_stdout(kind.name, visits, terms, options)
    if to:
        say(f"{many(count, 'claim' if claims else kind.item)} written to {to}")
    if not count:
        raise typer.Exit(int(Exit.NOTHING))


def _to_file(format: str, visits: Visits, to: Path, terms: Terms, options: dict[str, Any]) -> int:
    from summitry.publish.files import whole
    from summitry.publish.formats import write

    try:
        with whole(to) as out:
            return write(format, visits, out, terms, **options)
    except OSError as error:
        raise fail(f"{to} cannot be written ({error.strerror}); choose another -o FILE", Exit.NOTHING) from error


def _to_stdout(format: str, visits: Visits, terms: Terms, options: dict[str, Any]) -> int:
    from summitry.publish.formats import write

    out: BinaryIO = sys.stdout.buffer
    if format in BINARY:
        # These go back in the file to fill in what is known at its end.
        with io.BytesIO() as held:
            count = write(format, visits, held, terms, **options)
            out.write(held.getvalue())
        return count
    count = write(format, visits, out, terms, **options)
    out.flush()
    return count
