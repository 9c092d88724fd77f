"""The form of a coding, checked as the coding rules state it (docs/coding.md), and the examples with their codings."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitry.model.dates import DateRange
from summitry.model.visits import Contact, Kind, Status

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORTS = (".txt", ".html", ".jsonl")
BODIES = {"EU", "UN", "NATO", "AU", "ASEAN", "OAS", "OSCE", "IMF", "WTO", "OTHER"}
LISTS = ("places", "meets", "delegation", "agenda", "documents")
PHRASES = ("invited_by", "announced_by", "occasion")
VISIT = {"visitor", "visitor_country", "host_country", "dates", "status", "kind", "trip", "evidence", "event"}
VISIT |= {*LISTS, *PHRASES}
ENCOUNTER = {"kind", "participants", "place", "host_country", "date", "status", "evidence"}
EVENT = re.compile(r"[\w'.-]+-(?P<host>[a-z]{3})-(?P<start>\d{4}(-\d\d)?)")


@dataclass(frozen=True)
class Example:
    """One report of examples/ with its coding. ``text`` is what a reader of the page sees."""

    name: str
    path: Path
    text: str
    gold: dict[str, Any]


def seen(path: Path) -> str:
    """The words of a report; of a page, the words between its tags."""
    text = path.read_text(encoding="utf8")
    return html.unescape(re.sub(r"<[^>]*>", " ", text)) if path.suffix == ".html" else text


def examples(folder: Path = EXAMPLES) -> list[Example]:
    """All examples, in the order in which the program reads the folder."""
    found = []
    for path in sorted(p for p in folder.iterdir() if p.suffix in REPORTS):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf8"))
        if path.suffix == ".jsonl":
            codings = {row["id"]: row["gold"] for row in gold}
            rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
            found += [Example(row["id"], path, row["text"], codings.pop(row["id"])) for row in rows]
            assert not codings, f"{path.name}: codings without a report: {sorted(codings)}"
        else:
            found.append(Example(path.stem, path, seen(path), gold))
    return found


def flat(text: str) -> str:
    """Words with single spaces."""
    return " ".join(text.split())


def faults(gold: dict[str, Any], text: str) -> list[str]:
    """What is wrong with the form of a coding; an empty list if nothing is."""
    if set(gold) != {"published", "visits", "encounters"}:
        return [f"keys {sorted(gold)}"]
    found = _date("published", gold["published"])
    words = flat(text)
    for visit in gold["visits"]:
        found += [f"visit of {visit.get('visitor')}: {fault}" for fault in _visit(visit, words)]
    for encounter in gold["encounters"]:
        found += [f"encounter: {fault}" for fault in _encounter(encounter, words)]
    return found


def _visit(visit: dict[str, Any], words: str) -> list[str]:
    if set(visit) != VISIT:
        return [f"keys differ: {sorted(set(visit) ^ VISIT)}"]
    found = _date("dates", visit["dates"]) + _quote(visit["evidence"], words)
    found += _code("status", visit["status"], Status) + _code("kind", visit["kind"], Kind)
    found += _country("visitor_country", visit["visitor_country"]) + _country("host_country", visit["host_country"])
    if visit["visitor_country"] == visit["host_country"]:
        found.append("a trip at home is no visit")
    found += [f"{f} is no list of phrases" for f in LISTS if not _phrases(visit[f])]
    found += [f"{f} is no phrase" for f in PHRASES if visit[f] is not None and not _phrases([visit[f]])]
    if not isinstance(visit["trip"], int) or visit["trip"] < 1:
        found.append(f"trip {visit['trip']!r}")
    if not _phrases([visit["visitor"]]):
        found.append("no visitor")
    if visit["event"] is not None:
        event = EVENT.fullmatch(visit["event"])
        if not event or event["host"] != visit["host_country"].lower():
            found.append(f"event {visit['event']}")
    return found


def _encounter(encounter: dict[str, Any], words: str) -> list[str]:
    if set(encounter) != ENCOUNTER:
        return [f"keys differ: {sorted(set(encounter) ^ ENCOUNTER)}"]
    found = _date("date", encounter["date"]) + _quote(encounter["evidence"], words)
    found += _code("status", encounter["status"], Status) + _code("kind", encounter["kind"], Contact)
    if not _phrases(encounter["participants"]) or len(encounter["participants"]) < 2:
        found.append("fewer than two participants")
    if encounter["host_country"] is not None:
        found += _country("host_country", encounter["host_country"])
    return found


def _phrases(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(v, str) and v == flat(v) and v for v in values)


def _date(field: str, value: str | None) -> list[str]:
    if value is None:
        return []
    try:
        return [] if str(DateRange.parse(value)) == value else [f"{field} {value} is not in normal form"]
    except ValueError as error:
        return [f"{field}: {error}"]


def _code(field: str, value: str, codes: type[Status] | type[Kind] | type[Contact]) -> list[str]:
    return [] if value in list(codes) else [f"{field} {value!r}"]


def _country(field: str, value: str) -> list[str]:
    return [] if value in BODIES or re.fullmatch("[A-Z]{3}", value or "") else [f"{field} {value!r}"]


def _quote(sentence: str, words: str) -> list[str]:
    return [] if sentence and flat(sentence) in words else [f"evidence is not in the text: {sentence[:60]!r}"]
