"""Datelines: where a report was filed, by which agency and on which day, at the start of a paragraph or alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitry.ingest.dates import DateWords
from summitry.lexicon.debris import fill_fragments
from summitry.lexicon.files import DATA, read_toml
from summitry.lexicon.outlets import Outlets
from summitry.model.article import Dateline
from summitry.model.dates import DateRange
from summitry.model.errors import KnowledgeError
from summitry.model.spans import Span

FILE = Path("ingest", "datelines.toml")
MAX_DATELINE = 160
"""No dateline is longer."""

_PATTERN = r"""
(?P<place>(?:<capital-place>|<proper-place>)(?:\s?/\s?(?:<capital-place>|<proper-place>)){0,2}(?P<region><region>)?)?
(?:\s?[,.]?\s{0,2}(?P<date>(?:(?:<month>)\.?\s{0,2}\d{1,2}|\d{1,2}\s(?:<month>)(?:\.(?!\s[^\W\d_a-z]))?)(?:(?:\s?,)?\s{0,2}(?:19|20)\d\d){0,2})(?!\d))?
(?:\s?[.,]\s(?P<wire>[^\W\d_a-z][\w-]+(?:\s[^\W\d_a-z][\w-]+){0,2})(?=\s[-–—:]\s|\.(?:\s|$)|$))?
\s?[.,]?\s{0,2}(?P<agency>\([^()\n]{2,50}\)|/[^/\s][^/\n]{1,30}/)?
\s{0,3}(?P<mark>[.]?\s?(?:<mark>))?
(?:(?<=\|)\s(?P<stamp>(?:<weekday>)\s(?:<month>)\s\d{1,2},\s(?:19|20)\d\d)\s\d{1,2}:\d\d\s?[ap]m\s[A-Z]{2,4})?
\.?\s{0,3}
"""


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline, the rule that let it in ("agency", "date", "capitals", "city", "agency-alone"), and how it ends.

    ``marked``: with a dash or another mark; ``stamped``: with day and hour.
    """

    dateline: Dateline
    rule: str
    marked: bool
    stamped: bool


class Datelines:
    """Finds datelines. Specimen: ``datelines.at("OSLO (Reuters) - Two ministers met.", 0, 36).dateline.agency``."""

    def __init__(self, data: Mapping[str, Any], dates: DateWords, outlets: Outlets) -> None:
        self._dates, self._outlets = dates, outlets
        words = data["words"]
        self._denied = frozenset(words["not-places"])
        self._cities = frozenset(city.casefold() for city in words["cities"])
        months = "|".join(sorted(map(re.escape, dates.months), key=lambda word: (-len(word), word)))
        weekdays = "|".join(sorted(map(re.escape, dates.weekdays), key=lambda word: (-len(word), word)))
        fragments = {"month": f"(?i:{months})", "weekday": f"(?i:{weekdays})"}
        for name, value in data["fragments"].items():
            fragments[name] = "(?:" + fill_fragments(value, fragments) + ")"
        pattern = "".join(line for line in _PATTERN.splitlines())
        self._pattern = re.compile(fill_fragments(pattern, fragments))
        self.examples: tuple[Mapping[str, str], ...] = tuple(data.get("example", ()))
        self.counter: tuple[str, ...] = tuple(entry["text"] for entry in data.get("counter", ()))

    @classmethod
    def load(cls, dates: DateWords, outlets: Outlets, *folders: Path) -> Datelines:
        """Read the words of each folder: lists grow, fragments are replaced. Raises KnowledgeError."""
        data: dict[str, Any] = {"fragments": {}, "words": {}, "example": [], "counter": []}
        for folder in folders or (DATA,):
            path = folder / FILE
            if path.exists():
                new = read_toml(path)
                data["fragments"] |= new.get("fragments", {})
                for name, words in new.get("words", {}).items():
                    data["words"][name] = [*data["words"].get(name, ()), *words]
                data["example"] += new.get("example", ())
                data["counter"] += new.get("counter", ())
                try:
                    cls(data, dates, outlets)
                except (KeyError, TypeError, ValueError, re.error) as error:
                    raise KnowledgeError(f"{path}: {error}") from error
        return cls(data, dates, outlets)

    def at(self, text: str, start: int, end: int) -> FoundDateline | None:
        """The dateline with which ``text[start:end]`` begins; its span takes in the dash and the space after it."""
        found = self._pattern.match(text, start, min(end, start + MAX_DATELINE))
        if not found or found.end() == start:
            return None
        rule = self._rule(found, text, end)
        if rule is None:
            return None
        place = Span(*found.span("place")) if found["place"] else None
        agency = found["agency"][1:-1].strip() if found["agency"] else None
        if place and place.of(text).endswith(".") and place.of(text).casefold() not in self._cities:
            place = Span(place.start, place.end - 1)
        if found["wire"]:
            agency = found["wire"]
        if place and not agency:
            place, agency = self._bare_agency(text, place)
        told = found["stamp"] or found["date"]
        dates = self._dates.find(told) if told else []
        date = DateRange.unit(dates[0].unit) if dates else None
        stop = min(found.end(), end)
        return FoundDateline(
            Dateline(Span(start, stop), place, agency, date), rule, bool(found["mark"]), bool(found["stamp"])
        )

    def _is_city(self, name: str) -> bool:
        return name.casefold() in self._cities or name.rstrip(".").casefold() in self._cities

    def _bare_agency(self, text: str, place: Span) -> tuple[Span, str | None]:
        """Part "Oslo CNN" into the place and the agency."""
        head, space, last = place.of(text).rpartition(" ")
        if space and head.casefold() in self._cities and self._outlets.files(last):
            return Span(place.start, place.start + len(head)), last
        return place, None

    def _rule(self, found: re.Match[str], text: str, end: int) -> str | None:
        place, date, agency, mark = found["place"], found["date"], found["agency"], found["mark"]
        known = bool(agency) and self._outlets.files(agency[1:-1])
        if found["wire"] and not (date and (self._outlets.files(found["wire"]) or mark)):
            return None
        after = text[found.end() : found.end() + 1]
        ends = found.end() >= end
        if place is None:
            begins = bool(mark) or after.isupper()
            return "agency-alone" if known and not date and begins and not ends else None
        head = place[: found.start("region") - found.start("place")] if found["region"] else place
        capitals = head.upper() == head and sum(c.isalpha() for c in head) > 2
        if head in self._denied or head.casefold() in self._dates.months:
            return None
        city = all(self._is_city(part.strip()) for part in head.split("/"))
        placed = capitals or city
        if agency and ((known and (placed or found["region"] or date or mark)) or (placed and (date or mark or ends))):
            return "agency"
        first, _, last = head.rpartition(" ")
        if mark and not ends and first.casefold() in self._cities and self._outlets.files(last):
            return "agency"
        if date and (capitals or city) and (mark or ends or found["wire"]):
            return "agency" if found["wire"] else "date"
        if not mark or ends or not (after.isupper() or after in "\"'“‘«0123456789"):
            return None
        dash = mark.strip(". ") not in {":", "|"}
        if dash and capitals and (found["region"] or city or len(head) > 4):
            return "capitals"
        prose = text[end - 1] in ".\"”’'"
        return "city" if city and (dash or capitals or prose) else None
