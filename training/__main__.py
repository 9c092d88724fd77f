"""Train the model that Summitry ships: ``python -m training TREEBANKS --out FOLDER``."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from summitry.annotate.syntax import LEMMAS, MODEL, Syntax
from training.card import write_card
from training.evaluate import table
from training.fit import fit
from training.generate import generate
from training.lemmas import lemma_table, write_table
from training.treebank import Tree, find_part, read_trees

TREEBANKS = ("ewt", "gum-open")
PASSES = 10
"""Passes over the treebanks. The averaged weights still gain with more, slowly."""
SEED = 20
GENERATED = 3000
"""Generated sentences in each pass; every pass has its own."""


def part(folder: Path, name: str) -> list[Tree]:
    """A part ("train", "dev", "test") of all the treebanks."""
    return [tree for bank in TREEBANKS for tree in read_trees(find_part(folder, bank, name))]


def main() -> None:
    """Train, and write the model folder: network, table of lemmas, card."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("treebanks", type=Path, help="folder of CoNLL-U files: ewt-train.conllu.gz and so on")
    parser.add_argument(
        "--out", type=Path, default=MODEL, help="folder to write the model to (default: the shipped one)"
    )
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--generated", type=int, default=GENERATED, help="generated sentences in each pass")
    parser.add_argument("--date", default=dt.date.today().isoformat(), help="the day that the card tells")
    parser.add_argument("--stage", choices=("all", "fit", "card"), default="all", help="do only one part")
    options = parser.parse_args()
    trees, dev = part(options.treebanks, "train"), part(options.treebanks, "dev")[::3]

    def more(epoch: int) -> list[Tree]:
        return generate(options.generated, SEED * 1000 + epoch)

    if options.stage in {"all", "fit"}:
        for nlp in fit(trees, more, dev, options.passes, SEED):
            nlp.to_disk(options.out, exclude=["tokenizer"])
    write_table(lemma_table(trees), options.out / LEMMAS)
    figures = table(Syntax.load(options.out), options.treebanks, TREEBANKS)
    print(figures)
    write_card(
        options.out,
        figures,
        date=options.date,
        command="python -m training TREEBANKS",
        seed=SEED,
        passes=options.passes,
        generated=options.generated,
    )


if __name__ == "__main__":
    main()
