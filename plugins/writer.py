"""Pelican's writer, whose files appear whole and by rename."""

from __future__ import annotations

from collections.abc import Mapping
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
        """Puts the file *staged* at *name* below the output folder and tells listeners of ``content_written``.

        :raises FileOverwriteFailedError: when another generator wrote that file in this run.
        """
        path = self._claim(name)
        staged.replace(path)
        self._tell(name, path)

    def keep(self, name: str) -> None:
        """Leaves the file as it is; listeners hear of it too, since a list of theirs is made of all files.

        :raises FileOverwriteFailedError: when another generator wrote that file in this run.
        """
        self._tell(name, self._claim(name))

    def _claim(self, name: str) -> str:
        path = f"{self.output_path}/{name}" if ".." not in name else str(sanitised_join(self.output_path, name))
        if path in self._written_files:
            raise FileOverwriteFailedError(f"{name} was already written by another plugin in this run")
        self._written_files.add(path)
        return path

    def _tell(self, name: str, path: str) -> None:
        if name.endswith(".html") and signals.content_written.receivers:  # what Pelican calls content: its pages
            signals.content_written.send(path, context={"output_file": name, **self.subjects.get(name, {})})
