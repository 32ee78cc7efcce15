"""The sample office to play with: a copy with a git of its own, which follows edits made to the original.

In a clone of the engine ``content/`` is the sample; the CMS commits what people write, and must never commit to the
engine. A file edited in the copy is left as it is when the original changes too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store import atomic
from kentongan.store.git import GitError, git, heal

_MANIFEST = "copied.json"
_IDENTITY = ("-c", "user.name=Kentongan", "-c", "user.email=kentongan@localhost", "-c", "commit.gpgsign=false")


class Mirror:
    """The copy of the folder *original* in *folder*``/content``."""

    def __init__(self, original: Path, folder: Path) -> None:
        self.original, self.folder = original.resolve(), folder.resolve()

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def follow(self) -> list[str]:
        """Carries over what changed in the original since last time; returns the files edited on both sides.

        :raises KentonganError: when the original is not there or git fails.
        """
        if not self.original.is_dir():
            raise KentonganError(Message("There is no folder {path}.", {"path": str(self.original)}))
        self.content.mkdir(parents=True, exist_ok=True)
        copied, here = self._copied(), dict(_digests(self.original))
        apart = [name for name in sorted(copied.keys() | here.keys()) if not self._carry(name, copied, here.get(name))]
        atomic.write(self.folder / _MANIFEST, json.dumps(copied, indent=0, sort_keys=True).encode())
        self._commit()
        return apart

    def _carry(self, name: str, copied: dict[str, str], digest: str | None) -> bool:
        """Carries one file over; false when it was edited in the copy and changed in the original."""
        last = copied.get(name)
        if digest == last:
            return True
        if _digest(self.content / name) not in (last, digest):
            return False
        if digest is None:
            (self.content / name).unlink(missing_ok=True)
            del copied[name]
        else:
            atomic.write(self.content / name, (self.original / name).read_bytes())
            copied[name] = digest
        return True

    def _copied(self) -> dict[str, str]:
        try:
            return {
                str(name): str(digest) for name, digest in json.loads((self.folder / _MANIFEST).read_bytes()).items()
            }
        except (OSError, ValueError, AttributeError):
            return {}

    def _commit(self) -> None:
        heal(self.content / ".git" / "index.lock")
        if not (self.content / ".git").is_dir():
            self._git("init", "--quiet", "--initial-branch=main")
        self._git("add", "--all")
        if self._git("status", "--porcelain"):
            self._git(*_IDENTITY, "commit", "--quiet", "--no-verify", "--message=Copy the sample office")

    def _git(self, *arguments: str) -> bytes:
        try:
            return git(self.content, *arguments)
        except GitError as error:
            raise KentonganError(
                Message("git could not keep the sample office."), Message("Install git, and try again.")
            ) from error


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        if not hidden and path.is_file() and not path.is_symlink():
            with suppress(OSError):  # it may vanish while we look
                yield name.as_posix(), sha256(path.read_bytes()).hexdigest()


def _digest(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
