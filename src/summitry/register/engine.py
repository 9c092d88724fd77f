"""Opening a register: from a file's path or a database URL to an engine; the one place that knows the dialects."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from summitry.model.errors import InputError, RegisterError
from summitry.register.tables import HEAD, KNOWN, metadata

WAIT_SECONDS = 60
"""How long a writer waits for another writer."""

WAL_PAGES = 16_384
"""Pages that the write-ahead log of an SQLite register holds (64 MiB) before they are folded into the file."""

CACHE_KIB = 524_288
"""Pages of an SQLite register that a writer keeps in memory, in KiB: hashes fall on every page of an index."""

COPIED = 2_000
"""Rows that are copied at once from a database server."""

TRIES = 8
"""How often a transaction is tried that another writer's got in the way of."""

_T = TypeVar("_T")
_GOT_IN_THE_WAY = frozenset({"40001", "40P01", "23505"})
"""SQLSTATE of PostgreSQL: serialization failure, deadlock, and a row that another writer has just written."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _dumps(value: Any) -> str:
    return "[]" if value == [] else _encode(value)


def _loads(text: str) -> Any:
    return [] if text == "[]" else json.loads(text)


_json: dict[str, Any] = {"json_serializer": _dumps, "json_deserializer": _loads}


def is_url(place: str) -> bool:
    """Whether ``--register`` names a database by URL rather than a file."""
    return "://" in place


def file_of(place: str) -> Path | None:
    """The file of an SQLite register; None for another database."""
    if not is_url(place):
        return Path(place)
    url = _url(place)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def shown(place: str) -> str:
    """The register's name for messages, without a password."""
    return _url(place).render_as_string(hide_password=True) if is_url(place) else place


def _url(place: str) -> sa.URL:
    try:
        return sa.make_url(place)
    except SQLAlchemyError as error:
        raise RegisterError(f"{place!r} is no database URL; write it as postgresql://user@host/name") from error


def open_engine(place: str, *, write: bool) -> Engine:
    """An engine for a register that is there (``write=False``) or may be made (``write=True``).

    Raises RegisterError, with what to do, where the file or database cannot be opened, is no register, or was
    written by a newer version.
    """
    path = file_of(place)
    if path is None:
        engine = _server(place, write)
    elif write:
        _check_writable(path)
        if path.exists() and path.stat().st_size:
            # Looked at before it is opened for writing: another program's database is not touched.
            looker = _sqlite_reader(path)
            with trouble(place), looker.connect() as connection:
                _known(revision(connection), place)
        engine = _sqlite_writer(path)
    else:
        if not path.exists():
            raise RegisterError(f"there is no register {path}; make one with: summitry read PATH... --register {path}")
        engine = _sqlite_reader(path)
    try:
        with trouble(place):
            _settle(engine, place, write)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def trouble(place: str) -> Iterator[None]:
    """Turn what the database raises into one RegisterError that says what to do; InputError if it is what was given."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        raise InputError(f"cannot be stored: {error.orig}") from error
    except UnicodeError as error:
        raise InputError(f"cannot be stored: {error}") from error
    except DBAPIError as error:
        raise RegisterError(_explain(place, str(error.orig))) from error
    except SQLAlchemyError as error:
        raise RegisterError(f"the register {shown(place)} cannot be used: {error}") from error


def _explain(place: str, cause: str) -> str:
    name = shown(place)
    low = cause.lower()
    for words, told in (
        ("readonly", f"the register {name} can only be read; write to another file or change its permissions"),
        ("read-only", f"the register {name} can only be read; write to another file or change its permissions"),
        ("unable to open", f"the register {name} cannot be opened; check the path and its permissions"),
        ("not a database", f"{name} is not a register: the file holds something else; choose another --register"),
        ("malformed", f"the register {name} is damaged; restore a backup, or read the reports again into a new one"),
        ("full", f"no space is left for the register {name}; what was read before is safe: free some space and go on"),
        (
            "i/o error",
            f"the register {name} cannot be written: no space is left, or the disk fails; what was read before is "
            "safe: see to the disk and go on",
        ),
        ("locked", f"another program is writing to the register {name}; wait for it to end and try again"),
    ):
        if words in low:
            return told
    return f"the register {name} cannot be used: {cause}"


def _server(place: str, write: bool) -> Engine:
    try:
        url = _url(place)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        # A reader's transaction shows one state of the register, whoever writes meanwhile.
        more: dict[str, Any] = {} if write else {"isolation_level": "REPEATABLE READ"}
        return sa.create_engine(url, **_json, pool_pre_ping=True, **more)
    except ModuleNotFoundError as error:
        raise RegisterError(
            f"{shown(place)} needs the Python package {error.name}: pip install {error.name}"
        ) from error
    except SQLAlchemyError as error:
        raise RegisterError(f"{shown(place)} cannot be used: {error}") from error


def _check_writable(path: Path) -> None:
    folder = path.parent
    if path.is_dir():
        raise RegisterError(f"{path} is a folder; give the register a file name, such as {path / 'register.db'}")
    if not folder.is_dir():
        raise RegisterError(f"the folder {folder} does not exist; make it, or write the register elsewhere")
    if path.exists() and not _may_write(path):
        raise RegisterError(f"the register {path} can only be read; write to another file or change its permissions")
    if not _may_write(folder):
        raise RegisterError(f"the folder {folder} can only be read; write the register elsewhere with --register FILE")


def _may_write(path: Path) -> bool:
    """Whether we may write, and somebody may: what is closed to all is meant so, even where the superuser could."""
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & 0o222)


def _sqlite_writer(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            connection.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES}")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=QueuePool, **_json)
    event.listen(engine, "begin", _begin_writing)
    return engine


def _sqlite_reader(path: Path) -> Engine:
    """An engine that only reads, whoever writes meanwhile.

    Where file and folder may be written, the register is opened as everybody opens it, and takes part in SQLite's
    locking. On read-only media it is opened as it lies there.
    """
    open_to_all = path.exists() and _may_write(path) and _may_write(path.parent)
    mode = "rw" if open_to_all else "ro" if path.with_name(path.name + "-wal").exists() else "ro&immutable=1"
    uri = f"{path.resolve().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA query_only=ON")
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=QueuePool, **_json)
    event.listen(engine, "begin", _begin_reading)
    return engine


def _begin_writing(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def revision(connection: sa.Connection) -> str | None:
    """The schema's revision; None where there is no register yet. Raises RegisterError for another kind of database."""
    names = set(sa.inspect(connection).get_table_names())
    if "alembic_version" not in names:
        if names:
            raise RegisterError(
                f"the database holds other tables ({', '.join(sorted(names)[:4])}) and is not a register"
            )
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _known(found: str | None, place: str) -> None:
    if found is not None and found not in KNOWN:
        raise RegisterError(
            f"the register {shown(place)} was written by a newer version of Summitry (schema {found}, known is "
            f"{HEAD}); update the program: pip install --upgrade summitry"
        )


