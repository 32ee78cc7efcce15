"""What the links in letters lead to, and the form by which somebody asks for what is kept of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from sqlalchemy import select
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kentongan.comments import privacy
from kentongan.comments.notices import Letters, Ticket, Way
from kentongan.comments.tables import Reader, State
from kentongan.errors import KentonganError
from kentongan.language import Message

from .letters import Pace, Refused, body_of, form_of
from .room import PATH, Room

Page = Callable[..., Response]
_log = logging.getLogger(__name__)

_ASKED = {
    Way.CONFIRM: (Message("Tell me of answers"), Message("Yes, tell me of answers")),
    Way.STOP: (Message("No more letters"), Message("Send me no more letters about this page")),
    Way.MINE: (Message("Is this comment yours?"), Message("Yes, show it")),
    Way.DATA: (Message("What we keep of you"), Message("Erase all of this")),
}
_DONE = {
    Way.CONFIRM: Message("From now on we tell you of answers. Each letter has a link that ends them."),
    Way.STOP: Message("No more letters about this page will come."),
    Way.MINE: Message("Your comment is shown now."),
    Way.DATA: Message("Everything that we kept of you has been erased."),
}


_LEFT = _DONE | {
    Way.CONFIRM: Message("Nothing is kept of you here any more, so nobody writes to you."),
    Way.MINE: Message("The office has decided about this comment; it is not shown."),
}
"""Where nothing could be done any more."""


class Letterbox:
    """Pages that need a mail server; without one they say what else can be done. *page* draws them."""

    def __init__(self, room: Room, page: Page) -> None:
        self._room, self._page, self._pace = room, page, Pace(most=5, seconds=3600.0)
        self._each = Pace(most=3, seconds=86_400.0)

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route(f"{PATH}/data", self.ask, methods=["GET", "POST"]),
            Route(f"{PATH}/surat/{{token}}", self.open, methods=["GET", "POST"]),
            Route(f"{PATH}/surat/{{token}}/data.json", self.download, methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Asks for a link by mail; the answer is the same whether anything is kept or not."""
        if request.method != "POST":
            return await run_in_threadpool(self._page, "data.html", said="")
        try:
            self._pace.require(request.client.host if request.client else "")
            form = await form_of(request, self._room.origins)
        except Refused as refused:
            return await run_in_threadpool(self._page, "over.html", refused.status, said=self._room.said(refused))
        return await run_in_threadpool(self._mail_link, form.get("email", ""))

    async def open(self, request: Request) -> Response:
        """What the link is for, with one button; the button does it. One that ends letters, mail apps press too, with
        a form of either type (RFC 8058, 3.2); its token says it all."""
        ticket = await run_in_threadpool(self._ticket, request.path_params["token"])
        if ticket is None:
            return await run_in_threadpool(self._over)
        if request.method != "POST":
            return await run_in_threadpool(self._shown, ticket, request.url.path)
        try:
            await (body_of(request) if ticket.way is Way.STOP else form_of(request))
            return await run_in_threadpool(self._do, ticket)
        except Refused as refused:
            return await run_in_threadpool(self._page, "over.html", refused.status, said=self._room.said(refused))
        except KentonganError as error:
            return await run_in_threadpool(self._page, "over.html", 409, said=self._room.said(error))

    async def download(self, request: Request) -> Response:
        """All that is kept of somebody, for another program."""
        ticket = await run_in_threadpool(self._ticket, request.path_params["token"])
        if ticket is None or ticket.way is not Way.DATA:
            return await run_in_threadpool(self._over)
        kept = await run_in_threadpool(privacy.export, self._room.comments, self._email(ticket.key) or "")
        headers = {"cache-control": "no-store", "content-disposition": 'attachment; filename="komentar.json"'}
        return Response(json.dumps(kept, ensure_ascii=False, indent=1), media_type="application/json", headers=headers)

    def _over(self) -> Response:
        said = self._room.told(Message("This link has been used, or its time is over."))
        return self._page("over.html", 410, said=said)

    def _mail_link(self, email: str) -> Response:
        """Answers first: how long a letter takes would tell whether anything is kept."""
        answer = self._page("data.html", said=self._room.told(Message("If we keep anything, a letter is on its way.")))
        answer.background = BackgroundTask(self._send_link, email)
        return answer

    def _send_link(self, email: str) -> None:
        letters = self._room.letters
        try:
            self._each.require(email.strip().casefold())
            if letters:
                letters.send_data_link(email)
        except KentonganError as error:
            _log.warning("no link to somebody's data was sent: %s", error)

    def _ticket(self, token: str) -> Ticket | None:
        letters = self._room.letters
        ticket = letters.ticket(token) if letters else None
        is_gone = ticket is not None and ticket.way is Way.DATA and self._email(ticket.key) is None
        return None if is_gone else ticket

    def _shown(self, ticket: Ticket, path: str) -> Response:
        title, button = (self._room.told(words) for words in _ASKED[ticket.way])
        if ticket.way is not Way.DATA:
            return self._page("letter.html", title=title, button=button)
        email = self._email(ticket.key) or ""
        kept, threads = privacy.mine(self._room.comments, email), self._room.threads.named
        return self._page("mine.html", email=email, kept=kept, threads=threads, download=f"{path}/data.json")

    def _email(self, reader: str) -> str | None:
        with self._room.comments.database.reading() as session:
            found = session.scalar(select(Reader).where(Reader.hash == reader))
        return self._room.secret.unseal(found.sealed) if found else None

    def _do(self, ticket: Ticket) -> Response:
        """Does it, and says so."""
        letters = self._room.letters
        done = letters is not None and self._act(ticket, letters)
        title, said = self._room.told(_ASKED[ticket.way][0]), self._room.told((_DONE if done else _LEFT)[ticket.way])
        return self._page("over.html", title=title, said=said)

    def _act(self, ticket: Ticket, letters: Letters) -> bool:
        """Whether there was still something to do, or it is as it should be."""
        if ticket.way is Way.CONFIRM:
            return letters.confirm(ticket.key)
        if ticket.way is Way.STOP:
            letters.stop(int(ticket.key))
        elif ticket.way is Way.MINE:
            return self._show(ticket.key)
        elif email := self._email(ticket.key):
            self._room.forget(privacy.erase(self._room.comments, email))
        return True

    def _show(self, key: str) -> bool:
        """Only what still waits, as the letter quoted it: a moderator's no is not overruled."""
        number, _, seen = key.partition(" ")
        if self._room.moderation.waits(int(number)):
            self._room.moderation.decide([int(number)], State.APPROVED, "reader", {int(number): seen})
        return self._room.moderation.public_one(int(number)) is not None
