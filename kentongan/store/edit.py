"""Changing keys of a record's file: every byte that is not theirs stays, its line ends and byte-order mark too."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kentongan.store import atomic, files
from kentongan.store.frontmatter import splice


def edit(path: Path, changes: Mapping[str, Any]) -> None:
    """Sets the top-level keys of *changes* in the file *path* (``None`` deletes one), whole or not at all.

    :raises FrontMatterError: when it cannot be read.
    """
    text = splice(files.read_text(path), changes)
    written = path.read_bytes()
    if b"\r\n" in written:
        text = text.replace("\n", "\r\n")
    mark = codecs.BOM_UTF8 if written.startswith(codecs.BOM_UTF8) else b""
    atomic.write(path, mark + text.encode(), durable=True)
