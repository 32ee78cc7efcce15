"""A server process that saves and can be killed, and those who save in it: for :mod:`proof.saves` and the tests.

The CMS as it is served, over a socket, on real files, git and database; the builder alone is away, which no save needs.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import threading
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
from proof._process import Process
from tests.cms.api_servers import NoBuilder
from tests.cms.api_servers import Server as Office

_CLASHED = 409
_WORD = "kata-{}-selesai"


class SavingServer(Process):
    """One server process on the office in *folder*; its database is at *url*, or in the state folder."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        super().__init__(_serve, folder, url)

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

    def __init__(self, servers: Sequence[SavingServer], token: str) -> None:
        self._servers, self._token = servers, token
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
        word, server = _WORD.format(number), self._servers[number % len(self._servers)]
        while (status := self._sent(server, number, word)) == _CLASHED:
            pass
        with self._lock:
            if status in (200, 201):
                self.acknowledged.append(word)
            elif status:
                self.refused.append(status)
        return status in (200, 201)

    def _sent(self, server: SavingServer, number: int, word: str) -> int:
        if number % 3:
            new = {"title": f"Kabar {word}", "date": "2026-11-24 08:00", "body": f"Isi {word}.\n"}
            return server.ask("POST", "articles", self._token, new)
        return server.ask("PATCH", "people/wulan", self._token, {"name": f"Wulan {word}"})

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


def _serve(port: int, folder: Path, url: str | None) -> None:
    api.Limiter = lambda most: Limiter(10**9)  # type: ignore[assignment,misc]
    database, content = Database(folder / "var", url), folder / "content"
    room = Newsroom(content, Writer(content, folder / "var"), database)
    shop = Workshop(room, NoBuilder(), Index(database, content), folder / "output")
    app = create_app(folder / "output", folder / "media", BuildStatus(), database, shop=shop)
    uvicorn.run(app, port=port, log_level="error")
