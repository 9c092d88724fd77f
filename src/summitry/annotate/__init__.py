"""Article to mentions: sentences, syntax, times, places, people, and the publication date settled."""
