"""People in a report: names with their titles, offices, pronouns and plurals, each settled on who is meant.

``find_people`` is the whole of it. The steps: titles (``titles``), names (``names``), one person's mentions together and
who that is (``cast``), and what is said without a name (``references``).
"""

from __future__ import annotations

from collections.abc import Sequence

from summitry.annotate.people.cast import Cast
from summitry.annotate.people.names import NameFinder
from summitry.annotate.people.references import References
from summitry.annotate.people.titles import find_titles
from summitry.annotate.people.words import Words
from summitry.lexicon.people import People
from summitry.model.article import Article, Published
from summitry.model.entities import Person, PersonMention, PlaceMention
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

__all__ = ["find_people"]


def find_people(
    article: Article,
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    places: Sequence[PlaceMention],
    published: Published,
    people: People,
) -> tuple[tuple[PersonMention, ...], dict[str, Person]]:
    """Mentions in the order of the text, and the people whom they mean by key.

    The table of tenures is asked for the day, month or year of publication; where that is not known a name or office is
    settled by the table only if all its tenures agree. A mention that means nobody in particular is left out.
    """
    words = Words(tokens, sentences, places, people.offices)
    groups = find_titles(words, people.offices)
    found = NameFinder(words, groups, people).find()
    cast = Cast(words, people, published.value, _home(article, places))
    cast.gather(found)
    cast.identify()
    said = References(words, groups, cast, people).read()
    mentions: list[PersonMention] = []
    result: dict[str, Person] = {}
    for s in said:
        for actor in s.actors:
            if not actor.key:
                actor.key = f"p{len(result) + 1}"
                result[actor.key] = cast.portraits.person(actor)
        mentions.append(
            PersonMention(
                span=Span(tokens[s.first].start, tokens[s.last - 1].end),
                head=Span(tokens[s.head].start, tokens[s.tail - 1].end),
                people=tuple(actor.key for actor in s.actors),
                form=s.form,
                possessive=s.possessive,
                candidates=s.candidates or tuple(a.key for a in (*s.actors, *s.rivals) if s.rivals),
                rule=s.rule,
            )
        )
    return tuple(sorted(mentions, key=lambda m: (m.span, m.head))), result


def _home(article: Article, places: Sequence[PlaceMention]) -> str | None:
    """The country of the dateline, or None."""
    line = article.dateline
    if line is None or line.place is None:
        return None
    for place in places:
        if place.span.meets(line.place):
            return place.country
    return None
