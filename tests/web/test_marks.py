"""Cutting a text at its evidence loses nothing, and plain words hold their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.web.marks import NAMED, Mark, cut, plain, short

TEXT = "Xi visits Fiji on Monday"


def pieces(*marks: Mark, **part: int) -> list[tuple[str, tuple[str, ...]]]:
    return [(p.text, p.fields) for p in cut(TEXT, marks, **part)]


def test_marks_that_overlap() -> None:
    found = pieces(Mark(0, 9, "status", "v"), Mark(3, 14, "host_country", "v"))
    assert found == [
        ("Xi ", ("status",)),
        ("visits", ("host_country", "status")),
        (" Fiji", ("host_country",)),
        (" on Monday", ()),
    ]


def test_same_words_for_two_fields_and_two_visits() -> None:
    found = pieces(Mark(0, 2, "visitor", "v"), Mark(0, 2, "visitor", "w"), Mark(0, 2, "meets", "w"))
    assert found == [("Xi", ("meets", "visitor")), (" visits Fiji on Monday", ())]


def test_part_of_a_text_clips_its_marks() -> None:
    assert pieces(Mark(0, 9, "status", "v"), start=3, end=14) == [("visits", ("status",)), (" Fiji", ())]


@pytest.mark.parametrize("mark", [Mark(3, 3, "a", "v"), Mark(20, 99, "a", "v"), Mark(40, 50, "a", "v")])
def test_marks_that_are_none_are_left_out(mark: Mark) -> None:
    assert pieces(mark) == [(TEXT, ())]


def test_empty_text() -> None:
    assert cut("", [Mark(0, 3, "a", "v")]) == []


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("abc")), max_size=12),
    st.integers(0, 30),
    st.integers(0, 40),
)
def test_pieces_join_to_the_part(text: str, spans: list[tuple[int, int, str]], start: int, length: int) -> None:
    start = min(start, len(text))
    marks = [Mark(min(a, b), max(a, b), field, "v") for a, b, field in spans]
    found = cut(text, marks, start, start + length)
    assert "".join(p.text for p in found) == text[start : start + length]
    for piece in found:
        over = {m for m in marks if m.start < m.end <= len(text)}
        inside = {m for m in over if m.start <= piece.start and piece.start + len(piece.text) <= m.end}
        assert piece.fields == tuple(sorted({m.field for m in inside}))
        assert set(piece.marks) <= inside
        assert len(piece.marks) == min(len(inside), NAMED)


def test_ten_thousand_nested_marks_do_not_make_a_page_of_their_square() -> None:
    marks = [Mark(i, 30_000, f"field{i % 9}", "v") for i in range(10_000)]
    found = cut("x" * 40_000, marks, 0, 20_000)
    assert len(found) == 10_000
    assert sum(len(p.marks) + len(p.fields) for p in found) < 200_000


@given(st.text())
def test_plain_words_hold_their_offsets(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b")


@pytest.mark.parametrize("text", ["Niinistö à Türkiye", "один\nдва", "نفت\u200cخام", "習近平", "tab\there"])
def test_plain_words_stay(text: str) -> None:
    assert plain(text) == text


def test_short() -> None:
    assert short("a" * 10, 10) == "a" * 10
    assert short("word " * 10, 10) == "word word…"
