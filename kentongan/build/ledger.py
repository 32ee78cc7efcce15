"""The ledger: which file of the output was written from what, so that only what changed is rendered and written.

It names only what we wrote: files put into the output by hand are never touched. Paths that are about to be written
are noted *before* the first write, so that an interrupted build leaves no file behind that nobody owns. On disk it is
a log, one JSON line per change; what a killed build left half written at its end is cut off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from kentongan.store import atomic

FORMAT = 3
_READABLE = (2, FORMAT)
"""Format 2 did not say how a file lay there."""
_HEAD = json.dumps({"format": FORMAT}) + "\n"
_ROOM = 1000
"""How many lines the log may have beyond twice what it says, before it is written anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``identity`` of the artifact, and ``digest`` (SHA-256) of the bytes written; both empty: meant to be written.

    ``seen`` is the file as it lay there when its bytes were last known: as long as it lies there so, nobody reads it.
    """

    identity: str
    digest: str
    seen: atomic.Signature | None = None

    @classmethod
    def of(cls, identity: str, data: bytes, seen: atomic.Signature) -> Self:
        """The entry of a file that holds *data*."""
        return cls(identity, sha256(data).hexdigest(), seen)


_MEANT = Entry("", "")


class Ledger:
    """The ledger of one output folder, kept at *path*. A damaged or foreign file counts as empty."""

    def __init__(self, path: Path, output: Path) -> None:
        self.path, self.output = path, output
        self._entries, self._lines = _read(path)
        self.trusting = False
        """Whether files that were once seen are taken to lie there still."""
        self._unsaved: list[str] = []
        self._left = atomic.signature(path)

    def is_as_we_left_it(self) -> bool:
        """Whether nobody else has written the ledger since."""
        return self._left is not None and atomic.signature(self.path) == self._left

    @property
    def names(self) -> Collection[str]:
        """Every file that we have written."""
        return self._entries.keys()

    def current(self, name: str, identity: str) -> Entry | None:
        """The entry of the file *name*, if it is there as it was written from *identity*."""
        entry = self._entries.get(name)
        if entry is None or entry.identity != identity:
            return None
        if self.trusting and entry.seen:
            return entry
        path = self.output / name
        if entry.seen and entry.seen == atomic.signature(path):
            return entry
        digest, seen = _look(path)
        return Entry(identity, digest, seen) if digest == entry.digest else None

    def intend(self, names: Iterable[str]) -> None:
        """Notes on disk that *names* are about to be written."""
        for name in names:
            if name not in self._entries:
                self._note(name, _MEANT)
        self.save()

    def knows(self, name: str, entry: Entry) -> None:
        """Notes that *name* now holds what *entry* says; :meth:`save` puts it on disk."""
        if self._entries.get(name) != entry:
            self._note(name, entry)

    def strangers(self, names: Iterable[str]) -> list[str]:
        """What we once wrote and *names* no longer has."""
        return sorted(self._entries.keys() - set(names))

    def forget(self, name: str) -> None:
        """Notes that *name* is gone."""
        if self._entries.pop(name, None):
            self._unsaved.append(_line(name))

    def save(self) -> None:
        """Puts what was noted on disk."""
        if not self._unsaved:
            return
        if self._lines == 0 or self._lines + len(self._unsaved) > 2 * len(self._entries) + _ROOM:
            lines = [_line(name, *_told(entry)) for name, entry in sorted(self._entries.items())]
            atomic.write(self.path, "".join((_HEAD, *lines)).encode(), durable=True)
            self._lines = len(lines) + 1
        else:
            _append(self.path, "".join(self._unsaved).encode())
            self._lines += len(self._unsaved)
        self._unsaved.clear()
        self._left = atomic.signature(self.path)

    def _note(self, name: str, entry: Entry) -> None:
        self._entries[name] = entry
        self._unsaved.append(_line(name, *_told(entry)))


def _told(entry: Entry) -> tuple[str | int, ...]:
    return (entry.identity, entry.digest, *(entry.seen or ()))


def _line(*parts: str | int) -> str:
    return json.dumps(parts) + "\n"


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> tuple[dict[str, Entry], int]:
    """The entries, and how many lines tell of them; no lines: the file has to be written anew."""
    try:
        data = path.read_bytes()
        whole, _, torn = data.rpartition(b"\n")
        head, *lines = whole.split(b"\n")
        if json.loads(head)["format"] not in _READABLE:
            return {}, 0
        return _replayed(json.loads(b"[" + b",".join(lines) + b"]")), 0 if torn else len(lines) + 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, 0


def _replayed(changes: list[list[Any]]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for name, *told in changes:
        if told:
            identity, digest, *seen = told
            entries[str(name)] = Entry(str(identity), str(digest), atomic.Signature(*map(int, seen)) if seen else None)
        else:
            entries.pop(name, None)
    return entries


def _look(path: Path) -> tuple[str | None, atomic.Signature | None]:
    """The digest of a file, and the file as it lay there then."""
    try:
        with path.open("rb") as file:
            seen = atomic.Signature.of(os.fstat(file.fileno()))
            return sha256(file.read()).hexdigest(), seen
    except OSError:
        return None, None
