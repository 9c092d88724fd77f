"""Registers to test on: SQLite always, another database where ``SUMMITRY_TEST_POSTGRES`` names one by URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

SERVER = os.environ.get("SUMMITRY_TEST_POSTGRES")


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(not SERVER, reason="no PostgreSQL"))]
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A register that does not exist yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "register.db")
        return
    assert SERVER is not None
    engine = sa.create_engine(SERVER)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    yield SERVER
