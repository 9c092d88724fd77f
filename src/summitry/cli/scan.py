"""``summitry scan``: a crawl into parts."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.common import Exit, many, print_table, say, told

if TYPE_CHECKING:
    from summitry.scale.crawl import Unit
    from summitry.scale.scan import Done, Job

EXAMPLES = """
Examples:

  summitry scan CC-NEWS-20260501.warc.gz -o parts

  summitry scan crawl/ news.jsonl.gz texts.parquet -o parts --jobs 4

  summitry scan s3://bucket/crawl/ -o s3://bucket/parts --ray auto
"""

STEPS = ("bytes", "language", "sieve", "weight", "glance", "read", "kept", "failed")


@told
def scan(
    crawl: Annotated[
        list[str],
        typer.Argument(
            help="WARC files, JSON lines, Parquet, pages, or folders of them; local or by address (s3, https)."
        ),
    ],
    out: Annotated[str, typer.Option("--out", "-o", help="The folder for the parts; local or by address.")],
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes; the parts are the same for any number.")] = 1,
    cascade: Annotated[
        bool, typer.Option("--cascade/--no-cascade", help="Let most pages fall early; without, all is read in full.")
    ] = True,
    ray: Annotated[
        str | None, typer.Option(help="Scan on Ray: the address of a cluster, or auto (needs summitry[ray]).")
    ] = None,
) -> None:
    """Scan a crawl for reports that tell of visits, and write them as parts (Parquet).

    Most pages fall away at cheap steps before they cost anything. A part that is there is not made again, so a
    scan that was stopped goes on where it was. Load the parts with summitry load.
    """
    from summitry.scale.crawl import units
    from summitry.scale.scan import Job, is_done

    began = time.monotonic()
    found = units(crawl)
    job = Job(out, cascade)
    there = sum(is_done(unit, job) for unit in found)
    if there:
        say(f"{many(there, 'part')} of {len(found)} there already: not made again")
    counts: Counter[str] = Counter()
    for done in _watched(found, job, jobs, ray):
        counts.update(done.counts)
    seconds = time.monotonic() - began
    pages = sum(counts.values())
    print_table(("step", "records", "share"), [(s, counts[s], f"{counts[s] / max(1, pages):.1%}") for s in STEPS])
    rate = f", {pages / seconds:,.0f} a second" if pages else ""
    say(
        f"{many(pages, 'record')} in {seconds:.1f} s{rate}; {counts['kept']} kept, {counts['failed']} failed; parts in {out}"
    )
    if counts["failed"]:
        raise typer.Exit(int(Exit.SOME_FAILED))
    if not pages and not there:
        raise typer.Exit(int(Exit.NOTHING))


def _watched(units: list[Unit], job: Job, jobs: int, ray: str | None) -> Iterator[Done]:
    """The units as they are done: a progress bar on a terminal, a line for each elsewhere."""
    from summitry.scale.scan import is_done, scan, scan_on_ray

    left = [unit for unit in units if not is_done(unit, job)]
    total, began = sum(max(1, unit.size) for unit in left), time.monotonic()
    if not sys.stderr.isatty():
        size = 0
        for done in scan_on_ray(left, job, ray) if ray else scan(left, job, jobs=jobs):
            size += max(1, done.size)
            rest = (time.monotonic() - began) * (total - size) / size
            say(f"{done.name}\t{sum(done.counts.values())} records\t{size / total:.0%}\t{rest:.0f} s left")
            yield done
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("scanning"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scanning", total=total, rate="")
        records = 0

        def count(number: int) -> None:
            nonlocal records
            records += number
            bar.update(task, rate=f"{records / (time.monotonic() - began):,.0f} records a second")

        for done in scan_on_ray(left, job, ray) if ray else scan(left, job, jobs=jobs, told=count):
            bar.advance(task, max(1, done.size))
            yield done
