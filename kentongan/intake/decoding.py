"""Bytes as they came -> text: UTF-8 as a rule, with a doubt for every line in which it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kentongan.intake.found import Doubt
from kentongan.language import Message

_BAD = "\ufffd"
_MOST_LINES = 10
"""So many broken lines are named; more of them say no more."""
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A letter beyond ASCII in UTF-8."""


def decoded(data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """UTF-8, with or without a mark, or UTF-16 with one; what is like none of them is taken for Windows text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _mended(data) if _is_like_utf8(data) else (data.decode("cp1252", errors="replace"), ())


def _is_like_utf8(data: bytes) -> bool:
    """Whether more of what is not ASCII is whole in UTF-8 than is broken. Windows text has hardly ever such pairs."""
    whole = sum(len(letter) for letter in _LETTER.findall(data))
    return 2 * whole > sum(byte > 127 for byte in data)


def _mended(data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    text = data.decode("utf-8-sig", errors="replace")
    return text, tuple(_doubts(text))


def _doubts(text: str) -> Iterator[Doubt]:
    broken = [number for number, line in enumerate(text.split("\n"), 1) if _BAD in line]
    for number in broken[:_MOST_LINES]:
        yield Doubt("text", Message("A letter in line {line} is broken, and stands as “\ufffd”.", {"line": number}))
