"""``summitry explain REPORT``: a report with what was found in it, and the steps to each record."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.common import KnowledgeOption, knowledge_folders, told

EXAMPLES = """
Examples:

  summitry explain examples/2016-four-countries-in-five-days.txt

  summitry explain report.txt --published 2024-05-14

  summitry explain report.txt --times
"""


@told
def explain(
    path: Annotated[str, typer.Argument(help="A report (text, HTML or JSON lines), or '-' for standard input.")],
    times: Annotated[
        bool, typer.Option("--times", help="Print only the time expressions, each in its sentence.")
    ] = False,
    published: Annotated[
        str | None, typer.Option(help="Publication date for a report without one (YYYY-MM-DD).")
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print each sentence with its people, places and times, what it tells of visits, and the records that follow."""
    from summitry.cli.times import explain_times
    from summitry.extract.reports import dateline_place, read_sentences
    from summitry.ingest.articles import to_article
    from summitry.ingest.inputs import inputs
    from summitry.model.article import READ
    from summitry.model.errors import Problem
    from summitry.pipeline import Reader

    reader = Reader.load(knowledge_folders(knowledge))
    failed = False
    for raw in inputs([path], published):
        if isinstance(raw, Problem):
            typer.echo(f"{raw.source}: {raw.error}", err=True)
            failed = True
            continue
        annotated = reader.annotate(to_article(raw, reader.ingest))
        article = annotated.article
        typer.echo(f"# {article.name}")
        if times:
            for line in explain_times(annotated):
                typer.echo(line)
            continue
        typer.echo(f"published: {annotated.published or 'unknown'} ({annotated.published.how})")
        for reason in annotated.published.reasons:
            typer.echo(f"  because {reason}")
        typer.echo(f"outlet: {article.outlet or 'unknown'}; agency: {article.agency or 'unknown'}")
        here = dateline_place(annotated)
        typer.echo(f"dateline: {here.name if here else 'none'}")
        for person in annotated.people.values():
            typer.echo(
                f"person {person.key}: {person.name}, {person.country or '?'}, {person.office or 'no office'}, {person.rank}"
                f"{', former' if person.former else ''}"
            )
        sentences = read_sentences(annotated, reader.visits, here.country if here else None)
        for view in sentences:
            sentence = view.view.sentence
            if annotated.role(sentence) not in READ:
                continue
            typer.echo(f"\n[{view.view.number}] {' '.join(annotated.quote(sentence).split())}")
            for unit in view.view.units:
                if unit.ref is not None:
                    typer.echo(f"    {unit.kind}: {unit.span.of(article.text)!r} {_short(unit.ref)}")
            for s in view.sightings:
                name = annotated.people[s.visitor].name
                typer.echo(f"  > {name} -> {s.host or '?'}  {s.rule}  {' '.join(sorted(s.cues))}")
                for moment in s.moments:
                    typer.echo(f"      {moment.timex.value} as {moment.role!r}, it {moment.how} its word")
        reading = reader.read(raw)
        typer.echo("")
        for visit in reading.visits:
            typer.echo(
                f"= {visit.visitor} ({visit.visitor_country}) -> {visit.host_country} {visit.dates or 'no days'} "
                f"{visit.status} {visit.kind} trip {visit.trip}  [{', '.join(visit.notes)}]"
            )
            for name, values in visit.as_dict().items():
                if (
                    name
                    in {
                        "places",
                        "meets",
                        "delegation",
                        "invited_by",
                        "announced_by",
                        "occasion",
                        "agenda",
                        "documents",
                    }
                    and values
                ):
                    typer.echo(f"    {name}: {values}")
        for talk in reading.encounters:
            typer.echo(
                f"~ {talk.kind} {', '.join(talk.participants)} {talk.place or ''} {talk.date or ''} {talk.status}"
            )
    if failed:
        raise typer.Exit(3)


def _short(ref: object) -> str:
    for names in (("people", "form", "rule"), ("country", "kind", "rule"), ("value", "range", "anchor", "rule")):
        if hasattr(ref, names[0]):
            return " ".join(str(getattr(ref, n)) for n in names)
    return ""
