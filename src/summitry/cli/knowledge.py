"""``summitry knowledge``: tables of one's own: a folder to begin with, whether it is right, what the reports ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.common import (
    Exit,
    KnowledgeOption,
    fail,
    knowledge_folders,
    many,
    on_terminal,
    print_table,
    say,
    told,
)

if TYPE_CHECKING:
    from summitry.annotate.people.gaps import Gap
    from summitry.ingest.inputs import Raw
    from summitry.model.errors import Problem

EXAMPLES = """
Examples:

  summitry knowledge init mine

  summitry knowledge check mine

  summitry knowledge gaps news.jsonl --knowledge mine

  summitry knowledge gaps visits.db | cut -f 1-4
"""
STARTED = (
    "people/tenures.csv",
    "places/country_forms.csv",
    "places/cities_extra.csv",
    "places/sites.csv",
    "outlets/outlets.csv",
)
"""The tables that a new folder has: those to which something is added most often."""

FOUND = ("file", "line", "kind", "what")
GAPS = ("kind", "words", "office", "country", "table", "reports", "first", "last", "example")


class Action(StrEnum):
    """What is done."""

    INIT = "init"
    CHECK = "check"
    GAPS = "gaps"


@dataclass(slots=True)
class Counted:
    """A gap with the reports that show it."""

    gap: Gap
    reports: int = 0
    days: set[str] = field(default_factory=set)
    example: str = ""


@told
def knowledge(
    action: Annotated[
        Action,
        typer.Argument(help="init: begin a folder; check: is it right; gaps: what do reports use that is missing."),
    ],
    paths: Annotated[
        list[str], typer.Argument(help="For init and check a folder; for gaps reports (as for read) or a register.")
    ],
    mine: KnowledgeOption = None,
    least: Annotated[int, typer.Option(min=1, help="For gaps: list what so many reports use, or more.")] = 1,
) -> None:
    """Keep tables of your own, which add to those of the program and override them: people, offices, places, outlets.

    check names every wrong row with its file and line and says what to do; its exit status is 3 where one is wrong.
    gaps counts the names, offices, titles and places that reports use and no table knows.
    """
    if action is Action.GAPS:
        _gaps(paths, knowledge_folders(mine), least)
        return
    if len(paths) != 1:
        raise fail(f"knowledge {action.value} takes one folder", Exit.USAGE)
    (_init if action is Action.INIT else _check)(Path(paths[0]))


def _init(folder: Path) -> None:
    from summitry.lexicon.files import DATA

    made = 0
    for name in (*STARTED, "README.md"):
        path = folder / name
        if path.exists():
            say(f"{path} is there already and stays as it is")
            continue
        source = DATA / name if name in STARTED else DATA / "knowledge" / name
        text = source.read_text(encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.splitlines()[0] + "\n" if name in STARTED else text, encoding="utf-8")
        print(path)
        made += 1
    if made:
        say(f"add rows, then: summitry knowledge check {folder}")


def _check(folder: Path) -> None:
    from summitry.ingest.articles import IngestKnowledge
    from summitry.lexicon.check import check, tables_of

    if not folder.is_dir():
        raise fail(f"{folder} is no folder; summitry knowledge init {folder} makes one", Exit.USAGE)
    found = check(folder, (IngestKnowledge.load, _sentence_rules))
    if on_terminal():
        for f in found:
            print(f"{f.file}{f':{f.line}' if f.line else ''}: {'' if f.error else 'note: '}{f.text}")
    else:
        rows = [(f.file, str(f.line or ""), "error" if f.error else "note", f.text) for f in found]
        print_table(FOUND, rows)
    tables = tables_of(folder)
    wrong = sum(f.error for f in found)
    for name, lines in tables.items():
        say(f"{name}: {many(lines, 'line')}")
    if not tables:
        raise fail(f"{folder} holds no table that the program reads; see summitry knowledge init", Exit.NOTHING)
    if wrong:
        raise fail(
            f"{many(wrong, 'error')}: mend them, or reading with this folder stops with the first", Exit.SOME_FAILED
        )
    say(f"{many(len(tables), 'table')}, all right; use them with --knowledge {folder}")


def _sentence_rules(*folders: Path) -> object:
    from summitry.annotate.sentences import TABLE, SentenceRules

    return SentenceRules.load(*(f / "syntax" for f in folders if (f / "syntax" / TABLE).exists()))


def _gaps(paths: list[str], folders: tuple[Path, ...], least: int) -> None:
    from summitry.annotate.people.gaps import find_gaps
    from summitry.ingest.articles import to_article
    from summitry.model.errors import Problem, SummitryError
    from summitry.pipeline import Reader

    reader = Reader.load(folders)
    counted: dict[tuple[str, ...], Counted] = {}
    read = failed = 0
    for raw in _reports(paths):
        if isinstance(raw, Problem):
            say(f"failed: {raw.source}: {raw.error}")
            failed += 1
            continue
        try:
            annotated = reader.annotate(to_article(raw, reader.ingest))
        except SummitryError as error:
            say(f"failed: {raw.source}: {error}")
            failed += 1
            continue
        read += 1
        for gap in find_gaps(annotated, reader.people):
            one = counted.setdefault((gap.kind, gap.words, gap.office, gap.country), Counted(gap))
            one.reports += 1
            one.days |= {str(annotated.published)} - {""}
            one.example = one.example or raw.given_id or raw.source
    rows = sorted(
        (c for c in counted.values() if c.reports >= least), key=lambda c: (-c.reports, c.gap.kind, c.gap.words)
    )
    print_table(GAPS, [_cells(c) for c in rows], wide=("words", "table", "example"))
    say(f"{many(read, 'report')} read: {many(len(rows), 'gap')}" + (f"; {failed} failed" if failed else ""))
    if not read:
        raise typer.Exit(int(Exit.NOTHING))
    if failed:
        raise typer.Exit(int(Exit.SOME_FAILED))


def _cells(one: Counted) -> tuple[str, ...]:
    gap = one.gap
    first, last = (min(one.days), max(one.days)) if one.days else ("", "")
    return (gap.kind, gap.words, gap.office, gap.country, gap.table, str(one.reports), first, last, one.example)


def _reports(paths: list[str]) -> Iterator[Raw | Problem]:
    """The reports of files, folders and standard input, and those that registers keep."""
    from summitry.ingest.inputs import inputs
    from summitry.register.engine import is_url

    for path in paths:
        if is_url(path) or _is_register(Path(path)):
            yield from _kept(path)
        else:
            yield from inputs([path], None)


def _is_register(path: Path) -> bool:
    """Whether a file is an SQLite database: these begin with a line that says so."""
    if not path.is_file():
        return False
    with path.open("rb") as handle:
        return handle.read(15) == b"SQLite format 3"


def _kept(place: str) -> Iterator[Raw]:
    """The texts of a register, the newest version of each, in the order of their ids."""
    import sqlalchemy as sa

    from summitry.ingest.inputs import Raw
    from summitry.register.reader import Reader
    from summitry.register.tables import articles

    with Reader(place) as reader, reader.engine.connect() as connection:
        wanted = sa.select(articles).where(articles.c.superseded_by.is_(None)).order_by(articles.c.id)
        for row in connection.execute(wanted).mappings():
            yield Raw(
                source=row["name"],
                kind="text",
                text=row["text"],
                given_id=row["given_id"],
                url=row["url"],
                title=row["title"],
                published=row["published"],
            )
