"""``summitry agree``: how far two coders agree, and where they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summitry.cli.common import Exit, fail, many, print_table, say, told

EXAMPLES = """
Examples:

  summitry agree anna.jsonl ben.jsonl

  summitry agree anna.jsonl ben.jsonl --differences > to-discuss.tsv
"""
COLUMNS = ("field", "units", "same", "percent", "kappa", "alpha")
DIFFERENCES = ("field", "unit", "one", "two")


@told
def agree(
    one: Annotated[
        Path, typer.Argument(metavar="A", help="The first coder: decisions, or coded reports, as JSON lines.")
    ],
    two: Annotated[Path, typer.Argument(metavar="B", help="The second coder: the same kind of file.")],
    differences: Annotated[
        bool, typer.Option("--differences", help="List every unit on which they differ, and nothing else.")
    ] = False,
) -> None:
    """Percent agreement, Cohen's kappa and Krippendorff's alpha (nominal) of two coders, field by field.

    A and B are both decisions (summitry decisions --format jsonl) or both coded reports in the shape of the coding rules. Units
    are the accounts on which both decided, or the visits (same visitor, same host) that both coded. A figure that is not
    defined is left empty.
    """
    from summitry.register.exchange import compare_codings, compare_decisions, read_lines

    files = []
    for path in (one, two):
        try:
            files.append(read_lines(path.read_text(encoding="utf-8"), str(path)))
        except (OSError, UnicodeDecodeError) as error:
            raise fail(f"{path} cannot be read ({error}); give a file of JSON lines in UTF-8", Exit.NOTHING) from error
    kinds = {all("verb" in line for line in lines) for lines in files if lines}
    if len(kinds) > 1:
        raise fail("one file holds decisions and the other coded reports; give two of a kind", Exit.USAGE)
    found = compare_decisions(*files) if kinds == {True} else compare_codings(*files)
    if differences:
        print_table(DIFFERENCES, [(d.field, d.unit, d.one, d.two) for d in found.differences], wide=DIFFERENCES[1:])
    else:
        rows = [
            (name, a.units, a.same, *(None if x is None else f"{x:.3f}" for x in (a.percent, a.kappa, a.alpha)))
            for name, a in found.fields.items()
        ]
        print_table(COLUMNS, rows)
    say(f"{many(len(found.differences), 'difference')}" + ("" if differences else "; --differences lists them"))
    if not any(a.units for a in found.fields.values()):
        raise fail("the two files have no unit in common", Exit.NOTHING)
