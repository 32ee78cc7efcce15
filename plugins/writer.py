"""Pelican's writer, whose files appear whole and by rename."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.utils import sanitised_join
from pelican.writers import FileOverwriteFailedError, Writer


class OutputWriter(Writer):
    """Writes artifacts beside whatever other generators write; two of them never share a file.

    ``subjects`` says what a file is about: ``{"article": its content object}``, for those who listen.
    """

    subjects: Mapping[str, Mapping[str, Any]] = {}

    def place(self, name: str, staged: Path) -> None:
        """Puts the file *staged* at *name* below the output folder.

        :raises FileOverwriteFailedError: when another generator wrote that file in this run.
        """
        path = self._claim(name)
        staged.replace(path)

    def keep(self, names: Collection[str]) -> None:
        """Leaves the files as they are.

        :raises FileOverwriteFailedError: when another generator wrote one of them in this run.
        """
        paths = set(map(self._path, names))
        if taken := self._written_files & paths:
            raise _taken(min(taken))
        self._written_files |= paths

    def tell(self, names: Collection[str]) -> None:
        """Tells listeners of ``content_written`` of all pages, also of those that are kept: a list of theirs is made of
        them, in this order."""
        if signals.content_written.receivers:
            for name in names:
                self._tell(name, self._path(name))

    def _claim(self, name: str) -> str:
        path = self._path(name)
        if path in self._written_files:
            raise _taken(name)
        self._written_files.add(path)
        return path

    def _path(self, name: str) -> str:
        return f"{self.output_path}/{name}" if ".." not in name else str(sanitised_join(self.output_path, name))

    def _tell(self, name: str, path: str) -> None:
        if name.endswith(".html"):  # what Pelican calls content: its pages
            signals.content_written.send(path, context={"output_file": name, **self.subjects.get(name, {})})


def _taken(name: str) -> FileOverwriteFailedError:
    return FileOverwriteFailedError(f"{name} was already written by another plugin in this run")
