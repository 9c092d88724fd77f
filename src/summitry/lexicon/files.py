"""Read the files of the knowledge folder: TOML rules and CSV tables, each with its place in every error."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summitry.model.errors import KnowledgeError

DATA = Path(__file__).resolve().parent.parent / "data"
"""The knowledge that is shipped: ``src/summitry/data``."""


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML file. Raises KnowledgeError with the file's name."""
    try:
        with path.open("rb") as handle:
            return tomllib.load(handle)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{path}: {error}") from error


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a CSV table with exactly these columns; empty cells are "". Raises KnowledgeError with file and line."""
    for _, cells in read_cells(path, columns):
        yield dict(zip(columns, cells, strict=True))


def read_cells(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The same as the number of the line in which a row ends, and its cells."""
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            header = next(reader, [])
            if tuple(header) != columns:
                raise KnowledgeError(f"{path}:1: columns are {header}, expected {list(columns)}")
            for row in reader:
                if len(row) != len(columns):
                    if not row:
                        continue
                    raise KnowledgeError(f"{path}:{reader.line_num}: {len(row)} cells, expected {len(columns)}")
                yield reader.line_num, [cell.strip() for cell in row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError(f"{path}: {error}") from error


def knowledge_hash(*folders: Path) -> str:
    """A hash of every knowledge file, by relative name and bytes: any change of knowledge changes it."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in {".toml", ".csv", ".tsv", ".json"}):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:16]
