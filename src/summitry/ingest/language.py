"""The language of a text by its commonest words: cheap, and meant only to tell what is not English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from summitry.lexicon.files import DATA, read_toml
from summitry.model.errors import KnowledgeError

FILE = Path("ingest", "languages.toml")
SAMPLE = 4000
"""Code points that are looked at."""

MIN_WORDS, MIN_SHARE, LEAD = 20, 0.12, 1.3
"""Fewer words tell nothing; a share of the words must be in the list, ahead of the next language by this factor."""

_WORD = re.compile(r"[^\W\d_]+")


class Languages:
    """Words by language. Specimen: ``Languages.load().of("The minister of trade is in the city and will ...")``."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._words = {code: frozenset(listed) for code, listed in sorted(words.items())}

    @classmethod
    def load(cls, *folders: Path) -> Languages:
        """Read the lists of each folder; one of a later folder replaces that of the same language."""
        words: dict[str, Sequence[str]] = {}
        for folder in folders or (DATA,):
            path = folder / FILE
            if path.exists():
                try:
                    words |= read_toml(path)["stopwords"]
                except KeyError as error:
                    raise KnowledgeError(f"{path}: no table {error}") from error
        return cls(words)

    def of(self, text: str) -> str | None:
        """The code (ISO 639-1) of the language of ``text``; None where too little is there to tell."""
        found = [word.lower() for word in _WORD.findall(text[:SAMPLE])]
        if len(found) < MIN_WORDS:
            return None
        counts = Counter(found)
        shares = sorted(
            (sum(counts[w] for w in counts.keys() & words) / len(found), code) for code, words in self._words.items()
        )
        (second, _), (first, code) = shares[-2:]
        return code if first >= MIN_SHARE and first >= LEAD * second else None
