"""Stated dates: every form by its own examples, and lines that state one or do not."""

import pytest

from summitry.ingest.dates import DateWords, stated_in
from summitry.model.errors import KnowledgeError

WORDS = DateWords.load()


def read(form, text):
    found = (WORDS.in_url(text) if form in WORDS.urls else next(iter(WORDS.find(text)), None)) or None
    return found and (str(found.unit), found.form)


@pytest.mark.parametrize("form", [*WORDS.forms, *WORDS.urls], ids=lambda form: form.id)
def test_every_form_reads_its_examples_and_not_its_counter_examples(form):
    assert form.examples
    assert form.counter
    for text, value in form.examples:
        assert read(form, text) == (value, form.id)
    for text in form.counter:
        found = read(form, text)
        assert found is None or found[1] != form.id


def test_ids_are_unique():
    ids = [form.id for form in (*WORDS.forms, *WORDS.urls)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("14 May, 2024 19:12", [("", "2024-05-14")]),
        ("PUBLISHED : Saturday, 23 February, 2013, 12:00am", [("published", "2013-02-23")]),
        ("Updated 3:04 PM EDT, Tue May 14, 2024", [("updated", "2024-05-14")]),
        ("2024-05-14T10:00Z", [("", "2024-05-14")]),
        ("Posted on 3 June 2011", [("published", "2011-06-03")]),
        ("By Jane Doe | May 14, 2024", [("", "2024-05-14")]),
        ("Published: 3 May 2011 | Updated: 4 May 2011", [("published", "2011-05-03"), ("updated", "2011-05-04")]),
        ("Tue 14 May 2024 19.12 BST", [("", "2024-05-14")]),
        ("(Monday 3 June 2013)", [("", "2013-06-03")]),
        # The wrong day of the week: one of the two is a slip, and nobody can say which.
        ("Mon 14 May 2024", []),
        ("The minister came on 28 November 2012.", []),
        ("Talks of 14 May 2024 in Oslo", []),
        ("Remarks of the Minister, Oslo, 14 June 2021", []),
        ("Copyright 14 May 2024", []),
        ("Since 14 May 2024", []),
        ("May 14", []),
        ("04.05.2024", []),
        ("1 May 2011, 2 May 2011, 3 May 2011, 4 May 2011", []),
    ],
)
def test_lines_that_are_there_to_state_a_date(line, expected):
    assert [(one.label, str(one.unit)) for one in stated_in(line, WORDS)] == expected
    assert all(WORDS.find(one.span.of(line)) for one in stated_in(line, WORDS))


def test_the_label_may_stand_in_the_line_above():
    assert [one.label for one in stated_in("4 May 2011", WORDS, before="Updated:")] == ["updated"]


def test_a_source_may_stand_beside_it():
    assert not stated_in("The daily planet, 4 May 2011", WORDS)
    assert stated_in("The daily planet, 4 May 2011", WORDS, is_source=lambda text: text == "The daily planet")


def test_a_second_folder_adds_to_the_first(tmp_path):
    (tmp_path / "ingest").mkdir()
    path = tmp_path / "ingest" / "dates.toml"
    path.write_text(
        '[months]\n5 = ["mai"]\n[[form]]\nid = "iso"\npattern = "{year}!{mm}!{dd}"\nexamples = [["2024!05!06", "2024-05-06"]]'
    )
    from summitry.lexicon.files import DATA

    words = DateWords.load(DATA, tmp_path)
    assert [str(found.unit) for found in words.find("6 mai 2024, 2024!05!07, 2024-05-08")] == [
        "2024-05-06",
        "2024-05-07",
    ]
    path.write_text('[[form]]\nid = "new"\npattern = "("\nexamples = []')
    with pytest.raises(KnowledgeError, match=r"dates\.toml"):
        DateWords.load(DATA, tmp_path)
