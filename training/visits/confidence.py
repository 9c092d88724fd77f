"""Fit how sure a record is, and draw how well that is calibrated.

``make weights`` runs it after the scales of the reading (``training/visits/weighed.py``). It writes
``data/visits/scales/confidence.toml`` and ``docs/confidence.svg``, and prints the cross-validated figures. The records are
read with the scales that were fitted on the reports of other folds, as records of reports never seen are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from summitry.evaluate.alike import date_rank
from summitry.extract.confidence import features
from summitry.lexicon.files import DATA
from summitry.lexicon.visits import VisitWords
from summitry.pipeline import Reader
from training.visits.diagram import Bin, bins, draw
from training.visits.logistic import Features, crossed, fold, write
from training.visits.reports import Coded, annotate, lines, read
from training.visits.weighed import fitted

OUT = DATA / "visits" / "scales" / "confidence.toml"
DIAGRAM = Path(__file__).parents[2] / "docs" / "confidence.svg"
RIDGE = 8.0
HEAD = """How sure a record is: the log-odds that visitor, host, days and status are all right, by feature
(extract/confidence.py). Fitted by training/visits/confidence.py on {reports} coded reports ({rows} records, {right} right).
With folds by report: Brier score {brier:.3f} ({base:.3f} for always the mean), calibration error {ece:.3f}, AUC {auc:.2f}."""


def rows_of(reports: Iterable[Coded]) -> tuple[list[Features], np.ndarray, list[str]]:
    """Features, whether the record is right, and the report, of every visit that was given."""
    rows: list[Features] = []
    right: list[float] = []
    whose: list[str] = []
    for one in reports:
        clusters = one.details.clusters
        for cluster, visit, gold in zip(clusters, one.visits, one.matches, strict=True):
            told = visit.as_dict()
            good = (
                gold is not None and date_rank(gold["dates"], told["dates"]) == 3 and gold["status"] == told["status"]
            )
            rows.append(features(one.annotated, cluster, clusters))
            right.append(float(good))
            whose.append(one.report["id"])
    return rows, np.array(right), whose


def auc(p: np.ndarray, y: np.ndarray) -> float:
    """The chance that a right record is surer than a wrong one."""
    up, down = p[y == 1], p[y == 0]
    return float(np.mean([(up > q).mean() + (up == q).mean() / 2 for q in down])) if len(up) and len(down) else 0.5


def told(name: str, p: np.ndarray, y: np.ndarray) -> list[Bin]:
    """Print the figures of one set; give its bins."""
    found = bins(p, y)
    ece = sum(b.count * abs(b.said - b.right) for b in found) / len(y)
    brier, base = float(((p - y) ** 2).mean()), float(y.mean() * (1 - y.mean()))
    print(f"{name}: {len(y)} records, {y.mean():.3f} right; Brier {brier:.3f} (mean {base:.3f}), "
          f"calibration error {ece:.3f}, AUC {auc(p, y):.3f}")  # fmt: skip
    for b in found:
        print(f"  said {b.said:.2f}  right {b.right:.2f}  of {b.count}")
    return found


def train(reports: Iterable[Coded]) -> list[Bin]:
    """Fit, tell the figures, write the scale; give the bins of the cross-validated confidence."""
    rows, y, whose = rows_of(reports)
    p = crossed(rows, y, whose, RIDGE)
    found = told("cross-validated", p, y)
    ece = sum(b.count * abs(b.said - b.right) for b in found) / len(y)
    head = HEAD.format(
        reports=len(set(whose)), rows=len(rows), right=int(y.sum()), brier=float(((p - y) ** 2).mean()),
        base=float(y.mean() * (1 - y.mean())), ece=ece, auc=auc(p, y),
    )  # fmt: skip
    write(OUT, head, rows, y, ridge=RIDGE)
    return found


def unseen(reports: Iterable[Coded]) -> list[Bin]:
    """The shipped scale on reports that neither it nor the rules were made on."""
    scale = VisitWords.load().scales["confidence"]
    rows, y, _ = rows_of(reports)
    return told("unseen", np.array([scale.probability(r) for r in rows]), y)


def main() -> None:
    """Read the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="coded reports to fit on")
    parser.add_argument(
        "--lines", nargs="*", type=Path, default=[], help="tables of one-line cases that they learn from"
    )
    parser.add_argument("--unseen", type=Path, help="coded reports to measure the fitted scale on")
    given = parser.parse_args()
    reader = Reader.load()
    coded = list(annotate(given.gold, reader))
    fits = fitted([*coded, *lines(given.lines, reader)], reader.visits)
    records = (read(r, a, fits.judged[fold(r["id"])]) for r, a in coded)
    series = [("with folds by report", train(records))]
    if given.unseen:
        series.append(("unseen", unseen(read(r, a, reader.visits) for r, a in annotate([given.unseen], reader))))
    DIAGRAM.write_text(draw(series), encoding="utf-8")


if __name__ == "__main__":
    main()
