"""The one queue through which records are changed: merge, journal, files, commit, in this order.

An answer is given when the words are safe: in the files and, where git can be used, in a commit. A process killed on
the way leaves a journal entry, and whoever writes next carries it out.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from kentongan.repository.edit import Edit, merged
from kentongan.repository.git import Author, Repository, blob_id
from kentongan.repository.joining import BY_HAND, BY_HAND_MESSAGE, Joiner
from kentongan.repository.journal import FOLDER, Entry, Journal, next_name
from kentongan.repository.splits import Splits
from kentongan.store import atomic, files
from kentongan.store.edit import in_style_of
from kentongan.store.git import STALE_SECONDS, GitError

_MISSED = "index.missed"
_USUAL = 5.0
"""Seconds within which git is done."""

Check = Callable[[Mapping[str, str | None]], None]
"""Looks at the texts that are about to be written; raises to refuse them all."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a change: its texts by path, the commit (``None``: none was made), and why git could not."""

    texts: Mapping[str, str | None]
    commit: str | None
    trouble: str | None = None


class Writer:
    """Writes to one content folder. Threads and processes take turns."""

    def __init__(self, content: Path, state: Path) -> None:
        self.content, self.state = content, state
        self._repository = Repository(content, state / _MISSED)
        self._journal = Journal(state / FOLDER)
        self._joiner = Joiner(self._repository, state)
        self.splits = Splits(content, state)
        self._lock = state / "writer.lock"
        self._thread_lock = threading.Lock()

    def write(
        self, edits: Sequence[Edit], author: Author, message: str, when: datetime, check: Check | None = None
    ) -> Written:
        """Makes *edits*, all or none, as one commit. *check* may refuse the texts that come out.

        :raises Conflict: when somebody changed the same field since an edit's base; nothing is written.
        :raises FrontMatterError: when a file that is to be changed cannot be read.
        """
        with self._turn():
            self._carry_out_what_was_left()
            now = {edit.path: self._text(edit.path) for edit in edits}
            texts = {edit.path: self._in_style(edit.path, merged(edit, now[edit.path])) for edit in edits}
            return self._write_texts(texts, author, message, when, check)

    def put(
        self, texts: Mapping[str, str | None], author: Author, message: str, when: datetime, check: Check | None = None
    ) -> Written:
        """Writes whole *texts* by path (``None`` deletes the file), whatever is there now."""
        with self._turn():
            self._carry_out_what_was_left()
            return self._write_texts(texts, author, message, when, check)

    def put_bytes(self, data: Mapping[str, bytes | None], author: Author, message: str, when: datetime) -> Written:
        """Writes files that are no texts, like pictures, by path (``None`` deletes one), whatever is there now."""
        with self._turn():
            self._carry_out_what_was_left()
            return Written({}, *self._write(data, author, message, when))

    @property
    def uncommitted(self) -> int:
        """How many changes are in the files and still wait for a git that can be used."""
        return self._journal.waiting(_USUAL)

    def recover(self) -> None:
        """Carries out what a killed process, or a git that could not be used, has left, and tidies up after it."""
        with self._turn():
            self._carry_out_what_was_left()
            atomic.unstage(self.content, STALE_SECONDS)
            with suppress(GitError):
                if self._repository.exists():
                    self._repository.mend_index()

    @property
    def index_is_behind(self) -> bool:
        """Whether git's index was locked when it should have been told of a commit."""
        return self._repository.index_is_behind

    def catch_up(self) -> None:
        """Tells git's index what it could not be told, if its lock has gone."""
        with self._turn(), suppress(GitError):
            self._repository.catch_up()

    def join(self, theirs: str, message: str, when: datetime) -> None:
        """Takes in the commit *theirs*, and all before it: by record and by field where both sides have gone on.

        What both changed stays as it is here, and is among the open :attr:`splits`.

        :raises Unrelated: when it is of another history.
        :raises GitError: when git cannot be used; then nothing has happened.
        """
        with self._turn():
            self._carry_out_what_was_left()
            self._joiner.join(theirs, message, when)

    def _write_texts(
        self, texts: Mapping[str, str | None], author: Author, message: str, when: datetime, check: Check | None
    ) -> Written:
        if check:
            check(texts)
        data = {path: None if text is None else text.encode() for path, text in texts.items()}
        return Written(texts, *self._write(data, author, message, when))

    def _write(
        self, data: Mapping[str, bytes | None], author: Author, message: str, when: datetime
    ) -> tuple[str | None, str | None]:
        """Returns the commit, and git's trouble, each if there was one."""
        before = {path: self._blob(path) for path in data}
        changed = {path: new for path, new in data.items() if before[path] != _blob_of(new)}
        if not changed:
            return None, None
        entry = Entry(next_name(), author, message, when, changed, {path: before[path] for path in changed})
        trouble = self._keep_hand_made(entry)
        self._journal.add(entry)
        return self._carry_out(entry, trouble)

    def _carry_out(self, entry: Entry, trouble: str | None = None) -> tuple[str | None, str | None]:
        """Writes and commits; where git cannot be used the entry stays, to be committed later.

        :returns: the commit, and what kept git from making it.
        """
        if not entry.written:
            self._put_files(entry)
        try:
            if trouble is None:
                commit = self._commit(entry)
                self._journal.remove(entry)
                return commit, None
        except GitError as error:
            trouble = str(error)
        self._journal.add(replace(entry, written=True))
        return None, trouble

    def _carry_out_what_was_left(self) -> None:
        with suppress(GitError):  # without git nothing can have been moved that files must follow at once
            self._joiner.follow()
        trouble = None
        for entry in self._journal.entries():
            _, trouble = self._carry_out(entry, trouble)
        with suppress(GitError):
            self._repository.catch_up()

    def _put_files(self, entry: Entry) -> None:
        """What somebody changed by hand since the entry was made stays; the entry's bytes are then in history alone."""
        for path, data in entry.files.items():
            if self._blob(path) != entry.before[path]:
                continue
            if data is None:
                self._place(path).unlink(missing_ok=True)
            else:
                atomic.write(self._place(path), data, durable=True)

    def _commit(self, entry: Entry) -> str | None:
        if not self._repository.exists():
            return None
        if all(self._repository.committed(path) == _blob_of(data) for path, data in entry.files.items()):
            return None  # a process was killed between its commit and the end of its entry
        return self._repository.commit(entry.files, entry.author, entry.message, entry.when)

    def _keep_hand_made(self, entry: Entry) -> str | None:
        """Commits what was edited by hand before it is changed, so that history has it. Returns git's trouble."""
        try:
            if self._repository.exists():
                edited = {path: self._place(path).read_bytes() for path in entry.files if self._is_hand_made(path)}
                if edited:
                    self._repository.commit(edited, BY_HAND, BY_HAND_MESSAGE, entry.when)
        except GitError as error:
            return str(error)
        return None

    def _is_hand_made(self, path: str) -> bool:
        blob = self._blob(path)
        return blob is not None and blob != self._repository.committed(path)

    def _text(self, path: str) -> str | None:
        return files.read_text(self._place(path)) if os.path.lexists(self._place(path)) else None

    def _in_style(self, path: str, text: str) -> str:
        place = self._place(path)
        return in_style_of(place.read_bytes(), text) if place.is_file() else text

    def _blob(self, path: str) -> str | None:
        place = self._place(path)
        return blob_id(place.read_bytes()) if place.is_file() else None

    def _place(self, path: str) -> Path:
        """Where *path* is on the disk.

        :raises ValueError: when that is not below the content folder.
        """
        parts = PurePosixPath(path).parts
        if not parts or parts[0] == "/" or any(part.startswith(".") for part in parts):
            raise ValueError(f"{path!r} is not below the content folder")
        return self.content.joinpath(*parts)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One thread of one process at a time."""
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        with self._thread_lock, self._lock.open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _blob_of(data: bytes | None) -> str | None:
    return None if data is None else blob_id(data)
