"""From the button to the reader: what was published and is on its way, until the public address serves it."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kentongan.build import live
from kentongan.build.release import Releases
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.repository import Exchange
from kentongan.store import atomic
from kentongan.store.history import History

from .jobs import Jobs, Progress
from .status import BuildStatus, version_of

FOLDER = "outgoing"
LATE = 600.0
"""Seconds after which what is not live yet is said to be late."""

_LOOK = 3.0
_YOUNG, _SELDOM = 120.0, 30.0
"""For how long it is looked for at every look, and how many seconds lie between two looks after that."""
_KEPT = 7 * 86_400.0
_STILL = 30.0
_RELEASE = "release"
_log = logging.getLogger(__name__)

_LATE_MEND = Message("Tell whoever looks after the site: “What was sent in has not been published.”")


class Way(StrEnum):
    """How what is published reaches readers."""

    HERE = "here"
    """This server's own pages: no public address is set."""
    RELEASE = "release"
    """By releases of this machine, which a web server serves."""
    AFAR = "afar"
    """Somewhere else, by whoever fetches what is pushed."""


class Stage(StrEnum):
    """How far it is."""

    GOING = "going"
    LIVE = "live"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The record *path*, called *label*, published by *commit* at *at*; *live* since then (seconds since 1970)."""

    path: str
    label: str
    commit: str
    at: float
    live: float = 0.0


@dataclass(frozen=True, slots=True)
class Going:
    """How far something is, and what is in its way, with what to do."""

    stage: Stage
    why: KentonganError | None = None


@dataclass
class Publication:
    """What is on its way from *content* to the public *address* ("": there is none)."""

    content: Path
    output: Path
    state: Path
    status: BuildStatus
    address: str = ""
    exchange: Exchange | None = None
    clock: Callable[[], float] = time.time
    jobs: Jobs | None = None
    _looked: dict[str, tuple[float, live.Live]] = field(default_factory=dict)

    @property
    def way(self) -> Way:
        """How it goes out here."""
        if not is_public(self.address):
            return Way.HERE
        return Way.RELEASE if self.releases.current.is_dir() else Way.AFAR

    @property
    def releases(self) -> Releases:
        return Releases(self.state)

    @property
    def is_rolled_back(self) -> bool:
        """Whether an owner went back to an older release, so that the next one is for a person to cut."""
        return self.releases.is_held

    def send(self, path: str, label: str, commit: str | None) -> None:
        """Remembers that *path* was published by *commit*, and sets off what brings it to readers."""
        if found := commit or History(self.content).commit():
            self._keep(Outgoing(path, label, found, self.clock()))
        self.hurry()

    def hurry(self) -> None:
        """Sets off what brings the newest commit to readers."""
        if self.way is Way.RELEASE and not self.is_rolled_back:
            self.release()

    def release(self) -> None:
        """Cuts a release of what is committed by now, unless one is being cut; by the same command as by hand."""
        if self.jobs:
            self.jobs.start(_RELEASE, self._publish, lambda error: error.told(self.status.language))

    @property
    def is_releasing(self) -> bool:
        """Whether a release is being cut."""
        return self.jobs is not None and self.jobs.is_busy(_RELEASE)

    def of(self, path: str) -> Outgoing | None:
        """The last publication of *path*."""
        return self._read(self._file(path))

    def under_way(self) -> list[Outgoing]:
        """All that readers do not see yet, oldest first."""
        found = (self._read(path) for path in (self.state / FOLDER).glob("*.json"))
        return sorted((one for one in found if one and not one.live), key=lambda one: one.at)

    def going(self, one: Outgoing) -> Going:
        """How far *one* is."""
        if one.live:
            return Going(Stage.LIVE)
        return {Way.HERE: self._here, Way.RELEASE: self._by_release, Way.AFAR: self._afar}[self.way](one)

    def keep_looking(self, stop: threading.Event) -> None:
        """Looks after what is under way until *stop* is set."""
        while not stop.wait(_LOOK):
            try:
                self.look()
            except Exception:
                _log.exception("looking after what is published failed")

    def look(self) -> None:
        """Looks once at everything that is under way; what is live by now is marked so."""
        for one in self.under_way():
            if self.way is Way.AFAR and self._is_to_be_looked_at(one):
                self._looked[one.commit] = (self.clock(), live.look(self.address, one.commit, self._includes))
            if self.going(one).stage is Stage.LIVE:
                self._looked.pop(one.commit, None)
                self._keep(replace(one, live=self.clock()))
            elif self.way is Way.RELEASE and not self.is_rolled_back and not self._failed_just_now():
                self.release()
            if self.clock() - one.at > _KEPT:
                self._file(one.path).unlink(missing_ok=True)

    def _here(self, _: Outgoing) -> Going:
        error = self.status.error
        return Going(Stage.STUCK, error) if error else Going(Stage.LIVE)

    def _by_release(self, one: Outgoing) -> Going:
        served = version_of(self.releases.current).get("commit")
        if served and self._includes(served, one.commit):
            return Going(Stage.LIVE)
        if self.is_rolled_back:
            return Going(Stage.STUCK, _ROLLED_BACK)
        job = self.jobs.state(_RELEASE) if self.jobs else None
        if job and job.trouble and job.at >= one.at:
            return Going(Stage.STUCK, KentonganError(Message("No release could be made. {why}", {"why": job.trouble})))
        return self._late(one, Message("The release has not been made yet."))

    def _afar(self, one: Outgoing) -> Going:
        if self.exchange and not self.exchange.has(one.commit):
            return self._unsent(one, self.exchange)
        _, found = self._looked.get(one.commit, (0.0, None))
        if found and found.state is live.State.LIVE:
            return Going(Stage.LIVE)
        return self._late(one, found.message if found else Message("The public address has not been asked yet."))

    def _unsent(self, one: Outgoing, exchange: Exchange) -> Going:
        step = exchange.step
        why = Message("It has not been sent to {place} yet.", {"place": step.place})
        return Going(Stage.STUCK, KentonganError(why, _LATE_MEND)) if step.trouble else self._late(one, why)

    def _late(self, one: Outgoing, why: Message) -> Going:
        late = self.clock() - one.at > LATE
        return Going(Stage.STUCK, KentonganError(why, _LATE_MEND)) if late else Going(Stage.GOING)

    def _is_to_be_looked_at(self, one: Outgoing) -> bool:
        last, _ = self._looked.get(one.commit, (0.0, None))
        return self.clock() - one.at < _YOUNG or self.clock() - last >= _SELDOM

    def _failed_just_now(self) -> bool:
        job = self.jobs.state(_RELEASE) if self.jobs else None
        return job is not None and bool(job.trouble) and self.clock() - job.at < _SELDOM

    def _includes(self, served: str, wanted: str) -> bool:
        return served.startswith(wanted) or History(self.content).includes(served, wanted)

    def _publish(self, progress: Progress) -> None:
        places = ("--content", str(self.content), "--state", str(self.state))
        command = [sys.executable, "-m", "kentongan", "publish", *places]
        with tempfile.TemporaryFile() as told:
            with subprocess.Popen(
                command,
                cwd=self.content.parent,
                env={**os.environ, "SITEURL": self.address},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=told,
            ) as process:
                while (code := _ended(process)) is None:
                    progress(0.5)  # it is still there
            told.seek(0)
            last = (told.read().decode("utf-8", "replace").strip().splitlines() or ["?"])[-1]
        if code:
            raise KentonganError(Message("The command ended with “{error}”.", {"error": last}))

    def _keep(self, one: Outgoing) -> None:
        atomic.write(self._file(one.path), json.dumps(asdict(one)).encode())

    def _read(self, path: Path) -> Outgoing | None:
        try:
            return Outgoing(**json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def _file(self, path: str) -> Path:
        return self.state / FOLDER / f"{sha256(path.encode()).hexdigest()[:32]}.json"


_ROLLED_BACK = KentonganError(
    Message("An owner went back to an older release, so that newer ones wait."),
    Message("An owner publishes the newest again under “Releases”."),
)


def _ended(process: subprocess.Popen[bytes]) -> int | None:
    """How it ended; ``None``: not within half a minute."""
    try:
        return process.wait(_STILL)
    except subprocess.TimeoutExpired:
        return None


def is_public(address: str) -> bool:
    """Whether *address* is one that others can reach, as far as can be told from it."""
    host = urlsplit(address).hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return bool(host) and host != "localhost" and not host.endswith(".localhost")
