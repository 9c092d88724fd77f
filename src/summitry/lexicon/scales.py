"""Weights of named features that add up to a probability: small logistic models, shipped as readable data."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitry.lexicon.files import read_toml
from summitry.model.errors import KnowledgeError

Flags = dict[str, float]
"""Features that hold, each with the value 1."""


def flags(names: Iterable[str]) -> Flags:
    """Features that hold, in one order, so that sums of their weights are the same in every run."""
    return dict.fromkeys(sorted(names), 1.0)


@dataclass(frozen=True)
class Scale:
    """A logistic scale: ``bias`` plus the weight of each feature times its value gives the log-odds.

    Attributes:
        bias: the log-odds where no feature holds.
        weights: feature name to weight; a feature without one counts nothing.
        least: the probability from which on a candidate is taken.
    """

    bias: float
    weights: Mapping[str, float]
    least: float = 0.5

    @classmethod
    def load(cls, path: Path) -> Scale:
        """Read a scale. Raises KnowledgeError with the file where a part is missing or no number."""
        return cls.of(read_toml(path), str(path))

    @classmethod
    def of(cls, table: Mapping[str, Any], where: str) -> Scale:
        """A scale from a table of TOML; ``where`` names it in an error. Raises KnowledgeError."""
        try:
            weights = {str(name): float(weight) for name, weight in table["weights"].items()}
            return cls(float(table["bias"]), weights, float(table.get("least", 0.5)))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KnowledgeError(f"{where}: a scale needs 'bias' and a table 'weights' of numbers ({error})") from error

    def probability(self, features: Mapping[str, float]) -> float:
        """From 0 to 1. Specimen: ``Scale(0.0, {"near": 2.0}).probability({"near": 1})`` is 0.881."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.odds(features)))))

    def odds(self, features: Mapping[str, float]) -> float:
        """The log-odds."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())


@dataclass(frozen=True)
class Choice:
    """A choice of one of several outcomes (a multinomial logit): the log-odds of each, up to what they share.

    Specimen: ``Choice({"a": Scale(0, {"x": 1}), "b": Scale(0, {})}).likeliest({"x": 1}, {"a"}, "b")`` is "a".
    """

    outcomes: Mapping[str, Scale]

    @classmethod
    def load(cls, path: Path) -> Choice:
        """Read a file with one table an outcome. Raises KnowledgeError with the file where a part is missing."""
        table = read_toml(path)
        return cls({str(name): Scale.of(part, f"{path}, {name}") for name, part in table.items()})

    def likeliest(self, features: Mapping[str, float], among: Collection[str], usual: str, margin: float = 0.0) -> str:
        """The outcome that the features speak for most, of some; the ``usual`` one unless another is likelier by a margin.

        One that the file does not name is never chosen over the usual one; of equals the first in the file counts.
        """
        odds = {name: scale.odds(features) for name, scale in self.outcomes.items() if name in among or name == usual}
        best = max(odds, key=lambda name: odds[name], default=usual)
        return best if odds.get(best, 0.0) > odds.get(usual, -math.inf) + margin else usual
