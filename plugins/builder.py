"""The builder process: holds Pelican, the Site and the theme in memory, and builds or previews when asked.

Started and spoken to only through :class:`kentongan.build.client.Builder`. It leaves when idle, when its parent has
gone, or when settings or code have changed under it.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from pelican.log import console
from pelican.settings import read_settings

from kentongan.build.forks import cores
from kentongan.build.workplace import Workplace, open_locked
from kentongan.errors import KentonganError, refused
from kentongan.language import Message
from kentongan.site.memory import Memory
from kentongan.store import require_folder

from .engine import Engine

IDLE_SECONDS = 900.0
_TICK = 1.0
_MOST_UNTIDY = 50
_MAX_REQUEST = 8_000_000
_MOST_PATIENT = 5.0
"""For how many seconds builds may give way: what is put live first must not keep the rest away for ever."""


class _GaveWay(BaseException):
    """A build was left for what somebody else waits for: no fault, so nothing that catches faults has to do with it."""


class BuilderProcess:
    """Serves the requests of one workplace, one after the other."""

    def __init__(self, place: Workplace, parent: int) -> None:
        self.place = place
        self._parent = parent
        self._version = self._source_version()
        self._engine: Engine | None = None
        self._going = True
        self._clients: set[int] = set()
        self._untidy = 0
        """Builds since memory was last tidied."""
        self._wanted: float | None = None
        """Since when a whole build has been wanted."""
        self._doings = {"build": self._build, "first": self._put_first, "preview": self._preview}

    def serve(self) -> None:
        """Answers until told to stop, idle for long, or alone."""
        path = self.place.private_socket()
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(str(path))
            path.chmod(0o600)
            listener.listen(16)
            listener.settimeout(_TICK)
            self._listener = listener
            self._accept(listener)
        path.unlink(missing_ok=True)
        if self._engine:
            self._engine.close()

    def _accept(self, listener: socket.socket) -> None:
        last = time.monotonic()
        while self._going and self._is_wanted() and time.monotonic() - last < IDLE_SECONDS:
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                self._tidy()
                continue
            with connection:
                connection.settimeout(30)
                self._converse(connection)
            last = time.monotonic()

    def _tidy(self) -> None:
        """Collects what the builds since the last time have left; never while somebody waits for one."""
        if self._untidy:
            gc.collect()
            self._untidy = 0

    def _is_wanted(self) -> bool:
        """Whether its parent, or another process that has asked for something, is still there."""
        return os.getppid() == self._parent or any(map(_is_running, self._clients))

    def _converse(self, connection: socket.socket) -> None:
        try:
            with connection.makefile("rb") as requests:
                request = json.loads(requests.readline(_MAX_REQUEST))
            answer = self._answer(request)
            connection.sendall(json.dumps(answer).encode() + b"\n")
        except (OSError, ValueError) as error:
            print(f"builder: a client went away: {error}", file=sys.stderr)

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["do"] == "stop":
            self._clients.discard(request["client"])
            self._going = any(map(_is_running, self._clients))
            return {"stays": self._going}
        self._clients.add(request["client"])
        if self._source_version() != self._version or request["siteurl"] != os.environ.get("SITEURL"):
            self._going = False
            return {"stale": True}
        try:
            return self._doings[request["do"]](request)
        except _GaveWay:
            return {"gave_way": True}
        except KentonganError as error:
            return {"error": error.to_json()}
        except OSError as error:
            return {"error": refused(error).to_json()}
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            return {"error": KentonganError(_failed(error)).to_json()}

    def _build(self, request: dict[str, Any]) -> dict[str, Any]:
        self._untidy += 1
        if self._untidy > _MOST_UNTIDY:
            self._tidy()
        changes = request["changes"]
        changed = None if changes is None else [Path(path) for path in changes]
        self.engine.jobs = request.get("jobs") or cores()
        self._wanted = self._wanted or time.monotonic()
        self.engine.heed = self._give_way if request.get("gives_way") else lambda: None
        now, clean = _instant(request.get("now")), request.get("clean", False)
        report = self.engine.build(now, clean=clean, state=self.place.state, changes=changed)
        self._wanted = None
        return report.to_json()

    def _give_way(self) -> None:
        """Ends the build that is going on when somebody else waits, unless it is wanted for long, or takes something
        away from readers."""
        if self.engine.is_behind or time.monotonic() - (self._wanted or 0) > _MOST_PATIENT:
            return
        if select.select([self._listener], [], [], 0)[0]:
            raise _GaveWay

    def _put_first(self, request: dict[str, Any]) -> dict[str, Any]:
        changes, now = [Path(path) for path in request["changes"]], _instant(request["now"])
        return {"live": bool(self._engine and self._engine.put_first(changes, now, state=self.place.state))}

    def _preview(self, request: dict[str, Any]) -> dict[str, Any]:
        html = self.engine.preview(request["texts"], _instant(request["now"]), state=self.place.state)
        return {"html": html.decode()}

    @property
    def engine(self) -> Engine:
        """Made at the first request, so that what is wrong with the settings is told to whoever asks."""
        if self._engine is None:
            require_folder(self.place.content)
            settings = _settings(self.place)
            self._engine = settings["PELICAN_CLASS"](settings)
            self._engine.memory = Memory()
        return self._engine

    def _source_version(self) -> str:
        """A fingerprint of the settings' files and of our own code."""
        digest = sha256()
        folder = self.place.settings.parent if self.place.settings else None
        confs = [*sorted(folder.glob("*conf.py")), *sorted(folder.glob("plugins/**/*.py"))] if folder else []
        package = Path(__file__).parent
        domain = Path(sys.modules["kentongan"].__file__ or "").parent
        for path in (
            *confs,
            *sorted(package.glob("*.py")),
            *sorted(domain.rglob("*.py")),
            *sorted(domain.rglob("*.po")),
        ):
            status = path.stat()
            digest.update(f"{path}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
        return digest.hexdigest()


def _settings(place: Workplace) -> dict[str, Any]:
    """Pelican's settings: the office's file, else our defaults; content and output as the workplace has them."""
    override: dict[str, Any] = {"PATH": str(place.content), "OUTPUT_PATH": str(place.output), "DEBUG": False}
    if place.settings is None:
        from . import settings as defaults  # noqa: PLC0415 - only an office without settings needs them here

        override = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()} | override
    try:
        settings: dict[str, Any] = read_settings(str(place.settings) if place.settings else None, override)
    except KentonganError:
        raise
    except Exception as error:
        raise KentonganError(
            Message("The settings cannot be read: {error}.", {"error": f"{type(error).__name__}: {error}"}),
            Message("Mend {path}.", {"path": str(place.settings)}),
        ) from error
    if not isinstance(settings["PELICAN_CLASS"], type) or not issubclass(settings["PELICAN_CLASS"], Engine):
        raise KentonganError(
            Message("The settings do not begin with Kentongan's defaults."),
            Message(
                "Put “from kentongan_plugins.settings import *” at the top of {path}.", {"path": str(place.settings)}
            ),
        )
    return settings


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _failed(error: Exception) -> Message:
    return Message("The build failed: {error}.", {"error": f"{type(error).__name__}: {error}"})


def main(arguments: list[str]) -> int:
    """``python -m kentongan_plugins.builder CONTENT SETTINGS OUTPUT STATE PARENT``; SETTINGS may be empty."""
    content, settings, output, state, parent = arguments
    place = Workplace.of(Path(content), Path(settings) if settings else None, Path(output), Path(state))
    console.quiet = True  # Pelican's own summary: the report says more
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    gc.disable()  # a walk through all there is in the midst of a build would take longer than the build
    try:
        with open_locked(place.residence):
            BuilderProcess(place, int(parent)).serve()
    except KentonganError:
        return 0  # another builder of this workplace was quicker; clients talk to that one
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Python would take seconds to free, object by object, what the system frees at once
