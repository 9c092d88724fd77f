"""Every threshold of linking, in one place, with how it was set.

Set on the gold codings of the coded corpora (two reports of one event against two events of one person in one country),
to join no two visits rather than to join every two reports.
"""

SLACK_DAYS = 3
"""Press and ministries differ by a day or three; visits of one person to one country this close are one."""

OPEN_DAYS = 7
"""How long a stay whose other end is open may be taken to last."""

ABOUT_DAYS = 10
"""Further slack for a date that is told as approximate ("~")."""

LONGEST_STAY = 31
"""Days that one record may span when its reports tell days: a chain of overlaps must not grow into a year."""

AHEAD_DAYS = 120
"""How far ahead an undated plan may look for the one dated visit it can mean."""

BEHIND_DAYS = 60
"""How far back an undated account may look for the one dated visit it can mean."""

TOGETHER_DAYS = 21
"""Undated reports of one visit follow one another within this many days; of several visits that one can mean, it means
the one that is this close, if it is close to one alone."""

POSTPONED_DAYS = 365
"""A visit put off takes place within a year, or is another visit."""

TOUR_DAYS = 60
"""Stops of one tour are no further apart than this."""

NAME_RATIO = 80
"""Two spellings of one part of a name (normalised similarity, 0 to 100, for parts of four letters and more)."""

NAME_RATIO_SOUND = 70
"""The same for parts whose two consonants are heard alike ("Omar", "Omer")."""

RUN_WORDS = 4
"""Words in a run: two texts that share many runs share sentences, not only a subject."""

REPRINT_SHARE = 0.6
"""So much of the shorter text stands in the longer: one of the two is a reprint. Two reports that only quote the same
statement stay below a third; the fingerprints are true to about 0.1."""

REPRINT_RUNS = 12
"""Texts of fewer runs are reprints only if they are the same to the letter."""

COVER_BEFORE = 30
"""Days before a visit for which the press of a side is looked at, to tell its silence from its absence."""

COVER_AFTER = 14
"""Days after a visit for which it is."""
