"""The same pure functions mapped over partitions, on one process or many: same rows, in the same order."""
