"""Titles in a text, with all that belongs to them: "the visiting Elbonian deputy foreign minister", "President of Elbonia"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summitry.annotate.people.words import Area, Words
from summitry.lexicon.offices import Offices, Title, TitleUse
from summitry.model.entities import PlaceKind, Rank

_ADJECTIVES = frozenset({"JJ", "JJR", "JJS", "VBG", "VBN", "RB", "CD"})
_MOST_ADJECTIVES = 3


@dataclass(slots=True)
class Group:
    """A title with its modifiers and complements: words ``first`` to ``last`` (exclusive), the title itself from ``head``.

    ``area`` is the country or body that it serves, ``areas`` all that are named with it; ``owner`` the word before "'s", or
    the possessive pronoun, of whose it is ("his foreign minister"); ``taken`` once it stands beside a name.
    """

    first: int
    last: int
    head: int
    uses: tuple[TitleUse, ...]
    offices: Offices
    area: Area | None = None
    areas: list[Area] = field(default_factory=list)
    former: bool = False
    elect: bool = False
    deputy: bool = False
    organisation: bool = False
    definite: bool = False
    indefinite: bool = False
    owner: int | None = None
    taken: bool = False

    @property
    def plural(self) -> bool:
        """Whether several holders are meant."""
        return all(u.plural for u in self.uses)

    @property
    def country(self) -> str | None:
        """The country or body that the text names with the title."""
        return self.area.code if self.area else None

    @property
    def key(self) -> str | None:
        """As ``country``, in the codes of the table of tenures."""
        return self.area.key if self.area else None

    @property
    def implied(self) -> str | None:
        """The country that the title itself means where the text names none: "secretary of state", "pope"."""
        entry = self.title(self.key)
        return entry.country if self.area is None and not entry.only else None

    def title(self, country: str | None) -> Title:
        """The entry that fits a country (None: not known)."""
        return pick(self.uses, self.key or country)

    def has(self, trait: str) -> bool:
        """Whether any office that the words can mean has a trait of ``offices.toml``."""
        return any(self.offices.has(u.title.office, trait) for u in self.uses)

    def standing(self, country: str | None) -> tuple[str, Rank]:
        """Office and rank that the words give: deputies, heads of companies and former holders count as OTHER."""
        entry = self.title(country)
        office, rank = entry.office, entry.rank
        if self.deputy and not self._deputises(entry):
            office, rank = ("deputy_minister" if self.offices.has(office, "ministerial") else "other"), Rank.OTHER
        elif self.offices.has(office, "of_state"):
            body = self.offices.bodies.get(self.key or "")
            sports = body is not None and body.rank is Rank.OTHER
            nowhere = office == "head_of_body" and not self.of_body
            if self.organisation or sports or nowhere:
                office, rank = "other", Rank.OTHER
            elif self.of_body:
                office = "head_of_body"
        if self.elect:
            office = {"head_of_state": "president_elect", "head_of_government": "prime_minister_designate"}.get(
                office, office
            )
        return office, Rank.OTHER if self.former else rank

    @property
    def of_body(self) -> bool:
        """Whether the words name an international body with the title."""
        return self.area is not None and self.area.kind is PlaceKind.BODY

    @staticmethod
    def _deputises(entry: Title) -> bool:
        """Whether the entry is itself one of a deputy, so that "first deputy" changes nothing."""
        return entry.office in {"deputy_minister", "vice_president", "deputy_head_of_government", "deputy_head_of_body"}


def pick(uses: Sequence[TitleUse], country: str | None) -> Title:
    """The entry for a country among those that share a phrase: one made for it, else one for all, else the first."""
    titles = [u.title for u in uses]
    if country is not None:
        for title in titles:
            if country in title.only:
                return title
    else:
        for title in titles:
            if title.only and title.country:
                return title
    return next((t for t in titles if not t.only), titles[0])


def find_titles(words: Words, offices: Offices) -> list[Group]:
    """All titles of a text, from left to right, none inside another."""
    return _Finder(words, offices).find()


class _Finder:
    """Finds the titles of one text."""

    def __init__(self, words: Words, offices: Offices) -> None:
        self.w = words
        self.offices = offices
        lists = offices.words
        self.former, self.elect = lists["modifiers"]["former"], lists["modifiers"]["elect"]
        self.plain, self.deputy = lists["modifiers"]["plain"], lists["modifiers"]["deputy"]
        self.topics = lists["topics"]["words"]
        self.organisations = lists["organisations"]["words"]
        self.owners = lists["pronouns"]["possessive"]
        self.small = lists["small"]
        self.particles = lists["particles"]["words"] - self.small["definite"]
        self.edges = (self.small["inside"] | self.small["possessive"]) - (self.plain - self.owners)
        self.given = lists["given"]["m"] | lists["given"]["f"]
        self.families = lists["given"]["first"]

    def find(self) -> list[Group]:
        """All titles, from left to right."""
        groups: list[Group] = []
        index, low = self.offices.titles, self.w.low
        for sentence in self.w.sentences:
            i = floor = sentence.first
            end = sentence.last
            while i < end:
                parted = low[i] in self.small["parted"] and self._parted(i, end)
                hit = parted or index.at(low, i)
                if hit is None or hit[0] > end or not self._possible(i, hit[0], floor):
                    i += 1
                    continue
                group = Group(i, hit[0], i, tuple(hit[1]), self.offices)
                if parted:
                    group.area = self.w.starts[i + 1]
                    group.areas.append(group.area)
                self._not_yet(group, end)
                self._left(group, floor, groups[-1] if groups else None)
                self._right(group, end)
                self._body_inside(group)
                groups.append(group)
                i = floor = group.last
        return groups

    def _parted(self, i: int, end: int) -> tuple[int, Sequence[TitleUse]] | None:
        """ "The top Elbonian diplomat": a title with the country between its words; where it ends, and what it may be."""
        w, area = self.w, self.w.starts.get(i + 1)
        if area is None or not area.adjective or area.kind is not PlaceKind.COUNTRY:
            return None
        hit = self.offices.titles.at([w.low[i], *w.low[area.last : min(area.last + 3, end)]], 0)
        return None if hit is None or hit[0] < 2 else (area.last + hit[0] - 1, hit[1])

    def _possible(self, first: int, last: int, floor: int) -> bool:
        """Short forms such as "PM" need their capital ("3 pm" is no title); a title does not begin in a hyphened word.

        Nor is a word one that is part of a name: "Defence Minister Amir Katz", "Stephen King".
        """
        w = self.w
        if last - first == 1 and w.cap[first] and first > w.first_of(first) and w.sentence[first] not in w.titled:
            p = first - 1
            if (p < floor and w.low[first] in self.given) or w.low[p] in self.particles:
                return False
            inside = p >= floor and w.low[p] in self.given and w.cap[p] and first not in w.ends
            if inside and not (last < w.last_of(first) and w.cap[last]):
                return False
            named = p == floor > w.first_of(first) and w.cap[p] and w.tag[p] == "NNP" and first not in w.ends
            if named and not (last < w.last_of(first) and w.cap[last] and w.low[p] not in self.families):
                return False  # "Minister Pak Son Hui": after a family name that stands first it is a given name
        if last - first == 1 and not w.cap[first]:
            word = w.low[first]
            if len(word) <= 3 or (len(word) <= 4 and word.endswith(".")):
                return False
        if first > 1 and w.low[first - 1] == "-" and w.glued[first] and w.glued[first - 1]:
            before = w.low[first - 2]
            return before in self.former or before in self.deputy or before in self.plain
        return True

    def _not_yet(self, group: Group, end: int) -> None:
        """ "President-elect", "prime minister-designate"."""
        w, e = self.w, group.last
        if e + 1 < end and w.low[e] == "-" and w.low[e + 1] in self.small["elect"]:
            group.last, group.elect = e + 2, True

    def _body_inside(self, group: Group) -> None:
        """A body in the title's own words ("European Commission president"), and of two bodies the one with a code."""
        if group.area is None:
            inside = (self.w.inside[i] for i in range(group.head, group.last))
            group.area = next((a for a in inside if a is not None and a.kind is PlaceKind.BODY), None)
        if group.area is not None and group.area.code == "OTHER":
            group.area = next((a for a in group.areas if a.code != "OTHER" and a.kind is PlaceKind.BODY), group.area)

    # To the left

    def _left(self, group: Group, floor: int, previous: Group | None) -> None:
        k, adjectives = group.head, 0
        low = self.w.low
        while k > floor:
            step = self._step_left(group, k, floor)
            if step == 0:
                p = k - 1
                if adjectives < _MOST_ADJECTIVES and self._described(p, floor):
                    adjectives += 1
                    k = p
                    continue
                break
            if step < 0:
                k += step + 1
                break
            k -= step
        touching = k == floor < group.head and previous is not None and previous.last == floor
        if touching and previous is not None and low[floor] in self.small["possessive"]:
            # "the UN Secretary-General's special envoy": whose title it is serves the same body
            group.area = group.area or previous.area
        while k < group.head and low[k] in self.edges:
            k += 1
        group.first = k

    def _step_left(self, group: Group, k: int, floor: int) -> int:
        """How many words before ``k`` belong to the title; 0 if none; below 0, that many and one less, and then stop."""
        w, p = self.w, k - 1
        word = w.low[p]
        area = w.ends.get(k)
        if area is not None and area.first >= floor and self._served(area):
            group.areas.insert(0, area)
            if group.area is None or (area.kind is not PlaceKind.BODY and group.area.kind is PlaceKind.CITY):
                group.area = area
            return k - area.first
        if area is not None and area.first > floor and self._organised(area.first - 1, floor):
            # "Bank of Elbonia head": the country is inside an organisation's name
            group.area, group.organisation = group.area or area, True
            return k - area.first
        if word in self.small["possessive"] and w.tag[p] != "``":
            area = w.ends.get(p)
            if area is not None and area.first >= floor:
                group.areas.insert(0, area)
                group.area, group.definite = group.area or area, True
                return -(k - area.first) - 1
            if p > floor:
                group.owner, group.definite = p - 1, True
                return -1
            return 1
        if word in self.owners:
            group.owner, group.definite = p, True
            return -2
        if word in self.small["definite"]:
            group.definite = True
            return -1
        if word in self.small["indefinite"]:
            group.indefinite = True
            return -1
        if self._aged(p, floor):
            return 5
        if word in self.small["joins"] and len(group.areas) == 1 and group.plural and self._adjective_before(p, floor):
            return 1
        return int(self._modifies(group, p, floor))

    def _aged(self, p: int, floor: int) -> bool:
        """Whether the five words up to ``p`` are a number with its measure: "the 84-year-old pontiff"."""
        w = self.w
        hyphens = p - 4 >= floor and w.low[p - 1] == w.low[p - 3] == "-"
        return hyphens and w.tag[p - 4] == "CD" and w.tag[p - 2].startswith("NN") and w.tag[p] in _ADJECTIVES

    def _modifies(self, group: Group, p: int, floor: int) -> bool:
        """Whether a word before a title modifies it; what it says of the holder is noted."""
        w = self.w
        word = w.low[p]
        if word in self.deputy:
            group.deputy = True
        elif word in self.former or word.startswith("ex-"):
            group.former = True
        elif word in self.elect:
            group.elect = True
        elif (
            (word == "-" and w.glued[p] and w.glued[p + 1])
            or word in self.plain
            or (word in self.topics and group.has("topics"))
        ):
            pass
        elif self._acronym(p) or self._of_organisation(p, floor):
            group.organisation = True
        else:
            return False
        return True

    def _of_organisation(self, p: int, floor: int) -> bool:
        """Whether a capital before a title is a word of organisations, or part of the name of one."""
        w = self.w
        if not w.cap[p]:
            return False
        return w.low[p] in self.organisations or (w.tag[p].startswith("NNP") and self._organised(p, floor))

    def _acronym(self, p: int) -> bool:
        """Whether a word is an acronym that is no country: "NRA president"."""
        text = self.w.tokens[p].text
        headline = self.w.sentence[p] in self.w.titled
        return len(text) > 1 and text.isupper() and text.isalpha() and p not in self.w.starts and not headline

    def _described(self, p: int, floor: int) -> bool:
        """Whether a lower-case adjective before a title leads back to an article: "the wartime emperor"."""
        w = self.w
        if w.cap[p] or w.low[p] in self.organisations:
            return False
        noun = w.tag[p] == "NN" and p > floor and w.low[p - 1] in self.small["definite"] and not w.cap[p + 1]
        if w.tag[p] not in _ADJECTIVES and not noun:
            return False
        before = w.low[p - 1] if p > floor else ""
        article = before in self.small["definite"] or before in self.small["indefinite"] or before in self.owners
        return article or p in self.w.ends

    def _adjective_before(self, p: int, floor: int) -> bool:
        area = self.w.ends.get(p)
        return area is not None and area.first >= floor and area.kind in {PlaceKind.COUNTRY, PlaceKind.BODY}

    def _served(self, area: Area) -> bool:
        """Whether an area before a title belongs to it: adjectives do; "in Moscow President X" does not."""
        w = self.w
        before = w.low[area.first - 1] if area.first > w.first_of(area.first) else ""
        if before == "-" and w.glued[area.first] and w.low[area.first - 2] in self.small["attitude"]:
            return False
        if area.kind is PlaceKind.SITE and w.cap[area.last]:
            return False
        if area.adjective or area.kind is PlaceKind.BODY:
            return True
        if area.kind is PlaceKind.SITE and area.metonym and before not in {"in", "at", "to", "near", "from"}:
            return True  # "with White House spokeswoman X"
        if before in self.small["locative"]:
            text = w.tokens[area.first].text
            return (text.isupper() or "." in text) and before not in {"in", "at", "to", "near"}
        return True

    def _organised(self, p: int, floor: int) -> bool:
        """Whether a capitalised word before a title is part of an organisation's name, a word of which lies before it."""
        w = self.w
        for k in range(p, max(floor, p - 4) - 1, -1):
            if w.low[k] in self.organisations and w.cap[k]:
                return True
            if not w.cap[k] and w.low[k] not in self.small["inside"]:
                return False
        return False

    # To the right

    def _right(self, group: Group, end: int) -> None:
        w = self.w
        e = group.last
        shared = w.starts.get(e - 1)  # "President of the Republic of Elbonia": the last word begins the country's name
        if shared is not None and group.area is None and e < shared.last <= end and shared.kind is PlaceKind.COUNTRY:
            group.area = shared
            group.areas.append(shared)
            e = shared.last
        posted = group.has("posted")
        while e < end and w.low[e] in self.small["links"]:
            link = w.low[e]
            serves = link == "of" or (link == "for" and group.has("ministerial") and group.area is None)
            if link not in {"of", "for"} and not posted and w.low[min(e + 1, end - 1)] not in self.topics:
                group.organisation |= link == "at" and self._foreign_to_states(e + 1, end) and e + 1 not in w.starts
                break
            c = self._complement(group, e + 1, end, serves)
            if c == e + 1:
                group.organisation |= self._foreign_to_states(e + 1, end)
                break
            e = c
        group.last = e

    def _foreign_to_states(self, c: int, end: int) -> bool:
        """Whether "president of" goes on with a capital that is no country: a company, a university."""
        w = self.w
        c += c < end and w.low[c] in self.small["definite"]
        return c < end and w.cap[c] and w.tag[c].startswith("NNP") and not self.offices.titles.at(w.low, c)

    def _complement(self, group: Group, start: int, end: int, serves: bool) -> int:
        """The end of what follows "of": topics, areas, an organisation; ``start`` if nothing does."""
        w, low = self.w, self.w.low
        c = took = start
        while c < end:
            area = w.starts.get(c)
            if area is not None and area.last <= end:
                if took > start and area.adjective and area.kind is not PlaceKind.BODY:
                    break
                house = serves and group.has("of_house") and area.last < end and low[area.last] in self.small["houses"]
                if (
                    not house
                    and area.adjective
                    and area.kind is PlaceKind.COUNTRY
                    and self._of_something(area.last, end)
                ):
                    group.organisation = True
                    break
                if serves:
                    group.areas.append(area)
                    if group.area is None or group.area.kind is PlaceKind.CITY:
                        group.area = area
                c = took = area.last + house
                if c + 1 < end and low[c] in self.small["possessive"] and w.cap[c + 1]:
                    group.organisation = True
                    break
                if c < end and low[c] in self.small["country"]:
                    c = took = c + 1
                continue
            word = low[c]
            if c > start and self.offices.titles.at(low, c):
                break
            if word in self.small["inside"]:
                if not self._goes_on(group, c, end, took > start):
                    break
                c += 1
                continue
            if word in self.small["country"]:
                c = took = c + 1
                continue
            if word in self.topics and (w.cap[c] or low[start] in self.topics or c > start):
                c = took = c + 1
                continue
            stop = self._organisation(c, end)
            if stop == c:
                break
            # "head of the OSCE mission" heads an organ of the body
            group.organisation |= w.cap[c] or not group.of_body
            c = took = stop
        return took

    def _of_something(self, c: int, end: int) -> bool:
        """Whether a noun other than "republic" follows an adjective: "president of the Elbonian employers' federation"."""
        w = self.w
        return (
            c < end
            and w.low[c] not in self.small["country"]
            and (w.tag[c] in {"NN", "NNS"} or (w.cap[c] and w.low[c] in self.organisations))
        )

    def _capitals(self, c: int, end: int) -> int:
        """The end of the capitals from ``c``, up to a given name: "Centre for Human Dignity"."""
        w = self.w
        k = c
        while k < end and w.cap[k] and w.low[k] not in self.given and k not in w.starts:
            k += 1
        return k

    def _goes_on(self, group: Group, c: int, end: int, begun: bool) -> bool:
        """Whether a small word inside a complement leads to more of it and not to something else."""
        w, low = self.w, self.w.low
        after = low[c + 1] if c + 1 < end else ""
        if low[c] == ",":
            return group.plural and c + 1 in w.starts
        if low[c] in {"and", "&"} and begun:
            return (c + 1 in w.starts and group.plural) or after in self.topics or (group.plural and after == "the")
        if low[c] in {"with", "for"}:
            return after in self.topics or after == "the"
        return True

    def _organisation(self, c: int, end: int) -> int:
        """The end of a run of capitals from ``c`` that ends in a word of organisations, within six words; else ``c``."""
        w = self.w
        stop = c
        for k in range(c, min(end, c + 6)):
            if w.low[k] in self.organisations and (w.cap[k] or stop > c or k == c):
                stop = k + 1
            elif w.low[k] in self.small["possessive"]:
                if w.tag[k - 1] == "NNP":
                    break
            elif not (w.cap[k] or w.low[k] in self.small["inside"]):
                break
            if (
                stop == k
                and w.low[k] in {"for", "of"}
                and k > c
                and k + 1 < end
                and w.cap[k + 1]
                and k + 1 not in w.starts
            ):
                stop = self._capitals(k + 1, end)
        return stop
