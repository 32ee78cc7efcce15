"""The source files of a content folder as they lie there, without opening them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from kentongan.model import RECORD_TYPES, Kind
from kentongan.store import files
from kentongan.store.reader import settled_signature

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


def signature_of(content: Path, path: str) -> str:
    """What tells a file that was changed from one that was not; empty: it may be changed within the same tick."""
    signature = settled_signature(content / path)
    return ":".join(map(str, signature)) if signature else ""


def _itself(content: Path, path: str) -> Iterator[str]:
    parts = PurePosixPath(path).parts
    named = len(parts) > 1 and path.lower().endswith(files.ENDINGS) and not any(part.startswith(".") for part in parts)
    if named and os.path.lexists(content / path):
        yield path


def _can_be_named(path: str) -> bool:
    """Whether a name is text; no database keeps one that is not."""
    return path.isprintable()
