"""``summitry watch``: feeds and pages read as they come."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli import read
from summitry.cli.common import REGISTER, Exit, RegisterOption, cell, many, say, told

if TYPE_CHECKING:
    from summitry.feeds.rounds import Round
    from summitry.feeds.state import State
    from summitry.scale.workers import Reads

NAMED = 20
"""Feeds that failed which a round names; the others are counted."""

PART = 100
"""Reports that are read between two linkings."""

SHORTEST = 1.0
"""Seconds between two rounds at least."""

EXAMPLES = """
Examples:

  summitry watch feeds.toml

  summitry watch feeds.toml --once --register visits.db

  summitry watch feeds.toml --for 8h
"""


@told
def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS", help="What to watch: feeds.toml, as docs/exports.md describes it.")
    ],
    once: Annotated[bool, typer.Option("--once", help="Poll what is due once, read what is new, and end.")] = False,
    rounds: Annotated[int | None, typer.Option(min=1, help="End after so many rounds.")] = None,
    length: Annotated[str | None, typer.Option("--for", help="End after a time: 30m, 8h, 2d.")] = None,
    state: Annotated[
        Path | None,
        typer.Option(help="The file that keeps what was fetched; beside FEEDS, ending in .db, if not given."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses of private networks and of this machine too.")
    ] = False,
    register: RegisterOption = REGISTER,
) -> None:
    """Poll feeds and pages politely and read new reports into the register as they come, until it is stopped.

    One request a host at a time, with a pause; robots.txt, ETag and Retry-After are heeded. Stopped or killed at any moment, the
    same command goes on: no item is lost, none is read twice.
    """
    from summitry.feeds.config import load, seconds
    from summitry.feeds.rounds import poll
    from summitry.feeds.state import State

    config = load(feeds)
    ends = time.monotonic() + seconds(length) if length else None
    most = 1 if once else rounds
    reader: list[Reads] = []
    free_at: dict[str, float] = {}
    done = failed = 0
    with State(state or feeds.with_suffix(".db")) as kept:
        _take(kept, register, reader)  # what an earlier run had fetched and not read
        while most is None or done < most:
            done += 1
            found = asyncio.run(poll(config, kept, time.time, free_at, private=allow_private))
            failed += len(found.failed)
            while True:
                got, lost = _take(kept, register, reader), _give_up(found, register)
                failed += lost
                _report(done, found, got)
                if not found.more:
                    break
                found = asyncio.run(poll(config, kept, time.time, free_at, private=allow_private))
            if most is not None and done >= most:
                break
            wait = max((kept.next_time() or 0.0) - time.time(), SHORTEST)
            if ends is not None and time.monotonic() + wait > ends:
                break
            time.sleep(wait)
        counts = kept.counts()
    say(", ".join(f"{number} {status}" for status, number in counts.items()) or "no item yet")
    if failed:
        raise typer.Exit(int(Exit.SOME_FAILED))


def _take(kept: State, register: str, reader: list[Reads]) -> int:
    """Read the items that are here into the register; how many."""
    from summitry import __version__
    from summitry.feeds.rounds import raw_of
    from summitry.lexicon.files import DATA, knowledge_hash
    from summitry.model.errors import InputError, Problem
    from summitry.register.writer import Writer
    from summitry.scale.workers import read_one

    number = 0
    while items := kept.ready(PART):
        if not reader:
            reader.append(read.load_reader())
        failed = 0
        started = dt.datetime.now(dt.UTC)
        with Writer(register, started=started, version=__version__, knowledge=knowledge_hash(DATA)) as writer:
            for item in items:
                result = read_one(reader[0], raw_of(item))
                if not isinstance(result, Problem):
                    try:
                        writer.add(result)
                    except InputError as error:
                        result = Problem(result.article.source, "register", str(error), item.key)
                if isinstance(result, Problem):
                    failed += 1
                    writer.problem(result)
                # Only now is the item done: killed before this line, it is read again, which changes nothing.
                kept.done(item.key)
            writer.link()
            writer.finish(dt.datetime.now(dt.UTC), len(items) - failed, failed)
        number += len(items)
    return number


def _give_up(found: Round, register: str) -> int:
    """Write down the items whose pages do not come, as problems of the register; how many."""
    from summitry import __version__
    from summitry.lexicon.files import DATA, knowledge_hash
    from summitry.model.errors import Problem
    from summitry.register.writer import Writer

    if found.lost:
        started = dt.datetime.now(dt.UTC)
        with Writer(register, started=started, version=__version__, knowledge=knowledge_hash(DATA)) as writer:
            writer.problem(*(Problem(item.link or item.feed, "watch", error, item.key) for item, error in found.lost))
            writer.finish(dt.datetime.now(dt.UTC), 0, len(found.lost))
    return len(found.lost)


def _report(number: int, found: Round, got: int) -> None:
    say(
        f"round {number}: {many(found.polled, 'feed')} polled, {found.unchanged} unchanged, {len(found.failed)} failed; "
        f"{many(found.new, 'new item')}, {many(got, 'report')} read"
    )
    for url, error in found.failed[:NAMED]:
        say(f"failed: {url}: {cell(error)}")
    if len(found.failed) > NAMED:
        say(f"... and {len(found.failed) - NAMED} more failed; they are polled again later")
