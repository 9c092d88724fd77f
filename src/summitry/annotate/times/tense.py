"""Ahead or behind: the tense and aspect of the verb that governs a time expression."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from summitry.lexicon.times import Grammar
from summitry.model.syntax import INSERTION, Sentence, Token, insertion

PAST, FUTURE, EITHER = "past", "future", "either"
_ATTRIBUTIVE = ("DT", "HYPH", "PRP$", "POS", "JJ")
_OWNED = ("PRP$", "POS", "JJ")
_OBJECT = ("DT", "PRP$", "CD")
_NOMINAL = ("DT", "JJ", "NN", "PR", "PO", "CD", "IN", "TO")
_BESIDE = 6  # tokens before an expression that may put it ahead or behind
_HERALD = 15  # tokens between "ahead of" and a day
_REACH = 9  # tokens between "is" or "is going" and a day
_WINDOW = 40  # tokens looked at on either side within the sentence


class Tenses:
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
        self.perfect = False
        """Whether its verb reaches to the present ("has cut jobs since March")."""

    def of(self, start: int, end: int) -> str:
        """ "past", "future" or "" for the expression text[start:end]; "either" for what had been due, in time or never."""
        self.sure = self.present = self.perfect = False
        if not self.tokens:
            return ""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, end - 1) - 1, first)
        low, high = 0, len(self.tokens)
        if self.sentences:
            sentence = self.sentences[max(bisect_right(self._firsts, first) - 1, 0)]
            low, high = sentence.first, sentence.last
        low, high = max(low, first - _WINDOW), min(high, last + 1 + _WINDOW)
        return self._near(first, last, low, high)

    def _near(self, first: int, last: int, low: int, high: int) -> str:
        told = self._beside(first, last, low, high)
        if told:
            self.sure = told == PAST
            return told
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
            if not self.tokens[i].text[0].isalnum():
                rows = self.tokens[max(low, i - INSERTION) : i + 1]
                opened = insertion([t.lower for t in rows], [t.tag for t in rows], len(rows) - 1)
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
        noun = first - 2 if self.tokens[first - 1].lower in ("on", "for") else first - 1
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

    def _lemma(self, i: int) -> str:
        return (self.tokens[i].lemma or self.tokens[i].text).lower()

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

    def _verb(self, i: int) -> bool:
        token = self.tokens[i]
        tag = token.tag
        if tag:
            before = self.tokens[i - 1].tag if i else ""
            behind = self.tokens[i + 1].lower if i + 1 < len(self.tokens) else ""
            if tag == "NNS" and f"{token.lower} {behind}" in self.words["phrasal"]:
                return True
            if before and token.lower in self.words["pending"] and self._as_told(i):
                return False
            if tag in ("VBN", "VBG") and before in _ATTRIBUTIVE:  # "a Muslim-dominated country", "the planned trip"
                return token.lower in self.words["pending"]
            if before == "TO" and token.lower in self.words["errands"]:
                return False
            if tag == "VB" and before in (*_ATTRIBUTIVE, "NN"):  # "a surprise visit" taken for a verb
                return False
            # "his French hosts" taken for a verb
            if tag in ("VBZ", "VBP") and before in _OWNED and self._lemma(i) not in ("be", "have", "do"):
                return False
            if tag == "NNS" and before in ("NNP", "PRP", "NN"):  # "The president arrives" taken for a plural
                verbs = self.words["never_nouns" if before == "NN" else "timetable"]
                return token.lower != self._lemma(i) and self._lemma(i) in verbs
            if tag in ("NN", "JJ", "RB") and before in ("NNS", "NNPS") and token.lower in self.words["plural_verbs"]:
                return True
            return tag[:2] == "VB" or tag == "MD"
        word = token.lower
        return word in self.words["future"] or word in self.words["past_words"] or word in self.words["present_words"]

    def _attribute(self, i: int) -> bool:
        """Whether a participle describes the noun behind it: "the expected | visit"."""
        return self.tokens[i].tag in ("VBN", "VBG") and self.tokens[i - 1].tag in _ATTRIBUTIVE

    def _finite(self, i: int) -> bool:
        return self.tokens[i].tag in ("VBD", "VBZ", "VBP", "MD")

    def _as_told(self, i: int) -> bool:
        """Whether "planned", "expected" ... stands in "as planned", "than expected", "as previously scheduled"."""
        first = i - 2 if self.tokens[i - 1].tag[:2] == "RB" and i > 1 else i - 1
        return self.tokens[i - 1].lower in ("as", "than") or self.tokens[first].lower in ("as", "than")

    def _tense(self, i: int, low: int, high: int) -> str:
        """The tense of the verb group that a verb belongs to."""
        token = self.tokens[i]
        tag, word = token.tag, token.lower
        chain = self._auxiliaries(i, low)
        if word in self.words["future"] or any(w in self.words["future"] for w in chain):
            if "would" in chain and self._lemma(i) in self.words["withheld"] and self._denied(i, low):
                return PAST  # "would not comment on Monday"
            if any(w in ("have", "’ve", "'ve") for w in [word, *chain]) and not any(
                w in ("will", "shall") for w in chain
            ):
                return PAST
            if word in ("can", "could") or any(w in ("can", "could") for w in chain):
                return PAST if self._denied(i, low) else FUTURE  # "could not be reached", "could be freed"
            return FUTURE
        if tag[:2] == "VB" and self._lemma(i) in self.words["plans"] and "had" not in chain:
            return FUTURE
        if "to" in chain and "be" in chain and tag == "VBN":  # "the report, to be released Monday"
            return self._infinitive(i, low)
        if "to" in chain[:2] and tag in ("VB", ""):
            return self._infinitive(i, low)
        if tag == "VBD" or (not tag and word in self.words["past_words"]):
            return FUTURE if self._unreal(i, low, high) else PAST
        if tag == "VBN":
            return self._participle(i, chain, low, high)
        if tag == "VBG":
            return self._progressive(i, chain, low, high)
        if "did" in chain:
            return PAST  # "did not return calls on Monday"
        if tag in ("VBZ", "VBP", "VB", "NNS", "NN", "JJ", "RB") or word in self.words["present_words"]:
            if word in ("has", "have", "'ve", "’ve"):
                # "He has a meeting on Monday": no auxiliary
                # "He has a meeting on Monday", "He has until Monday": no auxiliary
                following = self.tokens[i + 1] if i + 1 < high else None
                own = following and (following.tag in _OBJECT or following.lower in self.words["until"] - {"to"})
                return FUTURE if own and tag in ("VBZ", "VBP") else PAST
            if self._lemma(i) in self.words["timetable"]:
                self.present = True
                return FUTURE
            return FUTURE if self._conditional(i, low) else self._earlier(i, low, high)
        return ""

    def _unreal(self, i: int, low: int, high: int) -> bool:
        """Whether a past verb stands in a condition of what would be: "if the talks | failed on Monday, they would"."""
        after = {t.lower for t in self.tokens[i + 1 : high]}
        return bool(after & self.words["unreal"]) and self._conditional(i, low)

    def _conditional(self, i: int, low: int) -> bool:
        """Whether a clause of the present is a condition: "unless a deal is | reached | by Monday"."""
        for k in range(i - 1, low - 1, -1):
            word = self.tokens[k].lower
            if word in self.words["conditions"]:
                return True
            if word in self.words["stops"] or word == ",":
                return False
        return False

    def _denied(self, i: int, low: int) -> bool:
        """Whether the sentence denies a verb: "not", "nobody", "neither" before it."""
        return any(t.lower in self.words["denials"] for t in self.tokens[max(i - _WINDOW, low) : i])

    def _earlier(self, i: int, low: int, high: int) -> str:
        """The tense of the verb before this one in its clause; "" if there is none."""
        for k in range(i - 1, low - 1, -1):
            if self.tokens[k].lower in self.words["stops"] or self.tokens[k].lower == ",":
                return ""
            if self._verb(k):
                return self._tense(k, low, high)
        return ""

    def _auxiliaries(self, i: int, low: int) -> list[str]:
        """The words of the verb group before its last verb, nearest first: "will", "not" of "will not visit"."""
        chain: list[str] = []
        for k in range(i - 1, max(low, i - 6) - 1, -1):
            token = self.tokens[k]
            if token.tag in ("MD", "TO") or token.tag[:2] == "VB" or token.lower in ("will", "would", "to"):
                chain.append(token.lower)
                if token.tag in ("VBD", "VBZ", "VBP", "MD"):
                    break
            elif token.tag[:2] != "RB" and token.lower not in ("not", "n't", "also", "then"):
                break
        return chain

    def _infinitive(self, i: int, low: int) -> str:
        """Of "to leave": what governs it decides. "planned to leave" is ahead, "flew there to meet" is past."""
        governor = None
        for k in range(i - 1, low - 1, -1):
            tag = self.tokens[k].tag
            if k == low and tag == "VBD" and self.tokens[k].text[:1].isupper():
                continue  # a name at the head of a headline, taken for a verb: "Erdogan to visit Athens"
            if tag[:2] == "VB" or tag == "MD" or self._verb(k):
                governor = k
                break
        if governor is None and self.tokens[max(i - 2, low)].lower in self.words["counted"]:
            after = next((k for k in range(i + 1, min(i + _WINDOW, len(self.tokens))) if self._finite(k)), None)
            return FUTURE if after is None else self._tense(after, after, after + 1)  # "First to arrive Friday was"
        if governor is None:
            return FUTURE  # a headline: "Xi to visit Russia"
        lemma = self._lemma(governor)
        near = {self.tokens[k].lower for k in range(governor, i)}
        if near & self.words["able"]:
            return self._tense(governor, low, i)
        had = "had" in self._auxiliaries(governor, low)
        if had and (lemma in self.words["plans"] | self.words["ahead"] or self.tokens[governor].lower == "been"):
            return EITHER
        if lemma in self.words["ahead"] or self.tokens[governor].lower in (
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "'s",
        ):
            return FUTURE
        if self._to_come(i, governor):
            return FUTURE
        if near & (self.words["pending"] | self.words["poised"]):
            return FUTURE
        return self._tense(governor, low, i)

    def _to_come(self, i: int, governor: int) -> bool:
        """Whether the infinitive hangs on a noun of what is to come: "signed an agreement to sell it in May"."""
        for k in range(i - 1, governor, -1):
            if self.tokens[k].lower == "to":
                return self.tokens[k - 1].lower in self.words["intentions"]
        return False

    def _participle(self, i: int, chain: list[str], low: int, high: int) -> str:
        lemma = self._lemma(i)
        if any(w in ("has", "have", "had", "was", "were", "'ve", "’ve", "been") for w in chain):
            self.perfect = not {"had", "was", "were"} & set(chain)
            return PAST
        if any(w in ("is", "are", "'s", "be", "being") for w in chain):
            to_come = lemma in self.words["ahead"] or "being" in chain or self._conditional(i, low)
            return FUTURE if to_come or lemma in self.words["timetable"] else ""
        if not chain:
            if self.tokens[i].lower in self.words["plural_verbs"] or self._unreal(i, low, high):
                return FUTURE  # "Ministers gather in Oslo on Monday", taken for a participle
            governor = next((k for k in range(i - 1, low - 1, -1) if self.tokens[k].tag[:2] in ("VB", "MD")), None)
            if governor is not None and self._lemma(governor) in self.words["wanting"]:
                return FUTURE
        return FUTURE if self.tokens[i].lower in self.words["pending"] else PAST

    def _progressive(self, i: int, chain: list[str], low: int, high: int) -> str:
        if any(w in ("was", "were", "been") for w in chain):
            return PAST
        if any(w in ("is", "are", "am", "'s", "'re", "’s", "’re", "be") for w in chain):
            self.present = "be" not in chain
            return FUTURE
        if i - 2 >= low and self.tokens[i - 1].tag in ("IN", "TO") and self._lemma(i - 2) in self.words["blaming"]:
            return PAST  # "accused of stealing it on Monday"
        before = self.tokens[i - 1].lower if i > low else ""
        if before in self.words["behind_phrases"]:
            return PAST  # "since taking office in March"
        if before == "to" and i - 2 >= low and self.tokens[i - 2].lower in self.words["forward"]:
            return FUTURE  # "looked forward to seeing him on Monday"
        for k in range(i - 1, low - 1, -1):  # "..., starting Monday": as the clause before it
            if self.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD"):
                return self._tense(k, low, high)
        for k in range(i + 1, high):
            if self.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD"):
                return self._tense(k, k, high)  # from there on only: what stands before leads back here
        return ""
