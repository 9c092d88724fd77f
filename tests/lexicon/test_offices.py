"""Titles and offices: every entry is found in its examples and in none of its counter-examples."""

import pytest

from summitry.lexicon.countries import Countries
from summitry.lexicon.files import DATA, read_toml
from summitry.lexicon.offices import Offices, fold, split_phrase
from summitry.lexicon.offices_question import understand
from summitry.lexicon.people import People
from summitry.model.entities import Rank
from summitry.model.errors import KnowledgeError

OFFICES = Offices.load()
PEOPLE = People.load()
COUNTRIES = Countries.load()


def entries_in(text: str) -> set[str]:
    """Ids of the entries that the longest phrases of a text can mean."""
    words = split_phrase(text.replace(",", " ,"))
    return {use.title.id for _, _, uses in OFFICES.titles.find(words) for use in uses}


@pytest.mark.parametrize("entry", OFFICES.entries, ids=lambda e: e.id)
def test_examples_and_counter_examples(entry):
    assert entry.examples, "every entry has an example"
    for example in entry.examples:
        assert entry.id in entries_in(example), example
    for example in entry.counter:
        found = entries_in(example)
        country = understand(example, PEOPLE, COUNTRIES).country
        fits = {t.id for t in OFFICES.entries if t.id in found and (not t.only or country in t.only)}
        assert entry.id not in fits or country is None, example


def test_ids_are_unique_and_offices_known():
    rows = read_toml(DATA / "people" / "titles.toml")["title"]
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    assert {row["office"] for row in rows} <= set(OFFICES.offices)
    for office in OFFICES.offices.values():
        assert set(office.holders) <= set(OFFICES.offices)


def test_phrases_are_folded_and_not_told_twice_in_an_entry():
    for entry in OFFICES.entries:
        for phrases in (entry.phrases, entry.plural):
            assert len(phrases) == len(set(phrases)), entry.id
            assert all(p == fold(p) for p in phrases), entry.id


def test_a_phrase_has_one_entry_for_any_country():
    """Two entries may share a phrase only if ``only`` keeps their countries apart."""
    seen: dict[tuple[str, ...], dict[str, str]] = {}
    for entry in OFFICES.entries:
        for phrase in {split_phrase(p) for p in (*entry.phrases, *entry.plural)}:
            for country in entry.only or {"any other"}:
                other = seen.setdefault(phrase, {}).setdefault(country, entry.id)
                assert other == entry.id, f"{' '.join(phrase)} ({country}): {entry.id} and {other}"


def test_a_phrase_of_some_countries_means_something_elsewhere():
    """ "Chief" heads a body; without an entry for all others it would do so in a supermarket too."""
    free = {split_phrase(p) for e in OFFICES.entries if not e.only for p in e.phrases}
    loose = {
        (e.id, p) for e in OFFICES.entries if e.only and not e.country for p in e.phrases if split_phrase(p) not in free
    }
    allowed = {"chief executive officer of the region", "cardinal secretary of state"}
    assert {p for _, p in loose} <= allowed


def test_bodies_have_one_key_and_phrases_one_body():
    seen: dict[str, str] = {}
    for body in OFFICES.bodies.values():
        assert body.code in {"UN", "EU", "NATO", "AU", "ASEAN", "OAS", "OSCE", "IMF", "WTO", "OTHER"}
        for phrase in body.phrases:
            assert seen.setdefault(phrase, body.key) == body.key, phrase


@pytest.mark.parametrize(
    ("words", "country", "office", "rank"),
    [
        ("deputy prime minister", "ITA", "deputy_head_of_government", Rank.VISITOR),
        ("deputy foreign minister", "ITA", "deputy_minister", Rank.OTHER),
        ("foreign secretary", "GBR", "foreign_minister", Rank.VISITOR),
        ("foreign secretary", "IND", "deputy_minister", Rank.OTHER),
        ("secretary of state", "USA", "foreign_minister", Rank.VISITOR),
        ("secretary of state", "POL", "deputy_minister", Rank.OTHER),
        ("chancellor", "DEU", "head_of_government", Rank.VISITOR),
        ("chancellor", "GBR", "finance_minister", Rank.VISITOR),
        ("chief", "IAEA", "head_of_body", Rank.VISITOR),
        ("chief", "ITA", "other", Rank.OTHER),
        ("general secretary", "VNM", "party_leader_ruling", Rank.VISITOR),
        ("general secretary", "GBR", "party_leader", Rank.OTHER),
        ("ambassador", "ITA", "ambassador", Rank.OTHER),
        ("special envoy", "ITA", "envoy", Rank.VISITOR),
        ("national security adviser", "USA", "national_security_adviser", Rank.VISITOR),
        ("deputy national security adviser", "USA", "adviser", Rank.OTHER),
        ("governor", "USA", "governor", Rank.OTHER),
        ("house speaker", "USA", "speaker", Rank.VISITOR),
        ("state councilor", "CHN", "minister", Rank.VISITOR),
        ("minister of state", "IND", "minister", Rank.VISITOR),
        ("first lady", "USA", "consort", Rank.OTHER),
    ],
)
def test_office_and_rank_by_country(words, country, office, rank):
    from summitry.annotate.people.titles import pick

    phrase = split_phrase(words)
    hit = OFFICES.titles.at(phrase, 0)
    assert hit is not None and hit[0] == len(phrase)
    title = pick(hit[1], country)
    assert (title.office, title.rank) == (office, rank)


def test_who_leads():
    assert OFFICES.leading("DEU")[0] == "head_of_government"
    assert OFFICES.leading("RUS")[0] == "head_of_state"
    assert OFFICES.leading("SMR") == ()


@pytest.mark.parametrize(
    ("word", "folded"), [("Erdoğan", "erdogan"), ("Müller’s", "muller's"), ("Łukasz", "lukasz"), ("ŞAHIN", "sahin")]
)
def test_folding(word, folded):
    assert fold(word) == folded


def test_an_unknown_office_is_named(tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "titles.toml").write_text(
        '[[title]]\nid = "x"\noffice = "wizard"\nrank = "visitor"\nphrases = ["wizard"]\n', encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match="wizard"):
        Offices.load(DATA, tmp_path)
