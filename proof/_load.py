"""Load on a server while the site below it is changed: wrk, and a reader who looks at what the answers say."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from tests.web.processes import ask

MARK = re.compile(rb"suntingan-(\d+)")
"""What the pages of one release all say, and those of no other."""

_SHOWN = re.compile(rb'(?:src|href)="(/(?:static|media)/[^"]+)"')
_SCRIPT = """
local paths, at = {{ {paths} }}, 0
function request() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
function delay() return 4 end
"""
"""Each connection rests for milliseconds after an answer: publishing has the machine too."""

_CONNECTIONS = 4
_REST = 0.02
"""Seconds between two pages of a reader."""


@contextmanager
def hammering(port: int, paths: Sequence[str], folder: Path) -> Iterator[dict[str, int]]:
    """wrk asks *port* for *paths* all the while; afterwards the answers are counted in what it gives."""
    script = folder / f"{port}.lua"
    script.write_text(_SCRIPT.format(paths=", ".join(map(json.dumps, paths))))
    options = (f"--connections={_CONNECTIONS}", "--duration=24h", "--timeout=60s", f"--script={script}")
    command = ["wrk", "--threads=1", *options, f"http://127.0.0.1:{port}/"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
    counts: dict[str, int] = {}
    try:
        yield counts
    finally:
        process.send_signal(signal.SIGINT)
        counts.update(_counted(process.communicate(timeout=60)[0]))


def _counted(told: str) -> dict[str, int]:
    """What wrk says at its end."""
    return {
        "answers": _sum(r"(\d+) requests in", told),
        "not_200": _sum(r"Non-2xx or 3xx responses: (\d+)", told),
        "broken_off": _sum(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told),
    }


def _sum(pattern: str, told: str) -> int:
    found = re.search(pattern, told)
    return sum(map(int, found.groups())) if found else 0


class Reader(threading.Thread):
    """Opens page after page, and then all that each shows. ``wrong`` collects what no reader should get; ``seen`` the
    hash of each page that was read, with its path."""

    def __init__(self, port: int, pages: Sequence[str], *, with_assets: bool) -> None:
        super().__init__(daemon=True)
        self._port, self._pages, self._with_assets = port, pages, with_assets
        self._stopped = threading.Event()
        self.read, self.shown = 0, 0
        self.wrong: list[str] = []
        self.seen: set[tuple[str, str]] = set()

    def __enter__(self) -> Reader:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self.join()

    def run(self) -> None:
        while not self._stopped.is_set():
            for page in self._pages:
                self._open(page)
                self._stopped.wait(_REST)

    def _open(self, page: str) -> None:
        answer = ask(self._port, page)
        marks = set(MARK.findall(answer.body))
        self.read += 1
        self.seen.add((page, sha256(answer.body).hexdigest()))
        if answer.status != 200 or len(marks) > 1 or not answer.body.rstrip().endswith(b"</html>"):
            self.wrong.append(f"{page}: {answer.status} {sorted(marks)}")
        for asset in _SHOWN.findall(answer.body) if self._with_assets else ():
            self.shown += 1
            if ask(self._port, asset.decode()).status != 200:
                self.wrong.append(f"{page}: {asset.decode()} is gone")
