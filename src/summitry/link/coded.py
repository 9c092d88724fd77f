"""Linking of reports that are coded already, in the shape of the coding rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from summitry.link.cluster import link
from summitry.link.explain import ties
from summitry.link.merge import visit_id
from summitry.model.article import digest
from summitry.model.dates import DateRange
from summitry.model.errors import InputError
from summitry.model.register import Told
from summitry.model.visits import Kind, Status, VisitReport


class BadCoding(InputError):
    """A coded report that is not in the shape of the coding rules."""


def told_of_coding(coding: Mapping[str, Any], report: str, voice: str = "", outlet: str | None = None) -> list[Told]:
    """The visit reports of one coding ({"published", "visits"}). Raises BadCoding with the report's id."""
    found = []
    try:
        published = DateRange.parse(coding["published"]) if coding.get("published") else None
        for n, v in enumerate(coding.get("visits", ())):
            key = digest(report, v["visitor"], v["host_country"], v.get("evidence", ""), n)
            visit = VisitReport(
                id=key,
                article=report,
                visitor=v["visitor"],
                visitor_country=v.get("visitor_country") or "",
                host_country=v["host_country"],
                dates=DateRange.parse(v["dates"]) if v.get("dates") else None,
                status=Status(v["status"]),
                sentence=v.get("evidence") or "",
                kind=Kind(v.get("kind") or "unspecified"),
                places=tuple(v.get("places") or ()),
                trip=v.get("trip") or n + 1,
                meets=tuple(v.get("meets") or ()),
                delegation=tuple(v.get("delegation") or ()),
                invited_by=v.get("invited_by"),
                announced_by=v.get("announced_by"),
                occasion=v.get("occasion"),
                agenda=tuple(v.get("agenda") or ()),
                documents=tuple(v.get("documents") or ()),
            )
            found.append(Told(key, visit, published, outlet, voice))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadCoding(f"report {report}: not in the shape of the coding rules ({error!r})") from error
    return found


Coding = tuple[Any, Mapping[str, Any], list[Told]]


def _codings(lines: Iterable[Mapping[str, Any]]) -> list[Coding]:
    codings = []
    for n, line in enumerate(lines, 1):
        if not isinstance(line, Mapping):
            raise BadCoding(f"line {n} is no object")
        coding = line.get("gold", line)
        name = str(line.get("id", n))
        codings.append((line.get("id", n), coding, told_of_coding(coding, f"{name}#{n}", digest(line.get("text", n)))))
    return codings


def explain_coded(lines: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Why each account of the reports is in its visit, the weakest ties first. Raises BadCoding."""
    codings = _codings(lines)
    named = {t.key: (str(name), t.visit.visitor, t.visit.host_country) for name, _, told in codings for t in told}
    rows = []
    for linked in link(t for _, _, told in codings for t in told):
        for tie in ties(linked):
            parts = str(tie).partition(": ")[2]
            other = named[tie.other][0]
            rows.append(
                (
                    tie.score,
                    (visit_id(linked.anchor.key), *named[tie.report], other, tie.step, f"{tie.score:.2f}", parts),
                )
            )
    return [row for _, row in sorted(rows)]


def link_coded(lines: Iterable[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The reports with ``register_id`` on every visit, and how many visits there are. Raises BadCoding."""
    codings = _codings(lines)
    found = link(t for _, _, told in codings for t in told)
    ids = {t.key: visit_id(x.anchor.key) for x in found for t in x.told}
    linked = []
    for name, coding, told in codings:
        visits = [dict(v) | {"register_id": ids[t.key]} for v, t in zip(coding.get("visits", ()), told, strict=True)]
        line = {"id": name, "published": coding.get("published"), "visits": visits}
        linked.append(line | {"encounters": list(coding.get("encounters", ()))})
    return linked, len(found)
