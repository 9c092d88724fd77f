"""The same reports in ten orders, from one process and from four at once, in SQLite and PostgreSQL: the same export.

python bench/register_orders.py [--server postgresql://...] [--reports 300]     (the database must be empty; it is emptied after)
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import sys
import tempfile
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parent))

from register_kills import NOW, export
from visit_reports import reports

from summitry.model.reading import Reading
from summitry.register.engine import open_engine
from summitry.register.writer import Writer


def write(place: str, made: list[Reading]) -> None:
    """Report by report, linked half-way and at the end."""
    with Writer(place, started=NOW, version="bench") as writer:
        for n, reading in enumerate(made):
            writer.add(reading)
            if n == len(made) // 2:
                writer.link()


def empty(url: str) -> None:
    """Drop what a register left."""
    engine = open_engine(url, write=True)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


def main() -> None:
    """Print a line a way of writing, with the hash of its export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server")
    parser.add_argument("--reports", type=int, default=300)
    given = parser.parse_args()
    made = list(islice(reports(10**6, seed=6), given.reports))
    found = set()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for n in range(11):
            mixed = list(made)
            random.Random(n).shuffle(mixed)
            places = [str(Path(folder) / f"{n}.db"), *([given.server] if given.server else [])]
            for place in places:
                if n == 10:
                    parts = [context.Process(target=write, args=(place, mixed[k::4])) for k in range(4)]
                    write(place, [])
                    for part in parts:
                        part.start()
                    for part in parts:
                        part.join()
                else:
                    write(place, mixed)
                name = hashlib.sha256(export(place).encode()).hexdigest()[:16]
                found.add(name)
                kind = "PostgreSQL" if "://" in place else "SQLite"
                print(f"{'four processes' if n == 10 else f'order {n}'}\t{kind}\t{name}", flush=True)
                if "://" in place:
                    empty(place)
    print(f"different exports\t{len(found)}")


if __name__ == "__main__":
    main()
