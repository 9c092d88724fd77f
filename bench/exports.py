"""Exports measured: seconds and memory of each format on a register of 100,000 visits made for it.

    python bench/exports.py [--visits 100000] [--reports 2] [--folder build/bench] [--only csv dta]

The register is made once in the folder (rows written straight into its tables: visits of invented days, between all states,
by holders of offices) and kept. Each format is written by a process of its own, as ``summitry export`` is run; printed are its
seconds by the wall clock and of the processor, the most memory it held, the items and the size of the file. ``publish``
stands for the whole data package. The limits are a minute and a gigabyte.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from summitry.lexicon.countries import Countries
from summitry.lexicon.people import People
from summitry.model.article import digest
from summitry.publish.formats import FORMATS
from summitry.register import tables
from summitry.register.engine import close, open_engine

PART = 2_000
STATUS = ("completed", "completed", "completed", "planned", "proposed", "ongoing", "postponed", "cancelled")
KINDS = ("official", "working", "state", "unspecified", "multilateral")


def rows(number: int, reports: int) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The rows of every table, in parts."""
    rng = random.Random(8)
    countries = [c for c in Countries.load() if c.status == "state"]
    hosts = [c.code for c in countries]
    capitals = {c.code: c.capital for c in countries}
    holders = [(h.name, t.country) for h in People.load().people for t in h.tenures[:1] if t.country in capitals]
    part: dict[str, list[dict[str, Any]]] = {}
    for n in range(number):
        visitor, sender = rng.choice(holders)
        host = rng.choice([h for h in rng.sample(hosts, 2) if h != sender])
        first = dt.date(1991, 1, 1) + dt.timedelta(days=rng.randrange(12_000))
        last = first + dt.timedelta(days=rng.choice((0, 0, 1, 2, 3)))
        dates = first.isoformat() if first == last else f"{first}/{last}"
        status, kind = rng.choice(STATUS), rng.choice(KINDS)
        keys = [digest("report", n, k) for k in range(reports)]
        visit = digest("visit", keys[0])
        meets = [rng.choice(holders)[0] for _ in range(rng.randrange(3))]
        told = [first - dt.timedelta(days=20 - 15 * k) for k in range(reports)]
        shared = {
            "visitor": visitor, "visitor_country": sender, "host_country": host, "dates": dates, "status": status,
            "kind": kind, "places": [capitals[host]] if capitals[host] else [], "meets": meets, "delegation": [],
            "invited_by": None, "occasion": "a summit of neighbours" if kind == "multilateral" else None,
            "agenda": ["trade", "energy", "the border"], "documents": ["a memorandum on trade"] if n % 5 == 0 else [],
        }  # fmt: skip
        for k, key in enumerate(keys):
            day, article = told[k], digest("article", n, k)
            text = (
                f"{visitor} will travel to {host} for talks on trade, energy and the border, officials said on {day}."
            )
            add(part, "articles", id=article, name=article, given_id=None, url=f"https://news.example/{n}/{k}",
                source=f"{article}.txt", title=f"{visitor} to {host}", language="en", outlet=f"Outlet {n % 40}", agency=None,
                published=day.isoformat(), published_first=day, published_how="stated", published_reasons=[],
                published_start=None, published_end=None, text_hash=digest(text), text=text, blocks=[], anchors=[],
                reading=article, generation=0, superseded_by=None, run=1, country=None,
                official=False, sketch=None, told=1)  # fmt: skip
            add(part, "visit_reports", key=key, id=key, article=article, position=0, trip=1, announced_by=None,
                sentence=text, confidence=0.5 + (n % 50) / 100, notes=[], live=True, visit_key=digest("visit", key),
                visit=visit, why="days", credited=None, credited_official=False, **shared)  # fmt: skip
            add(part, "history", visit=visit, position=k, told=day.isoformat(), status=status if k else "planned",
                dates=dates, change="status" if k else "first", report=key, side="unknown")  # fmt: skip
        for name in ("visitor", "host_country", "dates", "status"):
            add(part, "claims", visit=visit, field=name, value=shared[name], chosen=True, voices=reports, official=0,
                reports=keys)  # fmt: skip
        add(part, "visits", id=visit, first_day=first, last_day=last, trip=visit if n % 4 else digest("tour", n // 8),
            announced_by=[], first_told=told[0].isoformat(), last_told=told[-1].isoformat(), reports=reports,
            outlets=[f"Outlet {n % 40}"], conflicts=[], voices=reports, voices_visitor=0, voices_host=0, voices_third=0,
            **shared)  # fmt: skip
        if n % PART == PART - 1 or n == number - 1:
            yield part
            part = {}


def add(part: dict[str, list[dict[str, Any]]], table: str, **values: Any) -> None:
    """One more row of a table."""
    part.setdefault(table, []).append(values)


def make(path: Path, number: int, reports: int) -> None:
    """Write the register."""
    engine = open_engine(str(path), write=True)
    with engine.begin() as connection:
        run = {"id": 1, "started": dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "version": "bench", "knowledge": "bench"}
        connection.execute(sa.insert(tables.runs).values(run))
    for part in rows(number, reports):
        with engine.begin() as connection:
            for name in ("articles", "visit_reports", "visits", "claims", "history"):
                connection.execute(sa.insert(tables.metadata.tables[name]), part[name])
    close(engine)


def measure(arguments: list[str]) -> tuple[float, float, float, int]:
    """Run the program: seconds by the clock, seconds of the processor, megabytes at most, exit status."""
    start = time.perf_counter()
    child = os.posix_spawn(sys.executable, [sys.executable, "-m", "summitry.cli", *arguments], os.environ)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main() -> None:
    """Make the register where there is none, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--reports", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    register = args.folder / f"exports-{args.visits}-{args.reports}.db"
    if not register.exists():
        start = time.perf_counter()
        half = register.with_suffix(".half")
        # In a process of its own: what a process has held counts as held by those it starts.
        making = multiprocessing.get_context("spawn").Process(target=make, args=(half, args.visits, args.reports))
        making.start()
        making.join()
        half.replace(register)
        print(f"register of {args.visits:,} visits made in {time.perf_counter() - start:.0f} s")
    print(f"{'format':22}{'seconds':>9}{'CPU s':>8}{'MB held':>9}{'MB file':>9}")
    jobs = [(name, ["--format", name]) for name in FORMATS]
    jobs += [("csv --wide", ["--format", "csv", "--wide"]), ("csv --claims", ["--format", "csv", "--claims"]),
             ("colt --all-ranks", ["--format", "colt", "--all-ranks"])]  # fmt: skip
    results = {}
    for name, options in jobs:
        if args.only and name not in args.only:
            continue
        out = args.folder / "out.tmp"
        seconds, cpu, held, status = measure(["export", *options, "-o", str(out), "--register", str(register)])
        results[name] = (seconds, cpu, held, out.stat().st_size / 1e6, status)
        print(
            f"{name:22}{seconds:9.1f}{cpu:8.1f}{held:9.0f}{out.stat().st_size / 1e6:9.1f}"
            + (f"  exit {status}" if status else "")
        )
        out.unlink()
    if not args.only or "publish" in args.only:
        folder = args.folder / "package"
        seconds, cpu, held, status = measure(["publish", str(folder), "--register", str(register)])
        size = sum(p.stat().st_size for p in folder.iterdir()) / 1e6
        print(f"{'publish':22}{seconds:9.1f}{cpu:8.1f}{held:9.0f}{size:9.1f}" + (f"  exit {status}" if status else ""))
        results["publish"] = (seconds, cpu, held, size, status)
        shutil.rmtree(folder)
    (args.folder / "exports.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
