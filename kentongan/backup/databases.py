"""SQLite databases, copied while others write to them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kentongan.backup.archive import damaged
from kentongan.errors import KentonganError
from kentongan.language import Message

_CACHES = ("search_entry", "search_text")
"""Tables that are filled again when they are empty."""


def copy(database: Path, into: Path) -> None:
    """Writes *database*, as it is at one instant, to the new file *into*, but not what is a cache in it. Writers wait
    at most for the copy.

    :raises KentonganError: when it cannot be read.
    """
    try:
        with (
            closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(into)) as target,
        ):
            source.backup(target)
            _empty_caches(target)
    except sqlite3.DatabaseError as error:
        raise KentonganError(
            Message("The database {path} cannot be read: {error}.", {"path": str(database), "error": str(error)}),
            Message("Bring it back from an older backup, or move it away if it is no database of Kentongan."),
        ) from error


def _empty_caches(database: sqlite3.Connection) -> None:
    there = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in there.intersection(_CACHES):
        database.execute(f"DELETE FROM {name}")  # noqa: S608 - a constant
    database.commit()
    if there.intersection(_CACHES):
        database.execute("VACUUM")


def check(database: Path) -> None:
    """:raises KentonganError: when *database* is not sound in itself."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        raise damaged() from error
    if not sound:
        raise damaged()
