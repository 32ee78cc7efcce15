"""The source files of a content folder as they lie there, without opening them."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from kentongan.model import RECORD_TYPES, Kind
from kentongan.store import files
from kentongan.store.reader import SETTLED_NANOSECONDS

MOST_CHANGES = 100
"""With more than so many it is quicker to look at everything."""
_KINDS = {type_.folder: kind for kind, type_ in RECORD_TYPES.items()}


def changed_paths(content: Path, changes: Collection[Path] | None) -> tuple[str, ...] | None:
    """*changes*, absolute or relative to *content*, as paths below it; ``None``: look at everything."""
    if changes is None or len(changes) > MOST_CHANGES:
        return None
    below = []
    for path in changes:
        with suppress(ValueError):
            below.append((content / path).relative_to(content).as_posix())
    return None if "." in below else tuple(below)


def source_files(content: Path, below: Collection[str] | None = None) -> Iterator[tuple[str, Kind]]:
    """Path and type of each file that holds a record or should, of all or of those at or below the paths *below*."""
    for place in _KINDS if below is None else below:
        kind = _KINDS.get(PurePosixPath(place).parts[0])
        if kind:
            found = files.markdown_files(content, place) if (content / place).is_dir() else _itself(content, place)
            yield from ((path, kind) for path in found if _can_be_named(path))


def signatures_of(content: Path, paths: Iterable[str]) -> dict[str, str]:
    """By path, what tells a file that was changed from one that was not; empty: it may be changed within the same tick.

    No path objects are made: there are thousands, and every list of the admin looks at all of them.
    """
    root, settled = f"{content}{os.sep}", time.time_ns() - SETTLED_NANOSECONDS
    return {path: _signature(f"{root}{path}", settled) for path in paths}


def _signature(place: str, settled: int) -> str:
    try:
        status = os.lstat(place)
    except OSError:
        return ""
    known = status.st_mtime_ns < settled
    return f"{status.st_mtime_ns}:{status.st_size}:{status.st_ino}" if known else ""


def _itself(content: Path, path: str) -> Iterator[str]:
    parts = PurePosixPath(path).parts
    named = len(parts) > 1 and path.lower().endswith(files.ENDINGS) and not any(part.startswith(".") for part in parts)
    if named and os.path.lexists(content / path):
        yield path


def _can_be_named(path: str) -> bool:
    """Whether a name is text; no database keeps one that is not."""
    return path.isprintable()
