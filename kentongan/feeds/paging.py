"""Long podcasts in several documents: what subscribers read, and archives that do not change (RFC 5005, 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

KEPT = 300
"""How many items the feed that subscribers read holds at most."""

SHEET = 100
"""How many items an archive holds."""

T = TypeVar("T")


def paged(newest_first: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """The items of the current feed, then of each archive, the oldest archive first.

    An archive is counted from the oldest item on, so that a new item never moves one from archive to archive.
    """
    archives = max(0, -(-(len(newest_first) - KEPT) // SHEET))
    edge = len(newest_first) - archives * SHEET
    sheets = [tuple(newest_first[place : place + SHEET]) for place in range(edge, len(newest_first), SHEET)]
    return (tuple(newest_first[:edge]), *reversed(sheets))
