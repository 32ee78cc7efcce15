"""rclone: S3-compatible storage, WebDAV, SFTP and everything else it knows.

The target is a remote of rclone's own configuration, or of its environment (``RCLONE_CONFIG_…``): so no secret is ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from kentongan.deploy.carrier import lines, output
from kentongan.deploy.manifest import NAME
from kentongan.deploy.order import Batch

_NOT_THERE = (3, 4)
"""rclone's exit codes for a folder and for a file that are not there."""


class Rclone:
    """Storage that serves by itself is told the media type and caching of each file."""

    by_type = True

    def __init__(self, to: str, options: Sequence[str] = ()) -> None:
        self._to = to.rstrip("/")
        self._rclone = ["rclone", *options]

    def read(self) -> bytes | None:
        code, told = output([*self._rclone, "cat", "--retries=1", self._of(NAME)], fine=(0, *_NOT_THERE))
        return None if code else told or None

    def write(self, manifest: bytes) -> None:
        output([*self._rclone, "rcat", *_headers("application/json", "no-store"), self._of(NAME)], manifest)

    def send(self, release: Path, batch: Batch) -> Iterator[str]:
        command = [
            *(*self._rclone, "copy", "--no-check-dest", "--no-traverse", "--files-from-raw=-"),
            *("--use-json-log", "--verbose", "--stats=0", *_headers(batch.media_type, batch.cache_control)),
            *(str(release), self._to),
        ]
        for line in lines(command, _listed(batch.paths)):
            if (path := _arrived(line)) is not None:
                yield path

    def delete(self, paths: Sequence[str]) -> None:
        output([*self._rclone, "delete", "--files-from-raw=-", self._to], _listed(paths))

    def finish(self, subject: str) -> None:
        """Everything already is final."""

    def _of(self, name: str) -> str:
        return f"{self._to}{name}" if self._to.endswith(":") else f"{self._to}/{name}"


def _headers(media_type: str, cache_control: str) -> list[str]:
    return [f"--header-upload=Content-Type: {media_type}", f"--header-upload=Cache-Control: {cache_control}"]


def _listed(paths: Sequence[str]) -> bytes:
    return "".join(f"{path}\n" for path in paths).encode()


def _arrived(line: str) -> str | None:
    """The file that a line of rclone's log says has arrived."""
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said.get("object") if str(said.get("msg", "")).startswith("Copied") else None
