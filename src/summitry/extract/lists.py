"""Lists of people: "A of Chile, B of Peru and C", "A, the president of Chile, and his Peruvian counterpart B".

A member is a name with what stands before it (a country, an owner, a determiner) and behind it ("of Chile", "(Chile)", an
apposition between commas). A comma alone joins nothing: a list is one where its last joint is "and", "as well as".
"""

from __future__ import annotations

from collections.abc import Iterator

from summitry.extract.hosts import Places
from summitry.extract.verbs import Group
from summitry.extract.view import View
from summitry.model.entities import PlaceKind

APPOSED = 9
"""Units that an apposition between commas may have."""
AHEAD = 6
"""Units that may stand between a joint and the name of the next member."""
_FINITE = frozenset(["past", "present", "future", "would", "hedge", "planned"])
_BEFORE_NAME = frozenset(["PRP$", "DT", "JJ", "NN", "POS", "HYPH"])
_APPOSED = frozenset(["DT", "PRP$", "JJ", "NN", "NNS", "NNP", "IN", "POS", "HYPH", "CD"])


class PeopleLists(Places):
    """The lists of people of one sentence, beside its places."""

    def __init__(self, view: View, groups: dict[int, Group], here: str | None) -> None:
        super().__init__(view, groups, here)
        self._joints = view.words.of("function", "joints_of_list")
        self._marks = self._joints | {",", ";"}
        self._after: dict[int, tuple[str, int] | None] = {}

    def joined_right(self, k: int) -> list[int]:
        """Unit ``k`` and the people joined to it on its right: "A, B and C" from A."""
        row, pending = [k], list[int]()
        for joint, member in self._members(k):
            if self.view.possessive(member):
                break  # "met A and B's envoy"
            pending.append(member)
            if joint != ",":
                row += pending
                pending = []
        return row

    def joined_left(self, k: int) -> list[int]:
        """Unit ``k`` and the people joined to it on its left: "A, B and C" from C."""
        row = [k]
        if self.view.person(k) is None:
            return row
        while (found := self._member_before(row[-1])) is not None:
            joint, before = found
            if joint == "," and len(row) == 1:
                break
            row.append(before)
        return row[::-1]

    def list_start(self, k: int) -> int:
        """The first unit of the list that ends with unit ``k``, a person or a place."""
        if self.view.person(k) is not None:
            return self._phrase_start(self.joined_left(k)[0])
        view, ended = self.view, False
        while True:
            before = view.lower(k - 1)
            joined = before in self._joints or (ended and before == ",")
            if not joined or view.kind(k - 2) != view.kind(k):
                return k
            ended = True
            k -= 2

    def _members(self, k: int) -> Iterator[tuple[str, int]]:
        """The members behind that of unit ``k``, each with what joins it to the one before: ",", "and" or "as well as"."""
        found = self._next(k)
        while found is not None:
            yield found
            found = self._next(found[1])

    def _member_before(self, k: int) -> tuple[str, int] | None:
        """The member whose next is that of unit ``k``, with what joins them."""
        p = max((p for p in self.view.people if p < k and not self._owns(p)), default=None)
        found = self._next(p) if p is not None else None
        return (found[0], p) if p is not None and found is not None and found[1] == k else None

    def _next(self, k: int) -> tuple[str, int] | None:
        """The member that follows that of unit ``k``, with what joins them; None if its list ends there."""
        if k not in self._after:
            self._after[k] = self._joined_to(k)
        return self._after[k]

    def _joined_to(self, k: int) -> tuple[str, int] | None:
        view = self.view
        if view.possessive(k):
            return None
        end = self.phrase_end(k)
        comma = view.lower(end) in {",", ";"}
        m = end + comma
        joint = "," if comma else ""
        for length in (1, 3):  # "and", "as well as"
            phrase = " ".join(view.lower(x) for x in range(m, m + length))
            if phrase in self._joints and view.is_word(m):
                joint, m = phrase, m + length
                break
        if not joint:
            return None
        who = self._name(m)
        if who is None:
            return None
        mention = view.person(who)
        clause = any(g.first == who + 1 and g.cues & _FINITE for g in self.groups.values())
        begins = mention is not None and mention.form == "pronoun"
        if comma and joint != "," and (begins or (clause and not self._in_list(k))):
            return None  # "for talks with A, and B will fly on", "with A, and he goes on": another clause
        return (joint, who)

    def _in_list(self, k: int) -> bool:
        """Whether unit ``k`` is behind another member of a list, or is itself described between commas."""
        view = self.view
        return view.lower(self._phrase_start(k) - 1) in {",", ";"} or view.lower(self._behind_name(k)) == ","

    def _name(self, m: int) -> int | None:
        """The name that begins at unit ``m``, over a determiner, an owner, a country: "his Chilean counterpart B"."""
        view = self.view
        for k in range(m, min(m + AHEAD, len(view))):
            if self._owns(k):
                continue
            if view.person(k) is not None:
                return k
            apposed = k > m and view.lower(k) == "," and view.is_noun(k - 1) and view.person(k + 1) is not None
            if view.place(k) is None and not apposed and not (view.is_word(k) and view.tag(k) in _BEFORE_NAME):
                return None  # but "and his Chilean colleague, B"
        return None

    def _owns(self, k: int) -> bool:
        """Whether unit ``k`` is "his" or "their": whose the next noun is."""
        mention = self.view.person(k)
        return mention is not None and mention.possessive and mention.form in {"pronoun", "plural"}

    def _phrase_start(self, k: int) -> int:
        """Where the phrase of a name begins: at "his" of "his Chilean counterpart B", at "Chile" of "Chile's B"."""
        view, m = self.view, k
        while m > 0:
            if view.tag(m - 1) == "POS" and view.place(m - 2) is not None:
                return m - 2
            joined = view.lower(m - 2) in self._marks
            if view.place(m - 1) is not None and joined:
                return m - 1  # "A and Chile President B"; not "in London President B"
            if not self._owns(m - 1) and not (view.is_word(m - 1) and view.tag(m - 1) in {"PRP$", "DT"}):
                break
            m -= 1
            if not joined:
                return k  # the words between a preposition and its name are told apart there
        return m

    def phrase_end(self, k: int) -> int:
        """The unit behind a name and what belongs to it: "of Chile", "(Chile)", ", the president of Chile"."""
        view, m = self.view, self._behind_name(k)
        if view.lower(m) != "," or not view.is_word(m):
            return m
        apposed = view.tag(m + 1) in {"DT", "PRP$"} or view.place(m + 1) is not None
        for x in range(m + 1, min(m + 1 + APPOSED, len(view)) if apposed else m):
            if view.lower(x) in {",", ";"} and view.is_word(x):
                return x
            if view.place(x) is None and not (view.is_word(x) and view.tag(x) in _APPOSED and x not in self.groups):
                break
        return m

    def _behind_name(self, k: int) -> int:
        """The unit behind a name with its country: "A of Chile", "A (Chile)"."""
        view, m = self.view, k + 1
        if view.lower(m) == "of":
            m += 2 if view.lower(m + 1) == "the" else 1
            place = view.place(m)
            return m + 1 if place is not None and place.kind is not PlaceKind.CITY else k + 1
        if view.lower(m) == "(" and view.place(m + 1) is not None and view.lower(m + 2) == ")":
            return m + 3
        return m
