"""Is a commit what readers get? Asked of the public address itself, so that it holds for any host."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from kentongan.due import VERSION
from kentongan.language import Message
from kentongan.web import Answer, NoAnswer, ask

SECONDS = 10.0
"""How long the host may take to answer."""

_LIMIT = 65_536
_HOPS = 3
_OK = 200
_FRESH = {"Cache-Control": "no-cache"}


class State(StrEnum):
    """What the public address says of a commit."""

    LIVE = "live"
    PUBLISHING = "publishing"
    """Another commit is there: ours is still on its way."""
    HELD = "held"
    """Another commit is there, for somebody went back to it: ours is not on its way."""
    CACHED = "cached"
    """It is there, but a cache still gives readers an older answer."""
    FOREIGN = "foreign"
    """There is something, but no site of ours."""
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Live:
    """What was found at *address*: the *commit* served there (``None``: it does not say) and since when."""

    state: State
    address: str
    message: Message
    commit: str | None = None
    built: str | None = None

    def told(self, language: str) -> dict[str, str | None]:
        """It in *language*, as ``kentongan live --json`` prints it."""
        return {
            "state": self.state.value,
            "address": self.address,
            "commit": self.commit,
            "built": self.built,
            "message": self.message.told(language),
        }


_SETTLED = (State.LIVE, State.HELD)


class _Wrong(Exception):
    """What keeps us from knowing which commit is served."""

    def __init__(self, state: State, message: Message) -> None:
        self.state, self.message = state, message
        super().__init__(message.msgid)


Includes = Callable[[str, str], bool]
"""Whether the first commit is the second, or came after it."""


def look(address: str, commit: str, includes: Includes = str.startswith, seconds: float = SECONDS) -> Live:
    """Whether the site at *address* (with or without its last slash) serves *commit*, or one that *includes* it."""
    url = urljoin(f"{address.rstrip('/')}/", VERSION)
    try:
        served, built = _served(url, seconds)
        if includes(served, commit):
            return Live(State.LIVE, address, Message("It is live."), served, built)
        newest, _ = _served(f"{url}?{commit}", seconds)  # no cache has an answer to that yet
    except _Wrong as wrong:
        return Live(wrong.state, address, wrong.message)
    if includes(newest, commit):
        message = Message("It is published, but a cache on the way still gives readers the version before.")
        return Live(State.CACHED, address, message, served, built)
    return Live(State.PUBLISHING, address, Message("It is being published."), served, built)


def wait_for(look_again: Callable[[], Live], seconds: float, rest: Callable[[float], None] = time.sleep) -> Live:
    """Looks until it is live, or *seconds* have gone; what is wrong may pass, so that does not end it."""
    end = time.monotonic() + seconds
    pause = 1.0
    while (found := look_again()).state not in _SETTLED and (left := end - time.monotonic()) > 0:
        rest(min(pause, left))
        pause = min(pause * 1.5, 15.0)
    return found


def _served(url: str, seconds: float) -> tuple[str, str | None]:
    """Which commit *url* names, and when it was built."""
    answer = _answer(url, seconds)
    if answer.status != _OK:
        raise _Wrong(State.SILENT, Message("It answers {status}.", {"status": answer.status}))
    try:
        version = json.loads(answer.body)
        commit, built = version["commit"], version["built"]
    except (ValueError, KeyError, TypeError) as error:
        raise _Wrong(State.FOREIGN, Message("What is there is no site of ours.")) from error
    if not isinstance(commit, str):
        raise _Wrong(State.FOREIGN, Message("The site there does not say which commit it was made from."))
    return commit, str(built)


def _answer(url: str, seconds: float) -> Answer:
    """The answer of *url*; another address of the same host is followed, another host is not."""
    host = urlsplit(url).hostname
    for _ in range(_HOPS):
        try:
            answer = ask(url, headers=_FRESH, seconds=seconds, limit=_LIMIT)
        except NoAnswer as error:
            raise _Wrong(State.SILENT, error.message) from error
        if not (300 <= answer.status < 400 and "location" in answer.headers):
            return answer
        url = urljoin(url, answer.headers["location"])
        if urlsplit(url).hostname != host or urlsplit(url).scheme not in ("http", "https"):
            raise _Wrong(State.FOREIGN, Message("It sends us elsewhere, and that is not followed."))
    raise _Wrong(State.FOREIGN, Message("It sends us round in circles."))
