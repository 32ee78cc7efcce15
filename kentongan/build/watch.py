"""Keeps a site built while people edit: rebuilds on every change of a file, and when a date falls due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchfiles import watch

from kentongan.build.report import BuildReport
from kentongan.errors import KentonganError
from kentongan.language import Message

_GATHER_MILLISECONDS = 60
_LOOK_AT_CLOCK_MILLISECONDS = 5000
_TRY_AGAIN = timedelta(seconds=5)


def keep_built(
    folders: Sequence[Path],
    build: Callable[[], BuildReport],
    failed: Callable[[KentonganError], None],
    stop: threading.Event,
) -> None:
    """Calls *build* once, then whenever something below *folders* changes or the site is due, until *stop* is set.

    A build that fails is told to *failed*; the next change tries again.
    """
    due = _attempt(build, failed)
    changes = watch(
        *(folder for folder in folders if folder.is_dir()),
        stop_event=stop,
        debounce=_GATHER_MILLISECONDS,
        rust_timeout=_LOOK_AT_CLOCK_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    for changed in changes:
        if changed or (due and datetime.now(UTC) >= due):
            due = _attempt(build, failed)


def _attempt(build: Callable[[], BuildReport], failed: Callable[[KentonganError], None]) -> datetime | None:
    """When the site is due again; soon, after a build that failed: what was in its way may pass."""
    try:
        return build().next_change
    except KentonganError as error:
        failed(error)
    except Exception as error:
        failed(KentonganError(Message("The build failed: {error}.", {"error": f"{type(error).__name__}: {error}"})))
    return datetime.now(UTC) + _TRY_AGAIN
