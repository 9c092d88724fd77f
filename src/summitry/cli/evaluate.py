"""``summitry evaluate GOLD``: read coded reports and score what the program makes of them."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitry.cli.common import Exit, KnowledgeOption, fail, knowledge_folders, many, print_table, say, told

if TYPE_CHECKING:
    from summitry.evaluate.score import Miss, Score
    from summitry.pipeline import Reader

EXAMPLES = """
Examples:

  summitry evaluate coded.jsonl

  summitry evaluate old.jsonl new.jsonl --by status   # each file apart, then both together

  summitry evaluate coded.jsonl --misses | less

  summitry evaluate coded.jsonl --format jsonl > figures.jsonl

  summitry evaluate coded.jsonl --withhold-dates   # hide "published" and "url" from the reader
"""

COLUMNS = ("set", "group", "figure", "p", "r", "f1", "low", "high", "right", "coded", "given")
MISSES = ("set", "report", "what", "expected", "given", "sentence")
BRIEF = ("visitor", "host_country", "dates", "status")


class Output(StrEnum):
    """How figures are written."""

    TABLE = "table"
    TSV = "tsv"
    JSONL = "jsonl"


class By(StrEnum):
    """What figures are told apart by."""

    KIND = "kind"
    STATUS = "status"
    DISTANCE = "distance"
    LENGTH = "length"


@told
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="JSON lines of reports, each with its coding under 'gold'.")],
    by: Annotated[
        list[By] | None,
        typer.Option(help="Also by kind, status, distance (first day to report) or length of the report; repeatable."),
    ] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="List every visit missed, invented or coded differently.")
    ] = False,
    output: Annotated[
        Output | None, typer.Option("--format", help="table, tsv or jsonl; tsv when piped if not given.")
    ] = None,
    resamples: Annotated[
        int, typer.Option(min=0, help="Resamples of the reports for the 95 % intervals; 0 for none.")
    ] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the resamples.")] = 0,
    least: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out visits given with less confidence.")
    ] = 0.0,
    withhold: Annotated[
        bool,
        typer.Option("--withhold-dates", help="Hide 'published' and 'url' from the reader: dates must be inferred."),
    ] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Read coded reports and score the reading: visits, dated, record, every field, encounters, publication dates.

    Figures of fields are over matched visits. "low" and "high" bound the F1 (95 %, bootstrap over reports).
    """
    from summitry.evaluate.breakdown import breakdown
    from summitry.evaluate.intervals import bootstrap
    from summitry.evaluate.score import score
    from summitry.pipeline import Reader

    sets = [(path, _load(path)) for path in gold]
    reader = Reader.load(knowledge_folders(knowledge))
    everything: list[dict[str, Any]] = []
    all_given: dict[str, Any] = {}
    rows: list[tuple[Any, ...]] = []
    missed: list[tuple[str, Miss]] = []
    began, count = time.perf_counter(), sum(len(reports) for _, reports in sets)
    for path, reports in sets:
        given = {}
        for report in reports:
            given[str(report["id"])] = _read(reader, report, withhold=withhold, least=least)
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{len(all_given) + len(given)}/{count} reports")
        result = score(reports, given, misses=misses)
        rows += _rows(path.stem, result, bootstrap(result, resamples, seed) if resamples else {})
        rows += _groups(path.stem, breakdown(reports, given), by or [])
        missed += [(path.stem, m) for m in result.misses]
        # An id may stand in two files: pooled, a report is known by its file too.
        prefix = {str(r["id"]): f"{path.stem}/{r['id']}" for r in reports}
        everything += [{**r, "id": prefix[str(r["id"])]} for r in reports]
        all_given |= {prefix[name]: reading for name, reading in given.items()}
    seconds = time.perf_counter() - began
    if sys.stderr.isatty():
        sys.stderr.write("\r")
    if len(sets) > 1:
        whole = score(everything, all_given)
        rows += _rows("together", whole, bootstrap(whole, resamples, seed) if resamples else {})
        rows += _groups("together", breakdown(everything, all_given), by or [])
    _write(output, rows, missed if misses else None)
    say(f"{many(count, 'report')}, {count / seconds if seconds else 0:.1f} a second")
    if not count:
        raise typer.Exit(int(Exit.NOTHING))


