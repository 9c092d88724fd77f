"""``summitry watch`` with the stand-in reader, at a time given: to be killed from outside."""

from __future__ import annotations

import sys
import time

import summitry.cli.read
from summitry.cli import app
from tests.cli.conftest import LineReader


def main() -> None:
    ahead = float(sys.argv.pop(1))
    real = time.time
    time.time = lambda: real() + ahead
    summitry.cli.read.load_reader = LineReader
    app()


if __name__ == "__main__":
    main()
