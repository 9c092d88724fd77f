"""Fit the two scales that weigh what the patterns found: which pairs are visits too, and how a visit stands.

``make weights`` runs it on the coded corpora, the invented reports of ``made-up`` and the lines of ``tests/cases``.
It writes ``data/visits/scales/pairs.toml`` and ``data/visits/choices/status.toml`` and prints the F1 of visits, days and records
and the share of right statuses: by the patterns alone, and with each scale. Those of the files learnt from are by fits on
the reports of the other folds, through both scales.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from summitry.evaluate.score import score
from summitry.extract import reports as stages
from summitry.lexicon.files import DATA
from summitry.lexicon.scales import Choice, Scale
from summitry.lexicon.visits import VisitWords
from summitry.pipeline import Reader
from training.visits import judgement, pairs
from training.visits.logistic import fit, fold, matrix, save
from training.visits.pairs import RIDGE, Report, Rows, by_fold, names_of, never, scale_of
from training.visits.reports import annotate, lines

HOME = DATA / "visits"
PAIRS = """What speaks for a person and a country of one sentence to be a visit that no pattern gave: log-odds by feature
(extract/pairs.py). Fitted by training/visits/weighed.py on {reports} coded reports ({rows} pairs, {right} right).
With folds by report, a least of {least} takes {taken} pairs, {hit} of them right."""
STATUS = """What speaks for each status of a visit, against all others: log-odds by sign (extract/judgement.py).
Fitted by training/visits/weighed.py on {reports} coded reports ({rows} visits); figures with folds in docs/visits.md."""

Words = Callable[[str], VisitWords]


def plain(words: VisitWords) -> VisitWords:
    """The words with scales that change nothing: no pair is taken, the status of the rules stands."""
    return replace(words, scales={**words.scales, "pairs": never()}, choices={**words.choices, "status": Choice({})})


def figures(reports: Sequence[Report], words: Words) -> str:
    """F1 of visits, days, records and encounters, and the share of right statuses."""
    given = {}
    for report, annotated in reports:
        visits, found = stages.extract(annotated, words(report["id"]))
        told = {"visits": [v.as_dict() for v in visits], "encounters": [e.as_dict() for e in found]}
        given[report["id"]] = {"published": None, **told}
    table = dict(score([report for report, _ in reports], given).rows())
    return "  ".join(f"{name} {table[name].f1:.3f}" for name in ("visits", "dated", "record", "status", "encounters"))


def taken(rows: Rows, scales: Sequence[Scale]) -> tuple[int, int]:
    """How many rows the scale of their fold takes, and how many of them are right."""
    took = np.array(
        [(s := scales[fold(w)]).probability(f) >= s.least for f, w in zip(rows.held, rows.whose, strict=True)]
    )
    return int(took.sum()), int(rows.right[took].sum())


def head(reports: int, rows: Rows, scales: Sequence[Scale]) -> str:
    """The comment of the scale of pairs."""
    took, hit = taken(rows, scales)
    return PAIRS.format(
        reports=reports, rows=len(rows.held), right=int(rows.right.sum()), least=scales[0].least, taken=took, hit=hit
    )


def write_choice(path: Path, text: str, choice: Choice) -> None:
    """Write a choice: one table a status, weights that change nothing left out."""
    lines = [f"# {line}" for line in text.splitlines()]
    for name, scale in choice.outcomes.items():
        lines += ["", f"[{name}]", f"bias = {scale.bias:.3f}", "", f"[{name}.weights]"]
        lines += [f'"{told}" = {w:.3f}' for told, w in scale.weights.items() if abs(w) >= 0.0005]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Fitted:
    """The words with the fitted scales: ``paired`` and ``judged`` by fold, from the reports of the others, and the ``whole``."""

    paired: list[VisitWords]
    judged: list[VisitWords]
    whole: VisitWords
    heads: tuple[str, str]


def fitted(reports: Sequence[Report], words: VisitWords) -> Fitted:
    """Fit the two scales, the second on what is read with the first of its fold."""
    base = plain(words)
    found = pairs.rows_of(reports, base)
    names = names_of(found.held)
    folds = by_fold(found, names, pairs.LEAST)
    weights = fit(matrix(found.held, names), found.right, RIDGE)
    paired = [replace(base, scales={**base.scales, "pairs": scale}) for scale in folds]
    whole = replace(base, scales={**base.scales, "pairs": scale_of(names, weights, pairs.LEAST)})

    coded = judgement.rows_of(reports, lambda report: paired[fold(report)])
    signs = names_of(coded.held)
    choices = judgement.choices_by_fold(coded, signs)
    judged = [replace(w, choices={**w.choices, "status": c}) for w, c in zip(paired, choices, strict=True)]
    whole = replace(whole, choices={**whole.choices, "status": judgement.choice_of(coded, signs)})
    heads = (head(len(reports), found, folds), STATUS.format(reports=len(reports), rows=len(coded.held)))
    return Fitted(paired, judged, whole, heads)


def learn(
    learnt: dict[str, list[Report]], unseen: dict[str, list[Report]], short: list[Report], words: VisitWords
) -> None:
    """Fit and write both and print the figures of all files; ``short`` reports of one line are learnt from too."""
    fits = fitted([*(r for reports in learnt.values() for r in reports), *short], words)
    scale, base = fits.whole.scales["pairs"], plain(words)
    weights = np.array([scale.bias, *scale.weights.values()])
    save(HOME / "scales" / "pairs.toml", fits.heads[0], list(scale.weights), weights, f"least = {scale.least}")
    write_choice(HOME / "choices" / "status.toml", fits.heads[1], fits.whole.choices["status"])
    print(*fits.heads, sep="\n")
    for name, reports in learnt.items():
        print(f"{name} (folds)")
        print(f"   patterns alone  {figures(reports, lambda _: base)}")
        print(f"   and pairs       {figures(reports, lambda report: fits.paired[fold(report)])}")
        print(f"   and status      {figures(reports, lambda report: fits.judged[fold(report)])}")
    pairs_alone = replace(base, scales=fits.whole.scales)
    for name, reports in unseen.items():
        print(name)
        print(f"   patterns alone  {figures(reports, lambda _: base)}")
        print(f"   and pairs       {figures(reports, lambda _: pairs_alone)}")
        print(f"   and status      {figures(reports, lambda _: fits.whole)}")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", nargs="+", type=Path, help="coded reports to learn from, in JSON lines")
    parser.add_argument("--unseen", nargs="*", type=Path, default=[], help="coded reports for figures only")
    parser.add_argument("--lines", nargs="*", type=Path, default=[], help="tables of one-line cases to learn from too")
    options = parser.parse_args()
    reader = Reader.load()
    learn(
        {path.stem: list(annotate([path], reader)) for path in options.coded},
        {path.stem: list(annotate([path], reader)) for path in options.unseen},
        list(lines(options.lines, reader)),
        VisitWords.load(),
    )


if __name__ == "__main__":
    main()
