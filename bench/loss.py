"""What the cascade loses against the reference: coded reports as texts and as pages of our own around them, and the real pages.

python bench/loss.py [--out build/bench/loss.tsv] [--blind dev-modern]

A report that the reference finds a visit or an encounter in is lost where the cascade lets it fall. Each loss is a row: form,
file, report, step, visits and encounters lost. Of the files named by --blind only the sums are written.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import CORPUS, real_pages, wrapped

from summitry.ingest.inputs import Raw
from summitry.model.errors import InputError
from summitry.scale.cascade import Cascade, Record

FILES = ("seeds", "dev", "train-modern", "dev-modern")
TEXT, PAGE, REAL = "text", "page", "real page"


def records() -> Iterator[tuple[str, str, Record]]:
    """Form, file and record of everything that is compared; none where the corpora are not there."""
    for name in FILES:
        path = CORPUS / "corpus" / f"{name}.jsonl"
        for line in path.read_text().splitlines() if path.exists() else ():
            row = json.loads(line)
            raw = Raw(row["id"], "text", row["text"], row["id"], row["url"], None, row["published"])
            yield TEXT, name, Record(row["id"], raw=raw, url=row["url"])
            title, *rest = [html.escape(part) for part in row["text"].split("\n") if part.strip()]
            page = wrapped(title, rest, row["published"] or "2021-05-04")
            yield PAGE, name, Record(row["id"], page=page, url=row["url"])
    for url, page in real_pages():
        yield REAL, "pages", Record(url, page=page, url=url)


def main() -> None:
    """Compare, and write a row for each loss and the sums."""
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, default=Path("build/bench/loss.tsv"))
    options.add_argument("--blind", nargs="*", default=["dev-modern"])
    asked = options.parse_args()
    reference = Cascade.load(on=False)
    cascade = replace(reference, on=True)
    rows = ["form\tfile\treport\tstep\tvisits\tencounters"]
    told: Counter[tuple[str, str]] = Counter()
    for form, name, record in records():
        try:
            _, reading = reference.read(record)
        except InputError:
            continue
        if reading is None:
            continue
        visits, encounters = len(reading.visits), len(reading.encounters)
        told.update({(form, "reports"): 1, (form, "visits"): visits, (form, "encounters"): encounters})
        step = cascade.falls(record)
        if step is not None:
            told.update(
                {(form, "reports lost"): 1, (form, "visits lost"): visits, (form, "encounters lost"): encounters}
            )
            shown = "-" if name in asked.blind else record.source
            rows.append(f"{form}\t{name}\t{shown}\t{step}\t{visits}\t{encounters}")
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text("\n".join(rows) + "\n")
    print("\n".join(rows))
    for form in (TEXT, PAGE, REAL):
        print(
            form,
            *(
                f"{what} {told[form, what]}"
                for what in ("reports", "reports lost", "visits", "visits lost", "encounters", "encounters lost")
            ),
            sep="\t",
        )


if __name__ == "__main__":
    main()
