"""Changing keys of a record's file: every byte that is not theirs stays, its line ends and byte-order mark too."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kentongan.store import atomic, files
from kentongan.store.frontmatter import splice

_MARK = "\ufeff"


def edit(path: Path, changes: Mapping[str, Any]) -> None:
    """Sets the top-level keys of *changes* in the file *path* (``None`` deletes one), whole or not at all.

    :raises FrontMatterError: when it cannot be read.
    """
    text = splice(files.read_text(path), changes)
    atomic.write(path, in_style_of(path.read_bytes(), text).encode(), durable=True)


def in_style_of(written: bytes, text: str) -> str:
    """*text* with the line ends and the byte-order mark of the file that holds *written*."""
    if b"\r\n" in written:
        text = text.replace("\n", "\r\n")
    return f"{_MARK}{text}" if written.startswith(codecs.BOM_UTF8) else text
