"""The ledger: which file of the output was written from what, so that only what changed is rendered and written.

It names only what we wrote: files put into the output by hand are never touched. Paths that are about to be written
are noted *before* the first write, so that an interrupted build leaves no file behind that nobody owns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kentongan.store import atomic

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """``identity`` of the artifact, and ``digest`` (SHA-256) of the bytes written; both empty: meant to be written."""

    identity: str
    digest: str


_MEANT = Entry("", "")


class Ledger:
    """The ledger of one output folder, kept at *path*. A damaged or foreign file counts as empty."""

    def __init__(self, path: Path, output: Path) -> None:
        self.path, self.output = path, output
        self._entries = _read(path)

    def is_current(self, name: str, identity: str) -> bool:
        """Whether the file *name* is there, as it was written from *identity*."""
        entry = self._entries.get(name)
        return entry is not None and entry.identity == identity and _digest(self.output / name) == entry.digest

    def intend(self, names: Iterable[str]) -> None:
        """Notes on disk that *names* are about to be written."""
        new = {name: _MEANT for name in names if name not in self._entries}
        if new:
            self._entries |= new
            self.save()

    def wrote(self, name: str, identity: str, data: bytes) -> None:
        """Notes that *name* now holds *data*; :meth:`save` puts it on disk."""
        self._entries[name] = Entry(identity, sha256(data).hexdigest())

    def strangers(self, names: Iterable[str]) -> list[str]:
        """What we once wrote and *names* no longer has."""
        return sorted(self._entries.keys() - set(names))

    def forget(self, name: str) -> None:
        """Notes that *name* is gone."""
        self._entries.pop(name, None)

    def save(self) -> None:
        """Puts the ledger on disk, whole or not at all."""
        entries = {name: [entry.identity, entry.digest] for name, entry in sorted(self._entries.items())}
        document = {"format": FORMAT, "entries": entries}
        atomic.write(self.path, json.dumps(document, indent=0).encode(), durable=True)


def _read(path: Path) -> dict[str, Entry]:
    try:
        document = json.loads(path.read_bytes())
        if document["format"] != FORMAT:
            return {}
        return {str(name): Entry(*map(str, pair)) for name, pair in document["entries"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _digest(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
