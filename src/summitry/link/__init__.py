"""Visit reports to visits: block, compare, cluster, merge, history, trips. Pure functions."""
