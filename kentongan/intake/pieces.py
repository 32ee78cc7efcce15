"""Pieces of a source text, each with its place: a whole run of plain characters, or one character alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

Piece = tuple[str, int, int]
"""Characters to read, and the half-open span of the source that they stand for; a run is as long as its span."""
_PLAIN = r"[A-Za-z0-9.:;()/\"'!?&@=+-]+"
_RUN = re.compile(rf"{_PLAIN}(?:,? {_PLAIN})*|.", re.DOTALL)
"""Words that need no tidying, in one go; or any other character, alone."""


def pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    """``source[start:end]`` as it is."""
    return ((run[0], *run.span()) for run in _RUN.finditer(source, start, end))
