"""How the register grows: reports that are extracted already, linked and written to SQLite, for larger and larger numbers.

python bench/register_growth.py 10000 100000 1000000 [--plot docs/register-growth.svg] [--folder DIR] [--jobs 2]

Prints, tab-separated: reports, visits, wall and CPU seconds, MiB of the file, peak MiB of memory, and how long it takes to add
one more report (the median of twenty, in ms, and of processor time).
"""

from __future__ import annotations

import argparse
import datetime as dt
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from visit_reports import reports

from summitry.model.reading import Reading
from summitry.register.reader import Reader
from summitry.register.writer import Writer

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
PART = 1000


def make(number: int, path: Path) -> None:
    """Write the reports to a file, so that making them is not measured."""
    starts = []
    with path.open("wb") as out:
        source = reports(number)
        while some := list(islice(source, PART)):
            starts.append(str(out.tell()))
            pickle.dump(some, out, pickle.HIGHEST_PROTOCOL)
    path.with_suffix(".spots").write_text("\n".join(starts), encoding="utf-8")


def spots(path: Path) -> list[tuple[Path, int]]:
    """Where each part begins in a file of reports."""
    return [(path, int(line)) for line in path.with_suffix(".spots").read_text(encoding="utf-8").split()]


def load_part(spot: tuple[Path, int]) -> list[Reading]:
    """The reports of one part."""
    path, start = spot
    with path.open("rb") as source:
        source.seek(start)
        found: list[Reading] = pickle.load(source)
    return found


def measure(number: int, folder: Path, jobs: int) -> None:
    """One register from nothing, in this process; one line of figures."""
    made, place = folder / f"{number}.pickle", folder / f"{number}.db"
    if not made.exists():
        subprocess.run([sys.executable, __file__, "--make", str(number), "--folder", str(folder)], check=True)
    place.unlink(missing_ok=True)
    wall, cpu = time.perf_counter(), _cpu()
    with Writer(str(place), started=NOW, version="bench") as writer:
        writer.add_parts(spots(made), load_part, jobs)
        written = time.perf_counter() - wall
        writer.link(jobs)
        writer.finish(NOW, number, 0)
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    peak = _peak(jobs)
    one_more = []
    with Writer(str(place), started=NOW, version="bench") as writer:
        writer.voices  # noqa: B018  (the tables are loaded once)
        for reading in islice(reports(1000, seed=2), 0, 1000, 50):
            began, spent = time.perf_counter(), time.process_time()
            writer.add(reading)
            writer.link()
            one_more.append(((time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000))
    with Reader(str(place)) as reader:
        visits = reader.counts()["visits"]
    size = place.stat().st_size / 2**20
    print(
        f"{number}\t{visits}\t{wall:.1f}\t{written:.1f}\t{cpu:.1f}\t{size:.0f}\t{peak / 1024:.0f}\t"
        f"{statistics.median(wall for wall, _ in one_more):.1f}\t{statistics.median(cpu for _, cpu in one_more):.1f}",
        flush=True,
    )


def _peak(jobs: int) -> float:
    """KiB at the most: this process's, and as much for each of the others as the largest took."""
    others = jobs if jobs > 1 else 0
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        + others * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    )


def _cpu() -> float:
    return sum(
        u.ru_utime + u.ru_stime
        for u in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def plot(lines: list[list[float]], path: Path) -> None:
    """Seconds against reports on logarithmic scales, and the line of proportional growth, as SVG."""
    from math import log10

    width, height, edge = 560, 360, 60
    xs, ys = [log10(line[0]) for line in lines], [log10(line[4]) for line in lines]
    left, right, low, high = min(xs) - 0.2, max(xs) + 0.2, min(ys) - 0.3, max(ys) + 0.4

    def spot(x: float, y: float) -> tuple[float, float]:
        return (
            edge + (x - left) / (right - left) * (width - 2 * edge),
            height - edge - (y - low) / (high - low) * (height - 2 * edge),
        )

    dots = [spot(x, y) for x, y in zip(xs, ys, strict=True)]
    even = [spot(xs[0], ys[0]), spot(xs[-1], ys[0] + xs[-1] - xs[0])]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="{edge}" y="24" font-size="14">Linking and writing to SQLite: CPU seconds, both axes logarithmic</text>',
        '<polyline fill="none" stroke="#999" stroke-dasharray="4 4" points="{}"/>'.format(
            " ".join(f"{x:.1f},{y:.1f}" for x, y in even)
        ),
        '<polyline fill="none" stroke="#036" stroke-width="2" points="{}"/>'.format(
            " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
        ),
    ]
    for line, (x, y) in zip(lines, dots, strict=True):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#036"/>')
        parts.append(f'<text x="{x - 8:.1f}" y="{y - 10:.1f}" text-anchor="end">{line[4]:,.0f} s</text>')
        parts.append(f'<text x="{x:.1f}" y="{height - edge + 20}" text-anchor="middle">{line[0]:,.0f}</text>')
    parts.append(
        f'<text x="{width / 2}" y="{height - 12}" text-anchor="middle">reports (dashed: in proportion)</text></svg>'
    )
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def main() -> None:
    """Measure each number in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "register-growth")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--make", type=int)
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.make:
        make(given.make, given.folder / f"{given.make}.pickle")
    elif given.one:
        measure(given.one, given.folder, given.jobs)
    else:
        print("reports\tvisits\twall s\twritten s\tcpu s\tMiB\tpeak MiB\tone more ms\tof CPU ms")
        lines = []
        for number in given.numbers:
            line = subprocess.run(
                [sys.executable, __file__, "--one", str(number), "--folder", str(given.folder), "--jobs", str(given.jobs)],
                check=True, stdout=subprocess.PIPE, text=True,
            ).stdout.strip()  # fmt: skip
            print(line, flush=True)
            lines.append([float(x) for x in line.split("\t")])
        if given.plot:
            plot(lines, given.plot)


if __name__ == "__main__":
    main()
