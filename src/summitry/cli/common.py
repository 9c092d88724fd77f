"""What the commands share: options, tables on a terminal and tab-separated elsewhere, errors as one sentence."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from summitry.model.errors import RegisterError, SummitryError, UsageError

P = ParamSpec("P")
T = TypeVar("T")


class Exit(IntEnum):
    """Exit statuses, the same for every command."""

    WELL = 0
    NOTHING = 1
    USAGE = 2
    SOME_FAILED = 3
    STOPPED = 130


RegisterOption = Annotated[
    str,
    typer.Option("--register", "-r", help="The register: a file, or a database URL.", envvar="SUMMITRY_REGISTER"),
]
REGISTER = "register.db"

KnowledgeOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--knowledge", "-k", metavar="DIR", help="Folder of your own tables; they add and override. Repeatable.",
        envvar="SUMMITRY_KNOWLEDGE",
    ),
]  # fmt: skip


def knowledge_folders(given: Sequence[Path] | None) -> tuple[Path, ...]:
    """The folders of ``--knowledge``, later ones first in rank. Raises UsageError where one is no folder of tables."""
    folders = tuple(given or ())
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"--knowledge {folder} is no folder; summitry knowledge init {folder} makes one")
        if not any(p.suffix in {".csv", ".toml"} for p in folder.rglob("*")):
            raise UsageError(
                f"--knowledge {folder} holds no tables (people/tenures.csv and so on); see docs/knowledge.md"
            )
    return folders


def with_shipped(folders: Sequence[Path]) -> tuple[Path, ...]:
    """What the loaders of single tables take: nothing where there are no own folders, else the shipped one before them."""
    from summitry.lexicon.files import DATA

    return (DATA, *folders) if folders else ()


def say(message: str) -> None:
    """A line on standard error."""
    print(message, file=sys.stderr)


def fail(message: str, status: Exit) -> typer.Exit:
    """Tell what happened and what to do; raise what this returns."""
    say(f"summitry: {message}")
    return typer.Exit(int(status))


def told(command: Callable[P, T]) -> Callable[P, T]:
    """Turn errors of the program's own tree into one sentence and an exit status."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except UsageError as error:
            raise fail(str(error), Exit.USAGE) from error
        except (RegisterError, SummitryError) as error:
            raise fail(str(error), Exit.NOTHING) from error
        except KeyboardInterrupt:
            told = "stopped; the reports read so far are in the register: the same command again goes on from there"
            raise fail(told, Exit.STOPPED) from None
        except BrokenPipeError:
            # The reader of our output has seen enough ("| head"); not an error.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(int(Exit.WELL)) from None

    return run


def on_terminal() -> bool:
    """Whether data goes to a terminal, where it is laid out for reading."""
    return sys.stdout.isatty()


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "",
    wide: Sequence[str] = (),
    plain: bool = False,
) -> None:
    """A table: laid out on a terminal (``wide`` columns may wrap), tab-separated with a header line elsewhere or ``plain``."""
    if plain or not on_terminal():
        print("\t".join(columns))
        for row in rows:
            print("\t".join(cell(v) for v in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name not in wide, ratio=None)
    for row in rows:
        table.add_row(*(Text(cell(v)) for v in row))
    Console().print(table)


def many(number: int, word: str) -> str:
    """ "1 report", "2 reports"."""
    return f"{number} {word}" + ("" if number == 1 else "s")


def cell(value: Any) -> str:
    """A value as the text of one cell: no tabs and line breaks."""
    from summitry.publish.columns import flat

    return " ".join(flat(value).split())
