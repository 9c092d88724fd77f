"""What is weighed beside the rules: pairs of a person and a country, and the status by all signs."""

import datetime as dt
from dataclasses import replace

import pytest

from summitry.extract import extract
from summitry.extract import reports as stages
from summitry.extract.judgement import WEIGHED, judged, shape, signs
from summitry.extract.pairs import RULE, step
from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw
from summitry.lexicon.scales import Choice, Scale
from summitry.model.dates import DateRange
from summitry.model.visits import Status

STAYS = "Prime Minister Evika Silina trimmed her schedule on Monday because of the heat in Helsinki."
TWO = "Prime Minister Evika Silina flew to Helsinki on Monday. President Alexander Stubb is at home in Finland."
NEVER, ALWAYS = Scale(-30.0, {}, 1.0), Scale(30.0, {}, 0.5)


@pytest.fixture(scope="module")
def annotate(reader):
    def annotated(text, on="2024-03-06"):
        return reader.annotate(to_article(Raw("case", "text", text, None, None, None, on), reader.ingest))

    return annotated


def words(reader, scale=NEVER, status=None):
    known = reader.visits
    return replace(known, scales={**known.scales, "pairs": scale}, choices={"status": status or Choice({})})


def asked(annotated, known, monkeypatch):
    """The pairs that the scale is asked about."""
    found = []
    monkeypatch.setattr(stages, "sightings_of_pairs", lambda annotated, told, scale: found.extend(told) or [])
    extract(annotated, known)
    return found


def test_a_pair_is_a_person_of_rank_and_a_foreign_country_of_which_nothing_is_told(reader, annotate, monkeypatch):
    found = asked(annotate(STAYS), words(reader), monkeypatch)
    assert [(annotate(STAYS).people[p.visitor].name, p.host) for p in found] == [("Evika Silina", "FIN")]
    assert asked(annotate(TWO), words(reader), monkeypatch) == []  # one is told already, the other is at home


def test_features_name_what_is_told_and_no_word_of_the_text(reader, annotate, monkeypatch):
    (pair,) = asked(annotate(STAYS), words(reader), monkeypatch)
    assert {"a city", "led by in", "the verb is the person's", "a time in the sentence"} <= pair.features
    assert not any(name in " ".join(pair.features).lower() for name in ("silina", "helsinki", "trim"))


def test_a_scale_takes_a_pair_or_leaves_it(reader, annotate):
    assert extract(annotate(STAYS), words(reader, NEVER))[0] == ()
    (visit,) = extract(annotate(STAYS), words(reader, ALWAYS))[0]
    assert (visit.visitor, visit.host_country, str(visit.dates)) == ("Evika Silina", "FIN", "2024-03-04")
    assert visit.notes == (RULE,)
    assert {e.rule for e in visit.evidence if e.field == "host_country"} == {RULE}


def test_a_pair_leaves_what_the_patterns_tell_as_it_is(reader, annotate):
    text = "Prime Minister Evika Silina flew to Helsinki on Monday for talks. She is to visit Oslo on Friday."
    assert extract(annotate(text), words(reader, ALWAYS)) == extract(annotate(text), words(reader, NEVER))


def test_the_day_of_a_pair_is_the_only_one_of_its_sentence_but_not_that_of_words(reader, annotate):
    text = "Prime Minister Evika Silina got an earful in Helsinki, her office said on Tuesday."
    (visit,) = extract(annotate(text), words(reader, ALWAYS))[0]
    assert visit.dates is None


@pytest.mark.parametrize(("n", "bounds", "told"), [(0, (1, 3), "to 1"), (3, (1, 3), "to 3"), (9, (1, 3), "over 3")])
def test_steps(n, bounds, told):
    assert step(n, *bounds) == told


def clusters(annotated, known, monkeypatch):
    kept = []
    monkeypatch.setattr(stages, "judged", lambda a, made, here, w: kept.extend(made) or list(made))
    extract(annotated, known)
    monkeypatch.undo()
    return kept


def says(status, weight=5.0):
    return Choice({str(s): Scale(weight if s is status else 0.0, {}) for s in Status})


def test_another_status_must_be_likelier_by_a_margin(reader, annotate, monkeypatch):
    told = annotate("Prime Minister Evika Silina is visiting Finland.")
    (made,) = clusters(told, words(reader), monkeypatch)
    assert made.status is Status.ONGOING
    (same,) = judged(told, [made], None, words(reader, status=says(Status.COMPLETED, 0.4)))
    assert same == made
    (other,) = judged(told, [made], None, words(reader, status=says(Status.COMPLETED, 0.6)))
    assert (other.status, other.weighed) == (Status.COMPLETED, True)


@pytest.mark.parametrize(
    ("text", "wanted", "stays"),
    [
        ("Prime Minister Evika Silina will visit Finland on Friday.", Status.COMPLETED, Status.PLANNED),
        ("Prime Minister Evika Silina visited Finland on Sunday.", Status.ONGOING, Status.COMPLETED),
        ("Prime Minister Evika Silina has cancelled her visit to Finland.", Status.PLANNED, Status.CANCELLED),
    ],
)
def test_days_and_what_is_called_off_allow_no_other_status(reader, annotate, monkeypatch, text, wanted, stays):
    told = annotate(text)
    (made,) = clusters(told, words(reader), monkeypatch)
    (kept,) = judged(told, [made], None, words(reader, status=says(wanted)))
    assert (made.status, kept) == (stays, made)


def test_a_visit_judged_to_be_under_way_has_the_day_of_the_report(reader, annotate, monkeypatch):
    told = annotate("Nobody in Riga was surprised. A visit to Finland by Prime Minister Evika Silina was a success.")
    (made,) = clusters(told, words(reader), monkeypatch)
    assert (made.status, made.dates) == (Status.COMPLETED, None)
    (other,) = judged(told, [made], None, words(reader, status=says(Status.ONGOING)))
    assert other.dates == DateRange.day(dt.date(2024, 3, 6))
    (visit,) = extract(told, words(reader, status=says(Status.ONGOING)))[0]
    assert WEIGHED in visit.notes


def test_signs_tell_what_the_rules_say_and_where_the_days_lie(reader, annotate, monkeypatch):
    told = annotate("Prime Minister Evika Silina visited Finland on Tuesday.")
    made = clusters(told, words(reader), monkeypatch)
    (row,) = signs(told, made, "FIN", words(reader))
    assert {"the rules say completed", "days yesterday", "filed there", "act visit", "told past"} <= set(row)


SHAPES = [
    (None, "none"),
    ("2024-03-04/..", "open"),
    ("2024-03-04", "one day"),
    ("2024-03-04/2024-03-05", "several days"),
    ("2024-03", "month"),
]


@pytest.mark.parametrize(("edtf", "told"), SHAPES)
def test_shapes(edtf, told):
    assert shape(DateRange.parse(edtf) if edtf else None) == told
