"""Registers to test on: SQLite always, PostgreSQL where one is named or its programs are installed.

``SUMMITRY_TEST_POSTGRES`` names a server by URL; its schema "public" is dropped. Else a server of the tests' own is started
on a free port of this machine, and stopped at the end. Where there is none the tests are skipped with a word.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest of several."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server."""
    named, folder = os.environ.get("SUMMITRY_TEST_POSTGRES"), programs()
    if named:
        yield named
        return
    if folder is None:
        pytest.skip("no PostgreSQL here (make setup-full installs it)")
    # Not in pytest's own folder, which any other run of pytest closes to the server's user.
    data = Path(tempfile.mkdtemp(prefix="summitry-postgres-"))
    # The server refuses to run as root; the package has made a user for it.
    root = os.geteuid() == 0
    # An account's path need not name the system's folders, where the tool that changes users lies.
    change = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    user = [change or "runuser", "-u", "postgres", "--"] if root else []
    if root:
        shutil.chown(data, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cluster = str(data / "cluster")
    subprocess.run(
        [*user, folder / "initdb", "-A", "trust", "-U", "postgres", "-D", cluster], check=True, capture_output=True
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off"
    control = [*user, folder / "pg_ctl", "-D", cluster]
    subprocess.run(
        [*control, "-o", options, "-l", str(data / "log"), "-w", "start"], check=True, stdout=subprocess.DEVNULL
    )
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A register that does not exist yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "register.db")
        return
    url = request.getfixturevalue("server")
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    yield url
