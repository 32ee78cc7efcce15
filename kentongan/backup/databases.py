"""SQLite databases, copied while others write to them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kentongan.backup.archive import damaged
from kentongan.errors import KentonganError
from kentongan.language import Message

CACHE = "search_"
"""How the tables are called that are filled again from the files."""

_FORGET_INDEX = """
DELETE FROM search_entry;
DELETE FROM search_text_content;
INSERT INTO search_text (search_text) VALUES ('rebuild');
VACUUM;
"""
"""Empties the index of search, which is filled again, and its words, which FTS5 else only marks as gone."""


def copy(database: Path, into: Path) -> None:
    """Writes *database*, as it is at one instant, to the empty file *into*, but not what is a cache in it. Writers wait
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
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_text'").fetchone():
        database.executescript(_FORGET_INDEX)


def check(database: Path) -> None:
    """:raises KentonganError: when *database* is not sound in itself."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        raise damaged() from error
    if not sound:
        raise damaged()
