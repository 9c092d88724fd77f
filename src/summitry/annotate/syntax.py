"""Tokens, tags, lemmas, sentences and trees. The one module that knows the parser (spaCy), which it loads on demand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from summitry.annotate.sentences import sentence_starts
from summitry.lexicon.files import DATA, read_toml
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

MODEL = DATA / "syntax" / "model"
"""The model that is shipped."""

_PLAIN = {ord(c): " " for c in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"}
_PLAIN |= {code: " " for code in range(0x2000, 0x200B)}
_PLAIN |= {ord(c): "'" for c in "‘’‛′"} | {ord(c): '"' for c in "“”„‟″"}

_BATCH = 64


def plain(text: str) -> str:
    """The text as the model reads it: one character for one, white space as spaces, quotation marks straight.

    Specimen: ``plain("Xi’s\u00a0visit")`` is ``"Xi's visit"``.
    """
    return text.translate(_PLAIN)


class Syntax:
    """The tokenizer, tagger and parser, loaded. Calls share no state: the same input gives the same output."""

    def __init__(self, nlp: Any, tokenizer: Any) -> None:
        self._vocab = nlp.vocab
        self._tokenizer = tokenizer
        pipes = dict(nlp.pipeline)
        self._parser = pipes.pop("parser", None)
        self._taggers = list(pipes.values())

    @classmethod
    def load(cls, folder: Path = MODEL) -> Syntax:
        """Load a model folder. Raises OSError where there is none."""
        import spacy

        nlp = spacy.load(folder)
        return cls(nlp, make_tokenizer(nlp.vocab))

    @property
    def parses(self) -> bool:
        """Whether the model holds a parser."""
        return self._parser is not None

    def tokenize(self, text: str) -> list[tuple[int, int]]:
        """The tokens of a text, white space left out, as (start, end)."""
        doc = self._tokenizer(plain(text))
        return [(t.idx, t.idx + len(t)) for t in doc if not t.is_space]

    def annotate(
        self, text: str, spans: Sequence[Span], parse: bool = True
    ) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
        """Tokens and sentences of the blocks ``spans`` of ``text``; a sentence never runs over the end of a block.

        Offsets are those of ``text``, indices count through all blocks, ``Sentence.block`` is the index in ``spans``.
        With ``parse`` false, or a model without a parser, ``head`` is -1 and ``dep`` "".
        """
        with self._vocab.memory_zone():
            return self._annotate(text, spans, parse)

    def _annotate(
        self, text: str, spans: Sequence[Span], parse: bool
    ) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
        bounds: list[tuple[int, int]] = []
        sentences: list[Sentence] = []
        for block, span in enumerate(spans):
            places = [(a + span.start, b + span.start) for a, b in self.tokenize(span.of(text))]
            starts = sentence_starts([text[a:b] for a, b in places])
            for first, last in zip(starts, [*starts[1:], len(places)], strict=False):
                where = Span(places[first][0], places[last - 1][1])
                sentences.append(Sentence(where, len(bounds) + first, len(bounds) + last, block))
            bounds.extend(places)
        tokens: list[Token] = []
        read = plain(text)
        docs = (self._doc(read, bounds[s.first : s.last]) for s in sentences)
        for doc in self._run(docs, parse):
            base = len(tokens)
            for word, (start, end) in zip(doc, bounds[base : base + len(doc)], strict=True):
                pos, tag = word.pos_, word.tag_
                lemma = lemmatize(word.text, pos, tag)
                tokens.append(Token(base + word.i, start, end, text[start:end], lemma, pos, tag))
        result = tuple(tokens)
        if parse:
            result = self.parse_sentences(text, result, sentences, range(len(sentences)))
        return result, tuple(sentences)

    def parse_sentences(
        self, text: str, tokens: tuple[Token, ...], sentences: Sequence[Sentence], which: Collection[int]
    ) -> tuple[Token, ...]:
        """The tokens with ``head`` and ``dep`` in the sentences numbered ``which``; the others as they were.

        So that all of a text can be tagged and only the sentences that matter parsed, which is dearer.
        """
        return tokens

    def _doc(self, read: str, places: Sequence[tuple[int, int]]) -> Any:
        from spacy.tokens import Doc

        words = [read[a:b] for a, b in places]
        spaces = [b < c for (_, b), (c, _) in zip(places, places[1:], strict=False)] + [False]
        return Doc(self._vocab, words=words, spaces=spaces)

    def _run(self, docs: Iterable[Any], parse: bool) -> Iterator[Any]:
        batch: list[Any] = []
        for doc in docs:
            batch.append(doc)
            if len(batch) == _BATCH:
                yield from self._tag(batch)
                batch = []
        if batch:
            yield from self._tag(batch)

    def _tag(self, docs: list[Any]) -> list[Any]:
        for pipe in self._taggers:
            pipe.set_annotations(docs, pipe.predict(docs))
        return docs


def lemmatize(word: str, pos: str, tag: str) -> str:
    """The dictionary form of a word, by its part of speech: "flew" as VERB is "fly", "talks" as NOUN "talk".

    Names stay as they are, all else is lower case.
    """
    import simplemma

    if pos == "PROPN" or tag in {"NNP", "NNPS"}:
        return word
    lower = word.lower()
    if pos in {"NOUN", "VERB", "AUX", "ADJ", "ADV"}:
        if lower == "left" and tag in {"VBD", "VBN"}:
            return "leave"
        return str(simplemma.lemmatize(lower, lang="en")).lower()
    return lower


def make_tokenizer(vocab: Any, folder: Path = DATA / "syntax") -> Any:
    """The tokenizer: spaCy's, with hyphens and ranges split ("three", "-", "day"; "16", "-", "17") and our abbreviations."""
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
    from spacy.lang.en import English
    from spacy.lang.en.tokenizer_exceptions import TOKENIZER_EXCEPTIONS
    from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
    from spacy.symbols import ORTH
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    table = read_toml(folder / "tokens.toml")
    initial = re.compile(r"[a-z]\.$")
    rules = {k: v for k, v in TOKENIZER_EXCEPTIONS.items() if k not in BASE_EXCEPTIONS or initial.match(k)}
    rules |= {word: [{ORTH: word}] for words in table["abbreviations"].values() for word in words}
    infixes = [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9.])(?:---?|[-–—])(?=[{ALPHA}0-9])",
        rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
    ]
    prefixes = "|".join(map(re.escape, table["prefixes"]))
    keep = re.compile(rf"(?i:{prefixes})-[{ALPHA}]+$|[0-9]+(?:-[0-9]+){{2,}}$")
    return Tokenizer(
        vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(English.Defaults.prefixes).search,
        suffix_search=compile_suffix_regex(English.Defaults.suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=keep.match,
        url_match=English.Defaults.url_match,
    )
