"""The cascade on a crawl, beside its yardsticks, in one run on one core: pages a second, as a table and a plot.

python bench/crawl.py [--pages 2130] [--sample 213] [--densities 0.003 0.03 0.3] [--out build/bench]

The crawl is made of the real pages where they are (those that tell of visits, by the reference, are counted and left out),
repeated, salted and shuffled, with pages of our own on visits at three densities. The slow yardsticks are run on a sample of the
same pages. Seconds are of the processor, not of the clock.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import mixture, real_pages, visit_page, write_warc

from summitry.scale import scan
from summitry.scale.cascade import Cascade, Record, Step
from summitry.scale.crawl import Unit, units
from summitry.scale.scan import Job, scan_unit

DENSITIES = (0.003, 0.03, 0.3)
SLICES = 5
"""Into how many parts a crawl is cut, which all that is measured takes in turn: a machine is not as fast at every moment."""

YARDSTICKS = ("trafilatura on every page", "trafilatura and parser on every page", "FastWARC alone")
"""What rates are compared with, in the order of the columns that are printed."""


def main() -> None:
    """Count what the real pages hold, then measure each density and write table and plot."""
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=int, default=2130)
    options.add_argument("--sample", type=int, default=213)
    options.add_argument("--densities", type=float, nargs="+", default=DENSITIES)
    options.add_argument("--out", type=Path, default=Path("build/bench"))
    options.add_argument("--known", type=Path, help="a file of addresses of real pages with visits, to save the count")
    asked = options.parse_args()
    real = real_pages()
    told = with_visits(real, asked.known)
    print(f"real pages\t{len(real)}\nwith visits or encounters, by the reference\t{len(told)}", flush=True)
    background = [(url, page) for url, page in real if url not in told]
    table: list[tuple[str, str, float]] = []
    for share in asked.densities:
        rows, steps = measured(background, share, asked.pages, asked.sample, asked.out)
        table += [(f"{share:.1%}", name, rate) for name, rate in rows]
        base = dict(rows)
        for name, rate in rows:
            ratios = "\t".join(f"{rate / base[yardstick]:.2f}" for yardstick in YARDSTICKS)
            print(f"{share:.1%}\t{name}\t{rate:,.1f} pages/s\t{ratios}", flush=True)
        print(f"{share:.1%}\tsteps\t" + ", ".join(f"{k} {v}" for k, v in steps.items()), flush=True)
    asked.out.mkdir(parents=True, exist_ok=True)
    lines = ["density\twhat\tpages a second", *(f"{a}\t{b}\t{c:.2f}" for a, b, c in table)]
    (asked.out / "crawl.tsv").write_text("\n".join(lines) + "\n")
    (asked.out / "crawl.svg").write_text(plot(table))


def with_visits(real: list[tuple[str, bytes]], known: Path | None) -> set[str]:
    """The addresses of the real pages that tell of visits, read in full."""
    if known is not None and known.exists():
        return set(known.read_text().split("\n"))
    cascade, found = Cascade.load(on=False), set()
    for url, page in real:
        try:
            step, _ = cascade.read(Record(url, page=page, url=url))
        except Exception:
            continue
        if step is Step.KEPT:
            found.add(url)
    if known is not None:
        known.write_text("\n".join(sorted(found)))
    return found


def measured(
    background: list[tuple[str, bytes]], share: float, count: int, sample: int, out: Path
) -> tuple[list[tuple[str, float]], Counter[str]]:
    """Pages a second of the cascade, the reference and the yardsticks at one density, each on a slice of the crawl in turn."""
    parts = out / "parts"
    shutil.rmtree(parts, ignore_errors=True)
    warm = [visit_page(random.Random(n)) for n in range(5)]  # loads the knowledge and what reads pages, as trafilatura
    (unit,) = units([str(written(iter([("https://bench.example/", page) for page in warm]), out, "warm"))])
    scan_unit(unit, Job(str(parts)))
    parsed(warm[:1])
    reference = scan._cascade(False)
    pages = mixture(background, count, share)
    steps: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    done: Counter[str] = Counter()

    def time_of(name: str, pages: int, work: Callable[..., object], *given: object) -> None:
        began = time.process_time()
        work(*given)
        seconds[name] += time.process_time() - began
        done[name] += pages

    def scanned(unit: Unit) -> None:
        steps.update(scan_unit(unit, Job(str(parts))).counts)

    for number in range(SLICES):
        size = (count * (number + 1)) // SLICES - count * number // SLICES
        held = list(islice(pages, size))
        some = [page for _, page in held[:: max(1, count // sample)]]
        path = written(iter(held), out, f"crawl-{share}-{number}")
        (unit,) = units([str(path)])
        time_of("FastWARC alone", size, fastwarc_alone, path)
        time_of("cascade", size, scanned, unit)
        time_of("resiliparse on every page", len(some), resiliparse, some)
        time_of("trafilatura on every page", len(some), trafilatura, some)
        time_of("trafilatura and parser on every page", len(some), parsed, some)
        time_of("reference (no cascade)", len(some), in_full, reference, some)
        path.unlink()
    shutil.rmtree(parts)
    return [(name, done[name] / seconds[name]) for name in done], steps


def written(pages: Iterator[tuple[str, bytes]], out: Path, name: str) -> Path:
    """Pages as a WARC file."""
    path = out / f"{name}.warc.gz"
    write_warc(path, pages)
    return path


def fastwarc_alone(path: Path) -> None:
    """Every record read, nothing done with it."""
    from fastwarc.warc import ArchiveIterator

    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            record.reader.read()


def resiliparse(pages: list[bytes]) -> None:
    """Main text by resiliparse."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    for page in pages:
        extract_plain_text(HTMLTree.parse_from_bytes(page, detect_encoding(page) or "utf-8"), main_content=True)


