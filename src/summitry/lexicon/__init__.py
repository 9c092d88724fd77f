"""The knowledge of the program, read from ``data/``, checked and made ready to be looked up."""
