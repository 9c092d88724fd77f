from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.annotate import syntax as module
from summitry.annotate.syntax import MODEL, Lemmas, Syntax, guess_lemma, plain
from summitry.model.errors import KnowledgeError
from summitry.model.spans import Span


@pytest.fixture(scope="module")
def syntax() -> Syntax:
    return Syntax.load()


def read(syntax, text, **options):
    return syntax.annotate(text, [Span(0, len(text))], **options)


TOKENS = [
    "Nov. 21 , 2006",
    "the leaders ' aides",
    "Ola |'s aide",
    "Ola |’s aide",
    "the kings |’ sons",
    "the kings |' sons",
    "the five |- |day - |long trip",
    "a 10 |- |day tour",
    "a three |- |day stay",
    "May 16 |- |17",
    "May 16 |– |17",
    "1 |- |3 December",
    "on 2006-11-21 at 5:30 p.m. sharp",
    "the U.S. envoy",
    "in the U.S. today |.",
    "aides |( |two |)",
    "re-elected in mid-May",
    "al |- |Sharif",
    "Ri Yong |- |su |, aged 8 |)",
    "She did |n't go |.",
    "She did |n’t go |.",
    "They |’re there",
    "“ |Come |, |” he said",
    "peace |— |at last",
    "peace |-- |at last",
    "aides |/ |guards",
    "see https://example.org/a-b?c=1 now",
    "$ |5 million",
    "10 |% |.",
    "Ola |, |Per |; |Kari |: |no |!!",
    "( |Agency |) |-- They",
    "========== End",
]


@pytest.mark.parametrize("case", TOKENS)
def test_tokens(syntax, case):
    """A space parts tokens; " |" parts them too, but stands for no character."""
    text = case.replace(" |", "").replace("|", "")
    assert [text[a:b] for a, b in syntax.tokenize(text)] == case.replace("|", " ").split()


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80))
@settings(deadline=None, max_examples=60)
def test_tokens_cover_all_but_white_space(syntax, text):
    places = syntax.tokenize(text)
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(b <= c for (_, b), (c, _) in pairwise(places))
    covered = {i for a, b in places for i in range(a, b)}
    assert all(plain(text[i]).isspace() for i in range(len(text)) if i not in covered)


@given(st.text(max_size=50))
def test_plain_keeps_every_place(text):
    assert len(plain(text)) == len(text)


REPORT = (
    "Norland’s king to visit Osterby\n\n"
    "OSTERBY, May 3 (Agency) -- King Olav II will arrive in Osterby\u00a0Thursday for a two-day\nvisit, his office said. "
    "He “looks\nforward” to it.\n\n \n\nThe leaders ' talks begin on Nov. 5. Nobody else was invited."
)
BLOCKS = [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:.|\n(?!\n))*", REPORT)]


def test_offsets_and_indices(syntax):
    tokens, sentences = syntax.annotate(REPORT, BLOCKS, whole=[0])
    assert [t.i for t in tokens] == list(range(len(tokens)))
    assert all(t.text == REPORT[t.start : t.end] for t in tokens)
    assert [s.block for s in sentences] == [0, 1, 1, 2, 2]
    assert all(s.span == Span(tokens[s.first].start, tokens[s.last - 1].end) for s in sentences)
    assert sentences[0].first == 0
    assert sentences[-1].last == len(tokens)
    assert all(a.last == b.first for a, b in pairwise(sentences))
    assert all(BLOCKS[s.block].covers(s.span) for s in sentences)


def test_every_sentence_is_one_tree(syntax):
    tokens, sentences = syntax.annotate(REPORT, BLOCKS)
    for sentence in sentences:
        words = tokens[sentence.first : sentence.last]
        assert [t.dep for t in words if t.head == t.i] == ["root"]
        assert all(sentence.first <= t.head < sentence.last and t.dep for t in words)


def test_a_headline_is_one_sentence(syntax):
    text = "King leaves. What next?"
    assert len(read(syntax, text)[1]) == 2
    assert len(read(syntax, text, whole=[0])[1]) == 1


