"""The table of lemmas: the forms whose lemma the dictionary gets wrong or cannot know, as the treebanks have them."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from summitry.annotate.syntax import Lemmas, guess_lemma, plain
from training.treebank import Tree

TAGS = frozenset({"NNS", "VBD", "VBN", "VBG", "VBZ", "VBP", "VB", "MD", "JJR", "JJS", "RBR", "RBS"})
"""Tags whose words have another lemma; of the rest only contractions do."""

SEEN = 2
"""How often a form must have a lemma to be believed."""


def lemma_table(trees: Sequence[Tree]) -> dict[tuple[str, str], str]:
    """(form in small letters, Penn tag) to lemma, where the guess is another. Names have no entries."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tree in trees:
        for word, tag, pos, lemma in zip(tree.words, tree.tags, tree.pos, tree.lemmas, strict=True):
            if (tag in TAGS or "'" in word) and pos != "PROPN":
                seen[plain(word).lower(), tag][lemma.lower()] += 1
    table: dict[tuple[str, str], str] = {}
    for (form, tag), lemmas in seen.items():
        lemma, count = max(lemmas.items(), key=lambda item: (item[1], item[0]))
        if count >= SEEN and lemma != guess_lemma(form, tag) and lemma != "_" and " " not in form:
            table[form, tag] = lemma
    return table


def write_table(table: dict[tuple[str, str], str], path: Path) -> None:
    """Write form, tag and lemma, sorted, as CSV."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("form", "tag", "lemma"))
        writer.writerows((form, tag, lemma) for (form, tag), lemma in sorted(table.items()))


def lemma_score(table: dict[tuple[str, str], str], trees: Sequence[Tree]) -> float:
    """The share of words (names, numbers and marks apart) whose lemma is right, given the right tags."""
    lemmas = Lemmas(table)
    right = total = 0
    for tree in trees:
        for word, tag, pos, lemma in zip(tree.words, tree.tags, tree.pos, tree.lemmas, strict=True):
            if pos in {"NOUN", "VERB", "AUX", "ADJ", "ADV"} and lemma != "_":
                total += 1
                right += lemmas.of(plain(word), pos, tag).lower() == lemma.lower()
    return right / total
