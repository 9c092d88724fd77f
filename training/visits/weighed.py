"""Fit the two scales that weigh what the patterns found: which pairs are visits too, and how a visit stands.

``make weighed CORPUS=folder`` runs it on the coded reports there, the invented ones beside it and the lines of ``tests/cases``.
It writes ``data/visits/scales/pairs.toml`` and ``data/visits/choices/status.toml`` and prints the F1 of visits, days and records
and the share of right statuses: by the patterns alone, and with each scale. Those of the files learnt from are by fits on
the reports of the other folds, through both scales.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
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
    """F1 of visits, days and records and the share of right statuses."""
    given = {}
    for report, annotated in reports:
        visits, found = stages.extract(annotated, words(report["id"]))
        told = {"visits": [v.as_dict() for v in visits], "encounters": [e.as_dict() for e in found]}
        given[report["id"]] = {"published": None, **told}
    table = dict(score([report for report, _ in reports], given).rows())
    return "  ".join(f"{name} {table[name].f1:.3f}" for name in ("visits", "dated", "record", "status"))


def taken(rows: Rows, scales: Sequence[Scale]) -> tuple[int, int]:
    """How many rows the scale of their fold takes, and how many of them are right."""
    took = np.array(
        [(s := scales[fold(w)]).probability(f) >= s.least for f, w in zip(rows.held, rows.whose, strict=True)]
    )
    return int(took.sum()), int(rows.right[took].sum())


def head(text: str, reports: int, rows: Rows, scales: Sequence[Scale]) -> str:
    """The comment of a file of a scale."""
    took, hit = taken(rows, scales)
    return text.format(
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


def learn(
    learnt: dict[str, list[Report]], unseen: dict[str, list[Report]], short: list[Report], words: VisitWords
) -> None:
    """Fit and write the two, one after the other, and print the figures of all files; ``short`` ones of one line are learnt from too."""
    every = [*(r for reports in learnt.values() for r in reports), *short]
    base = plain(words)

    found = pairs.rows_of(every, base)
    names = names_of(found.held)
    folds = by_fold(found, names, pairs.LEAST)
    weights = fit(matrix(found.held, names), found.right, RIDGE)
    told = head(PAIRS, len(every), found, folds)
    save(HOME / "scales" / "pairs.toml", told, names, weights, f"least = {pairs.LEAST}")
    print(told)
    paired = [replace(base, scales={**base.scales, "pairs": scale}) for scale in folds]
    whole_pairs = replace(base, scales={**base.scales, "pairs": scale_of(names, weights, pairs.LEAST)})

    coded = judgement.rows_of(every, lambda report: paired[fold(report)])
    names = names_of(coded.held)
    choice = judgement.choice_of(coded, names)
    told = STATUS.format(reports=len(every), rows=len(coded.held))
    write_choice(HOME / "choices" / "status.toml", told, choice)
    print(told)
    choices = judgement.choices_by_fold(coded, names)
    judged = [replace(w, choices={**w.choices, "status": c}) for w, c in zip(paired, choices, strict=True)]
    whole = replace(whole_pairs, choices={**whole_pairs.choices, "status": choice})

    for name, reports in learnt.items():
        print(f"{name} (folds)")
        print(f"   patterns alone  {figures(reports, lambda _: base)}")
        for label, row in (("and pairs", paired), ("and status", judged)):
            print(f"   {label:15} {figures(reports, lambda report, row=row: row[fold(report)])}")  # type: ignore[misc]
    for name, reports in unseen.items():
        print(name)
        for label, one in (("patterns alone", base), ("and pairs", whole_pairs), ("and status", whole)):
            print(f"   {label:15} {figures(reports, lambda _, one=one: one)}")  # type: ignore[misc]


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
