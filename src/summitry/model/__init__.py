"""Record types: what the stages hand to one another. Frozen, no input or output, no knowledge of the world."""
