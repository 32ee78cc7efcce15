"""Makes a backup: packed beside its place, tried by restoring it, and only then put there."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import IO

from kentongan import __version__
from kentongan.backup import databases, rows
from kentongan.backup.archive import Manifest, Packer, Progress, packing
from kentongan.backup.office import ENDINGS, Office
from kentongan.backup.repository import Repository
from kentongan.backup.restore import BUNDLE, MEDIA, STATE, WORK, restore
from kentongan.backup.sealing import sealing
from kentongan.build.workplace import open_locked
from kentongan.database import FILE
from kentongan.store import atomic

_LAST = "last-backup"
"""In the state folder: the instant of the last backup that was made."""

PATIENCE = 600.0
"""Seconds to wait for another backup of the same office."""

_WORKSHOP = ".backup-"
_PART = ".kentongan-backup-"
"""How the folder is called in which a backup is made, and its file before it has its name."""


def save(
    office: Office,
    to: Path,
    made: datetime,
    *,
    passphrase: str | None = None,
    verify: bool = True,
    progress: Progress = lambda _: None,
) -> Path:
    """Backs *office* up to the file *to*, or into the folder *to* by the name of the instant *made*; returns the file.

    :raises KentonganError: when it cannot be made, or cannot be restored; then what was there stays.
    """
    folder = to if to.is_dir() else to.parent
    with _workshop(office.state) as workshop, _part(folder) as part:
        with part.open("r+b") as sink, _stream(sink, passphrase) as stream, packing(stream) as packer:
            _pack(office, packer, workshop, made, progress)
        if verify:
            restore(part, workshop / "restored", passphrase)
        atomic.sync(part)
        file = _put(part, to, f"kentongan-{made:%Y%m%dT%H%M%SZ}", ENDINGS[passphrase is not None])
        atomic.sync(folder)
    atomic.write(office.state / _LAST, made.isoformat().encode())
    return file


def last_backup(state: Path) -> datetime | None:
    """When the office of the state folder *state* was last backed up; ``None``: that is not known."""
    try:
        return datetime.fromisoformat((state / _LAST).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _stream(sink: IO[bytes], passphrase: str | None) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sink) if passphrase is None else sealing(sink, passphrase)


def _pack(office: Office, packer: Packer, workshop: Path, made: datetime, progress: Progress) -> None:
    repository, bundle = Repository(office.content), workshop / BUNDLE
    commit = repository.bundle(bundle)
    removed = repository.removed(commit)
    members = list(_members(office, repository, commit, workshop))
    for done, (name, path) in enumerate(members, start=1):
        packer.add(name, path)
        progress(done / len(members))
    packer.close(
        Manifest(
            version=__version__,
            made=made,
            commit=commit,
            branch=repository.branch(bundle) if commit else None,
            content=office.content.relative_to(repository.top).as_posix(),
            removed=removed,
            files=packer.files,
        )
    )


def _members(office: Office, repository: Repository, commit: str | None, workshop: Path) -> Iterator[tuple[str, Path]]:
    """Each file with its name in the archive."""
    if commit:
        yield BUNDLE, workshop / BUNDLE
    for path in office.loose(repository, commit):
        yield f"{WORK}/{path.relative_to(repository.top).as_posix()}", path
    for path in (*office.journal(), *office.keys()):
        yield f"{STATE}/{path.relative_to(office.state).as_posix()}", path
    for database in office.databases():
        databases.copy(database, _private(workshop / database.name))
        yield f"{STATE}/{database.name}", workshop / database.name
    if office.database:
        rows.dump(office.database, _private(workshop / FILE))
        yield f"{STATE}/{FILE}", workshop / FILE
    for path in office.recordings():
        yield f"{MEDIA}/{path.relative_to(office.media).as_posix()}", path


def _private(path: Path) -> Path:
    """*path*, an empty file for this account alone, as which it will come back."""
    path.touch(mode=0o600)
    return path


@contextmanager
def _workshop(state: Path) -> Iterator[Path]:
    """A new folder in the state folder, for one backup at a time; those of backups that were killed go."""
    with open_locked(state / "backup.lock", PATIENCE):
        for left in state.glob(f"{_WORKSHOP}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_WORKSHOP, dir=state) as name:
            yield Path(name)


@contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """A new file in *folder*, readable by its owner alone, and gone afterwards unless it was given a name. It is locked
    while it is written: one that is not was left by a backup that was killed, and goes."""
    for left in folder.glob(f"{_PART}*"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
    handle, name = tempfile.mkstemp(prefix=_PART, suffix=atomic.PART, dir=folder)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield Path(name)
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)


def _put(part: Path, to: Path, stem: str, ending: str) -> Path:
    """Gives *part* the name *to*, or in the folder *to* one that begins with *stem* and that nothing has yet: several
    offices may keep their backups there. Returns the file."""
    if not to.is_dir():
        part.replace(to)
        return to
    names = (f"{stem}{f'-{number:03}' if number else ''}{ending}" for number in count())
    return next(to / name for name in names if _took(part, to / name))


def _took(part: Path, file: Path) -> bool:
    """Names *part* *file*, if nothing has that name yet."""
    try:
        os.link(part, file)
    except FileExistsError:
        return False
    except OSError:  # a file system without links, as on many sticks
        if file.exists():
            return False
        part.replace(file)
    return True
