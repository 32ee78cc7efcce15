"""Releases: published under load, killed at random, on a disk that is full, many side by side, and the way back."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image

from kentongan.build.release import Releases
from proof._load import Reader, hammering
from tests import moments
from tests.offices import EPISODE_FILE, ROOT, kentongan, run, seed, write
from tests.web.processes import ask, free_port, nginx, running, wait_until

PUBLISHES, ROLLBACKS, KILLS = 200, 10, 100
MANY = ((200, 1_000, 20), (20, 10_000, 20))
"""Releases, pages of each, pages that change from one to the next."""

ROOM = range(0, 8_000_001, 1_000_000)
"""Bytes that are free on the disk when a publish begins."""

ADDRESS = {"SITEURL": "https://kantor.example"}
_ARTICLE = """---
title: Panen raya
date: 2020-07-20
image: {src: panen.png, alt: Padi}
---
Isi.
"""


def prove() -> dict[str, Any]:
    """What was found.

    :raises AssertionError: when a reader would have seen half a site, a way back took a second, or room was wasted.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        return {
            "struck_at_every_system_call": struck(folder),
            **killed(folder / "killed"),
            "full_disk": full(folder / "full"),
            "under_load": loaded(folder / "loaded"),
            "many": [many(folder / f"many-{number}", *given) for number, given in enumerate(MANY)],
        }


def struck(folder: Path) -> dict[str, Any]:
    """A publish and a backup, ended or refused room at each of their system calls in turn."""
    found = {}
    for deed in ("publish", "backup"):
        for strike in ("kill", "refuse"):
            done = run(ROOT, "-m", "tests.moments", deed, str(folder / deed / strike), strike)
            assert done.returncode == 0, done.stderr
            found[f"{deed}_{strike}"] = json.loads(done.stdout)
    return found


def loaded(folder: Path) -> dict[str, Any]:
    """Publishes while readers never stop: on nginx, to which each is a release, and on our own server, which builds
    what it serves anew."""
    office = seed(folder / "office", {"content/articles/panen-raya.md": _ARTICLE})
    _change(office, 0)
    _publish(office)
    releases = Releases(office / "var")
    pages = sorted(page for page, _ in _pages_of(releases.current))
    paths = [*pages, "/feed.xml", "/atom.xml", "/jadwal.ics", "/jadwal.json", "/version.json"]
    with _nginx(folder / "nginx", office) as web, _own_server(office) as own:
        by_nginx, by_own = Reader(web, pages, with_assets=True), Reader(own, pages, with_assets=False)
        with hammering(web, paths, folder) as on_web, hammering(own, paths, folder) as on_own, by_nginx, by_own:
            for number in range(1, PUBLISHES + 1):
                _change(office, number)
                _publish(office, "--keep", str(PUBLISHES + 1))
            spent = [_rolled_back(office) for _ in range(ROLLBACKS)]
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


def _rolled_back(office: Path) -> float:
    """Seconds of the whole command."""
    begun = time.perf_counter()
    done = run(office, "-m", "kentongan", "rollback")
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - begun


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


def _publish(office: Path, *arguments: str) -> None:
    done = kentongan(office, "publish", *arguments, **ADDRESS)
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


def full(folder: Path) -> dict[str, Any]:
    """Publishes on a disk with ever more room, from none at all on: told in words, and the site stays as it was."""
    with _small_disk(folder, 64_000_000) as mounted:
        if not mounted:
            return {"tried": False}
        office = seed(folder / "office")
        _publish(office)
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
            assert _is_whole(releases.current.resolve())
        assert refused > 1
        _publish(office)
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
    assert further < one / 4, "a release like the one before costs much of it"
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
