"""``summitry read``: reports into the register."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.common import (
    REGISTER,
    Exit,
    KnowledgeOption,
    RegisterOption,
    cell,
    knowledge_folders,
    many,
    on_terminal,
    print_table,
    say,
    told,
)

if TYPE_CHECKING:
    from summitry.model.errors import Problem
    from summitry.publish.lines import Line
    from summitry.register.reader import Reader as RegisterReader
    from summitry.scale.workers import Item, Load, Reads, Result

NAMED = 50
"""Failed inputs that the summary names; all are in the register (``summitry problems``)."""

SHOWN = 40
"""Visits that a terminal shows after reading; all are in the register."""

TOLD = ("visitor", "host_country", "dates", "status")
COLUMNS = ("report", "published", "visitor", "host", "dates", "status", "visit")

EXAMPLES = """
Examples:

  summitry read examples/

  summitry read news.jsonl --register visits.db --jobs 4

  summitry read news.jsonl --min-confidence 0.5   # fewer visits, more of them right

  summitry read --published 2024-05-14 --format jsonl - < report.txt
"""


class Format(StrEnum):
    """What ``read`` writes to standard output."""

    TABLE = "table"
    JSONL = "jsonl"


@dataclass(slots=True)
class Tally:
    """What a run did, for the summary."""

    read: int = 0
    with_visits: int = 0
    visits: int = 0
    new: int = 0
    failed: list[Problem] = field(default_factory=list)
    lines: list[tuple[Line, list[str]]] = field(default_factory=list)


@told
def read(
    paths: Annotated[
        list[str], typer.Argument(help="Files and folders of .txt, .html and .jsonl; - for standard input.")
    ],
    published: Annotated[
        str | None, typer.Option(help="Publication date of reports without one: 2024-05-14, 2024-05 or 2024.")
    ] = None,
    register: RegisterOption = REGISTER,
    output: Annotated[
        Format, typer.Option("--format", help="table: the visits told; jsonl: one line of JSON an input.")
    ] = Format.TABLE,
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes; the result is the same for any number.")] = 1,
    knowledge: KnowledgeOption = None,
    least: Annotated[
        float,
        typer.Option("--min-confidence", min=0, max=1, help="Leave out visits that are told less surely (0 to 1)."),
    ] = 0.0,
) -> None:
    """Read press reports into the register.

    Each report is cleaned, dated and read for visits; visits that other reports told already are joined with them.
    The same report again changes nothing; the same id or URL with another text is a new version.
    """
    from summitry import __version__
    from summitry.ingest.inputs import inputs
    from summitry.lexicon.files import DATA, knowledge_hash
    from summitry.register.reader import Reader as RegisterReader
    from summitry.register.writer import Writer

    began = time.monotonic()
    folders = knowledge_folders(knowledge)
    items = inputs(paths, published)
    tally = Tally()
    started = dt.datetime.now(dt.UTC)
    loader = partial(load_reader, folders) if folders else load_reader
    with Writer(register, started=started, version=__version__, knowledge=knowledge_hash(DATA, *folders)) as writer:
        total = None if "-" in paths or not sys.stderr.isatty() else sum(1 for _ in inputs(paths))
        for result in watched(items, total, loader, jobs):
            _take(sure(result, least), tally, writer, output)
        changed = writer.link()
        writer.finish(dt.datetime.now(dt.UTC), tally.read, len(tally.failed))
    with RegisterReader(register) as reader:
        _write(tally, reader, output)
        _summary(tally, reader, register, changed, time.monotonic() - began)
    if not tally.read:
        raise typer.Exit(int(Exit.NOTHING))
    if tally.failed:
        raise typer.Exit(int(Exit.SOME_FAILED))


def sure(result: Result, least: float) -> Result:
    """A reading without the visits of less confidence; problems pass through."""
    from summitry.model.errors import Problem

    if isinstance(result, Problem) or least <= 0:
        return result
    return replace(result, visits=tuple(v for v in result.visits if v.confidence >= least))


def load_reader(folders: tuple[Path, ...] = ()) -> Reads:
    """The reader of reports with its knowledge; also run in each worker."""
    from summitry.pipeline import Reader

    return Reader.load(folders)


def _take(result: Result, tally: Tally, writer: object, output: Format) -> None:
    from summitry.model.errors import InputError, Problem
    from summitry.publish.lines import failed_line, line_of
    from summitry.register.rows import keys
    from summitry.register.writer import Writer

    assert isinstance(writer, Writer)  # noqa: S101  (imported late, so that --help is fast)
    if not isinstance(result, Problem):
        try:
            tally.new += writer.add(result)
        except InputError as error:
            result = Problem(result.article.source, "register", str(error), result.article.given_id)
    if isinstance(result, Problem):
        tally.failed.append(result)
        if output is Format.JSONL:
            tally.lines.append((failed_line(result), []))
        writer.problem(result)
        return
    tally.read += 1
    tally.visits += len(result.visits)
    tally.with_visits += bool(result.visits)
    line = line_of(result)
    if output is Format.TABLE:
        # A crawl of millions keeps only what the table shows.
        visits = [{name: v[name] for name in TOLD} for v in line["visits"]]
        name = result.article.given_id
        name = PurePath(result.article.source).name if name is None else name
        line = {"id": name, "published": line["published"], "visits": visits}
    if output is Format.JSONL or result.visits:
        tally.lines.append((line, keys([v.id for v in result.visits])))


def watched(
    items: Iterable[Item], total: int | None, load: Load, jobs: int, doing: str = "reading"
) -> Iterator[Result]:
    """The results, with a progress bar on standard error where that is a terminal and the work is long."""
    from summitry.scale.workers import read_all

    results = read_all(items, load, jobs)
    if not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*parts, console=Console(stderr=True), transient=True, disable=(total or 100) < 5) as bar:
        task = bar.add_task(doing, total=total)
        for result in results:
            yield result
            bar.advance(task)


def _write(tally: Tally, reader: RegisterReader, output: Format) -> None:
    from summitry.publish.lines import with_ids

    visits = reader.visit_ids(key for _, keys in tally.lines for key in keys)
    lines = (with_ids(line, keys, visits) for line, keys in tally.lines)
    if output is Format.JSONL:
        for line in lines:
            print(json.dumps(line, ensure_ascii=False))
        return
    rows = [
        (line["id"], line["published"], v["visitor"], v["host_country"], v["dates"], v["status"], v["register_id"])
        for line in lines
        for v in line["visits"]
    ]
    if not on_terminal():
        print_table(COLUMNS, rows)
    elif rows:
        short = [(*row[:-1], (row[-1] or "")[:8]) for row in rows[:SHOWN]]
        print_table(COLUMNS, short, wide=("report", "visitor"))
        if len(rows) > SHOWN:
            say(f"... and {len(rows) - SHOWN} more; summitry show lists all visits")


def _summary(tally: Tally, reader: RegisterReader, register: str, changed: int, seconds: float) -> None:
    from summitry.register.engine import shown

    for problem in tally.failed[:NAMED]:
        say(f"failed: {problem.source}: {cell(problem.error)}")
    if len(tally.failed) > NAMED:
        say(f"... and {len(tally.failed) - NAMED} more failed; summitry problems lists them")
    without = tally.read - tally.with_visits
    known = tally.read - tally.new
    say(
        f"{many(tally.read, 'report')} read: {tally.with_visits} with visits ({tally.visits} in all), {without} without; "
        f"{len(tally.failed)} failed" + (f"; in the register already: {known}" if known else "")
    )
    say(
        f"{shown(register)} holds {many(reader.counts()['visits'], 'visit')} ({changed} new or changed); {seconds:.1f} s"
    )
