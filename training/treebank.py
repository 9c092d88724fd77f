"""Sentences of CoNLL-U files: the fields that the model learns, and nothing else."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence with its analysis.

    ``heads`` are indices into the sentence (the root is its own head), ``spaces`` tell whether a space follows. ``lemmas``, ``pos``
    (UPOS), ``tags`` (Penn) and ``deps`` (UD relations without subtypes, except those in KEPT) run beside ``words``.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]


def relation(label: str, _coarse: bool = False) -> str:
    """The relation that is learnt for a label of the treebank."""
    return label


def read_trees(path: Path) -> Iterator[Tree]:
    """The sentences of a file, plain or gzip. Multiword tokens are read as their words, empty nodes are passed over."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        rows: list[list[str]] = []
        glued: dict[int, tuple[int, bool]] = {}
        for line in handle:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield _tree(rows, glued)
                rows, glued = [], {}
            elif line[0] != "#":
                cells = line.split("\t")
                if "-" in cells[0]:
                    first, last = cells[0].split("-")
                    glued[int(first)] = (int(last), "SpaceAfter=No" not in cells[9])
                elif "." not in cells[0]:
                    rows.append(cells)
        if rows:
            yield _tree(rows, glued)


def _tree(rows: list[list[str]], glued: dict[int, tuple[int, bool]]) -> Tree:
    spaces = ["SpaceAfter=No" not in r[9] for r in rows]
    for first, (last, space) in glued.items():
        for number in range(first, last):
            spaces[number - 1] = False
        spaces[last - 1] = space
    return Tree(
        words=tuple(r[1] for r in rows),
        spaces=tuple(spaces),
        lemmas=tuple(r[2] for r in rows),
        pos=tuple(r[3] for r in rows),
        tags=tuple(r[4] for r in rows),
        heads=tuple(i if r[6] == "0" else int(r[6]) - 1 for i, r in enumerate(rows)),
        deps=tuple(relation(r[7]) for r in rows),
    )
