"""Long lists on several sheets, numbered from the oldest: a new article touches two sheets, never all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

SHEET = 12
"""How many entries a full sheet has; the newest sheet has up to twice as many, less one."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One sheet of a list that is newest first. ``number`` is ``None`` on the newest, which has no number of its own.

    ``older`` and ``newer`` are numbers of sheets; ``newer`` is 0 for the newest. ``None``: there is none.
    """

    number: int | None
    entries: tuple[T, ...]
    older: int | None
    newer: int | None


def sheets(entries: Sequence[T], size: int = SHEET) -> tuple[Sheet[T], ...]:
    """*entries* (newest first) on sheets: the newest sheet, then those with a number from high to low."""
    numbered = max(len(entries) // size - 1, 0)
    newest = Sheet(None, tuple(entries[: len(entries) - numbered * size]), numbered or None, None)
    return (newest, *(_numbered(entries, number, numbered, size) for number in range(numbered, 0, -1)))


def _numbered(entries: Sequence[T], number: int, highest: int, size: int) -> Sheet[T]:
    end = len(entries) - (number - 1) * size
    newer = number + 1 if number < highest else 0
    return Sheet(number, tuple(entries[end - size : end]), number - 1 or None, newer)
