"""What every page of the admin shares: who asks, whether they may, the words and the frame around them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import kentongan_theme
from kentongan.accounts import Account, Accounts, ApiTokens, Factors, Passkeys, Right, Sessions, may, publishes
from kentongan.actions import Refusal, WrongState
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message, translations
from kentongan.model import RECORD_TYPES, Kind
from kentongan.model.fields import ZONES
from kentongan.store.frontmatter import FrontMatterError

from ..compression import encoded, encoding_for, headers_of
from ..near import is_near
from ..status import BuildStatus
from .assets import Assets
from .device import device_name
from .form import FORM_BYTES, STRANGERS_BYTES, TooLong, read_form
from .looking import one_look

LOGIN, CODE, KEY = "/admin/masuk", "/admin/kode", "/admin/akun/kunci/"
_FOLDER = Path(__file__).parent
_LOGO = Path(kentongan_theme.__file__).parent / "static/logo.svg"
_EDITOR = "vendor/overtype.min.js"
_SAFE = {"GET", "HEAD"}
_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EDITORS_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The body's editor brings styles of its own."""
FRAMED_POLICY = _POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""What stands in the frame of a preview where there is none to be shown."""
_HEADERS = {"cache-control": "no-store", "content-security-policy": _POLICY, "referrer-policy": "same-origin"}

NO_STORE = {"cache-control": "no-store"}

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who asks (``None``: nobody knows), and what they sent."""

    request: Request
    account: Account | None
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def me(self) -> Account:
        """Who asks, where only somebody logged in can."""
        if self.account is None:
            raise LookupError("nobody is logged in")
        return self.account

    @property
    def address(self) -> str:
        """The network address of who asks."""
        return self.request.client.host if self.request.client else ""

    @property
    def device(self) -> str:
        """What is said of the browser, so that a person knows one session from another."""
        return device_name(self.request.headers.get("user-agent", ""))

    @property
    def aim(self) -> str:
        """The page they were on their way to."""
        return local(self.request.query_params.get("ke", ""))

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can listen: by HTTPS, or without leaving this machine."""
        return self.request.url.scheme == "https" or is_near(self.request.scope)


_log = logging.getLogger(__name__)

_UNKEPT = KentonganError(
    Message("The office's computer could not keep this: its disk is full, or it does not let us write."),
    Message("Keep your text in another place, tell whoever looks after the computer, and try again."),
)
_KEPT_TO_ONESELF = ("password", "old", "new", "code", "secret", "credential")


def _typed(visit: Visit) -> str:
    """What somebody has typed, as far as it is more than a choice; no secrets."""
    texts = (text for name, text in visit.form.items() if name not in _KEPT_TO_ONESELF and len(text) > 20)
    return "\n\n".join(texts)


class Desk:
    """Makes endpoints of functions that take a :class:`Visit` and answer with a response. They run in a thread."""

    def __init__(self, status: BuildStatus, database: Database) -> None:
        self.status = status
        self.accounts, self.sessions = Accounts(database), Sessions(database)
        self.factors, self.passkeys = Factors(database, self.accounts), Passkeys(database, self.accounts)
        self.tokens = ApiTokens(database)
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self.assets = Assets(_FOLDER / "static", {"logo.svg": _LOGO})
        self._environment.globals |= {"static": self.assets.address, "has_editor": _EDITOR in self.assets}
        self._environment.filters |= {"folder": _folder, "zone": _short_zone}

    def open(self, do: Callable[[Visit], Response]) -> Endpoint:
        """A page for whoever comes."""

        @wraps(do)
        async def endpoint(request: Request) -> Response:
            if request.method not in _SAFE and not is_from_here(request):
                return self.page("refused.html", Visit(request, None), status_code=403)
            account = await run_in_threadpool(self._account, request)
            try:
                form, sent = await read_form(request, FORM_BYTES if account else STRANGERS_BYTES)
            except TooLong:
                return self.page("too_long.html", Visit(request, account), status_code=413)
            return await run_in_threadpool(self._answered, do, Visit(request, account, form, sent))

        return endpoint

    def _answered(self, do: Callable[[Visit], Response], visit: Visit) -> Response:
        """What *do* answers; what it refuses, and does not tell on a page of its own, is told in words too."""
        try:
            with one_look():
                return do(visit)
        except Refusal:
            return self.page("refused.html", visit, 403)
        except WrongState as error:
            return self._trouble(visit, error, 409)
        except FrontMatterError as error:
            return self._trouble(visit, KentonganError(error.message, error.mend), 422)
        except KentonganError as error:
            return self._trouble(visit, error, 422)
        except (OSError, OperationalError):
            _log.exception("%s could not be answered", visit.request.url.path)
            return self._trouble(visit, _UNKEPT, 503, typed=_typed(visit))

    def _trouble(self, visit: Visit, error: KentonganError, status_code: int, *, typed: str = "") -> Response:
        """*typed* is given back, so that it can be copied."""
        return self.page("trouble.html", visit, status_code, trouble=self.said(error), typed=typed)

    def closed(self, do: Callable[[Visit], Response], right: Right | None = None, *, keyless: bool = False) -> Endpoint:
        """A page for those who are logged in, and have *right* if one is asked for.

        Whoever can publish needs a second key unless they sit at this machine; *keyless* pages lead to one.
        """

        @wraps(do)
        def guarded(visit: Visit) -> Response:
            if visit.account is None:
                return RedirectResponse(f"{LOGIN}?ke={quote(_wanted(visit.request))}", 303)
            if right and not may(visit.account.role, right):
                return self.page("refused.html", visit, status_code=403)
            if not (keyless or self._has_key_enough(visit)):
                return RedirectResponse(KEY, 303)
            return do(visit)

        return self.open(guarded)

    def _has_key_enough(self, visit: Visit) -> bool:
        return is_near(visit.request.scope) or not publishes(visit.me.role) or self.factors.has(visit.me)

    def page(
        self, name: str, visit: Visit, status_code: int = 200, *, policy: str = _POLICY, **values: Any
    ) -> Response:
        """The template *name*, in the office's language, held to *policy* (CSP)."""
        language = self.status.language
        self._environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
        page = self._environment.get_template(name).render(
            language=language,
            me=visit.account,
            rights=_rights(visit.account),
            writes=_writes(visit.account),
            form=visit.form,
            aim=visit.aim,
            **values,
        )
        headers = _HEADERS | {"content-security-policy": policy}
        return written(visit.request, page, status_code, headers)

    def told(self, message: Message) -> str:
        """*message* in the office's language."""
        return message.told(self.status.language)

    def said(self, error: KentonganError) -> str:
        """What went wrong, and what to do, in the office's language."""
        return error.told(self.status.language)

    def log_in(self, visit: Visit, account: Account, to: str) -> Response:
        """Begins a session, under a token that was never seen before."""
        return self._with_cookie(visit, self.sessions.begin(account, visit.device), local(to))

    def ask_for_key(self, visit: Visit, account: Account, to: str) -> Response:
        """The password was right; the second key is asked for before a session begins."""
        token = self.sessions.begin(account, visit.device, waits=True)
        return self._with_cookie(visit, token, f"{CODE}?ke={quote(local(to))}")

    def waiting(self, visit: Visit) -> Account | None:
        """Who has shown a password and not yet the second key."""
        return self.sessions.waiting(visit.request.cookies.get(_cookie(visit.request)[0], ""))

    def _with_cookie(self, visit: Visit, token: str, to: str) -> Response:
        response = RedirectResponse(to, 303, headers=_HEADERS)
        self.sessions.end(visit.request.cookies.get(_cookie(visit.request)[0], ""))
        name, secure = _cookie(visit.request)
        response.set_cookie(name, token, httponly=True, secure=secure, samesite="lax", path="/")
        return response

    def log_out(self, visit: Visit) -> Response:
        """Ends the session."""
        name, secure = _cookie(visit.request)
        self.sessions.end(visit.request.cookies.get(name, ""))
        response = RedirectResponse(LOGIN, 303, headers=_HEADERS)
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
        return response

    def _account(self, request: Request) -> Account | None:
        token = request.cookies.get(_cookie(request)[0])
        return self.sessions.account(token) if token else None


