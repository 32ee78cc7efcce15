"""One look at the content folder serves a whole request: with thousands of files it takes a tenth of a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from kentongan.model import RECORD_TYPES
from kentongan.store import atomic

_SEEN: ContextVar[dict[Path, object] | None] = ContextVar("seen", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """In here a folder is looked at again only where a file came, went or was replaced, as by every write of ours."""
    token = _SEEN.set({})
    try:
        yield
    finally:
        _SEEN.reset(token)


def look(content: Path, refresh: Callable[[], None]) -> None:
    """Has *content* looked at by *refresh*, unless that was done."""
    seen, now = _SEEN.get(), [atomic.signature(content / type_.folder) for type_ in RECORD_TYPES.values()]
    if seen is None or seen.get(content) != now:
        refresh()
    if seen is not None:
        seen[content] = now
