"""The network of the trees: a parser with a tagger of its own, which sees the tags that the first network gives.

The tags of the training sentences are given by taggers that did not see them (jackknifing in four parts; Agić and Schluter
2017 weigh when that helps), so that the parser meets as many wrong ones as it will in use.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam

from summitry.annotate.syntax import plain
from training.augment import vary
from training.fit import LISTENER, PARSER, TAGGER, TOK2VEC, More, batches, example, report
from training.treebank import Tree

Tagged = tuple[Tree, list[str]]
"""A tree and the tags that a tagger gave its words."""

FOLDS, STRETCH = 4, 20
"""Parts of the jackknife, and how many sentences in a row stay in one: neighbours are of one text."""

TAGGER_PASSES, TAGGER_DROP = 6, 0.15

ROWS = {"NORM": 4000, "PREFIX": 800, "SUFFIX": 2000, "SHAPE": 1500, "TAG": 100}
"""What the network sees of a word, and the rows of its tables."""

DEPTH = 5
RATE, WARM, LAST = 0.002, 300, 0.02
"""Learning rate of Adam, in how many batches it is reached, and the share of it at the end; it falls evenly."""

DROP, WORDS, LIKE = 0.2, 600, 800
"""Dropout; words a batch; how many sentences are sorted by length, so that those of like length are in one batch."""

RARE = 5
"""Relations told less often than this are left out."""


def build() -> Language:
    """The pipeline, untrained."""
    embed = {**TOK2VEC["embed"], "attrs": list(ROWS), "rows": list(ROWS.values())}
    encode = {**TOK2VEC["encode"], "depth": DEPTH}
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": {**TOK2VEC, "embed": embed, "encode": encode}})
    nlp.add_pipe("morphologizer", config={"model": TAGGER})
    nlp.add_pipe("parser", config={"model": {**PARSER, "tok2vec": LISTENER}, "min_action_freq": RARE})
    return nlp


def tags_of(nlp: Language, trees: Sequence[Tree]) -> list[list[str]]:
    """The tags that a pipeline gives the words of some trees."""
    docs = [Doc(nlp.vocab, words=[plain(w) for w in t.words], spaces=list(t.spaces)) for t in trees]
    return [[word.tag_ for word in doc] for doc in nlp.pipe(docs, batch_size=256)]


def jackknife(trees: Sequence[Tree], more: More, keep: Path, seed: int = 3) -> list[list[str]]:
    """The tags of trees by taggers that did not learn from them; kept in a file, so that a broken run goes on from there."""
    if keep.exists():
        known: list[list[str]] = json.loads(keep.read_text(encoding="utf-8"))
        if [len(row) for row in known] == [len(t.words) for t in trees]:
            return known
    found: list[list[str]] = [[] for _ in trees]
    for part in range(FOLDS):
        held = [n for n in range(len(trees)) if n // STRETCH % FOLDS == part]
        seen = [t for n, t in enumerate(trees) if n // STRETCH % FOLDS != part]
        began = time.process_time()
        tagger, averages = _tagger([*seen, *more(part)[: len(trees) // 12]], seed)
        with tagger.use_params(averages):
            rows = tags_of(tagger, [trees[n] for n in held])
        right = sum(a == b for n, row in zip(held, rows, strict=True) for a, b in zip(row, trees[n].tags, strict=True))
        share = 100 * right / sum(map(len, rows))
        print(f"tags of part {part + 1} of {FOLDS}  {time.process_time() - began:6.0f} s  XPOS {share:.2f}", flush=True)
        for n, row in zip(held, rows, strict=True):
            found[n] = row
    keep.parent.mkdir(parents=True, exist_ok=True)
    keep.write_text(json.dumps(found), encoding="utf-8")
    return found


def _tagger(trees: Sequence[Tree], seed: int) -> tuple[Language, dict[tuple[int, str], object]]:
    """A tagger alone, and its averaged weights."""
    fix_random_seed(seed)
    rng = random.Random(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    nlp.add_pipe("tagger", config={"model": TAGGER})
    nlp.initialize(lambda: [example(nlp, t) for t in trees])
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True)
    for _ in range(TAGGER_PASSES):
        order = [example(nlp, vary(t, rng)) for t in trees]
        rng.shuffle(order)
        for batch in batches(order, WORDS):
            nlp.update(batch, drop=TAGGER_DROP, sgd=optimizer)
    return nlp, optimizer.averages


def fit(
    known: Sequence[Tagged], first: Language, more: More, dev: Sequence[Tree], passes: int, seed: int
) -> Iterator[Language]:
    """Train for so many passes; after each, the pipeline with the averaged weights. Figures on ``dev`` are printed.

    ``first`` is the pipeline that gives tags in use: the generated sentences and ``dev`` bear its tags.
    """
    fix_random_seed(seed)
    rng = random.Random(seed)
    nlp = build()

    def tagged(trees: Sequence[Tree]) -> list[Tagged]:
        return list(zip(trees, tags_of(first, trees), strict=True))

    start = [example(nlp, *t) for t in (*known, *tagged(more(0)))]
    nlp.initialize(lambda: start)
    held = [example(nlp, *t) for t in tagged(dev)]
    optimizer = Adam(RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    began, step, steps = time.process_time(), 0, 0
    for number in range(passes):
        rows = list(_ordered([example(nlp, *t) for t in _varied([*known, *tagged(more(number))], rng)], rng))
        steps = steps or len(rows) * passes
        for batch in rows:
            optimizer.learn_rate = RATE * min(1, (step + 1) / WARM) * max(LAST, 1 - step / steps)
            nlp.update(batch, drop=DROP, sgd=optimizer)
            step += 1
        with nlp.use_params(optimizer.averages):
            report(number, time.process_time() - began, nlp.evaluate(held))
            yield nlp


def _varied(rows: Sequence[Tagged], rng: random.Random) -> Iterator[Tagged]:
    """The sentences, now and then in other dress; one that loses its full stop loses the tag of it."""
    for tree, tags in rows:
        changed = vary(tree, rng)
        yield changed, tags[: len(changed.words)]


def _ordered(rows: list[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Batches by chance, each of sentences of like length, which takes the network less time."""
    rng.shuffle(rows)
    like = [
        row
        for n in range(0, len(rows), LIKE)
        for row in sorted(rows[n : n + LIKE], key=lambda example: len(example.reference))
    ]
    found = list(batches(like, WORDS))
    rng.shuffle(found)
    yield from found
