"""How a visit stands, by all its signs: rows and fits. ``training/visits/weighed.py`` is the command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from unittest import mock

import numpy as np

from summitry.extract import reports as stages
from summitry.extract.journeys import Cluster
from summitry.extract.judgement import FREE, signs
from summitry.lexicon.scales import Choice
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from training.visits.logistic import FOLDS, Features, fit, fold, matrix
from training.visits.pairs import Report, scale_of
from training.visits.reports import read

RIDGE = 5.0


@dataclass(frozen=True)
class Standing:
    """Visits that were found and are coded: their signs, their coded status, and the report of each."""

    held: list[Features]
    status: list[str]
    whose: list[str]


def rows_of(reports: Iterable[Report], words: Callable[[str], VisitWords]) -> Standing:
    """The signs of all visits that the coding has too, before they are judged; ``words`` by the report's id."""
    kept: list[list[Features]] = []

    def keep(annotated: Annotated, clusters: Sequence[Cluster], here: str | None, known: VisitWords) -> list[Cluster]:
        kept.append(signs(annotated, clusters, here, known))
        return list(clusters)

    rows: list[tuple[Features, str, str]] = []
    for report, annotated in reports:
        with mock.patch.object(stages, "judged", keep):
            matches = read(report, annotated, words(report["id"])).matches
        both = zip(kept[-1], matches, strict=True)
        rows += [(held, gold["status"], report["id"]) for held, gold in both if gold is not None]
    return Standing([held for held, _, _ in rows], [status for _, status, _ in rows], [whose for _, _, whose in rows])


def choice_of(coded: Standing, names: Sequence[str], but: int | None = None) -> Choice:
    """One scale a status that is weighed, each against all others, from the visits of all folds or of all ``but`` one."""
    used = [n for n, report in enumerate(coded.whose) if fold(report) != but]
    x = matrix([coded.held[n] for n in used], names)
    told = np.array([coded.status[n] for n in used])
    return Choice({s: scale_of(names, fit(x, (told == s).astype(float), RIDGE), 0.5) for s in sorted(FREE)})


def choices_by_fold(coded: Standing, names: Sequence[str]) -> list[Choice]:
    """For each fold the choice fitted on the reports of the others."""
    return [choice_of(coded, names, n) for n in range(FOLDS)]
