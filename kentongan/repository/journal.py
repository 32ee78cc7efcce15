"""What was promised to a person before it was done: entries that outlast a process that is killed half-way."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kentongan.repository.git import Author
from kentongan.store import atomic

FOLDER = "journal"
"""Below the state folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One group of files to be written and committed together.

    ``files`` holds their bytes (``None``: deleted) and ``before`` the blobs they replace, each by its path below the
    content folder; ``written`` says that the work tree has them.
    """

    name: str
    author: Author
    message: str
    when: datetime
    files: Mapping[str, bytes | None]
    before: Mapping[str, str | None]
    written: bool = False


class Journal:
    """The entries of one content folder, each a file, oldest first. Whoever writes here holds the writer's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, entry: Entry) -> None:
        """Keeps *entry*, also when the power goes right after."""
        data = {
            "author": [entry.author.name, entry.author.email],
            "message": entry.message,
            "when": entry.when.isoformat(),
            "files": {path: _written(data) for path, data in entry.files.items()},
            "before": dict(entry.before),
            "written": entry.written,
        }
        atomic.write(self._path(entry.name), json.dumps(data).encode(), durable=True)

    def entries(self) -> Iterator[Entry]:
        """What has not been done to its end."""
        for path in sorted(self._folder.glob("[0-9]*.json")):
            data = json.loads(path.read_bytes())
            data |= {"author": Author(*data["author"]), "when": datetime.fromisoformat(data["when"])}
            data["files"] = {name: _read(told) for name, told in data["files"].items()}
            yield Entry(path.stem, **data)

    def waiting(self, seconds: float) -> int:
        """How many have waited for longer than so many seconds."""
        return sum(int(path.stem) < time.time_ns() - seconds * 1e9 for path in self._folder.glob("[0-9]*.json"))

    def remove(self, entry: Entry) -> None:
        """Forgets what has been done."""
        self._path(entry.name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _written(data: bytes | None) -> Any:
    """*data* in JSON: text as it is, so that a person can read it there, and everything else in base 64."""
    try:
        return data if data is None else data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data or b"").decode()}


def _read(told: Any) -> bytes | None:
    if isinstance(told, dict):
        return base64.b64decode(told["base64"])
    return None if told is None else str(told).encode()


def next_name() -> str:
    """A name that sorts behind all that were given before."""
    return f"{time.time_ns():020}"
