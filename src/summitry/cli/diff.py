"""``summitry diff`` and ``summitry backup``: two registers side by side, and a copy of one in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, on_terminal, print_table, say, told

if TYPE_CHECKING:
    from summitry.register.compare import Difference

EXAMPLES = """
Examples:

  summitry diff before.db after.db

  summitry diff before.db after.db | grep ^lost
"""
BACKUP_EXAMPLES = """
Examples:

  summitry backup register-2024-05-14.db

  summitry backup /media/disk/copy.db --register visits.db

  summitry backup copy.db --register postgresql://anna@db.example/visits
"""
COLUMNS = ("what", "visit", "visitor", "host", "dates", "field", "old", "new")


@told
def diff(
    old: Annotated[str, typer.Argument(help="The register before: a file, or a database URL.")],
    new: Annotated[str, typer.Argument(help="The register after.")],
) -> None:
    """List the visits that one register lost, gained or holds otherwise than another."""
    from summitry.register.compare import Snapshot, differences
    from summitry.register.reader import Reader

    with Reader(old) as before, Reader(new) as after:
        found = list(differences(Snapshot.of(before), Snapshot.of(after)))
    print_differences(found)


def print_differences(found: list[Difference]) -> None:
    """The differences as a table, and how many there are of each kind."""
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
    """Copy a register into one SQLite file, as it is at one moment, also while others read and write it.

    A register on a database server is copied into a file too: the copy opens with every command.
    """
    from summitry.register.engine import copy_register, shown

    if copy.exists():
        raise fail(f"{copy} exists; give a new name, or remove it", Exit.USAGE)
    copy_register(register, copy)
    say(f"{shown(register)} copied to {copy}")
