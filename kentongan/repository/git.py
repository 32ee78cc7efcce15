"""Commits made without git's index, so that neither a stale lock nor what somebody has staged is in the way."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kentongan.store.git import GitError, asked, git, heal

_POLL_SECONDS = 0.05
_COMMITTER = "Kentongan <kentongan@kentongan.invalid>"


@dataclass(frozen=True, slots=True)
class Author:
    """Who is named in a commit. The address is public with the repository: an account's own is never used."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{_plain(self.name).strip() or 'Kentongan'} <{_plain(self.email).replace(' ', '')}>"


class Repository:
    """The repository that holds a content folder; it may hold more than that."""

    def __init__(self, content: Path) -> None:
        self.content = content

    def exists(self) -> bool:
        """Whether the content folder is in a repository. Where git itself fails that is no answer but an error.

        :raises GitError: when there is no git, or it refuses this folder.
        """
        try:
            git(self.content, "rev-parse", "--is-inside-work-tree")
        except GitError as error:
            if "not a git repository" in str(error):
                return False
            raise
        return True

    def committed(self, path: str) -> str | None:
        """The blob that the last commit has at *path*; ``None``: nothing."""
        return self._asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"HEAD:./{path}")

    def commit(self, files: Mapping[str, bytes | None], author: Author, message: str, when: datetime) -> str:
        """Adds a commit on top of the branch: *files* by their path below the content folder, ``None`` deletes one.

        The work tree is not touched.

        :returns: the commit, as hex digits.
        :raises GitError: when git fails; then nothing was added.
        """
        branch = self._said("symbolic-ref", "HEAD")
        prefix = self._said("rev-parse", "--show-prefix")
        parent = self._asked("rev-parse", "--verify", "--quiet", "HEAD")
        placed = {f"{prefix}{path}": data for path, data in files.items()}
        self._wait_for(f"{branch}.lock")
        stream = _stream(branch, parent, author, message, when, placed)
        self._said("-c", "core.fsync=all", "fast-import", "--quiet", "--done", stdin=stream)
        self._refresh(files)
        return self._said("rev-parse", "--verify", "HEAD")

    def _refresh(self, paths: Mapping[str, object]) -> None:
        """Tells git's index what was committed, so that ``git status`` shows nothing; the commit stands without it."""
        with suppress(GitError):
            heal(self._lock("index.lock"))
            self._said("update-index", "--add", "--remove", "--", *paths)

    def _wait_for(self, name: str) -> None:
        """Waits until nobody holds the lock *name*, or until it is plain that its holder was killed."""
        lock = self._lock(name)
        while lock.exists() and not heal(lock):
            time.sleep(_POLL_SECONDS)

    def _lock(self, name: str) -> Path:
        return Path(self._said("rev-parse", "--path-format=absolute", "--git-path", name))

    def _asked(self, *arguments: str) -> str | None:
        return (asked(self.content, *arguments) or b"").decode().strip() or None

    def _said(self, *arguments: str, stdin: bytes = b"") -> str:
        return git(self.content, *arguments, stdin=stdin).decode().strip()


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isprintable() and character not in "<>")


def blob_id(data: bytes) -> str:
    """What git calls a file that holds *data* (in a repository of SHA-1, as all hosts have them)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _stream(
    branch: str, parent: str | None, author: Author, message: str, when: datetime, files: Mapping[str, bytes | None]
) -> bytes:
    """One commit in the language of git-fast-import(1)."""
    stamp = f"{int(when.timestamp())} {when:%z}"
    lines = [f"commit {branch}", f"author {author} {stamp}", f"committer {_COMMITTER} {stamp}"]
    head = "\n".join(lines).encode() + b"\n" + _data(message.encode())
    start = f"from {parent}\n".encode() if parent else b""
    return head + start + b"".join(_change(path, data) for path, data in files.items()) + b"\ndone\n"


def _change(path: str, data: bytes | None) -> bytes:
    name = _quoted(path)
    return b"D %b\n" % name if data is None else b"M 100644 inline %b\n" % name + _data(data)


def _data(data: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(data), data)


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode()
