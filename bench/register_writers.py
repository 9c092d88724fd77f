"""Two processes write and five read one register: no lost report, no error shown to a reader, and a copy made meanwhile opens.

python bench/register_writers.py [--register FILE-OR-URL] [--seconds 60]     (the database must be empty)
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import sys
import tempfile
import time
from itertools import islice
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from visit_reports import reports

from summitry.register.compare import Snapshot
from summitry.register.engine import copy_register
from summitry.register.reader import Reader
from summitry.register.writer import Writer

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
LINK_EVERY = 25
BOTH = 10
"""Every tenth report is written by both."""


def write(place: str, which: int, seconds: float, start: Barrier, found: Queue) -> None:
    """Write reports one by one, linking now and then, until the time is over; tell which."""
    done: list[str] = []
    start.wait()
    end = time.time() + seconds
    try:
        with Writer(place, started=NOW, version="bench") as writer:
            for n, reading in enumerate(reports(10**6, seed=3)):
                if time.time() > end:
                    break
                if n % BOTH == 0 or n % 2 == which:
                    writer.add(reading)
                    done.append(reading.article.id)
                if n % LINK_EVERY == 0:
                    writer.link()
        found.put(("written", done, []))
    except BaseException as error:
        found.put(("written", done, [repr(error)]))


def read(place: str, which: int, seconds: float, start: Barrier, found: Queue) -> None:
    """List the visits and open some of them, over and over; tell how often, and what went wrong."""
    number, wrong = 0, []
    start.wait()
    end = time.time() + seconds
    while time.time() < end:
        try:
            with Reader(place) as reader:
                rows = reader.visits()
                for row in islice(rows, which, None, max(1, len(rows) // 5)):
                    full = reader.full(row["id"])
                    assert len(full.visit.reports) == len(full.accounts)
                reader.counts()
                reader.coverage()
            number += 1
        except Exception as error:
            wrong.append(repr(error))
    found.put(("read", [str(number)], wrong))


def run(place: str, seconds: float, writers: int = 2, readers: int = 5) -> dict[str, object]:
    """The figures: reports written and held, readings, errors, what the copy holds, whether linking anew agrees."""
    with Writer(place, started=NOW, version="bench") as writer:
        writer.add(next(reports(1, seed=4)))
    context = multiprocessing.get_context("spawn")
    found = context.Queue()
    start = context.Barrier(writers + readers + 1)
    workers = [context.Process(target=write, args=(place, n, seconds, start, found)) for n in range(writers)]
    workers += [context.Process(target=read, args=(place, n, seconds, start, found)) for n in range(readers)]
    for worker in workers:
        worker.start()
    with tempfile.TemporaryDirectory() as folder:
        start.wait()
        time.sleep(seconds * 0.6)
        copy = Path(folder) / "copy.db"
        copy_register(place, copy)
        with Reader(str(copy)) as reader:
            copied = reader.counts()["articles"]
            reader.visits()
        told = [found.get(timeout=seconds + 120) for _ in workers]
        for worker in workers:
            worker.join()
        written = {name for kind, names, _ in told if kind == "written" for name in names}
        errors = [error for _, _, wrong in told for error in wrong]
        with Reader(place) as reader:
            held = {row["id"] for row in reader.stored_reports()}
            counts, now = reader.counts(), Snapshot.of(reader)
        anew = str(Path(folder) / "anew.db")
        wanted = written | {next(reports(1, seed=4)).article.id}
        with Writer(anew, started=NOW, version="bench") as writer:
            writer.add(next(reports(1, seed=4)))
            writer.add_all(r for r in islice(reports(10**6, seed=3), 2 * len(wanted) + 1000) if r.article.id in wanted)
        with Reader(anew) as reader:
            same = Snapshot.of(reader).rows == now.rows
    return {
        "written": len(written), "lost": len(written - held), "visits": counts["visits"],
        "readings": sum(int(names[0]) for kind, names, _ in told if kind == "read"), "errors": errors[:5],
        "copied": copied, "as linked by one": same,
    }  # fmt: skip


def main() -> None:
    """Run and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--register")
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.register or str(Path(folder) / "register.db")
        for name, value in run(place, given.seconds).items():
            print(f"{name}\t{value}")


if __name__ == "__main__":
    main()
