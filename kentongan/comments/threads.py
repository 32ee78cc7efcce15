"""What readers may write about, as the built site says it: the CMS asks the site, and keeps no list of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from kentongan.store import atomic

DOCUMENT = "data/v1/comments.json"
"""The path of that list below the output folder."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One record that can be commented on. ``closes`` is when its form goes (``None``: it stays)."""

    name: str
    title: str
    url: str
    open: bool
    closes: datetime | None
    asks: bool
    """What is written now is a question for its speakers."""

    def is_open(self, now: datetime) -> bool:
        """Whether readers may write at *now*."""
        return self.open and (self.closes is None or now < self.closes)


@dataclass(frozen=True, slots=True)
class Threads:
    """Every thread of a site, by name; ``office`` is what its site is called, ``home`` where it is."""

    office: str
    home: str
    named: dict[str, Thread]


_NONE = Threads("", "", {})


def threads_of(output: Path) -> Threads:
    """The threads of the site in the folder *output*; none where it has not been built with comments."""
    file = output / DOCUMENT
    signature = atomic.signature(file)
    return _read(file, signature) if signature else _NONE


@lru_cache(maxsize=4)
def _read(path: Path, _signature: atomic.Signature) -> Threads:
    try:
        document = json.loads(path.read_bytes())
        named = {one["thread"]: _thread(one) for one in document["data"]}
        return Threads(document["site"]["name"], document["site"]["url"], named)
    except (OSError, ValueError, KeyError, TypeError):
        return _NONE  # it is being replaced, or is not ours


def _thread(data: dict[str, str | bool | None]) -> Thread:
    closes = data.get("closes")
    return Thread(
        name=str(data["thread"]),
        title=str(data["title"]),
        url=str(data["url"]),
        open=bool(data["open"]),
        closes=datetime.fromisoformat(str(closes)) if closes else None,
        asks=bool(data["asks"]),
    )
