"""The same sentences in other dress: as headlines and in capitals, as the press also writes them."""

from __future__ import annotations

import random
from dataclasses import replace

from training.treebank import Tree

CAPITALS, TITLE, NO_STOP = 0.02, 0.04, 0.04
"""How often a sentence is written in capitals, in title case, without its full stop."""

SMALL = frozenset({"ADP", "DET", "CCONJ", "PART", "PUNCT", "SYM"})
"""Parts of speech that title case leaves small."""


def vary(tree: Tree, rng: random.Random) -> Tree:
    """The sentence, now and then changed in its letters or its full stop; the analysis stays."""
    chance = rng.random()
    if chance < CAPITALS:
        return replace(tree, words=tuple(w.upper() for w in tree.words))
    chance -= CAPITALS
    if chance < TITLE:
        pairs = zip(tree.words, tree.pos, strict=True)
        return replace(tree, words=tuple(w if p in SMALL else w[:1].upper() + w[1:] for w, p in pairs))
    chance -= TITLE
    if chance < NO_STOP and len(tree.words) > 3 and tree.words[-1] == ".":
        last = len(tree.words) - 1
        if last not in tree.heads:
            return Tree(*(getattr(tree, name)[:last] for name in Tree.__slots__))
    return tree
