"""A server process that saves and can be killed, and those who save in it: for :mod:`proof.saves` and the tests.

The CMS as it is served, over a socket, on real files, git and database; the builder alone is away, which no save needs.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import uvicorn

import kentongan_cms.api.app as api
from kentongan.accounts import Role, Scope
from kentongan.actions import Newsroom
from kentongan.database import Database
from kentongan.repository import Writer
from kentongan.search import Index
from kentongan.store.git import git_environment
from kentongan_cms.admin import Workshop
from kentongan_cms.api.limits import Limiter
from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus
from tests.cms.api_servers import NoBuilder
from tests.cms.api_servers import Server as Office

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])
"""Servers are forked from a process that has imported all of this, which takes a second each time."""

_CLASHED = 409
_WORD = "kata-{}-selesai"


class Process:
    """One server process on the office in *folder*; its database is at *url*, or in the state folder."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self._folder, self._url = folder, url
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Returns once it answers."""
        self._process = _FORKS.Process(target=_serve, args=(self._folder, self.port, self._url), daemon=True)
        self._process.start()
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self._process.is_alive(), "the server has ended"
                time.sleep(0.02)

    def kill(self) -> None:
        """As the power going, for it and for whatever it has started."""
        os.killpg(int(self._process.pid or 0), signal.SIGKILL)
        self._process.join()

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.join()

    def ask(self, method: str, path: str, token: str, data: object) -> int:
        """The status of the answer of ``/api/v1/``*path*; 0: none came."""
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json", "if-match": "*"}
        address = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        request = urllib.request.Request(address, json.dumps(data).encode(), headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, http.client.HTTPException):
            return 0


class Savers:
    """People who save, each for themselves; which of their words were *acknowledged*."""

    def __init__(self, processes: Sequence[Process], token: str) -> None:
        self._processes, self._token = processes, token
        self._lock = threading.Lock()
        self._next = 0
        self.acknowledged: list[str] = []
        self.refused: list[int] = []

    def save(self) -> bool:
        """One save, a new record or a change of one that all of them change; whether it was acknowledged.

        Whoever is told that somebody else was quicker (409) saves again.
        """
        with self._lock:
            number, self._next = self._next, self._next + 1
        word, process = _WORD.format(number), self._processes[number % len(self._processes)]
        while (status := self._sent(process, number, word)) == _CLASHED:
            pass
        with self._lock:
            if status in (200, 201):
                self.acknowledged.append(word)
            elif status:
                self.refused.append(status)
        return status in (200, 201)

    def _sent(self, process: Process, number: int, word: str) -> int:
        if number % 3:
            new = {"title": f"Kabar {word}", "date": "2026-11-24 08:00", "body": f"Isi {word}.\n"}
            return process.ask("POST", "articles", self._token, new)
        return process.ask("PATCH", "people/wulan", self._token, {"name": f"Wulan {word}"})

    def until(self, stop: threading.Event) -> None:
        """Saves one thing after the other."""
        while not stop.is_set():
            self.save()


def office(folder: Path, url: str | None = None) -> str:
    """Makes an office in *folder*; the token of a program that may change everything in it."""
    made = Office(folder, url=url)
    token = made.tokens.make(made.people[Role.OWNER], "bukti", tuple(Scope), timedelta(days=30))
    made.close()
    return str(token)


def lost(folder: Path, words: Sequence[str]) -> list[str]:
    """Those of *words* that are not in the history of the office in *folder*."""
    history = git(folder, "log", "-p", "--all")
    return [word for word in words if word not in history]


def git(folder: Path, *arguments: str) -> str:
    """What git answers there."""
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=folder, env=git_environment(), check=True, capture_output=True, text=True)
    return done.stdout


def _serve(folder: Path, port: int, url: str | None) -> None:
    os.setsid()  # so that what it starts can be killed with it
    api.Limiter = lambda most: Limiter(10**9)  # type: ignore[assignment,misc]
    database, content = Database(folder / "var", url), folder / "content"
    room = Newsroom(content, Writer(content, folder / "var"), database)
    shop = Workshop(room, NoBuilder(), Index(database, content), folder / "output")
    app = create_app(folder / "output", folder / "media", BuildStatus(), database, shop=shop)
    uvicorn.run(app, port=port, log_level="error")
