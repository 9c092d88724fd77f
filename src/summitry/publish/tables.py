"""Visits as CSV and as JSON lines."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, TextIO

from summitry.publish.columns import NAMES, flat, record

Row = dict[str, Any]


def write_csv(rows: Iterable[Row], out: TextIO, as_of: dt.date | None) -> int:
    """RFC 4180 with a header, lines ended by a newline; returns the number of visits."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(NAMES)
    count = 0
    for row in rows:
        writer.writerow([flat(v) for v in record(row, as_of).values()])
        count += 1
    return count


def write_jsonl(rows: Iterable[Row], out: TextIO, as_of: dt.date | None) -> int:
    """One JSON object a line, UTF-8, lists as lists; returns the number of visits."""
    count = 0
    for row in rows:
        out.write(json.dumps(record(row, as_of), ensure_ascii=False) + "\n")
        count += 1
    return count
