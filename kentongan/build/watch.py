"""Keeps a site built while people edit: rebuilds on every change of a file, and when a date falls due."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from watchfiles import watch

from kentongan.build.report import BuildReport
from kentongan.clock import stands_still
from kentongan.errors import KentonganError, refused
from kentongan.language import Message

_GATHER_MILLISECONDS = 200
"""How long changes that follow each other closely are gathered at most."""

_QUIET_MILLISECONDS = 10
"""After how long without a change what was gathered is told."""

_LOOK_AROUND_MILLISECONDS = 1000
"""How often it is looked whether what is watched is still what lies there."""

_NEVER = datetime.max.replace(tzinfo=UTC)

_TRY_AGAIN = 5.0
_REST = 0.2
"""How many seconds it has to be quiet before all is built of which the first is live already."""

_LONGEST_REST = 5.0
"""How many seconds that may take, when it is never quiet."""

_LOOK_AGAIN = 900.0
"""After how many seconds of being told what changes all is looked at: a system under load may tell less than it should,
and somebody may have had a hand in what was put out."""

_LONGEST_WAIT = 1.0
"""Seconds: the clock of the machine may be set."""

Build = Callable[[Collection[Path] | None], BuildReport | None]
"""Builds, given the paths that have changed; ``None``: anything may have. It may give way, and return ``None``."""

Told = Callable[[Collection[Path]], object]
"""Puts live at once what it can of the paths that have changed."""


def keep_built(
    places: Sequence[Path],
    build: Build,
    failed: Callable[[KentonganError], None],
    stop: threading.Event,
    put_first: Told = lambda _: None,
) -> None:
    """Builds once, then whenever something at or below *places* changes or the site is due, until *stop* is set.

    *places* are folders and files, of which some may come later. What changes is told to *put_first* at once, and then
    to *build*, in a thread of its own. A build that fails is told to *failed*; the next change tries again.
    """
    keeper = _Keeper(build, failed, stop)
    keeper.start()
    while keeper.is_alive():
        try:
            _watch(_lying(places), places, keeper, put_first, stop)
        except OSError as error:  # something went away just now, or may not be read
            failed(refused(error))
            keeper.want(None)
            stop.wait(_TRY_AGAIN)
    keeper.join()


def _watch(
    lying: Mapping[Path, object], places: Sequence[Path], keeper: _Keeper, put_first: Told, stop: threading.Event
) -> None:
    """Tells *keeper* what changes, until something else lies at *places*."""
    is_open = False
    for changed in _changes(lying, stop):
        if _lying(places) != lying:
            return
        if not is_open:
            keeper.want(None)  # something may have changed before the watcher was open
        elif changed and keeper.is_ready:
            put_first(changed)
            keeper.want(changed, _REST)
        elif changed:
            keeper.want(changed)
        is_open = True


class _Keeper(threading.Thread):
    """Builds what is wanted, one build after the other."""

    def __init__(self, build: Build, failed: Callable[[KentonganError], None], stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._build, self._failed, self._stop_asked = build, failed, stop
        self._asked = threading.Condition()
        self._wanted: set[Path] = set()
        self._is_all_told = False
        """Whether every change since the last build is known by its path."""
        self._at, self._since = 0.0, 0.0
        """When (by the clock that nobody sets) what is wanted is built, and since when something is wanted."""
        self._due = _NEVER
        self._again = math.inf
        """When (by the same clock) nothing that was told is relied on any more."""
        self.is_ready = False
        """Whether the last build went well."""

    def want(self, changed: Collection[Path] | None, rest: float = 0.0) -> None:
        """Asks for a build after *changed* (``None``: anything may have) as soon as nothing has come for *rest*."""
        with self._asked:
            now = time.monotonic()
            if not self._wanted:
                self._since = now
            self._wanted.update(changed or ())
            self._is_all_told = self._is_all_told and changed is not None
            self._at = min(now + rest, self._since + _LONGEST_REST)
            self._asked.notify()

    def run(self) -> None:
        """Builds until it is asked to stop."""
        while not self._stop_asked.is_set():
            with self._asked:
                if (left := self._left()) > 0:
                    self._asked.wait(min(left, _LONGEST_WAIT))
                    continue
                is_told = self._is_all_told and self._wanted and time.monotonic() < self._again
                wanted = self._wanted if is_told else None
                self._wanted, self._is_all_told, self._at, self._due = set(), True, math.inf, _NEVER
                self._again = self._again if is_told else math.inf
            self._attempt(wanted)

    def _left(self) -> float:
        """Seconds until the next build."""
        return min(
            self._at - time.monotonic(), self._again - time.monotonic(), (self._due - datetime.now(UTC)).total_seconds()
        )

    def _attempt(self, wanted: set[Path] | None) -> None:
        try:
            report = self._build(wanted)
        except KentonganError as error:
            self._fail(error)
        except Exception as error:
            self._fail(
                KentonganError(Message("The build failed: {error}.", {"error": f"{type(error).__name__}: {error}"}))
            )
        else:
            self._settle(wanted, report)

    def _settle(self, wanted: set[Path] | None, report: BuildReport | None) -> None:
        if report is None:  # it gave way to what will be told in a moment, and is built together with that
            self.want(wanted, _REST)
            return
        with self._asked:
            self.is_ready = True
            if wanted is not None:
                self._again = min(self._again, time.monotonic() + _LOOK_AGAIN)
            if not stands_still():
                self._due = min(self._due, report.next_change)

    def _fail(self, error: KentonganError) -> None:
        """Of a build that failed, nobody will tell the changes again."""
        with self._asked:
            self.is_ready = self._is_all_told = False
            self._at = min(self._at, time.monotonic() + _TRY_AGAIN)
        self._failed(error)


def _changes(lying: Mapping[Path, object], stop: threading.Event) -> Iterator[set[Path]]:
    """What changes below the folders that lie there; now and then nothing."""
    found = watch(
        *lying,
        stop_event=stop,
        debounce=_GATHER_MILLISECONDS,
        step=_QUIET_MILLISECONDS,
        rust_timeout=_LOOK_AROUND_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    return ({Path(path) for _, path in changes} for changes in found)


def _lying(places: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Those of *places* that are there, each with what it is: a folder that was replaced is another one."""
    found = {}
    for place in places:
        with suppress(OSError):
            status = place.stat()
            found[place] = status.st_dev, status.st_ino
    return found
