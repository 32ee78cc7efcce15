"""Pelican's own ``Key: value`` lines in front of a text, as an alternative to front matter for articles and pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kentongan.model.messages import Location
from kentongan.store.frontmatter import Document

_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):[ \t]*(.*)$")
_MORE = re.compile(r"(?: {4}|\t)[ \t]*(.*)$")
_NAMES = {"modified": "updated", "author": "authors"}
_LISTS = {"tags": re.compile(r"[,;]"), "authors": re.compile(r";|,(?![^;]*;)")}
"""Tags are parted by commas; so are authors, unless a semicolon shows that a comma belongs to a name."""


def has_metadata(text: str) -> bool:
    """Whether *text* begins with Pelican's metadata."""
    return _KEY.match(text.split("\n", 1)[0]) is not None


def parse_metadata(text: str) -> Document:
    """Takes such a text apart. Keys are lower-case; an indented line goes on with the value above it."""
    data: dict[str, Any] = {}
    lines: dict[Location, int] = {}
    rest = text.split("\n")
    number, key = 0, ""
    for number, line in enumerate(rest):
        if match := _KEY.match(line):
            key = _NAMES.get(match[1].lower(), match[1].lower())
            data[key], lines[(key,)] = match[2].strip(), number + 1
        elif (more := _MORE.match(line)) and key:
            data[key] = f"{data[key]} {more[1].strip()}"
        else:
            break
    body = "\n".join(rest[number:])
    return Document(_split(data), lines, body.lstrip("\n"), number + 1 + len(body) - len(body.lstrip("\n")))


def _split(data: Mapping[str, str]) -> dict[str, Any]:
    kept = {key: value for key, value in data.items() if value}
    for key, border in _LISTS.items():
        if key in kept:
            kept[key] = [part.strip() for part in border.split(kept[key]) if part.strip()]  # type: ignore[assignment]
    return dict(kept)
