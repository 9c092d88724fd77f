"""The points of sentences: what each kind is given for, and that what stands elsewhere gives none."""

from __future__ import annotations

import pytest

from summitry.lexicon.files import DATA, read_toml
from summitry.scale.weigh import FILE, Weights

TABLE = read_toml(DATA / FILE)
LEADER, COUNTRY, CAPITAL, TWO, NEAR = (TABLE["points"][n] for n in ("leader", "country", "capital", "two", "near"))


@pytest.fixture(scope="module")
def weights(reader):
    return Weights.load(reader.sieve, reader.people, reader.places)


CASES = [
    ("A president of a club came to Hamburg for a long and, as he said to all who asked him, quiet tour.", 0),
    ("A minister will travel to Hamburg.", NEAR),
    ("A minister visited Hamburg.", NEAR + 2),
    ("A minister went on a trip to Hamburg.", NEAR + 1),
    ("A minister visited Tashkent.", NEAR + 2 + CAPITAL),
    ("A minister visited Vienna.", NEAR + 2 + CAPITAL + TWO),  # there is one in Virginia too
    ("A minister visited Austria.", NEAR + 2 + COUNTRY),
    ("A Polish minister visited Austria.", NEAR + 2 + COUNTRY + TWO),
    ("Angela Merkel visited Munich.", NEAR + 2 + LEADER),
    ("Angela Merkel visited Lyon.", NEAR + 2 + LEADER + TWO),
    ("Chancellor Angela Merkel spoke. On Monday Merkel visited Munich.", NEAR + 2 + LEADER),
    ("A minister spoke. On Monday Merkel visited Munich.", NEAR + 2),
    ("A minister spoke in Poland. Nobody came. He visited Austria.", NEAR + 2 + COUNTRY + TWO),
    ("A minister spoke in Poland. Nobody came. It rained. He visited Austria.", None),
    ("Nobody visited Austria.", None),
    ("A minister visited us.", None),
]


@pytest.mark.parametrize(("text", "points"), CASES)
def test_points(weights, monkeypatch, text, points):
    monkeypatch.setattr(weights, "some", 0)
    found = [points for _, points in weights.weighed(text)]
    assert found[-1:] == ([] if points is None else [points])


def test_light_sentences_are_left_out_and_heavy_ones_have_their_place(weights):
    text = "A minister visited Hamburg.\nPolish President Andrzej Duda arrived in Vienna on Monday."
    assert [text[start:][:6] for start, _ in weights.heavy(text)] == ["Polish"]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_many_sentences_of_some_weight_are_enough(weights, count):
    text = "A minister visited Austria. " * count
    assert len(list(weights.weighed(text))) == count
    assert len(weights.heavy(text)) == (count if count >= weights.many else 0)


def test_each_word_of_the_table_is_a_strong_trigger(reader):
    from summitry.ingest.sieve import STRONG

    for lemma in (*TABLE["words"]["one"], *TABLE["words"]["two"]):
        assert reader.sieve.flags(lemma) & STRONG
