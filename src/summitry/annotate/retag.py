"""Mend tags of verbs and nouns of one form by the words around them, after the tagger: transformations of tags (Brill 1995).

The tagger knows the form of a word, and three words on each side of it; that the clause has another verb, or none at all,
it cannot see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summitry.annotate.sentences import SentenceRules
from summitry.model.syntax import Sentence, Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBS = FINITE | {"VB", "VBG", "VBN"}
_CLAUSE = frozenset({",", ";", ":", "CC", "WDT", "WP", "WRB"})
"""Tags at which the clause of a subject may end."""
_OBJECT = frozenset({"DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "CD"})
_MODIFIERS = frozenset({"NN", "JJ", "HYPH", "CD"})


def retag(tokens: tuple[Token, ...], sentences: Sequence[Sentence], rules: SentenceRules) -> tuple[Token, ...]:
    """The tokens with the tags that the words around them deny set right.

    Specimen: in "The minister plans to leave Oslo" the network takes "plans" for a noun; it becomes VBZ.
    """
    mended = {i: tag for s in sentences for i, tag in _mended(tokens, s, rules)}
    if not mended:
        return tokens
    out = list(tokens)
    for i, tag in mended.items():
        pos = "NOUN" if tag.startswith("NN") else "VERB"
        out[i] = tokens[i]._replace(tag=tag, pos=pos)
    return tuple(out)


def _mended(tokens: Sequence[Token], s: Sentence, rules: SentenceRules) -> Iterator[tuple[int, str]]:
    for i in range(s.first + 1, s.last - 1):
        tag = tokens[i].tag
        if tag == "NNS" and tokens[i + 1].tag == "TO" and _only_verb(tokens, s, i):
            yield i, "VBZ"
        elif tag == "VBZ" and tokens[i].text in rules.plural_objects and _has_verb(tokens, s, i):
            yield i, "NNS"
        elif tag == "VBP" and tokens[i].text in rules.past_phrasal and tokens[i + 1].text in rules.adverbs:
            yield i, "VBD"  # "wound up a visit"
        elif tag == "VBN" and tokens[i - 1].text == "," and tokens[i + 1].tag in _OBJECT and _lacks_verb(tokens, s, i):
            yield i, "VBD"


def _only_verb(tokens: Sequence[Token], s: Sentence, i: int) -> bool:
    """Whether the subject right before "plans to leave" would have no finite verb, were it a noun."""
    if i + 2 >= s.last or tokens[i + 2].tag != "VB" or tokens[i - 1].tag not in {"NN", "NNP", "RB"}:
        return False
    for t in reversed(tokens[s.first : i]):
        if t.tag in VERBS or t.tag == "WP$" or (t.tag == "IN" and t.text not in {"of", "that"}):
            return False
        if t.tag in _CLAUSE or t.text == "that":
            break
    for t in tokens[i + 1 : s.last]:
        if t.tag in FINITE or t.tag == "VBN":
            return False  # "details of plans to leave emerged"
        if t.tag in _CLAUSE or t.tag == "IN":
            break
    return True


def _lacks_verb(tokens: Sequence[Token], s: Sentence, i: int) -> bool:
    """Whether a full sentence would have no verb, were its past a participle: "The minister, X, discussed trade with Y."."""
    named = tokens[i - 2].tag.startswith("NNP")
    return named and tokens[s.last - 1].text == "." and all(t.tag not in FINITE for t in tokens[s.first : s.last])


def _has_verb(tokens: Sequence[Token], s: Sentence, i: int) -> bool:
    """Whether nothing but bare modifiers stands between a verb and its object: "will pay state visits to"."""
    j = i - 1
    while j > s.first and tokens[j].tag in _MODIFIERS:
        j -= 1
    return j < i - 1 and tokens[j].tag in VERBS and tokens[j].lemma != "be"
