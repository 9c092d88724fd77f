"""Watching feeds and pages: fetched politely, each item kept until it is read, none lost and none read twice."""
