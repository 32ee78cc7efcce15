"""Headers that every answer carries."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'self'; img-src 'self' https: data:; media-src 'self' https: http:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors "
)
HEADERS = {
    "content-security-policy": f"{_POLICY}'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
}
EMBEDDED = {"content-security-policy": f"{_POLICY}*", "access-control-allow-origin": "*"}
"""Instead of those, of what other sites show inside their own pages."""


class SafeHeaders:
    """Adds :data:`HEADERS` to every HTTP answer that has not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
