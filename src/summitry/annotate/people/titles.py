"""Titles in a text: "the visiting Elbonian deputy foreign minister", "President of the Elbonian Republic", with what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summitry.annotate.people.words import Area, Words
from summitry.lexicon.offices import Offices, Title, TitleUse
from summitry.model.entities import PlaceKind, Rank

_ABOUT = frozenset({"to", "for", "on", "in", "at", "about"})
"""Prepositions after a title that name its field or post and not the country that it serves."""
_GENERIC = frozenset({"minister", "finance_minister", "deputy_minister", "other", "adviser", "envoy", "spokesperson"})
"""Offices whose title may have topics before it: "Trade and Industry Minister"."""
_POSTED = frozenset({"ambassador", "envoy", "general", "spokesperson"})
_INDEFINITE = frozenset({"a", "an", "any", "every", "no", "each", "some", "another", "as", "one"})


@dataclass(slots=True)
class Group:
    """A title with its modifiers and complements: words ``first`` to ``last`` (exclusive), the title itself from ``head``."""

    first: int
    last: int
    head: int
    uses: tuple[TitleUse, ...]
    area: Area | None = None
    areas: list[Area] = field(default_factory=list)
    former: bool = False
    elect: bool = False
    deputy: bool = False
    organisation: bool = False
    topics: bool = False
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

    def title(self, country: str | None) -> Title:
        """The entry that fits a country (None: not known)."""
        return pick(self.uses, self.key or country)

    def standing(self, country: str | None) -> tuple[str, Rank]:
        """Office and rank that the words give: deputies, heads of companies and former holders count as OTHER."""
        entry = self.title(country)
        office, rank = entry.office, entry.rank
        if self.deputy and office not in {"deputy_minister", "vice_president", "deputy_head_of_government"}:
            ministerial = {"minister", "foreign_minister", "defence_minister", "finance_minister"}
            office, rank = ("deputy_minister" if office in ministerial else "other"), Rank.OTHER
        if self.organisation and office in _ORGANISED:
            office, rank = "other", Rank.OTHER
        if self.elect and office == "head_of_state":
            office = "president_elect"
        return office, Rank.OTHER if self.former else rank


_ORGANISED = frozenset(
    {"head_of_state", "leader", "vice_president", "head_of_body", "speaker", "head_of_government", "monarch"}
)


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
    for title in titles:
        if not title.only:
            return title
    return titles[0]


def find_titles(words: Words, offices: Offices) -> list[Group]:
    """All titles of a text, from left to right, none inside another."""
    groups: list[Group] = []
    index, low = offices.titles, words.low
    lexicon = _Lexicon(offices)
    for sentence in words.sentences:
        i, floor = sentence.first, sentence.first
        while i < sentence.last:
            hit = index.at(low, i)
            if hit is None or hit[0] > sentence.last or not _possible(words, i, hit[0]):
                i += 1
                continue
            group = Group(i, hit[0], i, tuple(hit[1]))
            _extend_left(words, lexicon, group, floor)
            _extend_right(words, lexicon, group, sentence.last)
            groups.append(group)
            i = floor = group.last
    return groups


class _Lexicon:
    """The word lists that extend a title, by the name that they have here."""

    __slots__ = ("deputy", "elect", "former", "organisations", "owners", "plain", "topics")

    def __init__(self, offices: Offices) -> None:
        modifiers = offices.words["modifiers"]
        self.former = modifiers["former"]
        self.elect = modifiers["elect"]
        self.plain = modifiers["plain"]
        self.deputy = modifiers["deputy"]
        self.topics = offices.words["topics"]["words"]
        self.organisations = offices.words["organisations"]["words"]
        self.owners = offices.words["pronouns"]["possessive"]


def _possible(words: Words, first: int, last: int) -> bool:
    """Short forms such as "PM" need their capital ("3 pm" is no title); a title does not begin inside a hyphened word."""
    if last - first == 1:
        word = words.low[first]
        if len(word.rstrip(".")) <= 4 and not words.cap[first] and (len(word) <= 3 or word.endswith(".")):
            return False
    if first and words.low[first - 1] == "-" and words.glued[first] and words.glued[first - 1]:
        return words.low[first - 2] in {"ex", "then", "vice", "co"} if first > 1 else False
    return True


def _extend_left(words: Words, lexicon: _Lexicon, group: Group, floor: int) -> None:
    low = words.low
    k = group.head
    generic = any(u.title.office in _GENERIC for u in group.uses)
    while k > floor:
        p = k - 1
        word = low[p]
        area = words.ends.get(k)
        if area is not None and area.first >= floor and _before_title(words, area, group):
            group.areas.insert(0, area)
            if group.area is None or (area.kind is not PlaceKind.BODY and group.area.kind is PlaceKind.CITY):
                group.area = area
            k = area.first
            continue
        if word in {"'s", "'"} and words.tag[p] != "``":
            area = words.ends.get(p)
            if area is not None and area.first >= floor:
                group.areas.insert(0, area)
                group.area = group.area or area
                k, group.definite = area.first, True
            else:
                group.owner, group.definite = p - 1, True
            break
        if word in lexicon.owners:
            group.owner, group.definite, k = p, True, p
            break
        if word in {"the", "this", "that", "these", "those"}:
            group.definite = True
            break
        if word in _INDEFINITE:
            group.indefinite = True
            break
        if word in lexicon.deputy:
            group.deputy = True
        elif word in lexicon.former or word.startswith("ex-"):
            group.former = True
        elif word in lexicon.elect:
            group.elect = True
        elif (word == "-" and words.glued[p] and words.glued[k]) or word in lexicon.plain:
            pass
        elif generic and word in lexicon.topics:
            group.topics = True
        elif words.cap[p] and (
            word in lexicon.organisations or (words.tag[p].startswith("NNP") and _organised(words, lexicon, p, floor))
        ):
            group.organisation = True
        else:
            break
        k = p
    while k < group.head and low[k] in {"and", "&", "-", "of", "'s"}:
        k += 1
    group.first = k


def _before_title(words: Words, area: Area, group: Group) -> bool:
    """Whether an area before a title belongs to it: adjectives do; "in Moscow President X" does not."""
    if area.adjective or area.kind is PlaceKind.BODY:
        return True
    before = words.low[area.first - 1] if area.first > words.first_of(area.first) else ""
    if before in {"in", "at", "from", "to", "near", "of", "for", "into", "through", "via", "and"}:
        short = words.tokens[area.first].text.isupper() or "." in words.tokens[area.first].text
        return short and before not in {"in", "at", "to", "near"}
    return True


def _organised(words: Words, lexicon: _Lexicon, p: int, floor: int) -> bool:
    """Whether a capitalised word before a title is part of an organisation's name: one of its words lies to the left or right."""
    for k in range(p, max(floor, p - 4) - 1, -1):
        if words.low[k] in lexicon.organisations and words.cap[k]:
            return True
        if not words.cap[k] and words.low[k] not in {"of", "and", "the"}:
            return False
    return False


