"""What was made of a text before, on disk: one SQLite file, which may be carried to another machine.

A key holds everything that its value depends on, so a foreign cache only lacks what is asked for. Each value carries
its own checksum: one that was damaged is not there. Nothing in it is code.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from hashlib import blake2b, sha256
from pathlib import Path

from kentongan.language import LANGUAGES, Message

_SCHEMA = "CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, sum BLOB NOT NULL, value TEXT NOT NULL) WITHOUT ROWID"
_AT_ONCE = 500
_SPARE = 4
"""How many times what a build asked for may be kept, before what it did not ask for goes."""


def key_of(*parts: str) -> bytes:
    """A key for what follows from *parts* alone."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


class Cache:
    """Texts by key, in the file *path*. Whatever is wrong with the file is told once, and then it counts as empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._asked: set[bytes] = set()

    def known(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """The values there are for *keys*."""
        wanted = list(keys)
        self._asked.update(wanted)
        try:
            with closing(self._opened()) as database:
                return dict(_sound(database, wanted))
        except sqlite3.Error as error:
            self._give_up(error)
            return {}

    def keep(self, values: Mapping[bytes, str]) -> None:
        """Keeps *values*; when much lies there that nobody asks for, that goes."""
        self._asked.update(values)
        try:
            with closing(self._opened()) as database, database:
                rows = [(key, _sum(key, value), value) for key, value in values.items()]
                database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", rows)
                self._prune(database)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            self._give_up(error)

    def _opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.path, timeout=10)
        database.execute(_SCHEMA)
        return database

    def _prune(self, database: sqlite3.Connection) -> None:
        (count,) = database.execute("SELECT count(*) FROM made").fetchone()
        if count > _SPARE * (len(self._asked) + _AT_ONCE):
            unasked = [(key,) for (key,) in database.execute("SELECT key FROM made") if key not in self._asked]
            database.executemany("DELETE FROM made WHERE key = ?", unasked)

    def _give_up(self, error: Exception) -> None:
        ignored = Message("The cache {path} is ignored: {error}.", {"path": str(self.path), "error": str(error)})
        print(ignored.told(LANGUAGES[0]), file=sys.stderr)
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            self.path.unlink(missing_ok=True)


def _sound(database: sqlite3.Connection, keys: list[bytes]) -> Iterator[tuple[bytes, str]]:
    """The rows whose checksum is right."""
    for start in range(0, len(keys), _AT_ONCE):
        chunk = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(chunk))
        query = f"SELECT key, sum, value FROM made WHERE key IN ({marks})"  # noqa: S608 - only question marks
        for key, sum_, value in database.execute(query, chunk):
            if isinstance(value, str) and sum_ == _sum(key, value):
                yield key, value


def _sum(key: bytes, value: str) -> bytes:
    return blake2b(value.encode("utf-8", "surrogatepass"), digest_size=16, key=key).digest()
