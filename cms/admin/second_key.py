"""Adding a second key to one's account: a QR code for an app, and codes for paper."""

from __future__ import annotations

from typing import Any

import segno
from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from kentongan.errors import KentonganError
from kentongan.language import Message

from .desk import Desk, Visit

_WRONG_PASSWORD = Message("The password does not fit yet.")


class SecondKey:
    """The page of one's second key."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Its address."""
        closed = self._desk.closed
        return [
            Route("/akun/kunci/", closed(self.offer, keyless=True), methods=["GET"], name="second_key"),
            Route("/akun/kunci/", closed(self.begin, keyless=True), methods=["POST"]),
        ]

    def offer(self, visit: Visit, trouble: str = "") -> Response:
        """A QR code for the app, and its secret in letters."""
        host = visit.request.url.hostname or "Kentongan"
        secret, address = self._desk.factors.proposal(visit.me, host, visit.form.get("secret", ""))
        words = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        told: dict[str, Any] = {"secret": secret, "words": words, "code": _drawn(address), "trouble": trouble}
        return self._desk.page("second_key.html", visit, 422 if trouble else 200, **told)

    def begin(self, visit: Visit) -> Response:
        """Takes the key, once the password and a code of the app fit."""
        given = visit.form
        try:
            if self._desk.accounts.log_in(visit.me.login, given.get("password", ""), visit.address) is None:
                raise KentonganError(_WRONG_PASSWORD)
            codes = self._desk.factors.begin(visit.me, given.get("secret", ""), given.get("code", ""))
        except KentonganError as error:
            return self.offer(visit, self._desk.said(error))
        return self._desk.page("paper_codes.html", visit, codes=[f"{code[:5]} {code[5:]}" for code in codes])


def _drawn(address: str) -> Markup:
    code = segno.make(address, error="m").svg_inline(scale=5, border=2, svgclass="code", lineclass=None)
    return Markup(code)  # noqa: S704 - segno's own SVG
