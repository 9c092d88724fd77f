"""Ahead or behind: the tense and aspect of the verb that governs a time expression."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from summitry.annotate.insertions import CLOSERS, INSERTION, dashed, insertion
from summitry.annotate.times.verbs import EITHER, FUTURE, PAST, WINDOW, VerbForms
from summitry.lexicon.times import Grammar
from summitry.model.syntax import Sentence, Token

_NOMINAL = ("DT", "JJ", "NN", "PR", "PO", "CD", "IN", "TO")
_BESIDE = 6  # tokens before an expression that may put it ahead or behind
_HERALD = 15  # tokens between "ahead of" and a day
_REACH = 9  # tokens between "is" or "is going" and a day


class Tenses(VerbForms):
    """Directions of the expressions of one text. Without tags the commonest verb forms are known by their words."""

    def __init__(self, tokens: Sequence[Token], sentences: Sequence[Sentence], grammar: Grammar) -> None:
        self.tokens = tokens
        self.sentences = sentences
        self.words = grammar.tense
        self.names = grammar.words
        self._starts = [t.start for t in tokens]
        self._firsts = [s.first for s in sentences]
        self.sure = False
        """Whether the words beside the expression last asked for put it in the past, not the tense of a verb."""
        self.present = False
        """Whether its verb is of the present ("is visiting", "is in Rome"): under way, as well as ahead."""
        self.firm = True
        """Whether what is ahead is told in the present or with "will", and not by a past verb ("decided to speak")."""
        self.perfect = False
        """Whether its verb reaches to the present ("has cut jobs since March")."""

    def of(self, start: int, end: int) -> str:
        """ "past", "future" or "" for the expression text[start:end]; "either" for what had been due, in time or never."""
        self.sure = self.present = self.perfect = False
        self.firm = True
        if not self.tokens:
            return ""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, end - 1) - 1, first)
        low, high = 0, len(self.tokens)
        if self.sentences:
            sentence = self.sentences[max(bisect_right(self._firsts, first) - 1, 0)]
            low, high = sentence.first, sentence.last
        low, high = max(low, first - WINDOW), min(high, last + 1 + WINDOW)
        told = self._beside(first, last, low, high)
        if told:
            self.sure = told == PAST
            return told
        tense = self._near(first, last, low, high)
        self.firm = tense != FUTURE or not self._was(first, low)
        return tense

    def _was(self, first: int, low: int) -> bool:
        """Whether the finite verb before is of the past, and not one of saying or fixing: "wanted to leave on Monday"."""
        verb = next((i for i in range(first - 1, low - 1, -1) if self._finite(i)), None)
        if verb is None or self.tokens[verb].tag != "VBD":
            return False
        return self._lemma(verb) not in self.words["reporting"] | self.words["arranging"]

    def _near(self, first: int, last: int, low: int, high: int) -> str:
        before = self._verb_before(first, low)
        after = self._verb_after(self._behind_insertion(last + 1, high), high)
        inside = self._parenthesis(first, last, low, high)
        if inside is not None:
            return self._tense(inside, low, high)
        if (
            before is not None
            and after is not None
            and (self._opens(first, last, before) or self._clause(before, first, last, high))
        ):
            before = None
        at = before if before is not None else after
        if at is None:
            return FUTURE if self._unseen(first, last, low, high) else ""
        if before is None and self.tokens[last + 1].lower == "that" and self.tokens[last + 1].tag == "IN":
            return PAST  # "Reports on Monday that he will leave"
        if after is not None and self._given_up(after, last, high):
            return FUTURE
        if before is not None and self._lemma(before) in self.words["scrapped"] and self._modifies(last + 1, high):
            return FUTURE
        link = self.tokens[first - 1].lower if first else ""
        if (
            before is not None
            and self._lemma(before) in self.words["fixing"]
            and (link == "for" or before == first - 1)
        ):
            return FUTURE
        if before is not None and self._summoned(before, first):
            return EITHER if "had" in self._auxiliaries(before, low) else FUTURE
        called = before is not None and link == "for" and self._lemma(before) in self.words["arranging"]
        if called and self._weekday(first) and not self._modifies(last + 1, high):
            return FUTURE
        if before is not None and link in self.words["until"]:
            lemma = self._lemma(before)
            lasting = bool({lemma, self._lemma(max(before - 1, low))} & self.words["lasting"])  # "stayed shut until"
            lasting = lasting and not {"VBZ", "VBP"} & {self.tokens[k].tag for k in (before, max(before - 1, low))}
            if lemma in self.words["put_off"] or (link != "to" and not lasting):
                return FUTURE
        if self.tokens[at].tag in ("VBZ", "VBP") and self._named_over(at, first, low):
            return PAST
        if before is None and at == last + 1 == after and self.tokens[at].tag == "VBZ":
            return FUTURE  # "Friday brings the first test"
        tense = self._tense(at, low, high)
        if tense == FUTURE and self._idle(at) and not first - _REACH <= at <= last + _REACH:
            return ""  # "Papers are doubtful about the usefulness of his trip there on Tuesday"
        return tense

    def _verb_before(self, first: int, low: int) -> int | None:
        """The verb before, those of a clause left out that is closed: "flew to Riga, | where they are meeting, | on Monday"."""
        i = first - 1
        while i >= low:
            if self._verb(i) and not self._heading(i, low):
                return i
            opened = None
            if self.tokens[i].text in CLOSERS:
                rows = self.tokens[max(low, i - INSERTION) : i + 2]
                words = dashed([t.lower for t in rows], [(t.start, t.end) for t in rows])
                opened = insertion(words, [t.tag for t in rows], i - max(low, i - INSERTION))
            i = i - 1 if opened is None else max(low, i - INSERTION) + opened - 1
        return None

    def _behind_insertion(self, first: int, high: int) -> int:
        """The token behind "he said" between commas: "On Monday, | the aide said, | X will go"; ``first`` if there is none."""
        if first >= high or self.tokens[first].lower != ",":
            return first
        close = next((i for i in range(first + 1, min(first + _BESIDE, high)) if self.tokens[i].lower == ","), None)
        said = close is not None and self._verb(close - 1) and self._lemma(close - 1) in self.words["reporting"]
        return close + 1 if said and close is not None else first

    def _weekday(self, i: int) -> bool:
        """Whether a token is the name of a day."""
        return any(entry.label == "weekday" for entry in self.names.get(self.tokens[i].lower, ()))

    def _verb_after(self, first: int, high: int) -> int | None:
        """The verb that follows, those of relative clauses left out: "On Monday, the judge | who will hear it | met them"."""
        verbs = [i for i in range(first, high) if self._verb(i) and not self._attribute(i)]
        finite = {i for i in verbs if self._finite(i)}
        i, relative = first, False
        while i < high and finite:
            if i in finite and not relative:
                return i
            if i in finite:
                relative = False
                while i + 1 < high and self.tokens[i + 1].tag[:2] in ("VB", "RB"):
                    i += 1  # "will not | have | heard" is one group
            elif self.tokens[i].tag in ("WDT", "WP"):
                relative = True
            i += 1
        return verbs[0] if verbs else None

    def _clause(self, before: int, first: int, last: int, high: int) -> bool:
        """Whether the expression owns the subject of a clause that a verb of saying opens: "say | Monday's vote will"."""
        near = all(self.tokens[k].tag == "DT" for k in range(before + 1, first))
        owns = last + 1 < high and self.tokens[last + 1].lower in ("'s", "’s")
        return near and owns and self._lemma(before) in self.words["reporting"]

    def _summoned(self, before: int, first: int) -> bool:
        """Whether a verb leads to what the day belongs to: "called for | a march on Monday", "invited them to | talks"."""
        noun = first - 2 if self.tokens[first - 1].lower in ("on", "for", "in") else first - 1
        if self.tokens[noun].lower not in self.words["summoned"]:
            return False
        lemma = self._lemma(before)
        return any(f"{lemma} {self.tokens[k].lower}" in self.words["summoning"] for k in range(before + 1, noun))

    def _heading(self, i: int, low: int) -> bool:
        """Whether a sentence begins with a noun taken for a verb: "Figures | out Monday will show growth"."""
        return i == low and self.tokens[i].tag == "VBZ" and self.tokens[i].text[:1].isupper()

    def _idle(self, i: int) -> bool:
        """Whether a verb is a plain "is" or a bare "-ing", which are of the future only with their day beside them."""
        tag = self.tokens[i].tag
        return tag == "VBG" or (tag in ("VBZ", "VBP") and self._lemma(i) == "be")

    def _named_over(self, at: int, first: int, low: int) -> bool:
        """Whether what is over stands before the expression: "follows the announcement on | Sunday"."""
        if (
            first - 2 < low
            or self.tokens[first - 1].lower != "on"
            or self.tokens[first - 2].lower not in self.words["over"]
        ):
            return False
        given = all(self.tokens[k].tag != "IN" for k in range(at + 1, first - 2))
        return not (given and self._lemma(at) in self.words["timetable"])  # "gives a speech on Monday"

    def _parenthesis(self, first: int, last: int, low: int, high: int) -> int | None:
        """The verb behind an expression between commas: "the trip, from Nov. 3, | would"."""
        if first - 2 < low or last + 2 >= high or self.tokens[last + 1].lower != ",":
            return None
        link = self.tokens[first - 1]
        opened = link.lower == "," or (self.tokens[first - 2].lower == "," and link.tag[:2] != "VB")
        return last + 2 if opened and self._verb(last + 2) and self.tokens[last + 2].tag != "VBG" else None

    def _given_up(self, after: int, last: int, high: int) -> bool:
        """Whether what an expression belongs to is put off or given up behind it: "his Monday | visit was cancelled"."""
        if not self._modifies(last + 1, high) or after > last + _BESIDE:
            return False
        end = after
        while end + 1 < high and self.tokens[end + 1].tag in ("VBN", "VBD", "RB"):
            end += 1
        passive = end > after and self.tokens[end].tag in ("VBN", "VBD")
        return passive and self._lemma(end) in self.words["scrapped"] | self.words["put_off"]

    def _modifies(self, i: int, high: int) -> bool:
        """Whether a noun goes on after the expression: "his Sunday | trip", "Sunday | 's trip"."""
        return i < high and (self.tokens[i].lower in ("'s", "’s") or self.tokens[i].tag in ("NN", "NNS"))

    def _beside(self, first: int, last: int, low: int, high: int) -> str:
        """What the words beside an expression say: "ahead of", "scheduled for", "as early as"; "Wednesday's ruling"."""
        if (
            last + 2 < high
            and self.tokens[last + 1].lower in ("'s", "’s")
            and self.tokens[last + 2].lower in self.words["over"]
            and not self._still_to_come(last + 3, high)
        ):
            return PAST
        words = [self.tokens[i].lower for i in range(max(low, first - _BESIDE), first)]
        bare = words[:-1] if words and words[-1] in ("the", "a", "this") else words
        for n in range(len(bare), 0, -1):
            phrase = " ".join(bare[-n:])
            if phrase in self.words["ahead_phrases"]:
                return FUTURE
            if phrase in self.words["behind_phrases"]:
                return PAST
            if phrase in self.words["either_phrases"]:
                return EITHER
        if self._when_past(last, high):
            return PAST
        if self._heralded(first, low):
            return FUTURE
        for n, word in enumerate(reversed(words)):
            at = first - n - 1
            if word in self.words["pending"] and not (at > low and self._as_told(at)):
                at_first = at > low and self.tokens[at - 1].lower in self.words["at_first"]
                return EITHER if at_first or "had" in self._auxiliaries(at, low) else FUTURE
            if word not in self.words["links"] and self.tokens[at].tag[:3] != "NNP":  # "due in | Oslo | on"
                break
        if last + 1 < high and self.tokens[last + 1].lower == "to":  # "his decision on Monday to resign"
            noun = first - 2 if words and words[-1] == "on" else first - 1
            if noun >= low and self.tokens[noun].tag[:2] == "NN" and self.tokens[noun].lower in self.words["over"]:
                return PAST
        # "under a June agreement", "the Friday bombing"
        return PAST if last + 1 < high and self.tokens[last + 1].lower in self.words["concluded"] else ""

    def _unseen(self, first: int, last: int, low: int, high: int) -> bool:
        """Whether a sentence without a verb has a noun that is one of the present: "The bank | releases | it Thursday"."""
        for i in [*range(first - 1, low, -1), *range(last + 2, high)]:
            token, before = self.tokens[i], self.tokens[i - 1].tag
            if before[:2] not in ("NN", "JJ") or token.tag not in ("NN", "NNS", "VB"):
                continue
            if token.tag != "VB" and token.lower.endswith("s"):  # also one that is its own lemma: "reopens"
                if {self._lemma(i), token.lower.removesuffix("s")} & self.words["timetable"]:
                    return True
            elif token.tag != "NNS" and before[:2] == "NN" and token.lower in self.words["plural_verbs"]:
                return True
        return False

    def _when_past(self, last: int, high: int) -> bool:
        """Whether what follows tells what happened then: "a vote on Monday, when he | was beaten"."""
        i = last + 1 + (last + 1 < high and self.tokens[last + 1].lower == ",")
        if i >= high or self.tokens[i].lower != "when":
            return False
        verb = next((k for k in range(i + 1, min(i + _REACH, high)) if self._finite(k)), None)
        return verb is not None and self.tokens[verb].tag == "VBD" and not self._to_be_done(verb, high)

    def _to_be_done(self, i: int, high: int) -> bool:
        """Whether a past verb leads to what was still to come: "was | due to speak", "planned | to speak"."""
        following = self.tokens[i + 1].lower if i + 1 < high else ""
        ahead = self.words["pending"] | self.words["poised"] | {"to"}
        return following in ahead or self._lemma(i) in self.words["plans"]

    def _still_to_come(self, i: int, high: int) -> bool:
        """Whether a verb of the future follows: "Friday's report | will show", "Friday's decision | is expected"."""
        if i >= high:
            return False
        if self.tokens[i].lower in self.words["future"]:
            return True
        following = self.tokens[i + 1].lower if i + 1 < high else ""
        return self._lemma(i) == "be" and following in self.words["pending"] | self.words["poised"]

    def _heralded(self, first: int, low: int) -> bool:
        """Whether nouns alone lead from "ahead of" to the expression: "ahead of | his talks with the king on | Monday"."""
        for k in range(first - 1, max(low, first - _HERALD), -1):
            if f"{self.tokens[k - 1].lower} {self.tokens[k].lower}" in self.words["heralds"]:
                return True
            if self.tokens[k].lower in self.words["pending"] and self.tokens[k + 1].tag[:2] == "NN":
                return True
            if self.tokens[k].tag[:2] not in _NOMINAL or self.tokens[k].lower in self.words["stops"]:
                return False
        return False

    def _opens(self, first: int, last: int, before: int) -> bool:
        """Whether a clause opens between the verb before and the expression: "..., and on Monday he left"."""
        stops = self.words["stops"]
        closed = last + 1 < len(self.tokens) and self.tokens[last + 1].lower == ","
        for i in range(before + 1, first):
            word = self.tokens[i].lower
            if word == "," and closed:
                continue  # "will travel to Riga, the capital, | on Monday, | a spokesman said"
            if word in stops:
                return True
            # "..., and on Monday the king left": a new clause, if a subject follows the expression
            if word in ("and", ",") and i >= first - 2 and self._subject(last + 1):
                return True
        return False

    def _subject(self, i: int) -> bool:
        """Whether a subject seems to begin at a token, a comma aside."""
        if i < len(self.tokens) and self.tokens[i].lower == ",":
            i += 1
        return i < len(self.tokens) and self.tokens[i].tag[:2] in ("PR", "NN", "DT")
