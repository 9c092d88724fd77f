"""Find the places that a trigger leads to: "to Oslo and Rome", "the Croatian capital", "where", "In Riyadh, ..."."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from summitry.annotate.insertions import INSERTION
from summitry.extract.verbs import Group
from summitry.extract.view import View
from summitry.lexicon.visits import VisitWords
from summitry.model.entities import Person, PlaceKind, PlaceMention, Rank
from summitry.model.spans import Span


@dataclass(frozen=True, slots=True)
class Host:
    """A place led to by a trigger: its country (None for "the country", to be resolved), the mention, the words."""

    country: str | None
    mention: PlaceMention | None
    span: Span
    how: str


def may_visit(person: Person, host: str | None, words: VisitWords) -> bool:
    """Whether someone is of a rank that visits, and known to be of another country than the host; None is any host."""
    if person.country is None or person.country == host or not (person.rank is Rank.VISITOR or person.former):
        return False
    seats = words.classes["seat"].get(person.country.lower(), frozenset())
    if host is not None and host.lower() in seats:
        return False  # the head of a body is at home where it has its seat, the Pope in Italy
    return host is None or len(host) == 3


class Places:
    """The places of one sentence. ``here`` is the country of the dateline, if there is one."""

    def __init__(self, view: View, groups: dict[int, Group], here: str | None) -> None:
        self.view = view
        self.groups = groups
        self.here = here
        self._f = view.words.classes["function"]
        self._lead = view.words.of("end", "lead")
        # Where a clause may end, kept because the ends of clauses are asked for ten times a sentence.
        self._breaks = sorted({*groups, *view.find(self._f["quotes"] | {";"})})

    def clause_end(self, k: int, through: frozenset[str] = frozenset()) -> int:
        """The unit where the clause of unit ``k`` ends: the next verb group, semicolon, dash or quotation mark."""
        view, f = self.view, self._f
        for m in self._breaks[bisect_right(self._breaks, k) :]:
            group = self.groups.get(m)
            if group is not None and "reduced" in group.cues and self._adjectival(m):
                continue
            if group is not None and group.first > k and view.lemma(m) not in through:
                return max(group.first, k + 1)
            if group is not None and group.first <= k and m > k and view.lemma(m) not in through:
                return m
            if view.is_word(m) and (view.lower(m) == ";" or view.lower(m) in f["quotes"]):
                return m
        return len(view)

    def _adjectival(self, m: int) -> bool:
        """Whether a participle stands before its noun: "a Muslim-dominated country", "war-torn Iraq"."""
        view = self.view
        return view.is_noun(m + 1) or view.place(m + 1) is not None or view.tag(m + 1) in {"JJ", "NNP"}

    def included(self, start: int, stop: int) -> list[int]:
        """The people of "five presidents, including A of X, B of Y and C": all named after the word, to the clause's end."""
        view, after = self.view, self._f["including"]
        for k in range(start, stop):
            if view.lower(k) in after and view.is_word(k):
                end = self.clause_end(k)
                return [m for m in range(k + 1, end) if view.person(m) is not None and not view.possessive(m)]
        return []

    def _modifies(self, k: int) -> bool:
        """Whether a place stands before a noun of something elsewhere: "at the Peru exhibition"; not "the Kazan summit"."""
        view, words = self.view, self.view.words
        if not view.is_noun(k + 1) or view.tag(k + 1) != "NN":
            return False
        lemma = view.lemma(k + 1)
        near = words.of("events", "nouns") | words.of("meeting", "nouns") | words.of("place_nouns", "city")
        return lemma not in near | words.of("place_nouns", "site")

    def _owns_event(self, k: int) -> bool:
        """Whether a place in the possessive stands before what it did or went through: "Russia's invasion"."""
        view, words = self.view, self.view.words
        if not view.possessive(k):
            return False
        head = view.lemma(view.after_possessive(k))
        return head in words.of("govern", "nouns") | words.of("attitude", "nouns")

    def place_at(self, m: int, stop: int) -> tuple[list[Host], int]:
        """The places of a noun phrase that begins at unit ``m``, with all joined to them; and the unit after."""
        view, words = self.view, self.view.words
        found: list[Host] = []
        adjective: PlaceMention | None = None
        steps, k = 0, m
        while k < min(stop, len(view)) and steps < 9:
            place = view.place(k)
            word = view.lower(k)
            if place is not None and (place.adjective or (k > m and self._modifies(k)) or self._owns_event(k)):
                adjective = place
                k += 1
                steps += 1
                continue
            if place is not None and place.kind in {
                PlaceKind.COUNTRY,
                PlaceKind.CITY,
                PlaceKind.SITE,
                PlaceKind.REGION,
            }:
                found.append(Host(place.country, place, view.units[k].span, "place"))
                k = view.after_possessive(k)
                adjective = None
                while view.lower(k) in self._f["join"] and k < stop:
                    further = k + 1
                    while view.lower(further) in self._f["join"] or view.lower(further) in self._f["determiners"]:
                        further += 1
                    joined = view.place(further)
                    if joined is None or joined.adjective or (view.person(further + 1) and view.possessive(further)):
                        break
                    k = further
                    found.append(Host(joined.country, joined, view.units[k].span, "list"))
                    k = view.after_possessive(k)
                if view.place(k) is None and view.lower(k) not in words.of("place_nouns", "city"):
                    return found, k
                steps += 1
                continue
            site = adjective is not None and word in words.of("place_nouns", "site")
            if word in self._f["same"] and view.is_word(k):
                return found, k  # "in the same city" names none
            if (word in words.of("place_nouns", "city") or site) and view.is_word(k):
                if view.lower(k + 1) in {"of", ","} and view.place(k + 2) is not None:
                    k += 2
                elif view.place(k + 1) is not None:
                    k += 1
                elif adjective is not None:
                    return [Host(adjective.country, None, view.units[k].span, "capital")], k + 1
                elif found:
                    return found, k
                elif word in words.of("place_nouns", "site") or view.lower(m) in self._f["indefinite"]:
                    return [], k
                else:
                    return [Host(None, None, view.units[k].span, "definite")], k + 1
                steps += 1
                continue
            if word in words.of("place_nouns", "country") and view.lower(k - 1) in self._f["ours"]:
                return [Host(None, None, view.units[k].span, "ours")], k + 1
            if word in words.of("place_nouns", "country") and view.is_word(k) and view.tag(k) == "NN":
                if view.lower(k + 1) == "of" and view.place(k + 2) is not None:
                    k += 2
                    steps += 1
                    continue
                nxt = view.place(k + 1)
                if nxt is not None and not nxt.adjective:
                    k += 1
                    steps += 1
                    continue
                if view.lower(m) in self._f["indefinite"]:
                    return [], k + 1  # "in any Palestinian state", "a neighbouring country"
                if adjective is not None and adjective.country:
                    return [Host(adjective.country, None, view.units[k].span, "country")], k + 1
                known = view.lower(m) in self._f["definite"]
                return ([Host(None, None, view.units[k].span, "definite")] if known else []), k + 1
            if view.kind(k) == "time" or view.person(k) is not None:
                return found, k
            if view.tag(k) in {"DT", "JJ", "JJR", "JJS", "CD", "VBN", "PRP$", "RB", "HYPH", "VBG"} or word in {
                "-",
                "so",
            }:
                k += 1
                steps += 1
                continue
            if adjective is None and view.tag(k) in {"NNP", "NN"} and steps < 2 and not found:
                k += 1
                steps += 1
                continue
            return found, k
        return found, k

    def hosts(self, start: int, stop: int, preps: tuple[str, ...], *, nested: bool = False) -> list[Host]:
        """The places led to between two units by any of the prepositions ("object": at the start itself; "here")."""
        view, found = self.view, []
        k, deep = start, nested
        single = {p.split()[-1] for p in preps if p not in {"object", "here"}}
        if "object" in preps:
            places, k = self.place_at(start, stop)
            found += places
            k = self._further(k, stop, found) if places else k
        while k < min(stop, len(view)):
            word = view.lower(k) if view.is_word(k) else ""
            if found and word in self._lead and view.kind(k + 1) != "time":
                break  # "flew to Riga after a visit to Oslo": what comes behind is of another stay
            if word in self._f["since"] and view.kind(k + 1) != "time":
                break  # "will see X for the first time since their talks in Riga"
            if word in self._f["deictic"] and view.tag(k) in {"RB", "NN", ""}:
                if self.here and "here" in preps:
                    found.append(Host(self.here, None, view.units[k].span, "here"))
                k += 1
                continue
            if word in self._f["there"] and view.tag(k) == "RB" and "here" in preps:
                found.append(Host(None, None, view.units[k].span, "definite"))
                k += 1
                continue
            owner = word == "of" and view.person(k - 1) is not None  # "at talks with X of Peru in Riga"
            if word in single or (deep and word in {"in", "at", "of"} and not owner):
                places, after = self.place_at(k + 1, stop)
                if places:
                    found += places
                    k = self._further(max(after, k + 1), stop, found)
                    continue
                if word in single and view.kind(k + 1) != "time":
                    deep = True
            k += 1
        close = None if found or not single else self._closing(start, stop)
        return found if close is None else self.hosts(close + 1, self.clause_end(close), (*sorted(single),))

    def _closing(self, start: int, stop: int) -> int | None:
        """Where a clause is closed that was inserted before ``stop``, if a preposition goes on behind it.

        Specimen: "will meet King X, who took office in May, | in Riga".
        """
        for close, opened in self.view.insertions.items():
            if start <= opened < stop <= close < stop + INSERTION:
                return close if self.view.tag(close + 1) in {"IN", "TO"} else None
        return None

    def _further(self, k: int, stop: int, found: list[Host]) -> int:
        """Go on with a list whose members have days: "Jakarta on Tuesday, and Canberra on Thursday"."""
        view = self.view
        while k < stop:
            m = k
            while view.kind(m) == "time" or (view.tag(m) == "IN" and view.kind(m + 1) == "time"):
                m += 1
            if view.lower(m) in self._f["in_order"] and view.is_word(m):
                m += 1  # "Chad first, then Mali"
            if view.lower(m) == "and" and view.kind(m + 1) == "time":
                m += 2
            if m == k or view.lower(m) not in self._f["join"]:
                return k
            while view.lower(m) in self._f["join"] or view.lower(m) in self._f["determiners"]:
                m += 1
            place = view.place(m)
            if (
                place is None
                or place.adjective
                or view.possessive(m)
                or any(g.first == m + 1 for g in self.groups.values())
            ):
                return k
            places, after = self.place_at(m, stop)
            if any(g.first == after and g.cues & {"past", "present", "future"} for g in self.groups.values()):
                return k  # "was in Oslo by Tuesday, and Riga and Tallinn are still to come"
            found += places
            k = after
        return k

    def or_listed(self, hosts: list[Host], k: int) -> list[Host]:
        """ "A tour of three countries: Chad, then Mali on Monday and Niger": where no country is told, those listed behind.

        ``hosts`` itself where one of them has a country, or no list follows unit ``k`` behind a colon or dash of its clause.
        """
        return hosts if any(h.country for h in hosts) else self._listed(k) or hosts

    def _listed(self, k: int) -> list[Host]:
        view = self.view
        opens = {":", "(", *self._f["dashes"]}
        for m in range(k + 1, min(len(view), k + 16)):
            if m in self.groups:
                return []
            if view.is_word(m) and view.lower(m) in opens and view.place(m + 1) is not None:
                found, after = self.place_at(m + 1, len(view))
                self._further(after, len(view), found)
                return found if len({h.country for h in found}) > 1 else []
        return []

    def before_where(self, group: Group) -> list[Host]:
        """ "To Paris, where he is to meet Chirac": the place that "where" takes up."""
        view = self.view
        for m in range(group.first - 1, max(group.first - 8, 0), -1):
            if view.lower(m) in self._f["where"] and view.is_word(m):
                back = m - 2 if view.lower(m - 1) == "," else m - 1
                place = view.place(back)
                return [] if place is None else [Host(place.country, place, view.units[back].span, "where")]
            if m in self.groups:
                return []
        return []

    def fronted(self, group: Group | None = None) -> list[Host]:
        """The place of a sentence that begins "In Riyadh, ...", for its first finite verb."""
        view = self.view
        if group is not None:
            finite = [g for g in self.groups.values() if g.cues & {"past", "present", "future", "would", "hedge"}]
            if finite and finite[0].head < group.head and finite[0].cues != group.cues:
                return []
        lead = 0
        opening = 1 if view.tag(0) == "IN" else 0
        if view.kind(opening) == "time":
            lead = opening + 1  # "On Monday in Riyadh the king ...", "Two days later, in Riyadh"
            lead += view.tag(lead) in {"RBR", "RB"}
            lead += view.lower(lead) == ","
        if view.is_word(lead) and view.lower(lead) in self._f["fronted_by"]:
            lead += 1  # "While in Riyadh on Monday, the king"
        if not (view.is_word(lead) and view.lower(lead) in self._f["fronting"]):
            return []
        comma = next((m for m in range(min(len(view), 18)) if view.lower(m) == "," and view.is_word(m)), None)
        if (
            comma is not None
            and not any(h < comma for h in self.groups)
            and (found := self.hosts(0, comma, ("in", "at")))
        ):
            return found
        places, after = self.place_at(lead + 1, min(len(view), lead + 10))
        while places and view.kind(m := after + (view.tag(after) == "IN")) == "time":
            after = m + 1  # "In Riyadh on Monday the king ..."
        if places and view.person(after) is not None:
            return places
        return []
