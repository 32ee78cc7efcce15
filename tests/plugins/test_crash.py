"""Killed at any moment of a build, the next build gives the tree of a clean one."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.offices import EPISODE_FILE, MORNING, edit, kentongan, seed, tree


@pytest.mark.long
def test_kill_minus_nine_during_a_build(tmp_path):
    killed_and_mended(tmp_path, 10)


def killed_and_mended(folder, rounds):
    """Kills a build *rounds* times, each at another moment of it; the next one must give what a clean one gives."""
    office = seed(folder)
    started = time.monotonic()
    kentongan(office, "build", "--now", MORNING)
    length = time.monotonic() - started  # of a whole build here and now, from the command to its end
    moments = random.Random(7)
    for number in range(rounds):
        edit(office / EPISODE_FILE, "title: ", f"title: {number} ")
        doomed = subprocess.Popen(
            [sys.executable, "-m", "kentongan", "build", "--now", f"2020-07-{1 + number % 28:02}T08:00+07:00"],
            cwd=office,
            env={name: value for name, value in os.environ.items() if not name.startswith(("KENTONGAN_", "SITEURL"))},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.3, 1.0) * length)
        os.killpg(doomed.pid, signal.SIGKILL)
        doomed.wait()
        done = kentongan(office, "build", "--now", MORNING)
        assert done.returncode == 0, done.stderr
        kentongan(office, "build", "--now", MORNING, "--output", f"clean-{number}")
        assert tree(office / "output") == tree(office / f"clean-{number}")
