"""``summitry link``: link reports that are coded already, by hand or by another program."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from summitry.cli.common import Exit, fail, print_table, say, told

EXAMPLES = """
Examples:

  summitry link coded.jsonl > linked.jsonl

  summitry link coded.jsonl --explain | head
"""
EXPLAINED = ("visit", "report", "visitor", "host", "other", "step", "score", "parts")


@told
def link(
    coded: Annotated[Path, typer.Argument(help="JSON lines in the shape of the coding rules; - for standard input.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="List instead why each account is where it is, the weakest ties first.")
    ] = False,
) -> None:
    """Link coded reports: write each line with a register_id on every visit; visits of one id are one.

    A line is {"id", "published", "visits": [...]}; where it has a key "gold", its coding is taken from there.
    """
    from summitry.link.coded import BadCoding, explain_coded, link_coded

    try:
        text = sys.stdin.read() if str(coded) == "-" else coded.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise fail(f"{coded} cannot be read ({error}); give a file of JSON lines in UTF-8", Exit.NOTHING) from error
    lines: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise fail(f"{coded}:{number}: not JSON ({error}); each line must be one object", Exit.NOTHING) from error
        lines.append(value)
    try:
        if explain:
            print_table(EXPLAINED, explain_coded(lines), wide=("parts",))
            return
        linked, visits = link_coded(lines)
    except BadCoding as error:
        raise fail(f"{coded}: {error}", Exit.NOTHING) from error
    for found in linked:
        print(json.dumps(found, ensure_ascii=False))
    mentions = sum(len(x["visits"]) for x in linked)
    say(f"{len(linked)} reports, {mentions} accounts, {visits} visits")
    if not linked:
        raise typer.Exit(int(Exit.NOTHING))
