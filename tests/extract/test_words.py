"""Every word of the tables that tell of talks and of ranks does its part in a sentence made for it."""

import pytest

from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw
from summitry.lexicon.offices import Offices
from summitry.lexicon.visits import VisitWords

WORDS = VisitWords.load()
CONTACTS = WORDS.classes["contacts"]
RANKS = sorted(Offices.load().words["small"]["ranks"])
ONE, OTHER = "Prime Minister Theresa May", "President Donald Trump"


def encounters(reader, text):
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2019-03-05")
    return [(e.kind, set(e.participants), str(e.date)) for e in reader.read(raw).encounters]


def talk(kind="meeting"):
    return [(kind, {"Theresa May", "Donald Trump"}, "2019-03-08")]


FRAMES = {
    "with": "{} with",
    "feasts": "have a {} with",
    "have": "{} a supper with",
    "give": "{} a supper for",
    "on": "{} on",
}
OBJECTS = {"spend": "spend an hour", "discuss": "discuss trade"}


@pytest.mark.parametrize(("part", "word"), [(part, word) for part in FRAMES for word in sorted(CONTACTS[part])])
def test_words_of_talks(reader, part, word):
    told = FRAMES[part].format(OBJECTS.get(word, word))
    assert encounters(reader, f"{ONE} will {told} {OTHER} on Friday.") == talk()


@pytest.mark.parametrize("lead", sorted(CONTACTS["by"]))
@pytest.mark.parametrize("wire", sorted(CONTACTS["phone"]))
def test_words_of_a_call(reader, lead, wire):
    assert encounters(reader, f"{ONE} will speak {lead} {wire} to {OTHER} on Friday.") == talk("call")


@pytest.mark.parametrize("rank", RANKS)
def test_ranks_are_taken_up(reader, rank):
    text = f"{rank.title()} Mark Osk spoke in Riga. The {rank} left on Monday."
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2019-03-05")
    annotated = reader.annotate(to_article(raw, reader.ingest))
    meant = {m.span.of(text): [annotated.people[key].name for key in m.people] for m in annotated.mentions}
    assert meant.get(f"The {rank}") == ["Mark Osk"]


def stays(reader, text):
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2019-03-05")
    return [(v.visitor, v.host_country, str(v.dates)) for v in reader.read(raw).visits]


@pytest.mark.parametrize("verb", sorted(WORDS.of("end", "lasting")))
def test_verbs_of_lasting(reader, verb):
    third = {"go": "goes on"}.get(verb, f"{verb}{'es' if verb.endswith('ch') else 's'}")
    text = f"{ONE}'s visit to Norway, which {third} until Friday, began on Monday."
    assert stays(reader, text) == [("Theresa May", "NOR", "2019-03-04/2019-03-08")]


@pytest.mark.parametrize("verb", sorted(WORDS.of("itinerary", "moves")))
def test_verbs_by_which_a_journey_goes_on(reader, verb, request):
    if verb == "proceed":  # the tour is also said to take place on that day
        request.node.add_marker(pytest.mark.xfail(reason="a day, no start", strict=True))
    third = {"go": "goes", "carry": "carries"}.get(verb, f"{verb}s")
    assert stays(reader, f"{ONE}'s tour {third} on to Norway on Friday.") == [("Theresa May", "NOR", "2019-03-08/..")]
