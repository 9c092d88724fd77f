"""``summitry decide`` and ``summitry decisions``: what people decide, beside what the program makes of the reports."""

from __future__ import annotations

import datetime as dt
import getpass
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, print_table, say, told
from summitry.model.register import Verb

if TYPE_CHECKING:
    from summitry.model.register import Decision, Ref

EXAMPLES = """
Examples:

  summitry decide correct 4f2a --field dates --value 2024-05-16/2024-05-17

  summitry decide merge 4f2a 91c0 --note "two spellings of one name"

  summitry decide apart 4f2a --report s003

  summitry decide reject 4f2a --by anna

  summitry decide undo 4f2a
"""
LIST_EXAMPLES = """
Examples:

  summitry decisions

  summitry decisions --lost

  summitry decisions --format jsonl > anna.jsonl

  summitry decisions --load anna.jsonl --register team.db
"""
COLUMNS = ("on", "by", "decision", "visitor", "host", "field", "value", "note", "sentence")


@told
def decide(
    verb: Annotated[
        Verb, typer.Argument(help="What is decided: confirm, correct, merge, apart, reject, note, or undo.")
    ],
    visit: Annotated[str, typer.Argument(metavar="ID", help="A visit's id, or its beginning.")],
    other: Annotated[str | None, typer.Argument(metavar="OTHER", help="The second visit, for merge and apart.")] = None,
    field: Annotated[str | None, typer.Option(help="The field to correct.")] = None,
    value: Annotated[
        str | None, typer.Option(help="Its value; dates as EDTF, lists joined by '; '; empty for none.")
    ] = None,
    report: Annotated[str | None, typer.Option(help="For apart: the report whose account is of another visit.")] = None,
    by: Annotated[str | None, typer.Option(help="Who decides; the name you are logged in by if not given.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    register: RegisterOption = REGISTER,
) -> None:
    """Decide on a visit. A decision beats the program, outlives a better one, and is undone by a later decision.

    It is kept with the reports, visitor, host and sentence it is about, and replayed after every reading. Undo takes back
    the last decision on the visit.
    """
    from summitry import __version__
    from summitry.model.register import Decision
    from summitry.register.reader import Reader
    from summitry.register.writer import Writer

    _check(verb, other, field, value, report)
    who, now = by or getpass.getuser(), dt.datetime.now(dt.UTC)
    if verb is Verb.UNDO:
        _undo(register, visit, who, now)
        return
    with Reader(register) as reader:
        mine = reader.accounts_of(visit)
        theirs: list[Ref] = []
        if other is not None:
            theirs = [ref for _, ref in reader.accounts_of(other)][:1]
            if theirs[0][2] != mine[0][1][2]:
                raise fail(
                    f"{visit} is in {mine[0][1][2]}, {other} in {theirs[0][2]}: they are two visits already", Exit.USAGE
                )
        elif report is not None:
            named = [ref for name, ref in mine if report in (name, ref[0])]
            if not named:
                raise fail(
                    f"no account of visit {visit} is of report {report!r}; summitry show {visit} lists them",
                    Exit.NOTHING,
                )
            theirs = [ref for _, ref in mine if ref not in named]
            mine = [(report, named[0])]
    about = [ref for _, ref in mine] if verb in (Verb.REJECT, Verb.CONFIRM) else [mine[0][1]]

    def made(ref: Ref, second: Ref | None) -> Decision:
        return Decision(verb, *ref, by=who, on=now, field=field, value=value, other=second, note=note)

    seconds: list[Ref | None] = [*theirs] or [None]
    decisions = [made(ref, second) for ref in about for second in seconds]
    with Writer(register, started=now, version=__version__) as writer:
        for decision in decisions:
            writer.decide(decision)
        changed = writer.link()
    say(f"decided: {verb} {about[0][1]} in {about[0][2]}; {changed} visits changed")


def _undo(register: str, visit: str, who: str, now: dt.datetime) -> None:
    from summitry import __version__
    from summitry.register.decisions import newest, undoing
    from summitry.register.reader import Reader
    from summitry.register.writer import Writer

    with Reader(register) as reader:
        last = newest(reader.numbered(), {ref for _, ref in reader.accounts_of(visit)})
    if not last:
        raise fail(f"nothing that was decided on visit {visit} stands; summitry decisions lists all", Exit.NOTHING)
    with Writer(register, started=now, version=__version__) as writer:
        for decision in undoing(last, who, now):
            writer.decide(decision)
        changed = writer.link()
    say(f"taken back: {last[0][1].verb} {last[0][1].visitor} in {last[0][1].host_country}; {changed} visits changed")


def _check(verb: Verb, other: str | None, field: str | None, value: str | None, report: str | None) -> None:
    from summitry.link.merge import parse_value

    wrong = None
    if verb is Verb.MERGE and other is None:
        wrong = "merge needs two visits: summitry decide merge ID OTHER"
    elif verb is Verb.APART and (other is None) == (report is None):
        wrong = "apart needs a second visit, or --report NAME, and not both"
    elif other is not None and verb not in (Verb.MERGE, Verb.APART):
        wrong = f"{verb} takes one visit"
    elif report is not None and verb is not Verb.APART:
        wrong = "--report is for apart"
    elif (verb is Verb.CORRECT) != (field is not None) or (value is not None and field is None):
        wrong = "correct takes --field and --value, and nothing else does"
    if wrong:
        raise fail(wrong, Exit.USAGE)
    if field is not None:
        try:
            parse_value(field, value)
        except ValueError as error:
            raise fail(f"--field {field} --value {value or ''!r}: {error}", Exit.USAGE) from None


class Format(StrEnum):
    """What ``decisions`` writes."""

    TABLE = "table"
    JSONL = "jsonl"


@told
def decisions(
    lost: Annotated[bool, typer.Option("--lost", help="Only those that find no account any more.")] = False,
    output: Annotated[
        Format, typer.Option("--format", help="table: for people; jsonl: for another register, or summitry agree.")
    ] = Format.TABLE,
    load: Annotated[
        Path | None,
        typer.Option(help="Take over the decisions of a file of JSON lines; those held already stay as they are."),
    ] = None,
    register: RegisterOption = REGISTER,
) -> None:
    """List what was decided, by whom and when, in order; or take over what was decided elsewhere."""
    from summitry.register.exchange import lines_of
    from summitry.register.reader import Reader

    if load is not None:
        if lost or output is Format.JSONL:
            raise fail("--load takes over a file; it goes with neither --lost nor --format", Exit.USAGE)
        _load(load, register)
        return
    with Reader(register) as reader:
        if output is Format.JSONL:
            gone = {line_key(d) for d in reader.lost_decisions()} if lost else None
            for line in lines_of(reader):
                if gone is None or line_key(line) in gone:
                    print(json.dumps(line, ensure_ascii=False))
            return
        found = reader.lost_decisions() if lost else reader.decisions()
    rows = [
        (
            d.on.strftime("%Y-%m-%d %H:%M"),
            d.by,
            str(d.verb),
            d.visitor,
            d.host_country,
            d.field,
            d.value,
            d.note,
            d.sentence,
        )
        for d in found
    ]
    print_table(COLUMNS, rows, wide=("sentence", "note", "value"))


def line_key(decision: Decision | dict[str, Any]) -> tuple[str, ...]:
    """What a decision and its line share."""
    from summitry.register.exchange import line_of

    line = decision if isinstance(decision, dict) else line_of(decision)
    return tuple(str(line[name]) for name in ("verb", "article", "visitor", "host_country", "sentence", "by", "on"))


def _load(path: Path, register: str) -> None:
    from summitry import __version__
    from summitry.model.errors import InputError
    from summitry.register.exchange import decision_of, read_lines
    from summitry.register.reader import Reader
    from summitry.register.writer import Writer

    try:
        lines = read_lines(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise fail(f"{path} cannot be read ({error}); give a file of JSON lines in UTF-8", Exit.NOTHING) from error
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(decision_of(line))
        except InputError as error:
            raise fail(f"{path}, decision {number}: {error}", Exit.NOTHING) from error
    with Writer(register, started=dt.datetime.now(dt.UTC), version=__version__) as writer:
        new = writer.decide_all(found)
        changed = writer.link()
    with Reader(register) as reader:
        lost = len(reader.lost_decisions())
    say(
        f"{new} of {len(found)} decisions taken over; {changed} visits changed"
        + (f"; {lost} find no account" if lost else "")
    )
