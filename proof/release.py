"""Releases: published under load and on a disk that is full, and the way back."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image

from kentongan.build.release import Releases
from proof._load import Reader, hammering
from proof._offices import ADDRESS, is_whole, publish
from tests.offices import kentongan, run, seed, write
from tests.web.processes import ask, free_port, nginx, running, wait_until

PUBLISHES, ROLLBACKS = 200, 10
ROOM = range(0, 8_000_001, 1_000_000)
"""Bytes that are free on the disk when a publish begins."""

_ARTICLE = """---
title: Panen raya
date: 2020-07-20
image: {src: panen.png, alt: Padi}
---
Isi.
"""


def prove() -> dict[str, Any]:
    """What was found.

    :raises AssertionError: when a reader would have seen half a site, or a way back took a second.
    """
    with tempfile.TemporaryDirectory() as name:
        return {"full_disk": full(Path(name) / "full"), "under_load": loaded(Path(name) / "loaded")}


def loaded(folder: Path) -> dict[str, Any]:
    """Publishes while readers never stop: on nginx, to which each is a release, and on our own server, which builds
    what it serves anew."""
    office = seed(folder / "office", {"content/articles/panen-raya.md": _ARTICLE})
    _change(office, 0)
    publish(office)
    releases = Releases(office / "var")
    pages = sorted(page for page, _ in _pages_of(releases.current))
    paths = [*pages, "/feed.xml", "/atom.xml", "/jadwal.ics", "/jadwal.json", "/version.json"]
    with _nginx(folder / "nginx", office) as web, _own_server(office) as own:
        by_nginx, by_own = Reader(web, pages, with_assets=True), Reader(own, pages, with_assets=False)
        with hammering(web, paths, folder) as on_web, hammering(own, paths, folder) as on_own, by_nginx, by_own:
            for number in range(1, PUBLISHES + 1):
                _change(office, number)
                publish(office, "--keep", str(PUBLISHES + 1))
            spent = [_seconds_of(releases.rollback) for _ in range(ROLLBACKS)]
            with_start = [_seconds_of(partial(run, office, "-m", "kentongan", "rollback")) for _ in range(ROLLBACKS)]
    whole = {seen for name in releases.names() for seen in _pages_of(releases.folder / name)}
    assert by_nginx.wrong == by_own.wrong == []
    assert by_nginx.seen <= whole, "a page that is of no release"
    assert len(releases.names()) == PUBLISHES + 1
    for counts in (on_web, on_own):
        assert counts["answers"] > 1000
        assert counts["not_200"] == counts["broken_off"] == 0, counts
    assert max(spent) < 1
    return {
        "publishes": PUBLISHES,
        "nginx": {**on_web, "pages_read": by_nginx.read, "assets_read": by_nginx.shown, "mixed_or_missing": 0},
        "own_server": {**on_own, "pages_read": by_own.read, "mixed": 0},
        "rollback_seconds_longest": round(max(spent), 3),
        "rollback_command_seconds_median": round(statistics.median(with_start), 3),
    }


def _pages_of(release: Path) -> Iterator[tuple[str, str]]:
    """The address of each page of *release*, and the hash of its bytes."""
    for path in release.glob("**/index.html"):
        address = f"/{path.relative_to(release).as_posix()}".removesuffix("index.html")
        yield address, sha256(path.read_bytes()).hexdigest()


def _change(office: Path, number: int) -> None:
    """Something on every page, and a picture."""
    text = f"name: Kantor\ntagline: Kabar suntingan-{number}\n"
    write(office, {"content/site.yml": text})
    (office / "content/media").mkdir(exist_ok=True)
    Image.new("RGB", (1200, 630), (number, 99, 99)).save(office / "content/media/panen.png")


@contextmanager
def _nginx(folder: Path, office: Path) -> Iterator[int]:
    port = free_port()
    made = kentongan(office, "config", "nginx", "--domain", "kantor.example", "--listen", f"127.0.0.1:{port}")
    with nginx(folder, made.stdout, port):
        yield port


@contextmanager
def _own_server(office: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "kentongan", "serve", "--port", str(port)]
    with running(command, port, cwd=office):
        wait_until(lambda: ask(port, "/").status == 200)
        yield port


def _seconds_of(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def full(folder: Path) -> dict[str, Any]:
    """Publishes on a disk with ever more room, from none at all on: told in words, and the site stays as it was."""
    with _small_disk(folder, 64_000_000) as mounted:
        if not mounted:
            return {"tried": False}
        office = seed(folder / "office")
        publish(office)
        releases = Releases(office / "var")
        refused = 0
        for number, room in enumerate(ROOM):
            _change(office, number)
            before = releases.current.resolve()
            with _ballast(folder, room):
                done = kentongan(office, "publish", **ADDRESS)
            refused += done.returncode == 1
            assert (done.returncode, releases.current.resolve() == before) in ((0, False), (1, True)), done.stderr
            assert "Traceback" not in done.stderr
            assert is_whole(releases.current.resolve())
        assert refused > 1
        publish(office)
    return {"tried": True, "publishes": len(ROOM), "refused": refused, "half_sites": 0}


@contextmanager
def _small_disk(folder: Path, size: int) -> Iterator[bool]:
    """A file system of its own at *folder*, where this process may have one."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], check=False)
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def _ballast(folder: Path, room: int) -> Iterator[None]:
    """Fills the disk of *folder* until *room* bytes are left."""
    free = os.statvfs(folder)
    file = folder / "ballast"
    with file.open("wb") as data:
        os.posix_fallocate(data.fileno(), 0, max(free.f_bavail * free.f_frsize - room, 1))
    try:
        yield
    finally:
        file.unlink()
