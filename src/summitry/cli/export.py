"""``summitry export``: the register's visits for other tools."""

from __future__ import annotations

import datetime as dt
import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, say, told

EXAMPLES = """
Examples:

  summitry export -o visits.csv

  summitry export --format jsonl --as-of 2024-12-31 > visits.jsonl
"""


class Format(StrEnum):
    """What ``export`` writes."""

    CSV = "csv"
    JSONL = "jsonl"


@told
def export(
    output: Annotated[
        Format | None,
        typer.Option(
            "--format", help="csv: lists joined by '; '; jsonl: one object a line. By the file's name if not given."
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; standard output if not given.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="The day for the column 'unconfirmed'; the newest publication date if not given."),
    ] = None,
    register: RegisterOption = REGISTER,
) -> None:
    """Write all visits of the register, one a line, in a fixed order: the same reports give the same bytes."""
    from summitry.publish.tables import write_csv, write_jsonl
    from summitry.register.reader import Reader

    day: dt.date | None = None
    if as_of is not None:
        try:
            day = dt.date.fromisoformat(as_of)
        except ValueError:
            raise fail(f"--as-of {as_of!r} is no day: write it as 2024-05-14", Exit.USAGE) from None
    with Reader(register) as reader:
        rows = reader.visits()
        day = day or reader.newest()
    out = io.StringIO()
    if output is None:
        output = Format.JSONL if to is not None and to.suffix in (".jsonl", ".ndjson") else Format.CSV
    count = (write_csv if output is Format.CSV else write_jsonl)(rows, out, day)
    if to is None:
        sys.stdout.write(out.getvalue())
    else:
        try:
            to.write_text(out.getvalue(), encoding="utf-8", newline="")
        except OSError as error:
            raise fail(f"{to} cannot be written ({error.strerror}); choose another -o FILE", Exit.NOTHING) from error
        say(f"{count} visits written to {to}")
    if not count:
        raise typer.Exit(int(Exit.NOTHING))
