"""What of a text a glance reads: which sentences are kept near a heavy one, which farther off, and which paragraphs at all."""

from __future__ import annotations

import pytest

from summitry.ingest.sieve import END, NAME, PLACE, RANK, STRONG
from summitry.scale.glance import NARROW, SHORT, WIDE, excerpt

WORDS = {"visit": STRONG, "president": RANK, "President": RANK, "Oslo": PLACE, "Duda": NAME}
TOLD = "The president will visit Oslo."
LONG = "Nothing of it was ever told to them by anybody."
MUCH = 9


def flags(word):
    return WORDS.get(word, END if word == "ª" else 0)


def shown(paragraphs, points=MUCH):
    text = "\n".join(paragraphs)
    return excerpt(text, [(text.index(TOLD), points)], MUCH, flags).split("\n\n")


NEAR = [
    ("They talk of a visit.", True),
    ("The president is in Oslo.", True),
    ("Duda is in Oslo.", True),
    ("The president is ill.", False),
    ("It rains in Oslo.", False),
    ("Nobody came ª here.", False),
]
FAR = [
    ("They talk of a visit.", False),
    ("The president made a visit.", True),
    ("Duda made a visit.", True),
    ("The president is in Oslo.", False),
    ("Duda is president in Oslo.", True),
    ("Duda is president now.", False),
]


@pytest.mark.parametrize(("sentence", "kept"), NEAR)
def test_near_a_heavy_sentence(sentence, kept):
    assert shown(["A title", TOLD, f"{LONG} {sentence} {LONG}"]) == ["A title", TOLD, *([sentence] if kept else [])]


@pytest.mark.parametrize(("sentence", "kept"), FAR)
def test_far_from_it(sentence, kept):
    filled = [LONG * (SHORT // len(LONG) // 3)] * 4
    assert len("\n".join(filled)) > SHORT
    assert (sentence in shown(["A title", TOLD, *filled, f"{LONG} {sentence} {LONG}"])) == kept


def test_the_first_paragraph_is_whole_and_empty_ones_are_none():
    assert shown([f"{LONG} {LONG}", " ", LONG, TOLD]) == [f"{LONG} {LONG}", TOLD]


def test_short_forms_and_small_letters_end_no_sentence():
    told = "The U.S. President, A. B. Duda, came. the visit is over."
    assert shown(["A title", TOLD, f"{told} {LONG}"])[2] == told


@pytest.mark.parametrize(("points", "window"), [(MUCH, WIDE), (MUCH - 1, NARROW)])
def test_of_a_long_text_only_some_paragraphs(points, window):
    others = [f"Duda made visit {n}, to Oslo, as president{LONG * 20}." for n in range(20)]
    assert len("\n".join(others)) > window.all
    found = shown([*others[:10], TOLD, *others[10:]], points)
    lead, before, after = others[: window.lead], others[10 - window.before : 10], others[10 : 10 + window.after]
    assert [line.split(",")[0] for line in found] == [x.split(",")[0] for x in (*lead, *before, TOLD, *after)]
