"""Uploads that arrive piece by piece: their parts in the state folder, until they are taken or a day has passed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kentongan.sound.intake import MAX_BYTES as RECORDING_BYTES
from kentongan.store import atomic
from kentongan.store.media import MAX_BYTES as PICTURE_BYTES

FOLDER = "uploads"
LIMITS: Mapping[str, int] = {"picture": PICTURE_BYTES, "recording": RECORDING_BYTES}
"""The largest upload of each kind, in bytes."""

QUOTA = RECORDING_BYTES + 20 * PICTURE_BYTES
"""Bytes that one account may have on their way at a time."""

MOST = 40
"""Uploads that one account may have on their way at a time."""

LIFETIME = 24 * 3600.0
"""Seconds after its last piece until an upload is thrown away."""

CHECKSUMS = ("sha1", "sha256")
_KEPT_FREE = 500_000_000
"""Bytes of the disk that uploads leave to everybody else."""

_SWEPT_EVERY = 600.0

_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class UploadError(Exception):
    """An upload was refused; ``status`` is the HTTP status that says why."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload of the account ``owner``: ``length`` bytes of a file that is called ``name`` where it comes from."""

    id: str
    owner: str
    kind: str
    length: int
    name: str


class Uploads:
    """The uploads below one state folder."""

    def __init__(self, state: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder, self._clock = state / FOLDER, clock
        self._latest: dict[str, object] = {}
        self._swept = -_SWEPT_EVERY

    def create(self, owner: str, kind: str, length: int, name: str) -> Upload:
        """Makes room for an upload.

        :raises UploadError: when its owner has too many, or it would be too large: for its kind, its owner's quota, or
            the disk.
        """
        if self._clock() - self._swept >= _SWEPT_EVERY:
            self.sweep()
        if kind not in LIMITS:
            raise UploadError(400, "unknown kind of upload")
        mine = [one for one in self._all() if one.owner == owner and self.expires(one) > self._clock()]
        if len(mine) >= MOST:
            raise UploadError(429, "too many uploads at a time: end one, or wait until one has arrived")
        if length > LIMITS[kind] or length > QUOTA - sum(one.length for one in mine):
            raise UploadError(413, "too large")
        self._folder.mkdir(parents=True, exist_ok=True)
        if length > shutil.disk_usage(self._folder).free - _KEPT_FREE:
            raise UploadError(507, "the disk is full")
        upload = Upload(secrets.token_urlsafe(16), owner, kind, length, name)
        self._part(upload).touch()
        atomic.write(self._record(upload.id), json.dumps(asdict(upload)).encode())
        return upload

    def keep(self, owner: str, kind: str, data: bytes) -> Upload | None:
        """*data* that came at once, as if it had come in pieces; ``None``: there is none, or no room for it."""
        try:
            upload = self.create(owner, kind, len(data), "") if data else None
        except UploadError:
            return None
        if upload:
            self._part(upload).write_bytes(data)
        return upload

    def find(self, id_: str, owner: str) -> Upload | None:
        """The upload *id_* of *owner*, if it is there and not over."""
        upload = self._read(id_) if _ID.fullmatch(id_) else None
        return upload if upload and upload.owner == owner and self.expires(upload) > self._clock() else None

    def offset(self, upload: Upload) -> int:
        """How many bytes have arrived."""
        try:
            return self._part(upload).stat().st_size
        except OSError:
            return 0

    def expires(self, upload: Upload) -> float:
        """When it is thrown away, in seconds since 1970."""
        try:
            return self._part(upload).stat().st_mtime + LIFETIME
        except OSError:
            return 0.0

    def finished(self, upload: Upload) -> Path | None:
        """The whole file, once all of it has arrived."""
        return self._part(upload) if self.offset(upload) == upload.length else None

    async def append(
        self, upload: Upload, offset: int, pieces: AsyncIterator[bytes], checksum: tuple[str, bytes] | None = None
    ) -> int:
        """Writes *pieces* from *offset* on; what arrived before the connection broke off stays, unless there is a
        *checksum* (its name, its digest), which only all of them together can meet.

        A newer call for the same upload takes over: the phone has come back, and the old connection hangs.

        :returns: how many bytes have arrived now.
        :raises UploadError: when *offset* is not where it ends, too much comes, or *checksum* says something else.
        """
        if offset != self.offset(upload):
            raise UploadError(409, "another offset")
        turn = self._latest[upload.id] = object()
        try:
            await self._write(upload, offset, pieces, checksum, turn)
        finally:
            if self._latest.get(upload.id) is turn:
                del self._latest[upload.id]
        return self.offset(upload)

    async def _write(
        self,
        upload: Upload,
        offset: int,
        pieces: AsyncIterator[bytes],
        checksum: tuple[str, bytes] | None,
        turn: object,
    ) -> None:
        digest = hashlib.new(checksum[0] if checksum else "sha1", usedforsecurity=False)
        whole = False
        at = offset
        with self._part(upload).open("r+b", buffering=0) as part:
            try:
                async for piece in pieces:
                    self._admit(upload, at + len(piece), turn)
                    os.pwrite(part.fileno(), piece, at)
                    digest.update(piece)
                    at += len(piece)
                whole = checksum is None or digest.digest() == checksum[1]
            finally:
                if checksum and not whole and self._latest.get(upload.id) is turn:
                    part.truncate(offset)
        if not whole:
            raise UploadError(460, "checksum mismatch")

    def _admit(self, upload: Upload, end: int, turn: object) -> None:
        if self._latest.get(upload.id) is not turn:
            raise UploadError(423, "continued elsewhere")
        if end > upload.length:
            raise UploadError(413, "more than was announced")

    def end(self, upload: Upload) -> None:
        """Throws it away."""
        self._latest.pop(upload.id, None)
        self._record(upload.id).unlink(missing_ok=True)
        self._part(upload).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Throws away what nobody has gone on with for a day."""
        self._swept = self._clock()
        for upload in self._all():
            if self.expires(upload) <= self._clock():
                self.end(upload)

    def _all(self) -> Iterator[Upload]:
        for path in sorted(self._folder.glob("*.json")):
            if upload := self._read(path.stem):
                yield upload

    def _read(self, id_: str) -> Upload | None:
        try:
            return Upload(**json.loads(self._record(id_).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def _record(self, id_: str) -> Path:
        return self._folder / f"{id_}.json"

    def _part(self, upload: Upload) -> Path:
        return self._folder / f"{upload.id}.part"
