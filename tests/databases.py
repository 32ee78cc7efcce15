"""A real PostgreSQL on loopback, and offices' databases that begin empty, in it or in SQLite."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from kentongan.database import FILE, Database

_HOMES = Path("/usr/lib/postgresql")


def _programs() -> Path | None:
    """Where ``initdb`` is: Debian keeps each version's programs in a folder of their own."""
    found = shutil.which("initdb")
    return Path(found).parent if found else max((path.parent for path in _HOMES.glob("*/bin/initdb")), default=None)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of a server whose data lie in *folder* until the block is left; nothing of it is meant to last."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: nothing is tried on PostgreSQL")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine: nothing is tried on it")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    _run(folder, programs / "initdb", "-D", folder / "data", "-A", "trust", "--no-sync", "-U", "office")
    settings = f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    control = (programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log")
    _run(folder, *control, "-o", settings, "start")
    try:
        yield f"postgresql+psycopg://office@127.0.0.1:{port}/postgres"
    finally:
        _run(folder, *control, "-m", "immediate", "stop")


@contextmanager
def empty_database(state: Path, url: str | None) -> Iterator[Database]:
    """The database of an office that begins, until the block is left."""
    database = cleared(state, url)
    yield database
    database.close()


def cleared(state: Path, url: str | None) -> Database:
    """The database of an office that begins: of the state folder *state*, or on the server at *url*."""
    if url:
        dropped(url)
    else:
        state.mkdir(parents=True, exist_ok=True)
        (state / FILE).touch(mode=0o600)
        (state / FILE).write_bytes(_empty())
    return Database(state, url)


@cache
def _empty() -> bytes:
    """A SQLite with all tables: copied in no time, where migrations take a while."""
    with tempfile.TemporaryDirectory() as state:
        Database(Path(state)).close()
        return (Path(state) / FILE).read_bytes()


def dropped(url: str) -> None:
    """Takes everything out of the database at *url*."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    engine.dispose()


def _run(folder: Path, *command: Path | str) -> None:
    """As nobody where we are root, whom PostgreSQL refuses. Its server must not hold our pipes."""
    as_nobody = os.getuid() == 0
    if as_nobody:
        shutil.chown(folder, "nobody", "nogroup")
    drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if as_nobody else []
    subprocess.run([*drop, *command], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
