"""Questions about offices in words: "foreign minister of China", "Elbonian president", or a person's name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from summitry.lexicon.countries import Countries
from summitry.lexicon.offices import fold, split_phrase
from summitry.lexicon.people import People
from summitry.lexicon.phrases import PhraseIndex
from summitry.model.dates import DateRange
from summitry.model.entities import Tenure


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks: an office of a country or body, or (``office`` None) what a person held."""

    words: str
    office: str | None = None
    country: str | None = None


def understand(text: str, people: People, countries: Countries) -> Question:
    """Read a question. The longest title in it is the office; a name, adjective or code of a country or body the country.

    Specimen: ``understand("foreign minister of China", ...)`` is ``Question(..., "foreign_minister", "CHN")``.
    """
    words = split_phrase(text.strip(" ?.!"))
    country, where = _country(text, words, people, countries)
    hits = []
    for i in range(len(words)):
        hit = people.offices.titles.at(words, i)
        if hit and not where & set(range(i, hit[0])):
            hits.append((hit[0] - i, -i, hit[1]))
    if not hits:
        return Question(text, None, country)
    uses = [u.title for u in max(hits, key=lambda h: h[:2])[2]]
    fitting = [t for t in uses if country in t.only] or [t for t in uses if not t.only] or uses
    office = fitting[0].office
    return Question(text, office, country or fitting[0].country)


def answer(question: Question, people: People, on: dt.date | DateRange | None) -> list[Tenure]:
    """The tenures that answer a question, by start: of the office on the day, or of the person."""
    if question.office is None or question.country is None:
        found = people.by_name(question.words)
        return [t for t in found if on is None or t in people.held(t.person, on)]
    leading = question.office == "leader"
    codes = people.offices.leading(question.country)[:1] if leading else people.offices.holders(question.office)
    others: list[Tenure] = []
    for code in codes:
        rows = people.holders(code, question.country, on)
        if code == "head_of_body":
            pairs = people.office_holders(code, question.country, on)
            rows = [t for t, _ in people.titled(pairs, question.country, split_phrase(question.words))] if pairs else []
        fits = [t for t in rows if leading or people.means(t) == question.office]
        if fits:
            return fits
        others = others or rows
    return others


def _country(text: str, words: tuple[str, ...], people: People, countries: Countries) -> tuple[str | None, set[int]]:
    """The country or body that a question names, and the words that do so."""
    forms: list[tuple[tuple[str, ...], str]] = []
    for country in countries:
        forms.extend((split_phrase(form.text), country.code) for form in country.forms if len(form.text) > 1)
        forms.extend((split_phrase(name), country.code) for name in (country.name, country.official))
    index = PhraseIndex([(w, code) for w, code in forms if w])
    bodies = people.offices.body_index
    for i, word in enumerate(words):
        hit = bodies.at(words, i)
        if hit:
            return hit[1][0].key, set(range(i, hit[0]))
        found = index.at(words, i)
        if found:
            return found[1][0], set(range(i, found[0]))
        if len(word) == 3 and fold(word) == word and word.upper() in text.split() and countries.get(word.upper()):
            return word.upper(), {i}
    return None, set()
