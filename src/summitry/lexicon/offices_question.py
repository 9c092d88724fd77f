"""Questions about offices in words: "foreign minister of China", "the former Elbonian president", or a person's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summitry.lexicon.countries import Countries
from summitry.lexicon.offices import fold, split_phrase
from summitry.lexicon.people import People, may_hold
from summitry.lexicon.phrases import PhraseIndex
from summitry.model.dates import DateRange
from summitry.model.entities import Tenure

_HIGHEST = ("head_of_state", "head_of_government", "foreign_minister")
"""What a country alone asks for."""

_OTHER_NAMES = 88
"""From this likeness on (0 to 100) a name is offered where one is not found. Below it, other people's are."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks: an office of a country or body, or (``office`` None) what a person held.

    ``name`` is what is left without forms of address and titles; ``former`` asks for those before the one in office.
    """

    words: str
    office: str | None = None
    country: str | None = None
    name: str = ""
    former: bool = False


def understand(text: str, people: People, countries: Countries) -> Question:
    """Read a question. The longest title in it is the office; a name, adjective or code of a country or body the country.

    Specimen: ``understand("foreign minister of China", ...)`` is ``Question(..., "foreign_minister", "CHN")``.
    """
    text = text.strip(" ?.!")
    words = split_phrase(text)
    lists = people.offices.words
    former = bool(set(words) & lists["modifiers"]["former"])
    country, where = _country(text, words, people, countries)
    titles = people.offices.titles
    hits = []
    # A title may hold the name of its body ("president of the European Council"), but no part of a name of its country.
    apart = tuple("" if i in where else word for i, word in enumerate(words))
    for i in range(len(words)):
        hit = titles.at(words, i)
        hit = hit if hit and where < set(range(i, hit[0])) else titles.at(apart, i)
        if hit:
            hits.append((hit[0] - i, -i, hit[1]))
    aside = lists["honorifics"]["m"] | lists["honorifics"]["f"] | lists["honorifics"]["any"]
    aside |= lists["modifiers"]["former"] | lists["modifiers"]["plain"] | lists["small"]["definite"] | _small(lists)
    if not hits:
        name = [w for i, w in enumerate(words) if w not in aside and i not in where]
        whole = people.find(text) or (name and not people.find(name))
        return Question(text, None, country, text if whole else " ".join(name), former)
    length, first, uses = max(hits, key=lambda h: h[:2])
    entries = [u.title for u in uses]
    fitting = [t for t in entries if country in t.only] or [t for t in entries if not t.only] or entries
    office, country = fitting[0].office, country or fitting[0].country
    taken = set(range(-first, length - first)) | where
    name = [w for i, w in enumerate(words) if i not in taken and w not in aside]
    if name and people.find(name) and not people.find(text):
        return Question(text, None, country, " ".join(name), former)
    if people.find(text):
        return Question(text, None, country, text, former)
    return Question(text, office, country, "", former)


def _small(lists: dict[str, dict[str, frozenset[str]]]) -> frozenset[str]:
    """Small words of a question that are no part of a name."""
    return lists["small"]["links"] | lists["small"]["asking"]


def answer(question: Question, people: People, on: dt.date | DateRange | None) -> list[Tenure]:
    """The tenures that answer a question, by start: of the office on the day, or of the person.

    Of a former holder: all tenures that had ended by the day, the latest first.
    """
    if question.office is None or question.country is None:
        if question.country is not None and not question.name:
            rows = (t for office in _HIGHEST for t in people.holders(office, question.country, on))
            return sorted(rows, key=_order)
        found = people.by_name(question.name or question.words)
        if question.country is not None:
            own = {question.country, *(c for c, s in people.successors.items() if s == question.country)}
            found = [t for t in found if t.country in own] or found
        return sorted((t for t in found if on is None or may_hold(t, on)), key=_order)
    if question.former and on is not None:
        last = on if isinstance(on, dt.date) else on.latest or dt.date.max
        now = {t.person for t in _holders(question, people, on)}
        gone = [t for t in _holders(question, people, None) if t.end is not None and t.end.last <= last]
        return sorted((t for t in gone if t.person not in now), key=_order, reverse=True)
    return _holders(question, people, on)


def _holders(question: Question, people: People, on: dt.date | DateRange | None) -> list[Tenure]:
    country = question.country or ""
    leading = question.office == "leader"
    codes = people.offices.leading(country)[:1] if leading else people.offices.holders(question.office or "")
    others: list[Tenure] = []
    for code in codes:
        rows = people.holders(code, country, on)
        if code == "head_of_body":
            pairs = people.office_holders(code, country, on)
            rows = [t for t, _ in people.titled(pairs, country, split_phrase(question.words))] if pairs else []
        fits = [t for t in rows if leading or people.means(t) == question.office]
        if fits:
            return fits
        others = others or rows
    return others


def neighbours(question: Question, people: People, on: dt.date | DateRange) -> list[Tenure]:
    """For an office that the table gives nobody for on a day: the last holder before and the first after, as far as known."""
    first, last = (on, on) if isinstance(on, dt.date) else (on.earliest or dt.date.min, on.latest or dt.date.max)
    rows = _holders(question, people, None) if question.office else people.by_name(question.name)
    before = [t for t in rows if t.end is not None and t.end.last < first]
    after = [t for t in rows if t.start is not None and t.start.first > last]
    return sorted(before, key=_order)[-1:] + sorted(after, key=_order)[:1]


def similar(name: str, people: People, limit: int = 5) -> tuple[str, ...]:
    """Names of the table that look like one that is not found, best first."""
    from rapidfuzz import fuzz, process, utils

    names = sorted({h.name for h in people.people})
    found = process.extract(
        name, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit, score_cutoff=_OTHER_NAMES
    )
    return tuple(n for n, _, _ in found)


def _order(tenure: Tenure) -> tuple[dt.date, str]:
    return tenure.start.first if tenure.start else dt.date.min, tenure.person


def _country(
    text: str, words: Sequence[str], people: People, countries: Countries
) -> tuple[str | None, frozenset[int] | set[int]]:
    """The country or body that a question names, and the words that do so."""
    gone = people.vanished(words)
    if gone is not None:
        return gone[0], set(range(gone[1], gone[2]))
    index = PhraseIndex(_forms(countries))
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
    return None, frozenset()


def _forms(countries: Countries) -> Iterable[tuple[tuple[str, ...], str]]:
    for country in countries:
        forms = [f.text for f in country.forms if len(f.text) > 1]
        for form in (*forms, country.name, country.official):
            if words := split_phrase(form):
                yield words, country.code
