"""``python -m summitry.cli``: the same as ``summitry``."""

from summitry.cli import main

main()
