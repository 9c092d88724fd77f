"""Everything that can go wrong by intent, in one tree. ``Problem`` is an error written down as a record.

SummitryError
  InputError        a report cannot be read (missing, empty, binary, broken line, too long)
  KnowledgeError    a table or rule of the lexicon is wrong
  RegisterError     the register cannot be opened, written or understood
  ScanError         the parts of a scan cannot be written or read
  UsageError        options that contradict each other
"""

from __future__ import annotations

from dataclasses import dataclass


class SummitryError(Exception):
    """Any error that is told to the user in one sentence that says what to do."""


class InputError(SummitryError):
    """A report cannot be read."""


class KnowledgeError(SummitryError):
    """A table or rule of the lexicon is wrong; the message names file and entry."""


class RegisterError(SummitryError):
    """The register cannot be opened, written or understood."""


class ScanError(SummitryError):
    """The parts of a scan cannot be written or read."""


class UsageError(SummitryError):
    """Options that contradict each other."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that failed for one input: where (path, line, record), at which stage, and what to know about it."""

    source: str
    stage: str
    error: str
    report: str | None = None
