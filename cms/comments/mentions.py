"""``POST /komentar/webmention``: pages of others that mention ours (W3C Webmention, 3.2)."""

from __future__ import annotations

from threading import BoundedSemaphore

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kentongan.comments.draft import Unfit
from kentongan.comments.threads import Thread
from kentongan.comments.webmention import receive

from .letters import Pace, Refused, fields_of
from .room import PATH, Room

_AT_ONCE = 4
"""How many pages of others are asked at a time: a slow one must not hold the threads that readers need."""


class Mentions:
    """The endpoint. Servers send to it, not browsers, so no origin is asked for."""

    def __init__(self, room: Room) -> None:
        self._room, self._pace = room, Pace(most=20)
        self._asking = BoundedSemaphore(_AT_ONCE)

    def routes(self) -> list[Route]:
        """Its address."""
        return [Route(f"{PATH}/webmention", self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """201: it is seen to be one, and waits to be read; 400: it is none."""
        try:
            self._pace.require(request.client.host if request.client else "")
            form = await fields_of(request)
        except Refused as refused:
            return PlainTextResponse(self._room.said(refused), refused.status)
        return await run_in_threadpool(self._keep, form.get("source", ""), form.get("target", ""))

    def _keep(self, source: str, target: str) -> Response:
        if not self._asking.acquire(blocking=False):
            return PlainTextResponse("", 429, headers={"retry-after": "60"})
        try:
            return self._received(source, target)
        finally:
            self._asking.release()

    def _received(self, source: str, target: str) -> Response:
        try:
            receive(self._room.comments, source, target, self._thread_at(target))
        except Unfit as unfit:
            self._room.publish()  # one that was shown may be gone
            return PlainTextResponse(self._room.said(unfit), 400)
        return PlainTextResponse("", 201)

    def _thread_at(self, target: str) -> Thread | None:
        page = target.split("#", maxsplit=1)[0]
        return next((one for one in self._room.threads.named.values() if one.url == page), None)
