"""Verbs and what their forms say of time: tense, aspect, mood, and what governs an infinitive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summitry.model.syntax import Token

PAST, FUTURE, EITHER = "past", "future", "either"
_ATTRIBUTIVE = ("DT", "HYPH", "PRP$", "POS", "JJ")
_OWNED = ("PRP$", "POS", "JJ")
_OBJECT = ("DT", "PRP$", "CD")
WINDOW = 40
"""Tokens looked at on either side within the sentence."""


class VerbForms:
    """The verbs of one text. ``present`` and ``perfect`` tell of the verb whose tense was asked for last."""

    tokens: Sequence[Token]
    words: Mapping[str, Any]
    present: bool
    perfect: bool

    def _lemma(self, i: int) -> str:
        return (self.tokens[i].lemma or self.tokens[i].text).lower()

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
                # "He has a meeting on Monday", "He has until Monday": no auxiliary
                following = self.tokens[i + 1] if i + 1 < high else None
                own = following and (following.tag in _OBJECT or following.lower in self.words["until"] - {"to"})
                return FUTURE if own and tag in ("VBZ", "VBP") else PAST
            if self._lemma(i) in self.words["timetable"]:
                self.present = True
                return FUTURE
            return FUTURE if self._conditional(i, low, present=True) else self._earlier(i, low, high)
        return ""

    def _unreal(self, i: int, low: int, high: int) -> bool:
        """Whether a past verb stands in a condition of what would be: "if the talks | failed on Monday, they would"."""
        after = {t.lower for t in self.tokens[i + 1 : high]}
        return bool(after & self.words["unreal"]) and self._conditional(i, low)

    def _conditional(self, i: int, low: int, present: bool = False) -> bool:
        """Whether a clause is a condition: "unless a deal is | reached | by Monday"; of the present also "when he is"."""
        for k in range(i - 1, low - 1, -1):
            word = self.tokens[k].lower
            if word in self.words["conditions"] or (present and word in self.words["moments"]):
                return True
            if word in self.words["stops"] or word == ",":
                return False
        return False

    def _denied(self, i: int, low: int) -> bool:
        """Whether the sentence denies a verb: "not", "nobody", "neither" before it."""
        return any(t.lower in self.words["denials"] for t in self.tokens[max(i - WINDOW, low) : i])

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
            after = next((k for k in range(i + 1, min(i + WINDOW, len(self.tokens))) if self._finite(k)), None)
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
                named = (m for m in range(governor + 1, k) if self.tokens[m].lower in self.words["intentions"])
                return any(m == k - 1 or self.tokens[m + 1].tag == "IN" for m in named)  # "the offer from X to sell it"
        return False

    def _participle(self, i: int, chain: list[str], low: int, high: int) -> str:
        lemma = self._lemma(i)
        if any(w in ("has", "have", "had", "was", "were", "'ve", "’ve", "been") for w in chain):
            self.perfect = not {"had", "was", "were"} & set(chain)
            return PAST
        if any(w in ("is", "are", "'s", "be", "being") for w in chain):
            to_come = lemma in self.words["ahead"] or "being" in chain or self._conditional(i, low, present=True)
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
        if i > low and self.tokens[i - 1].tag == "VBN":
            return self._tense(i - 1, low, high)  # "last seen leaving on Monday"
        for k in range(i - 1, low - 1, -1):  # "..., starting Monday": as the clause before it, or as "to strike"
            aimed = k > low and (self.tokens[k - 1].tag, self.tokens[k].tag) == ("TO", "VB")
            if aimed or self.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD"):
                return self._tense(k, low, high)
        for k in range(i + 1, high):
            if self.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD"):
                return self._tense(k, k, high)  # from there on only: what stands before leads back here
        return ""