def _extend_right(words: Words, lexicon: _Lexicon, group: Group, end: int) -> None:
    low = words.low
    e = group.last
    while e < end and low[e] in {"of", "for", "to", "at", "in", "on"}:
        posted = any(u.title.office in _POSTED for u in group.uses)
        names_country = low[e] == "of" or (low[e] == "for" and not posted and False)
        c = _complement(words, lexicon, group, e + 1, end, names_country)
        if c == e + 1:
            break
        if low[e] in {"in", "at", "on"} and low[e + 1] not in lexicon.topics:
            break
        e = c
    group.last = e


def _complement(words: Words, lexicon: _Lexicon, group: Group, start: int, end: int, names_country: bool) -> int:
    """The end of what follows "of": topics, areas, an organisation; ``start`` if nothing does."""
    low = words.low
    c, took = start, start
    while c < end:
        area = words.starts.get(c)
        if area is not None and area.last <= end:
            if names_country:
                group.areas.append(area)
                if group.area is None or group.area.kind is PlaceKind.CITY:
                    group.area = area
            c = took = area.last
            if c < end and low[c] == "republic":
                c = took = c + 1
            continue
        word = low[c]
        if word in {"the", "of", "for", "and", "&", ",", "this", "his", "her", "their", "-"}:
            if word == "," and not (group.plural and words.starts.get(c + 1)):
                break
            if (
                word == "and"
                and took > start
                and words.starts.get(c + 1) is None
                and low[min(c + 1, end - 1)] not in lexicon.topics
                and low[min(c + 1, end - 1)] != "the"
            ):
                break
            c += 1
            continue
        if word in {"country", "republic", "kingdom", "nation"}:
            c = took = c + 1
            continue
        if word in lexicon.topics and (words.cap[c] or low[start] in lexicon.topics or c > start):
            c = took = c + 1
            continue
        stop = _organisation(words, lexicon, c, end)
        if stop > c:
            group.organisation = True
            c = took = stop
            continue
        break
    return took


def _organisation(words: Words, lexicon: _Lexicon, c: int, end: int) -> int:
    """The end of a run of capitals from ``c`` that ends in a word of organisations, within five words; else ``c``."""
    stop = c
    for k in range(c, min(end, c + 5)):
        if words.low[k] in lexicon.organisations and words.cap[k]:
            stop = k + 1
        elif not (words.cap[k] or words.low[k] in {"of", "and", "the", "for", "on"}):
            break
    return stop
