"""Taking in what others have committed: the branch first, then the files; a move that is cut short is made up for.

Whoever calls this holds the writer's lock.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

from kentongan.repository.changes import Blob, Change, changes, contents
from kentongan.repository.git import Author, Repository, blob_at
from kentongan.repository.merge import Split, merge
from kentongan.repository.splits import OpenSplit, Splits
from kentongan.store import atomic
from kentongan.store.git import GitError, asked

NAME = "journal/move.json"
"""Below the state folder: a branch that is being moved, and files that have to follow."""

BY_HAND = Author("Kentongan", "kentongan@kentongan.invalid")
BY_HAND_MESSAGE = "Keep what was changed by hand"


class Unrelated(GitError):
    """Two histories have no commit in common."""


class Joiner:
    """Joins other commits into the branch of one content folder."""

    def __init__(self, repository: Repository, state: Path) -> None:
        self._repository, self._move = repository, state / NAME
        self._splits = Splits(repository.content, state)

    def join(self, theirs: str, message: str, when: datetime) -> None:
        """Makes the branch hold the commit *theirs* too, by a merge where both sides have gone on.

        :raises Unrelated: when it is of another history.
        :raises GitError: when git fails; then the branch is as it was.
        """
        if self._repository.is_being_merged:
            raise GitError("somebody is merging by hand")
        ours = self._repository.head
        base = self._repository.common(ours, theirs) if ours else None
        if ours and base is None:
            raise Unrelated("no commit in common")
        if base == theirs:
            return
        touched = {*changes(self._repository.root, base, theirs), *self._since(base, ours)}
        self._keep_hand_made(touched, when)
        ours = self._repository.head
        atomic.write(self._move, json.dumps([ours, theirs]).encode(), durable=True)
        if ours == base:
            self._repository.forward(ours, theirs)
        else:
            self._merge(str(base), str(ours), theirs, message, when)
        self.follow()

    def follow(self) -> None:
        """Makes the files follow the branch, if it was being moved; what somebody has changed meanwhile stays."""
        if not self._move.exists():
            return
        old, theirs = json.loads(self._move.read_bytes())
        head = self._repository.head
        if head and head != old and self._repository.includes(head, theirs):
            self._bring(old, head)
            self._splits.settle()
        self._move.unlink(missing_ok=True)

    def _since(self, base: str | None, ours: str | None) -> Iterable[str]:
        """What we have changed: a change of theirs may go to a file that we have given another name."""
        return changes(self._repository.root, base, ours) if ours else {}

    def _merge(self, base: str, ours: str, theirs: str, message: str, when: datetime) -> None:
        found = merge(self._repository.root, self._repository.prefix, base, ours, theirs)
        self._splits.keep([self._opened(split, theirs) for split in found.splits])
        self._repository.add(found.files, BY_HAND, message, when, theirs)

    def _opened(self, split: Split, theirs: str) -> OpenSplit:
        shown = asked(self._repository.root, "log", "-1", "--format=%an%x00%aI", theirs, "--", split.theirs) or b"\0"
        who, when = shown.decode("utf-8", "replace").strip().split("\0")
        path = _below(self._repository.prefix, split.path)
        return OpenSplit(path, split.path, split.theirs, theirs, split.fields, who, when)

    def _keep_hand_made(self, paths: Iterable[str], when: datetime) -> None:
        """Commits what was edited by hand and not committed, where it would be written over."""
        edited = dict(self._hand_made(paths))
        if edited:
            self._repository.add(edited, BY_HAND, BY_HAND_MESSAGE, when)

    def _hand_made(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        root, head = self._repository.root, self._repository.head
        known = changes(root, None, head) if head else {}
        for path in paths:
            place = _place(root, path)
            if place and place.is_file() and not place.is_symlink() and not _is_as(place, known.get(path)):
                yield path, place.read_bytes()

    def _bring(self, old: str | None, new: str) -> None:
        """Writes what *new* changes of *old* into the work tree, and tells git's index."""
        root = self._repository.root
        moved = {path: change for path, change in changes(root, old, new).items() if not change.is_repository}
        data = contents(root, [change.new.id for change in moved.values() if change.new])
        for path, change in moved.items():
            place = _place(root, path)
            if place and blob_at(place) == (change.old.id if change.old else None):
                _write(place, change.new, data)
        self._repository_wide().refresh(moved)

    def _repository_wide(self) -> Repository:
        return Repository(self._repository.root, self._repository.missed)


def _write(place: Path, new: Blob | None, data: Mapping[str, bytes]) -> None:
    if new is None:
        place.unlink(missing_ok=True)
    elif new.is_file:
        atomic.write(place, data[new.id], durable=True)
        if new.mode.endswith("755"):
            place.chmod(0o755)
    else:
        place.unlink(missing_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(os.fsdecode(data[new.id]))


def _is_as(place: Path, known: Change | None) -> bool:
    return known is not None and known.new is not None and blob_at(place) == known.new.id


def _place(root: Path, path: str) -> Path | None:
    """Where *path* is on the disk; ``None`` for a name that would lead elsewhere, which no honest history has."""
    parts = PurePosixPath(path).parts
    if not parts or any(part in ("", ".", "..", "/") or part.lower() == ".git" for part in parts):
        return None
    place = root.joinpath(*parts)
    folders = [root.joinpath(*parts[:depth]) for depth in range(1, len(parts))]
    return None if any(folder.is_symlink() for folder in folders) else place


def _below(prefix: str, path: str) -> str:
    """*path* of the repository as seen from the content folder."""
    return path.removeprefix(prefix) if path.startswith(prefix) else f"../{path}"
