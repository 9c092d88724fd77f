from __future__ import annotations

import re

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from summitry.ingest import sieve as module
from summitry.ingest.sieve import Mesh, Sieve, forms
from summitry.lexicon.offices import fold
from summitry.lexicon.people import People
from summitry.lexicon.places import Gazetteer
from summitry.lexicon.visits import VisitWords
from summitry.model.errors import KnowledgeError


@pytest.fixture(scope="module")
def visits() -> VisitWords:
    return VisitWords.load()


@pytest.fixture(scope="module")
def sieve() -> Sieve:
    return Sieve.load(People.load(), Gazetteer.load())


@pytest.mark.parametrize(
    ("text", "wide", "fine"),
    [
        ("President Li will visit Oslo.", True, True),
        ("The Latvian president spoke. He is well. He flies to Oslo on Monday.", True, True),
        ("The Latvian president spoke. He is well. It rained. He flies to Oslo on Monday.", True, False),
        ("Angela Merkel arrived in Oslo.", True, True),
        ("Angela Brill arrived in Oslo.", False, False),
        ("The prime minister left for Oslo.", True, False),
        ("President Li said in Oslo that it rains.", True, False),
        ("President Li will visit his mother.", False, False),
        ("Prices rose in Oslo.\nThe shops are open.", False, False),
        ("", False, False),
    ],
)
def test_what_passes(sieve, text, wide, fine):
    assert sieve.passes(text) is wide
    assert sieve.passes(text, Mesh.FINE) is fine


def test_what_was_read_before_changes_nothing(sieve, monkeypatch):
    texts = ["President Li will visit Oslo.", "Prices rose in Oslo.", "The Queen dined in Riga."]
    first = [sieve.passes(text) for text in texts]
    monkeypatch.setattr(module, "SEEN", 2)
    assert [sieve.passes(text) for text in reversed(texts)] == first[::-1]


def test_no_form_of_a_trigger_is_missed():
    """Every form that the dictionary of lemmas leads to a trigger is known; its old and misspelt ones aside."""
    odd = {"smt"}
    dictionary: dict[str, set[str]] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary("en").items():
        dictionary.setdefault(lemma, set()).add(form)
    weights = module._weights([module.DATA])
    for lemma in weights["triggers", "strong"]:
        known = forms(lemma, weights.get(("irregular", lemma), ()))
        missed = {f for f in dictionary.get(lemma, ()) if f.isalpha() and f.islower()} - known - odd
        assert not {f for f in missed if not f.endswith(("est", "eth"))}, lemma


def test_what_the_tables_leave_out_is_known_to_them(visits):
    weights = module._weights([module.DATA])
    lemmas = {lemma for trigger in visits.triggers for lemma in trigger.lemmas}
    assert weights["triggers", "strong"] <= lemmas
    assert {name for part, name in weights if part == "irregular"} <= weights["triggers", "strong"]
    phrases = [p for t in People.load().offices.entries for p in (*t.phrases, *t.plural)]
    words = {word for phrase in phrases for word in re.findall(r"[a-z]+", fold(phrase))}
    assert {w for w in weights["ranks", "left_out"] if w not in words} == set()


def test_a_table_without_a_part_is_an_error(tmp_path, visits):
    (tmp_path / "scan").mkdir()
    (tmp_path / "scan" / "sieve.toml").write_text("[triggers]\nstrong = ['visit']\n")
    with pytest.raises(KnowledgeError, match=r"ranks\.added"):
        Sieve.load(People.load(), Gazetteer.load(), tmp_path)
