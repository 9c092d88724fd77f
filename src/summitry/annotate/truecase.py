"""Headlines in capitals: give common words back their lower case, so that the tagger reads "Putin plans to visit China"."""

from __future__ import annotations

import re

from summitry.model.article import Article, Role

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

MOSTLY = 0.7
"""Share of capitalised words from which a headline counts as set in title case."""


def truecase(article: Article) -> str:
    """The text with common words of title-case headlines in lower case, of the same length in code points.

    A word is common if the body writes it in lower case, or if the dictionary knows it and the body never capitalises it
    inside a sentence. Specimen: "Putin Plans To Visit China" becomes "Putin plans to visit China".
    """
    shouted = [
        b for b in article.blocks if b.role in {Role.HEADLINE, Role.STANDFIRST} and _title(b.span.of(article.text))
    ]
    if not shouted:
        return article.text
    body = " ".join(b.span.of(article.text) for b in article.blocks if b.role is Role.BODY)
    lower = {w for w in _WORD.findall(body) if w.islower()}
    proper = {w.lower() for w in re.findall(r"(?<=[a-z,;] )([A-Z][^\W\d_]+)", body)}
    out = list(article.text)
    for block in shouted:
        words = list(_WORD.finditer(article.text, block.span.start, block.span.end))
        shouting = 2 * sum(match.group().isupper() for match in words) > len(words)
        for n, match in enumerate(words):
            word = match.group()
            small = word.lower()
            if n == 0 or len(small) != len(word) or not word[0].isupper() or small in proper:
                continue
            initial = len(word) == 1 and article.text[match.end() : match.end() + 1] == "."
            if initial or (len(word) > 1 and word.isupper() and not shouting):
                continue  # "U.S.", "US", "PM"
            if small in lower or _known(small):
                out[match.start() : match.end()] = small
    return "".join(out)


def _title(text: str) -> bool:
    """Whether a headline is set in title case. One that ends like a sentence is one: "She met Anna Prill and Kalle Ott."."""
    last = text.rstrip().rpartition(" ")[2]
    if last.endswith(".") and "." not in last[:-1]:
        return False
    words = [w for w in _WORD.findall(text) if len(w) > 3]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= MOSTLY * len(words)


def _known(word: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(word, lang="en"))
