"""Commands in forks of a process that has imported everything: real processes, but for the second that imports take.

``python -m tests.fork_server`` is the server: it reads requests from standard input, a JSON line each, and answers how
each command ended. Its commands fork their builder too.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

PATIENCE = 120
"""Seconds after which a command is killed."""

_IMPORTED = ("alembic.command", "kentongan.cli", "kentongan_plugins.builder", "kentongan_cms.serve", "PIL.Image")
_TURN = threading.Lock()


def forked(folder: Path, arguments: Sequence[str], environment: Mapping[str, str], out: Path, err: Path) -> int:
    """Runs ``kentongan`` with *arguments* in *folder*; returns its exit code, or minus the signal that ended it."""
    request = [str(folder), [*arguments], dict(environment), str(out), str(err)]
    server = _server()
    with _TURN:
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        return int(server.stdout.readline())


@cache
def _server() -> Any:
    command = [sys.executable, "-m", "tests.fork_server"]
    folder = Path(__file__).parent.parent
    server = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(server.communicate)  # it ends with its input
    return server


def _serve() -> None:
    from kentongan import cli
    from kentongan.build import client
    from kentongan.language import LANGUAGES, translations
    from tests.templates import share

    for name in (*_IMPORTED, *(f"kentongan.cli.{family}" for family in cli._FAMILIES)):
        import_module(name)
    client.subprocess = SimpleNamespace(  # type: ignore[attr-defined]
        Popen=_Builder, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired
    )
    for language in LANGUAGES:
        translations(language)  # reads the catalogue, for all forks
    with tempfile.TemporaryDirectory() as folder:
        share(Path(folder))
        for line in sys.stdin:
            child = os.fork()
            if child == 0:
                _become(cli.main, *json.loads(line))
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(main: Any, folder: str, arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    """The process of one command."""
    signal.alarm(PATIENCE)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    for number, path in enumerate((os.devnull, out, err)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), number)
    _end(main, arguments)


def _end(main: Any, arguments: list[str]) -> None:
    """Ends this process as Python ends a program."""
    os.closerange(3, 1024)
    code = 1
    try:
        code = main(arguments)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class _Builder:
    """The builder, as :class:`subprocess.Popen` would start it."""

    def __init__(self, command: Sequence[str], *, cwd: Path, stdout: int, **_: Any) -> None:
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.dup2(stdout, 1)
            _end(sys.modules["kentongan_plugins.builder"].main, list(command[3:]))

    def poll(self) -> int | None:
        """Its exit code, if it has ended."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float = PATIENCE) -> int:
        """Waits for its end."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("builder", timeout)
            time.sleep(0.005)
        return code

    def kill(self) -> None:
        """Ends it at once."""
        os.kill(self.pid, signal.SIGKILL)


if __name__ == "__main__":
    _serve()
