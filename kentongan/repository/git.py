"""Commits made without git's index, so that neither a stale lock nor what somebody has staged is in the way."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kentongan.store.history import git_environment

STALE_SECONDS = 4.0
"""After which a lock is that of a git that was killed."""
_PATIENCE = 60
_POLL_SECONDS = 0.05
_COMMITTER = "Kentongan <kentongan@kentongan.invalid>"


class GitError(Exception):
    """git cannot be used now, and why, in its own words."""


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
        done = self._run("rev-parse", "--is-inside-work-tree", check=False)
        if done.returncode and b"not a git repository" not in done.stderr:
            raise GitError(done.stderr.decode(errors="replace").strip())
        return done.returncode == 0

    def committed(self, path: str) -> str | None:
        """The blob that the last commit has at *path*; ``None``: nothing."""
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"HEAD:./{path}", check=False)
        return done.stdout.decode().strip() or None

    def commit(self, files: Mapping[str, bytes | None], author: Author, message: str, when: datetime) -> str:
        """Adds a commit on top of the branch: *files* by their path below the content folder, ``None`` deletes one.

        The work tree is not touched.

        :returns: the commit, as hex digits.
        :raises GitError: when git fails; then nothing was added.
        """
        branch = self._said("symbolic-ref", "HEAD")
        prefix = self._said("rev-parse", "--show-prefix")
        parent = self._run("rev-parse", "--verify", "--quiet", "HEAD", check=False).stdout.decode().strip()
        placed = {f"{prefix}{path}": data for path, data in files.items()}
        self._wait_for(f"{branch}.lock")
        stream = _stream(branch, parent, author, message, when, placed)
        self._run("-c", "core.fsync=all", "fast-import", "--quiet", "--done", stdin=stream)
        self._refresh(files)
        return self._said("rev-parse", "--verify", "HEAD")

    def _refresh(self, paths: Mapping[str, object]) -> None:
        """Tells git's index what was committed, so that ``git status`` shows nothing; the commit stands without it."""
        with suppress(GitError):
            _heal(self._lock("index.lock"))
            self._run("update-index", "--add", "--remove", "--", *paths)

    def _wait_for(self, name: str) -> None:
        """Waits until nobody holds the lock *name*, or until it is plain that its holder was killed."""
        lock = self._lock(name)
        while lock.exists() and not _heal(lock):
            time.sleep(_POLL_SECONDS)

    def _lock(self, name: str) -> Path:
        return Path(self._said("rev-parse", "--path-format=absolute", "--git-path", name))

    def _said(self, *arguments: str) -> str:
        return self._run(*arguments).stdout.decode().strip()

    def _run(self, *arguments: str, stdin: bytes = b"", check: bool = True) -> subprocess.CompletedProcess[bytes]:
        try:
            done = subprocess.run(
                ["git", *arguments],
                cwd=self.content,
                env=git_environment(),
                input=stdin,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise GitError(str(error)) from error
        if check and done.returncode:
            raise GitError(done.stderr.decode(errors="replace").strip())
        return done


def _heal(lock: Path) -> bool:
    """Takes away the lock of a git that was killed; one that still runs is done within seconds. Whether it did."""
    with suppress(OSError):
        if time.time() - lock.stat().st_mtime > STALE_SECONDS:
            lock.unlink()
            return True
    return False


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isprintable() and character not in "<>")


def blob_id(data: bytes) -> str:
    """What git calls a file that holds *data* (in a repository of SHA-1, as all hosts have them)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _stream(
    branch: str, parent: str, author: Author, message: str, when: datetime, files: Mapping[str, bytes | None]
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
