"""Phrases as trees: what the generated sentences are put together from."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.treebank import Tree

VOCABULARY = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8"))
"""The words of the generated sentences."""

ADJECTIVES = frozenset(VOCABULARY["adjectives"])
NO_SPACE_BEFORE = frozenset({",", ".", ":", ";", "?", "!", "'s", "n't", ")", "'"})
JOINED = frozenset({"-", "–", "("})


@dataclass(slots=True)
class Node:
    """A word with its dependents, in the order of the sentence."""

    word: str
    tag: str
    pos: str
    left: list[tuple[str, Node]] = field(default_factory=list)
    right: list[tuple[str, Node]] = field(default_factory=list)

    def pre(self, dep: str, node: Node) -> Node:
        """Add a dependent before all that stand before the word."""
        self.left.insert(0, (dep, node))
        return self

    def post(self, dep: str, node: Node) -> Node:
        """Add a dependent after all that stand after the word."""
        self.right.append((dep, node))
        return self

    def mark(self, dep: str, word: str, tag: str, pos: str) -> Node:
        """Add a single word before."""
        return self.pre(dep, Node(word, tag, pos))


def case(preposition: str, node: Node) -> Node:
    """A phrase with its preposition."""
    return node.mark("case", preposition, "IN", "ADP")


def stop(word: str) -> Node:
    """A punctuation mark."""
    tags = {",": ",", ".": ".", ":": ":", "--": ":", "(": "-LRB-", ")": "-RRB-", "-": "HYPH"}
    return Node(word, tags[word], "PUNCT")


def to_tree(root: Node) -> Tree:
    """The sentence that a node heads, with its first letter large."""
    words: list[Node] = []
    heads: dict[int, Node] = {}
    deps: dict[int, str] = {}

    def walk(node: Node, dep: str, head: Node) -> None:
        for d, n in node.left:
            walk(n, d, node)
        words.append(node)
        heads[id(node)], deps[id(node)] = head, dep
        for d, n in node.right:
            walk(n, d, node)

    walk(root, "ROOT", root)
    place = {id(n): i for i, n in enumerate(words)}
    surface = [n.word for n in words]
    surface[0] = surface[0][:1].upper() + surface[0][1:]
    spaces = [
        nxt not in NO_SPACE_BEFORE and word not in JOINED and nxt not in JOINED - {"("}
        for word, nxt in zip(surface, [*surface[1:], "."], strict=True)
    ]
    return Tree(
        words=tuple(surface),
        spaces=tuple(spaces),
        lemmas=("",) * len(words),
        pos=tuple(n.pos for n in words),
        tags=tuple(n.tag for n in words),
        heads=tuple(place[id(heads[id(n)])] for n in words),
        deps=tuple(deps[id(n)] for n in words),
    )


def name(words: list[str]) -> Node:
    """A name headed by its first word, the others flat."""
    head = Node(words[0], "NNP", "PROPN")
    for word in words[1:]:
        if word == "-":
            head.post("punct", stop("-"))
        elif re.fullmatch("[IVX]+", word):
            head.post("flat", Node(word, "CD", "NUM"))
        else:
            head.post("flat", Node(word, "NNP", "PROPN"))
    return head


def title(text: str) -> Node:
    """An office as it stands before a name: "Prime Minister", "Secretary of State"."""
    words = text.split()
    if "of" in words:
        head = Node(words[0], "NNP", "PROPN")
        return head.post("nmod", case("of", Node(words[2], "NNP", "PROPN")))
    head = Node(words[-1], "NNP", "PROPN")
    for word in reversed(words[:-1]):
        if word in {"Prime", "Foreign", "Interior", "Deputy"}:
            head.mark("amod", word, "NNP", "ADJ")
        else:
            head.mark("compound", word, "NNP", "PROPN")
    return head


def common(text: str) -> Node:
    """A noun phrase in lower case or with a name in it: "the G20 summit", "bilateral ties"."""
    determiners = {"the": "DT", "a": "DT", "an": "DT", "several": "JJ"}
    if " of " in text:
        first, rest = text.split(" of ", 1)
        return common(first).post("nmod", case("of", common(rest)))
    words = re.findall(r"'s|[\w.]+|-", text)
    if "'s" in words:
        cut = words.index("'s")
        owner = common(" ".join(words[:cut])).post("case", Node("'s", "POS", "PART"))
        return common(" ".join(words[cut + 1 :])).pre("nmod:poss", owner)
    last = words[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "us"))
    tag = "NNP" if last[0].isupper() else "NNS" if plural else "NN"
    head = Node(last, tag, "PROPN" if tag == "NNP" else "NOUN")
    for word in reversed(words[:-1]):
        lower = word.lower()
        if lower in determiners:
            dep = "amod" if lower == "several" else "det"
            head.mark(dep, word, determiners[lower], "ADJ" if lower == "several" else "DET")
        elif lower in ADJECTIVES and lower != "state":
            head.mark("amod", word, "NNP" if word[0].isupper() else "JJ", "ADJ")
        elif word[0].isupper() or word[0].isdigit():
            head.mark("compound", word, "NNP", "PROPN")
        else:
            head.mark("compound", word, "NN", "NOUN")
    return head


class Phrases:
    """Names, places and times, drawn by chance from the vocabulary."""

    def __init__(self, words: dict[str, Any], rng: random.Random) -> None:
        self.words = words
        self.rng = rng

    def one(self, key: str) -> Any:
        """One entry of a list of the vocabulary."""
        return self.rng.choice(self.words[key])

    def chance(self, share: float) -> bool:
        """True in this share of the draws."""
        return self.rng.random() < share

    def place_name(self, text: str) -> Node:
        """A country or city."""
        words = re.findall(r"\w\.(?:\w\.)+|St\.|\w+|-", text)
        article = words[0] == "the"
        words = words[article:]
        last = words[-1]
        tag = "NNPS" if last in {"States", "Philippines"} else "NNP"
        if len(words) == 2 and words[0] in {"New", "United", "Saudi"}:
            node = Node(last, tag, "PROPN").mark("amod", words[0], "NNP", "ADJ")
        elif len(words) == 2 and (words[0] in {"South", "North", "Camp"} or last in {"City", "Town"}):
            node = Node(last, "NNP", "PROPN").mark("compound", words[0], "NNP", "PROPN")
        elif len(words) == 1:
            node = Node(last, tag, "PROPN")
        else:
            node = name(words)
        return node.mark("det", "the", "DT", "DET") if article else node

    def country(self) -> Node:
        """A country."""
        return self.place_name(self.one("countries")[0])

    def place(self) -> Node:
        """A country or a city, at times a city with its country after a comma."""
        entry = self.one("countries")
        if self.chance(0.5):
            return self.place_name(entry[0])
        city = self.place_name(self.rng.choice(entry[2:]))
        if self.chance(0.12):
            city.post("punct", stop(",")).post("nmod:unmarked", self.place_name(entry[0]))
        return city

    def places(self) -> Node:
        """One place or several."""
        first = self.place()
        if not self.chance(0.2) or first.right:
            return first
        return self.joined([first, *(self.place() for _ in range(self.rng.choice((1, 1, 2))))])

    def joined(self, nodes: list[Node]) -> Node:
        """ "A and B", "A, B and C"."""
        first, *rest = nodes
        for node in rest[:-1]:
            first.post("conj", node.pre("punct", stop(",")))
        return first.post("conj", rest[-1].mark("cc", "and", "CC", "CCONJ"))

    def adjective(self, head: Node, text: str | None = None) -> Node:
        """A head with the adjective of a country before it."""
        words = (text or self.one("countries")[1]).split()
        if words[0] == "U.S.":
            return head.mark("compound", "U.S.", "NNP", "PROPN")
        last = Node(words[-1], "JJ", "ADJ")
        if words == ["New", "Zealand"]:
            return head.pre("compound", Node("Zealand", "NNP", "PROPN").mark("amod", "New", "NNP", "ADJ"))
        if words[0] in {"South", "North"}:
            last.mark("amod", words[0], "JJ", "ADJ")
        elif len(words) == 2:
            return head.pre("amod", Node(words[0], "JJ", "ADJ").post("flat", Node(words[1], "JJ", "ADJ")))
        return head.pre("amod", last)

    def full_name(self) -> Node:
        """A person's name."""
        draw = self.rng.random()
        if draw < 0.2:
            return name(self.one("east"))
        if draw < 0.33:
            return name(self.one("arab"))
        if draw < 0.4:
            return name([self.one("given"), self.rng.choice(("II", "III", "VI", "XIV"))])
        return name([self.one("given"), self.one("family")])

    def person(self, headline: bool = False, subject: bool = False) -> Node:
        """A person as the press names one; ``subject`` also allows pronouns."""
        r = self.rng.random()
        if headline:
            if r < 0.45:
                return Node(self.one("family"), "NNP", "PROPN")
            if r < 0.6:
                return self.full_name()
            if r < 0.75:
                who = Node(self.one("family"), "NNP", "PROPN")
                if self.chance(0.5):
                    return who.pre("nmod:desc", self.adjective(title(self.one("offices"))))
                owner = self.country().post("case", Node("'s", "POS", "PART"))
                return who.pre("nmod:poss", owner)
            return self.adjective(self.role())
        if subject and r < 0.12:
            return Node(self.rng.choice(("he", "she", "they")), "PRP", "PRON")
        if r < 0.22:
            return Node(self.one("family"), "NNP", "PROPN")
        if r < 0.34:
            return self.full_name()
        if r < 0.60:
            office = title(self.one("offices"))
            if self.chance(0.75):
                self.adjective(office)
            who = self.full_name() if self.chance(0.85) else Node(self.one("family"), "NNP", "PROPN")
            return who.pre("nmod:desc", office)
        if r < 0.66:
            owner = self.country().post("case", Node("'s", "POS", "PART"))
            return self.full_name().pre("nmod:desc", title(self.one("offices"))).pre("nmod:poss", owner)
        if r < 0.72:
            role = self.adjective(self.role())
            return self.full_name().pre("nmod:desc", role)
        if r < 0.78:
            role = self.adjective(self.role()).mark("det", "the", "DT", "DET").pre("punct", stop(","))
            return self.full_name().post("appos", role.post("punct", stop(",")))
        if r < 0.86:
            return self.adjective(self.role()).mark("det", "the", "DT", "DET")
        if r < 0.9:
            return self.role().mark("det", "the", "DT", "DET")
        if r < 0.96:
            role = self.adjective(Node("counterpart", "NN", "NOUN")).mark("nmod:poss", "his", "PRP$", "PRON")
            return role.post("appos", self.full_name()) if self.chance(0.5) else role
        return Node(self.one("family"), "NNP", "PROPN").mark("nmod:desc", "Mr.", "NNP", "PROPN")

    def role(self) -> Node:
        """An office in small letters."""
        return common(self.one("roles"))

    def people(self, headline: bool = False, subject: bool = False) -> Node:
        """One person, at times two."""
        first = self.person(headline, subject)
        if self.chance(0.1) and first.tag != "PRP" and not any(d == "appos" for d, _ in first.right):
            return self.joined([first, self.person(headline)])
        return first

    def date(self) -> Node:
        """A day of a month, or days: "May 16", "16 May 2024", "May 16 - 17", "Nov. 21, 2006"."""
        day = Node(str(self.rng.randint(1, 30)), "CD", "NUM")
        month = Node(self.one("months"), "NNP", "PROPN")
        before = self.chance(0.8)
        if before:
            day.pre("nmod:unmarked", month)
        if self.chance(0.25):
            sign = self.rng.choice(("-", "–"))
            day.post("nmod", Node(str(self.rng.randint(2, 31)), "CD", "NUM").mark("case", sign, "SYM", "SYM"))
        elif self.chance(0.06):
            day.post("conj", Node(str(self.rng.randint(2, 31)), "CD", "NUM").mark("cc", "and", "CC", "CCONJ"))
        if not before:
            day.post("nmod:unmarked", month)
        if self.chance(0.25):
            if before:
                day.post("punct", stop(","))
            day.post("nmod:unmarked", Node(str(self.rng.randint(1990, 2026)), "CD", "NUM"))
        return day

    def month(self) -> Node:
        """A month, at times with its year, "early", "late", "next"."""
        node = Node(self.one("months"), "NNP", "PROPN")
        if self.chance(0.3):
            node.mark("amod", self.rng.choice(("early", "late", "mid", "next", "last")), "JJ", "ADJ")
        if self.chance(0.4):
            node.post("nmod:unmarked", Node(str(self.rng.randint(1990, 2026)), "CD", "NUM"))
        return node

    def weekday(self) -> Node:
        """A day of the week, at times with a part of the day or a date."""
        day = Node(self.one("weekdays"), "NNP", "PROPN")
        if self.chance(0.15):
            part = self.rng.choice(("morning", "evening", "afternoon", "night"))
            return Node(part, "NN", "NOUN").pre("compound", day)
        if self.chance(0.1):
            return day.post("punct", stop(",")).post("appos", self.date())
        return day

    def unit(self) -> Node:
        """ "next week", "this month", "later this year", "early next year"."""
        r = self.rng
        node = Node(r.choice(("week", "month", "year", "weekend", "spring", "summer")), "NN", "NOUN")
        which = r.choice(("this", "next", "next", "last", "last"))
        node.mark("det" if which == "this" else "amod", which, *(("DT", "DET") if which == "this" else ("JJ", "ADJ")))
        if which == "this" and self.chance(0.6):
            node.mark("advmod", r.choice(("later", "earlier")), "RBR", "ADV")
        elif which == "next" and self.chance(0.2):
            node.mark("advmod", r.choice(("early", "late")), "RB", "ADV")
        return node

    def time(self, bare: float = 0.55) -> tuple[str, Node]:
        """A time phrase and its relation to the verb; ``bare`` is the share without a preposition."""
        r = self.rng
        if self.chance(bare):
            kind = r.random()
            if kind < 0.5:
                return "obl:unmarked", self.weekday()
            if kind < 0.8:
                return "obl:unmarked", self.unit()
            if kind < 0.9:
                return "obl:unmarked", self.date()
            if kind < 0.95:
                return "obl:unmarked", Node(r.choice(("today", "tomorrow", "yesterday")), "NN", "NOUN")
            weeks = Node(r.choice(("weeks", "days", "months", "years")), "NNS", "NOUN")
            weeks.mark("nummod", r.choice(("two", "three", "10")), "CD", "NUM")
            return "advmod", Node("ago", "RB", "ADV").pre("obl:unmarked", weeks)
        kind = r.random()
        if kind < 0.3:
            return "obl", case("on", self.weekday())
        if kind < 0.5:
            return "obl", case("on", self.date())
        if kind < 0.68:
            return "obl", case("in", self.month())
        if kind < 0.76:
            season = Node(self.one("seasons"), "NN", "NOUN")
            if self.chance(0.6):
                season.mark("det", "the", "DT", "DET")
            if self.chance(0.3):
                season.post("nmod", case("of", Node(str(r.randint(1990, 2026)), "CD", "NUM")))
            return "obl", case("in", season)
        if kind < 0.84:
            first = self.date() if self.chance(0.5) else self.weekday()
            last = Node(str(r.randint(2, 31)), "CD", "NUM") if first.tag == "CD" else self.weekday()
            return "obl", case("from", first.post("nmod", case("to", last)))
        if kind < 0.9:
            end = common(r.choice(("the end", "the beginning", "the middle")))
            unit = common(r.choice(("the week", "the month", "the year")))
            return "obl", case("at", end.post("nmod", case("of", unit)))
        if kind < 0.95:
            return "obl", case(r.choice(("until", "by", "since", "through")), self.weekday())
        return "obl", case("in", Node(str(r.randint(1990, 2026)), "CD", "NUM"))
