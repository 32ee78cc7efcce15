"""Keeping step with the repository elsewhere: fetch, take in, push; and again, later and later, where that fails."""

from __future__ import annotations

import fcntl
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kentongan.repository.git import Repository
from kentongan.repository.joining import Unrelated
from kentongan.repository.remote import Remote, RemoteError, Trouble
from kentongan.repository.writer import Writer
from kentongan.store import atomic
from kentongan.store.git import GitError, asked

BACKOFF = (10.0, 30.0, 60.0, 300.0, 900.0)
"""Seconds to wait after each failed round in a row; the last one again and again."""

EVERY = 60.0
"""Seconds between two looks at what others have pushed."""

_LOOK = 1.0
_FILE = "exchange.json"
_ATTEMPTS = 3
"""At a push that somebody else's came before."""

_FOR_A_PERSON = (Trouble.REWRITTEN, Trouble.UNRELATED)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """How far the exchange is: *waiting* commits are not there yet, what the last round's *trouble* was, in git's
    words what was *said*, when that was and when it is tried *again* (seconds since 1970), which commit was *sent*."""

    place: str = ""
    waiting: int = 0
    trouble: Trouble | None = None
    said: str = ""
    failures: int = 0
    at: float = 0.0
    again: float = 0.0
    sent: str = ""


def last_step(state: Path) -> Step:
    """What was remembered in the folder *state* of the last round; nothing where there was none."""
    try:
        told = json.loads((state / _FILE).read_bytes())
        return Step(**told | {"trouble": Trouble(told["trouble"]) if told["trouble"] else None})
    except (OSError, ValueError, TypeError, KeyError):
        return Step()


class Exchange:
    """The exchange of one content folder with *remote*. Several processes may hold one: a round is made by one of them.

    *message* is what commits that bring two histories together are called.
    """

    def __init__(
        self, writer: Writer, remote: Remote, message: str = "Merge", clock: Callable[[], float] = time.time
    ) -> None:
        self.remote = remote
        self.clock = clock
        self._writer, self._message = writer, message
        self._repository = Repository(writer.content)
        self._file = writer.state / _FILE
        self._ref: Path | None = None
        self._seen: object = None

    @property
    def step(self) -> Step:
        """How far it was at the end of the last round, and how many commits wait by now."""
        last = self._last()
        return replace(last, waiting=self._waiting(last.sent), place=last.place or self.remote.place)

    def has(self, commit: str) -> bool:
        """Whether *commit* is there."""
        sent = self._last().sent
        return bool(sent) and self._repository.includes(sent, commit)

    def is_due(self) -> bool:
        """Whether it is time for a round: something is new here, or the hour has come."""
        last, new = self._last(), self._tip()
        return self.clock() >= last.again or (new != self._seen and last.trouble not in _FOR_A_PERSON)

    def round(self) -> Step:
        """Takes in what is new there, and sends what is new here; how far that came."""
        with self._alone() as mine:
            if not mine:
                return self.step
            self._seen = self._tip()
            try:
                done = Step(sent=self._kept_in_step())
            except RemoteError as error:
                done = Step(trouble=error.trouble, said=error.said)
            except Unrelated as error:
                done = Step(trouble=Trouble.UNRELATED, said=str(error))
            except (GitError, OSError) as error:
                done = Step(trouble=Trouble.FAILED, said=str(RemoteError(Trouble.FAILED, str(error))))
            return self._said(done)

    def accept(self) -> None:
        """Somebody has decided: what was rewritten there is brought together with what is here, all of it."""
        if seen := self.remote.seen:
            self.remote.agree(seen)
        self.wake()

    def wake(self) -> None:
        """Makes the next round due at once."""
        self._write(replace(self._last(), again=0.0, trouble=None))

    def keep_going(self, stop: threading.Event) -> None:
        """Makes rounds until *stop* is set, whatever one of them meets."""
        while not stop.wait(_LOOK):
            try:
                if self.is_due():
                    self.round()
            except Exception as error:
                _log.exception("a round of the exchange failed")
                self._said(Step(trouble=Trouble.FAILED, said=type(error).__name__))

    def _kept_in_step(self) -> str:
        """The commit that both sides have."""
        self._writer.recover()
        for _ in range(_ATTEMPTS):
            theirs = self.remote.fetch()
            if theirs:
                self._take_in(theirs)
            ours = self._repository.head
            if ours is None:
                return ""
            try:
                if ours != theirs:
                    self.remote.push(ours)
            except RemoteError as error:
                if error.trouble is not Trouble.BEHIND:
                    raise
                continue
            self.remote.agree(ours)
            return ours
        raise RemoteError(Trouble.BEHIND)

    def _take_in(self, theirs: str) -> None:
        agreed = self.remote.agreed
        if agreed and not self._repository.includes(theirs, agreed):
            raise RemoteError(Trouble.REWRITTEN)
        self._writer.join(theirs, self._message, datetime.fromtimestamp(self.clock(), UTC))

    def _said(self, done: Step) -> Step:
        """Remembers how a round ended, and when the next one is."""
        last, now = self._last(), self.clock()
        if done.sent and done.sent == self._repository.head:
            self._seen = self._tip()  # what was taken in is no news
        failures = last.failures + 1 if done.trouble else 0
        pause = BACKOFF[min(failures, len(BACKOFF)) - 1] if done.trouble else EVERY
        sent = done.sent or last.sent
        step = replace(done, place=self.remote.place, failures=failures, at=now, again=now + pause, sent=sent)
        self._write(step)
        return replace(step, waiting=self._waiting(sent))

    def _last(self) -> Step:
        return last_step(self._writer.state)

    def _write(self, step: Step) -> None:
        atomic.write(self._file, json.dumps(asdict(step)).encode())

    def _waiting(self, sent: str) -> int:
        """How many commits of ours are not there."""
        known = sent or self.remote.seen
        range_ = f"{known}..HEAD" if known else "HEAD"
        return int(asked(self._writer.content, "rev-list", "--count", "--first-parent", range_) or 0)

    def _tip(self) -> object:
        """What changes with every commit, by whomever, and costs no process to look at."""
        if self._ref is None:
            found = asked(self._writer.content, "rev-parse", "--path-format=absolute", "--git-path", self._head())
            self._ref = Path((found or b"").decode().strip() or "/nonexistent")
        return atomic.signature(self._ref)

    def _head(self) -> str:
        return (asked(self._writer.content, "symbolic-ref", "HEAD") or b"HEAD").decode().strip()

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """One round at a time, in whichever process."""
        self._writer.state.mkdir(parents=True, exist_ok=True)
        with (self._writer.state / "exchange.lock").open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
