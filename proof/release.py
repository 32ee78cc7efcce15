"""Releases: publishes killed at random, many publishes side by side, and the way back."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kentongan.build.release import Releases
from tests import moments
from tests.offices import EPISODE_FILE, kentongan, seed

KILLS = 100
PUBLISHES, PAGES, CHANGED = 200, 1_000, 20
ADDRESS = {"SITEURL": "https://kantor.example"}


def prove() -> dict[str, Any]:
    """What was found.

    :raises AssertionError: when a reader would have seen half a site, a way back took a second, or room was wasted.
    """
    with tempfile.TemporaryDirectory() as folder:
        return {**killed(Path(folder) / "killed"), **many(Path(folder) / "many")}


def killed(folder: Path) -> dict[str, int]:
    """The command killed at random: what readers see is always whole, and the next publish succeeds."""
    office = seed(folder)
    _publish(office)
    moments_ = random.Random(7)
    changed = 0
    for number in range(KILLS):
        before = Releases(office / "var").current.resolve()
        text = (office / EPISODE_FILE).read_text(encoding="utf-8")
        (office / EPISODE_FILE).write_text(f"{text}\n{number}\n", encoding="utf-8")
        _kill_after(office, moments_.uniform(0.2, 4.0))
        now = Releases(office / "var").current.resolve()
        changed += now != before
        assert _is_whole(now), f"half a site after kill {number}"
        if number % 10 == 9:
            _publish(office)
            assert not Releases(office / "var").draft.exists()
    return {"killed": KILLS, "of_these_went_live": changed, "half_sites": 0}


def _publish(office: Path) -> None:
    done = kentongan(office, "publish", **ADDRESS)
    assert done.returncode == 0, done.stderr


def _kill_after(office: Path, seconds: float) -> None:
    doomed = subprocess.Popen(
        [sys.executable, "-m", "kentongan", "publish"],
        cwd=office,
        env={**os.environ, **ADDRESS},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        doomed.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(doomed.pid, signal.SIGKILL)
        doomed.wait()


def _is_whole(release: Path) -> bool:
    """Whether it has every file that an undisturbed release has, none of them empty."""
    files = [path for path in release.rglob("*") if path.is_file()]
    twins = {path.with_suffix("") for path in files if path.suffix == ".br"}
    long = {path for path in files if path.suffix == ".html" and path.stat().st_size > 1024}
    return (release / "version.json").is_file() and all(path.stat().st_size for path in files) and long <= twins


def many(folder: Path) -> dict[str, float | int]:
    """Many releases of a site of which each changes a little: what they take on the disk, and the way back."""
    releases = Releases(folder)
    text = "Koperasi " * 400
    pages = {f"{number}/index.html": f"<p>{text}{number}" for number in range(PAGES)}
    pages |= {"index.html": moments.HOME.replace("/a.html", "/1/"), "version.json": '{"commit": "c", "built": "b"}'}
    room: list[int] = []
    for number in range(PUBLISHES):
        for changed in range(CHANGED):
            pages[f"{(number * CHANGED + changed) % PAGES}/index.html"] = f"<p>{text}{number} {changed}"
        moments.publish(releases, pages, number, keep=PUBLISHES)
        room.append(_room(folder))
    assert len(releases.names()) == PUBLISHES
    begun = time.perf_counter()
    releases.rollback()
    spent = time.perf_counter() - begun
    assert spent < 1
    return {
        "releases": PUBLISHES,
        "pages": PAGES,
        "changed_in_each": CHANGED,
        "megabytes_of_one": round(room[0] / 1e6, 1),
        "megabytes_of_all": round(room[-1] / 1e6, 1),
        "rollback_seconds": round(spent, 3),
    }


def _room(folder: Path) -> int:
    """Bytes on the disk, each shared file once."""
    shared = {(status.st_dev, status.st_ino): status.st_blocks * 512 for status in map(os.lstat, folder.rglob("*"))}
    return sum(shared.values())
