"""Who asks: this machine, or another one."""

from __future__ import annotations

import os
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

ADDRESS_VARIABLE = "KENTONGAN_CMS_URL"
"""The public address of this server, where it is not that of the site."""


class NearOnly:
    """Addresses whose first segment is one of *segments* answer this machine alone; to others, *otherwise* answers.

    Behind a web server the peer is who asked that one, by the X-Forwarded-For that uvicorn believes of this machine.
    """

    def __init__(self, app: ASGIApp, segments: Collection[str], otherwise: ASGIApp) -> None:
        self.app, self.segments, self.otherwise = app, segments, otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hidden = (
            scope["type"] != "lifespan"
            and scope["path"].lstrip("/").partition("/")[0] in self.segments
            and not is_near(scope)
        )
        await (self.otherwise if hidden else self.app)(scope, receive, send)


def is_near(scope: Scope) -> bool:
    """Whether *scope* comes from a loopback address."""
    return _is_loopback((scope.get("client") or ("",))[0])


def own_address(request: Request) -> str:
    """Where this server is, for links that are passed on: where the office says it is, else where *request* came in.

    Its Host header is whatever the sender wrote (RFC 9110, 7.2), so that it is believed of this machine alone.
    """
    told = (os.environ.get(name, "").rstrip("/") for name in (ADDRESS_VARIABLE, "SITEURL"))
    if public := next((url for url in told if not _is_this_machine(url)), None):
        return public
    if _is_this_machine(str(request.base_url)):
        return str(request.base_url).rstrip("/")
    host, port = request.scope.get("server") or ("localhost", None)
    return f"{request.url.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"


def _is_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or "localhost"
    return host == "localhost" or _is_loopback(host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
