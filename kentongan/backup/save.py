"""Makes a backup: packed beside its place, tried by restoring it, and only then put there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO

from kentongan import __version__
from kentongan.backup import databases
from kentongan.backup.archive import Manifest, Packer, Progress, packing
from kentongan.backup.office import ENDINGS, Office
from kentongan.backup.repository import Repository
from kentongan.backup.restore import BUNDLE, MEDIA, STATE, WORK, restore
from kentongan.backup.sealing import sealing
from kentongan.store import atomic

_LAST = "last-backup"
"""In the state folder: the instant of the last backup that was made."""


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
    file = to / _name(made, passphrase) if to.is_dir() else to
    office.state.mkdir(parents=True, exist_ok=True)
    with _replacing(file) as part, tempfile.TemporaryDirectory(prefix=".backup-", dir=office.state) as name:
        with part.open("wb") as sink, _stream(sink, passphrase) as stream, packing(stream) as packer:
            _pack(office, packer, Path(name), made, progress)
        if verify:
            restore(part, Path(name) / "restored", passphrase)
    atomic.write(office.state / _LAST, made.isoformat().encode())
    return file


def last_backup(state: Path) -> datetime | None:
    """When the office of the state folder *state* was last backed up; ``None``: that is not known."""
    try:
        return datetime.fromisoformat((state / _LAST).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _name(made: datetime, passphrase: str | None) -> str:
    return f"kentongan-{made:%Y%m%dT%H%M%SZ}{ENDINGS[passphrase is not None]}"


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
        databases.copy(database, workshop / database.name)
        yield f"{STATE}/{database.name}", workshop / database.name
    for path in office.recordings():
        yield f"{MEDIA}/{path.relative_to(office.media).as_posix()}", path


@contextmanager
def _replacing(file: Path) -> Iterator[Path]:
    """A new file, readable by its owner alone, that takes the place of *file* if all goes well."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=atomic.PART, dir=file.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        atomic.sync(part)
        part.replace(file)
        atomic.sync(file.parent)
    finally:
        part.unlink(missing_ok=True)
