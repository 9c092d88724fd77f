"""Verb groups: a verb with its auxiliaries and the words that govern it, and what they say of tense, mood and status."""

from __future__ import annotations

from dataclasses import dataclass, replace

from summitry.extract.view import View

_BEFORE_PLACE = frozenset(["DT", "HYPH", "IN", "TO"])

FINITE = frozenset(["past", "present", "future", "would", "hedge"])
"""Cues of a verb with a tense of its own."""

FORMS = {"VBD": "past", "VBZ": "present", "VBP": "present", "VB": "base", "VBG": "gerund", "VBN": "participle"}


@dataclass(frozen=True, slots=True)
class Group:
    """A verb group of a view.

    Attributes:
        first: its leftmost unit, governing words included ("is expected to" of "is expected to visit").
        head: the unit of the verb itself.
        cues: what it says: past, present, future, would, hedge, perfect, progressive, passive, negated, infinitive,
            planned, proposed, ruled_out, participle, reduced, purpose, after, before, headline.
        subject: the unit of the person told as subject by the governing words ("invited Putin to visit"), or None.
        matrix: the unit of the verb on which an infinitive or participle leans, or None.
    """

    first: int
    head: int
    cues: frozenset[str]
    subject: int | None = None
    matrix: int | None = None


def groups(view: View) -> dict[int, Group]:
    """All verb groups of a sentence by the unit of their head, from left to right; auxiliaries belong to their verb."""
    found: dict[int, Group] = {}
    for k in view.verbs:
        if not _auxiliary(view, k) and not _set_phrase(view, k) and not _adjective(view, k):
            found[k] = _Reader(view, found).read(k)
    return _opening(view, _finite(view, found))


def _opening(view: View, found: dict[int, Group]) -> dict[int, Group]:
    """A participle that opens a sentence has the tense of its main verb: "Speaking after the talks, X said"."""
    first = next(iter(found.values()), None)
    if first is None or first.head > 0 or first.matrix is not None or view.tag(0) != "VBG":
        return found
    main = next((g for h, g in found.items() if h > 0 and g.cues & FINITE), None)
    if main is None or view.lower(main.first - 1) in view.words.of("function", "relative"):
        return found
    return {**found, 0: replace(first, cues=first.cues | (main.cues & _TENSE))}


def verb_before(found: dict[int, Group], k: int) -> Group | None:
    """The last verb whose head stands before unit ``k``, of all those of a sentence."""
    return next((g for h, g in reversed(found.items()) if h < k), None)


def _finite(view: View, found: dict[int, Group]) -> dict[int, Group]:
    """A sentence whose only verb after its subject is tagged a participle has a past tense there: "X called for calm"."""
    if view.headline or not any("reduced" in g.cues for g in found.values()):
        return found
    if any(g.cues & FINITE and not view.quoted[h] for h, g in found.items()):
        return found
    for k, group in found.items():
        who = _named_before(view, k)
        subject = view.person(who) is not None and not view.possessive(who) and view.lower(k + 1) != "by"
        if "reduced" in group.cues and group.first == k and subject:
            return {**found, k: replace(group, cues=group.cues - {"reduced"} | {"past"})}
    return found


def _named_before(view: View, k: int) -> int:
    """The unit that may be the subject right before a verb, over a time and a country: "X of Latvia on Monday called"."""
    m = k - 1
    while view.kind(m) == "time" or (view.tag(m) == "IN" and view.kind(m + 1) == "time"):
        m -= 1
    return m - 2 if view.place(m) is not None and view.lower(m - 1) == "of" else m


def _set_phrase(view: View, k: int) -> bool:
    """Whether a verb's form is no verb of its own: "following the talks", "left as scheduled", the particle of "cut short"."""
    words = view.words
    if view.lower(k) in words.of("function", "prep_verbs"):
        return True
    if f"{view.lemma(k - 1)} {view.lower(k)}" in words.of("end", "phrasal"):
        return True
    return view.lower(k - 1) == "as" and view.tag(k) == "VBN" and words.role("control", view.lemma(k)) == "planned"


