"""From save to visible: how long an edit takes from the rename of its file until a reader gets it over HTTP."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.measure import environ

_PATIENCE = 120.0
_POLL_SECONDS = 0.001
_PAUSE = 3.0
"""Between two edits, as people make them: what an edit leaves to be done later is done by then, or is in the way."""


@contextmanager
def serving(
    command: Sequence[str], folder: Path, ready: str, environment: Mapping[str, str], watching: str = ""
) -> Iterator[tuple[int, int]]:
    """Runs a server until the block ends; gives its port and process once *ready* (a path) is answered.

    One that says *watching* when it would see a change is waited for until then.
    """
    port = _free_port()
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [part.format(port=port) for part in command],
            cwd=folder,
            env=environ(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            seen(port, ready, b"")
            _await_words(folder / "serve.log", watching)
            yield port, process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _await_words(log: Path, words: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while words not in log.read_text(encoding="utf-8", errors="replace"):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{words!r} is not in {log}")
        time.sleep(0.1)


def seconds_until_seen(port: int, path: Path, text: str, addresses: Mapping[str, str], mark: str) -> dict[str, float]:
    """Saves *text* at *path*, and says of each address by its name after how long *mark* is there."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    started = time.monotonic()
    part.replace(path)
    return {name: seen(port, address, mark.encode()) - started for name, address in addresses.items()}


def edits_seen(
    port: int, path: Path, edited: Callable[[str], str], addresses: Mapping[str, str], edits: int
) -> list[dict[str, float]]:
    """The seconds of that many edits of *path*, each after a pause; *edited* gives its text with another title.

    The first that the server sees does not count: until then it may still be opening its eyes.
    """
    _await_sight(port, path, edited, next(iter(addresses.values())))
    found = []
    for number in range(edits):
        time.sleep(_PAUSE)
        title = f"Judul ke-{number} selesai"
        found.append(seconds_until_seen(port, path, edited(title), addresses, title))
    return found


def _await_sight(port: int, path: Path, edited: Callable[[str], str], address: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        title = f"Judul pukul {time.monotonic():.0f}"
        path.write_text(edited(title), encoding="utf-8")
        with suppress(TimeoutError):
            seen(port, address, title.encode(), 10)
            return
    raise TimeoutError(f"no edit of {path.name} ever came to {address}")


def seen(port: int, address: str, mark: bytes, patience: float = _PATIENCE) -> float:
    """When *mark* is in the answer for *address*.

    :raises TimeoutError: when it does not come.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
            connection.request("GET", address)
            answer = connection.getresponse()
            if answer.status == 200 and mark in answer.read():
                return time.monotonic()
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
        time.sleep(_POLL_SECONDS)
    raise TimeoutError(f"{mark!r} never came to {address}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
