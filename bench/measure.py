"""What a command costs: wall and CPU seconds, and memory, each summed over all processes it starts."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: seconds by the clock and of all cores, and the highest sum of resident memory, in megabytes."""

    wall: float
    cpu: float
    peak: float


def cost(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Runs *command* in *folder* to its end.

    :raises RuntimeError: with what it said, when it fails.
    """
    started = time.monotonic()
    with (folder / "bench.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environ(environment), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        watcher = _Memory(process.pid)
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - started
        watcher.stop()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {(folder / 'bench.log').read_text(errors='replace')[-2000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, watcher.peak)


def environ(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This environment without our own variables, with *more*."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("KENTONGAN_", "SITEURL"))}
    return {**plain, **(more or {})}


def memory_of(process: int) -> float:
    """Resident megabytes of a process and all it has started."""
    children: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended while we looked
            children.setdefault(int(fields[1]), []).append(int(folder.name))
            sizes[int(folder.name)] = int(fields[21])
    waiting, pages = [process], 0
    while waiting:
        one = waiting.pop()
        pages += sizes.get(one, 0)
        waiting += children.get(one, [])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class _Memory(threading.Thread):
    """Looks at the memory of a process now and then."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.peak, self._process, self._ended = 0.0, process, threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            self.peak = max(self.peak, memory_of(self._process))

    def stop(self) -> None:
        self._ended.set()
        self.join()
