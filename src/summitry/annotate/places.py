"""Places in an article: every mention with its country, chosen by context, and what is no place left out.

Works on the words of the text itself; the tagger's tags only refine. Three passes: names of the gazetteer and of sites are
found; what is a person, an outlet or a common word is left out; each name that is left gets one meaning.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from summitry.annotate.place_sites import SiteFinder
from summitry.annotate.place_words import ADJECTIVES, SPACE, Found
from summitry.lexicon.places import Gazetteer, Place
from summitry.model.article import READ, Article, Role
from summitry.model.entities import PlaceKind, PlaceMention
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

_STATES = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS"})
_POSSESSIVE = re.compile(r"[ \u00a0]?['’‘`´]s?$")


def find_places(
    article: Article, tokens: Sequence[Token], sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> tuple[PlaceMention, ...]:
    """All mentions of places in the read blocks and datelines, in the order of the text; none overlaps another.

    ``tokens`` may be empty: then no tags refine the reading. Specimen: in "He flew to Paris, Texas" the one mention
    is "Paris", a city of the country USA, settled by the rule "apposition".
    """
    reader = _Reader(article, tokens, sentences, gazetteer)
    return reader.mentions()


class _Reader(SiteFinder):
    """One article's reading: its words and the names found."""

    def __init__(
        self, article: Article, tokens: Sequence[Token], sentences: Sequence[Sentence], gazetteer: Gazetteer
    ) -> None:
        super().__init__(article.text, _zones(article), gazetteer)
        self.dateline = article.dateline.place if article.dateline else None
        self.tags = {t.start: t.tag for t in tokens}
        self.bounds = [s.span.start for s in sentences]
        day = article.published.value.earliest if article.published.value else None
        self.earlier = gazetteer.earlier(day) if day else {}
        self.persons: set[str] = set()

    # -- the passes ------------------------------------------------------------------------------------------------

    def mentions(self) -> tuple[PlaceMention, ...]:
        self.scan()
        self.sites()
        self.appositions()
        self.persons = {self.word(f.i) for f in self.found if self.is_person(f)}
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
            if wide and towns and not any(p.kind is PlaceKind.COUNTRY for p in f.places):
                f.beside = towns

    def is_person(self, f: Found) -> bool:
        """Whether the words beside the name make it part of a person's name."""
        if f.site or f.adjective or f.beside or not f.places:
            return False
        top = f.places[0]
        if f.j - f.i > 1:
            named = top.kind is PlaceKind.SITE or (top.kind is PlaceKind.CITY and top.weight < self.cues.large)
            return named and self.capital(f.i - 1) and self.before(f.i) in self.gazetteer.given
        w = self.word(f.i)
        uses = self.gazetteer.uses(w)
        strong = self.strong(top)
        before, after = self.before(f.i), self.after(f.j)
        if self.gap(f.i - 1) == ". " and self.word(f.i - 1) in self.cues["cues.titles"]:
            before = self.word(f.i - 1)
        if before and self.capital(f.i - 1):
            if len(before) == 1:
                return not strong or "family" in uses
            if before in self.cues["cues.titles"]:
                return not strong or "family" in uses
            if before in self.gazetteer.given and before not in self.cues["names.common"]:
                return not strong or "family" in uses
        if not before and self.word(f.i - 1) and len(self.word(f.i - 1)) == 1 and self.gap(f.i - 1) in {". ", "."}:
            return self.capital(f.i - 1) and self.capital(f.i - 2) and (not strong or "family" in uses)
        if after and self.capital(f.j) and (self.name_follows(f.j) or self.town_at(f.j)):
            return "given" in uses
        return after in {"al", "bin", "ibn", "ben"} and "given" in uses

    def keep(self, f: Found) -> bool:
        """Whether a name found is a place here at all."""
        if f.site or f.dateline or f.beside:
            return True
        if self.is_person(f):
            return False
        top = f.places[0]
        w, single = self.word(f.i), f.j - f.i == 1
        if top.use in {"prefix", "abbreviation"}:
            return top.use == "prefix" and self.gap(f.j - 1) in {"-", "‑", "–"}
        if self.in_a_name(f, top):
            return False
        uses = self.gazetteer.uses(w) if single else frozenset()
        before = self.lead(f.i)
        local = before in self.cues["cues.locative"]
        if single and w in self.persons and not (local and self.strong(top)):
            return False
        if single and f.entry and f.entry.case == (2,) and "ordinary" in uses and self.shouted(f.i):
            return False
        if top.kind is not PlaceKind.CITY:
            if top.kind is PlaceKind.REGION and single and uses & {"family", "given", "ordinary"}:
                return before in self.cues["cues.place_prepositions"] or self.gap(f.i - 1) in {", ", ","}
            return not (single and self.tags.get(self.words[f.i][0]) in {"NN", "VB", "VBP"} and "ordinary" in uses)
        return self.keep_city(f, top, uses, before)

    def strong(self, place: Place) -> bool:
        """Whether a place is so well known that its bare name is read as the place."""
        return place.kind in {PlaceKind.COUNTRY, PlaceKind.BODY} or place.capital or place.weight >= self.cues.large

    def in_a_name(self, f: Found, top: Place) -> bool:
        """Whether the name is part of a longer one: "al-Sabah", "the Duchess of Sussex", "the agency Petra"."""
        w, gap = self.word(f.i - 1), self.gap(f.i - 1)
        if gap == "-" and w in self.cues["names.articles"]:
            return True
        if top.kind is PlaceKind.COUNTRY:
            return False
        if self.before(f.i) == "of" and self.word(f.i - 2) in self.cues["names.peers"]:
            return True
        return self.before(f.i) in self.cues["names.outlet_nouns"]

    def lead(self, i: int) -> str:
        """The word that leads to a name: the one before it, articles and words like "south" or "central" left out."""
        k = i - 1
        while (
            k > 0
            and self.joined(k)
            and (self.word(k) in {"the", "downtown", "central"} or self.word(k).endswith("ern"))
        ):
            k -= 1
        return self.word(k) if k >= 0 and self.joined(k) else ""

    def keep_city(self, f: Found, top: Place, uses: frozenset[str], before: str) -> bool:
        """Whether a city's name is the city: the smaller the town, the more must speak for it."""
        w = self.word(f.i)
        cues = self.cues
        strict = before in cues["cues.strict_prepositions"]
        placed = before in cues["cues.place_prepositions"] or before in cues["cues.place_nouns"]
        if before == "of" and self.word(f.i - 2) in cues["cues.place_nouns"]:
            strict = placed = True
        placed = placed or self.listed(f)
        if f.j - f.i == 1 and w in cues["names.months"]:
            return False
        if "ordinary" in uses and (not (strict or placed) or self.before(f.i) == "the"):
            return False
        known = any(p.country in self.countries() for p in f.places if p.kind is PlaceKind.CITY)
        strong = self.strong(top)
        beside = (self.before(f.i) and self.capital(f.i - 1) and self.name_follows(f.i - 1)) or (
            self.after(f.j) and self.capital(f.j) and self.name_follows(f.j)
        )
        if strong:
            return placed or known or not uses & {"family", "given"} or not beside
        if beside:
            return False
        if uses:
            return strict and known if top.weight < cues.medium else placed and (strict or known)
        if top.weight >= cues.medium:
            return placed or known
        return known and placed

    def listed(self, f: Found) -> bool:
        """Whether the name follows another place in a list: "in Beirut and Sidon", "to Kyiv, Lviv and Uzhhorod"."""
        if self.gap(f.i - 1) in {", ", " , "}:
            return self.is_place(f.i - 1)
        return self.before(f.i) == "and" and self.gap(f.i - 2) in {" ", ", "} and self.is_place(f.i - 2)

    _countries: Counter[str] | None = None

    def countries(self) -> Counter[str]:
        """How often each country is named without doubt: by its name, an adjective or its capital."""
        if self._countries is None:
            self._countries = Counter()
            for f in self.found:
                if f.places and not self.is_person(f):
                    codes = {p.country for p in f.places if p.country}
                    top = f.places[0]
                    if len(codes) == 1 and (top.kind is not PlaceKind.CITY or top.weight >= self.cues.medium):
                        self._countries[codes.pop()] += 1
                    elif top.capital and top.country and all(p.weight < self.cues.medium for p in f.places[1:]):
                        self._countries[top.country] += 1
        return self._countries

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
        near: dict[str, float] = {}
        here = self.sentence(f.i)
        for g in self.found[max(0, k - 6) : k + 7]:
            for p in g.places if g is not f else ():
                if p.country and len({q.country for q in g.places}) == 1:
                    near[p.country] = max(near.get(p.country, 0.0), 1.0 if self.sentence(g.i) == here else 0.4)
        scored = []
        for order, p in enumerate(f.places):
            state = p.kind is PlaceKind.COUNTRY
            score = -(0.8 if state else 0.2) * order + (1.0 if p.capital else 0.0) + (4.0 if state else 0.0)
            if p.kind in {PlaceKind.REGION, PlaceKind.BODY, PlaceKind.SITE}:
                score += 3.0
            elif p.kind is PlaceKind.CITY:
                score += 1.2 * max(0.0, math.log10(max(p.weight, 1)) - 4.0) - (
                    0.0 if p.weight >= self.cues.medium else 1.0
                )
            if p.country:
                score += near.get(p.country, 0.0) + min(counts.get(p.country, 0), 4) * 0.4
            if state and self.word(f.j) == "s" and self.word(f.j + 1) in self.cues["cues.state_offices"]:
                score += 2.0
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

    # -- output ----------------------------------------------------------------------------------------------------

    def mention(self, f: Found, governed: set[int]) -> PlaceMention:
        place = f.place
        assert place is not None  # noqa: S101  settled before; tells the type checker
        if place.kind is PlaceKind.BODY:
            place = self.seat(f, place)
        start, end = self.words[f.i][0], self.words[f.j - 1][1]
        if f.entry is not None and f.entry.dotted and self.text[end : end + 1] == ".":
            end += 1
        adjective = place.use in ADJECTIVES or self.compound(f) or (place.use == "either" and self.attributive(f, end))
        metonym = not adjective and self.governs(f, place, governed)
        if metonym:
            governed.add(f.j)
        country = place.country
        if place.kind is not PlaceKind.COUNTRY and country in self.earlier:
            country, f.rule = self.earlier[country], "before independence"
        name = f.name or (self.spelling(f) if place.kind is PlaceKind.CITY else place.name)
        return PlaceMention(
            Span(start, end),
            name,
            place.kind,
            country,
            adjective,
            metonym,
            f.others,
            "dateline" if f.dateline else f.rule,
        )

    def seat(self, f: Found, place: Place) -> Place:
        """A body that is gone to is its seat: "at the United Nations" is in the country where it sits."""
        gone_to = f.dateline or self.lead(f.i) in self.cues["cues.seat_prepositions"]
        if not place.seat or not gone_to:
            return place
        w = self.after(f.j)
        tag = self.tags.get(self.words[f.j][0], "NN" if self.capital(f.j) else "") if w else ""
        if tag in _NOMINAL and w not in self.cues["cues.time_words"] and w not in self.cues["names.months"]:
            return place
        f.rule = "seat"
        name = self.text[self.words[f.i][0] : self.words[f.j - 1][1]]
        return Place(place.name if name.isupper() and len(name) > 5 else name, PlaceKind.SITE, place.seat)

    def spelling(self, f: Found) -> str:
        """A city's name as the text spells it; as the table does where the text shouts or breaks it ("MOSCOW", "Xi 'an")."""
        own = f.place.name if f.place else ""
        dot = f.entry is not None and f.entry.dotted and own.endswith(".")
        name = SPACE.sub(" ", self.text[self.words[f.i][0] : self.words[f.j - 1][1]]) + "." * dot
        odd = name.isupper() or " '" in name or " ’" in name or "\n" in name
        return own if odd else name.replace("’", "'")

    def compound(self, f: Found) -> bool:
        """Whether the name is joined by a hyphen to a word that makes an adjective of it: "China-based", "U.S.-led"."""
        if self.gap(f.j - 1).strip(".") not in {"-", "‑"} or f.j >= len(self.words):
            return False
        return not self.capital(f.j)

    def attributive(self, f: Found, end: int) -> bool:
        """Whether a form that is name and adjective ("U.S.") stands before the noun it belongs to."""
        if f.j >= len(self.words):
            return False
        gap = self.text[end : self.words[f.j][0]]
        w = self.word(f.j)
        if gap.strip() in {"-", "‑", "–"}:
            return True
        if not SPACE.fullmatch(gap) or w in self.cues["cues.travel_nouns"] or w in self.cues["names.months"]:
            return False
        tag = self.tags.get(self.words[f.j][0])
        if tag is None:
            return (w in self.cues["cues.offices"] or self.capital(f.j)) and w not in self.cues["names.common"]
        return tag in _NOMINAL and w not in self.cues["cues.time_words"]

    def at(self, i: int) -> Found | None:
        """The name found that begins at word ``i``."""
        k = bisect_left(self.found, i, key=lambda f: f.i)
        return self.found[k] if k < len(self.found) and self.found[k].i == i else None

    def governs(self, f: Found, place: Place, governed: set[int]) -> bool:
        """Whether the name may stand for a government here: subject of its verbs, owner of its ties, side of its talks."""
        cues = self.cues
        government = place.kind is PlaceKind.COUNTRY or place.capital or place.use == "government"
        if not government:
            return False
        lead = self.lead(f.i)
        if lead in cues["cues.locative"]:
            return False
        j = f.j
        if self.word(j) == "s" and _POSSESSIVE.match(self.gap(j - 1) + "s"):
            ahead = [self.word(k) for k in range(j + 1, j + 4) if all(self.joined(m) for m in range(j, k))]
            return any(w in cues["cues.government_nouns"] for w in ahead)
        if not self.joined(j - 1) and self.gap(j - 1) not in {" '", " ’"}:
            return lead in cues["cues.relational"] and lead != "and" and self.gap(j - 1) != ", "
        if self.word(j) == "and" and self.joined(j - 1):
            other = self.at(j + 1 + (self.word(j + 1) == "the"))
            if other is not None and other.place is not None and self.governs(other, other.place, governed):
                return True
        steps = 0
        while steps < 3 and self.word(j) in cues["cues.government_auxiliaries"] and self.joined(j - 1):
            j, steps = j + 1, steps + 1
        if self.word(j) in cues["cues.government_verbs"] and self.joined(j - 1):
            return True
        if lead in cues["cues.relational"] and lead != "and":
            return True
        return lead == "and" and any(self.word(e) == "and" and e == f.i - 1 for e in governed)


def _zones(article: Article) -> list[Span]:
    """The parts of the text that are read for places: the read blocks and the datelines; all of it without blocks."""
    if not article.blocks:
        return [Span(0, len(article.text))]
    return [b.span for b in article.blocks if b.role in READ or b.role is Role.DATELINE]
