"""One process, two processes and Ray on the same crawl, a worker of each of the latter killed in the middle: the same parts.

python bench/engines.py [CRAWL...] --out build/bench/engines [--engines one,two,ray] [--pages 32000]

Without a crawl one is made of the pages of the benchmarks, in eight files, 0.3 % of its pages on visits. A process takes three
seconds to start, so that a crawl should keep one busy for a minute.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import signal
import sys
import threading
import time
from itertools import islice
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import mixture, real_pages, write_warc

from summitry.scale.crawl import units
from summitry.scale.scan import Job, scan, scan_on_ray

FILES = 8


def main() -> None:
    """Scan with each engine and compare the bytes of the parts."""
    options = argparse.ArgumentParser()
    options.add_argument("crawl", nargs="*")
    options.add_argument("--pages", type=int, default=32_000)
    options.add_argument("--out", type=Path, default=Path("build/bench/engines"))
    options.add_argument("--engines", default="one,two,two killed,ray,ray killed")
    asked = options.parse_args()
    found = units(asked.crawl or [str(made(asked.out / "crawl", asked.pages))])
    states: dict[str, dict[str, str]] = {}
    for engine in asked.engines.split(","):
        folder = asked.out / engine.replace(" ", "-")
        shutil.rmtree(folder, ignore_errors=True)
        job = Job(str(folder))
        killer = Killer("ray::" if engine.startswith("ray") else "spawn_main", folder) if "killed" in engine else None
        cpu, records, began = processor(), 0, time.monotonic()
        if killer:
            killer.start()
        how = (
            scan_on_ray(found, job, "auto")
            if engine.startswith("ray")
            else scan(found, job, jobs=1 if engine == "one" else 2)
        )
        for done in how:
            records += sum(done.counts.values())
        seconds, busy = time.monotonic() - began, processor() - cpu
        states[engine] = {
            str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*.parquet"))
        }
        same = states[engine] == next(iter(states.values()))
        killed = killer.killed if killer else 0
        what = f"{len(found)} units\t{records} records\t{seconds:.1f} s\t{records / seconds:.0f} a second\t"
        what += f"{busy:.1f} s of the processor\tkilled {killed}\tsame parts {same}"
        print(f"{engine}\t{what}", flush=True)


def made(folder: Path, count: int) -> Path:
    """A crawl of so many pages in FILES files."""
    pages = mixture(real_pages(), count, 0.003)
    for number in range(FILES):
        write_warc(folder / f"{number}.warc.gz", islice(pages, count // FILES))
    return folder


class Killer(threading.Thread):
    """Kills one worker when the first part is there."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(daemon=True)
        self.mark, self.folder, self.killed = name, folder, 0

    def run(self) -> None:
        """Wait for the first part, then kill the child process that has used most of the processor."""
        while not list(self.folder.glob("reports/*.parquet")):
            time.sleep(0.1)
        mine = descendants(os.getpid())
        workers = [p for p in mine if self.mark in line(p) and "IDLE" not in line(p)]
        if workers:
            os.kill(max(workers, key=used), signal.SIGKILL)
            self.killed += 1


def processor() -> float:
    """Seconds of the processor that this process and those under it have used, ended or not."""
    time.sleep(1.0)  # workers that were told to go are gone then
    own = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    living = sum(used(pid) for pid in descendants(os.getpid())) / os.sysconf("SC_CLK_TCK")
    return sum(use.ru_utime + use.ru_stime for use in own) + living


def descendants(pid: int) -> list[int]:
    """The processes under a process."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, open_ones = [], [pid]
    while open_ones:
        for child in children.get(open_ones.pop(), []):
            found.append(child)
            open_ones.append(child)
    return found


def line(pid: int) -> str:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def used(pid: int) -> int:
    """How much of the processor it has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    main()
