"""``summitry decide`` and ``summitry decisions``: what people decide, beside what the program makes of the reports."""

from __future__ import annotations

import datetime as dt
import getpass
from typing import TYPE_CHECKING, Annotated

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
"""
LIST_EXAMPLES = """
Examples:

  summitry decisions

  summitry decisions --lost
"""
COLUMNS = ("on", "by", "decision", "visitor", "host", "field", "value", "note", "sentence")


@told
def decide(
    verb: Annotated[Verb, typer.Argument(help="What is decided: confirm, correct, merge, apart, reject or note.")],
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

    It is kept with the reports, visitor, host and sentence it is about, and replayed after every reading.
    """
    from summitry import __version__
    from summitry.model.register import Decision
    from summitry.register.reader import Reader
    from summitry.register.writer import Writer

    _check(verb, other, field, value, report)
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
    who, now = by or getpass.getuser(), dt.datetime.now(dt.UTC)

    def made(ref: Ref, second: Ref | None) -> Decision:
        return Decision(verb, *ref, by=who, on=now, field=field, value=value, other=second, note=note)

    seconds: list[Ref | None] = [*theirs] or [None]
    decisions = [made(ref, second) for ref in about for second in seconds]
    with Writer(register, started=now, version=__version__) as writer:
        for decision in decisions:
            writer.decide(decision)
        changed = writer.link()
    say(f"decided: {verb} {about[0][1]} in {about[0][2]}; {changed} visits changed")


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


@told
def decisions(
    lost: Annotated[bool, typer.Option("--lost", help="Only those that find no account any more.")] = False,
    register: RegisterOption = REGISTER,
) -> None:
    """List what was decided, by whom and when, in order."""
    from summitry.register.reader import Reader

    with Reader(register) as reader:
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
