"""Weights of named features that add up to a probability: small logistic models, shipped as readable data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from summitry.lexicon.files import read_toml
from summitry.model.errors import KnowledgeError


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
        table = read_toml(path)
        try:
            weights = {str(name): float(weight) for name, weight in table["weights"].items()}
            return cls(float(table["bias"]), weights, float(table.get("least", 0.5)))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KnowledgeError(f"{path}: a scale needs 'bias' and a table 'weights' of numbers ({error})") from error

    def probability(self, features: Mapping[str, float]) -> float:
        """From 0 to 1. Specimen: ``Scale(0.0, {"near": 2.0}).probability({"near": 1})`` is 0.881."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
