"""Who asks: this machine, or another one."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send


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
    host = (scope.get("client") or ("",))[0]
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
