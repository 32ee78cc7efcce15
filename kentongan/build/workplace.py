"""Where one build works: its content, settings, output and state, and the lock that lets one build at a time write."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from kentongan.errors import KentonganError
from kentongan.language import Message

STATE_VARIABLE = "KENTONGAN_STATE"
LOCK_PATIENCE = 120.0
"""Seconds to wait for another build of the same output."""

_SOCKET_LIMIT = 100
"""A socket's path may have 107 bytes (``sun_path``)."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Absolute paths. ``settings`` is ``None`` where the office has no settings file of its own."""

    content: Path
    settings: Path | None
    output: Path
    state: Path

    @classmethod
    def of(cls, content: Path, settings: Path | None, output: Path, state: Path | None = None) -> Self:
        """The workplace, its paths resolved; the state folder is ``KENTONGAN_STATE``, else ``var/`` beside content."""
        content = content.resolve()
        named = state or os.environ.get(STATE_VARIABLE)
        return cls(
            content=content,
            settings=settings.resolve() if settings else None,
            output=output.resolve(),
            state=Path(named).resolve() if named else content.parent / "var",
        )

    @property
    def ledger(self) -> Path:
        return self._file(self._output_key, "ledger.json")

    @property
    def cache(self) -> Path:
        """What was made of texts; it speaks of no place, and may be carried from one machine to another."""
        return self.state / "texts.sqlite3"

    @property
    def residence(self) -> Path:
        """Held by the one resident builder as long as it lives."""
        return self._file(self._builder_key, "resident.lock")

    @property
    def socket(self) -> Path:
        """Where the resident builder listens; in the temporary folder when the state folder's path is too long."""
        path = self._file(self._builder_key, "socket")
        if len(os.fsencode(path)) <= _SOCKET_LIMIT:
            return path
        return Path(tempfile.gettempdir()) / f"kentongan-{os.getuid()}" / f"{self._builder_key}.socket"

    def private_socket(self) -> Path:
        """:attr:`socket`, in a folder that nobody else can have put there.

        :raises KentonganError: when somebody has.
        """
        folder = self.socket.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o022:
            raise KentonganError(
                Message("The folder {path} may be written by others.", {"path": str(folder)}),
                Message("Delete it, or name a state folder of your own with --state."),
            )
        return self.socket

    @property
    def _output_key(self) -> str:
        """Whoever writes this output shares one ledger and one lock, whatever the settings."""
        return _key(self.content, self.output)

    @property
    def _builder_key(self) -> str:
        return _key(self.content, self.output, self.settings)

    @contextmanager
    def locked(self, patience: float = LOCK_PATIENCE) -> Iterator[None]:
        """Waits until no other build writes this output, then keeps others waiting.

        :raises KentonganError: after *patience* seconds.
        """
        with open_locked(self._file(self._output_key, "build.lock"), patience):
            yield

    def _file(self, key: str, ending: str) -> Path:
        return self.state / "builders" / f"{key}.{ending}"


def _key(*paths: Path | None) -> str:
    return sha256("\0".join(map(str, paths)).encode()).hexdigest()[:16]


@contextmanager
def open_locked(path: Path, patience: float = 0.0) -> Iterator[None]:
    """Holds the lock file *path*; the kernel lets go of it when this process ends, however it ends.

    :raises KentonganError: when somebody else still holds it after *patience* seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + patience
    with path.open("a") as file:
        while not _try_lock(file.fileno()):
            if time.monotonic() >= deadline:
                raise KentonganError(
                    Message("Another build of this site is still running."),
                    Message("Wait until it has ended, or end it."),
                )
            time.sleep(0.05)
        yield


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