def _adjective(view: View, k: int) -> bool:
    """Whether a verb's form stands before a noun or a name and says what that is like.

    Specimen: "a scarred Lisbon", "his armoured train", "a newly opened school", "the rebel-held town"; but not "his planned
    trip", which says how the trip stands, nor "visiting President X", who is on a visit.
    """
    words, participle = view.words, view.tag(k) == "VBN"
    if not (view.is_noun(k + 1) or view.tag(k + 1) == "JJ" or view.kind(k + 1) in {"place", "person"}):
        return False
    if view.lower(k - 1) == "-" and k > 1 and view.units[k - 2].end == view.units[k - 1].start:
        return True  # "the rebel-held town", "a long-planned visit"
    if not participle and view.tag(k) != "VBG":
        return False
    if participle and view.place(k + 1) is not None and view.is_word(k - 1) and view.tag(k - 1) in _BEFORE_PLACE:
        return True  # "a scarred Lisbon", "war-torn Libya"
    if (
        words.role("control", view.lemma(k))
        or words.role("put_off", view.lemma(k))
        or words.role("upcoming", view.lower(k))
    ):
        return False
    if participle and view.is_noun(k + 1) and view.person(k - 1) is not None and view.possessive(k - 1):
        return True  # "his armoured train"
    first = k - 1
    while view.tag(first) == "RB":
        first -= 1
    led = view.is_word(first) and view.tag(first) in {"DT", "PRP$", "POS", "JJ"}
    return led and view.lower(k) not in words.of("edge", "visiting")


def _auxiliary(view: View, k: int) -> bool:
    """Whether the verb at ``k`` only helps a verb to its right."""
    lemma = view.lemma(k)
    if lemma not in view.words.of("function", "be_do_have") and view.lower(k) not in view.words.of(
        "function", "clitics"
    ):
        return False
    j = k + 1
    while (
        view.tag(j) in {"RB", "RBR"}
        or view.lower(j) in view.words.of("function", "negation")
        or view.lower(j) in view.words.of("function", "mid_verb")
        or view.kind(j) == "time"
    ):
        j += 1
    tag = view.tag(j)
    if lemma == "be" and view.lower(j) == "to" and view.tag(j + 1) == "VB":
        return True  # "is to visit"
    if lemma == "do":
        return tag == "VB"
    if lemma == "have" or view.lower(k) in {"'ve", "’ve"}:
        return tag in {"VBN", "VBD"}
    return tag in {"VBN", "VBG"}


