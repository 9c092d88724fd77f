"""Visits as Parquet: typed columns, lists as lists, one row group for every ten thousand visits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from summitry.publish.columns import COLUMNS, values
from summitry.publish.terms import Terms
from summitry.register.exporting import Entry

GROUP = 10_000
"""Visits in a row group: bounds the memory of a long export."""


def write_parquet(visits: Iterable[Entry], out: BinaryIO, terms: Terms) -> int:
    """Write all visits; returns their number."""
    import pyarrow as pa  # takes a while, which only Parquet should cost
    import pyarrow.parquet as pq

    kinds = {
        "string": pa.string(),
        "list": pa.list_(pa.string()),
        "integer": pa.int32(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    schema = pa.schema(
        [pa.field(c.name, kinds[c.type], metadata={"label": c.field.label, "holds": c.holds}) for c in COLUMNS]
    )
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:

        def flush(part: list[list[Any]]) -> None:
            arrays = [pa.array(column, type=f.type) for column, f in zip(zip(*part, strict=True), schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))

        part: list[list[Any]] = []
        for entry in visits:
            part.append(values(entry, terms))
            count += 1
            if len(part) == GROUP:
                flush(part)
                part = []
        if part:
            flush(part)
    return count
