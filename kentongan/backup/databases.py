"""SQLite databases, copied while others write to them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kentongan.backup.archive import damaged


def copy(database: Path, into: Path) -> None:
    """Writes *database*, as it is at one instant, to the new file *into*. Writers wait at most for the copy."""
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(into)) as target,
    ):
        source.backup(target)


def check(database: Path) -> None:
    """:raises KentonganError: when *database* is not sound in itself."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        raise damaged() from error
    if not sound:
        raise damaged()
