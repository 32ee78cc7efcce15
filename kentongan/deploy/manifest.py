"""What is at a target: a small file there lists it by hash, so that only what differs is sent, over any protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any

from kentongan.deploy.order import uncompressed
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.serving.policy import is_hashed

NAME = ".kentongan-deploy.json"
GRACE = timedelta(hours=1)
"""How long an asset stays after the last page that shows it: readers have that page open, or a cache holds it."""

Digests = Mapping[str, str]
"""Path below the site's root -> SHA-256 of the file, as hex digits."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every file of ours at a target, and since when (UTC) those are not needed that stay for a while.

    A digest of ``None`` means that the file was being sent or deleted when last heard of: it may be old, new or gone.
    Files at the target that are not listed are somebody else's, and never touched.
    """

    files: Mapping[str, str | None] = field(default_factory=dict)
    unneeded: Mapping[str, datetime] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """As it lies at the target."""
        data = {
            "format": _FORMAT,
            "files": dict(sorted(self.files.items())),
            "unneeded": {path: since.isoformat() for path, since in sorted(self.unneeded.items())},
        }
        return json.dumps(data, ensure_ascii=False, indent=0).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Manifest:
        """The manifest that :meth:`to_json` wrote.

        :raises KentonganError: when it is not one.
        """
        try:
            read: Any = json.loads(data)
            unneeded = {path: datetime.fromisoformat(since) for path, since in read["unneeded"].items()}
            whole = all(since.tzinfo for since in unneeded.values())
            if whole and read["format"] == _FORMAT and all(map(is_below_the_root, read["files"])):
                return cls(read["files"], unneeded)
        except (ValueError, TypeError, KeyError, AttributeError):
            pass  # told below, as what is read but means nothing
        raise KentonganError(
            Message("{file} at the target cannot be understood.", {"file": NAME}),
            Message("Deploy with --all: everything is sent again, and the list is written anew."),
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What makes a target hold a release: paths to send and to delete, and the files that stay for a while."""

    send: tuple[str, ...]
    delete: tuple[str, ...]
    keep: tuple[str, ...]


def changes(there: Manifest, here: Digests, now: datetime, grace: timedelta = GRACE) -> Changes:
    """From what is *there* to what is *here*. Assets stay for *grace* after they were last needed; pages do not."""
    gone = sorted(there.files.keys() - here.keys())
    keep = [path for path in gone if is_hashed(path) and now - there.unneeded.get(path, now) < grace]
    return Changes(
        send=tuple(path for path, digest in sorted(here.items()) if there.files.get(path) != digest),
        delete=tuple(path for path in gone if path not in keep),
        keep=tuple(keep),
    )


def digests(release: Path, *, precompressed: bool) -> Digests:
    """Every regular file of *release*; links and names that begin with a dot are left out."""
    found = {path.relative_to(release).as_posix(): path for path in release.rglob("*") if path.is_file()}
    chosen = {name: path for name, path in found.items() if _is_ours(name, path, found, precompressed)}
    return {name: _digest(path) for name, path in sorted(chosen.items())}


def is_below_the_root(path: str) -> bool:
    """Whether *path* cannot lead anywhere but below the site's root."""
    return bool(path) and "\\" not in path and not any(part in ("", ".", "..") for part in path.split("/"))


def _is_ours(name: str, path: Path, found: Iterable[str], precompressed: bool) -> bool:
    if path.is_symlink() or any(part.startswith(".") for part in name.split("/")) or not name.isprintable():
        return False
    plain = uncompressed(name)
    return precompressed or plain == name or plain not in found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
