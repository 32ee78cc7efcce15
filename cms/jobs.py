"""Work that takes minutes: done in a thread, its state in a file, so that every process of the server tells of it."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store import atomic

FOLDER = "jobs"
_SILENT = 180.0
"""Seconds after which a job that says nothing was killed."""

_BETWEEN = 1.0
"""Seconds between two words of how far it is."""

Progress = Callable[[float], None]
_FAILED = Message("Something went wrong here.")
_ASK = Message("Try once more; if it stays so, say to whoever looks after the server: “A job failed, the log has it.”")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """How far a job is: the ``share`` that is done, from 0 to 1, or in words the ``trouble`` it ended with."""

    share: float = 0.0
    trouble: str = ""
    at: float = 0.0
    """When this was said, in seconds since 1970."""

    @property
    def done(self) -> bool:
        return self.share >= 1.0


class Jobs:
    """The jobs of one state folder; of each name one at a time, and of all of them one in each process."""

    def __init__(self, state: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder, self._clock = state / FOLDER, clock
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="job")

    def start(self, name: str, work: Callable[[Progress], object], told: Callable[[KentonganError], str]) -> bool:
        """Begins *work*, unless *name* is under way; whether it was begun. *told* puts its errors into words."""
        if self.is_busy(name):
            return False
        self._say(name, Job())
        self._pool.submit(self._run, name, work, told)
        return True

    def state(self, name: str) -> Job | None:
        """How far *name* is; ``None``: nobody has begun it."""
        try:
            return Job(**json.loads(self._path(name).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def is_busy(self, name: str) -> bool:
        """Whether it is under way."""
        job = self.state(name)
        return job is not None and not job.done and not job.trouble and self._clock() - job.at < _SILENT

    def forget(self, name: str) -> None:
        """Takes away what was said of *name*."""
        self._path(name).unlink(missing_ok=True)

    def wait(self) -> None:
        """Waits for the job that is under way in this process, and takes no more."""
        self._pool.shutdown(wait=True)

    def _run(self, name: str, work: Callable[[Progress], object], told: Callable[[KentonganError], str]) -> None:
        last = 0.0

        def progress(share: float) -> None:
            nonlocal last
            if self._clock() - last >= _BETWEEN:
                last = self._clock()
                self._say(name, Job(min(share, 0.99)))

        try:
            work(progress)
        except KentonganError as error:
            self._say(name, Job(trouble=told(error)))
        except Exception:
            _log.exception("a job failed")
            self._say(name, Job(trouble=told(KentonganError(_FAILED, _ASK))))
        else:
            self._say(name, Job(1.0))

    def _say(self, name: str, job: Job) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        atomic.write(self._path(name), json.dumps(asdict(job) | {"at": self._clock()}).encode())

    def _path(self, name: str) -> Path:
        return self._folder / f"{sha256(name.encode()).hexdigest()[:32]}.json"
