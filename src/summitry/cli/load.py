"""``summitry load``: the parts of a scan into a register."""

from __future__ import annotations

import datetime as dt
import time
from typing import Annotated

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, many, say, told

EXAMPLES = """
Examples:

  summitry load parts

  summitry load s3://bucket/parts --register visits.db
"""


@told
def load(
    parts: Annotated[str, typer.Argument(help="The folder that summitry scan wrote; local or by address.")],
    register: RegisterOption = REGISTER,
) -> None:
    """Load the parts of a scan into a register and link their visits with those that are there.

    Loading the same parts again changes nothing.
    """
    import fsspec
    import pyarrow as pa

    from summitry import __version__
    from summitry.model.errors import Problem
    from summitry.register.engine import shown
    from summitry.register.writer import Writer
    from summitry.scale import parts as stored

    began = time.monotonic()
    fs, folder = fsspec.core.url_to_fs(parts)
    names = stored.names(fs, folder)
    if not names:
        raise fail(f"{parts} holds no parts: give the folder that summitry scan wrote", Exit.NOTHING)
    knowledge = stored.seen(fs, folder, names[0])[2]
    new = reports = failed = 0
    with Writer(register, started=dt.datetime.now(dt.UTC), version=__version__, knowledge=knowledge) as writer:
        for name in names:
            try:
                rows = list(stored.readings(fs, folder, name))
                problems = stored.problems(fs, folder, name)
                coverage = stored.seen(fs, folder, name)[1]
            except (OSError, pa.ArrowException, ValueError, KeyError) as error:
                told_so = f"the part cannot be read ({error}): remove it and scan again"
                problems, rows, coverage = [Problem(f"{parts}/{name}", "load", told_so)], [], []
            number, refused = writer.add_all(rows)
            writer.cover(name, coverage)
            writer.problem(*problems, *refused)
            new, reports, failed = new + number, reports + len(rows), failed + len(problems) + len(refused)
        changed = writer.link()
        writer.finish(dt.datetime.now(dt.UTC), reports, failed)
    say(
        f"{many(len(names), 'part')}: {many(reports, 'report')}, {new} new; {failed} failed; "
        f"{shown(register)}: {changed} visits new or changed; {time.monotonic() - began:.1f} s"
    )
    if failed:
        raise typer.Exit(int(Exit.SOME_FAILED))
