"""Clauses that are closed by a comma, a bracket or a dash before the clause around them goes on."""

import pytest

from summitry.annotate.insertions import INSERTION, insertion

TAGS = {
    "arrived": "VBD", "faces": "VBZ", "met": "VBD", "is": "VBZ", "held": "VBN", "accompanied": "VBN", "hoping": "VBG",
    "announced": "VBN", "who": "WP", "which": "WDT", "where": "WRB", "whose": "WP$", "in": "IN", "on": "IN", "by": "IN",
    "as": "IN", "recently": "RB", ",": ",",
}  # fmt: skip


def closed(text):
    """What the last comma, bracket or dash of a text closes, as its words; None where it closes nothing."""
    words = text.split()
    close = max(i for i, word in enumerate(words) if word in {",", ")", "–"})
    start = insertion(words, [TAGS.get(word, "NN") for word in words], close)
    return None if start is None else " ".join(words[start + 1 : close])


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("karis , who faces protests , arrived in riga", "who faces protests"),
        ("karis arrived in riga , where talks is held , on monday", "where talks is held"),
        ("karis arrived in riga , accompanied by ministers , on monday", "accompanied by ministers"),
        ("karis arrived in riga , recently accompanied by ministers , on monday", "recently accompanied by ministers"),
        ("karis arrived in riga , hoping for peace , on monday", "hoping for peace"),
        ("karis arrived , as announced in may , on monday", "as announced in may"),
        ("the town in riga , in which he met her , on monday", "in which he met her"),
        ("karis arrived in riga ( ministers met there ) on monday", "ministers met there"),
        ("karis arrived in riga – ministers met there – on monday", "ministers met there"),
    ],
)
def test_closed(text, inside):
    assert closed(text) == inside


@pytest.mark.parametrize(
    "text",
    [
        "karis arrived in riga , latvia , on monday",  # a name, without a verb
        "karis met ministers , farmers met her , on monday",  # a clause of its own
        "karis , who met her in oslo , norway , on monday",  # the nearest comma opens nothing with a verb
        "karis arrived in riga , on monday",
        "who , on monday",
        ", on monday",
    ],
)
def test_not_closed(text):
    assert closed(text) is None


def test_an_insertion_has_its_limit():
    long = " ".join(["peace"] * INSERTION)
    assert closed(f"karis , who faces {long} , arrived") is None
