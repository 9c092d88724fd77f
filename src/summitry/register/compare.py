"""Two registers side by side: visits gained, lost and altered. A pure function of what readers give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from summitry.register.reader import Reader

FIELDS = ("visitor", "visitor_country", "host_country", "places", "dates", "status", "kind", "meets", "delegation",
          "invited_by", "announced_by", "occasion", "agenda", "documents", "reports")  # fmt: skip
"""What is compared; ids and trips follow from it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One visit in one register only ("lost", "gained"), or one field of a visit in both ("altered").

    ``visit`` is the id in the new register (in the old one for "lost"); ``row`` the visit's row there.
    """

    what: str
    visit: str
    row: Mapping[str, Any]
    field: str = ""
    old: Any = None
    new: Any = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A register's visits at one moment: rows of ``visits``, and for each what tells it again elsewhere."""

    rows: tuple[dict[str, Any], ...]
    marks: Mapping[str, set[str]]

    @classmethod
    def of(cls, reader: Reader) -> Snapshot:
        """What a reader sees now."""
        return cls(tuple(reader.visits()), reader.marks_by_visit())


def differences(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    """All differences: lost, then gained and altered, each in the order of the list of visits.

    Two records are one visit where they share an account, or a report that tells of this visitor and host; of several,
    that with the most.
    """
    before, after = old.rows, new.rows
    holder = {mark: visit for visit, marks in sorted(old.marks.items()) for mark in marks}
    rows_before = {row["id"]: row for row in before}
    match: dict[str, str] = {}
    taken: set[str] = set()
    for row in after:
        shared = Counter(holder[k] for k in new.marks[row["id"]] if k in holder and holder[k] not in taken)
        if shared:
            match[row["id"]] = min(shared, key=lambda v: (-shared[v], v))
            taken.add(match[row["id"]])
    for row in before:
        if row["id"] not in taken:
            yield Difference("lost", row["id"], row)
    for row in after:
        if row["id"] not in match:
            yield Difference("gained", row["id"], row)
            continue
        was = rows_before[match[row["id"]]]
        for name in FIELDS:
            if was[name] != row[name]:
                yield Difference("altered", row["id"], row, name, was[name], row[name])
