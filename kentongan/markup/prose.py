"""Bodies to HTML, remembered by content, with a limit on how long one text may take."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from hashlib import sha256
from typing import IO, cast

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.markup.convert import PLAIN, Dialect

READY = "ready"
"""What a worker says when it can be asked."""

SECONDS_PER_TEXT = 5.0
"""An honest page takes milliseconds; 20 kB of ``[`` takes Python-Markdown most of a minute."""


class CannotRender(Exception):
    """A text that no page can be made of: it takes too long, nests too deep, or becomes too large."""


class Prose:
    """Renders Markdown. One worker at a time, started when first needed and after each one that had to be killed."""

    def __init__(self, dialect: Dialect = PLAIN, seconds: float = SECONDS_PER_TEXT) -> None:
        self.dialect, self.seconds = dialect, seconds
        self._known: dict[bytes, str | None] = {}
        self._worker: subprocess.Popen[str] | None = None

    def html(self, text: str) -> str:
        """*text* as clean HTML.

        :raises CannotRender: when it takes longer than the limit, or cannot be rendered at all.
        """
        if not text.strip():
            return ""
        key = sha256(text.encode()).digest()
        if key not in self._known:
            self._known[key] = self._ask(text)
        html = self._known[key]
        if html is None:
            raise CannotRender(f"{len(text)} characters")
        return html

    def close(self) -> None:
        """Ends the worker; the next text starts another."""
        if self._worker is None:
            return
        self._worker.kill()
        self._worker.communicate()
        self._worker = None

    def _ask(self, text: str) -> str | None:
        to_worker, from_worker = self._running()
        try:
            to_worker.write(json.dumps({"text": text}) + "\n")
            to_worker.flush()
            if not select.select([from_worker], [], [], self.seconds)[0]:
                self.close()
                return None
            html: str | None = json.loads(from_worker.readline())["html"]
            return html
        except (BrokenPipeError, json.JSONDecodeError):
            self.close()  # it died of this text
            return None

    def _running(self) -> tuple[IO[str], IO[str]]:
        """The worker's ends, started when there is none.

        :raises KentonganError: when it does not get ready.
        """
        if self._worker is None:
            self._worker = self._started()
        return cast(IO[str], self._worker.stdin), cast(IO[str], self._worker.stdout)

    def _started(self) -> subprocess.Popen[str]:
        worker = subprocess.Popen(
            [sys.executable, "-m", "kentongan.markup.worker", self.dialect.extensions],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        if cast(IO[str], worker.stdout).readline().strip() != READY:
            worker.kill()
            worker.communicate()
            raise KentonganError(
                Message("The Markdown extensions could not be started."),
                Message("Look at the error above, and at MARKDOWN in the settings."),
            )
        return worker
