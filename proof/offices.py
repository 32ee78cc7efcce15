"""Many offices on one server: what a release of each takes, and what they take while nothing happens."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.corpus import NOW, article_id, write_office
from bench.measure import Cost, cost, environ, memory_of
from tests.offices import commit

OFFICES, POSTS = 100, 50
SOME, SERVED = 10, 3
"""Offices in which something is edited, and whose server is started."""

_SETTLED = 20.0
"""Seconds in which a server has built its site."""

_ADDRESS = {"SITEURL": "https://kantor.example", "KENTONGAN_NOW": NOW.isoformat()}
_KENTONGAN = (sys.executable, "-m", "kentongan")


def prove() -> dict[str, Any]:
    """What was found.

    :raises RuntimeError: when an office could not be published.
    """
    with tempfile.TemporaryDirectory() as name:
        offices = [_office(Path(name), number) for number in range(OFFICES)]
        first, room = _each(offices, _publish), _room(Path(name))
        later = _each(offices[:SOME], _edit_and_publish)
        idle = _each(offices[:SOME], _due)
        return {
            "cores": os.cpu_count(),
            "offices": OFFICES,
            "posts_each": POSTS,
            "pages_each": sum(1 for _ in (offices[0] / "var/current/").rglob("*.html")),
            "first_release": _facts(first),
            "release_after_an_edit": _facts(later),
            "nothing_due": _facts(idle),
            "megabytes_on_disk_each": round(room / OFFICES / 1e6, 1),
            "megabytes_on_disk_all": round(room / 1e6, 1),
            "megabytes_that_an_edit_adds": round((_room(Path(name)) - room) / len(later) / 1e6, 1),
            "megabytes_of_a_server": round(statistics.median(map(_served, offices[:SERVED])), 1),
        }


def _office(folder: Path, number: int) -> Path:
    office = folder / f"kantor-{number}"
    write_office(office, POSTS)
    (office / ".gitignore").write_text("/var/\n/output/\n/bench.log\n")
    site = office / "content/site.yml"
    site.write_text(site.read_text().replace("Koperasi Contoh", f"Koperasi Contoh {number}"))
    commit(office)
    return office


def _each(offices: list[Path], run: Callable[[Path], Cost]) -> list[Cost]:
    return [run(office) for office in offices]


def _publish(office: Path) -> Cost:
    return cost([*_KENTONGAN, "publish"], office, _ADDRESS)


def _edit_and_publish(office: Path) -> Cost:
    path = office / f"content/articles/{article_id(POSTS - 1)}.md"
    path.write_text(path.read_text() + "\nSatu kalimat lagi.\n")
    commit(office)
    return _publish(office)


def _due(office: Path) -> Cost:
    return cost([*_KENTONGAN, "due"], office, _ADDRESS)


def _served(office: Path) -> float:
    """Resident megabytes of the server and its builder, when the first build is done and nobody asks."""
    command = [*_KENTONGAN, "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=office, env=environ(_ADDRESS), stderr=subprocess.DEVNULL)
    try:
        time.sleep(_SETTLED)
        return memory_of(process.pid)
    finally:
        process.terminate()
        process.wait()  # the builder leaves when its parent has gone


def _facts(costs: list[Cost]) -> dict[str, float]:
    return {
        "seconds_median": round(statistics.median(one.wall for one in costs), 2),
        "seconds_longest": round(max(one.wall for one in costs), 2),
        "seconds_all": round(sum(one.wall for one in costs), 1),
        "cpu_seconds_all": round(sum(one.cpu for one in costs), 1),
        "megabytes_peak": round(max(one.peak for one in costs), 1),
    }


def _room(folder: Path) -> int:
    """Bytes on the disk, each shared file once."""
    shared = {(status.st_dev, status.st_ino): status.st_blocks * 512 for status in map(os.lstat, folder.rglob("*"))}
    return sum(shared.values())
