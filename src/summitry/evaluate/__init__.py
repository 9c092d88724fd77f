"""Scores of readings against hand-coded reports, as figures that add up: hits, gold, given."""
