"""What a place's mention says besides its country: adjective or name, a government or a place, how it is spelt."""

from __future__ import annotations

import re
from bisect import bisect_left

from summitry.annotate.place_filter import NameFilter
from summitry.annotate.place_words import ADJECTIVES, SPACE, Found
from summitry.lexicon.places import Place
from summitry.model.entities import PlaceKind, PlaceMention
from summitry.model.spans import Span

_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_POSSESSIVE = re.compile(r"[ \u00a0]?['’‘`´]s?$")


class MentionWriter(NameFilter):
    """Turns names with their meaning into mentions. ``earlier``: countries that then were part of another."""

    earlier: dict[str, str]

    def mention(self, f: Found, governed: set[int]) -> PlaceMention:
        """The mention of a settled name. ``governed``: the words after the governments named so far; is added to."""
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
        w = self.word(f.j) if self.runs_on(f) else ""
        tag = self.tags.get(self.words[f.j][0], "NN" if self.capital(f.j) else "") if w else ""
        if tag in _NOMINAL and w not in self.cues["cues.time_words"] and w not in self.cues["names.months"]:
            return place
        f.rule = "seat"
        name = self.text[self.words[f.i][0] : self.words[f.j - 1][1]]
        return Place(place.name if name.isupper() and len(name) > 5 else name, PlaceKind.SITE, place.seat)

    def runs_on(self, f: Found) -> bool:
        """Whether only blanks stand between the name, with the full stop that belongs to it, and the next word."""
        gap = self.gap(f.j - 1)
        if f.entry is not None and f.entry.dotted:
            gap = gap.removeprefix(".")
        return SPACE.fullmatch(gap) is not None

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

    def list_led(self, f: Found) -> bool:
        """Whether the name is in a list of places that a preposition leads to: "from Poland, Lithuania and Latvia"."""
        while self.listed(f):
            k = bisect_left(self.found, f.i, key=lambda g: g.i) - 1
            if k < 0:
                return False
            f = self.found[k]
        return self.lead(f.i) in self.cues["cues.locative"]

    def governs(self, f: Found, place: Place, governed: set[int]) -> bool:
        """Whether the name may stand for a government here: subject of its verbs, owner of its ties, side of its talks."""
        cues = self.cues
        government = place.kind is PlaceKind.COUNTRY or place.capital or place.use == "government"
        if not government:
            return False
        lead = self.lead(f.i)
        if lead == "of" or lead in cues["cues.locative"] or self.list_led(f):
            return False
        j = f.j
        if self.word(j) == "s" and _POSSESSIVE.match(self.gap(j - 1) + "s"):
            ahead = [self.word(k) for k in range(j + 1, j + 4) if all(self.joined(m) for m in range(j, k))]
            return any(w in cues["cues.government_nouns"] for w in ahead)
        if not self.runs_on(f) and self.gap(j - 1) not in {" '", " ’"}:
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
        tag = self.tags.get(self.words[j][0], "") if j < len(self.words) and self.joined(j - 1) else ""
        if tag in _FINITE and j == f.j and self.word(j) not in cues["cues.place_verbs"]:
            return True
        if lead == "between" and self.word(f.i - 2) in cues["cues.route_nouns"]:
            return False
        if lead in cues["cues.relational"] and lead != "and":
            return True
        return lead == "and" and any(self.word(e) == "and" and e == f.i - 1 for e in governed)