def _load(path: Path) -> list[dict[str, Any]]:
    """The coded reports of a file; a line that is none ends the command with its place."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise fail(
            f"{path} cannot be read ({error}); give a file of coded reports in JSON lines", Exit.NOTHING
        ) from None
    reports = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            report = json.loads(line)
            if (
                not isinstance(report["gold"]["visits"], list)
                or not isinstance(report["text"], str)
                or not report["id"]
            ):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            told_wrong = f"{path}:{number} is no coded report; each line needs 'id', 'text' and 'gold'"
            raise fail(told_wrong, Exit.NOTHING) from None
        reports.append(report)
    return reports


def _read(reader: Reader, report: dict[str, Any], *, withhold: bool, least: float) -> dict[str, Any]:
    from summitry.ingest.inputs import Raw

    raw = Raw(
        source=f"{report['id']}",
        kind="text",
        text=report["text"],
        given_id=str(report["id"]),
        url=None if withhold else report.get("url"),
        title=report.get("title"),
        published=None if withhold else report.get("published"),
    )
    reading = reader.read(raw)
    return {
        "published": str(reading.published) or None,
        "visits": [v.as_dict() for v in reading.visits if v.confidence >= least],
        "encounters": [e.as_dict() for e in reading.encounters],
    }


def _rows(name: str, result: Score, bounds: dict[str, tuple[float, float]]) -> Iterator[tuple[Any, ...]]:
    from summitry.evaluate.score import MACRO

    for figure, rate in result.rows():
        low, high = bounds.get(figure, (None, None))
        yield (
            name,
            "",
            figure,
            *map(_share, (rate.precision, rate.recall, rate.f1, low, high)),
            rate.hit,
            rate.gold,
            rate.given,
        )
        if figure in MACRO:
            yield (
                name,
                "",
                f"{figure} macro",
                None,
                None,
                _share(result.macro(figure)),
                None,
                None,
                None,
                rate.gold,
                rate.given,
            )


def _groups(name: str, groups: dict[str, Any], by: list[By]) -> Iterator[tuple[Any, ...]]:
    for grouping in by:
        for group, rates in sorted(groups[str(grouping)].items()):
            for figure, rate in rates.items():
                shares = map(_share, (rate.precision, rate.recall, rate.f1))
                yield name, f"{grouping}: {group}", figure, *shares, None, None, rate.hit, rate.gold, rate.given


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _write(output: Output | None, rows: list[tuple[Any, ...]], missed: list[tuple[str, Miss]] | None) -> None:
    told_misses = [_miss(name, miss) for name, miss in missed or []]
    if output is Output.JSONL:
        for columns, table in ((COLUMNS, rows), (MISSES, told_misses)):
            for row in table:
                print(
                    json.dumps(
                        {c: v for c, v in zip(columns, row, strict=True) if v not in (None, "")}, ensure_ascii=False
                    )
                )
        return
    plain = output is Output.TSV
    print_table(COLUMNS, rows, plain=plain)
    if missed is not None:
        print()
        print_table(MISSES, told_misses, wide=("expected", "given", "sentence"), plain=plain)


def _miss(name: str, miss: Miss) -> tuple[str, ...]:
    """One miss: what the coding expects, what was given, and the sentence that shows the visit."""
    sides = [" ".join(str(v.get(k)) for k in BRIEF) if v else "" for v in (miss.gold, miss.given)]
    quoted = (miss.gold or miss.given or {}).get("evidence", "")
    return name, miss.report, miss.what, *sides, " ".join(str(quoted).split())
