"""The routes of the API, and what is the same for all of them: token, limit, body, language, problems."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from kentongan.accounts import ApiTokens
from kentongan.actions import Done, Refusal, WrongState
from kentongan.actions.newsroom import path_of
from kentongan.errors import KentonganError, refused
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind, Status
from kentongan.repository import Conflict
from kentongan.repository.git import blob_id
from kentongan.site.slugs import slug
from kentongan.store.frontmatter import FrontMatterError

from ..admin import Workshop
from ..status import BuildStatus
from .call import LARGEST_BODY, Call, bearer, language_of, unauthorized
from .description import ROOT, description
from .exchange import ExchangeState
from .hooks import Hooks
from .limits import Limiter
from .problems import Problem
from .reading import Reading
from .shelf import Shelf
from .writing import Writing

MOST_A_MINUTE = 300

Answer = Callable[[Call], Response]
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def api_app(status: BuildStatus, shop: Workshop, *, most: int = MOST_A_MINUTE) -> Starlette:
    """The API of the office of *shop*; of each token, and of each address without one, *most* requests a minute."""
    gate = Gate(status, ApiTokens(shop.room.database), Limiter(most))
    shelf = Shelf(shop.room)
    reading = Reading(shop.room, shelf)
    writing = Writing(shop.room, reading, lambda done: rebuild(shop, status, done))
    hooks = Hooks(shop.room)
    routes = [
        gate.route("/openapi.json", GET=_description),
        gate.route("/exchange", GET=ExchangeState(shop).read),
        gate.route("/webhooks", GET=hooks.all, POST=hooks.add),
        gate.route("/webhooks/{id}", GET=hooks.one, DELETE=hooks.remove),
        *(route for kind in RECORD_TYPES for route in _records(gate, kind, shelf, reading, writing)),
    ]
    handlers = {HTTPException: gate.refuse, Exception: gate.fail}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return app


def api_mount(status: BuildStatus, shop: Workshop, *, most: int = MOST_A_MINUTE) -> Mount:
    """The API at its address; also what is asked with a line break in the path is answered by it."""
    mount = Mount(ROOT, app=api_app(status, shop, most=most))
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def rebuild(shop: Workshop, status: BuildStatus, done: Done) -> None:
    """Live at once on this machine; where the builder fails the watcher tries again."""
    try:
        shop.bring_live(done.written.texts)
    except KentonganError as error:
        status.failed(error)
    if shop.room.status(done.path) in (Status.PUBLISHED, Status.ARCHIVED):
        shop.send(done.path, done.written.commit)


class Gate:
    """Makes endpoints of functions that take a :class:`Call`. They run in a thread, whatever they raise is told."""

    def __init__(self, status: BuildStatus, tokens: ApiTokens, limiter: Limiter) -> None:
        self._status, self._tokens, self._limiter = status, tokens, limiter

    def route(self, path: str, **answers: Answer) -> Route:
        """*path*, with what answers to each method."""
        return Route(path, self._endpoint(answers), methods=_METHODS)

    def _endpoint(self, answers: dict[str, Answer]) -> Callable[[Request], Awaitable[Response]]:
        allowed = ", ".join([*answers, *(["HEAD"] if "GET" in answers else [])])

        async def endpoint(request: Request) -> Response:
            answer = answers.get("GET" if request.method == "HEAD" else request.method)
            try:
                if answer is None:
                    raise Problem(405, Message("This cannot be done here."), headers={"allow": allowed})
                body = await _body(request)
                return await run_in_threadpool(self._answered, request, body, answer)
            except Problem as problem:
                return problem.response(self._language(request))

        return endpoint

    def _answered(self, request: Request, body: bytes, answer: Answer) -> Response:
        try:
            return answer(self._call(request, body))
        except Conflict as conflict:
            raise _clash(conflict) from conflict
        except Refusal as error:
            raise Problem.of(error, 403) from error
        except WrongState as error:
            raise Problem.of(error, 409) from error
        except (KentonganError, FrontMatterError) as error:
            raise Problem(422, error.message, error.mend) from error
        except OSError as error:
            raise Problem.of(refused(error), 503) from error

    def _call(self, request: Request, body: bytes) -> Call:
        token = bearer(request)
        known = self._tokens.known(token) if token is not None else None
        host = request.client.host if request.client else ""
        if seconds := self._limiter.wait(f"token {known.id}" if known else host):
            wait = {"retry-after": str(seconds)}
            raise Problem(429, Message("Too many requests."), Message("Wait a minute, then try again."), headers=wait)
        if token is not None and known is None:
            raise unauthorized("invalid_token")
        return Call(request, known, body)

    def _language(self, request: Request) -> str:
        return language_of(request, self._status.language)

    async def refuse(self, request: Request, error: Exception) -> Response:
        """What no route answers."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        return Problem(status, Message("There is nothing here.")).response(self._language(request))

    async def fail(self, request: Request, _error: Exception) -> Response:
        """What nobody has foreseen; the server's log says more, the answer does not."""
        return Problem(500, Message("Something went wrong here.")).response(self._language(request))


