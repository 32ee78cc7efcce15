"""A thousand rebuilds of one resident builder: its memory stays flat."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.corpus import NOW, article_id, write_office
from bench.kentongan import edit
from bench.measure import memory_of
from kentongan.build.client import Builder
from kentongan.build.workplace import Workplace

REBUILDS = 1000
ARTICLES = 300
TOLERANCE = 1.1
IDLE_SECONDS = 2.5
"""After which the builder has tidied up."""


def prove() -> dict[str, Any]:
    """Edits one title after the other.

    :raises AssertionError: when memory has grown by more than a tenth after the first tenth of the rebuilds.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_office(folder, ARTICLES)
        place = Workplace.of(folder / "content", folder / "pelicanconf.py", folder / "output", folder / "var")
        with Builder(place) as builder:
            builder.build(NOW)
            megabytes = [_after(builder, folder, hundred) for hundred in range(REBUILDS // 100)]
    assert megabytes[-1] <= TOLERANCE * megabytes[0], megabytes
    return {"rebuilds": REBUILDS, "articles": ARTICLES, "megabytes": [round(one) for one in megabytes]}


def _after(builder: Builder, folder: Path, hundred: int) -> float:
    """Resident megabytes of the builder and its workers after a hundred more rebuilds."""
    for number in range(100 * hundred, 100 * hundred + 100):
        path = folder / f"content/articles/{article_id(number % ARTICLES)}.md"
        edit(path, "^title: .*", f"title: Judul {number}")
        builder.build(NOW, changes=[path])
    time.sleep(IDLE_SECONDS)
    return memory_of(os.getpid()) - memory_of_this()


def memory_of_this() -> float:
    """Resident megabytes of this process alone."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
