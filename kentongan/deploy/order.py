"""In which order files go live: assets before the pages that show them, pages before the feeds that announce them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from pathlib import PurePosixPath
from typing import TypeAlias

from kentongan.due import VERSION
from kentongan.serving.policy import cache_control, is_hashed, media_type

COMPRESSED = (".br", ".gz", ".zst")
"""Endings of precompressed files, each beside the file it is made from."""

MOST_FILES = 200
"""In one batch: that much is sent again, at worst, after an interruption."""

_DATA = {".ics", ".json", ".opml", ".txt", ".xml"}


class Phase(IntEnum):
    """The phases of a shipment. ``version.json`` says what is live, and so goes last of what is sent."""

    ASSETS = 1
    PAGES = 2
    DATA = 3
    VERSION = 4


Place: TypeAlias = tuple[Phase, int]
"""Phase, and place in it: deeper pages go before the lists that lead to them, and the home page last."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that may go at once and are served alike. Paths are relative to the site's root."""

    paths: tuple[str, ...]
    media_type: str
    cache_control: str


def place(path: str) -> Place:
    """When the file *path* may go."""
    plain = uncompressed(path)
    ending = PurePosixPath(plain).suffix
    if is_hashed(plain):
        return Phase.ASSETS, 0
    if ending == ".html":
        return Phase.PAGES, -plain.count("/")
    if plain == VERSION:
        return Phase.VERSION, 0
    return (Phase.DATA if ending in _DATA else Phase.ASSETS), 0


def batches(paths: Iterable[str], *, by_type: bool) -> Iterator[Batch]:
    """*paths* in the order in which they go; *by_type*: each batch holds files of one media type and caching."""

    def key(path: str) -> tuple[Place, str, str]:
        return place(path), *((media_type(path), cache_control(path)) if by_type else ("", ""))

    for (_, type_, caching), group in groupby(sorted(paths, key=lambda path: (key(path), path)), key):
        together = tuple(group)
        for start in range(0, len(together), MOST_FILES):
            yield Batch(together[start : start + MOST_FILES], type_, caching)


def uncompressed(path: str) -> str:
    """The file that *path* is a precompressed form of, or *path* itself."""
    return next((path.removesuffix(ending) for ending in COMPRESSED if path.endswith(ending)), path)
