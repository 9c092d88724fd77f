"""Tokens, tags, lemmas, sentences and trees. The one module that knows the parser (spaCy), which it loads on demand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, repeat
from pathlib import Path
from typing import Any

from summitry.annotate.network import Network
from summitry.annotate.retag import retag
from summitry.annotate.sentences import TABLE, SentenceRules
from summitry.lexicon.files import DATA, read_table
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

MODEL = DATA / "syntax" / "model"
"""The model that is shipped."""

LEMMAS = "lemmas.csv"

_BARE = "summitry.bare.v1"

BATCH = 32
"""Sentences that go through the network at once. The cut depends on the text alone, so that results do."""

LONGEST = 400
"""Tokens of a sentence that the parser reads; a longer one (a table, a list without full stops) stays without a tree."""

_PLAIN = {ord(c): " " for c in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"}
_PLAIN |= dict.fromkeys(range(0x2000, 0x200B), " ")
_PLAIN |= {ord(c): "'" for c in "‘’‛′`´"} | {ord(c): '"' for c in "“”„‟″"}

STRETCHES, LONG_STRETCH = 50_000, 40
"""How many stretches between white space are remembered with their tokens (and how many words with their lemmas), and how long
such a stretch may be."""

LONGEST_STRETCH = 300
"""Characters without white space that are cut into tokens at once: the time grows with the square of their number."""

_STRETCH = re.compile(r"\S+")
_NAMES = frozenset({"NNP", "NNPS"})
_CHANGED = frozenset({"NNS", "VBD", "VBN", "VBG", "VBZ", "JJR", "JJS", "RBR", "RBS"})


def plain(text: str) -> str:
    """The text as the model reads it: one character for one, white space as spaces, quotation marks straight.

    Specimen: ``plain("Xi’s\u00a0visit")`` is ``"Xi's visit"``.
    """
    return text.translate(_PLAIN)


class Syntax:
    """The tokenizer, tagger and parser, loaded. Calls share no state: the same input gives the same output.

    Specimen: ``Syntax.load().annotate("Xi arrived. He left.", [Span(0, 20)])`` gives six tokens and two sentences.
    """

    def __init__(self, nlp: Any, rules: SentenceRules, lemmas: Lemmas) -> None:
        pipes = dict(nlp.pipeline)
        self._vocab = nlp.vocab
        self._tokenizer = make_tokenizer(nlp.vocab, rules)
        self._special = frozenset(self._tokenizer.rules)
        self._rules = rules
        self._lemmas = lemmas
        self._shared = pipes["tok2vec"]
        self._taggers = [pipes["tagger"], pipes["morphologizer"]]
        self._parser = pipes.get("parser")
        self._network = Network.of(nlp.vocab, self._shared, self._taggers)
        self._tags = [str(label) for label in self._taggers[0].labels]
        self._kinds = [str(label).removeprefix("POS=") for label in self._taggers[1].labels]
        self._pieces: dict[str, tuple[tuple[int, int], ...]] = {}
        self._said: dict[tuple[str, int, int], tuple[str, str, str]] = {}

    @classmethod
    def load(cls, folder: Path = MODEL, knowledge: Sequence[Path] = (DATA / "syntax",)) -> Syntax:
        """Load a model folder, with the tables ``tokens.toml`` and ``lemmas.csv`` of those knowledge folders that have them.

        Raises OSError where there is no model, KnowledgeError where a table is wrong.
        """
        import spacy
        from spacy.attrs import IDS
        from spacy.tokenizer import Tokenizer

        # The tokens are made by the rules of the house; spaCy would build its own tokenizer for English beside them.
        spacy.registry.tokenizers.register(_BARE, func=lambda: lambda nlp: Tokenizer(nlp.vocab))
        bare = {"nlp": {"tokenizer": {"@tokenizers": _BARE}}}
        tables = [f / LEMMAS for f in (folder, *knowledge) if (f / LEMMAS).exists()]
        folders = [f for f in knowledge if (f / TABLE).exists()]
        nlp = spacy.load(folder, exclude=["tokenizer"], config=bare)
        # A word is made anew in every report, with no more worked out of it than the network looks at.
        used = {IDS[name] for name in (*nlp.config["components"]["tok2vec"]["model"]["embed"]["attrs"], "IS_SPACE")}
        nlp.vocab.lex_attr_getters = {attr: of for attr, of in nlp.vocab.lex_attr_getters.items() if attr in used}
        return cls(nlp, SentenceRules.load(*folders), Lemmas.load(*tables))

    @property
    def parses(self) -> bool:
        """Whether the model holds a parser."""
        return self._parser is not None

    def tokenize(self, text: str) -> list[tuple[int, int]]:
        """The tokens of a text as (start, end); white space is left out."""
        with self._vocab.memory_zone():
            return self._tokenize(text)

    def annotate(
        self, text: str, spans: Sequence[Span], parse: bool = True, whole: Collection[int] = ()
    ) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
        """Tokens and sentences of the blocks ``spans`` of ``text``; a sentence never runs over the end of a block.

        Offsets are those of ``text``, indices count through all blocks, ``Sentence.block`` is the index in ``spans``. The
        blocks numbered in ``whole`` (headlines) are one sentence each. With ``parse`` false, or a model without a parser,
        ``head`` is -1 and ``dep`` "".
        """
        with self._vocab.memory_zone():
            bounds, sentences = self._split(text, spans, frozenset(whole))
            tokens = retag(self._tag(text, bounds, sentences, parse), sentences, self._rules)
            return tokens, tuple(sentences)

    def annotate_tokens(
        self, text: str, places: Sequence[Sequence[tuple[int, int]]], parse: bool = True
    ) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
        """The same where the tokens of each sentence are known, as (start, end): to compare with a treebank."""
        bounds = [place for sentence in places for place in sentence]
        ends = list(accumulate(map(len, places), initial=0))
        sentences = [Sentence(Span(bounds[a][0], bounds[b - 1][1]), a, b, 0) for a, b in pairwise(ends)]
        with self._vocab.memory_zone():
            return self._tag(text, bounds, sentences, parse), tuple(sentences)

    def parse_sentences(
        self, text: str, tokens: tuple[Token, ...], sentences: Sequence[Sentence], which: Collection[int]
    ) -> tuple[Token, ...]:
        """The tokens with ``head`` and ``dep`` in the sentences numbered ``which``; the others as they were.

        So that all of a text can be tagged and only the sentences that matter parsed, which is dearer. A sentence gets the
        same tree whichever others are parsed with it. Sentences longer than LONGEST tokens stay without a tree.
        """
        if self._parser is None:
            return tokens
        chosen = [s for n, s in enumerate(sentences) if n in frozenset(which) and s.last - s.first <= LONGEST]
        result = list(tokens)
        bounds = [(t.start, t.end) for t in tokens]
        with self._vocab.memory_zone():
            for part in _batches(chosen):
                docs = self._docs(text, bounds, part)
                for pipe in (self._shared, self._parser):
                    pipe.set_annotations(docs, pipe.predict(docs))
                for sentence, doc in zip(part, docs, strict=True):
                    for i, (head, dep) in enumerate(_tree(doc, sentence.first), sentence.first):
                        t = tokens[i]
                        result[i] = Token(i, t.start, t.end, t.text, t.lemma, t.pos, t.tag, head, dep)
        return tuple(result)

    def _tokenize(self, text: str) -> list[tuple[int, int]]:
        """The tokens, stretch by stretch between white space: how one is cut depends on it alone, so that is kept."""
        found: list[tuple[int, int]] = []
        known = self._pieces
        for stretch in _STRETCH.finditer(plain(text)):
            word, at = stretch[0], stretch.start()
            pieces = known.get(word)
            if pieces is None:
                if len(known) >= STRETCHES:
                    known.clear()
                pieces = self._cut(word)
                if len(word) <= LONG_STRETCH:
                    known[word] = pieces
            if len(pieces) == 1:
                found.append((at + pieces[0][0], at + pieces[0][1]))
            else:
                found += [(at + a, at + b) for a, b in pieces]
        return found

    def _cut(self, word: str) -> tuple[tuple[int, int], ...]:
        """The tokens of a stretch without white space. Plain letters, with or without a closing mark, need no rules."""
        mark = word[-1:] == "," or (word[-1:] == "." and word[-2:-1].islower())  # "U.S.", "X." have rules
        letters = word[:-1] if mark else word
        if letters.isascii() and letters.isalpha() and letters not in self._special and word not in self._special:
            return ((0, len(letters)), (len(letters), len(word))) if mark else ((0, len(word)),)
        starts = range(0, len(word), LONGEST_STRETCH)
        pieces = ((start, self._tokenizer(word[start : start + LONGEST_STRETCH])) for start in starts)
        return tuple((at + t.idx, at + t.idx + len(t)) for at, doc in pieces for t in doc if not t.is_space)

    def _split(
        self, text: str, spans: Sequence[Span], whole: frozenset[int]
    ) -> tuple[list[tuple[int, int]], list[Sentence]]:
        bounds: list[tuple[int, int]] = []
        sentences: list[Sentence] = []
        for block, span in enumerate(spans):
            places = [(a + span.start, b + span.start) for a, b in self._tokenize(span.of(text))]
            if not places:
                continue
            starts = [0]
            if block not in whole:
                spaced = [True, *(b < c for (_, b), (c, _) in pairwise(places))]
                words = [plain(text[a:b]) if b - a == 1 else text[a:b] for a, b in places]
                starts = self._rules.starts(words, spaced)
            base = len(bounds)
            for first, last in pairwise([*starts, len(places)]):
                where = Span(places[first][0], places[last - 1][1])
                sentences.append(Sentence(where, base + first, base + last, block))
            bounds.extend(places)
        return bounds, sentences

    def _docs(self, text: str, bounds: Sequence[tuple[int, int]], sentences: Sequence[Sentence]) -> list[Any]:
        """The sentences as documents of the network."""
        from spacy.tokens import Doc

        rows = [[plain(text[a:b]) for a, b in bounds[s.first : s.last]] for s in sentences]
        return [Doc(self._vocab, words=row) for row in self._named(rows)]

    def _named(self, sentences: list[list[str]]) -> list[list[str]]:
        """The words of sentences as the network reads them: another name for one that looks like a modal verb.

        Specimen: of "Theresa May said on Monday" the network reads "Theresa Smith said on Monday". Where a text has such
        a name, it is one also at the head of a sentence: "May will go".
        """
        names = self._rules.modal_names
        spots = [(row, i, w) for row in sentences if not names.isdisjoint(row) for i, w in enumerate(row) if w in names]
        sure = [(row, i) for row, i, _ in spots if self._is_name(row, i)]
        if not sure:
            return sentences
        told = {row[i] for row, i in sure}
        heads = [(row, i) for row, i, w in spots if w in told and i + 1 < len(row) and self._heads(row, i)]
        out = {id(row): list(row) for row, _, _ in spots}
        for row, i in (*sure, *heads):
            out[id(row)][i] = min(self._rules.stand_in)
        return [out.get(id(row), row) for row in sentences]

    @staticmethod
    def _heads(words: list[str], i: int) -> bool:
        """Whether a word stands first, or behind a mark, with a small word after it."""
        return (i == 0 or not words[i - 1][:1].isalnum()) and words[i + 1][:1].islower()

    def _is_name(self, words: list[str], i: int) -> bool:
        """Whether "May" is a person: behind another name or a title, no day and no headline beside it."""
        before, after = words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
        if after[:1].isdigit() or before[:1].isdigit() or after[:1].isupper():
            return False  # "May 5", "5 May", a headline in title case
        return len(before) > 1 and before[:1].isupper() and before not in self._rules.starters

    def _tag(
        self, text: str, bounds: Sequence[tuple[int, int]], sentences: Sequence[Sentence], parse: bool
    ) -> tuple[Token, ...]:
        if self._network is not None and not parse:
            return self._tag_fast(text, bounds, sentences, self._network)
        tokens: list[Token] = []
        for part in _batches(sentences):
            docs = self._docs(text, bounds, part)
            for pipe in (self._shared, *self._taggers):
                pipe.set_annotations(docs, pipe.predict(docs))
            if parse and self._parser is not None and (short := [doc for doc in docs if len(doc) <= LONGEST]):
                self._parser.set_annotations(short, self._parser.predict(short))
            for doc in docs:
                trees = _tree(doc, len(tokens)) if doc.has_annotation("DEP") else repeat((-1, ""))
                for word, (head, dep) in zip(doc, trees, strict=False):
                    i = len(tokens)
                    (start, end), pos, tag = bounds[i], word.pos_, word.tag_
                    lemma = self._lemmas.of(word.text, pos, tag)
                    tokens.append(Token(i, start, end, text[start:end], lemma, pos, tag, head, dep))
        return tuple(tokens)

    def _tag_fast(
        self, text: str, bounds: Sequence[tuple[int, int]], sentences: Sequence[Sentence], network: Network
    ) -> tuple[Token, ...]:
        clean = plain(text)
        words = [clean[a:b] for a, b in bounds]
        classes = network(self._named([words[s.first : s.last] for s in sentences]))
        known = self._said
        if len(known) > STRETCHES:
            known.clear()
        tokens: list[Token] = []
        for i, ((a, b), word, tag, kind) in enumerate(zip(bounds, words, *classes, strict=True)):
            told = known.get((word, tag, kind))
            if told is None:
                names = self._kinds[kind], self._tags[tag]
                told = known[word, tag, kind] = (self._lemmas.of(word, *names), *names)
            tokens.append(Token(i, a, b, text[a:b], *told))
        return tuple(tokens)


def _batches(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    return (sentences[n : n + BATCH] for n in range(0, len(sentences), BATCH))


def _tree(doc: Any, first: int) -> Iterator[tuple[int, str]]:
    """Head and relation of each word of a parsed document whose first word is token ``first``."""
    return ((first + word.head.i, "root" if word.dep_ == "ROOT" else word.dep_) for word in doc)


class Lemmas:
    """Dictionary forms by word and tag: exceptions from a table, then the library's dictionary.

    Specimen: ``Lemmas.load().of("flew", "VERB", "VBD")`` is "fly".
    """

    def __init__(self, table: dict[tuple[str, str], str]) -> None:
        self._table = table

    @classmethod
    def load(cls, *paths: Path) -> Lemmas:
        """Read tables of form, tag and lemma, later ones win; those of the shipped model by default. Raises KnowledgeError."""
        table: dict[tuple[str, str], str] = {}
        for path in paths or (MODEL / LEMMAS, DATA / "syntax" / LEMMAS):
            for row in read_table(path, ("form", "tag", "lemma")):
                table[row["form"], row["tag"]] = row["lemma"]
        return cls(table)

    def of(self, word: str, pos: str, tag: str) -> str:
        """The lemma. Names stay as they are, all else is in small letters; what is no changed form is its own lemma."""
        if tag in _NAMES or pos == "PROPN":
            return word
        lower = word.lower()
        known = self._table.get((lower, tag))
        if known is not None:
            return known
        return guess_lemma(lower, tag)


@lru_cache(maxsize=50_000)
def guess_lemma(lower: str, tag: str) -> str:
    """The lemma of a word that no table of exceptions knows, by the dictionary of simplemma and the tag."""
    if tag not in _CHANGED:
        return lower
    import simplemma

    found = str(simplemma.lemmatize(lower, lang="en")).lower()
    ending = {"VBG": "ing", "VBD": "ed", "VBN": "ed", "NNS": "s"}.get(tag, "")
    if found != lower or not ending or not lower.endswith(ending):
        return found
    stem = lower.removesuffix(ending)
    tries = (stem,) if tag == "NNS" else (stem + "e", stem, stem[:-1])
    return next((t for t in tries if len(t) > 2 and simplemma.is_known(t, lang="en")), found)


def make_tokenizer(vocab: Any, rules: SentenceRules) -> Any:
    """The tokenizer: spaCy's for English with the rules of the house.

    Hyphens and dashes between letters or digits are tokens ("three", "-", "day"; "16", "-", "17"; "al", "-", "Sharif"),
    except after a prefix ("re-elected") and in chains of numbers ("2006-11-21"). Possessives, contractions and closing
    marks are split off; abbreviations and initials keep their full stop. There are no emoticons: "8)" is two tokens.
    """
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
    from spacy.lang.en import English
    from spacy.lang.en.tokenizer_exceptions import TOKENIZER_EXCEPTIONS
    from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
    from spacy.symbols import ORTH
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    initial = re.compile(r"[a-z]\.$")
    known = {k: v for k, v in TOKENIZER_EXCEPTIONS.items() if k not in BASE_EXCEPTIONS or initial.match(k)}
    known |= {word: [{ORTH: word}] for word in sorted(rules.abbreviations)}
    infixes = [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9.,)\]])(?:---?|[-–—])(?=[{ALPHA}0-9\"'$(])",
        rf"(?<=[{ALPHA}0-9])[(\[](?=[{ALPHA}0-9])",
        rf"(?<=[{ALPHA}0-9])[:;<>=/](?=[{ALPHA}])",
    ]
    prefixes = "|".join(map(re.escape, sorted(rules.prefixes)))
    keep = re.compile(rf"(?i:{prefixes})-[{ALPHA}]+$|[0-9]+(?:-[0-9]+){{2,}}$")
    return Tokenizer(
        vocab,
        rules=known,
        prefix_search=compile_prefix_regex(
            [r"[=*_~#]{3,}", r"-{4,}", *English.Defaults.prefixes, r"--?-?(?=\w)"]
        ).search,
        suffix_search=compile_suffix_regex(
            [*English.Defaults.suffixes, r"[!?]{2,}", r"[=*_~#]{3,}", r"-{4,}", r"(?<=[\w)\]\".])--?-?"]
        ).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=keep.match,
        url_match=English.Defaults.url_match,
    )
