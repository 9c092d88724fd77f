"""People in reports: names, titles, offices, plurals and pronouns, on texts of our own with tags by rule of thumb."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.annotate.people import find_people
from summitry.annotate.places import find_places
from summitry.lexicon.people import People
from summitry.lexicon.places import Gazetteer
from summitry.model.article import Article, Block, Dateline, Known, Published, Role
from summitry.model.dates import DateRange
from summitry.model.spans import Span
from summitry.model.syntax import Sentence, Token

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "people.toml").read_text(encoding="utf-8"))["case"]
WORD = re.compile(r"(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen)\.|['’]s\b|\w+(?:['’](?!s\b)\w+)*|[^\w\s]")
TAGS = {
    "IN": "in of with to at on by from for during before after according beside about past along",
    "DT": "the a an both",
    "CC": "and or but",
    "PRP": "he she it they him we us",
    "PRP$": "his her their its",
    "VBD": "said met left flew reached landed spoke signed praised received visited stood toured walked sailed stayed added "
    "disagreed paid called opened answered arrived shook dined made greeted ended went thanked came welcomed telephoned fly "
    "leaves see sign stay comes talk want come go do will would then did so were agreed",
    "RB": "elsewhere not too home",
    "VBG": "neighbouring",
    "NNS": "soldiers families",
    "JJ": "russian chinese french wartime right latest first",
}
TAG_OF = {word: tag for tag, words in TAGS.items() for word in words.split()}


PIECES = (
    *(
        "Putin",
        "Merkel",
        "Angela",
        "King",
        "Queen",
        "President",
        "Prime",
        "Minister",
        "Foreign",
        "of",
        "the",
        "and",
        ",",
        ".",
    ),
    *(
        "-",
        "'s",
        "his",
        "her",
        "he",
        "They",
        "two",
        "both",
        "leaders",
        "presidents",
        "Mr.",
        "O'Neal",
        "al-Maliki",
        "El-",
        "van",
    ),
    *(
        "Elbonian",
        "Chinese",
        "Russia",
        "US",
        "UN",
        "NATO",
        "chief",
        "chairman",
        "'s.x",
        "W.",
        "II",
        "Smith's",
        "counterpart",
    ),
    *(
        "wife",
        "said",
        "to",
        "for",
        "in",
        "on",
        "at",
        "spokesman",
        "Ministry",
        "House",
        "Bank",
        "head",
        "former",
        "deputy",
        '"',
    ),
)


@cache
def knowledge() -> tuple[People, Gazetteer]:
    return People.load(), Gazetteer.load()


def tag(word: str, opens: bool) -> str:
    low = word.lower()
    if low in {"'s", "’s"}:
        return "POS"
    if not word[0].isalnum():
        return {"-": "HYPH", ",": ",", '"': "''"}.get(word, ".")
    if word[0].isdigit():
        return "CD"
    if low in TAG_OF and (opens or not word[0].isupper()):
        return TAG_OF[low]
    return ("NNPS" if low in {"languages", "cultures"} else "NNP") if word[0].isupper() else "NN"


def parsed(text: str) -> tuple[tuple[Token, ...], tuple[Sentence, ...], tuple[Block, ...]]:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    blocks: list[Block] = []
    for number, line in enumerate(re.finditer(r"[^\n]+", text)):
        blocks.append(Block(Span(*line.span()), Role.BODY))
        for piece in re.finditer(r"\S.*?(?:(?<![A-Z])(?<!Mr)(?<!Gen)[.!?]\"?(?=\s|$)|$)", line.group()):
            first, base = len(tokens), line.start() + piece.start()
            for word in WORD.finditer(piece.group()):
                pos = tag(word.group(), len(tokens) == first)
                start, end = base + word.start(), base + word.end()
                tokens.append(Token(len(tokens), start, end, word.group(), word.group().lower(), "X", pos))
            if len(tokens) > first:
                span = Span(tokens[first].start, tokens[-1].end)
                sentences.append(Sentence(span, first, len(tokens), number))
    return tuple(tokens), tuple(sentences), tuple(blocks)


def read(text: str, published: str = "", dateline: str = ""):
    people, gazetteer = knowledge()
    tokens, sentences, blocks = parsed(text)
    line = None
    if dateline:
        start = text.index(dateline)
        line = Dateline(Span(start, start + len(dateline)), Span(start, start + len(dateline)))
    article = Article(id="x", source="test", text=text, blocks=blocks, dateline=line)
    places = find_places(article, tokens, sentences, gazetteer)
    day = Published(DateRange.parse(published), Known.STATED) if published else Published()
    mentions, named = find_people(article, tokens, sentences, places, day, people)
    return mentions, named


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_cases(case):
    text = case["text"]
    mentions, people = read(text, case.get("published", ""))
    shown = [(m.span.of(text), m.form, " + ".join(people[k].name for k in m.people), m.rule) for m in mentions]
    for words, form, names in case.get("mentions", []):
        assert (words, form, names) in [s[:3] for s in shown], shown
    known = {p.name: (p.country or "", p.office or "", str(p.rank)) for p in people.values()}
    for name, country, office, rank in case.get("people", []):
        assert known.get(name) == (country, office, rank), known
    for words in case.get("absent", []):
        where = Span(text.index(words), text.index(words) + len(words))
        assert not [m for m in mentions if m.span.meets(where)], shown


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_mentions_are_well_formed(case):
    text = case["text"]
    mentions, people = read(text, case.get("published", ""))
    assert list(mentions) == sorted(mentions, key=lambda m: (m.span, m.head))
    for m in mentions:
        assert m.people and set(m.people) <= set(people)
        assert m.span.covers(m.head)
        assert m.form in {"full", "short", "office", "pronoun", "plural"}
        assert (len(m.people) > 1) <= (m.form == "plural")
        assert m.span.of(text).strip() == m.span.of(text)
    assert [p.key for p in people.values()] == list(people)


def test_the_same_input_gives_the_same_output():
    text = "Russian President Vladimir Putin met Angela Merkel. He thanked her."
    assert read(text, "2006-01-16") == read(text, "2006-01-16")


def test_nothing_in_nothing_out():
    assert read("") == ((), {})
    assert read("Rain fell over the hills.", "2006-01-16") == ((), {})


def test_a_bare_title_is_of_the_country_of_the_dateline():
    text = "WARSAW - Foreign Minister Jan Nowak spoke in Poland about Poland."
    _, people = read(text, "2006-01-16", dateline="WARSAW")
    assert [(p.name, p.country) for p in people.values()] == [("Jan Nowak", "POL")]


def test_without_a_dateline_it_is_of_none():
    _, people = read("Foreign Minister Jan Nowak spoke.", "2006-01-16")
    assert [(p.name, p.country) for p in people.values()] == [("Jan Nowak", None)]


def test_an_unknown_day_leaves_office_to_the_words():
    _, people = read("Chirac met German Chancellor Gerhard Schröder in Berlin.")
    by_name = {p.name: p for p in people.values()}
    assert by_name["Gerhard Schröder"].office == "head_of_government"


@pytest.mark.parametrize("name", ["dev.jsonl", "train-modern.jsonl"])
def test_most_people_of_the_coded_corpus_are_found(corpus, name):
    """A floor for the share of coded visitors, and of those met, among the people found (see docs/people.md)."""
    import importlib.util
    import json

    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    asked = found = 0
    for line in (corpus / name).read_text(encoding="utf-8").splitlines()[:40]:
        report = json.loads(line)
        _, people = read(report["text"], report["gold"]["published"] or "")
        for visit in report["gold"]["visits"]:
            for wanted in (visit["visitor"], *visit["meets"]):
                asked += 1
                found += any(score.same_person(wanted, p.name) for p in people.values())
    assert asked > 30
    assert found / asked > 0.88


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", "2006-01-16", "2006"]))
def test_any_run_of_words_is_read(pieces, published):
    """Whatever stands side by side, nothing breaks and every mention is well formed."""
    text = " ".join(pieces).strip()
    mentions, people = read(text, published)
    for m in mentions:
        assert m.span.covers(m.head)
        assert m.span.of(text)
        assert set(m.people) <= set(people)


def test_the_table_s_form_of_a_name_is_a_candidate():
    mentions, people = read("Ukrainian President Volodymyr Zelenskyy spoke.", "2021-11-13")
    assert [p.name for p in people.values()] == ["Volodymyr Zelenskyy"]
    assert [m.candidates for m in mentions] == [("Volodymyr Zelensky",)]


def test_a_short_name_of_several_is_nobody_s():
    mentions, people = read("Mr. Bush spoke.")
    assert [(p.name, p.country) for p in people.values()] == [("Bush", None)]
    assert [m.candidates for m in mentions] == [("George H. W. Bush", "George W. Bush")]


def test_two_princes_of_one_name_and_number_are_two_people():
    """The model's name is the same for both, so a case by name cannot tell them apart."""
    _, people = read("King Albert II of Belgium met Prince Albert II of Monaco.", "2013-05-02")
    assert sorted(p.country for p in people.values()) == ["BEL", "MCO"]
    _, people = read("Ivanka Trump, the president's daughter, left.", "2018-05-02")
    assert [(p.office, str(p.rank)) for p in people.values()] == [(None, "unknown")]


def test_an_initial_of_the_table_fits_no_other_name():
    """The table has "Lorin S. Robert": that is no Robert Singer."""
    _, people = read("Robert Singer arrived.", "2014-05-02")
    assert [(p.name, p.country) for p in people.values()] == [("Robert Singer", None)]
