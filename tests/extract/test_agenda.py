"""The matters of talks that sentences put together from tests/cases/agenda.toml offer, before they are weighed."""

import tomllib
from pathlib import Path

import pytest

from summitry.extract.agenda import AgendaReader
from summitry.extract.reports import read_sentences
from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw
from summitry.lexicon.visits import VisitWords
from summitry.model.article import READ

TABLE = tomllib.loads((Path(__file__).parents[1] / "cases" / "agenda.toml").read_text(encoding="utf-8"))
LEFT = frozenset(TABLE["left"])
WORDS = VisitWords.load()


def bare(phrase):
    """A phrase in small letters without its article."""
    return phrase.lower().removeprefix("the ")


def offered(reader, sentence):
    text = f"{TABLE['lead']} {sentence}"
    raw = Raw("agenda", "text", text, given_id=None, url=None, title=None, published=TABLE["on"])
    annotated = reader.annotate(to_article(raw, reader.ingest))
    read = [r for r in read_sentences(annotated, reader.visits, None) if r.view.role in READ]
    return {bare(m.span.of(text)) for r in read for m in AgendaReader(r).read()}


@pytest.mark.parametrize("telling", TABLE["tellings"])
def test_telling(reader, telling):
    wrong = set()
    made = {}
    for row in TABLE["list"]:
        sentence = telling.replace("{matters}", row["text"]).replace("{host}", TABLE["host"])
        sentence = sentence[0].upper() + sentence[1:]
        made[sentence] = offered(reader, sentence)
        if made[sentence] != {bare(m) for m in row["matters"]}:
            wrong.add(sentence)
    assert wrong == LEFT & made.keys(), {s: made[s] for s in wrong ^ (LEFT & made.keys())}


def test_every_line_that_is_left_is_put_together():
    rows = [row["text"] for row in TABLE["list"]]
    made = {t.replace("{matters}", m).replace("{host}", TABLE["host"]) for t in TABLE["tellings"] for m in rows}
    assert {s[0].upper() + s[1:] for s in made} >= LEFT


@pytest.mark.parametrize("phrase", sorted(WORDS.of("raise", "phrasal")))
def test_verbs_of_two_words_that_raise_a_matter(reader, phrase):
    assert offered(reader, f"He will {phrase} the price of gas.") == {"price of gas"}


@pytest.mark.parametrize("noun", sorted(WORDS.of("listed", "nouns")))
def test_nouns_of_what_talks_are_about(reader, noun):
    assert offered(reader, f"The main {noun} will be the price of gas.") == {"price of gas"}
    assert offered(reader, f"The price of gas was the main {noun}.") == {"price of gas"}
    assert offered(reader, f"The price of gas was on the {noun}.") == {"price of gas"}


@pytest.mark.parametrize("preposition", sorted(WORDS.of("listed", "on")))
def test_prepositions_that_put_a_matter_on_a_list(reader, preposition):
    noun = "topics" if preposition == "among" else "agenda"
    assert offered(reader, f"The price of gas will be {preposition} the {noun}.") == {"price of gas"}


@pytest.mark.parametrize("verb", sorted(WORDS.of("listed", "verbs") - {"be"}))
def test_verbs_that_lead_from_an_agenda_to_its_items(reader, verb):
    assert offered(reader, f"The agenda of the talks {verb}s the price of gas.") == {"price of gas"}


@pytest.mark.parametrize("verb", sorted(WORDS.of("listed", "leading")))
def test_verbs_of_what_stands_above_all(reader, verb):
    by = "to" if verb == "devote" else "by"
    past = {"top": "topped"}.get(verb, f"{verb.removesuffix('e')}ed")
    assert offered(reader, f"The talks were {past} {by} the price of gas.") == {"price of gas"}


@pytest.mark.parametrize("verb", sorted(WORDS.of("topics", "telling")))
def test_verbs_that_tell_of_a_matter(reader, verb):
    whom = " the president" if verb == "remind" else ""
    assert offered(reader, f"He will {verb}{whom} of the price of gas.") == {"price of gas"}


@pytest.mark.parametrize("verb", sorted(WORDS.of("topics", "turning")))
def test_verbs_by_which_talks_turn_to_a_matter(reader, verb):
    past = {"move": "moved"}.get(verb, f"{verb}ed")
    assert offered(reader, f"The talks then {past} to the price of gas.") == {"price of gas"}
    assert offered(reader, f"The motorcade then {past} to the west of the city.") == set()


@pytest.mark.parametrize("verb", ["revolve around", "complain about"])
def test_verbs_that_lead_to_a_matter(reader, verb):
    assert offered(reader, f"He and {TABLE['host']} will {verb} the price of gas.") == {"price of gas"}


@pytest.mark.parametrize("verb", sorted(WORDS.of("listed", "showing")))
def test_verbs_of_what_comes_up(reader, verb):
    past = {"come up": "came up", "figure": "figured prominently"}.get(verb, f"{verb.removesuffix('e')}ed large")
    assert offered(reader, f"The price of gas {past} in the talks.") == {"price of gas"}


@pytest.mark.parametrize("noun", sorted(WORDS.of("listed", "middle")))
@pytest.mark.parametrize("at", sorted(WORDS.of("listed", "at")))
def test_what_is_in_the_middle_of_talks(reader, noun, at):
    assert offered(reader, f"The price of gas was {at} the {noun} of the talks.") == {"price of gas"}
    assert offered(reader, f"The palace is {at} the {noun} of the town.") == set()


@pytest.mark.parametrize("verb", sorted(WORDS.of("topics", "partner")))
def test_verbs_that_tell_a_partner_of_a_matter(reader, verb):
    out, leads = (" out" if verb == "sound" else ""), ("of" if verb in {"inform", "remind"} else "on")
    assert offered(reader, f"He will {verb}{out} his host {leads} the price of gas.") == {"price of gas"}


@pytest.mark.parametrize("deed", ["lobby for", "protest against"])
def test_what_is_wanted_of_the_hosts(reader, deed):
    assert offered(reader, f"He will {deed} a new railway.") == {"new railway"}
