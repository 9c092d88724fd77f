"""Records to rows and back: nothing here knows a database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from summitry.link.merge import visit_id
from summitry.link.reprints import sketch
from summitry.link.voices import Voices
from summitry.model.article import digest
from summitry.model.dates import DateRange
from summitry.model.errors import Problem
from summitry.model.reading import Reading
from summitry.model.register import Decision, Side, Told, Verb, Visit
from summitry.model.spans import Evidence
from summitry.model.visits import Kind, Status, VisitReport

Row = dict[str, Any]


def storable(name: str) -> str:
    """A file's name as a database can store it: bytes that are no UTF-8 become "?"."""
    return name.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Stored:
    """One report as rows: its article, what it says of visits and encounters, the words for it; and what failed in it."""

    article: Row
    reports: list[Row]
    encounters: list[Row]
    evidence: list[Row]
    problems: tuple[Problem, ...] = ()


def stored(reading: Reading, voices: Voices) -> Stored:
    """The rows of a report; ``run`` and ``generation`` of the article are the writer's to set."""
    reports, encounters = report_rows(reading, voices), encounter_rows(reading)
    evidence = list(evidence_rows(reading))
    article = article_row(reading, voices)
    article["told"] = len(reports)
    told = [list(row.values()) for part in (reports, encounters, evidence) for row in part]
    article["reading"] = digest([article[name] for name in ("published", "outlet", "country", "official")], told)
    return Stored(article, reports, encounters, evidence, reading.problems)


def article_row(reading: Reading, voices: Voices) -> Row:
    """The row of the article; its text is kept whole. ``stored`` sets ``reading``, the hash of all that was read in it."""
    a, published = reading.article, reading.published
    press = voices.press(a.outlet, a.agency)
    return {
        "id": a.id,
        "name": a.name,
        "given_id": a.given_id,
        "url": a.url,
        "source": storable(a.source),
        "title": a.title,
        "language": a.language,
        "outlet": a.outlet,
        "agency": a.agency,
        "published": str(published) or None,
        "published_first": published.value.earliest if published.value else None,
        "published_how": str(published.how),
        "published_reasons": list(published.reasons),
        "published_start": published.span.start if published.span else None,
        "published_end": published.span.end if published.span else None,
        "text_hash": digest(a.text),
        "text": a.text,
        "blocks": [[b.span.start, b.span.end, str(b.role), b.rule] for b in a.blocks],
        "anchors": [
            [x.text.start, x.text.end, *([x.source.start, x.source.end] if x.source else [None, None]), str(x.how)]
            for x in a.anchors
        ],
        "reading": "",
        "generation": 0,
        "superseded_by": None,
        "run": 0,
        "country": press.country,
        "official": press.official,
        "sketch": sketch(a.text) or None,
        "told": 0,
    }


def keys(ids: list[str]) -> list[str]:
    """A key for each id of one article: the id, with "-2", "-3" ... where one sentence tells of several visits."""
    if len(set(ids)) == len(ids):
        return list(ids)
    seen: Counter[str] = Counter()
    found = []
    for i in ids:
        seen[i] += 1
        found.append(i if seen[i] == 1 else f"{i}-{seen[i]}")
    return found


def report_rows(reading: Reading, voices: Voices) -> list[Row]:
    """The rows of the visit reports, not linked yet."""
    rows = []
    credited = [voices.credited(v, reading.published.value) for v in reading.visits]
    for position, (key, v) in enumerate(zip(keys([v.id for v in reading.visits]), reading.visits, strict=True)):
        rows.append(
            {
                "key": key,
                "id": v.id,
                "article": reading.article.id,
                "position": position,
                "visitor": v.visitor,
                "visitor_country": v.visitor_country,
                "host_country": v.host_country,
                "dates": str(v.dates) if v.dates else None,
                "status": str(v.status),
                "kind": str(v.kind),
                "places": list(v.places),
                "trip": v.trip,
                "meets": list(v.meets),
                "delegation": list(v.delegation),
                "invited_by": v.invited_by,
                "announced_by": v.announced_by,
                "occasion": v.occasion,
                "agenda": list(v.agenda),
                "documents": list(v.documents),
                "sentence": v.sentence,
                "confidence": v.confidence,
                "notes": list(v.notes),
                "live": True,
                "visit_key": visit_id(key),
                "visit": None,
                "why": None,
                "credited": credited[position].country,
                "credited_official": credited[position].official,
            }
        )
    return rows


def encounter_rows(reading: Reading) -> list[Row]:
    """The rows of the encounters."""
    numbered = zip(keys([e.id for e in reading.encounters]), reading.encounters, strict=True)
    return [
        {
            "key": key,
            "id": e.id,
            "article": reading.article.id,
            "position": position,
            "kind": str(e.kind),
            "participants": list(e.participants),
            "place": e.place,
            "host_country": e.host_country,
            "date": str(e.date) if e.date else None,
            "status": str(e.status),
            "sentence": e.sentence,
        }
        for position, (key, e) in enumerate(numbered)
    ]


