"""Sentences of CoNLL-U files: the fields that the model learns, and nothing else."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence with its analysis, one entry a word.

    ``heads`` are indices into the sentence (the root is its own head), ``spaces`` tell whether a space follows, ``pos`` is
    UPOS, ``tags`` Penn, ``deps`` the relations of Universal Dependencies with their subtypes.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence as it was written."""
        return "".join(w + " " * s for w, s in zip(self.words, self.spaces, strict=True)).rstrip()


def find_part(folder: Path, treebank: str, part: str) -> Path:
    """The file of a part of a treebank: ``<treebank>-<part>.conllu`` or the same with ``.gz``. Raises FileNotFoundError."""
    for name in (f"{treebank}-{part}.conllu", f"{treebank}-{part}.conllu.gz"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"{folder}: no {treebank}-{part}.conllu or .conllu.gz")


def read_paragraphs(path: Path) -> Iterator[list[Tree]]:
    """The sentences of a file by paragraph, as its comments (``newdoc``, ``newpar``) have them."""
    trees = read_trees(path)
    paragraph: list[Tree] = []
    with _open(path) as handle:
        for line in handle:
            if line.startswith(("# newdoc", "# newpar")) and paragraph:
                yield paragraph
                paragraph = []
            elif not line.strip():
                paragraph.append(next(trees))
    if paragraph:
        yield paragraph


def read_trees(path: Path) -> Iterator[Tree]:
    """The sentences of a file, plain or gzip. Multiword tokens are read as their words, empty nodes are passed over."""
    with _open(path) as handle:
        rows: list[list[str]] = []
        glued: list[tuple[int, int, bool]] = []
        for raw in handle:
            line = raw.rstrip("\n")
            if not line:
                if rows:
                    yield _tree(rows, glued)
                rows, glued = [], []
            elif line[0] != "#":
                cells = line.split("\t")
                if "-" in cells[0]:
                    first, last = cells[0].split("-")
                    glued.append((int(first) - 1, int(last) - 1, "SpaceAfter=No" not in cells[9]))
                elif "." not in cells[0]:
                    rows.append(cells)
        if rows:
            yield _tree(rows, glued)


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _tree(rows: list[list[str]], glued: list[tuple[int, int, bool]]) -> Tree:
    spaces = ["SpaceAfter=No" not in r[9] for r in rows]
    for first, last, space in glued:
        spaces[first : last + 1] = [False] * (last - first) + [space]
    return Tree(
        words=tuple(r[1] for r in rows),
        spaces=tuple(spaces),
        lemmas=tuple(r[2] for r in rows),
        pos=tuple(r[3] for r in rows),
        tags=tuple(r[4] for r in rows),
        heads=tuple(i if r[6] == "0" else int(r[6]) - 1 for i, r in enumerate(rows)),
        deps=tuple("ROOT" if r[7] == "root" else r[7] for r in rows),
    )
