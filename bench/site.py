"""The site under load: a generated register of 100,000 visits and 500,000 reports, and 20 users who think for a second.

    python bench/site.py make build/large.db          # some minutes, about 1.2 GB
    python bench/site.py load build/large.db          # two minutes: requests by kind of page, p95, memory of the server

Rows are written in bulk by the register's own tables. The load is Locust's; it runs on the same machine as the site.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from summitry.lexicon.countries import Countries
from summitry.link.merge import visit_id
from summitry.model.article import digest
from summitry.register import tables
from summitry.register.engine import close, open_engine

VISITS, REPORTS = 100_000, 500_000
BATCH = 2_000
USERS, SECONDS = 20, 120
WORKERS = 2
WARM = 5
"""Seconds that the site is up before the users come."""
P95_MS, MEMORY_MB = 150, 500
SYLLABLES = [
    "ba",
    "ko",
    "ri",
    "men",
    "dal",
    "to",
    "sha",
    "vel",
    "nur",
    "iko",
    "pe",
    "lan",
    "gor",
    "ti",
    "mas",
    "ul",
    "fen",
    "rado",
]
STATUSES = (
    ["completed"] * 60
    + ["planned"] * 20
    + ["ongoing"] * 8
    + ["proposed"] * 6
    + ["postponed", "cancelled", "ruled_out"] * 2
)
KINDS = (
    ["unspecified"] * 60
    + ["official"] * 15
    + ["working"] * 10
    + ["state"] * 5
    + ["multilateral"] * 8
    + ["private", "transit"]
)
SUBJECTS = [
    "trade",
    "gas",
    "grain",
    "borders",
    "visas",
    "water",
    "railways",
    "fishing",
    "debt",
    "loans",
    "drones",
    "ports",
]
OUTLETS = [f"{name} {kind}" for name in ("Northern", "Harbour", "Capital", "River", "Mountain", "Coast", "Evening", "Morning")
           for kind in ("Post", "Courier", "Herald", "Gazette", "Mail")]  # fmt: skip


def name(dice: random.Random) -> str:
    """A name that nobody has."""
    words = ("".join(dice.choices(SYLLABLES, k=dice.randint(2, 3))).capitalize() for _ in range(2))
    return " ".join(words)


def batches(seed: int) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Rows of every table, a batch of visits at a time. Travellers and hosts are skewed as they are in life."""
    dice = random.Random(seed)
    codes = [c.code for c in Countries.load() if c.status == "state"]
    dice.shuffle(codes)
    weight = [1 / (n + 3) for n in range(len(codes))]
    people = {code: [name(dice) for _ in range(40)] for code in codes}
    first = dt.date(1990, 1, 1)
    made: dict[str, list[dict[str, Any]]] = {}
    for number in range(VISITS):
        sender, host = dice.choices(codes, weight, k=2)
        if sender == host:
            host = codes[(codes.index(host) + 1) % len(codes)]
        visitor = people[sender][min(39, int(dice.expovariate(0.15)))]
        start = first + dt.timedelta(days=dice.randrange(13_000))
        end = start + dt.timedelta(days=min(12, int(dice.expovariate(0.8))))
        coarse = dice.random()
        dates: str | None = f"{start}" if start == end else f"{start}/{end}"
        if coarse < 0.05:
            dates = None
        elif coarse < 0.12:
            dates, start, end = f"{start:%Y-%m}", start.replace(day=1), start.replace(day=28)
        status, kind, subject = dice.choice(STATUSES), dice.choice(KINDS), dice.sample(SUBJECTS, 2)
        guest = people[host][0]
        conflict = dice.random() < 0.04
        keys, rows = [], []
        for n in range(REPORTS // VISITS):
            told = start - dt.timedelta(days=30 - 8 * n)
            head = f"{visitor} is to visit {host} on {dates or 'a day to be settled'}."
            text = f"{head}\n\n" + " ".join(
                f"Talks with {guest} on {dice.choice(SUBJECTS)} and {dice.choice(SUBJECTS)} are on the list, item {k}."
                for k in range(12)
            )
            article = digest(number, n, text)
            key = digest(article, visitor, host)
            keys.append(key)
            made.setdefault("articles", []).append(
                {
                    "id": article, "name": article, "given_id": None, "url": f"https://press.example/{article}",
                    "source": f"reports/{number}-{n}.txt", "title": f"{visitor} to {host}", "language": "en",
                    "outlet": OUTLETS[int(dice.triangular(0, len(OUTLETS), 0))], "agency": None, "published": str(told),
                    "published_first": told, "published_how": "metadata", "published_reasons": [],
                    "published_start": None, "published_end": None, "text_hash": digest(text), "text": text,
                    "blocks": [[0, len(head), "headline", ""]], "anchors": [], "reading": digest(article), "generation": 0,
                    "superseded_by": None, "run": 1, "country": host if n % 2 else sender, "official": False, "sketch": None,
                    "told": 1,
                }
            )  # fmt: skip
            rows.append(
                {
                    "key": key, "id": key, "article": article, "position": 0, "visitor": visitor, "visitor_country": sender,
                    "host_country": host, "dates": dates, "status": status if n else "planned", "kind": kind,
                    "places": [], "trip": 1, "meets": [guest], "delegation": [], "invited_by": None, "announced_by": None,
                    "occasion": None, "agenda": subject, "documents": [], "sentence": head,
                    "confidence": round(dice.betavariate(6, 1.5), 3), "notes": [], "live": True, "visit_key": visit_id(key),
                    "visit": visit_id(keys[0]), "why": "days" if n else "first", "credited": None, "credited_official": False,
                }
            )  # fmt: skip
            spans = (("visitor", 0, len(visitor)), ("host_country", head.index(host), head.index(host) + 3),
                     ("status", len(visitor) + 1, len(visitor) + 9))  # fmt: skip
            made.setdefault("evidence", []).extend(
                {"owner": key, "position": p, "article": article, "field": f, "start": a, "end": b, "rule": "made"}
                for p, (f, a, b) in enumerate(spans)
            )
        made.setdefault("visit_reports", []).extend(rows)
        made.setdefault("visits", []).append(
            {
                "id": visit_id(keys[0]), "visitor": visitor, "visitor_country": sender, "host_country": host, "places": [],
                "dates": dates, "first_day": start if dates else None, "last_day": end if dates else None, "status": status,
                "kind": kind, "trip": visit_id(keys[0]), "meets": [guest], "delegation": [], "invited_by": None,
                "announced_by": [], "occasion": None, "agenda": subject, "documents": [],
                "first_told": rows[0]["dates"], "last_told": str(start), "reports": len(rows),
                "outlets": ["Northern Post"], "conflicts": ["dates"] if conflict else [],
                "voices": len(rows), "voices_visitor": 3, "voices_host": 2, "voices_third": 0,
            }
        )  # fmt: skip
        if number % BATCH == BATCH - 1:
            yield made
            made = {}
    if made:
        yield made


def make(place: Path) -> None:
    """Write the register anew, in bulk."""
    for path in (place, place.with_name(place.name + "-wal"), place.with_name(place.name + "-shm")):
        path.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(str(place), write=True)
    start = time.monotonic()
    with engine.begin() as connection:
        run = {"id": 1, "started": dt.datetime(2025, 1, 1, tzinfo=dt.UTC), "version": "bench", "knowledge": ""}
        connection.execute(sa.insert(tables.runs), [run])
    for number, made in enumerate(batches(7)):
        with engine.begin() as connection:
            for table in ("articles", "visits", "visit_reports", "evidence"):
                connection.execute(sa.insert(tables.metadata.tables[table]), made[table])
        print(f"\r{(number + 1) * BATCH} visits, {time.monotonic() - start:.0f} s", end="", file=sys.stderr, flush=True)
    close(engine)
    print(f"\n{place}: {place.stat().st_size / 1e9:.2f} GB", file=sys.stderr)


def load(place: Path, users: int, seconds: int, workers: int) -> int:
    """Serve the register and let Locust ask; 0 if p95 of every kind of page and the memory are within bounds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    peak = shared = 0
    command = [
        sys.executable,
        "-m",
        "summitry.cli",
        "serve",
        "-r",
        str(place),
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    with subprocess.Popen(command) as server:
        try:
            _wait(port)
            time.sleep(WARM)
            out = place.with_suffix(".load")
            command = [sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("site_users.py")), "--headless",
                       "-u", str(users), "-r", str(users), "-t", f"{seconds}s", "--host", f"http://127.0.0.1:{port}",
                       "--csv", str(out), "--only-summary", "--loglevel", "ERROR"]  # fmt: skip
            environment = os.environ | {"SUMMITRY_BENCH_REGISTER": str(place)}
            with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as asking:
                while asking.poll() is None:
                    time.sleep(0.5)
                    resident, proportional = _memory(server.pid)
                    peak, shared = max(peak, resident), max(shared, proportional)
        finally:
            server.terminate()
    return _report(Path(f"{out}_stats.csv"), peak, shared)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not start")


def _memory(pid: int) -> tuple[int, int]:
    """Memory in kB of a process and all that it started: resident (what they share counts in each), and proportional."""
    try:
        children = [int(x) for t in Path(f"/proc/{pid}/task").iterdir() for x in (t / "children").read_text().split()]
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0, 0
    own = {
        name: next((int(line.split()[1]) for line in lines if line.startswith(name)), 0) for name in ("Rss:", "Pss:")
    }
    below = [_memory(child) for child in children]
    return own["Rss:"] + sum(r for r, _ in below), own["Pss:"] + sum(p for _, p in below)


def _report(path: Path, peak: int, shared: int) -> int:
    import csv

    worst = failed = 0
    with path.open(newline="") as handle:
        for row in csv.DictReader(handle):
            p95 = float(row["95%"] or 0)
            print(f"{row['Name']:24}{row['Request Count']:>8} requests  median {row['50%']:>5} ms  p95 {row['95%']:>5} ms  "
                  f"failed {row['Failure Count']}")  # fmt: skip
            failed += int(row["Failure Count"])
            if row["Name"] != "Aggregated":
                worst = max(worst, int(p95))
    print(
        f"worst p95 {worst} ms (bound {P95_MS}), peak memory {peak / 1024:.0f} MB resident, {shared / 1024:.0f} MB with what is "
        f"shared counted once (bound {MEMORY_MB}), {failed} failed"
    )
    return int(worst >= P95_MS or shared / 1024 >= MEMORY_MB or failed > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=("make", "load"))
    parser.add_argument("register", type=Path)
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--workers", type=int, default=WORKERS)
    given = parser.parse_args()
    if given.do == "make":
        make(given.register)
    else:
        raise SystemExit(load(given.register, given.users, given.seconds, given.workers))
