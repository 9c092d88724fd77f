"""Places in an article: every mention with its country, chosen by context, and what is no place left out.

Works on the words of the text itself; the tagger's tags only refine. Three passes: names of the gazetteer and of sites are
found; what is a person, an outlet or a common word is left out; each name that is left gets one meaning.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from summitry.annotate.place_mentions import MentionWriter
from summitry.annotate.place_words import ADJECTIVES, SPACE, Found
from summitry.lexicon.places import Gazetteer, Place
from summitry.model.article import READ, Article, Role
from summitry.model.entities import PlaceKind, PlaceMention
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

_STATES = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


def find_places(
    article: Article, tokens: Sequence[Token], sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> tuple[PlaceMention, ...]:
    """All mentions of places in the read blocks and datelines, in the order of the text; none overlaps another.

    ``tokens`` may be empty: then no tags refine the reading. Specimen: in "He flew to Paris, Texas" the one mention
    is "Paris", a city of the country USA, settled by the rule "apposition".
    """
    reader = _Reader(article, tokens, sentences, gazetteer)
    return reader.mentions()


class _Reader(MentionWriter):
    """One article's reading: its words and the names found."""

    def __init__(
        self, article: Article, tokens: Sequence[Token], sentences: Sequence[Sentence], gazetteer: Gazetteer
    ) -> None:
        super().__init__(article.text, _zones(article), tokens, gazetteer)
        self.dateline = article.dateline.place if article.dateline else None
        self.bounds = [s.span.start for s in sentences]
        day = article.published.value.earliest if article.published.value else None
        self.earlier = gazetteer.earlier(day) if day else {}

    def mentions(self) -> tuple[PlaceMention, ...]:
        """The three passes, and the mentions that they leave."""
        self.scan()
        self.sites()
        self.appositions()
        self.persons = {self.word(f.i) for f in self.found if f.j - f.i == 1 and not f.adjective and self.is_person(f)}
        self.found = [f for f in self.found if self.keep(f)]
        self.settle()
        self.unknown_towns()
        self.named_towns()
        self.found.sort(key=lambda f: f.i)
        governed: set[int] = set()
        return tuple(self.mention(f, governed) for f in self.found if f.place is not None)

    def scan(self) -> None:
        """Names of the gazetteer, longest first."""
        begins, lower = self.gazetteer.begins, self.gazetteer.lower_starts
        text, words = self.text, self.words
        i = 0
        while i < len(words):
            start, _, w = words[i]
            if not begins(w) or not (text[start].isupper() or w in lower):
                i += 1
                continue
            hit = self.gazetteer.at(text, words, i)
            if hit is None:
                i += 1
                continue
            end, entry = hit
            if not entry.blocked:
                within = self.dateline is not None and self.dateline.start <= start < self.dateline.end
                self.found.append(Found(i, end, entry, entry.places, dateline=within))
            i = end

    def appositions(self) -> None:
        """A town with its country or state after it: "Paris, Texas", "Tripoli (Lebanon)"."""
        for f, g in pairwise(self.found):
            if g.i != f.j or self.gap(f.j - 1) not in {", ", " (", ",", " , ", " ( "}:
                continue
            wide = tuple(p for p in g.places if p.kind in _STATES and p.country and p.use not in ADJECTIVES)
            towns = tuple(p for p in f.places if p.kind is PlaceKind.CITY and any(p.country == w.country for w in wide))
            if not wide or f.site or any(p.kind is not PlaceKind.CITY for p in f.places):
                continue
            if towns:
                f.beside = towns
            elif wide[0].use == "abbreviation":
                # A small namesake that no table has: "Greenwich, Conn."
                f.beside = (Place(f.places[0].name, PlaceKind.CITY, wide[0].country),)

    # -- meanings --------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Give every name one meaning: the only one, the one an apposition tells, or the one the context speaks for."""
        for f in self.found:
            choices = f.beside or f.places
            codes = {(p.country, p.kind) for p in choices}
            if len(codes) == 1 and choices[0].country is not None:
                f.place, f.rule = choices[0], f.rule or ("apposition" if f.beside else "only")
        counts = self.countries()
        for k, f in enumerate(self.found):
            if f.place is not None:
                continue
            both = self.city_state(f)
            if both is not None:
                f.place, f.rule = both, "only"
            elif f.site or (len(f.places) == 1 and f.places[0].kind is PlaceKind.SITE):
                self.settle_site(k, f)
            elif len(f.places) == 1:
                f.place, f.rule = f.places[0], "only"
            else:
                self.choose(k, f, counts)

    def city_state(self, f: Found) -> Place | None:
        """A name of a country and of its one great city, as Singapore is: the city after "in" and "to", else the country."""
        country = next((p for p in f.places if p.kind is PlaceKind.COUNTRY), None)
        if country is None or f.beside:
            return None
        city = next((p for p in f.places if p.kind is PlaceKind.CITY and p.country == country.country), None)
        if city is None:
            return None
        if country.use == "either" and self.attributive(f, self.words[f.j - 1][1]):
            return country
        return city if city.weight >= self.cues.medium and self.lead(f.i) in self.cues["cues.locative"] else country

    def settle_site(self, k: int, f: Found) -> None:
        """A site without a country of its own takes that of the nearest place, the sentence's own places first."""
        place = f.places[0]
        near = self.near(k, f)
        f.place = Place(place.name, PlaceKind.SITE, place.country or near, use=place.use)
        f.rule = f.rule if f.site or near is None else "site-nearest"

    def near(self, k: int, f: Found) -> str | None:
        """The country of the nearest settled place of the sentence that is no adjective, else of the report's scene."""
        here = self.sentence(f.i)
        inside: tuple[int, str] | None = None
        around: tuple[int, str] | None = None
        for m in range(max(0, k - 8), min(len(self.found), k + 9)):
            g = self.found[m]
            p = g.place
            if g is f or p is None or p.country is None or p.kind is PlaceKind.BODY:
                continue
            far = abs(g.i - f.i) + (0 if g.i < f.i else 3)
            if p.use in ADJECTIVES or p.use == "either":
                around = min(around or (1000, ""), (far + 80, p.country))
            elif self.sentence(g.i) == here:
                inside = min(inside or (1000, ""), (far, p.country))
            else:
                around = min(around or (1000, ""), (far, p.country))
        if inside is not None:
            return inside[1]
        if f.site and self.word(f.j - 1) in self.cues["sites.weak"]:
            return None
        return self.scene() or (around[1] if around and around[0] < 160 else None)

    def scene(self) -> str | None:
        """The country where the report mostly is: whose towns it names most often, that of the dateline twice as often."""
        towns: Counter[str] = Counter()
        for f in self.found:
            if f.place is not None and f.place.kind is PlaceKind.CITY and f.place.country:
                local = f.dateline or self.lead(f.i) in self.cues["cues.locative"]
                towns[f.place.country] += 2 if local else 1
        ranked = towns.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    def sentence(self, i: int) -> int:
        """The number of the sentence that holds word ``i``."""
        return bisect_right(self.bounds, self.words[i][0])

    def choose(self, k: int, f: Found, counts: Counter[str]) -> None:
        """The meaning that size and context speak for: countries named in the report, and the nearest of them."""
        weigh = self.cues.weights
        near: dict[str, float] = {}
        here = self.sentence(f.i)
        for g in self.found[max(0, k - 6) : k + 7]:
            for p in g.places if g is not f else ():
                if p.country and len({q.country for q in g.places}) == 1:
                    close = weigh["same_sentence"] if self.sentence(g.i) == here else weigh["other_sentence"]
                    near[p.country] = max(near.get(p.country, 0.0), close)
        scored = []
        for order, p in enumerate(f.places):
            if p.kind is PlaceKind.CITY:
                score = weigh["size"] * max(0.0, math.log10(max(p.weight, 1)) - weigh["size_from"])
                score += weigh["capital"] * p.capital + weigh["own_table"] * (p.weight > p.size)
                score -= weigh["small"] * (p.weight < self.cues.medium) + weigh["order"] * order
            elif p.kind is PlaceKind.COUNTRY:
                score = weigh["country"] - weigh["order_country"] * order
                if self.word(f.j) == "s" and self.word(f.j + 1) in self.cues["cues.state_offices"]:
                    score += weigh["state_office"]
            else:
                score = weigh["other"] - weigh["order"] * order
            if p.country:
                score += near.get(p.country, 0.0)
                score += weigh["named"] * min(counts.get(p.country, 0), weigh["named_most"])
            scored.append((score, -order, p))
        scored.sort(key=lambda s: (-s[0], -s[1]))
        f.place = scored[0][2]
        f.others = tuple(
            dict.fromkeys(s[2].country for s in scored[1:] if s[2].country and s[2].country != f.place.country)
        )
        told = f.place.country is not None and (counts.get(f.place.country, 0) > 0 or f.place.country in near)
        f.rule = "context" if told else "size"

    def unknown_towns(self) -> None:
        """A town that no table knows, told by its country: "in Bocas del Toro, Panama"."""
        taken = {k for f in self.found for k in range(f.i, f.j)}
        extra: list[Found] = []
        for f in self.found:
            if not (f.place and f.place.kind in _STATES and f.place.country and not f.adjective):
                continue
            if f.i < 2 or self.gap(f.i - 1) not in {", ", " , "} or f.i - 1 in taken:
                continue
            if self.gap(f.j - 1)[:1] not in {",", ".", "\n", ")", ";"} and self.gap(f.j - 1)[:2] != " ,":
                continue
            i = f.i - 1
            while i > 1 and self.joined(i - 1) and i - 1 not in taken:
                if self.capital(i - 1):
                    i -= 1
                elif self.word(i - 1) in self.cues["sites.inside"] and self.capital(i - 2) and self.joined(i - 2):
                    i -= 2
                else:
                    break
            if not self.capital(i) or f.i - i > 4 or self.before(i) not in self.cues["cues.strict_prepositions"]:
                continue
            if any(self.word(k) in self.cues["names.months"] or k in taken for k in range(i, f.i)):
                continue
            name = SPACE.sub(" ", self.text[self.words[i][0] : self.words[f.i - 1][1]])
            place = Place(name, PlaceKind.CITY, f.place.country)
            extra.append(Found(i, f.i, None, (place,), name=name, place=place, rule="apposition-unknown"))
        self.found.extend(extra)
        self.found.sort(key=lambda f: f.i)

    def named_towns(self) -> None:
        """A town that no table knows, told by its noun: "the village of Przewodow", in the country of the sentence."""
        towns = self.cues["cues.town_nouns"]
        stop = self.cues["names.months"] | self.cues["names.common"] | self.cues["cues.titles"]
        extra: list[Found] = []
        for n in range(len(self.words) - 2):
            i = n + 2
            if self.word(n) not in towns or self.word(n + 1) != "of" or not (self.joined(n) and self.joined(n + 1)):
                continue
            j = i
            while self.part(j) and not self.is_place(j) and self.word(j) not in stop and (j == i or self.joined(j - 1)):
                j += 1
            if j == i or j - i > 3:
                continue
            name = SPACE.sub(" ", self.text[self.words[i][0] : self.words[j - 1][1]])
            town = Found(i, j, None, (Place(name, PlaceKind.CITY, None),), name=name, rule="named-town")
            country = self.near(bisect_left(self.found, i, key=lambda f: f.i), town)
            if country is not None:
                town.place = Place(name, PlaceKind.CITY, country)
                extra.append(town)
        self.found.extend(extra)


def _zones(article: Article) -> list[Span]:
    """The parts of the text that are read for places: the read blocks and the datelines; all of it without blocks."""
    if not article.blocks:
        return [Span(0, len(article.text))]
    return [b.span for b in article.blocks if b.role in READ or b.role is Role.DATELINE]