class _Reader:
    """Reads one group leftwards from its verb."""

    def __init__(self, view: View, earlier: dict[int, Group]) -> None:
        self.view = view
        self.earlier = earlier
        self.cues: set[str] = set()
        self.subject: int | None = None
        self.matrix: int | None = None

    def read(self, k: int) -> Group:
        """The group whose head is ``k``."""
        first = self._left(k, FORMS.get(self.view.tag(k), "base"))
        return Group(first, k, frozenset(self.cues), self.subject, self.matrix)

    def _left(self, k: int, form: str) -> int:
        """Read the words before the verb form at ``k``; give the leftmost unit of the group."""
        view, j = self.view, self._adverbs(k - 1)
        tag, lemma = view.tag(j), view.lemma(j)
        if form in {"past", "present"}:
            if tag == "CC" and view.tag(k) == "VBP" and self._modal_before(k):
                return self._inherit(k, "base", j)
            self.cues.add(form)
            return j + 1
        if form == "base":
            if tag == "MD":
                self._modal(view.lower(j))
                return self._adverbs(j - 1) + 1
            if lemma == "do" and view.is_verb(j):
                self.cues.add("past" if view.lower(j) == "did" else "present")
                return self._adverbs(j - 1) + 1
            if view.lower(j) == "to":
                return self._infinitive(j)
            return self._inherit(k, "base", j)
        if form == "participle":
            if lemma in {"be", "get"} and view.is_verb(j):
                self.cues.add("passive")
                return self._left(j, FORMS.get(view.tag(j), "base"))
            if lemma == "have" and view.is_verb(j):
                self.cues.add("perfect")
                if view.lower(j - 1) == "to" and view.tag(j) == "VB":
                    self.cues.add("unreal")  # "was to have visited"
                return self._left(j, FORMS.get(view.tag(j), "base"))
            due = view.lower(j) == "," and view.words.role("control", view.lemma(k)) == "planned"
            if view.lower(j) in {",", "and", "or"} and not due:  # "his trip, planned for May" is no second verb
                return self._inherit(k, "participle", j)
            self.cues.add("past" if self._active(k) else "reduced")
            return j + 1
        if lemma == "be" and view.is_verb(j):
            self.cues.add("progressive")
            return self._left(j, FORMS.get(view.tag(j), "base"))
        self.cues.add("participle")
        m = j - 1 if view.lower(j) in view.words.of("function", "gerund_leads") else j
        if (role := view.words.role("gerund_control", view.lemma(m))) and (m < j or view.is_verb(m)):
            self.cues.add(role)  # "considers visiting Oslo", "looked forward to visiting Riga"
            return j + 1
        against = view.lower(j) in view.words.of("function", "against")
        if against and view.lemma(j - 1) in view.words.of("edge", "decided"):
            self.cues.add("ruled_out")  # "has decided against going to Riga"
            return j + 1
        if (
            view.lower(j) == "of"
            and view.is_noun(j - 1)
            and (role := view.words.role("control_noun", view.lemma(j - 1)))
        ):
            return self._noun(j - 1, role)  # "has no intention of going to"
        if view.lower(j) in view.words.of("function", "after"):
            self.cues.add("after")
        if view.lower(j) in view.words.of("function", "before"):
            self.cues.add("before")
        self.matrix = next((h for h in reversed(self.earlier)), None)
        if self.matrix is not None:
            self.cues |= self.earlier[self.matrix].cues & _TENSE
        return j + 1

    def _active(self, k: int) -> bool:
        """Whether what the tags call a participle is a past tense: "A hosted B" has a subject before and an object after."""
        view, who = self.view, _named_before(self.view, k)
        subject = view.person(who) is not None and not view.possessive(who)
        return subject and (view.person(k + 1) is not None or view.place(k + 1) is not None)

    def _modal_before(self, k: int) -> bool:
        """Whether the last verb group is a bare verb under a modal or "to": "will meet X and inaugurate Y"."""
        last = next(reversed(self.earlier.values()), None)
        return last is not None and self.view.tag(last.head) == "VB" and last.head < k

    def _adverbs(self, j: int) -> int:
        """Step left over adverbs, negations and a time between auxiliary and verb."""
        view = self.view
        while j >= 0:
            word = view.lower(j)
            if word in view.words.of("function", "negation") and view.is_word(j):
                self.cues.add("negated")
                if view.lower(j + 1) in view.words.of("edge", "longer"):
                    self.cues.add("no-longer")  # "will no longer go"
            elif (
                (view.tag(j) in {"RB", "RBR"} and word not in view.words.of("function", "lead_adverbs"))
                or (word in view.words.of("function", "mid_verb") and view.lemma(j - 1) == "have")
                or (
                    view.kind(j) == "time"
                    and (
                        view.tag(j - 1) in {"MD"}
                        or view.lower(j - 1) in view.words.of("function", "negation")
                        or (view.lemma(j - 1) in {"be", "have"} and view.is_verb(j - 1))
                        or (view.tag(j - 1) == "IN" and view.tag(j - 2) == "MD")
                    )
                )
                or (view.tag(j) == "IN" and view.kind(j + 1) == "time" and view.tag(j - 1) == "MD")
            ):
                pass
            else:
                return j
            j -= 1
        return j

    def _modal(self, word: str) -> None:
        if word in self.view.words.of("function", "will"):
            self.cues.add("future")
        elif word in self.view.words.of("function", "would"):
            self.cues.add("would")
        else:
            self.cues.add("hedge")
            if word in self.view.words.of("function", "can"):
                self.cues.add("able")

    def _infinitive(self, to: int) -> int:
        """Read what governs "to VERB": an auxiliary, a control word, an invited person, a noun, or a verb of purpose."""
        view, words = self.view, self.view.words
        self.cues.add("infinitive")
        j = self._adverbs(to - 1)
        while view.kind(j) == "time":
            j -= 2 if view.tag(j - 1) == "IN" else 1
        lemma = view.lemma(j)
        if lemma == "be" and view.is_verb(j):
            own, self.cues = self.cues, set()
            first = self._left(j, FORMS.get(view.tag(j), "base"))
            self.cues = own | {"planned"} | (self.cues & _PASSED)
            return first
        role = words.role("control", lemma) or words.role("control", view.lower(j))
        if role and (view.is_verb(j) or view.tag(j) in {"JJ", "IN", "RB"}):
            own, self.cues = self.cues, set()
            first = self._left(j, FORMS.get(view.tag(j), "base")) if view.is_verb(j) else self._adjective(j)
            due = {"perfect", "past"} <= self.cues and lemma in words.of("unreal", "perfect")
            if due or ("past" in self.cues and lemma in words.of("unreal", "past")):
                own = own | {"unreal"}  # "had been due to visit", "was supposed to visit"
            if "negated" in own and lemma in words.of("edge", "decided"):
                own, role = own - {"negated"}, "ruled_out"  # "has decided not to go to Oslo"
            self.cues = own | {role} | (self.cues & _PASSED)
            self.matrix = j
            return first
        noun = words.role("control_noun", lemma)
        if noun and view.is_noun(j):
            return self._noun(j, noun)
        if view.person(j) is not None:
            return self._object(j)
        if view.lower(j) in {"and", ",", "or", "before"} or view.is_noun(j) or view.place(j):
            last = next((g for h, g in reversed(self.earlier.items()) if h < to), None)
            if last is not None and view.is_noun(j) and view.lemma(last.head) in words.of("lets", "verbs"):
                return to  # "allowed the boy to be sent home": it is he who goes, and he is no leader
            if last is not None:
                self.cues |= {"purpose"} | (last.cues & _PASSED)
                if view.lemma(last.head) == "be" and not last.cues & {"future", "planned"}:
                    self.cues.add("neutral")  # "is the first premier to visit": nothing is said of when
                self.subject, self.matrix = last.subject, last.head
                return last.first
            return to
        if view.is_verb(j) and j in self.earlier:
            if lemma in words.of("hedge", "verbs") and "perfect" not in self.cues:
                self.cues.add("hedge")
            last = self.earlier[j]
            self.cues |= {"purpose"} | (last.cues & _PASSED)
            self.subject, self.matrix = last.subject, j
            return last.first
        return to

    def _noun(self, j: int, role: str) -> int:
        """ "Has plans to visit", "accepted B's invitation to visit": the noun's own verb says more than the noun."""
        view, words = self.view, self.view.words
        verb = next((h for h in reversed(self.earlier) if j - 8 < h < j), None)
        if view.lower(j - 1) in words.of("function", "negation"):
            self.cues.add("negated")
        self.cues |= {role, "noun"}
        phrase = "" if verb is None else f"{view.lemma(verb)} {view.lower(verb + 1)}"  # "gave up plans to visit Oslo"
        if verb is None or any(view.lower(m) in {",", "that"} for m in range(verb + 1, j)):
            return j
        if view.lemma(verb) in words.of("invitation", "accepted") and role == "proposed":
            self.cues = (self.cues - {"proposed"}) | {"planned", "purpose"}
            self.matrix = verb
        elif status := words.role("put_off", view.lemma(verb)) or words.role("put_off", phrase):
            self.cues = (self.cues - {role}) | {status}  # "dropped plans to attend the summit"
        elif view.lemma(verb) in words.of("invitation", "declined") and role == "proposed":
            self.cues = (self.cues - {"proposed"}) | {"ruled_out", "purpose"}
            self.matrix = verb
        return j

    def _adjective(self, j: int) -> int:
        """An adjective that governs: "is due to", "is likely to"; without its "be" it stands in a headline."""
        view, k = self.view, self._adverbs(j - 1)
        if view.lemma(k) in {"be", "look", "seem", "appear"} and view.is_verb(k):
            return self._left(k, FORMS.get(view.tag(k), "base"))
        return j

    def _object(self, j: int) -> int:
        """ "invited Putin to visit", "for Xi to visit"; or a headline: "Xi to visit"."""
        view, words = self.view, self.view.words
        k = j - 1
        while view.person(k) is not None or view.place(k) is not None or view.tag(k) in {"POS", "CC", ",", "DT", "JJ"}:
            k -= 1
        role = words.role("object_control", view.lemma(k)) if view.is_verb(k) else None
        if role:
            self.cues.add(role)
            self.cues.add("object")
            self.subject, self.matrix = j, k
            return k
        noun = words.role("control_noun", view.lemma(k - 1)) if view.lower(k) in {"from", "of", "by"} else None
        if noun:
            return self._noun(k - 1, noun)  # "accepted an invitation from B to visit"
        self.subject = j
        if view.lower(k) == "for":
            self.cues.add("proposed")
            return k
        if any(h < j for h in self.earlier):
            self.cues.add("purpose")
            self.matrix = next(h for h in reversed(self.earlier) if h < j)
            self.cues |= self.earlier[self.matrix].cues & _PASSED
            self.subject = None
            return self.earlier[self.matrix].first
        self.cues |= {"planned", "headline"}
        return j + 1

    def _inherit(self, k: int, form: str, j: int) -> int:
        """A bare verb after "and" or a comma goes on with the group before: "will visit Oslo and meet the king"."""
        between: set[str] = set()
        end, quotes = k, self.view.words.of("function", "quotes")
        for head, group in reversed(self.earlier.items()):
            if head >= k:
                continue
            between.update(self.view.lower(m) for m in range(head + 1, end))
            end = head + 1
            if quotes & between:
                break
            if FORMS.get(self.view.tag(head), "base") == form and between & _JOINED:
                self.cues |= group.cues
                self.subject, self.matrix = group.subject, group.matrix
                return group.first
        self.cues.add("reduced" if form == "participle" else "present")
        return j + 1


_JOINED = frozenset({"and", "or", ","})

_TENSE = frozenset(["past", "present", "future", "would", "hedge", "planned", "proposed"])
"""What a verb passes on to a participle that leans on it."""

_PASSED = frozenset(
    [
        "past",
        "present",
        "future",
        "would",
        "hedge",
        "perfect",
        "planned",
        "proposed",
        "ruled_out",
        "negated",
    ]
)
