"""``summitry show`` and ``summitry problems``: the register on a terminal, or tab-separated for other tools."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, cell, fail, on_terminal, print_table, say, told
from summitry.model.visits import Kind, Status

if TYPE_CHECKING:
    from summitry.register.reader import Account, Full, Reader

LIST = ("id", "visitor", "country", "host", "dates", "status", "unconfirmed", "kind", "reports", "occasion")
ONE = ("part", "field", "value", "chosen", "told", "outlet", "report", "words")

EXAMPLES = """
Examples:

  summitry show

  summitry show --person "Xi Jinping" --from 2023

  summitry show --host Serbia --status completed

  summitry show 4f2a
"""
PROBLEMS_EXAMPLES = """
Examples:

  summitry problems

  summitry problems --register visits.db | cut -f 1
"""


@told
def show(
    visit: Annotated[str | None, typer.Argument(metavar="[ID]", help="A visit's id, or its beginning.")] = None,
    visitor: Annotated[str | None, typer.Option(help="Who travels: a name or part of one, or a country.")] = None,
    host: Annotated[str | None, typer.Option(help="The country visited: a code (RUS) or a name.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="Visits on this day, month or year, or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Visits on this day, month or year, or earlier.")] = None,
    status: Annotated[Status | None, typer.Option(help="Visits of one status.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Visits of one kind.")] = None,
    person: Annotated[str | None, typer.Option(help="Visits in which a person travels, is met, or invited.")] = None,
    sure: Annotated[
        float | None,
        typer.Option("--min-confidence", min=0, max=1, help="Visits of which some report tells at least so surely."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many visits.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="The day for 'unconfirmed'; the newest publication date if not given.")
    ] = None,
    register: RegisterOption = REGISTER,
) -> None:
    """List the visits in the register, or show one with every claim, its sentence and the history of its status."""
    from summitry.register.reader import Filter, Reader

    if visit is not None:
        if any(v is not None for v in (visitor, host, first, last, status, kind, person, sure, limit, as_of)):
            raise fail("show takes an id, or filters, not both", Exit.USAGE)
        with Reader(register) as reader:
            full = reader.full(visit)
        (_one_laid_out if on_terminal() else _one_plain)(full)
        return
    days = (day_of(first, "--from", end=False), day_of(last, "--to", end=True))
    with Reader(register) as reader:
        country = country_code(visitor) or reader.code(visitor) if visitor else None
        wanted = Filter(
            visitor=None if country else visitor,
            visitor_country=country,
            host=_host(host, reader),
            first=days[0],
            last=days[1],
            status=str(status) if status else None,
            kind=str(kind) if kind else None,
            person=person,
            confidence=sure,
        )
        day = day_of(as_of, "--as-of", end=True) or reader.newest()
        found = reader.visits(wanted, limit)
        total = reader.counts()["visits"]
    if not found and on_terminal():
        say(f"no visit of the {total} in {register} is like that" if total else f"{register} holds no visits yet")
        return
    width = 8 if on_terminal() else 16
    rows = [
        (v["id"][:width], v["visitor"], v["visitor_country"], v["host_country"], v["dates"], v["status"],
         _unconfirmed(v, day), v["kind"],
         v["reports"], v["occasion"])
        for v in found
    ]  # fmt: skip
    print_table(LIST, rows, wide=("visitor", "occasion", "dates"))
    if on_terminal():
        say(f"{len(found)} of {total} visits; summitry show ID shows one with its sources")


@told
def problems(register: RegisterOption = REGISTER) -> None:
    """List the inputs that could not be read (and were not read since), at which stage and why."""
    from summitry.register.reader import Reader

    with Reader(register) as reader:
        found = reader.problems()
    if not found and on_terminal():
        say(f"no problems in {register}")
        return
    rows = [(p.source, p.stage, p.error, p.report) for p in found]
    print_table(("source", "stage", "error", "report"), rows, wide=("source", "error"))


def _unconfirmed(row: dict[str, Any], day: dt.date | None) -> bool | str:
    """Whether a visit is over by the calendar and confirmed by no report; on a terminal only where it is."""
    from summitry.publish.columns import unconfirmed

    over = unconfirmed(row, day)
    return over if not on_terminal() else "yes" if over else ""


def country_code(text: str) -> str | None:
    """The code of the country that a word means: a code, a name, or any form in the tables; None where it means none."""
    from summitry.lexicon.countries import Countries

    word = text.strip()
    low = word.casefold()
    countries = Countries.load()
    for country in countries:
        names = {country.code.casefold(), country.name.casefold(), country.official.casefold()}
        if word == country.alpha2 or low in names or any(f.text.casefold() == low for f in country.forms):
            return country.code
    return None


def country_name(code: str) -> str:
    """The country's name with its code; the code alone where the tables have no name."""
    from summitry.lexicon.countries import Countries

    country = Countries.load().get(code)
    return f"{country.name} ({code})" if country else code


