"""Mentions to VisitReports and Encounters: triggers, arguments, dates, status, details, assembly.

Read in this order: ``view`` (a sentence as units), ``verbs`` (tense and mood), ``arguments`` (who, where), ``moments``
(when), ``sightings`` (what a sentence tells), ``status`` and ``days`` (what it adds up to), ``assembly``, ``details``,
``encounters``, and ``reports``, which composes them.
"""

from summitry.extract.reports import extract

__all__ = ["extract"]
