"""Weigh what speaks for a phrase to be a matter of a visit: ``python -m training.visits.agenda dev.jsonl train-modern.jsonl``.

Writes ``data/visits/scales/agenda.toml`` and prints the cross-validated figures (folds by report).
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from summitry.evaluate.alike import same_phrase
from summitry.extract.topics import told_before
from summitry.lexicon.files import DATA
from summitry.lexicon.visits import VisitWords
from summitry.model.spans import Span
from summitry.pipeline import Reader
from training.visits.logistic import Features, crossed, write
from training.visits.reports import Coded, annotate, read

OUT = DATA / "visits" / "scales" / "agenda.toml"
HEAD = """What speaks for a phrase to be a matter of a visit: log-odds by feature, added up (extract/agenda.py).
Fitted by training/visits/agenda.py on {reports} coded reports ({rows} candidates, {right} right).
With folds by report, a least of {least} gives P {p:.2f}, R {r:.2f}, F1 {f1:.2f} on matched visits."""
RIGHT = 0.4
"""Share of the matters given that are to be right at the least."""

LEASTS = (0.14, 0.16, 0.18, 0.2, 0.22, 0.25, 0.3, 0.35, 0.4)


def train(reports: Iterable[Coded], words: VisitWords) -> None:
    """Fit, tell the figures, write."""
    rows: list[Features] = []
    right: list[float] = []
    whose: list[str] = []
    visits: list[tuple[str, int, Span, str]] = []
    coded, names = 0, set()
    for one in reports:
        agenda = one.details.agenda
        text = one.annotated.article.text
        names.add(one.report["id"])
        for n, (cluster, gold) in enumerate(zip(agenda.clusters, one.matches, strict=True)):
            if gold is None:
                continue
            coded += len(gold["agenda"])
            for matter in agenda.matters:
                rows.append(agenda.features(matter, cluster))
                hits = [i for i, x in enumerate(gold["agenda"]) if same_phrase(x, matter.span.of(text))]
                right.append(float(bool(hits)))
                whose.append(one.report["id"])
                visits.append((one.report["id"], n, matter.span, text))
    y = np.array(right)
    p = crossed(rows, y, whose)
    figures = []
    for least in LEASTS:
        hit, given = _kept(p, y, visits, least)
        figures.append((2 * hit / (given + coded), least, hit / given, hit / coded))
        print("F1 {:.3f} at least {:.2f}: P {:.3f} R {:.3f}".format(*figures[-1]))
    best = min((f for f in figures if f[2] >= RIGHT), key=lambda f: f[1])  # the F1 is nearly the same for all of them
    told = HEAD.format(
        reports=len(names), rows=len(rows), right=int(y.sum()), least=best[1], p=best[2], r=best[3], f1=best[0]
    )
    write(OUT, told, rows, y, extra=f"least = {best[1]}")


def _kept(p: np.ndarray, y: np.ndarray, visits: list[tuple[str, int, Span, str]], least: float) -> tuple[int, int]:
    by: dict[tuple[str, int], list[tuple[float, float, Span, str]]] = defaultdict(list)
    for q, hit, (report, n, span, text) in zip(p, y, visits, strict=True):
        if q >= least:
            by[report, n].append((q, hit, span, text))
    hits = given = 0
    for row in by.values():
        kept: list[Span] = []
        for _, hit, span, text in sorted(row, key=lambda x: -x[0]):
            if not told_before(span, kept, text):
                kept.append(span)
                given += 1
                hits += int(hit)
    return hits, given


def main() -> None:
    """Read the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    reader = Reader.load()
    train((read(r, a, reader.visits) for r, a in annotate(parser.parse_args().gold, reader)), reader.visits)


if __name__ == "__main__":
    main()
