"""A logistic fit with a ridge, folds by report, and the file that a scale is shipped as."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

FOLDS = 10
RIDGE = 3.0

Features = dict[str, float]


def fold(report: str) -> int:
    """The fold of a report: by the hash of its id, so that a rerun parts the reports alike."""
    return int(hashlib.sha256(report.encode()).hexdigest(), 16) % FOLDS


def matrix(rows: Sequence[Features], names: Sequence[str]) -> np.ndarray:
    """Rows of features as numbers, with a first column of ones."""
    column = {name: n + 1 for n, name in enumerate(names)}
    out = np.zeros((len(rows), len(names) + 1))
    out[:, 0] = 1
    for r, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                out[r, column[name]] = value
    return out


def fit(x: np.ndarray, y: np.ndarray, ridge: float = RIDGE) -> np.ndarray:
    """Weights by Newton's method; the bias is not drawn to zero."""
    weights = np.zeros(x.shape[1])
    pull = np.eye(x.shape[1]) * ridge
    pull[0, 0] = 1e-6
    for _ in range(50):
        p = predict(weights, x)
        spread = p * (1 - p) + 1e-9
        step = np.linalg.solve((x * spread[:, None]).T @ x + pull, x.T @ (y - p) - pull @ weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def predict(weights: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ weights, -30, 30))))


def crossed(rows: Sequence[Features], y: np.ndarray, reports: Sequence[str], ridge: float = RIDGE) -> np.ndarray:
    """The probability of each row from a fit on the reports of the other folds."""
    names = sorted({name for row in rows for name in row})
    x, folds = matrix(rows, names), np.array([fold(r) for r in reports])
    p = np.zeros(len(y))
    for n in range(FOLDS):
        if (folds == n).any():
            p[folds == n] = predict(fit(x[folds != n], y[folds != n], ridge), x[folds == n])
    return p


def write(
    path: Path, head: str, rows: Sequence[Features], y: np.ndarray, extra: str = "", ridge: float = RIDGE
) -> None:
    """Fit on all rows and write the scale; weights that change nothing are left out."""
    names = sorted({name for row in rows for name in row})
    save(path, head, names, fit(matrix(rows, names), y, ridge), extra)


def save(path: Path, head: str, names: Sequence[str], weights: np.ndarray, extra: str = "") -> None:
    """Write a scale: ``weights`` are the bias and one weight a name."""
    lines = [f"# {line}" for line in head.splitlines()]
    lines += [f"bias = {weights[0]:.3f}", *extra.splitlines(), "", "[weights]"]
    lines += [f'"{name}" = {w:.3f}' for name, w in zip(names, weights[1:], strict=True) if abs(w) >= 0.0005]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
