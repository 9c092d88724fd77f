"""Reprints count once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitry.link.reprints import HASHES, share, sketch, voices
from tests.register.making import told

STORY = (
    "The president of Ruritania will fly to Elbonia on Tuesday for two days of talks, his office said on Friday. "
    "He is to sign an agreement on railways and to lay a wreath at the tomb of the founders. "
    "It is the first journey of a Ruritanian head of state to the mountain republic in eleven years. "
    "Relations had cooled after a quarrel over fishing rights in the lake that both countries share. "
    "A spokesman for the ministry of the sea told reporters that a settlement was within reach. "
    "The opposition called the journey a waste of money and asked for a debate in parliament."
)
CUT = STORY[: STORY.index("Relations")]
OTHER = (
    "Elbonia expects the Ruritanian leader for two days next week, the palace announced. Railways are on the agenda, and "
    "so is the lake: fishermen of both shores have waited for a settlement for eleven years. A wreath will be laid. "
    "The republic last saw a guest of this rank before the quarrel, when the present king was still at school."
)


def test_a_text_is_a_reprint_of_itself_cut_or_headed_anew() -> None:
    assert share(sketch(STORY), sketch(STORY)) == 1
    assert share(sketch(STORY), sketch(CUT)) > 0.75
    assert share(sketch(STORY), sketch("NEWS OF THE DAY\n\n" + STORY.replace("Tuesday", "June 4"))) > 0.75


def test_another_account_of_the_same_is_none() -> None:
    assert share(sketch(STORY), sketch(OTHER)) < 0.2


def test_short_texts_are_only_the_same_to_the_letter() -> None:
    assert sketch("three words only") == b""
    assert share(b"", b"") == 0
    assert share(sketch("he arrives on Tuesday morning"), sketch("he arrives on Tuesday morning")) == 0


def test_the_fingerprint_is_the_same_on_every_machine() -> None:
    assert len(sketch(STORY)) == 2 * (HASHES + 1)
    assert sketch(STORY)[:8].hex() == "660083ecba1c6c90"


def test_voices() -> None:
    found = [
        told("2020-05-01", "2020-05-10", article=name, voice=name, sketch=sketch(text))
        for name, text in (("a", STORY), ("b", OTHER), ("c", CUT), ("d", STORY + " More follows."))
    ]
    assert [voices(found)[t.key] for t in found] == ["a", "b", "a", "a"]
    same = [told("2020-05-01", "2020-05-10", article=name, voice="x") for name in "ab"]
    assert set(voices(same).values()) == {"x"}


@given(st.permutations(range(4)))
def test_which_are_one_voice_is_blind_to_order(order: list[int]) -> None:
    texts = (STORY, OTHER, CUT, STORY.upper())
    found = [told("2020-05-01", article=str(n), voice=str(n), sketch=sketch(texts[n])) for n in order]
    groups: dict[str, set[str]] = {}
    for t in found:
        groups.setdefault(voices(found)[t.key], set()).add(t.visit.article)
    assert sorted(map(sorted, groups.values())) == [["0", "2", "3"], ["1"]]
