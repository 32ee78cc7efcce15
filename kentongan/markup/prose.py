"""Bodies to HTML on all cores, remembered by content, with a limit on how long one text may take."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections.abc import Iterable
from typing import IO, cast

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.markup.cache import Cache, key_of
from kentongan.markup.convert import PLAIN, Dialect

READY = "ready"
"""What a worker says when it can be asked."""

SECONDS_PER_TEXT = 5.0
"""An honest page takes milliseconds; 20 kB of ``[`` takes Python-Markdown most of a minute."""

WORTH_A_WORKER = 60
"""How many texts one more worker must have to do, to be worth its start."""


class CannotRender(Exception):
    """A text that no page can be made of: it takes too long, nests too deep, or becomes too large."""


class Prose:
    """Renders Markdown in up to *jobs* workers, started when they are needed and after one had to be killed.

    *cache* keeps what was made for the next build.
    """

    def __init__(
        self,
        dialect: Dialect = PLAIN,
        seconds: float = SECONDS_PER_TEXT,
        *,
        cache: Cache | None = None,
        jobs: int = 1,
    ) -> None:
        self.dialect, self.seconds, self.jobs = dialect, seconds, jobs
        self._cache = cache
        self._workers: list[_Worker] = []

    def html(self, text: str) -> str:
        """*text* as clean HTML.

        :raises CannotRender: when it takes longer than the limit, or cannot be rendered at all.
        """
        html = self.render([text])[text]
        if html is None:
            raise CannotRender(f"{len(text)} characters")
        return html

    def render(self, texts: Iterable[str]) -> dict[str, str | None]:
        """Each of *texts* as clean HTML; ``None`` for one that cannot be rendered."""
        wanted = dict.fromkeys(texts)
        made: dict[str, str | None] = {text: "" for text in wanted if not text.strip()}
        keys = {text: key_of(self.dialect.version, text) for text in wanted if text not in made}
        if self._cache and keys:
            known = self._cache.known(keys.values())
            made |= {text: known[key] for text, key in keys.items() if key in known}
        new = self._made([text for text in wanted if text not in made])
        if self._cache and new:
            self._cache.keep({keys[text]: html for text, html in new.items() if html is not None})
        return made | new

    def close(self) -> None:
        """Ends the workers; the next text starts others."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _made(self, texts: list[str]) -> dict[str, str | None]:
        """*texts*, each given to whichever worker is free."""
        made: dict[str, str | None] = {}
        waiting = iter(texts)
        busy = {}
        for worker in self._ready(len(texts)):
            if (text := next(waiting, None)) is not None:
                worker.ask(text)
                busy[worker.answers] = worker
        while busy:
            for worker in _answered(list(busy.values()), self.seconds):
                del busy[worker.answers]
                made[worker.text] = worker.answer()
                if (text := next(waiting, None)) is not None:
                    worker = self._alive(worker)  # noqa: PLW2901 - one that was killed has a successor
                    worker.ask(text)
                    busy[worker.answers] = worker
        self._workers = [worker for worker in self._workers if worker.is_alive()]
        return made

    def _ready(self, texts: int) -> list[_Worker]:
        """As many workers as *texts* are worth."""
        wanted = min(self.jobs, -(-texts // WORTH_A_WORKER))
        missing = [_Worker(self.dialect) for _ in range(wanted - len(self._workers))]
        self._workers += missing
        for worker in missing:
            worker.await_ready()
        return self._workers[:wanted]

    def _alive(self, worker: _Worker) -> _Worker:
        if worker.is_alive():
            return worker
        successor = _Worker(self.dialect)
        self._workers[self._workers.index(worker)] = successor
        successor.await_ready()
        return successor


class _Worker:
    """One worker process; it has one text at a time."""

    def __init__(self, dialect: Dialect) -> None:
        self.text = ""
        self._asked = 0.0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kentongan.markup.worker", dialect.extensions],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    @property
    def answers(self) -> IO[str]:
        return cast(IO[str], self._process.stdout)

    def await_ready(self) -> None:
        """Waits until it can be asked: the limit on a text must not count how long a worker takes to start.

        :raises KentonganError: when it does not get ready.
        """
        if self.answers.readline().strip() != READY:
            self.end()
            raise KentonganError(
                Message("The Markdown extensions could not be started."),
                Message("Look at the error above, and at MARKDOWN in the settings."),
            )

    def ask(self, text: str) -> None:
        self.text, self._asked = text, time.monotonic()
        to_worker = cast(IO[str], self._process.stdin)
        try:
            to_worker.write(json.dumps({"text": text}) + "\n")
            to_worker.flush()
        except BrokenPipeError:
            self.end()  # it died of the text before, or of this one

    def is_late(self, seconds: float) -> bool:
        """Whether it has been at its text for longer than *seconds*."""
        return time.monotonic() - self._asked > seconds

    def answer(self) -> str | None:
        """The HTML of its text, whose answer must have come; ``None``: there is none, and the worker may have ended."""
        if not self.is_alive():
            return None
        try:
            html: str | None = json.loads(self.answers.readline())["html"]
            return html
        except (ValueError, OSError):
            self.end()  # it died of this text
            return None

    def is_alive(self) -> bool:
        return not self.answers.closed

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


def _answered(busy: list[_Worker], seconds: float) -> list[_Worker]:
    """Workers whose text is done with: answered, or taking longer than *seconds*, which ends the worker."""
    alive = [worker.answers for worker in busy if worker.is_alive()]
    ready = select.select(alive, [], [], seconds if len(alive) == len(busy) else 0)[0]
    done = [worker for worker in busy if not worker.is_alive() or worker.answers in ready]
    for worker in busy:
        if worker not in done and worker.is_late(seconds):
            worker.end()
            done.append(worker)
    return done