def written(request: Request, page: str, status_code: int, headers: Mapping[str, str]) -> Response:
    """*page* in the encoding that *request* takes. A secret in it is not lost by that (BREACH): whoever could make the
    browser ask again and again is another site, whose requests carry no session (``SameSite``)."""
    encoding = encoding_for(request.headers.get("accept-encoding", ""))
    return HTMLResponse(encoded(page.encode(), encoding), status_code, {**headers, **headers_of(encoding)})


def is_from_here(request: Request) -> bool:
    """Whether a page of ours sent this form: browsers say so, and no other site can make them say it."""
    site = request.headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    return request.headers.get("origin") == f"{request.url.scheme}://{request.headers.get('host', '')}"


def _wanted(request: Request) -> str:
    """The page that *request* asks for, as ``ke`` names it."""
    query = request.url.query if request.method in _SAFE else ""
    return f"{request.url.path}?{query}" if query else request.url.path


def local(address: str) -> str:
    """*address* if it is a page of the admin, else its first page: nobody is sent elsewhere after logging in."""
    parts = urlsplit(address)
    plain = not (parts.scheme or parts.netloc or "\\" in address) and address.isprintable()
    return address if plain and address.startswith("/admin/") else "/admin/"


def _cookie(request: Request) -> tuple[str, bool]:
    """Name of the session's cookie, and whether it travels by HTTPS alone, as its prefix promises (RFC 6265bis)."""
    secure = request.url.scheme == "https"
    return ("__Host-kentongan", True) if secure else ("kentongan", False)


def _folder(kind: str) -> str:
    return RECORD_TYPES[Kind(kind)].folder


def _short_zone(zone: str) -> str:
    return next((short for short, name in ZONES.items() if name == zone), zone)


def _writes(account: Account | None) -> bool:
    return account is not None and any(may(account.role, Right.DRAFT, kind) for kind in Kind)


def _rights(account: Account | None) -> set[str]:
    return {right.value for right in Right if account and may(account.role, right)}
