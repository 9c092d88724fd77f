"""Memory of a long scan, and what killing it does: pages from a repeating reader, never a file.

python bench/memory.py --pages 20000 --unit 1000 --out build/bench/memory [--kill 3]

A child scans units of salted pages and writes its memory after each hundred pages; the parent kills it (SIGKILL) at random
moments, starts it again, and compares the parts with those of a run that nobody killed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import mixture, real_pages

from summitry.scale.cascade import Record
from summitry.scale.crawl import HTML, Unit
from summitry.scale.scan import Job, is_done, scan_unit


def main() -> None:
    """Parent or child."""
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=int, default=20_000)
    options.add_argument("--unit", type=int, default=1000)
    options.add_argument("--out", type=Path, default=Path("build/bench/memory"))
    options.add_argument("--kill", type=int, default=3)
    options.add_argument("--kill-pages", type=int, help="how many of the pages the killed run scans (all)")
    options.add_argument("--limit", type=float, default=1e9, help="seconds after which no further unit is begun")
    options.add_argument("--child", action="store_true")
    options.add_argument("--part", default="whole")
    asked = options.parse_args()
    if asked.child:
        scan(asked.pages, asked.unit, asked.out / asked.part, asked.limit)
        return
    shutil.rmtree(asked.out, ignore_errors=True)
    (asked.out / "whole").mkdir(parents=True)
    (asked.out / "killed").mkdir(parents=True)
    run(asked, "whole", asked.pages).wait()
    rows = [line.split("\t") for line in (asked.out / "whole" / "memory.tsv").read_text().splitlines()]
    points = [(int(n), float(mb)) for n, mb in rows]
    print(f"pages\t{points[-1][0]}\nmemory at the end\t{points[-1][1]:.0f} MB")
    settled = [p for p in points if p[0] >= points[-1][0] / 4]
    print(f"growth from a quarter on\t{slope(settled) * 10_000:.2f} MB for 10,000 pages")
    (asked.out / "memory.svg").write_text(plot(points))
    kill(asked)
    whole, killed = state(asked.out / "whole"), state(asked.out / "killed")
    same = killed == {name: value for name, value in whole.items() if name in killed}
    print(f"parts the same after {asked.kill} kills\t{same}\t{len(killed)} files of {len(whole)}")


def run(asked: argparse.Namespace, part: str, pages: int) -> subprocess.Popen[bytes]:
    """A child that scans."""
    command = [
        sys.executable,
        __file__,
        "--child",
        "--part",
        part,
        "--pages",
        str(pages),
        "--unit",
        str(asked.unit),
    ]
    return subprocess.Popen([*command, "--out", str(asked.out), "--limit", str(asked.limit)])


def kill(asked: argparse.Namespace) -> None:
    """Scan again, killed at random moments, as often as asked; then to the end."""
    rng, pages = random.Random(3), asked.kill_pages or asked.pages
    for number in range(asked.kill):
        child = run(asked, "killed", pages)
        there = len(list((asked.out / "killed").glob("reports/*.parquet")))
        while len(list((asked.out / "killed").glob("reports/*.parquet"))) <= there and child.poll() is None:
            time.sleep(0.05)
        time.sleep(rng.random() * 2)
        child.send_signal(signal.SIGKILL)
        child.wait()
        left = sorted(p.name for p in (asked.out / "killed").rglob(".*.writing"))
        print(
            f"kill {number + 1}\t{len(list((asked.out / 'killed').glob('reports/*.parquet')))} parts\thalf-written: {left}"
        )
    run(asked, "killed", pages).wait()


def scan(pages: int, size: int, out: Path, limit: float) -> None:
    """The child: unit after unit, with a line of memory for each hundred pages."""
    background = real_pages()
    began, seen = time.monotonic(), 0
    job = Job(str(out))
    for first in range(0, pages, size):
        unit = Unit(f"pages-{first:07}", HTML, (f"pages {first}",))
        if is_done(unit, job):
            continue
        if time.monotonic() - began > limit:
            break

        def records(first: int = first) -> Iterator[Record]:
            nonlocal seen
            for url, page in mixture(background, size, 0.003, seed=first):
                yield Record(url, page=page, url=url)
                seen += 1
                if seen % 100 == 0:
                    with (out / "memory.tsv").open("a") as stream:
                        stream.write(f"{seen}\t{resident():.2f}\n")

        scan_unit(unit, job, records=records())


def resident() -> float:
    """Megabytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def slope(points: list[tuple[int, float]]) -> float:
    """Megabytes a page, by least squares."""
    n = len(points)
    mx, my = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    return sum((x - mx) * (y - my) for x, y in points) / max(1, sum((x - mx) ** 2 for x, _ in points))


def state(folder: Path) -> dict[str, str]:
    """The parts of a folder with the hashes of their bytes."""
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*.parquet"))
    }


def plot(points: list[tuple[int, float]]) -> str:
    """Memory over pages."""
    width, height, left, low = 900, 300, 60, 260
    top, most = max(mb for _, mb in points) * 1.1, points[-1][0]
    line = " ".join(f"{left + (width - 2 * left) * n / most:.1f},{low - (low - 30) * mb / top:.1f}" for n, mb in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12">'
        f'<text x="{left}" y="18">Memory of a scan in MB, over pages</text>'
        f'<text x="8" y="34">{top:.0f}</text><text x="8" y="{low}">0</text><text x="{width - 90}" y="{low + 20}">{most:,}</text>'
        f'<line x1="{left}" y1="{low}" x2="{width - left}" y2="{low}" stroke="#888"/>'
        f'<polyline points="{line}" fill="none" stroke="#b3421e" stroke-width="1.5"/></svg>\n'
    )


if __name__ == "__main__":
    main()
