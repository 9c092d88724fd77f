"""Agreement of coders: percent agreement, Cohen's kappa (1960), Krippendorff's alpha for nominal values (2011).

A unit is what was coded; a rating is the value that one coder gave it, None where he gave none. Figures that are not
defined (no units, or nothing that could have been coded otherwise) are None, never 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Rating = str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two coders agree on one field: over ``units`` that both coded, ``same`` of them alike."""

    units: int
    same: int
    percent: float | None
    kappa: float | None
    alpha: float | None


def agreement(pairs: Iterable[tuple[Rating, Rating]]) -> Agreement:
    """The figures for two coders; pairs in which one gave no value do not count.

    Specimen: ``agreement([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]).percent == 0.75``.
    """
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    same = sum(a == b for a, b in both)
    percent = same / len(both) if both else None
    return Agreement(len(both), same, percent, cohen(both), krippendorff(both))


def cohen(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two coders who coded every unit; None where chance alone would agree on all."""
    if not pairs:
        return None
    number = len(pairs)
    one, two = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(one[value] * two[value] for value in one) / number**2
    return None if chance == 1 else (sum(a == b for a, b in pairs) / number - chance) / (1 - chance)


def krippendorff(units: Iterable[Sequence[Rating]]) -> float | None:
    """Krippendorff's alpha for nominal values: each unit with the ratings of any number of coders, None for a missing one.

    None where fewer than two values occur among units that two or more coded.
    """
    totals: Counter[str] = Counter()
    agreed = 0.0
    for unit in units:
        count = Counter(rating for rating in unit if rating is not None)
        coders = count.total()
        if coders < 2:
            continue
        totals.update(count)
        agreed += sum(k * (k - 1) for k in count.values()) / (coders - 1)
    number = totals.total()
    expected = sum(k * (k - 1) for k in totals.values())
    if not number or expected == number * (number - 1):
        return None
    return ((number - 1) * agreed - expected) / (number * (number - 1) - expected)
