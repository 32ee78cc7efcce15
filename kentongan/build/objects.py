"""Files kept by what they hold. Releases share them by hard links, so a file that stays costs a release only a name.

The link count of a file tells whether a release still has it; nothing else is written down.
"""

from __future__ import annotations

import errno
import filecmp
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kentongan.store import atomic

_NO_LINKS = {errno.EMLINK, errno.EPERM, errno.ENOTSUP, errno.EXDEV, errno.ENOSYS, errno.EACCES}
"""What a file system answers that has no hard links, or no more of them for this file."""

_ALONE = 1


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 (hex) of every file below *folder*, by path relative to it, but for those linked from elsewhere:
    recordings, which are large and take no room here."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_nlink == _ALONE
    }


@dataclass(frozen=True, slots=True)
class Objects:
    """The files below *folder*, each named by the SHA-256 of its bytes; a compressed one by its original's."""

    folder: Path

    def path(self, digest: str, ending: str = "") -> Path:
        """Where the bytes with *digest* are, or, with *ending* (``.br``), what was made from them."""
        return self.folder / digest[:2] / f"{digest}{ending}"

    def has(self, digest: str) -> bool:
        """Whether a release held these bytes before, and so they were found sound."""
        return self.path(digest).is_file()

    def lend(self, digest: str, ending: str, target: Path) -> bool:
        """Puts what is kept under *digest* and *ending* at *target*, where nothing is; whether there was any."""
        kept = self.path(digest, ending)
        return kept.is_file() and _link(kept, target)

    def share(self, folder: Path, names: Mapping[str, str]) -> None:
        """Replaces files below *folder* (path: digest) by links to what is kept, where the bytes are really equal.

        One that is kept under this digest but holds something else was damaged, and is let go.
        """
        for name, digest in names.items():
            own, kept = folder / name, self.path(digest)
            if not kept.is_file() or own.samefile(kept):
                continue
            if filecmp.cmp(own, kept, shallow=False):
                _replace_by_link(kept, own)
            else:
                kept.unlink()

    def keep(self, files: Iterable[tuple[Path, str, str]]) -> None:
        """Keeps *files* (path, digest, ending) that are safely on the disk already."""
        for path, digest, ending in files:
            target = self.path(digest, ending)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(path, target)

    def prune(self) -> None:
        """Lets go of everything that no release has any more."""
        for path in self.folder.glob("??/*"):
            if path.stat().st_nlink == _ALONE:
                path.unlink()


def _link(source: Path, target: Path) -> bool:
    """A second name for *source*; whether the file system gave one."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    return True


def _replace_by_link(kept: Path, own: Path) -> None:
    name = own.with_name(f".{own.name[:80]}{atomic.PART}")
    if _link(kept, name):
        name.replace(own)
