"""Names in a text, with the titles that stand beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from summitry.annotate.people.runs import Run, RunReader
from summitry.annotate.people.titles import Group
from summitry.annotate.people.words import Area, Words
from summitry.lexicon.people import People

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "MD"})


@dataclass(slots=True)
class Found:
    """A place in the text where a person is named, or meant by an office.

    ``first`` to ``last`` is the whole phrase, ``head`` to ``tail`` the naming words, ``name`` the folded words of the name
    without titles (empty for an office). ``hint`` is a country beside the name; ``weak`` if only its shape speaks for it.
    """

    first: int
    last: int
    head: int
    tail: int
    name: tuple[str, ...]
    groups: list[Group]
    gender: str = ""
    hint: Area | None = None
    weak: bool = False
    possessive: bool = False


class NameFinder:
    """Finds names in one text. ``find()`` gives the sure ones and those that only their shape speaks for (``weak``)."""

    def __init__(self, words: Words, groups: list[Group], people: People) -> None:
        self.w = words
        self.people = people
        self.by_first = {g.first: g for g in groups}
        self.group_at = {i: g for g in groups for i in range(g.head, g.last)}
        self.runs = RunReader(words, self.group_at, people)
        lists = people.offices.words
        self.small = lists["small"]
        self.particles = lists["particles"]["words"]
        self.owners = lists["pronouns"]["possessive"]
        self.saying = lists["saying"]["words"] | lists["saying"]["acting"]

    def find(self) -> list[Found]:
        """Every name, from left to right."""
        found: list[Found] = []
        for sentence in self.w.sentences:
            found.extend(self._sentence(sentence.first, sentence.last))
        return found

    def _sentence(self, start: int, end: int) -> list[Found]:
        found: list[Found] = []
        w = self.w
        i = start
        while i < end:
            group = self.by_first.get(i)
            if group is not None:
                after, i = self._after_title(group, end, found[-1].tail if found else -1)
                found.extend(after)
                continue
            if i in self.group_at:
                i += 1
                continue
            if not w.cap[i]:
                name = self._with_particle(i, end)
                if name is not None:
                    found.append(name)
                i = name.tail if name is not None else i + 1
                continue
            name = self._standing(i, end)
            if name is None:
                i += 1
                continue
            found.append(name)
            i = max(name.tail, i + 1)
        self._appositions(found, end)
        self._shared_country(found)
        self._listed(found, end)
        return found

    def _listed(self, found: list[Found], end: int) -> None:
        """ "Met Anna Prill, Kalle Ott and Mia Saar", "the delegation: A B, C D and E F": a list of names is one of people.

        A run of proper nouns that only its shape speaks for is taken where it stands in a list beside a full name, or in a
        list of such runs that words of a company of people open.
        """
        rows: list[list[Found]] = []
        for f in found:
            if rows and self._joined(rows[-1][-1].tail, f.first):
                rows[-1].append(f)
            else:
                rows.append([f])
        for row in rows:
            shaped = [f for f in row if f.weak and self._proper(f)]
            sure = any(not f.weak and len(f.name) > 1 for f in row)
            several = len(row) > 2 or (len(row) == 2 and row[0].first > 0 and self.w.tag[row[0].first - 1] == "NNS")
            if shaped and (sure or (several and len(shaped) == len(row) and self._of_people(row[0].first))):
                for f in shaped:
                    f.weak = False

    def _joined(self, last: int, first: int) -> bool:
        """Whether nothing but a comma, "and" or both stands between two names."""
        return 0 < first - last <= 2 and all(self.w.low[k] in self.small["joins"] for k in range(last, first))

    def _proper(self, f: Found) -> bool:
        """Whether a name is of two to four words, all of them proper nouns."""
        tags = [self.w.tag[k] for k in range(f.head, f.tail) if self.w.low[k].isalpha()]
        small = [self.w.low[k] in self.particles for k in range(f.head, f.tail) if self.w.low[k].isalpha()]
        proper = all(t.startswith("NNP") or p for t, p in zip(tags, small, strict=True))
        apart = len(tags) > 1 and not self.w.glued[f.tail - 1]  # not "R-Ohio"
        return 2 <= len(f.name) <= 4 and proper and apart and self.w.sentence[f.head] not in self.w.titled

    def _of_people(self, first: int) -> bool:
        """Whether words before a list say that it is one of people: "the delegation includes", "accompanied by"."""
        start = max(self.w.first_of(first), first - 14)
        return any(self.w.low[k] in self.small["companies"] for k in range(start, first))

    def _shared_country(self, found: list[Found]) -> None:
        """ "Elbonian President X and Foreign Minister Y": the second title serves the country of the first.

        One that is told after the name ("and Foreign Minister Y of Freedonia") is told.
        """
        for one, two in pairwise(found):
            if not one.groups or not two.groups or two.groups[0].area is not None or two.groups[0].owner is not None:
                continue
            if two.hint is not None:
                continue
            if two.groups[0].has("leads") or two.groups[0].has("of_bodies"):
                continue
            tail = one.tail
            if one.hint is not None and one.hint.first >= tail:
                tail = one.hint.last  # "President X of Elbonia and Foreign Minister Y"
            between = self.w.low[tail : two.first]
            if between and all(x in self.small["joins"] for x in between):
                two.groups[0].area = next((g.area for g in one.groups if g.area is not None), one.hint)

    # Names after titles

    def _after_title(self, group: Group, end: int, named: int) -> tuple[list[Found], int]:
        """Names that follow a title, and where to go on; ``named`` is the end of the name before it, or -1."""
        w = self.w
        p, groups = group.last, [group]
        while (nxt := self.by_first.get(p)) is not None:
            groups.append(nxt)
            p = nxt.last
        start = p
        if p < end and w.low[p] == "," and group.plural:
            each = self._each(group, p + 1, end)
            return each, each[-1].tail if each else start
        comma = p < end and w.low[p] == ","
        name = self._after_comma(group, p + 1, end, named) if comma else self.runs.run(p, end, True)
        if name is None or not self._plausible(groups, name):
            return [], start
        if len(groups) > 1 and groups[-1].has("of_another"):
            groups[-1].area = groups[-1].area or groups[0].area
            groups = groups[-1:]
        out = [self._with(groups, name, end)]
        last = out[0].tail
        if group.plural or w.low[group.head].endswith("s"):
            last = self._others(groups, out, last, end)
        for g in groups:
            g.taken = True
        return out, last

    def _each(self, group: Group, p: int, end: int) -> list[Found]:
        """ "The foreign ministers of Elbonia and Freedonia, X and Y,": as many names as countries, or of one country."""
        w = self.w
        names: list[Run] = []
        while p < end and p not in self.group_at and (name := self.runs.run(p, end, True)) is not None:
            names.append(name)
            p = name.last
            if p >= end or w.low[p] not in {",", "and"}:
                break
            p += 1 + (w.low[p] == "," and p + 1 < end and w.low[p + 1] == "and")
        areas = group.areas if len(group.areas) > 1 else group.areas * len(names)
        if len(names) < 2 or len(areas) != len(names) or not all(self._sounds_personal(n) for n in names):
            return []
        out = []
        for name, area in zip(names, areas, strict=True):
            found = self._found(name, end)
            found.groups = [replace(group, area=area, areas=[area], owner=None, taken=True)]
            out.append(found)
        return out

    def _sounds_personal(self, name: Run) -> bool:
        """Whether a run in a list of names is one of a person: two words or more, or a name of the table."""
        return self.w.tag[name.first].startswith("NNP") and (name.last_word > 1 or self._known(name.words))

    def _after_comma(self, group: Group, p: int, end: int, named: int) -> Run | None:
        """The name in "the Elbonian president, Anna Prill, said"; None in "after talks with the president, Anna Prill left"."""
        w = self.w
        opening = group.first - (w.low[group.first - 1] in self.small["definite"] if group.first else 0)
        if named >= 0 and opening - named in {0, 1} and w.low[named] not in self.small["possessive"]:
            return None
        name = self.runs.run(p, end, True) if p < end and p not in self.by_first else None
        if name is None or (name.last < end and w.cap[name.last]):
            return None
        known = self._known(name.words) or w.tag[name.first].startswith("NNP")
        if name.last_word == 1 and not known:
            return None
        closed = name.last >= end or not w.low[name.last][0].isalpha()
        fronted = w.low[w.first_of(p)] in self.small["fronting"]
        if not (group.definite or group.area):
            return name if closed and name.last_word > 1 and not fronted else None
        return name if closed and not (fronted and self._before_subject(group)) else None

    def _before_subject(self, group: Group) -> bool:
        """Whether a title ends what stands before the subject: "According to the minister, X said"."""
        return "," not in self.w.low[self.w.first_of(group.first) : group.first]

    def _plausible(self, groups: list[Group], name: Run) -> bool:
        """Whether a run after a title may be the holder: capitals in a headline, and places, need more than their shape."""
        w = self.w
        if w.sentence[name.first] in w.titled and not self._known(name.words):
            tags = [w.tag[i] for i in range(name.first, name.last) if w.low[i] != "-"]
            return all(t.startswith("NNP") for t in tags) and not groups[-1].plural
        if name.last_word == 1 and w.tag[name.first] == "NNPS" and not self._known(name.words):
            return False
        lowered = not any(w.cap[i] for i in range(groups[-1].head, groups[-1].last))
        if lowered and name.last_word == 1 and not self._known(name.words):
            return w.tag[name.first].startswith("NNP")
        return True

    def _others(self, groups: list[Group], out: list[Found], last: int, end: int) -> int:
        """The further names of "presidents X, Y and Z"."""
        w = self.w
        while last < end and w.low[last] in {",", "and"}:
            p = last + 1
            if p < end and w.low[p] == "and":
                p += 1
            if p >= end or p in self.group_at:
                break
            name = self.runs.run(p, end, True)
            if name is None:
                break
            out.append(self._with(groups, name, end))
            out[-1].first = name.first
            last = out[-1].tail
        return last

    def _with(self, groups: list[Group], name: Run, end: int) -> Found:
        found = self._found(name, end)
        found.groups = list(groups)
        found.first = groups[0].first
        return found

    def _found(self, name: Run, end: int) -> Found:
        w = self.w
        found = Found(name.first, name.last, name.head, name.last, name.words, [], name.gender)
        if name.last < end and w.low[name.last] in {"'s", "'"} and w.tag[name.last] in {"POS", "''", "VBZ"}:
            found.possessive = True
        if name.last + 1 < end and w.low[name.last] == "of":
            k = name.last + 1 + (w.low[name.last + 1] == "the")
            area = w.starts.get(k)
            if area is not None and not area.adjective:
                found.hint = area
        before = name.first - 1
        if found.hint is None and before > 0 and w.low[before] in {"'s", "'"}:
            found.hint = w.ends.get(before)
        return found

    # Names that stand alone

    def _standing(self, i: int, end: int) -> Found | None:
        w = self.w
        run = self.runs.run(i, end, False)
        if run is None:
            return None
        titled = w.sentence[i] in w.titled
        if run.gender or run.honorific:
            return self._found(run, end)
        if (held := self._after_post(run, end)) is not None:
            return held
        holders = self.people.full(run.words)
        if run.last_word > 1:
            if holders:
                return self._found(run, end)
            if titled:
                return self._shorter(run, end)
            if run.broken:
                return None
            first = run.words[0]
            if (
                first in self.people.given
                or first in self.people.families_first
                or self._initials(run)
                or self._says(run, end)
            ):
                return self._found(run, end)
            run = self._later_start(run)
        found = self._found(run, end)
        settled = run.last_word > 1 and (run.words[0] in self.people.given or bool(self.people.full(run.words)))
        found.weak = not settled and not self._personal(run, found, end)
        return found

    def _after_post(self, run: Run, end: int) -> Found | None:
        """ "Head of Elbomet Anna Prill": after a bare title a run of three words or more is what is headed, and a name."""
        w = self.w
        k = run.head - 2
        group = self.group_at.get(k)
        if group is None or w.low[run.head - 1] != "of" or group.last != run.head - 1 or group.taken or group.plural:
            return None
        if group.first and w.low[group.first - 1] in self.small["definite"] | self.small["indefinite"] | self.owners:
            return None
        start = run.last - 2
        proper = all(w.tag[i].startswith("NNP") and not w.glued[i] for i in range(start, run.last))
        if start <= run.head or not proper or run.broken or self.people.full(run.words):
            return None
        found = self._with([group], self.runs.cut_front(run, start), end)
        group.taken = True
        return found

    def _with_particle(self, i: int, end: int) -> Found | None:
        """A family name of the table that begins with a particle in small letters: "von Hallen said", "met al-Sadeq"."""
        w = self.w
        if w.low[i] not in self.particles or not w.low[i].isalpha():
            return None
        for last in range(min(i + 5, end), i + 1, -1):
            words = self.runs.fold(i, last)
            if w.cap[last - 1] and len(words) > 1 and self.people.family(words) and not self.people.full(words):
                return self._found(Run(i, i, last, words), end)
        return None

    def _personal(self, run: Run, found: Found, end: int) -> bool:
        """Whether what stands beside a run of proper nouns makes it a person: "met X Y", "Elbonia's X Y", "X Y, who ..."."""
        w = self.w
        if run.last - run.head < 2 or w.sentence[run.head] in w.titled:
            return False
        if not all(
            w.tag[k].startswith("NNP")
            or w.low[k] == "-"
            or w.low[k] in self.particles
            or (k == run.last - 1 and w.tag[k] == "NNS")  # "Kalle Mattis" looks like a plural
            for k in range(run.head, run.last)
        ):
            return False
        before = w.low[run.head - 1] if run.head > w.first_of(run.head) else ""
        agent = before == "by" and w.low[run.head - 2] in self.small["by_people"]
        after = w.low[run.last + 1] if run.last + 1 < end and w.low[run.last] == "," else ""
        aged = after.isdigit() and len(after) == 2 and run.last + 2 < end and w.low[run.last + 2] == ","
        return found.hint is not None or before in self.small["meeting"] or agent or after in {"who", "whose"} or aged

    def _later_start(self, run: Run) -> Run:
        """A run may hold more than the name: "Archbishop Emeritus Anna Prill", "Whether Popov". Where the name begins in it."""
        w = self.w
        for start in range(run.head + 1, run.last):
            if w.low[start] == "-" or w.glued[start]:
                continue
            if w.low[start - 1] in self.small["things"]:
                break
            words = self.runs.fold(start, run.last)
            if len(words) > 1 and (self.people.full(words) or words[0] in self.people.given):
                return Run(start, start, run.last, words)
        opens = run.head == w.first_of(run.head) and run.last - run.head > 1
        if opens and not w.tag[run.head].startswith("NNP") and not w.glued[run.head + 1]:
            start = run.head + 1
            return Run(start, start, run.last, self.runs.fold(start, run.last))
        return run

    def _initials(self, run: Run) -> bool:
        """Whether a name begins with initials: "S.R. Nathan"."""
        text = self.w.tokens[run.head].text
        return text.endswith(".") and len(run.words[0]) == 1 and len(run.words[-1]) > 1

    def _shorter(self, run: Run, end: int) -> Found | None:
        """In title case a run may go on past the name: the longest beginning that the table knows, else the first word."""
        for last in range(run.last - 1, run.first, -1):
            part = self.runs.cut(run, last)
            if len(part.words) > 1 and self.people.full(part.words):
                return self._found(part, end)
        for last in range(run.first + 1, run.last):
            part = self.runs.cut(run, last)
            if part.words and not (last < run.last and self.w.glued[last]):
                found = self._found(part, end)
                found.weak = True
                return found
        return None

    def _says(self, run: Run, end: int) -> bool:
        w = self.w
        after = w.low[run.last] if run.last < end else ""
        before = w.low[run.first - 1] if run.first else ""
        return after in self.saying or (before in {"said", "told", "says", "met"} and after in {",", ".", "", "of"})

    def _known(self, words: tuple[str, ...]) -> bool:
        return bool(self.people.full(words) or self.people.family(words))

    # Titles after names

    def _appositions(self, found: list[Found], end: int) -> None:
        """ "X, the Elbonian president" and "X, foreign minister of Elbonia": the title goes to the name before it."""
        w = self.w
        for f in found:
            p = f.tail
            if p + 1 >= end or w.low[p] not in self.small["openers"]:
                continue
            p += 1
            if w.low[p].isdigit() and p + 2 < end and w.low[p + 1] == ",":
                p += 2
            if w.low[p] in {"the", "a", "an", "who"} or w.low[p] in self.owners:
                p += 1 + (w.low[p] == "who" and p + 1 < end and w.low[p + 1] in {"is", "was"})
            group = self.by_first.get(p)
            if group is None or group.taken or group.plural or not self._closes(group, end) or self._shouted(f):
                continue
            while group is not None and not group.taken:
                group.taken = True
                f.groups.append(group)
                f.weak = False
                group = self._and_title(group.last, end)

    def _closes(self, group: Group, end: int) -> bool:
        """Whether a title ends a phrase; "before the mass for X, the pope will speak" is no apposition.

        Nor is the owner in "X, the president's daughter"; "X, chairman of Elbonia's joint chiefs" is one.
        """
        if group.last >= end:
            return True
        end_of = group.last + (self.w.tag[group.last] == "RB" and group.last + 1 < end)  # "the king quietly left"
        owner = self.w.low[group.last] in self.small["possessive"] and not any(
            a.last == group.last for a in group.areas
        )
        return self.w.tag[end_of] not in _FINITE and not owner

    def _shouted(self, f: Found) -> bool:
        """Whether a lone word in capitals is anything but a name: "a visiting VIP: the president"."""
        word = self.w.tokens[f.head].text
        return f.weak and len(f.name) == 1 and len(word) > 1 and word.isupper()

    def _and_title(self, p: int, end: int) -> Group | None:
        """A second title after the first: "chairman of the commission and deputy prime minister"."""
        w = self.w
        if p + 1 >= end or w.low[p] not in self.small["joins"]:
            return None
        p += 1 + (w.low[p + 1] == "and")
        p += p < end and w.low[p] in self.small["definite"]
        group = self.by_first.get(p)
        if group is None or group.taken or group.plural or (group.last < end and w.cap[group.last]):
            return None
        return group
