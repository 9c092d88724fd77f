"""What the commands share: options, tables on a terminal and tab-separated elsewhere, errors as one sentence."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
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