def _host(text: str | None, reader: Reader) -> str | None:
    if text is None:
        return None
    code = country_code(text) or reader.code(text)
    if code is None:
        raise fail(f"--host {text!r} is no country: give its name, or its ISO 3166-1 alpha-3 code (RUS)", Exit.USAGE)
    return code


def day_of(text: str | None, option: str, *, end: bool) -> dt.date | None:
    """The first day (or, with ``end``, the last) of what an option gives."""
    from summitry.model.dates import DateRange

    if text is None:
        return None
    try:
        when = DateRange.parse(text)
    except ValueError:
        raise fail(f"{option} {text!r} is no date: write it as 2024-05-14, 2024-05 or 2024", Exit.USAGE) from None
    return when.latest if end else when.earliest


def _one_plain(full: Full) -> None:
    """One visit as rows: the values it goes by, each claim with its report, the history, the tour."""
    print_table(ONE, _rows(full))


def _rows(full: Full) -> list[tuple[Any, ...]]:
    from summitry.link.cluster import Linked
    from summitry.link.explain import ties
    from summitry.register.rows import visit_row

    rows: list[tuple[Any, ...]] = [
        ("visit", name, value, "", "", "", "", "")
        for name, value in visit_row(full.visit).items()
        if value not in (None, [])
    ]
    for claim in full.visit.claims:
        for key in claim.reports:
            a = full.account(key)
            rows.append(("claim", claim.field, claim.value, claim.chosen, *_source(a), _words(a, claim.field)))
    for event in full.visit.history:
        a = full.account(event.report)
        told_dates = f"{event.status} {event.dates or ''}".strip()
        rows.append(("history", str(event.change), told_dates, "", *_source(a), a.told.visit.sentence))
    for dispute in full.visit.disputes():
        for side, values in dispute.sides:
            rows += [("dispute", dispute.field, value, "", "", side, "", "") for value in values]
    for tie in ties(Linked(tuple(a.told for a in full.accounts), tuple(a.why for a in full.accounts))):
        other = full.account(tie.other)
        rows.append(
            ("link", tie.step, f"{tie.score:.2f}", "", *_source(full.account(tie.report)), f"{other.shown}: {tie}")
        )
    rows += [("tour", host, dates, "", "", "", "", stop) for stop, host, dates in full.tour]
    return rows


def _source(account: Account) -> tuple[str, str, str]:
    return (str(account.told.published or ""), account.told.outlet or account.agency or "", account.shown)


def _words(account: Account, name: str) -> str:
    """The words behind a value; the sentence where the report marked none."""
    return " … ".join(dict.fromkeys(w for f, w in account.words if f == name)) or account.told.visit.sentence


CHOSEN, OTHER = "●", "○"


def _one_laid_out(full: Full) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    v = full.visit
    number = {a.told.key: n for n, a in enumerate(full.accounts, 1)}
    console.print(Text(f"{v.visitor} ({v.visitor_country}) in {country_name(v.host_country)}", style="bold"))
    console.print(Text(f"{v.dates or 'dates not told'} · {v.status} · {v.kind} · visit {v.id}"))
    claims = Table(title="Claims", box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in ("field", "", "value", "reports", "words"):
        claims.add_column(name, overflow="fold")
    last = ""
    for c in v.claims:
        words = " | ".join(dict.fromkeys(_words(full.account(k), c.field) for k in c.reports))
        marks = " ".join(f"[{number[k]}]" for k in c.reports)
        mark = CHOSEN if c.chosen else OTHER
        claims.add_row(*(Text(cell(x)) for x in ("" if c.field == last else c.field, mark, c.value, marks, words)))
        last = c.field
    console.print(claims)
    history = Table(title="History", box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in ("told", "side", "status", "dates", "", "report", "sentence"):
        history.add_column(name, overflow="fold")
    for e in v.history:
        sentence = full.account(e.report).told.visit.sentence
        change = "" if e.change == "same" else str(e.change)
        side = "" if e.side == "unknown" else str(e.side)
        line = (
            str(e.told or "unknown"),
            side,
            str(e.status),
            str(e.dates or ""),
            change,
            f"[{number[e.report]}]",
            sentence,
        )
        history.add_row(*(Text(cell(x)) for x in line))
    console.print(history)
    for d in v.disputes():
        sides = "; ".join(f"{side}: {', '.join(values)}" for side, values in d.sides)
        console.print(Text(f"Disputed: {d.field} ({sides})"))
    if full.tour:
        stops = " → ".join(f"{host} {dates}".strip() for _, host, dates in full.tour)
        console.print(Text(f"Tour: {stops}"))
    console.print(Text("Reports", style="italic"))
    for a in full.accounts:
        when, outlet, name = _source(a)
        parts = [p for p in (when or "date unknown", outlet, a.title or "", name, a.url or a.source) if p]
        console.print(Text(f"[{number[a.told.key]}] " + " · ".join(parts)))
