"""Writes that are whole or not at all, whatever dies in between."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

PART = ".part"
"""How the name of a file ends that is not whole yet."""


def write(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Puts *data* at *path* by write and rename; *durable* also waits for the disk.

    A rename replaces the name, never the bytes of a file that an older release may share by a hard link.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=PART, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            if durable:
                os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = error.filename or str(path)
        raise
    if durable:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the names that *folder* holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
