"""The media store: a folder outside git for recordings, each named by the hash of its bytes and never changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kentongan.model.audio import STORED
from kentongan.store import atomic

MEDIA_VARIABLE = "KENTONGAN_MEDIA"
_DIGITS = 32
"""Of a SHA-256: enough that nobody guesses the name of what is not public yet."""

_UNFINISHED = ".new-"
_ABANDONED = 24 * 3600.0
"""Seconds after which nobody works in an unfinished folder any more."""


@dataclass(frozen=True, slots=True)
class MediaStore:
    """The store in ``folder``; a recording at ``/media/audio/<name>`` is its file ``audio/<name>``."""

    folder: Path

    @classmethod
    def of(cls, state: Path, environment: Mapping[str, str] = os.environ) -> Self:
        """The folder that ``KENTONGAN_MEDIA`` names, else ``media/`` in the *state* folder."""
        return cls(Path(environment.get(MEDIA_VARIABLE) or state / "media").resolve())

    def find(self, address: str) -> Path | None:
        """The file of a recording of the store, if it is here."""
        path = self.folder / "audio" / address.removeprefix(STORED)
        return path if address.startswith(STORED) and "/" not in path.name and path.is_file() else None

    def put(self, file: Path) -> str:
        """Moves *file*, made in :meth:`workshop`, into the store; returns its address. What is there already stays."""
        name = f"{_digest(file)}{file.suffix}"
        place = self.folder / "audio" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_file():
            file.chmod(0o644)
            atomic.sync(file)
            file.replace(place)
            atomic.sync(place.parent)
        return f"{STORED}{name}"

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder on the store's own disk for files that are not finished; gone afterwards, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=self.folder) as name:
            yield Path(name)

    def _sweep(self) -> None:
        """Removes what was left by somebody who was killed."""
        for left in self.folder.glob(f"{_UNFINISHED}*"):
            if left.stat().st_mtime < time.time() - _ABANDONED:
                shutil.rmtree(left, ignore_errors=True)


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()[:_DIGITS]
