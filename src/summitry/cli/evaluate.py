"""``summitry evaluate GOLD``: read coded reports and score what the program makes of them."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from summitry.cli.common import KnowledgeOption, knowledge_folders, told

EXAMPLES = """
Examples:

  summitry evaluate coded.jsonl

  summitry evaluate coded.jsonl --misses | less

  summitry evaluate coded.jsonl --withhold-dates   # hide "published" and "url" from the reader
"""


@told
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="JSON lines of reports, each with its coding under 'gold'.")],
    misses: Annotated[
        bool, typer.Option("--misses", help="List every visit missed, invented or coded differently.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")] = False,
    withhold: Annotated[
        bool,
        typer.Option("--withhold-dates", help="Hide 'published' and 'url' from the reader: dates must be inferred."),
    ] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Read coded reports and score the reading: visits, dated, record, every field, encounters, publication dates."""
    from summitry.evaluate.score import score
    from summitry.ingest.inputs import Raw
    from summitry.pipeline import Reader

    reports: list[dict[str, Any]] = []
    for path in gold:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            typer.echo(f"{path}: cannot be read ({error}); give a file of coded reports in JSON lines", err=True)
            raise typer.Exit(1) from None
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                report = json.loads(line)
                report["gold"]["visits"]
            except (ValueError, KeyError, TypeError):
                typer.echo(f"{path}:{number}: not a coded report; each line needs 'text' and 'gold'", err=True)
                raise typer.Exit(1) from None
            reports.append(report)
    reader = Reader.load(knowledge_folders(knowledge))
    given: dict[str, Any] = {}
    began = time.perf_counter()
    for number, report in enumerate(reports, 1):
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
        given[str(report["id"])] = {
            "published": str(reading.published) or None,
            "visits": [v.as_dict() for v in reading.visits],
            "encounters": [e.as_dict() for e in reading.encounters],
        }
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number}/{len(reports)} reports")
    seconds = time.perf_counter() - began
    if sys.stderr.isatty():
        sys.stderr.write("\r")
    result = score(reports, given, misses=misses)
    for miss in result.misses:
        sides = [
            {k: v.get(k) for k in ("visitor", "host_country", "dates", "status")} if v else None
            for v in (miss.gold, miss.given)
        ]
        typer.echo(f"{miss.report}\t{miss.what}\tgold {sides[0]}\tgiven {sides[1]}")
        quoted = (miss.gold or miss.given or {}).get("evidence", "")
        typer.echo(f"\t{' '.join(str(quoted).split())}")
    if as_json:
        rows = {
            n: {"p": r.precision, "r": r.recall, "f1": r.f1, "hit": r.hit, "gold": r.gold, "given": r.given}
            for n, r in result.rows()
        }
        typer.echo(json.dumps({"reports": result.reports, "figures": rows}, indent=1))
        return
    typer.echo(f"{result.reports} reports")
    for name, rate in result.rows():
        typer.echo(
            f"{name:16} P {rate.precision:.3f}  R {rate.recall:.3f}  F1 {rate.f1:.3f}   "
            f"({rate.hit} of {rate.gold} coded, {rate.given} given)"
        )
    typer.echo(f"{len(reports) / seconds:.1f} reports a second", err=True)
