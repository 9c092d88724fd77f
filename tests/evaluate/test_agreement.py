"""Agreement of coders, on worked examples from the literature and on cases that can be counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.evaluate.agreement import agreement, cohen, krippendorff


def units(*coders: str) -> list[list[str | None]]:
    """Coders as lines of codes, "." where one gave none."""
    return [[None if code == "." else code for code in unit] for unit in zip(*coders, strict=True)]


def test_krippendorff_with_four_coders_and_missing_codes() -> None:
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example D: 0.743 for nominal data.
    found = krippendorff(
        units("12332141 2...".replace(" ", ""), "1233224125.3", ".33323422 51.".replace(" ", ""), "12332441251.")
    )
    assert found == pytest.approx(0.743, abs=0.0005)


def test_krippendorff_with_two_coders() -> None:
    # The same, example C: 0.692.
    assert krippendorff(units("aabbdcccedda", "babbbccceddd")) == pytest.approx(0.692, abs=0.0005)


def test_krippendorff_binary() -> None:
    # The same, example A: 0.095.
    assert krippendorff(units("0100000010", "1110010000")) == pytest.approx(0.095, abs=0.0005)


def test_cohen() -> None:
    # Fifty proposals: 20 both yes, 15 both no, 5 and 10 otherwise; kappa 0.4.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen(pairs) == pytest.approx(0.4)
    assert agreement(pairs).percent == pytest.approx(0.7)


def test_what_is_not_defined_is_none() -> None:
    assert agreement([]) == agreement([("a", None), (None, "b")])
    assert agreement([]).percent is None
    found = agreement([("a", "a"), ("a", "a")])
    assert (found.units, found.same, found.percent, found.kappa, found.alpha) == (2, 2, 1.0, None, None)


PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30)


@given(PAIRS)
def test_figures_are_symmetric_and_at_most_one(pairs: list[tuple[str, str]]) -> None:
    there, back = agreement(pairs), agreement((b, a) for a, b in pairs)
    for name in ("percent", "kappa", "alpha"):
        one, two = getattr(there, name), getattr(back, name)
        assert (one is None) == (two is None)
        assert one is None or (one == pytest.approx(two) and one <= 1)
