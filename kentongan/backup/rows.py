"""A database on a server, taken into a SQLite file and brought back from one: so every backup holds the same form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Column, Connection, Engine, MetaData, Table, func, inspect, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from kentongan.backup import databases
from kentongan.database import URL_VARIABLE, migrate, open_engine, revision_of, unusable
from kentongan.errors import KentonganError
from kentongan.language import Message

_AT_ONCE = 500
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True, "stream_results": True}
"""All tables as they are at one instant, while others go on writing to them."""

_LAST = {
    "sqlite": "SELECT max(seq) FROM sqlite_sequence WHERE name = :table",
    "postgresql": "SELECT pg_sequence_last_value(pg_get_serial_sequence(:table, :number)::regclass)",
}
_GO_ON = {
    "sqlite": (
        "DELETE FROM sqlite_sequence WHERE name = :table",
        "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)",
    ),
    "postgresql": ("SELECT setval(pg_get_serial_sequence(:table, :number), :last)",),
}
"""How each counts the rows of a table, and is told where to go on."""


def dump(url: str, into: Path) -> None:
    """Writes the database at *url* to the empty SQLite file *into*.

    :raises KentonganError: when it cannot be read, or was made by a newer Kentongan than this.
    """
    if (file := _file_of(url)) is not None:
        databases.copy(file, into)
        return
    with _talking(url) as source, _talking(f"sqlite:///{into}") as target:
        source.execution_options(**_SNAPSHOT)
        with source.begin(), target.begin():
            if revision := revision_of(source):
                migrate(target, revision)
                _copy(source, target, _tables(target))


def load(file: Path, url: str) -> None:
    """Puts the rows of the SQLite file *file* into the empty database at *url*: all of them, or none.

    :raises KentonganError: when that refuses.
    """
    with _talking(f"sqlite:///{file}") as source, _talking(url) as target, source.begin(), target.begin():
        if revision := revision_of(source):
            migrate(target, revision)
            _copy(source, target, _tables(source))


def require_empty(url: str) -> None:
    """:raises KentonganError: when the database at *url* has a table, or does not answer."""
    with _talking(url) as connection:
        if inspect(connection).get_table_names():
            raise KentonganError(
                Message("The database that {variable} names is not empty.", {"variable": URL_VARIABLE}),
                Message("Name an empty one, or none: then the database is a file in the state folder."),
            )


def _file_of(url: str) -> Path | None:
    """Where the database at *url* is, if it is SQLite too."""
    try:
        address = make_url(url)
    except SQLAlchemyError as error:
        raise unusable(error) from error
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


@contextmanager
def _talking(url: str) -> Iterator[Connection]:
    try:
        with _engine(url) as engine, engine.connect() as connection:
            yield connection
    except CommandError as error:
        raise KentonganError(
            Message("The database was made by a newer Kentongan than this one."), Message("Update Kentongan first.")
        ) from error
    except (SQLAlchemyError, ImportError) as error:
        raise unusable(error) from error


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _tables(database: Connection) -> list[Table]:
    """Those that hold what cannot be made again, each behind those that it speaks of. *database* is SQLite's, whose
    types are plain ones that every other database has too."""
    tables = MetaData()
    tables.reflect(database, only=lambda name, _: name != "alembic_version" and not name.startswith(databases.CACHE))
    return tables.sorted_tables


def _copy(source: Connection, target: Connection, tables: list[Table]) -> None:
    """By the primary key, for a comment speaks of those before it."""
    for table in tables:
        rows = source.execute(select(table).order_by(*table.primary_key)).mappings()
        for some in rows.partitions(_AT_ONCE):
            target.execute(table.insert(), [dict(row) for row in some])
        if (number := table.autoincrement_column) is not None and (last := _last(source, table, number)):
            _go_on_after(target, table, number, last)


def _last(database: Connection, table: Table, number: Column[Any]) -> int:
    """The highest number that a row of *table* ever had, also one that is gone: it is never given again."""
    asked = _LAST[database.dialect.name]
    counted = database.scalar(text(asked), {"table": table.name, "number": number.name})
    return max(counted or 0, database.scalar(select(func.max(number))) or 0)


def _go_on_after(database: Connection, table: Table, number: Column[Any], last: int) -> None:
    for statement in _GO_ON[database.dialect.name]:
        database.execute(text(statement), {"table": table.name, "number": number.name, "last": last})
