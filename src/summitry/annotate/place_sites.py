"""Named sites in a text: capitalised words with a noun for a site ("the Mariinsky Palace", "the University of Yangon")."""

from __future__ import annotations

from summitry.annotate.place_words import ADJECTIVES, SPACE, Found, Names
from summitry.lexicon.places import Place
from summitry.model.entities import PlaceKind


class SiteFinder(Names):
    """Finds named sites and puts them in the place of the names inside them."""

    def sites(self) -> None:
        """Named sites: capitalised words that end in a noun for a site, or begin with one before "of"."""
        cues = self.cues
        nouns, pairs = cues["sites.nouns"], cues["sites.pairs"]
        ends = nouns | {pair.split()[-1] for pair in pairs}
        runs: list[tuple[int, int]] = []
        fronts = {prefix.split()[0] for prefix in cues["sites.prefixes"]}
        for i, (_, _, w) in enumerate(self.words):
            if w in fronts and self.capital(i):
                run = self.front_run(i)
                if run is not None:
                    runs.append(run)
            if w in ends and (w in nouns or self.pair(i) in pairs):
                run = self.site_run(i)
                if run is not None:
                    runs.append(run)
        for i, j in sorted(runs, key=lambda r: r[0] - r[1]):
            self.add_site(i, j)
        self.found.sort(key=lambda f: f.i)

    def front_run(self, i: int) -> tuple[int, int] | None:
        """The words of a site whose noun stands in front, from word ``i``, or None."""
        first = i + 1
        while " ".join(self.word(k) for k in range(i, first)) not in self.cues["sites.prefixes"]:
            if first - i > 3 or not self.joined(first - 1):
                return None
            first += 1
        last, inside = first, self.cues["sites.inside"]
        ends = self.cues["names.common"] | self.cues["names.months"]
        while last < len(self.words) and (self.joined(last - 1) or self.word(last - 1) == "d"):
            particle = self.word(last) in inside or (self.word(last) == "d" and self.gap(last)[:1] in {"'", "’"})
            if particle or (self.part(last) and self.word(last) not in ends):
                last += 1
            else:
                break
        while last > first and not self.part(last - 1):
            last -= 1
        given = self.before(i) in self.gazetteer.given and self.capital(i - 1)
        return None if last == first or given else (i, last)

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
            if self.word(k) in cues["sites.not_inside"]:
                break
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
        if capital and self.word(i) in cues["sites.of_nouns"]:
            last = self.of_end(last)
        while first < core and (self.word(first) in cues["cues.titles"] or self.word(first) in cues["names.months"]):
            first += 1
        named = first < core or last > i + 1
        if not named and not (capital and self.capital(core) and self.pair(i) in cues["sites.alone"]):
            return None
        empty = cues["sites.empty"]
        if (
            last == i + 1
            and first < core
            and all(self.word(k) in empty or self.is_adjective(k) for k in range(first, core))
        ):
            return (first, last) if capital and self.word(i) in cues["sites.national"] else None
        return first, last

    def of_end(self, last: int) -> int:
        """Where a site's name ends that goes on at word ``last`` with "of" and capitals, once or more often."""
        ends = ("names.months", "names.common", "cues.government_verbs")
        while self.word(last) == "of" and self.joined(last - 1):
            k = last + 1
            while self.word(k) in self.cues["sites.inside"] and self.joined(k - 1):
                k += 1
            if not (self.capital(k) and self.joined(k - 1)):
                break
            last = k + 1
            while self.part(last) and self.joined(last - 1) and not any(self.word(last) in self.cues[e] for e in ends):
                last += 1
        return last

    def part(self, k: int) -> bool:
        """Whether word ``k`` may be part of a name: a capital, or after a hyphen or apostrophe a capital's second half."""
        return self.capital(k) or (self.capital(k - 1) and self.gap(k - 1) in {"-", "'", "’"} and self.word(k) != "s")

    def holds(self, k: int) -> bool:
        """Whether word ``k`` and the next belong to one site's name: blanks, a hyphen, or "'s" after no place."""
        gap = self.gap(k)
        blank = SPACE.fullmatch(gap) is not None
        return blank or gap in {"-", "'", "’"} or (gap in {". ", "."} and len(self.word(k)) <= 2)

    def is_adjective(self, k: int) -> bool:
        """Whether word ``k`` is a country's adjective: "the British museum" names no one museum."""
        return any(f.i <= k < f.j and (f.adjective or f.places[0].use == "either") for f in self.found if f.places)

    def add_site(self, i: int, j: int) -> None:
        """Put a site in the place of the names inside it, unless a name of the gazetteer is longer."""
        inside = [f for f in self.found if f.i < j and i < f.j]
        if any(f.i < i or f.j > j or f.site for f in inside):
            return
        if any(f.places and f.places[0].kind is PlaceKind.SITE and f.j == j for f in inside):
            return
        lead = next((f for f in inside if f.i == i and self.word(f.j) == "s" and f.places), None)
        if lead is not None:
            i = lead.j + 1
            inside = [f for f in inside if f.i >= i]
            if i >= j - 1 and self.pair(j - 1) not in self.cues["sites.alone"]:
                return
        while inside and inside[0].i == i and inside[0].places and inside[0].j < j - 1 and self.loose(inside[0]):
            i = inside.pop(0).j
        if not self.capital(i):
            return
        own = [
            f.places[0]
            for f in inside
            if f.places
            and f.places[0].country
            and f.places[0].use not in ADJECTIVES
            and (f.i == i or f.j < j)
            and self.firm(f)
        ]
        self.found = [f for f in self.found if f not in inside]
        name = SPACE.sub(" ", self.text[self.words[i][0] : self.words[j - 1][1]].replace(" '", "'").replace(" ’", "’"))
        country = own[0].country if own else None
        place = Place(name, PlaceKind.SITE, country)
        rule = "site-named" if country else "site-nearest"
        self.found.append(Found(i, j, None, (place,), name=name, rule=rule, site=True))

    def loose(self, f: Found) -> bool:
        """Whether a name at the front of a site only says whose it is: "US Yokota Air Base", "UN Palace"."""
        return f.places[0].use == "either" or f.places[0].kind is PlaceKind.BODY

    def firm(self, f: Found) -> bool:
        """Whether a place inside a site's name tells where the site is: no small town, which is more often a surname."""
        p = f.places[0]
        if p.kind is PlaceKind.CITY and (p.capital or p.weight >= self.cues.large):
            return True
        if self.gazetteer.uses(self.word(f.i)) & {"given", "family"}:
            return False
        return p.kind is not PlaceKind.BODY and (p.kind is not PlaceKind.CITY or p.weight >= self.cues.medium)
