"""The register in other people's formats: one list of columns, CSV, JSON lines."""
