"""The pages of ``/komentar``, which work without scripts and from a site that lives elsewhere."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import kentongan_theme
from kentongan.comments import snapshot
from kentongan.comments.comments import closed
from kentongan.comments.draft import TRAP, Draft, Unfit
from kentongan.comments.snapshot import Snapshot
from kentongan.comments.tables import Comment, State
from kentongan.comments.text import html, plain
from kentongan.language import Message, moment, translations

from .letterbox import Letterbox
from .letters import Pace, Refused, form_of
from .mentions import Mentions
from .room import PATH, Room

_STYLE = Path(kentongan_theme.__file__).parent / "static/style.css"
_OWN_STYLE = Path(__file__).parent / "static/comments.css"
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": _POLICY,
    "referrer-policy": "same-origin",
    "x-robots-tag": "noindex",
}
_SHARED = {"access-control-allow-origin": "*", "cache-control": "no-cache"}

Form = Mapping[str, str]
Endpoint = Callable[[Request], Awaitable[Response]]


class Counter:
    """Where readers hand in what they write. One of its pages is one method, which runs in a thread."""

    def __init__(self, room: Room) -> None:
        self._room, self._pace = room, Pace()
        self._environments: dict[str, Environment] = {}

    def routes(self) -> list[Route]:
        """Its addresses."""
        read, written = self._read, self._written
        return [
            Route(PATH, read(self.form), methods=["GET"]),
            Route(PATH, written(self.hand_in), methods=["POST"]),
            Route(f"{PATH}/", lambda _: RedirectResponse(PATH), methods=["GET"]),
            Route(f"{PATH}/style.css", _file(_STYLE), methods=["GET"]),
            Route(f"{PATH}/comments.css", _file(_OWN_STYLE), methods=["GET"]),
            Route(f"{PATH}/snapshot.json", read(self.snapshot), methods=["GET"]),
            Route(f"{PATH}/{{folder}}/{{id}}.json", read(self.newer), methods=["GET"]),
            Route(f"{PATH}/saya/{{token}}", read(self.own), methods=["GET"]),
            Route(f"{PATH}/saya/{{token}}", written(self.change_own), methods=["POST"]),
            *Letterbox(self._room, self._page).routes(),
            *Mentions(self._room).routes(),
        ]

    def form(self, request: Request) -> Response:
        """An empty form: for an answer, whose place on a static page a link is."""
        given = dict(request.query_params)
        thread = self._room.thread(given.get("thread", ""))
        if thread is None:
            return self._over(404)
        if not thread.is_open(self._room.comments.clock()):
            return self._over(410)
        return self._page("form.html", given=given, thread=thread, trouble={}, above=self._above(given))

    def hand_in(self, request: Request, form: Form) -> Response:
        """First what was written is shown as it will look; once more, and it is kept."""
        if form.get(TRAP):
            return self._page("thanks.html", comment=None, own="", thread=None)
        try:
            return self._confirm(request, form) if "token" in form else self._preview(form)
        except Unfit as unfit:
            if unfit.draft:
                return self._kept(unfit.draft, unfit, form.get("token", ""))
            thread = self._room.thread(form.get("thread", ""))
            if thread is None or unfit.field in ("thread", "token"):
                return self._over(409, self._room.said(unfit))
            trouble = {unfit.field: self._room.said(unfit)}
            return self._page("form.html", 422, given=form, thread=thread, trouble=trouble, above=self._above(form))

    def own(self, request: Request, trouble: str = "", typed: str = "") -> Response:
        """One's own comment, also while it waits: whoever has the link, wrote it."""
        comment = self._room.comments.own(request.path_params["token"])
        if comment is None or not comment.text:
            return self._over(410, self._room.told(Message("This comment is not here any more.")))
        waits = comment.state in (State.PENDING, State.SPAM) and not comment.decided
        return self._page(
            "own.html",
            422 if trouble else 200,
            comment=comment,
            waits=waits,
            is_public=comment.state == State.APPROVED,
            thread=self._room.thread(comment.thread),
            trouble=trouble,
            typed=typed,
        )

    def change_own(self, request: Request, form: Form) -> Response:
        """Takes another text, or takes the comment back."""
        token = request.path_params["token"]
        try:
            if form.get("do") == "remove":
                self._room.forget(self._room.comments.take_back(token))
                return self._over(200, self._room.told(Message("Your comment has been erased.")))
            self._room.comments.change_own(token, form.get("text", ""))
        except Unfit as unfit:
            return self.own(request, self._room.said(unfit), form.get("text", ""))
        return RedirectResponse(request.url.path, 303, headers=_HEADERS)

    def snapshot(self, request: Request) -> Response:
        """Everything that is public, for whoever builds the site elsewhere."""
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        if not secrets.compare_digest(given.encode(), self._room.secret.snapshot_token.encode()):
            return Response("", 401, {**_HEADERS, "www-authenticate": "Bearer"})
        data = (snapshot.read(self._room.comments.database.state) or Snapshot()).to_bytes()
        return _answer(request, data, {"cache-control": "private, no-cache"})

    def newer(self, request: Request) -> Response:
        """The public comments of one thread, for the script of a page that was built earlier."""
        name = f"{request.path_params['folder']}/{request.path_params['id']}"
        public = snapshot.read(self._room.comments.database.state) or Snapshot()
        shown = public.threads.get(name, ()) if self._room.thread(name) else ()
        told = [{"id": one.id, "name": one.name, "text": one.text} for one in shown]
        return _answer(request, json.dumps({"comments": told}, ensure_ascii=False).encode(), _SHARED)

    def _preview(self, form: Form) -> Response:
        draft = Draft.of(form)
        token = self._room.comments.preview(draft, self._room.thread(draft.thread))
        return self._shown(draft, token)

    def _shown(self, draft: Draft, token: str, status: int = 200, trouble: str = "") -> Response:
        return self._page(
            "preview.html",
            status,
            draft=draft,
            token=token,
            thread=self._room.thread(draft.thread),
            trouble=trouble,
        )

    def _kept(self, draft: Draft, unfit: Unfit, token: str) -> Response:
        """What cannot be taken now, so that it can be sent again, changed, or at least copied."""
        thread = self._room.thread(draft.thread)
        if thread is None or not thread.is_open(self._room.comments.clock()):
            token, unfit = "", closed()
        elif unfit.field == "old":
            token = self._room.comments.preview(draft, thread)
        return self._shown(draft, token, 425 if unfit.field == "token" else 409, self._room.said(unfit))

    def _confirm(self, request: Request, form: Form) -> Response:
        address = request.client.host if request.client else ""
        replies = form.get("replies") == "yes" if self._room.mailer else None
        comment = self._room.comments.post(form["token"], address, self._room.thread, replies=replies)
        own = f"{PATH}/saya/{self._room.comments.own_token(comment)}"
        return self._page("thanks.html", comment=comment, own=own, thread=self._room.thread(comment.thread))

    def _above(self, given: Form) -> Comment | None:
        """What is answered: only something public is shown."""
        number = given.get("parent", "")
        found = self._room.moderation.public_one(int(number)) if number.isdecimal() and len(number) < 18 else None
        return found if found and found.thread == given.get("thread") else None

    def _read(self, do: Callable[[Request], Response]) -> Endpoint:
        @wraps(do)
        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(do, request)

        return endpoint

    def _written(self, do: Callable[[Request, Form], Response]) -> Endpoint:
        @wraps(do)
        async def endpoint(request: Request) -> Response:
            try:
                self._pace.require(request.client.host if request.client else "")
                form = await form_of(request, self._room.origins)
            except Refused as refused:
                return await run_in_threadpool(self._over, refused.status, self._room.said(refused))
            return await run_in_threadpool(do, request, form)

        return endpoint

    def _over(self, status: int, said: str = "") -> Response:
        return self._page("over.html", status, said=said or self._room.told(Message("Nothing more is taken here.")))

    def _speaking(self, language: str) -> Environment:
        """The templates in *language*; loading a catalogue for each page would take longer than the page."""
        if language not in self._environments:
            made = _environment()
            made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
            self._environments[language] = made
        return self._environments[language]

    def _page(self, name: str, status: int = 200, **values: Any) -> Response:
        language, threads = self._room.status.language, self._room.threads
        page = (
            self._speaking(language)
            .get_template(name)
            .render(
                language=language,
                office=threads.office or "Kentongan",
                home=threads.home or "/",
                mail=self._room.mailer is not None,
                moment=lambda at: moment(at.astimezone(self._room.status.zone), language),
                **values,
            )
        )
        return HTMLResponse(page, status, headers=_HEADERS)


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.filters["plain"] = plain
    made.filters["prose"] = lambda text: Markup(html(text))  # noqa: S704 - cleaned by nh3
    return made


def comment_routes(room: Room) -> list[Route]:
    """What readers may reach of the CMS."""
    return Counter(room).routes()


def _file(path: Path) -> Endpoint:
    async def endpoint(_request: Request) -> Response:
        return FileResponse(path, headers={"cache-control": "no-cache"})

    return endpoint


def _answer(request: Request, data: bytes, headers: Mapping[str, str]) -> Response:
    """*data* as JSON, with an ETag that spares it to whoever has it (RFC 9110, 13.1.2)."""
    tag = snapshot.etag(data)
    told = {**headers, "etag": tag, "vary": "authorization"}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in re.findall(r'"[^"]*"', known):  # weak or strong: a proxy may have packed it
        return Response(status_code=304, headers=told)
    return Response(data, media_type="application/json", headers=told)
