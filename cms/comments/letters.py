"""Forms that strangers send: from where, of which type, how large, how often."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection
from urllib.parse import parse_qsl

from starlette.requests import Request

from kentongan.comments.addresses import network
from kentongan.errors import KentonganError
from kentongan.language import Message

LARGEST = 80_000
"""Bytes of a form: 8 kB of text grow threefold on their way, and more in a token."""
_FIELDS = 20
_TYPE = "application/x-www-form-urlencoded"


class Refused(KentonganError):
    """A form that is not looked at; ``status`` is the HTTP status that says why."""

    def __init__(self, status: int, message: Message, mend: Message | None = None) -> None:
        super().__init__(message, mend)
        self.status = status


class Pace:
    """Lets one address send *most* forms within a minute; kept in memory, for what is not worth the database."""

    def __init__(self, most: int = 60, seconds: float = 60.0) -> None:
        self._most, self._seconds = most, seconds
        self._sent: dict[str, deque[float]] = {}

    def require(self, address: str) -> None:
        """:raises Refused: when *address* has sent too many."""
        now, address = time.monotonic(), network(address)
        if len(self._sent) > 10_000:
            self._sent = {key: sent for key, sent in self._sent.items() if sent[-1] > now - self._seconds}
        sent = self._sent.setdefault(address, deque(maxlen=self._most))
        if len(sent) == self._most and sent[0] > now - self._seconds:
            raise Refused(429, Message("Many forms came within a short time."), Message("Try again in a minute."))
        sent.append(now)


async def form_of(request: Request, origins: Callable[[], Collection[str]] = tuple) -> dict[str, str]:
    """The fields of a form that a page of ours or of *origins* sent.

    :raises Refused: when another site sent it, or nobody says who did, or it is no plain form.
    """
    _require_origin(request, origins)
    return await fields_of(request)


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, whoever sent it.

    :raises Refused: when it is no plain form, or larger than one.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise Refused(415, Message("This is no form of ours."), Message("Write your comment on its page."))
    body = await body_of(request)
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError as error:
        raise Refused(400, Message("This is no form of ours."), Message("Write your comment on its page.")) from error


async def body_of(request: Request) -> bytes:
    """What was sent, of whatever type.

    :raises Refused: when it is larger than a form.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise Refused(413, Message("This text is too long."), Message("Make it shorter, or send it in two parts."))
    return body


def _require_origin(request: Request, origins: Callable[[], Collection[str]]) -> None:
    """Browsers say where a form came from, and no other site can make them say otherwise (Fetch, 3.2)."""
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin == own or origin is None:
        taken = site == "same-origin" or (origin == own and site is None)
    else:
        taken = origin in origins()
    if taken:
        return
    raise Refused(
        403,
        Message("This form came from another site."),
        Message("Open the page itself, and write your comment there."),
    )
