"""The network and its training: spaCy's convolutional tok2vec, shared by two taggers and a transition-based parser."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam

from summitry.annotate.syntax import plain
from training.augment import vary
from training.treebank import Tree

More = Callable[[int], Sequence[Tree]]
"""The generated sentences of a pass."""

WIDTH = 96
TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
TAGGER = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": LISTENER}
PARSER = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "parser",
    "extra_state_tokens": False,
    "hidden_width": 128,
    "maxout_pieces": 3,
    "use_upper": True,
    "nO": None,
    "tok2vec": LISTENER,
}
"""The parts of the network. No pretrained vectors: the words of the treebanks and of the generated sentences are all."""

RATE, DROP = 0.001, 0.1
"""Learning rate of Adam, and dropout."""

WORDS_A_BATCH = (400, 1000)
"""The size of a batch, in words: at the beginning, and where it stays."""


def build() -> Language:
    """The pipeline, untrained."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    nlp.add_pipe("tagger", config={"model": TAGGER})
    nlp.add_pipe("morphologizer", config={"model": TAGGER})
    nlp.add_pipe("parser", config={"model": PARSER, "min_action_freq": 20})
    return nlp


def example(nlp: Language, tree: Tree) -> Example:
    """A tree as a training example, its words as the program will see them."""
    words = [plain(w) for w in tree.words]
    bare = Doc(nlp.vocab, words=words, spaces=list(tree.spaces))
    gold = Doc(
        nlp.vocab,
        words=words,
        spaces=list(tree.spaces),
        pos=list(tree.pos),
        tags=list(tree.tags),
        heads=list(tree.heads),
        deps=list(tree.deps),
    )
    return Example(bare, gold)


def batches(items: Sequence[Example], words: int) -> Iterable[list[Example]]:
    """The examples in their order, cut so that each batch has about so many words."""
    batch: list[Example] = []
    total = 0
    for item in items:
        batch.append(item)
        total += len(item.reference)
        if total >= words:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def fit(trees: Sequence[Tree], more: More, dev: Sequence[Tree], passes: int, seed: int) -> Iterator[Language]:
    """Train for so many passes; after each, the pipeline with the averaged weights. Figures on ``dev`` are printed.

    ``more`` gives the generated sentences of a pass by its number, so that each pass sees new ones.
    """
    fix_random_seed(seed)
    rng = random.Random(seed)
    nlp = build()
    known = [example(nlp, t) for t in (*trees, *more(0))]
    held = [example(nlp, t) for t in dev]
    nlp.initialize(lambda: known)
    optimizer = Adam(RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    began = time.process_time()
    for number in range(passes):
        order = [example(nlp, vary(t, rng)) for t in (*trees, *more(number))]
        rng.shuffle(order)
        for batch in batches(order, WORDS_A_BATCH[number > 0]):
            nlp.update(batch, drop=DROP, sgd=optimizer)
        with nlp.use_params(optimizer.averages):
            report(number, time.process_time() - began, nlp.evaluate(held))
            yield nlp


def report(epoch: int, seconds: float, scores: dict[str, Any]) -> None:
    """One line of figures on the development parts."""
    names = {"pos_acc": "UPOS", "tag_acc": "XPOS", "dep_uas": "UAS", "dep_las": "LAS"}
    told = "  ".join(f"{name} {100 * scores[key]:.2f}" for key, name in names.items())
    print(f"pass {epoch + 1:2d}  {seconds:6.0f} s  {told}", flush=True)
