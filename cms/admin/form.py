"""Forms as they arrive: texts and small files, never more than was meant to come."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import Message, Receive

FORM_BYTES = 11_000_000
"""A form with a photo of 10 MB; larger ones come piece by piece (:mod:`.tus`)."""

STRANGERS_BYTES = 100_000
"""What somebody sends who has not logged in."""


class TooLong(Exception):
    """More came than was meant to."""


async def read_form(request: Request, limit: int) -> tuple[dict[str, str], dict[str, bytes]]:
    """The texts and the files of a posted form, by the names of their fields; nothing of any other request.

    :raises TooLong: when it has more than *limit* bytes, at the first one that is too many.
    """
    if request.method != "POST":
        return {}, {}
    texts, files = {}, {}
    async with Request(request.scope, _at_most(limit, request.receive)).form() as form:
        for name, value in form.items():
            if isinstance(value, str):
                texts[name] = value
            else:
                files[name] = await value.read()
    return texts, files


def _at_most(limit: int, receive: Receive) -> Receive:
    left = limit

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLong
        return message

    return counted
