"""Reports a second of the whole reading, and the share of each stage. One core, one run, so that ratios can be compared.

python bench/reading.py FILE.jsonl...      (JSON lines with "text"; the examples where no file is named)
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from summitry.annotate.people import find_people
from summitry.annotate.places import find_places
from summitry.annotate.published import settle
from summitry.annotate.times import find_times
from summitry.annotate.truecase import truecase
from summitry.extract import extract
from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw, inputs
from summitry.model.annotated import Annotated
from summitry.model.article import READ, Role
from summitry.model.errors import Problem
from summitry.pipeline import Reader, uncollected

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def main(paths: list[str]) -> None:
    """Read every report stage by stage and print seconds, shares and rates, tab-separated."""
    began = time.perf_counter()
    reader = Reader.load()
    loading = time.perf_counter() - began
    raws = [r for r in inputs(paths or [str(EXAMPLES)]) if not isinstance(r, Problem)]
    spent: Counter[str] = Counter()
    visits = words = with_visits = 0
    total = 0.0
    for raw in [raws[0], *raws]:  # the first is read twice: the first reading of all loads what is loaded on demand
        if raw is raws[0]:
            spent, total, visits, words, with_visits = Counter(), 0.0, 0, 0, 0
        start = time.perf_counter()
        with uncollected():  # as ``Reader.read`` does
            annotated = annotate(reader, raw, spent)
            before = time.perf_counter()
            found, _ = extract(annotated, reader.visits)
            spent["extract"] += time.perf_counter() - before
        visits += len(found)
        with_visits += bool(found)
        words += len(annotated.tokens)
        total += time.perf_counter() - start
    spent["between"] = total - sum(spent.values())
    print(f"loading\t{loading:.2f} s")
    for stage, seconds in spent.most_common():
        print(f"{stage}\t{seconds:.2f} s\t{seconds / total:.0%}\t{words / seconds:,.0f} tokens a second")
    print(f"all\t{total:.2f} s\t{len(raws) / total:.1f} reports a second\t{words / total:,.0f} tokens a second")
    print(json.dumps({"reports": len(raws), "with_visits": with_visits, "visits": visits, "tokens": words}))


def annotate(reader: Reader, raw: Raw, spent: Counter[str]) -> Annotated:
    """The stages of ``Reader.annotate``, each timed."""
    clock = time.perf_counter
    t = clock()
    article = to_article(raw, reader.ingest)
    spent["ingest"] += clock() - t
    t = clock()
    blocks = [b for b in article.blocks if b.role in READ or b.role is Role.DATELINE]
    headlines = [i for i, b in enumerate(blocks) if b.role is Role.HEADLINE]
    tokens, sentences = reader.syntax.annotate(
        truecase(article), [b.span for b in blocks], parse=False, whole=headlines
    )
    spent["syntax"] += clock() - t
    t = clock()
    published = settle(article, tokens, sentences, reader.times, reader.people)
    spent["published"] += clock() - t
    t = clock()
    times = find_times(article.text, tokens, sentences, published, reader.times)
    spent["times"] += clock() - t
    t = clock()
    places = find_places(article, tokens, sentences, reader.places)
    spent["places"] += clock() - t
    t = clock()
    mentions, people = find_people(article, tokens, sentences, places, published, reader.people)
    spent["people"] += clock() - t
    return Annotated(article, tokens, sentences, published, times, places, mentions, people)


if __name__ == "__main__":
    main(sys.argv[1:])
