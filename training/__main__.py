"""Train the model that Summitry ships: ``python -m training TREEBANKS --out FOLDER``.

Two networks: one that tags every report, and one for trees, which reads the tags of the first. A run that was broken off is
taken up with ``--stage``.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import spacy
from thinc.api import NumpyOps, set_current_ops

from summitry.annotate.syntax import LEMMAS, MODEL, TREES, Syntax
from training import fit, trees
from training.card import write_card
from training.evaluate import table
from training.generate import generate
from training.lemmas import lemma_table, write_table
from training.treebank import Tree, find_part, read_trees

TREEBANKS = ("ewt", "gum-open")
PASSES, TREE_PASSES = 10, 14
"""Passes over the treebanks, of the taggers and of the trees. The averaged weights still gain with more, slowly."""
SEED = 20
GENERATED, TREE_GENERATED = 3000, 2000
"""Generated sentences in each pass; every pass has its own."""
OFTEN = {"gum-open": 2, "ewt": 1}
"""How often a pass for the trees goes through each treebank: the news is in the first."""


def part(folder: Path, name: str) -> list[Tree]:
    """A part ("train", "dev", "test") of all the treebanks."""
    return [tree for bank in TREEBANKS for tree in read_trees(find_part(folder, bank, name))]


def train_taggers(folder: Path, out: Path, passes: int, generated: int) -> None:
    """Train the first network and write it. A parser is trained with it, which helps the tags, and not kept."""

    def more(epoch: int) -> list[Tree]:
        return generate(generated, SEED * 1000 + epoch)

    for nlp in fit.fit(part(folder, "train"), more, part(folder, "dev")[::3], passes, SEED):
        nlp.to_disk(out, exclude=["tokenizer", "parser"])


def train_trees(folder: Path, out: Path, work: Path, passes: int, generated: int, seed: int) -> None:
    """Train the network of the trees for the taggers in ``out``, and write it beside them."""

    def more(epoch: int) -> list[Tree]:
        return generate(generated, seed * 1000 + 7000 + epoch)

    first = spacy.load(out, exclude=["tokenizer", "parser"])
    known = part(folder, "train")
    tags = trees.jackknife(known, more, work / "jackknife.json")
    banks = [bank for bank in TREEBANKS for _ in read_trees(find_part(folder, bank, "train"))]
    rows = [(tree, row) for tree, row, bank in zip(known, tags, banks, strict=True) for _ in range(OFTEN[bank])]
    dev = list(read_trees(find_part(folder, "gum-open", "dev")))
    for nlp in trees.fit(rows, first, more, dev, passes, seed):
        nlp.to_disk(out / TREES, exclude=["tokenizer", "vocab"])


def main() -> None:
    """Train, and write the model folder: networks, table of lemmas, card."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("treebanks", type=Path, help="folder of CoNLL-U files: ewt-train.conllu.gz and so on")
    parser.add_argument(
        "--out", type=Path, default=MODEL, help="folder to write the model to (default: the shipped one)"
    )
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder of what a run can go on from")
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--tree-passes", type=int, default=TREE_PASSES)
    parser.add_argument("--tree-seed", type=int, default=SEED)
    parser.add_argument("--generated", type=int, default=GENERATED, help="generated sentences in each pass")
    parser.add_argument("--date", default=dt.date.today().isoformat(), help="the day that the card tells")
    parser.add_argument("--stage", choices=("all", "taggers", "trees", "card"), default="all", help="do only one part")
    options = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))  # twice as fast as with its own products of matrices

    if options.stage in {"all", "taggers"}:
        train_taggers(options.treebanks, options.out, options.passes, options.generated)
    if options.stage in {"all", "trees"}:
        train_trees(
            options.treebanks, options.out, options.work, options.tree_passes, TREE_GENERATED, options.tree_seed
        )
    write_table(lemma_table(part(options.treebanks, "train")), options.out / LEMMAS)
    figures = table(Syntax.load(options.out), options.treebanks, TREEBANKS)
    print(figures)
    write_card(
        options.out,
        figures,
        date=options.date,
        command="python -m training TREEBANKS",
        seed=SEED,
        passes=options.passes,
        tree_passes=options.tree_passes,
        generated=options.generated,
    )


if __name__ == "__main__":
    main()
