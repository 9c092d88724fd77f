"""The command line: one file per family of commands. What a command needs is imported when it runs, so help is fast."""

from __future__ import annotations

import gc
import io
import sys
from typing import Annotated

import typer

from summitry.cli import (
    agree,
    audit,
    coverage,
    decide,
    diary,
    diff,
    evaluate,
    explain,
    export,
    knowledge,
    link,
    lists,
    load,
    publish,
    read,
    reread,
    scan,
    serve,
    show,
    times,
    watch,
    where,
    who,
)

OBJECTS = 100_000
"""New objects after which Python looks for garbage. Imports and tables make many that stay: its own 700 has it look in vain."""

app = typer.Typer(
    name="summitry",
    help="Read press reports and keep a sourced register of the visits that leaders and ministers pay abroad.",
    epilog="Data goes to standard output, progress and summaries to standard error. Exit status: 0 all well, 1 nothing "
    "read or written, 2 wrong usage, 3 some inputs failed.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from summitry import __version__

        print(f"summitry {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


app.command(epilog=read.EXAMPLES)(read.read)
app.command(epilog=show.EXAMPLES)(show.show)
app.command(epilog=export.EXAMPLES)(export.export)
app.command(epilog=publish.EXAMPLES)(publish.publish)
app.command(epilog=diary.EXAMPLES)(diary.diary)
app.command(epilog=lists.EXAMPLES)(lists.import_)
app.command(epilog=lists.COMPARE_EXAMPLES)(lists.compare)
app.command(epilog=show.PROBLEMS_EXAMPLES)(show.problems)
app.command(epilog=decide.EXAMPLES)(decide.decide)
app.command(epilog=decide.LIST_EXAMPLES)(decide.decisions)
app.command(epilog=agree.EXAMPLES)(agree.agree)
app.command(epilog=coverage.EXAMPLES)(coverage.coverage)
app.command(epilog=reread.EXAMPLES)(reread.reread)
app.command(epilog=reread.FORGET_EXAMPLES)(reread.forget)
app.command(epilog=diff.EXAMPLES)(diff.diff)
app.command(epilog=diff.BACKUP_EXAMPLES)(diff.backup)
app.command(epilog=explain.EXAMPLES)(explain.explain)
app.command(epilog=times.EXAMPLES)(times.times)
app.command(epilog=where.EXAMPLES)(where.where)
app.command(epilog=who.EXAMPLES)(who.who)
app.command(epilog=knowledge.EXAMPLES)(knowledge.knowledge)
app.command(epilog=serve.EXAMPLES)(serve.serve)
app.command(epilog=watch.EXAMPLES)(watch.watch)
app.command(epilog=serve.ACCOUNT_EXAMPLES)(serve.accounts)
app.command(epilog=evaluate.EXAMPLES)(evaluate.evaluate)
app.command(epilog=audit.EXAMPLES)(audit.audit)
app.command(epilog=link.EXAMPLES)(link.link)
app.command(epilog=scan.EXAMPLES)(scan.scan)
app.command(epilog=load.EXAMPLES)(load.load)


def main() -> None:
    """The entry point of the ``summitry`` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Data is UTF-8 whatever the locale; a terminal gets what it can show.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    gc.set_threshold(OBJECTS)
    app()
