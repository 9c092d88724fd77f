"""The words that tell of visits: their tables, and how sure a telling is."""

import pytest

from summitry.extract.judgement import FREE
from summitry.lexicon.scales import Choice, Scale
from summitry.lexicon.visits import GATES, VisitWords
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


def test_scales_are_shipped_and_name_what_they_weigh():
    assert set(WORDS.scales) == {"agenda", "confidence", "pairs", "voices"}
    assert set(WORDS.choices) == {"status"}
    statuses = WORDS.choices["status"].outcomes
    assert set(statuses) == FREE
    for name, scale in statuses.items():
        assert scale.weights[f"the rules say {name}"] > 0
    for scale in (*WORDS.scales.values(), *statuses.values()):
        assert scale.weights
        assert 0 < scale.probability({}) < 1
    told = WORDS.scales["confidence"]
    assert told.probability({"place by place": 1}) > told.probability({"days none": 1, "days by nothing": 1})


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_holds_the_words_of_its_classes(gate):
    rows = [WORDS.of(name, part) for name, part in GATES[gate]]
    assert all(rows)
    words = {word for row in rows for word in row}
    assert WORDS.of("gates", gate) == words | {word.split()[0] for word in words}


def test_a_reader_stops_at_visit_nouns_and_at_asides():
    assert set(WORDS.nouns) | WORDS.of("gates", "asides") == WORDS.stops
    assert set(WORDS.nouns) | WORDS.of("gates", "eventive") == WORDS.eventive


def test_weights_add_up_to_a_probability():
    scale = Scale(0.0, {"near": 2.0, "far": -1.0})
    assert scale.probability({"near": 1}) == pytest.approx(0.881, abs=1e-3)
    assert scale.probability({"near": 1, "far": 2, "unheard of": 9}) == pytest.approx(0.5)


def test_the_likeliest_of_some_is_chosen_over_the_usual_by_a_margin():
    choice = Choice({"a": Scale(0.0, {"x": 1.0}), "b": Scale(0.0, {}), "c": Scale(9.0, {})})
    assert choice.likeliest({"x": 1}, {"a"}, "b", 0.9) == "a"
    assert choice.likeliest({"x": 1}, {"a"}, "b", 1.0) == "b"
    assert choice.likeliest({}, {"c"}, "b") == "c"
    assert choice.likeliest({}, set(), "unheard of") == "unheard of"
    assert choice.likeliest({"x": 1}, {"unheard of"}, "a") == "a"


def test_a_choice_without_a_bias_is_told_with_its_outcome(tmp_path):
    (tmp_path / "visits" / "choices").mkdir(parents=True)
    (tmp_path / "visits" / "choices" / "status.toml").write_text("[planned]\nweights = {}\n")
    with pytest.raises(KnowledgeError, match=r"status\.toml, planned: a scale needs 'bias'"):
        VisitWords.load(tmp_path)


def test_a_scale_without_weights_is_told_with_its_file(tmp_path):
    (tmp_path / "visits" / "scales").mkdir(parents=True)
    (tmp_path / "visits" / "scales" / "agenda.toml").write_text("bias = 0.1\n")
    with pytest.raises(KnowledgeError, match=r"agenda\.toml: a scale needs 'bias' and a table 'weights'"):
        VisitWords.load(tmp_path)


def test_a_wrong_trigger_is_named_with_its_file(tmp_path):
    (tmp_path / "visits").mkdir()
    (tmp_path / "visits" / "triggers.toml").write_text('[[trigger]]\nid = "x"\nlemmas = ["x"]\npos = "verb"\n')
    with pytest.raises(KnowledgeError, match=r"triggers\.toml: trigger x lacks"):
        VisitWords.load(tmp_path)
