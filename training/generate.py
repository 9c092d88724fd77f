"""Sentences about visits with their trees, made by chance from a vocabulary.

The treebanks hold few headlines and few bare time phrases ("arrived in Baghdad Thursday"), which the press is full of. These
sentences hold many. They are built as trees, so their analyses are right by construction, in the treebanks' conventions.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from training.phrases import VOCABULARY, Node, Phrases, case, common, stop, to_tree
from training.treebank import Tree

FORMS = {"base": (0, "VB"), "pres": (1, "VBZ"), "past": (2, "VBD"), "part": (3, "VBN"), "ing": (4, "VBG")}
"""Where a form stands in the vocabulary's verbs, and its tag."""


def generate(count: int, seed: int) -> list[Tree]:
    """So many sentences. The same seed, the same sentences."""
    grammar = Grammar(VOCABULARY, random.Random(seed))
    return [grammar.sentence() for _ in range(count)]


def last_word(node: Node) -> str:
    """The word that ends a phrase: "Jan." needs no other full stop."""
    return last_word(node.right[-1][1]) if node.right else node.word


class Grammar(Phrases):
    """Clauses and sentences."""

    def __init__(self, words: dict[str, Any], rng: random.Random) -> None:
        super().__init__(words, rng)
        self.headline = False

    def sentence(self) -> Tree:
        """One sentence, a headline in one of four."""
        self.headline = self.chance(0.25)
        if self.headline:
            root = self.headline_clause()
        else:
            kinds: list[tuple[float, Callable[[], Node]]] = [
                (0.42, self.statement),
                (0.22, self.reported),
                (0.10, self.reported_after),
                (0.14, self.about_visit),
                (0.12, self.passive),
            ]
            root = self.rng.choices([k for _, k in kinds], [w for w, _ in kinds])[0]()
            if self.chance(0.06):
                root.pre("punct", stop("--")).pre("parataxis", self.dateline())
            if not last_word(root).endswith("."):
                root.post("punct", stop("."))
        return to_tree(root)

    # verbs and what goes with them

    def verb(self, key: str, form: str) -> tuple[Node, str]:
        """A verb in a form, with its preposition or ""."""
        entry = self.rng.choice(self.words["verbs"][key])
        index, tag = FORMS[form]
        return Node(entry[index], tag, "VERB"), entry[5] if len(entry) > 5 else ""

    def predicate(self, form: str, deep: bool = True) -> Node:
        """A verb with its objects and adjuncts; ``deep`` allows clauses below it."""
        draw = self.rng.random()
        if draw < 0.30:
            head = self.motion(form)
        elif draw < 0.55:
            head, _ = self.verb("visit", form)
            head.post("obj", self.places())
            if head.word in {"leave", "leaves", "left", "leaving"} and self.chance(0.6):
                head.post("obl", case("for", self.place()))
        elif draw < 0.73:
            head, _ = self.verb("light", form)
            head.post("obj", self.visit())
        elif draw < 0.81:
            head, _ = self.verb("host", form)
            head.post("obj", self.people(self.headline))
            if self.chance(0.6):
                head.post("obl", case("in", self.place()))
            elif self.chance(0.3):
                head.post("obl", case("at", common(self.one("sites"))))
        elif draw < 0.88:
            head, preposition = self.verb("meet", form)
            whom = self.people(self.headline)
            head.post("obl" if preposition else "obj", case(preposition, whom) if preposition else whom)
            if self.chance(0.5):
                head.post("obl", case("in", self.place()))
        elif draw < 0.95:
            head, _ = self.verb("talks", form)
            head.post("obj", self.talks())
            if self.chance(0.5):
                head.post("obl", case("in", self.place()))
        else:
            head, _ = self.verb("attend", form)
            head.post("obj", self.event())
        self.adjuncts(head, deep)
        return head

    def motion(self, form: str) -> Node:
        """Going somewhere, at times "on a two-day visit"."""
        head, preposition = self.verb("motion", form)
        if preposition == "for" and head.word in {"leave", "leaves", "left", "leaving"} and self.chance(0.3):
            head.post("obj", self.place())
        head.post("obl", case(preposition, self.places()))
        return head

    def visit(self, where: bool = True) -> Node:
        """A visit as a noun phrase: "a two-day official visit to Oslo"."""
        r = self.rng
        node = Node(r.choice(("visit", "visit", "visit", "trip", "tour", "stay")), "NN", "NOUN")
        if self.chance(0.45):
            day = Node(r.choice(("day", "day", "day", "week", "nation")), "NN", "NOUN")
            number = Node(self.one("numbers"), "CD", "NUM").post("punct", stop("-"))
            node.pre("compound", day.pre("nummod", number))
        if self.chance(0.35):
            kind = self.one("kinds")
            if kind == "state":
                node.mark("compound", "state", "NN", "NOUN")
            else:
                for word in reversed(kind.split()):
                    node.mark(
                        "compound" if word == "goodwill" else "amod",
                        word,
                        *(("NN", "NOUN") if word == "goodwill" else ("JJ", "ADJ")),
                    )
        if self.chance(0.15):
            node.mark("amod", self.one("ordinals"), "JJ", "ADJ")
        if not self.headline or self.chance(0.2):
            if self.chance(0.25):
                node.mark("nmod:poss", r.choice(("his", "her", "their")), "PRP$", "PRON")
            else:
                first = next((n.word for _, n in node.left[:1]), "visit")
                if node.left and node.left[0][1].left:
                    first = node.left[0][1].left[0][1].word
                article = "an" if first[0] in "aeiou8" and first != "one" else "a"
                node.mark("det", article, "DT", "DET")
        if where and self.chance(0.85):
            node.post(
                "nmod", case("of" if node.word == "tour" else "in" if node.word == "stay" else "to", self.places())
            )
        return node

    def talks(self) -> Node:
        """ "talks with X on Y"."""
        node = Node(self.rng.choice(("talks", "talks", "discussions")), "NNS", "NOUN")
        if self.chance(0.2):
            node.mark("amod", self.rng.choice(("bilateral", "formal", "new", "further")), "JJ", "ADJ")
        if self.chance(0.75):
            node.post("nmod", case("with", self.people(self.headline)))
        if self.chance(0.3):
            node.post("nmod", case(self.rng.choice(("on", "about")), common(self.one("topics"))))
        return node

    def event(self) -> Node:
        """A summit or ceremony, at times with its place."""
        node = common(self.one("events"))
        if self.headline and node.left and node.left[0][1].tag == "DT":
            del node.left[0]
        return node.post("nmod", case("in", self.place())) if self.chance(0.5) else node

    def purpose(self) -> Node:
        """ "to meet X", "to discuss Y"."""
        draw = self.rng.random()
        if draw < 0.45:
            head, preposition = self.verb("meet", "base")
            whom = self.people(self.headline)
            head.post("obl" if preposition else "obj", case(preposition, whom) if preposition else whom)
        elif draw < 0.65:
            head, _ = self.verb("attend", "base")
            head.post("obj", self.event())
        elif draw < 0.8:
            head, _ = self.verb("discuss", "base")
            head.post("obj", common(self.one("topics")))
            if self.chance(0.4):
                head.post("obl", case("with", self.people(self.headline)))
        elif draw < 0.9:
            head, _ = self.verb("sign", "base")
            head.post("obj", common(self.one("papers")))
        else:
            head, _ = self.verb("talks", "base")
            head.post("obj", self.talks())
        return head.mark("mark", "to", "TO", "PART")

    def adjuncts(self, head: Node, deep: bool) -> None:
        """Times, occasions, purposes: in the orders the press has them."""
        parts: list[tuple[str, Node]] = []
        if self.chance(0.75):
            parts.append(self.time())
        if self.chance(0.45):
            parts.append(self.occasion())
        if self.chance(0.2):
            self.rng.shuffle(parts)
        if deep and self.chance(0.28):
            parts.append(self.below())
        for dep, node in parts:
            head.post(dep, node)

    def occasion(self) -> tuple[str, Node]:
        """ "for talks with X", "on a two-day visit", "at the invitation of X"."""
        draw = self.rng.random()
        if draw < 0.33:
            return "obl", case(self.rng.choice(("for", "for", "for", "after")), self.talks())
        if draw < 0.68:
            return "obl", case(self.rng.choice(("on", "for")), self.visit(where=False))
        if draw < 0.78:
            invitation = common("the invitation").post("nmod", case("of", self.person()))
            return "obl", case("at", invitation)
        if draw < 0.88:
            number = Node(self.one("numbers"), "CD", "NUM").post("punct", stop("-"))
            unit = Node(self.rng.choice(("nation", "country", "day", "leg")), "NN", "NOUN").pre("nummod", number)
            tour = Node("tour", "NN", "NOUN").pre("compound", unit).mark("det", "a", "DT", "DET")
            return "obl", case("as", Node("part", "NN", "NOUN").post("nmod", case("of", tour)))
        return "obl", case("for", self.event())

    def below(self) -> tuple[str, Node]:
        """A clause below the verb: a purpose, "before flying to X", ", where he will meet Y"."""
        draw = self.rng.random()
        if draw < 0.5:
            return "advcl", self.purpose()
        if draw < 0.75:
            head, preposition = self.verb("motion", "ing")
            head.post("obl", case(preposition, self.place()))
            if self.chance(0.4):
                dep, time = self.time()
                head.post(dep, time)
            return "advcl", head.mark("mark", self.rng.choice(("before", "after")), "IN", "SCONJ")
        if draw < 0.88:
            head = Node("accompanied", "VBN", "VERB").post("obl:agent", case("by", self.people()))
            return "advcl", head.pre("punct", stop(","))
        head, preposition = self.verb("meet", "base")
        whom = self.person()
        head.post("obl" if preposition else "obj", case(preposition, whom) if preposition else whom)
        head.mark("aux", self.rng.choice(("will", "would")), "MD", "AUX")
        head.pre("nsubj", Node(self.rng.choice(("he", "she")), "PRP", "PRON"))
        head.mark("advmod", "where", "WRB", "ADV")
        return "advcl:relcl", head.pre("punct", stop(","))

    # clauses

    def clause(self, subject: Node, deep: bool = True) -> Node:
        """A finite clause of the running text in one of many tenses."""
        plural = any(dep == "conj" for dep, _ in subject.right) or subject.word == "they"
        be, was, has = ("are", "were", "have") if plural else ("is", "was", "has")
        draw = self.rng.random()
        if draw < 0.36:
            return self.predicate("past", deep).pre("nsubj", subject)
        if draw < 0.56:
            modal = self.rng.choice(("will", "will", "will", "would", "may", "could"))
            head = self.predicate("base", deep)
            if self.chance(0.06):
                head.mark("advmod", "not", "RB", "PART")
            return head.mark("aux", modal, "MD", "AUX").pre("nsubj", subject)
        if draw < 0.63:
            head = self.predicate("base", deep).mark("mark", "to", "TO", "PART")
            return head.mark("aux", be, "VBP" if plural else "VBZ", "AUX").pre("nsubj", subject)
        if draw < 0.68:
            head = self.predicate("ing", deep)
            return head.mark("aux", be, "VBP" if plural else "VBZ", "AUX").pre("nsubj", subject)
        if draw < 0.74:
            head = self.predicate("part", deep)
            return head.mark("aux", has, "VBP" if plural else "VBZ", "AUX").pre("nsubj", subject)
        if draw < 0.86:
            word = self.rng.choice(("expected", "scheduled", "expected", "set", "due", "likely", "ready"))
            verbal = word in {"expected", "scheduled", "set"}
            inner = self.predicate("base", deep).mark("mark", "to", "TO", "PART")
            head = Node(word, "VBN" if verbal else "JJ", "VERB" if verbal else "ADJ").post("xcomp", inner)
            past = self.chance(0.3)
            copula = Node(was if past else be, "VBD" if past else "VBP" if plural else "VBZ", "AUX")
            return head.pre("aux:pass" if verbal else "cop", copula).pre("nsubj:pass" if verbal else "nsubj", subject)
        if draw < 0.93:
            forms = (("plans", "plan"), ("wants", "want"), ("intends", "intend"), ("hopes", "hope"))
            word, tag = self.rng.choice(forms)[plural], "VBP" if plural else "VBZ"
            if self.chance(0.4):
                word, tag = self.rng.choice(("planned", "agreed", "decided", "refused", "declined", "wanted")), "VBD"
            inner = self.predicate("base", deep).mark("mark", "to", "TO", "PART")
            return Node(word, tag, "VERB").post("xcomp", inner).pre("nsubj", subject)
        return self.located(subject, was if self.chance(0.4) else be)

    def located(self, subject: Node, be: str) -> Node:
        """ "X is in Oslo for talks with Y", "X was on a visit to Oslo"."""
        tag = {"is": "VBZ", "are": "VBP", "was": "VBD", "were": "VBD"}[be]
        head = case("on", self.visit()) if self.chance(0.35) else case("in", self.place())
        self.adjuncts(head, deep=False)
        return head.mark("cop", be, tag, "AUX").pre("nsubj", subject)

    def statement(self) -> Node:
        """A sentence in the reporter's words."""
        subject = self.people(subject=True)
        if subject.tag != "PRP" and not any(d in {"appos", "conj"} for d, _ in subject.right) and self.chance(0.08):
            inner = self.predicate("past", deep=False).pre("nsubj", Node("who", "WP", "PRON")).pre("punct", stop(","))
            subject.post("acl:relcl", inner.post("punct", stop(",")))
        head = self.clause(subject)
        if self.chance(0.12):
            dep, time = self.time(bare=0.3)
            head.pre("punct", stop(",")).pre(dep, time)
        elif self.chance(0.06):
            during = case("during", self.visit())
            head.pre("punct", stop(",")).pre("obl", during)
        elif self.chance(0.08):
            second = self.predicate("past", deep=False)
            head.post("conj", second.mark("cc", "and", "CC", "CCONJ"))
        return head

    def speaker(self) -> Node:
        """Who says so."""
        return common(self.one("speakers")) if self.chance(0.6) else self.person(subject=True)

    def saying(self, headline: bool = False) -> Node:
        """ "said", "told reporters"."""
        word, *rest = self.one("reporting")[headline].split()
        head = Node(word, "VBZ" if headline else "VBD", "VERB")
        return head.post("obj", common(rest[0])) if rest else head

    def reported(self) -> Node:
        """ "The ministry said Thursday that X will visit Y next week"."""
        said = self.saying().pre("nsubj", self.speaker())
        if self.chance(0.5):
            said.post(*self.time(bare=0.7))
        inner = self.clause(self.people(subject=True))
        if self.chance(0.6):
            inner.mark("mark", "that", "IN", "SCONJ")
        return said.post("ccomp", inner)

    def reported_after(self) -> Node:
        """ "X will visit Y next week, the ministry said Thursday"."""
        said = (
            self.saying().pre("nsubj", self.speaker()).pre("punct", stop(",")).pre("ccomp", self.clause(self.people()))
        )
        if self.chance(0.6):
            said.post(*self.time(bare=0.8))
        return said

    def about_visit(self) -> Node:
        """ "X's visit to Y will begin Monday", "The trip, his first to Y, was put off until May"."""
        visit = self.visit()
        if visit.left and visit.left[0][1].tag in {"DT", "PRP$"}:
            del visit.left[0]
        if self.chance(0.65):
            visit.pre("nmod:poss", self.person().post("case", Node("'s", "POS", "PART")))
        else:
            visit.mark("det", "the", "DT", "DET")
            if self.chance(0.3):
                visit.post("nmod", case("by", self.person()))
        draw = self.rng.random()
        if draw < 0.4:
            word = self.rng.choice(
                ("postponed", "canceled", "cancelled", "delayed", "scheduled", "planned", "announced", "confirmed")
            )
            head = Node(word, "VBN", "VERB")
            head.mark("aux:pass", *self.rng.choice((("was", "VBD"), ("is", "VBZ"))), "AUX").pre("nsubj:pass", visit)
            if word in {"scheduled", "planned"}:
                head.post("obl", case("for", self.rng.choice((self.unit, self.weekday, self.month, self.date))()))
            elif self.chance(0.6):
                head.post(*self.time(bare=0.7))
            return head
        entry = self.rng.choice(self.words["verbs"]["events"])
        form = self.rng.choice(("base", "past", "pres"))
        words = entry[FORMS[form][0]].split()
        head = Node(words[0], FORMS[form][1], "VERB").pre("nsubj", visit)
        if form == "base":
            del head.left[-1]
            head.mark("aux", "will", "MD", "AUX").pre("nsubj", visit)
        if len(words) == 2:
            head.post("obj", Node("place", "NN", "NOUN"))
        if words[0].startswith("last"):
            days = Node("days", "NNS", "NOUN").mark("nummod", self.rng.choice(("two", "three", "four")), "CD", "NUM")
            return head.post("obl:unmarked", days)
        return head.post(*self.time())

    def passive(self) -> Node:
        """ "X was received by Y in Oslo Thursday", "X invited Y to visit Oslo"."""
        if self.chance(0.4):
            head = Node(self.rng.choice(("invited", "urged", "asked")), "VBD", "VERB").pre(
                "nsubj", self.person(subject=True)
            )
            inner, _ = self.verb("visit", "base")
            inner.post("obj", self.place())
            if self.chance(0.6):
                inner.post(*self.time(bare=0.6))
            return head.post("obj", self.person()).post("xcomp", inner.mark("mark", "to", "TO", "PART"))
        head, _ = self.verb("host", "part")
        subject = self.person(subject=True)
        be = "were" if subject.word == "they" else "was"
        head.mark("aux:pass", be, "VBD", "AUX").pre("nsubj:pass", subject)
        if self.chance(0.4):
            head.post("obl", case("at", common(self.one("sites"))))
        if self.chance(0.8):
            head.post("obl:agent", case("by", self.person()))
        if self.chance(0.5):
            head.post("obl", case("in", self.place()))
        if self.chance(0.6):
            head.post(*self.time())
        return head

    def dateline(self) -> Node:
        """ "MOSCOW, Nov. 21 (Agency)"."""
        node = self.place_name(self.rng.choice(self.one("countries")[2:]))
        node.word = node.word.upper()
        for _, child in node.right + node.left:
            child.word = child.word.upper()
        if self.chance(0.5):
            node.post("punct", stop(",")).post("nmod:unmarked", self.date())
        if self.chance(0.6):
            agency = Node(self.rng.choice(("Reuters", "Xinhua", "AP", "AFP", "Interfax")), "NNP", "PROPN")
            node.post("appos", agency.pre("punct", stop("(")).post("punct", stop(")")))
        return node

    def headline_clause(self) -> Node:
        """A headline: no articles, present tense or bare infinitive, no full stop."""
        draw = self.rng.random()
        subject = self.people(headline=True)
        plural = any(dep == "conj" for dep, _ in subject.right)
        if draw < 0.45:
            head = self.predicate("base", deep=self.chance(0.4)).mark("mark", "to", "TO", "PART").pre("nsubj", subject)
        elif draw < 0.85:
            head = self.predicate("base" if plural else "pres", deep=self.chance(0.4)).pre("nsubj", subject)
            if plural:
                head.tag = "VBP"
        else:
            visit = self.visit()
            if visit.left and visit.left[0][1].tag in {"DT", "PRP$"}:
                del visit.left[0]
            visit.pre("nmod:poss", subject.post("case", Node("'s", "POS", "PART")))
            head = Node(self.rng.choice(("postponed", "canceled", "delayed", "confirmed", "planned")), "VBN", "VERB")
            head.pre("nsubj:pass", visit)
            if self.chance(0.6):
                head.post(*self.time(bare=0.6))
        if self.chance(0.1):
            who = common(self.one("speakers").removeprefix("the ").removeprefix("a "))
            if self.chance(0.5):
                head.post("punct", stop(":")).post("parataxis", who)
            else:
                head = self.saying(headline=True).pre("nsubj", who).pre("punct", stop(",")).pre("ccomp", head)
        return head
