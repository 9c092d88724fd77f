"""``summitry diff`` and ``summitry backup``: two registers side by side, and a copy of one in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, on_terminal, print_table, say, told

EXAMPLES = """
Examples:

  summitry diff before.db after.db

  summitry diff before.db after.db | grep ^lost
"""
BACKUP_EXAMPLES = """
Examples:

  summitry backup register-2024-05-14.db

  summitry backup /media/disk/copy.db --register visits.db
"""
COLUMNS = ("what", "visit", "visitor", "host", "dates", "field", "old", "new")


@told
def diff(
    old: Annotated[str, typer.Argument(help="The register before: a file, or a database URL.")],
    new: Annotated[str, typer.Argument(help="The register after.")],
) -> None:
    """List the visits that one register lost, gained or holds otherwise than another."""
    from summitry.register.compare import differences
    from summitry.register.reader import Reader

    with Reader(old) as before, Reader(new) as after:
        found = list(differences(before, after))
    rows = [
        (d.what, d.visit, d.row["visitor"], d.row["host_country"], d.row["dates"], d.field, d.old, d.new) for d in found
    ]
    if rows or not on_terminal():
        print_table(COLUMNS, rows, wide=("visitor", "old", "new"))
    many = {what: len({d.visit for d in found if d.what == what}) for what in ("lost", "gained", "altered")}
    say(", ".join(f"{number} {what}" for what, number in many.items()))


@told
def backup(
    copy: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist.")],
    register: RegisterOption = REGISTER,
) -> None:
    """Copy a register into one file, also while others read and write it."""
    from summitry.register.engine import copy_sqlite

    if copy.exists():
        raise fail(f"{copy} exists; give a new name, or remove it", Exit.USAGE)
    copy_sqlite(register, copy)
    say(f"{register} copied to {copy}")
