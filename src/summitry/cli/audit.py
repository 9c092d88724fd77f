"""``summitry audit``: a sample of the register for a person to check, and error estimates from the checked sample."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, many, print_table, say, told

if TYPE_CHECKING:
    from summitry.register.reader import Reader

EXAMPLES = """
Examples:

  summitry audit --sample 200 --seed 7 -o sheet.csv   # then fill in y or n in the columns that end in _ok

  summitry audit --estimate sheet.csv

  summitry audit --estimate sheet.csv --format jsonl > errors.jsonl
"""

COLUMNS = ("field", "group", "wrong", "checked", "error", "low", "high")


class Output(StrEnum):
    """How estimates are written."""

    TABLE = "table"
    TSV = "tsv"
    JSONL = "jsonl"


@told
def audit(
    sample: Annotated[
        int | None, typer.Option(min=1, help="Draw so many records, stratified by status and year.")
    ] = None,
    estimate: Annotated[Path | None, typer.Option(help="A checked sheet: estimate the errors of the register.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the sample: the same seed draws the same records.")] = 0,
    to: Annotated[
        Path | None, typer.Option("--output", "-o", help="The sheet to write; a file that exists is not written over.")
    ] = None,
    output: Annotated[
        Output | None,
        typer.Option("--format", help="Of the estimates: table, tsv or jsonl; tsv when piped if not given."),
    ] = None,
    register: RegisterOption = REGISTER,
) -> None:
    """Draw a sample of visits for a person to check, or turn a checked sheet into error estimates with 95 % intervals.

    Estimates are of the records there are: visits that the register lacks are not seen. `summitry evaluate` counts those.
    """
    if (sample is None) == (estimate is None):
        raise fail("give --sample N with -o SHEET, or --estimate SHEET", Exit.USAGE)
    if sample is not None:
        _draw(register, sample, seed, to)
    elif estimate is not None:
        _tell(estimate, output)


def _draw(register: str, number: int, seed: int, to: Path | None) -> None:
    from summitry.evaluate.audit import sample, write_sheet
    from summitry.register.reader import Reader

    if to is None:
        raise fail("--sample needs -o SHEET, the file to write", Exit.USAGE)
    with Reader(register) as reader:
        rows = reader.visits()
        if not rows:
            raise fail(f"{register} holds no visits to check; read reports first", Exit.NOTHING)
        drawn = sample(rows, number, seed)
        try:
            with to.open("x", encoding="utf-8", newline="") as out:
                count = write_sheet(drawn, lambda row: _sentence(reader, str(row["id"])), out)
        except FileExistsError:
            raise fail(f"{to} exists and may hold checks; choose another -o SHEET", Exit.USAGE) from None
        except OSError as error:
            raise fail(f"{to} cannot be written ({error.strerror}); choose another -o SHEET", Exit.NOTHING) from error
    strata = len({part.name for part, _ in drawn})
    say(
        f"{many(count, 'record')} of {len(rows)} from {strata} strata written to {to}; fill in the columns that end in _ok"
    )


def _sentence(reader: Reader, visit: str) -> str:
    """The words of the earliest report that show the visit."""
    account = reader.full(visit).accounts[0]
    return " ".join(account.told.visit.sentence.split())


def _tell(sheet: Path, output: Output | None) -> None:
    from summitry.evaluate.audit import covered, estimate, read_sheet

    rows = read_sheet(sheet)
    if not rows:
        raise fail(f"{sheet} holds no answers yet; write y or n in the columns that end in _ok", Exit.NOTHING)
    found = [
        (e.field, e.group, e.wrong, e.checked, round(e.rate, 4), round(e.low, 4), round(e.high, 4))
        for e in estimate(rows)
    ]
    if output is Output.JSONL:
        for row in found:
            print(json.dumps(dict(zip(COLUMNS, row, strict=True))))
    else:
        print_table(COLUMNS, found, plain=output is Output.TSV)
    say(f"{many(len(rows), 'row')} checked, which stand for {covered(rows):.0%} of the register")
