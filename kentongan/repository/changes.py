"""What differs between two commits, and the bytes of what git holds; paths are below the repository's folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from kentongan.store.git import git

REGULAR = ("100644", "100755")
"""Modes of files; links and repositories inside of the repository have others."""

_RAW = ("--raw", "-z", "--no-renames", "--no-abbrev")


class Blob(NamedTuple):
    """What a tree says of one file."""

    mode: str
    id: str

    @property
    def is_file(self) -> bool:
        return self.mode in REGULAR


class Change(NamedTuple):
    """One path, before and after; ``None``: nothing was, or is, there."""

    old: Blob | None
    new: Blob | None

    @property
    def is_repository(self) -> bool:
        """Whether it is another repository inside of this one, whose files are not ours."""
        return any(blob is not None and blob.mode == "160000" for blob in self)


def changes(root: Path, old: str | None, new: str) -> dict[str, Change]:
    """What *new* changes of *old* (``None``: of nothing), by path."""
    return _read(git(root, "diff-tree", "-r", *_RAW, old or _nothing(root), new))


def staged(root: Path, head: str) -> dict[str, Change]:
    """What git's index would change of the commit *head*, by path."""
    return _read(git(root, "diff-index", "--cached", *_RAW, head))


def renames(root: Path, old: str, new: str) -> dict[str, str]:
    """New names by the old ones, of files that are much the same."""
    words = git(root, "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", old, new)
    told = words.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(told[1::3], told[2::3], strict=False))


def contents(root: Path, ids: Collection[str]) -> dict[str, bytes]:
    """The bytes of blobs, by what git calls them."""
    wanted = list(dict.fromkeys(ids))
    told = git(root, "cat-file", "--batch", stdin="".join(f"{id_}\n" for id_ in wanted).encode()) if wanted else b""
    found, at = {}, 0
    for id_ in wanted:
        start = told.index(b"\n", at) + 1
        end = start + int(told[at:start].split()[2])
        found[id_], at = told[start:end], end + 1
    return found


def _read(words: bytes) -> dict[str, Change]:
    told = words.decode("utf-8", "surrogateescape").split("\0")
    return {path: _change(line) for line, path in zip(told[::2], told[1::2], strict=False)}


def _change(line: str) -> Change:
    """A line of git's raw format: ``:mode mode id id letter``."""
    before, after, old, new, _ = line.lstrip(":").split(" ")
    return Change(_blob(before, old), _blob(after, new))


def _blob(mode: str, id_: str) -> Blob | None:
    return Blob(mode, id_) if mode.strip("0") else None


def _nothing(root: Path) -> str:
    return git(root, "hash-object", "-t", "tree", "--stdin").decode().strip()
