"""The whole path from one raw report to what it tells of visits. Read this first.

    Raw -> to_article -> Article -> Sieve -> Syntax, settle, find_times, find_places, find_people
        -> Annotated -> extract -> Reading

Every stage is a plain function from one type to the next; the knowledge it needs is passed in.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from summitry.annotate.people import find_people
from summitry.annotate.places import find_places
from summitry.annotate.published import settle
from summitry.annotate.syntax import Syntax
from summitry.annotate.times import find_times
from summitry.annotate.truecase import truecase
from summitry.extract import extract
from summitry.ingest.articles import IngestKnowledge, to_article
from summitry.ingest.inputs import Raw
from summitry.ingest.sieve import Sieve
from summitry.lexicon.files import DATA
from summitry.lexicon.people import People
from summitry.lexicon.places import Gazetteer
from summitry.lexicon.times import Grammar
from summitry.lexicon.visits import VisitWords
from summitry.model.annotated import Annotated
from summitry.model.article import READ, Article, Known, Role
from summitry.model.reading import Reading

SHORT = 1000
"""Characters up to which a text is read whatever its words: a headline may name a leader by the family name alone."""


LONGEST = 400
"""Tokens of a sentence that is read. A longer one is a list or a table without full stops, and would take minutes."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage: all of the tables stays, and what one report makes holds few cycles, if many objects."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True)
class Reader:
    """All knowledge and the parser, loaded once; ``read`` is then a pure function of a report.

    Specimen: ``Reader.load().read(Raw(source="-", kind="text", text="OSLO, May 3, 2022 -- ...")).visits``.
    """

    ingest: IngestKnowledge
    syntax: Syntax
    times: Grammar
    places: Gazetteer
    people: People
    visits: VisitWords
    sieve: Sieve

    @classmethod
    def load(cls, knowledge: Sequence[Path] = ()) -> Reader:
        """Load the shipped knowledge with the folders of ``knowledge`` on top, later ones first in rank."""
        folders = (DATA, *knowledge) if knowledge else ()
        with uncollected():
            return cls._load(folders, knowledge)

    @classmethod
    def _load(cls, folders: tuple[Path, ...], knowledge: Sequence[Path]) -> Reader:
        places, people, visits = Gazetteer.load(*folders), People.load(*folders), VisitWords.load(*folders)
        return cls(
            IngestKnowledge.load(*folders),
            Syntax.load(knowledge=[folder / "syntax" for folder in (DATA, *knowledge)]),
            Grammar.load(*folders),
            places,
            people,
            visits,
            Sieve.load(people, places, *folders),
        )

    def read(self, raw: Raw) -> Reading:
        """Read one report. Raises InputError for a page that holds no text, and nothing else on account of its content."""
        with uncollected():
            return self._read(raw)

    def _read(self, raw: Raw) -> Reading:
        article = to_article(raw, self.ingest)
        if (
            len(article.text) > SHORT
            and article.published.how is not Known.UNKNOWN
            and not self.sieve.passes(article.text)
        ):
            return Reading(article, article.published)
        annotated = self.annotate(article)
        visits, encounters = extract(annotated, self.visits)
        return Reading(article, annotated.published, visits, encounters)

    def annotate(self, article: Article) -> Annotated:
        """Find tokens, sentences, times, places and people in an article, and settle when it was published."""
        blocks = [b for b in article.blocks if b.role in READ or b.role is Role.DATELINE]
        headlines = [i for i, b in enumerate(blocks) if b.role is Role.HEADLINE]
        spans = [b.span for b in blocks]
        tokens, sentences = self.syntax.annotate(truecase(article), spans, parse=False, whole=headlines)
        sentences = tuple(s for s in sentences if s.last - s.first <= LONGEST)
        published = settle(article, tokens, sentences, self.times, self.people)
        times = find_times(article.text, tokens, sentences, published, self.times)
        places = find_places(article, tokens, sentences, self.places)
        mentions, people = find_people(article, tokens, sentences, places, published, self.people)
        return Annotated(article, tokens, sentences, published, times, places, mentions, people)
