"""What "the country", "the city", "our country" and "there" mean: a country told before, and not the visitor's own."""

from __future__ import annotations

from summitry.extract.view import View
from summitry.model.entities import PlaceKind, PlaceMention
from summitry.model.spans import Span

BACK = 2
"""Sentences before in which the place may have been told."""

WORD = 12
"""Characters before a place in which a preposition may stand."""


def ours(view: View, visitor: str, here: str | None) -> str | None:
    """ "Our country": that of the dateline, else of whoever else the sentence names; None where it is the visitor's own."""
    annotated = view.annotated
    own = annotated.people[visitor].country
    speakers = [p for u in view.units if (m := getattr(u.ref, "people", None)) for p in m]
    homes = [annotated.people[p].country for p in speakers if p != visitor]
    country = here or next((c for c in homes if c not in {None, own}), None)
    return country if country != own else None


def meant(view: View, span: Span, own: str | None, told: str | None, others: tuple[str | None, ...]) -> str | None:
    """The nearest country told before ``span``; for "the city" that of a city, for "there" first that of the visit told last.

    ``own`` is the visitor's country, ``told`` the host of a visit told just before, ``others`` what is tried last, in order.
    """
    near = _before(view, span, own)
    word = span.of(view.annotated.article.text).lower()
    if word in view.words.of("function", "there"):
        start = view.annotated.sentences[view.number].span.start
        here = [p for p in near if p.span.start >= start and not p.adjective]
        if not here and told is not None and not (near and _led_to(view, near[-1])):
            return told  # "is due in Riga for talks about Syria. He will speak there", and his host is at home there
    if word in view.words.of("place_nouns", "city"):
        near = [p for p in near if p.kind is PlaceKind.CITY] or near
    near = [p for p in near if not p.adjective] or near
    return near[-1].country if near else next((c for c in others if c != own), None)


def _led_to(view: View, place: PlaceMention) -> bool:
    """Whether a preposition of place stands before a place: "came from Riga"; "about Syria" has none."""
    start = place.span.start
    before = view.annotated.article.text[max(0, start - WORD) : start].split()
    return bool(before) and before[-1].lower() in view.words.of("function", "local")


def _before(view: View, span: Span, own: str | None) -> list[PlaceMention]:
    """The foreign places told before a span, here and in the sentences before; none that owns something."""
    annotated = view.annotated
    lowest = annotated.sentences[max(0, view.number - BACK)].span.start
    near = [p for p in annotated.places if lowest <= p.span.start < span.start and p.country not in {None, own}]
    marks = tuple(view.words.of("function", "possessive"))
    text = annotated.article.text
    return [p for p in near if p.kind is not PlaceKind.BODY and not text.startswith(marks, p.span.end)]
