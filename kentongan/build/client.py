"""The client of the builder process: starts it where none runs, asks it to build or to preview, and lets it go.

A request and its answer are one JSON line each, over a socket in the state folder; only the account that owns the
folder can reach it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kentongan.build.report import BuildReport
from kentongan.build.workplace import Workplace
from kentongan.errors import KentonganError
from kentongan.language import Message

START_PATIENCE = 30.0
ANSWER_PATIENCE = 600.0
_MODULE = "kentongan_plugins.builder"


class _Vanished(Exception):
    """The builder went away before it answered; another one is started in its place."""


class Builder:
    """A handle on the builder process of one workplace. Use it as a context manager, so that what it started ends."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self._process: subprocess.Popen[bytes] | None = None
        self._has_died = False

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_there(self) -> bool:
        """Whether the process that this handle started has not died; one that was idle and left comes back at need."""
        return not self._has_died and (self._process is None or self._process.poll() in (None, 0))

    def build(
        self,
        now: datetime | None = None,
        *,
        clean: bool = False,
        changes: Collection[Path] | None = None,
        jobs: int | None = None,
    ) -> BuildReport:
        """Makes the output hold the site as it is at *now* (default: this second); *clean* begins from nothing.

        *changes* are the paths that may have changed since the last build (default: any may have), *jobs* how many
        processes may work on it (default: as many as there are cores).

        :raises KentonganError: when the builder, a plugin or the theme fails.
        """
        changed = None if changes is None else [str(path) for path in changes]
        request = {"do": "build", "clean": clean, "changes": changed, "jobs": jobs}
        return BuildReport.from_json(self._ask(request | {"now": now.isoformat() if now else None}))

    def build_unless_asked(self, changes: Collection[Path] | None) -> BuildReport | None:
        """The same, but it gives way (``None``) when the builder is asked for something else; what is told to
        :meth:`put_first` has to be among *changes*.

        :raises KentonganError: likewise.
        """
        changed = None if changes is None else [str(path) for path in changes]
        answer = self._ask({"do": "build", "changes": changed, "gives_way": True})
        return None if answer.get("gave_way") else BuildReport.from_json(answer)

    def put_first(self, changes: Collection[Path], now: datetime | None = None) -> bool:
        """Puts live at once what readers look at first of *changes*, as far as a running builder knows how; somebody
        has to ask for a build with them afterwards, which also tells what is wrong.

        :returns: whether readers see all of them by now, on their pages and in their lists.
        """
        request = {"do": "first", "changes": [str(path) for path in changes]}
        with suppress(OSError, _Vanished):
            return bool(self._exchange(self._signed(request | {"now": now.isoformat() if now else None})).get("live"))
        return False

    def preview(self, texts: Mapping[str, str], now: datetime | None = None) -> str:
        """The page that the first of *texts* would have, were they all public, drawn by the real theme.

        *texts* are whole files by their path below content; those behind the first are what belongs to it.

        :raises KentonganError: when one is no valid record; its message tells the first finding.
        """
        request = {"do": "preview", "texts": dict(texts), "now": now.isoformat() if now else None}
        return str(self._ask(request)["html"])

    def close(self) -> None:
        """Ends the process if this handle started it and no other process uses it."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            if not self._exchange({"do": "stop", "client": os.getpid()}).get("stays"):
                process.wait(timeout=5)
        except (OSError, _Vanished, subprocess.TimeoutExpired):
            process.kill()
            process.wait()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        request = self._signed(request)
        answer = self._exchange_with_running(request)
        if answer.get("stale"):  # settings or code are newer than the process: a new one takes over
            self._reap()
            answer = self._exchange_with_running(request)
        if error := answer.get("error"):
            raise KentonganError.from_json(error)
        return answer

    def _signed(self, request: dict[str, Any]) -> dict[str, Any]:
        return {**request, "siteurl": os.environ.get("SITEURL"), "client": os.getpid()}

    def _exchange_with_running(self, request: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + START_PATIENCE
        while True:
            try:
                return self._exchange(request)
            except (OSError, _Vanished):
                self._start_or_wait(deadline)

    def _start_or_wait(self, deadline: float) -> None:
        """Starts a process unless ours is still starting, and gives it a moment."""
        if time.monotonic() >= deadline:
            raise _no_builder()
        if self._process is None:
            self._start()
        elif self._process.poll() is not None:
            self._has_died, self._process = self._process.returncode != 0, None
            if self._has_died:
                raise _no_builder()
        time.sleep(0.02)

    def _start(self) -> None:
        place, self._has_died = self.workplace, False
        place.state.mkdir(parents=True, exist_ok=True)
        settings = str(place.settings) if place.settings else ""
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                _MODULE,
                str(place.content),
                settings,
                str(place.output),
                str(place.state),
                str(os.getpid()),
            ],
            cwd=(place.settings or place.content).parent,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno() if _has_fileno(sys.stderr) else None,
            env=os.environ | {"PYTHONSAFEPATH": "1"},
        )

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(ANSWER_PATIENCE)
            connection.connect(str(self.workplace.private_socket()))
            connection.sendall(json.dumps(request).encode() + b"\n")
            with connection.makefile("rb") as answers:
                line = answers.readline()
        if not line:
            raise _Vanished
        return dict(json.loads(line))

    def _reap(self) -> None:
        if self._process is not None:
            self._process.wait(timeout=START_PATIENCE)
            self._process = None


def _has_fileno(stream: Any) -> bool:
    try:
        return isinstance(stream.fileno(), int)
    except (AttributeError, OSError, ValueError):
        return False


def _no_builder() -> KentonganError:
    return KentonganError(
        Message("The builder process does not run."),
        Message("Read what it wrote above; then try again."),
    )


def default_settings(content: Path) -> Path | None:
    """The office's ``pelicanconf.py`` beside its content folder, if there is one."""
    path = content.resolve().parent / "pelicanconf.py"
    return path if path.is_file() else None
