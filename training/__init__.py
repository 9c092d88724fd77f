"""Trains the tagger and parser that Summitry ships, from treebanks in CoNLL-U."""