def trafilatura(pages: list[bytes]) -> list[str]:
    """Main text by trafilatura, as it comes."""
    from trafilatura import extract

    return [extract(page) or "" for page in pages]


_parser = None


def parsed(pages: list[bytes]) -> None:
    """Main text by trafilatura, and spaCy's pipeline with the parser on all of it, by the model that is shipped."""
    global _parser
    import spacy

    from summitry.annotate.syntax import MODEL

    if _parser is None:
        _parser = spacy.load(MODEL, exclude=["tokenizer"])
    for _ in _parser.pipe(text[:900_000] for text in trafilatura(pages)):
        pass


def in_full(reference: Cascade, pages: list[bytes]) -> None:
    """Everything on every page."""
    for n, page in enumerate(pages):
        try:
            reference.read(Record(f"page {n}", page=page))
        except Exception:
            continue


def plot(table: list[tuple[str, str, float]]) -> str:
    """Bars on a logarithmic scale, one group a density."""
    from html import escape
    from math import log10

    height, left, width = 22 * len(table) + 60, 330, 900
    top = max(rate for _, _, rate in table)
    scale = (width - left - 120) / max(1.0, log10(top))
    bars = []
    for n, (share, what, pages) in enumerate(table):
        y, length = 40 + 22 * n, max(1.0, log10(max(pages, 1)) * scale)
        colour = "#b3421e" if what == "cascade" else "#7f8c99"
        bars.append(f'<text x="{left - 8}" y="{y + 12}" text-anchor="end">{escape(f"{share}  {what}")}</text>')
        bars.append(f'<rect x="{left}" y="{y}" width="{length:.0f}" height="15" fill="{colour}"/>')
        bars.append(f'<text x="{left + length + 6:.0f}" y="{y + 12}">{pages:,.0f}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12">'
        f'<text x="10" y="22" font-size="14">Pages a second on one core (logarithmic), by density of visits</text>'
        + "".join(bars)
        + "</svg>\n"
    )


if __name__ == "__main__":
    main()
