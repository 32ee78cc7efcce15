"""A publish and a backup struck at each of their system calls, and the command of a publish killed at random."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from kentongan.build.release import Releases
from proof._offices import ADDRESS, is_whole, publish
from tests.offices import EPISODE_FILE, ROOT, run, seed

KILLS = 100


def prove() -> dict[str, Any]:
    """What was found.

    :raises AssertionError: when half a site was shown, or half a backup was there.
    """
    with tempfile.TemporaryDirectory() as name:
        return {"at_every_system_call": struck(Path(name)), "at_random": killed(Path(name) / "killed")}


def struck(folder: Path) -> dict[str, Any]:
    """A publish and a backup, ended or refused room at each of their system calls in turn."""
    found = {}
    for deed in ("publish", "backup"):
        for strike in ("kill", "refuse"):
            done = run(ROOT, "-m", "tests.moments", deed, str(folder / deed / strike), strike)
            assert done.returncode == 0, done.stderr
            found[f"{deed}_{strike}"] = json.loads(done.stdout)
    return found


def killed(folder: Path) -> dict[str, int]:
    """The command killed at random: what readers see is always whole, and the next publish succeeds."""
    office = seed(folder)
    publish(office)
    moments_ = random.Random(7)
    changed = 0
    for number in range(KILLS):
        before = Releases(office / "var").current.resolve()
        text = (office / EPISODE_FILE).read_text(encoding="utf-8")
        (office / EPISODE_FILE).write_text(f"{text}\n{number}\n", encoding="utf-8")
        _kill_after(office, moments_.uniform(0.2, 4.0))
        now = Releases(office / "var").current.resolve()
        changed += now != before
        assert is_whole(now), f"half a site after kill {number}"
        if number % 10 == 9:
            publish(office)
            assert not Releases(office / "var").draft.exists()
    return {"killed": KILLS, "of_these_went_live": changed, "half_sites": 0}


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
