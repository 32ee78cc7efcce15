"""Chapters from a file: the JSON of the podcast namespace, or lines like ``06:12 What comes here``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import Chapter
from kentongan.store import files
from kentongan.store.frontmatter import FrontMatterError

_LINE = re.compile(r"(\d+(?:[:.]\d{2}){1,2})\s+(.+)")
_MEND = Message("Write a line like “06:12 Title” for each part, in the order of their starts.")


def read_chapters(path: Path) -> tuple[Chapter, ...]:
    """The chapters of the file *path*, in the order of their starts.

    :raises KentonganError: when it cannot be read as either form, or their starts do not go up.
    """
    try:
        text = files.decode(path.read_bytes())
    except (OSError, FrontMatterError) as error:
        raise KentonganError(Message("{file} cannot be read.", {"file": str(path)}), _MEND) from error
    found = _of_json(path, text) if text.lstrip().startswith("{") else tuple(_of_lines(path, text))
    if any(after.start <= before.start for before, after in pairwise(found)):
        raise KentonganError(Message("The starts of the chapters in {file} do not go up.", {"file": str(path)}), _MEND)
    return found


def _of_lines(path: Path, text: str) -> Iterator[Chapter]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            match = _LINE.fullmatch(line.strip())
            yield _chapter(path, number, match[1] if match else line, match[2] if match else "")


def _of_json(path: Path, text: str) -> tuple[Chapter, ...]:
    """By the podcast namespace's ``application/json+chapters`` 1.2: ``startTime`` in seconds."""
    try:
        listed = json.loads(text)["chapters"]
        told = [(int(float(one["startTime"])), one.get("title", "")) for one in listed if one.get("toc", True)]
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise KentonganError(Message("{file} cannot be read.", {"file": str(path)}), _MEND) from error
    return tuple(_chapter(path, number, start, title) for number, (start, title) in enumerate(told, 1))


def _chapter(path: Path, number: int, start: Any, title: Any) -> Chapter:
    try:
        return Chapter(start=start, title=title)
    except ValidationError as error:
        raise KentonganError(
            Message("{file}:{number}: This is no chapter.", {"file": path.name, "number": number}), _MEND
        ) from error
