"""The database of one office: where it is, its settings, and its tables brought up to date."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from kentongan.errors import KentonganError
from kentongan.language import Message

URL_VARIABLE = "KENTONGAN_DATABASE_URL"
_FILE = "kentongan.sqlite3"
_MIGRATIONS = Path(__file__).parent / "migrations"
_SQLITE = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON")
"""WAL lets readers read while one writes; FULL keeps what was acknowledged when the power goes; what is deleted is
overwritten."""


class Database:
    """Opens sessions on the database of the state folder ``state``, or on that of ``KENTONGAN_DATABASE_URL``.

    :raises KentonganError: when it cannot be opened.
    """

    def __init__(self, state: Path, url: str | None = None) -> None:
        state.mkdir(parents=True, exist_ok=True)
        self.state = state
        try:
            self.engine = _engine(url or os.environ.get(URL_VARIABLE) or f"sqlite:///{state / _FILE}")
            self._turn: AbstractContextManager[object] = _turn(self.engine)
            self._migrate()
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise _unusable(error) from error

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction: what is done in it is kept when it ends well, and none of it when it does not."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, and so waits for nobody."""
        with Session(self.engine.execution_options(reading=True), expire_on_commit=False) as session:
            yield session

    def settle(self) -> None:
        """Takes what was erased out of SQLite's log too; PostgreSQL's own vacuum does that by itself."""
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Lets its connections go."""
        self.engine.dispose()

    def _migrate(self) -> None:
        """Two processes that start at once take turns."""
        from alembic import command  # noqa: PLC0415 - a quarter of a second that only who opens a database should pay
        from alembic.config import Config  # noqa: PLC0415

        with (self.state / "database.lock").open("wb") as lock, self.engine.begin() as connection:
            fcntl.flock(lock, fcntl.LOCK_EX)
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_begun(state: Path) -> bool:
    """Whether there is a database for the state folder *state*: to open one makes it."""
    return bool(os.environ.get(URL_VARIABLE)) or (state / _FILE).is_file()


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)
    return engine


def _turn(engine: Engine) -> AbstractContextManager[object]:
    """SQLite has one writer at a time, and who finds it busy sleeps for longer and longer: threads queue instead."""
    return RLock() if engine.dialect.name == "sqlite" else nullcontext()


def _settle(connection: Any, _record: object) -> None:
    """The driver's own transactions begin too late for DDL and for reading before writing; ours begin at once."""
    connection.isolation_level = None
    for pragma in _SQLITE:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reading") else "BEGIN IMMEDIATE")


def _unusable(error: Exception) -> KentonganError:
    said = "the address cannot be read" if isinstance(error, ArgumentError) else str(error).splitlines()[0]
    return KentonganError(
        Message("The database cannot be used: {error}.", {"error": said}),
        Message("Look at KENTONGAN_DATABASE_URL and at the state folder; then start again."),
    )
