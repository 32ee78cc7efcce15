"""The file itself: a tar of plain files, compressed, whose last member lists the hash of every other."""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kentongan.errors import KentonganError
from kentongan.language import Message

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MANIFEST = "manifest.json"
_CHECKED: dict[int, int] = {zstd.CompressionParameter.checksum_flag: 1}

Progress = Callable[[float], None]
"""Hears which share, from 0 to 1, is done."""

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """What a backup says of itself: who made it, when, of which commit, and every file with its SHA-256.

    ``content`` and ``removed`` are relative to the root of the work tree.
    """

    model_config = ConfigDict(extra="forbid")

    format: Literal[1] = 1
    version: str
    made: AwareDatetime
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40,64}$")] | None
    branch: str | None
    content: str
    removed: list[str]
    files: dict[str, Hash]


class Packer:
    """Puts files into an archive; ``files`` is what is in it, by name, with each hash."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Adds the file *path* as *name*; what has vanished meanwhile is left out."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return
        with file:
            info = self._tar.gettarinfo(arcname=name, fileobj=file)
            info.uid, info.gid, info.uname, info.gname = 0, 0, "", ""
            read = _Hashing(file)
            self._tar.addfile(info, read)
            self.files[name] = read.digest()

    def close(self, manifest: Manifest) -> None:
        """Adds *manifest*, by which a reader knows that nothing is missing."""
        data = manifest.model_dump_json(indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mtime = len(data), int(manifest.made.timestamp())
        self._tar.addfile(info, io.BytesIO(data))


class _Hashing:
    """Reads a file, and knows the hash of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        self._hash.update(data)
        return data

    def digest(self) -> str:
        return self._hash.hexdigest()


@contextmanager
def packing(sink: IO[bytes]) -> Iterator[Packer]:
    """A packer whose archive goes to *sink*."""
    with (
        zstd.ZstdFile(sink, "wb", options=_CHECKED) as stream,
        tarfile.open(fileobj=stream, mode="w|", dereference=True) as tar,
    ):
        yield Packer(tar)


def unpack(source: IO[bytes], folder: Path) -> Manifest:
    """Writes the files of the archive *source* below the new *folder*.

    :raises KentonganError: when it is not whole, not as it was made, or would write anywhere else.
    """
    found: dict[str, str] = {}
    with _telling_damage(), zstd.ZstdFile(source) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            found[member.name] = _extract(tar, member, folder)
        stream.read()  # what is cut off behind the last file is cut off too
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    del found[MANIFEST]
    if manifest.files != found:
        raise damaged()
    for name in (manifest.content, *manifest.removed):
        inside(folder, name)
    return manifest


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Only plain files, each once: a link could lead a later member out of the folder."""
    path = inside(folder, member.name)
    data = tar.extractfile(member) if member.isreg() else None
    if data is None or path.exists():
        raise damaged()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        read = _Hashing(data)
        shutil.copyfileobj(read, file)
    path.chmod(member.mode & 0o755 | 0o600)
    return read.digest()


def inside(folder: Path, name: str) -> Path:
    """The path *name* below *folder*.

    :raises KentonganError: when it leads out of it.
    """
    path = folder / name
    if ".." in PurePosixPath(name).parts or not path.parent.resolve().is_relative_to(folder.resolve()):
        raise KentonganError(
            Message("The backup would write outside its folder, at {path}.", {"path": name}),
            Message("Do not trust it; use another one."),
        )
    return path


def damaged() -> KentonganError:
    return KentonganError(
        Message("This file is no whole backup: it was cut off or changed."), Message("Use an older or another copy.")
    )


@contextmanager
def _telling_damage() -> Iterator[None]:
    try:
        yield
    except (EOFError, tarfile.TarError, zstd.ZstdError, ValueError, FileNotFoundError, NotADirectoryError) as error:
        raise damaged() from error
