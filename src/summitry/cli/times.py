"""``summitry times``: the time expressions of texts; and the listing that ``explain --times`` prints."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitry.cli.common import Exit, KnowledgeOption, fail, knowledge_folders, say, told, with_shipped

if TYPE_CHECKING:
    from summitry.annotate.syntax import Syntax
    from summitry.lexicon.times import Grammar
    from summitry.model.annotated import Annotated as Read
    from summitry.model.times import Timex

EXAMPLES = """
Examples:

  summitry times texts.jsonl > times.jsonl

  echo '{"id": "a", "dct": "2024-05-16", "text": "He will arrive on Tuesday."}' | summitry times --format table -

  summitry times texts.jsonl --knowledge my-knowledge    # with my-knowledge/times/words.toml, rules.toml ...
"""
COLUMNS = ("id", "words", "type", "value", "range", "mod", "direction", "anchor", "rule")


class Format(StrEnum):
    """What is written."""

    JSONL = "jsonl"
    TABLE = "table"


@told
def times(
    path: Annotated[
        str, typer.Argument(help="JSON lines with id, dct (a day, minute or second) and text; '-' for standard input.")
    ],
    format: Annotated[
        Format, typer.Option("--format", help="One JSON object a text, or one tab-separated line an expression.")
    ] = Format.JSONL,
    knowledge: KnowledgeOption = None,
) -> None:
    """Find the time expressions of texts, with TIMEX3 values and the days they mean seen from the day of each text."""
    from summitry.annotate.syntax import Syntax
    from summitry.lexicon.times import Grammar

    folders = with_shipped(knowledge_folders(knowledge))
    syntax, grammar = Syntax.load(), Grammar.load(*folders)
    failed = read = 0
    if format is Format.TABLE:
        print("\t".join(COLUMNS))
    for number, line in _lines(path):
        try:
            item = json.loads(line)
            name, text, day = item.get("id", str(number)), item["text"], _day(item.get("dct"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            say(f"{path}:{number}: no text with its day: {type(error).__name__}: {error}")
            failed += 1
            continue
        found = find(text, day, syntax, grammar)
        read += 1
        if format is Format.JSONL:
            print(json.dumps({"id": name, "timexes": [as_dict(t) for t in found]}, ensure_ascii=False))
        else:
            for t in found:
                print("\t".join((str(name), *_cells(t, text))))
    if failed:
        raise fail(f"{failed} of {read + failed} lines could not be read", Exit.SOME_FAILED if read else Exit.NOTHING)


def find(text: str, day: dt.date | None, syntax: Syntax, grammar: Grammar) -> tuple[Timex, ...]:
    """The time expressions of one text that appeared on a day; tags are enough, nothing is parsed."""
    from summitry.annotate.times import find_times
    from summitry.ingest.paragraphs import paragraphs

    tokens, sentences = syntax.annotate(text, paragraphs(text), parse=False)
    return find_times(text, tokens, sentences, day, grammar)


def as_dict(time: Timex) -> dict[str, Any]:
    """An expression as the command writes it: offsets in code points, ``range`` in EDTF or null."""
    return {
        "start": time.span.start,
        "end": time.span.end,
        "type": str(time.type),
        "value": time.value,
        "range": str(time.range) if time.range else None,
        "rule": time.rule,
        "mod": time.mod or None,
        "zone": time.zone or None,
        "direction": time.direction or None,
        "anchor": time.anchor,
    }


def explain_times(annotated: Read) -> Iterator[str]:
    """The lines of ``explain --times``: each sentence with its expressions, their values, days, anchors and rules."""
    text = annotated.article.text
    for sentence in annotated.sentences:
        inside = [t for t in annotated.times if sentence.span.start <= t.span.start < sentence.span.end]
        if not inside:
            continue
        yield ""
        yield " ".join(annotated.quote(sentence).split())
        for t in inside:
            words, kind, value, days, mod, direction, anchor, rule = _cells(t, text)
            told = ", ".join(filter(None, (mod, direction)))
            yield f"    {words!r}: {kind} {value}, days {days or 'open'}, anchor {anchor}, rule {rule}" + (
                f" ({told})" if told else ""
            )


def _cells(t: Timex, text: str) -> tuple[str, ...]:
    words = " ".join(t.span.of(text).split())
    return words, str(t.type), t.value, str(t.range or ""), t.mod, t.direction, t.anchor, t.rule


def _day(dct: str | None) -> dt.date | None:
    return dt.date.fromisoformat(dct[:10]) if dct else None


def _lines(path: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, numbered."""
    if path == "-":
        yield from _numbered(sys.stdin)
        return
    try:
        with Path(path).open(encoding="utf-8") as handle:
            yield from _numbered(handle)
    except (OSError, UnicodeDecodeError) as error:
        raise fail(f"{path}: {error}", Exit.NOTHING) from error


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((n, line) for n, line in enumerate(lines, 1) if line.strip())