@pytest.mark.parametrize("text", ["", " \n\u00a0"])
def test_nothing_gives_nothing(syntax, text):
    assert read(syntax, text) == ((), ())
    assert syntax.annotate("abc", []) == ((), ())


def test_without_the_parser_there_are_no_trees(syntax):
    tokens, sentences = syntax.annotate(REPORT, BLOCKS, parse=False)
    assert all((t.head, t.dep) == (-1, "") for t in tokens)
    assert all(t.tag and t.pos and t.lemma for t in tokens)
    assert len(sentences) == 5


def test_parsing_afterwards_and_in_part_gives_the_same(syntax):
    full, sentences = syntax.annotate(REPORT, BLOCKS)
    tagged, _ = syntax.annotate(REPORT, BLOCKS, parse=False)
    assert syntax.parse_sentences(REPORT, tagged, sentences, range(len(sentences))) == full
    part = syntax.parse_sentences(REPORT, tagged, sentences, {1, 4})
    for n, s in enumerate(sentences):
        assert part[s.first : s.last] == (full if n in {1, 4} else tagged)[s.first : s.last]
    assert syntax.parse_sentences(REPORT, tagged, sentences, ()) == tagged


def test_batches_do_not_matter(syntax, monkeypatch):
    text = (
        " ".join(f"The envoy of Norland flew to Osterby on May {n} for talks with {n} aides." for n in range(1, 29))
        + " "
        + REPORT
    )
    expected = read(syntax, text)
    assert read(syntax, text) == expected
    for size in (1, 3, 50):
        monkeypatch.setattr(module, "BATCH", size)
        assert read(syntax, text) == expected


def test_a_report_reads_the_same_after_another(syntax):
    first = syntax.annotate(REPORT, BLOCKS)
    read(syntax, "Zzyzx qwrtp visited Fnord. " * 20)
    assert syntax.annotate(REPORT, BLOCKS) == first == Syntax.load().annotate(REPORT, BLOCKS)


def test_a_table_without_full_stops_stays_without_a_tree(syntax, monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 10)
    tokens, sentences = read(syntax, "He left. " + "One two three " * 5 + "four. She stayed.")
    parsed = [all(t.head >= 0 for t in tokens[s.first : s.last]) for s in sentences]
    assert parsed == [True, False, True]


LEMMAS = {
    "VBD": "flew:fly held:hold met:meet paid:pay left:leave went:go began:begin sought:seek told:tell "
    "undertook:undertake travelled:travel VISITED:visit thanked:thank",
    "VBN": "flown:fly left:leave begun:begin cancelled:cancel canceled:cancel thanked:thank",
    "JJ": "left:left",
    "NNS": "talks:talk visits:visit countries:country",
    "VBZ": "talks:talk stops:stop 's:be",
    "NN": "meeting:meeting opening:opening Visit:visit",
    "VBG": "meeting:meet opening:open travelling:travel postponing:postpone paying:pay arriving:arrive hosting:host",
    "RB": "n't:not",
    "MD": "wo:will 'll:will",
    "JJS": "Best:good",
}
"""By tag: form and lemma."""


@pytest.mark.parametrize("tag", LEMMAS)
def test_lemmas_by_tag(tag):
    lemmas = Lemmas.load()
    expected = dict(pair.split(":") for pair in LEMMAS[tag].split())
    assert {form: lemmas.of(form, "", tag) for form in expected} == expected


def test_names_keep_their_form():
    assert Lemmas.load().of("Visits", "PROPN", "NNP") == "Visits"


@pytest.mark.parametrize(("form", "tag"), [("quxing", "VBG"), ("qed", "VBD"), ("s", "NNS"), ("ing", "VBG")])
def test_a_form_that_nobody_knows_is_its_own_lemma(form, tag):
    assert guess_lemma(form, tag) == form


