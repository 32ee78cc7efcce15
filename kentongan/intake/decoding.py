"""Bytes as they came -> text: UTF-8 as a rule, with a doubt for every line in which it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kentongan.intake.found import Doubt
from kentongan.language import Message

_BAD = "\ufffd"
_MOST_LINES = 10
"""So many broken lines are named; more of them say no more."""
_SAMPLE = 2000
"""Bytes that tell an encoding."""
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A letter beyond ASCII in UTF-8."""


def decoded(data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """UTF-8 or UTF-16, with or without a mark; what is like neither of them is taken for Windows text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    if unmarked := _unmarked(data[:_SAMPLE]):
        return data.decode(unmarked, errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _mended(data) if _is_like_utf8(data) else (data.decode("cp1252", errors="replace"), ())


def _unmarked(sample: bytes) -> str | None:
    """UTF-16 without a mark: of Latin letters every other byte is 0."""
    half = len(sample) // 2
    if half > 3 and sample[1::2].count(0) > 0.7 * half > sample[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if half > 3 and sample[::2].count(0) > 0.7 * half > sample[1::2].count(0) else None


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
