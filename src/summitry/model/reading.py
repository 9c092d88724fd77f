"""What the whole path makes of one report: the article with everything that was read in it."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.model.article import Article, Published
from summitry.model.errors import Problem
from summitry.model.visits import Encounter, VisitReport


@dataclass(frozen=True, slots=True)
class Reading:
    """One report, read: the cleaned article, its settled publication date, the visits and encounters it tells of.

    ``problems`` are what failed on the way without stopping the report ("syntax", "times", ...); usually empty.
    """

    article: Article
    published: Published
    visits: tuple[VisitReport, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    problems: tuple[Problem, ...] = ()