def evidence_rows(reading: Reading) -> Iterator[Row]:
    """The rows of all evidence of one report's visits and encounters."""
    owners: list[tuple[str, tuple[Evidence, ...]]] = [
        *zip(keys([v.id for v in reading.visits]), (v.evidence for v in reading.visits), strict=True),
        *zip(keys([e.id for e in reading.encounters]), (e.evidence for e in reading.encounters), strict=True),
    ]
    for owner, found in owners:
        for position, e in enumerate(found):
            yield {
                "owner": owner,
                "position": position,
                "article": reading.article.id,
                "field": e.field,
                "start": e.span.start,
                "end": e.span.end,
                "rule": e.rule,
            }


def told_of(row: Mapping[str, Any]) -> Told:
    """A visit report with its report, from a row of ``visit_reports`` joined with its article."""
    return Told(
        key=row["key"],
        visit=VisitReport(
            id=row["id"],
            article=row["article"],
            visitor=row["visitor"],
            visitor_country=row["visitor_country"],
            host_country=row["host_country"],
            dates=DateRange.parse(row["dates"]) if row["dates"] else None,
            status=Status(row["status"]),
            sentence=row["sentence"],
            kind=Kind(row["kind"]),
            places=tuple(row["places"]),
            trip=row["trip"],
            meets=tuple(row["meets"]),
            delegation=tuple(row["delegation"]),
            invited_by=row["invited_by"],
            announced_by=row["announced_by"],
            occasion=row["occasion"],
            agenda=tuple(row["agenda"]),
            documents=tuple(row["documents"]),
            confidence=row["confidence"],
            notes=tuple(row["notes"]),
        ),
        published=DateRange.parse(row["published"]) if row["published"] else None,
        outlet=row["outlet"],
        voice=row["text_hash"],
        sketch=row["sketch"] or b"",
        country=row["country"],
        credited=row["credited"],
        official=bool(row["official"] or row["credited_official"]),
    )


def visit_row(visit: Visit) -> Row:
    """The row of a visit; lists as JSON."""
    return {
        "id": visit.id,
        "visitor": visit.visitor,
        "visitor_country": visit.visitor_country,
        "host_country": visit.host_country,
        "places": list(visit.places),
        "dates": str(visit.dates) if visit.dates else None,
        "first_day": (visit.dates.earliest or visit.dates.latest) if visit.dates else None,
        "last_day": (visit.dates.latest or visit.dates.earliest) if visit.dates else None,
        "status": str(visit.status),
        "kind": str(visit.kind),
        "trip": visit.trip,
        "meets": list(visit.meets),
        "delegation": list(visit.delegation),
        "invited_by": visit.invited_by,
        "announced_by": list(visit.announced_by),
        "occasion": visit.occasion,
        "agenda": list(visit.agenda),
        "documents": list(visit.documents),
        "first_told": str(visit.first_told) if visit.first_told else None,
        "last_told": str(visit.last_told) if visit.last_told else None,
        "reports": len(visit.reports),
        "outlets": list(visit.outlets),
        "conflicts": sorted(visit.conflicts()),
        "voices": visit.heard(),
        "voices_visitor": visit.heard(Side.VISITOR),
        "voices_host": visit.heard(Side.HOST),
        "voices_third": visit.heard(Side.THIRD),
    }


def claim_rows(visit: Visit) -> Iterator[Row]:
    """One row for each claim."""
    for c in visit.claims:
        yield {
            "visit": visit.id,
            "field": c.field,
            "value": c.value,
            "chosen": c.chosen,
            "voices": c.voices,
            "official": c.official,
            "reports": list(c.reports),
        }


def dispute_rows(visit: Visit) -> Iterator[Row]:
    """One row for each value that a side gives a field on which reports differ."""
    conflicts = visit.conflicts()
    between = {d.field: d.between for d in visit.disputes()} if conflicts else {}
    for name, claims in conflicts.items():
        for c in claims:
            for side, number in c.sides:
                yield {
                    "visit": visit.id,
                    "field": name,
                    "side": str(side),
                    "value": c.value,
                    "chosen": c.chosen,
                    "voices": number,
                    "between_sides": between[name],
                }


def history_rows(visit: Visit) -> Iterator[Row]:
    """One row for each event, in order."""
    for position, e in enumerate(visit.history):
        yield {
            "visit": visit.id,
            "position": position,
            "told": str(e.told) if e.told else None,
            "status": str(e.status),
            "dates": str(e.dates) if e.dates else None,
            "change": str(e.change),
            "report": e.report,
            "side": str(e.side),
        }


def decision_row(decision: Decision) -> Row:
    """The row of a decision, without its number."""
    return {
        "verb": str(decision.verb),
        "article": decision.article,
        "visitor": decision.visitor,
        "host_country": decision.host_country,
        "sentence": decision.sentence,
        "field": decision.field,
        "value": decision.value,
        "other": list(decision.other) if decision.other else None,
        "by": decision.by,
        "on": decision.on,
        "note": decision.note,
    }


def decision_of(row: Mapping[str, Any]) -> Decision:
    """A decision from its row."""
    other = row["other"]
    return Decision(
        verb=Verb(row["verb"]),
        article=row["article"],
        visitor=row["visitor"],
        host_country=row["host_country"],
        sentence=row["sentence"],
        by=row["by"],
        on=row["on"] if row["on"].tzinfo else row["on"].replace(tzinfo=dt.UTC),
        field=row["field"],
        value=row["value"],
        other=(other[0], other[1], other[2], other[3]) if other else None,
        note=row["note"],
    )
