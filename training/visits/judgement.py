"""Whether what was put together is a visit, and how it stands: rows and fits. ``training/visits/weighed.py`` is the command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from unittest import mock

import numpy as np

from summitry.extract import reports as stages
from summitry.extract.assembly import Cluster
from summitry.extract.judgement import signs
from summitry.lexicon.scales import Choice
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from training.visits.logistic import FOLDS, Features, fit, fold, matrix
from training.visits.pairs import Report, Rows, scale_of
from training.visits.reports import read

LEAST = 0.35
STATUS_RIDGE = 5.0


@dataclass(frozen=True)
class Judged:
    """What was put together of some reports: ``visits`` says which are coded, ``status`` how each coded one stands."""

    visits: Rows
    status: list[str | None]


def rows_of(reports: Iterable[Report], words: Callable[[str], VisitWords]) -> Judged:
    """The signs of everything that is put together before the two scales judge it; ``words`` by the report's id."""
    kept: list[list[Features]] = []

    def keep(
        annotated: Annotated, clusters: Sequence[Cluster], here: str | None, known: VisitWords
    ) -> list[Cluster]:
        kept.append(signs(annotated, clusters, here, known))
        return list(clusters)

    held: list[Features] = []
    whose: list[str] = []
    status: list[str | None] = []
    for report, annotated in reports:
        with mock.patch.object(stages, "judged", keep):
            matches = read(report, annotated, words(report["id"])).matches
        held += kept[-1]
        status += [gold["status"] if gold is not None else None for gold in matches]
        whose += [report["id"]] * len(matches)
    return Judged(Rows(held, np.array([float(s is not None) for s in status]), whose), status)


def choice_of(judged: Judged, names: Sequence[str], but: int | None = None) -> Choice:
    """One scale a status, each against all others, from the coded visits of all folds or of all ``but`` one."""
    coded = [n for n, s in enumerate(judged.status) if s is not None and fold(judged.visits.whose[n]) != but]
    x = matrix([judged.visits.held[n] for n in coded], names)
    told = np.array([judged.status[n] for n in coded])
    return Choice({s: scale_of(names, fit(x, (told == s).astype(float), STATUS_RIDGE), 0.5) for s in sorted(set(told))})


def choices_by_fold(judged: Judged, names: Sequence[str]) -> list[Choice]:
    """For each fold the choice fitted on the reports of the others."""
    return [choice_of(judged, names, n) for n in range(FOLDS)]
