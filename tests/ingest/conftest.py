"""The tables of ingest, loaded once."""

import pytest

from summitry.ingest.articles import IngestKnowledge, to_article
from summitry.ingest.inputs import Raw


@pytest.fixture(scope="session")
def knowledge():
    return IngestKnowledge.load()


@pytest.fixture(scope="session")
def read(knowledge):
    """From a text and what came with it to an article."""

    def one(text, kind="text", **given):
        return to_article(Raw("here", kind, text, **given), knowledge)

    return one
