"""Commits made without git's index, so that neither a stale lock nor what somebody has staged is in the way."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kentongan.repository.changes import Blob, Change, staged
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
    """The repository that holds a content folder; it may hold more than that.

    *missed* is a file in which paths are kept that git's index could not be told of.
    """

    def __init__(self, content: Path, missed: Path | None = None) -> None:
        self.content, self.missed = content, missed

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

    @property
    def branch(self) -> str:
        """The full name of the branch that is checked out; :class:`GitError` where none is."""
        return self._said("symbolic-ref", "HEAD")

    @property
    def prefix(self) -> str:
        """Where the content folder is below the repository's own, with a slash at its end; or empty."""
        return self._said("rev-parse", "--show-prefix")

    @property
    def root(self) -> Path:
        """The repository's folder."""
        return Path(self._said("rev-parse", "--show-toplevel"))

    @property
    def head(self) -> str | None:
        """The last commit; ``None``: there is none yet."""
        return self._asked("rev-parse", "--verify", "--quiet", "HEAD")

    def commit(self, files: Mapping[str, bytes | None], author: Author, message: str, when: datetime) -> str:
        """Adds a commit on top of the branch: *files* by their path below the content folder, ``None`` deletes one.

        The work tree is not touched.

        :returns: the commit, as hex digits.
        :raises GitError: when git fails; then nothing was added.
        """
        prefix = self.prefix
        commit = self.add({f"{prefix}{path}": data for path, data in files.items()}, author, message, when)
        self.refresh(files)
        return commit

    def add(
        self,
        files: Mapping[str, Blob | bytes | None],
        author: Author,
        message: str,
        when: datetime,
        merged: str | None = None,
    ) -> str:
        """Adds a commit, *files* by their path below the repository's folder; *merged* is its second parent.

        :raises GitError: when git fails, also when somebody else has just added one; then nothing was added.
        """
        branch = self.branch
        self._wait_for_locks(branch)
        stream = _stream(branch, (self.head, merged), author, message, when, files)
        self._said("-c", "core.fsync=all", "fast-import", "--quiet", "--done", stdin=stream)
        return self._said("rev-parse", "--verify", "HEAD")

    @property
    def is_being_merged(self) -> bool:
        """Whether somebody has begun a merge by hand and not ended it."""
        return self._file("MERGE_HEAD").exists()

    def includes(self, later: str, earlier: str) -> bool:
        """Whether the commit *later* is *earlier*, or came after it."""
        return self._asked("merge-base", earlier, later) == earlier

    def common(self, one: str, other: str) -> str | None:
        """The last commit that two have in common; ``None``: they are no kin."""
        return self._asked("merge-base", one, other)

    def forward(self, old: str | None, new: str) -> None:
        """Moves the branch from *old* to *new*, which comes after it.

        :raises GitError: when it is not at *old* any more.
        """
        branch = self.branch
        self._wait_for_locks(branch)
        self._said("update-ref", branch, new, old or "0" * len(new))

    def refresh(self, paths: Iterable[str]) -> None:
        """Tells git's index what was committed, so that ``git status`` shows nothing; the commit stands without it.

        Where it cannot be told, as somebody has locked it, :meth:`catch_up` does so later.
        """
        listed = list(paths)
        try:
            heal(self._file("index.lock"))
            self._said("update-index", "--add", "--remove", "-z", "--stdin", stdin=_listed(listed))
        except GitError:
            if self.missed:
                with self.missed.open("ab") as file:
                    file.write(_listed(f"{self.prefix}{path}" for path in listed))

    @property
    def index_is_behind(self) -> bool:
        """Whether the index could not be told of a commit: a commit by hand would undo it."""
        return self.missed is not None and self.missed.exists()

    def catch_up(self) -> None:
        """Tells git's index what :meth:`refresh` could not; what somebody has staged since stays staged.

        :raises GitError: when it is still locked.
        """
        if self.missed is None or not self.missed.exists():
            return
        missed = set(self.missed.read_bytes().decode("utf-8", "surrogateescape").split("\0"))
        self._mend({path: change for path, change in self._staged().items() if path in missed})
        self.missed.unlink(missing_ok=True)

    def mend_index(self) -> None:
        """Tells git's index of commits that it missed, since whoever made them was killed: of files that lie there as
        they were committed, while the index knows an older version.

        :raises GitError: when it is locked.
        """
        self.catch_up()
        root = self.root
        self._mend({path: change for path, change in self._staged().items() if _lies_as(root / path, change.old)})

    def _staged(self) -> Mapping[str, Change]:
        head = self.head
        return staged(self.root, head) if head else {}

    def _mend(self, behind: Mapping[str, Change]) -> None:
        """Makes the index hold what the last commit has. What lies there just as it is in the index was staged."""
        root = self.root
        entries = [_entry(path, one.old) for path, one in behind.items() if not _lies_as(root / path, one.new)]
        if entries:
            heal(self._file("index.lock"))
            git(root, "update-index", "-z", "--index-info", stdin=_listed(entries))

    def _wait_for_locks(self, branch: str) -> None:
        """Waits until nobody moves *branch*, or until it is plain that whoever did was killed.

        Whoever moves the branch that is checked out locks ``HEAD`` too, for its log.
        """
        for name in (f"{branch}.lock", "HEAD.lock"):
            lock = self._file(name)
            while lock.exists() and not heal(lock):
                time.sleep(_POLL_SECONDS)

    def _file(self, name: str) -> Path:
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


def _lies_as(place: Path, blob: Blob | None) -> bool:
    return blob_at(place) == (blob.id if blob else None)


def _entry(path: str, blob: Blob | None) -> str:
    """A line of ``git update-index --index-info``; mode 0 takes *path* away."""
    return f"{blob.mode} {blob.id}\t{path}" if blob else f"0 {'0' * 40}\t{path}"


def _listed(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\0" for word in words).encode("utf-8", "surrogateescape")


def blob_at(place: Path) -> str | None:
    """What git calls that which lies at *place*; ``None``: nothing that is a file or a link."""
    if place.is_symlink():
        return blob_id(os.fsencode(place.readlink()))
    return blob_id(place.read_bytes()) if place.is_file() else None


def _stream(
    branch: str,
    parents: tuple[str | None, str | None],
    author: Author,
    message: str,
    when: datetime,
    files: Mapping[str, Blob | bytes | None],
) -> bytes:
    """One commit in the language of git-fast-import(1)."""
    stamp = f"{int(when.timestamp())} {when:%z}"
    lines = [f"commit {branch}", f"author {author} {stamp}", f"committer {_COMMITTER} {stamp}"]
    head = "\n".join(lines).encode() + b"\n" + _data(message.encode())
    start = "".join(f"{word} {parent}\n" for word, parent in zip(("from", "merge"), parents, strict=True) if parent)
    return head + start.encode() + b"".join(_change(path, data) for path, data in files.items()) + b"\ndone\n"


def _change(path: str, data: Blob | bytes | None) -> bytes:
    name = _quoted(path)
    if isinstance(data, Blob):
        return f"M {data.mode} {data.id} ".encode() + name + b"\n"
    return b"D %b\n" % name if data is None else b"M 100644 inline %b\n" % name + _data(data)


def _data(data: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(data), data)


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode("utf-8", "surrogateescape")
