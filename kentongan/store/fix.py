"""Mends what can be mended without asking: a guid that was never given. A build never writes content; this does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kentongan.model import RECORD_TYPES
from kentongan.store import files
from kentongan.store.edit import edit
from kentongan.store.frontmatter import FrontMatterError, parse


@dataclass(frozen=True, slots=True)
class Mend:
    """A change of the file *path* (relative to the content folder): *key* gets *value*."""

    path: str
    key: str
    value: str


def mends(content: Path) -> Iterator[Mend]:
    """What can be mended below the folder *content*."""
    for type_ in RECORD_TYPES.values():
        if "guid" in type_.model_fields:
            for path in files.markdown_files(content, type_.folder):
                if _lacks(content / path, "guid"):
                    yield Mend(path, "guid", str(uuid.uuid4()))


def apply(content: Path, mend: Mend) -> None:
    """Writes one mend; every other byte of the file stays."""
    edit(content / mend.path, {mend.key: mend.value})


def _lacks(path: Path, key: str) -> bool:
    try:
        return key not in parse(files.read_text(path)).data
    except FrontMatterError:
        return False  # whoever cannot read it cannot mend it; `check` says why
