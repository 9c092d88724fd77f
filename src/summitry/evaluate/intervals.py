"""How far a figure may be off: bootstrap intervals over reports, and Wilson intervals of a share."""

from __future__ import annotations

import math
import random

from summitry.evaluate.score import Score

RESAMPLES = 1000
LEVEL = 0.95
Z = 1.959964
"""The quantile of the normal distribution that leaves 2.5 % on each side."""


def bootstrap(score: Score, resamples: int = RESAMPLES, seed: int = 0) -> dict[str, tuple[float, float]]:
    """For each rate the bounds within which the F1 of 95 % of resamples of the reports lie (percentile method).

    Reports are drawn, not visits: visits of one report are right or wrong together. The same seed gives the same bounds.
    """
    parts = list(score.parts.values())
    names = [name for name, _ in score.rows()]
    rows = {name: [(r.hit, r.gold + r.given) if (r := p.rates.get(name)) else (0, 0) for p in parts] for name in names}
    draw = random.Random(seed)  # noqa: S311 - no secret hangs on it
    found: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(resamples):
        chosen = draw.choices(range(len(parts)), k=len(parts))
        for name, row in rows.items():
            hit = total = 0
            for n in chosen:
                hit += row[n][0]
                total += row[n][1]
            found[name].append(2 * hit / total if total else 0.0)
    return {name: _percentiles(values) for name, values in found.items() if values}


def _percentiles(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    tail = (1 - LEVEL) / 2
    last = len(ordered) - 1
    return ordered[round(tail * last)], ordered[round((1 - tail) * last)]


def wilson(right: float, of: float) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score: ``wilson(8, 10)`` is about (0.49, 0.94); (0, 1) where of is 0.

    ``right`` and ``of`` may be fractions: effective numbers of a weighted sample.
    """
    if of <= 0:
        return 0.0, 1.0
    share = right / of
    middle = share + Z * Z / (2 * of)
    reach = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    low, high = (middle - reach) / (1 + Z * Z / of), (middle + reach) / (1 + Z * Z / of)
    return max(0.0, low), min(1.0, high)
