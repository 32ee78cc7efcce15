"""Tells whoever builds the site elsewhere that other comments are public now: a comment taken off goes at once.

What they were last told of is compared with what is public, so that nothing is missed while either of both is away.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from kentongan.comments import snapshot
from kentongan.comments.secret import Secret
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store import atomic
from kentongan.web import NoAnswer, ask
from kentongan.webhooks.courier import Send, signed

URL_VARIABLE = "KENTONGAN_REBUILD_URL"
KEY_VARIABLE = "KENTONGAN_REBUILD_KEY"
FILE = "comments-told.json"
BODY = '{"event_type":"comments"}'
"""What GitHub's ``repository_dispatch`` asks for; GitLab's triggers and other receivers pass over it."""
GATHERED = timedelta(minutes=5)
"""How long new comments are gathered, for a build elsewhere takes minutes of somebody's allowance."""
PATIENCE = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""How long to wait after each failed attempt; the last of them stays."""
_EVERY_SECONDS = 1.0
_SECONDS = 10.0

Clock = Callable[[], datetime]


class Rebuild:
    """Asks *url* for a build. *key* proves that it is us: ``whsec_…`` signs, any other is a bearer token."""

    def __init__(
        self, state: Path, url: str, key: str, clock: Clock = lambda: datetime.now(UTC), send: Send = ask
    ) -> None:
        self._state, self._url, self._key, self._clock, self._send = state, url, key, clock, send
        self._secret = Secret.of(state)
        self._new_since: datetime | None = None
        self._failures, self._not_before = 0, datetime.min.replace(tzinfo=UTC)

    @classmethod
    def of(cls, state: Path) -> Self | None:
        """For the office with the folder *state*; ``None``: nobody builds elsewhere."""
        url = os.environ.get(URL_VARIABLE, "")
        return cls(state, url, os.environ.get(KEY_VARIABLE, "")) if url else None

    def look(self) -> bool:
        """Asks for a build if one is due; whether it was asked for.

        :raises KentonganError: when nobody takes it; a later look tries again.
        """
        public, told = self._public(), self._told()
        if self._clock() < self._not_before or not self._is_due(public, told):
            return False
        self._ask()
        atomic.write(self._state / FILE, json.dumps(sorted(public)).encode(), durable=True)
        self._new_since, self._failures = None, 0
        return True

    def keep_looking(self, stop: threading.Event, fail: Callable[[KentonganError], None]) -> None:
        """Looks every second until *stop* is set."""
        while not stop.wait(_EVERY_SECONDS):
            try:
                self.look()
            except KentonganError as error:
                fail(error)

    def _is_due(self, public: set[str], told: set[str]) -> bool:
        if told - public:
            return True
        if public == told:
            self._new_since = None
            return False
        self._new_since = self._new_since or self._clock()
        return self._clock() - self._new_since >= GATHERED

    def _public(self) -> set[str]:
        """A keyed hash of each public comment: what is told of, is kept by nothing else."""
        found = snapshot.read(self._state) or snapshot.Snapshot()
        shown = ((thread, one) for thread, held in found.threads.items() for one in held)
        return {self._secret.hash("told", json.dumps([thread, one.to_json()])) for thread, one in shown}

    def _told(self) -> set[str]:
        try:
            return set(json.loads((self._state / FILE).read_bytes()))
        except (OSError, ValueError, TypeError):
            return set()

    def _ask(self) -> None:
        try:
            answer = self._send(self._url, method="POST", body=BODY.encode(), headers=self._headers(), seconds=_SECONDS)
        except NoAnswer as error:
            raise self._refused(str(error)) from error
        if not 200 <= answer.status < 300:
            raise self._refused(f"HTTP {answer.status}")

    def _headers(self) -> dict[str, str]:
        if self._key.startswith("whsec_"):
            return signed(f"msg_{secrets.token_hex(16)}", self._key, BODY, self._clock())
        bearer = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        return {"Content-Type": "application/json", **bearer}

    def _refused(self, reason: str) -> KentonganError:
        self._not_before = self._clock() + PATIENCE[min(self._failures, len(PATIENCE) - 1)]
        self._failures += 1
        return KentonganError(
            Message("Nobody was told to build the site again: {reason}.", {"reason": reason.rstrip(".")}),
            Message("Look at {url} and {key}.", {"url": URL_VARIABLE, "key": KEY_VARIABLE}),
        )
