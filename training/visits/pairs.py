"""Which pairs of a person and a country, told in one sentence without a pattern, are a visit: rows and fit.

``training/visits/weighed.py`` is the command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np

from summitry.evaluate.alike import same_person
from summitry.extract import reports as stages
from summitry.extract.pairs import Pair
from summitry.extract.records import Sighting
from summitry.lexicon.scales import Scale, flags
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from training.visits.logistic import FOLDS, Features, fit, fold, matrix

RIDGE = 10.0
LEAST = 0.4
RARE = 8
"""Rows that must have a feature for it to be weighed."""

Report = tuple[dict[str, Any], Annotated]


@dataclass(frozen=True)
class Rows:
    """The pairs of some reports: features, whether coded, and the report of each."""

    held: list[Features]
    right: np.ndarray
    whose: list[str]


def never() -> Scale:
    """A scale that takes no pair."""
    return Scale(-30.0, {}, 1.0)


def rows_of(reports: Iterable[Report], words: VisitWords) -> Rows:
    """Every pair of which the patterns tell nothing, and whether the coding has a visit of it."""
    kept: list[tuple[Annotated, list[Pair]]] = []

    def keep(annotated: Annotated, found: list[Pair], scale: Scale) -> list[Sighting]:
        kept.append((annotated, found))
        return []

    held: list[Features] = []
    right: list[float] = []
    whose: list[str] = []
    for report, annotated in reports:
        kept.clear()
        with mock.patch.object(stages, "sightings_of_pairs", keep):
            stages.extract(annotated, words)
        told, found = kept[0]
        for pair in found:
            name = told.people[pair.visitor].name
            coded = [v for v in report["gold"]["visits"] if v["host_country"] == pair.host]
            held.append(flags(pair.features))
            right.append(float(any(same_person(v["visitor"], name) for v in coded)))
            whose.append(report["id"])
    return Rows(held, np.array(right), whose)


def names_of(rows: Sequence[Features]) -> list[str]:
    """The features that enough rows have, in order."""
    counts = Counter(name for row in rows for name in row)
    return sorted(name for name, count in counts.items() if count >= RARE)


def scale_of(names: Sequence[str], weights: np.ndarray, least: float) -> Scale:
    """A fit as a scale."""
    return Scale(float(weights[0]), dict(zip(names, map(float, weights[1:]), strict=True)), least)


def by_fold(rows: Rows, names: Sequence[str], least: float) -> list[Scale]:
    """For each fold the scale fitted on the reports of the others."""
    x, folds = matrix(rows.held, names), np.array([fold(r) for r in rows.whose])
    return [scale_of(names, fit(x[folds != n], rows.right[folds != n], RIDGE), least) for n in range(FOLDS)]
