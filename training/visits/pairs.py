"""Fit which pairs of a person and a country, told in one sentence without a pattern, are a visit.

``python -m training.visits.pairs dev.jsonl train-modern.jsonl made-up.jsonl [--unseen dev-modern.jsonl]`` writes
``data/visits/scales/pairs.toml`` and prints, by file, how many of the pairs taken are coded, each by a fit on the
reports of the other folds, and the F1 of visits, days and records without and with them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from summitry.evaluate.alike import same_person
from summitry.evaluate.score import score
from summitry.extract import reports as stages
from summitry.extract.pairs import Pair, pairs
from summitry.lexicon.files import DATA
from summitry.lexicon.scales import Scale
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.pipeline import Reader
from training.visits.logistic import FOLDS, Features, fit, fold, matrix, predict, save
from training.visits.reports import annotate

OUT = DATA / "visits" / "scales" / "pairs.toml"
RIDGE = 10.0
LEAST = 0.4
RARE = 8
"""Pairs that must have a feature for it to be weighed."""

HEAD = """What speaks for a person and a country of one sentence to be a visit that no pattern gave: log-odds by feature
(extract/pairs.py). Fitted by training/visits/pairs.py on {reports} coded reports ({rows} pairs, {right} right).
With folds by report, a least of {least} takes {taken} pairs, {hit} of them right."""

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


def with_scale(words: VisitWords, scale: Scale) -> VisitWords:
    """The words with another scale of pairs."""
    return replace(words, scales={**words.scales, "pairs": scale})


def rows_of(reports: Iterable[Report], words: VisitWords) -> Rows:
    """Every pair of which the patterns tell nothing, and whether the coding has a visit of it."""
    kept: list[tuple[Annotated, list[Pair]]] = []

    def keep(annotated: Annotated, *rest: Any) -> list[Any]:
        kept.append((annotated, pairs(annotated, *rest)))
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
            held.append(pair.held())
            right.append(float(any(same_person(v["visitor"], name) for v in coded)))
            whose.append(report["id"])
    return Rows(held, np.array(right), whose)


def names_of(rows: Rows) -> list[str]:
    """The features that enough pairs have, in order."""
    counts: dict[str, int] = {}
    for row in rows.held:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= RARE)


def scale_of(names: Sequence[str], weights: np.ndarray) -> Scale:
    """A fit as a scale."""
    return Scale(float(weights[0]), dict(zip(names, map(float, weights[1:]), strict=True)), LEAST)


def by_fold(rows: Rows, names: Sequence[str]) -> list[Scale]:
    """For each fold the scale fitted on the reports of the others."""
    x, folds = matrix(rows.held, names), np.array([fold(r) for r in rows.whose])
    return [scale_of(names, fit(x[folds != n], rows.right[folds != n], RIDGE)) for n in range(FOLDS)]


def figures(reports: Sequence[Report], words: VisitWords, scale: Callable[[str], Scale]) -> str:
    """F1 of visits, days and records, each report read with a scale of its own."""
    given = {}
    for report, annotated in reports:
        visits, found = stages.extract(annotated, with_scale(words, scale(report["id"])))
        given[report["id"]] = {
            "published": None,
            "visits": [v.as_dict() for v in visits],
            "encounters": [e.as_dict() for e in found],
        }
    table = dict(score([report for report, _ in reports], given).rows())
    return "  ".join(f"{name} {table[name].f1:.3f}" for name in ("visits", "dated", "record"))


def taken(rows: Rows, scale: Callable[[str], Scale]) -> tuple[int, int]:
    """How many pairs are taken, and how many of them are coded."""
    took = [scale(w).probability(f) >= LEAST for f, w in zip(rows.held, rows.whose, strict=True)]
    return sum(took), int(rows.right[np.array(took, dtype=bool)].sum())


def tell(name: str, reports: Sequence[Report], words: VisitWords, scale: Callable[[str], Scale]) -> None:
    """Print the figures of one file."""
    took, hit = taken(rows_of(reports, words), scale)
    print(f"{name:16} {hit} of {took} taken are coded")
    print(f"   patterns alone  {figures(reports, words, lambda _: never())}")
    print(f"   and pairs       {figures(reports, words, scale)}")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", nargs="+", type=Path, help="coded reports to learn from, in JSON lines")
    parser.add_argument("--unseen", nargs="*", type=Path, default=[], help="coded reports for figures only")
    options = parser.parse_args()
    reader = Reader.load()
    learn(
        {path.stem: list(annotate([path], reader)) for path in options.coded},
        {path.stem: list(annotate([path], reader)) for path in options.unseen},
        VisitWords.load(),
    )


def learn(coded: dict[str, list[Report]], unseen: dict[str, list[Report]], words: VisitWords) -> None:
    """Fit, write the scale and print the figures of all files."""
    rows = rows_of([r for reports in coded.values() for r in reports], words)
    names = names_of(rows)
    scales = by_fold(rows, names)
    took, hit = taken(rows, lambda report: scales[fold(report)])
    weights = fit(matrix(rows.held, names), rows.right, RIDGE)
    head = HEAD.format(
        reports=sum(map(len, coded.values())), rows=len(rows.held), right=int(rows.right.sum()), least=LEAST,
        taken=took, hit=hit,
    )  # fmt: skip
    save(OUT, head, names, weights, f"least = {LEAST}")
    print(head)
    for name, reports in coded.items():
        tell(f"{name} (folds)", reports, words, lambda report: scales[fold(report)])
    for name, reports in unseen.items():
        tell(name, reports, words, lambda _: scale_of(names, weights))


if __name__ == "__main__":
    main()
