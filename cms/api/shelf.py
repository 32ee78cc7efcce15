"""The records in the files, read once for each version of each file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from os import DirEntry, scandir
from pathlib import Path

from pydantic import ValidationError

from kentongan.actions import Newsroom
from kentongan.actions.newsroom import path_of
from kentongan.forms import record_of
from kentongan.model import RECORD_TYPES, Kind, Record, Status
from kentongan.repository.git import blob_id
from kentongan.store import files
from kentongan.store.frontmatter import FrontMatterError

_ENDING = ".md"
_Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Volume:
    """One file: what git calls its bytes, and the record in it (``None``: it holds no valid one)."""

    kind: Kind
    id: str
    etag: str
    record: Record | None

    @property
    def path(self) -> str:
        return path_of(self.kind, self.id)


class Shelf:
    """All files of records. What has not changed since it was read is not read again."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._known: dict[str, tuple[_Signature, Volume]] = {}
        self._lock = threading.Lock()

    def all(self, kind: Kind) -> Iterator[Volume]:
        """Every readable file of *kind*."""
        folder = self._room.content / RECORD_TYPES[kind].folder
        entries = list(scandir(folder)) if folder.is_dir() else []
        for entry in entries:
            is_one = entry.name.endswith(_ENDING) and entry.is_file(follow_symlinks=False)
            if is_one and (volume := self._read(kind, entry)):
                yield volume

    def get(self, kind: Kind, id_: str) -> Volume | None:
        """The file of the record *id_*; ``None``: there is none, or none that may be read."""
        place = self._room.content / path_of(kind, id_)
        if not place.is_file() or place.is_symlink():
            return None
        return self._read(kind, place)

    def is_public(self, record: Record, now: datetime) -> bool:
        """Whether readers see *record* at *now*, and what it belongs to."""
        if record.status is not Status.PUBLISHED or (record.date and record.date.replace(tzinfo=now.tzinfo) > now):
            return False
        if record.parent is None:
            return True
        parent = self.get(*record.parent)
        return parent is not None and parent.record is not None and self.is_public(parent.record, now)

    def _read(self, kind: Kind, place: Path | DirEntry[str]) -> Volume | None:
        id_ = place.name.removesuffix(_ENDING)
        path = path_of(kind, id_)
        try:
            stat = place.stat()
            signature = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            with self._lock:
                known = self._known.get(path)
            if known and known[0] == signature:
                return known[1]
            volume = _volume(kind, id_, Path(place).read_bytes())
        except OSError:
            return None
        with self._lock:
            self._known[path] = (signature, volume)
        return volume


def _volume(kind: Kind, id_: str, data: bytes) -> Volume:
    try:
        record = record_of(kind, path_of(kind, id_), files.decode(data))
    except (ValidationError, FrontMatterError):
        record = None
    return Volume(kind, id_, blob_id(data), record)
