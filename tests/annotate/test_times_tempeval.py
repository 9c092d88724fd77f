"""A floor under the figures on TempEval-3: every third text, read with the model as ``summitry times`` reads it."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import pytest

GOLD = Path(os.environ.get("SUMMITRY_CORPUS", "../shared")) / "tempeval3" / "dev.jsonl"
BENCH = Path(__file__).parents[2] / "bench" / "times.py"
FLOORS = {"strict": 0.87, "relaxed": 0.92, "type": 0.87, "value": 0.78}


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated texts are not here")
def test_no_figure_falls() -> None:
    spec = importlib.util.spec_from_file_location("bench_times", BENCH)
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    lines = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    gold = sorted(lines, key=lambda d: d["id"])[::3]
    tool = bench.summitry()
    scores = bench.score(gold, [tool(d["text"], bench._day(d)) for d in gold])
    low = {m: (round(scores[m], 4), floor) for m, floor in FLOORS.items() if scores[m] < floor}
    assert low == {}, scores
