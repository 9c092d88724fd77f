"""Weigh what speaks for a voice to be credited with a visit: ``python -m training.visits.voices dev.jsonl train-modern.jsonl``.

Writes ``data/visits/scales/voices.toml`` and prints the cross-validated figures (folds by report).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from summitry.evaluate.alike import same_phrase
from summitry.extract.voices import likeliest
from summitry.lexicon.files import DATA
from summitry.lexicon.visits import VisitWords
from summitry.pipeline import Reader
from training.visits.choice import crossed_choice, fit_choice
from training.visits.logistic import Features, matrix, save
from training.visits.reports import Coded, annotate, read

OUT = DATA / "visits" / "scales" / "voices.toml"
HEAD = """What speaks for a voice to be credited with a visit: log-odds by feature, added up (extract/voices.py).
Fitted by training/visits/voices.py on {reports} coded reports ({rows} candidates, {right} right).
With folds by report, a least of {least} gives P {p:.2f}, R {r:.2f}, F1 {f1:.2f} on matched visits."""

RIDGE = 3.0
LEASTS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def train(reports: Iterable[Coded], words: VisitWords, out: Path = OUT) -> None:
    """Fit, tell the figures, write."""
    rows: list[Features] = []
    right: list[float] = []
    whose: list[str] = []
    visits: list[range] = []
    told: list[str] = []
    coded, names = 0, set()
    for one in reports:
        voices = one.details.voices
        names.add(one.report["id"])
        for cluster, gold in zip(voices.clusters, one.matches, strict=True):
            if gold is None:
                continue
            wanted, first = gold["announced_by"], len(rows)
            coded += wanted is not None
            for voice in voices.candidates:
                rows.append(voices.features(voice, cluster))
                right.append(float(wanted is not None and same_phrase(wanted, voice.name)))
                whose.append(one.report["id"])
                told.append(voice.name)
            if voices.candidates:
                visits.append(range(first, len(rows)))
    y = np.array(right)
    p = crossed_choice(rows, y, visits, whose, RIDGE)
    figures = []
    best = [likeliest([(p[n], told[n], n) for n in row]) for row in visits]
    for least in LEASTS:
        taken = [n for q, n in best if q >= least]
        hit = sum(y[n] for n in taken)
        figures.append((2 * hit / (len(taken) + coded), least, hit / max(len(taken), 1), hit / coded))
        print("F1 {:.3f} at least {:.2f}: P {:.3f} R {:.3f}".format(*figures[-1]))
    f1, least, precise, found = max(figures)
    head = HEAD.format(reports=len(names), rows=len(rows), right=int(y.sum()), least=least, p=precise, r=found, f1=f1)
    columns = sorted({name for row in rows for name in row})
    x = matrix(rows, columns)
    weights = fit_choice([(x[g.start : g.stop], y[g.start : g.stop]) for g in visits], RIDGE)
    save(out, head, columns, weights, extra=f"least = {least}")


def main() -> None:
    """Read the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    reader = Reader.load()
    train((read(r, a, reader.visits) for r, a in annotate(parser.parse_args().gold, reader)), reader.visits)


if __name__ == "__main__":
    main()
