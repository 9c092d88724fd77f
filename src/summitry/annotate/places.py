"""Places in an article: every mention with its country, chosen by context, and what is no place left out.

Works on the words of the text itself; the tagger's tags only refine. Three passes: names of the gazetteer and of sites are
found; what is a person, an outlet or a common word is left out; each name that is left gets one meaning.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from summitry.annotate.place_words import SPACE, Words
from summitry.lexicon.places import Entry, Gazetteer, Place
from summitry.model.article import READ, Article, Role
from summitry.model.entities import PlaceKind, PlaceMention
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

_STATES = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
_ADJECTIVES = frozenset({"adjective", "people", "prefix"})
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS"})
_POSSESSIVE = re.compile(r"[ \u00a0]?['’‘`´]s?$")


@dataclass(slots=True)
class _Found:
    """A name found at words ``i`` to ``j`` (exclusive) and what it may mean."""

    i: int
    j: int
    entry: Entry | None
    places: tuple[Place, ...]
    name: str = ""
    place: Place | None = None
    rule: str = ""
    site: bool = False
    dateline: bool = False
    beside: tuple[Place, ...] = ()
    others: tuple[str, ...] = field(default=())

    @property
    def adjective(self) -> bool:
        return bool(self.places) and self.places[0].use in _ADJECTIVES


def find_places(
    article: Article, tokens: Sequence[Token], sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> tuple[PlaceMention, ...]:
    """All mentions of places in the read blocks and datelines, in the order of the text; none overlaps another.

    ``tokens`` may be empty: then no tags refine the reading. Specimen: in "He flew to Paris, Texas" the one mention
    is "Paris", a city of the country USA, settled by the rule "apposition".
    """
    reader = _Reader(article, tokens, sentences, gazetteer)
    return reader.mentions()


class _Reader(Words):
    """One article's reading: its words and the names found."""

    def __init__(
        self, article: Article, tokens: Sequence[Token], sentences: Sequence[Sentence], gazetteer: Gazetteer
    ) -> None:
        super().__init__(article.text, _zones(article))
        self.gazetteer = gazetteer
        self.cues = gazetteer.cues
        self.dateline = article.dateline.place if article.dateline else None
        self.tags = {t.start: t.tag for t in tokens}
        self.bounds = [s.span.start for s in sentences]
        day = article.published.value.earliest if article.published.value else None
        self.earlier = gazetteer.earlier(day) if day else {}
        self.found: list[_Found] = []
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
                self.found.append(_Found(i, end, entry, entry.places, dateline=within))
            i = end

    def appositions(self) -> None:
        """A town with its country or state after it: "Paris, Texas", "Tripoli (Lebanon)"."""
        for f, g in pairwise(self.found):
            if g.i != f.j or self.gap(f.j - 1) not in {", ", " (", ",", " , ", " ( "}:
                continue
            wide = tuple(p for p in g.places if p.kind in _STATES and p.country and p.use not in _ADJECTIVES)
            towns = tuple(p for p in f.places if p.kind is PlaceKind.CITY and any(p.country == w.country for w in wide))
            if wide and towns and not any(p.kind is PlaceKind.COUNTRY for p in f.places):
                f.beside = towns

    def is_person(self, f: _Found) -> bool:
        """Whether the words beside the name make it part of a person's name."""
        if f.site or f.j - f.i > 1 or f.adjective or f.beside or not f.places:
            return False
        w = self.word(f.i)
        uses = self.gazetteer.uses(w)
        top = f.places[0]
        strong = (
            top.kind is PlaceKind.COUNTRY or top.capital or top.size >= self.cues.large or top.kind is PlaceKind.BODY
        )
        before, after = self.before(f.i), self.after(f.j)
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

    def is_place(self, i: int) -> bool:
        """Whether word ``i`` belongs to a name that was found."""
        k = bisect_right(self.found, i, key=lambda f: f.i) - 1
        return k >= 0 and self.found[k].i <= i < self.found[k].j

    def town_at(self, i: int) -> bool:
        """Whether a one-word name of a small town, which a surname often is, stands at word ``i``."""
        k = bisect_right(self.found, i, key=lambda f: f.i) - 1
        f = self.found[k] if k >= 0 else None
        if f is None or f.i != i or f.j != i + 1 or f.adjective:
            return False
        return bool(f.places) and f.places[0].kind is PlaceKind.CITY and f.places[0].size < self.cues.large

    def name_follows(self, j: int) -> bool:
        """Whether word ``j``, a capitalised one, may be a person's surname: no office, month, place or common word."""
        w, cues = self.word(j), self.cues
        known = ("names.months", "names.common", "cues.offices", "cues.titles", "sites.nouns", "cues.government_verbs")
        return not any(w in cues[k] for k in known) and not self.is_place(j) and len(w) > 1

    def keep(self, f: _Found) -> bool:
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
        if single and w in self.persons and not local:
            return False
        if single and f.entry and f.entry.case == (2,) and "ordinary" in uses and self.shouted(f.i):
            return False
        if top.kind is not PlaceKind.CITY:
            if top.kind is PlaceKind.REGION and single and uses & {"family", "given", "ordinary"}:
                return before in self.cues["cues.place_prepositions"] or self.gap(f.i - 1) in {", ", ","}
            return not (single and self.tags.get(self.words[f.i][0]) in {"NN", "VB", "VBP"} and "ordinary" in uses)
        return self.keep_city(f, top, uses, before)

    def in_a_name(self, f: _Found, top: Place) -> bool:
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

    def keep_city(self, f: _Found, top: Place, uses: frozenset[str], before: str) -> bool:
        """Whether a city's name is the city: the smaller the town, the more must speak for it."""
        w = self.word(f.i)
        cues = self.cues
        strict = before in cues["cues.strict_prepositions"]
        placed = before in cues["cues.place_prepositions"] or before in cues["cues.place_nouns"]
        if before == "of" and self.word(f.i - 2) in cues["cues.place_nouns"]:
            strict = placed = True
        if f.j - f.i == 1 and w in cues["names.months"]:
            return False
        if "ordinary" in uses and not strict and not placed:
            return False
        known = any(p.country in self.countries() for p in f.places if p.kind is PlaceKind.CITY)
        strong = top.capital or top.size >= cues.large
        beside = (self.before(f.i) and self.capital(f.i - 1) and self.name_follows(f.i - 1)) or (
            self.after(f.j) and self.capital(f.j) and self.name_follows(f.j)
        )
        if strong:
            return placed or known or not uses & {"family", "given"} or not beside
        if beside:
            return False
        if uses:
            return strict and known if top.size < cues.medium else placed and (strict or known)
        if top.size >= cues.medium:
            return placed or known
        return known and (placed or (self.gap(f.i - 1) == ", " and self.is_place(f.i - 1)))

    _countries: Counter[str] | None = None

    def countries(self) -> Counter[str]:
        """How often each country is named without doubt: by its name, an adjective or its capital."""
        if self._countries is None:
            self._countries = Counter()
            for f in self.found:
                if f.places and not self.is_person(f):
                    codes = {p.country for p in f.places if p.country}
                    top = f.places[0]
                    if len(codes) == 1 and (top.kind is not PlaceKind.CITY or top.size >= self.cues.medium):
                        self._countries[codes.pop()] += 1
                    elif top.kind is PlaceKind.CITY and top.capital and top.country:
                        self._countries[top.country] += 1
        return self._countries

    # -- sites -----------------------------------------------------------------------------------------------------

    def sites(self) -> None:
        """Named sites: capitalised words that end in a noun for a site, or begin with one before "of"."""
        cues = self.cues
        runs: list[tuple[int, int]] = []
        for i, (_, _, w) in enumerate(self.words):
            run = None
            if w in cues["sites.nouns"] or self.pair(i) in cues["sites.pairs"]:
                run = self.site_run(i)
            if run is not None:
                runs.append(run)
        for i, j in sorted(runs, key=lambda r: r[0] - r[1]):
            self.add_site(i, j)
        self.found.sort(key=lambda f: f.i)

    def pair(self, i: int) -> str:
        """Words ``i - 1`` and ``i`` as a pair."""
        return f"{self.word(i - 1)} {self.word(i)}" if i and self.joined(i - 1) else ""

    def site_run(self, i: int) -> tuple[int, int] | None:
        """The words of the site whose noun is word ``i``, or None."""
        cues = self.cues
        capital = self.capital(i)
        first, last = i, i + 1
        if self.pair(i) in cues["sites.pairs"]:
            first = i - 1
        elif not capital and self.word(i) not in cues["sites.lower_nouns"]:
            return None
        core = first
        while first > 0:
            k = first - 1
            if self.part(k) and self.word(k) not in cues["sites.not_first"] and self.holds(k):
                first = k
            elif (
                self.word(k) in cues["sites.inside"]
                and k
                and self.capital(k - 1)
                and self.joined(k)
                and self.joined(k - 1)
            ):
                if self.word(k - 1) in cues["sites.not_first"] or self.word(k) in {"and", "the"} or not capital:
                    break
                first = k - 1
            else:
                break
        if capital and self.word(i) in cues["sites.of_nouns"] and self.word(last) == "of" and self.joined(i):
            k = last + 1
            while self.word(k) in cues["sites.inside"] and self.joined(k - 1):
                k += 1
            if self.capital(k) and self.joined(k - 1):
                last = k + 1
                while self.part(last) and self.joined(last - 1) and (self.name_follows(last) or self.is_place(last)):
                    last += 1
        while first < core and (self.word(first) in cues["cues.titles"] or self.word(first) in cues["names.months"]):
            first += 1
        named = first < core or last > i + 1
        if not named and not (capital and self.capital(core) and self.pair(i) in cues["sites.alone"]):
            return None
        if not capital and last == i + 1 and core == i and all(self.is_adjective(k) for k in range(first, core)):
            return None
        return first, last

    def part(self, k: int) -> bool:
        """Whether word ``k`` may be part of a name: a capital, or after a hyphen or apostrophe a capital's second half."""
        return self.capital(k) or (self.capital(k - 1) and self.gap(k - 1) in {"-", "'", "’"} and self.word(k) != "s")

    def holds(self, k: int) -> bool:
        """Whether word ``k`` and the next belong to one site's name: blanks, a hyphen, or "'s" after no place."""
        gap = self.gap(k)
        blank = SPACE.fullmatch(gap) is not None
        return blank or gap in {"-", "'", "’"} or (gap in {". ", "."} and len(self.word(k)) <= 2)

    def is_adjective(self, k: int) -> bool:
        return any(f.i <= k < f.j and (f.adjective or f.places[0].use == "either") for f in self.found if f.places)

    def add_site(self, i: int, j: int) -> None:
        """Put a site in the place of the names inside it, unless a name of the gazetteer is longer."""
        inside = [f for f in self.found if f.i < j and i < f.j]
        if any(f.i < i or f.j > j or f.site for f in inside):
            return
        if any(f.places and f.places[0].kind is PlaceKind.SITE and f.j - f.i >= j - i for f in inside):
            return
        lead = next((f for f in inside if f.i == i and self.word(f.j) == "s" and f.places), None)
        if lead is not None:
            i = lead.j + 1
            inside = [f for f in inside if f.i >= i]
            if i >= j - 1 and self.pair(j - 1) not in self.cues["sites.alone"]:
                return
        while inside and inside[0].i == i and inside[0].places and inside[0].j < j - 1 and self.loose(inside[0]):
            i = inside.pop(0).j
        own = [
            f.places[0]
            for f in inside
            if f.places and f.places[0].country and f.places[0].use not in _ADJECTIVES and self.firm(f)
        ]
        self.found = [f for f in self.found if f not in inside]
        name = SPACE.sub(" ", self.text[self.words[i][0] : self.words[j - 1][1]].replace(" '", "'").replace(" ’", "’"))
        country = own[0].country if own else None
        place = Place(name, PlaceKind.SITE, country)
        rule = "site-named" if country else "site-nearest"
        self.found.append(_Found(i, j, None, (place,), name=name, rule=rule, site=True))

    def loose(self, f: _Found) -> bool:
        """Whether a name at the front of a site only says whose it is: "US Yokota Air Base", "UN Palace"."""
        return f.places[0].use == "either" or f.places[0].kind is PlaceKind.BODY

    def firm(self, f: _Found) -> bool:
        """Whether a place inside a site's name tells where the site is: no small town, which is more often a surname."""
        p = f.places[0]
        if self.gazetteer.uses(self.word(f.i)) & {"given", "family"}:
            return False
        return p.kind not in {PlaceKind.CITY, PlaceKind.BODY} or p.capital or p.size >= self.cues.medium

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
            if f.site or (len(f.places) == 1 and f.places[0].kind is PlaceKind.SITE):
                self.settle_site(k, f)
            elif len(f.places) == 1:
                f.place, f.rule = f.places[0], "only"
            else:
                self.choose(k, f, counts)

    def settle_site(self, k: int, f: _Found) -> None:
        """A site without a country of its own takes that of the nearest place, the sentence's own places first."""
        place = f.places[0]
        near = self.near(k, f)
        f.place = Place(place.name, PlaceKind.SITE, place.country or near, use=place.use)
        f.rule = f.rule if f.site or near is None else "site-nearest"

    def near(self, k: int, f: _Found) -> str | None:
        """The country of the nearest settled place that is no adjective, in the sentence, else before, else after."""
        best: tuple[float, str] | None = None
        here = self.sentence(f.i)
        for m in range(max(0, k - 8), min(len(self.found), k + 9)):
            g = self.found[m]
            p = g.place
            if m == k or p is None or p.country is None or p.kind is PlaceKind.BODY:
                continue
            far = float(abs(g.i - f.i) + (0 if g.i < f.i else 3))
            far += 0 if self.sentence(g.i) == here else 40
            far += 25 if p.use in _ADJECTIVES or p.use == "either" else 0
            if best is None or far < best[0]:
                best = (far, p.country)
        return best[1] if best and best[0] < 160 else None

    def sentence(self, i: int) -> int:
        """The number of the sentence that holds word ``i``."""
        return bisect_right(self.bounds, self.words[i][0])

    def choose(self, k: int, f: _Found, counts: Counter[str]) -> None:
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
                score += 1.2 * max(0.0, math.log10(max(p.size, 1)) - 4.0) - (0.0 if p.size >= self.cues.medium else 1.0)
            if p.country:
                score += near.get(p.country, 0.0) + min(counts.get(p.country, 0), 4) * 0.3
            if p.use == "either" and p.kind is PlaceKind.REGION:
                score += 0.1
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
        extra: list[_Found] = []
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
            if not self.capital(i) or f.i - i > 3 or self.before(i) not in self.cues["cues.strict_prepositions"]:
                continue
            if any(self.word(k) in self.cues["names.months"] or k in taken for k in range(i, f.i)):
                continue
            name = SPACE.sub(" ", self.text[self.words[i][0] : self.words[f.i - 1][1]])
            place = Place(name, PlaceKind.CITY, f.place.country)
            extra.append(_Found(i, f.i, None, (place,), name=name, place=place, rule="apposition-unknown"))
        self.found.extend(extra)

    # -- output ----------------------------------------------------------------------------------------------------

    def mention(self, f: _Found, governed: set[int]) -> PlaceMention:
        place = f.place
        assert place is not None  # noqa: S101  settled before; tells the type checker
        if place.kind is PlaceKind.BODY:
            place = self.seat(f, place)
        start, end = self.words[f.i][0], self.words[f.j - 1][1]
        if f.entry is not None and f.entry.dotted and self.text[end : end + 1] == ".":
            end += 1
        adjective = place.use in _ADJECTIVES or self.compound(f) or (place.use == "either" and self.attributive(f, end))
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

    def seat(self, f: _Found, place: Place) -> Place:
        """A body that is gone to is its seat: "at the United Nations" is in the country where it sits."""
        if not place.seat or self.lead(f.i) not in self.cues["cues.seat_prepositions"]:
            return place
        w = self.after(f.j)
        tag = self.tags.get(self.words[f.j][0], "NN" if self.capital(f.j) else "") if w else ""
        if tag in _NOMINAL and w not in self.cues["cues.time_words"] and w not in self.cues["names.months"]:
            return place
        f.rule = "seat"
        return Place(place.name, PlaceKind.SITE, place.seat)

    def spelling(self, f: _Found) -> str:
        """A city's name as the text spells it; as the table does where the text shouts or breaks it ("MOSCOW", "Xi 'an")."""
        assert f.place is not None  # noqa: S101  settled before
        name = SPACE.sub(" ", self.text[self.words[f.i][0] : self.words[f.j - 1][1]])
        odd = name.isupper() or " '" in name or " ’" in name or "\n" in name or not f.place.name[0].isalpha()
        return f.place.name if odd else name.replace("’", "'")

    def compound(self, f: _Found) -> bool:
        """Whether the name is joined by a hyphen to a word that makes an adjective of it: "China-based", "U.S.-led"."""
        if self.gap(f.j - 1).strip(".") not in {"-", "‑"} or f.j >= len(self.words):
            return False
        return not self.capital(f.j)

    def attributive(self, f: _Found, end: int) -> bool:
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

    def governs(self, f: _Found, place: Place, governed: set[int]) -> bool:
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
