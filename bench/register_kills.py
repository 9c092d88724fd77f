"""A reading run is killed at random moments; the register must open, hold whole reports, and end with the same bytes.

python bench/register_kills.py [--kills 100]
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from visit_reports import reports

from summitry.model.errors import RegisterError
from summitry.publish.tables import write_csv, write_jsonl
from summitry.publish.terms import Terms
from summitry.register.exporting import opened
from summitry.register.reader import Reader
from summitry.register.writer import Writer

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
REPORTS = 200
MADE = list(islice(reports(10**6, seed=5), REPORTS))

ORPHANS = """
SELECT (SELECT count(*) FROM visit_reports r LEFT JOIN articles a ON a.id = r.article WHERE a.id IS NULL)
     + (SELECT count(*) FROM articles a WHERE a.told <> (SELECT count(*) FROM visit_reports r WHERE r.article = a.id))
     + (SELECT count(*) FROM evidence e LEFT JOIN articles a ON a.id = e.article WHERE a.id IS NULL)
     + (SELECT count(*) FROM visits v WHERE v.reports <> (SELECT count(*) FROM visit_reports r WHERE r.visit = v.id))
"""


def work(place: str) -> None:
    """One reading run: report by report, linking now and then, as the command does at its end."""
    with Writer(place, started=NOW, version="bench") as writer:
        for n, reading in enumerate(MADE):
            writer.add(reading)
            if n % 20 == 0:
                writer.link()
        writer.link()
        writer.finish(NOW, REPORTS, 0)


def export(place: str) -> str:
    """All visits as both formats have them, and each with its claims and history."""
    out = io.BytesIO()
    with opened(place) as visits:
        terms = Terms(as_of=visits.newest())
        write_csv(visits, out, terms)
        write_jsonl(visits, out, terms)
    with Reader(place) as reader:
        for row in reader.visits():
            full = reader.full(row["id"])
            out.write(f"{full.visit!r} {full.tour} {[a.name for a in full.accounts]}\n".encode())
    return out.getvalue().decode()


def whole(place: str) -> bool:
    """Whether the register opens and holds whole reports only; a register killed before its tables were there holds none."""
    try:
        with Reader(place) as reader, reader.engine.connect() as connection:
            orphans = connection.exec_driver_sql(ORPHANS).scalar()
            return orphans == 0 and connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    except RegisterError as error:
        return "is empty" in str(error) or "no register" in str(error)


def main() -> None:
    """Kill, look, go on; print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    wanted = parser.parse_args().kills
    dice = random.Random(11)
    context = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as folder:
        unbroken = str(Path(folder) / "whole.db")
        began = time.perf_counter()
        run = context.Process(target=work, args=(unbroken,))
        run.start()
        run.join()
        length = time.perf_counter() - began
        expected = export(unbroken)
        kills = registers = broken = other = 0
        while kills < wanted:
            place = str(Path(folder) / f"{registers}.db")
            registers += 1
            while True:
                run = context.Process(target=work, args=(place,))
                run.start()
                run.join(dice.uniform(0, length * 0.4))
                if run.is_alive() and kills < wanted and run.pid:
                    os.kill(run.pid, signal.SIGKILL)
                    run.join()
                    kills += run.exitcode == -signal.SIGKILL
                    broken += not whole(place)
                    continue
                run.join()
                break
            other += export(place) != expected
        print(f"kills\t{kills}\nregisters\t{registers}\nnot whole\t{broken}\nother bytes at the end\t{other}")


if __name__ == "__main__":
    main()