def _settle(engine: Engine, place: str, write: bool) -> None:
    """See that the schema is one this program knows; make or migrate it where writing is allowed."""
    with engine.connect() as connection:
        found = revision(connection)
    _known(found, place)
    if found == HEAD:
        return
    if not write:
        raise RegisterError(
            f"{shown(place)} is empty or of an older version; a command that writes, such as summitry read, prepares it"
        )
    with engine.begin() as connection:
        # Asked again under the lock: two programs may have found the register empty at once.
        if revision(connection) != HEAD:
            migrate(connection)


def migrate(connection: sa.Connection, target: str = "head") -> None:
    """Bring the schema up to ``target``, inside the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    command.upgrade(config, target)


def close(engine: Engine) -> None:
    """Fold the write-ahead log into the file, so that one file is the whole register, and let go of the database."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
    engine.dispose()


def transact(engine: Engine, work: Callable[[sa.Connection], _T]) -> _T:
    """Run ``work`` in a transaction of its own; again where another writer got in its way. ``work`` may run twice."""
    for attempt in range(TRIES):
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _GOT_IN_THE_WAY or attempt + 1 == TRIES:
                raise
    raise AssertionError


def hold(connection: sa.Connection, keys: Iterable[int]) -> None:
    """Keep other writers from what the keys (64 bits) stand for until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        query = "SELECT pg_advisory_xact_lock(k) FROM (SELECT unnest(CAST(:keys AS bigint[])) k ORDER BY 1) s"
        connection.execute(sa.text(query), {"keys": sorted(set(keys))})


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that have every column but those that the database fills in itself, if there are any."""
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(sa.insert(table), list(rows))
        return
    # What SQLAlchemy does for each value it does once here for each column: several times as fast, the same bytes.
    columns = [c for c in table.columns if c.name in rows[0]]
    processors = [c.type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for c in columns]
    made = [
        [row[c.name] for row in rows] if process is None else [process(row[c.name]) for row in rows]
        for c, process in zip(columns, processors, strict=True)
    ]
    names = ", ".join(f'"{c.name}"' for c in columns)
    marks = ", ".join("?" * len(columns))
    # Names are those of our own tables.
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608
    connection.exec_driver_sql(statement, list(zip(*made, strict=True)))


def wipe_deleted(connection: sa.Connection) -> None:
    """From here on, what is deleted from an SQLite file is overwritten too."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose keys are not there yet."""
    if not rows:
        return
    from sqlalchemy.dialects import postgresql, sqlite

    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))


def copy_register(place: str, copy: Path) -> None:
    """Copy a register into a new SQLite file, whole, as it is at one moment, whoever reads and writes it meanwhile.

    Raises RegisterError where it cannot be read or the copy cannot be written; then no half of a copy is left.
    """
    path = file_of(place)
    reader = open_engine(place, write=False)
    try:
        _check_writable(copy)
        (_copy_file if path else _copy_tables)(place, reader, copy)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    finally:
        reader.dispose()


def _copy_file(place: str, reader: Engine, copy: Path) -> None:
    target = sqlite3.connect(copy)
    try:
        with reader.connect() as connection:
            source = connection.connection.driver_connection
            if source is None:
                raise RegisterError(f"the register {shown(place)} cannot be used")
            source.backup(target)
        # The copy is one file, whoever opens it next.
        target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise RegisterError(_explain(str(copy), str(error))) from error
    finally:
        target.close()


def _copy_tables(place: str, reader: Engine, copy: Path) -> None:
    engine = open_engine(str(copy), write=True)
    with trouble(place), reader.connect() as source, source.begin(), engine.begin() as target:
        for table in metadata.sorted_tables:
            target.execute(sa.delete(table))
            order = sa.select(table).order_by(*table.primary_key.columns)
            for part in source.execution_options(yield_per=COPIED).execute(order).mappings().partitions():
                insert(target, table, [dict(row) for row in part])
    close(engine)
