"""The words that tell of visits: their tables, and how sure a telling is."""

import pytest

from summitry.lexicon.visits import VisitWords
from summitry.model.errors import KnowledgeError

WORDS = VisitWords.load()


def test_every_trigger_says_where_its_host_stands_and_every_class_what_it_is_for():
    assert all(t.lemmas and t.host for t in WORDS.triggers)
    assert len({t.id for t in WORDS.triggers}) == len(WORDS.triggers)
    assert all(parts for parts in WORDS.classes.values())


def test_words_are_in_lower_case_and_of_one_part_of_a_control_class():
    for name, parts in WORDS.classes.items():
        for words in parts.values():
            assert all(w == w.lower() and w.strip() == w for w in words), name
    control = WORDS.classes["control"]
    assert not control["planned"] & control["ruled_out"]
    assert not control["proposed"] & control["ruled_out"]


def test_confidence_grows_with_the_tellings_and_follows_the_rule():
    once = WORDS.confidence(("go-verb",), 1)
    assert 0 < WORDS.confidence(("talks-noun",), 1) < once < 1
    assert (
        WORDS.confidence(("talks-noun",), 1)
        < WORDS.confidence(("talks-noun",), 2)
        < WORDS.confidence(("a", "b"), 5)
        < 1
    )
    assert WORDS.confidence(("a rule never counted",), 1) == pytest.approx(186 / 232)


def test_counts_name_known_rules():
    assert set(WORDS.counts["rule"]) <= {t.id for t in WORDS.triggers}
    assert all(0 <= right <= of for table in WORDS.counts.values() for right, of in table.values())


def test_a_wrong_trigger_is_named_with_its_file(tmp_path):
    (tmp_path / "visits").mkdir()
    (tmp_path / "visits" / "triggers.toml").write_text('[[trigger]]\nid = "x"\nlemmas = ["x"]\npos = "verb"\n')
    with pytest.raises(KnowledgeError, match=r"triggers\.toml: trigger x lacks"):
        VisitWords.load(tmp_path)
