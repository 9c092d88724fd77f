"""Train the model that Summitry ships: ``python -m training TREEBANKS --out FOLDER``."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.fit import fit
from training.generate import generate
from training.treebank import Tree, find_part, read_trees

TREEBANKS = ("ewt", "gum-open")
PASSES = 18
SEED = 20
GENERATED = 3000
"""Generated sentences in each pass; every pass has its own."""


def part(folder: Path, name: str) -> list[Tree]:
    """A part ("train", "dev", "test") of all the treebanks."""
    return [tree for bank in TREEBANKS for tree in read_trees(find_part(folder, bank, name))]


def main() -> None:
    """Train, and write the model folder."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("treebanks", type=Path, help="folder of CoNLL-U files: ewt-train.conllu.gz and so on")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--generated", type=int, default=GENERATED, help="generated sentences in each pass")
    options = parser.parse_args()
    trees, dev = part(options.treebanks, "train"), part(options.treebanks, "dev")[::3]

    def more(epoch: int) -> list[Tree]:
        return generate(options.generated, SEED * 1000 + epoch)

    for nlp in fit(trees, more, dev, options.passes, SEED):
        nlp.to_disk(options.out, exclude=["tokenizer"])


if __name__ == "__main__":
    main()
