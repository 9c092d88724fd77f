"""What several test packages share: one loaded reader, and where the coded corpora are."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def reader():
    """The whole program, loaded once."""
    from summitry.pipeline import Reader

    return Reader.load()


@pytest.fixture(scope="session")
def corpus():
    """The folder of the coded corpora; the test is skipped where there is none."""
    folder = Path(os.environ.get("SUMMITRY_CORPUS", ROOT.parent / "shared")) / "corpus"
    if not folder.is_dir():
        pytest.skip("no coded corpora here (set SUMMITRY_CORPUS)")
    return folder
