"""The tagging network worked out with numpy: the same layers as spaCy's, the same tags, several times as fast.

What is shipped is a small network (words hashed into tables, then layers of windows, maxout and normalisation), and most of the
time that spaCy takes for it goes into one product of matrices for each layer, done without the processor's own library. Here a
report's sentences go through at once, the products are done by numpy, and what depends on a word alone (its vector before any
context, and what the first layer makes of it for the word itself and for its two neighbours) is worked out once. A model of
another build is left to spaCy: ``Network.of`` then gives None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WORDS = 20_000
"""Words whose vectors are kept; then all are dropped and the next ones kept. A vector depends on its word alone."""

ROWS = 1024
"""Rows that go through a layer at once, so that they stay in the processor's cache. The cut depends on the text alone."""

_EMBED = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
_LAYER = ["expand_window", "maxout", "layernorm", "dropout"]


class Maxout:
    """A layer: the largest of several linear pieces, normalised. ``ahead`` has the pieces one after the other."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self.pieces, self.width = weights.shape[1], weights.shape[0]
        self.weights: Floats = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T)
        self.bias: Floats = np.ascontiguousarray(bias.T.reshape(-1))
        self.gain: Floats = norm.get_param("G")
        self.shift: Floats = norm.get_param("b")

    def __call__(self, rows: Floats) -> Floats:
        """Rows through the layer, each for itself."""
        return self.finish(rows @ self.weights)

    def finish(self, linear: Floats) -> Floats:
        """What is left to do once the linear pieces are there: the largest, and its normalisation."""
        linear += self.bias
        width = self.width
        best = linear[:, :width]
        for piece in range(1, self.pieces):
            best = np.maximum(best, linear[:, piece * width : (piece + 1) * width])
        best = best - best.mean(axis=1, keepdims=True)
        best *= 1.0 / np.sqrt(np.einsum("ij,ij->i", best, best)[:, None] / np.float32(width) + np.float32(1e-8))
        best *= self.gain
        result: Floats = best + self.shift
        return result


class Network:
    """Tags of sentences. Holds no state but vectors of words, which depend on the word alone.

    Specimen: ``Network.of(vocab, tok2vec, [tagger, morphologizer])([["Xi", "left"]])`` gives two rows of classes.
    """

    def __init__(self, vocab: Any, hashes: Any, mix: Maxout, layers: Sequence[Maxout], heads: Sequence[Any]) -> None:
        self._vocab, self._hashes, self._mix, self._layers = vocab, hashes, mix, layers
        self._heads: list[tuple[Floats, Floats]] = [
            (np.ascontiguousarray(head.get_param("W").T), head.get_param("b")) for head in heads
        ]
        self._rows: dict[str, int] = {}
        # of each word its vector and its share in the first layer of the word after it, of itself and of the word before it;
        # row 0 is of no word
        parts = np.split(layers[0].weights, 3)
        self._shares: tuple[Floats, ...] = tuple(np.ascontiguousarray(part) for part in parts)
        self._known: tuple[Floats, ...] = self._empty(WORDS)

    @classmethod
    def of(cls, vocab: Any, tok2vec: Any, taggers: Sequence[Any]) -> Network | None:
        """The network of a loaded model, or None where it is built otherwise."""
        if len(tok2vec.model.layers) != 2:
            return None
        embed, encode = tok2vec.model.layers
        parts = [layer.name.split("(")[0] for layer in embed.layers]
        blocks = encode.layers[0].layers if encode.name.startswith("with_array") else ()
        rows = [[node.name for node in block.walk(order="dfs_pre") if not node.layers] for block in blocks]
        heads = [[node for node in tagger.model.walk() if node.name == "softmax"] for tagger in taggers]
        windows = [node.attrs["window_size"] for node in encode.walk() if node.name == "expand_window"]
        if parts != _EMBED or not rows or any(r != _LAYER for r in rows) or set(windows) != {1}:
            return None
        if any(len(h) != 1 for h in heads) or any(not b.name.startswith("residual") for b in blocks):
            return None

        def layer(model: Any) -> Maxout:
            maxout, norm = (next(n for n in model.walk() if n.name == name) for name in ("maxout", "layernorm"))
            return Maxout(maxout, norm)

        return cls(vocab, embed.layers[:3], layer(embed.layers[3]), [layer(b) for b in blocks], [h[0] for h in heads])

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[int]]:
        """For each tagger the number of the class of every word, sentences one after the other."""
        found: list[list[int]] = [[] for _ in self._heads]
        start = 0
        while start < len(sentences):
            end, count = start, 0
            while end < len(sentences) and (end == start or count + len(sentences[end]) + len(self._layers) <= ROWS):
                count += len(sentences[end]) + len(self._layers)
                end += 1
            vectors = self._encode(sentences[start:end])
            for classes, (weights, bias) in zip(found, self._heads, strict=True):
                classes += (vectors @ weights + bias).argmax(axis=1).tolist()
            start = end
        return found

    def _encode(self, sentences: Sequence[Sequence[str]]) -> Floats:
        """The vectors of words in their context. Empty rows between sentences keep them apart, as many as there are layers."""
        apart = len(self._layers)
        numbers, (vectors, after, own, before) = self._lookup([word for words in sentences for word in words])
        length = len(numbers) + apart * (len(sentences) + 1)
        keep = np.empty(len(numbers), dtype=np.intp)
        at, seen = apart, 0
        for words in sentences:
            keep[seen : seen + len(words)] = np.arange(at, at + len(words))
            seen += len(words)
            at += len(words) + apart
        ids = np.zeros(length, dtype=np.intp)
        ids[keep] = numbers
        linear = own[ids]
        linear[1:] += after[ids[:-1]]
        linear[:-1] += before[ids[1:]]
        rows = vectors[ids] + self._layers[0].finish(linear)
        width = self._mix.width
        window = np.zeros((length, 3 * width), dtype=np.float32)
        for layer in self._layers[1:]:
            window[1:, :width] = rows[:-1]
            window[:, width : 2 * width] = rows
            window[:-1, 2 * width :] = rows[1:]
            rows = rows + layer(window)
        return rows[keep]

    def _lookup(self, words: Sequence[str]) -> tuple[list[int], tuple[Floats, ...]]:
        """Where words stand in the tables of words without context, in order, and the tables."""
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        if len(self._rows) + len(new) > WORDS:
            self._rows.clear()
            new = list(dict.fromkeys(words))
            if len(new) > WORDS:  # no report has so many words; a list of codes may
                tables = self._empty(len(new))
                self._fill(tables, new, 1)
                distinct = {word: n for n, word in enumerate(new, 1)}
                return [distinct[word] for word in words], tables
        if new:
            first = len(self._rows) + 1
            self._fill(self._known, new, first)
            self._rows.update({word: n for n, word in enumerate(new, first)})
        return [self._rows[word] for word in words], self._known

    def _empty(self, count: int) -> tuple[Floats, ...]:
        """Tables for so many words and for none."""
        widths = (self._mix.width, *(part.shape[1] for part in self._shares))
        return tuple(np.zeros((count + 1, width), dtype=np.float32) for width in widths)

    def _fill(self, tables: Sequence[Floats], words: Sequence[str], first: int) -> None:
        """Work words out, each for itself: what other words come with it changes no bit."""
        vectors = self._embed(words)
        tables[0][first : first + len(words)] = vectors
        for table, share in zip(tables[1:], self._shares, strict=True):
            for n, vector in enumerate(vectors, first):
                table[n] = vector @ share

    def _embed(self, words: Sequence[str]) -> Floats:
        """The vectors of words, each worked out for itself: what other words come with it changes no bit."""
        from spacy.tokens import Doc

        value: Any = [Doc(self._vocab, words=words)]
        for part in self._hashes:
            value = part.predict(value)
        linear = np.stack([row @ self._mix.weights for row in value.dataXd])
        return self._mix.finish(linear)