def _records(gate: Gate, kind: Kind, shelf: Shelf, reading: Reading, writing: Writing) -> list[Route]:
    """The routes of one type of record."""
    root = f"/{RECORD_TYPES[kind].folder}"

    def there(do: Callable[[Call, str], Response]) -> Answer:
        """*do*, with a record that is there, and that who asks may know of."""

        def answer(call: Call) -> Response:
            id_ = _id(call)
            volume = shelf.get(kind, id_)
            if call.token is None:
                raise unauthorized()
            if volume is None or not reading.sees(call, volume):
                raise _nothing()
            return do(call, volume.path)

        return answer

    def read(call: Call) -> Response:
        volume = shelf.get(kind, _id(call))
        if volume is None or not reading.sees(call, volume):
            raise _nothing()
        return reading.one(call, kind, volume)

    def history(call: Call) -> Response:
        volume = shelf.get(kind, _id(call))
        if volume is None or not reading.edits(call, volume):
            raise unauthorized() if call.token is None else _nothing()
        return reading.history(call, volume)

    return [
        gate.route(root, GET=lambda call: reading.page(call, kind), POST=lambda call: writing.create(call, kind)),
        gate.route(f"{root}/{{id}}", GET=read, PATCH=there(writing.change), DELETE=there(writing.discard)),
        gate.route(f"{root}/{{id}}/history", GET=history),
        gate.route(f"{root}/{{id}}/publish", POST=there(writing.publish)),
        gate.route(f"{root}/{{id}}/take-down", POST=there(writing.take_down)),
        gate.route(f"{root}/{{id}}/ask-for-review", POST=there(writing.ask_for_review)),
        gate.route(f"{root}/{{id}}/restore", POST=lambda call: writing.restore(call, path_of(kind, _id(call)))),
    ]


def _description(call: Call) -> Response:
    call.query()
    return JSONResponse(description(), headers={"cache-control": "no-cache"})


def _id(call: Call) -> str:
    """The id that the address names; what could be no file's name is none."""
    id_ = str(call.request.path_params["id"])
    if not id_ or len(id_) > 100 or slug(id_) != id_:
        raise _nothing()
    return id_


def _nothing() -> Problem:
    return Problem(404, Message("There is no such record."))


def _clash(conflict: Conflict) -> Problem:
    """Both sides of what two changed, and the version that is there now."""
    clashes = [
        {"field": one.field, "base": one.base, "mine": one.mine, "theirs": one.theirs} for one in conflict.clashes
    ]
    headers = {"etag": f'"{blob_id(conflict.theirs.encode())}"'} if conflict.theirs else {}
    return Problem.of(conflict, 409, clashes=clashes, headers=headers)


async def _body(request: Request) -> bytes:
    """What was sent, up to 1 MB."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise Problem(413, Message("This is too long."), Message("Send at most 1 MB."))
    return bytes(body)
