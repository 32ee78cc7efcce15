"""Ends a publish or a backup by kill -9, or fills the disk, at each of its system calls in turn.

Run as a program, in a process of one thread: it forks a child for every moment.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from kentongan.backup import Office, restore, save
from kentongan.build.apply import Outcome
from kentongan.build.private import Private
from kentongan.build.release import Releases, Terms
from kentongan.build.report import BuildReport
from kentongan.store import atomic
from tests.offices import tree, write

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
LONG = "Koperasi " * 200
HOME = '<link rel="canonical" href="https://a.example/"><a href="/a.html">a</a>'
OLD = {"index.html": HOME, "a.html": f"<p>old {LONG}", "same.html": f"<p>{LONG}", "version.json": '{"commit": "old"}'}
NEW = {**OLD, "a.html": f"<p>new {LONG}", "b/c.html": f"<p>{LONG}!", "version.json": '{"commit": "new"}'}

_TAKE_ROOM = {"open", "os.link", "os.mkdir", "os.symlink"}
_CALLS = {*_TAKE_ROOM, "os.chmod", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree"}


def publish(releases: Releases, files: dict[str, str], day: int, keep: int = 2) -> None:
    def build(folder: Path) -> BuildReport:
        for name, text in files.items():
            atomic.write(folder / name, text.encode())
        return BuildReport(Outcome((), (), 0), (), "id", NOW)

    releases.publish(NOW + timedelta(day), build, Terms(Private({}, releases.state / "content"), keep=keep))


def kill(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(event: str) -> None:
    if event in _TAKE_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def from_call(number: int, strike: Callable[[str], None]) -> list[str]:
    """Calls *strike* at system call *number* of this process and at each after it; gives the list of these."""
    seen = count()
    struck: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writes = event != "open" or (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if event in _CALLS and writes and next(seen) >= number:
            struck.append(event)
            strike(event)

    sys.addaudithook(hook)
    return struck


def attempt(deed: Callable[[], object], number: int, strike: Callable[[str], None]) -> int:
    """*deed* in a child, struck from call *number* on: 0 when it has no more calls than that, else how it ended."""
    child = os.fork()
    if child == 0:
        struck = from_call(number, strike)
        try:
            deed()
        except OSError:
            os._exit(1)
        os._exit(2 if struck else 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def served(state: Path) -> dict[str, str]:
    """What readers get."""
    return files_of(Releases(state).current)


def files_of(release: Path) -> dict[str, str]:
    """Every file of *release*; that no twin is torn."""
    files = {path.relative_to(release).as_posix(): path for path in release.rglob("*") if path.is_file()}
    assert all(path.stat().st_size for path in files.values())
    return {name: path.read_text() for name, path in files.items() if not name.endswith((".br", ".gz", ".zst"))}


def every_moment(folder: Path, strike: Callable[[str], None]) -> dict[str, int]:
    """Strikes at every call in turn; how many moments left readers the old site, and how many the new one."""
    publish(Releases(folder / "before"), OLD, 0)
    left = {"old": 0, "new": 0}
    for number in count():
        state = folder / "state"
        shutil.copytree(folder / "before", state, symlinks=True)
        ended = attempt(partial(publish, Releases(state), NEW, 1), number, strike)
        found = served(state)
        assert found in (OLD, NEW), f"a mixed site after call {number}"
        assert all(files_of(one) in (OLD, NEW) for one in state.glob("releases/[!.]*")), f"half of one after {number}"
        left["new" if found == NEW else "old"] += 1
        publish(Releases(state), NEW, 2)
        assert served(state) == NEW
        assert not Releases(state).draft.exists()
        shutil.rmtree(state)
        if ended == 0:
            return left
    raise AssertionError


def backups_at_every_moment(folder: Path, strike: Callable[[str], None]) -> dict[str, int]:
    """Strikes a backup at every call in turn; how many moments left one more, and how many did not."""
    content = {"content/site.yml": "name: Kantor\n", "var/media/audio/a.mp3": "sound", "var/journal/1.json": "{}"}
    office = write(folder / "office", content)
    whole = Office(office / "content", office / "var", office / "var/media")
    (folder / "kept").mkdir()
    older = save(whole, folder / "kept", NOW)
    left = {"old": 0, "new": 0}
    for number in count():
        ended = attempt(partial(save, whole, folder / "kept", NOW + timedelta(1)), number, strike)
        made = [path for path in folder.glob("kept/[!.]*") if path != older]
        left["new" if made else "old"] += 1
        for file in (older, *made):
            restore(file, folder / "back")
            assert tree(folder / "back") == {name: text.encode() for name, text in content.items()}
            shutil.rmtree(folder / "back")
        for file in (*made, save(whole, folder / "kept", NOW + timedelta(2))):
            file.unlink()
        assert [path.name for path in folder.glob("kept/*")] == [older.name], f"litter after call {number}"
        assert not list(office.glob("var/.backup-*"))
        if ended == 0:
            return left
    raise AssertionError


if __name__ == "__main__":
    deeds = {"publish": every_moment, "backup": backups_at_every_moment}
    strikes = {"kill": kill, "refuse": refuse}
    print(json.dumps(deeds[sys.argv[1]](Path(sys.argv[2]), strikes[sys.argv[3]])))
