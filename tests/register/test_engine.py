"""Opening a register: what can be wrong with it, and the schema."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import summitry.register.migrations
from summitry.model.errors import RegisterError
from summitry.register.engine import close, open_engine, shown
from summitry.register.reader import Reader
from summitry.register.tables import HEAD, KNOWN, VIEWS, WORDS, metadata
from summitry.register.writer import Writer
from tests.register.making import reading

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)


def make(place: Path) -> None:
    with Writer(str(place), started=NOW, version="test") as writer:
        writer.add(reading("A report.", "2020-05-01", {"dates": "2020-05-10"}))


def test_the_migrations_make_the_tables(place: str) -> None:
    engine = open_engine(place, write=True)
    with engine.connect() as connection:
        # The index of words is SQLite's own kind of table, which SQLAlchemy cannot describe.
        options = {"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(WORDS)}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
        assert set(sa.inspect(connection).get_view_names()) == set(VIEWS)
    close(engine)


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(summitry.register.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == HEAD
    assert {s.revision for s in scripts.walk_revisions()} == KNOWN


def test_no_register(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"no register .*; make one with: summitry read"):
        Reader(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_newer_version(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    make(place)
    with sqlite3.connect(place) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    for write in (True, False):
        with pytest.raises(RegisterError, match=r"newer version of Summitry.*pip install --upgrade"):
            open_engine(str(place), write=write)


def test_another_database_or_file(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE accounts (id)")
    raw.close()
    text = tmp_path / "letter.txt"
    text.write_text("Dear Sir, " * 500)
    for place, told in ((other, "not a register"), (text, "not a register")):
        before = place.read_bytes()
        for write in (True, False):
            with pytest.raises(RegisterError, match=told):
                open_engine(str(place), write=write)
        assert place.read_bytes() == before


def test_folders_that_are_missing_or_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="does not exist"):
        open_engine(str(tmp_path / "none" / "r.db"), write=True)
    with pytest.raises(RegisterError, match="is a folder"):
        open_engine(str(tmp_path), write=True)


def test_a_register_that_can_only_be_read(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    make(place)
    place.chmod(0o444)
    with pytest.raises(RegisterError, match="can only be read"):
        open_engine(str(place), write=True)
    with Reader(str(place)) as reader:
        assert len(reader.visits()) == 1


def test_a_folder_that_can_only_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    make(folder / "r.db")
    folder.chmod(0o555)
    try:
        with pytest.raises(RegisterError, match=r"the folder .* can only be read; write the register elsewhere"):
            open_engine(str(folder / "new.db"), write=True)
        with Reader(str(folder / "r.db")) as reader:
            assert len(reader.visits()) == 1
    finally:
        folder.chmod(0o755)


def test_a_register_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "r.db"
    make(place)
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not (mode & os.W_OK) and may(path, mode))
    with pytest.raises(RegisterError, match="can only be read; write to another file"):
        open_engine(str(place), write=True)
    with pytest.raises(RegisterError, match=r"the folder .* can only be read"):
        open_engine(str(tmp_path / "new.db"), write=True)


def test_reading_leaves_no_files_and_one_file_is_the_whole_register(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    make(place)
    before = place.read_bytes()
    with Reader(str(place)) as reader:
        assert len(reader.visits()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["r.db"]
    assert place.read_bytes() == before


def test_readers_see_whole_reports_while_somebody_writes(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    make(place)
    with Writer(str(place), started=NOW, version="test") as writer:
        writer.add(reading("Another report.", "2020-05-01", {"dates": "2021-05-10"}))
        with Reader(str(place)) as reader:
            assert reader.counts()["articles"] == 2
        writer.link()
        with Reader(str(place)) as reader:
            assert len(reader.visits()) == 2


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    make(place)
    writer = Writer(str(place), started=NOW, version="test")
    with writer.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(RegisterError, match="no space is left"):
        for n in range(50):
            writer.add(reading(f"Long report {n} " * 2000, "2020-05-01", {"dates": "2021-05-10"}))
    writer.close()
    with Reader(str(place)) as reader:
        assert len(reader.visits()) == 1
        assert reader.counts()["articles"] < 5


def test_names_in_messages_hold_no_password() -> None:
    assert "secret" not in shown("postgresql://me:secret@host/db")
    assert shown("register.db") == "register.db"


def test_a_url_that_is_none_or_needs_a_driver() -> None:
    with pytest.raises(RegisterError):
        open_engine("nothing://x/y", write=True)


def test_an_sqlite_url_is_a_file(tmp_path: Path) -> None:
    make(tmp_path / "r.db")
    with Reader(f"sqlite:///{tmp_path / 'r.db'}") as reader:
        assert len(reader.visits()) == 1
