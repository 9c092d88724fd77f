"""Registers of every released schema are brought up to the newest, and hold what they held."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from summitry.register import tables
from summitry.register.engine import close, migrate, trouble
from summitry.register.engine import open_engine as opened
from summitry.register.reader import Reader
from summitry.register.writer import Writer
from tests.register.making import reading
from tests.register.test_writer import LIFE, export

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)


def old_register(place: str, revision: str) -> None:
    """A register as a program of that schema wrote it, with the accounts of LIFE and nothing worked out from them."""
    from summitry.register.engine import _server, _sqlite_writer, file_of

    path = file_of(place)
    engine = _sqlite_writer(path) if path else _server(place, True)
    with trouble(place), engine.begin() as connection:
        migrate(connection, revision)
    held = {
        name: {c["name"] for c in sa.inspect(engine).get_columns(name)} for name in sa.inspect(engine).get_table_names()
    }
    source = opened(place + ".source" if path else place, write=True) if path else None
    if source is None:
        close(engine)
        return
    close(source)
    with Writer(place + ".source", started=NOW, version="test") as writer:
        for r in LIFE:
            writer.add(r)
    with Reader(place + ".source") as reader, reader.engine.connect() as new, engine.begin() as old:
        for table in (tables.runs, tables.articles, tables.visit_reports, tables.evidence, tables.encounters):
            rows = [dict(row) for row in new.execute(sa.select(table)).mappings()]
            columns = [c for c in table.columns if c.name in held[table.name]]
            slim = sa.table(table.name, *[sa.column(c.name, c.type) for c in columns])
            old.execute(sa.insert(slim), [{c.name: row[c.name] for c in columns} for row in rows])
    close(engine)


def test_from_the_first_schema(tmp_path) -> None:
    place = str(tmp_path / "r.db")
    old_register(place, "0001")
    with Writer(place, started=NOW, version="test"):
        pass
    with Reader(place) as reader:
        assert len(reader.visits()) == 5
        assert sorted(v["reports"] for v in reader.visits()) == [1, 1, 1, 2, 2]
    # What the first schema did not know (whose press it is, fingerprints) comes with reading again.
    with Writer(place, started=NOW, version="test") as writer:
        for r in LIFE:
            writer.add(r)
    assert export(place) == export(place + ".source")


def test_the_first_schema_on_a_server(place: str) -> None:
    old_register(place, "0001")
    with Writer(place, started=NOW, version="test") as writer:
        assert writer.add(reading("A report.", "2020-05-01", {"dates": "2020-05-10"}))
    with Reader(place) as reader:
        assert len(reader.visits()) in (1, 6)
