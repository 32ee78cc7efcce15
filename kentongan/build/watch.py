"""Keeps a site built while people edit: rebuilds on every change of a file, and when a date falls due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchfiles import watch

from kentongan.build.report import BuildReport
from kentongan.errors import KentonganError
from kentongan.language import Message

_GATHER_MILLISECONDS = 200
"""How long changes that follow each other closely are gathered at most."""

_QUIET_MILLISECONDS = 10
"""After how long without a change what was gathered is told."""

_LOOK_AROUND_MILLISECONDS = 1000
"""How often the clock is looked at, and whether what is watched is still what lies there."""

_NOW = datetime.min.replace(tzinfo=UTC)

_TRY_AGAIN = timedelta(seconds=5)

Build = Callable[[Collection[Path] | None], BuildReport]
"""Builds, given the paths that have changed; ``None``: anything may have."""


def keep_built(
    places: Sequence[Path],
    build: Build,
    failed: Callable[[KentonganError], None],
    stop: threading.Event,
) -> None:
    """Builds once, then whenever something at or below *places* changes or the site is due, until *stop* is set.

    *places* are folders and files, of which some may come later. A build that fails is told to *failed*; the next
    change tries again.
    """
    _attempt(build, None, failed)
    while not stop.is_set():
        lying, due, all_told = _lying(places), _NOW, False  # something may have changed before the watcher was open
        for changed in _changes(lying, stop):
            if _lying(places) != lying:
                break
            is_due = due <= datetime.now(UTC)
            if changed or is_due:
                next_change = _attempt(build, changed if all_told and not is_due else None, failed)
                all_told = next_change is not None  # of a build that failed, nobody will tell the changes again
                due = next_change or datetime.now(UTC) + _TRY_AGAIN


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


def _attempt(
    build: Build, changed: Collection[Path] | None, failed: Callable[[KentonganError], None]
) -> datetime | None:
    """When the site changes by itself; ``None`` after a build that failed: what was in its way may pass."""
    try:
        return build(changed).next_change
    except KentonganError as error:
        failed(error)
    except Exception as error:
        failed(KentonganError(Message("The build failed: {error}.", {"error": f"{type(error).__name__}: {error}"})))
    return None
