"""What many releases side by side take on the disk."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from kentongan.build.release import Releases
from tests import moments

MANY = ((200, 1_000, 20), (20, 10_000, 20))
"""Releases, pages of each, pages that change from one to the next."""


def prove() -> dict[str, Any]:
    """What was found.

    :raises AssertionError: when room was wasted, or a way back took a second.
    """
    with tempfile.TemporaryDirectory() as name:
        return {"many": [many(Path(name) / str(number), *given) for number, given in enumerate(MANY)]}


def many(folder: Path, releases_: int, pages_: int, changed: int) -> dict[str, float | int]:
    """Many releases of a site of which each changes a little: what they take on the disk, and the way back."""
    releases = Releases(folder)
    text = "Koperasi " * 400
    pages = {f"{number}/index.html": f"<p>{text}{number}" for number in range(pages_)}
    pages |= {"index.html": moments.HOME.replace("/a.html", "/1/"), "version.json": '{"commit": "c", "built": "b"}'}
    room: list[int] = []
    begun = time.perf_counter()
    for number in range(releases_):
        for one in range(changed):
            pages[f"{(number * changed + one) % pages_}/index.html"] = f"<p>{text}{number} {one}"
        moments.publish(releases, pages, number, keep=releases_)
        if number in (0, releases_ - 1):
            room.append(_room(folder))
    published = time.perf_counter() - begun
    assert len(releases.names()) == releases_
    begun = time.perf_counter()
    releases.rollback()
    spent = time.perf_counter() - begun
    assert spent < 1
    one, all_ = (bytes_ / 1e6 for bytes_ in room)
    further = (all_ - one) / (releases_ - 1)
    assert further < one / 3, "a release like the one before costs much of it"
    return {
        "releases": releases_,
        "pages": pages_,
        "changed_in_each": changed,
        "megabytes_of_the_first": round(one, 1),
        "megabytes_of_each_further": round(further, 1),
        "megabytes_of_all": round(all_, 1),
        "publish_seconds_mean": round(published / releases_, 2),
        "rollback_seconds": round(spent, 3),
    }


def _room(folder: Path) -> int:
    """Bytes on the disk, each shared file once."""
    shared = {(status.st_dev, status.st_ino): status.st_blocks * 512 for status in map(os.lstat, folder.rglob("*"))}
    return sum(shared.values())
