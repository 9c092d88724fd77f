"""Time expressions measured: this program, dateparser's search_dates and timexy on the same texts in one run.

    python bench/times.py GOLD.jsonl [--fold K/N] [--publication REPORTS.jsonl ...] [--skip dateparser]

GOLD holds lines of {"id", "dct", "text", "timexes": [{"start", "end", "type", "value"}]} (TempEval-3's task A). Printed:
F1 strict (spans equal), relaxed (spans overlap), type and value (of the overlapping), texts a second by the wall clock, and
for this program megabytes a second of processor time of the times stage alone, with tokens and tags in hand. A tool that
is not installed is left out.
``--fold 5/5`` takes every fifth text by id, from the fifth on.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Found = list[tuple[int, int, str, str]]
Tool = Callable[[str, dt.date], Found]


def score(gold: Sequence[dict[str, Any]], given: Sequence[Found]) -> dict[str, float]:
    """F1 of the four measures, micro over all expressions, each gold one matched with the one given that overlaps most."""
    hits: Counter[str] = Counter()
    n_gold = sum(len(d["timexes"]) for d in gold)
    n_given = sum(map(len, given))
    for doc, found in zip(gold, given, strict=True):
        used: set[int] = set()
        for g in doc["timexes"]:
            options = [
                (min(g["end"], f[1]) - max(g["start"], f[0]), -i)
                for i, f in enumerate(found)
                if i not in used and f[0] < g["end"] and g["start"] < f[1]
            ]
            if options:
                i = -max(options)[1]
                used.add(i)
                start, end, kind, value = found[i]
                hits["relaxed"] += 1
                hits["strict"] += (start, end) == (g["start"], g["end"])
                hits["type"] += kind == g["type"]
                hits["value"] += value == g["value"]
    return {
        m: 2 * hits[m] / (n_gold + n_given) if n_gold + n_given else 0.0 for m in ("strict", "relaxed", "type", "value")
    }


def summitry() -> Tool:
    """This program, from the bare text."""
    from summitry.annotate.syntax import Syntax
    from summitry.cli.times import find
    from summitry.lexicon.times import Grammar

    syntax, grammar = Syntax.load(), Grammar.load()
    return lambda text, day: [
        (t.span.start, t.span.end, str(t.type), t.value) for t in find(text, day, syntax, grammar)
    ]


def dateparser() -> Tool:
    """Dateparser's search_dates, counted from the day of the text; it knows dates only."""
    from dateparser.search import search_dates

    def run(text: str, day: dt.date) -> Found:
        base = dt.datetime.combine(day, dt.time())
        found, at = [], 0
        for words, value in search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base}) or ():
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append((start, at, "DATE", value.date().isoformat()))
        return found

    return run


def timexy() -> Tool:
    """timexy, a component of spaCy; it takes no day to count from."""
    import spacy
    import timexy as _timexy  # noqa: F401

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    told = re.compile(r'type="(\w+)" value="([^"]*)"')

    def run(text: str, day: dt.date) -> Found:
        found = []
        for entity in nlp(text).ents:
            match = told.search(entity.kb_id_)
            if match:
                found.append((entity.start_char, entity.end_char, match[1], match[2].removesuffix("T00:00:00")))
        return found

    return run


def alone(gold: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Megabytes a second of the times stage alone, and the seconds its grammar takes to load."""
    from summitry.annotate.syntax import Syntax
    from summitry.annotate.times import find_times
    from summitry.ingest.paragraphs import paragraphs
    from summitry.lexicon.times import Grammar

    start = time.perf_counter()
    grammar = Grammar.load()
    loaded = time.perf_counter() - start
    syntax = Syntax.load()
    ready = [(d["text"], *syntax.annotate(d["text"], paragraphs(d["text"]), parse=False), _day(d)) for d in gold]
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        for text, tokens, sentences, day in ready:
            find_times(text, tokens, sentences, day, grammar)
        best = min(best, time.process_time() - start)
    return sum(len(text.encode()) for text, *_ in ready) / 1e6 / best, loaded


def publication(path: Path, strike: bool, withhold: bool) -> Counter[str]:
    """How publication dates are settled: right, coarser, wrong, unknown; with metadata withheld or the dateline's year struck."""
    from summitry.annotate.published import settle
    from summitry.annotate.syntax import Syntax
    from summitry.ingest.articles import IngestKnowledge, to_article
    from summitry.ingest.inputs import Raw
    from summitry.lexicon.people import People
    from summitry.lexicon.times import Grammar
    from summitry.model.article import READ, Role

    knowledge, grammar, people, syntax = IngestKnowledge.load(), Grammar.load(), People.load(), Syntax.load()
    counts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        text, gold = item["text"], item["gold"]["published"]
        if strike:
            text = YEAR.sub(r"\1", text[:120], count=1) + text[120:]
        given = (None, None) if withhold else (item["published"], item["url"])
        article = to_article(Raw(path.name, "text", text, url=given[1], published=given[0]), knowledge)
        spans = [b.span for b in article.blocks if b.role in READ or b.role is Role.DATELINE]
        tokens, sentences = syntax.annotate(text, spans)
        got = str(settle(article, tokens, sentences, grammar, people))
        counts[
            "unknown"
            if not got
            else "right"
            if got == gold
            else "right, coarser"
            if (gold or "").startswith(got)
            else "wrong"
        ] += 1
    return counts


YEAR = re.compile(r"(\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2})(?: ?, ?\d{4}){1,2}")


def _day(doc: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(doc["dct"][:10])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--fold", help="K/N: every N-th text by id, from the K-th on")
    parser.add_argument(
        "--publication", type=Path, nargs="*", default=[], help="coded reports, for the publication dates"
    )
    parser.add_argument("--skip", nargs="*", default=[])
    args = parser.parse_args()
    gold = sorted(map(json.loads, args.gold.read_text(encoding="utf-8").splitlines()), key=lambda d: d["id"])
    if args.fold:
        k, n = map(int, args.fold.split("/"))
        gold = gold[k - 1 :: n]
    print(f"{len(gold)} texts, {sum(len(d['timexes']) for d in gold)} expressions")
    print(f"{'':12}{'strict':>8}{'relaxed':>9}{'type':>8}{'value':>8}{'texts/s':>9}")
    for name, make in (("summitry", summitry), ("dateparser", dateparser), ("timexy", timexy)):
        if name in args.skip:
            continue
        try:
            tool = make()
        except ImportError as error:
            print(f"{name:12} left out: {error}")
            continue
        start = time.perf_counter()
        given = [tool(d["text"], _day(d)) for d in gold]
        rate = len(gold) / (time.perf_counter() - start)
        s = score(gold, given)
        print(f"{name:12}{s['strict']:8.3f}{s['relaxed']:9.3f}{s['type']:8.3f}{s['value']:8.3f}{rate:9.1f}")
    speed, loaded = alone(gold)
    print(f"times stage alone: {speed:.2f} MB a second; grammar loads in {loaded:.3f} s")
    for path in args.publication:
        for words, strike, withhold in (
            ("as it is", False, False),
            ("metadata withheld", False, True),
            ("year struck", True, True),
        ):
            print(f"{path.name}, {words}: {dict(publication(path, strike, withhold))}")


if __name__ == "__main__":
    main()
