"""Find the arguments of a trigger by word order: who is the subject, whom the object, which places are led to."""

from __future__ import annotations

from summitry.extract.hosts import Host
from summitry.extract.lists import PeopleLists
from summitry.extract.verbs import Group, verb_before
from summitry.extract.view import View

__all__ = ["Arguments", "Host"]


class Arguments(PeopleLists):
    """Subjects, objects and places of one sentence."""

    def __init__(self, view: View, groups: dict[int, Group], here: str | None) -> None:
        super().__init__(view, groups, here)
        self._subjects: dict[int, list[int]] = {}

    # --- people ---------------------------------------------------------------------------------------------------

    def subject(self, group: Group, depth: int = 0) -> list[int]:
        """The units that are the subject of a verb group: people, or a place that stands for a government; [] if none."""
        if depth > 6:
            return []
        if depth == 0 and self.groups.get(group.head) is group:  # one that a reader has changed is read anew
            if group.head not in self._subjects:
                self._subjects[group.head] = self._subject(group, 0)
            return list(self._subjects[group.head])
        return self._subject(group, depth)

    def _subject(self, group: Group, depth: int) -> list[int]:
        if group.subject is not None:
            return self.joined_left(group.subject)
        if self._inverted(group):
            return [group.head + 1]
        if group.matrix is not None and group.matrix in self.groups and group.cues & {"participle", "purpose"}:
            apart = "participle" in group.cues and not group.cues & {"before", "after"}
            found = self._leftwards(group, depth, stop=group.matrix) if apart else []
            found = [f for f in found if self.view.person(f) is not None]
            found = found or self.subject(self.groups[group.matrix], depth + 1)
            return found
        if "participle" in group.cues and group.matrix is None:
            if beside := self._leftwards(group, depth):
                return beside
            later = (g for h, g in self.groups.items() if h > group.head and "participle" not in g.cues)
            following = next(later, None)
            return self.subject(following, depth + 1) if following else []
        return self._leftwards(group, depth)

    def _inverted(self, group: Group) -> bool:
        """ "..., said Awwad": a verb of saying with its speaker after it."""
        view = self.view
        return (
            view.person(group.head + 1) is not None
            and not view.possessive(group.head + 1)
            and view.lemma(group.head) in view.words.of("announce", "verbs")
            and (view.lower(group.head - 1) == "," or view.lower(group.head - 1) in self._f["quotes"])
            and view.person(group.head - 2) is None  # "the minister, X, told Y": the comma closes an apposition
        )

    def _leftwards(self, group: Group, depth: int, stop: int = -1) -> list[int]:
        view, f = self.view, self._f
        j = group.first - 1
        while (
            view.kind(j) == "time"
            or (view.is_word(j) and view.lower(j) in f["reflexive"])
            or (view.tag(j) == "RB" and view.lower(j - 1) in {"and", "but", ",", "then"})
        ):
            j -= 1
        opened = view.insertions.get(j)
        who = -1 if opened is None or opened <= stop + 1 else opened - 1
        if view.person(who) is not None and not view.possessive(who) and not self._led(who):
            return self.joined_left(who)  # "X, who faces protests at home, | arrived"
        if view.lower(j) in {"and", "but", "then", "or"} or (view.lower(j) == "," and view.is_verb(group.head)):
            last = self._before(group)
            told = view.lower(j) == "," and last is not None and self._said_of(last, j)
            if last is not None and not told and not self._person_between(last.head, group.first):
                before = range(last.first - 1, max(last.first - 9, -1), -1) if view.lower(j) == "," else ()
                whose = next((m for m in before if view.tag(m) == "WP$"), None)
                # "X, whose last trip was in May, goes there": the comma closes the clause in which the trip is the subject
                return self.subject(last, depth + 1) if whose is None else self.antecedent(whose)
        comma = False
        while j > stop:
            word = view.lower(j)
            if view.is_word(j) and word in f["relative"]:
                return self.antecedent(j)
            if view.person(j) is not None:
                if self._led(j):
                    if self._leads(j):
                        return [j]
                    j = self._before_led(j)
                    continue
                if view.possessive(j) and not comma:
                    return []
                return self._same_subject(group, j, depth) or self.joined_left(j)
            if view.kind(j) == "time":
                j -= 1
                continue
            if view.place(j) is not None:
                if self._led(j):
                    j = self._before_led(j)
                    continue
                mention = view.place(j)
                if mention is not None and not mention.adjective and not comma:
                    return [j]
                j -= 1
                continue
            if word == "," or word in f["dashes"] or word in {"(", ")"}:
                inner = self._among_them(j) if word == "," else None
                if word == "," and inner is None:
                    named = self.joined_left(j - 1)
                    if len(named) > 1 and not self._led(j - 1):
                        return named  # "the three presidents, A, B and C, arrived"
                    inner = self._parenthesis(j)
                comma = True
                j = inner if inner is not None else j - 1
                continue
            if view.is_verb(j):
                last = self.groups.get(j)
                finite = bool(group.cues & {"past", "present", "future", "would", "hedge"})
                return self.subject(last, depth + 1) if last is not None and not finite else []
            if (view.is_noun(j) or view.tag(j).startswith("NNP") or view.tag(j) == "PRP") and not comma:
                if (lead := self._inserted_phrase(j)) is not None:
                    j = lead
                    continue
                return self._beside_noun(j)
            if word in f["quotes"] or word == ";":
                return []
            j -= 1
        return []

    def _inserted_phrase(self, j: int) -> int | None:
        """ "X, who in turn came": the unit before a phrase that stands between "who" and its verb; None if there is none."""
        view, m = self.view, j
        while view.is_word(m) and view.tag(m) in {"DT", "JJ", "NN", "NNS", "PRP$"}:
            m -= 1
        relative = view.is_word(m - 1) and view.lower(m - 1) in self._f["relative"]
        return m - 1 if view.tag(m) == "IN" and relative else None

    def _leads(self, j: int) -> bool:
        """ "A delegation led by X": the subject is the one who leads."""
        view, words = self.view, self.view.words
        m = self.list_start(j) - 1
        if view.lower(m) != "by" or view.lemma(m - 1) not in words.of("escort", "led"):
            return False
        return any(view.lemma(x) in words.of("escort", "nouns") for x in range(max(0, m - 8), m - 1))

    def _same_subject(self, group: Group, j: int, depth: int) -> list[int]:
        """ "As Xi did when he visited": a pronoun that opens a subordinate clause has the subject of the clause before."""
        view, mention = self.view, self.view.person(j)
        if mention is None or mention.form != "pronoun" or view.lower(j - 1) not in self._f["clause_time"]:
            return []
        last = self._before(group)
        if last is None or last.cues & {"participle", "purpose", "infinitive"}:
            return []
        found = self.subject(last, depth + 1)
        named = [f for f in found if (m := view.person(f)) is not None and m.form != "pronoun"]
        return named if len(named) == 1 else []

    def _beside_noun(self, j: int) -> list[int]:
        """ "Pohamba and his delegation": the person joined to a noun that stands as subject."""
        view, m = self.view, j
        while view.is_word(m) and view.tag(m) in {"NN", "NNS", "JJ", "PRP$", "DT", "CD", "NNP", "POS"}:
            m -= 1
        if view.person(m) is not None and view.possessive(m) and view.lemma(j) in view.words.of("edge", "craft"):
            return [m]  # "her plane landed in Oslo"
        if view.person(m) is not None and view.possessive(m) and view.lower(m - 1) == "and":
            m -= 1
        if view.lower(m) == "and" and view.person(m - 1) is not None and not self._led(m - 1):
            return self.joined_left(m - 1)
        return []

    def _before(self, group: Group) -> Group | None:
        return verb_before(self.groups, group.first)

    def _said_of(self, verb: Group, comma: int) -> bool:
        """ "The king said the boy's father, Juan Prill, would travel": the comma closes what belongs to another subject."""
        view = self.view
        who = comma - 1 if view.person(comma - 1) is not None else self._parenthesis(comma)
        subject = who is not None and who > verb.head and not self._led(who) and not view.possessive(who)
        joined = any(view.lower(m) == "that" and view.is_word(m) for m in range(verb.head + 1, comma))
        return subject and (joined or view.lemma(verb.head) in view.words.of("announce", "verbs"))

    def _person_between(self, a: int, b: int) -> bool:
        """Whether a person who could be a subject stands between two units."""
        view = self.view
        return any(
            view.person(m) is not None
            and not self._led(m)
            and not view.possessive(m)
            and view.lower(m + 1) not in {",", "and"}
            and m == b - 1
            for m in range(a + 1, b)
        )

    def _among_them(self, j: int) -> int | None:
        """From a comma that closes ", among them A and B," to the unit before the one that opens it."""
        view = self.view
        for m in range(j - 1, max(j - 24, 0), -1):
            if m in self.groups:
                return None
            if view.lower(m) == "," and view.lower(m + 1) in self._f["among"] and view.lower(m + 2) in self._f["them"]:
                return m - 1
        return None

    def _parenthesis(self, j: int) -> int | None:
        """From a comma that closes a parenthesis to the unit before the one that opens it, if a person stands there."""
        view = self.view
        for m in range(j - 1, max(j - 14, -1), -1):
            if view.lower(m) == "," and view.is_word(m):
                return m - 1 if view.person(m - 1) is not None and not self._led(m - 1) else None
            if m in self.groups and "participle" not in self.groups[m].cues and "reduced" not in self.groups[m].cues:
                return None
        return None

    def antecedent(self, j: int) -> list[int]:
        """The person before a relative pronoun, over a comma and an apposition."""
        view = self.view
        m = j - 2
        while view.tag(m) in {"DT", "JJ", "NN", "CD", "NNS"} and view.is_word(m) and j - m < 6:
            m -= 1
        crowd = view.lower(j - 1) in self._f["those"] or view.tag(j - 1) == "NNS"
        if crowd and view.lower(m) in self._f["among"]:  # "X and Y were among those who attended", "among leaders who"
            last = verb_before(self.groups, m)
            return self.subject(last) if last is not None and m - last.head <= 1 else []
        for m in range(j - 1, max(j - 10, -1), -1):
            if view.person(m) is not None and not view.possessive(m):
                plural = view.lower(j - 1) != "," and "and" in {view.lower(m - 1)}
                return self.joined_left(m) if plural else [m]
            if m in self.groups:
                return []
            if view.is_noun(m) and view.lower(m + 1) == view.lower(j):
                return []
        return []

    def _led(self, k: int) -> bool:
        """Whether a preposition leads to unit ``k``, over other members of a list; "before he arrives" is none."""
        view = self.view
        last = k
        k = self.list_start(k)
        m = k - 1
        while self._modifier(m):
            m -= 1
        alone = view.lower(m) != "for" or view.lower(last) in self._f["subjects"]  # "a spokesman for X said"
        if view.is_word(m) and view.lower(m) in self._f["subordinator"] and alone:
            finite = {"past", "present", "future", "would", "hedge", "planned"}
            if any(g.first == last + 1 and g.cues & finite for g in self.groups.values()):
                return False
        return view.is_word(m) and view.lower(m) in self._f["before_subject"]

    def _before_led(self, k: int) -> int:
        k = self.list_start(k)
        m = k - 1
        while self._modifier(m):
            m -= 1
        return m - 1

    def _modifier(self, m: int) -> bool:
        """Whether a word may stand between a preposition and the name it leads to; "from there President X" has none."""
        view = self.view
        tagged = view.tag(m) in {"DT", "JJ", "PRP$", "VBG", "CD"} and view.is_word(m)
        return tagged and view.lower(m) not in self._f["lead_adverbs"]

    def objects(self, k: int, stop: int) -> list[int]:
        """The people that follow unit ``k`` as objects: right after it, over determiners, adjectives and adverbs."""
        view, m = self.view, k + 1
        while m < stop:
            if view.place(m) is not None and view.tag(m + 1) == "POS" and view.person(m + 2) is not None:
                m += 2
            if view.person(m) is not None and not view.possessive(m):
                return self.joined_right(m)
            if (named := self._named_behind(m)) is not None:
                return self.joined_right(named)
            if (
                view.kind(m) == "time"
                or view.tag(m) in {"DT", "JJ", "RB", "VBG", "CD", "IN", "PRP$"}
                or view.lower(m) in self._f["all"]
                or (view.place(m) is not None and view.is_word(m + 1))
            ):
                if view.tag(m) == "IN" and view.kind(m + 1) != "time":
                    after = self._behind_place(m, stop) if m == k + 1 else m
                    if after == m:
                        return []
                    m = after
                    continue
                m += 1
                continue
            return []
        return []

    def _named_behind(self, m: int) -> int | None:
        """ "Met the leaders of Chad and Niger, A and B": from the plural title to the first name; None if none stands there."""
        view = self.view
        if view.tag(m) != "NNS" or view.lower(m + 1) != "of":
            return None
        k = m + 2
        while view.place(k) is not None or view.lower(k) in {"and", ",", "the"}:
            k += 1
        return k if view.lower(k - 1) == "," and view.person(k) is not None and not view.possessive(k) else None

    def _behind_place(self, m: int, stop: int) -> int:
        """Where an object goes on behind "in Oslo" and its time: "welcomed in Oslo | his guest X"; ``m`` if none does."""
        view = self.view
        if view.lower(m) not in self._f["around"]:
            return m
        places, after = self.place_at(m + 1, stop)
        while view.kind(after) == "time" or (view.tag(after) == "IN" and view.kind(after + 1) == "time"):
            after += 1
        direct = view.person(after) is not None or view.tag(after) in {"DT", "PRP$"}
        return after if places and direct else m

    def agent(self, k: int, stop: int, by: bool = True) -> list[int]:
        """The people told after a visit noun as its visitors: "the visit to Oslo by X", "the trip of X"."""
        view, m, apart = self.view, k + 1, False
        while m < stop:
            word = view.lower(m)
            apart = apart or word == ","
            if apart and word in {"of", "from"}:
                return []  # "a visit in May, the first of the term"
            if view.is_word(m) and word in {"by", "of", "from"} and (by or word != "by"):
                after = m + 1
                while view.tag(after) in {"DT", "JJ", "PRP$"}:
                    after += 1
                after = self._leader(after)
                if view.place(after) is not None and view.tag(after + 1) == "POS":
                    after += 2  # "by Norway's X"
                if view.person(after) is not None and not view.possessive(after):
                    return self.joined_right(after)
                if word == "by":
                    return []
            elif view.words.role("control", view.lemma(m)) == "planned" and view.tag(m) == "VBN":
                m += 1 + (view.lower(m + 1) == "for")  # "the visit planned for May by X"
                continue
            elif not (
                view.place(m) is not None
                or view.kind(m) == "time"
                or view.tag(m) in {"IN", "TO", "DT", "POS", "JJ", "CC", ","}
                or word in view.words.of("place_nouns", "city")
                or word in view.words.of("place_nouns", "country")
            ) or word in {"at", "for"}:
                return []
            m += 1
        return []

    def _leader(self, k: int) -> int:
        """From "a Russian delegation headed by X" to X; the same unit where there is no such phrase."""
        view, words, m = self.view, self.view.words, k
        while view.place(m) is not None or view.tag(m) in {"JJ", "NN", "HYPH"}:
            if view.lemma(m) in words.of("escort", "nouns") and view.lemma(m + 1) in words.of("escort", "led"):
                return m + 3 if view.lower(m + 2) == "by" else k
            m += 1
        return k

    def person_up_to(self, k: int) -> int | None:
        """The person whose phrase ends before unit ``k``: "X |", "X of Peru |", "X, | in Oslo"; None if there is none."""
        view, m = self.view, k - 1
        if view.lower(m) == ",":
            m -= 1
        if view.place(m) is not None and view.lower(m - 1) == "of":
            m -= 2
        return m if view.person(m) is not None and not view.possessive(m) else None

    def led_people(self, start: int, stop: int, preps: frozenset[str]) -> list[int]:
        """People led to by one of the prepositions between two units: "with A and B"."""
        view = self.view
        for k in range(start, stop):
            if view.is_word(k) and view.lower(k) in preps:
                m = k + 1
                while m < stop and (
                    view.tag(m) in {"DT", "JJ", "PRP$", "VBG", "CD", "POS", "NNP"}
                    or view.is_noun(m)
                    or view.place(m) is not None
                    or view.lower(m) == "of"
                ):
                    m += 1
                if view.person(m) is not None:
                    if view.possessive(m):
                        continue
                    return self.joined_right(m)
        return []
