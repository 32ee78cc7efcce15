"""Writes that are whole or not at all, whatever dies in between."""

from __future__ import annotations

import os
import time
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple, Self

PART = ".part"
"""How the name of a file ends that is not whole yet."""

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC
_NUMBERS = count()
_RUN = token_hex(4)
"""With the process and a number it makes a name that nothing has, not even what a killed process left."""


class Signature(NamedTuple):
    """A file as it lies there: the same as before, as long as nobody has written it."""

    modified: int
    size: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        return cls(status.st_mtime_ns, status.st_size, status.st_ino)


def signature(path: Path) -> Signature | None:
    """The file at *path* as it lies there; ``None``: there is none."""
    try:
        return Signature.of(path.lstat())
    except OSError:
        return None


def write(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Puts *data* at *path* by write and rename; *durable* also waits for the disk.

    A rename replaces the name, never the bytes of a file that an older release may share by a hard link.
    """
    stage(path, data, durable=durable).replace(path)
    if durable:
        sync(path.parent)


def stage(path: Path, data: bytes, *, durable: bool = False) -> Path:
    """A file beside *path* that holds *data*, whole, and has only to be renamed."""
    folder, name = os.path.split(path)
    staged = f"{folder}/.{name[:80]}.{_RUN}{os.getpid()}-{next(_NUMBERS)}{PART}"
    try:
        handle = _created(staged, folder)
        try:
            _write_all(handle, data)
            os.fchmod(handle, 0o644)
            if durable:
                os.fsync(handle)
        finally:
            os.close(handle)
        return Path(staged)
    except BaseException as error:
        Path(staged).unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise


def _created(staged: str, folder: str) -> int:
    """A new file, whose folder is made where it is not there; most are."""
    try:
        return os.open(staged, _NEW, 0o600)
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
        return os.open(staged, _NEW, 0o600)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def unstage(folder: Path, seconds: float = 0.0) -> None:
    """Removes what was staged below *folder*, *seconds* ago or earlier, and never renamed; and the folders that it
    leaves empty."""
    for left in list(folder.rglob(f".*{PART}")):
        found = signature(left)
        if found is None or (seconds and time.time() - found.modified / 1e9 < seconds):
            continue
        left.unlink(missing_ok=True)
        for parent in left.relative_to(folder).parents[:-1]:
            try:
                (folder / parent).rmdir()
            except OSError:
                break


def sync(path: Path) -> None:
    """Waits until the disk has what a file holds, or the names that a folder holds."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
