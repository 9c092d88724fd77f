"""A choice of one candidate or none (a conditional logit with a ridge), fitted by Newton's method; folds by report.

The odds of a candidate against none are those that a scale gives; its probability is its odds over one plus the odds of all.
Several candidates may be right for one case: their probabilities count together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from training.visits.logistic import FOLDS, Features, fold, matrix

RIDGE = 3.0
STEPS = 60


def chances(weights: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The probability of each candidate of one case."""
    odds = np.exp(np.clip(x @ weights, -30, 30))
    return np.asarray(odds / (1 + odds.sum()))


def loss(weights: np.ndarray, cases: Sequence[tuple[np.ndarray, np.ndarray]], ridge: float) -> float:
    """Minus the log-likelihood of what is right, with the ridge; the bias is not drawn to zero."""
    total = ridge / 2 * float(weights[1:] @ weights[1:])
    for x, y in cases:
        p = chances(weights, x)
        total -= float(np.log(max(p @ y if y.any() else 1 - p.sum(), 1e-12)))
    return total


def fit_choice(cases: Sequence[tuple[np.ndarray, np.ndarray]], ridge: float = RIDGE) -> np.ndarray:
    """Weights from cases, each a matrix of candidates (with a first column of ones) and which of them are right."""
    size = cases[0][0].shape[1]
    weights, pull = np.zeros(size), np.eye(size) * ridge
    pull[0, 0] = 1e-6
    now = loss(weights, cases, ridge)
    for _ in range(STEPS):
        slope, bend = -pull @ weights, pull.copy()
        for x, y in cases:
            p = chances(weights, x)
            share = p * y / (p @ y) if y.any() else np.zeros(len(p))
            mean = x.T @ p
            slope += x.T @ (share - p)
            bend += (x * p[:, None]).T @ x - np.outer(mean, mean)
        step = np.linalg.solve(bend, slope)
        while np.abs(step).max() > 1e-7 and (after := loss(weights + step, cases, ridge)) > now:
            step /= 2
        if np.abs(step).max() <= 1e-6:
            break
        weights, now = weights + step, after
    return weights


def crossed_choice(
    rows: Sequence[Features], y: np.ndarray, groups: Sequence[range], reports: Sequence[str], ridge: float = RIDGE
) -> np.ndarray:
    """The probability of each candidate from a fit on the reports of the other folds; ``groups`` are the rows of each case."""
    x = matrix(rows, sorted({name for row in rows for name in row}))
    folds = [fold(reports[g.start]) for g in groups]
    p = np.zeros(len(y))
    for n in range(FOLDS):
        rest = [(x[g.start : g.stop], y[g.start : g.stop]) for g, f in zip(groups, folds, strict=True) if f != n]
        mine = [g for g, f in zip(groups, folds, strict=True) if f == n]
        if mine:
            weights = fit_choice(rest, ridge)
            for g in mine:
                p[g.start : g.stop] = chances(weights, x[g.start : g.stop])
    return p
