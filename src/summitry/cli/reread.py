"""``summitry reread`` and ``summitry forget``: the stored texts read again, and one of them removed."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, many, say, told

if TYPE_CHECKING:
    from summitry.model.errors import Problem
    from summitry.scale.workers import Load

EXAMPLES = """
Examples:

  summitry reread

  summitry reread --dry-run --jobs 4

  summitry reread --knowledge my-offices/ --register visits.db
"""
FORGET_EXAMPLES = """
Examples:

  summitry forget news-2024-0117

  summitry forget https://paper.example/2024/visit --yes
"""


@told
def reread(
    knowledge: Annotated[
        list[Path] | None, typer.Option(help="A folder of knowledge on top of the shipped one; may be repeated.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes; the result is the same for any number.")] = 1,
    register: RegisterOption = REGISTER,
) -> None:
    """Read the stored texts again with this program and its knowledge, and list the visits that changed.

    Texts, ids of reports and decisions stay; a report that is read as before is left alone.
    """
    from summitry.register.engine import copy_register

    folders = tuple(knowledge or ())
    missing = next((f for f in folders if not f.is_dir()), None)
    if missing:
        raise fail(f"--knowledge {missing} is no folder", Exit.USAGE)
    if not dry_run:
        _reread(register, folders, jobs)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "register.db"
        copy_register(register, copy)
        _reread(str(copy), folders, jobs)
    say("nothing was changed (--dry-run)")


def load_rereader(folders: tuple[Path, ...]) -> Load:
    """What makes a reader of stored reports, here or in a worker."""
    from summitry.register.reread import Rereader

    return partial(Rereader.load, folders)


def _reread(register: str, folders: tuple[Path, ...], jobs: int) -> None:
    from summitry import __version__
    from summitry.cli.diff import print_differences
    from summitry.cli.read import watched
    from summitry.lexicon.files import DATA, knowledge_hash
    from summitry.link.voices import Voices
    from summitry.model.errors import Problem
    from summitry.register.compare import Snapshot, differences
    from summitry.register.reader import Reader
    from summitry.register.reread import kept_reports
    from summitry.register.writer import Writer

    with Reader(register) as reader:
        before, total = Snapshot.of(reader), reader.counts()["articles"]
        if not total:
            raise fail(f"{register} holds no reports; read some with: summitry read PATH...", Exit.NOTHING)
    started = dt.datetime.now(dt.UTC)
    failed: list[Problem] = []
    changed = number = 0
    about = knowledge_hash(DATA, *folders)
    with Reader(register) as reader, Writer(register, started=started, version=__version__, knowledge=about) as writer:
        if folders:
            writer.voices = Voices.load(DATA, *folders)
        for result in watched(kept_reports(reader), total, load_rereader(folders), jobs, "reading again"):
            number += 1
            if isinstance(result, Problem):
                failed.append(result)
                writer.problem(result)
            else:
                changed += writer.add(result)
        writer.link()
        writer.finish(dt.datetime.now(dt.UTC), number - len(failed), len(failed))
    with Reader(register) as reader:
        print_differences(list(differences(before, Snapshot.of(reader))))
    for problem in failed:
        say(f"failed: {problem.source}: {problem.error}")
    say(f"{many(number, 'report')} read again: {changed} otherwise than before, {len(failed)} failed")
    if failed:
        raise typer.Exit(int(Exit.SOME_FAILED))


@told
def forget(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A report's id, URL, or hash (or its beginning).")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    register: RegisterOption = REGISTER,
) -> None:
    """Remove a report and its text from the register; what rests on other reports stays.

    Ids of visits go on resolving while another account of the visit is left. People's decisions stay, with the sentence that
    they are about; those on this report are listed by: summitry decisions --lost.
    """
    from summitry import __version__
    from summitry.register.reader import Reader
    from summitry.register.writer import Writer

    with Reader(register) as reader:
        titles = reader.reports_named(report)
    for line in titles:
        say(line)
    if not yes and not typer.confirm(f"Remove {many(len(titles), 'report')} for good?", err=True):
        raise fail("nothing was removed", Exit.NOTHING)
    with Writer(register, started=dt.datetime.now(dt.UTC), version=__version__) as writer:
        reports, accounts = writer.forget(report)
        changed = writer.link()
    say(
        f"{many(reports, 'report')} and {many(accounts, 'account')} of visits removed; {many(changed, 'visit')} changed"
    )
