"""What a target's tool has to be able to do, and how tools are run."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from kentongan.deploy.order import Batch
from kentongan.errors import KentonganError
from kentongan.language import Message

_LAST_WORDS = 5
"""Lines of a tool that are told when it fails."""


class Carrier(Protocol):
    """Puts files at one target. Every method raises :class:`KentonganError` when the target or its tool fails."""

    by_type: bool
    """Whether files are to come in batches of one media type, because the target is told how to serve them."""

    def read(self) -> bytes | None:
        """The manifest at the target, or ``None`` when there is none."""

    def write(self, manifest: bytes) -> None:
        """Puts the manifest at the target."""

    def send(self, release: Path, batch: Batch) -> Iterator[str]:
        """Puts the batch's files of *release* at the target, each whole or not at all; yields a word for each."""

    def delete(self, paths: Sequence[str]) -> None:
        """Removes *paths*; one that is not there is no fault."""

    def finish(self, subject: str) -> None:
        """Makes everything final; *subject* says in one line what was shipped."""


def lines(command: Sequence[str], stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Iterator[str]:
    """What *command* says, errors included, line by line.

    :raises KentonganError: when it is not installed or fails, with its last words.
    """
    words: deque[str] = deque(maxlen=_LAST_WORDS)
    with tempfile.TemporaryFile() as given:
        given.write(stdin)
        given.seek(0)
        process = _start(command, given.fileno(), subprocess.STDOUT, env)
        with process:
            for line in process.stdout or ():
                words.append(text := line.decode(errors="replace").rstrip("\n"))
                yield text
    if process.returncode:
        raise failed(command[0], "\n".join(words))


def output(
    command: Sequence[str], stdin: bytes = b"", env: Mapping[str, str] | None = None, fine: Sequence[int] = (0,)
) -> tuple[int, bytes]:
    """Exit code, one of *fine*, and standard output of *command*.

    :raises KentonganError: when it is not installed, or ends with another exit code.
    """
    process = _start(command, subprocess.PIPE, subprocess.PIPE, env)
    with process:
        told, errors = process.communicate(stdin)
    if process.returncode not in fine:
        raise failed(command[0], errors.decode(errors="replace").strip())
    return process.returncode, told


def failed(tool: str, words: str) -> KentonganError:
    """The error of a *tool* that ended badly after *words*."""
    return KentonganError(
        Message("{tool} failed: {words}", {"tool": tool, "words": words}),
        Message("Mend that and deploy again; it goes on where it stopped."),
    )


def _start(command: Sequence[str], stdin: int, stderr: int, env: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env={**os.environ, **(env or {})}
        )
    except FileNotFoundError as error:
        raise KentonganError(
            Message("{tool} is not installed here.", {"tool": command[0]}),
            Message("Install it, for example by apt-get install {tool}.", {"tool": command[0]}),
        ) from error
