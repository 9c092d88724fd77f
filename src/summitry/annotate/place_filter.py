"""Which of the names found are places: personal names, newspapers, months and common words are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from summitry.annotate.place_sites import SiteFinder
from summitry.annotate.place_words import Found
from summitry.lexicon.places import Gazetteer, Place
from summitry.model.entities import PlaceKind
from summitry.model.spans import Span
from summitry.model.syntax import Token


class NameFilter(SiteFinder):
    """Judges names by the words beside them: the smaller a town, the more must speak for it."""

    def __init__(self, text: str, spans: Sequence[Span], tokens: Sequence[Token], gazetteer: Gazetteer) -> None:
        super().__init__(text, spans, gazetteer)
        self.tags = {t.start: t.tag for t in tokens}
        self.persons: set[str] = set()
        self._countries: Counter[str] | None = None

    def is_person(self, f: Found) -> bool:
        """Whether the words beside the name make it part of a person's name."""
        if f.site or f.beside or not f.places:
            return False
        top = f.places[0]
        given = self.capital(f.i - 1) and self.before(f.i) in self.gazetteer.given
        given = given and not any(self.before(f.i) in self.cues[k] for k in ("names.common", "names.months"))
        if f.adjective:
            return given and f.j - f.i == 1 and not self.is_place(f.i - 1)
        if f.j - f.i > 1:
            named = top.kind is PlaceKind.SITE or (top.kind is PlaceKind.CITY and top.weight < self.cues.large)
            return named and given
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
            if given:
                return not strong or "family" in uses
        if not before and self.word(f.i - 1) and len(self.word(f.i - 1)) == 1 and self.gap(f.i - 1) in {". ", "."}:
            return self.capital(f.i - 1) and self.capital(f.i - 2) and (not strong or "family" in uses)
        if after and self.capital(f.j) and (self.name_follows(f.j) or self.town_at(f.j)):
            led = top.kind is PlaceKind.COUNTRY and before in self.cues["names.led"]
            return "given" in uses and not led
        return after in self.cues["names.particles"] and "given" in uses

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
        named = single and w in self.persons and top.kind is not PlaceKind.COUNTRY
        owner = self.word(f.j) == "s" and before not in self.cues["cues.strict_prepositions"]
        if named and (owner or not (local and self.strong(top))):
            return False
        if single and f.entry and f.entry.case == (2,) and "ordinary" in uses and self.shouted(f.i):
            return False
        if top.kind is not PlaceKind.CITY:
            if top.kind in {PlaceKind.REGION, PlaceKind.SITE} and single and uses & {"family", "given", "ordinary"}:
                return before in self.cues["cues.place_prepositions"] or self.gap(f.i - 1) in {", ", ","}
            return True
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
        while k > 0 and self.joined(k) and self.word(k) in self.cues["cues.parts_of_places"]:
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
        listed = self.listed(f)
        strict, placed = strict or listed, placed or listed
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
        alone = not (self.after(f.j) and self.capital(f.j))
        if beside or (f.j - f.i == 1 and self.before(f.i) == "the" and alone):
            return False
        if uses:
            return strict and known if top.weight < cues.medium else placed and (strict or known)
        if top.weight >= cues.medium:
            return placed or known
        several = f.j - f.i > 1  # a name of two words is hardly anybody's
        return placed and (known or several or (strict and self.word(f.j) != "s"))

    def listed(self, f: Found) -> bool:
        """Whether the name follows another place in a list: "in Beirut and Sidon", "to Kyiv, Lviv and Uzhhorod"."""
        if self.gap(f.i - 1) in {", ", " , "}:
            return self.is_place(f.i - 1)
        i = f.i - 1 if self.before(f.i) == "the" else f.i
        return self.before(i) == "and" and self.gap(i - 2) in {" ", ", "} and self.is_place(i - 2)

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
