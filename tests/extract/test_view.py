"""A sentence laid out as units: which words become people, places and times, and how words are looked for in it."""

import pytest

from summitry.extract.view import View
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import Article, Block, Published, Role
from summitry.model.entities import PersonMention, PlaceKind, PlaceMention
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token
from summitry.model.times import Timex, TimexType

WORDS = VisitWords.load()
FIRST = "His envoy Ann Lee held talks in Riga on Monday ."
SECOND = "A spokesman for Ann Lee said “ she left Oslo ” ."
TAGS = {"held": "VBD", "said": "VBD", "left": "VBD", "talks": "NNS", "A": "DT"}
LEMMAS = {"held": "hold", "said": "say", "left": "leave", "talks": "talk"}


def tokens_of(text):
    found, start = [], 0
    for i, word in enumerate(text.split(" ")):
        tag, lemma = TAGS.get(word, "NN"), LEMMAS.get(word, word.lower())
        found.append(Token(i, start, start + len(word), word, lemma, "", tag))
        start += len(word) + 1
    return tuple(found)


def views(*entities):
    """The two sentences as views. An entity is (kind, words, key or name, further fields); its first mention is meant."""
    text = f"{FIRST} {SECOND}"
    tokens, cut = tokens_of(text), len(FIRST.split(" "))
    people, places, times = [], [], []
    for kind, words, name, more in entities:
        span = Span(text.index(words), text.index(words) + len(words))
        if kind == "person":
            people.append(PersonMention(span, span, (name,), **{"form": "full", **more}))
        elif kind == "place":
            places.append(PlaceMention(span, name, PlaceKind.CITY, "LVA"))
        else:
            times.append(Timex(span, TimexType.DATE, name, None, "none", "weekday"))
    sentences = (
        Sentence(Span(0, len(FIRST)), 0, cut, 0),
        Sentence(Span(len(FIRST) + 1, len(text)), cut, len(tokens), 1),
    )
    blocks = (Block(sentences[0].span, Role.HEADLINE), Block(sentences[1].span, Role.BODY))
    article = Article("x", "x", text, blocks)
    read = Annotated(article, tokens, sentences, Published(), tuple(times), tuple(places), tuple(people), {})
    return [View(read, sentence, n, WORDS) for n, sentence in enumerate(sentences)]


def test_entities_are_units_of_the_sentence_in_which_they_stand():
    first, second = views(
        ("person", "Ann Lee", "lee", {}),
        ("person", "she", "lee", {"form": "pronoun"}),
        ("place", "Riga", "Riga", {}),
        ("place", "Oslo", "Oslo", {}),
        ("time", "Monday", "XXXX-WXX-1", {}),
    )
    assert [u.span.of(first.text) for u in first.units if u.kind != "word"] == ["Ann Lee", "Riga", "Monday"]
    assert [u.span.of(first.text) for u in second.units if u.kind != "word"] == ["she", "Oslo"]
    assert (list(first.people), list(first.places), list(first.times)) == ([2], [6], [8])
    assert (first.role, first.headline, second.role) == (Role.HEADLINE, True, Role.BODY)
    assert first.keys == second.keys == {"lee"}


def test_people_are_laid_over_places_and_the_longer_of_two_that_begin_together_is_taken():
    first, _ = views(
        ("person", "Ann Lee", "lee", {}), ("place", "Lee", "Lee", {}), ("person", "Ann", "ann", {"form": "short"})
    )
    assert [(u.kind, u.span.of(first.text)) for u in first.units[2:4]] == [("person", "Ann Lee"), ("word", "held")]


@pytest.mark.parametrize(("words", "kept"), [("envoy Ann Lee", False), ("Ann Lee", True)])
def test_his_right_before_a_person_is_a_determiner(words, kept):
    first, _ = views(("person", "His", "bo", {"form": "pronoun", "possessive": True}), ("person", words, "lee", {}))
    assert (first.kind(0) == "person") is kept
    assert ("bo" in first.keys) is kept


def test_who_speaks_for_a_person_is_not_the_person():
    _, second = views(("person", "spokesman for Ann Lee", "lee", {}))
    assert (second.kind(1), second.keys) == ("word", frozenset())


def test_words_are_found_as_they_stand_or_by_their_lemma():
    first, second = views(("place", "Riga", "Riga", {}))
    assert first.find(frozenset({"talk", "held", "riga"})) == [4, 5, 7]
    assert [first.lower(k) for k in first.find(frozenset({"talk"}))] == ["talks"]
    assert second.find(frozenset({"talk", "held"})) == []
    assert first.tells(frozenset({"hold"}))
    assert not second.tells(frozenset({"hold"}))
    assert (first.verbs, second.verbs) == ([4], [5, 8])


def test_units_that_begin_inside_a_span():
    first, _ = views(("person", "Ann Lee", "lee", {}))
    lee, talks = FIRST.index("Lee"), FIRST.index("talks")
    assert first.inside(Span(lee, talks + 1)) == range(3, 5)  # "Ann Lee" begins before the span
    assert first.inside(Span(lee, talks)) == range(3, 4)
    assert first.inside(Span(len(FIRST), len(FIRST) + 5)) == range(len(first), len(first))


def test_what_stands_between_quotation_marks_is_quoted():
    first, second = views()
    assert not any(first.quoted)
    assert len(first.quoted) == len(first)
    assert [second.lower(k) for k in range(len(second)) if second.quoted[k]] == ["she", "left", "oslo"]
