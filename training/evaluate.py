"""Figures of a model on the test parts: ``python -m training.evaluate TREEBANKS [--model FOLDER]``."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from summitry.annotate.syntax import MODEL, Syntax
from summitry.model.spans import Span
from summitry.model.syntax import Token
from training.treebank import Tree, find_part, read_paragraphs, read_trees

MEASURES = ("UPOS", "XPOS", "UAS", "LAS", "LAS without subtypes", "UAS with marks", "LAS with marks", "lemma")


@dataclass(slots=True)
class Counts:
    """What was right, of what: counts that add up, the ratios last."""

    right: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, right: bool) -> None:
        """One gold word and whether the measure is met for it."""
        self.gold[measure] += 1
        self.right[measure] += right

    def share(self, measure: str) -> float:
        """In per cent: right of gold."""
        return 100 * self.right[measure] / max(1, self.gold[measure])


def compare(counts: Counts, tree: Tree, tokens: Sequence[Token]) -> None:
    """Count one sentence. A gold word is matched by the token with its very letters; its head must match as well."""
    spans: list[tuple[int, int]] = []
    at = 0
    for word, space in zip(tree.words, tree.spaces, strict=True):
        spans.append((at, at + len(word)))
        at += len(word) + space
    ours = {(t.start, t.end): t for t in tokens}
    counts.found["tokens"] += len(tokens)
    for i, span in enumerate(spans):
        token = ours.get(span)
        counts.add("tokens", token is not None)
        counts.add("UPOS", token is not None and token.pos == tree.pos[i])
        counts.add("XPOS", token is not None and token.tag == tree.tags[i])
        if tree.pos[i] in {"NOUN", "VERB", "AUX", "ADJ", "ADV"} and tree.lemmas[i] != "_":
            counts.add("lemma", token is not None and token.lemma.lower() == tree.lemmas[i].lower())
        head = None if token is None or token.head < 0 else tokens[token.head]
        attached = head is not None and (head.start, head.end) == spans[tree.heads[i]]
        gold = "root" if tree.deps[i] == "ROOT" else tree.deps[i]
        labelled = attached and token is not None and token.dep == gold
        coarse = attached and token is not None and token.dep.split(":")[0] == gold.split(":")[0]
        counts.add("UAS with marks", attached)
        counts.add("LAS with marks", labelled)
        if gold != "punct":
            counts.add("UAS", attached)
            counts.add("LAS", labelled)
            counts.add("LAS without subtypes", coarse)


def measure(syntax: Syntax, trees: Sequence[Tree], gold_tokens: bool) -> Counts:
    """Read every sentence, its ends as given, with the treebank's tokens or with our own."""
    counts = Counts()
    for tree in trees:
        text = tree.text
        if gold_tokens:
            places, at = [], 0
            for word, space in zip(tree.words, tree.spaces, strict=True):
                places.append((at, at + len(word)))
                at += len(word) + space
            tokens, _ = syntax.annotate_tokens(text, [places])
        else:
            tokens, _ = syntax.annotate(text, [Span(0, len(text))], whole=(0,))
        compare(counts, tree, tokens)
    return counts


def table(syntax: Syntax, folder: Path, banks: Sequence[str], part: str = "test") -> str:
    """The figures as a table in Markdown."""
    lines = ["| treebank | tokens | " + " | ".join(MEASURES) + " |", "|---|---|" + "---|" * len(MEASURES)]
    for bank in banks:
        trees = list(read_trees(find_part(folder, bank, part)))
        for gold_tokens in (True, False):
            counts = measure(syntax, trees, gold_tokens)
            how = "given" if gold_tokens else f"own ({counts.share('tokens'):.1f} found)"
            cells = " | ".join(f"{counts.share(m):.1f}" for m in MEASURES)
            lines.append(f"| {bank} {part} | {how} | {cells} |")
    return "\n".join(lines)


def sentence_ends(syntax: Syntax, folder: Path, bank: str, part: str = "test") -> tuple[float, float]:
    """Precision and recall, in per cent, of the sentence ends inside paragraphs of more than one sentence."""
    right = found = gold = 0
    for paragraph in read_paragraphs(find_part(folder, bank, part)):
        if len(paragraph) == 1:
            continue
        texts = [tree.text for tree in paragraph]
        ends = {end - 1 for end in accumulate(len(t) + 1 for t in texts)}
        text = " ".join(texts)
        _, sentences = syntax.annotate(text, [Span(0, len(text))], parse=False)
        ours = {s.span.end for s in sentences} - {len(text)}
        ends -= {len(text)}
        right, found, gold = right + len(ours & ends), found + len(ours), gold + len(ends)
    return 100 * right / found, 100 * right / gold


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--part", default="test")
    options = parser.parse_args()
    syntax = Syntax.load(options.model)
    print(table(syntax, options.treebanks, ("gum-open", "ewt"), options.part))
    for bank in ("gum-open", "ewt"):
        precision, recall = sentence_ends(syntax, options.treebanks, bank, options.part)
        print(f"sentence ends in {bank}: precision {precision:.1f}, recall {recall:.1f}")


if __name__ == "__main__":
    main()
