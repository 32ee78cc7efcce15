"""rsync, over SSH or to a folder of this machine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from kentongan.deploy.carrier import lines, output
from kentongan.deploy.manifest import NAME
from kentongan.deploy.order import Batch

_SSH = "ssh -o ConnectTimeout=15 -o ServerAliveInterval=15"
_ARRIVED = "> "
_PARTIAL = 23
"""rsync's exit code when something could not be transferred, or a folder not deleted for what is still in it."""

_DELETED = (0, 24)
"""Its exit codes after a deletion: 24 says that the sender does not have the files, which is the point."""


class Rsync:
    """Each file is written beside its place and renamed into it; half a long file is kept and finished next time."""

    by_type = False

    def __init__(self, to: str, options: Sequence[str] = ()) -> None:
        self._to = f"{to.rstrip('/')}/"
        self._rsync = ["rsync", f"--rsh={_SSH}", "--timeout=120", "--perms", "--chmod=D755,F644", *options]

    def read(self) -> bytes | None:
        with tempfile.TemporaryDirectory() as folder:
            command = [*self._rsync, "--ignore-missing-args", "--", f"{self._to}{NAME}", f"{folder}/"]
            output(command, fine=(0, _PARTIAL))  # partial: not even the folder is there
            file = Path(folder, NAME)
            return file.read_bytes() if file.is_file() else None

    def write(self, manifest: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, NAME)
            file.write_bytes(manifest)
            output([*self._rsync, "--mkpath", "--", str(file), self._to])

    def send(self, release: Path, batch: Batch) -> Iterator[str]:
        command = [
            *(*self._rsync, "--mkpath", "--times", "--checksum", "--partial-dir=.rsync-partial"),
            *(f"--out-format={_ARRIVED}%n", "--from0", "--files-from=-", "--", f"{release}/", self._to),
        ]
        for line in lines(command, _listed(batch.paths)):
            if line.startswith(_ARRIVED):
                yield line

    def delete(self, paths: Sequence[str]) -> None:
        """A folder goes too once nothing is left in it."""
        folders = {str(folder) for path in paths for folder in PurePosixPath(path).parents if folder.name}
        deepest_first = sorted(folders, key=lambda folder: -folder.count("/"))
        with tempfile.TemporaryDirectory() as empty:
            for listed, fine in ((paths, _DELETED), (deepest_first, (*_DELETED, _PARTIAL))):
                command = [*self._rsync, "--dirs", "--delete-missing-args", "--from0", "--files-from=-"]
                output([*command, "--", f"{empty}/", self._to], _listed(listed), fine=fine)

    def finish(self, subject: str) -> None:
        """Everything already is final."""


def _listed(paths: Sequence[str]) -> bytes:
    return "".join(f"{path}\0" for path in paths).encode()