def test_a_wrong_table_of_lemmas_is_told(tmp_path):
    (tmp_path / "lemmas.csv").write_text("form,tag\nflew,VBD\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"lemmas\.csv:1"):
        Lemmas.load(tmp_path / "lemmas.csv")


def test_no_model_is_told(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        Syntax.load(tmp_path / "nowhere")


# What the shipped model must find in plain sentences: dependent, relation, head.
TREES = [
    ("The king of Norland will visit Osterby on Thursday.", "king", "nsubj", "visit"),
    ("The king of Norland will visit Osterby on Thursday.", "Osterby", "obj", "visit"),
    ("The king of Norland will visit Osterby on Thursday.", "Thursday", "obl", "visit"),
    ("President Anna Lund arrived in Berlin Thursday.", "Anna", "nsubj", "arrived"),
    ("President Anna Lund arrived in Berlin Thursday.", "Berlin", "obl", "arrived"),
    ("President Anna Lund arrived in Berlin Thursday.", "Thursday", "obl:unmarked", "arrived"),
    ("President Anna Lund arrived in Berlin Thursday.", "President", "nmod:desc", "Anna"),
    ("The premier is expected to travel to Oslo next week for talks.", "week", "obl:unmarked", "travel"),
    ("The premier is expected to travel to Oslo next week for talks.", "premier", "nsubj:pass", "expected"),
    ("The premier is expected to travel to Oslo next week for talks.", "travel", "xcomp", "expected"),
    ("The emir was received by the queen in Madrid.", "emir", "nsubj:pass", "received"),
    ("The emir was received by the queen in Madrid.", "queen", "obl:agent", "received"),
    ("The minister said on Monday that he would visit Rome in May.", "Monday", "obl", "said"),
    ("The minister said on Monday that he would visit Rome in May.", "May", "obl", "visit"),
    ("The minister said on Monday that he would visit Rome in May.", "he", "nsubj", "visit"),
    ("Lund's trip to Kenya was postponed until June.", "trip", "nsubj:pass", "postponed"),
    ("Lund's trip to Kenya was postponed until June.", "Kenya", "nmod", "trip"),
    ("Lund's trip to Kenya was postponed until June.", "Lund", "nmod:poss", "trip"),
    ("The leaders of Chad and Mali met in Cairo.", "Mali", "conj", "Chad"),
    ("She paid a three-day visit to Japan.", "visit", "obj", "paid"),
    ("She paid a three-day visit to Japan.", "day", "compound", "visit"),
    ("Danish premier to visit Russia in spring", "premier", "nsubj", "visit"),
    ("Danish premier to visit Russia in spring", "spring", "obl", "visit"),
]


@pytest.mark.parametrize(("text", "word", "dep", "head"), TREES)
def test_trees(syntax, text, word, dep, head):
    tokens, _ = read(syntax, text)
    token = next(t for t in tokens if t.text == word)
    assert (token.dep, tokens[token.head].text) == (dep, head)


def test_tags(syntax):
    tokens, _ = read(syntax, "The envoy’s talks in Oslo ended yesterday.")
    assert [t.tag for t in tokens] == ["DT", "NN", "POS", "NNS", "IN", "NNP", "VBD", "NN", "."]
    assert [t.pos for t in tokens] == ["DET", "NOUN", "PART", "NOUN", "ADP", "PROPN", "VERB", "NOUN", "PUNCT"]
    assert [t.lemma for t in tokens] == ["the", "envoy", "'s", "talk", "in", "Oslo", "end", "yesterday", "."]


def test_the_shipped_model_is_small_and_has_its_card():
    assert sum(p.stat().st_size for p in MODEL.rglob("*") if p.is_file()) < 15_000_000
    card = (MODEL / "CARD.md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in card
    assert "UD_English-EWT" in card
    assert "UD_English-GUM" in card


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Theresa May said it rained.", "NNP"),
        ("She met Mrs May. May said it rained.", "NNP"),
        ("Ms Prill may say it rained.", "MD"),
        ("He left on Monday May 5 and wrote a book.", "NNP"),
    ],
)
def test_a_name_that_looks_like_a_verb(syntax, text, tag):
    tokens, _ = syntax.annotate(text, [Span(0, len(text))])
    last = [t for t in tokens if t.lower == "may"][-1]
    assert (last.tag, last.text) == (tag, "may" if tag == "MD" else "May")
