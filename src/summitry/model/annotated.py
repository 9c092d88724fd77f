"""An article with all that was found in it: the input of extraction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summitry.model.article import Article, Published, Role
from summitry.model.entities import Person, PersonMention, PlaceMention
from summitry.model.syntax import Sentence, Token
from summitry.model.times import Timex


@dataclass(frozen=True, slots=True)
class Annotated:
    """Everything that annotation found, in the order of the text. ``published`` is the settled one (stated or inferred)."""

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    published: Published
    times: tuple[Timex, ...]
    places: tuple[PlaceMention, ...]
    mentions: tuple[PersonMention, ...]
    people: dict[str, Person]

    def role(self, sentence: Sentence) -> Role:
        """The role of the block in which the sentence stands."""
        start = sentence.span.start
        for block in self.article.blocks:
            if block.span.start <= start < block.span.end:
                return block.role
        return Role.BODY

    def words(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def quote(self, sentence: Sentence) -> str:
        """The sentence as it stands in the text."""
        return sentence.span.of(self.article.text)

    def named(self, mention: PersonMention) -> Iterator[Person]:
        """The people a mention means."""
        return (self.people[key] for key in mention.people)
