"""Who asks: this machine, or another one."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send


class ByPeer:
    """Lets *near* answer this machine, and *far* everybody else.

    Behind a web server the peer is who asked that one, by the X-Forwarded-For that uvicorn believes of this machine.
    """

    def __init__(self, *, near: ASGIApp, far: ASGIApp) -> None:
        self.near, self.far = near, far

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self.near if is_near(scope) else self.far)(scope, receive, send)


def is_near(scope: Scope) -> bool:
    """Whether *scope* comes from a loopback address."""
    host = (scope.get("client") or ("",))[0]
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
