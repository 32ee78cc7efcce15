"""Brings an office back from a backup: unpacked and checked beside its folder, and put there whole."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from kentongan.backup import databases, repository, rows
from kentongan.backup.archive import Manifest, damaged, inside, unpack
from kentongan.backup.sealing import is_sealed, unseal
from kentongan.database import FILE
from kentongan.errors import KentonganError
from kentongan.language import Message

BUNDLE, WORK, STATE, MEDIA = "repository.bundle", "work", "state", "media"
"""What is in an archive: the repository, files that it has not, databases, recordings."""

_STATE_FOLDER = "var"


def restore(file: Path, folder: Path, passphrase: str | None = None, database: str | None = None) -> Manifest:
    """Makes *folder*, which must not be there or be empty, the office that was backed up to *file*.

    Its database becomes the one at the address *database*, else a file in the state folder.

    :raises KentonganError: when *folder* or *database* has something in it, or the backup is not whole; then nothing is
        written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KentonganError(
            Message("{path} is not an empty folder.", {"path": str(folder)}), Message("Name a new one to restore into.")
        )
    if database:
        rows.require_empty(database)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as name:
        unpacked, office = Path(name) / "unpacked", Path(name) / "office"
        manifest = _unpack(file, unpacked, passphrase)
        _assemble(unpacked, manifest, office)
        if database:
            _move_rows(office / _state(manifest) / FILE, database)
        office.rename(folder)
    return manifest


def _unpack(file: Path, folder: Path, passphrase: str | None) -> Manifest:
    folder.mkdir()
    if not is_sealed(file):
        with file.open("rb") as source:
            return unpack(source, folder)
    if passphrase is None:
        raise KentonganError(Message("The backup is encrypted, and no passphrase was given."))
    clear = folder.with_name("clear")
    unseal(file, passphrase, clear)
    with clear.open("rb") as source:
        manifest = unpack(source, folder)
    clear.unlink()
    return manifest


def _move_rows(file: Path, database: str) -> None:
    """Takes the rows out of *file*, which is no more needed then."""
    if file.is_file():
        rows.load(file, database)
        file.unlink()


def _assemble(unpacked: Path, manifest: Manifest, office: Path) -> None:
    if manifest.commit:
        _revive(unpacked / BUNDLE, office, manifest)
    else:
        office.mkdir()
    for name in manifest.removed:
        _remove(office, inside(office, name))
    for database in (unpacked / STATE).glob("*.sqlite3"):
        databases.check(database)
    state = _state(manifest)
    for part, place in ((WORK, "."), (STATE, state), (MEDIA, f"{state}/{MEDIA}")):
        _move(unpacked / part, office, place)


def _state(manifest: Manifest) -> str:
    """The state folder, which is beside the content."""
    return f"{Path(manifest.content).parent.as_posix()}/{_STATE_FOLDER}"


def _revive(bundle: Path, office: Path, manifest: Manifest) -> None:
    if not bundle.is_file() or manifest.commit is None:
        raise damaged()
    repository.unpack(bundle, office, manifest.commit, manifest.branch)


def _remove(office: Path, path: Path) -> None:
    """Removes *path*, and the folders that it leaves empty."""
    path.unlink(missing_ok=True)
    for folder in path.relative_to(office).parents[:-1]:
        with suppress(OSError):
            (office / folder).rmdir()


def _move(source: Path, office: Path, place: str) -> None:
    """Moves all files below *source* to *place* in *office*, and never through a link that leads out of it."""
    for path in [path for path in source.rglob("*") if path.is_file()]:
        name = f"{place}/{path.relative_to(source).as_posix()}"
        inside(office, name).parent.mkdir(parents=True, exist_ok=True)
        path.replace(inside(office, name))
