"""The database of one office: where it is, its settings, and its tables brought up to date."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from kentongan.database.together import Together
from kentongan.errors import KentonganError
from kentongan.language import Message

T = TypeVar("T")

URL_VARIABLE = "KENTONGAN_DATABASE_URL"
FILE = "kentongan.sqlite3"
"""The database in a state folder, where no address names another."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_TURN = 0x6B656E746F6E67
"""The number of the advisory lock; no other program on that database should know it."""
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
            self.engine = open_engine(url or os.environ.get(URL_VARIABLE) or _file_in(state))
            self._turn: AbstractContextManager[object] = _turn(self.engine)
            self._together = Together(self._begin)
            self._migrate()
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise unusable(error) from error

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction: what is done in it is kept when it ends well, and none of it when it does not."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def together(self, work: Callable[[Connection], T]) -> T:
        """What *work* gives, done in a transaction with the work of other threads that wait for SQLite's one writer.

        PostgreSQL takes many at once and gathers them by itself. *work* undoes nobody else's by what it raises.
        """
        if self.engine.dialect.name == "sqlite":
            return self._together.do(work)
        with self._begin() as connection:
            return work(connection)

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with self._turn, self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, and so waits for nobody."""
        with Session(self.engine.execution_options(reading=True), expire_on_commit=False) as session:
            yield session

    def settle(self) -> bool:
        """Takes what was erased out of SQLite's log too; PostgreSQL's own vacuum does that by itself.

        Whether it could: somebody who reads for longer than ten seconds holds it up.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with closing(self.engine.raw_connection()) as connection:
            [busy, *_] = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        """Lets its connections go."""
        self.engine.dispose()

    def _migrate(self) -> None:
        """Processes that start at once take turns: on one machine by a file, on several by a lock of PostgreSQL's."""
        with (self.state / "database.lock").open("wb") as lock, self.engine.begin() as connection:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
            migrate(connection)


def is_begun(state: Path) -> bool:
    """Whether there is a database for the state folder *state*: to open one makes it."""
    return bool(os.environ.get(URL_VARIABLE)) or (state / FILE).is_file()


def _file_in(state: Path) -> str:
    """The address of the file in the folder *state*, which is for this account alone from its first byte on."""
    (state / FILE).touch(mode=0o600)
    return f"sqlite:///{state / FILE}"


def migrate(connection: Connection, revision: str = "head") -> None:
    """Makes the tables as they were at *revision*, from those that are there or from nothing."""
    from alembic import command  # noqa: PLC0415 - a quarter of a second that only who opens a database should pay
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revision_of(connection: Connection) -> str | None:
    """At which revision the tables are; ``None``: there are none of ours."""
    from alembic.migration import MigrationContext  # noqa: PLC0415

    return MigrationContext.configure(connection).get_current_revision()


def open_engine(url: str) -> Engine:
    """The way to the database at *url*, with our settings where it is SQLite.

    :raises SQLAlchemyError: when *url* is no address, or (``ImportError``) its driver is missing.
    """
    engine = create_engine(url, hide_parameters=True)  # an error that is logged shall not say what somebody wrote
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


def unusable(error: Exception) -> KentonganError:
    """What a person is told when a database refused with *error*."""
    said = "the address cannot be read" if isinstance(error, ArgumentError) else str(error).splitlines()[0]
    return KentonganError(
        Message("The database cannot be used: {error}.", {"error": said}),
        Message("Look at KENTONGAN_DATABASE_URL and at the state folder; then start again."),
    )
