"""Pelican's writer, whose files appear whole and by rename."""

from pathlib import Path

from pelican import signals
from pelican.utils import sanitised_join
from pelican.writers import FileOverwriteFailedError, Writer

from kentongan.store import atomic


class OutputWriter(Writer):
    """Writes artifacts beside whatever other generators write; two of them never share a file."""

    def write_artifact(self, name: str, data: bytes) -> None:
        """Puts *data* at *name* below the output folder and tells listeners of ``content_written``.

        :raises FileOverwriteFailedError: when another generator wrote that file in this run.
        """
        path = sanitised_join(self.output_path, name)
        if path in self._written_files:
            raise FileOverwriteFailedError(f"{name} was already written by another plugin in this run")
        self._written_files.add(path)
        atomic.write(Path(path), data)
        signals.content_written.send(path, context={"output_file": name})
