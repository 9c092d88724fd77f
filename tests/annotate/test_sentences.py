from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.annotate.sentences import SentenceRules
from summitry.annotate.syntax import make_tokenizer, plain
from summitry.model.errors import KnowledgeError


@pytest.fixture(scope="module")
def rules() -> SentenceRules:
    return SentenceRules.load()


@pytest.fixture(scope="module")
def split(rules):
    from spacy.vocab import Vocab

    tokenizer = make_tokenizer(Vocab(), rules)

    def run(text: str) -> list[str]:
        places = [(t.idx, t.idx + len(t)) for t in tokenizer(plain(text)) if not t.is_space]
        spaced = [True, *(b < c for (_, b), (c, _) in pairwise(places))]
        words = [plain(text[a:b]) if b - a == 1 else text[a:b] for a, b in places]
        starts = rules.starts(words, spaced)
        return [text[places[i][0] : places[j - 1][1]] for i, j in pairwise([*starts, len(places)])]

    return run


CASES = [
    # plain ends
    "The king landed. | He was met by the premier.",
    "Will she come? | Nobody could say! | The palace kept silent ...",
    "The trip was off . | The envoy , who had packed , stayed .",
    # titles, initials, saints
    "Gen. Okafor met Dr. Lind and Sen. Alan B. Moss in St. Albans. | They dined.",
    "J.D. Moss and George K. Lund flew home.",
    "Mr. and Mrs. Lund arrived with Lt. Col. Ana Reis.",
    # months and numbers
    "He comes on Nov. 21 and leaves on Dec. 2. | The host is glad.",
    "Talks are set for Sept. | The venue is open.",
    "He stays at No. 10 tonight. | The answer was No. | Then he left.",
    "Trade grew 2.5 per cent. | 25 firms signed.",
    "3. What comes next",
    # countries and hours
    "He returned to the U.S. | He rested.",
    "The U.S. President spoke to the U.N. General Assembly.",
    "She landed at 5 p.m. | The band played.",
    "She landed at 5 p.m. Tuesday with aides from Acme Corp. and others.",
    # quotations and brackets stay with their sentence
    '"We agreed." | "On what?" | The aide smiled.',
    "“We agreed.” | “On what?” | The aide smiled.",
    '"Go!" he said. | They went.',
    "He bowed. | (The queen did not.) | Music played.",
    'He said: "Come soon." | "I shall," she answered.',
    'He bowed . | " We thank you , " he said .',
    "The leaders ' aides met. | 'Fine,' said one.",
    "The duke retired. [12] | He wrote two books.",
    # soft line breaks, no-break spaces
    "The emir flew\nto Oslo. | He\u00a0stayed\u00a0a day.",
    "He saw Gen.\nOkafor there.",
    # names in small letters
    "The hall fell silent. | al-Sharif rose.",
    "He quoted amazon.example and left.",
    # datelines
    "OSLO, May 3 (Agency) -- The premier arrived. | He waved.",
    "What? ... | No one knew.",
]


@pytest.mark.parametrize("case", CASES)
def test_sentence_ends(split, case):  # " | " marks where a sentence ends
    assert split(case.replace(" | ", " ")) == case.split(" | ")


def test_nothing_gives_nothing(rules):
    assert rules.starts([], []) == []


@given(
    st.lists(
        st.sampled_from(["He", "left", ".", '"', "?", "Gen.", "U.S.", "the", "(", ")", "'", "5", "…"]), max_size=30
    ),
    st.data(),
)
def test_starts_are_ascending_and_begin_at_the_first_word(words, data):
    rules = SentenceRules.load()
    spaced = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    starts = rules.starts(words, spaced)
    assert starts == sorted(set(starts))
    assert starts[:1] == ([0] if words else [])
    assert all(0 <= s < len(words) for s in starts)


def test_a_folder_of_ones_own_adds_words(tmp_path):
    (tmp_path / "tokens.toml").write_text('[leading]\ntitles = ["Hptm."]\n', encoding="utf-8")
    from summitry.lexicon.files import DATA

    rules = SentenceRules.load(DATA / "syntax", tmp_path)
    assert {"Hptm.", "Gen."} <= rules.leading
    assert rules.starts(["Hptm.", "Lund", "left", "."], [True, True, True, False]) == [0]


@pytest.mark.parametrize("text", ['[titles]\nx = ["A."]\n', "prefixes = [1]\n", '[leading]\nx = "Gen."\n', "no toml"])
def test_a_wrong_table_is_told(tmp_path, text):
    (tmp_path / "tokens.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"tokens\.toml"):
        SentenceRules.load(tmp_path)


def test_the_shipped_table_holds_together(rules):
    assert not rules.leading & rules.either
    assert not rules.leading & rules.numbered
    assert all(w.endswith(".") for w in rules.abbreviations)
    assert all(w[0].isupper() for w in rules.starters)
    assert all(w.islower() for w in rules.particles | rules.prefixes)


def test_every_leading_abbreviation_holds_its_sentence_together(split, rules):
    for word in sorted(rules.leading):
        assert split(f"They saw {word} Lund in Oslo. He waved.") == [f"They saw {word} Lund in Oslo.", "He waved."]


def test_every_other_abbreviation_ends_a_sentence_before_a_starter_only(split, rules):
    for word in sorted(rules.either):
        assert split(f"They wrote {word} Lund in Oslo.") == [f"They wrote {word} Lund in Oslo."]
        assert split(f"They wrote {word} The host waved.") == [f"They wrote {word}", "The host waved."]
    for word in sorted(rules.numbered):
        assert split(f"They took {word} 4 at once.") == [f"They took {word} 4 at once."]
