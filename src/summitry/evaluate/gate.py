"""Pinned floors: no change may lower a figure without saying so in the file of floors."""

from __future__ import annotations

from pathlib import Path

from summitry.evaluate.score import Score
from summitry.lexicon.files import read_toml


def read_floors(path: Path, part: str) -> dict[str, float]:
    """The floors of one set of reports: rate name to least F1. KeyError if the file has no such set."""
    return {str(name): float(value) for name, value in read_toml(path)[part].items()}


def breaches(result: Score, floors: dict[str, float]) -> list[str]:
    """One line for each floor that the score falls under; empty if all hold.

    Specimen: ``breaches(result, {"visits": 0.9}) == ["visits: F1 0.850 is under its floor 0.900"]``.
    """
    return [
        f"{name}: F1 {result.rate(name).f1:.3f} is under its floor {floor:.3f}"
        for name, floor in sorted(floors.items())
        if result.rate(name).f1 < floor - 1e-9
    ]
