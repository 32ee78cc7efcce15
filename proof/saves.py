"""A server killed with -9 while people save, and many saves at once: nothing acknowledged is missing from git."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kentongan.repository import Writer
from kentongan.store.git import STALE_SECONDS
from proof._saving import Savers, SavingServer, git, lost, office

KILLS, PARALLEL, PEOPLE = 200, 80, 4
LONGEST = 0.8
"""Seconds from the first save to the kill."""


def prove(kills: int = KILLS, parallel: int = PARALLEL) -> dict[str, Any]:
    """What was acknowledged, and what of that is lost.

    :raises AssertionError: when something is, when git finds fault, or when the save after a kill fails.
    """
    with tempfile.TemporaryDirectory() as name:
        return {**killed(Path(name) / "killed", kills), **at_once(Path(name) / "at-once", parallel)}


def killed(folder: Path, kills: int) -> dict[str, Any]:
    """Kills the server at random moments, and saves again right after each start."""
    token, moments = office(folder), random.Random(8)
    process = SavingServer(folder)
    savers, longest = Savers([process], token), 0.0
    for number in range(kills):
        _kill_while_saving(process, savers, moments.uniform(0, LONGEST))
        process.start()
        begun = time.monotonic()
        assert savers.save(), f"the save after kill {number} failed"
        longest = max(longest, time.monotonic() - begun)
    process.stop()
    return {
        "kills": kills,
        "acknowledged": len(savers.acknowledged),
        "longest_save_after_a_kill_seconds": round(longest, 2),
        **_found(folder, savers),
    }


def at_once(folder: Path, parallel: int) -> dict[str, Any]:
    """Many save in the same moment."""
    token = office(folder)
    process = SavingServer(folder)
    savers = Savers([process], token)
    with ThreadPoolExecutor(parallel) as pool:
        saved = sum(pool.map(lambda _: savers.save(), range(parallel)))
    assert saved == parallel, savers.refused
    assert savers.save()
    process.stop()
    return {"parallel": parallel, "parallel_saved": saved, "parallel_lost": _found(folder, savers)["lost"]}


def _kill_while_saving(process: SavingServer, savers: Savers, seconds: float) -> None:
    stop = threading.Event()
    people = [threading.Thread(target=savers.until, args=(stop,)) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    time.sleep(seconds)
    stop.set()  # whoever waits for an answer still waits
    process.kill()
    for one in people:
        one.join()


def _found(folder: Path, savers: Savers) -> dict[str, Any]:
    time.sleep(STALE_SECONDS)  # after which a lock is known to be that of somebody killed
    Writer(folder / "content", folder / "var").recover()
    missing = lost(folder, savers.acknowledged)
    assert missing == [], missing
    assert savers.refused == [], savers.refused
    assert git(folder, "fsck", "--strict", "--no-dangling") == ""
    left = git(folder, "status", "--porcelain", "--", "content")
    assert left == "", left
    return {"lost": len(missing)}
