"""Tokens for hand-written sentences: words with the tags that a small list gives, so that no model is loaded."""

from __future__ import annotations

import re
from itertools import pairwise

from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

_TAGS = {
    "will": "MD", "would": "MD", "may": "MD", "is": "VBZ", "are": "VBP", "was": "VBD", "were": "VBD", "has": "VBZ",
    "have": "VBP", "had": "VBD", "been": "VBN", "be": "VB", "to": "TO", "not": "RB", "the": "DT", "a": "DT", "an": "DT",
    "on": "IN", "in": "IN", "at": "IN", "for": "IN", "by": "IN", "of": "IN", "and": "CC", "he": "PRP", "she": "PRP",
    "they": "PRP", "it": "PRP", "we": "PRP", "his": "PRP$", "her": "PRP$", "before": "IN", "after": "IN",
}  # fmt: skip
_VERBS = {
    "VBD": "arrived met left said told flew went came spoke opened began ended visited signed announced planned landed dined "
    "lost rose sat resigned held ran won toured vowed travelled hosted wrote fell took lasted",
    "VB": "arrive meet leave fly go come speak open begin end visit sign travel attend host land dine rest march stay run tour "
    "return receive hold expect see",
    "VBZ": "arrives meets leaves flies goes comes opens begins ends visits travels lands starts says plans tours expects",
    "VBP": "fall spring talk plan expect",
    "VBN": "scheduled founded settled expected cancelled invited postponed due",
    "VBG": "arriving starting visiting leaving meeting travelling beginning",
}
_TAGS |= {word: tag for tag, words in _VERBS.items() for word in words.split()}
_LEMMAS = {
    "planned": "plan", "postponed": "postpone",
    "plans": "plan", "expected": "expect", "expects": "expect", "scheduled": "schedule",
    "invited": "invite", "lasted": "last", "vowed": "vow", "flew": "fly", "went": "go", "came": "come",
}  # fmt: skip


def tagged(text: str) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
    """Tokens and sentences of a line of text; a sentence ends with a point before a capital."""
    tokens: list[Token] = []
    for i, m in enumerate(re.finditer(r"\w+(?:\.(?=\w)\w+)*|[^\w\s]", text)):
        word = m.group()
        tag = _TAGS.get(word) or (_TAGS.get(word.lower()) if i == 0 else None)
        tag = tag or ("CD" if word.isdigit() else "NNP" if word[0].isupper() else "NN" if word[0].isalpha() else ".")
        if (
            tag[:2] == "VB"
            and tokens
            and (tokens[-1].tag in ("DT", "IN", "PRP$") or tokens[-1].text in ("next", "last"))
        ):
            tag = "NN"
        lemma = _LEMMAS.get(word.lower(), word.lower().removesuffix("s") if tag == "VBZ" else word.lower())
        tokens.append(Token(i, m.start(), m.end(), word, lemma, "", tag))
    cuts = [0]
    for a, b in pairwise(tokens):
        if a.text in "!?" or (a.text == "." and b.text[0].isupper() and tokens[a.i - 1].text not in _SHORT):
            cuts.append(b.i)
    sentences = []
    for first, last in zip(cuts, [*cuts[1:], len(tokens)], strict=True):
        if first < last:
            sentences.append(Sentence(Span(tokens[first].start, tokens[last - 1].end), first, last, 0))
    return tuple(tokens), tuple(sentences)


_SHORT = {"Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Mr", "Mrs", "p", "m", "a"}
